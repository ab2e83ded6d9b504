"""What changed between two versions of a form, and for which variant."""

from pathlib import Path

import pytest

from auditor.resources import forms_dir
from auditor.templates.drift import Act, Change, Drift, drift
from auditor.templates.masters import parse_master, read_master
from tests.templates.small_form import PROMPTED, SMALL, spoiled
from tests.templates.test_overlay import OVERLAY

FORM = forms_dir() / "child-care-case-file.yaml"


def moved(new: str, old: str = SMALL) -> Drift:
    return drift(parse_master(old), parse_master(new))


def acts(changes: tuple[Change, ...]) -> set[tuple[str, str, str, str]]:
    return {(change.act.value, change.part, change.id, change.key) for change in changes}


ADDED = spoiled("  - id: S02\n", "      - {id: S01.05, text: Seen where, type: text}\n  - id: S02\n")
RULE = "leads_to: [S01.02], message: Look again"


@pytest.mark.parametrize(
    ("text", "change", "variants"),
    [
        (ADDED, ("added", "question", "S01.05", ""), {"all", "seeing"}),
        (spoiled("text: Last seen", "text: Seen last"), ("reworded", "question", "S01.04", "text"), {"all"}),
        (PROMPTED, ("reworded", "question", "S01.02", "evidence"), {"all", "seeing"}),
        (
            spoiled("{code: met, label: Met, stands_for: met", "{code: met, label: Met, stands_for: partly"),
            ("re-meant", "option", "met/met", "stands_for"),
            {"all", "seeing"},
        ),
        (
            spoiled('{code: "no", label: "No"}', '{code: "no", label: "Never"}'),
            ("re-meant", "option", "S02.01/no", "label"),
            {"all"},
        ),
        (
            spoiled('{code: "no", label: "No"}]', '{code: "no", label: "No"}, {code: m, label: M}]'),
            ("added", "option", "S02.01/m", ""),
            {"all"},
        ),
        (
            spoiled("descriptor: Shown", "descriptor: Clear"),
            ("reworded", "option", "met/met", "descriptor"),
            {"all", "seeing"},
        ),
        (
            spoiled("{id: voice, title: Voice}", "{id: voice, title: Heard}"),
            ("reworded", "theme", "voice", "title"),
            {"all", "seeing"},
        ),
        (spoiled("limit: 6, unit: week", "limit: 5, unit: week"), ("changed", "timescale", "TR01", "limit"), {"all"}),
        (spoiled(RULE, RULE + " at it"), ("reworded", "consistency rule", "CR01", "message"), {"all", "seeing"}),
        (
            spoiled("heat_steps: [0, 25,", "heat_steps: [0, 20,"),
            ("changed", "template", "small", "heat_steps"),
            {"all", "seeing"},
        ),
        (
            spoiled("limiting: L1}", "limiting: L1, tier: core}"),
            ("changed", "question", "S01.02", "tier"),
            {"all", "seeing"},
        ),
    ],
)
def test_each_kind_of_change(text: str, change: tuple[str, str, str, str], variants: set[str]) -> None:
    found = moved(text)
    assert change in acts(found.changes)
    changed = {item.id: item.changes for item in found.variants if item.changes}
    assert changed.keys() == variants
    assert all({change[0] for change in acts(changes)} == {change[0]} for changes in changed.values())


def test_the_other_way_round_is_the_opposite() -> None:
    there, back = moved(ADDED), moved(SMALL, ADDED)
    assert [change.act for change in there.changes] == [Act.ADDED]
    assert [change.act for change in back.changes] == [Act.REMOVED]
    assert [item.questions - (item.questions_before or 0) for item in there.variants] == [1, 1]


def test_nothing_changed() -> None:
    found = moved("# a comment\n" + SMALL)
    assert found.changes == ()
    assert [item.changes for item in found.variants] == [(), ()]
    assert [(item.id, item.sections, item.questions, item.core) for item in found.variants] == [
        ("all", ("S01", "S02"), 7, 6),
        ("seeing", ("S01",), 3, 3),
    ]


def test_another_selection_is_a_change_of_the_variant_alone() -> None:
    found = moved(spoiled("tiers: [core], always: [S01]", "tiers: [core, optional], always: [S01]"))
    assert acts(found.changes) == {("changed", "variant", "seeing", "select")}
    whole, seeing = found.variants
    assert whole.changes == ()
    assert ("added", "question", "S01.04", "") in acts(seeing.changes)


def test_a_new_variant_is_new() -> None:
    found = moved(SMALL + "  - {id: third, title: Third, select: {sections: [S02]}}\n")
    assert ("added", "variant", "third", "") in acts(found.changes)
    assert found.variants[2].questions_before is None


def test_a_change_reads_as_one_line() -> None:
    found = moved(spoiled("limit: 6, unit: week", "limit: 5, unit: week"))
    assert [str(change) for change in found.changes] == ["changed: timescale TR01, limit: 6 -> 5"]
    assert [str(change) for change in moved(ADDED).changes] == ["added: question S01.05 Seen where"]


def test_an_overlay_shows_what_it_adds_and_what_moves_under_it(tmp_path: Path) -> None:
    overlay, newer = tmp_path / "overlay.yaml", tmp_path / "newer.yaml"
    overlay.write_text(OVERLAY, "utf-8")
    text = FORM.read_text("utf-8")
    before, _, after = text.partition("{id: TR04")
    newer.write_text(before + "{id: TR04" + after.replace("limit: 45", "limit: 44", 1), "utf-8")
    added = drift(read_master(FORM), read_master(FORM, overlay))
    assert {("added", "section", "L01", ""), ("changed", "timescale", "TR04", "limit")} <= acts(added.changes)
    under = drift(read_master(FORM, overlay), read_master(newer, overlay))
    assert [str(change) for change in under.changes] == [
        "changed: timescale TR04, instead_of: limit: 45, unit: working_day -> limit: 44, unit: working_day"
    ]
