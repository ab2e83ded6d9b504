"""The one way in for tables from outside: a file is read where it can be trusted and else refused plainly."""

from pathlib import Path

from auditor.sheets.csv_reading import read_csv
from auditor.sheets.guard import Kind, kind_of, read_bytes
from auditor.sheets.table import Row, Table, Value
from auditor.sheets.xlsx_reading import read_xlsx

__all__ = ["Row", "Table", "Value", "read_table"]


def read_table(path: Path, sheet: str = "") -> Table:
    """The table in an .xlsx or .csv file: of the named sheet, or of the first with anything in it.

    Whatever is wrong with the file is a `BadInput` with its code, place and remedy.
    """
    data = read_bytes(path)
    if kind_of(path.name, data) is Kind.TEXT:
        return read_csv(path.name, data)
    return read_xlsx(path.name, data, sheet)
