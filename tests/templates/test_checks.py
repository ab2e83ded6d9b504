"""Every code of the catalogue: the small form keeps every rule, and one change at a time breaks one."""

from pathlib import Path

import pytest

from auditor.templates.masters import check_file, parse_master
from auditor.templates.problems import CATALOGUE, Problem, Severity, TemplateProblems
from auditor.templates.variants import resolve
from auditor.templates.yaml_reader import MAX_BYTES, MAX_DEPTH, MAX_NODES
from tests.templates.small_form import SCORED, SMALL, spoiled

QUESTION_3 = "{id: S01.03, text: First seen, type: date, themes: [voice], short: First}"
DERIVED = """type: grade, derived: S02.03@B,
         options: [{code: "1", label: Good}, {code: "2", label: Poor}, {code: "3", label: Worse}]"""
VARIANT = "select: {sections: [S01], tiers: [core], always: [S01]}"

OPTION_POINTS = """\
  options: [{scale: grade, points: {"1": 2, "2": 0}}, {question: S02.01, points: {"yes": 1, "no": 0}}],
"""

UNSERVED = """
  - {id: unserved, title: Unserved}
themes:
"""


def with_areas(more: str) -> str:
    """The small form with a practice area that all of it serves, its first question with something more."""
    return (
        SMALL.replace("\nthemes:\n", "\npractice_areas:\n  - {id: practice, title: Practice}\nthemes:\n")
        .replace("    themes: [plans]\n", "    themes: [plans]\n    serves: [practice]\n")
        .replace("themes: [voice], completed_by: business_support}", f"themes: [voice], {more}}}")
        .replace("short: First}", "short: First, serves: [practice]}")
        .replace("limiting: L1}", "limiting: L1, serves: [practice]}")
        .replace("immediate: true,", "immediate: true, serves: [practice],")
    )


def rescored(old: str, new: str) -> str:
    """The scored form with one place changed."""
    assert SCORED.count(old) == 1
    return SCORED.replace(old, new)


