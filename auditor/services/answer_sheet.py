"""Answer sheets: exporting one slot of an audit as a workbook for a colleague without the program, and bringing it back
in with a look first at what would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auditor.domain.answer_sheet import Change, SheetChange, SheetOf, SheetPreview, differences, same, stands
from auditor.domain.answers import Entry, Facet
from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, NotAllowed, Refused
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, may
from auditor.domain.template import Question, Section, Template
from auditor.domain.template_parts import LOOK_FOR
from auditor.reports.answer_sheet import AnswerSheet, SheetSection, fits_cell, write_answer_sheet
from auditor.services import scoring
from auditor.services.answer_sheet_reading import read_filled_in, read_of
from auditor.services.flags import FlagQuestion, flag_question
from auditor.services.sheet_offers import Came, brought_in, sheet_key
from auditor.sheets.text import clean_text
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import programme
from auditor.store.unit_of_work import UnitOfWork, View
from auditor.templates.expressions import compile_expression
from auditor.templates.sight import RELEVANCE


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """Whose answers of which audit, and where the workbook goes."""

    audit_id: str
    slot: Slot
    path: Path
    today: date


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A filled-in sheet, and the audit and slot it has to be for."""

    path: Path
    audit_id: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class ImportSheet:
    """Bring a sheet in. `rest`: although some rows have problems, take the others. `clear`: blank cells take away what
    stands there."""

    file: SheetFile
    rest: bool = False
    clear: bool = False


def export_sheet(command: ExportSheet, actor: Person, view: View) -> Path:
    """Write the sheet of one slot. Whoever may not read the slot gets it blank, so that a QA lead can send it out."""
    audit = programme.audit(view, command.audit_id)
    author = _author(audit, command.slot, actor, view)
    template = stored_people.template(view, audit.template_hash)
    cycle, case = programme.cycle(view, audit.cycle_id), programme.case(view, audit.case_id)
    sheet = AnswerSheet(
        of=SheetOf(audit.id, command.slot, template.hash),
        title=f"{case.reference}: {template.title}",
        about={
            "Case": case.reference,
            "Template version": template.version,
            "Period": f"{cycle.period_start:%d/%m/%Y} to {cycle.period_end:%d/%m/%Y}",
            "Written on": f"{command.today:%d/%m/%Y}",
            "How to fill it in": "Answer, or say in the next column why it does not apply. Not evidenced is an answer.",
        },
        sections=tuple(_sections(audit, author, template, _entries(audit, actor, author, view))),
        na_reasons=template.na_reasons,
        made_on=command.today,
        sample=cycle.sample,
    )
    return write_answer_sheet(sheet, command.path)


def preview_sheet(query: SheetFile, actor: Person, view: View) -> SheetPreview:
    """What bringing the sheet in would change, and what it cannot take. Raises `BadInput` for a sheet of another audit,
    slot or template version. What the asker may not read is not compared: the sheet's own content is shown alone."""
    audit = programme.audit(view, query.audit_id)
    author = _author(audit, query.slot, actor, view)
    _require_same(query, audit)
    template = stored_people.template(view, audit.template_hash)
    filled = read_filled_in(query.path, template)
    recorded = _entries(audit, actor, author, view)
    changes: list[SheetChange] = []
    problems = list(filled.problems)
    for question in template.asked():
        if question.id not in filled.entries:
            continue
        row, entry = filled.entries[question.id]
        slot = audit.slot_for(author, question)
        if slot is None:
            problems.append(_not_theirs(question))
            continue
        known = actor.id == author.id or slot is Slot.FACTS
        before = _as_in_a_cell(recorded.get(question.id, Entry()))
        changes += differences(question, before, entry, row, known)
    return SheetPreview(tuple(changes), tuple(problems), len(filled.entries) + len(filled.problems))


def import_sheet(command: ImportSheet, actor: Person, unit: UnitOfWork) -> Changes:
    """Record what the sheet holds, all of it in one act, as the answers of whose sheet it is; that somebody else
    brought it in is kept beside them. Raises `Refused` (sheet-has-problems) unless the rest is asked for."""
    preview = preview_sheet(command.file, actor, unit)
    if preview.problems and not command.rest:
        first = preview.problems[0]
        raise Refused(
            "sheet-has-problems",
            "Some rows cannot be taken",
            f"{len(preview.problems)} of {preview.rows} rows have problems; the first: {first.message}",
            "Put them right in the workbook, or take the rest without them.",
            first.place,
        )
    audit = programme.audit(unit, command.file.audit_id)
    author = _author(audit, command.file.slot, actor, unit)
    wanted = [change for change in preview.changes if command.clear or change.change is not Change.CLEAR]
    said = f"{len(wanted)} entries taken from the sheet"
    if author.id == actor.id:
        for change in wanted:
            _record(change, audit, author, unit)
    elif wanted:
        _bring_in(wanted, command.file.slot, audit, actor, author, unit)
    return Changes(frozenset({("audit", audit.id), ("cycle", audit.cycle_id)}), said)


