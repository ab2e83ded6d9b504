"""CSV text read into a table: its encoding and delimiter found out, its values left as the text they are."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from auditor.domain.errors import BadInput, Place
from auditor.sheets.table import Line, Source, Table, build
from auditor.sheets.text import clean_text

_DELIMITERS = (",", ";", "\t")
_LOOK_AT = 50


def read_csv(name: str, data: bytes) -> Table:
    """The table in a CSV file. Values are text: `007` is a reference and no number. Raises `BadInput`."""
    text, notices = _decoded(name, data)
    delimiter = max(_DELIMITERS, key=lambda candidate: _fit(text, candidate))
    return build(Source(name), _lines(name, text, delimiter), notices)


def _decoded(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    if b"\0" in data:
        raise BadInput(
            "csv-not-plain",
            "Not plain CSV",
            "The file holds characters that plain CSV does not have.",
            "In Excel choose Save as, CSV UTF-8, and choose that file.",
            Place(file=name, line=data.count(b"\n", 0, data.index(b"\0")) + 1),
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as problem:
        raise BadInput(
            "csv-encoding",
            "Unknown characters",
            "The file is neither UTF-8 nor Windows text.",
            "In Excel choose Save as, CSV UTF-8, and choose that file.",
            Place(file=name, line=data.count(b"\n", 0, problem.start) + 1),
        ) from problem
    return text, ("The file is not UTF-8 and was read as Windows text; check letters with accents.",)


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter explains the first lines: lines as wide as the heading, then the width."""
    try:
        records = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(record) for record in islice(records, _LOOK_AT)]
    except csv.Error:
        return 0, 0
    heading = next((width for width in widths if width > 1), 0)
    return (widths.count(heading), heading) if heading else (0, 0)


def _lines(name: str, text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for record in reader:
            yield start, tuple(clean_text(value).strip() or None for value in record)
            start = reader.line_num + 1
    except csv.Error as problem:
        raise BadInput(
            "csv-broken",
            "A line that cannot be read",
            "From this line on the quotation marks do not pair up, or a value is far too long.",
            "Put the line right in Excel or a text editor, save, and choose the file again.",
            Place(file=name, line=start),
        ) from problem
