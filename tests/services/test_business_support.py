"""Facts by business support, judgements by the auditors: who sees and records what, and what waits for whom."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Mode, Slot, Stage, may_read_slot
from auditor.domain.errors import BadInput, NotAllowed
from auditor.domain.facts_in import FactsIn
from auditor.domain.programme import FactsBy
from auditor.domain.roles import Role
from auditor.services import actions, cycles, home, reconciling, scoring
from auditor.services.checks import ChecksQuery, audit_checks
from auditor.services.cycle_start import StartCycle, start_cycle
from auditor.services.export import ExportThemeSummary, export_theme_summary
from auditor.services.facts_in import enters_facts, lines_with_facts
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template, shipped_templates
from auditor.services.waiting import Hat, Verb
from tests.kit import TODAY, House, agree_all, answer, open_house, score_and_submit, small_plain
from tests.ruled import MORE, ruled_plain


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def pair(house: House) -> tuple[Session, Session]:
    return house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)


@pytest.fixture
def helper(house: House) -> Session:
    return house.add("S. Support", Role.BUSINESS_SUPPORT)


def facts_lines(session: Session) -> list[tuple[str, FactsIn | None]]:
    return [(line.case.reference, line.facts) for line in session.ask(lines_with_facts, "")]


def test_facts_wait_on_home_until_all_are_in(house: House, pair: tuple[Session, Session], helper: Session) -> None:
    audit_id = house.give(house.cycle(), "CF-01", *pair)
    (row,) = helper.ask(home.home, TODAY).waiting
    assert (row.hat, row.verb, row.target, row.detail[:12]) == (Hat.SUPPORT, Verb.ENTER, audit_id, "0 of 2 facts")
    assert home.hats(helper.actor) == (Hat.SUPPORT,)
    assert helper.ask(home.badges, TODAY)["audits"] == 1
    answer(helper, audit_id, "S01.01", 3)
    assert helper.ask(home.home, TODAY).waiting[0].detail.startswith("1 of 2 facts")
    answer(helper, audit_id, "S01.02", "yes")
    assert helper.ask(home.home, TODAY).waiting == ()
    assert helper.ask(home.badges, TODAY)["audits"] == 0


def test_the_auditors_see_that_the_facts_are_in(house: House, pair: tuple[Session, Session], helper: Session) -> None:
    audit_id = house.give(house.cycle(), "CF-01", *pair)
    answer(helper, audit_id, "S01.01", 3)
    assert facts_lines(pair[1]) == [("CF-01", FactsIn(1, 2))]
    answer(helper, audit_id, "S01.02", "yes")
    (line,) = pair[1].ask(lines_with_facts, "")
    assert line.facts is not None and line.facts.all_in and line.facts.words == "facts all in"
    assert not enters_facts(line)
    assert facts_lines(house.lead) == [("CF-01", None)]


def test_facts_that_the_case_does_not_need_are_not_waited_for(
    house: House, pair: tuple[Session, Session], helper: Session
) -> None:
    plain = small_plain()
    plain["sections"][0]["questions"][1]["relevant"] = "a['S01.01'] > 0"
    audit_id = house.give(house.cycle(plain=plain), "CF-01", *pair)
    answer(helper, audit_id, "S01.01", 0)
    assert facts_lines(helper) == [("CF-01", FactsIn(1, 1))]


def test_where_both_auditors_enter_the_facts_none_wait(
    house: House, pair: tuple[Session, Session], helper: Session
) -> None:
    template_hash = house.lead.do(keep_template, KeepTemplate(small_plain())).made
    command = cycles.CreateCycle(
        "Both", template_hash, TODAY, TODAY, TODAY, FactsBy.BOTH, cases=(cycles.NewCase("CF-01"),)
    )
    house.give(house.lead.do(cycles.create_cycle, command).made, "CF-01", *pair)
    assert helper.ask(home.home, TODAY).waiting == () and facts_lines(helper) == [("CF-01", None)]


def test_business_support_records_facts_and_nothing_else(
    house: House, pair: tuple[Session, Session], helper: Session
) -> None:
    audit_id = house.give(house.cycle(), "CF-01", *pair)
    desk = helper.ask(scoring.desk, audit_id)
    assert {q.id for section in desk.template.sections for q in desk.asked(section)} == {"S01.01", "S01.02"}
    answer(helper, audit_id, "S01.01", 3)
    judged = scoring.RecordAnswer(audit_id, "S01.03", Answer("met"))
    note = scoring.RecordNote(audit_id, "S02.01", Facet.COMMENT, "x")
    raised = actions.RaiseAction("x", helper.actor.id, TODAY, audit_id=audit_id, question_id="S01.03")
    acts: tuple[Callable[[], object], ...] = (
        lambda: helper.do(scoring.record_answer, judged),
        lambda: helper.do(scoring.record_note, note),
        lambda: helper.do(scoring.submit, scoring.Submit(audit_id)),
        lambda: helper.do(reconciling.sign_off, reconciling.SignOff(audit_id)),
        lambda: helper.do(actions.raise_action, raised),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("signed_off", [False, True])
def test_judgements_stay_closed_to_business_support(
    house: House, pair: tuple[Session, Session], helper: Session, signed_off: bool
) -> None:
    secret = "Zq-judged-words"
    plain = ruled_plain()
    derived = {"id": "S02.09", "text": "Agreed grade", "type": "grade", "scale": "grade", "derived": "S02.04@agreed"}
    plain["sections"][1]["questions"].append(derived)
    audit_id = house.give(house.cycle(plain=plain), "CF-01", *pair)
    pair[0].do(scoring.record_note, scoring.RecordNote(audit_id, "S01.03", Facet.COMMENT, secret))
    raised = actions.RaiseAction(secret, pair[0].actor.id, TODAY, audit_id=audit_id, question_id="S01.03")
    pair[0].do(actions.raise_action, raised)
    before = helper.ask(audit_checks, ChecksQuery(audit_id, TODAY))
    for session in pair:
        score_and_submit(session, audit_id, S02_03=secret, S01_03="not_met", S02_04="3", **MORE)
    if signed_off:
        agree_all(pair[0], audit_id)
    desk = helper.ask(scoring.desk, audit_id)
    seen = (desk, helper.ask(actions.list_actions, actions.ActionQuery(TODAY)), helper.ask(home.home, TODAY))
    assert secret not in repr(seen) and not desk.entries and "S02.09" not in desk.fixed
    assert ("S02.09" in pair[0].ask(scoring.desk, audit_id).fixed) is signed_off
    assert helper.ask(audit_checks, ChecksQuery(audit_id, TODAY)) == before
    with pytest.raises(NotAllowed) as refused:
        helper.ask(reconciling.reconcile_view, audit_id)
    assert refused.value.code == "judgements-closed"
    assert [slot for slot in Slot if may_read_slot(desk.audit, helper.actor, slot)] == [Slot.FACTS]


@pytest.mark.parametrize("roles", [(Role.BUSINESS_SUPPORT,), (Role.BUSINESS_SUPPORT, Role.AUDITOR)])
def test_counts_only_works_alone_from_cycle_to_workbook(house: House, tmp_path: Path, roles: tuple[Role, ...]) -> None:
    one = house.add("C. Counter", *roles)
    offer = next(found for found in shipped_templates() if found.template.id == "statutory-visits")
    command = StartCycle(offer.plain, "Visits", TODAY, TODAY, TODAY, cases=(cycles.NewCase("CF-01"),))
    cycle_id = house.lead.do(start_cycle, command).made
    audit_id = house.give(cycle_id, "CF-01", one, None, Mode.SINGLE)
    desk = one.ask(scoring.desk, audit_id)
    assert all(question.is_fact for question in desk.template.asked())
    scored = next(question for question in desk.template.asked() if question.scored)
    answer(one, audit_id, scored.id, scored.options[0].code)
    assert [row.hat for row in one.ask(home.home, TODAY).waiting] in ([Hat.AUDITOR], [])  # or it is the one resumed
    one.do(reconciling.sign_off, reconciling.SignOff(audit_id, "Only one count is needed here."))
    (line,) = house.lead.ask(cycles.audit_lines, cycle_id)
    assert line.stage is Stage.SIGNED_OFF
    path = house.lead.ask(export_theme_summary, ExportThemeSummary(cycle_id, tmp_path / "visits.xlsx", TODAY))
    assert path.read_bytes()[:2] == b"PK"


def test_a_form_with_judgements_is_not_given_to_business_support(house: House, helper: Session) -> None:
    with pytest.raises(BadInput) as refused:
        house.give(house.cycle(), "CF-01", helper, None, Mode.SINGLE)
    assert refused.value.code == "not-an-auditor"
