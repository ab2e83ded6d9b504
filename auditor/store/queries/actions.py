"""Follow-up actions with the steps of their lives."""

import json
from collections.abc import Mapping
from datetime import date

from auditor.domain.action import Action, Step, StepTaken
from auditor.domain.canonical import Json
from auditor.domain.errors import Missing
from auditor.domain.revision import Entity
from auditor.store.queries.registers import Plain, values_in
from auditor.store.register import conflicting
from auditor.store.unit_of_work import View

DETAILS, OWNER, DUE, STEP = "details", "owner", "due", "step/"
_ACTIONS = "SELECT entity_id, key, value FROM register WHERE entity = ? AND slot = ''"


def step_key(position: int) -> str:
    """The register of the n-th step, counted from 0. Two machines taking the same step differently make a conflict."""
    return f"{STEP}{position:03d}"


def actions(view: View) -> list[Action]:
    """Every action of the workspace, in the order raised."""
    found: dict[str, Plain] = {}
    for entity_id, key, value in view.connection.exec_driver_sql(_ACTIONS, (Entity.ACTION.value,)):
        found.setdefault(entity_id, {})[key] = json.loads(value)
    torn = _conflicted(view)
    whole = (_action(action_id, values, action_id in torn) for action_id, values in found.items() if _is_whole(values))
    return sorted(whole, key=lambda item: (item.raised_on, item.id))


def action(view: View, action_id: str) -> Action:
    """One action; raises `Missing` (no-such-action)."""
    values = values_in(view, action_id)
    if not _is_whole(values):
        raise Missing(
            "no-such-action", "No such action", "This workspace has no such action.", "List the actions first."
        )
    return _action(action_id, values, bool(conflicting(view.connection, action_id)))


def _conflicted(view: View) -> set[str]:
    rows = view.connection.exec_driver_sql(
        "SELECT DISTINCT entity_id FROM register WHERE other_heads IS NOT NULL AND entity = ?", (Entity.ACTION.value,)
    ).fetchall()
    return {action_id for (action_id,) in rows if conflicting(view.connection, action_id)}


def _is_whole(values: Plain) -> bool:
    return {DETAILS, OWNER, DUE, step_key(0)} <= values.keys()


def _action(action_id: str, values: Plain, conflicted: bool) -> Action:
    details = values[DETAILS]
    assert isinstance(details, dict)
    steps = tuple(_step(values[key]) for key in sorted(values) if key.startswith(STEP))
    return Action(
        id=action_id,
        text=str(details["text"]),
        owner_id=str(values[OWNER]),
        due=date.fromisoformat(str(values[DUE])),
        steps=steps,
        conflicted=conflicted,
        **_origin(details),
    )


def _origin(details: Mapping[str, Json]) -> dict[str, str]:
    names = ("cycle_id", "audit_id", "case_reference", "section_id", "question_id", "theme", "intended_outcome")
    return {name: str(details.get(name, "")) for name in names}


def _step(value: Json) -> StepTaken:
    assert isinstance(value, dict)
    return StepTaken(
        step=Step(str(value["step"])),
        by=str(value["by"]),
        on=date.fromisoformat(str(value["on"])),
        owner=str(value.get("owner", "")),
        note=str(value.get("note", "")),
        evidence=str(value.get("evidence", "")),
    )
