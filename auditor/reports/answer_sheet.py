"""The answer sheet: a protected workbook in which somebody without the program answers the questions of one audit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl.cell import Cell
from openpyxl.styles import Protection
from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from auditor.domain.answer_sheet import SheetOf, option_words
from auditor.domain.answers import Entry
from auditor.domain.template import AnswerType, Question
from auditor.reports.dress import add_styles, set_up_page
from auditor.sheets.table import Value, column_letters
from auditor.sheets.text import CELL_LIMIT, clean_text
from auditor.sheets.writing import put, save_durably

FORMAT = "casefile-auditor answer sheet 1"
ANSWERS, ABOUT = "Answers", "About this sheet"
ID, ANSWER, NA, COMMENT, EVIDENCE, GOOD, DISCUSS = (
    "Id",
    "Answer",
    "N/A because",
    "Comment",
    "Evidence",
    "Good practice",
    "To discuss",
)
WHAT, VALUE = "What", "Value"
FORMAT_KEY, AUDIT_KEY, SLOT_KEY, TEMPLATE_KEY = "Format", "Audit", "Answers of", "Template"
YES = "yes"

_WIDTHS = {"No.": 8, "Question": 52, "How to answer": 40, ANSWER: 26, NA: 26, COMMENT: 52, EVIDENCE: 30, GOOD: 10}
_HEADINGS = ("No.", "Question", "How to answer", ANSWER, NA, COMMENT, EVIDENCE, GOOD, DISCUSS, ID)
_FILLED_IN = (ANSWER, NA, COMMENT, EVIDENCE, GOOD, DISCUSS)
_HEADING_ROW = 4
_LISTS = "Lists"


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section of the sheet: its title, when it applies, and its questions with their hints and what is recorded."""

    title: str
    applies_if: str
    lines: tuple[tuple[Question, str, Entry], ...]


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What the workbook says. `about` are lines for the reader, such as the period that is audited."""

    of: SheetOf
    title: str
    about: Mapping[str, str]
    sections: tuple[SheetSection, ...]
    na_reasons: tuple[str, ...]
    made_on: date
    sample: bool = False


def write_answer_sheet(sheet: AnswerSheet, path: Path) -> Path:
    """Write the workbook, whole or not at all. Raises `Refused` where the file cannot be written."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    answers, about, lists = (workbook.create_sheet(title) for title in (ANSWERS, ABOUT, _LISTS))
    _write_answers(answers, sheet, _Offers(lists))
    _write_about(about, sheet)
    lists.sheet_state = "hidden"
    for each in (answers, about, lists):
        each.protection.sheet = True
        each.protection.formatColumns = each.protection.formatRows = False
    workbook.security = WorkbookProtection(lockStructure=True)
    workbook.properties.creator = workbook.properties.lastModifiedBy = "Casefile Auditor"
    return save_durably(workbook, path)


