"""The card at the top of Home: the audit worked on last, with the place in it, and Continue."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import IconChip
from auditor.desktop.widgets.labels import ElideLabel, IconLabel, Label
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.progress import Bar
from auditor.desktop.words import MODES
from auditor.services.scoring import DeskView

BUTTON_WIDTH = 104
_BAR_WIDTH = 220


class ResumeCard(Panel):
    """Where the person stopped; `resumed(audit_id)` when they go on."""

    resumed = Signal(str)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 14, 12, 14), parent=parent)
        self._audit_id = desk.audit.id
        self.button = Button("Continue", "p", name=f"Continue {desk.case.reference}")
        self.button.clicked.connect(lambda: self.resumed.emit(self._audit_id))
        self.bar = Bar("Answered")
        self.bar.set_share(*desk.progress)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(IconLabel("audits", "accent", px=20))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(self._first_line(desk))
        words.addWidget(ElideLabel(_stopped_at(desk), "muted"))
        words.addLayout(self._progress(desk))
        line.addLayout(words, 1)
        line.addWidget(self.button)
        self.body.addLayout(line)
        theme().changed.connect(self._fit)
        self._fit()

    def _first_line(self, desk: DeskView) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(ElideLabel(f"{desk.case.reference} · {desk.template.title}", "h2"))
        line.addWidget(IconChip(*MODES[desk.audit.mode]))
        line.addStretch(1)
        return line

    def _progress(self, desk: DeskView) -> QHBoxLayout:
        done, asked = desk.progress
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.bar)
        line.addWidget(Label(f"{done} of {asked} questions", "caption"))
        line.addStretch(1)
        return line

    def _fit(self) -> None:
        self.button.setMinimumWidth(theme().px(BUTTON_WIDTH))
        self.bar.setFixedWidth(_BAR_WIDTH)


def _stopped_at(desk: DeskView) -> str:
    last = next((question for question in desk.template.questions() if question.id == desk.last_question), None)
    if last is None:
        return f"{desk.cycle.title} · nothing answered by you yet"
    return f"You stopped at {last.number}, “{last.text}”"
