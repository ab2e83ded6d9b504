"""Which answer sheets of an audit a person may export and bring in, and what is told of those that came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot
from auditor.domain.canonical import Json
from auditor.domain.roles import Duty, Person, may
from auditor.store.ledger import utc_now
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries.registers import value_of
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class SheetOffer:
    """One slot, and whose answers its sheet holds; `own` where they are the asker's."""

    slot: Slot
    author: str
    own: bool


@dataclass(frozen=True, slots=True)
class SheetOffers:
    """The sheets of one audit that are open to the asker; `closed` says why none can be brought in, or is empty."""

    audit_id: str
    reference: str
    offers: tuple[SheetOffer, ...]
    closed: str


@dataclass(frozen=True, slots=True)
class Came:
    """What came in with a sheet: how many entries it held, the questions whose answer was taken from it, and those left
    as the auditor had them, because the sheet says otherwise."""

    entries: int
    answered: tuple[str, ...]
    left: tuple[str, ...]


def sheet_key(slot: Slot) -> str:
    """The register that says who brought a sheet in for somebody else; in the slot itself, sealed with the
    answers it tells of."""
    return f"sheet/{slot.value}"


def brought_in(audit: Audit, slot: Slot, came: Came, actor: Person, view: View) -> dict[str, Json]:
    """What is kept of a sheet brought in for somebody else: through whom, when, how much, what was left; and through
    whom and when each question ever got its answer from a sheet."""
    now, before = utc_now(), value_of(view, audit.id, sheet_key(slot), slot.value)
    earlier = before.get("questions") if isinstance(before, dict) else None
    questions: dict[str, Json] = dict(earlier) if isinstance(earlier, dict) else {}
    questions |= {question_id: {"at": now, "by": actor.id} for question_id in came.answered}
    return {"by": actor.id, "at": now, "entries": came.entries, "left": list(came.left), "questions": questions}


def came_from_sheets(
    audit: Audit, recorded: Mapping[Slot, Mapping[str, str]], names: Mapping[str, str], view: View
) -> dict[Slot, dict[str, str]]:
    """By slot and question id, through whom an answer came from a sheet that nobody has changed since; `recorded` is
    when each answer was. For those who may read the slots."""
    found: dict[Slot, dict[str, str]] = {}
    for slot in recorded:
        value = value_of(view, audit.id, sheet_key(slot), slot.value)
        questions = value.get("questions") if isinstance(value, dict) else None
        for one, through in questions.items() if isinstance(questions, dict) else ():
            if isinstance(through, dict) and recorded[slot].get(one, "") <= str(through["at"]):
                found.setdefault(slot, {})[one] = names.get(str(through["by"]), "")
    return found


def sheet_offers(audit_id: str, actor: Person, view: View) -> SheetOffers:
    """An auditor's own sheet; to a QA lead who is not of the pair, the sheet of each slot."""
    audit = programme.audit(view, audit_id)
    names, mine = stored_people.names(view), audit.slot_of(actor.id)
    slots = _slots(audit) if mine is None and may(actor, Duty.RUN_CYCLES) else [mine] if mine else []
    offers = tuple(SheetOffer(slot, _whose(audit, slot, names), slot is mine) for slot in slots)
    closed = "It is cancelled." if audit.cancelled else "It is signed off." if audit.signed_off else ""
    return SheetOffers(audit_id, programme.case(view, audit.case_id).reference, offers, closed)


def sheet_news(audit: Audit, actor: Person, names: Mapping[str, str], view: View) -> tuple[str, ...]:
    """A sentence for each sheet that somebody else brought in. Of a sealed slot only its auditor and whoever brought
    the sheet in are told."""
    told = []
    for slot in _slots(audit):
        value = value_of(view, audit.id, sheet_key(slot), slot.value)
        if not isinstance(value, dict):
            continue
        own, by = audit.slot_of(actor.id) is slot, str(value["by"])
        if own or by == actor.id or audit.all_submitted or slot not in OWN_SLOTS:
            whose = "Your answers" if own else f"Answers of {_whose(audit, slot, names)}"
            day = f"{datetime.fromisoformat(str(value['at'])).astimezone():%d/%m/%Y}"
            said = f"{whose}: {value['entries']} entries came from a sheet on {day}, through {names.get(by, '')}"
            told.append(f"{said}{_left(audit, value['left'], view) if own or audit.all_submitted else ''}")
    return tuple(told)


def _left(audit: Audit, left: Json, view: View) -> str:
    """What of the sheet was not taken, because the auditor had answered otherwise."""
    by_id = stored_people.template(view, audit.template_hash).by_id
    ids = left if isinstance(left, list) else []
    numbers = [by_id[str(one)].number for one in ids if str(one) in by_id]
    return f"; what it says otherwise of {', '.join(numbers)} was left out" if numbers else ""


def _slots(audit: Audit) -> list[Slot]:
    return list(OWN_SLOTS) if audit.mode is Mode.BLIND else [Slot.AGREED]


def _whose(audit: Audit, slot: Slot, names: Mapping[str, str]) -> str:
    if slot in OWN_SLOTS:
        return names.get(audit.auditors.get(slot, ""), "")
    return " and ".join(names.get(person, "") for person in audit.auditors.values())
