"""Over random acts the rollup equals a full recount from the recorded answers, and a rebuild from the ledger."""

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from auditor.domain.answers import Answer, Facet, question_key
from auditor.domain.audit import Slot
from auditor.domain.canonical import Json
from auditor.domain.revision import Entity, new_id
from auditor.domain.scoring import Counts, count_of
from auditor.domain.template import Template
from auditor.services.templates import KeepTemplate, keep_template
from auditor.store.queries.entries import entries
from auditor.store.queries.findings import cells
from auditor.store.rollup import ALL_THEMES
from auditor.store.verify import verify
from tests.kit import House, open_house, small_plain, small_template

TEMPLATE: Template = small_template()
SCORED = [question for question in TEMPLATE.asked() if question.scored]
CYCLES = ("c" * 32, "d" * 32)
SLOTS = st.sampled_from([Slot.FACTS, Slot.AGREED, Slot.MODERATED, Slot.A, Slot.B])
PLACES = st.tuples(st.integers(0, 2), SLOTS, st.sampled_from(SCORED))


def recount(house: House, audits: dict[str, str]) -> dict[tuple[str, str, str], Counts]:
    """The definition, written out: effective is moderated, else agreed, else facts; each theme counts on its own."""
    found: dict[tuple[str, str, str], Counts] = defaultdict(Counts)
    with house.opened.records.read() as view:
        for audit_id, cycle_id in audits.items():
            slots = [entries(view, audit_id, slot) for slot in (Slot.MODERATED, Slot.AGREED, Slot.FACTS)]
            for question in SCORED:
                entry = next(
                    (s[question.id] for s in slots if question.id in s and not s[question.id].answer.is_blank), None
                )
                if entry:
                    for theme in (ALL_THEMES, *question.themes):
                        place = (cycle_id, theme, audit_id)
                        found[place] = found[place].plus(count_of(question, entry.answer, entry.good_practice))
    return {place: counts for place, counts in found.items() if counts != Counts()}


class RandomActs(RuleBasedStateMachine):
    """Answers, N/A, marks and clearing in any slot of three audits, some of which get their set-up late or anew."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self._open = open_house(Path(self._folder.name))
        self.house = self._open.__enter__()
        self.audits = [new_id() for _ in range(3)]
        self.set_up: dict[str, str] = {}

    @initialize()
    def first_set_up(self) -> None:
        self.template_hash = self.house.lead.do(keep_template, KeepTemplate(small_plain())).made
        self.give(0, CYCLES[0])

    @rule(at=st.integers(0, 2), cycle_id=st.sampled_from(CYCLES))
    def give(self, at: int, cycle_id: str) -> None:
        value: Json = {"cycle": cycle_id, "case": "k", "template": self.template_hash, "mode": "blind"}
        self._record(self.audits[at], "setup", value)
        self.set_up[self.audits[at]] = cycle_id

    @rule(place=PLACES, data=st.data())
    def answer(self, place: tuple[int, Slot, object], data: st.DataObject) -> None:
        at, slot, question = place
        options = [option.code for option in question.options]  # type: ignore[attr-defined]
        chosen = data.draw(
            st.sampled_from([*(Answer(code) for code in options), Answer(na_reason="Said why."), Answer()])
        )
        self._record(self.audits[at], question_key(question.id, Facet.ANSWER), chosen.to_plain(), slot)  # type: ignore[attr-defined]

    @rule(place=PLACES, good=st.booleans())
    def mark(self, place: tuple[int, Slot, object], good: bool) -> None:
        at, slot, question = place
        self._record(self.audits[at], question_key(question.id, Facet.GOOD_PRACTICE), good, slot)  # type: ignore[attr-defined]

    @precondition(lambda self: self.set_up)
    @invariant()
    def rollup_equals_recount(self) -> None:
        with self.house.opened.records.read() as view:
            kept = {
                (cycle_id, theme, audit_id): counts
                for cycle_id in CYCLES
                for theme, row in cells(view, cycle_id).items()
                for audit_id, counts in row.items()
                if counts != Counts()
            }
        assert kept == recount(self.house, self.set_up)

    def teardown(self) -> None:
        assert verify(self.house.opened.records).problems == ()
        self._open.__exit__(None, None, None)
        self._folder.cleanup()

    def _record(self, audit_id: str, key: str, value: Json, slot: Slot | None = None) -> None:
        with self.house.opened.records.write() as unit:
            unit.record("someone", Entity.AUDIT, audit_id, key, value, slot.value if slot else "")


TestRollup = RandomActs.TestCase
TestRollup.settings = settings(stateful_step_count=25, deadline=None)
