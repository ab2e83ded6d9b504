"""`auditor workspace`: make an encrypted workspace, say what it is, prove that it is sound."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, lock, with_access
from auditor.cli.output import json_option, show
from auditor.domain.roles import Person, Role

if TYPE_CHECKING:
    from auditor.services.workspace import WorkspaceInfo

_PATH = click.argument("path", type=click.Path(path_type=Path), required=False)


@click.group()
def workspace() -> None:
    """Make, describe and verify encrypted workspaces."""


@workspace.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What the workspace is called; the folder's name unless given.")
@click.option("--person", required=True, help="The name of the first person, who becomes its administrator.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="A further role of the first person; may be repeated.",
)
@json_option
@with_access(person=False)
def create(access: Access, path: Path, name: str, person: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Make a workspace in the new or empty folder PATH, with its first person.

    Prints the recovery key once. Print it and keep it away from this computer: with neither it nor the passphrase,
    nobody can open the workspace again.
    """
    from auditor.services.people import AddPerson, require_complete
    from auditor.services.workspace import create_workspace, passphrase_strength

    passphrase = access.passphrase.read(confirm=True)
    pin = access.pin.read(confirm=True)
    first = AddPerson(person, frozenset(map(Role, roles)) | {Role.ADMINISTRATOR, Role.QA_LEAD}, pin)
    # Refused now rather than in a workspace that exists already and belongs to nobody.
    require_complete(first)
    opened, recovery_key = create_workspace(path, passphrase, name.strip() or path.absolute().name)
    click.echo(f"Passphrase: {passphrase_strength(passphrase).sentence}", err=True)
    try:
        actor = opened.add_first_person(first).actor
        # Before locking: whatever goes wrong from here on, the key has been seen.
        _show_made(opened.info(), actor, recovery_key, as_json)
    finally:
        lock(opened)


def _show_made(info: "WorkspaceInfo", actor: Person, recovery_key: str, as_json: bool) -> None:
    made = {
        "path": str(info.path),
        "workspace_id": info.workspace_id,
        "name": info.name,
        "person": {"id": actor.id, "name": actor.name},
        "recovery_key": recovery_key,
    }
    show(
        made,
        as_json,
        lambda: (
            f"Workspace {info.name} made in {info.path}, with {actor.name} as its first person.\n\n"
            f"Recovery key, shown this once:\n\n    {recovery_key}\n\n"
            "Print it and keep it away from this computer."
        ),
    )


@workspace.command()
@_PATH
@json_option
@with_access(person=False, pin=False)
def info(access: Access, path: Path | None, as_json: bool) -> None:
    """Say where a workspace lies, how large it is and when it was last backed up."""
    with replace(access, workspace=path or access.workspace).opened() as opened:
        found = opened.info()
    plain = {
        "path": str(found.path),
        "workspace_id": found.workspace_id,
        "name": found.name,
        "created_at": found.created_at.isoformat(),
        "schema_version": found.schema_version,
        "database_bytes": found.database_bytes,
        "backup_bytes": found.backup_bytes,
        "backups": found.backups,
        "last_backup": found.last_backup.isoformat() if found.last_backup else None,
        "notes": list(found.notes),
    }
    show(plain, as_json, lambda: _in_words(found))


@workspace.command()
@_PATH
@json_option
@with_access(person=False, pin=False)
def verify(access: Access, path: Path | None, as_json: bool) -> None:
    """Check a whole workspace against its ledger: every chain, every value, every figure worked out from them."""
    with replace(access, workspace=path or access.workspace).opened() as opened:
        found = opened.verify()
    plain = {"revisions": found.revisions, "streams": found.streams, "problems": list(found.problems)}
    sound = f"Sound: {found.revisions:,} revisions in {found.streams:,} streams, and every figure follows from them."
    show(plain, as_json, lambda: "\n".join(found.problems) or sound)
    if found.problems:
        from auditor.domain.errors import WorkspaceError

        raise WorkspaceError(
            "workspace-not-sound",
            "Not sound",
            f"{len(found.problems)} problems were found in this workspace.",
            "Keep the folder as it is and restore a backup into a new folder.",
        )


def _in_words(found: "WorkspaceInfo") -> str:
    backed_up = f"{found.last_backup.astimezone():%d/%m/%Y %H:%M}" if found.last_backup else "never"
    lines = (
        f"{found.name}",
        f"Folder      {found.path}",
        f"Id          {found.workspace_id}",
        f"Made        {found.created_at.astimezone():%d/%m/%Y %H:%M}",
        f"Database    {found.database_bytes / 1_000_000:.1f} MB, format {found.schema_version}",
        f"Backups     {found.backups}, {found.backup_bytes / 1_000_000:.1f} MB, the last {backed_up}",
        *found.notes,
    )
    return "\n".join(lines)
