"""Cycles, their cases and their audits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from auditor.domain.audit import Audit, Mode, Slot
from auditor.domain.canonical import Json
from auditor.domain.errors import Missing
from auditor.domain.moving import versions_of
from auditor.domain.programme import Case, Cycle, FactsBy
from auditor.domain.revision import Entity
from auditor.store.queries import moves, plans, signoffs
from auditor.store.queries.registers import Plain, value_of, values_in, values_of_all
from auditor.store.unit_of_work import View

_TEMPLATES = (
    "SELECT entity_id, value ->> 'template' FROM register"
    " WHERE entity = 'audit' AND key = 'setup' AND slot = '' AND value ->> 'cycle' = ?"
)
DETAILS, SETUP, PAIR, SIGNOFF = "details", "setup", "pair", "signoff"


def submitted_key(slot: Slot) -> str:
    """The register that says a slot was handed in."""
    return f"submitted/{slot.value}"


def cycles(view: View) -> list[Cycle]:
    """Every cycle, the newest first."""
    found = values_of_all(view, Entity.CYCLE, DETAILS)
    return [_cycle(cycle_id, values[DETAILS]) for cycle_id, values in reversed(found.items())]


def cycle(view: View, cycle_id: str) -> Cycle:
    """One cycle; raises `Missing` (no-such-cycle)."""
    details = value_of(view, cycle_id, DETAILS)
    if details is None:
        raise Missing("no-such-cycle", "No such cycle", "This workspace has no such cycle.", "List the cycles first.")
    return _cycle(cycle_id, details)


def cases(view: View, cycle_id: str = "") -> list[Case]:
    """The cases of one cycle, or of all, by reference."""
    found = values_of_all(view, Entity.CASE, DETAILS)
    listed = (_case(case_id, values[DETAILS]) for case_id, values in found.items())
    return sorted(
        (case for case in listed if not cycle_id or case.cycle_id == cycle_id), key=lambda case: case.reference
    )


def case(view: View, case_id: str) -> Case:
    """One case; raises `Missing` (no-such-case)."""
    details = value_of(view, case_id, DETAILS)
    if details is None:
        raise Missing("no-such-case", "No such case", "This workspace has no such case.", "Open its cycle first.")
    return _case(case_id, details)


def audits(view: View, cycle_id: str = "") -> list[Audit]:
    """The audits of one cycle, or of all, in the order they were given out."""
    keys = (SETUP, PAIR, SIGNOFF, submitted_key(Slot.A), submitted_key(Slot.B), *plans.KEYS, signoffs.DONE)
    found = values_of_all(view, Entity.AUDIT, *keys)
    for audit_id, said in moves.said_of_all(view).items():
        found.setdefault(audit_id, {}).update(said)
    recorded = signoffs.recorded(view)
    listed = (
        _audit(audit_id, values, recorded.get(audit_id, {})) for audit_id, values in found.items() if SETUP in values
    )
    out = plans.withdrawals(view)
    return [
        replace(audit, cancelled=True) if audit.case_id in out else audit
        for audit in listed
        if not cycle_id or audit.cycle_id == cycle_id
    ]


def template_hashes(view: View, cycle_id: str) -> dict[str, str]:
    """The template in force in each audit of a cycle, by audit id."""
    rows = view.connection.exec_driver_sql(_TEMPLATES, (cycle_id,))
    found = {str(audit_id): str(template) for audit_id, template in rows}
    moved = {audit_id for audit_id in moves.said_of_all(view) if audit_id in found}
    return found | {audit_id: moves.versions(view, audit_id).now for audit_id in moved}


def audit(view: View, audit_id: str) -> Audit:
    """One audit; raises `Missing` (no-such-audit)."""
    found = audit_header(view, audit_id)
    setup = value_of(view, audit_id, SETUP)
    written = prefilled(setup) if isinstance(setup, dict) else 0
    return replace(found, started=_started(signoffs.recorded_in(view, audit_id), written))


def audit_header(view: View, audit_id: str) -> Audit:
    """One audit without `started`, which rules of writing do not need; raises `Missing` (no-such-audit)."""
    values = values_in(view, audit_id)
    if SETUP not in values:
        raise Missing("no-such-audit", "No such audit", "This workspace has no such audit.", "Open its cycle first.")
    found = _audit(audit_id, values, signoffs.recorded_in(view, audit_id) if values.get(SIGNOFF) else {})
    return replace(found, cancelled=True) if plans.is_withdrawn(view, found.case_id) else found


def limit_reason(view: View, audit_id: str) -> str:
    """Why the overall grade stands although a limiting question failed, as signed off; empty where nobody said so."""
    signoff = value_of(view, audit_id, SIGNOFF)
    return str(signoff.get("limit_reason", "")) if isinstance(signoff, dict) else ""


def last_touched(view: View, audit_id: str, slot: Slot) -> str:
    """When anything was recorded in a slot last (UTC ISO text); empty where nothing is. For the slot's own author."""
    row = view.connection.exec_driver_sql(
        "SELECT MAX(wall_clock) FROM register WHERE entity_id = ? AND slot = ?", (audit_id, slot.value)
    ).fetchone()
    return str(row[0] or "") if row else ""


