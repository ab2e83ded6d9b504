"""The replies to an audit of the list, in a drawer beside it: for the pair, moderators and QA leads."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.audit_list import AuditList
from auditor.desktop.replies.drawer import OpenedReplies, RepliesDrawer
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.domain.changes import Changes
from auditor.domain.reply import may_see_replies
from auditor.services.cycles import AuditLine
from auditor.services.session import Session


class RepliesBeside(WithDrawer):
    """Holds the list (and what stands beside it already) with the drawer; `button` is for the head of the page."""

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], audits: AuditList, main: QWidget
    ) -> None:
        self.drawer = RepliesDrawer()
        super().__init__(main, self.drawer)
        self._session, self._list = session, audits
        self.button = Button("Replies…", name="Replies to the audit chosen, R")
        self.opened = OpenedReplies(session, operations, today, self.drawer, self)
        self.button.clicked.connect(self.show_current)
        self.opened.done.connect(lambda: audits.table.setFocus(Qt.FocusReason.OtherFocusReason))
        audits.table.picked.connect(self._follow)

    def offers(self, line: AuditLine | None) -> bool:
        """Whether there are replies to look at or record."""
        if line is None or not (line.audit.signed_off or line.audit.void):
            return False
        return may_see_replies(line.audit, self._session.actor)

    def show_current(self) -> None:
        """Open the replies to the audit the cursor is on."""
        line = self._list.table.current
        if line is not None and self.offers(line):
            self.opened.show(line)

    def refresh(self, changes: Changes | None) -> None:
        """Show what is on disk now."""
        if changes is not None:
            self.opened.reload()

    def close_if_open(self) -> bool:
        """Close the drawer; False where it was not open."""
        was = self.drawer.isVisibleTo(self)
        if was:
            self.drawer.close_drawer()
        return was

    def _follow(self, line: AuditLine | None) -> None:
        self.button.setVisible(self.offers(line))
        if line is not None and self.drawer.isVisible() and self.opened.form is None and self.offers(line):
            self.opened.show(line, focus=False)
