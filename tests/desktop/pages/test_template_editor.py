"""Changing a template in the window, by keyboard, as a lead does it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.models.draft_rows import CHANGED, TO_DO
from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.editor.editor import CHECKS, FORM, KEYS, LIST, TemplateEditor
from auditor.desktop.pages.templates.editor.fields import TextField, TicksField
from auditor.desktop.pages.templates.editor.hosting import Editing
from auditor.desktop.pages.templates.editor.publishing import proposed_version
from auditor.desktop.pages.templates.page import TemplatesPage
from auditor.desktop.shell.page import Arrangement, Page
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import CheckRow
from auditor.domain.changes import Changes
from auditor.services import newer_base, template_drafts
from auditor.services.local_masters import KeepMaster, keep_master, local_masters, offered_templates
from auditor.services.session import Session
from auditor.services.template_drafts import StartDraft, draft_form, start_draft
from auditor.templates.masters import parse_master
from tests.desktop.pages.kit import click, focused, press, shown, type_text
from tests.kit import House, open_house
from tests.templates.small_form import SMALL

CTRL = Qt.KeyboardModifier.ControlModifier


class Host(Page):
    """A page that holds nothing but the editor."""

    page_id, title, icon = "templates", "Templates", "templates"

    def __init__(self, session: Session, operations: Operations, draft_id: str) -> None:
        super().__init__(operations)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.content.addWidget(self.stack, 1)
        self.editing = Editing(session, operations, self.stack, self.header, Button("Change…"))
        self.draft_id = draft_id

    def refresh(self, changes: Changes | None) -> None:
        if changes is None:
            self.editing.open(self.draft_id)

    def arrive(self, target: object) -> None:
        if self.editing.editor is not None:
            self.editing.editor.arrive()

    def arrange(self, arrangement: Arrangement) -> None:
        self.editing.arrange(arrangement)

    def go_back(self) -> bool:
        return self.editing.go_back()

    def leave(self) -> None:
        self.editing.leave()


@dataclass
class Bench:
    """The editor on its page, and the draft it changes."""

    qtbot: QtBot
    house: House
    window: MainWindow
    draft: str

    @property
    def host(self) -> Host:
        page = self.window.page
        assert isinstance(page, Host)
        return page

    @property
    def editor(self) -> TemplateEditor:
        assert self.host.editing.editor is not None
        return self.host.editing.editor

    def edits(self) -> dict[str, Any]:
        """The changes on disk."""
        return dict(self.house.lead.ask(draft_form, self.draft).edits)

    def settle(self) -> None:
        """Wait until the checks are about what stands there."""
        self.qtbot.waitUntil(lambda: self.editor.state.resting and not self.window.operations.busy, timeout=10_000)
        QApplication.processEvents()

    def said(self, widget: QWidget | None = None) -> str:
        """All words in sight."""
        QApplication.processEvents()
        labels = (widget or self.editor).findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def text(self, key: str) -> TextField:
        field = self.editor.form.fields[key]
        assert isinstance(field, TextField)
        return field


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def bench(qtbot: QtBot, house: House, dressed: QApplication) -> Bench:
    base = house.lead.do(keep_master, KeepMaster(parse_master(SMALL).plain)).made
    draft = house.lead.do(start_draft, StartDraft(base)).made
    window = shown(qtbot, lambda operations: Host(house.lead, operations, draft))
    made = Bench(qtbot, house, window, draft)
    made.settle()
    return made


def retype(text: str) -> None:
    """Write something else where the focus is."""
    press(Qt.Key.Key_A, modifiers=CTRL)
    type_text(text)


def test_the_wording_is_changed_by_keyboard_and_on_disk_before_it_says_saved(bench: Bench) -> None:
    assert focused() is bench.editor.list.table
    press(Qt.Key.Key_Down, 2)
    press(Qt.Key.Key_Return)
    assert bench.editor.form.at == ("question", "S01.01") and focused() is bench.text("text").control
    retype("How often was the child seen?")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert bench.edits() == {"question/S01.01/text": "How often was the child seen?"}
    row = bench.editor.list.table.current
    assert row is not None and row.words == "How often was the child seen?" and "changed" in row.state
    assert "question 1.01: wording" in bench.said(bench.editor.checks)


def test_what_is_typed_is_kept_when_the_window_closes(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "guidance")
    type_text("Look at the notes.")
    bench.window.close()
    assert bench.edits() == {"question/S01.02/guidance": "Look at the notes."}


def test_what_to_look_for_is_written_beside_the_guidance(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "evidence")
    type_text("Visit notes: date, who was there")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert bench.edits() == {"question/S01.02/evidence": "Visit notes: date, who was there"}
    assert "question 1.02: what to look for" in bench.said(bench.editor.checks)


def test_a_question_gets_answers_of_its_own_and_undo_gives_the_scale_back(bench: Bench) -> None:
    bench.editor.go("question", "S01.02")
    answers = bench.editor.form.answers
    assert answers is not None and answers.owner == "met"
    QApplication.processEvents()
    answers.part.setFocus()
    press(Qt.Key.Key_Return)
    answers = bench.editor.form.answers
    assert answers is not None and answers.owner == "S01.02"
    assert list(bench.edits()) == ["question/S01.02/own_options"]
    assert "question 1.02: answers of its own" in bench.said(bench.editor.checks)
    bench.editor.state.undo()
    answers = bench.editor.form.answers
    assert bench.edits() == {} and answers is not None and answers.owner == "met"


def test_a_question_moves_to_another_section_and_keeps_its_number(bench: Bench) -> None:
    bench.editor.go("question", "S01.04", "section")
    press(Qt.Key.Key_Down)
    assert bench.edits() == {"question/S01.04/section": "S02"}
    bench.settle()
    plain = bench.editor.state.form.plain
    assert [one["id"] for one in plain["sections"][1]["questions"]] == ["S02.01", "S02.02", "S02.03", "S01.04"]
    assert bench.editor.form.at == ("question", "S01.04") and not bench.editor.bar.publish.reason
    bench.editor.form.moved.emit(-1)
    assert bench.edits()["section/S02/order"] == ["S02.01", "S02.02", "S01.04", "S02.03"]


def test_typing_that_rests_is_saved(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "guidance")
    type_text("Look.")
    bench.qtbot.waitUntil(lambda: bench.edits() == {"question/S01.02/guidance": "Look."}, timeout=5_000)
    assert focused() is bench.text("guidance").control


def test_undo_and_redo_go_to_where_the_change_was(bench: Bench) -> None:
    bench.editor.go("question", "S01.01", "tier")
    tier = focused()
    press(Qt.Key.Key_Down)
    assert tier is focused() or bench.edits()
    bench.editor.state.edit({"question/S01.01/tier": "optional"}, "1.01 changed", ("question", "S01.01"))
    bench.editor.arrive()
    press(Qt.Key.Key_Home, modifiers=CTRL)
    press(Qt.Key.Key_Z, modifiers=CTRL)
    assert bench.edits() == {} and bench.editor.form.at == ("question", "S01.01")
    bench.editor.arrive()
    press(Qt.Key.Key_Y, modifiers=CTRL)
    assert bench.edits() == {"question/S01.01/tier": "optional"}
    assert bench.editor.form.at == ("question", "S01.01")


def test_themes_are_ticked(bench: Bench) -> None:
    bench.editor.go("question", "S01.01", "themes")
    field = bench.editor.form.fields["themes"]
    assert isinstance(field, TicksField) and focused() is field.rows["voice"]
    press(Qt.Key.Key_Space)
    field.rows["plans"].setFocus()
    press(Qt.Key.Key_Space)
    assert bench.edits() == {"question/S01.01/themes": ["plans"]}


def test_a_check_leads_to_what_it_is_about(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "text")
    retype("x")
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return, modifiers=CTRL)
    bench.settle()
    assert bench.editor.bar.publish.reason
    bench.editor.list.views._choose(TO_DO)
    rows = bench.editor.list.table.rows
    assert [rows.row(at).key for at in range(rows.rowCount())] == [("question", "S01.02")]  # type: ignore[union-attr]
    bench.editor.go("section", "S02")
    button = next(b for b in bench.editor.checks.findChildren(QWidget) if b.accessibleName() == "Go to question 1.02")
    button.setFocus()
    press(Qt.Key.Key_Return)
    assert bench.editor.form.at == ("question", "S01.02") and focused() is bench.text("text").control


def test_an_answer_is_reworded_added_and_removed(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "met/not_met")
    retype("Not met at all")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    answers = bench.editor.form.answers
    assert answers is not None
    answers.new_label.setFocus()
    type_text("Partly met")
    answers.new_stands.set_value("partly")
    press(Qt.Key.Key_Return)
    assert bench.edits() == {
        "option/met/not_met/label": "Not met at all",
        "option/met/partly_met/added": {"label": "Partly met", "stands_for": "partly"},
    }
    assert "“Met” serves 1 question" in bench.said(bench.editor.form)
    remove = next(
        w for w in bench.editor.form.findChildren(QWidget) if w.accessibleName() == "Remove the answer Partly met"
    )
    click(remove)
    assert bench.edits()["option/met/partly_met/removed"] is True
    assert "partly_met" not in bench.said(bench.editor.form)


def test_a_question_is_added_moved_and_removed(bench: Bench) -> None:
    bench.editor.go("question", "S01.01")
    click(bench.editor.list.add_question)
    type_text("How soon was the child seen?")
    assert bench.editor.adding.new is not None
    bench.editor.adding.new.kind.set_value("count/")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert bench.editor.form.at == ("question", "S01.501")
    assert bench.edits()["question/S01.501/added"]["after"] == "S01.01"
    bench.editor.arrive()
    press(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.AltModifier)
    order = bench.edits()["section/S01/order"]
    assert order == ["S01.01", "S01.02", "S01.501", "S01.03", "S01.04"]
    bench.editor.form.removed.emit()
    assert bench.editor.form.at == ("question", "S01.03")
    press(Qt.Key.Key_Z, modifiers=CTRL)
    assert bench.editor.form.at == ("question", "S01.501")


def test_a_new_question_needs_its_wording_and_can_be_left(bench: Bench) -> None:
    click(bench.editor.list.add_question)
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert "Write what the auditors will read." in bench.said(bench.editor.middle)
    press(Qt.Key.Key_Escape)
    assert bench.editor.adding.new is None and bench.edits() == {}


def test_a_section_is_added_with_its_title(bench: Bench) -> None:
    bench.editor.go("section", "S01")
    click(bench.editor.list.add_section)
    assert bench.editor.form.at == ("section", "L01") and focused() is bench.text("title").control
    retype("Our own")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    assert bench.edits()["section/L01/title"] == "Our own"


def test_a_section_is_put_into_the_variants_that_name_their_sections(bench: Bench) -> None:
    bench.editor.go("section", "S02")
    row = next(w for w in bench.editor.form.findChildren(CheckRow) if w.accessibleName() == "Taken by Seeing")
    assert "Taken in any case by: Everything." in bench.said(bench.editor.form)
    row.setFocus()
    press(Qt.Key.Key_Space)
    assert bench.edits()["variant/seeing/selection"]["select"]["sections"] == ["S01", "S02"]
    press(Qt.Key.Key_Space)
    assert bench.edits() == {}
    bench.editor.go("section", "S01")
    QApplication.processEvents()
    row = next(w for w in bench.editor.form.findChildren(CheckRow) if w.isVisible())
    row.setFocus()
    press(Qt.Key.Key_Space)
    assert bench.edits() == {} and row.isChecked()


def test_a_newer_master_of_the_program_is_offered_and_taken_over(
    qtbot: QtBot, house: House, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = parse_master(SMALL.replace('version: "1"', 'version: "2"').replace("How often?", "How many times?"))
    base = house.lead.do(keep_master, KeepMaster(parse_master(SMALL).plain)).made
    draft = house.lead.do(start_draft, StartDraft(base)).made
    for module in (newer_base, template_drafts):
        monkeypatch.setattr(module, "program_masters", lambda: [second])
    monkeypatch.setattr(newer_base, "shipped_versions", lambda: {"small": "2"})
    window = shown(qtbot, lambda operations: Host(house.lead, operations, draft))
    bench = Bench(qtbot, house, window, draft)
    note = bench.editor.checks.newer
    qtbot.waitUntil(note.isVisible)
    click(note.show_changes)
    assert "How many times?" in bench.said(note)
    click(note.take)
    assert not note.isVisible()
    form = house.lead.ask(draft_form, draft)
    assert form.card.base_version == "2" and "Changed since version 2" in bench.said(bench.editor.checks)


def test_themes_are_renamed_and_added_on_the_form_of_the_template(bench: Bench) -> None:
    field = next(w for w in bench.editor.form.findChildren(QWidget) if w.accessibleName() == "Title of a new theme")
    field.setFocus()
    type_text("Health")
    press(Qt.Key.Key_Return)
    assert bench.edits() == {"theme/health/added": {"title": "Health"}}
    assert "Health" in bench.said(bench.editor.form)


def test_a_rule_that_lost_its_question_is_left_out(bench: Bench) -> None:
    bench.editor.go("question", "S01.02")
    bench.editor.form.removed.emit()
    bench.settle()
    name = "Leave the check CR01 out of the draft"
    button = next(w for w in bench.editor.checks.findChildren(QWidget) if w.accessibleName() == name)
    button.setFocus()
    press(Qt.Key.Key_Return)
    assert bench.edits()["consistency/CR01/removed"] is True


def test_a_change_is_taken_back_from_the_list(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "guidance")
    type_text("Look.")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    bench.editor.list.views._choose(CHANGED)
    assert bench.editor.list.table.rows.rowCount() == 1
    name = "Take back question 1.02: guidance"
    button = next(w for w in bench.editor.checks.findChildren(QWidget) if w.accessibleName() == name)
    button.setFocus()
    press(Qt.Key.Key_Return)
    assert bench.edits() == {} and bench.text("guidance").text.toPlainText() == ""


def test_search_finds_by_number_and_words(bench: Bench) -> None:
    assert bench.editor.press("/")
    type_text("overall")
    press(Qt.Key.Key_Down)
    assert focused() is bench.editor.list.table
    assert bench.editor.form.at == ("question", "S02.03")


def test_it_is_published_under_a_new_version_with_one_key_press(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "guidance")
    type_text("Look.")
    press(Qt.Key.Key_Return, modifiers=CTRL)
    bench.settle()
    bar = bench.editor.bar
    assert bar.version.text() == "2" and not bar.publish.reason
    bar.version.setFocus()
    retype("1")
    press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: not bench.window.operations.busy)
    assert bar.problem.code == "version-taken"
    retype("2026.2")
    with bench.qtbot.waitSignal(bench.host.editing.closed, timeout=10_000) as closed:
        press(Qt.Key.Key_Return)
    cards = bench.house.lead.ask(local_masters, None)
    assert closed.args == [cards[0].hash] and cards[0].version == "2026.2"
    offered = [one for one in bench.house.lead.ask(offered_templates, None) if one.local]
    assert offered[0].template.by_id["S01.02"].guidance == "Look."


def test_nothing_is_dropped_at_the_first_press(bench: Bench) -> None:
    bar = bench.editor.bar
    click(bar.drop)
    click(bar.keep)
    click(bar.drop)
    assert bench.house.lead.ask(draft_form, bench.draft).card.is_open
    click(bar.drop)
    assert bench.host.editing.editor is None
    assert bench.house.lead.ask(draft_form, bench.draft).card.discarded


def test_escape_goes_to_the_list_and_then_out(bench: Bench) -> None:
    bench.editor.go("question", "S01.02", "guidance")
    press(Qt.Key.Key_Escape)
    assert focused() is bench.editor.list.table
    bench.editor.go("question", "S01.02", "tier")
    assert bench.host.go_back() and focused() is bench.editor.list.table
    assert bench.host.go_back() and bench.host.editing.editor is None
    assert not bench.host.go_back()


def test_one_column_at_a_time_where_there_is_no_room(bench: Bench) -> None:
    editor = bench.editor
    editor.arrange(Arrangement.SINGLE)
    assert editor.list.isVisible() and not editor.middle.isVisible()
    editor.go("question", "S01.02")
    assert editor.shown.chosen == FORM and editor.middle.isVisible() and not editor.list.isVisible()
    editor.shown._choose(CHECKS)
    assert editor.checks.isVisible()
    editor.go_back()
    assert editor.shown.chosen == LIST


def test_the_version_proposed_is_the_next() -> None:
    assert [proposed_version(one) for one in ("1", "2026.1", "2026.1+ours.9", "pilot")] == [
        "2", "2026.2", "2026.1+ours.10", "pilot-2",
    ]  # fmt: skip
    assert proposed_version("2026.1", {"2026.1", "2026.2", "2026.4", "pilot"}) == "2026.5"


def test_the_templates_page_opens_the_draft_and_shows_what_was_published(
    qtbot: QtBot, house: House, dressed: QApplication
) -> None:
    house.lead.do(keep_master, KeepMaster(parse_master(SMALL).plain))
    local = [one for one in house.lead.ask(offered_templates, None) if one.local]
    offered = {"now": local}
    window = shown(qtbot, lambda operations: TemplatesPage(house.lead, operations, shipped=lambda: offered["now"]))
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert page.parts.change_button.isVisible() and page.parts.change_button.text() == "Change…"
    click(page.parts.change_button)
    qtbot.waitUntil(lambda: page.editing.is_open)
    assert page.header.title.text() == "Draft of Small form" and not page.use_button.isVisible()
    editor = page.editing.editor
    assert editor is not None and page.keys() == KEYS
    editor.state.edit({"question/S01.01/text": "How often was the child seen?"}, "", ("question", "S01.01"))
    press(Qt.Key.Key_Escape)
    assert not page.editing.is_open and page.header.title.text() == "Templates" and page.use_button.isVisible()
    page.list.select(1)
    assert page.parts.change_button.text() == "Go on with the draft"
    click(page.parts.change_button)
    qtbot.waitUntil(lambda: page.editing.is_open and not window.operations.busy)
    editor = page.editing.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.state.judged_once and editor.state.resting)
    offered["now"] = []
    editor.bar.publish.click()
    qtbot.waitUntil(lambda: not page.editing.is_open and not window.operations.busy, timeout=10_000)
    assert [card.version for card in house.lead.ask(local_masters, None)] == ["2", "1"]
    assert page.header.facts.text().startswith("0 templates")
