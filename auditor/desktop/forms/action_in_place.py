"""Raising an action in place, without leaving the question: what, who, by when."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.forms.naming import NamingHint
from auditor.desktop.messages import Problem
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo, Field
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.texts import DateField, GrowingText
from auditor.domain.action import default_due
from auditor.domain.roles import Person
from auditor.services.actions import RaiseAction


class ActionForm(Panel):
    """Asks to raise with `raised(RaiseAction)`; `show_problem` says under the form what was refused. Esc leaves it."""

    raised = Signal(object)
    cancelled = Signal()

    def __init__(self, audit_id: str, question_id: str, number: str, people: Sequence[Person], today: date) -> None:
        super().__init__(c="well", margins=(12, 10, 12, 12), spacing=8)
        self._audit_id, self._question_id, self._today = audit_id, question_id, today
        self.setAccessibleName(f"Raise an action from {number}")
        self.text = GrowingText(
            "What has to be done", hint="What has to be done, so that somebody else can see it done"
        )
        self.owner = Combo("Owner", [("", "Choose who does it"), *((person.id, person.name) for person in people)])
        self.due = DateField("Due", period=(today, date(today.year + 1, today.month, min(today.day, 28))))
        self.due.set_iso(default_due(today).isoformat())
        self._owner_field, due_field = Field("Owner", self.owner), Field("Due", self.due)
        self.due.fault.connect(due_field.fault)
        self._problem = WrapLabel("", "late")
        self._problem.hide()
        self.body.addWidget(Label(f"Action from {number}", "h3"))
        self.body.addWidget(self.text)
        self.body.addWidget(NamingHint(self.text))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._owner_field, 1)
        line.addWidget(due_field)
        self.body.addLayout(line)
        self.body.addWidget(self._problem)
        self.throw_away = Button("Throw away", "quiet", name="Throw away what is written")
        self.body.addLayout(self._buttons())
        self.text.finished.connect(self.ask)
        self.text.left.connect(self.cancelled)

    @property
    def fields(self) -> dict[str, QWidget]:
        """What a draft keeps of it."""
        return {"text": self.text, "owner": self.owner, "due": self.due}

    def take_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """Say in place what was refused, and what to do."""
        self._problem.setText(f"{problem.message} {problem.remedy}")
        self._problem.show()

    def ask(self) -> None:
        """Ask to raise what is written, once it has an owner and a date that can be read."""
        if not self.owner.value:
            self._owner_field.fault("Choose who does it.")
            self.owner.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._owner_field.fault("")
        self.due.commit()
        if self.due.faulty:
            self.due.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        due = date.fromisoformat(self.due.iso) if self.due.iso else None
        self.raised.emit(
            RaiseAction(
                self.text.toPlainText(),
                self.owner.value,
                self._today,
                due,
                audit_id=self._audit_id,
                question_id=self._question_id,
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ask()
        # Nothing goes further: no key of the desk may work while the form is open.

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        raise_it = Button("Raise the action", name="Raise the action, Ctrl+Enter")
        raise_it.clicked.connect(self.ask)
        cancel = Button("Cancel", name="Cancel, Esc")
        cancel.clicked.connect(self.cancelled)
        line.addWidget(self.throw_away)
        line.addStretch(1)
        line.addWidget(Label("Ctrl+Enter", "caption"))
        line.addWidget(cancel)
        line.addWidget(raise_it)
        return line
