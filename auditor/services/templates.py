"""Audit templates: those that come with the program, those the workspace holds, and checking a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.question_count import question_count
from auditor.domain.revision import Entity
from auditor.domain.roles import Duty, Person, require
from auditor.domain.template import Template
from auditor.domain.template_plain import template_from_plain
from auditor.store.queries import people as stored
from auditor.store.queries.people import TemplateCard
from auditor.store.queries.registers import value_of
from auditor.store.unit_of_work import UnitOfWork, View

if TYPE_CHECKING:
    from auditor.templates.masters import Master


@dataclass(frozen=True, slots=True)
class KeepTemplate:
    """A template in its plain form, checked and resolved, to be kept for ever under its content hash."""

    plain: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A variant that comes with the program, resolved and ready to be used in a cycle.

    `cannot_run` names the rules and indicators of the master that need questions the variant does not take.
    `master_hash` is the content hash of a master that is the workspace's own and not the program's.
    """

    plain: Mapping[str, Any]
    template: Template
    cannot_run: tuple[str, ...]
    master_hash: str = ""

    @property
    def local(self) -> bool:
        """Whether its master is the workspace's own."""
        return bool(self.master_hash)


def keep_template(command: KeepTemplate, actor: Person, unit: UnitOfWork) -> Changes:
    """Keep a template in the workspace; nothing is written where it is there already. `made` is its content hash."""
    require(actor, Duty.KEEP_TEMPLATES)
    template = template_from_plain(command.plain)
    if value_of(unit, template.hash, stored.CONTENT) is None:
        unit.record(actor.id, Entity.TEMPLATE, template.hash, stored.CONTENT, dict(command.plain))
        unit.record(actor.id, Entity.TEMPLATE, template.hash, stored.ABOUT, _about(template))
    return Changes(frozenset({("template", template.hash)}), f"Template {template.title} kept", template.hash)


def kept_templates(_query: None, _actor: Person, view: View) -> list[TemplateCard]:
    """The templates this workspace holds."""
    return stored.template_cards(view)


def kept_template(template_hash: str, _actor: Person, view: View) -> Template:
    """One template the workspace holds."""
    return stored.template(view, template_hash)


def shipped_templates(cache: Path | None = None) -> list[Shipped]:
    """Every variant of every template file that comes with the program, the whole file first. `cache` is the folder
    they are kept in as JSON; the user's own unless given."""
    from auditor.resources import forms_dir
    from auditor.templates.shipped_cache import through_cache

    folder = cache or user_cache_path("casefile-auditor", appauthor=False)
    found = through_cache(folder, sorted(forms_dir().glob("*.yaml")), _read_shipped)
    return [Shipped(one["plain"], template_from_plain(one["plain"]), tuple(one["cannot_run"])) for one in found]


def templates_in(path: Path) -> list[Shipped]:
    """Every variant of one template file; raises `TemplateProblem` naming what is wrong with it."""
    from auditor.templates.masters import read_master

    return variants_of(read_master(path))


def _read_shipped() -> list[dict[str, Any]]:
    from auditor.templates.masters import list_masters, read_master

    offered = [shipped for path in list_masters() for shipped in variants_of(read_master(path))]
    return [{"plain": dict(one.plain), "cannot_run": list(one.cannot_run)} for one in offered]


def variants_of(master: "Master", master_hash: str = "") -> list[Shipped]:
    """Every variant of one master; of one of the workspace's own with its hash."""
    from auditor.templates.variants import resolve

    resolved = [resolve(master, variant.id) for variant in master.variants]
    return [Shipped(one.plain, one.template, tuple(map(str, one.dropped_rules)), master_hash) for one in resolved]


def _about(template: Template) -> dict[str, Json]:
    count = question_count(template)
    return {
        "id": template.id,
        "title": template.title,
        "version": template.version,
        "master": template.master,
        "sections": len(template.sections),
        "questions": count.every,
        "core": count.core,
    }
