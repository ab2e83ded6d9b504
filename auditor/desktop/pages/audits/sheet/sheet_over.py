"""Lets the answer sheet of an audit stand over the list or the desk, and gives the place back."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.audits.sheet.sheet_view import SheetView
from auditor.services.session import Session
from auditor.services.sheet_offers import SheetOffers, sheet_offers


class SheetOver(QStackedWidget):
    """Holds what it covers. `turned` when the sheet has opened or closed."""

    turned = Signal()

    def __init__(self, session: Session, operations: Operations, today: Callable[[], date], covered: QWidget) -> None:
        super().__init__()
        self._session, self._operations = session, operations
        self.view = SheetView(session, operations, today)
        self.addWidget(covered)
        self.addWidget(self.view)
        self.view.left.connect(self.close_if_open)

    @property
    def is_open(self) -> bool:
        """Whether the sheet is in sight."""
        return self.currentWidget() is self.view

    def offers(self, audit_id: str) -> bool:
        """Whether this person has a sheet of that audit to save or bring in."""
        return bool(self._session.ask(sheet_offers, audit_id).offers)

    def open(self, audit_id: str) -> None:
        """Show the sheets of an audit, or say why there are none."""
        self._operations.run(lambda: self._session.ask(sheet_offers, audit_id), quick=True, on_done=self._show)

    def close_if_open(self) -> bool:
        """Give the place back; False where the sheet was not open."""
        was = self.is_open
        if was:
            self.setCurrentIndex(0)
            self.turned.emit()
        return was

    def _show(self, of: SheetOffers) -> None:
        if not of.offers:
            words = ("No sheet for you here", "it is for the auditors of the audit, and for QA leads in their place")
            self._operations.messages.refused(*words)
            return
        self.view.load(of)
        self.setCurrentWidget(self.view)
        self.turned.emit()
        self.view.take_focus()
