"""The first start: where, passphrase, recovery key, who you are; then the first Home."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.start.door import Door
from auditor.desktop.start.first_steps import PassphraseStep, WhereStep
from auditor.desktop.start.last_steps import RecoveryStep, WhoStep
from auditor.desktop.start.parts import Sheet
from auditor.desktop.widgets.progress import Step, StepState

if TYPE_CHECKING:
    from auditor.services.session import Session
    from auditor.services.workspace import OpenedWorkspace

_STEPS = (
    ("Where to keep it", "a folder on this computer"),
    ("Passphrase", "unlocks the workspace"),
    ("Recovery key", "to print or save"),
    ("Who you are", "name and PIN"),
)


class FirstStart(QStackedWidget):
    """Walks through the four steps. The workspace is made between the second and the third.

    `made(opened)` when the workspace exists, `finished(session)` when the first person is in it;
    `sample_made(opened, session)` when the sample workspace was asked for instead.
    """

    steps_changed = Signal(object)
    made = Signal(object)
    finished = Signal(object)
    open_existing = Signal()
    sample_made = Signal(object, object)

    def __init__(self, operations: Operations, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations, self._door = operations, door
        self._opened: OpenedWorkspace | None = None
        self.where = WhereStep(door)
        self.passphrase = PassphraseStep(door)
        self.recovery = RecoveryStep()
        self.who = WhoStep()
        for step in (self.where, self.passphrase, self.recovery, self.who):
            self.addWidget(step)
        self.where.done.connect(lambda: self._go(1))
        self.where.open_existing.connect(self.open_existing)
        self.where.sample_wanted.connect(self.make_sample)
        self.passphrase.back.connect(lambda: self._go(0))
        self.passphrase.done.connect(self._make)
        self.recovery.done.connect(lambda: self._go(3))
        self.who.done.connect(self._add_first_person)

    @property
    def step(self) -> Sheet:
        """The step shown."""
        shown = self.currentWidget()
        assert isinstance(shown, Sheet)
        return shown

    def go_on_with(self, opened: "OpenedWorkspace") -> None:
        """Ask who is there first, in a workspace whose first start was broken off after it was made."""
        self._opened = opened
        self._go(3)

    def arrive(self) -> None:
        self._tell_steps()
        self.step.arrive()

    def _go(self, number: int) -> None:
        self.setCurrentIndex(number)
        self.arrive()

    def _tell_steps(self) -> None:
        now = self.currentIndex()
        states = [StepState.DONE if n < now else StepState.NOW if n == now else StepState.OPEN for n in range(4)]
        self.steps_changed.emit([Step(title, note, state) for (title, note), state in zip(_STEPS, states, strict=True)])

    def _make(self) -> None:
        path, name, passphrase = self.where.path, self.where.name_of_it, self.passphrase.text
        self._operations.run(
            lambda: self._door.create(path, passphrase, name),
            on_done=self._made,
            on_failed=self._not_made,
            busy_text="Making the workspace",
            key="make",
        )

    def _made(self, result: "tuple[OpenedWorkspace, str]") -> None:
        self._opened, recovery_key = result
        self.passphrase.forget()
        self.recovery.show_key(recovery_key, self.where.name_of_it, self.where.path)
        self.made.emit(self._opened)
        self._go(2)

    def _not_made(self, error: Exception) -> None:
        self._operations.messages.done("")
        self.passphrase.tell(error)

    def _add_first_person(self) -> None:
        from auditor.services.people import AddPerson

        opened, person = self._opened, self.who.person
        assert opened is not None
        command = AddPerson(person.name, person.roles, person.pin, person.job_title)
        self._operations.run(
            lambda: opened.add_first_person(command),
            on_done=self._enter,
            on_failed=self._not_added,
            busy_text="Adding you",
            key="first-person",
        )

    def _enter(self, session: "Session") -> None:
        self.who.forget()
        self.recovery.forget()
        self.finished.emit(session)

    def _not_added(self, error: Exception) -> None:
        self._operations.messages.done("")
        self.who.tell(error)

    def make_sample(self) -> None:
        """Build the sample workspace instead, or open the one built before."""
        self._operations.run_long(
            lambda progress: self._door.sample(progress.report),
            "Building the sample workspace",
            on_done=lambda made: self.sample_made.emit(*made),
            on_failed=self._no_sample,
            key="sample",
        )

    def _no_sample(self, error: Exception) -> None:
        self._operations.messages.done("")
        self.where.tell(error)
