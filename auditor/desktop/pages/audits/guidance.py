"""The drawer at the right of the desk: what each answer means, what the question limits, the actions of the audit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.marks import ANSWERS, LIMITS_GRADE, RAG, MarkKind
from auditor.desktop.pages.audits.check_list import fill_checks
from auditor.desktop.preferences import preferences
from auditor.desktop.questions.choices import meaning_of
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.labels import KeyCap, Label, MarkLabel, WrapLabel, led, rule, strong
from auditor.desktop.widgets.panel import Note, Scrolled, Surface, clear
from auditor.desktop.widgets.toggles import Tabs
from auditor.domain.limits import BY_MODERATOR, grade_words
from auditor.domain.template import Polarity, Question, Template
from auditor.domain.template_parts import LOOK_FOR
from auditor.services.actions import ActionLine
from auditor.services.checks import AuditChecks

_WIDTH = 296
_KEYS = (
    ("1–9", "answer"),
    ("0", "N/A + reason"),
    ("↑ ↓", "move"),
    ("", "next blank"),
    ("Bksp", "go back"),
    ("Ctrl+Z", "undo"),
)
_LONG_LIST = 9
_NO_ACTION = "No action yet. Press {} on a question to raise one from it."


class Guidance(Surface):
    """Follows the current question. `closed` when Esc or its button sends it away, where it can be."""

    closed = Signal()
    jumped = Signal(str)
    """The question that a check leads to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("drawer", parent=parent)
        self.setAccessibleName("Guidance")
        self._question: Question | None = None
        self._template: Template | None = None
        self._actions: Sequence[ActionLine] = ()
        self._checks: AuditChecks | None = None
        self.tabs = Tabs("Guidance, checks and actions")
        self.tabs.add("guidance", "Guidance")
        self.tabs.add("checks", "Checks")
        self.tabs.add("actions", "Actions", 0)
        self.tabs.chosen.connect(self._fill)
        self.close_button = Button("Close", "icon", icon="close", name="Close, Esc")
        self.close_button.clicked.connect(self.closed)
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 10, 0)
        line.addWidget(self.tabs, 1)
        line.addWidget(self.close_button)
        scrolled = Scrolled(margins=(16, 14, 16, 16), spacing=8)
        self._lines = scrolled.body
        self._foot = _key_foot()
        assert isinstance(self.body, QVBoxLayout)
        self.body.setContentsMargins(1, 0, 0, 0)
        self.body.addLayout(line)
        self.body.addWidget(rule())
        self.body.addWidget(scrolled, 1)
        self.body.addWidget(self._foot)
        theme().changed.connect(self._fit)
        self.set_closable(False)

    def set_closable(self, closable: bool) -> None:
        """Where it takes the place of something else it can be closed and needs no keys at its foot."""
        self.close_button.setVisible(closable)
        self._foot.setHidden(closable)
        self._closable = closable
        self._fit()

    def show_question(self, question: Question | None, template: Template) -> None:
        """Guidance of this question."""
        self._question, self._template = question, template
        if self.tabs.current == "guidance":
            self._fill("guidance")

    def show_actions(self, actions: Sequence[ActionLine]) -> None:
        """The actions of the audit that may be seen here."""
        self._actions = actions
        self.tabs.set_count("actions", len(actions))
        if self.tabs.current == "actions":
            self._fill("actions")

    def show_checks(self, found: AuditChecks, template: Template) -> None:
        """What the rules say of the audit."""
        if found == self._checks:
            return
        self._checks, self._template = found, template
        self.tabs.set_count("checks", len(found.findings) + len(found.across))
        if self.tabs.current == "checks":
            self._fill("checks")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._closable:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self, tab: str) -> None:
        clear(self._lines)
        if tab == "actions":
            self._fill_actions()
        elif tab == "checks":
            if self._checks is not None and self._template is not None:
                fill_checks(self._lines, self._checks, self._template, self.jumped.emit)
            else:
                self._lines.addWidget(WrapLabel("The answers are being looked through.", "caption"))
        elif self._question is not None and self._template is not None:
            self._fill_guidance(self._question, self._template)

    def _fill_guidance(self, question: Question, template: Template) -> None:
        themes = ", ".join(template.theme_titles.get(theme_id, theme_id) for theme_id in question.themes)
        self._lines.addWidget(WrapLabel(" · ".join(part for part in (question.number, themes) if part), "label"))
        if question.guidance:
            self._lines.addWidget(WrapLabel(question.guidance, "caption2"))
        if question.evidence:
            self._lines.addWidget(WrapLabel(led(LOOK_FOR.strip(), question.evidence), "caption2", rich=True))
        described = [option for option in question.options if option.descriptor]
        for option in described if len(question.options) <= _LONG_LIST else ():
            meaning = meaning_of(question, option)
            line = QHBoxLayout()
            line.setSpacing(8)
            if meaning is not None:
                line.addWidget(MarkLabel(meaning.mark, meaning.colour, px=14), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(WrapLabel(led(option.label, option.descriptor), "caption2", rich=True), 1)
            self._lines.addLayout(line)
        if len(question.options) > _LONG_LIST:
            self._lines.addWidget(WrapLabel("Two letters choose. Esc first, for the keys of the desk.", "caption"))
        if question.limiting:
            self._lines.addWidget(_limit_note(question, template))
        if not (question.guidance or question.evidence or described):
            self._lines.addWidget(WrapLabel("Record what the file says.", "caption"))

    def _fill_actions(self) -> None:
        if not self._actions:
            self._lines.addWidget(WrapLabel(_NO_ACTION.format(preferences().letter("action")), "caption"))
        for line in self._actions:
            question = self._template.by_id.get(line.action.question_id) if self._template else None
            where = f" · {question.number}" if question else ""
            self._lines.addWidget(WrapLabel(strong(f"{line.action.number}{where}"), "caption2", rich=True))
            self._lines.addWidget(WrapLabel(line.action.text))
            self._lines.addWidget(WrapLabel(f"{line.owner_name} · due {show_date(line.action.due)}", "caption"))
            meaning = RAG.get(line.status.value)
            if meaning is not None:
                self._lines.addWidget(Chip(meaning), 0, Qt.AlignmentFlag.AlignLeft)
            self._lines.addWidget(rule())

    def _fit(self) -> None:
        self.setMinimumWidth(_WIDTH)
        self.setMaximumWidth(16_777_215 if self._closable else _WIDTH)


def limit_words(question: Question, template: Template) -> str:
    """What a failed limiting question does to the overall grade, as the template's own rule says it."""
    failed = ANSWERS["yes"] if question.polarity is Polarity.NEGATIVE else ANSWERS["not_met"]
    failing = next(
        (option.label for option in question.options if option.stands_for.value in ("not_met", "no")), failed.word
    )
    if question.polarity is Polarity.NEGATIVE:
        failing = next((option.label for option in question.options if option.stands_for.value == "yes"), failing)
    rule = next((known for known in template.limiting_rules if known.id == question.limiting), None)
    if rule is None or rule.caps_at is None:
        return f"{failing} here is looked at before the overall grade is given."
    unless = "a moderator sets the limit aside" if rule.id == BY_MODERATOR else "a reason is recorded"
    return f"{failing} here: overall no better than {grade_words(template, rule.caps_at)}, unless {unless}."


def _limit_note(question: Question, template: Template) -> Note:
    words = limit_words(question, template)
    return Note("Limits the overall grade", words, lead=MarkLabel(MarkKind.WARNING, LIMITS_GRADE.colour))


def _key_foot() -> Surface:
    foot = Surface("foot", margins=(16, 10, 16, 10))
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(6)
    for number, (key, what) in enumerate(_KEYS):
        line, column = divmod(number, 2)
        grid.addWidget(KeyCap(key or preferences().letter("blank")), line, column * 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(what, "caption2"), line, column * 2 + 1)
        grid.setColumnStretch(column * 2 + 1, 1)
    foot.body.addLayout(grid)
    return foot
