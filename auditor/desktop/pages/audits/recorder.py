"""Carries out the acts of one desk, each on disk before it is shown, and takes them back the same way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from auditor.desktop.messages import Problem, problem_of
from auditor.desktop.operations import Operations
from auditor.domain.answers import Answer, Entry, Facet
from auditor.domain.changes import Changes
from auditor.domain.template import Question, Section
from auditor.services import scoring
from auditor.services.flags import FlagQuestion, flag_question
from auditor.services.scoring import DeskView
from auditor.services.session import Session

Recorded = Answer | str | bool | None


@dataclass(frozen=True)
class Step:
    """One facet of one question before and after an act."""

    question_id: str
    facet: Facet
    before: Recorded
    after: Recorded


@dataclass(frozen=True)
class Act:
    """What one act did; `section` names the command to give again where a whole section was marked."""

    steps: tuple[Step, ...]
    section: scoring.SectionNotApplicable | None = None


def facet_of(entry: Entry, facet: Facet) -> Recorded:
    """What the entry holds in a facet."""
    held: dict[Facet, Recorded] = {
        Facet.ANSWER: entry.answer,
        Facet.COMMENT: entry.comment,
        Facet.LOCATION: entry.location,
        Facet.GOOD_PRACTICE: entry.good_practice,
        Facet.FLAG: entry.flag,
    }
    return held[facet]


_FACET_WORDS = {
    Facet.COMMENT: "comment",
    Facet.LOCATION: "evidence",
    Facet.GOOD_PRACTICE: "good practice",
    Facet.FLAG: "flag",
}


class Recorder(QObject):
    """Acts come back True when they are on disk. `view` gives the desk as it stands.

    Undo leaves alone what somebody else has changed since.
    """

    failed = Signal(str, object)
    """Question id (empty: no question) and the `Problem` to show in its place."""
    recorded = Signal(object)
    """The steps that are on disk now."""
    taken_back = Signal(str)
    """The question whose act was undone or done again."""

    def __init__(
        self, session: Session, operations: Operations, view: Callable[[], DeskView], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._operations, self._view = session, operations, view
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self.at_work = False
        """Whether an act of this desk is being recorded right now."""

    @property
    def last_answered(self) -> str:
        """The question answered last in this sitting, or an empty string."""
        answers = (act.steps[-1] for act in reversed(self._done) if act.steps)
        return next((step.question_id for step in answers if step.facet is Facet.ANSWER), "")

    def answer(self, question: Question, answer: Answer) -> bool:
        """Record an answer (blank clears it)."""
        return self._step(question.id, Facet.ANSWER, answer)

    def note(self, question: Question, facet: Facet, text: str) -> bool:
        """Record a comment or where the evidence lies."""
        return self._step(question.id, facet, text.strip())

    def good_practice(self, question: Question, good: bool) -> bool:
        """Set or take back the good-practice mark."""
        return self._step(question.id, Facet.GOOD_PRACTICE, good)

    def flag(self, question: Question, words: str | None) -> bool:
        """Flag a question for discussion, with a few words or none; None takes the flag back."""
        return self._step(question.id, Facet.FLAG, words if words is None else words.strip())

    def section_not_applicable(self, section: Section, reason: str, *, facts: bool) -> bool:
        """Mark what is still blank in the section N/A, for one reason; shared facts only where `facts` says so."""
        view = self._view()
        blank = view.to_set_aside(section, facts)
        command = scoring.SectionNotApplicable(view.audit.id, section.id, reason, facts)
        if not blank:
            self._operations.messages.refused("Nothing to mark", f"section {section.number} has no blank")
            return True
        after = Answer(na_reason=reason.strip())
        act = Act(tuple(Step(question.id, Facet.ANSWER, Answer(), after) for question in blank), command)
        return self._carry_out(lambda: self._session.do(scoring.section_not_applicable, command), act, "")

    def undo(self) -> None:
        """Take the last act back."""
        if not self._done:
            self._operations.messages.refused("Nothing to undo", "in this sitting")
            return
        act = self._done[-1]
        steps = [replace(step, before=step.after, after=step.before) for step in reversed(act.steps)]
        self._move(steps, "Taken back", self._done, self._undone)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if not self._undone:
            self._operations.messages.refused("Nothing to do again")
            return
        act = self._undone[-1]
        if not act.section:
            self._move(list(act.steps), "Done again", self._undone, self._done)
        elif self._mark_again(act):
            self._done.append(self._undone.pop())

    def _mark_again(self, act: Act) -> bool:
        """A whole section goes through its own command: alone, some of its questions would not take N/A."""
        command = act.section
        assert command is not None
        changes = self._run(lambda: self._session.do(scoring.section_not_applicable, command), "")
        if changes is None:
            return False
        self.recorded.emit(act.steps)
        self._say("Done again", changes.sentence, "undo with Ctrl+Z")
        self.taken_back.emit(act.steps[0].question_id)
        return True

    def _step(self, question_id: str, facet: Facet, after: Recorded) -> bool:
        before = facet_of(self._view().entries.get(question_id, Entry()), facet)
        if before == after:
            return True
        step = Step(question_id, facet, before, after)
        return self._carry_out(lambda: self._write(step), Act((step,)), question_id)

    def _carry_out(self, act: Callable[[], Changes], done: Act, question_id: str) -> bool:
        changes = self._run(act, question_id)
        if changes is None:
            return False
        self._done.append(done)
        self._undone.clear()
        self.recorded.emit(done.steps)
        self._say(f"Saved {datetime.now().astimezone():%H:%M:%S}", changes.sentence, "undo with Ctrl+Z")
        return True

    def _move(self, steps: list[Step], lead: str, source: list[Act], target: list[Act]) -> None:
        """Repeat the last act of `source`, which goes over to `target` once it is on disk and not before."""
        entries = self._view().entries
        open_steps = [s for s in steps if facet_of(entries.get(s.question_id, Entry()), s.facet) == s.before]
        if not open_steps:
            source.pop()
            self._operations.messages.refused("Left as it is", "somebody has changed it since")
        elif self._repeat(open_steps, lead):
            target.append(source.pop())

    def _repeat(self, open_steps: list[Step], lead: str) -> bool:
        for step in open_steps:
            if self._run(partial(self._write, step), step.question_id) is None:
                return False
            self.recorded.emit((step,))
        way_back = "again with Ctrl+Y" if lead == "Taken back" else "undo with Ctrl+Z"
        self._say(lead, self._what_changed(open_steps), way_back)
        self.taken_back.emit(open_steps[0].question_id)
        return True

    def _what_changed(self, steps: list[Step]) -> str:
        """What was there and what is there now, in words."""
        template, first = self._view().template, steps[0]
        if len(steps) > 1:
            return f"section {template.section_of[first.question_id].number}, {len(steps)} answers"
        question = template.by_id[first.question_id]
        if isinstance(first.before, Answer) and isinstance(first.after, Answer):
            was, now = (_words(question, answer) for answer in (first.before, first.after))
            return f"{question.number} {was}, now {now}"
        return f"{question.number} {_FACET_WORDS[first.facet]}, as it was before"

    def _write(self, step: Step) -> Changes:
        audit_id, after = self._view().audit.id, step.after
        if step.facet is Facet.FLAG and not isinstance(after, Answer | bool):
            return self._session.do(flag_question, FlagQuestion(audit_id, step.question_id, after))
        if isinstance(after, Answer):
            return self._session.do(scoring.record_answer, scoring.RecordAnswer(audit_id, step.question_id, after))
        if isinstance(after, str):
            note = scoring.RecordNote(audit_id, step.question_id, step.facet, after)
            return self._session.do(scoring.record_note, note)
        mark = scoring.MarkGoodPractice(audit_id, step.question_id, bool(after))
        return self._session.do(scoring.mark_good_practice, mark)

    def _run(self, act: Callable[[], Changes], question_id: str) -> Changes | None:
        made: list[Changes] = []
        self.at_work = True
        try:
            self._operations.run(act, quick=True, on_done=made.append, on_failed=lambda e: self._fail(question_id, e))
        finally:
            self.at_work = False
        return made[0] if made else None

    def _fail(self, question_id: str, error: Exception) -> None:
        problem: Problem = problem_of(error)
        self.failed.emit(question_id, problem)

    def _say(self, lead: str, sentence: str, way_back: str) -> None:
        self._operations.messages.done(lead, " · ".join(part for part in (sentence, way_back) if part))


def _words(question: Question, answer: Answer) -> str:
    return "blank" if answer.is_blank else scoring.answer_words(question, answer)
