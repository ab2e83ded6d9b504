"""The right column of Home: the next deadline, the round by stage, and the last backup."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import Meaning
from auditor.desktop.pages.home.words import cycle_words
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import ElideLabel, IconLabel, Label, MarkLabel, WrapLabel
from auditor.desktop.widgets.panel import Panel, clear
from auditor.desktop.widgets.progress import Part, PartsBar
from auditor.desktop.words import STAGE_BAR, STAGES, WITHOUT_AUDITORS, due_words, full_day
from auditor.domain.audit import Stage
from auditor.domain.programme import Cycle
from auditor.services.cycles import CycleView


class Deadline(Panel):
    """The day by which pairs have agreed, and how long that is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(spacing=4, parent=parent)
        self._day, self._words = WrapLabel("", "h1"), WrapLabel("", "text2")
        self.body.addWidget(Label("Next deadline", "label"))
        self.body.addWidget(self._day)
        self.body.addWidget(self._words)

    def show_cycle(self, cycle: Cycle, today: date) -> None:
        """Show when this round is due."""
        words, _ = due_words(cycle.due, today, sample=cycle.sample)
        self._day.setText(full_day(cycle.due))
        self._words.setText(" · ".join(part for part in ("Pairs sign off their audits", words) if part))


class RoundCard(Panel):
    """One round by stage: a bar, and the same in words and counts. `opened(cycle_id)`."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._cycle_id = ""
        self._title = ElideLabel("", "label")
        self.button = Button("Open", "link", name="Open the cycle")
        self.button.clicked.connect(lambda: self.opened.emit(self._cycle_id))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.button)
        self._size = Label("", "caption")
        self.bar = PartsBar("Audits")
        self._legend = QVBoxLayout()
        self._legend.setSpacing(8)
        self.body.addLayout(head)
        self.body.addWidget(self._size)
        self.body.addWidget(self.bar)
        self.body.addLayout(self._legend)

    def show_view(self, view: CycleView) -> None:
        """Show how this round stands."""
        self._cycle_id = view.cycle.id
        pairs = len({frozenset(line.audit.auditors.values()) for line in view.audits})
        self._title.setText(view.cycle.title)
        self._size.setText(cycle_words(view.size, pairs))
        counts = {stage: view.stages.get(stage, 0) for stage in STAGES}
        parts = [Part(counts[stage], STAGE_BAR[stage], STAGES[stage].word.lower()) for stage in STAGES]
        left = len(view.not_given)
        if left:
            parts.append(Part(left, "line", WITHOUT_AUDITORS.word.lower()))
        self.bar.set_parts(parts)
        clear(self._legend)
        for stage, meaning in STAGES.items():
            if stage is Stage.CANCELLED and not counts[stage]:
                continue
            self._legend.addLayout(_count(meaning, counts[stage]))
        if left:
            self._legend.addLayout(_count(WITHOUT_AUDITORS, left))


class BackupLine(Panel):
    """When the workspace was backed up last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.words = WrapLabel("", "text2")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(IconLabel("lock", px=14))
        line.addWidget(self.words, 1)
        self.body.addLayout(line)


def _count(meaning: Meaning, count: int) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(MarkLabel(meaning.mark, meaning.colour, px=14))
    line.addWidget(Label(meaning.word, "text2"), 1)
    line.addWidget(Label(str(count), "h3"))
    return line
