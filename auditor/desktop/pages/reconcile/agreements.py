"""Records agreed answers, each on disk before it is shown, and takes them back again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from auditor.desktop.messages import problem_of
from auditor.desktop.operations import Operations
from auditor.domain.answers import Entry
from auditor.domain.changes import Changes
from auditor.services import reconciling
from auditor.services.reconciling import Agree, AgreeEqual, TakeBack
from auditor.services.session import Session

Run = Callable[[], Changes]


@dataclass(frozen=True)
class _Done:
    """One act and the act that takes it back."""

    question_id: str
    do: Run
    undo: Run


class Agreements(QObject):
    """Acts come back True when they are on disk."""

    failed = Signal(object)
    """The `Problem` to show in its place."""
    taken_back = Signal(str)
    """The question whose agreement was undone or done again."""

    def __init__(self, session: Session, operations: Operations, audit_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._operations, self._audit_id = session, operations, audit_id
        self._done: list[_Done] = []
        self._undone: list[_Done] = []

    def agree(self, command: Agree, before: Entry) -> bool:
        """Agree one answer; `before` is what was agreed until now."""
        act = _Done(
            command.question_id, lambda: self._session.do(reconciling.agree, command), self._back(command, before)
        )
        return self._carry_out(act)

    def agree_equal(self, question_ids: Sequence[str]) -> bool:
        """Agree all equal answers at once; `question_ids` are those this will agree."""
        command = AgreeEqual(self._audit_id)
        back = TakeBack(self._audit_id, tuple(question_ids))
        first = question_ids[0] if question_ids else ""
        return self._carry_out(
            _Done(
                first,
                lambda: self._session.do(reconciling.agree_equal, command),
                lambda: self._session.do(reconciling.take_back, back),
            )
        )

    def undo(self) -> None:
        """Take the last agreement back."""
        if not self._done:
            self._operations.messages.refused("Nothing to undo", "in this sitting")
            return
        act = self._done[-1]
        if self._run(act.undo, "Taken back", "again with Ctrl+Y"):
            self._undone.append(self._done.pop())
            self.taken_back.emit(act.question_id)

    def redo(self) -> None:
        """Agree again what was taken back last."""
        if not self._undone:
            self._operations.messages.refused("Nothing to do again")
            return
        act = self._undone[-1]
        if self._run(act.do, "Done again", "undo with Ctrl+Z"):
            self._done.append(self._undone.pop())
            self.taken_back.emit(act.question_id)

    def _back(self, command: Agree, before: Entry) -> Run:
        if before.answer.is_blank:
            taking = TakeBack(self._audit_id, (command.question_id,))
            return lambda: self._session.do(reconciling.take_back, taking)
        again = Agree(self._audit_id, command.question_id, before.answer, before.comment, before.good_practice)
        return lambda: self._session.do(reconciling.agree, again)

    def _carry_out(self, act: _Done) -> bool:
        saved = self._run(act.do, f"Saved {datetime.now().astimezone():%H:%M:%S}", "undo with Ctrl+Z")
        if saved:
            self._done.append(act)
            self._undone.clear()
        return saved

    def _run(self, act: Run, lead: str, way_back: str) -> bool:
        made: list[Changes] = []
        self._operations.run(
            act, quick=True, on_done=made.append, on_failed=lambda error: self.failed.emit(problem_of(error))
        )
        if made:
            self._operations.messages.done(lead, f"{made[0].sentence} · {way_back}")
        return bool(made)