class _Offers:
    """The drop-downs: lists of words on a sheet of their own, because a list in a cell holds no more than 255 letters
    and no comma."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._rules: dict[tuple[str, ...], DataValidation] = {}

    def rule(self, words: Sequence[str], *, strict: bool) -> DataValidation:
        """The drop-down of these words; made once."""
        key = (str(strict), *words)
        if key not in self._rules:
            column = len(self._rules) + 1
            for row, word in enumerate(words, 1):
                put(self._sheet, row, column, word)
            letters = column_letters(column)
            rule = DataValidation("list", formula1=f"{_LISTS}!${letters}$1:${letters}${len(words)}", allow_blank=True)
            rule.showErrorMessage = strict
            rule.errorTitle, rule.error = "Not one of the list", "Choose one of the words in the list."
            self._rules[key] = rule
        return self._rules[key]

    def all(self) -> Iterator[DataValidation]:
        """Every drop-down that was made."""
        yield from self._rules.values()


def _write_answers(sheet: Worksheet, content: AnswerSheet, offers: _Offers) -> None:
    put(sheet, 1, 1, content.title, "Page title")
    put(
        sheet,
        2,
        1,
        "Fill in the white columns. A blank cell changes nothing. Send the file back as it is.",
        "Page facts",
    )
    for at, heading in enumerate(_HEADINGS, 1):
        put(sheet, _HEADING_ROW, at, heading, "Column heading")
        sheet.column_dimensions[column_letters(at)].width = _WIDTHS.get(heading, 16)
    typed = {kind: _typed(kind) for kind in (AnswerType.DATE, AnswerType.DATETIME, AnswerType.COUNT, AnswerType.NUMBER)}
    row = _HEADING_ROW
    for section in content.sections:
        row += 1
        put(sheet, row, 2, section.title, "Section")
        if section.applies_if:
            put(sheet, row, 3, section.applies_if, "Sentence")
        for question, hint, entry in section.lines:
            row += 1
            _write_line(sheet, row, question, hint, entry)
            _rule(question, offers, typed).add(_at(ANSWER, row)) if question.type is not AnswerType.TEXT else None
            if question.na_allowed and content.na_reasons:
                offers.rule(content.na_reasons, strict=False).add(_at(NA, row))
            offers.rule((YES,), strict=True).add(_at(GOOD, row))
    for rule in (*offers.all(), *typed.values()):
        if rule.sqref:
            sheet.add_data_validation(rule)
    sheet.freeze_panes = f"C{_HEADING_ROW + 1}"
    sheet.column_dimensions[column_letters(_HEADINGS.index(ID) + 1)].hidden = True
    heading = f"{_HEADING_ROW}:{_HEADING_ROW}"
    set_up_page(sheet, content.title, f"{content.made_on:%d/%m/%Y}", sample=content.sample, rows=heading)


def _write_line(sheet: Worksheet, row: int, question: Question, hint: str, entry: Entry) -> None:
    put(sheet, row, 1, question.number, "Quiet words")
    put(sheet, row, 2, question.text, "Words")
    put(sheet, row, 3, hint, "Quiet words")
    flag = None if entry.flag is None else entry.flag or YES
    values: dict[str, Value] = {
        ANSWER: answer_cell(question, entry),
        NA: entry.answer.na_reason or None,
        COMMENT: entry.comment or None,
        EVIDENCE: entry.location or None,
        GOOD: YES if entry.good_practice else None,
        DISCUSS: flag,
    }
    for heading in _FILLED_IN:
        value = values[heading]
        cell = put(sheet, row, _HEADINGS.index(heading) + 1, value if fits_cell(value) else None)
        _open_up(cell)
    put(sheet, row, _HEADINGS.index(ID) + 1, question.id, "Quiet words")


def answer_cell(question: Question, entry: Entry) -> Value:
    """What stands in the answer cell: words for options, real numbers and dates; None where there is no answer."""
    value = entry.answer.value
    if value is None:
        return None
    words = option_words(question.options)
    if question.type in (AnswerType.CHOICE, AnswerType.GRADE):
        return words.get(str(value), str(value))
    if isinstance(value, tuple):
        return "\n".join(words.get(code, code) for code in value)
    if question.type is AnswerType.DATE:
        return date.fromisoformat(str(value))
    if question.type is AnswerType.DATETIME:
        return datetime.fromisoformat(str(value))
    return float(value) if question.type is AnswerType.NUMBER else value


def fits_cell(value: Value) -> bool:
    """Whether a cell can hold the value: text of rare characters may be too long, and then stays in the program."""
    return not isinstance(value, str) or len(clean_text(value).encode("utf-16-le")) // 2 <= CELL_LIMIT


def _open_up(cell: Cell) -> None:
    number_format = cell.number_format
    cell.style = "Words"
    cell.number_format = number_format
    cell.protection = Protection(locked=False)


def _rule(question: Question, offers: _Offers, typed: Mapping[AnswerType, DataValidation]) -> DataValidation:
    if question.options:
        return offers.rule(
            tuple(option_words(question.options).values()), strict=question.type is not AnswerType.CHOICES
        )
    return typed[question.type]


def _typed(kind: AnswerType) -> DataValidation:
    if kind in (AnswerType.DATE, AnswerType.DATETIME):
        rule = DataValidation("date", operator="greaterThan", formula1="1", allow_blank=True)
        rule.error = "Enter a date, dd/mm/yyyy." if kind is AnswerType.DATE else "Enter a date and a time."
    elif kind is AnswerType.COUNT:
        rule = DataValidation("whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.error = "Enter a whole number from 0."
    else:
        rule = DataValidation("decimal", operator="between", formula1="-999999999", formula2="999999999")
        rule.allow_blank, rule.error = True, "Enter a number."
    rule.showErrorMessage, rule.errorTitle = True, "Does not fit"
    return rule


def _at(heading: str, row: int) -> str:
    return f"{column_letters(_HEADINGS.index(heading) + 1)}{row}"


def _write_about(sheet: Worksheet, content: AnswerSheet) -> None:
    identity = {
        FORMAT_KEY: FORMAT,
        AUDIT_KEY: content.of.audit_id,
        SLOT_KEY: content.of.slot.value,
        TEMPLATE_KEY: content.of.template_hash,
    }
    rows = [(WHAT, VALUE), *identity.items(), *content.about.items()]
    for number, (what, value) in enumerate(rows, 1):
        put(sheet, number, 1, what, "Column heading" if number == 1 else "Strong words")
        put(sheet, number, 2, value, "Column heading" if number == 1 else "Words")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
