"""The people of the workspace: a table, and beside it the form of one; who may not change them sees why."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.operations import Operations
from auditor.desktop.pages.settings.people_form import PersonForm
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import polish
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.labels import Label, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.table_model import Column
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, Person, may
from auditor.services.people import AddPerson, ChangePerson, SetPin, add_person, change_person, everybody, set_pin
from auditor.services.session import Session

_WHO_MAY = "a QA lead or an administrator adds and changes people"


class People(QWidget):
    """Add, change roles, make inactive, give a new PIN."""

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._operations = session, operations
        self._may = may(session.actor, Duty.KEEP_PEOPLE)
        self.table = DataTable[Person](
            "People", _COLUMNS, table_id="people", two_lines=True, memory=preferences(), key=lambda person: person.id
        )
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._follow)
        self.add = Button("Add a person…", "p")
        self.add.clicked.connect(self.begin_adding)
        self.count = Label("", "text2")
        self.form = PersonForm()
        self.form.added.connect(self._add)
        self.form.saved.connect(self._change)
        self.form.pin_set.connect(self._set_pin)
        self.form.closed.connect(self._settle_buttons)
        self._draft: Draft | None = None
        main = Surface("surface")
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(self.count)
        head.addStretch(1)
        if not self._may:
            self.add.block(_WHO_MAY)
            head.addWidget(ReasonLine("You cannot change these:", f"{_WHO_MAY}."), 1)
        head.addWidget(self.add)
        main.body.addLayout(head)
        main.body.addWidget(rule())
        main.body.addWidget(self.table)
        self._split = WithDrawer(main, self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)

    def refresh(self) -> None:
        """Ask again who is here."""
        self._operations.run(lambda: self._session.ask(everybody, None), on_done=self._show, quick=True)

    def arrive(self) -> None:
        """The cursor goes to the people, or to adding the second one."""
        alone = self.table.rows.rowCount() < 2
        (self.add if alone else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """Where there is no room for both the form takes the place of the table."""
        self._split.set_stacked(arrangement is not Arrangement.WIDE)
        self.table.leave_out(("team", "active") if arrangement is Arrangement.SINGLE else ())

    def go_back(self) -> bool:
        """Close the form first."""
        if not self.form.isVisibleTo(self):
            return False
        self.form.close_drawer()
        return True

    def begin_adding(self) -> None:
        """Open the form for somebody new."""
        self._show_form(None)

    def _show_form(self, person: Person | None) -> None:
        self._fill_form(person)
        self._split.open(person.name if person else "Add a person", with_foot=True)
        self._settle_buttons()
        self.form.arrive()

    def _fill_form(self, person: Person | None) -> None:
        if self._draft is not None:
            self._draft.let_go()
        self.form.show_person(person)
        place = f"person/{person.id if person else 'new'}"
        self._draft = Draft(self._session, self._operations, place, self.form, self.form.drafted)
        self._draft.offer_throwing_away(self.form.throw_away)

    def _settle_buttons(self) -> None:
        """One filled button: the form's while it is open."""
        polish(self.add, k="" if self.form.isVisibleTo(self) else "p")

    def _show(self, people: Sequence[Person]) -> None:
        by_name = sorted(people, key=lambda person: (not person.active, person.name.casefold()))
        self.table.set_rows(by_name)
        if self.table.current is None:
            self.table.select_first()
        here = sum(1 for person in people if person.active)
        gone = len(people) - here
        self.count.setText(f"{here} here, {gone} no longer" if gone else f"{here} here")

    def _open(self, person: Person) -> None:
        if self._may:
            self._show_form(person)
        else:
            self._operations.messages.refused("Only for reading here", _WHO_MAY)

    def _follow(self, person: Person | None) -> None:
        """The arrows show one person after the other, as long as nothing is written in the form."""
        unsent = bool(self.form.pin.text() or (self._draft and self._draft.written))
        if person is not None and self.form.isVisibleTo(self) and self.form.person is not None and not unsent:
            self._fill_form(person)
            self.form.title.setText(person.name)

    def _add(self, command: AddPerson) -> None:
        def added() -> None:
            self.form.pin_taken("")
            if self.form.isVisibleTo(self):
                self.begin_adding()

        self._send(lambda: self._session.do(add_person, command), added)

    def _change(self, person: Person, pin: str) -> None:
        def change() -> Changes:
            # The PIN first: where it is refused, nothing else is changed either.
            changed = self._session.do(set_pin, SetPin(person.id, pin)) if pin else Changes()
            return changed | self._session.do(change_person, ChangePerson(person))

        def saved() -> None:
            self.form.pin_taken(person.id)
            if self.form.person is not None and self.form.person.id == person.id:
                self.form.close_drawer()

        self._send(change, saved)

    def _set_pin(self, person_id: str, pin: str) -> None:
        act = partial(self._session.do, set_pin, SetPin(person_id, pin))
        self._do(act, lambda: self.form.pin_taken(person_id))

    def _send(self, act: Callable[[], Changes], on_done: Callable[[], None]) -> None:
        """Carry out what the whole form asks for; then nothing of it has to be kept."""
        draft = self._draft

        def sent() -> None:
            if draft is not None:
                draft.forget()
            on_done()

        self._do(act, sent)

    def _do(self, act: Callable[[], Changes], on_done: Callable[[], None]) -> None:
        # Deriving a PIN takes a while, so it is the worker's.
        self._operations.run(
            act, on_done=lambda _changes: on_done(), on_failed=self.form.tell, busy_text="Saving", key="people"
        )


def _roles(person: Person) -> str:
    return ", ".join(role.words for role in sorted(person.roles))


_COLUMNS = [
    Column[Person]("name", "Name", text=lambda person: person.name, second=lambda person: person.job_title,
                   strong=True, width=220),
    Column[Person]("team", "Team", text=lambda person: person.team, width=160),
    Column[Person]("roles", "Roles", text=_roles, stretch=True),
    Column[Person]("active", "Here", text=lambda person: "Yes" if person.active else "No longer", width=110),
]  # fmt: skip
