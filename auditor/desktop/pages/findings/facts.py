"""Facts the Findings page says in a line: about a cycle, about the case of a cell, and the name of a workbook."""

import re

from auditor.desktop.words import many
from auditor.domain.audit import Stage
from auditor.domain.matrix import ThemeMatrix
from auditor.services.cycles import CycleView


def cycle_facts(view: CycleView, matrix: ThemeMatrix) -> str:
    """How much of the cycle the figures rest on; what is not agreed is counted here and shown nowhere."""
    audits, signed = len(view.audits) - view.stages.get(Stage.CANCELLED, 0), view.stages.get(Stage.SIGNED_OFF, 0)
    missing = sum(matrix.not_agreed)
    cases = many(audits, "case")
    if signed == audits and not missing:
        return f"{view.cycle.title} · {cases}, all agreed and signed off"
    parts = [view.cycle.title, f"{signed} of {cases} signed off"]
    if missing:
        parts.append(f"{many(missing, 'answer')} not yet agreed: counted, never shown")
    void = sum(1 for line in view.audits if line.audit.void and not line.audit.cancelled)
    if void:
        parts.append(f"{many(void, 'sign-off')} void")
    if view.not_given:
        parts.append(f"{many(len(view.not_given), 'case')} not given out")
    return " · ".join(parts)


def case_note(view: CycleView, audit_id: str, not_agreed: int) -> str:
    """What the case of a column is, and how far its audit has come."""
    line = next(line for line in view.audits if line.audit.id == audit_id)
    age = f"age {line.case.age_band}" if line.case.age_band else ""
    stage = "agreed and signed off" if line.stage is Stage.SIGNED_OFF else "not signed off"
    missing = f"{not_agreed} not yet agreed" if not_agreed else ""
    return " · ".join(part for part in (line.case.plan_type, age, line.case.team, stage, missing) if part)


def file_name(title: str) -> str:
    """A name for the workbook of a cycle that every system takes."""
    plain = re.sub(r"[^\w\- ]", "", title).strip() or "Cycle"
    return f"{plain} theme summary.xlsx"
