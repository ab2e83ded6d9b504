"""Rules across audits: brothers and sisters of a cycle, from effective answers alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.answers import Answer
from auditor.domain.audit import Mode
from auditor.domain.consistency import State
from auditor.domain.errors import NotAllowed
from auditor.domain.programme import FactsBy
from auditor.domain.roles import Role
from auditor.services import cycles, reconciling, scoring
from auditor.services.case_list import read_cases
from auditor.services.checks import Checks, ChecksQuery, audit_checks, seen
from auditor.services.cross_checks import audit_cross_checks, cycle_cross_checks, siblings_say
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template
from tests.kit import TODAY, House, answer, open_house, score_and_submit, small_plain

EVENTS = {"shared_events": [{"id": "held", "title": "Strategy discussion", "questions": ["S01.04", "S01.01"]}]}
CASES = (("CF-01", "F1"), ("CF-02", "f1 "), ("CF-03", "F2"), ("CF-04", ""))


def plain() -> dict[str, Any]:
    found = small_plain() | EVENTS
    found["sections"][0]["questions"].append(
        {
            "id": "S01.04", "text": "Date of the strategy discussion", "type": "date",
            "completed_by": "business_support", "na_allowed": True,
        }
    )  # fmt: skip
    return found


@dataclass
class Siblings:
    """A cycle in which CF-01 and CF-02 are of one family; each audited by a pair of its own."""

    house: House
    cycle_id: str
    audits: dict[str, str]
    first: Session
    second: Session

    def states(self) -> dict[str, State]:
        return {one.question_id: one.state for one in self.house.lead.ask(cycle_cross_checks, self.cycle_id)}


def round_of(house: House, facts_by: FactsBy = FactsBy.SHARED, mode: Mode = Mode.BLIND) -> Siblings:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    template_hash = house.lead.do(keep_template, KeepTemplate(plain())).made
    listed = tuple(cycles.NewCase(one, extra={"Sibling group": group} if group else {}) for one, group in CASES)
    command = cycles.CreateCycle("Families", template_hash, TODAY, TODAY, TODAY, facts_by, cases=listed)
    cycle_id = house.lead.do(cycles.create_cycle, command).made
    other = None if mode is Mode.SINGLE else second
    audits = {reference: house.give(cycle_id, reference, first, other, mode) for reference, _ in CASES}
    return Siblings(house, cycle_id, audits, first, second)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def test_the_same_event_with_two_dates_is_told_in_both_audits(house: House) -> None:
    here = round_of(house)
    answer(here.first, here.audits["CF-01"], "S01.04", "2026-05-12")
    assert here.states() == {"S01.04": State.UNKNOWN, "S01.01": State.UNKNOWN}
    answer(here.first, here.audits["CF-02"], "S01.04", "2026-05-13")
    fires, waits = house.lead.ask(cycle_cross_checks, here.cycle_id)
    assert (fires.state, waits.state) == (State.FIRES, State.UNKNOWN)
    assert fires.message.endswith(": 12/05/2026 in CF-01, 13/05/2026 in CF-02.")
    for reference in ("CF-01", "CF-02"):
        (check,) = here.second.ask(audit_cross_checks, here.audits[reference])
        assert check.question_id == "S01.04"
        assert here.second.ask(audit_checks, ChecksQuery(here.audits[reference], TODAY)).across == (check,)
    for reference in ("CF-03", "CF-04"):
        assert here.second.ask(audit_cross_checks, here.audits[reference]) == ()


def test_the_same_date_says_nothing_and_neither_does_na(house: House) -> None:
    here = round_of(house)
    for reference in ("CF-01", "CF-02"):
        answer(here.first, here.audits[reference], "S01.04", "2026-05-12")
        answer(here.first, here.audits[reference], "S01.01", 3)
    assert here.states() == {}
    na = scoring.RecordAnswer(here.audits["CF-02"], "S01.04", Answer(na_reason="Not for this child"))
    here.first.do(scoring.record_answer, na)
    assert here.states() == {}


def test_nothing_sealed_is_compared(house: House) -> None:
    here = round_of(house, FactsBy.BOTH)
    before = here.states()
    answer(here.first, here.audits["CF-01"], "S01.04", "2026-05-12")
    answer(here.first, here.audits["CF-02"], "S01.04", "2026-05-13")
    score_and_submit(here.first, here.audits["CF-02"], **{"S01_01": 2, "S01_02": "yes"})  # type: ignore[arg-type]
    assert here.states() == before == {"S01.04": State.UNKNOWN, "S01.01": State.UNKNOWN}
    for session in (here.first, here.second, house.lead):
        assert session.ask(audit_cross_checks, here.audits["CF-01"]) == ()
        assert session.ask(siblings_say, here.audits["CF-01"]) == {}


def test_what_was_agreed_is_compared_and_told_while_reconciling(house: House) -> None:
    here = round_of(house, FactsBy.BOTH)
    facts: dict[str, Any] = {"S01_01": 2, "S01_02": "yes"}
    for reference, day in (("CF-01", "2026-05-12"), ("CF-02", "2026-05-13")):
        for session in (here.first, here.second):
            answer(session, here.audits[reference], "S01.04", day)
            score_and_submit(session, here.audits[reference], **facts)
    here.first.do(reconciling.agree_equal, reconciling.AgreeEqual(here.audits["CF-01"]))
    view = here.second.ask(reconciling.reconcile_view, here.audits["CF-02"])
    assert view.siblings["S01.04"] == "12/05/2026 in CF-01"
    here.first.do(reconciling.agree_equal, reconciling.AgreeEqual(here.audits["CF-02"]))
    assert here.states() == {"S01.04": State.FIRES}


def test_who_may_not_look_across_audits_sees_nothing(house: House) -> None:
    here = round_of(house)
    helper = house.add("S. Support", Role.BUSINESS_SUPPORT)
    for reference, day in (("CF-01", "2026-05-12"), ("CF-02", "2026-05-13")):
        answer(helper, here.audits[reference], "S01.04", day)
    assert helper.ask(audit_cross_checks, here.audits["CF-01"]) == ()
    with pytest.raises(NotAllowed) as refused:
        helper.ask(cycle_cross_checks, here.cycle_id)
    assert refused.value.code == "role-needed"


def test_a_difference_goes_as_soon_as_it_is_put_right_at_the_desk(house: House) -> None:
    here = round_of(house, mode=Mode.SINGLE)
    for reference, day in (("CF-01", "2026-05-12"), ("CF-02", "2026-05-13")):
        answer(here.first, here.audits[reference], "S01.04", day)
    audit_id = here.audits["CF-02"]
    checks = Checks(here.first.ask(seen, ChecksQuery(audit_id, TODAY)))
    assert len(checks.found.across) == 1
    answer(here.first, audit_id, "S01.04", "2026-05-12")
    shown = here.first.ask(scoring.desk, audit_id)
    assert checks.update(shown, [], here.first.ask(audit_cross_checks, audit_id)).across == ()


def test_a_case_list_tells_who_is_brother_and_sister(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("Case reference,Family Ref,Ward\nCF-01,F1,North\n", encoding="utf-8")
    found = read_cases(path)
    assert found.cases[0].extra == {"Family Ref": "F1", "Ward": "North"}
    assert "Brothers and sisters are those with the same Family Ref." in found.notices
    assert "Kept with each case and not used: Ward." in found.notices
