"""A variant selects sections and questions that exist, leaves something to ask, and uses a label set that exists."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.selection import selects


def check(draft: Draft) -> Iterator[Problem]:
    """`variant-section-unknown`, `variant-labels-unknown`, `question-unknown` and `variant-empty`."""
    sections = {section.id for section in draft.form.sections}
    labels = {item.id for item in draft.form.label_sets}
    for v, variant in enumerate(draft.form.variants):
        for key, names in (("sections", variant.select.sections), ("always", variant.select.always)):
            for n, name in enumerate(names):
                if name not in sections:
                    place = draft.place("variants", v, "select", key, n)
                    remedy = did_you_mean(name, sections, "Name a section of this form.")
                    yield problem("variant-section-unknown", place, f"There is no section {name}.", remedy)
        for key, names in (("take", variant.select.take), ("leave", variant.select.leave)):
            for n, name in enumerate(names):
                if name not in draft.by_id:
                    place = draft.place("variants", v, "select", key, n)
                    remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
                    yield problem("question-unknown", place, f"There is no question {name}.", remedy)
        if variant.labels and variant.labels not in labels:
            place = draft.place("variants", v, "labels")
            remedy = did_you_mean(variant.labels, labels, "Name one of the label sets.")
            yield problem("variant-labels-unknown", place, f"There is no label set {variant.labels}.", remedy)
        chosen = (
            question
            for section in draft.form.sections
            for question in section.questions
            if selects(variant.select, section.id, question) and not question.derived
        )
        if next(chosen, None) is None:
            message = f"The variant {variant.id} asks no question."
            yield problem("variant-empty", draft.place("variants", v, "id"), message, "Widen its selection.")
