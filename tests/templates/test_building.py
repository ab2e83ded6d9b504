"""What ticks come to, against the resolved variants; single questions in and out."""

from dataclasses import replace
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.templates.building import Builder, Named, Ticks
from auditor.templates.masters import list_masters, parse_master, read_master
from auditor.templates.problems import TemplateProblems
from auditor.templates.variants import resolve
from tests.templates.small_form import SMALL

NAME = Named("own", "Own")


@pytest.fixture(scope="module")
def bank() -> Builder:
    return Builder(read_master(list_masters()[0]))


@pytest.fixture(scope="module")
def small() -> Builder:
    return Builder(parse_master(SMALL))


def test_the_ticks_of_a_variant_build_that_variant_again(bank: Builder) -> None:
    for variant in bank.master.variants:
        name = Named(variant.id, variant.title, variant.focus)
        assert bank.resolve(bank.ticks_of(variant.id), name).hash == resolve(bank.master, variant.id).hash


def test_what_is_said_of_the_ticks_is_so_of_the_variant(bank: Builder) -> None:
    for variant in bank.master.variants:
        built, resolved = bank.look(bank.ticks_of(variant.id)), resolve(bank.master, variant.id)
        asked = list(resolved.template.asked())
        assert built.taken == resolved.template.by_id.keys()
        assert built.effort.questions == len(asked) == sum(one.questions for one in built.by_section.values())
        assert tuple(rule.id for rule in built.stopped) == resolved.dropped_rules


def test_a_section_less_takes_its_questions_and_stops_its_rules(bank: Builder) -> None:
    every = bank.ticks_of()
    less = replace(every, sections=every.sections - {"S22"})
    before, after = bank.look(every), bank.look(less)
    assert before.by_section["S22"].questions and not after.by_section["S22"].questions
    assert before.effort.questions - after.effort.questions >= before.by_section["S22"].questions
    assert not before.stopped
    stopped = {rule.id: rule for rule in after.stopped}
    assert stopped and all("S22" in rule.sections for rule in stopped.values())
    shares = {share.id: share for share in after.themes}
    assert shares["supervision"].taken < shares["supervision"].of


def test_single_questions_come_in_and_stay_out(small: Builder) -> None:
    first = Ticks(frozenset({"S02"}), take=frozenset({"S01.02"}), leave=frozenset({"S02.01"}))
    taken = small.look(first).taken
    assert "S01.02" in taken and "S01.01" not in taken and "S02.01" not in taken
    assert small.selected(first, "S02.01") and not small.selected(first, "S01.02")


def test_one_question_alone_can_be_taken(small: Builder) -> None:
    only = Ticks(frozenset(), take=frozenset({"S01.02"}))
    assert small.look(only).taken == {"S01.02"}
    assert not small.look(Ticks(frozenset())).taken


def test_all_sections_are_not_written_one_by_one(small: Builder) -> None:
    select = small.variant(small.ticks_of(), NAME).select
    assert select.model_fields_set == set()


def test_without_the_overall_judgement_and_in_other_words(small: Builder) -> None:
    every = small.ticks_of()
    assert "S02.03" in small.look(every).taken
    assert "S02.03" not in small.look(replace(every, overall=False)).taken
    resolved = small.resolve(replace(every, labels="old"), NAME)
    assert {option.label for option in resolved.template.by_id["S02.03"].options} == {"Good", "Adequate"}


@given(data=st.data())
def test_any_ticks_resolve_to_what_was_said(small: Builder, data: st.DataObject) -> None:
    def some(words: list[str]) -> frozenset[str]:
        return frozenset(data.draw(st.sets(st.sampled_from(words))))

    questions = list(small.whole.by_id)
    ticks = Ticks(
        some(["S01", "S02"]), themes=some(["voice", "plans"]), tiers=some(["core", "optional"]), take=some(questions),
        completed_by=some(["auditor", "business_support"]), leave=some(questions), overall=data.draw(st.booleans()),
    )  # fmt: skip
    built = small.look(ticks)
    assert small.resolve(ticks, NAME).template.by_id.keys() == built.taken
    assert not built.taken & ticks.leave


@pytest.mark.parametrize("key", ["take", "leave"])
def test_a_question_that_is_not_there_is_named_with_its_line(key: str, tmp_path: Path) -> None:
    assert "select: {" in SMALL
    text = SMALL.replace("select: {", f"select: {{{key}: [S01.99], ", 1)
    with pytest.raises(TemplateProblems) as caught:
        parse_master(text, "small.yaml")
    found = [item for item in caught.value.problems if item.code == "question-unknown"]
    assert found and found[0].place.line == SMALL[: SMALL.index("select: {")].count("\n") + 1


def test_a_tick_is_answered_at_once(bank: Builder) -> None:
    ticks = bank.ticks_of("whole-file")
    spent = []
    for section in bank.whole.sections[:10]:
        before = thread_time()
        bank.look(replace(ticks, sections=ticks.sections - {section.id}))
        bank.within_reach(ticks)
        spent.append(thread_time() - before)
    assert min(spent) < 0.03
