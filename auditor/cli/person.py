"""`auditor person`: who is in the workspace, and adding somebody."""

from pathlib import Path

import click

from auditor.cli.access import Access, Secret, with_access
from auditor.cli.output import json_option, show, table
from auditor.domain.roles import Role


@click.group()
def person() -> None:
    """List the people of a workspace and add to them."""


@person.command("list")
@json_option
@with_access()
def list_people(access: Access, as_json: bool) -> None:
    """List everybody with their roles."""
    from auditor.services.people import everybody

    with access.signed_in() as session:
        found = session.ask(everybody, None)
    plain = [
        {
            "id": item.id,
            "name": item.name,
            "roles": sorted(role.value for role in item.roles),
            "job_title": item.job_title,
            "team": item.team,
            "active": item.active,
        }
        for item in found
    ]
    rows = [(item.name, ", ".join(sorted(role.words for role in item.roles)), item.team, item.id) for item in found]
    show(plain, as_json, lambda: table(("Name", "Roles", "Team", "Id"), rows, "Nobody yet."))


@person.command()
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What they do; may be repeated.",
)
@click.option("--job-title", default="", help="Their job title.")
@click.option("--team", default="", help="Their team.")
@click.option(
    "--new-pin-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the new person's PIN; else AUDITOR_NEW_PIN or a prompt.",
)
@json_option
@with_access()
def add(
    access: Access,
    name: str,
    roles: tuple[str, ...],
    job_title: str,
    team: str,
    new_pin_file: Path | None,
    as_json: bool,
) -> None:
    """Add the person NAME."""
    from auditor.services.people import AddPerson, add_person

    with access.signed_in() as session:
        pin = Secret("New PIN", "AUDITOR_NEW_PIN", new_pin_file).read(confirm=True)
        command = AddPerson(name, frozenset(map(Role, roles)), pin, job_title, team)
        made = session.do(add_person, command).made
    show({"id": made, "name": name.strip()}, as_json, lambda: f"{name.strip()} added.")
