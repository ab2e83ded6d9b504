"""What each of the answers given means by the template, between the two answers and the decision."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from auditor.desktop.questions.choices import meaning_of
from auditor.desktop.theme import theme
from auditor.desktop.widgets.labels import MarkLabel, WrapLabel, led
from auditor.desktop.widgets.panel import Panel, clear
from auditor.domain.reconciliation import Comparison
from auditor.domain.template import Option, Question

_MOST = 4


class Descriptors(Panel):
    """The steps of the scale in the words of the template; hidden where it has none."""

    def __init__(self) -> None:
        super().__init__(c="well", margins=(14, 8, 14, 8), spacing=0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.body.addLayout(self._grid)
        self._question = ""

    def show_question(self, item: Comparison) -> None:
        """Show the descriptors of a question."""
        question = item.question
        described = [option for option in question.options if option.descriptor]
        shown = 2 <= len(described) <= _MOST
        self.setVisible(shown)
        if not shown or question.id == self._question:
            return
        self._question = question.id
        clear(self._grid)
        columns = 1 if theme().scale > 150 else min(2 if len(described) == _MOST else 3, len(described))
        for number, option in enumerate(described):
            line, column = divmod(number, columns)
            self._grid.addLayout(_described(question, option), line, column, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(column, 1)


def _described(question: Question, option: Option) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    meaning = meaning_of(question, option)
    if meaning is not None:
        line.addWidget(MarkLabel(meaning.mark, meaning.colour, px=14), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(WrapLabel(led(option.label, option.descriptor), "caption2", rich=True), 1)
    return line
