"""Records the story of a case as the people of the sample would: section by section, handed in, agreed, signed off."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from random import Random

from auditor.domain.answers import Answer, Entry, Facet
from auditor.domain.reconciliation import compare
from auditor.domain.roles import Person
from auditor.domain.template import Template
from auditor.services.demo.profile import Period
from auditor.services.demo.sitting import seconds_spent, to_talk_over
from auditor.services.demo.story import Story
from auditor.services.demo.words import Words
from auditor.services.flags import FlagQuestion, flag_question
from auditor.services.reconciling import Agree, AgreeEqual, SignOff, agree, agree_equal, sign_off
from auditor.services.scoring import (
    MarkGoodPractice,
    RecordAnswer,
    RecordNote,
    SectionNotApplicable,
    Submit,
    mark_good_practice,
    record_answer,
    record_note,
    section_not_applicable,
    submit,
)
from auditor.services.sitting import AddTime, add_time
from auditor.store.unit_of_work import UnitOfWork


class Reached(IntEnum):
    """How far an audit of the sample has come."""

    GIVEN_OUT = 0
    FIRST_SCORING = 1
    FIRST_DONE = 2
    BOTH_DONE = 3
    SIGNED_OFF = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Who records an audit: the two auditors, and business support for the facts."""

    first: Person
    second: Person
    support: Person


class Scribe:
    """Records one audit, through the acts everybody uses, in one transaction."""

    def __init__(
        self,
        unit: UnitOfWork,
        audit_id: str,
        template: Template,
        story: Story,
        pair: Pair,
        *,
        words: Words,
        rng: Random,
    ) -> None:
        self._unit, self._audit, self._template = unit, audit_id, template
        self._story, self._pair, self._words, self._rng = story, pair, words, rng
        self._beside = Random(f"beside {story.profile.reference}")  # noqa: S311 - sample data

    def record(self, reached: Reached, period: Period) -> None:
        """Everything up to the stage named."""
        if reached is Reached.GIVEN_OUT:
            return
        self._leave_out(self._pair.first)
        self._fill(self._pair.support, self._story.facts)
        first, second = self._story.first, self._story.second
        if reached is Reached.FIRST_SCORING:
            self._fill(self._pair.first, _opening(first, 0.45), flags=True)
            return
        self._fill(self._pair.first, first, flags=reached is not Reached.SIGNED_OFF)
        submit(Submit(self._audit), self._pair.first, self._unit)
        if reached is Reached.FIRST_DONE:
            self._fill(self._pair.second, _opening(second, 0.5))
            return
        self._leave_out(self._pair.second)
        if reached is Reached.BOTH_DONE:
            # One answer on one side only, so that agreeing shows what that looks like.
            blank = self._rng.choice([question_id for question_id, entry in second.items() if not entry.comment])
            self._fill(self._pair.second, {key: entry for key, entry in second.items() if key != blank}, flags=True)
            submit(
                Submit(self._audit, "Not found in the time; to be looked at together."), self._pair.second, self._unit
            )
            return
        self._fill(self._pair.second, second)
        submit(Submit(self._audit), self._pair.second, self._unit)
        self._agree(period)

    def _leave_out(self, actor: Person) -> None:
        for section_id, reason in self._story.left_out:
            section_not_applicable(SectionNotApplicable(self._audit, section_id, reason, facts=True), actor, self._unit)

    def _fill(self, actor: Person, entries: Mapping[str, Entry], *, flags: bool = False) -> None:
        to_discuss = to_talk_over(entries, self._beside) if flags else {}
        for question_id, entry in entries.items():
            record_answer(RecordAnswer(self._audit, question_id, entry.answer), actor, self._unit)
            for facet, text in ((Facet.COMMENT, entry.comment), (Facet.LOCATION, entry.location)):
                if text:
                    record_note(RecordNote(self._audit, question_id, facet, text), actor, self._unit)
            if entry.good_practice:
                mark_good_practice(MarkGoodPractice(self._audit, question_id, True), actor, self._unit)
            if question_id in to_discuss:
                flag_question(FlagQuestion(self._audit, question_id, to_discuss[question_id]), actor, self._unit)
        add_time(AddTime(self._audit, seconds_spent(self._template, entries, self._beside)), actor, self._unit)

    def _agree(self, period: Period) -> None:
        first, second = self._pair.first, self._pair.second
        agree_equal(AgreeEqual(self._audit), first, self._unit)
        for question_id, answer in self._story.agreed.items():
            one, other = self._story.first[question_id].answer, self._story.second[question_id].answer
            if not one.same_as(other) or question_id == self._template.overall_question:
                self._agree_one(question_id, answer, period)
        sign_off(SignOff(self._audit), second, self._unit)

    def _agree_one(self, question_id: str, answer: Answer, period: Period) -> None:
        first, second = self._story.first[question_id], self._story.second[question_id]
        took = "A" if answer.same_as(first.answer) else "B" if answer.same_as(second.answer) else "new"
        overall = question_id == self._template.overall_question
        comparison = compare(self._template.by_id[question_id], first, second, overall=overall)
        reason = (
            self._words.reason(period) if comparison.reason_needed or took == "new" or self._rng.random() < 0.2 else ""
        )
        agreed = Answer(answer.value, answer.na_reason, reason)
        actor = self._rng.choice((self._pair.first, self._pair.second))
        agree(Agree(self._audit, question_id, agreed), actor, self._unit)


def _opening(entries: Mapping[str, Entry], share: float) -> dict[str, Entry]:
    """The first part of a sheet, as somebody who has stopped half way leaves it."""
    return dict(list(entries.items())[: int(len(entries) * share)])
