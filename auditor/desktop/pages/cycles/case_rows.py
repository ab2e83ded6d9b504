"""The rows of a cycle's cases: a case with its audit, if it was given out, and whether it was taken out."""

from dataclasses import dataclass

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.widgets.table_model import Column
from auditor.desktop.words import MODES, STAGES, WITHOUT_AUDITORS
from auditor.domain.audit import Stage
from auditor.domain.programme import Case
from auditor.services.cycles import AuditLine, CycleView

REPLACED = Meaning(MarkKind.DASH, "Replaced", "text2", "sunken")
TAKEN_OUT = Meaning(MarkKind.DASH, "Taken out", "text2", "sunken")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with its audit, if it was given out. `taken_out` is the reason where it is no longer in the cycle,
    `replaced_by` the case that came in for it."""

    case: Case
    line: AuditLine | None
    taken_out: str = ""
    replaced_by: str = ""

    @property
    def meaning(self) -> Meaning:
        if self.taken_out:
            return REPLACED if self.replaced_by else TAKEN_OUT
        return STAGES[self.line.stage] if self.line else WITHOUT_AUDITORS

    @property
    def auditors(self) -> str:
        return " and ".join(self.line.auditor_names) if self.line else ""

    @property
    def mode(self) -> str:
        return MODES[self.line.audit.mode][1] if self.line else ""

    @property
    def is_begun(self) -> bool:
        """Whether anything is recorded, so that the pair stays."""
        return self.line is not None and self.line.stage is not Stage.NOT_STARTED

    @property
    def is_signed_off(self) -> bool:
        """Whether the audit is over, so that the case stays in the sample."""
        return self.line is not None and self.line.stage is Stage.SIGNED_OFF


def rows_of(view: CycleView) -> list[CaseRow]:
    """Every case of a cycle, those taken out included."""
    lines = {line.case.id: line for line in view.audits}
    references = {case.id: case.reference for case in view.cases}
    rows = []
    for case in view.cases:
        out = view.withdrawn.get(case.id)
        rows.append(
            CaseRow(
                case,
                lines.get(case.id),
                taken_out=out.reason if out else "",
                replaced_by=references.get(out.replaced_by, "") if out else "",
            )
        )
    return rows


COLUMNS: list[Column[CaseRow]] = [
    Column("case", "Case", text=lambda row: row.case.reference, strong=True, width=120),
    Column("team", "Team", text=lambda row: row.case.team, width=210),
    Column("plan", "Plan type", text=lambda row: row.case.plan_type, width=150),
    Column("age", "Age band", text=lambda row: row.case.age_band, width=90),
    Column("auditors", "Auditors", text=lambda row: row.auditors, stretch=True),
    Column("mode", "Mode", text=lambda row: row.mode, width=80),
    Column("stage", "Stage", text=lambda row: "", meaning=lambda row: row.meaning,
           sort=lambda row: row.meaning.word, width=190),
]  # fmt: skip
