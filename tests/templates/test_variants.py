"""Variants: selections that copy nothing, drop what cannot run, and have a name of their own."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.resources import forms_dir
from auditor.templates.masters import Master, parse_master, read_master
from auditor.templates.problems import TemplateProblems
from auditor.templates.schema import SelectForm
from auditor.templates.variants import Resolved, resolve
from tests.templates.small_form import SMALL, spoiled

# Changes only when the meaning of a template file changes, which no release may do to forms already in use.
GOLDEN = {
    "all": "4bf47116c30ca0c19b35d57627f1bca38c4b96c87cd6691090112d5f3142a24f",
    "seeing": "becdf029eac3f8bf7a58ccf4e0c3f226dbafea3c5f2bda9704f5bbe5114a390f",
}


@cache
def full_master() -> Master:
    return read_master(forms_dir() / "child-care-case-file.yaml")


def selected(master: Master, **select: list[str]) -> Resolved:
    """The first variant of a master, with another selection."""
    first = master.form.variants[0].model_copy(update={"select": SelectForm.model_validate(select)})
    form = master.form.model_copy(update={"variants": [first]})
    return resolve(replace(master, form=form), first.id)


def ids(resolved: Resolved) -> list[str]:
    return [question.id for question in resolved.template.questions()]


@pytest.mark.parametrize(("name", "golden"), GOLDEN.items())
def test_the_hash_of_a_small_template_is_golden(name: str, golden: str) -> None:
    assert resolve(parse_master(SMALL), name).hash == golden


def test_the_hash_is_of_the_content_and_not_of_the_writing() -> None:
    before = resolve(parse_master(SMALL), "all").hash
    rewritten = "# a comment\n" + SMALL.replace("na_allowed: true", "na_allowed: yes").replace(
        "title: Small form", "title: 'Small form'"
    )
    assert resolve(parse_master(rewritten), "all").hash == before
    assert resolve(parse_master(spoiled("text: Last seen", "text: Seen last")), "all").hash != before


def test_a_default_written_out_is_another_content() -> None:
    spelled = spoiled(
        "type: date, themes: [voice], short: First}", "type: date, themes: [voice], short: First, tier: core}"
    )
    assert resolve(parse_master(spelled), "all").hash != resolve(parse_master(SMALL), "all").hash


def test_only_what_is_used_is_carried() -> None:
    seeing = resolve(parse_master(SMALL), "seeing")
    assert ids(seeing) == ["S01.01", "S01.02", "S01.03"]
    assert [theme.id for theme in seeing.template.themes] == ["voice"]
    assert [scale["id"] for scale in seeing.plain["scales"]] == ["met"]
    assert [rule["id"] for rule in seeing.plain["limiting_rules"]] == ["L1"]
    assert seeing.template.overall_question == ""
    assert (seeing.template.id, seeing.template.master, seeing.template.title) == ("seeing", "small", "Seeing")


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ({}, ["S01.01", "S01.02", "S01.03", "S01.04", "S02.01", "S02.02", "S02.03"]),
        ({"types": ["date"]}, ["S01.03", "S01.04"]),
        ({"types": ["date"], "tiers": ["core"]}, ["S01.03"]),
        ({"themes": ["plans"]}, ["S02.01"]),
        ({"completed_by": ["business_support"]}, ["S01.01"]),
        ({"themes": ["plans"], "always": ["S01"], "tiers": ["core"]}, ["S01.01", "S01.02", "S01.03", "S02.01"]),
    ],
)
def test_each_way_to_select(select: dict[str, list[str]], expected: list[str]) -> None:
    assert ids(selected(parse_master(SMALL), **select)) == expected


def test_the_overall_judgement_can_be_switched_off() -> None:
    resolved = resolve(parse_master(spoiled("frequency: yearly,", "frequency: yearly, overall: none,")), "all")
    assert "overall" not in resolved.plain
    assert not {"S02.02", "S02.03"} & set(ids(resolved))
    without = spoiled("overall: {question: S02.03}", "overall: none")
    assert resolve(parse_master(without), "all").template.overall_question == ""


def test_a_re_audit_takes_further_sections() -> None:
    master = full_master()
    wider = resolve(master, "re-audit", extra_sections=("S09", "S04"))
    assert [section.id for section in wider.template.sections] == ["S00", "S04", "S09", "S22", "S26"]
    assert {question.tier.value for question in wider.template.questions()} == {"core"}
    assert wider.template.id == "re-audit"
    assert wider.hash != resolve(master, "re-audit").hash
    assert resolve(master, "whole-file", ("S04",)).hash == resolve(master, "whole-file").hash
    with pytest.raises(TemplateProblems) as caught:
        resolve(master, "re-audit", ("S40",))
    assert caught.value.code == "variant-section-unknown"


def test_other_labels_keep_the_codes() -> None:
    master = parse_master(spoiled("frequency: yearly,", "frequency: yearly, labels: old,"))
    grade = resolve(master, "all").template.by_id["S02.03"]
    assert [(option.code, option.label) for option in grade.options] == [("1", "Good"), ("2", "Adequate")]
    assert resolve(master, "all").template.by_id["S01.02"].options[0].label == "Met"


@given(st.sets(st.integers(0, 26), min_size=1))
def test_any_choice_of_sections_takes_questions_as_they_are_written(chosen: set[int]) -> None:
    master = full_master()
    written = {question["id"]: question for section in master.plain["sections"] for question in section["questions"]}
    resolved = selected(master, sections=[f"S{number:02}" for number in sorted(chosen)])
    taken = [question for section in resolved.plain["sections"] for question in section["questions"]]
    assert {question["id"][:3] for question in taken} <= {f"S{number:02}" for number in chosen}
    assert all(question == written[question["id"]] for question in taken)
    names = {question["id"] for question in taken}
    template = resolved.template
    for rule in template.timescales:
        assert {str(rule.body[key]) for key in ("start", "end", "count", "attest") if key in rule.body} <= names
    assert {theme for question in taken for theme in question.get("themes", ())} == set(template.theme_titles)
    kept = [*template.indicators, *template.timescales, *template.consistency]
    assert len(kept) + len(resolved.dropped_rules) == 11 + 41 + 42
