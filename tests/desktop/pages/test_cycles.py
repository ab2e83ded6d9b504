"""Cycles on a real workspace: a new round from list to pairs, pairs by keyboard, cases and their drawer, refusals."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.operations import Progress
from auditor.desktop.pages.cycles import new_round
from auditor.desktop.pages.cycles.cases_step import typed_cases
from auditor.desktop.pages.cycles.page import CyclesPage
from auditor.desktop.pages.cycles.proposals import free_title, proposed_due, proposed_period, proposed_title
from auditor.desktop.pages.cycles.what_step import Offer
from auditor.domain.audit import Mode, Stage
from auditor.domain.changes import Changes
from auditor.domain.programme import FactsBy
from auditor.domain.roles import Role
from auditor.services import cycles
from auditor.services.cycles import CycleView, NewCase
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template
from tests.desktop.pages.kit import click, focused, press, shown, type_text
from tests.kit import TODAY, House, answer, open_house, small_plain, small_template


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def one_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small template in place of the whole question bank, which takes long to read."""
    monkeypatch.setattr(
        new_round, "templates_offered", lambda _session: [Offer(small_template(), 4, small_plain(), ("CR08",))]
    )


def cycles_page(qtbot: QtBot, session: Session, chosen: Path | None = None) -> CyclesPage:
    window = shown(
        qtbot,
        lambda operations: CyclesPage(session, operations, today=lambda: TODAY, ask_file=lambda _parent: chosen),
    )
    page = window.page
    assert isinstance(page, CyclesPage)
    page.go_to.disconnect(window.show_page)
    return page


def only_cycle(session: Session) -> CycleView:
    (cycle,) = session.ask(cycles.all_cycles, None)
    return session.ask(cycles.cycle_view, cycle.id)


def wait_for_templates(qtbot: QtBot, page: CyclesPage) -> None:
    qtbot.waitUntil(lambda: page.round.what.template.count() > 0, timeout=10_000)


def test_a_round_from_a_list_of_cases_to_pairs(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    listed = tmp_path / "cases.csv"
    listed.write_text("Case reference,Team,Ward\nCF-01,North,W1\nCF-02,South,W2\n", encoding="utf-8")
    page = cycles_page(qtbot, house.lead, listed)
    assert page.stack.currentWidget() is page.empty
    press(Qt.Key.Key_1)
    wait_for_templates(qtbot, page)
    assert focused() is page.round.what.name
    type_text("Winter round")
    assert page.round.what.cannot.words.text().startswith("1 check needs questions that this template does not ask")
    click(page.round.next)
    click(page.round.cases.choose)
    qtbot.waitUntil(lambda: len(page.round.cases.cases) == 2, timeout=10_000)
    assert "Ward" in page.round.cases.notices.text()
    click(page.round.next)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.pairs, timeout=10_000)
    assert [row.case.reference for row in page.pairs.rows] == ["CF-01", "CF-02"]
    assert page.pairs.give.reason
    click(page.pairs.propose)
    qtbot.waitUntil(lambda: all(row.ready for row in page.pairs.rows), timeout=10_000)
    click(page.pairs.give)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.one, timeout=10_000)
    view = only_cycle(house.lead)
    assert view.cycle.title == "Winter round" and view.template_title == small_template().title
    assert {line.auditor_names for line in view.audits} == {(first.actor.name, second.actor.name)}
    assert dict(view.cases[0].extra) == {"Ward": "W1"}


