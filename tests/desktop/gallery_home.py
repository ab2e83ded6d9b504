"""Home and an empty page of the gallery. All names in it are invented."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from auditor.desktop.marks import ANSWERS, GOOD_PRACTICE, GRADES, RAG, Meaning
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip, IconChip
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.labels import IconLabel, Label, MarkLabel, rule
from auditor.desktop.widgets.panel import Panel, PanelHead
from auditor.desktop.widgets.progress import Bar, Part, PartsBar
from auditor.desktop.widgets.toggles import Tabs
from tests.desktop.gallery_base import Still


class Home(Still):
    page_id, title, icon = "home", "Home", "home"

    def build(self) -> None:
        self.header.set_facts("Tuesday 24/11/2026")
        self.header.add_button(Button("Open a pack…", icon="exchange"))
        self.header.add_button(Button("New audit", icon="plus"))
        line = QHBoxLayout()
        line.setContentsMargins(20, 16, 20, 16)
        line.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(12)
        right.setSpacing(12)
        line.addLayout(left, 5)
        line.addLayout(right, 2)
        self.content.addLayout(line, 1)
        left.addWidget(self._go_on())
        left.addWidget(self._waiting(), 1)
        right.addWidget(self._cycle())
        right.addStretch(1)

    def _go_on(self) -> Panel:
        panel = Panel()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconLabel("audits", "accent", px=20))
        words = QVBoxLayout()
        words.setSpacing(4)
        first = QHBoxLayout()
        first.addWidget(Label("CF-07 · Core or single assessments", "h2"))
        first.addWidget(IconChip("eye-off", "Blind"))
        first.addStretch(1)
        words.addLayout(first)
        words.addWidget(Label("You stopped at 4.18, “Is the nature, level and likelihood…” · today 10:42", "muted"))
        bar_line = QHBoxLayout()
        bar = Bar("Answered")
        bar.set_share(36, 104)
        bar.setFixedWidth(220)
        bar_line.addWidget(bar)
        bar_line.addWidget(Label("36 of 104 questions · 31 min so far", "caption"))
        bar_line.addStretch(1)
        words.addLayout(bar_line)
        row.addLayout(words, 1)
        self.go_on = Button("Continue", "p")
        row.addWidget(self.go_on)
        panel.body.addLayout(row)
        return panel

    def _waiting(self) -> Panel:
        panel = Panel(margins=(0, 8, 0, 8), spacing=0)
        head = PanelHead("Waiting for you")
        head.setContentsMargins(16, 0, 16, 0)
        tabs = Tabs("Hats")
        for tab_id, title, count in (("all", "All", 9), ("a", "As auditor", 3), ("q", "As QA lead", 3)):
            tabs.add(tab_id, title, count)
        head.right(tabs)
        panel.body.addWidget(head)
        panel.body.addWidget(rule())
        rows: list[tuple[Meaning, str, str, str, str, str]] = [
            (
                ANSWERS["partly"],
                "CF-03: agree answers with B. Auditor",
                "Both finished",
                "27/11/2026",
                "in 3 days",
                "soon",
            ),
            (
                GRADES[4],
                "CF-09: moderate, graded Inadequate",
                "Pair D. and E. Auditor",
                "25/11/2026",
                "tomorrow",
                "soon",
            ),
            (
                RAG["behind_schedule"],
                "Extension authorised before the limit",
                "A-019",
                "11/12/2026",
                "31 days late",
                "late",
            ),
            (RAG["complete"], "Verify: chronology template live", "A-009", "30/11/2026", "in 6 days", "caption"),
        ]
        for meaning, title, note, date, due, tone in rows:
            line = QHBoxLayout()
            line.setContentsMargins(16, 6, 12, 6)
            line.setSpacing(12)
            line.addWidget(MarkLabel(meaning.mark, meaning.colour))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(title, "h3"))
            words.addWidget(Label(note, "caption"))
            line.addLayout(words, 1)
            dates = QVBoxLayout()
            dates.setSpacing(0)
            dates.addWidget(Label(date, "text2"), 0, Qt.AlignmentFlag.AlignRight)
            dates.addWidget(Label(due, tone), 0, Qt.AlignmentFlag.AlignRight)
            line.addLayout(dates)
            line.addWidget(Button("Reconcile", "small"))
            panel.body.addLayout(line)
        panel.body.addStretch(1)
        return panel

    def _cycle(self) -> Panel:
        panel = Panel()
        head = PanelHead("Autumn 2026 · 14 cases, 7 pairs", "label")
        head.right(Button("Open", "link"))
        panel.body.addWidget(head)
        bar = PartsBar("Audits")
        bar.set_parts(
            [
                Part(7, "good", "agreed"),
                Part(4, "accent", "to reconcile"),
                Part(2, "ctl", "scored"),
                Part(1, "line", "-"),
            ]
        )
        panel.body.addWidget(bar)
        for index in (1, 2, 3, 4):
            panel.body.addWidget(Chip(GRADES[index]))
        for meaning in (*RAG.values(), GOOD_PRACTICE):
            panel.body.addWidget(Chip(meaning))
        return panel


class Empty(Still):
    page_id, title, icon = "findings", "Findings", "findings"

    def build(self) -> None:
        ways = [
            Way(
                "exchange",
                "A colleague has sent me a pack",
                "Your cases arrive in one file. About a minute.",
                "Open a pack…",
            ),
            Way(
                "cycles",
                "I am starting a cycle as QA lead",
                "Choose a template, draw the sample. About ten minutes.",
                "New cycle…",
            ),
            Way(
                "findings",
                "I want to look around first",
                "14 invented cases, labelled as sample data.",
                "Use sample data",
            ),
        ]
        sentence = (
            "This workspace has no cycle. A cycle holds audits made together: a template, a sample of cases and the "
            "pairs who read them."
        )
        self.empty = EmptyState(
            "Nothing waits for you yet", sentence, ways, foot="Everything stays encrypted on this computer."
        )
        self.content.addWidget(self.empty, 1)
