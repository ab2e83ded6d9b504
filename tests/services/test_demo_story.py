"""What there is to see in the sample beside its figures: a draw, changed plans, a re-audit, a newer version."""

from collections import Counter
from datetime import date

from auditor.domain.audit import Slot, Stage
from auditor.domain.consistency import State
from auditor.domain.sampling import Exclusion
from auditor.resources import resources_dir
from auditor.services import (
    burden,
    cross_checks,
    draw_evidence,
    flags,
    home,
    moving,
    plans,
    snippets,
    tool_feedback,
    waiting,
)
from auditor.services.case_list import read_frame
from auditor.services.demo.people import LEAD, SUPPORT
from auditor.services.people import everybody
from auditor.services.session import Session
from auditor.services.templates import kept_template
from auditor.store.queries import draws
from tests.services.conftest import Built

TODAY = date.today()


def test_the_running_cycle_was_drawn_from_a_list_with_a_seed(built: Built) -> None:
    autumn = built.cycle("autumn")
    (drawn,) = built.demo.session.ask(draw_evidence.evidence, autumn.cycle.id)
    assert {word for fact in drawn.facts for word in fact} >= {"61", "14", "2026"}
    with built.demo.opened.records.read() as view:
        record = draws.draws(view, autumn.cycle.id)[0].record
    assert {why: count for why, count in record.excluded.items() if count} == {
        Exclusion.RECENT: 2,
        Exclusion.CONFLICT: 3,
    }
    (out,) = autumn.withdrawn.values()
    replaced = {case.id: case.reference for case in autumn.cases}
    assert [replaced[case_id] for case_id in autumn.withdrawn] == ["CF-18"]
    assert replaced[out.replaced_by] == "CF-14"
    assert {case.reference for case in autumn.not_given} == {"CF-13", "CF-14"}


def test_the_list_gives_the_same_cases_without_the_workspace() -> None:
    frame = read_frame(resources_dir() / "demo" / "frame.csv").frame
    assert len(frame) == len(set(frame.references)) == 61


def test_sections_are_timed_and_some_are_slow(built: Built) -> None:
    for word in ("review", "pilot", "autumn"):
        cycle = built.cycle(word).cycle
        template = built.demo.session.ask(kept_template, cycle.template_hash)
        found = built.demo.session.ask(burden.template_burden, burden.BurdenQuery(template, cycle.id))
        slow = {item.section.id for item in found.sections if item.slow}
        assert "S22" in slow
        assert len(slow) < 4


def test_sisters_differ_on_one_event(built: Built) -> None:
    found = built.demo.session.ask(cross_checks.cycle_cross_checks, built.cycle("pilot").cycle.id)
    (one,) = (item for item in found if item.state is State.FIRES)
    assert one.event == "First core group"
    assert [reference for reference, _answer in one.said] == ["P-01", "P-07"]


def test_weak_sections_are_read_once_more(built: Built) -> None:
    again = built.cycle("Re-audit")
    assert again.cycle.reaudit_of == built.cycle("pilot").cycle.id
    assert again.stages == {Stage.SIGNED_OFF: 3, Stage.NOT_STARTED: 1}


def test_plans_have_changed_with_their_reasons(built: Built) -> None:
    lines = {line.case.reference: line for word in ("pilot", "autumn") for line in built.cycle(word).audits}
    seen = {reference: built.demo.session.ask(plans.plan, lines[reference].audit.id).plans for reference in lines}
    assert seen["P-14"].cancelled
    (taken_over,) = seen["CF-10"].replaced[Slot.A]
    assert taken_over.said.reason
    assert seen["CF-12"].extension.granted
    assert seen["CF-09"].extension.asked


def test_questions_are_flagged_and_a_newer_version_is_proposed(built: Built) -> None:
    lines = {line.case.reference: line for line in built.cycle("autumn").audits}
    assert built.demo.session.ask(flags.flagged, lines["CF-03"].audit.id)
    move = built.demo.session.ask(moving.move_view, moving.MoveQuery(lines["CF-07"].audit.id))
    assert (move.accepted, move.waiting_for) == (("G. Auditor",), (LEAD,))
    assert move.counted is not None
    assert (move.counted.stands > 0, move.counted.to_review) == (True, 1)


def test_snippets_are_there_and_remarks_on_the_tool_are_heard(built: Built) -> None:
    kept = built.demo.session.ask(snippets.snippets, None)
    assert {snippet.shared for snippet in kept} == {True, False}
    said = built.demo.session.ask(tool_feedback.feedback, "")
    assert Counter(bool(line.settled) for line in said) == {False: 2, True: 1}


def test_facts_wait_for_business_support(built: Built) -> None:
    people = {person.name: person for person in built.demo.session.ask(everybody, None)}
    support = Session(built.demo.opened.records, people[SUPPORT])
    waits = [row for row in support.ask(home.home, TODAY).waiting if row.verb is waiting.Verb.ENTER]
    assert {row.title.partition(":")[0] for row in waits} >= {"CF-11", "CF-12"}


def test_a_case_taken_out_is_no_case_of_the_cycle(built: Built) -> None:
    autumn = built.cycle("autumn")
    assert (len(autumn.cases), autumn.size) == (15, 14)
    (row,) = (
        row
        for row in built.demo.session.ask(home.home, TODAY).waiting
        if row.verb is waiting.Verb.GIVE_OUT and row.target == autumn.cycle.id
    )
    assert row.detail.startswith("2 ")
