"""The head over the questions: the section's title and purpose, the filter, and at large text the list of sections."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from auditor.desktop.pages.audits.desk_state import DeskState
from auditor.desktop.pages.audits.own_score import own_score_words
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import ElideLabel, Label, WrapLabel
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.toggles import Toggle
from auditor.domain.template import Section


class SectionHead(Surface):
    """`chosen(section_id)` from the drop-down, `only_blank(bool)` from the filter, `drawer_asked(tab)` from the
    buttons of the drawer."""

    chosen = Signal(str)
    only_blank = Signal(bool)
    only_flagged = Signal(bool)
    drawer_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("page", margins=(20, 10, 16, 8))
        self._shown = ""
        self._state: DeskState | None = None
        self._any_flag = False
        self.title = ElideLabel("", "h2")
        self.purpose = WrapLabel("", "caption")
        self.score = WrapLabel("", "caption2")
        self.score.hide()
        self.sections = Combo("Section")
        self.sections.fill_room()
        self.sections.hide()
        self.minutes = Label("", "caption")
        self.minutes.setContentsMargins(0, 4, 0, 0)
        self.filter = Toggle("Unanswered only")
        self.flagged = Toggle("To discuss only")
        self.flagged.hide()
        self.guidance = Button("Guidance", "small")
        self.checks = Button("Checks", "small")
        for button in (self.guidance, self.checks):
            button.hide()
        self._lay_out()
        self.sections.picked.connect(self.chosen)
        self.filter.clicked.connect(lambda: self.set_only_blank(not self.filter.isChecked()))
        self.flagged.clicked.connect(self._turn_flagged)
        self.guidance.clicked.connect(lambda: self.drawer_asked.emit("guidance"))
        self.checks.clicked.connect(lambda: self.drawer_asked.emit("checks"))

    def set_only_blank(self, only: bool) -> None:
        """Set the filter."""
        self.filter.set_on(only)
        self.only_blank.emit(only)

    def show_section(self, section: Section) -> None:
        """Name the section shown."""
        self.title.setText(f"{section.number}  {section.title}")
        self.purpose.setText(section.purpose)
        self.purpose.setVisible(bool(section.purpose) and not self.title.isHidden())
        self._shown = section.id
        self.sections.set_value(section.id)
        self._show_score()

    def show_progress(self, state: DeskState) -> None:
        """How far each section is, for the drop-down, and how many checks there are."""
        if state.checks is not None:
            self.checks.set_text(f"Checks {len(state.checks.findings) + len(state.checks.across)}")
        self._state = state
        self._show_score()
        if self.sections.isHidden():
            return
        options = []
        for section in state.sections:
            done, total = state.count(section)
            far = "does not apply" if section.id in state.left_out else f"{done} of {total}"
            options.append((section.id, f"{section.number}  {section.short or section.title} · {far}"))
        self.sections.set_options(options)
        self.sections.set_value(self._shown)

    def show_minutes(self, minutes: int) -> None:
        """How long somebody has been at the section shown; nothing is said of the first minute."""
        self.minutes.setText(f"{minutes} min here" if minutes else "")

    def show_flags(self, any_flag: bool) -> None:
        """Offer to see only what is flagged for discussion, where something is."""
        self._any_flag = any_flag
        offered = any_flag and not self.title.isHidden()
        self.flagged.setVisible(offered)
        if not offered and self.flagged.isChecked():
            self._turn_flagged()

    def _turn_flagged(self) -> None:
        self.flagged.set_on(not self.flagged.isChecked())
        self.only_flagged.emit(self.flagged.isChecked())

    def set_narrow(self, *, guidance: bool, single: bool) -> None:
        """Whether guidance and checks stand behind buttons, and the sections in a drop-down."""
        self.guidance.setVisible(guidance)
        self.checks.setVisible(guidance)
        self.sections.setVisible(single)
        self.title.setHidden(single)
        self.purpose.setHidden(single or not self.purpose.text())
        self.filter.setHidden(single)
        self.show_flags(self._any_flag)
        self._line.setAlignment(self.minutes, Qt.AlignmentFlag.AlignVCenter if single else Qt.AlignmentFlag.AlignTop)

    def _show_score(self) -> None:
        """The score of the section shown, once all of it is answered."""
        words = own_score_words(self._state, self._shown) if self._state is not None else ""
        self.score.setText(words)
        self.score.setVisible(bool(words))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.purpose)
        words.addWidget(self.score)
        words.addWidget(self.sections)
        line.addLayout(words, 1)
        for beside in (self.minutes, self.filter, self.flagged, self.guidance, self.checks):
            line.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self._line = line
