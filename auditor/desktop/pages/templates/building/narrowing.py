"""What narrows a variant as a whole: tier, who completes, kind of answer, words of the grades, overall judgement."""

from PySide6.QtCore import Qt, Signal
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
        self.set_narrow(False)
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

    def set_narrow(self, narrow: bool) -> None:
        """One below the other, or in one line."""
        for control in self._controls:
            self._grid.removeWidget(control)
        for number, control in enumerate(self._controls):
            row, column = divmod(number, 2) if narrow else (0, number)
            self._grid.addWidget(control, row, column, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(5, 1)

    def _tell(self, name: str, value: str) -> None:
        self.narrowed.emit({name: frozenset(filter(None, value.split(",")))})
