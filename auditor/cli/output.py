"""What commands print: text tables for people, JSON for programs."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import click

from auditor.domain.errors import BadInput

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def show(data: object, as_json: bool, text: Callable[[], str]) -> None:
    """Print the data as JSON or the text. JSON is kept to ASCII, so that no console can spoil it."""
    click.echo(json.dumps(data, indent=2) if as_json else text())


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> str:
    """Columns under headings, numbers to the right; the sentence `empty` where there are no rows."""
    if not rows:
        return empty
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(heading), *(len(row[at]) for row in cells)) for at, heading in enumerate(headings)]
    right = [all(isinstance(row[at], int) for row in rows) for at in range(len(headings))]
    lines = [headings, ["-" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def dmy(day: date) -> str:
    """A date as people here write it."""
    return f"{day:%d/%m/%Y}"


class DayType(click.ParamType[date]):
    """A day as dd/mm/yyyy or yyyy-mm-dd."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(str(value), form).date()
            except ValueError:
                continue
        self.fail(f"{value!r} is no day; write it as 24/11/2026 or 2026-11-24.", param, ctx)


DAY = DayType()
MOST_NAMES = 10


def counted(count: int, one: str) -> str:
    """How many of something: `1 section`, `2 sections`."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return (", ".join(names[:MOST_NAMES]) or "none yet") + more


def one_of(items: Sequence[Any], wanted: str, titles: Callable[[Any], Sequence[str]], noun: str) -> Any:
    """The one item that goes by `wanted` in any case; raises `BadInput` (no-such-...). People are never listed."""
    sought = wanted.strip().casefold()
    found = [item for item in items if sought in (title.casefold() for title in titles(item))]
    if len(found) == 1:
        return found[0]
    many = "More than one goes" if found else "None goes"
    names = "" if noun == "person" else f" Here are: {_listed([titles(item)[-1] for item in found or items])}."
    raise BadInput(f"no-such-{noun}", f"Which {noun}?", f"{many} by that name.{names}", "Name one by its id.")
