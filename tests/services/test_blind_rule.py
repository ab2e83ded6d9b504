"""Before both auditors have submitted, no way in gives anybody the other's answers: a test a way in, every viewer."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.domain.action import Step
from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Slot
from auditor.domain.errors import AuditorError, NotAllowed
from auditor.domain.programme_plan import Month
from auditor.domain.roles import Role
from auditor.domain.template import Template
from auditor.services import (
    actions,
    answer_sheet,
    burden,
    checks,
    cross_checks,
    cycles,
    evidence,
    facts_in,
    findings,
    flags,
    home,
    moderation_view,
    moving,
    plans,
    programme_plan,
    qa_framework,
    reaudit,
    reconciling,
    replies,
    scores,
    scoring,
    sheet_offers,
    sitting,
    tool_feedback,
)
from auditor.services.session import Session
from tests.kit import TODAY, House, answer, open_house, score_and_submit
from tests.ruled import MORE, ruled_plain

SECRET = "Zq-sealed-words"
SECONDS = 48_217
TIME = re.compile(rf"\b({SECONDS}|{round(SECONDS / 60)})\b")
ACTION = "Zq-action-words"
"""An action is told to its owner and those who follow actions up at once; to the partner it would tell an answer."""


@dataclass
class Sealed:
    """A blind audit in which A. has answered, commented, marked and raised an action, and nobody else has."""

    house: House
    cycle_id: str
    audit_id: str
    author: Session
    partner: Session
    action_id: str

    def viewers(self) -> dict[str, Session]:
        return {
            "partner": self.partner,
            "lead": self.house.lead,
            "manager": self.house.add("M. Manager", Role.MANAGER),
            "moderator": self.house.add("N. Moderator", Role.MODERATOR),
            "support": self.house.add("S. Support", Role.BUSINESS_SUPPORT),
            "administrator": self.house.add("O. Office", Role.ADMINISTRATOR),
        }


EVERY_HAT = (Role.AUDITOR, Role.QA_LEAD, Role.MODERATOR, Role.MANAGER, Role.ADMINISTRATOR, Role.BUSINESS_SUPPORT)
SUBMITTED = ("nobody submitted", "author submitted")


@pytest.fixture(
    params=[(said, hats) for said in SUBMITTED for hats in ((Role.AUDITOR,), EVERY_HAT)],
    ids=lambda case: f"{case[0]}, partner has {len(case[1])} roles",
)
def sealed(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Sealed]:
    """The partner is an auditor only, or the very person who leads, moderates and manages as well."""
    submitted, hats = request.param
    with open_house(tmp_path) as house:
        author, partner = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", *hats)
        cycle_id = house.cycle(plain=ruled_plain())
        audit_id = house.give(cycle_id, "CF-01", author, partner)
        answer(author, audit_id, "S02.03", SECRET)
        for facet in (Facet.COMMENT, Facet.LOCATION):
            author.do(scoring.record_note, scoring.RecordNote(audit_id, "S01.03", facet, SECRET))
        author.do(scoring.mark_good_practice, scoring.MarkGoodPractice(audit_id, "S01.03", True))
        na = scoring.RecordAnswer(audit_id, "S02.02", Answer(na_reason=SECRET))
        author.do(scoring.record_answer, na)
        author.do(flags.flag_question, flags.FlagQuestion(audit_id, "S01.03", SECRET))
        author.do(sitting.add_time, sitting.AddTime(audit_id, {"S01": SECONDS}))
        aside = scoring.SectionNotApplicable(audit_id, "S01", SECRET)
        author.do(scoring.section_not_applicable, aside)
        raised = actions.RaiseAction(ACTION, house.lead.actor.id, TODAY, audit_id=audit_id, question_id="S01.03")
        action_id = author.do(actions.raise_action, raised).made
        if submitted == "author submitted":
            score_and_submit(author, audit_id, S02_03=SECRET, S02_01="not_met", **MORE)
        yield Sealed(house, cycle_id, audit_id, author, partner, action_id)


_MONTHS = (Month(2026, 1), 24)


def _template(sealed: Sealed) -> Template:
    return sealed.author.ask(scoring.desk, sealed.audit_id).template


def _sheet(sealed: Sealed, who: Session) -> list[tuple[object, ...]]:
    """What stands in the cells of the author's sheet, written for somebody else."""
    path = sealed.house.folder.parent / "sheet.xlsx"
    who.ask(answer_sheet.export_sheet, answer_sheet.ExportSheet(sealed.audit_id, Slot.A, path, TODAY))
    book = load_workbook(path, read_only=True)
    cells: list[tuple[object, ...]] = [
        row for name in book.sheetnames for row in book[name].iter_rows(values_only=True)
    ]
    book.close()
    return cells


