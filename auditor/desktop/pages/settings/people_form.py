"""The form of one person in the drawer: name, job title, team, roles, PIN, and whether they are still here."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

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
    Role.QA_LEAD: "sets up cycles, sees all findings",
    Role.MANAGER: "owns and verifies actions",
    Role.ADMINISTRATOR: "keeps people",
}


class PersonForm(Drawer):
    """Adds or changes a person. Emits what was asked for; whoever holds the session carries it out."""

    added = Signal(object)
    """An `AddPerson`."""
    saved = Signal(object, str)
    """The `Person` as they are to be, and the new PIN where one is typed."""
    pin_set = Signal(str, str)
    """Person id and new PIN."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Person", parent=parent)
        self._person: Person | None = None
        self._pins: dict[str, str] = {}
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
        self.throw_away = Button("Throw away", "quiet", name="Throw away what is changed here")
        self.throw_away.clicked.connect(self._throw_away)
        line = QHBoxLayout()
        line.addWidget(self.throw_away)
        line.addStretch(1)
        line.addWidget(self.save)
        self.foot.addWidget(self.problem)
        self.foot.addLayout(line)
        for field in (self.name, self.job_title, self.team):
            field.returnPressed.connect(self._save)

    @property
    def person(self) -> Person | None:
        """Who is being changed; None while somebody is added."""
        return self._person

    @property
    def drafted(self) -> dict[str, QWidget]:
        """The fields a draft may hold; a PIN is never one of them."""
        roles = {f"role_{role.value}": row for role, row in self.roles.items()}
        return {"name": self.name, "job_title": self.job_title, "team": self.team, "active": self.active, **roles}

    def show_person(self, person: Person | None) -> None:
        """Fill the form: with a person to change, or empty for a new one. A PIN typed for them is there again."""
        self._pins[self._person_id] = self.pin.text()
        self._person = person
        shown = person or Person("", "", frozenset({Role.AUDITOR}))
        for field, text in ((self.name, shown.name), (self.job_title, shown.job_title), (self.team, shown.team)):
            field.setText(text)
        for role, row in self.roles.items():
            row.setChecked(shown.has(role))
        self.active.setChecked(shown.active)
        self.active.setVisible(person is not None)
        self.pin.setText(self._pins.pop(self._person_id, ""))
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
            self.saved.emit(changed, self.pin.text())

    @property
    def _person_id(self) -> str:
        return self._person.id if self._person else ""

    def pin_taken(self, person_id: str) -> None:
        """The PIN typed for a person (or for a new one, without id) is theirs now."""
        self._pins.pop(person_id, None)
        if person_id == self._person_id:
            self.pin.clear()

    def _throw_away(self) -> None:
        self.pin.clear()
        self.close_drawer()

    def _set_pin(self) -> None:
        if self._person is not None:
            self.problem.clear()
            self.pin_set.emit(self._person.id, self.pin.text())
