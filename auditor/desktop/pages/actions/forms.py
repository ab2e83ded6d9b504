"""Forms inside a drawer: a few fields, a word to save and a way out. Used where an action is raised or moved on."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.fields import Combo, Field, LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.texts import DateField, GrowingText
from auditor.domain.action import default_due
from auditor.domain.errors import AuditorError

Options = Sequence[tuple[str, str]]


class InlineForm(QWidget):
    """Fields under a title. `put_into(drawer)` places it; `asked` wants it saved, `left` leaves it as it was.

    Ctrl+Enter in a text saves, Esc leaves.
    """

    asked = Signal()
    left = Signal()

    def __init__(
        self, title: str, save: str, *, note: str = "", titled: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.fields: dict[str, Field] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        if titled:
            self.column.addWidget(Label(title, "h3"))
        if note:
            self.column.addWidget(WrapLabel(note, "caption"))
        self.save = Button(save, "p")
        self.cancel = Button("Cancel", name=f"Cancel: {title}")
        self.save.clicked.connect(self.asked)
        self.cancel.clicked.connect(self.left)

    def put_into(self, drawer: Drawer) -> None:
        """Stand at the top of the drawer's body with the buttons in its foot, the first field ready to type in."""
        drawer.body.insertWidget(0, self)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.cancel)
        line.addStretch(1)
        line.addWidget(self.save)
        drawer.foot.addLayout(line)
        # What is not visible yet takes no focus.
        self.show()
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_text(self, key: str, label: str, *, hint: str = "", lines: int = 2) -> GrowingText:
        """A text of several lines."""
        text = GrowingText(label, hint=hint, fewest_lines=lines)
        text.finished.connect(self.asked)
        text.left.connect(self.left)
        self._add(key, label, text)
        return text

    def add_line(self, key: str, label: str, *, hint: str = "") -> LineEdit:
        """One line of text."""
        line = LineEdit(label)
        self._add(key, label, line, hint)
        return line

    def add_list(self, key: str, label: str, options: Options, *, value: str = "") -> Combo:
        """A list to choose from."""
        combo = Combo(label, options)
        combo.setMinimumContentsLength(12)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if value:
            combo.set_value(value)
        self._add(key, label, combo)
        return combo

    def add_date(self, key: str, label: str, day: date, today: date, *, hint: str = "") -> DateField:
        """A day, from today on where no year is typed."""
        field = DateField(label, period=(today, today + timedelta(365)))
        field.set_iso(day.isoformat())
        self._add(key, label, field, hint)
        field.fault.connect(self.fields[key].fault)
        return field

    def fault(self, error: Exception, places: Mapping[str, str]) -> None:
        """Say under the field what was wrong; `places` gives the field of an error code, "" the one for all others."""
        if not isinstance(error, AuditorError):
            return
        for field in self.fields.values():
            field.fault("")
        field = self.fields[places.get(error.code, places[""])]
        field.fault(f"{error.message} {error.remedy}")
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self, key: str) -> str:
        """The id chosen in a list, or nothing where the form has no such list."""
        field = self.fields.get(key)
        return field.control.value if field is not None and isinstance(field.control, Combo) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _add(self, key: str, label: str, control: QWidget, hint: str = "") -> None:
        self.fields[key] = Field(label, control, hint=hint)
        self.column.addWidget(self.fields[key])


class RaiseForm(InlineForm):
    """The fields of a new action. Lists that only one page has (question, cycle, theme) come in by `add_list`."""

    PLACES: ClassVar[Mapping[str, str]] = {"": "text", "due-before-raised": "due"}

    def __init__(self, owners: Options, today: date, *, note: str = "", titled: bool = True) -> None:
        super().__init__("Raise an action", "Raise action", note=note, titled=titled)
        self._text = self.add_text("text", "What has to be done", hint="One act that somebody can finish and show")
        self._owner = self.add_list("owner", "Owner", owners)
        self._due = self.add_date(
            "due", "Due", default_due(today), today, hint="28 days from today unless you choose another day"
        )
        self._outcome = self.add_text("outcome", "Intended outcome (may stay empty)", lines=1)

    @property
    def text(self) -> str:
        """What has to be done."""
        return self._text.toPlainText().strip()

    @property
    def owner_id(self) -> str:
        """Who does it."""
        return self._owner.value

    @property
    def due(self) -> date | None:
        """By when; None leaves it at 28 days."""
        return date.fromisoformat(self._due.iso) if self._due.iso else None

    @property
    def intended_outcome(self) -> str:
        """What it is to change."""
        return self._outcome.toPlainText().strip()
