"""The questions of a section, or one question, as they can be read before anybody answers them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import LIMITS_GRADE
from auditor.desktop.models.rule_rows import area_words, rules_of
from auditor.desktop.models.template_rows import answers_words, kind_words, theme_words
from auditor.desktop.widgets.chip import IconChip, note_chip
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.labels import Label, WrapLabel, led, rule
from auditor.desktop.words import many
from auditor.domain.limits import grade_words
from auditor.domain.template import Question, Section, Template, Tier


class PreviewDrawer(Drawer):
    """Reads out a section or a question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Questions to read", parent=parent)

    def show_section(self, template: Template, section: Section) -> None:
        """All questions of a section, one below the other."""
        self.clear()
        count = sum(1 for question in section.questions if question.asked)
        self.head.addWidget(WrapLabel(many(count, "question"), "caption"))
        if section.purpose:
            self.head.addWidget(WrapLabel(section.purpose, "caption2"))
        self._questions(template, [question for question in section.questions if question.asked])

    def show_question(self, template: Template, question: Question) -> None:
        """One question with the meaning of each answer and its guidance."""
        self.clear()
        self.head.addWidget(WrapLabel(template.section_of[question.id].title, "caption"))
        self._questions(template, [question])
        self._facts(template, question)
        if question.guidance:
            self._part("Guidance")
            self.body.addWidget(WrapLabel(question.guidance))
        if question.evidence:
            self._part("Look for")
            self.body.addWidget(WrapLabel(question.evidence))
        described = [option for option in question.options if option.descriptor]
        if described:
            self._part("What each answer means")
            for option in described:
                self.body.addWidget(WrapLabel(led(f"{option.label}.", option.descriptor), "caption2", rich=True))
        rules = rules_of(template, question)
        if rules:
            self._part("Rules that read it")
            for row in rules:
                self.body.addWidget(WrapLabel(led(f"{row.kind} {row.id}.", row.words), "caption2", rich=True))

    def show_words(self, lines: Sequence[tuple[str, str]]) -> None:
        """Words in full, each under its heading; what is empty is left out."""
        self.clear()
        for title, words in lines:
            if words:
                self.body.addWidget(Label(title, "label"))
                self.body.addWidget(WrapLabel(words))

    def _part(self, title: str) -> None:
        self.body.addWidget(rule())
        self.body.addWidget(Label(title, "label"))

    def _facts(self, template: Template, question: Question) -> None:
        who = "Business support, or either auditor once for both" if question.is_fact else "Each auditor"
        asked = "Only if its condition holds" if question.relevant else ""
        areas = area_words(template, question)
        for lead, rest in (("Completed by.", who), ("Practice areas.", areas), ("Asked.", asked)):
            if rest:
                self.body.addWidget(WrapLabel(led(lead, rest), "caption2", rich=True))
        if question.relevant:
            self.body.addWidget(WrapLabel(question.relevant, "caption"))

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
        chip = note_chip(
            LIMITS_GRADE.mark, limit_words(template, question.limiting), LIMITS_GRADE.colour, LIMITS_GRADE.tint
        )
        entry.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
    if question.immediate:
        urgent = IconChip("flag", "Raise concerns at once", colour="inadequate", tint="inadequate_tint")
        entry.addWidget(urgent, 0, Qt.AlignmentFlag.AlignLeft)
    return entry


def limit_words(template: Template, rule_id: str) -> str:
    """What failing a question with this limiting rule does to the overall grade, in the words of the template."""
    rule = next((rule for rule in template.limiting_rules if rule.id == rule_id), None)
    if rule is None or rule.caps_at is None:
        return "Limits the grade"
    return f"Limits the grade to {grade_words(template, rule.caps_at)}"
