"""Time at the desk: what the clock counts, when it is recorded, and what the desk says of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audits import sitting as sitting_module
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.desktop.pages.audits.sitting_clock import SittingClock
from auditor.desktop.pages.audits.standing import Standing
from auditor.desktop.widgets.section_row import SectionRow
from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.services import plans, scoring
from tests.desktop.pages.desk_kit import Sitting, current, live, sitting
from tests.desktop.pages.kit import click, press, type_text
from tests.kit import answer


class Time:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def monotonic(self) -> float:
        """As the module `time` has it."""
        return self.now


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


def at(desk: Desk, time: Time) -> None:
    """Put the desk's clock on this time."""
    desk.sitting.clock = SittingClock(time)
    desk.sitting.begin()


def recorded(work: Sitting) -> dict[str, int]:
    return dict(work.first.ask(scoring.desk, work.audit_id).seconds)


def test_the_clock_counts_by_section_and_leaves_idling_out() -> None:
    time = Time()
    clock = SittingClock(time)
    clock.start("S01")
    time.now += 40
    clock.touch()
    time.now += 30
    clock.turn_to("S02")
    time.now += 600
    assert clock.seconds == {"S01": 70, "S02": 60}, "of a long pause the first minute counts"
    clock.touch()
    time.now += 5
    clock.stop()
    time.now += 900
    assert clock.seconds == {"S01": 70, "S02": 65}


def test_what_was_taken_is_not_given_again_and_parts_of_seconds_stay() -> None:
    time = Time()
    clock = SittingClock(time)
    clock.start("S01")
    time.now += 10.75
    assert clock.take() == {"S01": 10}
    assert clock.take() == {}
    time.now += 0.5
    assert clock.take() == {"S01": 1}


def test_leaving_the_desk_puts_the_time_on_disk(work: Sitting, qtbot: QtBot) -> None:
    desk, time = work.open(qtbot, at="S01.03"), Time()
    at(desk, time)
    time.now += 50
    desk.hide()
    assert recorded(work) == {"S01": 50}
    assert "S01" not in work.second.ask(scoring.desk, work.audit_id).seconds


def test_leafing_through_sections_writes_at_most_once_a_minute(
    work: Sitting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Time()
    monkeypatch.setattr(sitting_module, "time", time)
    desk = work.open(qtbot, at="S01.03")
    at(desk, time)
    time.now += 20
    desk.moves.step_section(1)
    assert recorded(work) == {}
    time.now += 45
    desk.moves.step_section(1)
    assert recorded(work) == {"S01": 20, "S02": 45}


def test_a_key_shows_that_somebody_is_there(work: Sitting, qtbot: QtBot) -> None:
    desk, time = work.open(qtbot, at="S01.03"), Time()
    at(desk, time)
    window = desk.window().windowHandle()
    for _ in range(3):
        time.now += 50
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, press)
    assert desk.sitting.seconds["S01"] == 150


def test_the_head_says_the_minutes_and_that_idle_time_is_left_out(work: Sitting, qtbot: QtBot) -> None:
    desk, time = work.open(qtbot, at="S01.03"), Time()
    at(desk, time)
    for _ in range(5):
        time.now += 55
        desk.sitting.clock.touch()
    page = desk.window().findChild(AuditsPage)
    assert page is not None
    page.chips.show_time()
    assert "4 min, idle time left out" in page.chips.time.accessibleName()
    assert desk.head.minutes.text() == "4 min here"


def test_time_goes_on_where_it_stopped(work: Sitting, qtbot: QtBot) -> None:
    desk, time = work.open(qtbot, at="S01.03"), Time()
    at(desk, time)
    time.now += 58
    desk.sitting.clock.touch()
    time.now += 10
    desk.window().close()
    again = work.open(qtbot, at="S01.03")
    assert again.sitting.minutes == 1


def test_finishing_keeps_the_time_of_the_last_section(work: Sitting, qtbot: QtBot) -> None:
    desk, time = work.open(qtbot, at="S01.03"), Time()
    at(desk, time)
    time.now += 30
    desk.moves.forms.open_finish()
    panel = desk.moves.forms.banner
    assert panel is not None
    panel.confirmed.emit("Short of time", "")  # type: ignore[union-attr]
    assert recorded(work) == {"S01": 30}


def test_a_finished_desk_offers_to_open_the_answers_again(work: Sitting, qtbot: QtBot) -> None:
    work.first.do(scoring.submit, scoring.Submit(work.audit_id, "Short of time"))
    desk = work.open(qtbot)
    page = desk.window().findChild(AuditsPage)
    assert page is not None
    standing = desk.findChild(Standing)
    assert standing is not None and standing.again.isVisible()
    click(standing.again)
    qtbot.waitUntil(lambda: page.desk is not None and not page.desk.state.why_closed)


def test_the_desk_says_who_took_over_and_why(work: Sitting, qtbot: QtBot) -> None:
    third = work.house.add("C. Auditor", Role.AUDITOR)
    command = plans.ReplaceAuditor(work.audit_id, work.first.actor.id, third.actor.id, "Away")
    answer(work.first, work.audit_id, "S01.03", "met")
    work.house.lead.do(plans.replace_auditor, command)
    desk = work.open(qtbot, third, at="S01.03")
    standing = desk.findChild(Standing)
    assert standing is not None and standing.isVisible()
    assert live(desk).typed_by == "Typed by A. Auditor"


def test_a_joint_desk_says_who_typed_each_answer(tmp_path: Path, qtbot: QtBot) -> None:
    with sitting(tmp_path, Mode.JOINT) as work:
        answer(work.second, work.audit_id, "S01.03", "met")
        desk = work.open(qtbot, at="S01.03")
        assert live(desk).typed_by == "Typed by B. Auditor"
        press(Qt.Key.Key_2)
        desk.show_question("S01.03")
        assert live(desk).typed_by == "Typed by A. Auditor"


def test_d_flags_for_discussion_asks_what_about_and_takes_it_back(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    press(Qt.Key.Key_D)
    assert work.entry("S01.03").flag == ""
    type_text("partly or not")
    press(Qt.Key.Key_Return)
    assert work.entry("S01.03").flag == "partly or not"
    assert current(desk) == "S01.03" and desk.head.flagged.isVisible()
    press(Qt.Key.Key_D)
    assert work.entry("S01.03").flag is None
    assert not desk.head.flagged.isVisible()
    press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert work.entry("S01.03").flag == "partly or not"
    assert work.entry("S01.03", work.second).flag is None


def test_only_what_is_flagged_is_shown_and_the_section_list_counts_it(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.02")
    desk.recorder.flag(desk.state.view.template.by_id["S02.02"], "")
    desk.refresh(None)
    click(desk.head.flagged)
    assert [row.question.id for row in desk.section_view.shown_rows()] == ["S02.02"]
    assert "1 to discuss" in " ".join(row.accessibleName() for row in desk.list.findChildren(SectionRow))
    click(desk.head.flagged)
    assert len(desk.section_view.shown_rows()) > 1


def test_words_of_a_flag_are_kept_when_the_question_is_left(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S01.03")
    press(Qt.Key.Key_D)
    type_text("why")
    desk.show_question("S02.01")
    assert work.entry("S01.03").flag == "why"


def test_alone_there_is_nobody_to_discuss_with(tmp_path: Path, qtbot: QtBot) -> None:
    with sitting(tmp_path, Mode.SINGLE) as work:
        desk = work.open(qtbot, at="S01.03")
        press(Qt.Key.Key_D)
        assert work.entry("S01.03").flag is None
        assert live(desk).notes.flag.isHidden()
