"""Safe writing: text that never becomes a formula, real numbers and dates, whole files or none."""

import math
import os
import re
import tempfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from auditor.domain.errors import Place, Refused
from auditor.sheets.table import Value
from auditor.sheets.text import CELL_LIMIT, clean_text, escape, split_long

__all__ = ["DATE_FORMAT", "put", "save_durably", "split_long"]

DATE_FORMAT = "dd/mm/yyyy"
DATETIME_FORMAT = "dd/mm/yyyy hh:mm"
NAME_LIMIT = 240

_FORMULA_START = ("=", "+", "-", "@")
_BAD_IN_NAME = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_DEVICES = {"CON", "PRN", "AUX", "NUL"} | {f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10)}
_FIRST_YEAR = 1901  # Excel counts a 29 February 1900 that never was


def put(sheet: Worksheet, row: int, column: int, value: Value, style: str = "") -> Cell:
    """Write a value into a cell (1-based) in a named style of the workbook, and give the cell back.

    Text is cleaned and is always text, also when it looks like a formula. Dates, times and numbers are real;
    a date before 1901, which a workbook cannot hold, is written as text. Raises ValueError for text that
    `split_long` should have split, and for a number that is infinite or none.
    """
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise ValueError("a merged cell holds its value in its first cell only")
    if style:
        cell.style = style
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        value = value.strftime("%d/%m/") + f"{value.year:04}"
    if isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a cell cannot hold an infinite number or none")
    else:
        cell.value = _local(value) if isinstance(value, datetime) else value
        if isinstance(value, date):
            cell.number_format = DATETIME_FORMAT if isinstance(value, datetime) else DATE_FORMAT
    return cell


def _put_text(cell: Cell, text: str) -> None:
    stored = escape(clean_text(text))
    if not stored:
        return
    if len(stored.encode("utf-16-le")) // 2 > CELL_LIMIT:
        raise ValueError("text of more than 32,767 characters has to be split over rows")
    cell.value = stored
    cell.data_type = "s"
    # Excel would read such text as a formula as soon as somebody edits the cell and presses Enter.
    if stored.startswith(_FORMULA_START):
        cell.quotePrefix = True


def _local(moment: datetime) -> datetime:
    """Cells know no time zone: an aware moment is written as this computer's clock showed it."""
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


def save_durably(workbook: Workbook, path: Path) -> Path:
    """Write the workbook whole or not at all: under another name beside `path`, to the disk, then renamed.

    Raises `Refused` with a code of its own when the name cannot be used, the folder is missing or read-only,
    the disk is full, or the file is open in another program. What was at `path` is then still there.
    """
    _refuse_bad_target(path)
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError as problem:
        raise _refused(
            "folder-not-writable", path, "A file cannot be made in this folder.", "Choose another folder."
        ) from problem
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            _write(workbook, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except PermissionError as problem:
        raise _refused(
            "target-in-use",
            path,
            "The file is open in another program, or may not be replaced.",
            "Close it there and try again, or choose another name.",
        ) from problem
    except OSError as problem:
        raise _refused(
            "file-not-written",
            path,
            "The file could not be written; the disk may be full.",
            "Make room on the disk or choose another one.",
        ) from problem
    finally:
        part.unlink(missing_ok=True)
    return path


def _refuse_bad_target(path: Path) -> None:
    # Windows would write `a:b.xlsx` into a hidden stream of a file `a`, and `CON.xlsx` to the screen.
    name = path.name
    device = name.split(".")[0].rstrip().upper()
    if not 0 < len(os.fsencode(name)) <= NAME_LIMIT or _BAD_IN_NAME.search(name) or device in _DEVICES:
        raise _refused(
            "name-not-allowed",
            path,
            "The name is too long, or has characters or words that file names on Windows cannot have.",
            "Choose another name.",
        )
    if _is_folder(path):
        raise _refused("target-is-folder", path, "There is a folder of that name.", "Choose another name.")
    if not _is_folder(path.parent):
        raise _refused("folder-missing", path, "The folder does not exist.", "Choose another folder.")
    if path.suffix.lower() != ".xlsx":
        raise _refused("not-xlsx", path, "A workbook's name ends in .xlsx.", f"Call it {path.stem or 'summary'}.xlsx.")
    if path.exists() and not (path.is_file() and os.access(path, os.W_OK)):
        raise _refused(
            "target-protected",
            path,
            "What is there may not be replaced.",
            "Choose another name, or lift its protection.",
        )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a path too long for this system, or a drive that is gone
        return False


def _refused(code: str, path: Path, message: str, remedy: str) -> Refused:
    return Refused(code, "The workbook was not saved", message, remedy, Place(file=path.name))


class _DirectWriter(ExcelWriter):
    """Writes sheets straight into the package; openpyxl would pass them through the system's temp folder."""

    def __init__(self, workbook: Workbook, package: ZipFile) -> None:
        super().__init__(workbook, package)
        self.package = package

    def write_worksheet(self, ws: Worksheet) -> None:
        out = BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]  # the stubs leave it out
        self.package.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def _write(workbook: Workbook, file: BinaryIO) -> None:
    workbook.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    _DirectWriter(workbook, ZipFile(file, "w", ZIP_DEFLATED)).save()