def test_a_list_with_a_fault_names_sheet_and_row_and_adds_nothing(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    listed = tmp_path / "cases.csv"
    listed.write_text("Case reference,Team\nCF-01,North\n,South\n", encoding="utf-8")
    page = cycles_page(qtbot, house.lead, listed)
    page.begin_new()
    wait_for_templates(qtbot, page)
    click(page.round.next)
    click(page.round.cases.choose)
    qtbot.waitUntil(lambda: bool(page.round.cases.problem.code), timeout=10_000)
    assert page.round.cases.problem.code == "reference-missing"
    assert "3" in page.round.cases.problem.words
    assert page.round.next.reason
    click(page.round.next)
    assert house.lead.ask(cycles.all_cycles, None) == []


def test_a_title_in_use_is_said_at_the_foot_and_can_be_mended(qtbot: QtBot, house: House) -> None:
    house.cycle("Taken", ())
    page = cycles_page(qtbot, house.lead)
    page.begin_new()
    wait_for_templates(qtbot, page)
    page.round.what.name.setText("Taken")
    click(page.round.next)
    page.round.cases.typed.setPlainText("CF-01")
    click(page.round.next)
    qtbot.waitUntil(lambda: page.round.problem.code == "title-taken", timeout=10_000)
    assert page.go_back() and page.round.step == 0
    page.round.what.name.setText("Free")
    click(page.round.next)
    click(page.round.next)
    qtbot.waitUntil(lambda: len(house.lead.ask(cycles.all_cycles, None)) == 2, timeout=10_000)


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("name", "", "title"),
        ("end", "", "date"),
        ("end", "01/01/2020", "ends before"),
        ("start", "31/02/2026", "not a date"),
        ("due", "soon", "not a date"),
    ],
)
def test_what_is_missing_is_said_under_its_field(qtbot: QtBot, house: House, field: str, text: str, fault: str) -> None:
    page = cycles_page(qtbot, house.lead)
    page.begin_new()
    wait_for_templates(qtbot, page)
    control = getattr(page.round.what, field)
    control.setText(text)
    control.editingFinished.emit()
    click(page.round.next)
    assert page.round.step == 0
    assert fault in control.accessibleDescription()
    assert focused() is control


def test_pairs_are_filled_down_by_keyboard(qtbot: QtBot, house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02", "CF-03"))
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    assert page.main.text() == "Give out 3 cases…"
    click(page.main)
    assert focused() is page.pairs.rows[0].first
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down, times=2)
    assert page.pairs.ready.text() == "1 of 3 ready"
    press(Qt.Key.Key_D, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.pairs.ready.text() == "3 of 3 ready"
    click(page.pairs.give)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.one, timeout=10_000)
    pairs = [tuple(line.audit.auditors.values()) for line in only_cycle(house.lead).audits]
    assert pairs == [(first.actor.id, second.actor.id)] * 3


def test_a_pair_is_two_different_people_and_a_single_audit_one(qtbot: QtBot, house: House) -> None:
    first = house.add("A. Auditor", Role.AUDITOR)
    house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle()
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    click(page.main)
    (row,) = page.pairs.rows
    row.set(Mode.BLIND.value, first.actor.id, first.actor.id)
    row.first.picked.emit(first.actor.id)
    assert page.pairs.give.reason and page.pairs.why.isVisible()
    row.set(Mode.SINGLE.value, first.actor.id, "")
    row.mode.picked.emit(Mode.SINGLE.value)
    assert not page.pairs.give.reason and not row.second.isEnabled()
    click(page.pairs.give)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.one, timeout=10_000)
    (line,) = only_cycle(house.lead).audits
    assert (line.audit.mode, line.auditor_names) == (Mode.SINGLE, ("A. Auditor",))


def test_a_pair_can_be_changed_until_something_is_recorded(qtbot: QtBot, house: House) -> None:
    people = [house.add(f"{letter}. Auditor", Role.AUDITOR) for letter in "ABC"]
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", people[0], people[1])
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    press(Qt.Key.Key_Return)
    assert page.one.drawer.isVisible()
    page.one.change_pair.emit(page.one.table.current.case.id)  # type: ignore[union-attr]
    (row,) = page.pairs.rows
    assert (row.first.value, row.second.value) == (people[0].actor.id, people[1].actor.id)
    row.set(Mode.BLIND.value, people[0].actor.id, people[2].actor.id)
    row.second.picked.emit(people[2].actor.id)
    click(page.pairs.give)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.one, timeout=10_000)
    assert page.one.table.current is not None and page.one.table.current.auditors == "A. Auditor and C. Auditor"
    answer(people[0], audit_id, "S01.03", "met")
    page.refresh(None)
    assert page.one.table.current.is_begun
    assert page.one.table.current.meaning.word == Stage.SCORING.words


def test_cases_are_added_to_a_cycle_that_stands(qtbot: QtBot, house: House) -> None:
    house.add("A. Auditor", Role.AUDITOR)
    cycle_id = house.cycle()
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    click(page.add)
    page.round.cases.typed.setPlainText("CF-02, North team\nCF-03")
    click(page.round.next)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.pairs, timeout=10_000)
    assert [case.reference for case in only_cycle(house.lead).cases] == ["CF-01", "CF-02", "CF-03"]


