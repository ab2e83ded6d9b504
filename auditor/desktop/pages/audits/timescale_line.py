"""What came of a time limit, in words and numbers, below the dates it is measured by."""

from dataclasses import replace
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from auditor.desktop.marks import ANSWERS, MarkKind, Meaning
from auditor.desktop.pages.audits.row_painting import INDENT, RIGHT_EDGE
from auditor.desktop.theme import theme
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.labels import Label, WrapLabel, strong
from auditor.domain.timescale import Kept, Timescale

_LATE = replace(ANSWERS["not_met"], mark=MarkKind.DIAMOND_BANG, word="Running late")
_FLAGGED = Meaning(MarkKind.WARNING, "Flagged", "requires", "requires_tint")
_MEANINGS = {Kept.MET: ANSWERS["met"], Kept.NOT_MET: ANSWERS["not_met"], Kept.LATE_RUNNING: _LATE}


def is_told(timescale: Timescale) -> bool:
    """Whether there is something to say: signs only where they show, limits as soon as they are known."""
    return timescale.kept in _MEANINGS and not (timescale.flag and timescale.kept is Kept.MET)


def meaning_of(timescale: Timescale) -> Meaning:
    """The mark and word of a result that is told."""
    return _FLAGGED if timescale.flag else _MEANINGS[timescale.kept]


class TimescaleLine(QWidget):
    """One result: its chip, the sentence with the number in bold, and the rule at the right."""

    def __init__(self, timescale: Timescale, question_id: str) -> None:
        super().__init__()
        self.timescale, self.question_id = timescale, question_id
        well = QFrame()
        well.setProperty("c", "well")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme().px(INDENT), 6, RIGHT_EDGE, 8)
        outer.addWidget(well)
        line = QHBoxLayout(well)
        line.setContentsMargins(10, 6, 10, 6)
        line.setSpacing(10)
        self.chip = Chip(meaning_of(timescale))
        self.words = WrapLabel("", "", rich=True)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        line.addWidget(Label(timescale.rule, "caption"), 0, Qt.AlignmentFlag.AlignTop)
        self.show_result(timescale)

    @property
    def is_met(self) -> bool:
        """Whether it is good news, which may be folded away with its dates."""
        return self.timescale.kept is Kept.MET

    def show_result(self, timescale: Timescale) -> None:
        """Show what came of it now."""
        self.timescale = timescale
        self.chip.set_meaning(meaning_of(timescale))
        self.words.setText(_with_bold_number(timescale))
        self.setAccessibleName(f"{timescale.rule}, {self.chip.meaning.word}: {timescale.sentence}")


def _with_bold_number(timescale: Timescale) -> str:
    """The sentence with what was taken in bold; of a combined rule, in the tests that decided it."""
    told = escape(timescale.sentence)
    for part in timescale.parts or (timescale,):
        said = escape(part.sentence.partition(": ")[2])
        if part.taken is not None and part.kept is timescale.kept and said in told:
            taken = escape(str(part.taken))
            number = taken if taken in said else str(part.taken.number)
            told = told.replace(said, said.replace(number, strong(number), 1), 1)
    return told
