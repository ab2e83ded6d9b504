"""The rollup as columns of numbers. Only effective answers are counted in it."""

from auditor.domain.scoring import Counts
from auditor.store.tables import COUNT_COLUMNS
from auditor.store.unit_of_work import View

_COUNTS = ", ".join(COUNT_COLUMNS)
_SUMS = ", ".join(f"SUM({name})" for name in COUNT_COLUMNS)


def cells(view: View, cycle_id: str) -> dict[tuple[str, str], Counts]:
    """The counts of every theme and audit of a cycle, by (theme id, audit id); empty cells are left out.

    Under `ALL_THEMES` each question of the audit counts once.
    """
    rows = view.connection.exec_driver_sql(
        f"SELECT theme, audit_id, {_COUNTS} FROM theme_cell WHERE cycle_id = ?",  # noqa: S608 - our own columns
        (cycle_id,),
    )
    return {(row[0], row[1]): Counts._make(row[2:]) for row in rows}


def theme_totals(view: View, cycle_id: str) -> dict[str, Counts]:
    """The counts of every theme over a whole cycle, by theme id."""
    rows = view.connection.exec_driver_sql(
        f"SELECT theme, {_SUMS} FROM theme_cell WHERE cycle_id = ? GROUP BY theme",  # noqa: S608 - our own columns
        (cycle_id,),
    )
    return {row[0]: Counts._make(row[1:]) for row in rows}
