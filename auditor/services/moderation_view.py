"""What a moderator sees: the audits that wait and why, one of them as its pair saw it, and how far grades moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import Slot
from auditor.domain.moderation import Calibration, Moved, Rules, Why, calibrate, closeness, why_not_moderate
from auditor.domain.reconciliation import Likeness, likeness_of, step_distance
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template import Question, Template
from auditor.services.checks import AuditChecks, ChecksQuery, audit_checks
from auditor.services.cycles import AuditLine, audit_lines
from auditor.services.moderating import require_signed_off
from auditor.store.queries import entries as stored_entries
from auditor.store.queries import moderation as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.queries.moderation import Chosen, Moderation
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class ModerationLine:
    """A signed-off audit in the list. `why` is empty where it does not wait; `grade` is the code of the overall grade
    that counts now; `why_not` says why the viewer cannot moderate it."""

    line: AuditLine
    grade: str
    last: Moderation | None
    chosen: Chosen
    why_not: str

    @property
    def why(self) -> tuple[Why, ...]:
        """Why it waits for moderation."""
        return self.line.moderation

    @property
    def waits(self) -> bool:
        """Whether a moderator has to read it."""
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Item:
    """One question as the pair answered it. `first` and `second` are from before discussion, None where the audit has
    one set of answers; `effective` is what counts now."""

    question: Question
    first: Entry | None
    second: Entry | None
    agreed: Entry
    effective: Answer

    @property
    def differed(self) -> bool:
        """Whether the two auditors answered differently before they talked."""
        if self.first is None or self.second is None:
            return False
        return likeness_of(self.first.answer, self.second.answer) is not Likeness.SAME

    @property
    def distance(self) -> int:
        """Steps between the two first answers."""
        if not self.differed or self.first is None or self.second is None:
            return 0
        return step_distance(self.question, self.first.answer, self.second.answer)


@dataclass(frozen=True)
class ModerationView:
    """One signed-off audit as its pair saw it, for the moderator. `warning` is what to weigh before going on; `limit`
    is why the pair let its grade stand against a limit."""

    found: ModerationLine
    template: Template
    names: Mapping[Slot, Person]
    items: tuple[Item, ...]
    checks: AuditChecks
    history: tuple[Moderation, ...]
    people: Mapping[str, str]
    warning: str
    limit_reason: str
    chosen_by: str

    @property
    def effective(self) -> dict[str, Answer]:
        """The answers that count now, by question id."""
        return {item.question.id: item.effective for item in self.items if not item.effective.is_blank}


@dataclass(frozen=True, slots=True)
class ViewQuery:
    """Which audit, and the day that limits still running are counted to."""

    audit_id: str
    today: date


def moderation_lines(_query: None, actor: Person, view: View) -> list[ModerationLine]:
    """Every audit that is signed off: those that wait first, then those moderated, then the rest."""
    require(actor, Duty.SEE_MODERATION)
    lines = [line for line in audit_lines("", actor, view) if line.audit.signed_off and not line.audit.cancelled]
    last, chosen = stored.all_last(view), stored.all_chosen(view)
    grades = _grades(lines, view)
    found = [_line(line, grades, last.get(line.audit.id), chosen.get(line.audit.id, Chosen()), actor) for line in lines]
    return sorted(found, key=lambda item: (not item.waits, item.last is None))


def moderation_view(query: ViewQuery, actor: Person, view: View) -> ModerationView:
    """One audit, opened; nothing of it is told before the pair has signed it off."""
    require(actor, Duty.SEE_MODERATION)
    require_signed_off(programme.audit_header(view, query.audit_id))
    line = next(item for item in audit_lines("", actor, view) if item.audit.id == query.audit_id)
    audit, chosen = line.audit, stored.chosen(view, line.audit.id)
    template = stored_people.template(view, audit.template_hash)
    names = {slot: stored_people.person(view, person) for slot, person in audit.auditors.items()}
    people = stored_people.names(view)
    return ModerationView(
        found=_line(line, _grades([line], view), stored.last(view, audit.id), chosen, actor),
        template=template,
        names=names,
        items=_items(line, template, view),
        checks=audit_checks(ChecksQuery(audit.id, query.today), actor, view),
        history=tuple(stored.every(view, audit.id)),
        people=people,
        warning=closeness(actor, line.case.team, names.values()),
        limit_reason=programme.limit_reason(view, audit.id),
        chosen_by=people.get(chosen.by, ""),
    )


def moderation_rules(cycle_id: str, actor: Person, view: View) -> Rules:
    """Which audits of a cycle go to moderation."""
    require(actor, Duty.SEE_MODERATION)
    return stored.rules(view, programme.cycle(view, cycle_id).id)


def calibration(_query: None, actor: Person, view: View) -> list[tuple[str, Calibration]]:
    """How far moderation moved the grades of each auditor's audits, by name; for the QA lead alone."""
    require(actor, Duty.SEE_CALIBRATION)
    last, names = stored.all_last(view), stored_people.names(view)
    moved = []
    for audit in programme.audits(view):
        moderation = last.get(audit.id)
        if moderation is None or not audit.moderated:
            continue
        template = stored_people.template(view, audit.template_hash)
        now = stored_entries.effective_of_cycle(view, [audit.id], [template.overall_question])[audit.id]
        after = str(now.get(template.overall_question, Answer()).value or "")
        if moderation.was.isdigit() and after.isdigit():
            moved.append(Moved(tuple(audit.auditors.values()), int(moderation.was), int(after)))
    return [(names.get(row.person_id, "somebody"), row) for row in calibrate(moved)]


def _line(
    line: AuditLine, grades: Mapping[str, str], last: Moderation | None, chosen: Chosen, actor: Person
) -> ModerationLine:
    return ModerationLine(line, grades[line.audit.id], last, chosen, why_not_moderate(line.audit, actor))


def _grades(lines: Sequence[AuditLine], view: View) -> dict[str, str]:
    """The code of the overall grade that counts now in each audit, by its id; empty where there is none."""
    templates = {line.audit.id: stored_people.template(view, line.audit.template_hash) for line in lines}
    asked = sorted({template.overall_question for template in templates.values()})
    answers = stored_entries.effective_of_cycle(view, list(templates), asked)
    found = {}
    for audit_id, template in templates.items():
        overall = template.by_id.get(template.overall_question)
        option = overall.option(str(answers[audit_id].get(overall.id, Answer()).value)) if overall else None
        found[audit_id] = option.code if option else ""
    return found


def _items(line: AuditLine, template: Template, view: View) -> tuple[Item, ...]:
    audit, blank = line.audit, Entry()
    slots = {slot: stored_entries.entries(view, audit.id, slot) for slot in Slot}
    effective = stored_entries.effective_answers(view, audit.id)
    items = []
    for question in template.asked():
        both = audit.asks_both(question)
        shared = Slot.FACTS if question.is_fact and not both else Slot.AGREED
        items.append(
            Item(
                question=question,
                first=slots[Slot.A].get(question.id, blank) if both else None,
                second=slots[Slot.B].get(question.id, blank) if both else None,
                agreed=slots[shared].get(question.id, blank),
                effective=effective.get(question.id, Answer()),
            )
        )
    return tuple(items)
