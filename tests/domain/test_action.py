"""The life of an action: status from dates, and that only somebody else can complete it."""

import dataclasses
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.action import (
    Action,
    Status,
    Step,
    StepTaken,
    action_number,
    default_due,
    overdue_first,
    require_step,
    why_not,
)
from auditor.domain.errors import AuditorError, NotAllowed, Refused
from auditor.domain.roles import Person, Role

DAY = date(2026, 11, 2)
OWNER = Person("o", "O. Owner", frozenset({Role.MANAGER}))
OTHER = Person("p", "P. Other", frozenset({Role.MANAGER}))
AUDITOR = Person("q", "Q. Auditor", frozenset({Role.AUDITOR}))
PEOPLE = (OWNER, OTHER, AUDITOR)


def action(*steps: tuple[Step, str], due: date = DAY + timedelta(28), owner: str = OWNER.id) -> Action:
    """An action of O. Owner, now owned by `owner`."""
    taken = [StepTaken(Step.RAISED, AUDITOR.id, DAY, OWNER.id)]
    taken += [StepTaken(step, by, DAY + timedelta(at + 1), OWNER.id) for at, (step, by) in enumerate(steps)]
    return Action("1", "Supervision monthly", owner, due, tuple(taken))


def test_due_is_28_calendar_days_later() -> None:
    assert default_due(DAY) == date(2026, 11, 30)


def test_status_follows_dates_and_steps() -> None:
    due = DAY + timedelta(28)
    assert action().status(due) is Status.ON_SCHEDULE
    assert action().status(due + timedelta(1)) is Status.BEHIND
    assert action((Step.DONE, OWNER.id)).status(due + timedelta(90)) is Status.AWAITING
    assert action((Step.DONE, OWNER.id), (Step.RETURNED, OTHER.id)).status(due + timedelta(1)) is Status.BEHIND
    assert action((Step.DONE, OWNER.id), (Step.VERIFIED, OTHER.id)).status(due) is Status.COMPLETE
    assert action((Step.WITHDRAWN, OTHER.id)).status(due + timedelta(9)) is Status.WITHDRAWN
    assert [status.is_open for status in Status] == [True, True, True, False, False]


def test_words_are_those_of_the_plan() -> None:
    assert [status.words for status in Status][:4] == [
        "Behind schedule",
        "Awaiting verification",
        "In progress on schedule",
        "Complete",
    ]


def test_the_doer_and_the_owner_never_verify() -> None:
    by_auditor = action((Step.DONE, OTHER.id))
    for person in (OWNER, OTHER):
        with pytest.raises(NotAllowed) as own:
            require_step(by_auditor, person, Step.VERIFIED, "", "")
        assert own.value.code == "own-work"
    assert why_not(by_auditor, AUDITOR, Step.VERIFIED)
    require_step(action((Step.DONE, OWNER.id)), OTHER, Step.VERIFIED, "", "")


def test_giving_it_away_does_not_make_ones_own_work_anothers() -> None:
    returned = action((Step.DONE, OWNER.id), (Step.RETURNED, OTHER.id), (Step.DONE, "y"), owner="y")
    worked_on = action((Step.PROGRESS, OWNER.id), (Step.DONE, "y"), owner="y")
    for given_away in (returned, worked_on):
        assert why_not(given_away, OWNER, Step.VERIFIED)
        assert not why_not(given_away, OTHER, Step.VERIFIED)


def test_a_step_recorded_differently_on_two_computers_stops_verifying() -> None:
    torn = dataclasses.replace(action((Step.DONE, OWNER.id)), conflicted=True)
    assert "two computers" in why_not(torn, OTHER, Step.VERIFIED)


def test_a_withdrawn_action_grows_no_later() -> None:
    withdrawn = action((Step.WITHDRAWN, OTHER.id))
    assert withdrawn.days_late(DAY + timedelta(400)) == 0


def test_references_are_short_and_differ() -> None:
    numbers = {action_number(f"{at:032x}") for at in range(1_000)}
    assert len(numbers) == 1_000
    assert all(re.fullmatch(r"A-[0-9A-HJKMNP-TV-Z]{5}", number) for number in numbers)


def test_done_needs_words_and_return_needs_a_reason() -> None:
    with pytest.raises(Refused) as done:
        require_step(action(), OWNER, Step.DONE, " ", "")
    with pytest.raises(Refused) as returned:
        require_step(action((Step.DONE, OWNER.id)), OTHER, Step.RETURNED, "", "")
    assert (done.value.code, returned.value.code) == ("evidence-needed", "reason-needed")


@given(st.lists(st.tuples(st.sampled_from(Step), st.sampled_from(PEOPLE)), max_size=12))
def test_whatever_is_tried_complete_means_verified_by_another(tries: list[tuple[Step, Person]]) -> None:
    steps: list[tuple[Step, str]] = []
    for step, person in tries:
        try:
            require_step(action(*steps), person, step, "Said why.", "Record")
        except AuditorError:
            continue
        steps.append((step, person.id))
    final = action(*steps)
    if final.status(DAY) is Status.COMPLETE:
        assert final.done is not None
        assert final.last.by not in {OWNER.id, *(taken.by for taken in final.steps if taken.step is Step.DONE)}
    assert final.done is None or Step.DONE in [step for step, _ in steps]


@given(st.lists(st.integers(-60, 60), max_size=8))
def test_the_longest_overdue_comes_first(offsets: list[int]) -> None:
    today = DAY + timedelta(60)
    listed = overdue_first([action(due=today + timedelta(offset)) for offset in offsets], today)
    late = [item.days_late(today) for item in listed]
    assert late == sorted(late, reverse=True)
