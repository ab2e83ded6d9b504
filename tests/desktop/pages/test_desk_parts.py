from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.forms.banners import find_questions
from auditor.desktop.marks import ANSWERS, GRADES
from auditor.desktop.pages.audits.desk_keys import keys as desk_keys
from auditor.desktop.pages.audits.row_painting import RowLook, spoken
from auditor.desktop.questions.check_keys import CheckKeys
from auditor.desktop.questions.choices import answer_text, choices_of, meaning_of
from auditor.desktop.questions.typed_field import READERS
from auditor.desktop.widgets.answer_keys import Choice
from auditor.desktop.widgets.fields import CheckRow
from auditor.domain.answers import Answer, Entry
from auditor.domain.template import AnswerType, Polarity
from tests.desktop.pages.desk_kit import LONG_LIST, Sitting, live, sitting
from tests.desktop.pages.kit import press
from tests.kit import small_template

PERIOD = (date(2026, 5, 1), date(2026, 10, 31))
QUESTIONS = list(small_template().questions())

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (AnswerType.COUNT, "12", 12),
        (AnswerType.COUNT, "1.5", None),
        (AnswerType.COUNT, "-1", None),
        (AnswerType.COUNT, "²", None),
        (AnswerType.NUMBER, "96,50", "96.5"),
        (AnswerType.NUMBER, "1,250", "1250"),
        (AnswerType.NUMBER, "1,250.50", "1250.5"),
        (AnswerType.NUMBER, "0,125", "0.125"),
        (AnswerType.NUMBER, "96 %", "96"),
        (AnswerType.NUMBER, "1e3", "1000"),
        (AnswerType.NUMBER, "NaN", None),
        (AnswerType.NUMBER, "soon", None),
        (AnswerType.DATETIME, "3/6 9:05", "2026-06-03T09:05"),
        (AnswerType.DATETIME, "03/06/2026 14.30", "2026-06-03T14:30"),
        (AnswerType.DATETIME, "3/6", None),
        (AnswerType.DATETIME, "3/6 25:00", None),
        (AnswerType.DATETIME, "31/2 10:00", None),
    ],
)
def test_what_is_typed_is_read_or_refused(kind: AnswerType, typed: str, value: str | int | None) -> None:
    assert READERS[kind][0](typed, PERIOD) == value


def test_a_yes_that_is_bad_news_never_looks_like_good_news() -> None:
    question = small_template().by_id["S02.02"]
    yes, no, not_evidenced = question.options

    assert question.polarity is Polarity.NEGATIVE
    bad, good = meaning_of(question, yes), meaning_of(question, no)
    assert bad is not None
    assert good is not None
    assert (bad.mark, bad.word) == (ANSWERS["no"].mark, "Yes")
    assert (good.mark, good.word) == (ANSWERS["yes"].mark, "No")
    assert meaning_of(question, not_evidenced) == ANSWERS["not_evidenced"]
    neutral = meaning_of(replace(question, polarity=Polarity.NEUTRAL), yes)
    assert neutral is not None
    assert neutral.colour == "accent"


def test_grades_carry_their_own_marks_and_the_words_of_the_template() -> None:
    grade = small_template().by_id["S02.04"]

    found = [choice.meaning for choice in choices_of(grade)]

    assert [meaning.mark for meaning in found if meaning] == [GRADES[n].mark for n in (1, 2, 3, 4)]
    assert [meaning.word for meaning in found if meaning] == ["Outstanding", "Good", "RI", "Inadequate"]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (AnswerType.DATE, "2026-06-03", "03/06/2026"),
        (AnswerType.DATETIME, "2026-06-03T14:30", "03/06/2026 14:30"),
        (AnswerType.COUNT, 0, "0"),
        (AnswerType.CHOICES, ("met", "partly"), "Met, Partly met"),
        (AnswerType.CHOICE, "gone_option", "gone_option"),
    ],
)
def test_answers_in_words(kind: AnswerType, value: str | int | tuple[str, ...], words: str) -> None:
    question = replace(small_template().by_id["S02.01"], type=kind)

    assert answer_text(question, Answer(value)) == words


def test_a_row_says_to_a_screen_reader_what_it_shows() -> None:
    question = small_template().by_id["S02.01"]
    entry = Entry(Answer("partly"), comment="Late", good_practice=True)

    assert spoken(RowLook(question, entry)) == (
        "2.01 Was the child protected without delay?, Partly met, comment, good practice"
    )
    assert spoken(RowLook(question, Entry())).endswith("not answered")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("2.0", ["2.01", "2.02", "2.03", "2.04"]), ("2.03", ["2.03"]), ("SUPERVISION", ["1.01", "1.03"]), (" ", [])],
)
def test_questions_are_found_by_number_or_words(typed: str, found: list[str]) -> None:
    assert [question.number for question in find_questions(QUESTIONS, typed)] == found


def test_check_keys_ask_by_two_letters_and_never_tick_by_themselves(qtbot: QtBot) -> None:
    keys = CheckKeys("Agencies", [Choice(word, word) for word in LONG_LIST])
    qtbot.addWidget(keys)
    asked: list[str] = []
    keys.toggled.connect(asked.append)

    QTest.keyClicks(keys, "prhv")

    assert asked == ["Probation", "Health visitor"]
    assert not any(row.isChecked() for row in keys.findChildren(CheckRow))


def test_f6_goes_round_and_comes_back_to_the_current_question(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.02")
    assert desk.live is not None
    reached = set()

    for _ in range(12):
        press(Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        reached.add(desk.list.isAncestorOf(focused) if focused else False)
        if focused is not None and live(desk).isAncestorOf(focused):
            break

    assert True in reached, "the sections are a pane"
    assert live(desk).question.id == "S02.02"
    assert focused is not None
    assert live(desk).isAncestorOf(focused)


def test_every_key_of_the_desk_is_listed_once() -> None:
    keys = [key for key, _ in desk_keys()]

    assert len(set(keys)) == len(keys)
    assert {"1–9", "C", "E", "G", "A", "N", "Ctrl+0", "Ctrl+G", "Ctrl+Z", "Backspace"} <= set(keys)
