"""What narrows a variant as a whole: tier, who completes, kind of answer, words of the grades, overall judgement."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from auditor.desktop.widgets.toggles import Slicer, Toggle
from auditor.services.template_building import Builder, Ticks

_ALL = ""
_TIERS = ((_ALL, "core and optional"), ("core", "core only"), ("optional", "optional only"))
_WHO = ((_ALL, "everybody"), ("business_support", "business support"), ("auditor", "auditors"))
_KINDS = (
    (_ALL, "all kinds"),
    ("count,number", "counts and numbers"),
    ("date,datetime", "dates and times"),
    ("choice,choices,grade", "choices and grades"),
    ("text", "words"),
)
_OTHER = "as it was"


class Narrowing(QWidget):
    """`narrowed(changes)` gives the fields of the ticks that change."""

    narrowed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tier = Slicer("Questions", _TIERS)
        self.who = Slicer("Completed by", _WHO)
        self.kind = Slicer("Answers", _KINDS)
        self.labels = Slicer("Grades", ((_ALL, "as in the master"),))
        self.overall = Toggle("Overall judgement")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 0, 20, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._controls: tuple[QWidget, ...] = (self.tier, self.who, self.kind, self.labels, self.overall)
        self._placed = (0, 0)
        for number, control in enumerate(self._controls):
            self._grid.addWidget(control, 0, number, Qt.AlignmentFlag.AlignLeft)
        self.tier.changed.connect(lambda value: self._tell("tiers", value))
        self.who.changed.connect(lambda value: self._tell("completed_by", value))
        self.kind.changed.connect(lambda value: self._tell("types", value))
        self.labels.changed.connect(lambda value: self.narrowed.emit({"labels": value}))
        self.overall.clicked.connect(lambda: self.narrowed.emit({"overall": not self.overall.isChecked()}))

    def set_labels(self, builder: Builder) -> None:
        """Offer the label sets of a master, and its overall judgement where it has one."""
        sets = [(item.id, item.title) for item in builder.master.form.label_sets]
        self.labels.set_options([(_ALL, "as in the master"), *sets])
        self.labels.setVisible(bool(sets))
        self.overall.setVisible(builder.master.form.overall is not None)
        self._fit()

    def show_ticks(self, ticks: Ticks) -> None:
        """Show what is in force."""
        for slicer, options, chosen in (
            (self.tier, _TIERS, ticks.tiers),
            (self.who, _WHO, ticks.completed_by),
            (self.kind, _KINDS, ticks.types),
        ):
            value = next((one for one, _ in options if frozenset(filter(None, one.split(","))) == chosen), None)
            if value is not None and value == slicer.value:
                continue
            if value is None:
                # A selection of the master's own that stands in no list stays until another is chosen.
                value = ",".join(sorted(chosen))
                slicer.set_options([*options, (value, _OTHER)], value)
            else:
                slicer.set_options(options, value)
        self.labels.set_value(ticks.labels)
        self.overall.set_on(ticks.overall)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many side by side as there is room for."""
        margins = self._grid.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        gap, shown = self._grid.horizontalSpacing(), [one for one in self._controls if not one.isHidden()]
        columns = len(shown)
        while columns > 1 and _width(shown, columns, gap) > room:
            columns -= 1
        if (columns, len(shown)) == self._placed:
            return
        self._placed = (columns, len(shown))
        for number, control in enumerate(shown):
            self._grid.removeWidget(control)
            self._grid.addWidget(control, number // columns, number % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(len(self._controls) + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)

    def _tell(self, name: str, value: str) -> None:
        self.narrowed.emit({name: frozenset(filter(None, value.split(",")))})


def _width(controls: Sequence[QWidget], columns: int, gap: int) -> int:
    """How wide these are in so many columns."""
    widest = [max(one.sizeHint().width() for one in controls[column::columns]) for column in range(columns)]
    return sum(widest) + gap * (columns - 1)
