"""Drawing a sample and replacing a case of it in the window, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.cycles.cases_step import CasesStep
from auditor.desktop.pages.cycles.page import CyclesPage
from auditor.domain.frame import Field
from auditor.domain.roles import Role
from auditor.services import cycles
from auditor.services.draw_evidence import evidence
from tests.desktop.pages.kit import click, focused, press, shown, type_text
from tests.kit import TODAY, House, open_house

TEAMS, ORIGINS = ("North", "South"), ("White British", "Black Caribbean")
HEAD = "Case reference,Team,Ethnicity,Allocated worker"


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def frame_file(folder: Path, count: int = 20, head: str = HEAD) -> Path:
    path = folder / "frame.csv"
    rows = [f"CF-{at:02},{TEAMS[at % 2]},{ORIGINS[at % 5 == 0]},A. Auditor" for at in range(1, count)]
    path.write_text("\n".join([head, f"CF-00,North,{ORIGINS[1]},Z. Else", *rows]) + "\n", encoding="utf-8")
    return path


def at_cases(qtbot: QtBot, house: House, chosen: Path) -> tuple[CyclesPage, CasesStep, str]:
    """The step of the cases of a cycle that stands, with the list read."""
    cycle_id = house.cycle(references=())
    window = shown(
        qtbot,
        lambda operations: CyclesPage(house.lead, operations, today=lambda: TODAY, ask_file=lambda _parent: chosen),
    )
    page = window.page
    assert isinstance(page, CyclesPage)
    page.go_to.disconnect(window.show_page)
    page.arrive(cycle_id)
    click(page.add)
    step = page.round.cases
    assert focused() is step.choose
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: step.how.isVisible() or bool(step.problem.code), timeout=10_000)
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=10_000)
    return page, step, cycle_id


def draw_by_keyboard(qtbot: QtBot, step: CasesStep) -> None:
    """From the segments on: a sample of 6 with seed 7, by team."""
    step.how.keys[0].setFocus()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert focused() is step.form.number
    type_text("6")
    press(Qt.Key.Key_Tab)
    step.form.seed.selectAll()
    type_text("7")
    press(Qt.Key.Key_Tab)
    assert focused() is step.form.first
    press(Qt.Key.Key_Down)
    step.form.seed.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(step.result.isVisible, timeout=10_000)


def test_a_sample_is_drawn_added_and_kept_with_its_seed(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    house.add("B. Auditor", Role.AUDITOR)
    page, step, cycle_id = at_cases(qtbot, house, frame_file(tmp_path))
    assert len(step.cases) == 20 and step.record is None
    draw_by_keyboard(qtbot, step)
    assert step.count.text() == "6 cases of 20 drawn"
    assert "North: 3 of" in step.result.words.text()
    assert focused() is step.result.table
    assert step.result.table.current is not None and step.result.table.current.meaning.word == "Drawn"
    click(page.round.next)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.pairs, timeout=10_000)
    (shown_draw,) = house.lead.ask(evidence, cycle_id)
    assert dict(shown_draw.facts)["Seed"] == "7" and len(shown_draw.drawn) == 6
    view = house.lead.ask(cycles.cycle_view, cycle_id)
    assert {case.reference for case in view.cases} == {line.reference for line in shown_draw.drawn}


def test_cases_of_an_auditor_are_left_out_with_the_reason_in_words(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    house.add("A. Auditor", Role.AUDITOR)
    _page, step, _ = at_cases(qtbot, house, frame_file(tmp_path))
    draw_by_keyboard(qtbot, step)
    assert step.count.text() == "1 case of 20 drawn"
    assert "19 cases left out: an auditor holds, held or manages it." in step.result.words.text()
    assert "5 cases fewer than asked for" in step.result.words.text()
    step.form.conflicts.setFocus()
    press(Qt.Key.Key_Space)
    click(step.form.draw)
    qtbot.waitUntil(lambda: step.count.text() == "6 cases of 20 drawn", timeout=10_000)
    assert sum(bool(case.conflicts) for case in step.cases) >= 5


def test_a_quota_is_ticked_and_its_outcome_said(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    _page, step, _ = at_cases(qtbot, house, frame_file(tmp_path))
    click(step.how.keys[1])
    quotas = step.form.quotas
    assert quotas.column.value == "Ethnicity" and not step.form.sensitive.isVisible()
    click(quotas.add)
    assert "Tick the values" in quotas.least.accessibleDescription()
    assert focused() is quotas.values[0] and quotas.values[0].text() == "Black Caribbean"
    press(Qt.Key.Key_Space)
    quotas.add.setFocus()
    press(Qt.Key.Key_Return)
    assert [quota.least for quota in quotas.quotas] == [2]
    assert step.form.sensitive.isVisible()
    click(step.form.draw)
    qtbot.waitUntil(step.result.isVisible, timeout=10_000)
    assert step.record is not None and step.record.quotas[0].met
    assert not any(case.extra for case in step.cases)


@pytest.mark.parametrize(("number", "seed", "wrong"), [("", "7", "number"), ("x", "7", "number"), ("3", "-1", "seed")])
def test_what_cannot_be_drawn_is_said_under_its_field(
    qtbot: QtBot, house: House, tmp_path: Path, number: str, seed: str, wrong: str
) -> None:
    _page, step, _ = at_cases(qtbot, house, frame_file(tmp_path))
    click(step.how.keys[1])
    step.form.number.setText(number)
    step.form.seed.setText(seed)
    click(step.form.draw)
    assert focused() is getattr(step.form, wrong) and focused().accessibleDescription()
    assert step.record is None


def test_a_column_chosen_once_is_remembered_for_the_next_list(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    path = frame_file(tmp_path, head=HEAD.replace("Case reference", "Mosaic key"))
    page, step, cycle_id = at_cases(qtbot, house, path)
    assert step.problem.code == "no-reference-column"
    qtbot.waitUntil(step.columns.isVisible, timeout=10_000)
    reference = step.columns.lists[Field.REFERENCE]
    assert focused() is reference
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(step.cases) == 20, timeout=10_000)
    assert not step.problem.code
    page.go_back()
    page.arrive(cycle_id)
    click(page.add)
    step.typed.clear()
    click(step.choose)
    qtbot.waitUntil(lambda: step.how.isVisible() and len(step.cases) == 20, timeout=10_000)


def test_a_drawn_sample_waits_in_its_draft(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    page, step, cycle_id = at_cases(qtbot, house, frame_file(tmp_path))
    draw_by_keyboard(qtbot, step)
    drawn = step.cases
    page.go_back()
    page.arrive(cycle_id)
    click(page.add)
    assert step.cases == drawn and step.record is not None and step.record.plan.seed == 7
    click(page.round.throw_away)