READS: dict[str, Callable[[Sealed, Session], object]] = {
    "desk": lambda s, who: who.ask(scoring.desk, s.audit_id),
    "scores": lambda s, who: who.ask(scores.score_table, s.cycle_id),
    "cross checks": lambda s, who: who.ask(cross_checks.cycle_cross_checks, s.cycle_id),
    "cross checks of the audit": lambda s, who: who.ask(cross_checks.audit_cross_checks, s.audit_id),
    "reconcile": lambda s, who: who.ask(reconciling.reconcile_view, s.audit_id),
    "home": lambda s, who: who.ask(home.home, TODAY),
    "audit list": lambda s, who: who.ask(cycles.audit_lines, ""),
    "cycle": lambda s, who: who.ask(cycles.cycle_view, s.cycle_id),
    "findings": lambda s, who: who.ask(findings.findings, s.cycle_id),
    "checks": lambda s, who: who.ask(checks.audit_checks, checks.ChecksQuery(s.audit_id, TODAY)),
    "what checks are judged by": lambda s, who: who.ask(checks.seen, checks.ChecksQuery(s.audit_id, TODAY)),
    "moderation list": lambda s, who: who.ask(moderation_view.moderation_lines, None),
    "moderation": lambda s, who: who.ask(moderation_view.moderation_view, moderation_view.ViewQuery(s.audit_id, TODAY)),
    "replies": lambda s, who: who.ask(replies.audit_replies, s.audit_id),
    "badges": lambda s, who: who.ask(home.badges, TODAY),
    "plan": lambda s, who: who.ask(plans.plan, s.audit_id),
    "move": lambda s, who: who.ask(moving.move_view, moving.MoveQuery(s.audit_id)),
    "flags": lambda s, who: who.ask(flags.flagged, s.audit_id),
    "feedback on the tool": lambda s, who: who.ask(tool_feedback.feedback, ""),
    "burden": lambda s, who: who.ask(burden.template_burden, burden.BurdenQuery(_template(s))),
    "programme": lambda s, who: who.ask(programme_plan.programme_view, programme_plan.ProgrammeQuery(*_MONTHS, TODAY)),
    "framework": lambda s, who: who.ask(qa_framework.framework_view, qa_framework.FrameworkQuery(*_MONTHS)),
    "facts": lambda s, who: who.ask(facts_in.lines_with_facts, ""),
    "re-audit": lambda s, who: who.ask(reaudit.reaudit_plan, s.cycle_id),
    "calibration": lambda s, who: who.ask(moderation_view.calibration, None),
    "answer sheet": _sheet,
    "answer sheets": lambda s, who: who.ask(sheet_offers.sheet_offers, s.audit_id),
    "behind every cell": lambda s, who: who.ask(evidence.behind_cell, evidence.CellQuery(s.cycle_id)),
}


@pytest.mark.parametrize("way", READS)
def test_no_read_tells_a_sealed_answer(sealed: Sealed, way: str) -> None:
    for name, viewer in sealed.viewers().items():
        try:
            seen = repr(READS[way](sealed, viewer))
        except AuditorError as error:
            seen = str(error)
        assert SECRET not in seen, name
        assert not TIME.search(seen), name
        assert name != "partner" or ACTION not in seen


def test_the_author_sees_their_own(sealed: Sealed) -> None:
    assert SECRET in repr(sealed.author.ask(scoring.desk, sealed.audit_id))


