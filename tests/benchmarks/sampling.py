"""A sample drawn from a frame of 100,000 rows, with strata and a quota, beside bare reading of the same file."""

import csv
import tempfile
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from auditor.domain.frame import Frame
from auditor.domain.sampling import Plan, Quota
from auditor.services.case_list import read_frame
from auditor.services.sampling import SampleQuery, draw_alone
from tests.benchmarks.figures import Figure, alternating, percentile, timed

ROWS = 100_000
HEAD = ("Case reference", "Team", "Plan type", "Age band", "Ethnicity", "Allocated worker")
_TEAMS, _ORIGINS = 24, ("White British", "White British", "White British", "Black Caribbean", "Asian", "")


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        as_csv, as_xlsx = _csv(Path(folder)), _xlsx(Path(folder))
        whole, bare = alternating(3, lambda: _sample(as_csv), lambda: _bare_csv(as_csv))
        sheet, bare_sheet = timed(lambda: _sample(as_xlsx)), timed(lambda: _bare_xlsx(as_xlsx))
        frame = read_frame(as_csv).frame
        drawing = alternating(3, lambda: draw_alone(_query(frame)))[0]
        peak, bare_peak = _peak_mb(lambda: _sample(as_csv)), _peak_mb(lambda: _bare_csv(as_csv))
    memory = f"{peak:.0f} MB at most, bare reading {bare_peak:.0f} MB"
    return [
        Figure("sample from 100,000 rows of .csv", percentile(whole, 50), "csv.reader", percentile(bare, 50), memory),
        Figure("sample from 100,000 rows of .xlsx", sheet, "openpyxl, read only", bare_sheet),
        Figure("  of these, drawing and fingerprint", percentile(drawing, 50)),
    ]


def _query(frame: Frame) -> SampleQuery:
    quotas = (Quota("Ethnicity", ("Black Caribbean", "Asian"), 2),)
    return SampleQuery(frame, Plan(14, 7, ("Team",), quotas), date(2026, 11, 24))


def _sample(path: Path) -> object:
    return draw_alone(_query(read_frame(path).frame)).cases


def _bare_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _bare_xlsx(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))


def _rows() -> list[tuple[str, ...]]:
    return [
        (
            f"CF-{at:06}",
            f"Team {at % _TEAMS}",
            "Child in need",
            "5-9",
            _ORIGINS[at % len(_ORIGINS)],
            f"Worker {at % 900}",
        )
        for at in range(ROWS)
    ]


def _csv(folder: Path) -> Path:
    path = folder / "frame.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *_rows()])
    return path


def _xlsx(folder: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cases")
    for row in [HEAD, *_rows()]:
        sheet.append(row)
    path = folder / "frame.xlsx"
    book.save(path)
    return path


def _peak_mb(act: Callable[[], object]) -> float:
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
