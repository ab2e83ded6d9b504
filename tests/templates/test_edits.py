"""Changes on a form: what they give, what they leave alone, and that any of them can be taken back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.errors import BadInput, Refused
from auditor.domain.template_plain import template_hash
from auditor.templates.edits import EditKey, checked, edited, value_at
from auditor.templates.judged import as_file, judge, master_of, stopping
from auditor.templates.masters import parse_master
from auditor.templates.new_ids import ids_in, next_question, next_section, word_for
from auditor.templates.variants import resolve
from tests.templates.small_form import SMALL

BASE = parse_master(SMALL).plain

NEW_QUESTION = {"section": "S01", "after": "S01.01", "text": "How soon?", "type": "text"}
EDITS: dict[str, Any] = {
    "question/S01.01/text": "How often was the child seen?",
    "question/S01.02/guidance": "Look at the notes of the visit.",
    "question/S01.02/na_allowed": False,
    "question/S01.03/themes": ["plans"],
    "question/S01.03/short": "",
    "question/S01.501/added": NEW_QUESTION,
    "question/S01.501/text": "How soon was the child seen?",
    "question/S01.04/tier": "core",
    "question/S01.04/section": "S02",
    "question/S01.02/own_options": {
        "options": [
            {"code": "met", "label": "Met", "stands_for": "met"},
            {"code": "late", "label": "Late", "stands_for": "not_met"},
        ]
    },
    "option/S01.02/late/label": "Met, but late",
    "section/S01/title": "Seeing",
    "section/S01/order": ["S01.03", "S01.01", "S01.02", "S01.04"],
    "section/L01/added": {"title": "Ours", "short": "Ours", "purpose": "Our own", "after": "S01"},
    "question/L01.01/added": {"section": "L01", "text": "Anything else?", "type": "choice", "options": []},
    "option/L01.01/said/added": {"label": "Said"},
    "option/met/partly/added": {"label": "Partly", "stands_for": "partly"},
    "option/met/met/descriptor": "The record shows it.",
    "option/S02.01/no/label": "No, not",
    "theme/health/added": {"title": "Health"},
    "theme/plans/title": "Plans and planning",
    "variant/ours/selection": {"title": "Ours", "select": {"sections": ["S01"]}},
    "variant/seeing/removed": True,
    "consistency/CR01/removed": True,
    "form/small/title": "Small form, ours",
}


def questions(plain: Any) -> dict[str, list[str]]:
    """The ids of the questions by section."""
    return {section["id"]: [one["id"] for one in section["questions"]] for section in plain["sections"]}


def test_changes_give_the_form_they_say() -> None:
    after = edited(BASE, EDITS)
    assert after.lost == ()
    assert questions(after.plain) == {
        "S01": ["S01.03", "S01.01", "S01.501", "S01.02"],
        "L01": ["L01.01"],
        "S02": ["S02.01", "S02.02", "S02.03", "S01.04"],
    }
    by_id = {one["id"]: one for section in after.plain["sections"] for one in section["questions"]}
    assert by_id["S01.501"] == {"id": "S01.501", "text": "How soon was the child seen?", "type": "text"}
    assert "short" not in by_id["S01.03"] and "na_allowed" not in by_id["S01.02"]
    assert by_id["S01.04"]["moved_from"] == "S01"
    assert [one["label"] for one in by_id["S01.02"]["options"]] == ["Met", "Met, but late"]
    assert "scale" not in by_id["S01.02"]
    assert [option["code"] for option in after.plain["scales"][0]["options"]][-1] == "partly"
    assert [variant["id"] for variant in after.plain["variants"]] == ["all", "ours"]
    assert after.plain["consistency"] == []
    assert not stopping(judge(after.plain))


@given(st.sets(st.sampled_from(sorted(EDITS))), st.sets(st.sampled_from(sorted(EDITS))))
def test_what_is_taken_back_leaves_no_trace(made: set[str], taken_back: set[str]) -> None:
    with_traces = {key: None if key in taken_back else EDITS[key] for key in made | taken_back}
    remaining = {key: EDITS[key] for key in made - taken_back}
    assert edited(BASE, with_traces) == edited(BASE, remaining)
    assert edited(BASE, dict(reversed(remaining.items()))).plain == edited(BASE, remaining).plain
    assert edited(BASE, dict.fromkeys(made)).plain == BASE


@given(st.sets(st.sampled_from(sorted(EDITS))))
def test_a_form_without_a_stop_comes_back_from_its_file(made: set[str]) -> None:
    plain = edited(BASE, {key: EDITS[key] for key in made}).plain
    if stopping(judge(plain)):
        return
    assert template_hash(as_file(plain)) == template_hash(plain)
    master = master_of(plain)
    for variant in master.variants:
        taken = {question.id for question in resolve(master, variant.id).template.questions()}
        assert taken <= {one for ids in questions(plain).values() for one in ids}


def test_a_change_of_what_is_not_there_is_told_and_changes_nothing() -> None:
    after = edited(BASE, {"question/S09.01/text": "Else", "question/S09.02/added": {"section": "S09"}})
    assert after.lost == ("question/S09.02/added", "question/S09.01/text")
    assert after.plain == BASE


def test_a_removed_section_leaves_the_selections_of_the_variants() -> None:
    base = edited(BASE, {"variant/two/selection": {"title": "Two", "select": {"sections": ["S01", "S02"]}}}).plain
    after = edited(base, {"section/S01/removed": True}).plain
    assert next(v for v in after["variants"] if v["id"] == "two")["select"] == {"sections": ["S02"]}
    # Empty would mean everything: the variant keeps its word, and the checks name it.
    assert "variant-section-unknown" in {found.problem.code for found in judge(after)}


@pytest.mark.parametrize("key", ["question/S01.01/id", "option/met/met/code", "question/S01.01", "rule/TR01/limit", ""])
def test_ids_and_codes_cannot_be_changed(key: str) -> None:
    with pytest.raises(BadInput) as raised:
        EditKey.parse(key)
    assert raised.value.code == "edit-unknown"


@pytest.mark.parametrize(
    ("key", "value"),
    [("question/S01.01/text", 3), ("question/S01.01/themes", [1]), ("question/S01.01/tier", "rare"),
     ("question/S01.01/na_allowed", "yes"), ("question/S01.09/added", "text")],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused(key: str, value: object) -> None:
    with pytest.raises(BadInput) as raised:
        checked(EditKey.parse(key), value)
    assert raised.value.code == "edit-value"


def test_what_stands_in_a_place_is_told_with_its_default() -> None:
    assert value_at(BASE, EditKey.parse("question/S01.01/tier")) == "core"
    assert value_at(BASE, EditKey.parse("question/S01.02/na_allowed")) is True
    assert value_at(BASE, EditKey.parse("option/met/met/descriptor")) == "Shown"
    assert value_at(BASE, EditKey.parse("section/S02/order")) == ["S02.01", "S02.02", "S02.03"]


@pytest.mark.parametrize(
    ("edit", "code", "where"),
    [
        ({"question/S01.03/themes": ["nowhere"]}, "theme-unknown", ("question", "S01.03", "themes")),
        ({"question/S01.01/text": ""}, "value-empty", ("question", "S01.01", "text")),
        ({"section/S01/short": ""}, "value-empty", ("section", "S01", "short")),
        ({"option/met/met/label": ""}, "value-empty", ("option", "met/met", "label")),
        ({"section/L01/added": {"title": "O", "short": "O", "purpose": "P"}}, "section-empty",
         ("section", "L01", "id")),
        ({"question/S02.01/removed": True}, "question-unknown", ("section", "S02", "when")),
        ({"question/S01.01/relevant": "a['S01.01'"}, "expression-syntax", ("question", "S01.01", "relevant")),
        ({"variant/all/selection": {"title": "A", "select": {"sections": ["S9"]}}}, "variant-section-unknown",
         ("variant", "all", "sections")),
    ],
)  # fmt: skip
def test_what_the_checks_find_names_its_part(edit: dict[str, Any], code: str, where: tuple[str, ...]) -> None:
    found = judge(edited(BASE, edit).plain)
    assert (code, where) in {(one.problem.code, (one.part, one.id, one.key)) for one in found}


def test_ids_and_codes_are_new_in_every_version() -> None:
    used = ids_in(BASE) | {"S01.501", "L01", "L02", "met/partly", "partly"}
    assert next_question("S01", used) == "S01.502"
    assert next_question("L02", used) == "L02.01"
    assert next_section(used) == "L03"
    assert word_for("Partly", used, "met") == "partly_2"
    assert word_for("Partly", used, "S02.01") == "partly"
    assert word_for("Été & more!", used) == "ete_more"
    assert word_for("2nd", used) == "n2nd"
    with pytest.raises(Refused) as raised:
        next_section({f"L{number:02}" for number in range(1000)})
    assert raised.value.code == "ids-used-up"