def _cycle(cycle_id: str, details: Json) -> Cycle:
    assert isinstance(details, dict)
    return Cycle(
        id=cycle_id,
        title=str(details["title"]),
        template_hash=str(details["template"]),
        period_start=date.fromisoformat(str(details["period_start"])),
        period_end=date.fromisoformat(str(details["period_end"])),
        due=date.fromisoformat(str(details["due"])),
        facts_by=FactsBy(str(details.get("facts_by", "shared"))),
        sample=bool(details.get("sample", False)),
        reaudit_of=str(details.get("reaudit_of", "")),
    )


def _case(case_id: str, details: Json) -> Case:
    assert isinstance(details, dict)
    return Case(
        id=case_id,
        cycle_id=str(details["cycle"]),
        reference=str(details["reference"]),
        team=str(details.get("team", "")),
        plan_type=str(details.get("plan_type", "")),
        age_band=str(details.get("age_band", "")),
        extra=_texts(details.get("extra")),
        conflicts=_ids(details.get("conflicts")),
        template_hash=str(details.get("template", "")),
        first_audit=str(details.get("first_audit", "")),
    )


def _audit(audit_id: str, values: Plain, recorded: Mapping[Slot, int]) -> Audit:
    setup = values[SETUP]
    assert isinstance(setup, dict)
    signoff = values.get(SIGNOFF)
    standing = signoffs.standing(signoff, values.get(signoffs.DONE), recorded)
    given = {Slot(slot): person_id for slot, person_id in _texts(values.get(PAIR)).items()}
    replaced = plans.replacements(values)
    return Audit(
        id=audit_id,
        cycle_id=str(setup["cycle"]),
        case_id=str(setup["case"]),
        template_hash=versions_of(values).now,
        mode=Mode(str(setup["mode"])),
        facts_by=FactsBy(str(setup.get("facts_by", "shared"))),
        auditors=given | {slot: made[-1].new for slot, made in replaced.items() if slot in given},
        submitted=frozenset(slot for slot in (Slot.A, Slot.B) if values.get(submitted_key(slot))),
        started=_started(recorded, prefilled(setup)),
        signed_off_by=str(signoff["by"]) if isinstance(signoff, dict) else "",
        formers={slot: tuple(one.former for one in made) for slot, made in replaced.items()},
        cancelled=bool(values.get(plans.CANCELLED)),
        extended_to=plans.extension(values).to,
        void=standing.void,
        returned_because=standing.returned_because,
        moderated=standing.moderated,
    )


def prefilled(setup: Mapping[str, Json]) -> int:
    """How many facts the program itself wrote when an audit was given out; nobody has begun by them."""
    count = setup.get("prefilled", 0)
    return count if isinstance(count, int) else 0


def _started(recorded: Mapping[Slot, int], written: int) -> frozenset[Slot]:
    return frozenset(slot for slot, count in recorded.items() if slot is not Slot.FACTS or count > written)


def _ids(value: Json) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _texts(value: Json) -> Mapping[str, str]:
    return {key: str(item) for key, item in value.items()} if isinstance(value, dict) else {}
