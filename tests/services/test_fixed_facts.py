"""What the program answers itself: every source worded or known to be unkept, and no grade before it may be told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.action import Step
from auditor.domain.roles import Role
from auditor.services import actions, cycles, scoring
from auditor.services.fixed_facts import SOURCES
from auditor.services.templates import KeepTemplate, keep_template
from auditor.templates.names import SOURCES as KNOWN
from tests.kit import TODAY, House, agree_all, open_house, score_and_submit, small_plain

DERIVED = {
    "S01.04": "audit.reference",
    "S01.05": "audit.kind",
    "S01.06": "audit.variant",
    "S01.07": "audit.first_auditor",
    "S01.08": "audit.second_auditor",
    "S01.09": "case.reference",
    "S01.10": "actions.count",
    "S01.11": "actions.all_verified",
    "S01.12": "S02.04@B",
    "S01.13": "S02.04@agreed",
    "S01.14": "S02.04@moderated",
}


def test_every_source_is_worded() -> None:
    assert set(SOURCES) == set(KNOWN)


def with_derived() -> dict[str, Any]:
    plain = small_plain()
    plain["sections"][0]["questions"] += [
        {"id": question_id, "text": source, "type": "text", "derived": source}
        for question_id, source in DERIVED.items()
    ]
    return plain


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def test_the_cover_sheet_fills_itself(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    template = house.lead.do(keep_template, KeepTemplate(with_derived())).made
    command = cycles.CreateCycle("Autumn", template, TODAY, TODAY, TODAY, cases=(cycles.NewCase("CF-01"),))
    audit_id = house.give(house.lead.do(cycles.create_cycle, command).made, "CF-01", first, second)

    def fixed() -> dict[str, str]:
        found = second.ask(scoring.desk, audit_id).fixed
        return {DERIVED[question_id]: words for question_id, words in found.items()}

    at_first = {
        "audit.reference": "Autumn · CF-01",
        "audit.kind": "Themed",
        "audit.variant": "Small sample audit",
        "audit.first_auditor": "A. Auditor",
        "audit.second_auditor": "B. Auditor",
        "case.reference": "CF-01",
    }
    assert fixed() == at_first
    raised = actions.RaiseAction("Monthly", house.lead.actor.id, TODAY, audit_id=audit_id, question_id="S01.03")
    action_id = first.do(actions.raise_action, raised).made
    score_and_submit(first, audit_id, S02_04="3")
    assert fixed() == at_first, "neither the partner's grade nor their action is told"
    score_and_submit(second, audit_id, S02_04="2")
    assert fixed()["S02.04@B"] == "Good"
    agree_all(first, audit_id)
    told = fixed()
    assert (told["S02.04@agreed"], told["actions.count"], told["actions.all_verified"]) == ("RI", "1", "No")
    house.lead.do(actions.take_step, actions.TakeStep(action_id, Step.WITHDRAWN, TODAY, "Raised twice."))
    assert fixed()["actions.count"] == "0"
