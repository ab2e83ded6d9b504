"""The desk of the gallery. All names in it are invented."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from auditor.desktop.marks import ANSWERS, GRADES, LIMITS_GRADE, SAVED
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.answer_keys import AnswerKeys
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.chip import IconChip
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.fields import CheckRow, Combo, Field, LineEdit
from auditor.desktop.widgets.labels import IconLabel, Label, MarkLabel, WrapLabel, led, rule
from auditor.desktop.widgets.panel import Note, Scrolled, Surface
from auditor.desktop.widgets.progress import LifeSteps, Step, StepState
from auditor.desktop.widgets.section_row import SectionRow
from auditor.desktop.widgets.texts import DateField, GrowingText
from auditor.desktop.widgets.toggles import Toggle
from tests.desktop.gallery_base import SCALE, Still


class Desk(Still):
    page_id, title, icon = "audits", "CF-07", "audits"
    low_header = True

    def build(self) -> None:
        self.header.set_facts("Core or single assessments · 01/05 to 31/10/2026")
        self.header.add_chip(IconChip("eye-off", "Blind: B. Auditor cannot see your answers, nor you theirs"))
        self.header.add_button(Button("Pause", "small"))
        finish = self.header.add_button(Button("Finish my answers…"))
        finish.block("68 questions have no answer yet")
        line = QHBoxLayout()
        line.setSpacing(0)
        self.content.addLayout(line, 1)
        self.side = Surface("side")
        self.side.setFixedWidth(250)
        for number, title, done, total, marks in (
            ("0", "Cover sheet, case profile", 21, 21, [SAVED]),
            ("1", "Basic information, referral", 17, 17, [LIMITS_GRADE, GRADES[2]]),
            ("4", "Core or single assessment", 15, 20, []),
            ("9", "Seeing the child, voice", 4, 12, []),
            ("20", "Equality and identity", 0, 6, []),
        ):
            row = SectionRow(number, title)
            row.set_progress(done, total)
            row.set_marks(marks)
            row.set_current(number == "4")
            self.side.body.addWidget(row)
        self.side.body.addStretch(1)
        line.addWidget(self.side)
        self.middle = Scrolled()
        line.addWidget(self.middle, 1)
        self.drawer = self._guidance()
        line.addWidget(self.drawer)
        self._questions()

    def _questions(self) -> None:
        body = self.middle.body
        body.addWidget(Label("Are fathers and other men in the household assessed?", "question"))
        first = AnswerKeys("4.17", SCALE, na_allowed=True)
        first.set_chosen("met")
        line = QHBoxLayout()
        line.addWidget(first)
        line.addStretch(1)
        for icon, on in (("comment", True), ("pin", True), ("star", True), ("flag", False)):
            toggle = Toggle(icon, icon=icon, compact=True)
            toggle.set_on(on)
            line.addWidget(toggle)
        body.addLayout(line)
        body.addWidget(rule())
        question = WrapLabel(
            "Is the nature, level and likelihood of harm analysed, with protective factors tested rather than assumed?",
            "question-now",
        )
        body.addWidget(question)
        self.now = AnswerKeys("4.18", SCALE, na_allowed=True)
        self.now.set_current(True)
        self.now.set_chosen("partly")
        body.addWidget(self.now)
        comment = GrowingText("Comment")
        comment.load("Harm is described well for the youngest child. The father’s return home is listed as protective.")
        body.addWidget(comment)
        tools = QHBoxLayout()
        tools.addWidget(IconLabel("pin"))
        tools.addWidget(LineEdit("Evidence location", hint="Where in the file"))
        for text, icon, cap, on in (("Comment", "comment", "C", True), ("Good practice", "star", "G", False)):
            toggle = Toggle(text, icon=icon, cap=cap)
            toggle.set_on(on)
            tools.addWidget(toggle)
        body.addLayout(tools)
        body.addWidget(rule())
        blank = AnswerKeys("4.20", SCALE, na_allowed=True)
        blank.set_chosen("na")
        body.addWidget(blank)
        dates = QHBoxLayout()
        started = DateField("Started")
        started.set_iso("2026-06-03")
        wrong = DateField("Completed")
        completed = Field("Completed", wrong)
        wrong.fault.connect(completed.fault)
        wrong.setText("40/13")
        wrong.editingFinished.emit()
        dates.addWidget(Field("Started", started))
        dates.addWidget(completed)
        dates.addWidget(Field("Plan", Combo("Plan", [("cp", "Child protection plan"), ("cin", "Child in need")])))
        dates.addStretch(1)
        body.addLayout(dates)
        body.addWidget(CheckRow("Audit cover sheet and case profile", "always included"))
        body.addWidget(CheckRow("Basic information"))

    def _guidance(self) -> Drawer:
        drawer = Drawer("Guidance")
        drawer.open_drawer("4.18 · Analysis, safety", with_foot=True)
        for tab_id, title, count in (("g", "Guidance", None), ("c", "Checks", 2), ("a", "Actions", 1)):
            drawer.tabs.add(tab_id, title, count)
        drawer.tabs.show()
        for code in ("met", "partly", "not_met"):
            line = QHBoxLayout()
            meaning = ANSWERS[code]
            line.addWidget(MarkLabel(meaning.mark, meaning.colour, px=14), 0, Qt.AlignmentFlag.AlignTop)
            words = WrapLabel(
                led(meaning.word, "Says what the harm is, how bad, how likely; each strength is tested."),
                "caption2",
                rich=True,
            )
            line.addWidget(words, 1)
            drawer.body.addLayout(line)
        drawer.body.addWidget(
            Note("Limits the overall grade", "Not met here: overall no better than Requires improvement.", icon="flag")
        )
        steps = [
            Step("Raised", "22/07/2026 · A. Auditor", StepState.DONE),
            Step("Done, with evidence", "20/11/2026 · A. Auditor", StepState.DONE),
            Step("Verified by another person", "waiting since 20/11/2026", StepState.NOW),
            Step("Closed", "", StepState.OPEN),
        ]
        drawer.body.addWidget(LifeSteps("Life of the action", steps))
        drawer.foot.addWidget(ReasonLine("You cannot verify this:", "you recorded it as done. Any QA lead can."))
        buttons = QHBoxLayout()
        verify = Button("Verify")
        verify.block("you recorded it as done")
        buttons.addWidget(verify)
        buttons.addStretch(1)
        self.ask = Button("Ask G. Manager", "p")
        buttons.addWidget(self.ask)
        drawer.foot.addLayout(buttons)
        return drawer

    def arrange(self, arrangement: Arrangement) -> None:
        single = arrangement is Arrangement.SINGLE
        self.side.setVisible(not single)
        self.drawer.setVisible(arrangement is Arrangement.WIDE)
        self.now.set_columns(2 if single else 0)
