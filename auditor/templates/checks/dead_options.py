"""Every option can be an answer: its scale is used, and a question derived from another has no option more than it."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.names import SLOT_OF
from auditor.templates.options import options_of
from auditor.templates.problems import Problem, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`option-dead` for a scale that no question offers, and for each option a derived answer cannot be."""
    offered = {question.scale for _, question in draft.questions()}
    misspelt = offered - {"", *(scale.id for scale in draft.form.scales)}  # each may be any of the scales left over
    for s, scale in enumerate(draft.form.scales):
        if scale.id not in offered and not misspelt:
            message = f"No question offers the options of {scale.id}."
            yield problem("option-dead", draft.place("scales", s, "id"), message, "Use the scale or remove it.")
    for path, question in draft.questions():
        match = SLOT_OF.fullmatch(question.derived)
        source = draft.by_id.get(match[1]) if match else None
        if source is None:
            continue
        possible = {option.code for option in options_of(draft.form, source)}
        for option in options_of(draft.form, question):
            if option.code not in possible:
                message = f"{question.id} comes from {source.id}, which has no option {option.code}."
                place = draft.place(*path, "derived")
                yield problem("option-dead", place, message, "Give both the same options.")
