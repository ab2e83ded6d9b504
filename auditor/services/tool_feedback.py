"""What auditors say of the template and the program at the end of an audit, and how it reaches the QA lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.domain.answers import checked_text
from auditor.domain.audit import OWN_SLOTS, Audit
from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing, NotAllowed, Refused
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, may, require
from auditor.domain.template import Template
from auditor.store.ledger import utc_now
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries import tool_feedback as stored
from auditor.store.unit_of_work import UnitOfWork, View


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """What somebody of the pair says once their own part is finished: which questions were unclear and why, by
    question id, what went wrong in the program, and anything else. It takes the place of what they said before; all
    empty takes it back."""

    audit_id: str
    unclear: Mapping[str, str]
    faults: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class SettleFeedback:
    """The lead has dealt with what a person said after an audit; `what_was_done` tells them how."""

    audit_id: str
    person_id: str
    what_was_done: str


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """What one person said after one audit. `unclear` are question id, number, wording and what was unclear.
    `settled` is what the lead did about it, empty while it waits; `heard` once whoever said it has read that.
    `family` is the master, whose variants ask the same questions."""

    audit_id: str
    person_id: str
    person_name: str
    case_reference: str
    cycle_title: str
    template_title: str
    template_version: str
    said_at: str
    unclear: tuple[tuple[str, str, str, str], ...]
    faults: str
    words: str
    settled: str
    heard: bool
    template_hash: str
    family: str

    @property
    def remarks(self) -> int:
        """How many things were said."""
        return len(self.unclear) + bool(self.faults) + bool(self.words)


def give_feedback(command: GiveFeedback, actor: Person, unit: UnitOfWork) -> Changes:
    """Keep what an auditor says of the tool; nothing of it enters the audit's findings."""
    audit = programme.audit(unit, command.audit_id)
    _require_finished(audit, actor)
    template = stored_people.template(unit, audit.template_hash)
    unclear: dict[str, Json] = {}
    for question_id, words in command.unclear.items():
        if question_id not in template.by_id:
            raise Missing("no-such-question", "Not asked", "This audit has no such question.", "Choose one it asks.")
        unclear[question_id] = checked_text(words, "What was unclear")
    said: dict[str, Json] = {
        "at": utc_now(),
        "unclear": unclear,
        "faults": checked_text(command.faults, "What went wrong").strip(),
        "words": checked_text(command.words, "Anything else").strip(),
    }
    anything = bool(unclear or said["faults"] or said["words"])
    unit.record(actor.id, Entity.AUDIT, audit.id, stored.said_key(actor.id), said if anything else None)
    sentence = "Your words on the tool are with the QA lead" if anything else "Your words on the tool are taken back"
    return Changes(frozenset({("audit", audit.id)}), sentence)


def settle_feedback(command: SettleFeedback, actor: Person, unit: UnitOfWork) -> Changes:
    """Say what was done about it, so that whoever said it reads that it was heard."""
    require(actor, Duty.KEEP_TEMPLATES)
    if not any(line.person_id == command.person_id for line in stored.said(unit, command.audit_id)):
        raise Missing("no-such-feedback", "Nothing said", "Nothing was said there.", "List what was said first.")
    done = checked_text(command.what_was_done, "What was done").strip()
    if not done:
        raise BadInput("words-needed", "What was done?", "Say what was done about it.", "A short sentence is enough.")
    value: dict[str, Json] = {"by": actor.id, "at": utc_now(), "done": done}
    unit.record(actor.id, Entity.AUDIT, command.audit_id, stored.settled_key(command.person_id), value)
    return Changes(frozenset({("audit", command.audit_id)}), "Settled; whoever said it can read what was done")


def feedback(audit_id: str, actor: Person, view: View) -> list[FeedbackLine]:
    """What was said after one audit (after any where `audit_id` is empty), what waits first: everything for those who
    keep the templates, one's own words for everybody."""
    everything = may(actor, Duty.KEEP_TEMPLATES)
    said = [kept for kept in stored.said(view, audit_id) if everything or kept.person_id == actor.id]
    if not said:
        return []
    audits = [programme.audit_header(view, audit_id)] if audit_id else programme.audits(view)
    by_id, names = {audit.id: audit for audit in audits}, _names(audits, view)
    told = ((kept, by_id[kept.audit_id]) for kept in said if kept.audit_id in by_id)
    lines = [
        _line(kept, audit, names, view)
        for kept, audit in told
        if kept.person_id == actor.id or not _told_too_early(audit, actor)
    ]
    return sorted(lines, key=lambda line: (bool(line.settled), line.said_at))


def _names(audits: Sequence[Audit], view: View) -> dict[str, str]:
    """Names of people, references of cases and titles of cycles, by their ids; read once however many lines there
    are."""
    one = audits[0] if len(audits) == 1 else None
    cases = [programme.case(view, one.case_id)] if one else programme.cases(view)
    cycles = [programme.cycle(view, one.cycle_id)] if one else programme.cycles(view)
    named = {case.id: case.reference for case in cases} | {cycle.id: cycle.title for cycle in cycles}
    return named | dict(stored_people.names(view))


def _told_too_early(audit: Audit, actor: Person) -> bool:
    """To a lead who audits the case as well, words about a question may tell what the partner answered."""
    return actor.id in audit.auditors.values() and not audit.all_submitted


def _line(kept: stored.Said, audit: Audit, names: Mapping[str, str], view: View) -> FeedbackLine:
    template = stored_people.template(view, audit.template_hash)
    return FeedbackLine(
        audit_id=kept.audit_id,
        person_id=kept.person_id,
        person_name=names.get(kept.person_id, "somebody"),
        case_reference=names.get(audit.case_id, ""),
        cycle_title=names.get(audit.cycle_id, ""),
        template_title=template.title,
        template_version=template.version,
        said_at=kept.at,
        unclear=tuple(_unclear(template, question_id, words) for question_id, words in kept.unclear.items()),
        faults=kept.faults,
        words=kept.words,
        settled=kept.settled,
        heard=kept.heard,
        template_hash=template.hash,
        family=template.master or template.id,
    )


def _unclear(template: Template, question_id: str, words: str) -> tuple[str, str, str, str]:
    question = template.by_id.get(question_id)
    return (question_id, question.number, question.text, words) if question else (question_id, question_id, "", words)


def _require_finished(audit: Audit, actor: Person) -> None:
    mine = audit.slot_of(actor.id)
    if mine is None:
        raise NotAllowed(
            "not-your-audit", "Not yours", "You did not do this audit.", "Say it of an audit you did yourself."
        )
    if not (mine in audit.submitted if mine in OWN_SLOTS else audit.signed_off_by):
        raise Refused(
            "not-finished",
            "Not finished yet",
            "The tool is judged at the end: your part of this audit is not finished.",
            "Finish your answers first.",
        )
