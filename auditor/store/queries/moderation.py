"""What is recorded of moderation: the rules of a cycle, what was chosen by hand, and what moderators decided."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.domain.answers import Answer, Facet, question_key
from auditor.domain.audit import Audit, Moderated, Slot
from auditor.domain.canonical import Json
from auditor.domain.moderation import Judged, Mark, Rules, Why
from auditor.domain.revision import Entity
from auditor.store.queries.programme import SIGNOFF
from auditor.store.queries.registers import value_of, values_of_all
from auditor.store.queries.signoffs import DONE
from auditor.store.unit_of_work import View

CHOSEN, RULES = "moderation/chosen", "moderation"

_GRADES = (
    "SELECT g.entity_id, g.slot, g.value FROM register s JOIN register g ON g.entity_id = s.entity_id"
    " AND g.slot IN ('A', 'B', 'agreed') AND g.key = ? WHERE s.entity = 'audit' AND s.slot = '' AND s.key = ?"
)


@dataclass(frozen=True, slots=True)
class GradeMoved:
    """One answer as the moderator found and left it; upheld where they are the same."""

    question_id: str
    before: Answer
    after: Answer

    @property
    def upheld(self) -> bool:
        """Whether the moderator left it as it was."""
        return self.before.same_as(self.after)


@dataclass(frozen=True, slots=True)
class Moderation:
    """What one moderation came to. `signoff` and `chosen` name what it dealt with by the moment that was recorded;
    `was` is the overall grade when the audit was moderated first; `limits` are the rules set aside, with the reason."""

    by: str
    at: str
    outcome: Moderated
    note: str
    why: tuple[Why, ...]
    signoff: str
    chosen: str
    was: str
    grades: tuple[GradeMoved, ...] = ()
    quality: Mapping[str, Judged] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Json]:
        """The form kept in the ledger."""
        return {
            "by": self.by,
            "at": self.at,
            "outcome": self.outcome.value,
            "note": self.note,
            "why": [why.value for why in self.why],
            "signoff": self.signoff,
            "chosen": self.chosen,
            "was": self.was,
            "grades": [
                {"question": moved.question_id, "before": moved.before.to_plain(), "after": moved.after.to_plain()}
                for moved in self.grades
            ],
            "quality": {
                name: {"mark": judged.mark.value, "comment": judged.comment} for name, judged in self.quality.items()
            },
            "limits": dict(self.limits),
        }


@dataclass(frozen=True, slots=True)
class Chosen:
    """An audit chosen by hand: by whom, when and why. Empty where nobody chose it, or took it back."""

    by: str = ""
    at: str = ""
    reason: str = ""


def rules(view: View, cycle_id: str) -> Rules:
    """The rules of one cycle."""
    return Rules.from_plain(value_of(view, cycle_id, RULES), cycle_id)


def all_rules(view: View) -> dict[str, Rules]:
    """The rules of every cycle that has some of its own."""
    found = values_of_all(view, Entity.CYCLE, RULES)
    return {cycle_id: Rules.from_plain(values[RULES], cycle_id) for cycle_id, values in found.items()}


def last(view: View, audit_id: str) -> Moderation | None:
    """The last moderation of an audit."""
    return _moderation(value_of(view, audit_id, DONE))


def all_last(view: View) -> dict[str, Moderation]:
    """The last moderation of every audit that had one, by audit id."""
    found = values_of_all(view, Entity.AUDIT, DONE)
    return {audit_id: last for audit_id, values in found.items() if (last := _moderation(values[DONE]))}


def every(view: View, audit_id: str) -> list[Moderation]:
    """Every moderation of an audit, the oldest first."""
    found = (_moderation(recorded.value) for recorded in view.ledger.history(audit_id, "", DONE))
    return [moderation for moderation in found if moderation]


def set_aside(view: View, audit: Audit) -> frozenset[str]:
    """The limiting rules a moderator set aside for the sign-off that holds."""
    moderation = last(view, audit.id) if audit.moderated else None
    return frozenset(moderation.limits) if moderation else frozenset()


def chosen(view: View, audit_id: str) -> Chosen:
    """Who chose the audit by hand."""
    return _chosen(value_of(view, audit_id, CHOSEN))


def all_chosen(view: View) -> dict[str, Chosen]:
    """Every audit chosen by hand, by audit id."""
    found = values_of_all(view, Entity.AUDIT, CHOSEN)
    return {audit_id: _chosen(values[CHOSEN]) for audit_id, values in found.items() if values[CHOSEN]}


def grades(view: View, question_id: str) -> dict[str, dict[Slot, str]]:
    """What both auditors gave and what they agreed as overall grade, of every signed-off audit, by audit id."""
    found: dict[str, dict[Slot, str]] = {}
    for audit_id, slot, value in view.connection.exec_driver_sql(
        _GRADES, (question_key(question_id, Facet.ANSWER), SIGNOFF)
    ):
        answer = Answer.from_plain(json.loads(value))
        if answer.value is not None:
            found.setdefault(audit_id, {})[Slot(slot)] = str(answer.value)
    return found


def _chosen(plain: Json) -> Chosen:
    found = _named(plain)
    return Chosen(*(str(found[name]) for name in ("by", "at", "reason"))) if found else Chosen()


def _moderation(plain: Json) -> Moderation | None:
    if not isinstance(plain, dict):
        return None
    words = {name: str(plain.get(name, "")) for name in ("by", "at", "note", "signoff", "chosen", "was")}
    return Moderation(
        outcome=Moderated(str(plain["outcome"])),
        why=tuple(Why(str(why)) for why in _listed(plain.get("why"))),
        grades=tuple(_moved(item) for item in _listed(plain.get("grades"))),
        quality={name: _judged(item) for name, item in _named(plain.get("quality")).items()},
        limits={name: str(reason) for name, reason in _named(plain.get("limits")).items()},
        **words,
    )


def _moved(plain: Json) -> GradeMoved:
    item = _named(plain)
    return GradeMoved(str(item["question"]), Answer.from_plain(item["before"]), Answer.from_plain(item["after"]))


def _judged(plain: Json) -> Judged:
    item = _named(plain)
    return Judged(Mark(str(item["mark"])), str(item.get("comment", "")))


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _named(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
