"""Reading a filled-in answer sheet back: whose it is, and what stands in its cells, each problem with its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from auditor.domain.answer_sheet import SheetOf, option_words
from auditor.domain.answers import Answer, Entry, checked_text, fitting
from auditor.domain.answers import Value as AnswerValue
from auditor.domain.audit import Slot
from auditor.domain.errors import BadInput, Place
from auditor.domain.template import AnswerType, Question, Template
from auditor.reports import answer_sheet as layout
from auditor.sheets.reading import Row, Table, Value, read_table

T = TypeVar("T")

NOTE_PARTS = {layout.COMMENT: "The comment", layout.EVIDENCE: "The evidence", layout.DISCUSS: "What is to discuss"}


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A sheet as it came back: for each row with a question its entry, or the problem with it."""

    of: SheetOf
    entries: Mapping[str, tuple[int, Entry]]
    problems: tuple[BadInput, ...]


def read_of(path: Path) -> SheetOf:
    """What the sheet is a sheet of. Raises `BadInput` (no-answer-sheet) for any other workbook."""
    table = read_table(path, layout.ABOUT)
    found = {str(values.get(layout.WHAT)): str(values.get(layout.VALUE)) for values in map(table.record, table.rows)}
    slots = {slot.value: slot for slot in Slot}
    if found.get(layout.FORMAT_KEY) != layout.FORMAT or found.get(layout.SLOT_KEY) not in slots:
        raise BadInput(
            "no-answer-sheet",
            "No answer sheet",
            "The workbook is no answer sheet of this program, or of another version of it.",
            "Export the sheet anew and fill that in.",
            table.source.place(),
        )
    return SheetOf(found.get(layout.AUDIT_KEY, ""), slots[found[layout.SLOT_KEY]], found.get(layout.TEMPLATE_KEY, ""))


def read_filled_in(path: Path, template: Template) -> FilledIn:
    """The entries of the sheet, by question id. Raises `BadInput` where it cannot be read as a whole."""
    of = read_of(path)
    table = read_table(path, layout.ANSWERS)
    missing = [heading for heading in (layout.ID, layout.ANSWER) if heading not in table.headers]
    if missing:
        raise BadInput(
            "sheet-column-missing",
            "A column is missing",
            f"There is no column headed {missing[0]}.",
            "Export the sheet anew, and leave its columns as they are.",
            table.source.place(),
        )
    aside = _set_aside(table, template)
    entries: dict[str, tuple[int, Entry]] = {}
    problems = []
    for row in table.rows:
        try:
            question = _question(table, row, template, entries)
            if question is not None:
                section = template.section_of[question.id].id
                entries[question.id] = (row.number, _entry(table, row, question, section in aside))
        except BadInput as problem:
            problems.append(problem)
    return FilledIn(of, entries, tuple(problems))


def _question(table: Table, row: Row, template: Template, known: Mapping[str, object]) -> Question | None:
    """The question of a row; None for the title of a section."""
    values = table.record(row)
    question_id = values.get(layout.ID)
    place = table.place(row, layout.ID)
    if question_id is None:
        filled = next((name for name in (layout.ANSWER, *NOTE_PARTS) if values.get(name) is not None), "")
        if filled:
            raise BadInput(
                "no-question-here",
                "No question here",
                "Something is filled in where no question stands.",
                "Write it in the row of its question.",
                table.place(row, filled),
            )
        return None
    question = template.by_id.get(str(question_id))
    if question is None or not question.asked:
        raise BadInput(
            "no-such-question",
            "Not asked",
            "This audit does not ask a question of that id.",
            "Leave the column Id as it was.",
            place,
        )
    if question.id in known:
        raise BadInput(
            "question-twice", "Twice", f"Question {question.number} stands there twice.", "Delete one row.", place
        )
    return question


def _entry(table: Table, row: Row, question: Question, aside: bool) -> Entry:
    values = table.record(row)
    answer = _answer(table, row, question, values, aside)
    texts = {name: _note(table, row, name, values) for name in NOTE_PARTS if name in table.headers}
    good = _text(values.get(layout.GOOD)).casefold()
    if good not in ("", "yes", "no"):
        raise BadInput(
            "good-practice-unread",
            "Yes or nothing",
            "Good practice is marked with yes, or left blank.",
            "Write yes, or empty the cell.",
            table.place(row, layout.GOOD),
        )
    flag = texts.get(layout.DISCUSS, "")
    return Entry(
        answer=answer,
        comment=texts.get(layout.COMMENT, ""),
        location=texts.get(layout.EVIDENCE, ""),
        good_practice=good == layout.YES,
        flag=None if not flag else "" if flag.casefold() == layout.YES else flag,
    )


