"""What a benchmark reports: a measured time, the baseline measured beside it, and the ratio that is aimed at."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One row of the report; times in milliseconds where no other unit is named. `aim` is said, never asserted."""

    name: str
    measured_ms: float
    baseline: str = ""
    baseline_ms: float | None = None
    aim: str = ""
    unit: str = ""

    @property
    def ratio(self) -> float | None:
        return self.measured_ms / self.baseline_ms if self.baseline_ms else None

    def to_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio}


def timed(act: Callable[[], object]) -> float:
    """Milliseconds one call takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def alternating(times: int, *acts: Callable[[], object]) -> list[list[float]]:
    """Each act's times, run by turns so that noise of the machine falls on all alike; the first round only warms up."""
    rounds = [[timed(act) for act in acts] for _ in range(times + 1)]
    return [list(column) for column in zip(*rounds[1:], strict=True)]


def percentile(times: Sequence[float], per_cent: int) -> float:
    """The time that this share of the runs does not exceed."""
    return statistics.quantiles(times, n=100, method="inclusive")[per_cent - 1] if len(times) > 1 else times[0]


def table(figures: Iterable[Figure]) -> str:
    """The report as text."""
    rows = [("figure", "ms", "baseline", "ms", "ratio", "aim")]
    for figure in figures:
        ratio = f"{figure.ratio:.2f}x" if figure.ratio else ""
        beside = f"{figure.baseline_ms:.3f}" if figure.baseline_ms is not None else ""
        measured = f"{figure.measured_ms:.3f} {figure.unit}".rstrip()
        rows.append((figure.name, measured, figure.baseline, beside, ratio, figure.aim))
    widths = [max(len(row[at]) for row in rows) for at in range(6)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
