"""The events that brothers and sisters share are told by questions of this form that a person answers."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`question-unknown` and `event-not-asked`."""
    for e, event in enumerate(draft.form.shared_events):
        for q, name in enumerate(event.questions):
            place = draft.place("shared_events", e, "questions", q)
            if name not in draft.by_id:
                remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
                yield problem("question-unknown", place, f"There is no question {name}.", remedy)
            elif draft.by_id[name].derived or draft.by_id[name].type == "text":
                message = f"Nobody gives {name} an answer that could be compared."
                yield problem("event-not-asked", place, message, "Name a question with a date, a count or options.")
