"""Case indicators of a cycle in big plain rows: "9 of 16 · No supervision record on file", and which cases."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.theme import theme
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel, Scrolled, clear
from auditor.desktop.widgets.progress import Bar
from auditor.desktop.widgets.table_model import harmless
from auditor.desktop.words import many
from auditor.domain.matrix import IndicatorCount


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


class IndicatorRow(Panel):
    """One indicator: the count large, a bar, the cases it is true of. It takes the focus, so that it is read out."""

    def __init__(self, count: IndicatorCount, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 12, 16, 12), parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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


class Indicators(QWidget):
    """All indicators of a cycle. Up and Down move, Ctrl+C copies with headings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Sequence[IndicatorCount] = ()
        self._rows: list[IndicatorRow] = []
        self._scrolled = Scrolled(margins=(16, 12, 16, 16), spacing=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scrolled)

    def load(self, counts: Sequence[IndicatorCount]) -> None:
        """Show these indicators in the order of the template."""
        if counts == self._counts and self._rows:
            return
        self._counts = counts
        clear(self._scrolled.body)
        self._rows = [IndicatorRow(count) for count in counts]
        if not counts:
            self._scrolled.body.addWidget(WrapLabel("The template of this cycle has no case indicators.", "muted"))
        for row in self._rows:
            self._scrolled.body.addWidget(row)
        if self._rows:
            self.setFocusProxy(self._rows[0])

    def copy(self) -> None:
        """Copy all indicators with headings."""
        lines = [("Indicator", "Cases", "Of", "Not known", "In")]
        lines += [
            (count.title, str(count.count), str(count.of), str(count.unknown), ", ".join(count.cases))
            for count in self._counts
        ]
        QGuiApplication.clipboard().setText("\n".join("\t".join(harmless(text) for text in line) for line in lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        at = next((number for number, row in enumerate(self._rows) if row.hasFocus()), -1)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif step and 0 <= at + step < len(self._rows):
            row = self._rows[at + step]
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scrolled.ensureWidgetVisible(row)
        else:
            super().keyPressEvent(event)
