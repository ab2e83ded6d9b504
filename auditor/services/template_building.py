"""Building a variant of a master from ticks, keeping it for a cycle, and saving it as a file of its own."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing, Place, Refused
from auditor.domain.roles import Duty, Person, may, require
from auditor.domain.template import Template
from auditor.services.draft_parts import BuildVariant, build_variant
from auditor.services.local_masters import local_master, local_masters
from auditor.services.template_drafts import drafts
from auditor.services.templates import KeepTemplate, keep_template
from auditor.store.platform import replace_durably
from auditor.store.queries.masters import DraftCard
from auditor.store.unit_of_work import UnitOfWork, View
from auditor.templates.building import Builder, Built, Named, Share, Stopped, Ticks
from auditor.templates.masters import Master, list_masters, read_master
from auditor.templates.overlay_schema import OverlayForm
from auditor.templates.schema import plain_of
from auditor.templates.yaml_writer import yaml_text

__all__ = [
    "Builder",
    "Built",
    "Named",
    "Share",
    "Stopped",
    "Ticks",
    "builder_for",
    "draft_for",
    "keep_variant",
    "named",
    "put_in_draft",
    "variant_file",
    "write_template",
]

LONGEST_TITLE, LONGEST_FOCUS = 200, 4000


def builder_for(template: Template, actor: Person, view: View) -> Builder:
    """What variants are built with from the master of that template: the workspace's own of that id and version, or the
    program's. It reads the master, which takes a moment."""
    wanted = template.master or template.id
    for card in local_masters(None, actor, view):
        if (card.id, card.version) == (wanted, template.version):
            return Builder(local_master(card.hash, actor, view))
    for path in list_masters():
        master = read_master(path)
        if master.id == wanted:
            return Builder(master)
    message = f"Neither the program nor this workspace has a master called {wanted}."
    raise Missing("no-such-master", "No master to build from", message, "Choose a template that has one.")


def named(builder: Builder, title: str, focus: str = "") -> Named:
    """The name of a built variant; its id is made from the title. Raises `BadInput` where there is none, or where a
    variant of the master is called so."""
    words = " ".join(title.split())
    if not words:
        raise BadInput("title-missing", "A title is needed", "The variant has no title.", "Give it one.")
    if len(words) > LONGEST_TITLE or len(focus) > LONGEST_FOCUS:
        message = f"A title has at most {LONGEST_TITLE} letters, a focus {LONGEST_FOCUS}."
        raise BadInput("title-too-long", "The title is too long", message, "Shorten it.")
    one = _id_of(words)
    if one in {builder.master.id, *(item.id for item in builder.master.variants)}:
        message = "The master has a variant of that name already, and results would be taken for its results."
        raise BadInput("title-taken", "The title is taken", message, "Give yours another title.")
    return Named(one, words, focus.strip())


def keep_variant(command: tuple[Builder, Ticks, Named], actor: Person, unit: UnitOfWork) -> Changes:
    """Keep a built variant in the workspace, so that a cycle can use it; `made` is its content hash."""
    require(actor, Duty.KEEP_TEMPLATES)
    builder, ticks, name = command
    _refuse_empty(builder, ticks)
    return keep_template(KeepTemplate(builder.resolve(ticks, name).plain), actor, unit)


def draft_for(builder: Builder, actor: Person, view: View) -> DraftCard | None:
    """The open draft of the master that is built from; None where there is none, or not for this person."""
    if not may(actor, Duty.KEEP_TEMPLATES):
        return None
    return next((card for card in drafts(None, actor, view) if card.base_id == builder.master.id), None)


def put_in_draft(command: tuple[Builder, Ticks, Named], actor: Person, unit: UnitOfWork) -> Changes:
    """Put a built variant into the open draft of its master, to be published with it; `made` is the variant's id."""
    builder, ticks, name = command
    card = draft_for(builder, actor, unit)
    if card is None:
        message = "No draft of this master is open."
        raise Missing("no-open-draft", "No draft to put it in", message, "Start one with Change…")
    _refuse_empty(builder, ticks)
    return build_variant(BuildVariant(card.id, plain_of(builder.variant(ticks, name))), actor, unit)


def variant_file(builder: Builder, ticks: Ticks, name: Named, path: Path) -> Path:
    """Save a built variant as a file that resolves to the very template that would be kept: an overlay on a master
    that comes with the program, or else the master with the variant added."""
    _refuse_empty(builder, ticks)
    variant = plain_of(builder.variant(ticks, name))
    return write_template(path, _overlay(builder.master, variant))


def write_template(path: Path, text: str) -> Path:
    """Write a template file, all of it or nothing; raises `Refused` where that cannot be done."""
    path = path if path.suffix.lower() in (".yaml", ".yml") else path.with_name(f"{path.name}.yaml")
    try:
        replace_durably(path, text.encode())
    except OSError as error:
        message, remedy = "The file cannot be written.", "Check that the folder is there and may be written to."
        raise Refused("file-not-written", "Not written", message, remedy, Place(file=path.name)) from error
    return path


def _overlay(master: Master, variant: Mapping[str, Any]) -> str:
    if Path(master.file) in list_masters():
        plain = {"format": 1, "overlay_of": master.id, "id": variant["id"], "version": "1", "variants": [variant]}
        return yaml_text(plain, OverlayForm)
    return yaml_text({**master.plain, "variants": [*master.plain["variants"], variant]})


def _refuse_empty(builder: Builder, ticks: Ticks) -> None:
    if not builder.look(ticks).effort.questions:
        raise BadInput("variant-empty", "Nothing is ticked", "The variant asks no question.", "Tick a section.")


def _id_of(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    word = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
    return word if word[:1].isalpha() else f"own-{word}".strip("-")
