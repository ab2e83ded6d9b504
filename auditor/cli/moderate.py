"""`auditor audit moderate`: which audits a moderator reads again, choosing one by hand, and recording the outcome."""

from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.cycle import find_cycle
from auditor.cli.output import json_option, show, table
from auditor.domain.errors import BadInput
from auditor.domain.moderation import QUALITY, Judged, Mark

if TYPE_CHECKING:
    from auditor.services.moderation_view import ModerationLine

_AUDIT = click.option("--audit", "audit_id", required=True, help="The id of the audit.")


@click.group()
def moderate() -> None:
    """Re-read a sample of signed-off audits: who is chosen and why, and what came of it."""


@moderate.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what does not wait: moderated audits and the rest.")
@json_option
@with_access()
def list_waiting(access: Access, everything: bool, as_json: bool) -> None:
    """List the signed-off audits that wait for moderation, each with why."""
    from auditor.services.moderation_view import moderation_lines

    with access.signed_in() as session:
        found = [item for item in session.ask(moderation_lines, None) if item.waits or everything]
    rows = [
        (
            item.line.audit.id,
            item.line.case.reference,
            " and ".join(item.line.auditor_names),
            item.grade,
            ", ".join(why.words for why in item.why) or item.line.standing,
        )
        for item in found
    ]
    text = table(("Audit", "Case", "Auditors", "Grade", "Why"), rows, "Nothing waits for moderation.")
    show([_plain(item) for item in found], as_json, lambda: text)


@moderate.command()
@_AUDIT
@click.option("--reason", default="", help="Why it is chosen; left out, an earlier choice is taken back.")
@json_option
@with_access()
def choose(access: Access, audit_id: str, reason: str, as_json: bool) -> None:
    """Choose a signed-off audit by hand, or take that back."""
    from auditor.services.moderating import Choose
    from auditor.services.moderating import choose as act

    with access.signed_in() as session:
        said = session.do(act, Choose(audit_id, reason)).sentence
    show({"audit": audit_id, "chosen": bool(reason.strip())}, as_json, lambda: said)


@moderate.command()
@click.option("--cycle", "cycle_id", required=True, help="The id or title of the cycle.")
@click.option("--share", type=int, help="Per cent drawn at random, 10 to 20; 0 draws none.")
@click.option("--seed", help="What the draw starts from; the same seed draws the same audits anywhere.")
@click.option("--extremes/--no-extremes", default=None, help="Every best and lowest grade.")
@click.option("--gaps/--no-gaps", default=None, help="Two grades apart before discussion.")
@click.option("--first/--no-first", default=None, help="An auditor's first three audits.")
@json_option
@with_access()
def rules(
    access: Access,
    cycle_id: str,
    share: int | None,
    seed: str | None,
    extremes: bool | None,
    gaps: bool | None,
    first: bool | None,
    as_json: bool,
) -> None:
    """Show or set which audits of a cycle go to moderation; what is not named stays as it is."""
    from dataclasses import replace

    from auditor.services.moderating import SetRules, set_rules
    from auditor.services.moderation_view import moderation_rules

    asked = {"share": share, "seed": seed, "extremes": extremes, "gaps": gaps, "first_audits": first}
    named = {name: value for name, value in asked.items() if value is not None}
    with access.signed_in() as session:
        cycle = find_cycle(session, cycle_id)
        kept = session.ask(moderation_rules, cycle.id)
        if named:
            session.do(set_rules, SetRules(cycle.id, replace(kept, **named)))  # type: ignore[arg-type]
            kept = session.ask(moderation_rules, cycle.id)
    plain = kept.to_plain()
    show(plain, as_json, lambda: "\n".join(f"{name}: {value}" for name, value in plain.items()))


@moderate.command()
@_AUDIT
@click.option(
    "--change",
    "changes",
    nargs=3,
    multiple=True,
    metavar="QUESTION CODE REASON",
    help="A grade or answer as you leave it: S26.07 3 'Drift was not seen.' Repeat for more.",
)
@click.option(
    "--quality",
    nargs=3,
    multiple=True,
    metavar="POINT MARK COMMENT",
    help=f"How the audit itself was made: {', '.join(p.id for p in QUALITY)}; met, partly or not_met; a comment or ''.",
)
@click.option("--set-aside", "limits", nargs=2, multiple=True, metavar="RULE REASON", help="A limit, and why not.")
@click.option("--note", default="", help="What else is to be said.")
@click.option("--back", default="", help="Return the audit to its pair for this reason; nothing else is changed.")
@json_option
@with_access()
def record(
    access: Access,
    audit_id: str,
    changes: tuple[tuple[str, str, str], ...],
    quality: tuple[tuple[str, str, str], ...],
    limits: tuple[tuple[str, str], ...],
    note: str,
    back: str,
    as_json: bool,
) -> None:
    """Record what you decide: what you do not change is upheld."""
    from auditor.domain.answers import Answer
    from auditor.services.moderating import Change, Moderate
    from auditor.services.moderating import moderate as act

    command = Moderate(
        audit_id,
        changes=tuple(Change(question, Answer(code), reason) for question, code, reason in changes),
        quality={point: Judged(_mark(mark), comment) for point, mark, comment in map(_point, quality)},
        limits=dict(limits),
        note=note,
        back=back,
    )
    with access.signed_in() as session:
        said = session.do(act, command).sentence
    show({"audit": audit_id, "outcome": said}, as_json, lambda: said)


@moderate.command()
@json_option
@with_access()
def calibration(access: Access, as_json: bool) -> None:
    """Print how far moderation moved the grades of each auditor's audits; for the QA lead."""
    from auditor.services.moderation_view import calibration as ask

    with access.signed_in() as session:
        found = session.ask(ask, None)
    rows = [(name, row.moderated, row.up, row.down, row.unmoved, row.steps) for name, row in found]
    headings = ("Auditor", "Moderated", "Up", "Down", "Upheld", "Grades moved")
    plain = [
        {"auditor": name, "moderated": row.moderated, "up": row.up, "down": row.down, "upheld": row.unmoved,
         "steps": row.steps}
        for name, row in found
    ]  # fmt: skip
    show(plain, as_json, lambda: table(headings, rows, "Nothing is moderated yet."))


def _point(given: tuple[str, str, str]) -> tuple[str, str, str]:
    names = [point.id for point in QUALITY]
    if given[0] not in names:
        words = f"{given[0]} is none of {', '.join(names)}."
        raise BadInput("no-such-point", "Quality of the audit", words, "Name one of them.")
    return given


def _mark(word: str) -> Mark:
    if word not in Mark._value2member_map_:
        words = f"{word} is no mark."
        raise BadInput("no-such-mark", "Quality of the audit", words, f"Say {', '.join(Mark)}.")
    return Mark(word)


def _plain(item: "ModerationLine") -> dict[str, object]:
    return {
        "audit": item.line.audit.id,
        "case": item.line.case.reference,
        "cycle": item.line.cycle.title,
        "auditors": list(item.line.auditor_names),
        "grade": item.grade,
        "waits": item.waits,
        "why": [why.value for why in item.why],
        "outcome": item.line.audit.moderated.value if item.line.audit.moderated else "",
    }
