"""`auditor programme`: rounds that come back, what is due and late, targets and shares, and the framework's gaps."""

from datetime import date
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.cycle import find_cycle
from auditor.cli.framework import area, evidence, expect, framework
from auditor.cli.months import MONTH, months_option, since_option
from auditor.cli.output import dmy, json_option, one_of, show, table
from auditor.domain.programme_plan import Month

if TYPE_CHECKING:
    from auditor.domain.programme_plan import ProgrammeView, RoundLine, Share
    from auditor.services.session import Session


@click.group()
def programme() -> None:
    """Plan the rounds of the year, see what is due and late, and what each service area lacks."""


for _command in (framework, area, expect, evidence):
    programme.add_command(_command)


@programme.command("show")
@since_option
@months_option
@json_option
@with_access()
def show_programme(access: Access, first: Month | None, months: int, as_json: bool) -> None:
    """Show the rounds month by month with the audits agreed, and what falls to each team and auditor."""
    from auditor.services.programme_plan import ProgrammeQuery, programme_view

    today = date.today()
    with access.signed_in() as session:
        found = session.ask(programme_view, ProgrammeQuery(first or Month.of(today), months, today))
    show(_plain(found), as_json, lambda: _words(found))


@programme.command("plan")
@click.option("--title", required=True, help="What the round is called.")
@click.option("--template", "templates", multiple=True, required=True, help="A template id; several take turns.")
@click.option("--every", type=int, default=2, show_default=True, help="It comes back every so many months.")
@click.option("--first", type=MONTH, required=True, help="Its first month, such as 2026-11.")
@click.option("--last", type=MONTH, default=None, help="Its last month; none unless given.")
@click.option("--due-day", type=int, default=28, show_default=True, help="The day of the month it is agreed by.")
@click.option("--target", type=int, default=0, help="How many audits a round is to have.")
@json_option
@with_access()
def plan_rounds(
    *,
    access: Access,
    title: str,
    templates: tuple[str, ...],
    every: int,
    first: Month,
    last: Month | None,
    due_day: int,
    target: int,
    as_json: bool,
) -> None:
    """Plan a round that comes back."""
    from auditor.domain.programme_plan import Rhythm
    from auditor.services.programme_plan import KeepRhythm, keep_rhythm

    rhythm = Rhythm("", title, templates, every, first, due_day, target, last)
    with access.signed_in() as session:
        made = session.do(keep_rhythm, KeepRhythm(rhythm, _offered(session)))
    show({"id": made.made, "title": title}, as_json, lambda: f"{made.sentence}. Its id is {made.made}")


@programme.command("drop")
@click.argument("round_title", metavar="ROUND")
@json_option
@with_access()
def drop_rounds(access: Access, round_title: str, as_json: bool) -> None:
    """Plan no more rounds of ROUND, by title or id; cycles that were started stay."""
    from auditor.services.programme_plan import DropRhythm, drop_rhythm

    with access.signed_in() as session:
        changes = session.do(drop_rhythm, DropRhythm(_rhythm(session, round_title)))
    show({"dropped": round_title}, as_json, lambda: f"{changes.sentence}.")


@programme.command()
@click.argument("round_title", metavar="ROUND")
@click.argument("month", type=MONTH)
@click.option("--reason", default="", help="Why it need not be held; left out to take an exemption back.")
@json_option
@with_access()
def exempt(access: Access, round_title: str, month: Month, reason: str, as_json: bool) -> None:
    """Exempt the round of MONTH, with a reason that stays beside your name."""
    from auditor.services.programme_plan import ExemptRound, exempt_round

    with access.signed_in() as session:
        command = ExemptRound(_rhythm(session, round_title), month, reason, date.today())
        changes = session.do(exempt_round, command)
    show({"round": round_title, "month": str(month), "reason": reason}, as_json, lambda: f"{changes.sentence}.")