def test_without_auditors_the_way_leads_to_people(qtbot: QtBot, house: House) -> None:
    cycle_id = house.cycle()
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    with qtbot.waitSignal(page.go_to) as went:
        click(page.main)
    assert went.args == ["settings", "people"]


def test_one_auditor_alone_is_told_where_others_are_added(qtbot: QtBot, house: House) -> None:
    house.add("A. Auditor", Role.AUDITOR)
    cycle_id = house.cycle()
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    click(page.main)
    assert "Settings > People" in page.pairs.alone.text() and page.pairs.alone.isVisible()
    with qtbot.waitSignal(page.go_to) as went:
        click(page.pairs.to_people)
    assert went.args == ["settings", "people"]
    house.add("B. Auditor", Role.AUDITOR)
    page.refresh(None)
    assert not page.pairs.alone.isVisible() and not page.pairs.to_people.isVisible()
    assert page.pairs.rows[0].second.count() == 3


def test_a_cycle_without_cases_says_who_adds_them(qtbot: QtBot, house: House) -> None:
    cycle_id = house.cycle(references=())
    page = cycles_page(qtbot, house.add("A. Auditor", Role.AUDITOR))
    page.arrive(cycle_id)
    assert page.one.nothing.isVisible() and not page.one.table.isVisible()
    assert "A QA lead adds them" in page.one.nothing.text()
    lead = cycles_page(qtbot, house.lead)
    lead.arrive(cycle_id)
    assert "Add cases" in lead.one.nothing.text()
    assert lead.add.hasFocus()


def test_who_may_not_run_cycles_sees_them_and_why(qtbot: QtBot, house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle()
    house.give(cycle_id, "CF-01", first, second)
    page = cycles_page(qtbot, first)
    assert "QA lead" in page.main.reason
    page.arrive("new")
    assert page.stack.currentWidget() is page.list
    press(Qt.Key.Key_Return)
    assert page.stack.currentWidget() is page.one
    press(Qt.Key.Key_Return)
    assert page.one.drawer.isVisible()
    assert page.go_back() and not page.one.drawer.isVisible()
    assert page.go_back() and page.stack.currentWidget() is page.list
    assert not page.go_back()


def test_a_round_half_set_up_waits_until_it_is_started(qtbot: QtBot, house: House) -> None:
    house.add("A. Auditor", Role.AUDITOR)
    page = cycles_page(qtbot, house.lead)
    page.begin_new()
    wait_for_templates(qtbot, page)
    what = page.round.what
    what.name.setText("Winter round")
    what.due.setText("31/02")
    click(what.facts.keys[1])
    click(page.round.back)
    page.begin_new()
    wait_for_templates(qtbot, page)
    assert (what.name.text(), what.due.text(), what.facts.chosen) == ("Winter round", "31/02", FactsBy.BOTH.value)
    what.due.setText("1/12/2026")
    click(page.round.next)
    page.round.cases.typed.setPlainText("CF-01\nCF-02")
    page.hide()
    page.show()
    page.begin_new()
    wait_for_templates(qtbot, page)
    click(page.round.next)
    assert [case.reference for case in page.round.cases.cases] == ["CF-01", "CF-02"]
    click(page.round.next)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.pairs, timeout=10_000)
    assert only_cycle(house.lead).cycle.title == "Winter round"
    page.begin_new()
    assert what.name.text() == "Autumn 2026" and what.facts.chosen == FactsBy.SHARED.value
    assert page.round.cases.cases == () and not page.round.throw_away.isVisible()


