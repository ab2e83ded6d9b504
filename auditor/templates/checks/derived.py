"""What the program works out itself comes from the audit's record, actions or feedback, or other answers."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.names import SOURCES, questions_behind
from auditor.templates.problems import Problem, did_you_mean, problem


def check(draft: Draft) -> Iterator[Problem]:
    """`derived-unknown` for another source; `question-unknown` where the answer behind it is not here."""
    for path, question in draft.questions():
        if not question.derived or question.derived in SOURCES:
            continue
        place = draft.place(*path, "derived")
        behind = questions_behind(question.derived)
        if not behind:
            remedy = did_you_mean(question.derived, SOURCES, "forms/README.md lists what can stand here.")
            yield problem("derived-unknown", place, f"Nothing is called {question.derived}.", remedy)
        for name in behind:
            if name not in draft.by_id:
                remedy = did_you_mean(name, draft.by_id, "Name a question of this form.")
                yield problem("question-unknown", place, f"There is no question {name}.", remedy)
