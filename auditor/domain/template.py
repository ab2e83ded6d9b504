"""An audit template as the rest of the program knows it: sections of questions, their scales, themes, rules and
indicators."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from auditor.domain.template_parts import Scoring, SharedEvent


class AnswerType(StrEnum):
    """What kind of value answers a question."""

    CHOICE = "choice"
    CHOICES = "choices"
    GRADE = "grade"
    DATE = "date"
    DATETIME = "datetime"
    COUNT = "count"
    NUMBER = "number"
    TEXT = "text"


class CompletedBy(StrEnum):
    """Who fills a question in: business support (facts) or auditors (judgements)."""

    BUSINESS_SUPPORT = "business_support"
    AUDITOR = "auditor"


class Tier(StrEnum):
    """Core questions stand in every variant that takes their section; optional ones only where a variant asks for
    them."""

    CORE = "core"
    OPTIONAL = "optional"


class Polarity(StrEnum):
    """Whether *yes* is good news (positive), bad news (negative) or neither, which is not counted in findings."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class Standing(StrEnum):
    """What an option means for practice, whatever its wording. Not evidenced is kept apart from not met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_EVIDENCED = "not_evidenced"
    YES = "yes"
    NO = "no"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a scale. `code` is stored and never re-meant; `descriptor` says what good looks
    like at this step."""

    code: str
    label: str
    stands_for: Standing = Standing.NONE
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A named list of options. `ordered` scales run from best to worst, leaving out *not evidenced*."""

    id: str
    title: str
    options: tuple[Option, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A line of the findings matrix."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class PracticeArea:
    """A part of practice that a good audit covers. Templates are judged by how much they ask about each."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its id is never reused and means the same in every variant, so results add up across them.

    `limiting` is "L1" (failing it caps the overall grade at Inadequate), "L2" (at Requires improvement) or "".
    `derived` names where the program takes the answer from itself; such a question is never asked. `relevant` is CEL:
    the cases it is asked in. A `gate` is asked even where its section seems not to apply: it helps to decide that.
    `guidance` says what to weigh; `evidence` says where in the file to look, and what should be found there.
    `serves` are the ids of the practice areas it tells something about.
    """

    id: str
    text: str
    type: AnswerType
    short: str = ""
    options: tuple[Option, ...] = ()
    ordered: bool = False
    themes: tuple[str, ...] = ()
    completed_by: CompletedBy = CompletedBy.AUDITOR
    tier: Tier = Tier.CORE
    polarity: Polarity = Polarity.NEUTRAL
    na_allowed: bool = False
    limiting: str = ""
    immediate: bool = False
    derived: str = ""
    guidance: str = ""
    evidence: str = ""
    tags: tuple[str, ...] = ()
    relevant: str = ""
    gate: bool = False
    serves: tuple[str, ...] = ()

    @property
    def scored(self) -> bool:
        """Whether its answers are counted in the findings."""
        return self.polarity is not Polarity.NEUTRAL and self.type is AnswerType.CHOICE

    @property
    def asked(self) -> bool:
        """Whether a person is asked for it, rather than the program working it out."""
        return not self.derived

    @property
    def is_fact(self) -> bool:
        """Facts are completed by business support or either auditor, once for the audit."""
        return self.completed_by is CompletedBy.BUSINESS_SUPPORT

    @property
    def is_section_judgement(self) -> bool:
        """Whether this is the grade that closes its section."""
        return "section_judgement" in self.tags

    @property
    def number(self) -> str:
        """The number people use: `S04.18` is 4.18."""
        section, _, item = self.id.removeprefix("S").partition(".")
        return f"{section.lstrip('0') or '0'}.{item}"

    def option(self, code: str) -> Option | None:
        """The option of that code, or None."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the audit. `short` (at most 26 characters) is its title in narrow lists; `applies_if` says for whom it
    is, and `when` says the same in CEL ("" is everybody)."""

    id: str
    title: str
    short: str
    purpose: str
    questions: tuple[Question, ...]
    applies_if: str = "always"
    themes: tuple[str, ...] = ()
    when: str = ""

    @property
    def always_applies(self) -> bool:
        """Whether no case is without it, so that it cannot be set aside as a whole."""
        return self.applies_if.startswith("always")

    @property
    def number(self) -> str:
        """The number people use: `S04` is 4."""
        return self.id.removeprefix("S").lstrip("0") or "0"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named fact about a case, counted over a cycle ("9/16"). `when` and `among` are CEL over effective answers;
    cases for which `among` is not true are left out of the denominator."""

    id: str
    title: str
    when: str
    among: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules of a time: from `since` until `until` (both included), or until the regime that replaced it begins.
    What started under it stays under it. `instead_of` is the master's first day where an authority set another."""

    id: str
    title: str
    since: date | None = None
    until: date | None = None
    replaced_by: str = ""
    instead_of: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The questions that say which period is audited, from its first day to its last."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class LimitingRule:
    """What a failed limiting question does: no better overall grade than `caps_at` (1 is the best; None: no cap)."""

    id: str
    title: str
    caps_at: int | None = None


@dataclass(frozen=True, slots=True)
class UrgentConcern:
    """The question that says whether an urgent concern was raised, and its answers that say that it was."""

    question: str
    raised: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcedRule:
    """A timescale or consistency rule as the template carries it, with its source and whether that source was
    verified.

    `body` keeps every further field as written (limit, unit, start, end, severity, message, conditions).
    """

    id: str
    title: str
    source: str
    verified: bool
    body: Mapping[str, object]


@dataclass(frozen=True)
class Template:
    """A master or a variant resolved from it, immutable once read. `hash` names its content;
    `version` is for people."""

    id: str
    title: str
    version: str
    hash: str
    sections: tuple[Section, ...]
    themes: tuple[Theme, ...]
    master: str = ""
    purpose: str = ""
    overall_question: str = ""
    heat_steps: tuple[int, ...] = (0, 25, 50, 75)
    indicators: tuple[Indicator, ...] = ()
    timescales: tuple[SourcedRule, ...] = ()
    consistency: tuple[SourcedRule, ...] = ()
    na_reasons: tuple[str, ...] = field(default=())
    regimes: tuple[Regime, ...] = ()
    period: Period | None = None
    limiting_rules: tuple[LimitingRule, ...] = ()
    urgent_concern: UrgentConcern | None = None
    practice_areas: tuple[PracticeArea, ...] = ()
    scoring: Scoring | None = None
    shared_events: tuple[SharedEvent, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions()}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section of each question id."""
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def theme_titles(self) -> Mapping[str, str]:
        """Theme titles by id."""
        return {theme.id: theme.title for theme in self.themes}

    def questions(self) -> Iterator[Question]:
        """Every question, in the order of the form."""
        for section in self.sections:
            yield from section.questions

    def asked(self) -> Iterator[Question]:
        """The questions a person is asked."""
        return (question for question in self.questions() if question.asked)
