"""`auditor template burden`: slow sections, questions that tell nothing, and what a shorter form saves and loses."""

from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import json_option, one_of, show, table

if TYPE_CHECKING:
    from auditor.domain.burden import Burden, QuestionBurden, Shorter
    from auditor.domain.template import Template
    from auditor.services.session import Session


@click.command()
@click.argument("template_id", metavar="ID")
@click.option("--cycle", "cycle_id", default="", help="Only audits of this cycle, by id or title.")
@click.option("--leave", multiple=True, metavar="QUESTION", help="A question to leave out; those named, unless given.")
@json_option
@with_access()
def burden(access: Access, template_id: str, cycle_id: str, leave: tuple[str, ...], as_json: bool) -> None:
    """Say what the template ID costs and brings, over the audits that are signed off."""
    from auditor.cli.cycle import find_cycle
    from auditor.domain.burden import without
    from auditor.services.burden import BurdenQuery, template_burden

    with access.signed_in() as session:
        template = _template(session, template_id)
        within = find_cycle(session, cycle_id).id if cycle_id else ""
        found = session.ask(template_burden, BurdenQuery(template, within))
    less = without(found, leave or [item.question.id for item in found.to_leave])
    show(_plain(template, found, less), as_json, lambda: _words(found, less))


def _template(session: "Session", wanted: str) -> "Template":
    from auditor.services.templates import kept_template, kept_templates, shipped_templates

    known = [item.template for item in shipped_templates()]
    own = [session.ask(kept_template, card.hash) for card in session.ask(kept_templates, None)]
    offered = {item.hash: item for item in (*known, *own)}.values()
    found: Template = one_of(list(offered), wanted, _names, "template")
    return found


def _names(item: "Template") -> tuple[str, ...]:
    """An id stands for one template only until the workspace keeps another version of it: then name it as `id@2`."""
    return item.hash, item.id, f"{item.id}@{item.version}"


def _plain(template: "Template", found: "Burden", less: "Shorter") -> dict[str, object]:
    return {
        "template": template.id,
        "audits": found.audits,
        "sections": [
            {
                "id": item.section.id,
                "expected_minutes": round(item.expected, 1),
                "measured_minutes": None if item.measured is None else round(item.measured, 1),
                "timed": item.timed,
                "slow": item.slow,
            }
            for item in found.sections
        ],
        "questions": [_plain_question(item) for item in found.questions],
        "shorter": {
            "questions": less.questions,
            "minutes_saved": round(less.minutes, 1),
            "issues_lost": less.issues,
            "limits_failed_lost": less.limits_failed,
            "good_practice_lost": less.good_practice,
        },
    }


def _plain_question(item: "QuestionBurden") -> dict[str, object]:
    return {
        "id": item.question.id,
        "answered": item.answered,
        "na": item.na,
        "issues": item.issues,
        "good_practice": item.good_practice,
        "same_as": item.twin,
        "minutes": round(item.minutes, 2),
        "signs": [sign.value for sign in item.signs],
    }


def _words(found: "Burden", less: "Shorter") -> str:
    sections = [
        (
            item.section.number,
            item.section.short,
            f"{item.expected:.0f}",
            "-" if item.measured is None else f"{item.measured:.0f}",
            item.timed,
            "slow" if item.slow else "",
        )
        for item in found.sections
    ]
    questions = [
        (
            item.question.number,
            item.answered,
            item.na,
            item.issues,
            f"{', '.join(sign.words for sign in item.signs)}{f' ({item.twin})' if item.twin else ''}",
            item.question.short or item.question.text[:60],
        )
        for item in found.to_leave
    ]
    return "\n\n".join(
        [
            f"Over {found.audits} signed-off audits.",
            table(("No.", "Section", "Expected min", "Median min", "Timed", ""), sections, "No sections."),
            table(
                ("No.", "Answered", "N/A", "Issues", "Sign", "Question"),
                questions,
                "No question stands out: each told something, or has too few answers.",
            ),
            f"Without {less.questions} questions: {less.minutes:.0f} minutes less for one auditor; not seen would be "
            f"{less.issues} issues, {less.limits_failed} failed limits and {less.good_practice} good-practice marks.",
        ]
    )
