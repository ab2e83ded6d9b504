from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.models.template_rows import coverage, matching, minutes_words, template_rows
from auditor.desktop.pages.cycles.page import CyclesPage
from auditor.desktop.pages.templates.page import TemplatesPage
from auditor.desktop.pages.templates.preview import limit_words
from auditor.domain.effort import effort
from auditor.domain.roles import Role
from auditor.domain.template import LimitingRule, Template
from auditor.domain.template_plain import template_from_plain
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, Shipped, keep_template, shipped_templates
from tests.desktop.pages.kit import click, focused, press, shown, type_text
from tests.kit import House, open_house, small_template


@pytest.fixture(scope="module")
def shipped() -> list[Shipped]:
    """Three of those that come with the program."""
    wanted = ("whole-file", "core-assessments", "supervision-oversight")
    return [item for item in shipped_templates() if item.template.id in wanted]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def templates(qtbot: QtBot, session: Session, shipped: list[Shipped]) -> tuple[MainWindow, TemplatesPage]:
    window = shown(qtbot, lambda operations: TemplatesPage(session, operations, shipped=lambda: shipped))
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    return window, page


def words_of(page: TemplatesPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_master_first_then_variants_with_core_counts(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    house.lead.do(keep_template, KeepTemplate(shipped[1].plain))
    _, page = templates(qtbot, house.lead, shipped)
    rows = page.list.templates.rows
    assert rows[0].is_master and [row.core for row in rows[:2]] == [314, 104]
    assert [row.kept for row in rows] == [False, True, False]
    assert focused() is page.list
    assert "held in this workspace" in page.header.facts.text()
    said = page.list.templates.data(page.list.templates.index(1))
    assert said == "Core or single assessments, 9 sections · in this workspace, 104 core questions"


def test_what_limits_the_grade_is_said_in_the_words_of_the_template(shipped: list[Shipped]) -> None:
    template = shipped[0].template
    labels = {option.code: option.label for option in template.by_id[template.overall_question].options}
    for rule in template.limiting_rules:
        said = limit_words(template, rule.id)
        assert said == f"Limits the grade to {labels[str(rule.caps_at)]}" if rule.caps_at else "Limits the grade"
    harder = replace(template, limiting_rules=(LimitingRule("L9", "Own rule", 2), LimitingRule("L8", "No cap")))
    assert limit_words(harder, "L9") == f"Limits the grade to {labels['2']}"
    assert limit_words(harder, "L8") == limit_words(harder, "gone") == "Limits the grade"


def test_every_variant_that_comes_with_the_program_is_listed(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    every = shipped_templates()
    _, page = templates(qtbot, house.lead, every)
    assert len(page.list.templates.rows) == len(every) == 25


def test_time_coverage_and_what_cannot_run_follow_the_variant(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = templates(qtbot, house.lead, shipped)
    assert "About 2 h 57 min" in words_of(page)
    press(Qt.Key.Key_Down)
    QApplication.processEvents()
    said = words_of(page)
    assert "About 1 h 2 min" in said and "62 of 180 minutes set for a sitting" in said
    assert "of the whole file" in said and "4 of 6" in said
    assert f"{len(shipped[1].cannot_run)} cannot run" in said and "No current plan on file" in said


def test_a_section_is_read_with_its_scales_themes_and_limits(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = templates(qtbot, house.lead, shipped)
    page.contents.sections.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    section = shipped[0].template.sections[1]
    assert page.drawer.title.text() == f"{section.number} · {section.title}"
    said = words_of(page)
    limiting = next(question for question in section.questions if question.limiting)
    assert limiting.text in said
    assert "Met · Partly met · Not met · Not evidenced" in said and "N/A with a reason" in said
    press(Qt.Key.Key_Escape)
    assert not page.drawer.isVisible() and page.summary.isVisible()
    assert focused() is page.contents.sections


def test_questions_are_found_by_number_and_by_words(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = templates(qtbot, house.lead, shipped)
    press(Qt.Key.Key_Slash)
    assert focused() is page.contents.search
    type_text("22.0")
    rows = page.contents.questions.rows
    assert rows.rowCount() > 3
    assert all(rows.row(at).number.startswith("22.0") for at in range(rows.rowCount()))  # type: ignore[union-attr]
    page.contents.search.clear()
    type_text("analysis harm")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.drawer.title.text().startswith("Question ")
    assert "What each answer means" in words_of(page)


def test_use_in_a_new_cycle_goes_to_cycles_with_the_template(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = templates(qtbot, house.lead, shipped)
    asked: list[tuple[str, object]] = []
    page.go_to.disconnect()
    page.go_to.connect(lambda page_id, target: asked.append((page_id, target)))
    press(Qt.Key.Key_Down)
    click(page.use_button)
    assert asked == [("cycles", shipped[1].template)]


def test_the_path_of_a_new_cycle_begins_with_that_template(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    window, page = templates(qtbot, house.lead, shipped)
    cycles = CyclesPage(house.lead, window.operations)
    window.add_page(cycles)
    page.list.select(2)
    click(page.use_button)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert window.page is cycles
    assert cycles.round.what.template.value == shipped[2].template.hash


def test_only_those_who_run_cycles_are_offered_one(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    auditor = house.add("A. Auditor", Role.AUDITOR)
    _, page = templates(qtbot, auditor, shipped)
    assert not page.use_button.isVisible()
    assert page.list.templates.rows


def test_templates_only_the_workspace_holds_are_listed_last(shipped: list[Shipped]) -> None:
    own = small_template()
    rows = template_rows(shipped, [own])
    assert rows[-1].template is own and not rows[-1].shipped and rows[-1].kept
    assert all(taken == of for _, taken, of in coverage(rows[-1]))


def test_a_variant_built_here_hangs_below_its_master(shipped: list[Shipped]) -> None:
    plain = {**shipped[1].plain, "id": "own", "title": "Own"}
    rows = template_rows(shipped, [template_from_plain(plain), small_template()])
    assert [row.template.title for row in rows][-2:] == ["Own", small_template().title]
    assert rows[-2].whole is rows[0].template and not rows[-2].is_master
    assert rows[-2].cannot_run and set(rows[-2].cannot_run) <= set(shipped[1].cannot_run)
    later = template_rows(shipped, [template_from_plain({**plain, "version": "2027.1"})])
    assert "version 2027.1" in later[-1].note


def test_minutes_follow_facts_and_judgements() -> None:
    spent = effort(small_template().asked())
    assert (spent.facts, spent.judgements) == (2, 5)
    assert spent.minutes == pytest.approx(2 * 0.3 + 5 * 0.9)
    assert [minutes_words(minutes) for minutes in (0.3, 45, 60, 176.7)] == [
        "About 0 min",
        "About 45 min",
        "About 1 h",
        "About 2 h 57 min",
    ]


def test_words_are_found_in_any_order_and_numbers_from_their_start() -> None:
    template: Template = small_template()
    assert [question.id for question in matching(template, "delay child")] == ["S02.01"]
    assert [question.id for question in matching(template, "2.0")] == ["S02.01", "S02.02", "S02.03", "S02.04"]
    assert [question.id for question in matching(template, "supervision")] == ["S01.01", "S01.03"]
    assert [question.id for question in matching(template, "s02.01")] == ["S02.01"]
    assert matching(template, "nowhere") == []
