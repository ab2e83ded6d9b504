"""What was flagged for discussion stands out when both answers are compared, and is never agreed in passing."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from auditor.desktop.pages.reconcile.page import ReconcilePage
from auditor.domain.roles import Role
from auditor.services import flags, reconciling
from tests.desktop.pages.kit import shown
from tests.desktop.pages.test_desk import all_words
from tests.kit import TODAY, open_house, score_and_submit

pytestmark = pytest.mark.usefixtures("dressed")


def test_flags_are_named_in_the_list_and_beside_the_answer(tmp_path: Path, qtbot: QtBot) -> None:
    with open_house(tmp_path) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        audit_id = house.give(house.cycle(), "CF-01", first, second)
        second.do(flags.flag_question, flags.FlagQuestion(audit_id, "S02.01", "In time or not?"))
        first.do(flags.flag_question, flags.FlagQuestion(audit_id, "S01.03", ""))
        score_and_submit(first, audit_id, S02_01="partly")
        score_and_submit(second, audit_id)
        window = shown(qtbot, lambda operations: ReconcilePage(operations, first, lambda: TODAY))
        page = window.page
        assert isinstance(page, ReconcilePage) and page.desk is not None
        page.desk.show_question("S02.01")
        row = page.desk.list.current_row[0]
        assert "flagged by B: In time or not?" in row.accessibleName()
        assert "Flagged by B to discuss: In time or not?" in all_words(page.desk)
        first.do(reconciling.agree_equal, reconciling.AgreeEqual(audit_id))
        left = {
            item.question.id
            for item in first.ask(reconciling.reconcile_view, audit_id).comparisons
            if not item.is_agreed
        }
        assert {"S01.03", "S02.01"} <= left
