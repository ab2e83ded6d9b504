"""What the editor works on: the draft as it stands on disk, undo, and the checks run again after each change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from auditor.desktop.operations import Operations
from auditor.domain.changes import Changes
from auditor.services.session import Session
from auditor.services.template_drafts import DraftForm, EditDraft, draft_form, draft_problems, edit_draft

if TYPE_CHECKING:
    from auditor.templates.judged import Found

CHECK_AFTER_MS = 300
"""So long after a change the checks are run: a burst of changes is judged once."""
_UNDONE = "Undone"
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One act that can be undone: what it set and what stood there before, by key, and where it was."""

    after: Values
    before: Values
    words: str
    at: tuple[str, str]


class DraftState(QObject):
    """The draft. Every change is on disk before `changed` comes."""

    changed = Signal(bool)
    """The form is another one; True where fields should be filled anew, as after undo."""
    judged = Signal()
    """The checks have come to an end."""
    went = Signal(str, str)
    """Go to a part, to see what was just done there."""

    def __init__(self, session: Session, operations: Operations, draft_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.operations, self.draft_id = session, operations, draft_id
        self.form: DraftForm = session.ask(draft_form, draft_id)
        self.found: tuple[Found, ...] = ()
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._left = self._judging = self._again = self._told = False
        self._soon = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._soon.timeout.connect(self._judge)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._undone)

    @property
    def judged_once(self) -> bool:
        """Whether the checks have said anything yet."""
        return self._told

    @property
    def resting(self) -> bool:
        """Whether what was found is about the form as it stands."""
        return not (self._judging or self._soon.isActive())

    def judge_soon(self) -> None:
        """Run the checks in a moment."""
        self._soon.start()

    @property
    def active(self) -> bool:
        """Whether the editor is still open."""
        return not self._left

    def read_again(self) -> None:
        """The draft stands on another master: undo would mean something else now."""
        self._done.clear()
        self._undone.clear()
        self._read()
        self._spread(refill=True)

    def leave(self) -> None:
        """The editor goes: nobody hears of checks that come to their end later."""
        self._left = True
        self._soon.stop()

    def edit(self, values: Values, words: str, at: tuple[str, str], *, refill: bool = False) -> bool:
        """Record changes; True when they are on disk."""
        before = {key: self.form.edits.get(key) for key in values}
        return self._record(Step(dict(values), before, words, at), self._done, refill, forget=True)

    def act(
        self, act: Callable[[Any, Any, Any], Changes], command: Any, words: str, key: str,
        at: tuple[str, str] | None = None,
    ) -> str:  # fmt: skip
        """Carry out an act that adds a part; `key` is its change, with {} for the id made. Gives that id.

        `at` is where it can be seen; the part itself unless it has no form of its own."""
        made: list[str] = []
        self.operations.run(
            lambda: self.session.do(act, command), quick=True, on_done=lambda done: made.append(done.made)
        )
        if not made:
            return ""
        self._read()
        name = key.format(made[0])
        place = at or (name.partition("/")[0], made[0])
        self._done.append(Step({name: self.form.edits.get(name)}, {name: None}, words, place))
        self._undone.clear()
        self._spread(refill=True)
        return made[0]

    def undo(self) -> None:
        """Take back the last act."""
        if self._done:
            step = self._done[-1]
            turned = Step(step.before, step.after, step.words, step.at)
            if self._record(turned, None, refill=True, lead=_UNDONE):
                self._undone.append(self._done.pop())
                self.went.emit(*step.at)

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._undone:
            step = self._undone[-1]
            if self._record(step, None, refill=True, lead="Done again"):
                self._done.append(self._undone.pop())
                self.went.emit(*step.at)

    def _record(
        self, step: Step, onto: list[Step] | None, refill: bool, *, forget: bool = False, lead: str = ""
    ) -> bool:
        saved: list[Changes] = []
        standing = self.form.edits
        command = EditDraft(self.draft_id, dict(step.after))
        self.operations.run(lambda: self.session.do(edit_draft, command), quick=True, on_done=saved.append)
        if not saved:
            return False
        self._read()
        if self.form.edits == standing:
            return True
        if onto is not None:
            onto.append(step)
        if forget:
            self._undone.clear()
        back = "do it again with Ctrl+Y" if lead == _UNDONE else "undo with Ctrl+Z"
        self.operations.messages.done(lead or f"Saved {datetime.now().astimezone():%H:%M:%S}", f"{step.words} · {back}")
        self._spread(refill)
        return True

    def _read(self) -> None:
        self.form = self.session.ask(draft_form, self.draft_id)

    def _spread(self, refill: bool) -> None:
        self.judge_soon()
        self.changed.emit(refill)

    def _judge(self) -> None:
        if self._judging:
            self._again = True
            return
        self._judging, self._again = True, False
        self.operations.run(
            lambda: self.session.ask(draft_problems, self.draft_id), on_done=self._take, on_failed=self._failed
        )

    def _take(self, found: "tuple[Found, ...]") -> None:
        self._judging = False
        if self._left:
            return
        self.found, self._told = found, True
        if self._again:
            self.judge_soon()
        self.judged.emit()

    def _failed(self, _error: Exception) -> None:
        self._judging = False
