"""The workspace's own templates on the Templates page: published, built into a draft, left behind by the program."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.templates.page import TemplatesPage
from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.services import local_masters as local
from auditor.services.cycles import AddCases, CreateCycle, NewCase, add_cases, create_cycle
from auditor.services.local_masters import KeepMaster, keep_master, offered_templates
from auditor.services.template_drafts import EditDraft, StartDraft, draft_form, edit_draft, start_draft
from auditor.services.templates import KeepTemplate, Shipped, keep_template
from auditor.services.versions_in_use import audits_behind
from auditor.templates.masters import parse_master
from tests.desktop.pages.kit import click, press, shown, type_text
from tests.kit import House, open_house
from tests.templates.small_form import PROMPTED, SMALL, spoiled


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def kept(house: House) -> str:
    """The small form as a master of the workspace."""
    return house.lead.do(keep_master, KeepMaster(parse_master(SMALL).plain)).made


def own(house: House) -> list[Shipped]:
    """What the workspace itself offers."""
    return [one for one in house.lead.ask(offered_templates, None) if one.local]


def opened(qtbot: QtBot, house: House) -> tuple[MainWindow, TemplatesPage]:
    window = shown(qtbot, lambda operations: TemplatesPage(house.lead, operations, shipped=lambda: own(house)))
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    return window, page


def button(root: QWidget, name: str) -> QWidget:
    return next(one for one in root.findChildren(QWidget) if one.accessibleName() == name and one.isVisible())


def test_a_question_says_where_in_the_file_to_look(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    house.lead.do(keep_master, KeepMaster(parse_master(PROMPTED).plain))
    _, page = opened(qtbot, house)
    page.contents.question_opened.emit(page.list.templates.rows[0].template.by_id["S01.02"])
    QApplication.processEvents()
    told = [label.text() for label in page.drawer.findChildren(QLabel) if label.isVisible()]
    assert told[told.index("Look for") + 1] == "Visit notes: date, who was there"


def test_after_publishing_the_new_version_is_the_one_shown(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    house.lead.do(keep_master, KeepMaster(parse_master(SMALL.replace("id: small\n", "id: another\n")).plain))
    draft = house.lead.do(start_draft, StartDraft(kept(house))).made
    house.lead.do(edit_draft, EditDraft(draft, {"question/S01.01/text": "How often was the child seen?"}))
    window, page = opened(qtbot, house)
    page.editing.open(draft)
    editor = page.editing.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.state.judged_once and editor.state.resting, timeout=10_000)
    editor.bar.publish.click()
    qtbot.waitUntil(lambda: not page.editing.is_open and not window.operations.busy, timeout=10_000)
    row = page._row
    assert row is not None and (row.template.master, row.template.version) == ("small", "2")
    assert page.contents.isVisible()


def test_the_move_is_proposed_to_a_cycle_that_is_behind(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    kept(house)
    old = house.lead.do(keep_template, KeepTemplate(own(house)[0].plain)).made
    command = CreateCycle("Autumn", old, date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1))
    cycle = house.lead.do(create_cycle, command).made
    house.lead.do(add_cases, AddCases(cycle, (NewCase("CF-01", "Team one", "CIN", "5-9"),)))
    house.give(cycle, "CF-01", house.add("A. Auditor", Role.AUDITOR), None, Mode.SINGLE)
    house.lead.do(keep_master, KeepMaster({**parse_master(SMALL).plain, "version": "2"}))
    _, page = opened(qtbot, house)
    assert page.acts.behind(page.list.templates.rows[0].template)[0].audits == 1
    click(button(page, "Propose the move to the auditors of Autumn"))
    assert house.lead.ask(audits_behind, None)[0].proposed == 1
    assert "The move is proposed; their auditors decide." in [
        label.text() for label in page.summary.findChildren(QLabel) if label.isVisible()
    ]


def test_versions_that_no_cycle_uses_give_way_to_newer_ones(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    kept(house)
    first = own(house)
    used, unused = (house.lead.do(keep_template, KeepTemplate(one.plain)).made for one in first)
    house.lead.do(create_cycle, CreateCycle("Autumn", used, date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1)))
    house.lead.do(keep_master, KeepMaster({**parse_master(SMALL).plain, "version": "2"}))
    window, page = opened(qtbot, house)
    listed = [row.template.hash for row in page.list.templates.rows]
    assert used in listed and unused not in listed
    assert page.parts.older_button.text() == "Show 1 older version"
    chosen = page._row
    click(page.parts.older_button)
    assert unused in [row.template.hash for row in page.list.templates.rows]
    assert page._row is chosen
    page.arrive(unused)
    click(page.parts.older_button)
    assert unused not in [row.template.hash for row in page.list.templates.rows]
    page.arrive(unused)
    assert page._row is not None and page._row.template.hash == unused, "asked for, it is shown"
    page.refresh(None)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert page._row.template.hash == unused, "reading again keeps what was chosen"


def test_of_two_versions_the_older_is_compared_with_the_newer(
    qtbot: QtBot, house: House, dressed: QApplication
) -> None:
    kept(house)
    old = house.lead.do(keep_template, KeepTemplate(own(house)[0].plain)).made
    house.lead.do(keep_master, KeepMaster({**parse_master(SMALL).plain, "version": "2"}))
    _, page = opened(qtbot, house)
    new = page.list.templates.rows[0].template.hash
    for one in (old, new):
        page.arrive(one)
        click(page.compare_button)
        assert (page.comparing.before.value, page.comparing.after.value) == (old, new)
        page.leave_mode()


def test_a_variant_is_built_into_the_open_draft(qtbot: QtBot, house: House, dressed: QApplication) -> None:
    base = kept(house)
    window, page = opened(qtbot, house)
    click(page.parts.new_button)
    qtbot.waitUntil(lambda: not window.operations.busy and page.builder.isVisible())
    assert not page.builder.draft_button.isVisible(), "no draft is open"
    page.leave_mode()
    draft = house.lead.do(start_draft, StartDraft(base)).made
    click(page.parts.new_button)
    qtbot.waitUntil(lambda: not window.operations.busy and page.builder.isVisible())
    page.builder.title.setFocus()
    type_text("Plans only")
    page.builder.draft_button.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert page.contents.isVisible()
    edits = house.lead.ask(draft_form, draft).edits
    assert list(edits) == ["variant/plans-only/selection"]
    assert [one["id"] for one in house.lead.ask(draft_form, draft).plain["variants"]][-1] == "plans-only"


def test_it_says_where_the_program_s_master_has_moved(
    qtbot: QtBot, house: House, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = parse_master(SMALL)
    house.lead.do(keep_master, KeepMaster({**first.plain, "version": "1-ours"}, "ours.yaml", first.plain))
    newer = parse_master(spoiled('version: "1"', 'version: "2"').replace("text: Last seen", "text: Seen last"))
    monkeypatch.setattr(local, "program_masters", lambda: [newer])
    monkeypatch.setattr(local, "shipped_versions", lambda: {"small": "2"})
    _, page = opened(qtbot, house)
    QApplication.processEvents()
    said = [label.text() for label in page.summary.findChildren(QLabel) if label.isVisible()]
    assert any("has version 2 of its master now: 2 differences" in words for words in said)
    click(button(page.summary, "Read what changed"))
    told = "\n".join(label.text() for label in page.drawer.findChildren(QLabel) if label.isVisible())
    assert "Last seen → Seen last" in told
