"""Which versions of templates cycles and audits use, and which audits under way could move to a newer one."""

from collections import Counter
from dataclasses import dataclass

from auditor.domain.audit import as_told_to
from auditor.domain.programme import Cycle
from auditor.domain.roles import Duty, Person, may
from auditor.services.moving import why_kept
from auditor.services.newer_versions import newer
from auditor.store.queries import moves, programme
from auditor.store.queries import people as stored_people
from auditor.store.queries.people import TemplateCard
from auditor.store.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Behind:
    """Audits of a cycle under way with an older version than `target`: how many there are, and for how many of them
    the move is proposed already."""

    cycle: Cycle
    target: TemplateCard
    audits: int
    proposed: int


def templates_in_use(_query: None, _actor: Person, view: View) -> frozenset[str]:
    """The content hashes of the templates of cycles, and of their audits."""
    own = {cycle.template_hash for cycle in programme.cycles(view)}
    return frozenset(own | {audit.template_hash for audit in programme.audits(view)})


def audits_behind(_query: None, actor: Person, view: View) -> list[Behind]:
    """For each cycle and each newer version of its audits' templates, how many could move; for those who may propose
    it to a whole cycle, and nothing for others."""
    if not may(actor, Duty.RUN_CYCLES):
        return []
    cards, spoken_of = stored_people.template_cards(view), moves.said_of_all(view)
    audits: Counter[tuple[str, str]] = Counter()
    proposed: Counter[tuple[str, str]] = Counter()
    for told in (as_told_to(audit, actor) for audit in programme.audits(view)):
        if why_kept(told):
            continue
        said = moves.versions(view, told.id).proposed if told.id in spoken_of else ()
        asked = {move.target for move in said}
        for card in newer(told.template_hash, cards):
            audits[told.cycle_id, card.hash] += 1
            proposed[told.cycle_id, card.hash] += card.hash in asked
    cycles = {cycle.id: cycle for cycle in programme.cycles(view)}
    by_hash = {card.hash: card for card in cards}
    return [
        Behind(cycles[cycle_id], by_hash[one], count, proposed[cycle_id, one])
        for (cycle_id, one), count in audits.items()
    ]
