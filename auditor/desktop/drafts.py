"""What stands in a half-filled form, kept on disk for the person who was filling it in and put back on return."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.texts import saving_later
from auditor.desktop.widgets.toggles import Segments

if TYPE_CHECKING:
    from auditor.services.session import Session


@dataclass(frozen=True, slots=True)
class Bound:
    """How a draft reads, fills and watches a field; make one for a field that `bound` does not know."""

    read: Callable[[], str]
    fill: Callable[[str], None]
    changed: SignalInstance


def bound(field: QWidget) -> Bound:
    """A text, a line, a date (as typed), a list, a check box or segments, as a draft sees it."""
    if isinstance(field, QPlainTextEdit):
        return Bound(field.toPlainText, field.setPlainText, field.textChanged)
    if isinstance(field, QLineEdit):
        return Bound(field.text, lambda text: _type(field, text), field.textChanged)
    if isinstance(field, Combo):
        return Bound(lambda: field.value, lambda value: _pick(field, value), field.currentIndexChanged)
    if isinstance(field, QCheckBox):
        return Bound(lambda: "yes" if field.isChecked() else "no", lambda on: field.setChecked(on == "yes"),
                     field.toggled)  # fmt: skip
    if isinstance(field, Segments):
        return Bound(lambda: field.chosen, field.set_chosen, field.changed)
    raise TypeError(type(field).__name__)


class Draft(QObject):
    """Binds the named fields of a form to a place such as `action/<id>/done`, from the moment the form is filled.

    What was left there is put back at once. What differs from the form as it opened is kept after a pause in typing,
    now and then where there is none, and whenever the form goes out of sight (another row, another page, lock, close).
    Nothing secret belongs in it.
    """

    begun = Signal(bool)
    """Whether there is anything to throw away."""

    def __init__(
        self,
        session: "Session",
        operations: Operations,
        place: str,
        form: QWidget,
        fields: Mapping[str, QWidget | Bound],
    ) -> None:
        # The main window knows drafts before it needs any service.
        from auditor.services.drafts import draft

        super().__init__(form)
        self._session, self._operations, self._place, self._form = session, operations, place, form
        self._fields = {name: field if isinstance(field, Bound) else bound(field) for name, field in fields.items()}
        self._opened = self._read()
        self._kept: dict[str, str] = {}
        self._begun = self._over = False
        self._pause = saving_later(self, self.keep)
        operations.run(lambda: session.ask(draft, place), on_done=self._put_back, quick=True)
        for each in self._fields.values():
            each.changed.connect(self._touched)
        form.installEventFilter(self)

    @property
    def written(self) -> dict[str, str]:
        """The fields that differ from the form as it opened."""
        return {name: text for name, text in self._read().items() if text != self._opened[name]}

    def keep(self) -> None:
        """Put on disk now what is not there yet."""
        self._pause.stop()
        if not self._over:
            written = self.written
            self._tell(bool(written))
            self._write(written)

    def forget(self) -> None:
        """The form was sent: nothing is kept of it, now or later."""
        self._pause.stop()
        self._over = True
        self._write({})

    def throw_away(self) -> None:
        """Show the form as it opened and keep nothing of it."""
        if self._over:
            return
        for name, each in self._fields.items():
            if each.read() != self._opened[name]:
                each.fill(self._opened[name])
        self.keep()

    def offer_throwing_away(self, button: Button) -> None:
        """Let a quiet button throw the draft away, in sight while there is one."""
        button.setVisible(bool(self.written))
        self.begun.connect(button.setVisible)
        button.clicked.connect(self.throw_away)

    def let_go(self) -> None:
        """Keep what is written and stop watching, before the same form shows something else."""
        self.keep()
        self._over = True
        self._form.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide:
            self.keep()
        return super().eventFilter(watched, event)

    def _read(self) -> dict[str, str]:
        return {name: each.read() for name, each in self._fields.items()}

    def _put_back(self, left: Mapping[str, str]) -> None:
        self._kept = dict(left)
        for name, each in self._fields.items():
            if name in left:
                each.fill(left[name])
        self._begun = bool(self.written)

    def _touched(self) -> None:
        if not self._over:
            self._pause.touch()
            # Only the first change is looked at here: a form may hold hundreds of lists, filled in one go.
            self._tell(self._begun or bool(self.written))

    def _tell(self, begun: bool) -> None:
        if begun is not self._begun:
            self._begun = begun
            self.begun.emit(begun)

    def _write(self, fields: dict[str, str]) -> None:
        if fields == self._kept:
            return
        from auditor.services.drafts import KeepDraft, keep_draft

        command = KeepDraft(self._place, fields)

        def kept(_changes: object) -> None:
            self._kept = fields

        self._operations.run(lambda: self._session.do(keep_draft, command), on_done=kept, quick=True)


def _type(field: QLineEdit, text: str) -> None:
    field.setText(text)
    # A date takes over what is typed when its editing ends, and says so where it cannot be read.
    field.editingFinished.emit()


def _pick(field: Combo, value: str) -> None:
    if field.findData(value) >= 0:
        field.set_value(value)
        field.picked.emit(value)
