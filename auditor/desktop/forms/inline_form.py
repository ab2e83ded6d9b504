"""A form in the place it is about: a few fields, a word to save, a way out that keeps what is written."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound, Draft
from auditor.desktop.forms.naming import NamingHint
from auditor.desktop.operations import Operations
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.fields import CheckRow, Combo, Field, LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.texts import DateField, GrowingText
from auditor.domain.errors import AuditorError
from auditor.services.session import Session

Options = Sequence[tuple[str, str]]


class InlineForm(QWidget):
    """Fields under a title. `put_into(drawer)` places it, `keep_at` binds it to its draft; `sent` once it was taken.

    `asked` wants it saved, once every field can be read; `left` leaves it. Ctrl+Enter saves, Esc leaves.
    """

    asked = Signal()
    left = Signal()

    def __init__(
        self, title: str, save: str, *, note: str = "", titled: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.fields: dict[str, Field] = {}
        self._draft: Draft | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.throw_away = Button("Throw away", "quiet", name=f"Throw away: {title}")
        self.throw_away.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(title, "h3") if titled else WrapLabel(note, "caption"), 1)
        head.addWidget(self.throw_away, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        if note and titled:
            self.column.addWidget(WrapLabel(note, "caption"))
        self.save = Button(save, "p")
        self.later = Button("Later", name=f"Later: {title}")
        self.save.clicked.connect(self.ask)
        self.later.clicked.connect(self.left)

    def put_into(self, drawer: Drawer) -> None:
        """Stand at the top of the drawer's body with the buttons in its foot, the first field ready to type in."""
        drawer.body.insertWidget(0, self)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.later)
        line.addStretch(1)
        line.addWidget(self.save)
        drawer.foot.addLayout(line)
        # What is not visible yet takes no focus.
        self.show()
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_at(self, session: Session, operations: Operations, place: str) -> None:
        """Keep what is written at a place until it is sent or thrown away; put back what was left there."""
        self._draft = Draft(session, operations, place, self, self.drafted())
        self._draft.offer_throwing_away(self.throw_away)
        self.throw_away.clicked.connect(self.left)

    def drafted(self) -> Mapping[str, QWidget | Bound]:
        """What a draft holds: the control of every field, unless a form has one that drafts do not know."""
        return {key: field.control for key, field in self.fields.items()}

    def sent(self) -> None:
        """What was written is taken: nothing of it has to be kept."""
        if self._draft is not None:
            self._draft.forget()

    def ask(self) -> None:
        """Ask for saving, unless a field cannot be read as it stands."""
        for field in self.fields.values():
            field.fault("")
        if self.check():
            self.asked.emit()

    def check(self) -> bool:
        """Whether every field can be read; the focus goes to the first that cannot."""
        for field in self.fields.values():
            if isinstance(field.control, DateField):
                field.control.commit()
                if field.control.faulty:
                    field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                    return False
        return True

    def refuse(self, key: str, words: str) -> bool:
        """Say under a field what is missing and put the focus there; always False, for `check`."""
        self.fields[key].fault(words)
        self.fields[key].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def add_text(self, key: str, label: str, *, hint: str = "", lines: int = 2) -> GrowingText:
        """A text of several lines, with a hint while it seems to name somebody."""
        text = GrowingText(label, hint=hint, fewest_lines=lines)
        text.finished.connect(self.ask)
        text.left.connect(self.left)
        self._add(key, label, text)
        self.fields[key].add_below(NamingHint(text))
        return text

    def add_line(self, key: str, label: str, *, hint: str = "") -> LineEdit:
        """One line of text."""
        line = LineEdit(label)
        self._add(key, label, line, hint)
        return line

    def add_tick(self, key: str, words: str) -> CheckRow:
        """Yes or no, in a sentence of its own."""
        row = CheckRow(words)
        row.setAccessibleName(words)
        self._add(key, "", row)
        self.fields[key].label.hide()
        return row

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
        self.refuse(places.get(error.code, places[""]), f"{error.message} {error.remedy}")

    def chosen(self, key: str) -> str:
        """The id chosen in a list, or nothing where the form has no such list."""
        field = self.fields.get(key)
        return field.control.value if field is not None and isinstance(field.control, Combo) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ask()
        else:
            super().keyPressEvent(event)

    def _add(self, key: str, label: str, control: QWidget, hint: str = "") -> None:
        self.fields[key] = Field(label, control, hint=hint)
        self.column.addWidget(self.fields[key])
