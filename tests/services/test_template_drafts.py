"""Masters of the workspace and the drafts they come from, on a real workspace."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.canonical import Json
from auditor.domain.errors import AuditorError
from auditor.domain.roles import Role
from auditor.domain.template_plain import template_hash
from auditor.services import draft_parts as parts
from auditor.services import local_masters as local
from auditor.services import newer_base as newer
from auditor.services import template_drafts as drafting
from auditor.services.cycle_start import StartCycle, start_cycle
from auditor.services.cycles import cycle_view
from auditor.services.draft_parts import (
    AddOption,
    AddQuestion,
    AddSection,
    AddTheme,
    BuildVariant,
    add_option,
    add_question,
    add_section,
    add_theme,
    build_variant,
    question_order,
)
from auditor.services.template_drafts import EditDraft, MoveDraft, PublishDraft, StartDraft
from auditor.services.templates import shipped_templates
from auditor.store.queries import masters as stored
from auditor.templates.masters import list_masters, parse_master, read_master
from tests.kit import House, open_house
from tests.templates.small_form import SMALL, spoiled


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A new workspace."""
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def base(house: House) -> str:
    """The small form kept as a master of the workspace: its hash."""
    return house.lead.do(local.keep_master, local.KeepMaster(parse_master(SMALL).plain, "small.yaml")).made


@pytest.fixture
def draft(house: House, base: str) -> str:
    """A draft of it."""
    return house.lead.do(drafting.start_draft, StartDraft(base)).made


def change(house: House, draft: str, **values: Json) -> None:
    """Change `S01.01` by field."""
    edits = {f"question/S01.01/{field}": value for field, value in values.items()}
    house.lead.do(drafting.edit_draft, EditDraft(draft, edits))


def text_of(house: House, draft: str, question: str = "S01.01") -> str:
    """The wording of a question of a draft."""
    plain = house.lead.ask(drafting.draft_form, draft).plain
    return next(str(q["text"]) for section in plain["sections"] for q in section["questions"] if q["id"] == question)


def refused(code: str, act: Callable[[], object]) -> None:
    """The act fails with that code."""
    with pytest.raises(AuditorError) as raised:
        act()
    assert raised.value.code == code


