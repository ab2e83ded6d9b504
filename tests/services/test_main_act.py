"""The main act once through: two auditors score, reconcile, and the findings and actions follow."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from auditor.domain.action import Status, Step
from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Slot, Stage
from auditor.domain.errors import NotAllowed, Refused
from auditor.domain.revision import Entity
from auditor.domain.roles import Role
from auditor.domain.scoring import Counts, Outcome
from auditor.services import actions, cycles, evidence, findings, home, reconciling, scoring, waiting
from tests.kit import TODAY, House, agree_all, answer, open_house, score_and_submit


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def test_from_scoring_to_verified_action(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    owner = house.add("C. Manager", Role.MANAGER)
    cycle_id = house.cycle(references=("CF-01", "CF-02"))
    audit_id = house.give(cycle_id, "CF-01", first, second)

    answer(first, audit_id, "S01.01", 0)
    answer(second, audit_id, "S01.02", "no")
    first.do(scoring.record_note, scoring.RecordNote(audit_id, "S01.03", Facet.COMMENT, "No reflection on file."))
    score_and_submit(first, audit_id, S01_03="not_met", S02_01="met")
    score_and_submit(second, audit_id, S01_03="met", S02_01="met")
    view = first.ask(reconciling.reconcile_view, audit_id)
    wide = next(item for item in view.comparisons if item.question.id == "S01.03")
    assert wide.distance == 2
    with pytest.raises(Refused) as refused:
        first.do(reconciling.agree, reconciling.Agree(audit_id, "S01.03", Answer("not_met")))
    assert refused.value.code == "reason-needed"
    agree_all(second, audit_id)

    lead = house.lead
    matrix = lead.ask(findings.theme_matrix, cycle_id)
    cells = {theme: row[0] for (theme, _), row in zip(matrix.themes, matrix.cells, strict=True)}
    assert cells["recording"] == Counts(not_met=1, unfavourable=1)
    assert cells["supervision"] == Counts(not_met=1)
    assert cells["safety"] == Counts(met=2)
    assert matrix.not_agreed == (0,)
    (indicator,) = lead.ask(findings.indicator_counts, cycle_id)
    assert (indicator.count, indicator.of, indicator.cases) == (1, 1, ("CF-01",))
    lines = lead.ask(evidence.behind_cell, evidence.CellQuery(cycle_id, "supervision", audit_id))
    assert [(line.outcome, line.reason) for line in lines] == [(Outcome.NOT_MET, "Discussed together.")]
    assert [(w.author, w.text) for w in lines[0].words] == [("A. Auditor", "No reflection on file.")]

    raised = first.do(
        actions.raise_action,
        actions.RaiseAction(
            "Reflective supervision monthly.", owner.actor.id, TODAY, audit_id=audit_id, question_id="S01.03"
        ),
    )
    done = actions.TakeStep(raised.made, Step.DONE, TODAY + timedelta(5), note="Dates set", evidence="Record 12/11")
    owner.do(actions.take_step, done)
    (line,) = owner.ask(actions.list_actions, actions.ActionQuery(TODAY))
    assert (line.status, line.action.theme, line.action.section_id) == (Status.AWAITING, "supervision", "S01")
    verify = actions.TakeStep(raised.made, Step.VERIFIED, TODAY + timedelta(6))
    with pytest.raises(NotAllowed) as own:
        owner.do(actions.take_step, verify)
    assert own.value.code == "own-work"
    lead.do(actions.take_step, verify)
    (line,) = lead.ask(actions.list_actions, actions.ActionQuery(TODAY))
    assert line.status is Status.COMPLETE
    assert house.opened.verify().problems == ()


def test_both_first_answers_stay_after_agreeing(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    score_and_submit(first, audit_id, S01_03="partly")
    score_and_submit(second, audit_id, S01_03="met")
    agree_all(first, audit_id)
    (item,) = (c for c in first.ask(reconciling.reconcile_view, audit_id).comparisons if c.question.id == "S01.03")
    assert (item.first.answer.value, item.second.answer.value) == ("partly", "met")
    assert (item.agreed.answer.value, item.agreed.answer.took) == ("partly", "A")


def test_home_leads_from_start_to_reconcile(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    assert first.ask(home.home, TODAY).empty
    audit_id = house.give(house.cycle(), "CF-01", first, second)
    assert [row.verb for row in first.ask(home.home, TODAY).waiting] == [waiting.Verb.START]
    answer(first, audit_id, "S01.03", "met")
    resumed = first.ask(home.home, TODAY).resume
    assert resumed is not None and resumed.last_question == "S01.03" and resumed.progress == (1, 7)
    score_and_submit(first, audit_id)
    assert first.ask(home.home, TODAY).waiting == ()
    score_and_submit(second, audit_id)
    assert [row.verb for row in first.ask(home.home, TODAY).waiting] == [waiting.Verb.RECONCILE]
    agree_all(first, audit_id)
    assert [line.stage for line in first.ask(cycles.audit_lines, "")] == [Stage.SIGNED_OFF]


def test_a_moderated_answer_outranks_the_agreed_one(house: House) -> None:
    first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
    cycle_id = house.cycle()
    audit_id = house.give(cycle_id, "CF-01", first, second)
    score_and_submit(first, audit_id)
    score_and_submit(second, audit_id)
    agree_all(first, audit_id)
    with house.opened.records.write() as unit:
        unit.record("moderator", Entity.AUDIT, audit_id, "S02.01/answer", {"v": "not_met"}, Slot.MODERATED.value)
    matrix = house.lead.ask(findings.theme_matrix, cycle_id)
    safety = dict(zip((theme for theme, _ in matrix.themes), matrix.cells, strict=True))["safety"][0]
    assert safety == Counts(met=1, not_met=1, limits_failed=1)
