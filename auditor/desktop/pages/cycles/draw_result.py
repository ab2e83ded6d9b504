"""What a draw came to: the sample, what was left out and why, the groups and the quotas, before anything is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import clear
from auditor.desktop.widgets.table_model import Column, Group
from auditor.desktop.words import many
from auditor.domain.draw_evidence import WHY_WORDS
from auditor.domain.frame import EVERYBODY
from auditor.domain.sampling import Draw, Line, QuotaResult, Why

MOST_SHOWN = 200
"""Cases that are not in the sample are shown up to this many: nobody reads a hundred thousand."""

DRAWN = Meaning(MarkKind.TICK, "Drawn", "good", "good_tint")
LEFT_OUT = Meaning(MarkKind.DASH, "Left out", "text2", "sunken")
NEXT = Meaning(MarkKind.RING, "Not drawn", "text2", "sunken")
MET = Meaning(MarkKind.TICK, "Met", "good", "good_tint")
NOT_MET = Meaning(MarkKind.WARNING, "Not met", "requires", "requires_tint")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A case as the preview shows it."""

    line: Line

    @property
    def meaning(self) -> Meaning:
        return DRAWN if self.line.drawn else LEFT_OUT if self.line.excluded else NEXT

    @property
    def why(self) -> str:
        """Why it is in or out, in words."""
        return self.line.excluded.words if self.line.excluded else WHY_WORDS[self.line.why]


class DrawResult(QWidget):
    """Groups and quotas in words, and the cases with why each is in or out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WrapLabel("", "caption2")
        self._quotas = QVBoxLayout()
        self.table = DataTable[ResultRow]("Cases of the draw", _COLUMNS, key=lambda row: row.line.key)
        self.table.setMinimumHeight(260)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(self._quotas)
        column.addWidget(self.table, 1)

    def show_draw(self, draw: Draw) -> None:
        """Show what came of it."""
        self.words.setText("\n".join(_said(draw)))
        clear(self._quotas)
        for result in draw.quotas:
            self._quotas.addLayout(_quota_line(result))
        self.table.set_rows(_rows(draw))
        self.table.select_first()


def _said(draw: Draw) -> list[str]:
    out = [f"{many(count, 'case')} left out: {reason.words}." for reason, count in draw.excluded.items() if count]
    said = [f"{many(draw.short, 'case')} fewer than asked for: the list has no more."] if draw.short > 0 else []
    if [count.title for count in draw.strata] != [EVERYBODY]:
        said.append("; ".join(f"{count.title}: {count.drawn} of {count.frame:,}" for count in draw.strata) + ".")
    return [*said, *out]


def _quota_line(result: QuotaResult) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(Chip(MET if result.met else NOT_MET))
    line.addWidget(WrapLabel(f"{result.words[:1].upper()}{result.words[1:]}"), 1)
    return line


def _rows(draw: Draw) -> list[ResultRow | Group]:
    kinds: Sequence[tuple[str, Meaning, list[Line]]] = (
        ("In the sample", DRAWN, list(draw.drawn)),
        ("Left out before the draw", LEFT_OUT, [line for line in draw.lines if line.why is Why.EXCLUDED]),
        ("Next in the order", NEXT, [line for line in draw.lines if not line.drawn and line.why is not Why.EXCLUDED]),
    )
    rows: list[ResultRow | Group] = []
    for title, meaning, lines in kinds:
        most = len(lines) if meaning is DRAWN else MOST_SHOWN
        if lines:
            note = f"the first {most} are shown" if len(lines) > most else ""
            rows.append(Group(title, len(lines), note, meaning))
            rows += [ResultRow(line) for line in lines[:most]]
    return rows


_COLUMNS = [
    Column[ResultRow]("rank", "Place", text=lambda row: f"{row.line.rank:,}", sort=lambda row: row.line.rank,
                      number=True, width=70),
    Column[ResultRow]("reference", "Case", text=lambda row: row.line.reference, strong=True, width=130),
    Column[ResultRow]("stratum", "Group", text=lambda row: row.line.stratum, width=190),
    Column[ResultRow]("why", "Why", text=lambda row: row.why, stretch=True),
    Column[ResultRow]("state", "", text=lambda row: "", meaning=lambda row: row.meaning,
                      sort=lambda row: row.meaning.word, width=120),
]  # fmt: skip
