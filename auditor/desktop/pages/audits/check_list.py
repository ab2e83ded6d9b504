"""The checks of an audit in the drawer: what holds the grade down, what contradicts itself, and where to look."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import ANSWERS, LIMITS_GRADE, MarkKind, Meaning
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label, MarkLabel, WrapLabel
from auditor.desktop.widgets.panel import Note
from auditor.domain.consistency import Finding, Severity
from auditor.domain.limits import BY_MODERATOR, Ceiling, grade_words, numbers_of
from auditor.domain.template import Template
from auditor.services.checks import AuditChecks
from auditor.services.cross_checks import CrossCheck

Jump = Callable[[str], None]

TO_PUT_RIGHT = Meaning(MarkKind.SQUARE_X, "To put right", ANSWERS["not_met"].colour, ANSWERS["not_met"].tint)
TO_LOOK_AT = Meaning(MarkKind.WARNING, "To look at", LIMITS_GRADE.colour, LIMITS_GRADE.tint)
_MEANINGS = {Severity.ERROR: TO_PUT_RIGHT, Severity.WARNING: TO_LOOK_AT}
_ACROSS, _MOST = 3, 15


def fill_checks(lines: QVBoxLayout, found: AuditChecks, template: Template, jump: Jump) -> None:
    """Put the checks into the drawer; `jump` takes a question id."""
    for words, questions in _limits(found.ceiling, template):
        mark = MarkLabel(MarkKind.WARNING, LIMITS_GRADE.colour)
        lines.addWidget(Note("Limits the overall grade", words, lead=mark))
        buttons = _jumps(questions, template, jump)
        buttons.setColumnStretch(_ACROSS, 1)
        lines.addLayout(buttons)
    for severity, meaning in _MEANINGS.items():
        grouped = [finding for finding in found.findings if finding.severity is severity]
        if grouped:
            lines.addWidget(Label(f"{meaning.word}  {len(grouped)}", "label"))
        for finding in grouped:
            lines.addWidget(_Check(finding, meaning, template, jump))
    if found.across:
        lines.addWidget(Label(f"Brothers and sisters  {len(found.across)}", "label"))
    for check in found.across:
        lines.addWidget(_Check(as_finding(check), TO_LOOK_AT, template, jump))
    if not (found.findings or found.across):
        lines.addWidget(WrapLabel("Nothing contradicts itself so far.", "caption"))
    if found.unknown:
        waiting = "1 more check waits" if found.unknown == 1 else f"{found.unknown} more checks wait"
        lines.addWidget(WrapLabel(f"{waiting} for answers.", "caption"))


def as_finding(check: CrossCheck) -> Finding:
    """A difference between audits as a check of this one."""
    return Finding("", check.title, Severity.WARNING, check.message, check.state, (check.question_id,))


class _Check(QWidget):
    """One finding: mark, title, message, and a button to each question it is about."""

    def __init__(self, finding: Finding, meaning: Meaning, template: Template, jump: Jump) -> None:
        super().__init__()
        self.setAccessibleName(f"{meaning.word}: {finding.title}. {finding.message}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(8)
        line.addWidget(MarkLabel(meaning.mark, meaning.colour, px=15), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(WrapLabel(finding.title, "h3"))
        column.addWidget(WrapLabel(finding.message, "caption2"))
        line.addLayout(column, 1)
        buttons = _jumps(finding.questions, template, jump)
        if len(finding.questions) == 1:
            line.addLayout(buttons)
            line.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        else:
            buttons.setColumnStretch(_ACROSS, 1)
            column.addLayout(buttons)


def _limits(found: Ceiling, template: Template) -> list[tuple[str, Sequence[str]]]:
    said: list[tuple[str, Sequence[str]]] = []
    for cap in found.caps:
        best = grade_words(template, cap.rule.caps_at or found.best)
        aside = "a moderator sets that aside" if cap.rule.id == BY_MODERATOR else "a reason is recorded"
        words = f"Because of {numbers_of(template, cap.questions)}: overall no better than {best}, unless {aside}."
        said.append((words, cap.questions))
    if found.must_raise and template.urgent_concern is not None:
        concern = template.urgent_concern.question
        words = f"Immediate concern in {numbers_of(template, found.immediate)}: sign-off waits until it is raised."
        said.append((words, [*found.immediate, concern]))
    return said


def _jumps(questions: Sequence[str], template: Template, jump: Jump) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(4, 4, 4, 4)
    grid.setSpacing(6)
    for number, question_id in enumerate(questions[:_MOST]):
        question = template.by_id[question_id]
        button = Button(question.number, "small", name=f"Go to {question.number}, {question.short or question.text}")
        button.clicked.connect(lambda _on=False, chosen=question_id: jump(chosen))
        row, column = divmod(number, _ACROSS)
        grid.addWidget(button, row, column)
    if len(questions) > _MOST:
        grid.addWidget(Label(f"and {len(questions) - _MOST} more", "caption"), _MOST // _ACROSS, 0, 1, _ACROSS)
    return grid
