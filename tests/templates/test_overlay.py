"""An authority's overlay: put on a master without touching it, and refused where it does not fit."""

from datetime import date
from pathlib import Path

import pytest

from auditor.resources import forms_dir
from auditor.templates.masters import Master, check_file, read_master
from auditor.templates.problems import CATALOGUE, TemplateProblems
from auditor.templates.variants import resolve

FORM = forms_dir() / "child-care-case-file.yaml"
OVERLAY = """\
format: 1
overlay_of: child-care-case-file
id: invented-council
version: "3"
labels: council_words
change_over:
  - {regime: "WT2013+", since: "2013-10-01", source: "Decided in July 2013"}
limits:
  - {rule: TR04, limit: 42, unit: working_day, source: "Practice standards"}
themes:
  - {id: family_hubs, title: "Family hubs"}
label_sets:
  - {id: council_words, title: "The council's words", scale: grade, labels: {"3": "Not yet good"}}
sections:
  - id: L01
    title: "Family hubs"
    short: "Family hubs"
    purpose: "Was the family offered the help of its hub?"
    serves: [service_response]
    questions:
      - {id: L01.01, text: "Was a family hub offered?", type: choice, scale: yn, polarity: positive,
         themes: [family_hubs]}
consistency:
  - {id: L1, title: "Hub", severity: warning, when: "a['L01.01'] == 'no' && a['S01.10'] == 'early_help'",
     message: "Early help without the hub.", source: "Ours", verified: false, confidence: R}
variants:
  - {id: hubs, title: "Hubs only", select: {sections: [S00, L01]}}
also_in:
  - {variant: child-in-need, sections: [L01]}
"""


def put_on(text: str, folder: Path) -> Master:
    path = folder / "overlay.yaml"
    path.write_text(text, "utf-8")
    return read_master(FORM, overlay=path)


def spoiled(old: str, new: str) -> str:
    assert OVERLAY.count(old) == 1
    return OVERLAY.replace(old, new)


def test_it_adds_to_the_master(tmp_path: Path) -> None:
    master = put_on(OVERLAY, tmp_path)
    assert (master.id, master.form.version, master.warnings) == (
        "child-care-case-file",
        "2026.1+invented-council.3",
        (),
    )
    for variant, sections in (("whole-file", 28), ("child-in-need", 10), ("hubs", 2)):
        template = resolve(master, variant).template
        assert len(template.sections) == sections
        assert template.by_id["L01.01"].serves == ("service_response",)
    assert "L01.01" not in resolve(master, "court").template.by_id
    assert "L1" in {rule.id for rule in resolve(master, "whole-file").template.consistency}


def test_it_changes_a_limit_and_the_labels(tmp_path: Path) -> None:
    template = resolve(put_on(OVERLAY, tmp_path), "core-assessments").template
    rule = next(rule for rule in template.timescales if rule.id == "TR04")
    assert (rule.body["limit"], rule.body["unit"], rule.source, rule.verified) == (
        42,
        "working_day",
        "Practice standards",
        False,
    )
    assert rule.body["instead_of"] == {"limit": 45, "unit": "working_day"}
    single = next(regime for regime in template.regimes if regime.id == "WT2013+")
    assert (single.since, single.instead_of) == (date(2013, 10, 1), date(2013, 4, 15))
    assert template.by_id["S26.07"].options[2].label == "Not yet good"
    old = resolve(put_on(OVERLAY, tmp_path), "initial-assessments").template
    assert old.by_id["S26.07"].options[2].label == "Adequate"


def test_the_master_stays_as_it_is(tmp_path: Path) -> None:
    before = FORM.read_bytes()
    hashes = [resolve(read_master(FORM), name).hash for name in ("whole-file", "court")]
    put_on(OVERLAY, tmp_path)
    assert FORM.read_bytes() == before
    assert [resolve(read_master(FORM), name).hash for name in ("whole-file", "court")] == hashes


