"""Right of reply: recording what was said of an audit and what was sent, answering it, deciding on corrections."""

from dataclasses import dataclass
from datetime import date

from auditor.domain.answers import Answer, checked_text
from auditor.domain.audit import Audit
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, NotAllowed, Refused
from auditor.domain.reply import (
    Reply,
    ReplyKind,
    feedback_days,
    may_decide,
    require_may_decide,
    require_may_reply,
    require_nameless,
    require_replies,
)
from auditor.domain.revision import Entity, new_id
from auditor.domain.roles import Person
from auditor.domain.template import Template
from auditor.services.moderating import record_choice
from auditor.store.ledger import utc_now
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries import replies as stored
from auditor.store.unit_of_work import UnitOfWork, View

LONGEST_WHO = 80
_FEEDBACK = ("feedback.sent", "feedback.answered")


@dataclass(frozen=True, slots=True)
class AddReply:
    """What somebody said of the audit, or what was sent to them. `who` is a role in words; `correction` asks for a
    fact to be put right."""

    audit_id: str
    kind: ReplyKind
    text: str
    on: date
    who: str = ""
    positive: bool = False
    correction: bool = False


@dataclass(frozen=True, slots=True)
class Respond:
    """What the pair answers to a reply."""

    audit_id: str
    reply_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Decide:
    """Whether a correction of fact is accepted, and why. An accepted one sends the audit to moderation."""

    audit_id: str
    reply_id: str
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A reply with the names of those who recorded, answered and decided."""

    reply: Reply
    recorded_by: str
    response_by: str
    decided_by: str


@dataclass(frozen=True)
class Replies:
    """The replies of an audit and what the viewer may do: record one, answer one, decide on a correction."""

    lines: tuple[ReplyLine, ...]
    may_add: bool
    may_respond: bool
    may_decide: bool


def audit_replies(audit_id: str, actor: Person, view: View) -> Replies:
    """The replies of one audit, the oldest first; for its pair, moderators and QA leads."""
    audit = programme.audit_header(view, audit_id)
    require_replies(audit, actor)
    names = stored_people.names(view)
    lines = tuple(
        ReplyLine(
            reply=reply,
            recorded_by=names.get(reply.recorded_by, ""),
            response_by=names.get(reply.response_by, ""),
            decided_by=names.get(reply.decision.by, "") if reply.decision else "",
        )
        for reply in stored.replies(view, audit_id)
    )
    return Replies(
        lines=lines,
        may_add=audit.signed_off,
        may_respond=actor.id in audit.auditors.values(),
        may_decide=may_decide(audit, actor),
    )


def add_reply(command: AddReply, actor: Person, unit: UnitOfWork) -> Changes:
    """Record a reply beside a signed-off audit. `made` is its id."""
    audit = programme.audit_header(unit, command.audit_id)
    require_may_reply(audit, actor)
    who = command.who.strip() or ("" if command.kind is ReplyKind.OTHER else command.kind.words)
    text = checked_text(command.text, "The reply")
    if not text:
        raise BadInput("reply-empty", "Nothing said", "A reply needs its words.", "Write what was said or sent.")
    if not who or len(who) > LONGEST_WHO:
        raise BadInput("reply-who", "Who?", "Say in a few words whose reply it is.", "Write a role, never a name.")
    if command.kind.goes_out and command.correction:
        raise BadInput("correction-sent", "Whose correction?", "What is sent out corrects nothing.", "Untick one.")
    require_nameless(who, text)
    positive = command.positive or command.kind is ReplyKind.PRAISE_SENT
    made = Reply(new_id(), command.kind, who, text, command.on, actor.id, positive, command.correction)
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.reply_key(made.id), stored.to_plain(made))
    return _changes(audit, f"{command.kind.words}: recorded", made.id)


def respond(command: Respond, actor: Person, unit: UnitOfWork) -> Changes:
    """Record what the pair answers; an empty text takes it back."""
    audit = programme.audit_header(unit, command.audit_id)
    stored.reply(unit, audit.id, command.reply_id)
    if actor.id not in audit.auditors.values():
        raise NotAllowed("not-the-pair", "The pair answers", "Only the pair answers a reply.", "Ask one of them.")
    text = checked_text(command.text, "The answer")
    require_nameless(text)
    value: Json = {"text": text, "by": actor.id, "at": utc_now()} if text else None
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.response_key(command.reply_id), value)
    return _changes(audit, "Answer to the reply recorded")


def decide(command: Decide, actor: Person, unit: UnitOfWork) -> Changes:
    """Accept a correction of fact or not, with the reason; an accepted one waits for a moderator."""
    audit = programme.audit_header(unit, command.audit_id)
    require_may_decide(audit, actor)
    reply = stored.reply(unit, audit.id, command.reply_id)
    if not reply.waits:
        raise Refused("nothing-to-decide", "Nothing to decide", "This reply asks for no decision.", "Choose another.")
    reason = checked_text(command.reason, "The reason")
    if not reason:
        raise Refused("reason-needed", "Why?", "A decision needs its reason.", "Write in a sentence what decided it.")
    value: dict[str, Json] = {"accepted": command.accepted, "reason": reason, "by": actor.id, "at": utc_now()}
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.decision_key(reply.id), value)
    if command.accepted:
        record_choice(audit, f"A correction of fact was accepted: {reason}", actor, unit)
    return _changes(audit, "Correction accepted: goes to moderation" if command.accepted else "Correction not accepted")


def feedback_answers(template: Template, audit_id: str, view: View) -> dict[str, Answer]:
    """The days feedback was sent and answered, for the questions that take them from the record."""
    derived = {question.derived: question.id for question in template.questions() if question.derived in _FEEDBACK}
    if not derived:
        return {}
    days = dict(zip(_FEEDBACK, feedback_days(stored.replies(view, audit_id)), strict=True))
    return {derived[source]: Answer(day.isoformat()) for source, day in days.items() if day and source in derived}


def _changes(audit: Audit, sentence: str, made: str = "") -> Changes:
    return Changes(frozenset({("audit", audit.id)}), sentence, made)
