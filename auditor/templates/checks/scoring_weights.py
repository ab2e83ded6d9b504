"""A weight belongs to a question that is scored, or to a section in which one is."""

from collections.abc import Iterator

from auditor.templates.checks.scored import scorings
from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`question-unknown`, `section-unknown` and `scoring-weight`."""
    sections = {section.id: {question.id for question in section.questions} for section in draft.form.sections}
    for scored in scorings(draft):
        for name in scored.form.weights if scored.counted else ():
            place = draft.place(*scored.path, "weights", name)
            kind, known = ("question", draft.by_id) if "." in name else ("section", sections)
            if name not in known:
                remedy = did_you_mean(name, known, f"Name a {kind} of this form.")
                yield problem(f"{kind}-unknown", place, f"There is no {kind} {name}.", remedy)
            elif not scored.counted & sections.get(name, {name}):
                message = f"{name} has a weight, but nothing in it is scored."
                yield problem("scoring-weight", place, message, "Leave it out, or give its question a polarity.")
