"""Where a form says how it is scored, and which questions that is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.templates.draft import Draft
from auditor.templates.schema import MasterForm, QuestionForm
from auditor.templates.scoring_schema import ScoringForm
from auditor.templates.selection import taken_questions
from auditor.templates.yaml_reader import KeyPath


@dataclass(frozen=True)
class Scored:
    """A choice of method: of the whole form, or of one variant, with the questions it takes."""

    path: KeyPath
    form: ScoringForm
    questions: Mapping[str, QuestionForm]
    overall: str

    @property
    def own_points(self) -> set[str]:
        """The questions that have points of their own, or whose scale has."""
        scales = {item.scale for item in self.form.options if item.scale}
        named = {item.question for item in self.form.options if item.question}
        return {one for one, question in self.questions.items() if one in named or question.scale in scales}

    @property
    def counted(self) -> set[str]:
        """The questions whose answers the method counts."""
        scored = {
            one
            for one, question in self.questions.items()
            if question.type == "choice" and question.polarity != "neutral" and not question.derived
        }
        if self.form.method == "share_met":
            return scored
        return (scored if self.form.points else set()) | self.own_points if self.form.method == "points" else set()

    @property
    def judged(self) -> bool:
        """Whether a section judgement or the overall grade is among the questions."""
        return self.overall in self.questions or any("section_judgement" in q.tags for q in self.questions.values())


def scorings(draft: Draft) -> Iterator[Scored]:
    """Every choice of method in the form."""
    form = draft.form
    overall = form.overall.question if form.overall else ""
    if form.scoring:
        yield Scored(("scoring",), form.scoring, draft.by_id, overall)
    for v, variant in enumerate(form.variants):
        if variant.scoring:
            yield Scored(("variants", v, "scoring"), variant.scoring, _taken(form, draft, v), overall)


def _taken(form: MasterForm, draft: Draft, v: int) -> dict[str, QuestionForm]:
    taken = taken_questions(form, form.variants[v])
    return {one: question for one, question in draft.by_id.items() if one in taken}
