"""A template as a form on paper: what stands on it, section by section, and where a page ends. How it is drawn is the
business of the desktop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.domain.limits import grade_words
from auditor.domain.template import AnswerType, Option, Question, Section, Template, Tier
from auditor.domain.template_parts import LOOK_FOR

NA = "Not applicable, because"
_BLANKS = {
    AnswerType.DATE: "____ / ____ / ________",
    AnswerType.DATETIME: "____ / ____ / ________   at ____ : ____",
    AnswerType.COUNT: "How many: ________",
    AnswerType.NUMBER: "Number: ____________",
}
HEAD_FIELDS = ("Audit or case reference", "Auditor", "Date", "Single, first of a pair, second of a pair, or joint")
SHORT_HASH = 12
_FACT_LINES = ("Comment and evidence",)
_JUDGEMENT_LINES = ("Comment", "", "Evidence")


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A box to tick, with what good looks like at this step where it is said at the question."""

    label: str
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question with everything that is written on at it. `blank` stands for a date or number to fill in, `lines` are
    empty lines for an answer in words; `written` are further lines to write on, by the small word they begin with;
    `look_for` says where in the file to look."""

    number: str
    text: str
    note: str
    choices: tuple[PaperChoice, ...] = ()
    several: bool = False
    blank: str = ""
    lines: int = 0
    na: bool = False
    written: tuple[str, ...] = ()
    look_for: str = ""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section: its heading, what it asks after, and for whom it is where that is not everybody."""

    heading: str
    purpose: str
    applies_if: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The whole form. `meanings` say once what the answers mean that many questions share."""

    title: str
    version: str
    hash: str
    purpose: str
    facts: str
    meanings: tuple[PaperChoice, ...]
    na_reasons: tuple[str, ...]
    sections: tuple[PaperSection, ...]

    @property
    def stamp(self) -> str:
        """What names this form on every page, so that no page is typed into another version."""
        return f"{self.title} · version {self.version} · {self.hash[:SHORT_HASH]}"


def paper_form(template: Template) -> PaperForm:
    """The form of a template. What the program works out by itself is not on it."""
    shared = _shared(template)
    sections = [_section(template, section, shared) for section in template.sections]
    asked = sum(1 for _ in template.asked())
    kept = tuple(section for section in sections if section.questions)
    return PaperForm(
        title=template.title,
        version=template.version,
        hash=template.hash,
        purpose=template.purpose,
        facts=f"{len(kept)} sections, {asked} questions",
        meanings=tuple(
            dict.fromkeys(
                PaperChoice(one.label, one.descriptor) for options in shared for one in options if one.descriptor
            )
        ),
        na_reasons=template.na_reasons,
        sections=kept,
    )


def pages_of(heights: Sequence[float], keep_with_next: Sequence[bool], room: float) -> list[list[int]]:
    """Which blocks stand on which page: none is parted, and one that belongs to the next never ends a page."""
    pages: list[list[int]] = []
    used = 0.0
    for run in _runs(keep_with_next):
        height = sum(heights[one] for one in run)
        if not pages or used + height > room:
            pages.append([])
            used = 0.0
        pages[-1] += run
        used += height
    return pages


def _runs(keep_with_next: Sequence[bool]) -> Iterator[list[int]]:
    run: list[int] = []
    for number, keep in enumerate(keep_with_next):
        run.append(number)
        if not keep:
            yield run
            run = []
    if run:
        yield run


def _shared(template: Template) -> tuple[tuple[Option, ...], ...]:
    """The lists of answers with meanings that more than one question has, grades left out: theirs stand at each."""
    counted: dict[tuple[Option, ...], int] = {}
    for question in template.asked():
        if question.type is not AnswerType.GRADE and any(option.descriptor for option in question.options):
            counted[question.options] = counted.get(question.options, 0) + 1
    return tuple(options for options, count in counted.items() if count > 1)


def _section(template: Template, section: Section, shared: Sequence[tuple[Option, ...]]) -> PaperSection:
    return PaperSection(
        heading=f"{section.number}  {section.title}",
        purpose=section.purpose,
        applies_if="" if section.always_applies else section.applies_if,
        questions=tuple(_question(template, one, shared) for one in section.questions if one.asked),
    )


def _question(template: Template, question: Question, shared: Sequence[tuple[Option, ...]]) -> PaperQuestion:
    said_before = question.options in shared
    return PaperQuestion(
        number=question.number,
        text=question.text,
        note=_note(template, question),
        choices=tuple(
            PaperChoice(option.label, "" if said_before else option.descriptor) for option in question.options
        ),
        several=question.type is AnswerType.CHOICES,
        blank=_BLANKS.get(question.type, ""),
        lines=3 if question.type is AnswerType.TEXT else 0,
        na=question.na_allowed,
        written=_FACT_LINES if question.is_fact else _JUDGEMENT_LINES,
        look_for=f"{LOOK_FOR}{question.evidence}" if question.evidence else "",
    )


def _note(template: Template, question: Question) -> str:
    kind = "Section judgement" if question.is_section_judgement else "Fact" if question.is_fact else "Judgement"
    notes = [kind]
    if question.tier is Tier.OPTIONAL:
        notes.append("optional")
    if question.type is AnswerType.CHOICES:
        notes.append("tick all that apply")
    rule = next((rule for rule in template.limiting_rules if rule.id == question.limiting), None)
    if rule is not None:
        caps = "" if rule.caps_at is None else f" to {grade_words(template, rule.caps_at)}"
        notes.append(f"limits the grade{caps}")
    if question.immediate:
        notes.append("raise concerns at once")
    return " · ".join(notes)
