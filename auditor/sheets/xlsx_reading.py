"""Workbook sheets read into a table through openpyxl, which sees only packages the guard has let through."""

import math
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.xml import DEFUSEDXML

from auditor.domain.errors import AuditorError, BadInput, Place
from auditor.sheets.table import Line, Source, Table, Value, build
from auditor.sheets.text import unescape

_FORMULA_ALONE = re.compile(rb"<c( [^>]*)>\s*(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_CELL_AT = re.compile(rb'r="([A-Z]{1,3})([0-9]{1,7})"')

LAST_ROW = 1_048_576
"""The last row a sheet can have; a file that claims more is not followed there."""

if not DEFUSEDXML:
    raise ImportError("openpyxl reads files from outside only with defusedxml installed")


def read_xlsx(name: str, data: bytes, sheet: str = "") -> Table:
    """The table of the named sheet, or of the first visible sheet with anything in it. Raises `BadInput`."""
    with opened(name, data) as workbook:
        return _table(name, workbook, sheet)


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Workbook]:
    """The workbook, open for reading; whatever goes wrong with it inside is a `BadInput`."""
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drawings, filters and styles it leaves out, none of which a list of rows has.
            warnings.simplefilter("ignore")
            workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except AuditorError:
        raise
    except Exception as problem:
        # A damaged package makes the parsers raise nearly anything; whatever it is, the file is at fault.
        raise BadInput(
            "damaged-workbook",
            "The workbook is damaged",
            "The workbook cannot be read.",
            "Open it in Excel, save it again as an Excel workbook (.xlsx), and choose that.",
            Place(file=name),
        ) from problem


def _table(name: str, workbook: Workbook, wanted: str) -> Table:
    visible = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if wanted and wanted not in visible:
        raise BadInput(
            "sheet-missing",
            "No such sheet",
            "The workbook has no visible sheet of that name.",
            "Choose one of the sheets you can see in Excel.",
            Place(file=name, sheet=wanted),
        )
    for title in [wanted] if wanted else visible:
        source = Source(name, title)
        if wanted or any(value is not None for _, values in lines_of(source, workbook) for value in values):
            notices = () if wanted or len(visible) == 1 else (f"Only the sheet “{title}” was read.",)
            return build(source, lines_of(source, workbook), notices)
    return build(Source(name, visible[0] if visible else ""), ())


def lines_of(source: Source, workbook: Workbook) -> Iterator[Line]:
    """Every row of a sheet with its number, blank ones too. Raises `BadInput` for a cell that shows an error, and for a
    formula nobody has calculated yet."""
    sheet = workbook[source.sheet]
    _refuse_not_calculated(source, workbook)
    # The size a sheet claims may be wrong either way.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW), 1):
        values = []
        for column, cell in enumerate(cells, 1):
            raw = cell.value
            if cell.data_type == "e" or (isinstance(raw, float) and not math.isfinite(raw)):
                raise BadInput(
                    "error-cell",
                    "A cell shows an error",
                    "The cell holds an error such as #REF! or #N/A instead of a value.",
                    "Put the cell right in Excel, save, and choose the file again.",
                    source.place(number, column),
                )
            values.append(_value(raw))
        yield number, values


def _refuse_not_calculated(source: Source, workbook: Workbook) -> None:
    """A formula without its result would be read as an empty cell. Excel always stores results; other programs may not.
    An empty text is a result."""
    part: bytes = workbook._archive.read(workbook[source.sheet]._worksheet_path)  # type: ignore[attr-defined]
    for found in _FORMULA_ALONE.finditer(part) if b"<f" in part else ():
        at = _CELL_AT.search(found[1])
        if b't="str"' in found[1] or at is None:
            continue
        raise BadInput(
            "formula-not-calculated",
            "A formula without its result",
            "The cell holds a formula that no program has calculated yet.",
            "Open the workbook in Excel, save it, and choose the file again.",
            Place(source.file, sheet=source.sheet, row=int(at[2]), column=at[1].decode()),
        )


def _value(raw: object) -> Value:
    if raw is None:
        return None
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() and abs(raw) < 2**53 else raw
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == time() else raw
    if isinstance(raw, (bool, int, date)):
        return raw
    if isinstance(raw, (time, timedelta)):
        return str(raw)
    return unescape(str(raw)).strip() or None
