"""Words and marks that stand once and are shown by several pages: stages, limits, and the keys that can be silenced."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.audit_list import AuditList
from auditor.desktop.pages.audits.guidance import limit_words
from auditor.desktop.pages.home.words import meaning_of
from auditor.desktop.preferences import preferences
from auditor.desktop.words import STAGES
from auditor.domain.answers import Answer
from auditor.domain.audit import Stage
from auditor.domain.template import LimitingRule
from auditor.services.cycles import audit_lines
from auditor.services.home import home
from auditor.services.waiting import Verb
from tests.desktop.pages.desk_kit import Sitting, current, live, sitting
from tests.desktop.pages.kit import press
from tests.desktop.pages.test_reconcile import Pair
from tests.desktop.pages.test_reconcile import desk_of as reconciling_desk_of
from tests.kit import TODAY, open_house, small_template

Key = Qt.Key

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def quiet() -> Iterator[None]:
    preferences().set_single_keys(False)
    yield
    preferences().set_single_keys(True)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Sitting]:
    with sitting(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("rule_id", "caps_at", "words"),
    [
        ("L1", 4, "overall no better than Inadequate, unless a moderator sets the limit aside."),
        ("L2", 3, "overall no better than RI, unless a reason is recorded."),
        ("house-rule", 2, "overall no better than Good, unless a reason is recorded."),
    ],
)
def test_what_a_limit_does_is_read_from_the_template(rule_id: str, caps_at: int, words: str) -> None:
    template = replace(small_template(), limiting_rules=(LimitingRule(rule_id, "A rule", caps_at),))
    question = replace(template.by_id["S02.01"], limiting=rule_id)
    assert limit_words(question, template) == f"Not met here: {words}"


def test_the_list_and_home_mark_a_stage_alike(work: Sitting, qtbot: QtBot) -> None:
    listed = AuditList()
    qtbot.addWidget(listed)
    (line,) = work.first.ask(audit_lines, "")
    (row,) = work.first.ask(home, TODAY).waiting
    stage = next(column for column in listed.table.rows.columns if column.id == "stage")
    assert stage.meaning is not None
    assert stage.meaning(line) == meaning_of(row) == STAGES[Stage.NOT_STARTED]
    assert meaning_of(replace(row, verb=Verb.CONTINUE)) == STAGES[Stage.SCORING]
    assert meaning_of(replace(row, verb=Verb.RECONCILE)) == STAGES[Stage.TO_RECONCILE]


def test_the_list_of_audits_remembers_its_widths(work: Sitting, qtbot: QtBot) -> None:
    listed = AuditList()
    qtbot.addWidget(listed)
    number = next(i for i, column in enumerate(listed.table.rows.columns) if column.id == "auditors")
    listed.table.setColumnWidth(number, 231)
    again = AuditList()
    qtbot.addWidget(again)
    assert again.table.columnWidth(number) == 231
    preferences().write("audits", {})


@pytest.mark.usefixtures("quiet")
def test_single_keys_switched_off_do_nothing_at_the_desk(work: Sitting, qtbot: QtBot) -> None:
    desk = work.open(qtbot, at="S02.01")
    for key in (Key.Key_1, Key.Key_0, Key.Key_C, Key.Key_E, Key.Key_G, Key.Key_A, Key.Key_N):
        press(key)
    assert work.entry("S02.01").is_empty
    assert (current(desk), live(desk).form) == ("S02.01", None)

    desk.show_question("S01.03")
    desk.moves.open_section_na()
    press(Key.Key_1)
    assert desk.moves.forms.banner is not None, "nor in the reasons for N/A"


@pytest.mark.usefixtures("quiet")
def test_single_keys_switched_off_do_nothing_while_reconciling(tmp_path: Path, qtbot: QtBot) -> None:
    with open_house(tmp_path) as house:
        desk = reconciling_desk_of(Pair(house).open(qtbot))
        row = QApplication.focusWidget()
        for key in (Key.Key_1, Key.Key_0, Key.Key_W, Key.Key_C, Key.Key_A):
            press(key)
        assert QApplication.focusWidget() is row
        assert (desk.decision.answer, desk.decision.form) == (Answer(), None)
