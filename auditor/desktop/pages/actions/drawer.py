"""The drawer of one action: why it stands as it does, its life, notes and evidence, and what can be done next."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.marks import RAG
from auditor.desktop.models.action_rows import status_sentence
from auditor.desktop.pages.actions.acts import (
    ACCEPT,
    DONE,
    RETURN,
    UPDATE,
    VERIFY,
    WITHDRAW,
    Act,
    may_reassign,
    possible,
)
from auditor.desktop.pages.actions.life import life_of, origin_words
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.labels import IconLabel, Label, WrapLabel, rule
from auditor.desktop.widgets.progress import LifeSteps
from auditor.desktop.words import many
from auditor.domain.action import Step, StepTaken
from auditor.domain.roles import Person
from auditor.services.actions import ActionLine

NAMED = 3
"""So many names are said of those who could verify; the rest is only counted."""


class ActionDrawer(Drawer):
    """Shows an ActionLine. `act_asked(Act)`, `reassign_asked` and `audit_asked(audit id)` are for the page."""

    act_asked = Signal(object)
    reassign_asked = Signal()
    audit_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Action", parent=parent)
        self.line: ActionLine | None = None
        self.buttons: dict[str, Button] = {}

    def load(self, line: ActionLine, person: Person, today: date) -> None:
        """Show an action as `person` may see and move it."""
        self.line = line
        self.clear()
        self._head(line, today)
        self._life(line)
        self._acts(line, person)

    def _head(self, line: ActionLine, today: date) -> None:
        action = line.action
        where = " · ".join(part for part in (action.number, origin_words(line), line.theme_title) if part)
        self.head.addWidget(WrapLabel(where, "caption"))
        self.head.addWidget(Chip(RAG[line.status]))
        self.head.addWidget(WrapLabel(f"Owner {line.owner_name} · due {show_date(action.due)}", "caption2"))
        self.head.addWidget(WrapLabel(status_sentence(line, today), "caption"))

    def _life(self, line: ActionLine) -> None:
        self.body.addWidget(LifeSteps("Life of the action", life_of(line)))
        if line.action.intended_outcome:
            self._part("Intended outcome", [])
            self.body.addWidget(WrapLabel(line.action.intended_outcome))
        told = [(taken, name) for taken, name in zip(line.action.steps, line.step_names, strict=True)]
        evidence = [(taken, name) for taken, name in told if taken.evidence]
        notes = [(taken, name) for taken, name in told if taken.note]
        if evidence:
            self._part("Evidence", evidence)
            for taken, name in evidence:
                self._entry("document", taken.evidence, _by(taken, name))
        if notes:
            self._part("Notes", notes)
            for taken, name in reversed(notes):
                self._entry("comment", taken.note, f"{taken.step.words} · {_by(taken, name)}")

    def _part(self, title: str, entries: Sequence[object]) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(title, "label"))
        if entries:
            line.addWidget(Label(str(len(entries)), "caption"))
        line.addStretch(1)
        self.body.addWidget(rule())
        self.body.addLayout(line)

    def _entry(self, icon: str, text: str, note: str) -> None:
        line, words = QHBoxLayout(), QVBoxLayout()
        line.setSpacing(8)
        words.setSpacing(0)
        words.addWidget(WrapLabel(text))
        words.addWidget(WrapLabel(note, "caption"))
        line.addWidget(IconLabel(icon), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.body.addLayout(line)

    def _acts(self, line: ActionLine, person: Person) -> None:
        self.buttons = {}
        acts, done = possible(line.action, person), line.action.last.step is Step.DONE
        if done and line.why_not_verify:
            self.foot.addWidget(ReasonLine("You cannot verify this:", cannot_verify_words(line, person)))
        elif not acts and line.status.is_open:
            words = "the owner, or somebody who may raise actions, moves it on."
            self.foot.addWidget(ReasonLine("Nothing for you to do:", words))
        row = QHBoxLayout()
        row.setSpacing(10)
        if done:
            self._add(row, RETURN, blocked=line.why_not_verify)
            row.addStretch(1)
            self._add(row, VERIFY, filled=True, blocked=line.why_not_verify)
        else:
            for act in (ACCEPT, UPDATE):
                if act in acts:
                    self._add(row, act)
            row.addStretch(1)
            if DONE in acts:
                self._add(row, DONE, filled=True)
        self.foot.addLayout(row)
        self._links(line, person, withdraw=WITHDRAW in acts)

    def _links(self, line: ActionLine, person: Person, *, withdraw: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        if may_reassign(line.action, person):
            self.buttons["reassign"] = change = Button("Owner or date…", "link", name="Change owner or date")
            change.clicked.connect(self.reassign_asked)
            row.addWidget(change)
        if withdraw:
            self.buttons[WITHDRAW.step] = end = Button(WITHDRAW.word, "link")
            end.clicked.connect(lambda: self.act_asked.emit(WITHDRAW))
            row.addWidget(end)
        row.addStretch(1)
        if line.action.audit_id:
            self.buttons["audit"] = audit = Button("Open the audit", "link")
            audit.clicked.connect(lambda: self.audit_asked.emit(line.action.audit_id))
            row.addWidget(audit)
        self.foot.addLayout(row)

    def _add(self, row: QHBoxLayout, act: Act, *, filled: bool = False, blocked: str = "") -> None:
        button = Button(act.word, "p" if filled and not blocked else "")
        if blocked:
            button.block(blocked)
        button.clicked.connect(lambda: self.act_asked.emit(act))
        self.buttons[act.step] = button
        row.addWidget(button)


def cannot_verify_words(line: ActionLine, person: Person) -> str:
    """Why the person cannot verify the action, and who can."""
    done = line.action.done
    if done is not None and done.by == person.id:
        why = f"you recorded it as done on {show_date(done.on)}."
    elif line.action.owner_id == person.id:
        why = "you own it, so another person has to look."
    elif person.id in line.action.doers:
        why = "you worked on it, so another person has to look."
    else:
        why = f"{line.why_not_verify[:1].lower()}{line.why_not_verify[1:]}"
    return f"{why} {who_can_words(line.can_verify)}"


def who_can_words(names: Sequence[str]) -> str:
    """Who could verify, in a short sentence."""
    if not names:
        return "Nobody else here can yet: another manager, moderator or QA lead is needed."
    shown, rest = list(names[:NAMED]), len(names) - NAMED
    if rest > 0:
        shown.append(many(rest, "other"))
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
    return f"{listed} can."


def _by(taken: StepTaken, name: str) -> str:
    return f"{show_date(taken.on)} · {name}"
