"""The line under the page's head: which view is shown, and for the programme which months."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from auditor.desktop.pages.cycles.programme.words import span_words
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Segments
from auditor.domain.programme_plan import Month

CYCLES, PROGRAMME, FRAMEWORK = "list", "programme", "framework"


class ProgrammeBar(Surface):
    """`views.changed(id)` asks for another view; `moved(steps)` for earlier (-1) or later (1) months, 0 for now."""

    moved = Signal(int)

    def __init__(self, *, sees_framework: bool, parent: QWidget | None = None) -> None:
        super().__init__("surface", horizontal=True, margins=(20, 8, 20, 8), spacing=8, parent=parent)
        options = [(CYCLES, "Cycles"), (PROGRAMME, "Programme")]
        self.views = Segments("View", [*options, (FRAMEWORK, "Framework")] if sees_framework else options)
        self.earlier = Button("Earlier", "small", icon="chevron-left", name="Earlier months, E")
        self.later = Button("Later", "small", icon="chevron-right", name="Later months, L")
        self.span = Label("", "text2")
        self.earlier.clicked.connect(lambda: self.moved.emit(-1))
        self.later.clicked.connect(lambda: self.moved.emit(1))
        self._single = False
        self.body.addWidget(self.views)
        self.body.addStretch(1)
        for widget in (self.earlier, self.span, self.later):
            self.body.addWidget(widget)
        self.follow(CYCLES)

    def follow(self, view: str) -> None:
        """Show which view is shown; months are there for two of them."""
        self.views.set_chosen(view)
        self._settle()

    def show_months(self, first: Month, months: int) -> None:
        """Say which months are shown."""
        self.span.setText(span_words(first, months))

    def arrange(self, arrangement: Arrangement) -> None:
        """In one column the words between the buttons have no room."""
        self._single = arrangement is Arrangement.SINGLE
        self._settle()

    def _settle(self) -> None:
        months = self.views.chosen != CYCLES
        for button in (self.earlier, self.later):
            button.setVisible(months)
        self.span.setVisible(months and not self._single)
