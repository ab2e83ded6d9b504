"""Takes a form from a workbook: our own authoring sheet, or an XLSForm. What comes out is a template file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.domain.errors import BadInput, Place
from auditor.sheets.book_reading import Sheet, read_book
from auditor.templates.authoring.reading import is_authoring, read_authoring
from auditor.templates.checks import run_checks
from auditor.templates.draft import draft_of
from auditor.templates.problems import Problem, TemplateProblems, has_errors
from auditor.templates.schema import plain_of
from auditor.templates.xlsform.importing import read_xlsform
from auditor.templates.xlsform.survey import is_xlsform
from auditor.templates.yaml_reader import SheetDocument, parse_document
from auditor.templates.yaml_writer import yaml_text


@dataclass(frozen=True)
class Imported:
    """A form from a workbook: its plain form, the text of its template file, and what there is to tell about it."""

    plain: Mapping[str, Any]
    text: str
    warnings: tuple[Problem, ...]


def import_form(path: Path) -> Imported:
    """Read a workbook as a template. Raises `BadInput` for a file that is no such workbook, and `TemplateProblems`,
    with sheet and row, for a form that cannot be used."""
    document, told = _document(path.name, read_book(path))
    draft = draft_of(document)
    found = [*told, *run_checks(draft)]
    if has_errors(found):
        raise TemplateProblems(found)
    plain = plain_of(draft.form)
    text = yaml_text(plain)
    _refuse_too_large(path.name, text)
    return Imported(plain, text, tuple(found))


def _refuse_too_large(file: str, text: str) -> None:
    """The limits of a template file hold for what comes from a workbook too."""
    try:
        parse_document(text.encode(), file)
    except TemplateProblems as error:
        raise BadInput(
            "form-too-large",
            "Too large for a template",
            f"As a template the form would be beyond its limits. {error.args[0]}",
            "Split it into several forms.",
            Place(file=file),
        ) from None


def _document(file: str, sheets: tuple[Sheet, ...]) -> tuple[SheetDocument, list[Problem]]:
    if sheets and is_authoring(sheets):
        return read_authoring(sheets), []
    if sheets and is_xlsform(sheets):
        return read_xlsform(sheets)
    raise BadInput(
        "form-kind-unknown",
        "Not a form",
        "The workbook has neither a sheet “questions”, as our own forms have, nor a sheet “survey”, as XLSForms have.",
        "Start from `auditor template starter`, or name the sheet of an XLSForm “survey”.",
        Place(file=file),
    )
