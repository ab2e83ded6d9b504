"""One question as both answered it: its words, the scale line, the two answers, what each step of the scale means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import LIMITS_GRADE
from auditor.desktop.pages.reconcile.answer_card import AnswerCard
from auditor.desktop.pages.reconcile.descriptors import Descriptors
from auditor.desktop.pages.reconcile.scale_line import ScaleLine
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.domain.audit import Slot
from auditor.domain.reconciliation import Comparison
from auditor.services.reconciling import ReconcileView


class ComparisonView(QWidget):
    """`taken("A")` or `taken("B")` when one of the answers is to be the agreed one."""

    taken = Signal(str)

    def __init__(self, view: ReconcileView) -> None:
        super().__init__()
        self._where, self._question = Label("", "caption"), WrapLabel("", "question-now")
        self.siblings = WrapLabel("", "caption2")
        self._limits = Chip(LIMITS_GRADE, bold=False)
        self.scale, self.descriptors = ScaleLine(), Descriptors()
        self.card_a = AnswerCard("A", view.names[Slot.A], "←")
        self.card_b = AnswerCard("B", view.names[Slot.B], "→")
        self.card_a.taken.connect(lambda: self.taken.emit("A"))
        self.card_b.taken.connect(lambda: self.taken.emit("B"))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._where, 1)
        head.addWidget(self._limits)
        self._cards = QGridLayout()
        self._cards.setSpacing(12)
        self._cards.addWidget(self.card_a, 0, 0)
        self._cards.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._question)
        column.addWidget(self.siblings)
        column.addWidget(self.scale)
        column.addLayout(self._cards)
        column.addWidget(self.descriptors)

    def show_item(self, item: Comparison, view: ReconcileView) -> None:
        """Show this question."""
        question, template = item.question, view.template
        themes = ", ".join(template.theme_titles.get(theme, theme) for theme in question.themes)
        section = template.section_of[question.id]
        parts = (question.number, section.short or section.title, themes)
        self._where.setText(" · ".join(part for part in parts if part))
        self._question.setText(question.text)
        self._limits.setVisible(bool(question.limiting))
        said = view.siblings.get(question.id, "")
        self.siblings.setText(
            f"Brothers and sisters: {said}. The same event should have the same answer." if said else ""
        )
        self.siblings.setVisible(bool(said))
        self.scale.setVisible(ScaleLine.fits(item))
        if ScaleLine.fits(item):
            self.scale.show_comparison(item)
        for card, slot, entry in ((self.card_a, Slot.A, item.first), (self.card_b, Slot.B, item.second)):
            recorded = view.recorded[slot].get(question.id, "")
            through = view.through.get(slot, {}).get(question.id, "")
            card.show_entry(question, entry, recorded, may_take=view.may_agree, through=through)
        self.descriptors.show_question(item)

    def set_single(self, single: bool) -> None:
        """The two answers below one another at large text, else side by side."""
        self._cards.addWidget(self.card_b, *((1, 0) if single else (0, 1)))
        self._cards.setColumnStretch(1, 0 if single else 1)
