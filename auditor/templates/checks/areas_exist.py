"""Every question serves one practice area or two, of those in the list, if the form has any."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, did_you_mean, problem
from auditor.templates.yaml_reader import KeyPath


def check(draft: Draft) -> Iterator[Problem]:
    """`area-unknown` and `area-missing`."""
    known = {area.id for area in draft.form.practice_areas}
    named: list[tuple[KeyPath, list[str]]] = [
        (("sections", s), section.serves) for s, section in enumerate(draft.form.sections)
    ]
    named += [(path, question.serves) for path, question in draft.questions()]
    for path, areas in named:
        for a, area in enumerate(areas):
            if area not in known:
                remedy = did_you_mean(area, known, "Add it to the practice areas.")
                yield problem(
                    "area-unknown", draft.place(*path, "serves", a), f"There is no practice area {area}.", remedy
                )
    for path, question in draft.questions() if known else ():
        if not question.serves and not draft.form.sections[int(path[1])].serves:
            message = f"Question {question.id} serves no practice area."
            yield problem("area-missing", draft.place(*path, "id"), message, "Add serves to it or to its section.")
