"""What is different between two versions of a template, question by question, in the words of those who answer it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain.standing import meaning
from auditor.domain.template import AnswerType, CompletedBy, Option, Question, Template


class Act(StrEnum):
    """What happened to a question, the heaviest first. A reworded one keeps its answers and is worth reading again."""

    GONE = "gone"
    OPTIONS = "options changed"
    CHANGED = "changed"
    REWORDED = "reworded"
    ADDED = "new"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question that is not what it was. `said` says in sentences what changed; `id` is the same in both."""

    act: Act
    id: str
    number: str
    text: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version to the other; `rest` says what changed beside the questions."""

    questions: tuple[QuestionChange, ...]
    rest: tuple[str, ...] = ()

    def count(self, act: Act) -> int:
        """How many questions that happened to."""
        return sum(1 for change in self.questions if change.act is act)


_TYPES = {
    AnswerType.CHOICE: "one answer of several",
    AnswerType.CHOICES: "several answers",
    AnswerType.GRADE: "a grade",
    AnswerType.DATE: "a date",
    AnswerType.DATETIME: "a date and time",
    AnswerType.COUNT: "a count",
    AnswerType.NUMBER: "a number",
    AnswerType.TEXT: "text",
}


def difference(old: Template, new: Template) -> Difference:
    """The questions in the order of the new form, those that are gone after them."""
    was, now = ({q.id: q for q in template.asked()} for template in (old, new))
    found = [change for q in now.values() if (change := _change(was.get(q.id), q, _moved(old, new, q)))]
    gone = [QuestionChange(Act.GONE, q.id, q.number, q.text) for q in was.values() if q.id not in now]
    return Difference((*found, *gone), tuple(_rest(old, new)))


def _change(old: Question | None, new: Question, moved: str) -> QuestionChange | None:
    if old is None:
        return QuestionChange(Act.ADDED, new.id, new.number, new.text)
    options, other, words = list(_options(old, new)), list(_other(old, new)), [*_words(old, new)]
    words += [moved] if moved else []
    act = Act.OPTIONS if options else Act.CHANGED if other else Act.REWORDED
    said = (*words, *other, *options)
    return QuestionChange(act, new.id, new.number, new.text, said) if said else None


def _moved(old: Template, new: Template, question: Question) -> str:
    """Says that a question stands in another section now."""
    was, now = old.section_of.get(question.id), new.section_of[question.id]
    return "" if was is None or was.id == now.id else f"Stands in “{now.title}” now."


def _words(old: Question, new: Question) -> Iterator[str]:
    if _flat(old.text) != _flat(new.text):
        yield f"Was put: {old.text}"
    if _flat(old.guidance) != _flat(new.guidance):
        yield "Its guidance is reworded."
    if _flat(old.evidence) != _flat(new.evidence):
        yield "Where to look for evidence is reworded."
    described = {option.code: _flat(option.descriptor) for option in old.options}
    if any(described.get(o.code, _flat(o.descriptor)) != _flat(o.descriptor) for o in new.options):
        yield "What good looks like is reworded."


def _other(old: Question, new: Question) -> Iterator[str]:
    if old.type is not new.type:
        yield f"Takes {_TYPES[new.type]}; it took {_TYPES[old.type]}."
    if old.polarity is not new.polarity:
        yield f"Yes counts as {new.polarity.value}; it counted as {old.polarity.value}."
    if old.completed_by is not new.completed_by:
        facts = new.completed_by is CompletedBy.BUSINESS_SUPPORT
        yield "Is a fact now, entered once." if facts else "Is answered by the auditors now."
    if old.na_allowed is not new.na_allowed:
        yield f"N/A is {'allowed' if new.na_allowed else 'not allowed any more'}."
    if old.limiting != new.limiting:
        yield "Limits the overall grade." if new.limiting else "Does not limit the overall grade any more."


def _options(old: Question, new: Question) -> Iterator[str]:
    if old.type is not new.type:
        return
    was, now = meaning(old.options), meaning(new.options)
    labels = {**_labels(new.options), **_labels(old.options)}
    fresh = _labels(new.options)
    yield from (f"Answer gone: {labels[code]}." for code in was if code not in now)
    yield from (f"New answer: {fresh[code]}." for code in now if code not in was)
    for code in was:
        if code in now and was[code] != now[code]:
            same = fresh[code] == labels[code]
            yield f"Answer means something else: {labels[code]}{'' if same else f', now {fresh[code]}'}."


def _labels(options: tuple[Option, ...]) -> dict[str, str]:
    return {option.code: option.label for option in options}


def _rest(old: Template, new: Template) -> Iterator[str]:
    for what, were, are in (
        ("time limits", old.timescales, new.timescales),
        ("checks", old.consistency, new.consistency),
        ("indicators", old.indicators, new.indicators),
        ("themes", old.themes, new.themes),
    ):
        if were != are:
            yield f"The {what} changed."


def _flat(text: str) -> str:
    return " ".join(text.split())
