"""What the desk shows of one audit: what a person may see of it, and what of it is theirs to change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from auditor.domain.answers import Entry, Facet
from auditor.domain.audit import OWN_SLOTS, Audit, Mode, Slot, as_told_to, may_read_slot, may_see_judgements
from auditor.domain.programme import Case, Cycle
from auditor.domain.roles import Duty, Person, may
from auditor.domain.template import Question, Section, Template
from auditor.services.asked import not_asked
from auditor.services.fixed_facts import fixed_facts
from auditor.services.plan_words import news
from auditor.services.sheet_offers import sheet_news
from auditor.store.queries import entries as stored
from auditor.store.queries import people as stored_people
from auditor.store.queries import plans as stored_plans
from auditor.store.queries import programme, times
from auditor.store.unit_of_work import View


@dataclass(frozen=True)
class DeskView:
    """Everything the desk shows: the audit, its template, and what the viewer may see and change.

    `entries` holds, by question id, what is recorded in the slot that `slots` gives for the question; questions that
    are not the viewer's to answer have no slot and are shown as they stand if they may be seen. `locked` says why
    nothing can be changed, or is empty. `last_question` is where this person stopped. `typed_by` names who gave an
    answer, where that is not plain; `seconds` is the time spent in each section, by its id, in the slot of this person;
    `news` says what has changed of the audit's plan.
    """

    audit: Audit
    cycle: Cycle
    case: Case
    template: Template
    slots: Mapping[str, Slot]
    entries: Mapping[str, Entry]
    partner_name: str
    partner_submitted: bool
    locked: str
    last_question: str
    fixed: Mapping[str, str]
    typed_by: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, int] = field(default_factory=dict)
    news: tuple[str, ...] = ()

    def asked(self, section: Section) -> list[Question]:
        """The questions of the section that this person is asked."""
        return [question for question in section.questions if question.asked and question.id in self.slots]

    def answered(self, section: Section) -> int:
        """How many of them are really answered."""
        return sum(1 for question in self.asked(section) if self.is_answered(question))

    def is_answered(self, question: Question) -> bool:
        """Whether an answer or N/A is recorded; a comment alone does not count."""
        return question.id in self.entries and not self.entries[question.id].answer.is_blank

    def to_set_aside(self, section: Section, facts: bool = False) -> list[Question]:
        """The questions that become N/A when the whole section is set aside."""
        return [q for q in self.asked(section) if not self.is_answered(q) and is_set_aside(self.audit, q, facts)]

    @property
    def due(self) -> date:
        """When the pair has agreed it: the cycle's day, or a later one that was granted."""
        return self.audit.extended_to or self.cycle.due

    @cached_property
    def needless(self) -> frozenset[str]:
        """The questions this case does not need answered; one that is answered all the same counts."""
        out = not_asked(self.template, self.entries)
        return frozenset(name for name in out if name not in self.entries or self.entries[name].answer.is_blank)

    @property
    def progress(self) -> tuple[int, int]:
        """Answered and needed over the whole audit: what does not apply to the case is left out."""
        asked = [question for section in self.template.sections for question in self.asked(section)]
        needed = [question for question in asked if question.id not in self.needless]
        return sum(map(self.is_answered, needed)), len(needed)

    @property
    def left(self) -> list[Question]:
        """The blanks that this case needs answered."""
        return [question for question in self.blanks if question.id not in self.needless]

    @property
    def blanks(self) -> list[Question]:
        """The asked questions without an answer, in the order of the form."""
        return [q for section in self.template.sections for q in self.asked(section) if not self.is_answered(q)]