# The code, and a text that has that problem and no other.
BROKEN: list[tuple[str, str]] = [
    ("file-empty", "  \n"),
    ("file-too-large", "#" * (MAX_BYTES + 1)),
    ("yaml-syntax", SMALL + "x: [\n"),
    ("yaml-several-documents", SMALL + "---\nmore: 1\n"),
    ("yaml-too-deep", "a: " + "[" * (MAX_DEPTH + 1)),
    ("yaml-too-many-values", "a: [" + "1," * MAX_NODES + "]"),
    ("yaml-alias", spoiled("title: Small form", "title: &t Small form")),
    ("yaml-tag", spoiled("title: Small form", "title: !!str Small form")),
    ("yaml-duplicate-key", spoiled("id: small\n", "id: small\nid: small\n")),
    ("yaml-key-not-a-word", spoiled("id: small\n", "id: small\n[a, b]: c\n")),
    ("value-empty", spoiled("title: Small form", "title:")),
    ("value-empty", spoiled("{code: met, label: Met,", "{code: met, label: '',")),
    ("value-too-long", spoiled("short: Seeing", "short: Seeing the child and the voice")),
    ("value-wrong", spoiled("na_allowed: true", "na_allowed: maybe")),
    ("value-wrong", spoiled("heat_steps: [0,", "heat_steps: [0.5,")),
    ("wrong-shape", spoiled("title: Small form", "title: [Small]")),
    ("wrong-shape", "- a list\n"),
    ("key-unknown", spoiled("polarity: positive", "polarity: positive, tone: kind")),
    ("key-missing", spoiled("title: Small form\n", "")),
    (
        "word-unknown",
        spoiled("polarity: positive", "polarity: postive"),
    ),
    ("id-pattern", spoiled("id: small\n", "id: Small Form\n")),
    ("id-pattern", spoiled("{id: S01.03, ", "{id: S02.07, ").replace("S01.03", "S01.04")),
    ("id-pattern", spoiled('{code: "no", label: "No"}', '{code: "not so", label: "No"}')),
    ("id-pattern", spoiled("{id: TR01", "{id: first")),
    ("id-repeated", spoiled("{id: plans, title: Plans}", "{id: plans, title: Plans}\n  - {id: voice, title: Again}")),
    ("option-repeated", spoiled('{code: "no", label: "No"}', '{code: "yes", label: "No"}')),
    ("short-title-repeated", spoiled("short: Plan", "short: SEEING")),
    ("theme-unknown", spoiled("themes: [plans]}", "themes: [plans, plan]}")),
    ("theme-unknown", spoiled("select: {}", "select: {themes: [voice, plan]}")),
    ("theme-unused", spoiled("{id: plans, title: Plans}", "{id: plans, title: Plans}\n  - {id: unserved, title: U}")),
    ("area-unknown", with_areas("serves: [pratice]")),
    ("area-missing", with_areas("gate: false")),
    ("area-unused", with_areas("serves: [practice]").replace("\nthemes:\n", UNSERVED)),
    (
        "scale-unknown",
        spoiled("type: choice, scale: met,", "type: choice, scale: mett,")
        .replace("positive,", "neutral,")
        .replace("limiting: L1}", "short: x}"),
    ),
    ("scale-unknown", spoiled("title: Old words, scale: grade", "title: Old words, scale: grades")),
    ("question-unknown", spoiled("overall: {question: S02.03}", "overall: {question: S02.04}")),
    ("question-unknown", spoiled("derived: S02.03@B", "derived: S02.09@B")),
    ("question-unknown", spoiled("start: S01.03, start_else", "start: S01.09, start_else")),
    ("question-unknown", spoiled("a['S01.01'] == 0", "a['S01.11'] == 0")),
    ("question-unknown", spoiled("a['S01.01'] == 0", "a['S0101'] == 0")),
    (
        "section-empty",
        spoiled("indicators:\n", "  - {id: S03, title: T, short: T, purpose: P, questions: []}\nindicators:\n"),
    ),
    (
        "options-missing",
        spoiled('type: choice, options: [{code: "yes", label: "Yes"}, {code: "no", label: "No"}],', "type: choice,"),
    ),
    ("options-not-wanted", spoiled(QUESTION_3, "{id: S01.03, text: First seen, type: date, scale: met}")),
    (
        "options-not-wanted",
        spoiled('type: choice, options: [{code: "yes"', 'type: choice, scale: met, options: [{code: "yes"'),
    ),
    ("option-dead", spoiled("  - id: met\n", "  - {id: spare, options: [{code: x, label: X}]}\n  - id: met\n")),
    ("option-dead", spoiled("type: grade, scale: grade, derived: S02.03@B", DERIVED)),
    (
        "grade-codes",
        spoiled(
            '[{code: "1", label: Good}, {code: "2", label: Poor}]',
            '[{code: "2", label: Poor}, {code: "3", label: Good}]',
        ),
    ),
    (
        "polarity-without-standing",
        spoiled(QUESTION_3, "{id: S01.03, text: First seen, type: date, polarity: positive}"),
    ),
    ("limit-unknown", spoiled("limiting: L1}", "limiting: L3}")),
    ("limit-unknown", spoiled("{id: L1, title: Caps", "{id: L9, title: Caps")),
    ("limit-cannot-fail", spoiled("polarity: positive,", "")),
    ("overall-not-a-grade", spoiled("overall: {question: S02.03}", "overall: {question: S01.01}")),
    ("overall-not-a-grade", spoiled("overall: {question: S02.03}", "overall: {question: S02.02}")),
    ("derived-unknown", spoiled("derived: S02.03@B", "derived: S02.03@C")),
    ("heat-steps", spoiled("heat_steps: [0, 25, 50, 75]", "heat_steps: [0, 50, 25, 75]")),
    ("label-set", spoiled('labels: {"2": Adequate}', 'labels: {"7": Adequate}')),
    ("scoring-method", rescored("points: {met: 2, partly: 1, not_met: 0},\n" + OPTION_POINTS, "\n")),
    ("scoring-method", rescored("scoring: {method: share_met}", "scoring: {method: judgement}")),
    ("scoring-method", rescored("scoring: {method: share_met}", "scoring: {method: none, reads_as: count}")),
    ("scoring-method", rescored("scoring: {method: share_met}", "scoring: {method: share_met, weights: {S01.02: 2}}")),
    ("scoring-points", rescored("{met: 2, partly: 1, not_met: 0}", "{met: 2, partly: 3, not_met: 0}")),
    ("scoring-points", rescored("{met: 2, partly: 1, not_met: 0}", "{met: 2, partly: 2, not_met: 2}")),
    ("scoring-points", rescored('points: {"yes": 1, "no": 0}', 'points: {"yes": 1, "maybe": 0}')),
    ("scoring-points", rescored('points: {"yes": 1, "no": 0}', 'points: {"yes": 0, "no": 0}')),
    ("scoring-points", rescored("{question: S02.01, points", "{question: S02.01, scale: met, points")),
    ("scale-unknown", rescored("{scale: grade, points", "{scale: grades, points")),
    ("question-unknown", rescored("{question: S02.01, points", "{question: S02.11, points")),
    ("question-unknown", rescored("{S01.02: 3, S02: 2}", "{S01.12: 3, S02: 2}")),
    ("section-unknown", rescored("{S01.02: 3, S02: 2}", "{S01.02: 3, S03: 2}")),
    ("scoring-weight", rescored("{S01.02: 3, S02: 2}", "{S01.03: 3, S02: 2}")),
    ("value-wrong", rescored("{S01.02: 3, S02: 2}", "{S01.02: 0.5, S02: 2}")),
    ("question-unknown", rescored("questions: [S01.03, S02.01]", "questions: [S01.03, S02.11]")),
    ("event-not-asked", rescored("questions: [S01.03, S02.01]", "questions: [S01.03, S02.02]")),
    ("timescale-not-a-date", spoiled("start: S01.03, start_else", "start: S01.01, start_else")),
    ("timescale-not-a-count", spoiled("count: S01.01, attest", "count: S01.03, attest")),
    ("timescale-not-a-date", spoiled("period: {start: S01.03", "period: {start: S01.01")),
    ("timescale-not-a-count", spoiled("test: count, count: S01.01", "test: count, count: S01.03")),
    ("timescale-incomplete", spoiled("start_else: S01.04, end: S01.04,", "start_else: S01.04,")),
    ("timescale-incomplete", spoiled("test: count, count: S01.01,", "test: attested,")),
    ("timescale-incomplete", spoiled("period: {start: S01.03, end: S01.04}\n", "")),
    ("timescale-needs-times", spoiled("limit: 6, unit: week", "limit: 72, unit: hour")),
    ("regime-unknown", spoiled("regime: local, source", "regime: locale, source")),
    ("regime-unknown", spoiled("replaced_by: new}", "replaced_by: newer}")),
    ("regime-unknown", spoiled("regime['new']", "regime['local']")),
    ("date-impossible", spoiled('since: "2013-04-15"', 'since: "2013-02-30"')),
    ("date-impossible", spoiled('until: "2012-12-31"', 'until: "2012-12"')),
    ("dates-reversed", spoiled('until: "2012-12-31"', 'until: "2009-12-31"')),
    (
        "rule-without-condition",
        spoiled("""when: "a['S01.01'] < 1 && given['S02.01']",""", "")
        .replace("""each_question: "q.outcome == 'not_met' && q.comment == ''",""", "")
        .replace("""each_section: "s.na_rate > 0.5 && !section_na['S01']",""", ""),
    ),
    ("section-unknown", spoiled("section_na['S01']", "section_na['S09']")),
    ("question-unknown", spoiled("leads_to: [S01.02]", "leads_to: [S01.12]")),
    ("question-unknown", spoiled("concern: {question: S02.01", "concern: {question: S02.11")),
    ("expression-option", spoiled('raised: ["yes"]', 'raised: ["yse"]')),
    ("expression-name", spoiled("q.comment == ''", "q.coment == ''")),
    ("expression-name", spoiled("s.na_rate > 0.5", "q.outcome == 'met'")),
    ("expression-fault", spoiled("q.outcome == 'not_met'", "q.value > 3")),
    ("expression-fault", spoiled("""relevant: "a['S01.01'] > 1\"""", """relevant: "a['S01.01'] > '1'\"""")),
    ("relevance-cycle", spoiled("gate: true, ", "")),
    (
        "relevance-cycle",
        spoiled(QUESTION_3, QUESTION_3[:-1] + """, relevant: "given['S01.04']"}""").replace(
            "a['S01.01'] > 1", "given['S01.03']"
        ),
    ),
    ("unreachable", spoiled("""relevant: "a['S01.01'] > 1\"""", """relevant: "a['S01.01'] > 1 && a['S01.01'] < 1\"""")),
    ("unreachable", spoiled("a['S01.01'] > 1\"", "a['S01.01'] > 1 && a['S01.01'] < 1\"")),
    ("unreachable", spoiled("given['S02.01'] || a", "given['S02.01'] && !given['S02.01'] && a")),
    ("expression-syntax", spoiled("a['S01.01'] == 0", "a['S01.01'] == ")),
    ("expression-name", spoiled("a['S01.01'] == 0", "answers['S01.01'] == 0")),
    ("expression-fault", spoiled("a['S01.01'] == 0", "a['S01.01'] > 'none'")),
    ("expression-fault", spoiled("a['S01.01'] == 0", "a['S01.01'] + 1")),
    ("expression-fault", spoiled("a['S01.01'] == 0", "a.seen == 0")),
    ("expression-option", spoiled("a['S02.01'] == 'yes'", "a['S02.01'] == 'yse'")),
    ("expression-option", spoiled("a['S02.01'] == 'yes'", "a['S02.01'] in ['yes', 'nope']")),
    ("variant-section-unknown", spoiled(VARIANT, "select: {sections: [S01, S05]}")),
    ("variant-section-unknown", spoiled(VARIANT, "select: {sections: [S01], always: [S00]}")),
    ("variant-empty", spoiled(VARIANT, "select: {sections: [S02], types: [date]}")),
    ("variant-labels-unknown", spoiled(VARIANT, "labels: older, " + VARIANT)),
]
# These cannot be shown by the text of a file alone; each has a test of its own below.
ELSEWHERE = {"file-unreadable", "file-not-utf8", "variant-unknown", "cannot-run"}
ELSEWHERE |= {code for code in CATALOGUE if code.startswith("overlay-")}  # in test_overlay.py
ELSEWHERE |= {code for code, severity in CATALOGUE.items() if severity is Severity.HINT}  # in test_hints.py
ELSEWHERE |= {code for code in CATALOGUE if code.startswith("xlsform-")}  # in test_xlsform_*.py
ELSEWHERE |= {"sheet-unknown", "column-unknown"}  # in test_authoring.py