def test_the_matrix_counts_nothing_sealed(sealed: Sealed) -> None:
    for viewer in (sealed.partner, sealed.house.lead):
        matrix = viewer.ask(findings.theme_matrix, sealed.cycle_id)
        assert all(cell == cell.__class__() for row in matrix.cells for cell in row)
        assert matrix.not_agreed == (4,)


def test_what_the_partner_sees_does_not_depend_on_what_was_answered(sealed: Sealed) -> None:
    before = {way: _outcome(READS[way], sealed, sealed.partner) for way in READS}
    if "S02.01" not in sealed.author.ask(scoring.desk, sealed.audit_id).entries:
        answer(sealed.author, sealed.audit_id, "S02.01", "not_met")
        answer(sealed.author, sealed.audit_id, "S02.04", "4")
        sealed.author.do(flags.flag_question, flags.FlagQuestion(sealed.audit_id, "S02.01", "Talk of it"))
        sealed.author.do(sitting.add_time, sitting.AddTime(sealed.audit_id, {"S02": 600}))
    assert {way: _outcome(READS[way], sealed, sealed.partner) for way in READS} == before


@pytest.mark.parametrize("hats", [(Role.AUDITOR,), EVERY_HAT], ids=["auditor", "auditor and lead"])
def test_that_somebody_has_begun_is_not_told_to_the_partner(tmp_path: Path, hats: tuple[Role, ...]) -> None:
    with open_house(tmp_path) as house:
        author, partner = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", *hats)
        cycle_id = house.cycle(plain=ruled_plain())
        case = Sealed(house, cycle_id, house.give(cycle_id, "CF-01", author, partner), author, partner, "")
        before = {way: _outcome(READS[way], case, partner) for way in READS}
        answer(author, case.audit_id, "S02.03", SECRET)
        assert {way: _outcome(READS[way], case, partner) for way in READS} == before


def test_the_partners_list_leaves_out_actions_from_a_sealed_audit(sealed: Sealed) -> None:
    query = actions.ActionQuery(TODAY)
    assert sealed.partner.ask(actions.list_actions, query) == []
    with pytest.raises(AuditorError) as hidden:
        sealed.partner.do(actions.take_step, actions.TakeStep(sealed.action_id, Step.PROGRESS, TODAY, "Seen"))
    assert hidden.value.code == "no-such-action"
    assert len(sealed.house.lead.ask(actions.list_actions, query)) == 1


def test_agreeing_early_is_refused(sealed: Sealed) -> None:
    for act, command in [
        (reconciling.agree, reconciling.Agree(sealed.audit_id, "S01.03", Answer("met"))),
        (reconciling.agree_equal, reconciling.AgreeEqual(sealed.audit_id)),
        (reconciling.sign_off, reconciling.SignOff(sealed.audit_id)),
    ]:
        with pytest.raises(AuditorError):
            sealed.partner.do(act, command)  # type: ignore[arg-type]


def test_nobody_writes_into_anothers_slot(sealed: Sealed) -> None:
    answer(sealed.partner, sealed.audit_id, "S02.03", "My own words")
    assert "My own words" not in repr(sealed.author.ask(scoring.desk, sealed.audit_id))
    for name, viewer in sealed.viewers().items():
        if name != "partner":
            with pytest.raises(NotAllowed):
                answer(viewer, sealed.audit_id, "S02.03", "Intruding")


def test_both_submitted_opens_the_answers_to_the_pair(sealed: Sealed) -> None:
    if "A" not in sealed.author.ask(scoring.desk, sealed.audit_id).audit.submitted:
        score_and_submit(sealed.author, sealed.audit_id, S02_03=SECRET, **MORE)
    score_and_submit(sealed.partner, sealed.audit_id, **MORE)
    assert SECRET in repr(sealed.partner.ask(reconciling.reconcile_view, sealed.audit_id))


def _outcome(read: Callable[[Sealed, Session], object], sealed: Sealed, viewer: Session) -> str:
    try:
        return repr(read(sealed, viewer))
    except AuditorError as error:
        return str(error)
