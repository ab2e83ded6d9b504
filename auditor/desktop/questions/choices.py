"""What answers look like: the mark, word and colour of every option, and an answer in a line of words."""

from dataclasses import replace

from auditor.desktop.dates import show_iso
from auditor.desktop.marks import ANSWERS, GRADES, Meaning
from auditor.desktop.widgets.answer_keys import NA, Choice
from auditor.domain.answers import Answer
from auditor.domain.template import AnswerType, Option, Polarity, Question, Standing

_NEUTRAL = {
    Standing.YES: replace(ANSWERS["yes"], colour="accent", tint="soft"),
    Standing.NO: replace(ANSWERS["no"], colour="text2", tint="sunken"),
}
_AGAINST = {Standing.YES: ANSWERS["no"], Standing.NO: ANSWERS["yes"]}


def meaning_of(question: Question, option: Option) -> Meaning | None:
    """How an option is shown; None where it stands for nothing but its word.

    A yes that is bad news carries the mark and colour of bad news, so that marks never contradict the findings.
    """
    found = _found(question, option)
    return replace(found, word=option.label) if found else None


def _found(question: Question, option: Option) -> Meaning | None:
    if question.type is AnswerType.GRADE:
        return GRADES.get(int(option.code)) if option.code.isdigit() else None
    if option.stands_for is Standing.NONE:
        return None
    if option.stands_for in (Standing.YES, Standing.NO):
        if question.polarity is Polarity.NEGATIVE:
            return _AGAINST[option.stands_for]
        if question.polarity is Polarity.NEUTRAL:
            return _NEUTRAL[option.stands_for]
    return ANSWERS[option.stands_for.value]


def choices_of(question: Question) -> list[Choice]:
    """The options as keys show them."""
    return [Choice(option.code, option.label, meaning_of(question, option)) for option in question.options]


def answer_meaning(question: Question, answer: Answer) -> Meaning | None:
    """How the answer given is shown; None where it is blank or has no mark of its own."""
    if answer.is_na:
        return ANSWERS[NA]
    option = question.option(str(answer.value)) if isinstance(answer.value, str) else None
    return meaning_of(question, option) if option else None


def answer_text(question: Question, answer: Answer) -> str:
    """The answer in words without the reason of an N/A; empty where it is blank."""
    if answer.is_na:
        return "N/A"
    value = answer.value
    if value is None:
        return ""
    if question.type is AnswerType.DATE:
        return show_iso(str(value))
    if question.type is AnswerType.DATETIME:
        return f"{show_iso(str(value))} {str(value)[11:16]}"
    codes = value if isinstance(value, tuple) else (value,)
    return ", ".join(option.label if (option := question.option(str(code))) else str(code) for code in codes)
