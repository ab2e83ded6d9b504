"""Keeping and saving built variants: who may, from which masters, and under which names."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.domain.errors import BadInput, Missing, NotAllowed, Refused
from auditor.domain.roles import Role
from auditor.services.local_masters import keep_master, master_file, offered_templates
from auditor.services.template_building import Ticks, builder_for, keep_variant, named, variant_file
from auditor.services.template_files import Save, kept_plain, read_form, save_template
from auditor.services.templates import kept_template, shipped_templates
from auditor.templates.masters import list_masters, read_master
from auditor.templates.variants import resolve
from tests.kit import House, open_house, small_template
from tests.templates.small_form import SMALL


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path / "house") as opened:
        yield opened


def test_a_built_variant_is_kept_once_under_its_hash(house: House) -> None:
    builder = house.lead.ask(builder_for, shipped_templates()[0].template)
    built = builder, replace(builder.ticks_of("court"), labels="pre_2013"), named(builder, "Court, as it was")
    first = house.lead.do(keep_variant, built)
    assert house.lead.do(keep_variant, built).made == first.made
    template = house.lead.ask(kept_template, first.made)
    assert (template.id, template.master) == ("court-as-it-was", builder.master.id)
    assert house.lead.ask(kept_plain, first.made)["title"] == "Court, as it was"


def test_auditors_keep_no_variants(house: House) -> None:
    auditor = house.add("A. Auditor", Role.AUDITOR)
    builder = auditor.ask(builder_for, shipped_templates()[0].template)
    with pytest.raises(NotAllowed):
        auditor.do(keep_variant, (builder, builder.ticks_of("court"), named(builder, "Ours")))


def test_a_variant_of_the_workspaces_own_master_is_built_and_saved_with_it(house: House, tmp_path: Path) -> None:
    source = tmp_path / "small.yaml"
    source.write_text(SMALL, "utf-8")
    house.lead.do(keep_master, master_file(source))
    template = next(one.template for one in house.lead.ask(offered_templates, None) if one.template.master == "small")
    builder = house.lead.ask(builder_for, template)
    ticks, name = Ticks(frozenset({"S01"})), named(builder, "First section")
    kept = house.lead.do(keep_variant, (builder, ticks, name)).made
    saved = variant_file(builder, ticks, name, tmp_path / "with-ours")
    assert saved.name == "with-ours.yaml"
    assert resolve(read_master(saved), "first-section").hash == kept


def test_the_master_of_a_template_without_one_is_missing(house: House) -> None:
    with pytest.raises(Missing):
        house.lead.ask(builder_for, small_template())


@pytest.mark.parametrize(
    ("title", "code"),
    [("  ", "title-missing"), ("Court", "title-taken"), ("court!", "title-taken"), ("x" * 201, "title-too-long")],
)
def test_a_title_that_cannot_be_used(house: House, title: str, code: str) -> None:
    builder = house.lead.ask(builder_for, shipped_templates()[0].template)
    with pytest.raises(BadInput) as caught:
        named(builder, title)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("title", "one"), [("Élan & co", "elan-co"), ("2026 spring", "own-2026-spring"), ("Ω", "own"), ("a" * 99, "a" * 60)]
)
def test_ids_are_made_from_titles(house: House, title: str, one: str) -> None:
    builder = house.lead.ask(builder_for, shipped_templates()[0].template)
    assert named(builder, title).id == one


def test_nothing_ticked_is_neither_kept_nor_saved(house: House, tmp_path: Path) -> None:
    builder = house.lead.ask(builder_for, shipped_templates()[0].template)
    name = named(builder, "Nothing")
    with pytest.raises(BadInput) as caught:
        house.lead.do(keep_variant, (builder, Ticks(frozenset()), name))
    assert caught.value.code == "variant-empty"
    with pytest.raises(BadInput):
        variant_file(builder, Ticks(frozenset()), name, tmp_path / "nothing.yaml")


def test_a_place_that_cannot_be_written_to_is_refused(house: House, tmp_path: Path) -> None:
    builder = house.lead.ask(builder_for, shipped_templates()[0].template)
    with pytest.raises(Refused) as caught:
        variant_file(builder, builder.ticks_of("court"), named(builder, "Ours"), tmp_path / "gone" / "ours.yaml")
    assert caught.value.code == "file-not-written"


def test_what_is_wrong_with_a_file_is_part_of_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(SMALL.replace("title: Small form", "titel: Small form"), "utf-8")
    found = read_form(path)
    assert found.plain is None and found.sections == found.questions == 0
    assert {problem.code for problem in found.problems} == {"key-unknown", "key-missing"}
    assert all(problem.place.line for problem in found.problems if problem.code == "key-unknown")


def test_an_overlay_is_read_onto_its_master(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    master = read_master(list_masters()[0])
    path.write_text(
        f"format: 1\noverlay_of: {master.id}\nid: ours\nversion: '1'\n"
        "variants: [{id: just-one, title: Just one, select: {take: [S22.01], sections: [S22]}}]\n",
        "utf-8",
    )
    found = read_form(path)
    assert found.plain is not None and found.questions == sum(1 for _ in builder_questions(master.plain))
    assert found.plain["version"] == master.form.version


def builder_questions(plain: object) -> Iterator[object]:
    assert isinstance(plain, dict)
    for section in plain["sections"]:
        yield from section["questions"]


def test_a_variant_saved_as_a_form_of_its_own_tells_what_it_leaves_out(tmp_path: Path) -> None:
    court = next(one for one in shipped_templates() if one.template.id == "court")
    path, told = save_template(court.plain, tmp_path / "court", Save.YAML)
    found = read_form(path)
    assert found.plain is not None
    assert found.questions == sum(1 for _ in court.template.questions())
    assert all(problem.code == "cannot-run" for problem in told)


def test_a_file_that_cannot_be_finished_leaves_what_was_there(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    builder, path = house.lead.ask(builder_for, shipped_templates()[0].template), tmp_path / "ours.yaml"
    path.write_text("the file of before", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as caught:
        variant_file(builder, builder.ticks_of("court"), named(builder, "Ours"), path)
    assert caught.value.code == "file-not-written"
    assert path.read_text("utf-8") == "the file of before"
    assert not list(tmp_path.glob(".*.tmp"))
