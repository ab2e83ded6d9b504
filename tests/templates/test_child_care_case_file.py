"""The form that comes with the program: whole, sound, and counted."""

import re
from collections import Counter
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
CORE = {"whole-file": 314, "core-assessments": 104, "supervision-oversight": 42}
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
    everywhere = Master(FORM.name, form, master().plain, master().lines, ())
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
    assert (template.id, template.master, template.overall_question) == (name, "child-care-case-file", "S26.07")


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
    assert {path.suffix for path in Path(forms_dir()).iterdir()} <= {".yaml", ".md"}
    assert [path.name for path in list_masters() if check_file(path)] == []
