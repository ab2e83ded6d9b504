"""Keeps what the desk shows in step with what is on disk: an answer at once, what follows from it afterwards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from auditor.desktop.pages.audits.recorder import Step
from auditor.domain.changes import Changes

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk


class DeskRefresh(QObject):
    """Progress, checks and time limits wait until the tick is painted, so that no key is held up by them."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._waiting: Changes | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.settle)
        desk.recorder.recorded.connect(self._take)

    def ask(self, changes: Changes | None) -> None:
        """Something was recorded: what was recorded here is shown in two steps, everything else now."""
        if changes is not None and self._desk.recorder.at_work:
            self._waiting = changes if self._waiting is None else self._waiting | changes
            self._later.start()
        else:
            self._later.stop()
            self._waiting = None
            self._show(changes is None or changes.touches("action"))

    def settle(self) -> None:
        """Show now what waits."""
        self._later.stop()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._desk.operations.run(lambda: self._show(waiting.touches("action")), quick=True)

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

    def _show(self, with_actions: bool) -> None:
        desk = self._desk
        was = desk.state.why_closed
        version = desk.state.view.template.hash
        desk.state.reload()
        if with_actions:
            desk.state.reload_actions()
        if desk.state.why_closed != was or desk.state.view.template.hash != version:
            desk.reopen.emit()
            return
        desk.drawer.update()
        desk.show_contents()
        self._show_live()

    def _show_live(self) -> None:
        live = self._desk.live
        if live is not None:
            question_id = live.question.id
            live.show_entry(self._desk.state.entry(question_id), question_id in self._desk.state.with_action)
            live.show_typed_by(self._desk.state.view.typed_by.get(question_id, ""))