@programme.command()
@click.argument("round_title", metavar="ROUND")
@click.argument("month", type=MONTH)
@click.option("--cycle", "cycle_id", required=True, help="The cycle that is this round, by id or title.")
@json_option
@with_access()
def hold(access: Access, round_title: str, month: Month, cycle_id: str, as_json: bool) -> None:
    """Say which cycle is the round of MONTH."""
    from auditor.services.programme_plan import HoldRound, hold_round

    with access.signed_in() as session:
        cycle = find_cycle(session, cycle_id)
        changes = session.do(hold_round, HoldRound(_rhythm(session, round_title), month, cycle.id))
    show({"round": round_title, "month": str(month), "cycle": cycle.id}, as_json, lambda: f"{changes.sentence}.")


@programme.command()
@click.argument("audits", type=int)
@json_option
@with_access()
def target(access: Access, audits: int, as_json: bool) -> None:
    """Set how many audits are to be agreed in a month."""
    from auditor.services.programme_plan import SetTarget, set_target

    with access.signed_in() as session:
        changes = session.do(set_target, SetTarget(audits))
    show({"target": audits}, as_json, lambda: f"{changes.sentence}.")


def _offered(session: "Session") -> tuple[str, ...]:
    from auditor.services.templates import kept_templates, shipped_templates

    kept = [card.id for card in session.ask(kept_templates, None)]
    return (*(item.template.id for item in shipped_templates()), *kept)


def _rhythm(session: "Session", wanted: str) -> str:
    from auditor.services.programme_plan import ProgrammeQuery, programme_view

    found = session.ask(programme_view, ProgrammeQuery(Month.of(date.today()), 1, date.today())).rhythms
    return str(one_of(found, wanted, lambda one: (one.id, one.title), "round").id)


def _plain(found: "ProgrammeView") -> dict[str, object]:
    return {
        "target": found.target,
        "months": [
            {
                "month": str(line.month),
                "agreed": line.agreed,
                "target": line.target,
                "rounds": [_plain_round(one) for one in line.rounds],
            }
            for line in found.months
        ],
        "teams": [{"name": s.name, "given": s.given, "agreed": s.agreed, "late": s.late} for s in found.teams],
        "auditors": [{"name": s.name, "given": s.given, "agreed": s.agreed, "late": s.late} for s in found.auditors],
    }


def _plain_round(line: "RoundLine") -> dict[str, object]:
    return {
        "round": line.round.rhythm.title,
        "template": line.round.template,
        "due": line.due.isoformat(),
        "state": line.state.value,
        "days_late": line.days_late,
        "cycle": line.cycle.cycle_id if line.cycle else "",
        "exempted_because": line.exemption.reason if line.exemption else "",
        "exempted_by": line.exemption.by if line.exemption else "",
    }


def _words(found: "ProgrammeView") -> str:
    rounds = [
        (str(month.month), one.round.rhythm.title, one.round.template, dmy(one.due), one.state.words, _why(one))
        for month in found.months
        for one in month.rounds
    ]
    months = [(str(line.month), line.agreed, line.target or "-") for line in found.months]
    shares = [("Team", *_share(one)) for one in found.teams] + [("Auditor", *_share(one)) for one in found.auditors]
    return "\n\n".join(
        [
            table(("Month", "Round", "Template", "Due", "State", ""), rounds, "No round is planned yet."),
            table(("Month", "Agreed", "Target"), months, ""),
            table(("", "Name", "Given", "Agreed", "Late"), shares, "No audit is due in these months."),
        ]
    )


def _share(share: "Share") -> tuple[str, int, int, int]:
    return share.name, share.given, share.agreed, share.late


def _why(line: "RoundLine") -> str:
    if line.exemption and line.cycle is None:
        return f"{line.exemption.reason} ({line.exemption.by})"
    late = f"{line.days_late} days late" if line.days_late else ""
    done = f"{line.cycle.agreed} of {line.cycle.audits} agreed" if line.cycle else ""
    return ", ".join(filter(None, (done, late)))
