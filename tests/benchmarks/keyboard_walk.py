"""A whole file answered by keyboard alone: strokes for an answer, the slowest frame, how long a save is seen to take.

A scripted user answers the whole-file template in a real window through key events to whatever has the focus: 35 % N/A
where it is offered, 4 % put right afterwards.
"""

import os
import random
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure, percentile, timed

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from auditor.desktop.pages.audits.desk import Desk
    from auditor.domain.template import Question
    from auditor.services.session import Session
    from tests.kit import House

NOT_APPLICABLE, CORRECTED = 0.35, 0.04
_PERIOD = (date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1))
_FOLLOWS_MS = 100
"""Guidance follows a question after 40 ms; within this time everything that belongs to a key has been painted."""
_DWELL_MS = 30  # before the desk goes on by itself; a person has 150 ms
_NOTHING_MS = 1
_IN_MS = 1_000


@dataclass
class Walk:
    """What was measured on the way, in milliseconds."""

    frames: list[float] = field(default_factory=list)
    """Every turn of the event loop in which something was done, and every key press."""
    busy: list[float] = field(default_factory=list)
    """The same in processor time of the window's thread, which other work on the machine does not stretch."""
    saves: list[float] = field(default_factory=list)
    """From the key to the answer on disk and painted."""
    first_shown: list[float] = field(default_factory=list)
    revisited: list[float] = field(default_factory=list)
    strokes: int = 0
    choices: int = 0
    answered: int = 0


class _User:
    """Presses keys in the window and looks at nothing but the current question."""

    def __init__(self, app: "QApplication", desk: "Desk", chance: random.Random) -> None:
        self._app, self._desk, self._chance = app, desk, chance
        self.walk = Walk()

    def begin(self) -> None:
        """Wait until the desk stands, its first checks included."""
        while self._desk.state.checks is None:
            self._settle()
        self._settle()
        self.walk = Walk()

    def answer_all(self) -> None:
        """Answer until no blank is left; a section that is not for the case is gone to by number."""
        from PySide6.QtCore import Qt

        seen: set[str] = set()
        while left := [q for q in self._desk.state.view.blanks if q.id not in seen]:
            begun = self.walk.strokes
            if self._done(seen):
                self._press(Qt.Key.Key_Escape)
                self._press(Qt.Key.Key_N)
            if self._done(seen):
                # Nobody is asked these here; they are answered to measure every question, and the way to them is not.
                self._go_to(left[0].number)
                self.walk.strokes = begun
            seen.add(self._now.id)
            self._answer_one(self._now, begun)

    def _done(self, seen: set[str]) -> bool:
        return self._now.id in seen or self._desk.state.view.is_answered(self._now)

    def _answer_one(self, question: "Question", begun: int) -> None:
        """Answer, wait until the desk has gone on by itself, and count."""
        from auditor.domain.template import AnswerType

        section = self._desk.section_id
        self._answer(question)
        took = self._settle()
        if self._desk.section_id != section:
            self.walk.first_shown.append(max(took, self.walk.frames[-1]))
        self.walk.answered += self._desk.state.view.is_answered(question)
        if question.type in (AnswerType.CHOICE, AnswerType.GRADE):
            self.walk.choices += 1
        else:
            self.walk.strokes = begun

    def revisit(self, sections: int) -> None:
        """Back through the sections that were shown before."""
        from PySide6.QtCore import Qt

        for _ in range(sections):
            section, begun = self._desk.section_id, self.walk.strokes
            took = self._press(Qt.Key.Key_PageUp)
            self.walk.strokes = begun
            if self._desk.section_id != section:
                self.walk.revisited.append(took)

    def _answer(self, question: "Question") -> None:
        from PySide6.QtCore import Qt

        from auditor.domain.template import AnswerType

        if question.na_allowed and self._chance.random() < NOT_APPLICABLE:
            if question.type not in (AnswerType.CHOICE, AnswerType.GRADE, AnswerType.CHOICES):
                self._press(Qt.Key.Key_Escape)
            self._press(Qt.Key.Key_0)
            self._save(Qt.Key.Key_1)
        elif question.type in (AnswerType.CHOICE, AnswerType.GRADE):
            self._choose(question)
            if self._chance.random() < CORRECTED:
                self._settle()
                self._press(Qt.Key.Key_Backspace)
                self._choose(question)
        elif question.type is AnswerType.CHOICES:
            self._choose(question)
            self._press(Qt.Key.Key_Return)
        else:
            self._type(question)

    def _choose(self, question: "Question") -> None:
        from auditor.desktop.questions.choices import choices_of
        from auditor.desktop.widgets.answer_keys import caps_for

        cap = self._chance.choice(caps_for(choices_of(question)))
        for letter in cap[:-1]:
            self._press(letter)
        self._save(cap[-1])

    def _type(self, question: "Question") -> None:
        from PySide6.QtCore import Qt

        from auditor.domain.template import AnswerType

        day = f"{self._chance.randint(1, 28)}/{self._chance.randint(5, 10)}"
        typed = {AnswerType.DATE: day, AnswerType.DATETIME: f"{day} 14:30", AnswerType.TEXT: "Visits were kept up."}
        for letter in typed.get(question.type, str(self._chance.randint(0, 9))):
            self._press(letter)
        modifiers = Qt.KeyboardModifier
        several = question.type is AnswerType.TEXT
        self._save(Qt.Key.Key_Return, modifiers.ControlModifier if several else modifiers.NoModifier)

    def _go_to(self, number: str) -> None:
        from PySide6.QtCore import Qt

        self._press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        for letter in number:
            self._press(letter)
        self._press(Qt.Key.Key_Return)

    def _save(self, key: "Qt.Key | str", modifiers: "Qt.KeyboardModifier | None" = None) -> None:
        self.walk.saves.append(self._press(key, modifiers))

    def _press(self, key: "Qt.Key | str", modifiers: "Qt.KeyboardModifier | None" = None) -> float:
        """One key, until what it changed is painted."""
        from PySide6.QtCore import QCoreApplication, Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        focused = QApplication.focusWidget()
        assert focused is not None
        begun, busy = time.perf_counter(), time.thread_time()
        QTest.keyClick(focused, _key(key), modifiers or Qt.KeyboardModifier.NoModifier)
        # Paint requests are posted events, so all that is to be seen of the key is painted after this.
        QCoreApplication.sendPostedEvents()
        took = (time.perf_counter() - begun) * _IN_MS
        self.walk.frames.append(took)
        self.walk.busy.append((time.thread_time() - busy) * _IN_MS)
        self.walk.strokes += 1
        self._turn()
        return took

    def _settle(self) -> float:
        """Let everything that follows happen; gives the longest turn of the event loop."""
        longest, until = 0.0, time.perf_counter() + _FOLLOWS_MS / _IN_MS
        while time.perf_counter() < until:
            time.sleep(0.001)
            longest = max(longest, self._turn())
        return max(longest, self._turn())

    def _turn(self) -> float:
        begun, busy = time.perf_counter(), time.thread_time()
        self._app.processEvents()
        took = (time.perf_counter() - begun) * _IN_MS
        if took > _NOTHING_MS:
            self.walk.frames.append(took)
            self.walk.busy.append((time.thread_time() - busy) * _IN_MS)
        return took

    @property
    def _now(self) -> "Question":
        assert self._desk.row is not None
        return self._desk.row.question


