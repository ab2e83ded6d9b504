"""The last two steps of the first start: the recovery key on paper, and the first person."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from auditor.desktop.start.parts import Sheet, row
from auditor.desktop.start.recovery_sheet import print_sheet, sheet_text
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.fields import CheckRow, Field, LineEdit
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.domain.roles import Role

_GROUPS_A_LINE = 3


class RecoveryStep(Sheet):
    """Step 3: the recovery key, shown once; it has to be kept before anything goes on."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Keep the recovery key",
            "Should the passphrase be forgotten, this key opens the workspace. It is shown only now. Keep it on paper "
            "or in your password store, away from this computer.",
            step="Step 3 of 4",
            parent=parent,
        )
        self._sheet = ""
        self.key = Label("", "h2")
        self.key.setAccessibleName("Recovery key")
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        well = Panel(c="well", margins=(20, 16, 20, 16))
        well.body.addWidget(self.key)
        self._print, self._save = Button("Print…", icon="print"), Button("Save as text…", icon="download")
        self._print.clicked.connect(self._print_it)
        self._save.clicked.connect(self._save_it)
        self._said = WrapLabel("", "caption2")
        self._said.hide()
        self.kept = CheckRow("I have kept it, printed or saved away from this computer")
        self.kept.toggled.connect(self._allow)
        self.button = Button("Next", "p")
        self.button.clicked.connect(self.done)
        self._why = ReasonLine("Keep the key first:", "print or save it, then tick the line above.")
        self.body.addWidget(well)
        self.body.addLayout(row(self._print, self._save))
        for widget in (self._said, self.kept):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.button))
        self.body.addWidget(self._why)
        self._allow(False)

    def show_key(self, recovery_key: str, workspace: str, path: Path) -> None:
        """Show this key."""
        groups = recovery_key.split("-")
        lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
        self.key.setText(" -\n".join(" - ".join(line) for line in lines))
        self._sheet = sheet_text(recovery_key, workspace, path)

    def arrive(self) -> None:
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Keep the key no longer than needed."""
        self.key.clear()
        self._sheet = ""

    def _allow(self, kept: bool) -> None:
        self._why.setVisible(not kept)
        if kept:
            self.button.unblock()
        else:
            self.button.block("keep the recovery key first, then tick that you have")

    def _print_it(self) -> None:
        if print_sheet(self._sheet, self):
            self._say("Sent to the printer.")

    def _save_it(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the recovery key", "recovery key.txt", "Text (*.txt)")
        if not chosen:
            return
        try:
            Path(chosen).write_text(self._sheet, encoding="utf-8")
        except OSError as error:
            self._say(f"It could not be saved there: {error.strerror}. Choose another place.")
        else:
            self._say(f"Saved as {chosen}. Move it off this computer.")

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        self.kept.setFocus(Qt.FocusReason.OtherFocusReason)


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """What step 4 asked."""

    name: str
    job_title: str
    roles: frozenset[Role]
    pin: str


class WhoStep(Sheet):
    """Step 4: the first person, who looks after the workspace from now on."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Who are you?",
            "You become administrator and QA lead: you set up cycles and add colleagues.",
            step="Step 4 of 4",
            parent=parent,
        )
        self.name, self.job_title = LineEdit("Your name"), LineEdit("Job title")
        self.pin, self.pin_again = LineEdit("PIN", secret=True), LineEdit("PIN again", secret=True)
        for field in (self.pin, self.pin_again):
            field.setMaxLength(12)
        fields = (self.name, self.job_title, self.pin, self.pin_again)
        for field, following in pairwise(fields):
            field.returnPressed.connect(following.setFocus)
        self.pin_again.returnPressed.connect(self.go_on)
        self.auditor, self.manager = CheckRow("I audit, too"), CheckRow("I am a manager", "owns actions")
        self._name_field = Field("Your name", self.name)
        self._pin_field = Field("PIN", self.pin, hint="4 to 12 digits, yours alone. It says who did what.")
        self._again_field = Field("PIN again", self.pin_again)
        self.problem = InlineProblem()
        self.button = Button("Finish", "p")
        self.button.clicked.connect(self.go_on)
        self.body.addWidget(self._name_field)
        self.body.addWidget(Field("Job title (may stay empty)", self.job_title))
        pins = QHBoxLayout()
        pins.setSpacing(12)
        pins.addWidget(self._pin_field, 1)
        pins.addWidget(self._again_field, 1)
        self.body.addLayout(pins)
        for widget in (self.auditor, self.manager, self.problem):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.button))

    @property
    def person(self) -> FirstPerson:
        """What was typed."""
        roles = {Role.ADMINISTRATOR, Role.QA_LEAD}
        roles |= {Role.AUDITOR} if self.auditor.isChecked() else set()
        roles |= {Role.MANAGER} if self.manager.isChecked() else set()
        return FirstPerson(self.name.text(), self.job_title.text(), frozenset(roles), self.pin.text())

    def arrive(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Finish, if a name and twice the same PIN were typed."""
        self.problem.clear()
        pin = self.pin.text()
        digits = pin.isascii() and pin.isdigit() and len(pin) >= 4
        faults = (
            (self._name_field, self.name, "" if self.name.text().strip() else "Type your name."),
            (self._pin_field, self.pin, "" if digits else "A PIN is 4 to 12 digits."),
            (self._again_field, self.pin_again, "" if self.pin_again.text() == pin else "This is not the same PIN."),
        )
        for field, _, fault in faults:
            field.fault(fault)
        wrong = next((control for _, control, fault in faults if fault), None)
        if wrong is None:
            self.done.emit()
        else:
            wrong.selectAll()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, error: Exception) -> None:
        """Show why it did not work."""
        self.problem.tell(error)
        self.arrive()

    def forget(self) -> None:
        """Keep the PIN no longer than needed."""
        self.pin.clear()
        self.pin_again.clear()
