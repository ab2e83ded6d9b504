"""A label set renames options that exist, and never changes their codes."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`scale-unknown` for its scale; `label-set` for a code that the scale does not have."""
    scales = {scale.id: [option.code for option in scale.options] for scale in draft.form.scales}
    for i, labels in enumerate(draft.form.label_sets):
        codes = scales.get(labels.scale)
        if codes is None:
            place = draft.place("label_sets", i, "scale")
            remedy = did_you_mean(labels.scale, scales, "Name one of the scales.")
            yield problem("scale-unknown", place, f"There is no scale {labels.scale}.", remedy)
            continue
        for code in labels.labels:
            if code not in codes:
                place = draft.place("label_sets", i, "labels", code)
                message = f"Scale {labels.scale} has no option {code}."
                yield problem("label-set", place, message, did_you_mean(code, codes, "Use one of its codes."))
