"""What a recorded answer is worth under another version of its template.

It stands where its question is still asked in the same place and every option it names is still there and means the
same. Otherwise it is carried: it counts nowhere, is lost nowhere, and waits for its author to look at it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.domain.answers import Answer, Entry
from auditor.domain.audit import OWN_SLOTS, Mode, Slot
from auditor.domain.canonical import Json
from auditor.domain.programme import FactsBy
from auditor.domain.template import Option, Question, Template


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer and the version (template hash) under which it was given."""

    template: str
    answer: Answer

    def to_plain(self) -> Json:
        """The form kept in the ledger."""
        return {"template": self.template, "answer": self.answer.to_plain()}

    @staticmethod
    def from_plain(plain: Json) -> "Reading":
        """The reading that `to_plain` wrote."""
        known = plain if isinstance(plain, dict) else {}
        return Reading(str(known.get("template", "")), Answer.from_plain(known.get("answer")))


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands of an entry. `here`: whether the question is asked in this slot at all; `held`: the newest answer,
    where it does not stand; `shown`: what stands instead, the entry itself where nothing is held."""

    here: bool
    shown: Entry
    held: Reading | None = None


@dataclass(frozen=True)
class Lens:
    """Reads the slots of one audit under the version in force. `templates` are the versions known here, by hash."""

    now: Template
    first: str
    templates: Mapping[str, Template]
    mode: Mode
    facts_by: FactsBy

    def see(self, slot: Slot, question_id: str, entry: Entry, under: Json) -> Seen:
        """What stands of an entry; `under` says under which versions its answers were given."""
        given = self.readings(slot, entry.answer, under)
        newest = given[0]
        if not self.asks(slot, question_id):
            return Seen(False, Entry(flag=entry.flag), newest)
        standing = next((reading for reading in given if self._stands(reading, question_id)), None)
        if standing is newest:
            return Seen(True, entry)
        shown = replace(entry, answer=standing.answer if standing else Answer())
        return Seen(True, shown, None if newest.answer.is_blank else newest)

    def asks(self, slot: Slot, question_id: str) -> bool:
        """Whether the question is asked in this slot by the version in force."""
        question = self.now.by_id.get(question_id)
        if question is None or not question.asked:
            return False
        alone = self.mode is Mode.BLIND and (not question.is_fact or self.facts_by is FactsBy.BOTH)
        if slot in OWN_SLOTS:
            return alone
        return slot is Slot.MODERATED or (slot is Slot.FACTS) is (question.is_fact and not alone)

    def readings(self, slot: Slot, answer: Answer, under: Json) -> tuple[Reading, ...]:
        """Every answer known to the entry with its version, the newest first; there is always one.

        What bears no version was given under the first one, or, in slots that open only when no move is possible any
        more, under the one in force.
        """
        kept = tuple(Reading.from_plain(item) for item in under) if isinstance(under, list) else ()
        if kept and kept[0].answer == answer:
            return kept
        return (Reading(self._unless_said(slot), answer), *kept)

    def under(self, slot: Slot, question_id: str, before: Entry, under: Json, answer: Answer) -> Json:
        """What `under` becomes when an answer is recorded now: the versions it replaces are remembered.

        None where nothing has to be remembered, because the question is the same in every version.
        """
        taken_so = self._unless_said(slot) == self.now.hash
        if under is None and (taken_so or all(self._same(one, question_id) for one in self.templates.values())):
            return None
        earlier = [one for one in self.readings(slot, before.answer, under) if not one.answer.is_blank]
        kept = [Reading(self.now.hash, answer)]
        for one in earlier:
            if one.template not in {known.template for known in kept}:
                kept.append(one)
        return [one.to_plain() for one in kept]

    def wording(self, question_id: str, held: Reading | None) -> Question | None:
        """The question as it was put when it was answered; None where no version known here has it."""
        wanted = [held.template] if held else []
        for known in (*wanted, self.first, *self.templates):
            template = self.templates.get(known)
            if template and question_id in template.by_id:
                return template.by_id[question_id]
        return None

    def _unless_said(self, slot: Slot) -> str:
        late = slot is Slot.MODERATED or (slot is Slot.AGREED and self.mode is Mode.BLIND)
        return self.now.hash if late else self.first

    def _stands(self, reading: Reading, question_id: str) -> bool:
        if reading.template == self.now.hash:
            return True
        then = self.templates.get(reading.template)
        old = then.by_id.get(question_id) if then else None
        if then is None or old is None:
            return False
        return self._same(then, question_id) if reading.answer.is_blank else stands(reading.answer, old, self.now)

    def _same(self, other: Template, question_id: str) -> bool:
        old, new = other.by_id.get(question_id), self.now.by_id[question_id]
        return old is not None and _kind(old) == _kind(new) and meaning(old.options) == meaning(new.options)


def stands(answer: Answer, old: Question, now: Template) -> bool:
    """Whether an answer to the old question answers the question of the same id as it is put now."""
    new = now.by_id.get(old.id)
    if new is None or not new.asked or (old.type, old.polarity) != (new.type, new.polarity):
        return False
    if answer.is_na:
        # N/A of a question that does not take it alone came with its whole section.
        return new.na_allowed or (not old.na_allowed and not now.section_of[new.id].always_applies)
    if not old.options and not new.options:
        return True
    codes: Sequence[object] = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    were, are = meaning(old.options), meaning(new.options)
    return all(str(code) in were and were[str(code)] == are.get(str(code)) for code in codes)


def meaning(options: Sequence[Option]) -> dict[str, tuple[str, str]]:
    """What each code says: its label, whatever its spacing, and what it stands for."""
    return {option.code: (" ".join(option.label.split()), option.stands_for.value) for option in options}


def _kind(question: Question) -> tuple[object, ...]:
    return question.type, question.polarity, question.asked, question.is_fact, question.na_allowed