def problems_of(text: str) -> list[Problem]:
    try:
        return list(parse_master(text, "form.yaml").warnings)
    except TemplateProblems as error:
        return list(error.problems)


def test_the_small_form_keeps_every_rule() -> None:
    assert problems_of(SMALL) == []


@pytest.mark.parametrize(("code", "text"), BROKEN, ids=[f"{i}-{code}" for i, (code, _) in enumerate(BROKEN)])
def test_a_broken_rule_is_found(code: str, text: str) -> None:
    found = problems_of(text)
    assert {item.code for item in found} == {code}
    for item in found:
        assert item.severity is CATALOGUE[code]
        assert item.place.file == "form.yaml"
        assert item.message and item.remedy


def test_every_code_of_the_catalogue_is_tried() -> None:
    assert {code for code, _ in BROKEN} | ELSEWHERE == set(CATALOGUE)


def test_warnings_do_not_stop_a_template() -> None:
    text = dict(BROKEN)["theme-unused"]
    master = parse_master(text)
    assert (master.id, master.title) == ("small", "Small form")
    assert [item.code for item in master.warnings] == ["theme-unused"]


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = spoiled("limiting: L1}", "limiting: L3}").replace("start: S01.03, s", "start: S01.01, s")
    with pytest.raises(TemplateProblems) as caught:
        parse_master(text, "form.yaml")
    assert [item.code for item in caught.value.problems] == ["limit-unknown", "timescale-not-a-date"]
    assert caught.value.code == "limit-unknown"
    assert "1 more error" in caught.value.message


