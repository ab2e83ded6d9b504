"""The shape of an overlay file: what an authority adds to a master or sets for itself."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from auditor.templates.schema import (
    ConsistencyForm,
    IndicatorForm,
    LabelSetForm,
    ScaleForm,
    SectionForm,
    ThemeForm,
    TimescaleForm,
    Units,
    VariantForm,
)
from auditor.templates.schema_words import Form, Line, Prose, Whole, Word, whole


class LimitChangeForm(Form):
    """Another limit for a time limit of the master, and where it was decided."""

    rule: Word
    limit: Whole
    unit: Units
    source: Prose


class ChangeOverForm(Form):
    """The day on which the authority changed over to a regime of the master, and where it was decided."""

    regime: Word
    since: Word
    source: Prose


class AlsoInForm(Form):
    """Sections that one of the master's variants takes as well."""

    variant: Word
    sections: Annotated[list[Word], Field(min_length=1)]


class OverlayForm(Form):
    """A whole overlay file."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    overlay_of: Word
    id: Word
    version: Word
    title: Line = ""
    labels: Word = ""
    limits: list[LimitChangeForm] = Field(default_factory=list)
    change_over: list[ChangeOverForm] = Field(default_factory=list)
    also_in: list[AlsoInForm] = Field(default_factory=list)
    scales: list[ScaleForm] = Field(default_factory=list)
    label_sets: list[LabelSetForm] = Field(default_factory=list)
    themes: list[ThemeForm] = Field(default_factory=list)
    sections: list[SectionForm] = Field(default_factory=list)
    indicators: list[IndicatorForm] = Field(default_factory=list)
    timescales: list[TimescaleForm] = Field(default_factory=list)
    consistency: list[ConsistencyForm] = Field(default_factory=list)
    variants: list[VariantForm] = Field(default_factory=list)
