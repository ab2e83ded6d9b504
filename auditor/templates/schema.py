"""The shape of a template file: which keys stand where, with what kind of value. `checks` see to meaning."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from auditor.templates.schema_words import Form, Line, Prose, Truth, Whole, Word, listed, or_none, whole
from auditor.templates.scoring_schema import ScoringForm, SharedEventForm

Areas = Annotated[list[Word], Field(min_length=1, max_length=2)]
Kind = Literal["choice", "choices", "grade", "date", "datetime", "count", "number", "text"]
Who = Literal["business_support", "auditor"]
Tiers = Literal["core", "optional"]
Units = Literal["hour", "day", "working_day", "week", "month", "term", "year"]
Tests = Literal["elapsed", "interval", "recency", "count", "flag_over", "flag_under", "attested"]
Stands = Literal["met", "partly", "not_met", "not_evidenced", "yes", "no", "none"]


class OptionForm(Form):
    """One answer of a scale."""

    code: Word
    label: Line
    stands_for: Stands = "none"
    descriptor: Prose = ""


class ScaleForm(Form):
    """A list of options used by several questions."""

    id: Word
    title: Line = ""
    ordered: Truth = False
    options: Annotated[list[OptionForm], Field(min_length=1)]


class LabelSetForm(Form):
    """Other labels for the options of a scale, such as the grades before 2013."""

    id: Word
    title: Line
    scale: Word
    labels: dict[Word, Line]


class ThemeForm(Form):
    """A line of the findings."""

    id: Word
    title: Line


class PracticeAreaForm(Form):
    """A part of practice that a good audit covers."""

    id: Word
    title: Line


class QuestionForm(Form):
    """One question."""

    id: Word
    text: Prose
    type: Kind
    short: Line = ""
    scale: Word = ""
    options: Annotated[list[OptionForm], Field(min_length=1)] = []
    themes: list[Word] = []
    completed_by: Who = "auditor"
    tier: Tiers = "core"
    polarity: Literal["positive", "negative", "neutral"] = "neutral"
    na_allowed: Truth = False
    limiting: Word = ""
    immediate: Truth = False
    derived: Line = ""
    guidance: Prose = ""
    evidence: Prose = ""
    tags: list[Word] = []
    relevant: Prose = ""
    gate: Truth = False
    serves: Areas = []
    moved_from: Word = ""
    source_name: Line = ""


class SectionForm(Form):
    """A page of the audit."""

    id: Word
    title: Line
    short: Annotated[str, StringConstraints(min_length=1, max_length=26)]
    purpose: Prose
    applies_if: Prose = "always"
    when: Prose = ""
    themes: list[Word] = []
    serves: Areas = []
    questions: list[QuestionForm]


class IndicatorForm(Form):
    """A named fact about a case; `when` and `among` are CEL."""

    id: Word
    title: Line
    when: Prose
    among: Prose = ""


class LimitForm(Form):
    """What a failed limiting question does to the overall grade."""

    id: Word
    title: Prose
    caps_at: Word = ""


class RegimeForm(Form):
    """The rules of a time, with its first and last day; one regime may replace another."""

    id: Word
    title: Line
    since: Word = ""
    until: Word = ""
    replaced_by: Word = ""
    instead_of: Word = ""
    note: Prose = ""


class PeriodForm(Form):
    """The date questions that say which period is audited."""

    start: Word
    end: Word


class UrgentConcernForm(Form):
    """The question that says whether an urgent concern was raised, and the answers that say it was."""

    question: Word
    raised: Annotated[list[Word], Field(min_length=1)]


class SpecialLimitForm(Form):
    """Another limit for some cases (`when` is CEL) or for starts between two dates."""

    when: Prose = ""
    since: Word = ""
    until: Word = ""
    limit: Whole
    unit: Units


class LaterLimitForm(Form):
    """The interval of a count from so many months after a date."""

    after: Word
    months: Whole = 0
    limit: Whole
    unit: Units


class PartForm(Form):
    """One test of a time limit."""

    test: Tests
    start: Word = ""
    start_else: Word = ""
    end: Word = ""
    count: Word = ""
    attest: Word = ""
    limit: Whole
    unit: Units
    limits: list[SpecialLimitForm] = []
    later: list[LaterLimitForm] = []


class StoodForForm(Form):
    """The limit of the master where a local one has taken its place."""

    limit: Whole
    unit: Units


class TimescaleForm(PartForm):
    """A time limit between two dates, or on the interval behind a count, with its source; `also` tests more."""

    id: Word
    title: Line
    when: Prose = ""
    also: list[PartForm] = []
    instead_of: StoodForForm | None = None
    regime: Word
    source: Prose
    verified: Truth
    confidence: Line


class ConsistencyForm(Form):
    """Answers that contradict one another: the rule fires where any of its conditions (CEL) is true."""

    id: Word
    title: Line
    severity: Literal["error", "warning"]
    when: Annotated[list[Prose], BeforeValidator(listed, json_schema_input_type=Prose | list[Prose])] = []
    each_question: Prose = ""
    each_section: Prose = ""
    leads_to: list[Word] = []
    message: Prose
    source: Prose
    verified: Truth
    confidence: Line


class SelectForm(Form):
    """What a variant takes from its master; a key that is left out takes everything."""

    sections: list[Word] = []
    always: list[Word] = []
    tiers: list[Tiers] = []
    types: list[Kind] = []
    themes: list[Word] = []
    completed_by: list[Who] = []
    take: list[Word] = []
    leave: list[Word] = []


class VariantForm(Form):
    """A named selection from the master."""

    id: Word
    title: Line
    focus: Prose = ""
    frequency: Prose = ""
    labels: Word = ""
    overall: Annotated[None, BeforeValidator(or_none, json_schema_input_type=Literal["none"])] = None
    scoring: ScoringForm | None = None
    select: SelectForm


class OverallForm(Form):
    """The question that asks for the overall grade."""

    question: Word


class MasterForm(Form):
    """A whole template file."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    id: Word
    title: Line
    version: Word
    language: Word = "en-GB"
    purpose: Prose = ""
    overall: Annotated[
        OverallForm | None, BeforeValidator(or_none, json_schema_input_type=OverallForm | Literal["none"])
    ]
    heat_steps: list[Whole] = [0, 25, 50, 75]
    na_reasons: Annotated[list[Line], Field(max_length=9)] = []
    scales: list[ScaleForm] = []
    label_sets: list[LabelSetForm] = []
    themes: list[ThemeForm] = []
    practice_areas: list[PracticeAreaForm] = []
    limiting_rules: list[LimitForm] = []
    urgent_concern: UrgentConcernForm | None = None
    period: PeriodForm | None = None
    scoring: ScoringForm | None = None
    shared_events: list[SharedEventForm] = []
    regimes: list[RegimeForm] = []
    sections: Annotated[list[SectionForm], Field(min_length=1)]
    indicators: list[IndicatorForm] = []
    timescales: list[TimescaleForm] = []
    consistency: list[ConsistencyForm] = []
    variants: Annotated[list[VariantForm], Field(min_length=1)]


def plain_of(form: Form) -> dict[str, Any]:
    """The plain form: what was written, with numbers and truths as such, defaults not filled in."""
    return form.model_dump(exclude_unset=True)
