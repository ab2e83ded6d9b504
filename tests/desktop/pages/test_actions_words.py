from datetime import date, timedelta

import pytest

from auditor.desktop.models.action_rows import columns, grouped, standing_words, status_sentence
from auditor.desktop.pages.actions.drawer import who_can_words
from auditor.desktop.pages.actions.life import life_of
from auditor.desktop.widgets.progress import StepState
from auditor.domain.action import Action, Status, Step, StepTaken
from auditor.services.actions import ActionLine

TODAY = date(2026, 11, 24)


def line(*steps: Step, due: int = 5, conflicted: bool = False) -> ActionLine:
    taken = tuple(StepTaken(step, "owner", TODAY - timedelta(1), "owner", note="Because.") for step in steps)
    raised = StepTaken(Step.RAISED, "lead", TODAY - timedelta(40), "owner")
    action = Action(
        "action", "See the child alone", "owner", TODAY + timedelta(due), (raised, *taken), conflicted=conflicted
    )
    names = ("L. Lead", *("C. Manager" for _ in taken))
    return ActionLine(action, action.status(TODAY), action.days_late(TODAY), "C. Manager", "", names, "", ())


@pytest.mark.parametrize("step", Step)
def test_every_step_has_its_words_in_list_and_life(step: Step) -> None:
    shown = line(*(() if step is Step.RAISED else (step,)))
    assert all(column.text(shown) for column in columns(lambda: TODAY))
    life = life_of(shown)
    assert all(item.title for item in life)
    states = [item.state for item in life]
    assert states.count(StepState.NOW) == (0 if step in (Step.VERIFIED, Step.WITHDRAWN) else 1)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_group(status: Status) -> None:
    steps = {
        Status.BEHIND: (),
        Status.AWAITING: (Step.DONE,),
        Status.ON_SCHEDULE: (),
        Status.COMPLETE: (Step.DONE, Step.VERIFIED),
        Status.WITHDRAWN: (Step.WITHDRAWN,),
    }[status]
    shown = line(*steps, due=-3 if status is Status.BEHIND else 3)
    assert shown.status is status
    assert len(grouped([shown])) == 2


@pytest.mark.parametrize(
    ("steps", "due", "words"),
    [
        ((), -8, "8 days late"),
        ((), -1, "1 day late"),
        ((), 0, "today"),
        ((), 1, "tomorrow"),
        ((), 6, "in 6 days"),
        ((Step.DONE,), -4, "done 3 days late"),
        ((Step.DONE,), 4, "done 23/11/2026"),
        ((Step.DONE, Step.VERIFIED), -4, "closed 23/11/2026"),
        ((Step.WITHDRAWN,), 4, "withdrawn 23/11/2026"),
    ],
)
def test_the_due_date_is_said_in_days(steps: tuple[Step, ...], due: int, words: str) -> None:
    assert standing_words(line(*steps, due=due), TODAY) == words


def test_sentences_say_why_a_status_is_what_it_is() -> None:
    assert status_sentence(line(due=-8), TODAY) == (
        "It was due on 16/11/2026, 8 days ago, and done is not recorded yet."
    )
    assert "Done was recorded on 23/11/2026, 3 days past its due date." in status_sentence(
        line(Step.DONE, due=-4), TODAY
    )
    assert status_sentence(line(Step.WITHDRAWN), TODAY) == "Withdrawn on 23/11/2026: Because."
    assert "It came back on 23/11/2026: Because." in status_sentence(line(Step.DONE, Step.RETURNED), TODAY)
    assert "two computers" in status_sentence(line(Step.DONE, conflicted=True), TODAY)


def test_updates_in_a_row_are_one_step_of_the_life() -> None:
    life = life_of(line(Step.ACCEPTED, Step.PROGRESS, Step.PROGRESS))
    assert [item.title for item in life] == [
        "Raised",
        "Accepted by owner",
        "In progress",
        "Done, with evidence",
        "Verified by another person",
    ]
    assert life[2].note == "23/11/2026 · C. Manager · 2 updates"


def test_a_few_names_are_said_and_the_rest_counted() -> None:
    assert who_can_words(["A"]) == "A can."
    assert who_can_words(["A", "B", "C"]) == "A, B or C can."
    assert who_can_words(["A", "B", "C", "D", "E"]) == "A, B, C or 2 others can."
    assert "Nobody else" in who_can_words([])
