"""`auditor programme framework`, `area`, `expect` and `evidence`: what each service area lacks."""

from datetime import date
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.months import MONTH, months_option, since_option
from auditor.cli.output import json_option, one_of, show, table
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import ActivityKind

if TYPE_CHECKING:
    from auditor.domain.qa_framework import Framework
    from auditor.services.session import Session


@click.command()
@since_option
@months_option
@json_option
@with_access()
def framework(access: Access, first: Month | None, months: int, as_json: bool) -> None:
    """Show service area by month: what was expected, what was evidenced, and the gap."""
    from auditor.services.qa_framework import FrameworkQuery, framework_view

    with access.signed_in() as session:
        found = session.ask(framework_view, FrameworkQuery(first or Month.of(date.today()), months))
    show(_framework_plain(found), as_json, lambda: _framework_words(found))


@click.command()
@click.argument("title")
@click.option("--team", "teams", multiple=True, help="A team of the area, as cases name it; may be repeated.")
@json_option
@with_access()
def area(access: Access, title: str, teams: tuple[str, ...], as_json: bool) -> None:
    """Add the service area TITLE, or change its teams."""
    from auditor.domain.qa_framework import Area
    from auditor.services.qa_framework import KeepArea, keep_area

    with access.signed_in() as session:
        known = next((one.id for one in _framework(session).areas if one.title.casefold() == title.casefold()), "")
        changes = session.do(keep_area, KeepArea(Area(known, title, teams)))
    show({"id": changes.made, "title": title, "teams": list(teams)}, as_json, lambda: f"{changes.sentence}.")


@click.command()
@click.argument("title")
@click.option("--area", "area_title", required=True, help="The service area it is expected of.")
@click.option("--kind", type=click.Choice([kind.value for kind in ActivityKind]), required=True, help="What it is.")
@click.option("--each", type=int, default=1, show_default=True, help="How many are expected in a month.")
@click.option("--every", type=int, default=1, show_default=True, help="Every so many months.")
@click.option("--first", type=MONTH, required=True, help="Its first month, such as 2026-11.")
@json_option
@with_access()
def expect(
    *, access: Access, title: str, area_title: str, kind: str, each: int, every: int, first: Month, as_json: bool
) -> None:
    """Expect the activity TITLE of a service area."""
    from auditor.domain.qa_framework import Activity
    from auditor.services.qa_framework import KeepActivity, keep_activity

    with access.signed_in() as session:
        of = one_of(_framework(session).areas, area_title, lambda one: (one.id, one.title), "area")
        activity = Activity("", of.id, ActivityKind(kind), title, each, every, first)
        changes = session.do(keep_activity, KeepActivity(activity))
    show({"id": changes.made, "title": title, "area": of.title}, as_json, lambda: f"{changes.sentence}.")


@click.command()
@click.argument("activity")
@click.argument("month", type=MONTH)
@click.option("--count", type=int, default=1, show_default=True, help="How many were done.")
@click.option("--what", required=True, help="What shows it; no child's name.")
@json_option
@with_access()
def evidence(access: Access, activity: str, month: Month, count: int, what: str, as_json: bool) -> None:
    """Record that ACTIVITY, by title or id, was done in MONTH."""
    from auditor.services.qa_framework import RecordEvidence, record_evidence

    with access.signed_in() as session:
        known = one_of(_framework(session).activities, activity, lambda one: (one.id, one.title), "activity")
        changes = session.do(record_evidence, RecordEvidence(known.id, month, count, what))
    show({"id": changes.made, "activity": known.title, "month": str(month)}, as_json, lambda: f"{changes.sentence}.")


def _framework(session: "Session") -> "Framework":
    from auditor.services.qa_framework import FrameworkQuery, framework_view

    return session.ask(framework_view, FrameworkQuery(Month.of(date.today()), 1))


def _framework_plain(found: "Framework") -> dict[str, object]:
    return {
        "months": [str(month) for month in found.months],
        "areas": [
            {
                "title": area.title,
                "teams": list(area.teams),
                "months": [{"expected": c.wanted, "evidenced": c.met, "gap": c.gap} for c in row],
            }
            for area, row in zip(found.areas, found.cells, strict=True)
        ],
        "evidence": [
            {"activity": e.activity_id, "month": str(e.month), "count": e.count, "what": e.what, "by": e.by}
            for e in found.evidence
        ],
    }


def _framework_words(found: "Framework") -> str:
    rows = [
        (area.title, *(f"{c.met}/{c.wanted}" if c.wanted else "-" for c in row))
        for area, row in zip(found.areas, found.cells, strict=True)
    ]
    headings = ("Service area", *(str(month) for month in found.months))
    return table(headings, rows, "No service area yet. Add one: auditor programme area --help")