def desk(audit_id: str, actor: Person, view: View) -> DeskView:
    """The desk of one audit as this person may see it; a sealed slot is never read for anybody but its author."""
    audit = as_told_to(programme.audit(view, audit_id), actor)
    template = stored_people.template(view, audit.template_hash)
    slots = _slots(audit, actor, template)
    mine = audit.slot_of(actor.id)
    shown = {*slots.values(), *((mine,) if mine else ())} or _open_slots(audit, actor)
    by_slot = {slot: stored.entries(view, audit_id, slot, _own_only(audit, slot)) for slot in shown}
    own = slots or {question.id: _open_slot(question, by_slot) for question in template.asked()}
    entries = {qid: by_slot[slot][qid] for qid, slot in own.items() if qid in by_slot.get(slot, {})}
    partner = next((person for person in audit.auditors.values() if person != actor.id), "")
    cycle, case = programme.cycle(view, audit.cycle_id), programme.case(view, audit.case_id)
    names = stored_people.names(view)
    return DeskView(
        audit=audit,
        cycle=cycle,
        case=case,
        template=template,
        slots=slots,
        entries=_with_flags(entries, by_slot[mine]) if mine else entries,
        partner_name=names.get(partner, ""),
        partner_submitted=audit.mode is Mode.BLIND and bool(set(OWN_SLOTS) & audit.submitted - {mine}),
        locked=_why_locked(audit, actor, slots),
        last_question=stored.last_recorded(view, audit_id, set(slots.values()), actor.id),
        fixed=fixed_facts(audit, case, cycle, template, view, judges=may_see_judgements(audit, actor)),
        typed_by=_typed_by(audit, actor, own, names, view),
        seconds=times.seconds(view, audit_id, mine) if mine else {},
        news=_news(audit, case, actor, names, view) if _is_told(audit, actor) else (),
    )


def _is_told(audit: Audit, actor: Person) -> bool:
    """Whether the reasons of changed plans are for this person: the pair's and the leads' alone."""
    return actor.id in audit.auditors.values() or may(actor, Duty.RUN_CYCLES)


def _news(audit: Audit, case: Case, actor: Person, names: Mapping[str, str], view: View) -> tuple[str, ...]:
    changed = stored_plans.plans(view, audit.id, case.id)
    return (*news(audit, changed, names), *sheet_news(audit, actor, names, view))


def is_set_aside(audit: Audit, question: Question, facts: bool) -> bool:
    """Whether a question becomes N/A when its section is set aside; shared facts only where `facts` says so."""
    shared = audit.mode is Mode.BLIND and not audit.asks_both(question)
    return facts or not shared


def _open_slots(audit: Audit, actor: Person) -> set[Slot]:
    """What somebody who is not of the pair may look at."""
    agreed = audit.all_submitted and may_read_slot(audit, actor, Slot.AGREED)
    return {Slot.FACTS, *({Slot.AGREED} if agreed else ())}


def _own_only(audit: Audit, slot: Slot) -> frozenset[str]:
    """Whose answers of a slot are shown: of a sealed one only those of its auditor and of whom they took over from."""
    return audit.authors_of(slot) if slot in OWN_SLOTS and not audit.all_submitted else frozenset()


def _with_flags(entries: Mapping[str, Entry], mine: Mapping[str, Entry]) -> dict[str, Entry]:
    """Flags stand in one's own slot, those of shared facts too: the partner is not told before both have finished."""
    flags = {question_id: entry.flag for question_id, entry in mine.items() if entry.flag is not None}
    bare = {question_id: replace(entry, flag=None) for question_id, entry in entries.items()}
    return bare | {
        question_id: replace(bare.get(question_id, Entry()), flag=words) for question_id, words in flags.items()
    }


def _typed_by(
    audit: Audit, actor: Person, own: Mapping[str, Slot], names: Mapping[str, str], view: View
) -> dict[str, str]:
    """Who answered: everybody where two share one form, otherwise whoever is not the reader."""
    together = audit.mode is Mode.JOINT
    found = {}
    for slot in set(own.values()):
        authors = stored.authors(view, audit.id, slot, Facet.ANSWER)
        for question_id, person in authors.items():
            if own.get(question_id) is slot and (together or person != actor.id):
                found[question_id] = names.get(person, "")
    return found


def _slots(audit: Audit, actor: Person, template: Template) -> dict[str, Slot]:
    found = ((question.id, audit.slot_for(actor, question)) for question in template.asked())
    return {question_id: slot for question_id, slot in found if slot}


def _open_slot(question: Question, by_slot: Mapping[Slot, Mapping[str, Entry]]) -> Slot:
    return Slot.AGREED if question.id in by_slot.get(Slot.AGREED, {}) else Slot.FACTS


def _why_locked(audit: Audit, actor: Person, slots: Mapping[str, Slot]) -> str:
    if audit.cancelled:
        return "Cancelled: nothing is recorded here any more."
    if audit.signed_off:
        return "Signed off: nothing can be changed here."
    if not slots:
        return "You are not of this audit's pair: you can look, not change."
    if set(slots.values()) <= audit.submitted:
        return "Your answers are finished."
    return ""
