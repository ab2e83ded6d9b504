"""Drawing a sample and replacing a case of it in the window, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.cycles.case_rows import rows_of
from auditor.desktop.pages.cycles.cases_step import CasesStep
from auditor.desktop.pages.cycles.evidence_page import document_of
from auditor.desktop.pages.cycles.page import CyclesPage
from auditor.desktop.pages.cycles.replace_form import ReplaceForm
from auditor.desktop.widgets.buttons import Button
from auditor.domain.frame import Field, Frame
from auditor.domain.roles import Role
from auditor.domain.sampling import Plan
from auditor.services import cycles
from auditor.services.case_list import read_frame
from auditor.services.draw_evidence import evidence, evidence_alone
from auditor.services.sampling import SampleQuery, draw_alone, draw_sample
from auditor.services.session import Session
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
    click(step.again)
    assert focused() is step.form.number and not step.cases
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


def drawn_cycle(house: House, folder: Path, size: int = 4) -> str:
    """A cycle whose cases were drawn."""
    cycle_id = house.cycle(references=())
    frame = read_frame(frame_file(folder)).frame
    drawing = house.lead.ask(draw_sample, SampleQuery(frame, Plan(size, 7, ("Team",)), TODAY))
    house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, drawing.cases, drawing.record))
    return cycle_id


def opened_cycle(qtbot: QtBot, session: Session, cycle_id: str, chosen: Path | None = None) -> CyclesPage:
    window = shown(
        qtbot, lambda operations: CyclesPage(session, operations, today=lambda: TODAY, ask_file=lambda _parent: chosen)
    )
    page = window.page
    assert isinstance(page, CyclesPage)
    page.arrive(cycle_id)
    return page


def test_a_case_is_replaced_from_its_drawer_and_stays_in_the_list(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    cycle_id = drawn_cycle(house, tmp_path)
    page = opened_cycle(qtbot, house.lead, cycle_id)
    assert page.one.drawn_words.text() == "4 cases of 20 drawn, seed 7"
    press(Qt.Key.Key_Return)
    row = page.one.table.current
    assert row is not None and page.one.drawer.isVisible()
    buttons = {button.text(): button for button in page.one.drawer.findChildren(Button)}
    buttons["Replace the case…"].setFocus()
    press(Qt.Key.Key_Return)
    form = page.one.opened.form
    assert form is not None and focused() is form.fields["reason"].control
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert "reason" in focused().accessibleDescription()
    type_text("The file is closed.")
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    rows = {each.case.id: each for each in rows_of(house.lead.ask(cycles.cycle_view, cycle_id))}
    assert rows[row.case.id].taken_out == "The file is closed." and rows[row.case.id].meaning.word == "Replaced"
    assert len(rows) == 5 and "1 replaced" in page.one.words.text()
    assert page.main.text() == "Give out 4 cases…"
    assert page.one.table.current is not None and page.one.table.current.taken_out
    press(Qt.Key.Key_Return)
    said = " ".join(label.text() for label in page.one.drawer.findChildren(QLabel) if label.isVisible())
    assert "The file is closed." in said and rows[row.case.id].replaced_by in said


def test_where_the_groups_were_not_kept_the_list_is_asked_for(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    cycle_id, path = house.cycle(references=()), frame_file(tmp_path)
    drawing = house.lead.ask(draw_sample, SampleQuery(read_frame(path).frame, Plan(4, 7, ("Ethnicity",)), TODAY))
    house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, drawing.cases, drawing.record))
    page = opened_cycle(qtbot, house.lead, cycle_id, path)
    press(Qt.Key.Key_Return)
    page.one.opened.take_out(instead=True)
    form = page.one.opened.form
    assert isinstance(form, ReplaceForm) and not form.choose.isVisible()
    type_text("Closed.")
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert focused() is form.choose
    press(Qt.Key.Key_Space)
    assert len(house.lead.ask(cycles.cycle_view, cycle_id).withdrawn) == 1
    assert page.one.opened.form is None


def test_a_case_that_was_not_drawn_is_taken_out(qtbot: QtBot, house: House) -> None:
    cycle_id = house.cycle(references=("CF-01",))
    page = opened_cycle(qtbot, house.lead, cycle_id)
    press(Qt.Key.Key_Return)
    buttons = {button.text(): button for button in page.one.drawer.findChildren(Button)}
    assert "Replace the case…" not in buttons
    click(buttons["Take the case out…"])
    type_text("Closed.")
    press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.one.table.current is not None and page.one.table.current.meaning.word == "Taken out"
    assert house.lead.ask(cycles.cycle_view, cycle_id).not_given == ()


def test_the_evidence_is_shown_and_saved_as_a_pdf(
    qtbot: QtBot, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened_cycle(qtbot, house.lead, drawn_cycle(house, tmp_path))
    page.one.how_drawn.setFocus()
    press(Qt.Key.Key_Return)
    assert page.one.drawer.isVisible() and focused().accessibleName() == "Print evidence…"
    said = " ".join(label.text() for label in page.one.drawer.findChildren(QLabel))
    assert "SHA-256" in said and "North: 2 of 10 drawn" in said
    out = tmp_path / "evidence.pdf"
    monkeypatch.setattr(page.one, "_ask_pdf", lambda _parent, _name: out)
    page.one.save_evidence()
    assert out.read_bytes().startswith(b"%PDF")
    document = document_of(page.one.evidence)
    for line in page.one.evidence[0].drawn:
        assert line.reference in document.toPlainText()
    monkeypatch.setattr(page.one, "_ask_pdf", lambda _parent, _name: tmp_path / "nowhere" / "evidence.pdf")
    page.one.save_evidence()
    assert not (tmp_path / "nowhere").exists()


def test_markup_in_a_list_stays_text_in_the_evidence() -> None:
    record = draw_alone(SampleQuery(Frame({"Ref": ("<b>1</b>",)}, {Field.REFERENCE: "Ref"}), Plan(1, 1), TODAY))
    document = document_of([evidence_alone(record, "<h1>List</h1>")])
    assert "<b>1</b>" in document.toPlainText() and "<h1>List</h1>" in document.toPlainText()


def test_who_may_not_run_cycles_sees_no_draw(qtbot: QtBot, house: House, tmp_path: Path) -> None:
    cycle_id = drawn_cycle(house, tmp_path)
    page = opened_cycle(qtbot, house.add("A. Auditor", Role.AUDITOR), cycle_id)
    assert not page.one.how_drawn.isVisible()
    press(Qt.Key.Key_Return)
    assert "Replace the case…" not in {button.text() for button in page.one.drawer.findChildren(Button)}


def test_pairs_are_proposed_by_key_changed_and_conflicts_said(qtbot: QtBot, house: House) -> None:
    sessions = [house.add(f"{letter}. Auditor", Role.AUDITOR) for letter in "ABC"]
    first, second, third = (session.actor for session in sessions)
    cycle_id = house.cycle(references=())
    held = cycles.NewCase("CF-01", "Team one", conflicts=(first.id,))
    house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, (held, cycles.NewCase("CF-02"))))
    page = opened_cycle(qtbot, house.lead, cycle_id)
    click(page.main)
    press(Qt.Key.Key_P, modifiers=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: all(row.ready for row in page.pairs.rows), timeout=10_000)
    row, other = page.pairs.rows
    assert set(row.chosen) == {second.id, third.id} and not row.mark.isVisible()
    assert "Together for the first time" in row.words.text() and "Could not be met" in row.words.text()
    assert first.id in other.chosen
    row.first.setFocus()
    row.first.set_value("")
    press(Qt.Key.Key_Down)
    assert row.first.value == first.id
    assert row.mark.isVisible() and "A. Auditor holds, held or manages this case" in row.words.text()
    assert "Conflict of interest" in row.second.accessibleDescription()
    click(page.pairs.give)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.one, timeout=10_000)


def test_a_case_nobody_can_take_says_why(qtbot: QtBot, house: House) -> None:
    first = house.add("A. Auditor", Role.AUDITOR).actor
    house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=())
    house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, (cycles.NewCase("CF-01", conflicts=(first.id,)),)))
    page = opened_cycle(qtbot, house.lead, cycle_id)
    click(page.main)
    click(page.pairs.propose)
    (row,) = page.pairs.rows
    qtbot.waitUntil(lambda: "two auditors are needed and 1 can" in row.words.text(), timeout=10_000)
    assert not row.ready
