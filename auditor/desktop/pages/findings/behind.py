"""The drawer behind a cell: the words first, then the answers, then the actions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.marks import ANSWERS, GOOD_PRACTICE, LIMITS_GRADE, PIES, RAG, Meaning
from auditor.desktop.models.matrix import Spot
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.labels import ElideLabel, Label, MarkLabel, WrapLabel, led, rule
from auditor.desktop.widgets.panel import clear
from auditor.domain.scoring import Outcome
from auditor.services.actions import ActionLine
from auditor.services.evidence import CellLine

MOST = 60
"""So many entries are shown of a cell over all cases; the rest stands behind the cells of single cases."""


@dataclass(frozen=True)
class Behind:
    """What the drawer shows of a cell. `note` is a line of facts about the case; `step` the heat, None where n/a."""

    spot: Spot
    lines: Sequence[CellLine]
    actions: Sequence[ActionLine]
    note: str = ""
    step: int | None = None


class BehindDrawer(Drawer):
    """Shows a `Behind`. `raise_asked` and `audit_asked(audit id)` are for the page."""

    raise_asked = Signal()
    audit_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What lies behind the cell", parent=parent)
        self._behind: Behind | None = None
        self._told: list[CellLine] = []
        for tab_id, title in (("words", "Words"), ("answers", "Answers"), ("actions", "Actions")):
            self.tabs.add(tab_id, title, 0)
        self.tabs.show()
        self.tabs.chosen.connect(lambda _tab: self._fill())

    @property
    def behind(self) -> Behind | None:
        """What is shown."""
        return self._behind

    def load(self, behind: Behind, *, may_raise: bool) -> None:
        """Show another cell, in the tab that is open."""
        self._behind = behind
        self._told = [line for line in behind.lines if line.words or line.reason]
        for tab_id, count in zip(("words", "answers", "actions"), self._counts(), strict=True):
            self.tabs.set_count(tab_id, count)
        self.clear()
        self._head(behind)
        self._foot_buttons(behind, may_raise)
        self._fill()

    def _counts(self) -> tuple[int, int, int]:
        assert self._behind is not None
        return len(self._told), len(self._behind.lines), len(self._behind.actions)

    def _head(self, behind: Behind) -> None:
        counted = [line for line in behind.lines if line.outcome is not Outcome.NA]
        issues = sum(1 for line in counted if line.outcome.is_issue)
        good = sum(1 for line in counted if line.good_practice)
        line = QHBoxLayout()
        line.setSpacing(8)
        if behind.step is not None:
            line.addWidget(MarkLabel(PIES[behind.step], "text2", px=14))
        rest = "questions with an issue" if behind.spot.audit_id else "answers with an issue"
        extra = f" · {good} good practice" if good else ""
        line.addWidget(WrapLabel(led(f"{issues:,} of {len(counted):,}", f"{rest}{extra}"), rich=True), 1)
        self.head.addLayout(line)
        if behind.note:
            self.head.addWidget(WrapLabel(behind.note, "caption"))

    def _foot_buttons(self, behind: Behind, may_raise: bool) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        if may_raise:
            act = Button("Raise an action…", icon="flag", name="Raise an action, A")
            act.clicked.connect(self.raise_asked)
            line.addWidget(act)
        line.addStretch(1)
        if behind.spot.audit_id:
            line.addWidget(self._open("Open the audit", behind.spot.audit_id))
        self.foot.addLayout(line)

    def _open(self, text: str, audit_id: str, case: str = "") -> Button:
        link = Button(text, "link", name=f"{text} {case}".strip())
        link.clicked.connect(lambda: self.audit_asked.emit(audit_id))
        return link

    def _fill(self) -> None:
        if self._behind is None:
            return
        clear(self.body)
        tab = self.tabs.current
        if tab == "actions":
            self._entries([_action(line) for line in self._behind.actions[:MOST]], len(self._behind.actions), tab)
            return
        lines = self._told if tab == "words" else list(self._behind.lines)
        make = self._words if tab == "words" else self._answer
        self._entries([make(line) for line in lines[:MOST]], len(lines), tab)

    def _entries(self, entries: list[QVBoxLayout], total: int, tab: str) -> None:
        # Laid out aside and put in at once: one entry after the other would lay the drawer out each time.
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if not entries:
            column.addWidget(WrapLabel(_NOTHING[tab], "muted"))
        for number, entry in enumerate(entries):
            if number:
                column.addWidget(rule())
            column.addLayout(entry)
        if total > len(entries):
            rest = f"{len(entries)} of {total:,} are shown. Open the cell of one case to read all of it."
            column.addWidget(rule())
            column.addWidget(WrapLabel(rest, "caption2"))
        self.body.addWidget(holder)

    def _words(self, line: CellLine) -> QVBoxLayout:
        entry = self._entry(line, right=" and ".join(_authors(line)))
        for words in line.words:
            by = f"{words.author}: " if len(_authors(line)) > 1 else ""
            entry.addWidget(WrapLabel(f"{by}“{words.text}”"))
        if line.reason:
            entry.addWidget(WrapLabel(f"Why it was agreed: {line.reason}", "caption2"))
        places = ", ".join(dict.fromkeys(words.location for words in line.words if words.location))
        entry.addLayout(self._place(line, f"{line.question.text}{f' · Evidence: {places}' if places else ''}"))
        return entry

    def _answer(self, line: CellLine) -> QVBoxLayout:
        entry = self._entry(line, right="")
        entry.addWidget(WrapLabel(line.question.text))
        why = f"Why it was agreed: {line.reason}" if line.reason else ""
        not_asked = line.answer if line.outcome is Outcome.NA else ""
        if why or not_asked or self._across:
            entry.addLayout(self._place(line, " · ".join(part for part in (not_asked, why) if part)))
        return entry

    @property
    def _across(self) -> bool:
        return self._behind is not None and not self._behind.spot.audit_id

    def _place(self, line: CellLine, note: str) -> QHBoxLayout:
        """A grey line below an entry; over all cases with the way to the audit it comes from."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(WrapLabel(note, "caption"), 1)
        if self._across:
            link = self._open("Open", line.audit_id, line.case_reference)
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _entry(self, line: CellLine, *, right: str) -> QVBoxLayout:
        entry, top = QVBoxLayout(), QHBoxLayout()
        entry.setSpacing(6)
        top.setSpacing(8)
        number = f"{line.case_reference} · {line.question.number}" if self._across else line.question.number
        top.addWidget(Label(number, "label"))
        top.addWidget(Chip(answer_meaning(line)))
        if line.good_practice:
            top.addWidget(MarkLabel(GOOD_PRACTICE.mark, GOOD_PRACTICE.colour, name=GOOD_PRACTICE.word))
        if line.question.limiting and line.outcome in (Outcome.NOT_MET, Outcome.UNFAVOURABLE):
            top.addWidget(MarkLabel(LIMITS_GRADE.mark, LIMITS_GRADE.colour, name=LIMITS_GRADE.word))
        top.addStretch(1)
        entry.addLayout(top)
        if right:
            top.addWidget(ElideLabel(right, "caption"))
        return entry


