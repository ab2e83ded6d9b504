"""Keeps what the desk shows in step with what is on disk: an answer at once, what follows from it afterwards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from auditor.desktop.pages.audits.recorder import Step
from auditor.domain.changes import Changes

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk

_QUIET_MS = 250


class DeskRefresh(QObject):
    """A recorded answer is shown where it was given before anything else happens. Checks, time limits and progress
    follow when that is painted, and the audit is read again when the hands rest: no key is held up by them."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._waits = False
        self._soon, self._at_rest = _timer(self, 0), _timer(self, _QUIET_MS)
        self._soon.timeout.connect(self.settle)
        self._at_rest.timeout.connect(lambda: desk.operations.run(self._read_again, quick=True))
        desk.recorder.recorded.connect(self._take)

    def ask(self, changes: Changes | None) -> None:
        """Something was recorded, here or elsewhere."""
        if changes is not None and self._desk.recorder.at_work:
            self._waits = True
            self._soon.start()
            self._at_rest.start()
        else:
            self._read_again(with_actions=changes is None or changes.touches("action"))

    def settle(self) -> None:
        """Show now what follows from the last answer, if that still waits."""
        if self._waits:
            self._desk.operations.run(self._show, quick=True)

    def _take(self, steps: tuple[Step, ...]) -> None:
        """What is on disk now, shown where it was answered."""
        desk = self._desk
        for step in steps:
            desk.state.take(step.question_id, step.facet, step.after)
            row = desk.section_view.row(step.question_id)
            if row is not None:
                acted = step.question_id in desk.state.with_action
                row.show_entry(desk.state.entry(step.question_id), acted)
        self._show_live()

    def _read_again(self, *, with_actions: bool = False) -> None:
        desk = self._desk
        before, was = desk.state.view, desk.state.why_closed
        self._at_rest.stop()
        version = desk.state.view.template.hash
        desk.state.reload()
        if with_actions:
            desk.state.reload_actions()
        if desk.state.why_closed != was or desk.state.view.template.hash != version:
            desk.reopen.emit()
        elif with_actions or self._waits or desk.state.view != before:
            self._show()

    def _show(self) -> None:
        self._waits = False
        self._soon.stop()
        self._desk.drawer.update()
        self._desk.show_contents()
        self._show_live()

    def _show_live(self) -> None:
        live = self._desk.live
        if live is not None:
            question_id = live.question.id
            live.show_entry(self._desk.state.entry(question_id), question_id in self._desk.state.with_action)
            live.show_typed_by(self._desk.state.view.typed_by.get(question_id, ""))


def _timer(owner: QObject, milliseconds: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer
