"""The sign-in view: who of the people in the open workspace is sitting here, and their PIN."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.start.parts import WRONG, Patience, Sheet, row
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.fields import Field, LineEdit
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.widgets.table_model import Column
from auditor.domain.roles import Person, Role

if TYPE_CHECKING:
    from auditor.services.session import Session
    from auditor.services.workspace import OpenedWorkspace

MOST_SHOWN = 6
_ALONG = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_TELLING_FIRST = (
    Role.QA_LEAD, Role.AUDITOR, Role.MANAGER, Role.MODERATOR, Role.BUSINESS_SUPPORT, Role.ADMINISTRATOR
)  # fmt: skip


def hats_worn(person: Person) -> str:
    """The job title and the roles of a person, for the line below the name."""
    roles = [role.words for role in _TELLING_FIRST if person.has(role)]
    return " · ".join(part for part in (person.job_title, ", ".join(roles)) if part)


def leading_hat(person: Person) -> str:
    """The job title and the role that says most, for the foot of the rail."""
    leading = next((role.words for role in _TELLING_FIRST if person.has(role)), "")
    return " · ".join(part for part in (person.job_title, leading) if part)


class SignInView(Sheet):
    """Signs a person in. `signed_in` carries the session; `lock` asks to close the workspace again."""

    signed_in = Signal(object)
    lock = Signal()

    def __init__(
        self, operations: Operations, opened: "OpenedWorkspace", last: str = "", *, second: int = 1000,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("Who are you?", "", parent=parent)
        self._operations, self._opened = operations, opened
        people = sorted(opened.people(), key=lambda person: person.name.casefold())
        self.sentence.setText(f"{opened.info().name} is unlocked. Choose your name and type your PIN.")
        name = Column[Person](
            "name", "Name", text=lambda person: person.name, second=hats_worn, strong=True, stretch=True
        )
        self.problem = InlineProblem()
        self.pin = LineEdit("PIN", secret=True)
        self.people = DataTable[Person]("People", [name], two_lines=True, key=lambda person: person.id)
        self.people.set_rows(people)
        self.people.select_first()
        self.people.opened.connect(lambda _person: self.pin.setFocus(Qt.FocusReason.OtherFocusReason))
        self.people.picked.connect(lambda _person: self.problem.clear())
        box = Panel(margins=(1, 1, 1, 1))
        box.body.addWidget(self.people)
        self.pin.setMaxLength(12)
        self.pin.returnPressed.connect(self.sign_in)
        self.pin.installEventFilter(self)
        self.button = Button("Sign in", "p")
        self.button.clicked.connect(self.sign_in)
        wait = Label("", "caption")
        self.patience = Patience(self.button, wait, second=second)
        away = Button("Lock again", "link")
        away.clicked.connect(self.lock)
        self.body.addWidget(box)
        self.body.addWidget(Field("PIN", self.pin, hint="Yours alone, 4 to 12 digits. Up and Down choose the name."))
        self.body.addWidget(self.problem)
        self.body.addLayout(row(self.button, away, wait))
        theme().changed.connect(self._fit_list)
        self._fit_list()
        self._choose(last)

    def arrive(self) -> None:
        target = self.pin if self._known else self.people
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the PIN field move along the names."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _ALONG:
            return super().eventFilter(watched, event)
        QApplication.sendEvent(self.people, event)
        return True

    def forget(self) -> None:
        self.pin.clear()

    def sign_in(self) -> None:
        """Check the PIN on the worker."""
        person = self.people.current
        if person is None or self.patience.waiting:
            return
        self.problem.clear()
        person_id, pin = person.id, self.pin.text()
        self._operations.run(
            lambda: self._opened.sign_in(person_id, pin),
            on_done=self._succeed,
            on_failed=self._fail,
            busy_text="Checking the PIN",
            key="sign-in",
        )

    def _succeed(self, session: "Session") -> None:
        self.patience.right()
        self.forget()
        self.signed_in.emit(session)

    def _fail(self, error: Exception) -> None:
        self._operations.messages.done("")
        self.problem.tell(error)
        if self.problem.code in WRONG:
            self.patience.wrong()
        self.pin.selectAll()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, person_id: str) -> None:
        rows = self.people.rows
        found = [n for n in range(rows.rowCount()) if getattr(rows.row(n), "id", "") == person_id]
        self._known = bool(found) or rows.rowCount() == 1
        if found:
            self.people.setCurrentIndex(rows.index(found[0], 0))

    def _fit_list(self) -> None:
        shown = max(1, min(self.people.rows.rowCount(), MOST_SHOWN))
        self.people.setFixedHeight(theme().px(30) + shown * theme().px(45) + 2)
