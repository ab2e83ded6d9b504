"""Changing the passphrase of the workspace: the present one, the new one twice, its strength in words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Field, LineEdit
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.services.workspace import OpenedWorkspace, passphrase_strength

_FORGOTTEN = "Forgotten: use the recovery key"


class PassphraseForm(Panel):
    """Wraps the workspace's key in a new passphrase; nothing else is encrypted anew."""

    def __init__(self, opened: OpenedWorkspace, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(margins=(20, 16, 20, 16), spacing=8, parent=parent)
        self._opened, self._operations = opened, operations
        self.present = LineEdit("Present passphrase", secret=True)
        self.new, self.again = LineEdit("New passphrase", secret=True), LineEdit("New passphrase again", secret=True)
        self.new.textChanged.connect(self._rate)
        self.again.returnPressed.connect(self.change)
        self._fields = {
            self.present: Field("Present passphrase", self.present),
            self.new: Field("New passphrase", self.new),
            self.again: Field("New passphrase again", self.again),
        }
        self._by_recovery = False
        self.other_way = Button(_FORGOTTEN, "link")
        self.other_way.clicked.connect(self._change_way)
        self.strength = WrapLabel("Everybody who uses this workspace needs the new one.", "caption2")
        self.problem = InlineProblem()
        self.button = Button("Change the passphrase")
        self.button.clicked.connect(self.change)
        self.body.addWidget(Label("Passphrase", "h2"))
        line = QHBoxLayout()
        line.setSpacing(12)
        for field in self._fields.values():
            line.addWidget(field, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.strength)
        self.body.addWidget(self.problem)
        last = QHBoxLayout()
        last.setContentsMargins(4, 4, 4, 4)
        last.setSpacing(16)
        last.addWidget(self.button)
        last.addWidget(self.other_way)
        last.addStretch(1)
        self.body.addLayout(last)
        words = "The recovery key stays the same. Backups made before keep the passphrase they were made with."
        self.body.addWidget(WrapLabel(words, "caption"))

    def change(self) -> None:
        """Change it, if the new one will do and was typed the same twice."""
        self.problem.clear()
        strength = passphrase_strength(self.new.text())
        faults = {
            self.present: "" if self.present.text() else "Type it first.",
            self.new: "" if strength.score else strength.sentence,
            self.again: "" if self.again.text() == self.new.text() else "This is not the same.",
        }
        for control, fault in faults.items():
            self._fields[control].fault(fault)
        self.strength.setVisible(not faults[self.new])
        wrong = next((control for control, fault in faults.items() if fault), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        typed, new = self.present.text(), self.new.text()
        recovery_key = typed if self._by_recovery else ""
        self._operations.run(
            lambda: self._opened.change_passphrase(typed, new, recovery_key),
            on_done=self._changed,
            on_failed=self.problem.tell,
            busy_text="Changing the passphrase",
            key="passphrase",
        )

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        for control in self._fields:
            control.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # A minimised window is still the same person's.
        if not event.spontaneous():
            self.forget()

    def _changed(self, _nothing: None) -> None:
        self.forget()
        self.strength.setText("Changed. Tell everybody who uses this workspace.")
        self._operations.messages.done("Passphrase changed")

    def _change_way(self) -> None:
        self._by_recovery = not self._by_recovery
        label = "Recovery key" if self._by_recovery else "Present passphrase"
        self._fields[self.present].set_words(label)
        self.other_way.set_text("Use the present passphrase" if self._by_recovery else _FORGOTTEN)
        mode = QLineEdit.EchoMode.Normal if self._by_recovery else QLineEdit.EchoMode.Password
        self.present.setEchoMode(mode)
        self.present.clear()
        self.present.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rate(self, typed: str) -> None:
        self._fields[self.new].fault("")
        self.strength.show()
        self.strength.setText(
            passphrase_strength(typed).sentence if typed else "Everybody who uses this workspace needs the new one."
        )
