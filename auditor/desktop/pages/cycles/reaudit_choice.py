"""In step 1 of a new cycle: whether it reads an earlier cycle once more, and what that would take."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.widgets.fields import Combo, Field
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.words import many
from auditor.services.reaudit import ReauditPlan

NONE = ""
_MOST = 12


class ReauditChoice(QWidget):
    """`changed` when another cycle, or none, is to be read once more. Hidden where there is none to choose."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plans: dict[str, ReauditPlan] = {}
        self.wanted = NONE
        """The cycle a person chose; it may be asked for before the cycles are read."""
        self.earlier = Combo("Re-audit of")
        self.earlier.picked.connect(self.pick)
        self.about = WrapLabel("", "caption2")
        hint = "The sections graded 3 or 4 in an earlier cycle, read once more: its cases and questions are taken over."
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Field("Re-audit of", self.earlier, hint=hint))
        about = QVBoxLayout()
        about.setContentsMargins(4, 0, 4, 4)
        about.addWidget(self.about)
        column.addLayout(about)
        self.offer([])

    @property
    def plan(self) -> ReauditPlan | None:
        """What is read once more; None for a cycle of its own."""
        return self._plans.get(self.earlier.value)

    def offer(self, plans: Sequence[ReauditPlan]) -> None:
        """The cycles with something to read once more."""
        self._plans = {plan.first.id: plan for plan in plans}
        options = [(NONE, "No: new cases, or a template of your choice")]
        self.earlier.set_options([*options, *((plan.first.id, plan.first.title) for plan in plans)])
        self.setVisible(bool(plans))
        self.pick(self.wanted)

    def pick(self, cycle_id: str) -> None:
        """Choose a cycle to read once more; with an empty id, or one that is not offered, none."""
        self.wanted = cycle_id
        self.earlier.set_value(cycle_id if cycle_id in self._plans else NONE)
        plan = self.plan
        self.about.setText(plan_words(plan) if plan else "")
        self.about.setVisible(plan is not None)
        self.changed.emit()


def plan_words(plan: ReauditPlan) -> str:
    """What a re-audit would take, and what it leaves out."""
    named = [weak.words for weak in plan.cases[:_MOST]]
    if len(plan.cases) > _MOST:
        named.append(f"and {len(plan.cases) - _MOST} more")
    said = [f"{many(len(plan.cases), 'case')}: {', '.join(named)}."]
    if plan.sound:
        said.append(f"{many(plan.sound, 'case')} had no section graded 3 or 4.")
    if plan.open:
        said.append(f"{many(plan.open, 'audit')} not signed off yet, so not known.")
    return " ".join(said)