def _note(table: Table, row: Row, name: str, values: Mapping[str, Value]) -> str:
    return _within(lambda: checked_text(_text(values.get(name)), NOTE_PARTS[name]), table.place(row, name))


def _answer(table: Table, row: Row, question: Question, values: Mapping[str, Value], aside: bool) -> Answer:
    given, reason = values.get(layout.ANSWER), _text(values.get(layout.NA))
    place = table.place(row, layout.ANSWER)
    if given is not None and reason:
        message = f"Question {question.number} has an answer and a reason for N/A."
        both = table.place(row, layout.NA)
        raise BadInput("answer-and-na", "An answer and N/A", message, "Empty one of the two cells.", both)
    if reason:
        return _within(
            lambda: fitting(question, Answer(na_reason=reason), whole_section=aside), table.place(row, layout.NA)
        )
    if given is None:
        return Answer()
    value = _READERS[question.type](question, given)
    if value is None:
        raise BadInput(
            "answer-unread",
            "Answer not understood",
            f"The answer to {question.number} cannot be read.",
            _remedy(question),
            place,
        )
    return _within(lambda: fitting(question, Answer(value)), place)


def _remedy(question: Question) -> str:
    if question.options:
        return f"Write one of: {', '.join(option_words(question.options).values())}."[:500]
    return {
        AnswerType.DATE: "Write a day, such as 24/11/2026.",
        AnswerType.DATETIME: "Write a day and a time, such as 24/11/2026 14:30.",
        AnswerType.COUNT: "Write a whole number from 0.",
    }.get(question.type, "Write a number, such as 12 or 96.5.")


def _set_aside(table: Table, template: Template) -> set[str]:
    """Sections that need not apply and in which every row has a reason for N/A: there even questions that cannot be
    answered N/A alone can be."""
    reasons: dict[str, list[bool]] = {}
    for values in map(table.record, table.rows):
        section = template.section_of.get(str(values.get(layout.ID)))
        if section is not None and not section.always_applies:
            reasons.setdefault(section.id, []).append(values.get(layout.NA) is not None)
    return {section for section, found in reasons.items() if all(found)}


def _within(read: Callable[[], T], place: Place) -> T:
    """Give what is refused its place in the file."""
    try:
        return read()
    except BadInput as problem:
        raise BadInput(problem.code, problem.title, problem.message, problem.remedy, place) from None


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _one_option(question: Question, given: Value) -> AnswerValue | None:
    return _codes(question).get(_text(given).casefold())


def _options(question: Question, given: Value) -> AnswerValue | None:
    """Several are written one a line, or with semicolons between them."""
    codes = _codes(question)
    found = [codes.get(part.strip().casefold()) for part in re.split(r"[;\n]", _text(given)) if part.strip()]
    return None if None in found else tuple(dict.fromkeys(str(code) for code in found))


def _codes(question: Question) -> dict[str, str]:
    """Option codes by what may stand in a cell for them, in small letters."""
    by_code = {option.code.casefold(): option.code for option in question.options}
    return by_code | {words.casefold(): code for code, words in option_words(question.options).items()}


def _day(_question: Question, given: Value) -> AnswerValue | None:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given.isoformat()
    moment = _parsed(_text(given), "%d/%m/%Y", "%Y-%m-%d")
    return moment.date().isoformat() if moment else None


def _moment(_question: Question, given: Value) -> AnswerValue | None:
    if isinstance(given, datetime):
        return given.isoformat("T", "minutes")
    if isinstance(given, date):  # a cell at midnight
        return f"{given.isoformat()}T00:00"
    moment = _parsed(_text(given), "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
    return moment.isoformat("T", "minutes") if moment else None


def _parsed(text: str, *forms: str) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _count(_question: Question, given: Value) -> AnswerValue | None:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    return int(given) if isinstance(given, str) and given.isascii() and given.isdigit() else None


def _number(_question: Question, given: Value) -> AnswerValue | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int | float):
        return f"{Decimal(repr(given)):f}"
    return given if isinstance(given, str) and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", given) else None


_READERS: Mapping[AnswerType, Callable[[Question, Value], AnswerValue | None]] = {
    AnswerType.CHOICE: _one_option,
    AnswerType.GRADE: _one_option,
    AnswerType.CHOICES: _options,
    AnswerType.DATE: _day,
    AnswerType.DATETIME: _moment,
    AnswerType.COUNT: _count,
    AnswerType.NUMBER: _number,
    AnswerType.TEXT: lambda _question, given: _text(given),
}
