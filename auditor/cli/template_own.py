"""`auditor template keep`, `own`, `moved`, `drafts` and `publish`: the workspace's own templates and their drafts."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import json_option, one_of, show, table
from auditor.cli.template_files import plain_problems

if TYPE_CHECKING:
    from auditor.services.local_masters import Moved
    from auditor.services.session import Session
    from auditor.services.versions_in_use import Behind


@click.command("keep")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@with_access()
def keep(access: Access, file: Path, as_json: bool) -> None:
    """Take the form in FILE into the workspace, so that its variants can be used like those of the program.

    FILE is a template file, an overlay on a master of the program, an XLSForm or our own sheet.
    """
    from auditor.services.local_masters import keep_master, master_file
    from auditor.templates.problems import TemplateProblems

    try:
        command = master_file(file)
    except TemplateProblems as error:
        problems = error.problems
        show(plain_problems(problems), as_json, lambda: "\n".join(map(str, problems)))
        raise
    with access.signed_in() as session:
        made = session.do(keep_master, command)
        behind = _behind(session, command.plain["id"], command.plain["version"])
    plain = {"hash": made.made, "id": command.plain["id"], "version": command.plain["version"],
             "variants": [variant["id"] for variant in command.plain["variants"]],
             "behind": [_plain_behind(one) for one in behind]}  # fmt: skip
    words = f"{made.sentence}: {', '.join(plain['variants'])}."
    show(plain, as_json, lambda: "\n".join([words, *map(_behind_words, behind)]))


@click.command("own")
@json_option
@with_access()
def own(access: Access, as_json: bool) -> None:
    """List the masters that the workspace holds itself, earlier versions included."""
    from auditor.services.local_masters import local_masters

    with access.signed_in() as session:
        cards = session.ask(local_masters, None)
    rows = [(card.id, card.title, card.version, card.source, card.hash[:12]) for card in cards]
    headings = ("Id", "Title", "Version", "From", "Content")
    empty = "None yet. Take one in: auditor template keep FILE"
    show([asdict(card) for card in cards], as_json, lambda: table(headings, rows, empty))


@click.command("moved")
@json_option
@with_access()
def moved(access: Access, as_json: bool) -> None:
    """Say what the program has changed in the masters that the workspace's own were made from."""
    from auditor.services.local_masters import moved_masters

    with access.signed_in() as session:
        found = session.ask(moved_masters, None)
    plain = [
        {"id": one.card.id, "own_version": one.card.version, "now": one.version,
         "changes": [asdict(change) for change in one.changes]}
        for one in found
    ]  # fmt: skip
    show(plain, as_json, lambda: "\n\n".join(map(_moved, found)) or "Nothing: all are made from the current masters.")


@click.command("drafts")
@json_option
@with_access()
def drafts(access: Access, as_json: bool) -> None:
    """List the drafts of templates that are open, with how much there is to put right in each."""
    from auditor.services.template_drafts import draft_problems
    from auditor.services.template_drafts import drafts as open_drafts

    with access.signed_in() as session:
        cards = session.ask(open_drafts, None)
        stops = [sum(one.stops for one in session.ask(draft_problems, card.id)) for card in cards]
    plain = [
        {"id": card.id, "title": card.title, "of": card.base_id, "version": card.base_version, "started": card.at,
         "to_put_right": count}
        for card, count in zip(cards, stops, strict=True)
    ]  # fmt: skip
    rows = [tuple(row.values()) for row in plain]
    headings = ("Id", "Title", "Of", "Version", "Started", "To put right")
    show(plain, as_json, lambda: table(headings, rows, "No draft is open. Start one on the Templates page."))


@click.command("publish")
@click.argument("draft_id", metavar="DRAFT")
@click.option("--version", "version", required=True, help="The new version, never used for this template before.")
@json_option
@with_access()
def publish(access: Access, draft_id: str, version: str, as_json: bool) -> None:
    """Publish the DRAFT (its id or title), so that its variants can be used."""
    from auditor.services.template_drafts import PublishDraft, publish_draft
    from auditor.services.template_drafts import drafts as open_drafts

    with access.signed_in() as session:
        card = one_of(session.ask(open_drafts, None), draft_id, lambda one: (one.id, one.title), "draft")
        made = session.do(publish_draft, PublishDraft(card.id, version))
        behind = _behind(session, card.base_id, version.strip())
    plain = {"hash": made.made, "id": card.base_id, "version": version.strip(),
             "behind": [_plain_behind(one) for one in behind]}  # fmt: skip
    show(plain, as_json, lambda: "\n".join([f"{made.sentence}.", *map(_behind_words, behind)]))


def _behind(session: "Session", master: str, version: str) -> "list[Behind]":
    """Audits under way that could move to this version, by cycle."""
    from auditor.services.versions_in_use import audits_behind

    found = session.ask(audits_behind, None)
    return [one for one in found if (one.target.master or one.target.id, one.target.version) == (master, version)]


def _plain_behind(one: "Behind") -> dict[str, object]:
    return {"cycle": one.cycle.id, "template": one.target.id, "audits": one.audits}


def _behind_words(one: "Behind") -> str:
    verb = "audit under way uses" if one.audits == 1 else "audits under way use"
    how = f"auditor audit move --cycle {one.cycle.id} --to {one.target.version} --propose"
    return f"{one.cycle.title}: {one.audits} {verb} an older version. Propose the move: {how}"


def _moved(one: "Moved") -> str:
    head = f"{one.card.title}, version {one.card.version}: the program now has version {one.version} of its master"
    return "\n".join([head, *(f"  {change}" for change in one.changes)])