def test_what_an_overlay_does_not_touch_is_the_same(tmp_path: Path) -> None:
    written = {q["id"]: q for section in read_master(FORM).plain["sections"] for q in section["questions"]}
    with_it = {q["id"]: q for section in put_on(OVERLAY, tmp_path).plain["sections"] for q in section["questions"]}
    assert {name: with_it[name] for name in written} == written


def test_an_overlay_by_itself_is_read_onto_the_master_it_names(tmp_path: Path) -> None:
    master = put_on(OVERLAY, tmp_path)
    assert read_master(tmp_path / "overlay.yaml").plain == master.plain
    assert check_file(tmp_path / "overlay.yaml") == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("overlay-master", spoiled("overlay_of: child-care-case-file", "overlay_of: child-case-file")),
        ("overlay-own-id", spoiled("id: L01\n", "id: S40\n").replace("L01", "S40")),
        ("overlay-own-id", spoiled("{id: L1,", "{id: CR90,")),
        ("overlay-id-taken", spoiled("{id: L1,", "{id: CR01,")),
        ("overlay-id-taken", spoiled("{id: family_hubs,", "{id: voice,")),
        ("overlay-id-taken", spoiled("{id: hubs,", "{id: court,")),
        ("overlay-limit", spoiled("rule: TR04", "rule: TR94")),
        ("overlay-limit", spoiled("limit: 42", "limit: 60")),
        ("regime-unknown", spoiled('regime: "WT2013+"', "regime: WT2014")),
        ("regime-unknown", spoiled('regime: "WT2013+"', "regime: WT2010")),
        ("date-impossible", spoiled("2013-10-01", "2013-13-01")),
        ("id-repeated", spoiled("\nlimits:", "\n  - {regime: WT2013+, since: '2013-11-01', source: Ours}\nlimits:")),
        ("variant-unknown", spoiled("variant: child-in-need", "variant: child-in-nede")),
        ("variant-section-unknown", spoiled("need, sections: [L01]", "need, sections: [L09]")),
        ("id-repeated", OVERLAY + "  - {variant: child-in-need, sections: [S05]}\n"),
        ("id-repeated", spoiled("\nthemes:\n", "\n  - {rule: TR04, limit: 40, unit: day, source: Ours}\nthemes:\n")),
        ("variant-labels-unknown", spoiled("labels: council_words\n", "labels: councils_words\n")),
        ("key-unknown", spoiled("labels: council_words\n", "label: council_words\n")),
        ("theme-unknown", spoiled("themes: [family_hubs]", "themes: [family_hubs, family_hub]")),
        ("question-unknown", spoiled("a['L01.01'] == 'no'", "a['L01.02'] == 'no'")),
    ],
)
def test_one_that_does_not_fit_is_refused_where_it_stands(code: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateProblems) as caught:
        put_on(text, tmp_path)
    assert {item.code for item in caught.value.problems} == {code}
    assert code in CATALOGUE
    for item in caught.value.problems:
        assert item.place.file.endswith("overlay.yaml")
        assert item.place.line
        changed = set(text.splitlines()) - set(OVERLAY.splitlines())
        assert text.splitlines()[item.place.line - 1] in changed


def test_a_master_that_does_not_come_with_the_program_has_to_be_named(tmp_path: Path) -> None:
    path = tmp_path / "overlay.yaml"
    path.write_text(spoiled("overlay_of: child-care-case-file", "overlay_of: adult-file"), "utf-8")
    assert [item.code for item in check_file(path)] == ["overlay-master"]


def test_a_problem_of_the_master_is_told_at_the_master(tmp_path: Path) -> None:
    spoilt, overlay = tmp_path / "form.yaml", tmp_path / "overlay.yaml"
    text = FORM.read_text("utf-8")
    spoilt.write_text(text.replace("heat_steps: [0, 25, 50, 75]", "heat_steps: [0, 50, 25, 75]"), "utf-8")
    overlay.write_text(OVERLAY, "utf-8")
    with pytest.raises(TemplateProblems) as caught:
        read_master(spoilt, overlay)
    assert caught.value.place is not None
    assert caught.value.place.file.endswith("form.yaml")
