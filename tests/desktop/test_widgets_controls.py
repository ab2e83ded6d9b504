import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.marks import GRADES, LIMITS_GRADE, RAG, MarkKind
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.fields import CheckRow, Combo, LineEdit
from auditor.desktop.widgets.header import PageHeader
from auditor.desktop.widgets.labels import Label, WrapLabel, led
from auditor.desktop.widgets.panel import Scrolled
from auditor.desktop.widgets.progress import LifeSteps, Part, PartsBar, Step, StepState
from auditor.desktop.widgets.section_row import SectionRow
from auditor.desktop.widgets.status_line import StatusLine
from auditor.desktop.widgets.toggles import Segments, Slicer, Tabs, Toggle


def test_a_blocked_button_keeps_the_focus_says_why_and_does_not_act(dressed: QApplication, qtbot: QtBot) -> None:
    button = Button("Verify")
    qtbot.addWidget(button)
    button.show()
    button.block("you recorded it as done")
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(button.clicked), qtbot.waitSignal(button.refused) as heard:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert heard.args == ["you recorded it as done"]
    assert button.isEnabled()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == "Verify, not available: you recorded it as done"
    button.unblock()
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _wheel(widget: QWidget) -> None:
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            QPointF(5, 5), QPointF(widget.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def test_scrolling_past_a_list_does_not_choose_from_it(dressed: QApplication, qtbot: QtBot) -> None:
    form, combo, line = QWidget(), Combo("Owner", [("1", "One"), ("2", "Two")]), LineEdit("Title")
    column = QVBoxLayout(form)
    column.addWidget(line)
    column.addWidget(combo)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    line.setFocus()
    _wheel(combo)
    assert combo.value == "1" and line.hasFocus()
    combo.setFocus()
    _wheel(combo)
    assert combo.value == "2"


def test_enter_presses_a_button(dressed: QApplication, qtbot: QtBot) -> None:
    button = Button("Continue", "p")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return)


def test_button_heights_follow_kind_and_text_size(dressed: QApplication, qtbot: QtBot) -> None:
    ordinary, small = Button("Open"), Button("Open", "small")
    for button in (ordinary, small):
        qtbot.addWidget(button)
        button.ensurePolished()
    assert (ordinary.sizeHint().height(), small.sizeHint().height()) == (32, 26)
    theme().set(scale=200)
    assert (ordinary.sizeHint().height(), small.sizeHint().height()) == (64, 52)


def test_chip_says_its_word(dressed: QApplication, qtbot: QtBot) -> None:
    chip = Chip(RAG["behind_schedule"])
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Behind schedule"
    narrow = chip.sizeHint().width()
    chip.set_meaning(GRADES[2])
    assert chip.accessibleName() == "Good"
    assert chip.sizeHint().width() < narrow


def test_tabs_give_ids_and_say_their_counts(dressed: QApplication, qtbot: QtBot) -> None:
    tabs = Tabs("Lists")
    qtbot.addWidget(tabs)
    with qtbot.assertNotEmitted(tabs.chosen):
        tabs.add("all", "All", 57)
        tabs.add("mine", "Mine", 4)
    with qtbot.waitSignal(tabs.chosen) as heard:
        tabs.choose("mine")
    assert heard.args == ["mine"]
    assert tabs.tabText(1) == "Mine, 4"
    tabs.set_count("mine", 3)
    assert tabs.tabText(1) == "Mine, 3"


def test_segments_always_have_one_view_chosen(dressed: QApplication, qtbot: QtBot) -> None:
    views = Segments("View", [("case", "Theme × case"), ("answer", "Theme × answer")])
    qtbot.addWidget(views)
    assert views.chosen == "case"
    with qtbot.assertNotEmitted(views.changed):
        views.keys[0].click()
    with qtbot.waitSignal(views.changed) as heard:
        views.keys[1].click()
    assert (heard.args, views.chosen) == (["answer"], "answer")


def test_slicer_changes_by_its_menu_and_keeps_a_value_that_still_exists(dressed: QApplication, qtbot: QtBot) -> None:
    slicer = Slicer("Cycle", [("", "All"), ("s", "Summer 2026")])
    qtbot.addWidget(slicer)
    with qtbot.waitSignal(slicer.changed) as heard:
        slicer.menu().actions()[1].trigger()
    assert heard.args == ["s"]
    assert slicer.accessibleName() == "Cycle: Summer 2026"
    slicer.set_options([("", "All"), ("s", "Summer 2026"), ("a", "Autumn 2026")])
    assert slicer.value == "s"
    slicer.set_options([("", "All")])
    assert slicer.value == ""


def test_a_toggle_waits_for_its_owner(dressed: QApplication, qtbot: QtBot) -> None:
    toggle = Toggle("Good practice", icon="star", cap="G")
    qtbot.addWidget(toggle)
    with qtbot.waitSignal(toggle.clicked):
        QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert not toggle.isChecked()
    toggle.set_on(True)
    assert QAccessible.queryAccessibleInterface(toggle).state().checked


def test_check_row_is_clicked_by_its_whole_row(dressed: QApplication, qtbot: QtBot) -> None:
    row = CheckRow("Cover sheet", "always included")
    qtbot.addWidget(row)
    row.resize(600, 30)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center())
    assert row.isChecked()
    assert row.accessibleName() == "Cover sheet, always included"


