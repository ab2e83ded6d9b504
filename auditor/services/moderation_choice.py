"""Which signed-off audits wait for a moderator, and why: worked out anew from what is recorded, never stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from auditor.domain.audit import Audit, Slot
from auditor.domain.moderation import Candidate, Rules, Why, drawn, first_audits, reasons
from auditor.store.queries import moderation as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries.moderation import Chosen, Moderation
from auditor.store.queries.signed import all_signed_at
from auditor.store.unit_of_work import View

_NOT_CHOSEN = Chosen()


def waiting(audits: Sequence[Audit], view: View) -> dict[str, tuple[Why, ...]]:
    """Why each audit that waits for moderation does, by audit id. `audits` are those of the whole workspace: an
    auditor's first three may lie in another cycle. What is not signed off is not looked at."""
    signed = [audit for audit in audits if audit.signed_off and not audit.cancelled]
    if not signed:
        return {}
    done, chosen = stored.all_last(view), stored.all_chosen(view)
    candidates = _candidates(signed, done, chosen, view)
    first, rules = first_audits(candidates.values()), stored.all_rules(view)
    cycles: dict[str, list[str]] = defaultdict(list)
    for audit in audits:
        if not audit.cancelled:
            cycles[audit.cycle_id].append(audit.id)
    drawn_in: dict[str, frozenset[str]] = {}
    found = {}
    for audit in signed:
        if _settled(candidates[audit.id], done.get(audit.id), chosen.get(audit.id, _NOT_CHOSEN)):
            continue
        own = rules.get(audit.cycle_id) or Rules(seed=audit.cycle_id)
        if audit.cycle_id not in drawn_in:
            drawn_in[audit.cycle_id] = drawn(cycles[audit.cycle_id], own)
        why = reasons(candidates[audit.id], own, drawn_in[audit.cycle_id], first)
        if why:
            found[audit.id] = why
    return found


def _settled(candidate: Candidate, done: Moderation | None, chosen: Chosen) -> bool:
    """Whether the last moderation dealt with this sign-off and with the last choice by hand."""
    return done is not None and done.signoff == candidate.signed_at and chosen.at in ("", done.chosen)


def _candidates(
    signed: Sequence[Audit], done: Mapping[str, Moderation], chosen: Mapping[str, Chosen], view: View
) -> dict[str, Candidate]:
    signed_at, scales = all_signed_at(view), _scales(signed, view)
    grades = {question: stored.grades(view, question) for question, _codes in scales.values() if question}
    found = {}
    for audit in signed:
        question, codes = scales[audit.template_hash]
        given = grades.get(question, {}).get(audit.id, {})
        earlier, by_hand = done.get(audit.id), chosen.get(audit.id, _NOT_CHOSEN)
        found[audit.id] = Candidate(
            id=audit.id,
            auditors=tuple(audit.auditors.values()),
            signed_at=signed_at[audit.id],
            first=_grade(given.get(Slot.A)),
            second=_grade(given.get(Slot.B)),
            extreme=len(codes) > 1 and given.get(Slot.AGREED, "") in (codes[0], codes[-1]),
            again=earlier is not None and earlier.signoff != signed_at[audit.id],
            by_hand=bool(by_hand.at) and (earlier is None or earlier.chosen != by_hand.at),
        )
    return found


def _scales(signed: Sequence[Audit], view: View) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The overall question of each template with the codes of its grades, from best to lowest."""
    found = {}
    for template_hash in {audit.template_hash for audit in signed}:
        template = stored_people.template(view, template_hash)
        question = template.by_id.get(template.overall_question)
        codes = tuple(option.code for option in question.options if option.code.isdigit()) if question else ()
        found[template_hash] = (question.id if question else "", codes)
    return found


def _grade(code: str | None) -> int | None:
    return int(code) if code and code.isdigit() else None
