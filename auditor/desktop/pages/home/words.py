"""How Home says things: the mark of a row, where a verb leads, how large a round is."""

from dataclasses import replace

from auditor.desktop.marks import NOT_STARTED, RAG, MarkKind, Meaning
from auditor.desktop.words import STAGES, TO_MODERATE, many
from auditor.domain.audit import Stage
from auditor.services.waiting import Verb, Waiting

_VERBS: dict[Verb, Meaning] = {
    Verb.START: STAGES[Stage.NOT_STARTED],
    Verb.CONTINUE: STAGES[Stage.SCORING],
    Verb.RECONCILE: STAGES[Stage.TO_RECONCILE],
    Verb.SIGN_OFF: Meaning(MarkKind.TICK_RING, "To sign off", "accent", "soft"),
    Verb.VERIFY: RAG["awaiting_verification"],
    Verb.GIVE_OUT: NOT_STARTED,
    Verb.OPEN: replace(STAGES[Stage.SIGNED_OFF], word="All agreed"),
    Verb.DECIDE: Meaning(MarkKind.HALF_DISC, "More time asked for", "accent", "soft"),
    Verb.REPLACE: NOT_STARTED,
    Verb.MODERATE: TO_MODERATE,
    Verb.ANSWER: Meaning(MarkKind.HALF_DISC, "Correction asked for", "accent", "soft"),
    Verb.ENTER: STAGES[Stage.NOT_STARTED],
    Verb.MOVE: Meaning(MarkKind.HALF_DISC, "A newer version", "accent", "soft"),
    Verb.ROUND: Meaning(MarkKind.RING, "Round to hold", "accent", "soft"),
    Verb.REMARKS: Meaning(MarkKind.HALF_DISC, "Remarks on the tool", "accent", "soft"),
    Verb.HEARD: Meaning(MarkKind.TICK_RING, "Dealt with", "good", "good_tint"),
    Verb.GAP: Meaning(MarkKind.WARNING, "Not evidenced", "requires", "requires_tint"),
}
_PAGES: dict[Verb, str] = {
    Verb.START: "audits",
    Verb.CONTINUE: "audits",
    Verb.SIGN_OFF: "audits",
    Verb.RECONCILE: "reconcile",
    Verb.UPDATE: "actions",
    Verb.VERIFY: "actions",
    Verb.GIVE_OUT: "cycles",
    Verb.OPEN: "findings",
    Verb.DECIDE: "audits",
    Verb.REPLACE: "audits",
    Verb.MODERATE: "moderation",
    Verb.ANSWER: "moderation",
    Verb.MOVE: "audits",
    Verb.ENTER: "audits",
    Verb.ROUND: "cycles",
    Verb.GAP: "cycles",
    Verb.REMARKS: "templates",
    Verb.HEARD: "audits",
}


def page_for(verb: Verb) -> str:
    """The page on which the verb is carried out."""
    return _PAGES[verb]


def meaning_of(row: Waiting) -> Meaning:
    """The mark of a row: the status of an action, else what its verb says."""
    if row.verb is Verb.UPDATE and row.status is not None:
        return RAG[row.status.value]
    return _VERBS[row.verb]


def cycle_words(cases: int, pairs: int) -> str:
    """How large a round is."""
    return f"{many(cases, 'case')}, {many(pairs, 'pair')}"
