"""The right of the editor: what the checks find, each leading to its part, and what was changed, to be taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import MarkKind
from auditor.desktop.models.draft_rows import holder_of, number_of, section_number
from auditor.desktop.pages.templates.editor.newer import NewerNote
from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.theme import Token
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label, MarkLabel, WrapLabel
from auditor.desktop.widgets.panel import Scrolled, clear
from auditor.desktop.words import many

if TYPE_CHECKING:
    from auditor.templates.judged import Found

MOST = 40
"""So many of a kind are listed; the rest is counted."""
_RULES = {"timescales": "time limit", "consistency": "check", "indicators": "indicator", "variant": "variant"}
"""What can be left out of a draft where it can no longer work."""
_GROUPS: tuple[tuple[str, str, MarkKind, Token], ...] = (
    ("error", "To put right", MarkKind.SQUARE_X, "inadequate"),
    ("warning", "Worth a look", MarkKind.WARNING, "requires"),
    ("hint", "How it reads", MarkKind.QUESTION_RING, "text2"),
)
_FIELDS = {
    "text": "wording", "guidance": "guidance", "evidence": "what to look for",
    "short": "short title", "title": "title", "purpose": "what it is for",
    "themes": "themes", "serves": "practice areas", "tier": "how much it is asked", "completed_by": "who answers",
    "na_allowed": "N/A allowed", "immediate": "immediate concern", "limiting": "the overall grade",
    "polarity": "how it counts", "relevant": "asked only if", "applies_if": "for which cases", "when": "condition",
    "label": "label", "descriptor": "what good looks like", "added": "added", "removed": "removed",
    "own_options": "answers of its own", "section": "section",
    "order": "order of its questions", "selection": "selection",
}  # fmt: skip


class CheckPane(Scrolled):
    """`wanted(part, id, key)` asks for a part and a field in it; `taken_back(key)` and `left_out(key)` for a change."""

    wanted = Signal(str, str, str)
    taken_back = Signal(str)
    left_out = Signal(str)

    def __init__(self, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 14, 16, 16), spacing=8, parent=parent)
        self._state = state
        self.newer = NewerNote(state)
        self.body.addWidget(self.newer)
        self.checks, self.changes, self.hints = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column in (self.checks, self.changes, self.hints):
            column.setSpacing(8)
            self.body.addLayout(column)
        self.show_found()
        self.show_changes()

    def show_found(self) -> None:
        """Show what was found last: what matters above what was changed, how the form reads below it."""
        clear(self.checks)
        clear(self.hints)
        self.checks.addWidget(Label("Checks", "h2"))
        found = self._state.found
        if not any(one.stops for one in found):
            words = "Nothing to put right." if self._state.judged_once else "The checks are run…"
            self.checks.addWidget(WrapLabel(words, "caption"))
        for severity, title, mark, colour in _GROUPS:
            column = self.hints if severity == "hint" else self.checks
            some = [one for one in found if one.problem.severity.value == severity]
            if some:
                column.addWidget(Label(f"{title}  {len(some)}", "label"))
            for one in some[:MOST]:
                column.addWidget(self._check(one, title, MarkLabel(mark, colour, px=15)))
            if len(some) > MOST:
                column.addWidget(Label(f"and {len(some) - MOST} more", "caption"))

    def show_changes(self) -> None:
        """Show what was changed since the master."""
        clear(self.changes)
        form = self._state.form
        self.changes.addWidget(Label(f"Changed since version {form.card.base_version}  {len(form.edits)}", "label"))
        for key in list(form.edits)[:MOST]:
            self.changes.addLayout(self._change(key, lost=key in form.lost))
        if len(form.edits) > MOST:
            self.changes.addWidget(Label(f"and {len(form.edits) - MOST} more", "caption"))
        if not form.edits:
            words = "Nothing yet. Every change is saved at once, and stands here to be taken back."
            self.changes.addWidget(WrapLabel(words, "caption"))

    def _check(self, one: "Found", title: str, mark: QWidget) -> QWidget:
        row = QWidget()
        # What has no form of its own is named: nothing leads there.
        named = f"{_RULES[one.part].capitalize()} {one.id}: " if one.part in _RULES else ""
        message = f"{named}{one.problem.message}"
        row.setAccessibleName(f"{title}: {message}")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(8)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(WrapLabel(message))
        column.addWidget(WrapLabel(one.problem.remedy, "caption2"))
        line.addLayout(column, 1)
        line.addWidget(self._way(one), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _way(self, one: "Found") -> Button:
        if one.part in _RULES:
            button = Button("Leave out", "small", name=f"Leave the {_RULES[one.part]} {one.id} out of the draft")
            button.clicked.connect(lambda: self.left_out.emit(f"{one.part}/{one.id}/removed"))
            return button
        part, holder = holder_of(self._state.form.plain, one.part, one.id)
        key = one.id if one.part == "option" else one.key
        button = Button(short_name(part, holder), "small", name=f"Go to {part_name(part, holder)}")
        button.clicked.connect(lambda: self.wanted.emit(part, holder, key))
        return button

    def _change(self, key: str, *, lost: bool) -> QHBoxLayout:
        part, _, rest = key.partition("/")
        one, _, field = rest.rpartition("/")
        line = QHBoxLayout()
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(8)
        words = f"{part_name(part, one)}: {_FIELDS.get(field, field)}"
        said = f"{words} · nothing there to change in this version" if lost else words
        line.addWidget(WrapLabel(said, "late" if lost else "caption2"), 1)
        button = Button("Take back", "small", name=f"Take back {words}")
        button.clicked.connect(lambda: self.taken_back.emit(key))
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line


def part_name(part: str, one: str) -> str:
    """A part in words, such as question 1.05."""
    if part == "question":
        return f"question {number_of(one)}"
    if part == "section":
        return f"section {section_number(one)}"
    if part == "option":
        owner, _, code = one.rpartition("/")
        return f"answer “{code}” of {number_of(owner) if '.' in owner else owner}"
    return "the template" if part == "form" else f"{_RULES.get(part, part)} {one}"


def short_name(part: str, one: str) -> str:
    """The same on a small button."""
    if part == "form":
        return "Template"
    return number_of(one) if part == "question" else section_number(one)


def stops_words(found: "Sequence[Found]") -> str:
    """What stands in the way of publishing; empty where nothing does."""
    count = sum(one.stops for one in found)
    return many(count, "thing to put right first", "things to put right first") if count else ""
