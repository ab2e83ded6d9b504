"""Right of reply: who records what beside a signed-off audit, what the pair answers, how a fact is put right."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.errors import AuditorError
from auditor.domain.moderation import Why
from auditor.domain.reply import ReplyKind
from auditor.domain.roles import Role
from auditor.services import checks, moderating, plans, replies, scoring
from auditor.services.replies import AddReply, Decide, Respond
from auditor.services.session import Session
from tests.kit import TODAY, agree_all, score_and_submit
from tests.services.moderation_kit import Panel, panel

WORDS = "The visit of 3 June is recorded under the sister's name."


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Panel]:
    with panel(tmp_path) as opened:
        yield opened


def add(session: Session, audit_id: str, kind: ReplyKind = ReplyKind.SOCIAL_WORKER, **more: object) -> str:
    given = {"text": WORDS, "on": TODAY, **more}
    return session.do(replies.add_reply, AddReply(audit_id, kind, **given)).made  # type: ignore[arg-type]


def listed(who: Session, audit_id: str) -> list[replies.ReplyLine]:
    return list(who.ask(replies.audit_replies, audit_id).lines)


def refused(act: object, *given: object) -> str:
    with pytest.raises(AuditorError) as caught:
        act(*given)  # type: ignore[operator]
    return caught.value.code


def test_what_was_said_stands_beside_the_audit(made: Panel) -> None:
    audit_id = made.signed()
    add(made.first, audit_id, on=date(2026, 11, 20))
    add(made.moderator, audit_id, ReplyKind.CHILD, text="It got better when she came every week.", positive=True)
    worker, child = listed(made.house.lead, audit_id)
    assert (worker.reply.who, worker.recorded_by, worker.reply.text) == ("Social worker", "A. Auditor", WORDS)
    assert (child.reply.kind, child.reply.positive) == (ReplyKind.CHILD, True)
    assert made.audit(audit_id).signed_off, "a reply voids nothing"


def test_only_pair_moderator_and_lead_see_and_record(made: Panel) -> None:
    audit_id = made.signed()
    add(made.first, audit_id)
    for who in (made.house.add("Z. Auditor", Role.AUDITOR), made.house.add("C. Manager", Role.MANAGER)):
        assert refused(who.ask, replies.audit_replies, audit_id) == "replies-not-yours"
        assert refused(add, who, audit_id) == "replies-not-yours"


def test_nothing_is_recorded_before_the_sign_off(made: Panel) -> None:
    audit_id = made.house.give(made.cycle_id, "CF-02", made.first, made.second)
    assert refused(add, made.first, audit_id) == "not-signed-off"
    assert not made.first.ask(replies.audit_replies, audit_id).may_add


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("reply-empty", {"text": "  "}),
        ("reply-who", {"kind": ReplyKind.OTHER}),
        ("reply-who", {"who": "x" * 81}),
        ("names-somebody", {"who": "Mrs Marlow"}),
        ("names-somebody", {"text": "Her mother Anna said so."}),
        ("correction-sent", {"kind": ReplyKind.PRAISE_SENT, "correction": True}),
    ],
)
def test_what_cannot_be_recorded(made: Panel, code: str, more: dict[str, object]) -> None:
    audit_id = made.signed()
    assert refused(lambda: add(made.first, audit_id, **more)) == code  # type: ignore[arg-type]
    assert listed(made.first, audit_id) == []


def test_the_pair_answers_and_nobody_else(made: Panel) -> None:
    audit_id = made.signed()
    reply_id = add(made.house.lead, audit_id, ReplyKind.TEAM_MANAGER)
    assert refused(made.house.lead.do, replies.respond, Respond(audit_id, reply_id, "Yes")) == "not-the-pair"
    assert refused(made.first.do, replies.respond, Respond(audit_id, "0" * 32, "Yes")) == "no-such-reply"
    made.second.do(replies.respond, Respond(audit_id, reply_id, "Thank you, we looked there."))
    (line,) = listed(made.first, audit_id)
    assert (line.reply.response, line.response_by) == ("Thank you, we looked there.", "B. Auditor")


def test_an_accepted_correction_goes_to_moderation(made: Panel) -> None:
    audit_id = made.signed()
    made.choose(audit_id)
    made.uphold(audit_id)
    reply_id = add(made.first, audit_id, correction=True)
    assert refused(made.first.do, replies.decide, Decide(audit_id, reply_id, True, "Seen")) == "own-correction"
    assert refused(made.house.lead.do, replies.decide, Decide(audit_id, reply_id, True, " ")) == "reason-needed"
    made.house.lead.do(replies.decide, Decide(audit_id, reply_id, True, "The record was found."))
    (line,) = listed(made.first, audit_id)
    assert line.reply.decision and line.reply.decision.accepted and line.decided_by == "L. Lead"
    assert made.why(audit_id) == (Why.BY_HAND,), "although it was moderated before"
    again = Decide(audit_id, reply_id, False, "No")
    assert refused(made.moderator.do, replies.decide, again) == "nothing-to-decide"


def test_a_correction_not_accepted_keeps_its_reason(made: Panel) -> None:
    audit_id = made.signed()
    reply_id = add(made.first, audit_id, correction=True)
    made.moderator.do(replies.decide, Decide(audit_id, reply_id, False, "The note is of another child."))
    (line,) = listed(made.first, audit_id)
    assert line.reply.decision and line.reply.decision.reason == "The note is of another child."
    assert made.why(audit_id) == ()


def test_the_cover_sheet_takes_the_days_of_feedback_from_the_replies(made: Panel) -> None:
    audit_id = made.signed()
    assert "S02.05" not in made.first.ask(scoring.desk, audit_id).fixed
    add(made.first, audit_id, ReplyKind.PRAISE_SENT, on=date(2026, 11, 20), text="Thank you for the life story book.")
    assert made.first.ask(scoring.desk, audit_id).fixed["S02.05"] == "20/11/2026"
    seen = made.house.lead.ask(checks.seen, checks.ChecksQuery(audit_id, TODAY))
    assert seen.inputs.answers["S02.05"].value == "2026-11-20"
    (line,) = listed(made.first, audit_id)
    assert line.reply.positive, "positive feedback needs no tick"


def test_who_audited_the_case_before_neither_decides_nor_takes_a_choice_back(made: Panel) -> None:
    leading = made.house.add("D. Auditor", Role.AUDITOR, Role.QA_LEAD)
    audit_id = made.house.give(made.cycle_id, "CF-02", leading, made.second)
    change = plans.ReplaceAuditor(audit_id, leading.actor.id, made.first.actor.id, "Long leave.")
    made.house.lead.do(plans.replace_auditor, change)
    score_and_submit(made.first, audit_id)
    score_and_submit(made.second, audit_id)
    agree_all(made.first, audit_id)
    reply_id = add(made.first, audit_id, correction=True)
    assert refused(leading.do, replies.decide, Decide(audit_id, reply_id, True, "Seen")) == "own-correction"
    made.choose(audit_id)
    assert refused(leading.do, moderating.choose, moderating.Choose(audit_id, "")) == "own-audit"
    assert made.why(audit_id) == (Why.BY_HAND,)
