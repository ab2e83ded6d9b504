"""The workspace's own masters beside those of the program: kept from a file or a draft, and offered like them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing, Refused
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template_plain import template_hash
from auditor.services.newer_versions import latest
from auditor.services.successors import keep_successors
from auditor.services.templates import Shipped, shipped_templates, variants_of
from auditor.store.ledger import utc_now
from auditor.store.queries import masters as stored
from auditor.store.queries.masters import MasterCard
from auditor.store.unit_of_work import UnitOfWork, View

if TYPE_CHECKING:
    from auditor.templates.drift import Change
    from auditor.templates.masters import Master


@dataclass(frozen=True, slots=True)
class KeepMaster:
    """A master in its plain form, checked, and where it is from: the name of a file, or the id of a draft.

    `base` is the program's master it was made from (its plain form, or its hash where the workspace holds it), so that
    changes of that one show later.
    """

    plain: Mapping[str, Any]
    source: str = ""
    base: Mapping[str, Any] | str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A master of this workspace whose base is another one in the program by now, and what changed in that base."""

    card: MasterCard
    version: str
    changes: tuple["Change", ...]


def master_file(path: Path) -> KeepMaster:
    """A template file, an overlay, an XLSForm or an authoring sheet, ready to be kept.

    Raises `TemplateProblems` or `BadInput` with what is wrong with it."""
    from auditor.templates.importing import import_form
    from auditor.templates.masters import overlaid_file, read_master

    if path.suffix.lower() in (".yaml", ".yml"):
        base = overlaid_file(path)
        return KeepMaster(read_master(path).plain, path.name, base.plain if base else "")
    return KeepMaster(import_form(path).plain, path.name)


def keep_master(command: KeepMaster, actor: Person, unit: UnitOfWork) -> Changes:
    """Keep a master and offer its variants, also to audits under way with an older one. `made` is its content hash."""
    require(actor, Duty.KEEP_TEMPLATES)
    one, plain = template_hash(command.plain), dict(command.plain)
    cards = [card for card in stored.master_cards(unit) if card.id == plain["id"]]
    _refuse_known(one, plain, cards)
    _refuse_reused(plain, unit)
    base = command.base if isinstance(command.base, str) else record_base(dict(command.base), actor, unit)
    unit.record(actor.id, Entity.TEMPLATE, one, stored.MASTER, plain)
    about: dict[str, Json] = {
        "id": plain["id"],
        "title": plain["title"],
        "version": plain["version"],
        "number": max((card.number for card in cards), default=0) + 1,
        "base": base,
        "source": command.source,
        "by": actor.id,
        "at": utc_now(),
    }
    unit.record(actor.id, Entity.TEMPLATE, one, stored.KEPT, about)
    keep_successors(plain, actor, unit)
    return Changes(frozenset({("template", one)}), f"{plain['title']}, version {plain['version']}, can be used", one)


def record_base(plain: dict[str, Any], actor: Person, unit: UnitOfWork) -> str:
    """Hold a master that something is made from, without offering it; gives its hash."""
    one = template_hash(plain)
    if stored.master_plain(unit, one) is None:
        unit.record(actor.id, Entity.TEMPLATE, one, stored.MASTER, plain)
    return one


def local_masters(_query: None, _actor: Person, view: View) -> list[MasterCard]:
    """The masters this workspace offers, earlier versions included."""
    return stored.master_cards(view)


def local_master(master_hash: str, _actor: Person, view: View) -> "Master":
    """One master this workspace holds."""
    from auditor.templates.judged import master_of

    plain = stored.master_plain(view, master_hash)
    if plain is None:
        raise no_such_master()
    return master_of(plain)


def offered_templates(_query: None, actor: Person, view: View) -> list[Shipped]:
    """Every variant there is to use: those of the program, then those of the latest version of each master of the
    workspace, of overlays beside other versions too."""
    offered = shipped_templates()
    for card in latest(stored.master_cards(view)):
        offered += variants_of(local_master(card.hash, actor, view), card.hash)
    return offered


def moved_masters(_query: None, _actor: Person, view: View) -> list[Moved]:
    """The latest local masters whose base is a master of the program that is another one by now."""
    from auditor.templates.drift import compare

    versions, found = shipped_versions(), []
    for card in latest(stored.master_cards(view)):
        base = stored.master_plain(view, card.base) if card.base else None
        if base and versions.get(base["id"], base["version"]) != base["version"]:
            now = next(master for master in program_masters() if master.id == base["id"])
            found.append(Moved(card, now.form.version, compare(base, now.plain)))
    return found


def program_masters() -> list["Master"]:
    """The masters that come with the program, read from their files."""
    from auditor.templates.masters import list_masters, read_master

    return [read_master(path) for path in list_masters()]


def shipped_versions() -> dict[str, str]:
    """The version of each master of the program, by its id; quicker than reading them."""
    return {one.template.master: one.template.version for one in shipped_templates()}


def no_such_master() -> Missing:
    """What is raised where no master has that hash."""
    return Missing("no-such-master", "No such template", "No master goes by that here.", "Choose one of those listed.")


def _refuse_known(one: str, plain: Mapping[str, Any], cards: list[MasterCard]) -> None:
    """The same content twice, or another content under a version that people know already, would mislead."""
    versions = {card.version: card.hash for card in cards}
    if shipped_versions().get(plain["id"]) == plain["version"]:
        versions |= {master.form.version: template_hash(master.plain) for master in program_masters()
                     if master.id == plain["id"]}  # fmt: skip
    if one in versions.values():
        raise Refused("master-known", "Here already", "This very template is here already.", "Use it as it is.")
    if plain["version"] in versions:
        message = f"There is a version {plain['version']} of it already, with another content."
        raise Refused("version-taken", "Version taken", message, "Give it another version.")


def _refuse_reused(plain: Mapping[str, Any], view: View) -> None:
    """A question keeps its kind of answer under its id, or answers of two versions could not be added up."""
    program = [master.plain for master in program_masters()] if plain["id"] in shipped_versions() else []
    kinds = {one: kind for known in (*program, *stored.every_master(view)) if known["id"] == plain["id"]
             for one, kind in _kinds(known).items()}  # fmt: skip
    for one, kind in _kinds(plain).items():
        if kinds.get(one, kind) != kind:
            message = f"The id {one} was another question before: its answer was a {kinds[one]}, and is a {kind} here."
            raise Refused("id-reused", "An id used twice", message, "Give the question an id never used before.")


def _kinds(plain: Mapping[str, Any]) -> dict[str, str]:
    return {question["id"]: question["type"] for section in plain["sections"] for question in section["questions"]}
