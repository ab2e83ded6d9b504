"""What stands beside the questions: guidance that follows them, and the checks, which come a moment after the desk."""

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from auditor.desktop.pages.audits.guidance import Guidance
from auditor.desktop.shell.page import Arrangement
from auditor.services.checks import Checks, Seen

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk

_GUIDE_AFTER_MS = 40
_CHECK_AFTER_MS = 60


class DeskDrawer(QObject):
    """`checked` when the checks have something new to say."""

    checked = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._checks: Checks | None = None
        self.guidance = Guidance()
        # Guidance follows once the question rests, so that walking through questions stays light.
        self._guide = _timer(self, _GUIDE_AFTER_MS)
        self._guide.timeout.connect(self.show_question)
        # The first checks of a sitting load what reads conditions, so they wait until the desk is painted.
        self._first = _timer(self, _CHECK_AFTER_MS)
        self._first.timeout.connect(self._start)
        self.guidance.closed.connect(self.close)
        self.guidance.closed.connect(desk.focus_question)
        self.guidance.jumped.connect(self._jump)

    def follow(self) -> None:
        """Another question has become the current one."""
        self._guide.start()

    def show_question(self) -> None:
        """Show the guidance of the current question."""
        if self._desk.row is not None:
            self.guidance.show_question(self._desk.row.question, self._desk.state.view.template)

    def begin(self) -> None:
        """The desk is in sight: check what is answered, on the worker."""
        if self._checks is None:
            self._first.start()
        else:
            gc.freeze()

    def end(self) -> None:
        """The desk is out of sight."""
        gc.unfreeze()

    def update(self) -> None:
        """Check again after something was recorded; nothing where the first checks are not there yet."""
        state = self._desk.state
        if self._checks is not None:
            state.checks = self._checks.update(state.view, state.actions, state.across)

    def show_checks(self) -> None:
        """Show what the checks found."""
        state = self._desk.state
        if state.checks is not None:
            self.guidance.show_checks(state.checks, state.view.template)

    def open(self, tab: str) -> None:
        """Show the drawer in the place of the sections (or, at large text, of the question)."""
        self.guidance.tabs.choose(tab)
        self.guidance.show()
        self._desk.give_way(True)
        self.guidance.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Put back what the drawer had taken the place of."""
        if self._desk.arrangement is not Arrangement.WIDE:
            self.guidance.hide()
            self._desk.give_way(False)

    def arrange(self, arrangement: Arrangement) -> None:
        """Stand beside the questions where there is room, else behind its buttons."""
        self.close()
        self.guidance.setVisible(arrangement is Arrangement.WIDE)
        self.guidance.set_closable(arrangement is not Arrangement.WIDE)

    def _start(self) -> None:
        # A desk that was left meanwhile begins when it is in sight again.
        if self._desk.isVisible():
            self._desk.operations.run(self._desk.state.seen, quick=True, on_done=self._check)

    def _check(self, seen: Seen) -> None:
        self._desk.operations.run(lambda: Checks(seen), on_done=self._take)

    def _take(self, checks: Checks) -> None:
        if isValid(self):
            self._checks = checks
            # What stands now stays as long as the desk: looking through it for waste would hold up a key by 100 ms.
            gc.freeze()
            self.update()
            self.checked.emit()

    def _jump(self, question_id: str) -> None:
        self.close()
        self._desk.show_question(question_id)


def _timer(owner: QObject, milliseconds: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer
