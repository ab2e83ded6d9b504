"""Scores of a cycle and at the desk: from effective answers, by each audit's own template, never from a sealed slot."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditor.domain.audit import Mode
from auditor.domain.errors import NotAllowed
from auditor.domain.roles import Role
from auditor.domain.scoring_method import Score
from auditor.services import scoring
from auditor.services.export import ExportThemeSummary, export_theme_summary, theme_summary
from auditor.services.scores import own_scores, score_table
from auditor.services.session import Session
from tests.kit import TODAY, House, agree_all, answer, open_house, score_and_submit, small_plain


def scored_plain(**scoring_key: Any) -> dict[str, Any]:
    return small_plain() | {"scoring": scoring_key or {"method": "share_met"}}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


def test_a_cycle_is_scored_by_case_and_section(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    cycle_id = house.cycle(references=("CF-01", "CF-02"), plain=scored_plain())
    audit_id = house.give(cycle_id, "CF-01", first, second)
    house.give(cycle_id, "CF-02", first, second)
    answer(first, audit_id, "S01.02", "yes")
    for session in pair:
        score_and_submit(session, audit_id, S01_03="not_evidenced")
    agree_all(first, audit_id)
    found = house.lead.ask(score_table, cycle_id)
    assert found.sections == (("S01", "Recording"), ("S02", "Safety"))
    done, untouched = found.rows
    assert (done.said(), done.said("S01")) == ("3 of 4 met, 1 not evidenced", "1 of 2 met, 1 not evidenced")
    assert untouched.said() == untouched.said("S02") == "Not known yet"


def test_nothing_sealed_is_scored(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    cycle_id = house.cycle(plain=scored_plain())
    audit_id = house.give(cycle_id, "CF-01", first, second)
    before = second.ask(score_table, cycle_id)
    score_and_submit(first, audit_id)
    assert second.ask(score_table, cycle_id) == house.lead.ask(score_table, cycle_id) == before
    mine = own_scores(second.ask(scoring.desk, audit_id), frozenset())
    assert mine is not None and mine.whole == Score(waiting=4)


def test_at_the_desk_only_ones_own_answers_count(house: House, pair: tuple[Session, Session]) -> None:
    first, second = pair
    helper = house.add("S. Support", Role.BUSINESS_SUPPORT)
    audit_id = house.give(house.cycle(plain=scored_plain()), "CF-01", first, second)
    answer(helper, audit_id, "S01.02", "no")
    answer(first, audit_id, "S01.03", "met")
    mine = own_scores(first.ask(scoring.desk, audit_id), frozenset())
    assert mine is not None and mine.sections["S01"] == Score(1, 2)
    assert own_scores(helper.ask(scoring.desk, audit_id), frozenset()) is None
    assert own_scores(house.lead.ask(scoring.desk, audit_id), frozenset()) is None


def test_points_and_grades_are_told_in_words(house: House, pair: tuple[Session, Session]) -> None:
    first, _ = pair
    points = scored_plain(method="points", reads_as="percent", points={"met": 2, "partly": 1})
    judged = scored_plain(method="judgement")
    said = []
    for title, plain in (("By points", points), ("By grade", judged)):
        cycle_id = house.cycle(title, plain=plain)
        audit_id = house.give(cycle_id, "CF-01", first, None, Mode.SINGLE)
        for question_id, value in (("S01.03", "partly"), ("S02.04", "3")):
            answer(first, audit_id, question_id, value)
        (row,) = house.lead.ask(score_table, cycle_id).rows
        said.append(row.said())
    assert said == ["50 % (1 of 2 points), 3 to be agreed", "RI"]


def test_without_a_method_there_is_no_table(house: House, pair: tuple[Session, Session]) -> None:
    cycle_id = house.cycle()
    house.give(cycle_id, "CF-01", *pair)
    assert house.lead.ask(score_table, cycle_id).rows == ()


def test_who_may_not_see_findings_sees_no_scores(house: House) -> None:
    helper = house.add("S. Support", Role.BUSINESS_SUPPORT)
    with pytest.raises(NotAllowed) as refused:
        helper.ask(score_table, house.cycle(plain=scored_plain()))
    assert refused.value.code == "role-needed"


def test_the_workbook_has_the_scores(house: House, pair: tuple[Session, Session], tmp_path: Path) -> None:
    first, _ = pair
    cycle_id = house.cycle(plain=scored_plain())
    audit_id = house.give(cycle_id, "CF-01", first, None, Mode.SINGLE)
    answer(first, audit_id, "S01.03", "met")
    summary = house.lead.ask(theme_summary, ExportThemeSummary(cycle_id, tmp_path / "x.xlsx", TODAY))
    assert summary.scores.sections == ("Recording", "Safety")
    assert summary.scores.rows == (
        ("CF-01", "1 of 1 met, 3 to be agreed", "1 of 1 met, 1 to be agreed", "Not known yet"),
    )
    path = house.lead.ask(export_theme_summary, ExportThemeSummary(cycle_id, tmp_path / "x.xlsx", TODAY))
    sheet = load_workbook(path)["Scores"]
    assert [cell.value for cell in sheet[4]] == ["Case", "Whole", "Recording", "Safety"]
    assert [cell.value for cell in sheet[5]] == list(summary.scores.rows[0])
