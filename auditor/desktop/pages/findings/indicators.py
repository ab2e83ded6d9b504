"""Case indicators of a cycle in big plain rows: "9 of 16 · No supervision record on file", and which cases."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from auditor.desktop.pages.findings.cross_rows import CrossRow
from auditor.desktop.theme import theme
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.progress import Bar
from auditor.desktop.widgets.row_list import RowList, RowPanel
from auditor.desktop.words import many
from auditor.domain.matrix import IndicatorCount
from auditor.services.cross_checks import CrossCheck


def indicator_words(count: IndicatorCount) -> str:
    """The indicator in one line, as it is read out and copied."""
    return f"{short_words(count)} · {count.title}"


def short_words(count: IndicatorCount) -> str:
    """The figure itself; nothing is claimed where no case has the answers for it."""
    return "Not known" if count.unknown and not count.of else f"{count.count} of {count.of}"


def unknown_words(count: IndicatorCount) -> str:
    """How many cases lack an answer, said plainly; empty where none does."""
    if not count.unknown:
        return ""
    cases = many(count.unknown, "case")
    return f"Not known in {cases}: an answer it needs is not agreed or not there."


class IndicatorRow(RowPanel):
    """One indicator: the count large, a bar, the cases it is true of."""

    def __init__(self, count: IndicatorCount) -> None:
        super().__init__()
        nobody = "No case" if count.of else "" if count.unknown else "It applies to no case."
        cases = ", ".join(count.cases) or nobody
        self.setAccessibleName(
            ". ".join(part for part in (indicator_words(count), cases, unknown_words(count)) if part)
        )
        line = QHBoxLayout()
        line.setSpacing(16)
        numbers = QVBoxLayout()
        numbers.setSpacing(6)
        number = Label(short_words(count), "h1")
        number.setMinimumWidth(theme().metrics(20, 600).horizontalAdvance("00 of 000"))
        bar = Bar("", colour="bar")
        bar.set_share(count.count, count.of)
        numbers.addWidget(number)
        numbers.addWidget(bar)
        numbers.addStretch(1)
        line.addLayout(numbers)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(WrapLabel(count.title, "question-now"))
        if cases:
            words.addWidget(WrapLabel(cases, "text2" if count.cases else "muted"))
        unknown = unknown_words(count)
        if unknown:
            words.addWidget(WrapLabel(unknown, "soon"))
        words.addStretch(1)
        line.addLayout(words, 1)
        self.body.addLayout(line)


class Indicators(RowList):
    """All indicators of a cycle, and the shared events of brothers and sisters that do not agree."""

    _counts: Sequence[IndicatorCount] = ()
    _across: Sequence[CrossCheck] = ()

    def load(self, counts: Sequence[IndicatorCount], across: Sequence[CrossCheck] = ()) -> None:
        """Show the indicators in the order of the template, then the shared events."""
        if (counts, across) != (self._counts, self._across) or not self.rows:
            self._counts, self._across = counts, across
            rows: list[RowPanel] = [IndicatorRow(count) for count in counts]
            rows += [CrossRow(check) for check in across]
            self.show_rows(rows, "The template of this cycle has no case indicators.")

    def lines(self) -> list[tuple[str, ...]]:
        return [
            ("Indicator", "Cases", "Of", "Not known", "In"),
            *(
                (count.title, str(count.count), str(count.of), str(count.unknown), ", ".join(count.cases))
                for count in self._counts
            ),
            *((check.message, "", "", "", "") for check in self._across),
        ]