_NOTHING = {
    "words": "Nobody wrote a comment on these questions. The answers stand in the next tab.",
    "answers": "No answer of this kind was agreed.",
    "actions": "No action was raised here yet.",
}


def answer_meaning(line: CellLine) -> Meaning:
    """The chip of an effective answer: the mark of its outcome with the words of its own scale."""
    if line.outcome is Outcome.NA:
        return ANSWERS["na"]
    outcome = "no" if line.outcome is Outcome.UNFAVOURABLE else line.outcome.value
    return replace(ANSWERS[outcome], word=line.answer or line.outcome.words)


def _authors(line: CellLine) -> list[str]:
    return list(dict.fromkeys(words.author for words in line.words if words.author))


def _action(line: ActionLine) -> QVBoxLayout:
    entry, top = QVBoxLayout(), QHBoxLayout()
    entry.setSpacing(6)
    top.setSpacing(8)
    top.addWidget(Label(line.action.number, "label"))
    top.addWidget(Chip(RAG[line.status.value]))
    top.addStretch(1)
    entry.addLayout(top)
    entry.addWidget(WrapLabel(line.action.text))
    place = line.action.case_reference or "service level"
    entry.addWidget(WrapLabel(f"{line.owner_name} · due {show_date(line.action.due)} · {place}", "caption"))
    return entry
