"""Findings of a cycle: theme by case, theme by answer, case indicators, and what lies behind a cell.

Only effective answers (moderated, else agreed, else facts) are counted; what is not agreed yet is said, never shown.
"""

from dataclasses import dataclass

from auditor.domain.matrix import AnswerMatrix, Column, IndicatorCount, ThemeMatrix
from auditor.domain.programme import Cycle
from auditor.domain.roles import Duty, Person, require
from auditor.domain.scoring import Counts, Outcome
from auditor.domain.template import Indicator, Template
from auditor.services.cycle_templates import CycleTemplates, cycle_templates
from auditor.services.cycles import audit_id_of
from auditor.store.queries import entries as stored_entries
from auditor.store.queries import findings as stored
from auditor.store.queries import plans as stored_plans
from auditor.store.queries import programme
from auditor.store.rollup import ALL_THEMES
from auditor.store.unit_of_work import View
from auditor.templates.expressions import cel_values, compile_expression

Themes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CycleFindings:
    """All findings of a cycle at once, as the page and the workbook need them."""

    cycle: Cycle
    template: Template
    matrix: ThemeMatrix
    by_answer: AnswerMatrix
    indicators: tuple[IndicatorCount, ...]


@dataclass(frozen=True, slots=True)
class _Round:
    """A cycle with what every finding of it is worked out from."""

    cycle: Cycle
    templates: CycleTemplates
    columns: tuple[Column, ...]

    @property
    def template(self) -> Template:
        """Every question that some audit of the cycle asks."""
        return self.templates.whole

    @property
    def themes(self) -> Themes:
        """The themes that some scored question of the template serves, in the template's order."""
        served = {theme for question in self.template.asked() if question.scored for theme in question.themes}
        return tuple((theme.id, theme.title) for theme in self.template.themes if theme.id in served)

    @property
    def audit_ids(self) -> list[str]:
        return [column.audit_id for column in self.columns]


def findings(cycle_id: str, actor: Person, view: View) -> CycleFindings:
    """Everything the findings page of a cycle shows."""
    found = _round(cycle_id, actor, view)
    return CycleFindings(
        cycle=found.cycle,
        template=found.template,
        matrix=_matrix(found, view),
        by_answer=_by_answer(found, view),
        indicators=_indicators(found, view),
    )


def theme_matrix(cycle_id: str, actor: Person, view: View) -> ThemeMatrix:
    """Theme by case, from the rollup."""
    return _matrix(_round(cycle_id, actor, view), view)


def answer_matrix(cycle_id: str, actor: Person, view: View) -> AnswerMatrix:
    """Theme by answer, from the rollup."""
    return _by_answer(_round(cycle_id, actor, view), view)


def indicator_counts(cycle_id: str, actor: Person, view: View) -> tuple[IndicatorCount, ...]:
    """The template's case indicators, counted over the cases of the cycle."""
    return _indicators(_round(cycle_id, actor, view), view)


def _round(cycle_id: str, actor: Person, view: View) -> _Round:
    require(actor, Duty.SEE_FINDINGS)
    cycle = programme.cycle(view, cycle_id)
    return _Round(cycle, cycle_templates(view, cycle), stored.columns(view, cycle_id))


def _matrix(found: _Round, view: View) -> ThemeMatrix:
    cells, nothing = stored.cells(view, found.cycle.id), Counts()
    scored = {one.hash: sum(q.scored for q in one.asked()) for one in found.templates.every}
    by_theme = [cells.get(theme, {}) for theme, _ in found.themes]
    once = cells.get(ALL_THEMES, {})
    totals = [once.get(audit_id, nothing) for audit_id in found.audit_ids]
    return ThemeMatrix(
        themes=found.themes,
        columns=found.columns,
        cells=tuple(tuple(row.get(audit_id, nothing) for audit_id in found.audit_ids) for row in by_theme),
        totals=tuple(totals),
        not_agreed=tuple(
            scored[found.templates.of(audit_id).hash] - counts.n - counts.na
            for audit_id, counts in zip(found.audit_ids, totals, strict=True)
        ),
        heat_steps=found.template.heat_steps,
    )


def _by_answer(found: _Round, view: View) -> AnswerMatrix:
    out = stored_plans.cancelled_audits(view) | set(map(audit_id_of, stored_plans.withdrawals(view)))
    totals, nothing = stored.theme_totals(view, found.cycle.id, out), Counts()
    counts = tuple(totals.get(theme, nothing) for theme, _ in found.themes)
    return AnswerMatrix(themes=found.themes, outcomes=tuple(Outcome), counts=counts)


def _indicators(found: _Round, view: View) -> tuple[IndicatorCount, ...]:
    return tuple(_count(indicator, found, view) for indicator in found.template.indicators)


def _count(indicator: Indicator, found: _Round, view: View) -> IndicatorCount:
    when = compile_expression(indicator.when)
    among = compile_expression(indicator.among) if indicator.among else None
    needed = sorted({*when.questions, *(among.questions if among else ())})
    answers = stored_entries.effective_of_cycle(view, found.audit_ids, needed)
    true, of, unknown = [], 0, 0
    for column in found.columns:
        template = found.templates.of(column.audit_id)
        if all(known.id != indicator.id for known in template.indicators):
            continue  # its template does not ask what the indicator needs
        values = cel_values(template, answers[column.audit_id])
        if among and not among.evaluate(values):
            continue
        holds = when.evaluate(values)
        if holds is None:
            unknown += 1
            continue
        of += 1
        if holds:
            true.append(column.reference)
    return IndicatorCount(indicator.id, indicator.title, len(true), of, unknown, tuple(true))
