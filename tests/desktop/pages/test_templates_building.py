"""Building a variant by ticks, as a lead does it: what the window says at every tick, keeping it and saving it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.models.tick_rows import Tick, section_rows, ticks_from, ticks_plain
from auditor.desktop.pages.templates.page import TemplatesPage
from auditor.desktop.theme import theme
from auditor.domain.roles import Role
from auditor.services.session import Session
from auditor.services.template_building import Builder, Named
from auditor.services.templates import Shipped, kept_templates, shipped_templates
from auditor.templates.masters import check_file, list_masters, read_master
from auditor.templates.problems import has_errors
from auditor.templates.variants import resolve
from tests.desktop.pages.kit import click, focused, press, shown, type_text
from tests.kit import House, open_house


@pytest.fixture(scope="module")
def shipped() -> list[Shipped]:
    wanted = ("whole-file", "core-assessments", "supervision-oversight")
    return [item for item in shipped_templates() if item.template.id in wanted]


@pytest.fixture(scope="module")
def bank() -> Builder:
    return Builder(read_master(list_masters()[0]))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def building(
    qtbot: QtBot, session: Session, shipped: list[Shipped], where: Path | None = None, *, at: int = 2
) -> tuple[MainWindow, TemplatesPage]:
    """The page as a variant of the template at that place begins to be built."""
    window = shown(
        qtbot,
        lambda operations: TemplatesPage(
            session, operations, shipped=lambda: shipped, ask_where_to=lambda _parent, _name, _kinds: where
        ),
    )
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    page.list.select(at)
    click(page.parts.new_button)
    qtbot.waitUntil(lambda: not window.operations.busy and page.builder.isVisible())
    return window, page


def words_of(page: TemplatesPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def row_of(page: TemplatesPage, number: str) -> int:
    return next(at for at, row in enumerate(page.builder.list.ticks.rows) if row.number == number)


def go_to(page: TemplatesPage, number: str) -> None:
    page.builder.list.setCurrentIndex(page.builder.list.ticks.index(row_of(page, number)))


def test_count_and_minutes_change_with_every_tick(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    window, page = building(qtbot, house.lead, shipped)
    assert focused() is page.builder.list
    before = page.builder.now
    assert before is not None and before.taken == shipped[2].template.by_id.keys()
    go_to(page, "4")
    press(Qt.Key.Key_Space)
    after = page.builder.now
    assert after is not None and after.effort.questions > before.effort.questions
    assert f"{round(after.effort.minutes)} of 180 minutes" in words_of(page)
    assert f"{after.count.core} core questions" in window.status.text
    assert page.builder.list.ticks.rows[row_of(page, "4")].tick is Tick.ON
    press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.builder.now == before
    press(Qt.Key.Key_Y, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.builder.now == after


def test_single_questions_are_found_taken_and_left(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = building(qtbot, house.lead, shipped)
    press(Qt.Key.Key_Slash)
    assert focused() is page.builder.search
    type_text("4.01")
    press(Qt.Key.Key_Down)
    row = page.builder.list.current
    assert row is not None and row.number == "4.01" and row.tick is Tick.OFF
    press(Qt.Key.Key_Space)
    assert page.builder.now is not None and "S04.01" in page.builder.now.taken
    page.builder.segments.asked.emit("sections")
    assert page.builder.list.ticks.rows[row_of(page, "4")].tick is Tick.PART
    page.builder.segments.asked.emit("questions")
    press(Qt.Key.Key_Return)
    assert page.drawer.isVisible() and page.drawer.title.text() == "Question 4.01"
    press(Qt.Key.Key_Escape)
    assert not page.drawer.isVisible() and page.builder.isVisible()


def test_a_theme_narrows_and_what_a_check_needs_is_added(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = building(qtbot, house.lead, shipped, at=0)
    page.builder.segments.asked.emit("themes")
    page.builder.list.setFocus()
    before = page.builder.now
    press(Qt.Key.Key_Space)
    assert before is not None and page.builder.now is not None
    assert page.builder.now.effort.questions < before.effort.questions
    near = next(one for one in page.builder.now.stopped if one.near and len(one.missing) == 1)
    page.parts.built.needed.emit(near)
    assert near.id not in {one.id for one in page.builder.now.stopped}


def test_tier_who_completes_and_the_overall_judgement_narrow_everything(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = building(qtbot, house.lead, shipped, at=0)
    narrowing = page.builder.narrowing
    assert narrowing.tier.value == "core"
    narrowing.tier.changed.emit("")
    narrowing.who.changed.emit("business_support")
    now = page.builder.now
    assert now is not None and now.effort.judgements == 0 and now.count.optional
    narrowing.who.changed.emit("")
    click(narrowing.overall)
    assert page.builder.now is not None and shipped[0].template.overall_question not in page.builder.now.taken


def test_it_is_kept_for_cycles_and_shown_in_the_list(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    window, page = building(qtbot, house.lead, shipped)
    go_to(page, "4")
    press(Qt.Key.Key_Space)
    page.builder.title.setText("Our spring audit")
    ticks = page.builder.ticks
    click(page.builder.keep)
    qtbot.waitUntil(lambda: not window.operations.busy and page.contents.isVisible())
    cards = house.lead.ask(kept_templates, None)
    assert [card.title for card in cards] == ["Our spring audit"]
    master = Builder(read_master(list_masters()[0]))
    assert cards[0].hash == master.resolve(ticks, Named("our-spring-audit", "Our spring audit")).hash
    qtbot.waitUntil(lambda: page.contents.title.text() == "Our spring audit")
    click(page.parts.new_button)
    qtbot.waitUntil(page.builder.isVisible)
    assert page.builder.now is not None
    assert len(page.builder.now.taken) == cards[0].questions


def test_a_title_is_needed_and_none_of_the_masters_own(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = building(qtbot, house.lead, shipped)
    click(page.builder.keep)
    assert focused() is page.builder.title and "no title" in words_of(page)
    type_text("Court")
    press(Qt.Key.Key_Return)
    assert "already" in words_of(page)
    assert not house.lead.ask(kept_templates, None)


def test_nothing_ticked_is_not_kept(qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication) -> None:
    _, page = building(qtbot, house.lead, shipped)
    for row in page.builder.list.ticks.rows:
        if row.tick is not Tick.OFF:
            page.builder.list.ticked.emit(row.id)
    page.builder.title.setText("Empty")
    click(page.builder.keep)
    assert not house.lead.ask(kept_templates, None) and page.builder.isVisible()


def test_the_saved_file_passes_its_check_and_gives_the_same_hash(
    qtbot: QtBot, house: House, shipped: list[Shipped], tmp_path: Path, dressed: QApplication
) -> None:
    path = tmp_path / "ours.yaml"
    window, page = building(qtbot, house.lead, shipped, path)
    go_to(page, "4")
    press(Qt.Key.Key_Space)
    page.builder.title.setText("Ours")
    click(page.builder.save)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert not has_errors(check_file(path))
    builder = Builder(read_master(list_masters()[0]))
    built = builder.resolve(page.builder.ticks, Named("ours", "Ours"))
    assert resolve(read_master(path), "ours").hash == built.hash


def test_what_is_half_built_is_there_again_until_it_is_thrown_away(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    window, page = building(qtbot, house.lead, shipped)
    begun = page.builder.ticks
    go_to(page, "4")
    press(Qt.Key.Key_Space)
    half = page.builder.ticks
    press(Qt.Key.Key_Escape)
    assert page.contents.isVisible()
    click(page.parts.new_button)
    qtbot.waitUntil(lambda: not window.operations.busy and page.builder.isVisible())
    assert page.builder.ticks == half
    click(page.builder.throw_away)
    assert page.builder.ticks == begun


def test_only_who_keeps_templates_builds_them(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    auditor = house.add("A. Auditor", Role.AUDITOR)
    window = shown(qtbot, lambda operations: TemplatesPage(auditor, operations, shipped=lambda: shipped))
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert not page.parts.new_button.isVisible() and not page.parts.import_button.isVisible()
    assert page.preview_button.isVisible()


def test_with_large_text_the_title_waits_behind_a_button(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    theme().set(scale=200)
    _, page = building(qtbot, house.lead, shipped)
    assert page.builder.list.isVisible() and not page.builder.title.isVisible()
    click(page.builder.about)
    assert page.builder.title.isVisible() and not page.builder.list.isVisible()
    click(page.parts.summary_button)
    assert "Time for one auditor" in words_of(page)


def test_rows_say_what_a_section_would_ask_within_the_limits(bank: Builder) -> None:
    ticks = bank.ticks_of("supervision-oversight")
    rows = {row.id: row for row in section_rows(bank, ticks, bank.look(ticks))}
    assert rows["S22"].tick is Tick.ON and rows["S04"].tick is Tick.OFF
    assert rows["S22"].words.startswith("ticked, 22 ")
    assert rows["S04"].figures[0] != "0"


def test_ticks_come_out_of_a_draft_as_they_went_in(bank: Builder) -> None:
    for variant in bank.master.variants:
        ticks = bank.ticks_of(variant.id)
        assert ticks_from(ticks_plain(ticks), ticks) == ticks