@pytest.mark.parametrize(
    ("text", "near", "line"),
    [
        (spoiled("polarity: positive", "polarty: positive"), "polarity", "S01.02"),
        (spoiled("polarity: positive", "polarity: postive"), "positive", "S01.02"),
        (spoiled("themes: [plans]}", "themes: [plan]}"), "plans", "themes: [plan]"),
        (spoiled("a['S01.01'] == 0", "a['S01.11'] == 0"), "S01.01", "not_seen"),
    ],
)
def test_a_slip_of_the_pen_is_put_right_where_it_stands(text: str, near: str, line: str) -> None:
    (found,) = [item for item in problems_of(text) if item.severity is Severity.ERROR][:1]
    assert found.remedy == f"Did you mean {near}?"
    assert found.place.line is not None
    assert line in text.splitlines()[found.place.line - 1]


def test_a_problem_reads_as_one_line() -> None:
    (found,) = problems_of(spoiled("heat_steps: [0, 25, 50, 75]", "heat_steps: [0, 50, 25, 75]"))
    assert str(found).startswith("form.yaml:8: error heat-steps: The steps of heat")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert [item.code for item in check_file(tmp_path / "none.yaml")] == ["file-unreadable"]
    assert [item.code for item in check_file(tmp_path)] == ["file-unreadable"]


def test_a_variant_that_is_not_there() -> None:
    with pytest.raises(TemplateProblems) as caught:
        resolve(parse_master(SMALL), "seing")
    assert caught.value.code == "variant-unknown"
    assert caught.value.remedy == "Did you mean seeing?"


def test_what_cannot_run_is_said() -> None:
    resolved = resolve(parse_master(SMALL, "form.yaml"), "seeing")
    assert resolved.dropped_rules == ("not_seen", "TR01")
    assert [item.code for item in resolved.warnings] == ["cannot-run"] * 2
    assert "S02.01 left out" in resolved.warnings[0].message
