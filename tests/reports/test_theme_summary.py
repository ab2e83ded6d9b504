from dataclasses import replace

import pytest

from auditor.domain.action import Status
from auditor.domain.matrix import HEAT_WORDS, Column, ThemeMatrix
from auditor.domain.scoring import Counts
from auditor.reports.theme_summary import CommentKind, cell_text, heat_words, in_theme_order, overdue_first
from tests.reports.samples import sample_summary


def matrix_of(cell: Counts, not_agreed: int = 0) -> ThemeMatrix:
    return ThemeMatrix((("t", "Theme"),), (Column("a", "c", "CF-01"),), ((cell,),), (cell,), (not_agreed,))


@pytest.mark.parametrize(
    ("cell", "not_agreed", "words"),
    [
        (Counts(met=4), 0, "○ 0/4"),
        (Counts(met=3, partly=1), 0, "◔ 1/4"),
        (Counts(met=1, not_evidenced=1), 0, "◑ 1/2"),
        (Counts(met=3, not_met=5), 0, "◕ 5/8"),
        (Counts(unfavourable=3), 0, "● 3/3"),
        (Counts(met=1, not_met=3, good_practice=2), 0, "◕ 3/4 ★"),
        (Counts(not_met=1, limits_failed=1), 0, "● 1/1 ⚠"),
        (Counts(met=1, not_met=1, good_practice=1, limits_failed=1), 0, "◑ 1/2 ★ ⚠"),
        (Counts(na=3), 0, "n/a"),
        (Counts(na=3), 5, "n/a"),
        (Counts(), 0, "n/a"),
        (Counts(), 5, "–"),
    ],
)
def test_a_cell_says_its_mark_and_its_number(cell: Counts, not_agreed: int, words: str) -> None:
    assert cell_text(matrix_of(cell, not_agreed), 0, 0) == words


def test_steps_of_heat_are_put_in_words() -> None:
    assert heat_words((0, 25, 50, 75)) == HEAT_WORDS
    assert heat_words((0, 10)) == ("none", "up to 10 in 100", "more than 10 in 100")


def test_comments_follow_the_matrix_and_issues_come_first() -> None:
    summary = sample_summary(comments=200)
    ordered = in_theme_order(summary)
    titles = [title for _, title in summary.matrix.themes]
    seen = list(dict.fromkeys(comment.theme for comment in ordered))
    assert seen == [*(title for title in titles if title in seen), ""]
    assert len(ordered) == 200
    kinds = list(CommentKind)
    for theme in seen:
        within = [kinds.index(comment.kind) for comment in ordered if comment.theme == theme]
        assert within == sorted(within)


def test_actions_start_with_the_longest_overdue() -> None:
    ordered = overdue_first(sample_summary(actions=25).actions)
    late = [action.due for action in ordered[:5]]
    assert {action.status for action in ordered[:5]} == {Status.BEHIND}
    assert late == sorted(late)
    assert [action.status.is_open for action in ordered] == [True] * 15 + [False] * 10


def test_totals_count_each_answer_once() -> None:
    whole = sample_summary(cases=3)
    totals = (Counts(met=2, partly=1), Counts(not_met=1), Counts(good_practice=1))
    summary = replace(whole, matrix=replace(whole.matrix, totals=totals))
    assert (summary.counts.n, summary.counts.issues, summary.counts.good_practice) == (4, 2, 1)
    assert summary.not_agreed == 0 + 1 + 73
