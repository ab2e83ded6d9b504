"""The matrix of a million answers, from the rollup to what the page draws, against fetching the same rows by hand."""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from sqlalchemy import text

from auditor.domain.revision import Entity
from auditor.services.findings import theme_matrix
from auditor.store.rollup import ALL_THEMES
from auditor.store.tables import COUNT_COLUMNS
from tests.benchmarks.figures import Figure, alternating, percentile
from tests.kit import House, open_house

ANSWERS, PER_AUDIT, THEMES = 1_000_000, 300, 12
_OUTCOMES = ("met", "partly", "not_met", "not_evidenced", "unfavourable", "na")
_WEIGHTS = (60, 15, 10, 6, 4, 5)
_FETCH = f"SELECT theme, audit_id, {', '.join(COUNT_COLUMNS)} FROM theme_cell WHERE cycle_id = ?"


def run(answers: int = ANSWERS, times: int = 7) -> list[Figure]:
    """Medians, and beside them what a lead would do today with pandas, over the answers and over the rollup."""
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder)) as house:
        cycle_id = _filled(house, answers)
        reader = house.opened.workspace.readers

        def by_hand() -> object:
            with reader.connect() as connection:
                return connection.exec_driver_sql(_FETCH, (cycle_id,)).fetchall()

        def drawn() -> object:
            matrix = house.lead.ask(theme_matrix, cycle_id)
            return [[(cell.issues, cell.n, matrix.heat(cell)) for cell in row] for row in matrix.cells[:THEMES]]

        def pivot_of_answers() -> object:
            with reader.connect() as connection:
                frame = pd.read_sql(
                    text("SELECT e.audit_id, t.theme, e.outcome FROM effective e JOIN asked t USING (question_id)"),
                    connection,
                )
            return frame.pivot_table(
                index="theme", columns="audit_id", values="outcome", aggfunc="count", observed=True
            )

        def pivot_of_rollup() -> object:
            with reader.connect() as connection:
                frame = pd.read_sql(text("SELECT * FROM theme_cell"), connection)
            return frame.pivot_table(index="theme", columns="audit_id", values=list(COUNT_COLUMNS), aggfunc="sum")

        page, hand = alternating(times, drawn, by_hand)
        (rollup,) = alternating(2, pivot_of_rollup)
        (plain,) = alternating(2, pivot_of_answers)
    what = "fetch the same rows"
    base = percentile(hand, 50)
    return [
        Figure(f"matrix of {answers:,} answers, rollup to page", percentile(page, 50), what, base, "<= 3x"),
        Figure("  pandas read_sql + pivot_table of the answers", percentile(plain, 50), what, base),
        Figure("  pandas read_sql + pivot_table of the rollup", percentile(rollup, 50), what, base),
    ]


def _filled(house: House, answers: int) -> str:
    """A cycle whose projections hold that many effective answers, 300 an audit over 12 themes, of a fixed seed."""
    cycle_id, chance = house.cycle(), random.Random(7)
    audits = [f"{at:032d}" for at in range(answers // PER_AUDIT)]
    themes = [*("recording", "supervision", "safety"), *(f"theme-{at:02d}" for at in range(3, THEMES))]
    template = house.lead.ask(_template_of, cycle_id)
    with house.opened.records.write() as unit:
        for audit_id in audits:
            case_id = audit_id.replace("0", "c", 1)
            unit.record("x", Entity.CASE, case_id, "details", {"cycle": cycle_id, "reference": f"CF-{audit_id[-5:]}"})
            setup = {"cycle": cycle_id, "case": case_id, "template": template, "mode": "single"}
            unit.record("x", Entity.AUDIT, audit_id, "setup", setup)  # type: ignore[arg-type]
        driver = unit.connection.connection.driver_connection
        assert driver is not None
        driver.execute("CREATE TABLE asked (question_id TEXT, theme TEXT)")
        driver.executemany(
            "INSERT INTO asked VALUES (?,?)", [(f"Q{at:03d}", themes[at % THEMES]) for at in range(PER_AUDIT)]
        )
        cells: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNT_COLUMNS, 0))

        def effective() -> Iterator[tuple[object, ...]]:
            for audit_id in audits:
                for at in range(PER_AUDIT):
                    (outcome,) = chance.choices(_OUTCOMES, _WEIGHTS)
                    for theme in (ALL_THEMES, themes[at % THEMES]):
                        cells[theme, audit_id][outcome] += 1
                    yield audit_id, f"Q{at:03d}", "agreed", '{"v":"met"}', outcome, 0

        driver.executemany("INSERT INTO effective VALUES (?,?,?,?,?,?)", effective())
        driver.executemany(
            f"INSERT INTO theme_cell VALUES (?,?,?,{','.join('?' * len(COUNT_COLUMNS))})",
            [(cycle_id, theme, audit_id, *counts.values()) for (theme, audit_id), counts in cells.items()],
        )
    return cycle_id


def _template_of(cycle_id: str, _actor: object, view: object) -> str:
    from auditor.store.queries.programme import cycle
    from auditor.store.unit_of_work import View

    assert isinstance(view, View)
    return cycle(view, cycle_id).template_hash
