"""Which scoring method and which shared events a form and its variants come with."""

from pathlib import Path

import pytest

from auditor.domain.answers import Answer
from auditor.domain.scoring_method import Score, scores
from auditor.domain.template_parts import Method, ReadsAs
from auditor.resources import forms_dir
from auditor.templates.authoring.writing import write_starter
from auditor.templates.importing import import_form
from auditor.templates.masters import parse_master, read_master
from auditor.templates.variants import resolve
from tests.templates.small_form import SCORED, SMALL

BANK = read_master(forms_dir() / "child-care-case-file.yaml")


def test_a_form_without_the_key_is_not_scored() -> None:
    template = resolve(parse_master(SMALL), "all").template
    assert template.scoring is None and template.shared_events == ()


def test_points_by_scale_and_question_reach_the_questions() -> None:
    scoring = resolve(parse_master(SCORED), "all").template.scoring
    assert scoring is not None and (scoring.method, scoring.reads_as) == (Method.POINTS, ReadsAs.PERCENT)
    assert scoring.points["met"] == 2 and scoring.points["not_evidenced"] == scoring.points["not_met"] == 0
    assert scoring.option_points["S02.03"] == {"1": 2, "2": 0} and scoring.option_points["S02.01"]["yes"] == 1
    assert scoring.weights == {"S01.02": 3, "S02": 2}


def test_a_variant_may_choose_its_own_method_and_keeps_only_what_it_takes() -> None:
    seeing = resolve(parse_master(SCORED), "seeing")
    assert seeing.template.scoring is not None and seeing.template.scoring.method is Method.SHARE_MET
    assert seeing.plain["shared_events"] == [{"id": "first_visit", "title": "First visit", "questions": ["S01.03"]}]
    inherited = parse_master(SCORED.replace(" scoring: {method: share_met},", ""))
    assert resolve(inherited, "seeing").plain["scoring"] == {
        "method": "points", "reads_as": "percent", "points": {"met": 2, "partly": 1, "not_met": 0},
        "weights": {"S01.02": 3},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("variant", "method"),
    [
        ("whole-file", Method.JUDGEMENT),
        ("core-assessments", Method.JUDGEMENT),
        ("chronology-recording", Method.SHARE_MET),
        ("statutory-visits", Method.NONE),
    ],
)
def test_the_shipped_master_is_judged_and_themed_audits_may_differ(variant: str, method: Method) -> None:
    scoring = resolve(BANK, variant).template.scoring
    assert (scoring.method if scoring else Method.NONE) is method


def test_a_variant_that_takes_no_grade_is_not_scored_by_grades() -> None:
    master = parse_master(SMALL.replace("na_reasons:", "scoring: {method: judgement}\nna_reasons:"))
    assert resolve(master, "all").template.scoring is not None
    assert "scoring" not in resolve(master, "seeing").plain


def test_events_of_the_family_go_where_their_questions_go() -> None:
    whole = {event.id: event.questions for event in resolve(BANK, "whole-file").template.shared_events}
    assert whole["strategy_discussion"] == ("S05.02",) and whole["initial_conference"] == ("S06.01",)
    assert {event.id for event in resolve(BANK, "section-47").template.shared_events} == {
        "strategy_discussion", "section_47_enquiry",
    }  # fmt: skip
    assert resolve(BANK, "supervision-oversight").template.shared_events == ()


def test_the_starter_is_scored_by_points(tmp_path: Path) -> None:
    starter = parse_master(import_form(write_starter(tmp_path / "starter.xlsx")).text)
    template = resolve(starter, "my-form-all").template
    found = scores(template, {"S01.02": Answer("partly")})
    assert found is not None and found.whole == Score(3, 6)
