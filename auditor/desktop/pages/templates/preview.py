"""The questions of a section, or one question, as they can be read before anybody answers them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import LIMITS_GRADE
from auditor.desktop.models.template_rows import answers_words, kind_words, theme_words
from auditor.desktop.widgets.chip import IconChip, note_chip
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.labels import Label, WrapLabel, led, rule
from auditor.domain.template import Question, Section, Template, Tier

_LIMITS = {"L1": "Limits the grade to Inadequate", "L2": "Limits the grade to Requires improvement"}


class PreviewDrawer(Drawer):
    """Reads out a section or a question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Questions to read", parent=parent)

    def show_section(self, template: Template, section: Section) -> None:
        """All questions of a section, one below the other."""
        self.clear()
        count = sum(1 for question in section.questions if question.asked)
        self.head.addWidget(WrapLabel(f"{'1 question' if count == 1 else f'{count} questions'}", "caption"))
        if section.purpose:
            self.head.addWidget(WrapLabel(section.purpose, "caption2"))
        self._questions(template, [question for question in section.questions if question.asked])

    def show_question(self, template: Template, question: Question) -> None:
        """One question with the meaning of each answer and its guidance."""
        self.clear()
        self.head.addWidget(WrapLabel(template.section_of[question.id].title, "caption"))
        self._questions(template, [question])
        if question.guidance:
            self.body.addWidget(rule())
            self.body.addWidget(Label("Guidance", "label"))
            self.body.addWidget(WrapLabel(question.guidance))
        described = [option for option in question.options if option.descriptor]
        if described:
            self.body.addWidget(rule())
            self.body.addWidget(Label("What each answer means", "label"))
            for option in described:
                self.body.addWidget(WrapLabel(led(f"{option.label}.", option.descriptor), "caption2", rich=True))

    def _questions(self, template: Template, questions: Sequence[Question]) -> None:
        # Laid out aside and put in at once: one entry after the other would lay the drawer out each time.
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for number, question in enumerate(questions):
            if number:
                column.addWidget(rule())
            column.addLayout(_entry(template, question))
        self.body.addWidget(holder)


def _entry(template: Template, question: Question) -> QVBoxLayout:
    entry, top = QVBoxLayout(), QHBoxLayout()
    entry.setSpacing(5)
    top.setSpacing(8)
    top.addWidget(Label(question.number, "label"))
    top.addWidget(Label(kind_words(question), "caption"))
    if question.tier is Tier.OPTIONAL:
        top.addWidget(Label("optional", "caption"))
    top.addStretch(1)
    entry.addLayout(top)
    entry.addWidget(WrapLabel(question.text, "question"))
    entry.addWidget(WrapLabel(answers_words(question), "caption2"))
    themes = theme_words(template, question)
    if themes:
        entry.addWidget(WrapLabel(f"Themes: {themes}" if "," in themes else f"Theme: {themes}", "caption"))
    if question.limiting:
        words = _LIMITS.get(question.limiting, "Limits the grade")
        chip = note_chip(LIMITS_GRADE.mark, words, LIMITS_GRADE.colour, LIMITS_GRADE.tint)
        entry.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
    if question.immediate:
        urgent = IconChip("flag", "Raise concerns at once", colour="inadequate", tint="inadequate_tint")
        entry.addWidget(urgent, 0, Qt.AlignmentFlag.AlignLeft)
    return entry
