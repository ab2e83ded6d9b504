from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.findings.page import SCORES, FindingsPage
from auditor.desktop.widgets.chip import Chip
from auditor.domain.action import Status
from auditor.domain.roles import Role
from auditor.services.actions import ActionQuery, list_actions
from auditor.services.cycles import all_cycles
from auditor.services.session import Session
from tests.desktop.pages.kit import Round, agreed_round, click, focused, press, shown, type_text
from tests.kit import TODAY, House, answer, open_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def fresh(house: House, dressed: QApplication) -> Round:
    return agreed_round(house)


@pytest.fixture(scope="module")
def kept_round(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    """One round for all tests that only look at it."""
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield agreed_round(opened)


@pytest.fixture
def done(kept_round: Round, dressed: QApplication) -> Round:
    return kept_round


def findings(qtbot: QtBot, session: Session, saved: Path | None = None) -> tuple[MainWindow, FindingsPage]:
    window = shown(
        qtbot,
        lambda operations: FindingsPage(
            session, operations, today=lambda: TODAY, ask_path=lambda _parent, _name: saved
        ),
    )
    page = window.page
    assert isinstance(page, FindingsPage)
    return window, page


def words_of(page: FindingsPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.drawer.findChildren(QLabel) if label.isVisibleTo(page.drawer))


def chips_of(page: FindingsPage) -> list[str]:
    QApplication.processEvents()
    return [chip.meaning.word for chip in page.drawer.findChildren(Chip) if chip.isVisibleTo(page.drawer)]


def titles(page: FindingsPage) -> list[str]:
    return [page.case_matrix.model.title_at(row) for row in range(3)]


def sorted_by(page: FindingsPage) -> int | None:
    return page.case_matrix.model.sorted_by


def test_the_head_says_what_the_figures_rest_on(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    facts = page.header.facts.text()
    assert "Autumn sample · 2 of 3 cases signed off" in facts
    assert "4 answers not yet agreed: counted, never shown" in facts
    lines = {line.title: (line.values, line.edge) for line in page.case_matrix.model.totals()}
    assert lines["Not yet agreed"] == (("", "", "4"), "4 in all")
    assert lines["Issues in the case"] == (("2", "1", "0"), "3 in all")


def test_enter_opens_the_words_behind_a_cell_and_arrows_go_on(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    press(Qt.Key.Key_Return)
    assert page.drawer.title.text() == "Recording · CF-01"
    said = words_of(page)
    assert "“No reflection on file.”" in said and "A. Auditor" in said
    assert "Why it was agreed: Discussed together." in said
    assert "2 of 2" in said and "agreed and signed off" in said
    assert chips_of(page) == ["Not met"]
    press(Qt.Key.Key_Right)
    assert page.drawer.title.text() == "Recording · CF-02"
    press(Qt.Key.Key_Escape)
    assert not page.drawer.isVisible()
    assert focused() is page.case_matrix.cells


def test_the_edge_opens_a_theme_over_all_cases(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    press(Qt.Key.Key_Down, 2)
    press(Qt.Key.Key_Right, 3)
    assert focused() is page.case_matrix.edge
    press(Qt.Key.Key_Return)
    assert page.drawer.title.text() == "Safety · all cases"
    page.drawer.tabs.choose("answers")
    assert page.drawer.tabs.tabText(1) == "Answers, 4"
    assert chips_of(page).count("Not met") == 1
    press(Qt.Key.Key_Left)
    assert focused() is page.case_matrix.cells


def test_s_sorts_by_cases_with_an_issue_then_by_the_case_then_as_in_the_form(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    form = titles(page)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_S)
    assert sorted_by(page) == page.case_matrix.model.width
    press(Qt.Key.Key_S)
    assert sorted_by(page) == 1
    assert titles(page)[0] == "Safety"
    press(Qt.Key.Key_S)
    assert sorted_by(page) is None
    assert titles(page) == form


def test_ctrl_c_copies_the_matrix_with_its_headings(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    press(Qt.Key.Key_C, modifiers=Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Theme\tCF-01\tCF-02\tCF-03\tCases with an issue"
    assert lines[1] == "Recording\t2 of 2\t0 of 2\t\t1 of 2"
    click(page.copy_button)
    assert QGuiApplication.clipboard().text().splitlines() == lines


def test_an_action_raised_on_a_cell_carries_audit_theme_and_question(qtbot: QtBot, fresh: Round) -> None:
    _, page = findings(qtbot, fresh.first)
    press(Qt.Key.Key_A)
    form = page.cell.form
    assert form is not None and page.excel_button.property("k") == ""
    click(form.save)
    assert "Say what has to be done." in words_of(page)
    type_text("Reflective supervision monthly")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    question = form.fields["question"].control
    question.setFocus()
    press(Qt.Key.Key_Down)
    click(form.save)
    (line,) = fresh.first.ask(list_actions, ActionQuery(TODAY))
    action = line.action
    assert (action.text, action.audit_id, action.theme) == (
        "Reflective supervision monthly",
        fresh.audits[0],
        "recording",
    )
    assert action.question_id == "S01.02" and line.status is Status.ON_SCHEDULE
    assert page.drawer.tabs.current == "actions"
    assert "Reflective supervision monthly" in words_of(page)
    assert page.case_matrix.model.flags_of(0) == 1
    assert page.excel_button.property("k") == "p"


def test_escape_leaves_the_form_and_raises_nothing(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    press(Qt.Key.Key_A)
    type_text("Half a thought")
    press(Qt.Key.Key_Escape)
    assert page.cell.form is None and page.drawer.isVisible()
    assert done.first.ask(list_actions, ActionQuery(TODAY)) == []


def test_open_the_audit_goes_there(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    asked: list[tuple[str, object]] = []
    page.go_to.disconnect()
    page.go_to.connect(lambda page_id, target: asked.append((page_id, target)))
    press(Qt.Key.Key_Return)
    links = [button for button in page.drawer.findChildren(type(page.copy_button)) if button.text() == "Open the audit"]
    click(links[-1])
    assert asked == [("audits", done.audits[0])]


def test_theme_by_answer_opens_one_outcome(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    click(page.segments.keys[1])
    assert page.matrix is page.answer_matrix
    page.answer_matrix.setFocus()
    press(Qt.Key.Key_Right, 2)
    press(Qt.Key.Key_Return)
    assert page.drawer.title.text() == "Recording · not met"
    assert chips_of(page) == ["Not met"]


def test_indicators_name_the_cases_and_what_is_not_known(qtbot: QtBot, done: Round) -> None:
    _, page = findings(qtbot, done.first)
    click(page.segments.keys[2])
    page.indicators.setFocus()
    name = focused().accessibleName()
    assert name.startswith("1 of 2 · No supervision record. CF-01.")
    assert "Not known in 1 case" in name
    press(Qt.Key.Key_C, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1] == "No supervision record\t1\t2\t1\tCF-01"


def test_the_workbook_is_written_and_the_folder_offered(qtbot: QtBot, done: Round, tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    window, page = findings(qtbot, done.first, saved=path)
    click(page.excel_button)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert path.read_bytes()[:2] == b"PK"
    assert window.status.text == "Saved summary.xlsx"
    offered = [
        button for button in window.status.findChildren(type(page.copy_button)) if button.text() == "Open folder"
    ]
    assert offered and offered[0].isVisible()


def test_nothing_of_a_sealed_audit_is_in_any_cell(qtbot: QtBot, fresh: Round) -> None:
    answer(fresh.first, fresh.audits[2], "S01.03", "not_met")
    _, page = findings(qtbot, fresh.second)
    press(Qt.Key.Key_Right, 2)
    press(Qt.Key.Key_Return)
    assert page.drawer.title.text() == "Recording · CF-03"
    assert page.drawer.tabs.tabText(1) == "Answers, 0"
    model = page.case_matrix.model
    assert "no answer agreed yet" in str(model.data(model.index(0, 2)))


def test_a_workspace_without_audits_says_what_to_do(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    _, page = findings(qtbot, house.lead)
    asked: list[str] = []
    page.go_to.disconnect()
    page.go_to.connect(lambda page_id, _target: asked.append(page_id))
    press(Qt.Key.Key_Return)
    assert asked == ["cycles"]
    assert not page.excel_button.isVisible()


def test_business_support_is_told_who_sees_findings(qtbot: QtBot, fresh: Round) -> None:
    support = fresh.house.add("S. Support", Role.BUSINESS_SUPPORT)
    _, page = findings(qtbot, support)
    assert any("not open to you" in label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_who_may_not_see_findings_is_told_so_wherever_they_come_from(qtbot: QtBot, fresh: Round, house: House) -> None:
    administrator = house.add("D. Administrator", Role.ADMINISTRATOR)
    window, page = findings(qtbot, administrator)
    (cycle,) = house.lead.ask(all_cycles, None)
    page.arrive(cycle.id)
    assert "Findings are not open to you" in {label.text() for label in page.findChildren(QLabel)}
    assert not page.excel_button.isVisible()
    assert window.status.text == ""


def test_asking_again_asks_once_for_the_open_cell_and_for_scores_where_they_are_seen(
    qtbot: QtBot, done: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = findings(qtbot, done.first)
    press(Qt.Key.Key_Return)
    title = page.drawer.title.text()
    asked: Counter[str] = Counter()
    ask = Session.ask

    def counted(session: Session, question: Callable[..., Any], query: object) -> Any:
        asked[question.__name__] += 1
        return ask(session, question, query)

    monkeypatch.setattr(Session, "ask", counted)
    page.refresh(None)
    assert (asked["behind_cell"], asked["score_table"]) == (1, 0)
    assert page.drawer.title.text() == title
    page.segments.set_chosen(SCORES)
    page.segments.changed.emit(SCORES)
    assert asked["score_table"] == 1
    page.refresh(None)
    assert asked["score_table"] == 2


def test_a_cycle_that_cannot_be_read_is_told_on_the_status_line(qtbot: QtBot, done: Round) -> None:
    window, page = findings(qtbot, done.first)
    page.cycle_slicer.changed.emit("no such cycle")
    assert window.status.text


def test_an_empty_newest_cycle_hides_no_other(qtbot: QtBot, fresh: Round) -> None:
    empty = fresh.house.cycle("Winter sample")
    assert fresh.first.ask(all_cycles, None)[0].id == empty
    _, page = findings(qtbot, fresh.first)
    assert page.cycle_slicer.value == fresh.cycle_id
    assert page.case_matrix.isVisible()
    page.arrive(empty)
    assert page.cycle_slicer.isVisible()
    assert not page.segments.isVisible() and not page.excel_button.isVisible()
    assert any(label.text() == "No audits in Winter sample yet" for label in page.findChildren(QLabel))
    page.refresh(None)
    assert page.cycle_slicer.value == empty
    page.arrive(fresh.cycle_id)
    assert page.case_matrix.isVisible() and page.segments.isVisible()
