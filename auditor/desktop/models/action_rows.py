"""Actions as table rows: grouped by status, with the words each column shows for a day."""

from collections.abc import Callable, Sequence
from datetime import date

from auditor.desktop.dates import show_date
from auditor.desktop.marks import RAG
from auditor.desktop.theme import Token
from auditor.desktop.widgets.table_model import Column, Group
from auditor.desktop.words import due_words, many
from auditor.domain.action import Action, Status, Step
from auditor.services.actions import ActionLine

_STEPS = {
    Step.RAISED: "With owner",
    Step.ACCEPTED: "Accepted",
    Step.PROGRESS: "In progress",
    Step.CHANGED: "Changed",
    Step.DONE: "To verify",
    Step.RETURNED: "Returned",
    Step.VERIFIED: "Closed",
    Step.WITHDRAWN: "Withdrawn",
}
_NOTES = {
    Status.BEHIND: "due date passed",
    Status.AWAITING: "done, to be looked at by another person",
    Status.ON_SCHEDULE: "",
    Status.COMPLETE: "verified by another person",
    Status.WITHDRAWN: "no longer needed, with the reason",
}


def columns(today: Callable[[], date]) -> list[Column[ActionLine]]:
    """The columns of the list; `today` is asked whenever a row is drawn."""
    return [
        Column("status", "Status", lambda line: line.status.words, meaning=lambda line: RAG[line.status], width=202),
        Column("ref", "Ref", lambda line: line.action.number, width=78),
        Column("action", "Action", lambda line: line.action.text, second=place_words, strong=True, stretch=True),
        Column("owner", "Owner", lambda line: line.owner_name, width=112),
        Column(
            "due",
            "Due",
            lambda line: show_date(line.action.due),
            second=lambda line: standing_words(line, today()),
            tone=lambda line: due_tone(line, today()),
            sort=lambda line: line.action.due,
            width=124,
        ),
        Column("step", "Step", lambda line: _STEPS[line.action.last.step], width=92),
    ]


def grouped(lines: Sequence[ActionLine]) -> list[ActionLine | Group]:
    """The lines under their statuses, in the order of the statuses; the lines come the longest overdue first."""
    rows: list[ActionLine | Group] = []
    for status in Status:
        of_status = [line for line in lines if line.status is status]
        if of_status:
            rows += [Group(status.words, len(of_status), _NOTES[status], RAG[status]), *of_status]
    return rows


def place_words(line: ActionLine) -> str:
    """The theme and the case an action is about, or that it is for the service as a whole."""
    return " · ".join(part for part in (line.theme_title, line.action.case_reference or "service level") if part)


def standing_words(line: ActionLine, today: date) -> str:
    """How the due date stands: late, today, in some days, or when it was closed."""
    action, late = line.action, line.days_late
    if line.status is Status.COMPLETE:
        return f"closed {show_date(action.last.on)}"
    if line.status is Status.WITHDRAWN:
        return f"withdrawn {show_date(action.last.on)}"
    if action.done:
        return f"done {many(late, 'day')} late" if late else f"done {show_date(action.done.on)}"
    return due_words(action.due, today)[0]


def due_tone(line: ActionLine, today: date) -> Token:
    """The colour of the words about the due date."""
    return due_words(line.action.due, today)[1] if line.status in (Status.BEHIND, Status.ON_SCHEDULE) else "muted"


def status_sentence(line: ActionLine, today: date) -> str:
    """Why an action has the status it has, and what turns it."""
    action, due = line.action, show_date(line.action.due)
    done = action.done
    if action.conflicted:
        return "A step of it was recorded differently on two computers. Somebody has to choose which one stands."
    if line.status is Status.WITHDRAWN:
        return f"Withdrawn on {show_date(action.last.on)}: {action.last.note}"
    if line.status is Status.COMPLETE:
        return f"Done and verified by another person on {show_date(action.last.on)}."
    if done is not None:
        late = f", {many(line.days_late, 'day')} past its due date" if line.days_late else ""
        return (
            f"Done was recorded on {show_date(done.on)}{late}. It turns Complete when another person has verified it."
        )
    if line.status is Status.BEHIND:
        return (
            f"It was due on {due}, {many(line.days_late, 'day')} ago, and done is not recorded yet.{_returned(action)}"
        )
    ahead = (action.due - today).days
    when = "today" if ahead == 0 else f"on {due}, in {many(ahead, 'day')}"
    return f"It is due {when}. It turns Behind schedule the day after, unless done is recorded.{_returned(action)}"


def _returned(action: Action) -> str:
    if action.last.step is not Step.RETURNED:
        return ""
    return f" It came back on {show_date(action.last.on)}: {action.last.note}"
