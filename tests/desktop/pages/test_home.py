"""Home on a real workspace: Enter resumes, rows lead where their verb is done, empty workspaces say how to begin."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.marks import RAG
from auditor.desktop.pages.home.page import HomePage
from auditor.desktop.pages.home.words import meaning_of
from auditor.desktop.words import backup_words, due_words
from auditor.domain.action import Status
from auditor.domain.roles import Role
from auditor.services import actions
from auditor.services.cycles import CreateCycle, NewCase, create_cycle
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template
from auditor.services.waiting import Hat, Verb, Waiting
from tests.desktop.pages.kit import click, focused, press, shown
from tests.kit import TODAY, House, answer, open_house, score_and_submit, small_plain


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def home_of(qtbot: QtBot, session: Session, house: House) -> tuple[MainWindow, HomePage, list[tuple[str, object]]]:
    window = shown(qtbot, lambda operations: HomePage(session, operations, info=house.opened.info, today=lambda: TODAY))
    page = window.page
    assert isinstance(page, HomePage)
    went: list[tuple[str, object]] = []
    page.go_to.disconnect(window.show_page)
    page.go_to.connect(lambda where, target: went.append((where, target)))
    return window, page, went


def test_enter_resumes_the_audit_worked_on_last(qtbot: QtBot, house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    answer(first, audit_id, "S01.03", "met")
    _, page, went = home_of(qtbot, first, house)
    assert page.resume is not None and page.resume.button.hasFocus()
    assert (page.resume.bar.value(), page.resume.bar.maximum()) == (1, 7)
    press(Qt.Key.Key_Return)
    assert went == [("audits", audit_id)]


def test_every_row_leads_to_where_its_verb_is_done(qtbot: QtBot, house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR, Role.MANAGER), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    to_agree, to_start = (house.give(cycle_id, case, first, second) for case in ("CF-01", "CF-02"))
    score_and_submit(first, to_agree)
    score_and_submit(second, to_agree)
    raised = second.do(
        actions.raise_action,
        actions.RaiseAction("Monthly supervision.", first.actor.id, date(2026, 11, 1), due=date(2026, 11, 20)),
    )
    _, page, went = home_of(qtbot, first, house)
    assert [row.row.verb for row in page.waiting.shown] == [Verb.RECONCILE, Verb.START, Verb.UPDATE]
    assert page.waiting.shown[0].button.hasFocus()
    assert [row.button.property("k") for row in page.waiting.shown] == ["p", "small", "small"]
    for row in page.waiting.shown:
        click(row.button)
    assert went == [("reconcile", to_agree), ("audits", to_start), ("actions", raised.made)]
    assert "late" in page.waiting.shown[2].button.accessibleName()


def test_the_lead_is_led_to_pairs_and_then_to_findings(qtbot: QtBot, house: House) -> None:
    cycle_id = house.cycle()
    _, page, went = home_of(qtbot, house.lead, house)
    (row,) = page.waiting.shown
    assert (row.row.hat, row.row.verb, row.row.detail) == (Hat.QA_LEAD, Verb.GIVE_OUT, "1 case without auditors")
    click(row.button)
    click(page.round.button)
    assert went == [("cycles", cycle_id), ("cycles", cycle_id)]


def test_a_tab_shows_one_hat_and_arrows_move_along_the_verbs(qtbot: QtBot, house: House) -> None:
    lead_and_auditor = house.add("A. Auditor", Role.AUDITOR, Role.QA_LEAD)
    partner = house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02", "CF-03"))
    for case in ("CF-01", "CF-02"):
        house.give(cycle_id, case, lead_and_auditor, partner)
    _, page, _ = home_of(qtbot, lead_and_auditor, house)
    assert len(page.waiting.shown) == 3
    press(Qt.Key.Key_Down)
    assert focused() is page.waiting.shown[1].button
    press(Qt.Key.Key_Up, times=3)
    assert focused() is page.waiting.shown[0].button
    page.waiting.tabs.choose(Hat.QA_LEAD.value)
    assert [row.row.verb for row in page.waiting.shown] == [Verb.GIVE_OUT]


def test_an_answer_elsewhere_refreshes_home_and_keeps_the_focus(qtbot: QtBot, house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    audits = [house.give(cycle_id, case, first, second) for case in ("CF-01", "CF-02")]
    answer(first, audits[0], "S01.03", "met")
    _, page, _ = home_of(qtbot, first, house)
    page.waiting.shown[0].button.setFocus()
    answer(first, audits[0], "S02.01", "met")
    page.refresh(None)
    assert page.resume is not None and page.resume.bar.value() == 2
    assert focused() is page.waiting.shown[0].button


@pytest.mark.parametrize(
    ("key", "leads_to"), [(Qt.Key.Key_1, ("cycles", "new")), (Qt.Key.Key_2, ("settings", "people"))]
)
def test_an_empty_workspace_says_how_to_begin(
    qtbot: QtBot, house: House, key: Qt.Key, leads_to: tuple[str, str]
) -> None:
    _, page, went = home_of(qtbot, house.lead, house)
    assert page.empty is not None and page.empty.buttons[0].hasFocus()
    press(key)
    assert went == [leads_to]
    with qtbot.waitSignal(page.sample_requested):
        press(Qt.Key.Key_3)


def test_an_auditor_in_an_empty_workspace_is_not_offered_what_is_not_theirs(qtbot: QtBot, house: House) -> None:
    _, page, _ = home_of(qtbot, house.add("A. Auditor", Role.AUDITOR), house)
    assert page.empty is not None
    assert [button.text() for button in page.empty.buttons] == ["Use sample data"]


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(-2, "2 days late", "inadequate"), (-59, "59 days late", "inadequate"), (-60, "2 months late", "inadequate"),
        (-800, "2 years late", "inadequate"), (-1, "1 day late", "inadequate"), (0, "today", "requires"),
     (1, "tomorrow", "requires"), (3, "in 3 days", "requires"), (4, "in 4 days", "muted")],
)  # fmt: skip
def test_when_something_is_due(days: int, words: str, tone: str) -> None:
    assert due_words(TODAY + timedelta(days), TODAY) == (words, tone)
    sample = ("", "muted") if days < 0 else (words, tone)
    assert due_words(TODAY + timedelta(days), TODAY, sample=True) == sample


def test_what_waits_in_a_sample_round_is_never_late(qtbot: QtBot, house: House) -> None:
    template_hash = house.lead.do(keep_template, KeepTemplate(small_plain())).made
    start, end, due = date(2013, 1, 1), date(2013, 6, 30), date(2013, 11, 1)
    for title, sample in (("Real", False), ("Invented", True)):
        cases = (NewCase(f"{title}-01"),)
        command = CreateCycle(title, template_hash, start, end, due, sample=sample, cases=cases)
        house.lead.do(create_cycle, command)
    _, page, _ = home_of(qtbot, house.lead, house)
    said = {row.row.title: words_in(row) for row in page.waiting.shown}
    assert "13 years late" in said["Real: make the pairs"]
    assert "late" not in said["Invented: make the pairs"]


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_marks_say_the_status_of_an_action() -> None:
    row = Waiting(Hat.MANAGER, Verb.UPDATE, "id", "Title", "Detail", TODAY, None, Status.BEHIND)
    assert meaning_of(row) is RAG["behind_schedule"]


def test_the_last_backup_is_told_by_this_computers_clock() -> None:
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert backup_words(now - timedelta(hours=3), now) == "Backed up today at 09:00, checked"
    assert backup_words(now - timedelta(days=2), now) == "Backed up on 22/11/2026, checked"
    assert "Not backed up" in backup_words(None, now)


def test_the_card_shows_the_newest_cycle_with_audits(qtbot: QtBot, house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    begun = house.cycle("Autumn sample")
    house.give(begun, "CF-01", first, second)
    house.cycle("Winter sample")
    _, page, went = home_of(qtbot, first, house)
    click(page.round.button)
    assert went == [("cycles", begun)]


def test_a_backup_made_elsewhere_is_told_on_the_way_back(qtbot: QtBot, house: House) -> None:
    house.cycle()
    window, page, _ = home_of(qtbot, house.lead, house)
    assert page.backup.words.text().startswith("Not backed up yet")
    house.opened.back_up()
    window.show_page("home")
    assert page.backup.words.text().startswith("Backed up")