def test_section_row_says_progress_and_marks(dressed: QApplication, qtbot: QtBot) -> None:
    row = SectionRow("4", "Core or single assessment")
    qtbot.addWidget(row)
    row.set_progress(15, 20)
    row.set_marks([LIMITS_GRADE])
    assert row.accessibleName() == "Section 4, Core or single assessment, 15 of 20, Limits the grade"
    assert row.sizeHint().height() == 54


def test_parts_and_steps_say_in_words_what_they_paint(dressed: QApplication, qtbot: QtBot) -> None:
    bar = PartsBar("Audits")
    steps = LifeSteps("Life", [Step("Raised", "22/07/2026", StepState.DONE), Step("Closed", "", StepState.OPEN)])
    qtbot.addWidget(bar)
    qtbot.addWidget(steps)
    bar.set_parts([Part(7, "good", "agreed"), Part(4, "accent", "to reconcile")])
    assert bar.accessibleName() == "Audits: 7 agreed, 4 to reconcile"
    assert steps.accessibleName() == "Life: Raised (done) 22/07/2026; Closed (not yet)"


def test_empty_state_is_chosen_by_digit(dressed: QApplication, qtbot: QtBot) -> None:
    ways = [Way("cycles", f"Way {number}", "About a minute.", "Go") for number in (1, 2)]
    empty = EmptyState("Nothing yet", "A cycle is one round of audits.", ways)
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.chosen) as heard:
        QTest.keyClick(empty, Qt.Key.Key_2)
    assert heard.args == [1]
    assert [button.property("k") for button in empty.buttons] == ["p", ""]


def test_a_header_holds_three_buttons_and_moves_them_into_the_menu(dressed: QApplication, qtbot: QtBot) -> None:
    header = PageHeader("Findings", "Summer 2026")
    qtbot.addWidget(header)
    plain, filled = header.add_button(Button("Copy")), header.add_button(Button("Excel workbook…", "p"))
    header.add_button(Button("Word report…"))
    with pytest.raises(ValueError, match="three"):
        header.add_button(Button("One too many"))
    header.show()
    header.show_menu(True)
    assert (plain.isVisible(), filled.isVisible(), header.menu_button.isVisible()) == (False, True, True)


def test_drawer_closes_with_esc_and_gives_the_focus_back(dressed: QApplication, qtbot: QtBot) -> None:
    holder, line, drawer = QWidget(), QLineEdit(), Drawer("Action")
    column = QVBoxLayout(holder)
    both = WithDrawer(line, drawer)
    column.addWidget(both)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    line.setFocus()
    both.open("Monthly supervision")
    assert line.hasFocus()
    drawer.close_button.setFocus()
    with qtbot.waitSignal(drawer.closed):
        QTest.keyClick(drawer.close_button, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert line.hasFocus()


def test_a_stacked_drawer_takes_the_place_of_the_list(dressed: QApplication, qtbot: QtBot) -> None:
    main, drawer = QWidget(), Drawer("Action")
    both = WithDrawer(main, drawer)
    qtbot.addWidget(both)
    both.show()
    both.set_stacked(True)
    both.open("Monthly supervision")
    assert (main.isVisible(), drawer.isVisible()) == (False, True)
    drawer.close_drawer()
    assert (main.isVisible(), drawer.isVisible()) == (True, False)


def test_a_scrolled_column_follows_a_focus_the_program_moves(dressed: QApplication, qtbot: QtBot) -> None:
    column = Scrolled()
    buttons = [Button(f"Question {number}") for number in range(30)]
    for button in buttons:
        column.body.addWidget(button)
    qtbot.addWidget(column)
    column.resize(300, 200)
    with qtbot.waitActive(column):
        column.show()
        column.activateWindow()
    buttons[20].setFocus()
    top = buttons[20].mapTo(column.viewport(), buttons[20].rect().topLeft()).y()
    assert 0 <= top <= column.viewport().height() - buttons[20].height()
    before = column.verticalScrollBar().value()
    buttons[19].setFocus()
    assert column.verticalScrollBar().value() == before


def test_a_wrapping_label_gets_the_height_of_its_words(dressed: QApplication, qtbot: QtBot) -> None:
    outer = QWidget()
    column = QVBoxLayout(outer)
    inner = QVBoxLayout()
    column.addLayout(inner)
    label = WrapLabel("Is the nature, level and likelihood of harm analysed? " * 4, "question")
    inner.addWidget(label)
    column.addStretch(1)
    qtbot.addWidget(outer)
    outer.resize(320, 600)
    outer.show()
    qtbot.waitUntil(lambda: label.height() == label.heightForWidth(label.width()))
    outer.resize(900, 600)
    qtbot.waitUntil(lambda: label.height() == label.heightForWidth(label.width()))


def test_labels_show_typed_text_as_it_is(dressed: QApplication, qtbot: QtBot) -> None:
    label = Label("<b>not bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert led("a<b", "c&d") == '<span style="font-weight:600">a&lt;b</span> c&amp;d'


def test_status_line_keeps_what_it_says_and_leads_to_a_fault(dressed: QApplication, qtbot: QtBot) -> None:
    status = StatusLine()
    qtbot.addWidget(status)
    status.show()
    status.say("Saved 10:42:07", "undo with Ctrl+Z", mark=MarkKind.TICK)
    assert status.text == "Saved 10:42:07 · undo with Ctrl+Z"
    shown: list[str] = []
    status.fault("This passphrase does not fit", lambda: shown.append("shown"))
    show = next(button for button in status.findChildren(Button) if button.text() == "Show")
    assert show.isVisible()
    show.click()
    assert shown == ["shown"]
    status.say("Saved")
    assert not show.isVisible()
