"""Poses of what surrounds the audits: the proof of a draw, a changed plan, a newer version, scores, snippets, help."""

from collections.abc import Iterator, Sequence
from typing import Any

from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.findings.page import SCORES
from auditor.desktop.pages.plan_target import PlanOf
from auditor.desktop.picture_poses import Named
from auditor.domain.roles import Duty, may
from auditor.services.cycles import AuditLine
from auditor.services.draw_evidence import evidence
from auditor.services.plans import plan
from auditor.services.session import Session


def plan_poses(session: Session, lines: Sequence[AuditLine]) -> Iterator[Named]:
    """The evidence of a draw, and the plan of an audit for which more time is asked."""
    ids = dict.fromkeys(line.cycle.id for line in lines) if may(session.actor, Duty.RUN_CYCLES) else {}
    drawn = next((cycle_id for cycle_id in ids if session.ask(evidence, cycle_id)), None)
    if drawn:
        yield "cycle-drawn", lambda window: _show_draw(window, drawn)
    going = (line.audit.id for line in lines if not line.audit.is_over)
    asked = next((audit_id for audit_id in going if session.ask(plan, audit_id).plans.extension.asked), None)
    if asked:
        yield "audit-plan", lambda window: window.show_page("audits", PlanOf(asked))


def further_poses(lines: Sequence[AuditLine], begun: str | None) -> Iterator[Named]:
    """What a newer version changes, the scores of a re-audit, snippets, and the help of a page."""
    if begun:
        yield "newer-version", lambda window: _show_version(window, begun)
    again = next((line.cycle.id for line in lines if line.cycle.reaudit_of), None)
    if again:
        yield "scores", lambda window: _show_scores(window, again)
    yield "snippets", lambda window: window.show_page("settings", "snippets")
    yield "help", _show_help


def _show_draw(window: MainWindow, cycle_id: str) -> None:
    window.show_page("cycles", cycle_id)
    page: Any = window.page
    page.one.show_evidence()


def _show_version(window: MainWindow, audit_id: str) -> None:
    window.show_page("audits", audit_id)
    page: Any = window.page
    page.desk.moving.ask()
    page.desk.moving.open_difference()


def _show_scores(window: MainWindow, cycle_id: str) -> None:
    window.show_page("findings", cycle_id)
    page: Any = window.page
    page.segments.asked.emit(SCORES)


def _show_help(window: MainWindow) -> None:
    window.show_page("home")
    window.toggle_help()
    window.key_help.tabs.choose("help")
