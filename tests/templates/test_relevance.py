"""Which sections and questions are for a case: yes, no, or not known yet."""

import pytest

from auditor.domain.answers import Answer, Entry
from auditor.domain.consistency import State
from auditor.resources import forms_dir
from auditor.templates.consistency import evaluate
from auditor.templates.masters import read_master
from auditor.templates.relevance import applies, relevant
from auditor.templates.sight import Inputs, Sight
from auditor.templates.variants import resolve
from tests.templates.rule_kit import NA, TODAY, Said, everything, inputs, said

ALWAYS = {"S00", "S01", "S09", "S10", "S20", "S21", "S22", "S23", "S26"}


def section(section_id: str, **answers: Said) -> bool | None:
    """Whether it applies; answers as keyword arguments: S0016 stands for S00.16."""
    given = {f"{name[:3]}.{name[3:]}": value for name, value in answers.items()}
    return applies(everything(), said(given))[section_id]


def test_without_answers_only_the_sections_for_everybody_are_certain() -> None:
    found = applies(everything(), {})
    assert {name for name, state in found.items() if state} == ALWAYS
    assert {state for name, state in found.items() if name not in ALWAYS} == {None}


@pytest.mark.parametrize(
    ("section_id", "yes", "no"),
    [
        ("S02", {"S0202": "2025-03-01"}, {"S0201": 1, "S0202": NA}),
        ("S03", {"S0101": "2013-03-04"}, {"S0101": "2013-04-15"}),
        ("S04", {"S0111": "single_assessment"}, {"S0401": "none_on_file", "S0111": "early_help", "S0310": NA}),
        ("S05", {"S0309": "strategy_discussion"}, dict.fromkeys(["S0502", "S0110", "S0111", "S0309", "S0310"], NA)),
        ("S06", {"S0513": "substantiated_conference"}, {"S0016": ("child_in_need",), "S0513": NA}),
        ("S07", {"S0016": ("child_protection_plan",)}, {"S0016": ("child_in_need",)}),
        ("S08", {"S0016": ("child_in_need", "closed")}, {"S0016": ("looked_after",)}),
        ("S11", {"S0016": ("looked_after",)}, {"S0016": ("care_leaver",)}),
        ("S12", {"S0016": ("looked_after",)}, {"S0016": ("care_leaver",)}),
        ("S13", {"S0016": ("looked_after",)}, {"S0016": ("care_leaver",)}),
        ("S14", {"S0016": ("looked_after",)}, {"S0016": ("care_leaver",)}),
        ("S15", {"S0016": ("care_leaver",), "S0012": "18+"}, {"S0012": "10-15"}),
        ("S16", {"S1607": "low"}, {"S1601": 0, "S1607": "not_assessed"}),
        ("S17", {"S1701": ("neglect",)}, {"S1701": ("none_recorded",)}),
        ("S18", {"S0015": "yes"}, {"S0015": "no"}),
        ("S19", {"S1108": "kinship"}, {"S0016": ("child_in_need",), "S0111": "early_help", "S1108": NA}),
        ("S24", {"S0017": "interim_care_order"}, {"S2401": NA, "S2403": NA, "S0017": "s20"}),
        ("S25", {"S2501": "step_down"}, {"S2501": "none", "S0016": ("child_in_need",)}),
    ],
)
def test_each_condition(section_id: str, yes: dict[str, Said], no: dict[str, Said]) -> None:
    assert section(section_id, **yes) is True
    assert section(section_id, **no) is False
    assert section(section_id) is None


def test_every_section_that_is_not_for_everybody_has_its_condition() -> None:
    with_condition = {section.id for section in everything().sections if section.when}
    assert with_condition == {section.id for section in everything().sections} - ALWAYS
    assert {section.id for section in everything().sections if section.applies_if.startswith("always")} == ALWAYS


def test_a_section_that_is_out_takes_its_blank_questions_along_but_not_its_gates() -> None:
    answers = said({"S16.01": 0, "S16.07": "none", "S00.16": ("child_in_need",)})
    found = relevant(everything(), answers)
    assert (found["S16.04"], found["S16.01"], found["S11.01"], found["S08.01"]) == (False, True, False, True)
    sight = Sight(everything(), Inputs(answers, TODAY))
    assert sight.is_na("S16.04") and not sight.is_na("S16.01") and not sight.is_na("S08.01")


def test_what_is_answered_counts_even_where_it_seems_not_to_be_for_the_case() -> None:
    answers: dict[str, Said] = {"S00.16": ("child_in_need",), "S11.12": 2, "S11.13": 3}
    found = {item.rule: item.state for item in evaluate(everything(), inputs(answers))}
    assert found["CR11"] is State.FIRES


@pytest.mark.parametrize(
    ("answers", "expected"),
    [({"S23.01": "no"}, False), ({"S23.01": "yes"}, True), ({}, None), ({"S23.01": NA}, False)],
)
def test_a_question_can_have_a_condition_of_its_own(answers: dict[str, Said], expected: bool | None) -> None:
    assert relevant(everything(), said(answers))["S23.02"] is expected


def test_what_a_variant_does_not_ask_counts_as_not_applicable() -> None:
    template = resolve(read_master(forms_dir() / "child-care-case-file.yaml"), "core-assessments").template
    answers = said({"S04.01": "none_on_file", "S01.11": "early_help"})
    assert applies(template, answers)["S04"] is False  # S03.10 is not in this variant
    assert applies(everything(), answers)["S04"] is None


def test_a_section_that_is_out_no_longer_holds_up_its_rules() -> None:
    complete = {item.rule: item.state for item in evaluate(everything(), inputs({"S16.01": 0, "S16.07": "none"}))}
    assert (complete["CR18"], complete["CR37"]) == (State.SILENT, State.SILENT)


def test_answers_worked_out_from_what_is_handed_in() -> None:
    slots = {"B": said({"S26.07": "3"})}
    given = inputs({"S04.02": "2026-05-01", "S04.03": "2026-05-06"}, slots=slots, actions={"S09.10": 2, "S22.01": 1})
    sight = Sight(everything(), given)
    values = [sight.answer(name).value for name in ("S00.05", "S04.04", "S26.08", "S26.09", "S26.11")]
    assert values == ["2026-11-24", 2, "3", None, 3]


def test_inputs_come_from_what_the_desk_holds() -> None:
    entries = {"S01.01": Entry(Answer("2026-05-01"), "Seen."), "S01.02": Entry(comment="Unclear.")}
    made = Inputs.of_entries(entries, TODAY, complete=True)
    assert (set(made.answers), made.comments, made.complete) == (
        {"S01.01"},
        {"S01.01": "Seen.", "S01.02": "Unclear."},
        True,
    )