def _key(key: "Qt.Key | str") -> "Qt.Key":
    from PySide6.QtCore import Qt

    return Qt.Key(ord(key.upper())) if isinstance(key, str) else key


def run() -> list[Figure]:
    """One walk, with the same answers recorded without a window as the baseline of a save."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from auditor.desktop.pages.audits import desk_moves
    from auditor.services.templates import KeepTemplate, keep_template, shipped_templates
    from tests.kit import open_house

    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder)) as house:
        template = house.lead.do(keep_template, KeepTemplate(shipped_templates()[0].plain)).made
        audits, auditor = _audits(house, template)
        dwell, desk_moves.DWELL_MS = desk_moves.DWELL_MS, _DWELL_MS
        try:
            walk = _walk_through(auditor, audits[0])
        finally:
            desk_moves.DWELL_MS = dwell
        bare = _without_window(auditor, audits)
    return _figures(walk, bare)


def _audits(house: "House", template: str) -> tuple[tuple[str, str], "Session"]:
    """Two audits of one auditor: one for the window, one to record the same without it."""
    from auditor.domain.roles import Role
    from auditor.services import cycles

    auditor, partner = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle = house.lead.do(cycles.create_cycle, cycles.CreateCycle("Bench (sample)", template, *_PERIOD)).made
    cases = tuple(cycles.NewCase(reference) for reference in ("CF-01", "CF-02"))
    house.lead.do(cycles.add_cases, cycles.AddCases(cycle, cases))
    return (house.give(cycle, "CF-01", auditor, partner), house.give(cycle, "CF-02", auditor, partner)), auditor


def _walk_through(auditor: "Session", audit_id: str) -> Walk:
    from PySide6.QtWidgets import QApplication

    from auditor.desktop.main_window import MainWindow
    from auditor.desktop.pages.audits.page import AuditsPage
    from auditor.desktop.theme import theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme().install(app)
    window = MainWindow()
    page = AuditsPage(window.operations, auditor, lambda: date(2026, 11, 24))
    window.add_page(page)
    window.show()
    window.activateWindow()
    window.show_page("audits", audit_id)
    assert page.desk is not None
    user = _User(app, page.desk, random.Random(7))
    user.begin()
    user.answer_all()
    user.revisit(len(page.desk.state.sections))
    window.close()
    return user.walk


def _without_window(auditor: "Session", audits: tuple[str, str]) -> list[float]:
    """How long the service alone takes for the same answers."""
    from auditor.services.scoring import RecordAnswer, desk, record_answer

    answers = {question_id: entry.answer for question_id, entry in auditor.ask(desk, audits[0]).entries.items()}

    def recording(question_id: str) -> float:
        command = RecordAnswer(audits[1], question_id, answers[question_id])
        return timed(lambda: auditor.do(record_answer, command))

    return [recording(question_id) for question_id in answers]


def _figures(walk: Walk, bare: list[float]) -> list[Figure]:
    alone = "the service without a window"
    return [
        Figure("whole file by keyboard: questions answered", walk.answered, unit="questions"),
        Figure("strokes for a choice answer", walk.strokes / walk.choices, aim="<= 1.3", unit="strokes"),
        Figure("key to answer on disk and painted, p50", percentile(walk.saves, 50), alone, percentile(bare, 50)),
        Figure("key to answer on disk and painted, p95", percentile(walk.saves, 95), alone, percentile(bare, 95)),
        Figure("turn of the event loop, p50", percentile(walk.frames, 50), aim="< 16 ms"),
        Figure("turn of the event loop, p99", percentile(walk.frames, 99)),
        Figure("turn of the event loop, slowest", max(walk.frames), aim="< 50 ms"),
        Figure("the same in processor time, p50", percentile(walk.busy, 50), aim="< 16 ms"),
        Figure("the same in processor time, slowest", max(walk.busy), aim="< 50 ms"),
        Figure("next section shown on the way, p50", percentile(walk.first_shown, 50), aim="<= 35 ms"),
        Figure("section before shown again (PgUp), p50", percentile(walk.revisited, 50), aim="<= 16 ms"),
    ]
