"""A template in use: what it costs and tells, a variant built from that, and remarks settled, all by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.models.burden_rows import shorter_words
from auditor.desktop.pages.plan_target import RemarksOn
from auditor.desktop.pages.templates.contents import IN_USE, REMARKS
from auditor.desktop.pages.templates.in_use.in_use import ALL, SECTIONS
from auditor.desktop.pages.templates.page import TemplatesPage
from auditor.domain.burden import Shorter
from auditor.domain.roles import Role
from auditor.services.session import Session
from auditor.services.sitting import AddTime, add_time
from auditor.services.templates import Shipped, shipped_templates
from auditor.services.tool_feedback import GiveFeedback, feedback, give_feedback
from tests.desktop.pages.kit import focused, press, shown, type_text
from tests.kit import House, agree_all, open_house, score_and_submit

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CASES = tuple(f"CF-0{number}" for number in range(1, 7))


@pytest.fixture(scope="module")
def shipped() -> list[Shipped]:
    return [item for item in shipped_templates() if item.template.id == "whole-file"]


@pytest.fixture
def house(tmp_path: Path, dressed: QApplication) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


def signed_off(house: House, pair: tuple[Session, Session], cases: tuple[str, ...] = CASES) -> list[str]:
    """Audits in which two sections took far longer than they should and nothing was ever amiss."""
    cycle_id, audits = house.cycle(references=cases), []
    for reference in cases:
        audit_id = house.give(cycle_id, reference, *pair)
        for session in pair:
            session.do(add_time, AddTime(audit_id, {"S01": 600}))
            score_and_submit(session, audit_id)
        agree_all(pair[0], audit_id)
        audits.append(audit_id)
    return audits


def templates(qtbot: QtBot, session: Session, shipped: list[Shipped], at: int = 0) -> tuple[MainWindow, TemplatesPage]:
    window = shown(qtbot, lambda operations: TemplatesPage(session, operations, shipped=lambda: shipped))
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    page.list.select(at)
    return window, page


def in_use(qtbot: QtBot, house: House, shipped: list[Shipped], at: int = 0) -> TemplatesPage:
    """The figures of a template, in sight."""
    window, page = templates(qtbot, house.lead, shipped, at)
    page.contents.show_view(IN_USE)
    qtbot.waitUntil(lambda: page.contents.in_use.figures is not None and not window.operations.busy)
    return page


def taken(page: TemplatesPage) -> frozenset[str]:
    """What the variant being built asks."""
    assert page.builder.now is not None
    return page.builder.now.taken


def test_ticks_say_what_a_shorter_form_saves_and_loses(
    qtbot: QtBot, house: House, pair: tuple[Session, Session]
) -> None:
    signed_off(house, pair)
    view = in_use(qtbot, house, []).contents.in_use
    assert [item.question.id for item in view.figures.burden.to_leave] == ["S01.03", "S02.01", "S02.02"]  # type: ignore[union-attr]
    view.table.setFocus()
    before = view.totals.text()
    press(Key.Key_Space)
    assert view.left == {"S01.03"} and view.totals.text() != before and "1 question" in view.totals.text()
    press(Key.Key_Down)
    press(Key.Key_Space)
    assert view.left == {"S01.03", "S02.01"}
    press(Key.Key_Space)
    assert view.left == {"S01.03"}
    view.views.changed.emit(ALL)
    view.all_signs.setFocus()
    press(Key.Key_Space)
    assert view.left == {"S01.03", "S02.01", "S02.02"}
    view.none.setFocus()
    press(Key.Key_Space)
    assert view.left == frozenset() and view.build.reason


def test_a_slow_section_is_named_and_a_cycle_can_be_chosen(
    qtbot: QtBot, house: House, pair: tuple[Session, Session]
) -> None:
    signed_off(house, pair, CASES[:2])
    other = house.cycle("Another", references=("CF-09",))
    page = in_use(qtbot, house, [])
    view = page.contents.in_use
    view.views.set_chosen(SECTIONS)
    view.views.changed.emit(SECTIONS)
    assert view.table is view.sections
    words = view.sections.rows.as_text(range(2))
    assert "Slow" in words and "10 min" in words
    view.cycle.set_value(other)
    view.cycle.picked.emit(other)
    qtbot.waitUntil(lambda: view.figures is not None)
    assert view.figures is not None and view.figures.burden.audits == 0
    assert "Slow" not in view.sections.rows.as_text(range(2))


def test_a_variant_is_built_without_the_questions_ticked(qtbot: QtBot, house: House, shipped: list[Shipped]) -> None:
    page = in_use(qtbot, house, shipped)
    view = page.contents.in_use
    view.views.set_chosen(ALL)
    view.views.changed.emit(ALL)
    view.table.setFocus()
    first = view.questions.current
    assert first is not None and view.build.reason
    press(Key.Key_Space)
    assert not view.build.reason
    view.build.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(page.builder.isVisible)
    assert first.question.id in page.builder.ticks.leave
    assert first.question.id not in taken(page)
    press(Key.Key_Z, modifiers=CTRL)
    assert first.question.id in taken(page)


def test_rules_that_would_be_lost_are_named(qtbot: QtBot, house: House, shipped: list[Shipped]) -> None:
    view = in_use(qtbot, house, shipped).contents.in_use
    assert view.figures is not None
    every = frozenset(item.question.id for item in view.figures.burden.questions)
    rules, themes = view.figures.lost(shipped[0].template, every)
    assert rules and set(themes) == {theme.title for theme in shipped[0].template.themes}
    assert view.figures.lost(shipped[0].template, frozenset()) == ([], [])


def test_who_sees_no_findings_has_no_figures(qtbot: QtBot, house: House, shipped: list[Shipped]) -> None:
    _, page = templates(qtbot, house.add("S. Support", Role.BUSINESS_SUPPORT), shipped)
    assert IN_USE not in [key.code for key in page.contents.segments.keys]


def test_remarks_are_reached_from_home_and_settled_by_keyboard(
    qtbot: QtBot, house: House, pair: tuple[Session, Session]
) -> None:
    (audit_id,) = signed_off(house, pair, CASES[:1])
    pair[0].do(give_feedback, GiveFeedback(audit_id, {"S01.03": "Reflective how?"}, "It froze."))
    pair[1].do(give_feedback, GiveFeedback(audit_id, {"S01.03": ""}))
    window, page = templates(qtbot, house.lead, [])
    window.show_page("templates", RemarksOn(house.lead.ask(feedback, "")[0].template_hash))
    remarks = page.contents.remarks
    assert page.contents.segments.chosen == REMARKS and focused() is remarks.table
    assert remarks.table.current is not None and remarks.table.current.about == "S01.03"
    settling = remarks.table.current.line
    press(Key.Key_Return)
    assert focused() is remarks.done
    press(Key.Key_Return, modifiers=CTRL)
    assert focused() is remarks.done, "it needs words"
    type_text("Guidance reworded")
    press(Key.Key_Escape)
    press(Key.Key_Return)
    assert remarks.done.toPlainText() == "Guidance reworded", "what was written is kept"
    press(Key.Key_Return, modifiers=CTRL)
    settled = {line.person_id: line.settled for line in house.lead.ask(feedback, audit_id)}
    assert settled[settling.person_id] == "Guidance reworded" and "" in settled.values()
    assert focused() is remarks.table and not remarks.done.isVisible()


def test_remarks_on_another_template_are_not_shown(
    qtbot: QtBot, house: House, pair: tuple[Session, Session], shipped: list[Shipped]
) -> None:
    (audit_id,) = signed_off(house, pair, CASES[:1])
    pair[0].do(give_feedback, GiveFeedback(audit_id, {}, words="Too long."))
    _, page = templates(qtbot, house.lead, shipped)
    page.contents.show_view(REMARKS)
    assert page.contents.remarks.table.rows.rowCount() == 0
    page.list.select(1)
    assert page.contents.remarks.table.rows.rowCount() == 2


def test_one_of_each_is_said_in_the_singular() -> None:
    assert shorter_words(Shorter(1, 1.2, 1, 1, 1)) == (
        "Without 1 question: 1 minute less; not seen would be 1 issue, 1 failed limit, 1 good-practice mark."
    )