def test_cases_read_from_a_list_wait_too_and_can_be_thrown_away(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    cycle_id = house.cycle()
    listed = tmp_path / "cases.csv"
    listed.write_text("Case reference,Team,Ward\nCF-02,North,W1\n", encoding="utf-8")
    page = cycles_page(qtbot, house.lead, listed)
    page.arrive(cycle_id)
    click(page.add)
    click(page.round.cases.choose)
    qtbot.waitUntil(lambda: len(page.round.cases.cases) == 1, timeout=10_000)
    assert page.go_back()
    click(page.add)
    assert page.round.cases.cases == (NewCase("CF-02", "North", extra={"Ward": "W1"}),)
    click(page.round.throw_away)
    click(page.add)
    assert not page.round.cases.cases


def test_pairs_half_chosen_wait_and_those_given_out_do_not_come_back(qtbot: QtBot, house: House) -> None:
    people = [house.add(f"{letter}. Auditor", Role.AUDITOR).actor.id for letter in "AB"]
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    click(page.main)
    page.pairs.rows[0].set(Mode.BLIND.value, *people)
    page.pairs.rows[1].first.set_value(people[1])
    assert page.go_back()
    click(page.main)
    assert [combo.value for row in page.pairs.rows for combo in row.combos] == [
        "blind", *people, "blind", people[1], "",
    ]  # fmt: skip
    assert page.pairs.ready.text() == "1 of 2 ready" and page.pairs.throw_away.isVisible()
    click(page.pairs.give)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.one, timeout=10_000)
    click(page.main)
    assert [combo.value for row in page.pairs.rows for combo in row.combos] == ["blind", people[1], ""]
    click(page.pairs.throw_away)
    click(page.main)
    assert page.pairs.rows[0].first.value == ""


def test_giving_out_that_is_stopped_half_way_shows_what_is_left(
    qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for letter in "AB":
        house.add(f"{letter}. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02", "CF-03"))
    page = cycles_page(qtbot, house.lead)
    page.arrive(cycle_id)
    click(page.main)
    click(page.pairs.propose)
    qtbot.waitUntil(lambda: all(row.ready for row in page.pairs.rows), timeout=10_000)
    report = Progress.report

    def stopped(progress: Progress, share: float, so_far: Changes) -> None:
        if share:
            progress.cancel()
        report(progress, share, so_far)

    monkeypatch.setattr(Progress, "report", stopped)
    click(page.pairs.give)
    qtbot.waitUntil(lambda: len(page.pairs.rows) == 2, timeout=10_000)
    assert [row.case.reference for row in page.pairs.rows] == ["CF-02", "CF-03"]
    assert all(row.ready for row in page.pairs.rows)
    assert len(only_cycle(house.lead).audits) == 1


def test_a_sample_round_is_never_called_late(qtbot: QtBot, house: House) -> None:
    start, end, due = date(2013, 1, 1), date(2013, 6, 30), date(2013, 11, 1)
    template_hash = house.lead.do(keep_template, KeepTemplate(small_plain())).made
    for title, sample in (("Real", False), ("Invented", True)):
        command = cycles.CreateCycle(title, template_hash, start, end, due, sample=sample)
        house.lead.do(cycles.create_cycle, command)
    page = cycles_page(qtbot, house.lead)
    rows = page.list.table.rows
    said = {rows.data(rows.index(at, 0)).split(",")[0]: rows.data(rows.index(at, 2)) for at in range(rows.rowCount())}
    assert said == {"Real": "01/11/2013, 13 years late", "Invented": "01/11/2013"}


@pytest.mark.parametrize(
    ("today", "title", "start", "end"),
    [
        (date(2026, 11, 24), "Autumn 2026", date(2026, 5, 1), date(2026, 10, 31)),
        (date(2027, 3, 1), "Spring 2027", date(2026, 9, 1), date(2027, 2, 28)),
        (date(2027, 1, 15), "Winter 2027", date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_what_a_new_cycle_proposes(today: date, title: str, start: date, end: date) -> None:
    assert proposed_title(today) == title
    assert proposed_period(today) == (start, end)
    due = proposed_due(today)
    assert due.weekday() < 5 and 26 <= (due - today).days <= 28


def test_a_title_in_use_gets_a_number() -> None:
    assert free_title("Autumn 2026", ["autumn 2026", "Autumn 2026 (2)"]) == "Autumn 2026 (3)"
    assert free_title("Autumn 2026", []) == "Autumn 2026"


def test_typed_cases_may_leave_out_all_but_the_reference() -> None:
    assert typed_cases("CF-01, North, Child in need, 5-9\n\nCF-02\t South\n , no reference") == (
        NewCase("CF-01", "North", "Child in need", "5-9"),
        NewCase("CF-02", "South"),
    )
