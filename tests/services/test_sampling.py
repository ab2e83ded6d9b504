"""Samples drawn on a real workspace: what is left out, what the ledger keeps, replacing a case, the evidence."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditor.domain.draw_record import DrawRecord, Rules
from auditor.domain.errors import AuditorError
from auditor.domain.roles import Role
from auditor.domain.sampling import Exclusion, Plan, Quota
from auditor.services import cycles
from auditor.services.case_list import FrameFile, read_frame
from auditor.services.cycles import AddCases, CycleView
from auditor.services.draw_evidence import ExportEvidence, evidence, export_evidence
from auditor.services.people import ChangePerson, change_person
from auditor.services.replacing import ReplaceCase, WithdrawCase, replace_case, withdraw_case
from auditor.services.sampling import (
    Drawing,
    SampleQuery,
    draw_alone,
    draw_sample,
    listed_cases,
    months_before,
)
from auditor.store.queries import draws as stored_draws
from tests.kit import TODAY, House, agree_all, open_house, score_and_submit

HEAD = "Case reference,Team,Plan type,Age band,Ethnicity,Allocated worker,Team manager,Child name"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def frame_of(folder: Path, *rows: str, head: str = HEAD) -> FrameFile:
    path = folder / "frame.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return read_frame(path)


def plain_frame(folder: Path, count: int = 20) -> FrameFile:
    teams, origins = ("North", "South"), ("White British", "Black Caribbean")
    rows = [f"CF-{at:02},{teams[at % 2]},Child in need,5-9,{origins[at % 5 == 0]},,,Invented" for at in range(count)]
    return frame_of(folder, *rows)


def drawn_into(house: House, cycle_id: str, drawing: Drawing) -> CycleView:
    house.lead.do(cycles.add_cases, AddCases(cycle_id, drawing.cases, drawing.record))
    return house.lead.ask(cycles.cycle_view, cycle_id)


def draws_of(house: House, cycle_id: str) -> list[DrawRecord]:
    with house.opened.records.read() as view:
        return [kept.record for kept in stored_draws.draws(view, cycle_id)]


def code_of(act: Any) -> str:
    with pytest.raises(AuditorError) as refused:
        act()
    return refused.value.code


def test_a_draw_is_kept_with_seed_fingerprint_and_counts_but_no_ethnicity(house: House, tmp_path: Path) -> None:
    frame = plain_frame(tmp_path).frame
    plan = Plan(6, 7, ("Team",), (Quota("Ethnicity", ("Black Caribbean",), 2),))
    drawing = house.lead.ask(draw_sample, SampleQuery(frame, plan, TODAY))
    view = drawn_into(house, house.cycle(references=()), drawing)
    (record,) = draws_of(house, view.cycle.id)
    assert (record.plan, record.frame_size, record.frame_hash) == (plan, 20, drawing.draw.frame_hash)
    assert [count.drawn for count in record.strata] == [3, 3] and record.quotas[0].met
    assert {one.case for one in record.drawn} == {case.id for case in view.cases}
    assert DrawRecord.from_plain(record.to_plain()) == record
    assert not any(case.extra for case in view.cases)
    cases_and_reserve = json.dumps([record.to_plain()["drawn"], record.to_plain()["reserve"]])
    assert "Caribbean" not in cases_and_reserve and "Invented" not in json.dumps(record.to_plain())
    assert draw_alone(SampleQuery(frame, plan, TODAY)).draw.drawn == drawing.draw.drawn


def test_groups_by_ethnicity_are_kept_as_counts_unless_the_lead_keeps_them(house: House, tmp_path: Path) -> None:
    frame, plan = plain_frame(tmp_path).frame, Plan(4, 1, ("Ethnicity",))
    drawing = house.lead.ask(draw_sample, SampleQuery(frame, plan, TODAY))
    view = drawn_into(house, house.cycle(references=()), drawing)
    (record,) = draws_of(house, view.cycle.id)
    assert {one.stratum for one in record.drawn} == {""} and not record.reserve
    assert {count.title: count.drawn for count in record.strata} == {"Black Caribbean": 1, "White British": 3}
    replace = ReplaceCase(view.cases[0].id, "Closed", TODAY)
    assert code_of(lambda: house.lead.do(replace_case, replace)) == "stratum-not-kept"
    case = view.cases[0]
    group = next(line.stratum for line in drawing.draw.lines if line.reference == case.reference)
    waiting = [line for line in drawing.draw.lines if line.stratum == group and not line.drawn]
    other = frame_of(tmp_path, "CF-00,,,,,,,").frame
    with_other = ReplaceCase(case.id, "Closed", TODAY, other)
    assert code_of(lambda: house.lead.do(replace_case, with_other)) == "another-list"
    made = house.lead.do(replace_case, ReplaceCase(case.id, "Closed", TODAY, frame)).made
    again = house.lead.do(replace_case, ReplaceCase(made, "Closed", TODAY, frame)).made
    here = {one.id: one.reference for one in house.lead.ask(cycles.cycle_view, view.cycle.id).cases}
    assert [here[made], here[again]] == [line.reference for line in waiting[:2]]
    kept = house.lead.ask(draw_sample, SampleQuery(frame, plan, TODAY, Rules(keep_sensitive=True)))
    assert {one.stratum for one in kept.record.drawn} == {"Black Caribbean", "White British"}
    assert dict(kept.cases[0].extra).keys() == {"Ethnicity"}


def test_cases_audited_within_the_months_are_left_out_in_any_writing(house: House, tmp_path: Path) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    earlier = house.cycle("Earlier", ("CF-01", "CF-02", "CF-03"))
    for reference in ("CF-01", "CF-02"):
        house.give(earlier, reference, first, second)
    frame = frame_of(tmp_path, "cf - 01,,,,,,,", "CF-02,,,,,,,", "CF-03,,,,,,,").frame
    within = house.lead.ask(draw_sample, SampleQuery(frame, Plan(3, 1), date(2027, 11, 30), Rules(12)))
    assert [line.reference for line in within.draw.drawn] == ["CF-03"]
    assert within.draw.excluded[Exclusion.RECENT] == 2
    assert within.draw.short == 2
    later = house.lead.ask(draw_sample, SampleQuery(frame, Plan(3, 1), date(2027, 12, 1), Rules(12)))
    assert len(later.draw.drawn) == 3


def test_the_day_of_the_sign_off_counts_before_the_day_the_cycle_is_due(house: House, tmp_path: Path) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit = house.give(house.cycle("Earlier", ("CF-01",)), "CF-01", first, second)
    score_and_submit(first, audit)
    score_and_submit(second, audit)
    agree_all(second, audit)
    with house.opened.records.read() as view:
        (day,) = stored_draws.audited_on(view).values()
    assert abs((date.today() - day).days) <= 1


def test_cases_of_auditors_are_left_out_or_known_as_conflicts_and_no_name_is_kept(house: House, tmp_path: Path) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    rows = ('CF-01,,,,,"Auditor, A.",Z. Else,', "CF-02,,,,,Y. Other; b auditor,,", "CF-03,,,,,Y. Other,X. Else,")
    read = frame_of(tmp_path, *rows)
    left = house.lead.ask(draw_sample, SampleQuery(read.frame, Plan(3, 1), TODAY, Rules(exclude_conflicts=True)))
    assert [line.reference for line in left.draw.drawn] == ["CF-03"]
    assert left.draw.excluded[Exclusion.CONFLICT] == 2
    known = house.lead.ask(draw_sample, SampleQuery(read.frame, Plan(3, 1), TODAY))
    view = drawn_into(house, house.cycle(references=()), known)
    assert {case.reference: case.conflicts for case in view.cases} == {
        "CF-01": {first.actor.id},
        "CF-02": {second.actor.id},
        "CF-03": frozenset(),
    }
    kept = json.dumps([record.to_plain() for record in draws_of(house, view.cycle.id)]) + str(known.cases)
    assert "Auditor" not in kept and "Other" not in kept
    listed = house.lead.ask(listed_cases, read)
    assert [case.conflicts for case in listed.cases] == [(first.actor.id,), (second.actor.id,), ()]
    assert listed.extra_columns == ("Child name",)
    assert any(notice == "Not kept: Allocated worker, Team manager, Ethnicity." for notice in listed.notices)


def test_an_auditor_who_left_stands_in_nobodys_way(house: House, tmp_path: Path) -> None:
    first = house.add("A. Auditor", Role.AUDITOR).actor
    gone = type(first)(first.id, first.name, first.roles, first.job_title, first.team, active=False)
    house.lead.do(change_person, ChangePerson(gone))
    frame = frame_of(tmp_path, "CF-01,,,,,A. Auditor,,").frame
    made = house.lead.ask(draw_sample, SampleQuery(frame, Plan(1, 1), TODAY, Rules(exclude_conflicts=True)))
    assert len(made.cases) == 1


def test_cases_of_the_cycle_are_not_drawn_again(house: House, tmp_path: Path) -> None:
    frame, cycle_id = plain_frame(tmp_path, 6).frame, house.cycle(references=("cf-00", "CF-01"))
    made = house.lead.ask(draw_sample, SampleQuery(frame, Plan(6, 1), TODAY, cycle_id=cycle_id))
    assert made.draw.excluded[Exclusion.IN_CYCLE] == 2 and len(drawn_into(house, cycle_id, made).cases) == 6


def test_a_replacement_is_the_next_of_its_team_and_stays_on_record(house: House, tmp_path: Path) -> None:
    frame = plain_frame(tmp_path).frame
    drawing = house.lead.ask(draw_sample, SampleQuery(frame, Plan(4, 7, ("Team",)), TODAY))
    view = drawn_into(house, house.cycle(references=()), drawing)
    case = next(case for case in view.cases if case.team == "North")
    waiting = [line for line in drawing.draw.lines if not line.drawn and line.stratum == "North"]
    made = house.lead.do(replace_case, ReplaceCase(case.id, "  The file is closed. ", TODAY)).made
    after = house.lead.ask(cycles.cycle_view, view.cycle.id)
    new = next(one for one in after.cases if one.id == made)
    assert (new.reference, new.team) == (waiting[0].reference, "North")
    assert after.withdrawn[case.id].reason == "The file is closed." and case not in after.not_given
    again = house.lead.do(replace_case, ReplaceCase(made, "Records are sealed.", TODAY)).made
    last = next(one for one in house.lead.ask(cycles.cycle_view, view.cycle.id).cases if one.id == again)
    assert last.reference == waiting[1].reference
    (shown,) = house.lead.ask(evidence, view.cycle.id)
    assert [(one.reference, one.replaced_by, one.by) for one in shown.replaced] == sorted(
        [
            (case.reference, waiting[0].reference, "L. Lead"),
            (waiting[0].reference, waiting[1].reference, "L. Lead"),
        ]
    )


def test_what_cannot_be_replaced(house: House, tmp_path: Path) -> None:
    auditor = house.add("A. Auditor", Role.AUDITOR)
    frame = plain_frame(tmp_path, 3).frame
    drawing = house.lead.ask(draw_sample, SampleQuery(frame, Plan(2, 7), TODAY))
    view = drawn_into(house, house.cycle(references=("Z-1",)), drawing)
    by_hand = next(case for case in view.cases if case.reference == "Z-1")
    case, other = (case for case in view.cases if case is not by_hand)
    replace = ReplaceCase(case.id, "Closed", TODAY)
    assert code_of(lambda: auditor.do(replace_case, replace)) == "role-needed"
    assert code_of(lambda: house.lead.do(replace_case, ReplaceCase(case.id, " ", TODAY))) == "reason-needed"
    assert code_of(lambda: house.lead.do(replace_case, ReplaceCase(by_hand.id, "Closed", TODAY))) == "not-drawn"
    house.lead.do(replace_case, replace)
    assert code_of(lambda: house.lead.do(replace_case, replace)) == "case-withdrawn"
    assert code_of(lambda: house.lead.do(replace_case, ReplaceCase(other.id, "C", TODAY))) == "no-replacement-left"


def test_a_case_is_taken_out_with_a_reason_and_its_audit_ends(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    house.give(cycle_id, "CF-01", first, second)
    case = house.lead.ask(cycles.cycle_view, cycle_id).cases[0]
    assert code_of(lambda: first.do(withdraw_case, WithdrawCase(case.id, "Closed"))) == "role-needed"
    assert code_of(lambda: house.lead.do(withdraw_case, WithdrawCase(case.id, ""))) == "reason-needed"
    assert code_of(lambda: house.lead.do(withdraw_case, WithdrawCase(case.id, "x" * 501))) == "text-too-long"
    house.lead.do(withdraw_case, WithdrawCase(case.id, "Closed."))
    view = house.lead.ask(cycles.cycle_view, cycle_id)
    assert view.withdrawn[case.id].reason == "Closed." and [one.reference for one in view.not_given] == ["CF-02"]
    assert view.audits[0].audit.cancelled
    assert code_of(lambda: house.lead.do(withdraw_case, WithdrawCase(case.id, "Again"))) == "case-withdrawn"


def test_a_case_taken_out_is_given_to_nobody(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle()
    (case,) = house.lead.ask(cycles.cycle_view, cycle_id).cases
    house.lead.do(withdraw_case, WithdrawCase(case.id, "Moved away"))
    assert code_of(lambda: house.give(cycle_id, "CF-01", first, second)) == "case-withdrawn"


def test_a_signed_off_case_stays_in_the_sample(house: House, tmp_path: Path) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    drawing = house.lead.ask(draw_sample, SampleQuery(plain_frame(tmp_path, 4).frame, Plan(1, 7), TODAY))
    view = drawn_into(house, house.cycle(references=()), drawing)
    audit = house.give(view.cycle.id, view.cases[0].reference, first, second)
    score_and_submit(first, audit)
    score_and_submit(second, audit)
    agree_all(second, audit)
    assert code_of(lambda: house.lead.do(replace_case, ReplaceCase(view.cases[0].id, "C", TODAY))) == "signed-off"


def test_a_case_audited_meanwhile_is_passed_over(house: House, tmp_path: Path) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    frame = plain_frame(tmp_path, 6).frame
    drawing = house.lead.ask(draw_sample, SampleQuery(frame, Plan(1, 7), TODAY, Rules(12)))
    view = drawn_into(house, house.cycle("One", ()), drawing)
    waiting = [line.reference for line in drawing.draw.lines if not line.drawn]
    house.give(house.cycle("Two", (waiting[0],)), waiting[0], first, second)
    house.lead.do(replace_case, ReplaceCase(view.cases[0].id, "Closed", TODAY))
    assert {case.reference for case in house.lead.ask(cycles.cycle_view, view.cycle.id).cases} >= {waiting[1]}


@pytest.mark.parametrize(
    ("plan", "months", "code"),
    [
        (Plan(0, 1), 0, "sample-size"),
        (Plan(2, 1, ("Colour",)), 0, "no-such-column"),
        (Plan(2, 1, (), (Quota("Ethnicity", (), 1),)), 0, "quota-incomplete"),
        (Plan(2, 1), -1, "months-out-of-range"),
    ],
)
def test_a_plan_that_will_not_do_is_refused(house: House, tmp_path: Path, plan: Plan, months: int, code: str) -> None:
    query = SampleQuery(plain_frame(tmp_path).frame, plan, TODAY, Rules(months))
    assert code_of(lambda: house.lead.ask(draw_sample, query)) == code


def test_the_evidence_is_a_workbook_of_one_sheet_a_draw(house: House, tmp_path: Path) -> None:
    cycle_id = house.cycle(references=())
    export = ExportEvidence(cycle_id, tmp_path / "evidence.xlsx")
    assert code_of(lambda: house.lead.ask(export_evidence, export)) == "no-draw"
    plan = Plan(4, 7, ("Team",), (Quota("Ethnicity", ("Black Caribbean",), 9),))
    drawn_into(house, cycle_id, house.lead.ask(draw_sample, SampleQuery(plain_frame(tmp_path).frame, plan, TODAY)))
    auditor = house.add("A. Auditor", Role.AUDITOR)
    assert code_of(lambda: auditor.ask(evidence, cycle_id)) == "role-needed"
    (shown,) = house.lead.ask(evidence, cycle_id)
    sheet = load_workbook(house.lead.ask(export_evidence, export))["Draw"]
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "Only 4 that could be drawn count towards it." in said
    for line in shown.drawn:
        assert line.reference in said and line.hash[:16] in said
    assert dict(shown.facts)["Seed"] == "7" and dict(shown.facts)["Fingerprint of the frame (SHA-256)"] in said


def test_columns_a_person_chose_are_used_and_the_rest_is_recognised(tmp_path: Path) -> None:
    from auditor.domain.frame import Field

    path = tmp_path / "frame.csv"
    path.write_text("Ref,Id,Team,Cluster\nA,1,North,C1\n", encoding="utf-8")
    assert read_frame(path).frame.references == ("A",)
    read = read_frame(path, {Field.REFERENCE: "id", Field.TEAM: "Cluster", Field.PLAN_TYPE: "Nowhere"})
    assert (read.frame.references, read.frame.of(Field.TEAM)) == (("1",), ("C1",))
    assert Field.TEAM not in read_frame(path, {Field.TEAM: ""}).frame.fields


def test_a_month_back_is_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 12) == date(2025, 1, 15)
    assert months_before(date(2026, 12, 31), 6) == date(2026, 6, 30)
