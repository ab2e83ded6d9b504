"""The burden of a template is counted over what is signed off, and over nothing sealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.domain.burden import Sign
from auditor.domain.errors import NotAllowed
from auditor.domain.roles import Role
from auditor.services.burden import BurdenQuery, template_burden
from auditor.services.sitting import AddTime, add_time
from tests.kit import House, agree_all, open_house, score_and_submit, small_template

QUERY = BurdenQuery(small_template())
CASES = tuple(f"CF-0{number}" for number in range(1, 7))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as house:
        yield house


def test_only_signed_off_audits_are_counted_and_both_auditors_times(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=CASES)
    for at, reference in enumerate(CASES):
        audit_id = house.give(cycle_id, reference, first, second)
        first.do(add_time, AddTime(audit_id, {"S01": 120}))
        second.do(add_time, AddTime(audit_id, {"S01": 240}))
        score_and_submit(first, audit_id)
        if at:
            score_and_submit(second, audit_id)
            agree_all(first, audit_id)
    found = house.lead.ask(template_burden, QUERY)
    section = found.sections[0]
    assert (found.audits, section.timed, section.measured, section.slow) == (5, 10, 3.0, True)
    assert {item.question.id for item in found.to_leave} == {"S01.03", "S02.01", "S02.02"}
    assert all(item.signs == (Sign.NEVER_BELOW_MET,) for item in found.to_leave)


def test_other_cycles_and_other_masters_are_left_aside(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id, other = house.cycle(), house.cycle("Another")
    audit_id = house.give(cycle_id, "CF-01", first, second)
    for session in (first, second):
        score_and_submit(session, audit_id)
    agree_all(first, audit_id)
    assert house.lead.ask(template_burden, BurdenQuery(QUERY.template, cycle_id)).audits == 1
    assert house.lead.ask(template_burden, BurdenQuery(QUERY.template, other)).audits == 0


def test_who_may_not_see_findings_may_not_see_it(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.add("S. Support", Role.BUSINESS_SUPPORT).ask(template_burden, QUERY)
