"""Limiting answers cap the overall grade, and an immediate concern holds up sign-off until it is raised."""

import pytest

from auditor.domain.answers import Answer
from auditor.domain.limits import ceiling
from auditor.domain.template import Template
from tests.templates.rule_kit import NA, Said, everything, said


def best(answers: dict[str, Said], *set_aside: str) -> tuple[int, dict[str, tuple[str, ...]]]:
    found = ceiling(everything(), said(answers), frozenset(set_aside))
    return found.best, {cap.rule.id: cap.questions for cap in found.caps}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, (1, {})),
        ({"S22.11": "partly", "S26.03": "safe", "S05.10": NA, "S05.15": "not_evidenced"}, (1, {})),
        ({"S22.11": "not_met", "S07.01": "no"}, (3, {"L2": ("S07.01", "S22.11")})),
        ({"S26.03": "unsafe", "S22.11": "not_met"}, (4, {"L1": ("S26.03",), "L2": ("S22.11",)})),
    ],
)
def test_the_hardest_cap_holds(answers: dict[str, Said], expected: tuple[int, dict[str, tuple[str, ...]]]) -> None:
    assert best(answers) == expected


def test_a_cap_can_be_set_aside_with_a_reason() -> None:
    failed: dict[str, Said] = {"S26.03": "unsafe", "S22.11": "not_met"}
    assert best(failed, "L1") == (3, {"L2": ("S22.11",)})
    assert best(failed, "L1", "L2") == (1, {})


def test_only_grades_below_the_ceiling_are_refused() -> None:
    found = ceiling(everything(), said({"S22.11": "not_met"}))
    assert [found.allows(grade) for grade in (1, 2, 3, 4)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("raised", "must_raise"),
    [(None, True), ("no_urgent_concern", True), ("raised_awaiting_reply", False), ("raised_and_acknowledged", False)],
)
def test_an_immediate_concern_has_to_be_raised(raised: str | None, must_raise: bool) -> None:
    answers: dict[str, Said] = {"S26.03": "unsafe", "S16.10": "not_met"}
    if raised:
        answers["S26.10"] = raised
    found = ceiling(everything(), said(answers), frozenset({"L1"}))
    assert (found.immediate, found.must_raise) == (("S26.03",), must_raise)


def test_a_template_without_limits_caps_nothing() -> None:
    bare = Template("bare", "Bare", "1", "", (), ())
    assert ceiling(bare, {"S26.03": Answer("unsafe")}).best == 1
