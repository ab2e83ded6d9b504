"""Newer versions of templates in use come into the workspace with their master, so that audits under way can move."""

from collections.abc import Mapping
from typing import Any

from auditor.domain.roles import Person
from auditor.services.templates import KeepTemplate, keep_template
from auditor.store.queries import people as stored
from auditor.store.unit_of_work import UnitOfWork


def keep_successors(plain: Mapping[str, Any], actor: Person, unit: UnitOfWork) -> None:
    """Keep each variant of a checked master, in its plain form, of which the workspace holds another version."""
    from auditor.templates.judged import master_of
    from auditor.templates.variants import resolve

    held = {card.id for card in stored.template_cards(unit) if card.master == plain["id"]}
    wanted = [variant["id"] for variant in plain["variants"] if variant["id"] in held]
    if not wanted:
        return
    master = master_of(dict(plain))
    for one in wanted:
        keep_template(KeepTemplate(resolve(master, one).plain), actor, unit)
