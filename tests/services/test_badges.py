"""The badges say how many things wait on each page: as many as Home has rows, for everybody and at every stage."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.domain.action import Step
from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.services import actions, cycles
from auditor.services.home import badges, home
from auditor.services.replacing import WithdrawCase, withdraw_case
from auditor.services.session import Session
from auditor.services.waiting import Verb
from tests.kit import TODAY, House, agree_all, answer, open_house, score_and_submit

PAGE_OF = {
    Verb.START: "audits",
    Verb.CONTINUE: "audits",
    Verb.SIGN_OFF: "audits",
    Verb.RECONCILE: "reconcile",
    Verb.UPDATE: "actions",
    Verb.VERIFY: "actions",
    Verb.GIVE_OUT: "cycles",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def counted(session: Session) -> dict[str, int]:
    """The badges, after comparing them with what Home shows."""
    found = dict(session.ask(badges, TODAY))
    view = session.ask(home, TODAY)
    rows = Counter(PAGE_OF[row.verb] for row in view.waiting if row.verb in PAGE_OF)
    rows["audits"] += bool(view.resume)
    assert found == {page: rows[page] for page in found}
    return found


def test_at_every_stage_of_an_audit_the_badges_are_the_rows_of_home(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(references=("CF-01", "CF-02")), "CF-01", first, second)
    steps: list[tuple[Callable[[], object], tuple[int, int], tuple[int, int]]] = [
        (lambda: None, (1, 0), (1, 0)),
        (lambda: answer(first, audit_id, "S01.03", "met"), (1, 0), (1, 0)),
        (lambda: score_and_submit(first, audit_id), (0, 0), (1, 0)),
        (lambda: score_and_submit(second, audit_id), (0, 1), (0, 1)),
        (lambda: agree_all(first, audit_id), (0, 0), (0, 0)),
    ]
    for act, of_first, of_second in steps:
        act()
        found = counted(first), counted(second)
        assert [(item["audits"], item["reconcile"]) for item in found] == [of_first, of_second]
    assert counted(house.lead)["cycles"] == 1
    house.give(house.lead.ask(home, TODAY).waiting[0].target, "CF-02", first, second, Mode.JOINT)
    assert counted(house.lead)["cycles"] == 0
    assert counted(second)["audits"] == 1


def test_actions_wait_for_their_owner_and_then_for_whoever_can_verify(house: House) -> None:
    owner, raiser = house.add("M. Owner", Role.MANAGER), house.add("A. Auditor", Role.AUDITOR)
    raised = raiser.do(actions.raise_action, actions.RaiseAction("Record visits.", owner.actor.id, TODAY, TODAY))
    assert (counted(owner)["actions"], counted(house.lead)["actions"]) == (1, 0)
    owner.do(actions.take_step, actions.TakeStep(raised.made, Step.DONE, TODAY, "Done."))
    assert (counted(owner)["actions"], counted(house.lead)["actions"]) == (0, 1)


def test_a_case_taken_out_waits_for_no_auditors(house: House) -> None:
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    given, out = house.lead.ask(cycles.cycle_view, cycle_id).cases
    house.give(cycle_id, given.reference, house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR))
    assert counted(house.lead)["cycles"] == 1
    house.lead.do(withdraw_case, WithdrawCase(out.id, "The family moved away."))
    assert counted(house.lead)["cycles"] == 0
