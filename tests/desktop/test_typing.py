from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.dates import read_date, show_date, show_iso
from auditor.desktop.theme import theme
from auditor.desktop.widgets.fields import Combo, Field, LineEdit
from auditor.desktop.widgets.texts import DateField, GrowingText

PERIOD = (date(2026, 5, 1), date(2026, 10, 31))
OVER_NEW_YEAR = (date(2025, 11, 1), date(2026, 4, 30))
DATES = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "period", "expected"),
    [
        ("3/6", PERIOD, date(2026, 6, 3)),
        ("03/06/2026", PERIOD, date(2026, 6, 3)),
        ("3.6.26", None, date(2026, 6, 3)),
        ("3-6-2024", PERIOD, date(2024, 6, 3)),
        (" 3 6 ", PERIOD, date(2026, 6, 3)),
        ("24/12", OVER_NEW_YEAR, date(2025, 12, 24)),
        ("24/1", OVER_NEW_YEAR, date(2026, 1, 24)),
        ("24/8", OVER_NEW_YEAR, date(2026, 8, 24)),
        ("29/2/2024", None, date(2024, 2, 29)),
        ("29/2/2026", None, None),
        ("31/4", PERIOD, None),
        ("6/13", PERIOD, None),
        ("tomorrow", PERIOD, None),
        ("", PERIOD, None),
    ],
)
def test_dates_as_typed(typed: str, period: tuple[date, date] | None, expected: date | None) -> None:
    assert read_date(typed, period) == expected


@given(DATES)
def test_a_shown_date_reads_back(value: date) -> None:
    assert read_date(show_date(value)) == value
    assert show_iso(value.isoformat()) == show_date(value)


@given(DATES, st.integers(min_value=0, max_value=364), st.data())
def test_without_a_year_a_date_falls_into_the_period(first: date, days: int, data: st.DataObject) -> None:
    last = first + timedelta(days=days)
    meant = data.draw(st.dates(min_value=first, max_value=last))
    assert read_date(f"{meant.day}/{meant.month}", (first, last)) == meant


def test_date_field_gives_iso_and_completes_what_was_typed(dressed: QApplication, qtbot: QtBot) -> None:
    field = DateField("Started", period=PERIOD)
    qtbot.addWidget(field)
    field.setText("3/6")
    with qtbot.waitSignal(field.changed) as heard:
        field.editingFinished.emit()
    assert heard.args == ["2026-06-03"]
    assert field.text() == "03/06/2026"
    with qtbot.assertNotEmitted(field.changed):
        field.editingFinished.emit()


def test_date_field_keeps_what_it_cannot_read_and_says_how(dressed: QApplication, qtbot: QtBot) -> None:
    field = DateField("Started", period=PERIOD)
    around = Field("Started", field)
    field.fault.connect(around.fault)
    qtbot.addWidget(around)
    around.show()
    field.setText("40/13")
    with qtbot.assertNotEmitted(field.changed):
        field.editingFinished.emit()
    assert field.text() == "40/13"
    assert "day/month/year" in field.accessibleDescription()
    assert field.property("fault") == "true"
    field.setText("4/10")
    field.editingFinished.emit()
    assert field.property("fault") == "false"
    assert field.iso == "2026-10-04"


def test_growing_text_grows_to_eight_lines_and_no_further(dressed: QApplication, qtbot: QtBot) -> None:
    text = GrowingText("Comment")
    qtbot.addWidget(text)
    text.resize(500, 40)
    text.show()
    two = text.height()
    text.setPlainText("\n" * 4)
    five = text.height()
    text.setPlainText("\n" * 7)
    eight = text.height()
    text.setPlainText("\n" * 40)
    assert two < five < eight == text.height()
    line = (five - two) / 3
    assert eight - two == 6 * line
    assert 0 <= line - text.fontMetrics().lineSpacing() <= 1, "a line may be rounded up"


def test_growing_text_shows_no_scroll_bar_before_eight_lines(dressed: QApplication, qtbot: QtBot) -> None:
    for scale in (100, 200):
        theme().set(scale=scale)
        text = GrowingText("Comment")
        qtbot.addWidget(text)
        text.resize(500, 40)
        text.show()
        text.setPlainText("one\ntwo\nthree\nfour")
        assert text.verticalScrollBar().maximum() == 0


def test_growing_text_commits_once_and_only_what_changed(dressed: QApplication, qtbot: QtBot) -> None:
    text = GrowingText("Comment")
    qtbot.addWidget(text)
    text.load("As stored")
    with qtbot.assertNotEmitted(text.committed):
        text.commit()
    text.setPlainText("Changed")
    with qtbot.waitSignals([text.committed, text.finished]):
        QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(text.committed), qtbot.waitSignal(text.left):
        QTest.keyClick(text, Qt.Key.Key_Escape)


def test_field_says_its_fault_below_and_to_a_screen_reader(dressed: QApplication, qtbot: QtBot) -> None:
    line = LineEdit("Case reference")
    field = Field("Case reference", line, hint="As in the record system")
    qtbot.addWidget(field)
    assert line.accessibleDescription() == "As in the record system"
    field.fault("Another case has this reference.")
    assert line.accessibleDescription() == "Another case has this reference."
    field.fault("")
    assert line.accessibleDescription() == "As in the record system"


def test_combo_gives_ids(dressed: QApplication, qtbot: QtBot) -> None:
    combo = Combo("Plan", [("cp", "Child protection"), ("cin", "Child in need")])
    qtbot.addWidget(combo)
    combo.set_value("cin")
    assert (combo.value, combo.currentText()) == ("cin", "Child in need")