def test_a_kept_master_is_offered_with_all_its_variants(house: House, base: str) -> None:
    offered = house.lead.ask(local.offered_templates, None)
    assert [one.template.id for one in offered if one.local] == ["all", "seeing"]
    assert [one.template.hash for one in offered if not one.local] == [one.template.hash for one in shipped_templates()]
    chosen = offered[-1]
    command = StartCycle(chosen.plain, "Spring", date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
    made = house.lead.do(start_cycle, command).made
    assert house.lead.ask(cycle_view, made).cycle.template_hash == chosen.template.hash
    card = house.lead.ask(local.local_masters, None)[0]
    assert (card.hash, card.version, card.source, card.by) == (base, "1", "small.yaml", house.lead.actor.id)


def test_the_latest_version_is_offered_and_earlier_ones_stay(house: House, base: str) -> None:
    newer = parse_master(spoiled('version: "1"', 'version: "2"')).plain
    made = house.lead.do(local.keep_master, local.KeepMaster(newer)).made
    assert {one.template.version for one in house.lead.ask(local.offered_templates, None) if one.local} == {"2"}
    assert [card.hash for card in house.lead.ask(local.local_masters, None)] == [made, base]
    assert house.lead.ask(local.local_master, base).plain == parse_master(SMALL).plain


def test_the_same_again_or_another_content_of_a_version_is_refused(house: House, base: str) -> None:
    same, other = parse_master(SMALL).plain, parse_master(spoiled("title: Small form", "title: Other form")).plain
    program = read_master(list_masters()[0]).plain
    assert base
    refused("master-known", lambda: house.lead.do(local.keep_master, local.KeepMaster(same)))
    refused("version-taken", lambda: house.lead.do(local.keep_master, local.KeepMaster(other)))
    refused("master-known", lambda: house.lead.do(local.keep_master, local.KeepMaster(program)))
    refused("version-taken", lambda: house.lead.do(local.keep_master, local.KeepMaster({**program, "title": "Ours"})))


def test_an_id_never_becomes_another_question(house: House, base: str) -> None:
    assert base
    spoilt = spoiled("First seen, type: date", "First seen, type: datetime").replace('version: "1"', 'version: "2"')
    refused("id-reused", lambda: house.lead.do(local.keep_master, local.KeepMaster(parse_master(spoilt).plain)))


def test_only_those_who_keep_templates_work_on_them(house: House, base: str, draft: str) -> None:
    auditor = house.add("A. Auditor", Role.AUDITOR)
    acts = [
        lambda: auditor.do(local.keep_master, local.KeepMaster(parse_master(SMALL).plain)),
        lambda: auditor.do(drafting.start_draft, StartDraft(base)),
        lambda: auditor.do(drafting.edit_draft, EditDraft(draft, {"question/S01.01/text": "x"})),
        lambda: auditor.do(drafting.publish_draft, PublishDraft(draft, "2")),
        lambda: auditor.do(drafting.discard_draft, draft),
        lambda: auditor.do(add_question, AddQuestion(draft, "S01", "x", "text")),
        lambda: auditor.ask(drafting.drafts, None),
        lambda: auditor.ask(drafting.draft_form, draft),
        lambda: auditor.ask(drafting.draft_problems, draft),
    ]
    for act in acts:
        refused("role-needed", act)
    # Whoever runs an audit may use what is offered.
    assert auditor.ask(local.offered_templates, None)


def test_changes_are_small_undone_one_by_one_and_kept_by_the_record(house: House, draft: str) -> None:
    before = house.opened.verify().revisions
    change(house, draft, text="How often was the child seen?")
    change(house, draft, text="How often was the child seen alone?", guidance="Count visits.")
    assert house.opened.verify().revisions == before + 3
    assert text_of(house, draft) == "How often was the child seen alone?"
    change(house, draft, text=None)
    assert text_of(house, draft) == "How often?"
    assert list(house.lead.ask(drafting.draft_form, draft).edits) == ["question/S01.01/guidance"]
    assert not house.opened.verify().problems


def test_a_change_to_what_stands_there_is_none(house: House, draft: str) -> None:
    change(house, draft, text="How often?", tier="core", na_allowed=False, themes=["voice"])
    change(house, draft, guidance="x")
    change(house, draft, guidance="")
    assert not house.lead.ask(drafting.draft_form, draft).edits


def test_a_change_of_what_is_not_there_is_refused(house: House, draft: str) -> None:
    edit = EditDraft(draft, {"question/S09.01/text": "x"})
    refused("edit-lost", lambda: house.lead.do(drafting.edit_draft, edit))
    refused("edit-unknown", lambda: house.lead.do(drafting.edit_draft, EditDraft(draft, {"question/S01.01/id": "x"})))
    refused("no-such-draft", lambda: house.lead.ask(drafting.draft_form, "x"))
    refused("no-such-master", lambda: house.lead.do(drafting.start_draft, StartDraft("x")))
    assert not house.lead.ask(drafting.draft_form, draft).edits


def test_the_checks_stand_beside_the_draft_and_a_stop_keeps_it_from_being_published(house: House, draft: str) -> None:
    change(house, draft, themes=["nowhere"])
    found = [one for one in house.lead.ask(drafting.draft_problems, draft) if one.stops]
    assert [(one.problem.code, one.part, one.id) for one in found] == [("theme-unknown", "question", "S01.01")]
    refused("draft-not-ready", lambda: house.lead.do(drafting.publish_draft, PublishDraft(draft, "2")))
    change(house, draft, themes=None, guidance="Count visits.")
    refused("version-needed", lambda: house.lead.do(drafting.publish_draft, PublishDraft(draft, " ")))
    refused("version-too-long", lambda: house.lead.do(drafting.publish_draft, PublishDraft(draft, "2" * 65)))
    refused("version-taken", lambda: house.lead.do(drafting.publish_draft, PublishDraft(draft, "1")))


def test_what_is_published_has_the_same_questions_and_closes_the_draft(house: House, base: str, draft: str) -> None:
    change(house, draft, text="How often was the child seen?")
    made = house.lead.do(drafting.publish_draft, PublishDraft(draft, "2")).made
    master = house.lead.ask(local.local_master, made)
    before = parse_master(SMALL)
    assert (master.id, master.form.version) == (before.id, "2")
    assert question_order(master.plain, "S01") == question_order(before.plain, "S01")
    offered = [one for one in house.lead.ask(local.offered_templates, None) if one.local]
    assert {one.template.by_id["S01.01"].text for one in offered} == {"How often was the child seen?"}
    assert house.lead.ask(drafting.drafts, None) == []
    refused("draft-closed", lambda: change(house, draft, text="x"))
    card = next(card for card in house.lead.ask(local.local_masters, None) if card.hash == made)
    assert (card.source, card.base, card.number) == (draft, base, 2)


def test_a_dropped_draft_is_closed(house: House, draft: str) -> None:
    house.lead.do(drafting.discard_draft, draft)
    assert house.lead.ask(drafting.drafts, None) == []
    refused("draft-closed", lambda: house.lead.do(drafting.publish_draft, PublishDraft(draft, "2")))


def test_what_is_added_gets_ids_no_version_had(house: House, base: str, draft: str) -> None:
    first = house.lead.do(add_question, AddQuestion(draft, "S01", "One more?", "text", after="S01.01")).made
    assert first == "S01.501"
    house.lead.do(drafting.edit_draft, EditDraft(draft, {f"question/{first}/added": None}))
    second = house.lead.do(add_question, AddQuestion(draft, "S01", "Another?", "choice", "met")).made
    section = house.lead.do(add_section, AddSection(draft, "Our own section", "S01")).made
    inside = house.lead.do(add_question, AddQuestion(draft, section, "Ours?", "count")).made
    option = house.lead.do(add_option, AddOption(draft, "met", "Partly met", "partly")).made
    theme = house.lead.do(add_theme, AddTheme(draft, "Health")).made
    assert (second, section, inside, option, theme) == ("S01.502", "L01", "L01.01", "met/partly_met", "health")
    form = house.lead.ask(drafting.draft_form, draft)
    assert question_order(form.plain, "S01") == ["S01.01", "S01.02", "S01.03", "S01.04", "S01.502"]
    assert [one["id"] for one in form.plain["sections"]] == ["S01", "L01", "S02"]
    house.lead.do(drafting.edit_draft, EditDraft(draft, {"option/met/partly_met/removed": True}))
    assert house.lead.do(add_option, AddOption(draft, "met", "Partly met")).made == "met/partly_met_2"
    # Another draft of the same master, and the next version, begin behind these numbers.
    other = house.lead.do(drafting.start_draft, StartDraft(base)).made
    assert house.lead.do(add_question, AddQuestion(other, "S01", "Else?", "text")).made == "S01.503"
    assert house.lead.do(add_section, AddSection(other, "Other")).made == "L02"


def move(house: House, draft: str, question: str, step: int) -> None:
    """Another place in its section, as the editor records it."""
    plain = house.lead.ask(drafting.draft_form, draft).plain
    section = next(one["id"] for one in plain["sections"] if question in question_order(plain, one["id"]))
    order = question_order(plain, section)
    at = order.index(question)
    order.insert(at + step, order.pop(at))
    house.lead.do(drafting.edit_draft, EditDraft(draft, {f"section/{section}/order": [*order]}))


def test_a_question_moves_within_its_section(house: House, draft: str) -> None:
    for step, at in ((1, 1), (1, 2), (-1, 1), (-1, 0)):
        move(house, draft, "S01.01", step)
        plain = house.lead.ask(drafting.draft_form, draft).plain
        assert question_order(plain, "S01").index("S01.01") == at
    assert not house.lead.ask(drafting.draft_form, draft).edits
    added = house.lead.do(add_question, AddQuestion(draft, "S01", "One more?", "text")).made
    move(house, draft, added, -1)
    plain = house.lead.ask(drafting.draft_form, draft).plain
    assert question_order(plain, "S01") == ["S01.01", "S01.02", "S01.03", added, "S01.04"]


def test_a_question_is_given_answers_of_its_own(house: House, draft: str) -> None:
    house.lead.do(parts.own_options, parts.OwnOptions(draft, "S01.02"))
    house.lead.do(parts.add_option, parts.AddOption(draft, "S01.02", "Met, but late", "partly"))
    plain = house.lead.ask(drafting.draft_form, draft).plain
    own = plain["sections"][0]["questions"][1]
    assert [one["code"] for one in own["options"]] == ["met", "not_met", "not_evidenced", "met_but_late"]
    assert "scale" not in own and len(plain["scales"][0]["options"]) == 3
    refused("no-shared-scale", lambda: house.lead.do(parts.own_options, parts.OwnOptions(draft, "S01.02")))
    refused("no-shared-scale", lambda: house.lead.do(parts.own_options, parts.OwnOptions(draft, "S02.03")))


def test_a_question_stands_in_another_section_under_its_number(house: House, draft: str) -> None:
    house.lead.do(parts.move_to_section, parts.ToSection(draft, "S01.02", "S02"))
    move(house, draft, "S01.02", -1)
    form = house.lead.ask(drafting.draft_form, draft)
    assert parts.question_order(form.plain, "S02") == ["S02.01", "S02.02", "S01.02", "S02.03"]
    assert parts.question_order(form.plain, "S01") == ["S01.01", "S01.03", "S01.04"]
    made = house.lead.do(drafting.publish_draft, PublishDraft(draft, "2")).made
    assert made
    local_ones = [one for one in house.lead.ask(local.offered_templates, None) if one.local]
    everything = next(one.template for one in local_ones if one.template.id == "all")
    assert everything.section_of["S01.02"].id == "S02"
    house.lead.do(drafting.edit_draft, EditDraft(_draft_of(house, made), {"question/S01.02/section": "S01"}))
    nowhere = parts.ToSection(_draft_of(house, made), "S01.03", "S99")
    refused("edit-lost", lambda: house.lead.do(parts.move_to_section, nowhere))


def test_moving_there_and_back_is_no_change(house: House, draft: str) -> None:
    house.lead.do(parts.move_to_section, parts.ToSection(draft, "S01.02", "S02"))
    house.lead.do(parts.move_to_section, parts.ToSection(draft, "S01.02", "S01"))
    assert house.lead.ask(drafting.draft_form, draft).edits == {}


def _draft_of(house: House, master: str) -> str:
    """The open draft of a master, begun where there is none."""
    standing = [card.id for card in house.lead.ask(drafting.drafts, None)]
    return standing[0] if standing else house.lead.do(drafting.start_draft, StartDraft(master)).made


def test_a_built_variant_is_published_with_the_draft(house: House, draft: str) -> None:
    built = {"title": "Ours alone", "select": {"sections": ["S01"]}}
    made = house.lead.do(build_variant, BuildVariant(draft, built)).made
    assert made == "ours-alone"
    house.lead.do(drafting.edit_draft, EditDraft(draft, {"variant/seeing/removed": True}))
    house.lead.do(drafting.publish_draft, PublishDraft(draft, "2"))
    offered = [one for one in house.lead.ask(local.offered_templates, None) if one.local]
    assert [one.template.id for one in offered] == ["all", "ours-alone"]
    assert {section.id for section in offered[1].template.sections} == {"S01"}


def test_a_draft_moves_to_a_newer_master_with_its_changes(house: House, draft: str) -> None:
    change(house, draft, text="How often was the child seen?")
    house.lead.do(drafting.edit_draft, EditDraft(draft, {"question/S01.04/guidance": "Look."}))
    gone = SMALL.replace('version: "1"', 'version: "2"').replace("Was the child seen?", "Was the child met?")
    plain = parse_master(gone).plain
    plain["sections"][0]["questions"] = [one for one in plain["sections"][0]["questions"] if one["id"] != "S01.04"]
    newer = house.lead.do(local.keep_master, local.KeepMaster(plain)).made
    house.lead.do(drafting.move_draft, MoveDraft(draft, newer))
    form = house.lead.ask(drafting.draft_form, draft)
    assert (form.card.base_version, form.plain["sections"][0]["purpose"]) == ("2", "Was the child met?")
    assert text_of(house, draft) == "How often was the child seen?"
    assert form.lost == ("question/S01.04/guidance",)
    program = shipped_master_hash()
    refused("another-master", lambda: house.lead.do(drafting.move_draft, MoveDraft(draft, program)))


def test_what_was_published_before_comes_along_to_the_program_s_next_master(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = parse_master(SMALL), parse_master(SMALL.replace('version: "1"', 'version: "2"'))
    for module in (local, drafting):
        monkeypatch.setattr(module, "program_masters", lambda: [first])
    for module in (local, newer):
        monkeypatch.setattr(module, "shipped_versions", lambda: {"small": "1"})
    root = house.lead.do(drafting.start_draft, StartDraft(template_hash(first.plain))).made
    change(house, root, text="How often was the child seen?", guidance="Count.")
    ours = house.lead.do(drafting.publish_draft, PublishDraft(root, "1.1")).made
    draft = house.lead.do(drafting.start_draft, StartDraft(ours)).made
    change(house, draft, guidance="Count visits.", tier="optional")
    assert house.lead.ask(newer.newer_base, draft) is None
    for module in (local, drafting, newer):
        monkeypatch.setattr(module, "program_masters", lambda: [second])
    for module in (local, newer):
        monkeypatch.setattr(module, "shipped_versions", lambda: {"small": "2"})
    found = house.lead.ask(newer.newer_base, draft)
    assert found is not None and (found.version, [one.key for one in found.changes]) == ("2", ["version"])
    house.lead.do(drafting.move_draft, MoveDraft(draft, found.hash))
    assert house.lead.ask(drafting.draft_form, draft).edits == {
        "question/S01.01/text": "How often was the child seen?",
        "question/S01.01/guidance": "Count visits.",
        "question/S01.01/tier": "optional",
    }
    assert house.lead.ask(newer.newer_base, draft) is None


def test_a_draft_of_an_older_version_is_told_of_what_was_published_since(house: House, base: str) -> None:
    first, second = (house.lead.do(drafting.start_draft, StartDraft(base)).made for _ in range(2))
    change(house, first, text="How often was the child seen?")
    change(house, second, guidance="Count visits.")
    assert house.lead.ask(newer.newer_base, second) is None
    published = house.lead.do(drafting.publish_draft, PublishDraft(first, "2")).made
    found = house.lead.ask(newer.newer_base, second)
    assert found is not None and (found.hash, found.version, found.own) == (published, "2", True)
    assert {one.key for one in found.changes} == {"version", "text"}
    house.lead.do(drafting.move_draft, MoveDraft(second, found.hash))
    assert text_of(house, second) == "How often was the child seen?"
    assert house.lead.ask(newer.newer_base, second) is None


def test_a_draft_of_the_program_s_master_is_told_of_the_workspace_s_own(house: House) -> None:
    program = shipped_master_hash()
    first = house.lead.do(drafting.start_draft, StartDraft(program)).made
    house.lead.do(drafting.edit_draft, EditDraft(first, {"question/S22.04/text": "Are decisions recorded?"}))
    published = house.lead.do(drafting.publish_draft, PublishDraft(first, "2026.9")).made
    second = house.lead.do(drafting.start_draft, StartDraft(program)).made
    found = house.lead.ask(newer.newer_base, second)
    assert found is not None and (found.hash, found.own) == (published, True)
    third = house.lead.do(drafting.start_draft, StartDraft(published)).made
    assert house.lead.ask(newer.newer_base, third) is None


def shipped_master_hash() -> str:
    """The hash of the program's own master."""
    return template_hash(read_master(list_masters()[0]).plain)


def test_the_program_s_master_is_drafted_and_published(house: House) -> None:
    draft = house.lead.do(drafting.start_draft, StartDraft(shipped_master_hash())).made
    edit = EditDraft(
        draft, {"question/S01.05/guidance": "Look at the front sheet.", "option/met/partly/label": "In part"}
    )
    house.lead.do(drafting.edit_draft, edit)
    made = house.lead.do(drafting.publish_draft, PublishDraft(draft, "2026.1-ours")).made
    program = shipped_templates()
    ours = [one for one in house.lead.ask(local.offered_templates, None) if one.local]
    assert [one.template.id for one in ours] == [one.template.id for one in program]
    for one, theirs in zip(ours, program, strict=True):
        assert list(one.template.by_id) == list(theirs.template.by_id)
    assert house.lead.ask(local.moved_masters, None) == []
    # A draft of what was published still remembers which master of the program all came from.
    again = house.lead.do(drafting.start_draft, StartDraft(made)).made
    change_again = EditDraft(again, {"question/S01.05/guidance": "Look well."})
    house.lead.do(drafting.edit_draft, change_again)
    house.lead.do(drafting.publish_draft, PublishDraft(again, "2026.1-ours-2"))
    assert {card.base for card in house.lead.ask(local.local_masters, None)} == {shipped_master_hash()}


def test_what_moved_in_the_program_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    older, newer = (
        parse_master(SMALL),
        parse_master(spoiled('version: "1"', 'version: "2"').replace("How often?", "Often?")),
    )
    monkeypatch.setattr(local, "program_masters", lambda: [older])
    ours = {**older.plain, "version": "1+ours", "title": "Ours"}
    house.lead.do(local.keep_master, local.KeepMaster(ours, "ours.yaml", older.plain))
    assert house.lead.ask(local.moved_masters, None) == []
    monkeypatch.setattr(local, "program_masters", lambda: [newer])
    monkeypatch.setattr(local, "shipped_versions", lambda: {"small": "2"})
    moved = house.lead.ask(local.moved_masters, None)
    assert [(one.card.version, one.version) for one in moved] == [("1+ours", "2")]
    assert "S01.01" in {change.id for change in moved[0].changes}


def test_files_of_every_kind_are_kept(house: House, tmp_path: Path) -> None:
    from auditor.templates.exporting import Format, export_form

    form, overlay, sheet = tmp_path / "small.yaml", tmp_path / "ours.yaml", tmp_path / "small.xlsx"
    form.write_text(SMALL)
    master = read_master(list_masters()[0])
    overlay.write_text(
        f"format: 1\noverlay_of: {master.id}\nid: ours\nversion: '1'\nthemes:\n  - {{id: l_own, title: Own}}\n"
    )
    export_form({**parse_master(SMALL).plain, "id": "sheeted"}, sheet, Format.SHEET)
    made = [house.lead.do(local.keep_master, local.master_file(path)).made for path in (form, overlay, sheet)]
    cards = {card.hash: card for card in house.lead.ask(local.local_masters, None)}
    assert [cards[one].id for one in made] == ["small", master.id, "sheeted"]
    assert cards[made[1]].base == shipped_master_hash()
    refused("wrong-shape", lambda: local.master_file(_text(tmp_path / "x.yaml", "- 1")))


def test_cards_of_drafts_outlive_the_session(house: House, draft: str) -> None:
    with house.opened.records.read() as view:
        assert stored.draft_card(view, draft).is_open
    assert [card.title for card in house.lead.ask(drafting.drafts, None)] == ["Small form"]


def _text(path: Path, text: str) -> Path:
    path.write_text(text)
    return path
