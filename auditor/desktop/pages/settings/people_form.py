"""The form of one person in the drawer: name, job title, team, roles, PIN, and whether they are still here."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.fields import CheckRow, Field, LineEdit
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label
from auditor.domain.roles import Person, Role
from auditor.services.people import AddPerson

_WHAT = {
    Role.AUDITOR: "reads files and answers",
    Role.BUSINESS_SUPPORT: "enters facts",
    Role.MODERATOR: "checks grades",
    Role.QA_LEAD: "sets up rounds, sees all findings",
    Role.MANAGER: "owns and verifies actions",
    Role.ADMINISTRATOR: "keeps people",
}


class PersonForm(Drawer):
    """Adds or changes a person. Emits what was asked for; whoever holds the session carries it out."""

    added = Signal(object)
    """An `AddPerson`."""
    saved = Signal(object)
    """The `Person` as they are to be."""
    pin_set = Signal(str, str)
    """Person id and new PIN."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Person", parent=parent)
        self._person: Person | None = None
        self.name, self.job_title, self.team = LineEdit("Name"), LineEdit("Job title"), LineEdit("Team")
        self.pin = LineEdit("PIN", secret=True)
        self.pin.setMaxLength(12)
        self.roles = {role: CheckRow(role.words, what) for role, what in _WHAT.items()}
        self.active = CheckRow("Still here", "without it they cannot sign in")
        self._name_field, self._pin_field = Field("Name", self.name), Field("PIN", self.pin)
        self.problem = InlineProblem()
        for widget in (self._name_field, Field("Job title", self.job_title), Field("Team", self.team)):
            self.body.addWidget(widget)
        self.body.addWidget(Label("Roles", "label"))
        self.body.setSpacing(4)
        for row in self.roles.values():
            self.body.addWidget(row)
        self.body.addWidget(self.active)
        self.body.addWidget(self._pin_field)
        self.reset = Button("Set this PIN", "small")
        self.reset.clicked.connect(self._set_pin)
        self.body.addWidget(self.reset)
        self.save = Button("Save", "p")
        self.save.clicked.connect(self._save)
        self.foot.addWidget(self.problem)
        self.foot.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)
        for field in (self.name, self.job_title, self.team):
            field.returnPressed.connect(self._save)

    @property
    def person(self) -> Person | None:
        """Who is being changed; None while somebody is added."""
        return self._person

    def show_person(self, person: Person | None) -> None:
        """Fill the form: with a person to change, or empty for a new one."""
        self._person = person
        shown = person or Person("", "", frozenset({Role.AUDITOR}))
        for field, text in ((self.name, shown.name), (self.job_title, shown.job_title), (self.team, shown.team)):
            field.setText(text)
        for role, row in self.roles.items():
            row.setChecked(shown.has(role))
        self.active.setChecked(shown.active)
        self.active.setVisible(person is not None)
        self.pin.clear()
        self._pin_field.set_words(
            "New PIN" if person else "First PIN", "4 to 12 digits. Tell it to nobody else; they can change it."
        )
        self.reset.setVisible(person is not None)
        self.save.set_text("Save" if person else "Add this person")
        self.problem.clear()
        self._name_field.fault("")

    def arrive(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, error: Exception) -> None:
        """Show why it was not taken."""
        self.problem.tell(error)

    def _save(self) -> None:
        self.problem.clear()
        if not self.name.text().strip():
            self._name_field.fault("Type a name.")
            self.arrive()
            return
        roles = frozenset(role for role, row in self.roles.items() if row.isChecked())
        name, job_title, team = (field.text().strip() for field in (self.name, self.job_title, self.team))
        if self._person is None:
            self.added.emit(AddPerson(name, roles, self.pin.text(), job_title, team))
        else:
            changed = replace(
                self._person, name=name, roles=roles, job_title=job_title, team=team, active=self.active.isChecked()
            )
            self.saved.emit(changed)

    def _set_pin(self) -> None:
        if self._person is not None:
            self.problem.clear()
            self.pin_set.emit(self._person.id, self.pin.text())
