"""The answer sheet of one audit in the place of the list or the desk: save it, choose a filled-in one, take it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.audits.sheet.files import KINDS, AskFiles, sheet_name
from auditor.desktop.pages.audits.sheet.preview import Preview
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label
from auditor.domain.answer_sheet import SheetPreview
from auditor.domain.changes import Changes
from auditor.services.session import Session
from auditor.services.sheet_offers import SheetOffer, SheetOffers

KEYS = [
    ("1", "save a sheet for somebody without the program"),
    ("2", "choose a filled-in sheet, and see what it would change"),
    ("↑ ↓", "through its changes and problems"),
    ("Ctrl+C", "copy with headings"),
    ("Esc", "back; nothing is recorded before you take it"),
]
_SENTENCE = (
    "For a colleague without the program: a protected workbook with the questions, drop-downs for the answers and "
    "hints. What comes back is shown here before anything of it is recorded."
)


class SheetView(QWidget):
    """`left` when it is closed; what was taken is told by the `Changes` of the act."""

    left = Signal()

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], ask: AskFiles | None = None
    ) -> None:
        super().__init__()
        self._session, self._operations, self._today = session, operations, today
        self.ask = ask or AskFiles()
        self._of: SheetOffers | None = None
        self._path: Path | None = None
        self.title, self.whose = Label("", "h2"), Combo("Whose answers")
        self.again = Button("Another file…", "small")
        self.back = Button("Back", "small", name="Back, Esc")
        self.problem = InlineProblem()
        self.ways = EmptyState(
            "Answers in Excel",
            _SENTENCE,
            [
                Way("download", "Save a sheet", "With what is recorded so far, where it may be seen", "Save…"),
                Way("upload", "Bring a sheet in", "See first what it would change", "Choose a file…"),
            ],
        )
        self.preview = Preview()
        self._lay_out()
        self.ways.chosen.connect(lambda way: self.save() if way == 0 else self.choose())
        self.whose.picked.connect(lambda _slot: self._begin())
        self.again.clicked.connect(self.choose)
        self.back.clicked.connect(self.left)
        self.preview.taken.connect(self._take)

    @property
    def reference(self) -> str:
        """The case it is about."""
        return self._of.reference if self._of else ""

    def load(self, of: SheetOffers) -> None:
        """Speak of the sheets of an audit."""
        self._of = of
        self.whose.set_options([(one.slot.value, one.author) for one in of.offers])
        self.whose.setVisible(len(of.offers) > 1)
        self._begin()

    def take_focus(self) -> None:
        """Where work goes on."""
        stop = self.preview.table if self._stack.currentWidget() is self.preview else self.ways.buttons[0]
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Ask where to, and write the sheet there on the worker."""
        from auditor.services.answer_sheet import ExportSheet, export_sheet

        of, offer = self._chosen()
        path = self.ask.where(self, sheet_name(of.reference, offer.author), KINDS)
        if path is None:
            return
        command = ExportSheet(of.audit_id, offer.slot, path, self._today())
        self.problem.clear()
        self._operations.run(
            lambda: self._session.ask(export_sheet, command),
            on_done=self._tell_saved,
            on_failed=self.problem.tell,
            busy_text="Writing the answer sheet…",
            key="sheet",
        )

    def choose(self) -> None:
        """Ask for a filled-in sheet, read it on the worker, and show what it would change."""
        from auditor.services.answer_sheet import SheetFile, preview_sheet

        of, offer = self._chosen()
        path = self.ask.which(self)
        if path is None:
            return
        file = SheetFile(path, of.audit_id, offer.slot)

        def show(found: SheetPreview) -> None:
            self._path = path
            self.show_found(found, path.name)

        self.problem.clear()
        self._operations.run(
            lambda: self._session.ask(preview_sheet, file),
            on_done=show,
            on_failed=self._refused,
            busy_text=f"Reading {path.name}…",
            key="sheet",
        )

    def show_found(self, found: SheetPreview, name: str) -> None:
        """Show what a file of that name would change."""
        of, offer = self._chosen()
        self.preview.show_found(found, name, sealed=not offer.own, closed=of.closed)
        self._show(self.preview)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        self.preview.set_narrow(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take(self, rest: bool, clear: bool) -> None:
        from auditor.services.answer_sheet import ImportSheet, SheetFile, import_sheet

        assert self._path is not None
        of, offer = self._chosen()
        command = ImportSheet(SheetFile(self._path, of.audit_id, offer.slot), rest, clear)

        def taken(_changes: Changes) -> None:
            self.left.emit()

        self.problem.clear()
        self._operations.run(
            lambda: self._session.do(import_sheet, command),
            on_done=taken,
            on_failed=self.problem.tell,
            busy_text="Taking the answers…",
            key="sheet",
        )

    def _refused(self, error: Exception) -> None:
        self._begin()
        self.problem.tell(error)

    def _begin(self) -> None:
        """As it opens: two ways, and no file."""
        self._path = None
        self.problem.clear()
        _, offer = self._chosen()
        self.title.setText("Your answers" if offer.own else f"Answers of {offer.author}")
        self._show(self.ways)

    def _chosen(self) -> tuple[SheetOffers, SheetOffer]:
        assert self._of is not None
        return self._of, next(one for one in self._of.offers if one.slot.value == self.whose.value)

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self.again.setVisible(widget is self.preview)
        if self.isVisible():
            self.take_focus()

    def _tell_saved(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        offer = ("Open folder", lambda: QDesktopServices.openUrl(folder))
        self._operations.messages.done(f"Saved {path.name}", offer=offer)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 20, 2)
        head.setSpacing(10)
        head.addWidget(self.title, 1)
        for widget in (self.whose, self.again, self.back):
            head.addWidget(widget)
        column.addLayout(head)
        told = QVBoxLayout()
        told.setContentsMargins(20, 0, 20, 0)
        told.addWidget(self.problem)
        column.addLayout(told)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.ways)
        self._stack.addWidget(self.preview)
        column.addWidget(self._stack, 1)
