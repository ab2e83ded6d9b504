"""Each consistency rule of the form: a case that fires, one that is silent, one that is not known yet."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.domain.consistency import State
from auditor.resources import forms_dir
from auditor.templates.consistency import evaluate
from auditor.templates.masters import read_master
from auditor.templates.variants import resolve
from tests.templates.rule_kit import NA, Said, everything, inputs, said

Case = tuple[Mapping[str, Said], Mapping[str, Any]]


def case(answers: Mapping[str, Said], **more: Any) -> Case:
    return answers, more


LOOKED_AFTER = {"S00.16": ("looked_after",)}
CHILD_IN_NEED = {"S00.16": ("child_in_need",)}
# Every blank question of these sections counts as N/A, so that rules over all questions can come to an end.
DONE = {"complete": True}


def whole_section(section_id: str) -> dict[str, Said]:
    section = next(section for section in everything().sections if section.id == section_id)
    return {question.id: NA for question in section.questions if question.asked}


def all_of_s08(answer: str) -> dict[str, Said]:
    """Section 8 all N/A but for one answer to its first question."""
    return whole_section("S08") | {"S08.01": answer}


# The rule; a case in which it fires with the questions it leads to; one in which it is silent; one not known yet.
TABLE: dict[str, tuple[Case, tuple[str, ...], Case, Case]] = {
    "CR01": (
        case({"S01.10": "no_further_action", "S01.11": "private_fostering_assessment"}),
        ("S01.10", "S01.11"),
        case({"S01.10": "early_help", "S01.11": "private_fostering_assessment"}),
        case({"S01.10": "no_further_action", "S01.11": "early_help", **CHILD_IN_NEED, "S11.08": "kinship"}),
    ),
    "CR02": (
        case({"S03.09": "not_child_in_need", "S03.10": "core_assessment"}),
        ("S03.09", "S03.10"),
        case({"S03.09": "not_child_in_need", "S03.10": "closed"}),
        case({"S03.09": "not_child_in_need"}),
    ),
    "CR03": (
        case({"S00.18": 3, "S23.07": "no"}),
        ("S00.18", "S23.07"),
        case({"S00.18": 3, "S23.07": "yes", "S05.06": NA}),
        case({"S00.18": 3, "S23.07": "yes"}),
    ),
    "CR04": (
        case({"S01.10": "early_help", "S01.11": "strategy_discussion"}),
        ("S01.10", "S01.11"),
        case({"S01.10": "early_help", "S01.11": "not_clear"}),
        case({"S01.10": "early_help"}),
    ),
    "CR05": (
        case({"S00.16": ("child_protection_plan",), "S06.01": NA}),
        ("S00.16", "S06.01"),
        case({"S00.16": ("child_protection_plan",), "S06.01": "2026-03-02"}),
        case({"S00.16": ("child_protection_plan",)}),
    ),
    "CR06": (
        case({"S05.13": "substantiated_conference", "S06.01": NA, "S05.02": "2026-05-01"}),
        ("S00.05", "S05.02", "S05.13", "S06.01"),
        case({"S05.13": "substantiated_conference", "S06.01": NA, "S05.02": "2026-11-16"}),
        case({"S05.13": "substantiated_conference", "S05.02": "2026-05-01"}),
    ),
    "CR07": (
        case({"S05.07": "no_s47", "S05.13": "not_substantiated"}),
        ("S05.07", "S05.13"),
        case({"S05.07": "no_s47", "S05.13": NA}),
        case({"S05.07": "no_s47"}),
    ),
    "CR08": (
        case({"S06.01": "2026-06-01", "S06.02": "2026-05-01", "S05.02": "2026-05-04"}),
        ("S06.01", "S06.02"),
        case(
            {
                "S05.02": "2026-01-05", "S06.01": "2026-01-20", "S06.02": "2026-04-01", "S06.03": NA,
                "S01.01": "2026-01-02", "S01.09": "2026-01-02", "S03.01": NA, "S03.02": NA, "S04.02": NA, "S04.03": NA,
                "S11.01": NA, "S12.01": NA, "S12.02": NA, "S12.03": NA, "S16.02": NA, "S16.03": NA,
                "S24.03": NA, "S24.04": NA, "S25.02": NA, "S25.03": NA,
            }
        ),
        case({"S05.02": "2026-01-05", "S06.01": "2026-01-20"}),
    ),
    "CR09": (
        case({"S00.06": "2026-05-01", "S00.07": "2026-10-31", "S01.01": "2027-01-04"}),
        ("S01.01",),
        case({"S00.06": "2026-05-01", "S00.07": "2026-10-31", "S16.02": "2026-11-24T23:00"}, **DONE),
        case({"S00.06": "2026-05-01", "S00.07": "2026-10-31"}),
    ),
    "CR10": (
        case({"S05.10": "no", "S05.11": "yes"}),
        ("S05.10", "S05.11"),
        case({"S03.06": "yes", "S03.07": "yes", "S05.10": "no", "S05.11": NA}),
        case({"S03.06": "no", "S05.10": "yes", "S05.11": "yes"}),
    ),
    "CR11": (
        case({"S09.01": 4, "S09.03": 5}),
        ("S09.01", "S09.03"),
        case({"S09.01": 5, "S09.03": 4, "S07.08": 3, "S07.09": 3, "S11.12": NA, "S11.13": NA}),
        case({"S09.01": 5, "S09.03": 4}),
    ),
    "CR12": (
        case({"S09.10": "met", "S09.01": 0}),
        ("S09.01", "S09.10"),
        case({"S09.10": "met", "S09.01": 2}),
        case({"S09.10": "met"}),
    ),
    "CR13": (
        case({"S09.04": "yes", "S09.05": "no"}),
        ("S09.04", "S09.05"),
        case({"S09.04": "yes", "S09.05": "yes"}),
        case({"S09.04": "yes"}),
    ),
    "CR14": (
        case({**LOOKED_AFTER, "S00.17": "none"}),
        ("S00.16", "S00.17"),
        case({**LOOKED_AFTER, "S00.17": "s20"}),
        case(LOOKED_AFTER),
    ),
    "CR15": (
        case({**CHILD_IN_NEED, "S00.17": "care_order"}),
        ("S00.16", "S00.17"),
        case({**LOOKED_AFTER, "S00.17": "care_order"}),
        case({"S00.17": "care_order"}),
    ),
    "CR16": (
        case({**LOOKED_AFTER, **whole_section("S12")}),
        ("S00.16", "S11.01", "S12.01"),
        case({**LOOKED_AFTER, "S11.03": "yes", "S12.05": "PN1"}),
        case({**LOOKED_AFTER, "S11.03": "yes", "S12.01": NA}),
    ),
    "CR17": (
        case({**LOOKED_AFTER, "S00.12": "16-17", "S15.04": NA}),
        ("S00.12", "S00.16", "S15.04"),
        case({**LOOKED_AFTER, "S00.12": "16-17", "S15.04": "2026-02-02"}),
        case({**LOOKED_AFTER, "S00.12": "16-17"}),
    ),
    "CR18": (
        case({"S16.01": 2, "S16.04": "not_offered"}),
        ("S16.01", "S16.04"),
        case({"S16.01": 2, "S16.04": "offered_declined"}),
        case({"S16.01": 2}),
    ),
    "CR19": (
        case({"S04.10": "yes", "S23.01": "no"}),
        ("S04.10", "S23.01"),
        case({"S04.10": "no", "S23.01": "no"}),
        case({"S04.10": "yes"}),
    ),
    "CR20": (
        case({"S23.01": "no", "S23.11": "partly"}),
        ("S23.01", "S23.11"),
        case({"S23.01": "no", "S23.11": NA, "S23.12": "not_met"}),
        case({"S23.01": "no", "S23.11": NA}),
    ),
    "CR21": (
        case({"S08.01": "no", "S08.07": "met"}),
        ("S08.01", "S08.07"),
        case({"S07.01": "yes", "S08.01": "no", "S08.07": "not_met", "S11.03": NA, "S11.17": NA}),
        case({"S07.01": "yes", "S08.01": "no", "S08.07": "not_met"}),
    ),
    "CR22": (
        case({"S22.01": 0, "S22.10": "partly"}),
        ("S22.01", "S22.10"),
        case({"S22.01": 0, "S22.09": "not_evidenced", "S22.10": "not_evidenced"}),
        case({"S22.01": 0, "S22.09": "not_evidenced"}),
    ),
    "CR23": (
        case({"S00.16": ("closed",), "S23.10": 2}),
        ("S00.16", "S23.10"),
        case({"S00.16": ("closed",), "S23.10": 0, "S25.07": NA, "S22.07": 0}),
        case({"S00.16": ("closed",), "S23.10": 0, "S25.07": NA}),
    ),
    "CR24": (
        case({"S25.01": "step_down", "S25.10": NA}),
        ("S25.01", "S25.10"),
        case({"S25.01": "step_down", "S25.10": "yes"}),
        case({"S25.01": "step_down"}),
    ),
    "CR25": (
        case({"S26.03": "unsafe", "S05.10": "no", "S26.07": "3"}),
        ("S05.10", "S26.03", "S26.07"),
        case({"S26.03": "safe", "S26.07": "3"}, **DONE),
        case({"S26.03": "unsafe"}),
    ),
    "CR26": (
        case({"S22.11": "not_met", "S26.07": "2"}),
        ("S22.11", "S26.07"),
        case({"S22.11": "not_met", "S26.07": "2"}, set_aside={"L2"}, **DONE),
        case({"S22.11": "met", "S26.07": "2"}),
    ),
    "CR27": (
        case({"S26.07": "2", "S09.15": "3", "S10.10": "4", "S20.09": "2"}, **DONE),
        ("S26.07",),
        case({"S26.07": "3", "S09.15": "3", "S10.10": "4", "S20.09": "2"}, **DONE),
        case({"S26.07": "2", "S09.15": "3", "S10.10": "4", "S20.09": "2"}),
    ),
    "CR28": (
        case({"S26.03": "not_assured", "S26.10": "no_urgent_concern"}),
        ("S26.03", "S26.10"),
        case({"S26.03": "not_assured", "S26.10": "raised_awaiting_reply"}),
        case({"S26.03": "not_assured"}),
    ),
    "CR29": (
        case({"S09.10": "not_met", "S10.10": "3", "S10.05": "partly"}),
        ("S09.10", "S10.10"),
        case({"S09.10": "not_met", "S10.10": "3"}, actions={"S09.10": 1}, no_action={"S10.10"}, **DONE),
        case({"S09.10": "not_met", "S10.10": "3"}, actions={"S09.10": 1, "S10.05": 2}),
    ),
    "CR30": (
        case({"S26.07": "3"}),
        ("S26.07",),
        case({"S26.07": "3"}, actions={"S09.10": 1}),
        case({}),
    ),
    "CR31": (case({"S00.10": "yes"}), ("S00.10",), case({"S00.10": "no"}), case({})),
    "CR32": (
        case({}, slots={"A": said({"S26.07": "2"}), "B": said({"S26.07": "4"})}),
        ("S26.07",),
        case({}, slots={"A": said({"S26.07": "3"}), "B": said({"S26.07": "4"})}),
        case({}, slots={"A": said({"S26.07": "3"})}),
    ),
    "CR33": (
        case({"S09.10": "partly", "S09.04": "no", "S00.10": "yes"}, comments={"S09.04": "Two visits without a tick."}),
        ("S00.10", "S09.10"),
        case({"S09.10": "partly", "S00.10": "no"}, comments={"S09.10": "Only one visit says so."}, **DONE),
        case({"S09.10": "met"}),
    ),
    "CR34": (
        case({"S00.14": "not_recorded", "S20.05": "met"}),
        ("S00.14", "S20.05"),
        case({"S00.14": "white_irish", "S20.01": "yes", "S20.05": "met"}),
        case({"S00.14": "white_irish", "S20.05": "met"}),
    ),
    "CR35": (
        case({"S03.02": "2013-05-20", "S04.01": "single_assessment", "S01.01": "2013-05-01"}),
        ("S01.01", "S03.02", "S04.01"),
        case({"S03.02": "2013-04-20", "S04.01": "single_assessment", "S01.01": "2013-04-02"}),
        case({"S03.02": "2013-05-20", "S01.01": "2013-05-01"}),
    ),
    "CR36": (
        case({**CHILD_IN_NEED, "S18.03": 76}),
        ("S00.16", "S18.03"),
        case({**CHILD_IN_NEED, "S18.03": 75}),
        case({"S18.03": 76}),
    ),
    "CR37": (
        case({"S16.07": "high", "S16.08": NA}),
        ("S16.07", "S16.08"),
        case({"S16.07": "high", "S16.08": "yes"}),
        case({"S16.07": "high"}),
    ),
    "CR38": (
        case({"S00.16": ("private_fostering", "looked_after")}),
        ("S00.16",),
        case({"S00.16": ("private_fostering",), "S19.07": "yes"}),
        case({"S00.16": ("private_fostering",)}),
    ),
    "CR39": (
        case({"S15.08": "bed_and_breakfast", "S15.09": "met"}),
        ("S15.08", "S15.09"),
        case({"S15.08": "own_tenancy", "S15.09": "met"}),
        case({"S15.08": "bed_and_breakfast"}),
    ),
    "CR40": (
        case({"S05.07": "joint_enquiry", "S05.04": ("police", "social_care")}),
        ("S05.04",),
        case({"S05.07": "joint_enquiry", "S05.04": ("police", "social_care", "health")}),
        case({"S05.07": "joint_enquiry"}),
    ),
    "CR41": (
        case(all_of_s08("yes")),
        ("S08.12",),
        case({"S08.01": "yes", "S08.02": NA, **whole_section("S12")}, **DONE),
        case({"S08.01": "yes", "S08.02": NA}),
    ),
    "CR42": (
        case({"S09.10": "met"}, comments={"S09.10": "Seen at TF3 4ZZ with the file open."}),
        ("S09.10",),
        case({"S26.01": "A child of nine who is settled at school."}, comments={"S09.10": "In her own words."}, **DONE),
        case({"S09.10": "met"}, comments={"S09.10": "In her own words."}),
    ),
}  # fmt: skip


def state(rule: str, given: Case) -> tuple[State, tuple[str, ...]]:
    answers, more = given
    found = next(item for item in evaluate(everything(), inputs(answers, **more)) if item.rule == rule)
    return found.state, found.questions


def test_a_variant_keeps_the_conditions_it_can_judge() -> None:
    template = resolve(read_master(forms_dir() / "child-care-case-file.yaml"), "core-assessments").template
    fires = evaluate(template, inputs({"S00.18": 3, "S23.07": "no"}))
    silent = evaluate(template, inputs({"S00.18": 3, "S23.07": "yes"}))
    assert [next(item for item in found if item.rule == "CR03").state for found in (fires, silent)] == [
        State.FIRES,
        State.SILENT,
    ]


def test_the_table_holds_every_rule() -> None:
    assert list(TABLE) == [rule.id for rule in everything().consistency]
    assert len(TABLE) == 42


@pytest.mark.parametrize("rule", TABLE)
def test_it_fires_and_leads_to_its_questions(rule: str) -> None:
    fires, questions, _, _ = TABLE[rule]
    assert state(rule, fires) == (State.FIRES, questions)


@pytest.mark.parametrize("rule", TABLE)
def test_it_is_silent(rule: str) -> None:
    _, _, silent, _ = TABLE[rule]
    assert state(rule, silent) == (State.SILENT, ())


@pytest.mark.parametrize("rule", TABLE)
def test_it_is_unknown_while_an_answer_is_missing(rule: str) -> None:
    _, _, _, unknown = TABLE[rule]
    assert state(rule, unknown) == (State.UNKNOWN, ())


@pytest.mark.parametrize("rule", TABLE)
def test_an_empty_audit_is_unknown_and_accuses_nobody(rule: str) -> None:
    assert state(rule, case({}))[0] is State.UNKNOWN