def _bring_in(
    wanted: Sequence[SheetChange], slot: Slot, audit: Audit, actor: Person, author: Person, unit: UnitOfWork
) -> None:
    """Take a sheet in for somebody else. What they recorded themselves is never replaced by somebody who may not have
    read it: it is left, and named to them alone."""
    recorded = scoring.desk(audit.id, author, unit).entries
    taken, left = [], []
    for change in wanted:
        standing = recorded.get(change.question.id, Entry())
        if change.change is not Change.SET or not stands(change, standing):
            taken.append(change)
        elif not same(change, standing):
            left.append(change)
    for change in taken:
        _record(change, audit, author, unit)
    came = Came(
        entries=len(wanted),
        answered=tuple(change.question.id for change in taken if change.facet is Facet.ANSWER),
        left=tuple(dict.fromkeys(change.question.id for change in left)),
    )
    unit.record(
        actor.id, Entity.AUDIT, audit.id, sheet_key(slot), brought_in(audit, slot, came, actor, unit), slot.value
    )


def _record(change: SheetChange, audit: Audit, author: Person, unit: UnitOfWork) -> None:
    question_id, after = change.question.id, change.after
    if change.facet is Facet.ANSWER:
        given = scoring.RecordAnswer(audit.id, question_id, after.answer, whole_section=after.answer.is_na)
        scoring.record_answer(given, author, unit)
    elif change.facet is Facet.GOOD_PRACTICE:
        scoring.mark_good_practice(scoring.MarkGoodPractice(audit.id, question_id, after.good_practice), author, unit)
    elif change.facet is Facet.FLAG:
        flag_question(FlagQuestion(audit.id, question_id, after.flag), author, unit)
    else:
        text = after.comment if change.facet is Facet.COMMENT else after.location
        scoring.record_note(scoring.RecordNote(audit.id, question_id, change.facet, text), author, unit)


def _author(audit: Audit, slot: Slot, actor: Person, view: View) -> Person:
    """Whose answers the sheet holds: the auditor of the slot, themselves or through the QA lead. In a blind audit the
    partner never has a sheet in hand that is not theirs."""
    if (slot not in OWN_SLOTS and slot is not Slot.AGREED) or (slot in OWN_SLOTS) is not (audit.mode is Mode.BLIND):
        raise BadInput(
            "no-such-slot",
            "Whose answers?",
            "A blind audit has a sheet for A and one for B; a joint or single audit has one for agreed.",
            "Name the slot again.",
        )
    named = audit.auditors.get(slot, "") if slot in OWN_SLOTS else next(iter(audit.auditors.values()), "")
    pair = actor.id in audit.auditors_ever
    own = audit.slot_of(actor.id) is slot
    if own:
        return actor
    if named and not pair and may(actor, Duty.RUN_CYCLES):
        return stored_people.person(view, named)
    raise NotAllowed(
        "not-your-sheet",
        "Not your sheet",
        "A sheet is exported and brought in by whose answers it holds, or by the QA lead for them.",
        "Ask the QA lead.",
    )


def _require_same(query: SheetFile, audit: Audit) -> None:
    of = read_of(query.path)
    if of.audit_id != audit.id:
        raise BadInput(
            "another-audit", "Another audit", "The sheet is one of another audit.", "Choose the sheet of this one."
        )
    if of.slot is not query.slot:
        raise BadInput(
            "another-slot",
            "Somebody else's sheet",
            f"The sheet holds the answers of {of.slot.value}, not of {query.slot.value}.",
            "Choose the right sheet, or name the slot it is for.",
        )
    if of.template_hash != audit.template_hash:
        raise BadInput(
            "another-version",
            "Another version",
            "The sheet was written with another version of the template.",
            "Export the sheet anew.",
        )


def _sections(
    audit: Audit, author: Person, template: Template, recorded: Mapping[str, Entry]
) -> Iterator[SheetSection]:
    for section in template.sections:
        lines = []
        for question in section.questions:
            if question.asked and audit.slot_for(author, question) is not None:
                lines.append((question, _hint(question, template), recorded.get(question.id, Entry())))
        if lines:
            yield SheetSection(f"{section.number} {section.title}", _applies(section), tuple(lines))


def _applies(section: Section) -> str:
    return "" if section.always_applies else f"Only where {section.applies_if}"


def _hint(question: Question, template: Template) -> str:
    parts = [question.guidance] if question.guidance else []
    if question.evidence:
        parts.append(f"{LOOK_FOR}{question.evidence}")
    if question.relevant:
        behind = compile_expression(question.relevant, RELEVANCE).questions
        numbers = [template.by_id[name].number for name in behind if name in template.by_id]
        parts.append(f"Whether it is asked depends on {', '.join(numbers)}.")
    described = [f"{option.label}: {option.descriptor}" for option in question.options if option.descriptor]
    if question.options and question.type.value == "choices":
        parts.append(f"Several, one a line: {', '.join(option.label for option in question.options)}.")
    text = "\n".join([*parts, *described])
    return text if fits_cell(text) else ""


def _entries(audit: Audit, actor: Person, author: Person, view: View) -> Mapping[str, Entry]:
    """What is recorded of the sheet's questions, as far as the asker may read it: to a QA lead who sends the sheet out,
    only the facts both auditors share."""
    if actor.id == author.id:
        return scoring.desk(audit.id, actor, view).entries
    return stored.entries(view, audit.id, Slot.FACTS)


def _as_in_a_cell(entry: Entry) -> Entry:
    """The entry as a workbook gives it back: without what a cell cannot hold, so that nothing seems to differ."""
    return Entry(
        answer=entry.answer,
        comment=clean_text(entry.comment).strip(),
        location=clean_text(entry.location).strip(),
        good_practice=entry.good_practice,
        flag=entry.flag,
    )


def _not_theirs(question: Question) -> BadInput:
    message = f"Question {question.number} is not theirs to answer."
    return BadInput("not-theirs", "Not theirs to answer", message, "Leave its row out.")
