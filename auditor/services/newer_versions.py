"""Which templates of the workspace are newer versions of the same one."""

import re
from collections.abc import Iterable

from auditor.store.queries.people import TemplateCard


def newer(template_hash: str, cards: Iterable[TemplateCard]) -> tuple[TemplateCard, ...]:
    """The newer versions of the same template (a variant: of the same master), the newest first."""
    listed = list(cards)
    now = next((card for card in listed if card.hash == template_hash), None)
    same = [card for card in listed if now and (card.id, card.master) == (now.id, now.master)]
    found = [card for card in same if now and version_order(card.version) > version_order(now.version)]
    return tuple(sorted(found, key=lambda card: (version_order(card.version), card.hash), reverse=True))


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """Versions as people count: 10 comes after 9, and 2.1 after 2."""
    parts = re.findall(r"[0-9]+|[a-z]+", version.casefold())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
