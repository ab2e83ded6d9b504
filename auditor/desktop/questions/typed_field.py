"""One-line answers that have to be read: whole numbers, decimals, a date with its time."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.desktop.dates import read_date
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.fields import LineEdit
from auditor.domain.template import AnswerType

Period = tuple[date, date]
Read = Callable[[str, Period], str | int | None]
_GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
"""1,250 is twelve hundred and fifty; in 96,50 the comma can only stand for the point."""
_TIMED = re.compile(r"\s*(\S+)\s+(\d{1,2})[:.](\d{2})\s*")


def _read_count(text: str, _period: Period) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _read_number(text: str, _period: Period) -> str | None:
    text = text.rstrip("% ")
    try:
        number = Decimal(text.replace(",", "" if _GROUPED.fullmatch(text) else "."))
    except InvalidOperation:
        return None
    return format(number.normalize(), "f") if number.is_finite() else None


def _read_moment(text: str, period: Period) -> str | None:
    found = _TIMED.fullmatch(text)
    day = read_date(found[1], period) if found else None
    if found is None or day is None or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    return f"{day.isoformat()}T{int(found[2]):02}:{found[3]}"


READERS: dict[AnswerType, tuple[Read, str, str]] = {
    AnswerType.COUNT: (_read_count, "a number", "“{}” is not a whole number. Type figures only, such as 3."),
    AnswerType.NUMBER: (_read_number, "a number", "“{}” is not a number. Type figures, such as 12 or 96.5."),
    AnswerType.DATETIME: (
        _read_moment,
        "dd/mm/yyyy hh:mm",
        "“{}” is not a date and time. Type both, such as 03/06/2026 14:30.",
    ),
}
"""How each kind is read, what its empty field says, and what is said when it cannot be read."""


class TypedField(LineEdit):
    """`typed(value)` when the focus leaves or on Enter and the text changed: the value, or None when emptied.

    `fault(text)` says what is wrong and is empty when it is right again.
    """

    typed = Signal(object)
    fault = Signal(str)

    def __init__(self, name: str, kind: AnswerType, period: Period, parent: QWidget | None = None) -> None:
        self._read, hint, self._fault_words = READERS[kind]
        super().__init__(name, hint=hint, parent=parent)
        self._wide = "00/00/0000 00:00" if kind is AnswerType.DATETIME else "0000000"
        self._period, self._shown = period, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._take)

    def show_text(self, text: str) -> None:
        """Show what is recorded."""
        self._shown = text
        self.setText(text)
        self._tell("")

    @property
    def faulty(self) -> bool:
        """Whether something stands in it that cannot be read."""
        text = self.text().strip()
        return bool(text) and text != self._shown and self._read(text, self._period) is None

    def commit(self) -> None:
        """Read what is typed now, as when the focus leaves."""
        self._take()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._wide) + theme().px(34), super().sizeHint().height())

    def _take(self) -> None:
        text = self.text().strip()
        if text == self._shown:
            self._tell("")
            return
        value = self._read(text, self._period) if text else None
        if text and value is None:
            self._tell(self._fault_words.format(text))
            return
        self._tell("")
        self._shown = text
        self.typed.emit(value)

    def _tell(self, text: str) -> None:
        polish(self, fault="true" if text else "false")
        self.setAccessibleDescription(text)
        self.fault.emit(text)
