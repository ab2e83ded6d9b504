"""Reading forms from files, saving and printing templates, comparing two of them, and the preview of the desk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.desktop.file_names import file_name, with_ending
from auditor.desktop.main_window import MainWindow
from auditor.desktop.models.change_rows import change_groups, summary_words
from auditor.desktop.models.rule_rows import rules_of
from auditor.desktop.pages.templates.page import TemplatesPage
from auditor.desktop.widgets.buttons import Button
from auditor.domain.errors import BadInput
from auditor.domain.roles import Role
from auditor.services.local_masters import local_masters
from auditor.services.template_files import Save, differences, form_in, read_form, save_template
from auditor.services.templates import KeepTemplate, Shipped, keep_template, shipped_templates
from auditor.templates.masters import list_masters, read_master
from tests.desktop.pages.kit import click, focused, press, shown
from tests.kit import House, open_house, small_plain, small_template
from tests.templates.small_form import SMALL
from tests.templates.xlsform_kit import workbook

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def shipped() -> list[Shipped]:
    wanted = ("whole-file", "core-assessments", "supervision-oversight")
    return [item for item in shipped_templates() if item.template.id in wanted]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path / "house") as opened:
        yield opened


def templates(
    qtbot: QtBot, house: House, shipped: list[Shipped] | None, *, which: Path | None = None, where: Path | None = None
) -> tuple[MainWindow, TemplatesPage]:
    window = shown(
        qtbot,
        lambda operations: TemplatesPage(
            house.lead,
            operations,
            today=lambda: TODAY,
            shipped=(lambda: shipped) if shipped is not None else None,
            ask_which_file=lambda _parent: which,
            ask_where_to=lambda _parent, _name, _kinds: where,
        ),
    )
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    return window, page


def words_of(page: TemplatesPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def small_file(folder: Path, text: str = SMALL) -> Path:
    path = folder / "small.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_form_from_a_workbook_is_kept_and_offered(
    qtbot: QtBot, house: House, tmp_path: Path, dressed: QApplication
) -> None:
    source = workbook(tmp_path / "form.xlsx", survey="type | name | label\ntext | a | Who?\ngeopoint | b | Where?")
    window, page = templates(qtbot, house, None, which=source)
    count = len(page.list.templates.rows)
    click(page.parts.import_button)
    qtbot.waitUntil(lambda: not window.operations.busy and page.imported.isVisible())
    assert "1 section, 1 question" in page.imported.words.text()
    assert focused() is page.imported.keep
    page.imported.table.setFocus()
    page.imported.table.select_first()
    press(Qt.Key.Key_Return)
    assert page.drawer.isVisible() and "survey" in words_of(page)
    press(Qt.Key.Key_Escape)
    click(page.imported.keep)
    qtbot.waitUntil(lambda: not window.operations.busy and len(page.list.templates.rows) > count)
    assert len(house.lead.ask(local_masters, None)) == 1
    assert page.contents.isVisible()


def test_what_is_wrong_with_a_file_is_listed_with_place_and_remedy(
    qtbot: QtBot, house: House, shipped: list[Shipped], tmp_path: Path, dressed: QApplication
) -> None:
    path = small_file(tmp_path, SMALL.replace("themes: [voice], short: First", "themes: [voise], short: First"))
    window, page = templates(qtbot, house, shipped, which=path)
    click(page.parts.import_button)
    qtbot.waitUntil(lambda: not window.operations.busy and page.imported.isVisible())
    assert not page.imported.keep.isVisible() and not page.imported.save.isVisible()
    row = page.imported.table.current
    assert row is not None and row.code == "theme-unknown"
    line = 1 + next(at for at, text in enumerate(path.read_text().splitlines()) if "voise" in text)
    assert page.imported.table.rows.as_text([1]).count(f"line {line}") == 1
    path.write_text(SMALL, "utf-8")
    click(page.imported.again)
    qtbot.waitUntil(lambda: not window.operations.busy and page.imported.keep.isVisible())
    press(Qt.Key.Key_Escape)
    assert page.contents.isVisible() and focused() is page.list


def test_a_file_that_is_no_form_is_said_in_the_status_line(
    qtbot: QtBot, house: House, shipped: list[Shipped], tmp_path: Path, dressed: QApplication
) -> None:
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    window, page = templates(qtbot, house, shipped, which=old)
    click(page.parts.import_button)
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert page.contents.isVisible()
    with pytest.raises(BadInput):
        read_form(old)


@pytest.mark.parametrize(
    ("word", "name"), [("YAML file…", "t.yaml"), ("XLSForm…", "t.xlsx"), ("Excel sheet…", "t.xlsx")]
)
def test_a_template_is_saved_and_can_be_read_again(
    qtbot: QtBot, house: House, shipped: list[Shipped], tmp_path: Path, dressed: QApplication, word: str, name: str
) -> None:
    window, page = templates(qtbot, house, shipped, where=tmp_path / name)
    page.list.select(2)
    press_button(page, word)
    qtbot.waitUntil(lambda: not window.operations.busy and (tmp_path / name).exists())
    found = read_form(tmp_path / name)
    assert found.plain is not None
    asked = sum(1 for _ in shipped[2].template.asked())
    assert asked <= found.questions


def test_a_template_is_saved_as_a_form_for_paper(
    qtbot: QtBot, house: House, shipped: list[Shipped], tmp_path: Path, dressed: QApplication
) -> None:
    window, page = templates(qtbot, house, shipped, where=tmp_path / "t.pdf")
    press_button(page, "PDF form…")
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert (tmp_path / "t.pdf").read_bytes().startswith(b"%PDF")


def press_button(page: TemplatesPage, word: str) -> None:
    QApplication.processEvents()
    click(next(button for button in page.summary.findChildren(Button) if button.text() == word and button.isVisible()))


def test_only_the_workspace_has_it_and_it_is_saved_all_the_same(
    qtbot: QtBot, house: House, tmp_path: Path, dressed: QApplication
) -> None:
    house.lead.do(keep_template, KeepTemplate(small_plain()))
    window, page = templates(qtbot, house, [], where=tmp_path / "own.yaml")
    press_button(page, "YAML file…")
    qtbot.waitUntil(lambda: not window.operations.busy)
    assert small_template().title in (tmp_path / "own.yaml").read_text("utf-8")


def test_two_templates_are_compared_in_words(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = templates(qtbot, house, shipped)
    page.list.select(1)
    click(page.compare_button)
    assert (page.comparing.before.value, page.comparing.after.value) == (
        shipped[0].template.hash,
        shipped[1].template.hash,
    )
    text = page.comparing.table.rows.as_text(range(1, 5))
    assert "Core or single assessments" in text
    page.comparing.before.set_value(shipped[1].template.hash)
    page.comparing.compare()
    assert page.comparing.summary.text() == "Nothing changed: both say the same."
    press(Qt.Key.Key_Escape)
    assert page.contents.isVisible()


def test_a_template_is_compared_with_a_file(
    qtbot: QtBot, house: House, shipped: list[Shipped], tmp_path: Path, dressed: QApplication
) -> None:
    window, page = templates(qtbot, house, shipped, which=small_file(tmp_path))
    click(page.compare_button)
    click(page.comparing.file_button)
    qtbot.waitUntil(lambda: not window.operations.busy and "small.yaml" in page.comparing.before.currentText())
    assert "differences" in page.comparing.summary.text()
    page.comparing.table.setFocus()
    press(Qt.Key.Key_Return)
    assert page.drawer.isVisible() and "After" in words_of(page)


def test_the_preview_shows_what_auditors_see_and_keeps_nothing(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    _, page = templates(qtbot, house, shipped)
    page.list.select(2)
    click(page.preview_button)
    assert page.preview.row is not None
    asked = [question for section in shipped[2].template.sections for question in section.questions if question.asked]
    assert page.preview.row.question is asked[0]
    press(Qt.Key.Key_PageDown)
    row = page.preview.row
    choice = next(one for one in page.preview._view.rows if one.question.options)  # type: ignore[union-attr]
    page.preview._pressed(choice, choice.zone("key", choice.question.options[0].code))
    assert (page.preview.row is choice and choice is not row) or choice is row
    assert choice.entry.answer.value == choice.question.options[0].code
    click(page.preview.guidance_button)
    assert page.drawer.title.text() == f"Question {choice.question.number}"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert page.contents.isVisible()
    click(page.preview_button)
    press(Qt.Key.Key_PageDown)
    again = next(one for one in page.preview._view.rows if one.question.id == choice.question.id)  # type: ignore[union-attr]
    assert again.entry.answer.is_blank


def test_auditors_may_preview_and_compare(
    qtbot: QtBot, house: House, shipped: list[Shipped], dressed: QApplication
) -> None:
    auditor = house.add("A. Auditor", Role.AUDITOR)
    window = shown(qtbot, lambda operations: TemplatesPage(auditor, operations, shipped=lambda: shipped))
    page = window.page
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: not window.operations.busy)
    click(page.preview_button)
    assert page.preview.isVisible()


def test_differences_are_grouped_by_part_and_act() -> None:
    plain = small_plain()
    sections = [dict(section) for section in plain["sections"]]
    first = [dict(question) for question in sections[0]["questions"]]
    first[0]["text"] = "In other words"
    sections[0]["questions"] = first[:-1]
    after = {**plain, "sections": sections}
    groups = change_groups(differences(plain, after))
    assert [group.title for group in groups][:2] == ["Questions: no longer there", "Questions: in other words"]
    assert groups[1].rows[0].what == "1.01" and groups[1].rows[0].key == "wording"
    assert summary_words(groups) == "2 differences"


def test_a_question_names_the_rules_that_read_it(shipped: list[Shipped]) -> None:
    template = shipped[0].template
    rows = {row.id: row for row in rules_of(template, template.by_id["S22.01"])}
    assert rows["TR29"].limit == "4 weeks" and rows["TR29"].kind == "Time limit"
    assert any(row.kind == "Check" for row in rows.values()) and "no_supervision" in rows


def test_the_master_is_saved_without_loss(tmp_path: Path) -> None:
    master = read_master(list_masters()[0])
    path, told = save_template(master.plain, tmp_path / "m", Save.YAML)
    assert path.name == "m.yaml" and not told
    assert form_in(path) == master.plain


def test_a_file_that_cannot_be_used_cannot_be_compared(tmp_path: Path) -> None:
    path = small_file(tmp_path, SMALL.replace("title: Small form", "titel: Small form"))
    with pytest.raises(BadInput) as caught:
        form_in(path)
    assert caught.value.code in ("key-unknown", "key-missing")


def test_names_of_files_fit_every_system() -> None:
    assert file_name('Plans: a/b "c"?', ".pdf") == "Plans a b c.pdf"
    assert file_name("...", ".pdf") == "template.pdf"
    assert (
        with_ending(Path("a.b"), ".xlsx") == Path("a.b.xlsx") and with_ending(Path("a.XLSX"), ".xlsx").name == "a.XLSX"
    )
