"""What the rules say of an audit: for its own auditor while it is sealed, of what was agreed once it is signed off."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Mode
from auditor.domain.consistency import Severity
from auditor.domain.errors import Refused
from auditor.domain.roles import Role
from auditor.domain.timescale import Kept
from auditor.services import reconciling, scoring
from auditor.services.actions import ActionQuery, list_actions
from auditor.services.checks import AuditChecks, Checks, ChecksQuery, audit_checks, seen
from auditor.services.reconciling import SignOff
from auditor.services.session import Session
from tests.kit import TODAY, House, agree_all, answer, open_house, score_and_submit
from tests.ruled import ruled_plain

MORE = {"S02_05": "no"}
"""What is to be judged beside the small template where no conference was held."""


@dataclass
class Case:
    """An audit with the ruled template, and its people."""

    house: House
    audit_id: str
    first: Session
    second: Session

    def found(self, who: Session | None = None) -> AuditChecks:
        return (who or self.first).ask(audit_checks, ChecksQuery(self.audit_id, TODAY))

    def rules(self, who: Session | None = None) -> list[str]:
        return [finding.rule for finding in self.found(who).findings]

    def sign_off(self, reason: str = "", blanks: str = "Not in the file.") -> None:
        self.first.do(reconciling.sign_off, SignOff(self.audit_id, blanks, reason))


def opened(root: Path, mode: Mode) -> Iterator[Case]:
    with open_house(root) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        cycle_id = house.cycle(plain=ruled_plain())
        yield Case(house, house.give(cycle_id, "CF-01", first, second, mode), first, second)


@pytest.fixture
def blind(tmp_path: Path) -> Iterator[Case]:
    yield from opened(tmp_path, Mode.BLIND)


@pytest.fixture
def joint(tmp_path: Path) -> Iterator[Case]:
    yield from opened(tmp_path, Mode.JOINT)


def test_an_empty_audit_has_nothing_to_say_and_everything_to_ask(blind: Case) -> None:
    found = blind.found()
    assert (found.findings, found.unknown, found.left_out, found.ceiling.best) == ((), 3, {}, 1)
    assert [timescale.kept for timescale in found.timescales] == [Kept.UNKNOWN]


def test_dates_are_measured_at_once(blind: Case) -> None:
    answer(blind.first, blind.audit_id, "S02.06", "2026-06-01")
    assert blind.found().timescales[0].kept is Kept.LATE_RUNNING
    answer(blind.first, blind.audit_id, "S02.07", "2026-06-04")
    (late,) = blind.found().timescales
    assert (late.kept, str(late.taken), str(late.over)) == (Kept.NOT_MET, "3 working days", "2 working days")


def test_contradictions_come_errors_first_and_lead_to_their_questions(blind: Case) -> None:
    answer(blind.first, blind.audit_id, "S02.01", "not_met")
    answer(blind.first, blind.audit_id, "S01.01", 0)
    answer(blind.first, blind.audit_id, "S01.03", "met")
    first, second = blind.found().findings
    assert (first.rule, first.severity, first.questions) == ("CR01", Severity.ERROR, ("S01.01", "S01.03"))
    assert (second.rule, second.questions) == ("CR02", ("S02.01",))
    note = scoring.RecordNote(blind.audit_id, "S02.01", Facet.COMMENT, "Nobody went.")
    blind.first.do(scoring.record_note, note)
    assert blind.rules() == ["CR01"]


def test_a_section_that_is_not_for_the_case_is_left_out_with_its_reason(blind: Case) -> None:
    answer(blind.first, blind.audit_id, "S02.08", "no")
    found = blind.found()
    assert found.left_out == {"S03": "Only where a conference was held"}
    assert found.not_asked == {"S03.01", "S03.02"}
    answer(blind.first, blind.audit_id, "S02.08", "yes")
    assert blind.found().left_out == {}


def test_blanks_that_are_not_for_the_case_need_no_reason(blind: Case) -> None:
    with pytest.raises(Refused) as blank:
        score_and_submit(blind.first, blind.audit_id, **MORE)
    assert blank.value.code == "blanks-left"
    answer(blind.first, blind.audit_id, "S02.08", "no")
    score_and_submit(blind.first, blind.audit_id, **MORE)


def test_nothing_hangs_on_the_partner_before_both_have_finished(blind: Case) -> None:
    before = blind.found(blind.second)
    answer(blind.first, blind.audit_id, "S02.01", "not_met")
    score_and_submit_both_but(blind, submit_second=False)
    assert blind.found().findings
    assert blind.found(blind.second) == before
    assert blind.found(blind.house.lead) == before


def score_and_submit_both_but(case: Case, *, submit_second: bool) -> None:
    """Both judge S02.01 not met with a grade that holds; facts are shared, so they are left alone."""
    for session in (case.first, case.second) if submit_second else (case.first,):
        given = {
            "S01.03": "met",
            "S02.01": "not_met",
            "S02.02": "no",
            "S02.03": "Visits.",
            "S02.04": "4",
            "S02.05": "no",
        }
        for question_id, value in given.items():
            answer(session, case.audit_id, question_id, value)
        session.do(scoring.submit, scoring.Submit(case.audit_id, "No conference."))


def test_a_signed_audit_is_judged_by_its_effective_answers(blind: Case) -> None:
    score_and_submit_both_but(blind, submit_second=True)
    taken = Answer("met", reason="Found in the notes.")
    blind.first.do(reconciling.agree, reconciling.Agree(blind.audit_id, "S02.01", taken))
    agree_all(blind.second, blind.audit_id)
    for viewer in (blind.first, blind.house.lead):
        found = blind.found(viewer)
        assert found.ceiling.best == 1, "both first answers failed, the agreed one does not"
        assert not [finding for finding in found.findings if "S02.01" in finding.questions]
        assert found.unknown == 0


VALUES: dict[str, list[str | int]] = {
    "S01.01": [0, 2],
    "S01.02": ["yes", "no"],
    "S01.03": ["met", "not_met"],
    "S02.01": ["met", "not_met"],
    "S02.04": ["1", "3"],
    "S02.06": ["2026-06-01"],
    "S02.07": ["2026-06-02", "2026-06-09"],
    "S02.08": ["yes", "no"],
    "S03.01": ["yes", "no"],
}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([(q, v) for q, values in VALUES.items() for v in values]), min_size=3, max_size=9))
def test_kept_up_checks_are_what_a_fresh_look_finds(joint: Case, given_answers: list[tuple[str, str | int]]) -> None:
    query = ChecksQuery(joint.audit_id, TODAY)
    checks = Checks(joint.first.ask(seen, query))
    raised = joint.first.ask(list_actions, ActionQuery(TODAY, audit_id=joint.audit_id))
    for question_id, value in given_answers:
        answer(joint.first, joint.audit_id, question_id, value)
        found = checks.update(joint.first.ask(scoring.desk, joint.audit_id), raised)
        assert found == joint.found()


def test_checking_after_one_answer_is_quick(joint: Case) -> None:
    checks = Checks(joint.first.ask(seen, ChecksQuery(joint.audit_id, TODAY)))
    answer(joint.first, joint.audit_id, "S02.01", "not_met")
    shown = joint.first.ask(scoring.desk, joint.audit_id)
    begun = time.perf_counter()
    assert checks.update(shown, []).findings
    assert time.perf_counter() - begun < 0.1


def judged(case: Case, **changed: str) -> None:
    """Everything of a joint audit answered but the conference."""
    full = {"S01.03": "met", "S02.01": "met", "S02.02": "no", "S02.03": "Visits.", "S02.04": "2", "S02.05": "no"}
    for question_id, value in (full | {name.replace("_", "."): value for name, value in changed.items()}).items():
        answer(case.first, case.audit_id, question_id, value)


def test_a_grade_better_than_a_reason_allows_is_refused_until_one_is_given(joint: Case) -> None:
    judged(joint, S01_03="not_met")
    with pytest.raises(Refused) as refused:
        joint.sign_off()
    assert refused.value.code == "limit-unexplained"
    assert refused.value.message == "The overall grade is Good, but 1.03 allows no better than RI."
    joint.sign_off("One visit only, the rest was sound.")
    assert joint.found().ceiling.best == 1, "set aside with a reason"


def test_only_a_moderator_may_set_the_hardest_limit_aside(joint: Case) -> None:
    judged(joint, S02_01="not_met")
    with pytest.raises(Refused) as refused:
        joint.sign_off("We think it was good all the same.")
    assert refused.value.code == "grade-limited"
    assert "2.01 allows no better than Inadequate" in refused.value.message
    answer(joint.first, joint.audit_id, "S02.04", "4")
    joint.sign_off()


def test_an_immediate_concern_waits_until_it_is_said_to_be_raised(joint: Case) -> None:
    judged(joint, S02_02="yes", S02_04="3")
    with pytest.raises(Refused) as refused:
        joint.sign_off()
    assert "2.02" in refused.value.message
    assert "2.05" in refused.value.message
    answer(joint.first, joint.audit_id, "S02.05", "yes")
    joint.sign_off()


def test_reconciling_says_why_it_cannot_be_signed_yet(blind: Case) -> None:
    answer(blind.first, blind.audit_id, "S02.08", "no")
    for session in (blind.first, blind.second):
        score_and_submit(session, blind.audit_id, S01_03="not_met", **MORE)
    blind.first.do(reconciling.agree_equal, reconciling.AgreeEqual(blind.audit_id))
    overall = reconciling.Agree(blind.audit_id, "S02.04", Answer("2", reason="Discussed together."))
    blind.first.do(reconciling.agree, overall)
    view = blind.first.ask(reconciling.reconcile_view, blind.audit_id)
    assert view.why_not_signed == ""
    assert "1.03 allows no better than RI" in view.to_explain
    with pytest.raises(Refused):
        blind.first.do(reconciling.sign_off, SignOff(blind.audit_id))
    blind.first.do(reconciling.sign_off, SignOff(blind.audit_id, limit_reason="Put right within a week."))
