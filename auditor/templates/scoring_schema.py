"""The shape of what a template says about scoring, and about events that brothers and sisters share."""

from typing import Annotated, Literal

from pydantic import Field

from auditor.templates.schema_words import Form, Line, Whole, Word

Methods = Literal["none", "share_met", "points", "judgement"]


class PointsForm(Form):
    """What answers are worth. Not evidenced, and an unfavourable yes or no, are worth what not met is."""

    met: Whole
    partly: Whole
    not_met: Whole = 0


class OptionPointsForm(Form):
    """What the options of one scale or one question are worth, by code."""

    scale: Word = ""
    question: Word = ""
    points: Annotated[dict[Word, Whole], Field(min_length=1)]


class ScoringForm(Form):
    """How audits are scored, and how the score reads."""

    method: Methods
    reads_as: Literal["count", "percent"] = "count"
    points: PointsForm | None = None
    options: list[OptionPointsForm] = []
    weights: dict[Word, Whole] = {}


class SharedEventForm(Form):
    """An event of the family, and the questions that have to have the same answers for brothers and sisters."""

    id: Word
    title: Line
    questions: Annotated[list[Word], Field(min_length=1)]
