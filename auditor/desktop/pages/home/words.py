"""How Home says things: the mark of a row, where a verb leads, how large a round is."""

from auditor.desktop.marks import ANSWERS, NOT_STARTED, RAG, MarkKind, Meaning
from auditor.desktop.words import many
from auditor.services.home import Verb, Waiting

_VERBS: dict[Verb, Meaning] = {
    Verb.START: NOT_STARTED,
    Verb.CONTINUE: Meaning(MarkKind.PLAY_RING, "Being scored", "accent", "soft"),
    Verb.RECONCILE: Meaning(ANSWERS["partly"].mark, "To reconcile", "requires", "requires_tint"),
    Verb.SIGN_OFF: Meaning(MarkKind.TICK_RING, "To sign off", "accent", "soft"),
    Verb.VERIFY: RAG["awaiting_verification"],
    Verb.GIVE_OUT: NOT_STARTED,
    Verb.OPEN: Meaning(MarkKind.TICK_DISC, "All agreed", "good", "good_tint"),
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
