"""The form that comes with the program: whole, sound, and counted."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from auditor.domain.template import AnswerType, CompletedBy, Question, Standing, Tier
from auditor.resources import forms_dir
from auditor.templates import yaml_reader
from auditor.templates.masters import Master, check_file, list_masters, read_master
from auditor.templates.variants import Resolved, resolve

FORM = forms_dir() / "child-care-case-file.yaml"
# Core questions of each variant beside the cover sheet.
CORE = {
    "whole-file": 314,
    "initial-assessments": 78,
    "core-assessments": 104,
    "re-referrals": 87,
    "contact-and-referral": 61,
    "section-47": 82,
    "child-protection": 102,
    "child-in-need": 96,
    "children-in-care": 108,
    "care-health-education": 57,
    "life-story-permanence": 61,
    "pathway-plans": 82,
    "supervision-oversight": 42,
    "chronology-recording": 62,
    "transfer-closure": 80,
    "multi-agency": 99,
    "domestic-abuse": 123,
    "neglect": 110,
    "missing-exploitation": 76,
    "private-fostering": 73,
    "disabled-children": 118,
    "equality-voice": 90,
    "court": 70,
    # Its sections hold 61; 31 of them are judgements, and this one asks for counts, dates and other facts alone.
    "statutory-visits": 30,
    "re-audit": 29,
}
NEVER_ASKED = {
    *("S00.01", "S00.02", "S00.03", "S00.04", "S00.05", "S00.08", "S00.09", "S00.21", "S04.04"),
    *("S26.08", "S26.09", "S26.11", "S26.12", "S26.13", "S26.15", "S26.16"),
}


@cache
def master() -> Master:
    return read_master(FORM)


@cache
def variant(name: str) -> Resolved:
    return resolve(master(), name)


@cache
def everything() -> tuple[Question, ...]:
    """Every question of the master, optional ones included."""
    whole = master().form.variants[0]
    select = whole.select.model_copy(update={"tiers": []})
    form = master().form.model_copy(update={"variants": [whole.model_copy(update={"select": select})]})
    everywhere = replace(master(), form=form)
    return tuple(resolve(everywhere, "whole-file").template.questions())


def test_it_has_no_problem_at_all() -> None:
    assert check_file(FORM) == []
    assert FORM in list_masters()


def test_it_holds_the_whole_question_bank() -> None:
    ids = [question.id for question in everything()]
    cover = [name for name in ids if name.startswith("S00.")]
    assert (len(master().form.sections), len(ids) - len(cover), len(cover)) == (27, 378, 21)
    beyond = [question for question in everything() if question.id not in cover]
    assert Counter(question.tier for question in beyond) == {Tier.CORE: 314, Tier.OPTIONAL: 64}
    assert Counter(q.completed_by for q in beyond) == {CompletedBy.BUSINESS_SUPPORT: 223, CompletedBy.AUDITOR: 155}
    form = master().form
    assert (len(form.themes), len(form.timescales), len(form.consistency)) == (28, 41, 42)
    assert Counter(question.limiting for question in everything() if question.limiting) == {"L1": 10, "L2": 23}


@pytest.mark.parametrize(("name", "core"), CORE.items())
def test_variants_hold_the_core_questions(name: str, core: int) -> None:
    template = variant(name).template
    beyond_cover = [question for question in template.questions() if not question.id.startswith("S00.")]
    assert len(beyond_cover) == core
    assert {question.tier for question in template.questions()} == {Tier.CORE}
    overall = "" if name == "statutory-visits" else "S26.07"
    assert (template.id, template.master, template.overall_question) == (name, "child-care-case-file", overall)
    assert template.purpose


def test_there_are_no_other_variants_and_each_says_how_often() -> None:
    assert [variant.id for variant in master().variants] == list(CORE)
    assert all(variant.focus and variant.frequency for variant in master().variants)
    assert max(len(variant.title) for variant in master().variants) <= 48


def test_the_sweep_of_visits_asks_for_facts_alone() -> None:
    template = variant("statutory-visits").template
    assert {question.completed_by for question in template.questions()} == {CompletedBy.BUSINESS_SUPPORT}
    assert not [question for question in template.questions() if question.type is AnswerType.GRADE]
    whole = {q.id for q in everything() if q.id[:3] in ("S07", "S09", "S11", "S26") and q.tier is Tier.CORE}
    assert len(whole) == 61


def test_grades_of_the_old_regime_have_its_labels() -> None:
    grade = variant("initial-assessments").template.by_id["S26.07"]
    assert [option.label for option in grade.options] == ["Outstanding", "Good", "Adequate", "Inadequate"]


def test_every_question_serves_one_practice_area_or_two() -> None:
    areas = {area.id for area in master().form.practice_areas}
    assert len(areas) == 11
    assert len(everything()) == 399
    assert all(1 <= len(set(question.serves)) == len(question.serves) <= 2 for question in everything())
    assert {area for question in everything() for area in question.serves} == areas


def test_the_areas_of_some_questions() -> None:
    serves = {question.id: question.serves for question in everything()}
    assert serves["S04.18"] == ("assessment_analysis",)
    assert serves["S04.13"] == ("management_oversight",)
    assert serves["S09.13"] == ("trusted_relationship",)
    assert serves["S26.02"] == ("effectiveness",)
    assert serves["S20.05"] == ("child_centred",)


def test_the_overall_grade_is_asked_once_and_what_is_known_never() -> None:
    assert {question.id for question in everything() if not question.asked} == NEVER_ASKED
    grades = [
        question for question in everything() if question.id.startswith("S26.") and question.type is AnswerType.GRADE
    ]
    assert [question.id for question in grades if question.asked] == ["S26.07"]


def test_section_titles_fit_narrow_lists() -> None:
    shorts = [section.short for section in master().form.sections]
    assert len(set(shorts)) == 27
    assert max(map(len, shorts)) <= 26


def test_every_option_has_a_label_for_people() -> None:
    options = [option for question in everything() for option in question.options]
    assert all(option.label[0].isupper() or option.label[0].isdigit() for option in options)
    assert not [option.label for option in options if "_" in option.label]


def test_limiting_questions_and_judgements_say_what_to_look_for() -> None:
    silent = [q.id for q in everything() if (q.limiting or q.is_section_judgement) and not q.guidance]
    assert silent == []
    assert len([q for q in everything() if q.is_section_judgement]) == 25


def test_judgements_say_where_in_the_file_to_look() -> None:
    judged = [q for q in everything() if not q.is_fact and q.asked and not q.is_section_judgement]
    assert [q.id for q in judged if not q.evidence] == []
    prompts = [q.evidence for q in everything() if q.evidence]
    assert len(prompts) > 200 and len(set(prompts)) == len(prompts)
    assert max(map(len, prompts)) <= 130, "short enough to be read beside the question"


def test_met_and_yes_scales_count_and_keep_not_evidenced_apart() -> None:
    scored = [question for question in everything() if question.scored]
    plain = [question for question in scored if question.id not in ("S16.04", "S26.03")]
    assert all({Standing.NOT_EVIDENCED} < {o.stands_for for o in q.options} for q in plain)
    assert len(scored) == 216


def test_every_rule_has_a_source_and_says_whether_it_was_seen() -> None:
    template = variant("whole-file").template
    assert all(rule.source for rule in (*template.timescales, *template.consistency))
    verified = {rule.id for rule in template.timescales if rule.verified}
    assert {"TR01", "TR04", "TR15"} <= verified
    assert verified.isdisjoint({"TR06", "TR08", "TR12", "TR39", "TR09"})
    for rule in template.timescales:
        if rule.verified:
            assert str(rule.body["confidence"])[0] in "VS"


def test_both_parsers_read_it_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    assert read_master(FORM) == master()


def test_it_is_pleasant_to_edit() -> None:
    text = FORM.read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 150
    numbers = [(int(s), int(q)) for s, q in re.findall(r"- \{id: S(\d\d)\.(\d\d)", text)]
    assert len(numbers) == 399
    assert all(before < after for before, after in pairwise(numbers))


def test_no_file_of_the_forms_folder_is_left_unchecked() -> None:
    assert {path.suffix for path in Path(forms_dir()).iterdir()} <= {".yaml", ".md", ".json"}
    assert [path.name for path in list_masters() if check_file(path)] == []
