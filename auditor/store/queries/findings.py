"""The rollup as columns of numbers. Only effective answers are counted in it."""

import json
from collections import defaultdict
from collections.abc import Collection

from auditor.domain.matrix import Column
from auditor.domain.scoring import Counts
from auditor.store.tables import COUNT_COLUMNS
from auditor.store.unit_of_work import View

_COUNTS = ", ".join(COUNT_COLUMNS)
_SUMS = ", ".join(f"SUM({name})" for name in COUNT_COLUMNS)
_COLUMNS = """
SELECT audit.entity_id, audit.value ->> 'case', cased.value ->> 'reference'
FROM register AS audit
JOIN register AS cased ON cased.entity_id = audit.value ->> 'case' AND cased.slot = '' AND cased.key = 'details'
WHERE audit.entity = 'audit' AND audit.key = 'setup' AND audit.slot = '' AND audit.value ->> 'cycle' = ?
AND NOT EXISTS (SELECT 1 FROM register AS gone WHERE gone.entity_id = audit.entity_id AND gone.slot = ''
    AND gone.key = 'cancelled' AND gone.value <> 'null')
AND NOT EXISTS (SELECT 1 FROM register AS gone WHERE gone.entity_id = cased.entity_id AND gone.slot = ''
    AND gone.key = 'withdrawn' AND gone.value <> 'null')
ORDER BY cased.value ->> 'reference', audit.entity_id
"""


def columns(view: View, cycle_id: str) -> tuple[Column, ...]:
    """The audits of a cycle with their cases, by case reference: what a matrix names its columns by, and no more.

    Neither cancelled audits nor cases that were taken out of the cycle are among them.
    """
    rows = view.connection.exec_driver_sql(_COLUMNS, (cycle_id,)).fetchall()
    return tuple(Column(*row) for row in rows)


def cells(view: View, cycle_id: str) -> dict[str, dict[str, Counts]]:
    """The counts of a cycle by theme id and audit id; empty cells are left out.

    Under `ALL_THEMES` each question of the audit counts once.
    """
    rows = view.connection.exec_driver_sql(
        f"SELECT theme, audit_id, {_COUNTS} FROM theme_cell WHERE cycle_id = ?",  # noqa: S608 - our own columns
        (cycle_id,),
    )
    found: dict[str, dict[str, Counts]] = defaultdict(dict)
    for theme, audit_id, *counts in rows.fetchall():
        found[theme][audit_id] = Counts._make(counts)
    return found


def theme_totals(view: View, cycle_id: str, without: Collection[str] = ()) -> dict[str, Counts]:
    """The counts of every theme over a whole cycle, by theme id; `without` these audits."""
    rows = view.connection.exec_driver_sql(
        f"SELECT theme, {_SUMS} FROM theme_cell WHERE cycle_id = ?"  # noqa: S608 - our own columns
        " AND audit_id NOT IN (SELECT value FROM json_each(?)) GROUP BY theme",
        (cycle_id, json.dumps(sorted(without))),
    )
    return {row[0]: Counts._make(row[1:]) for row in rows}
