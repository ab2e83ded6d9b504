"""Documents that leave the workspace: gathers what a person may see of a cycle and has it written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auditor.domain.action import Step
from auditor.domain.audit import OWN_SLOTS, Audit, Moderated, Stage
from auditor.domain.errors import Refused
from auditor.domain.roles import Person
from auditor.domain.scoring import Counts, count_of
from auditor.domain.template import Template
from auditor.reports.theme_summary import ActionRow, Comment, CommentKind, QuestionResult, ScoreGrid, ThemeSummary
from auditor.services.actions import ActionLine, ActionQuery, list_actions
from auditor.services.cycle_templates import cycle_templates
from auditor.services.cycles import AuditLine, audit_lines
from auditor.services.evidence import CellLine, CellQuery, behind_cell
from auditor.services.findings import CycleFindings, findings
from auditor.services.scores import ScoreTable, score_table
from auditor.store.queries import entries as stored
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class ExportThemeSummary:
    """The theme summary of a cycle, to be written to `path` (.xlsx) as of `today`."""

    cycle_id: str
    path: Path
    today: date


def export_theme_summary(command: ExportThemeSummary, actor: Person, view: View) -> Path:
    """Write the workbook and give its path. Raises `Refused` (answers-in-conflict) while an answer in it is
    recorded differently on two computers."""
    from auditor.reports.workbook import write_theme_summary

    return write_theme_summary(theme_summary(command, actor, view), command.path, command.today)


def theme_summary(command: ExportThemeSummary, actor: Person, view: View) -> ThemeSummary:
    """What the workbook says, as values; whoever may see the findings may have it."""
    found = findings(command.cycle_id, actor, view)
    lines = audit_lines(command.cycle_id, actor, view)
    _require_no_conflict(found.template, lines, view)
    actions = list_actions(ActionQuery(command.today, cycle_id=command.cycle_id), actor, view)
    cycle, template = found.cycle, found.template
    return ThemeSummary(
        title=cycle.title,
        period=f"{cycle.period_start:%d/%m/%Y} to {cycle.period_end:%d/%m/%Y}",
        cases=len(found.matrix.columns),
        pairs=len({frozenset(line.audit.auditors.values()) for line in lines if len(line.audit.auditors) > 1}),
        template_title=template.title,
        template_version=template.version,
        template_hash=template.hash,
        made_on=command.today,
        matrix=found.matrix,
        answers=found.by_answer,
        indicators=found.indicators,
        questions=tuple(_question_results(template, _counts(found, view))),
        comments=tuple(_comments(template, behind_cell(CellQuery(command.cycle_id), actor, view))),
        actions=tuple(_action_row(line) for line in actions),
        scores=_score_grid(score_table(command.cycle_id, actor, view)),
        notes=(_standing(lines),),
        sample=cycle.sample,
    )


def _require_no_conflict(template: Template, lines: Sequence[AuditLine], view: View) -> None:
    named = [
        f"{line.case.reference} {', '.join(numbers)}"
        for line in lines
        if (numbers := _conflicts(line.audit, template, view))
    ]
    if named:
        raise Refused(
            "answers-in-conflict",
            "Recorded differently on two computers",
            f"These questions hold two different answers: {'; '.join(named)}.",
            "Open them, choose the answer that is right, and export again.",
        )


def _conflicts(audit: Audit, template: Template, view: View) -> list[str]:
    """Numbers of the questions in conflict. Sealed slots are left out: they enter no figure, and nobody may know."""
    found = stored.conflicts(view, audit.id)
    told = {question_id for slot, question_id in found if slot not in OWN_SLOTS or audit.all_submitted}
    return [question.number for question in template.questions() if question.id in told]


def _counts(found: CycleFindings, view: View) -> Mapping[str, Counts]:
    """The effective answers of the cycle, by question id."""
    counts: dict[str, Counts] = defaultdict(Counts)
    templates = cycle_templates(view, found.cycle)
    for column in found.matrix.columns:
        template = templates.of(column.audit_id)
        answers = stored.effective_answers(view, column.audit_id)
        for question_id, (_, _, good) in stored.outcomes(view, column.audit_id).items():
            counted = count_of(template.by_id[question_id], answers[question_id], good)
            counts[question_id] = counts[question_id].plus(counted)
    return counts


def _question_results(template: Template, counts: Mapping[str, Counts]) -> Iterator[QuestionResult]:
    for question in template.asked():
        if question.scored:
            yield QuestionResult(
                number=question.number,
                text=question.text,
                section=template.section_of[question.id].title,
                themes=tuple(template.theme_titles[theme] for theme in question.themes),
                counts=counts[question.id],
            )


def _comments(template: Template, lines: Sequence[CellLine]) -> Iterator[Comment]:
    for line in lines:
        titles = [template.theme_titles[theme] for theme in line.question.themes] or [""]
        for words in line.words:
            for title in titles:
                yield Comment(
                    theme=title,
                    kind=_kind(line),
                    case=line.case_reference,
                    question_number=line.question.number,
                    question=line.question.text,
                    answer=line.answer,
                    author=words.author,
                    text=words.text,
                    location=words.location,
                )


def _kind(line: CellLine) -> CommentKind:
    if line.outcome.is_issue:
        return CommentKind.ISSUE
    return CommentKind.GOOD_PRACTICE if line.good_practice else CommentKind.OTHER


def _action_row(line: ActionLine) -> ActionRow:
    action = line.action
    verified = action.last if action.last.step is Step.VERIFIED else None
    return ActionRow(
        number=action.number,
        text=action.text,
        owner=line.owner_name,
        case=action.case_reference,
        theme=line.theme_title,
        raised=action.raised_on,
        due=action.due,
        status=line.status,
        days_late=line.days_late,
        done_on=action.done.on if action.done else None,
        verified_on=verified.on if verified else None,
        verified_by=line.step_names[-1] if verified else "",
    )


def _score_grid(found: ScoreTable) -> ScoreGrid:
    return ScoreGrid(
        sections=tuple(title for _, title in found.sections),
        rows=tuple(
            (row.column.reference, row.said(), *(row.said(section) for section, _ in found.sections))
            for row in found.rows
        ),
    )


def _standing(lines: Sequence[AuditLine]) -> str:
    signed_off = sum(1 for line in lines if line.stage is Stage.SIGNED_OFF)
    cancelled = sum(1 for line in lines if line.stage is Stage.CANCELLED)
    also = f" {cancelled} more {'was' if cancelled == 1 else 'were'} cancelled." if cancelled else ""
    void = sum(1 for line in lines if line.audit.void and not line.audit.cancelled)
    broken = f" {void} sign-off{' is' if void == 1 else 's are'} void: looked at again." if void else ""
    read = [line.audit.moderated for line in lines if line.audit.moderated]
    changed = read.count(Moderated.CHANGED)
    moderated = f" {len(read)} moderated, {changed} of them changed." if read else ""
    return f"{signed_off} of {len(lines) - cancelled} audits are agreed and signed off.{broken}{moderated}{also}"
