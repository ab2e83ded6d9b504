"""Poses that need a hand: an answer sheet that came back, words on the tool, a template in use."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.plan_target import RemarksOn
from auditor.desktop.pages.templates.contents import IN_USE
from auditor.domain.answer_sheet import SheetChange, SheetPreview, differences
from auditor.domain.answers import Entry
from auditor.domain.errors import BadInput, Place
from auditor.domain.roles import Duty, may
from auditor.services.cycles import AuditLine
from auditor.services.scoring import DeskView, desk
from auditor.services.session import Session
from auditor.services.tool_feedback import feedback

Named = tuple[str, Callable[[MainWindow], None]]
_FIRST_ROW, _MOST = 6, 14


def desk_poses(session: Session, lines: Sequence[AuditLine], begun: str | None) -> Iterator[Named]:
    """The sheet of an audit being scored, and the panel over one that is finished."""
    if begun:
        yield "answer-sheet", lambda window: _open_sheet(window, begun)
        yield "answer-sheet-preview", lambda window: _show_sheet(window, session.ask(desk, begun))
    finished = next((line for line in lines if line.mine and line.audit.signed_off), None)
    if finished is not None:
        audit_id = finished.audit.id
        yield "tool-feedback", lambda window: _open_feedback(window, audit_id)


def template_poses(session: Session) -> Iterator[Named]:
    """What a template costs and tells, and what was said of it."""
    if may(session.actor, Duty.SEE_FINDINGS):
        yield "template-in-use", _show_in_use
    said = session.ask(feedback, "")
    if said:
        yield "template-remarks", lambda window: window.show_page("templates", RemarksOn(said[0].template_hash))


def _open_sheet(window: MainWindow, audit_id: str) -> None:
    window.show_page("audits", audit_id)
    page: Any = window.page
    page.open_sheet()


def _show_sheet(window: MainWindow, view: DeskView) -> None:
    """As if somebody had filled in what is recorded, half of it anew, and slipped in two rows."""
    page: Any = window.page
    answered = [view.template.by_id[name] for name, entry in view.entries.items() if not entry.answer.is_blank]
    changes: list[SheetChange] = []
    for row, question in enumerate(answered[:_MOST], _FIRST_ROW):
        entry, other = view.entries[question.id], Entry(comment="See the note of the second visit.")
        before, after = (Entry(), entry) if row % 3 else (entry, other if row % 2 else Entry())
        changes += differences(question, before, after, row)
    problems = (
        BadInput("answer-unread", "", "The answer to 4.18 cannot be read.", "Write one of: Met, Partly met, Not met.",
                 Place("sheet.xlsx", sheet="Answers", row=61, column="D")),
        BadInput("answer-and-na", "", "Question 5.02 has an answer and a reason for N/A.", "Empty one of the two.",
                 Place("sheet.xlsx", sheet="Answers", row=74, column="E")),
    )  # fmt: skip
    page.sheet.view.show_found(SheetPreview(tuple(changes), problems, len(answered)), "answers.xlsx")


def _open_feedback(window: MainWindow, audit_id: str) -> None:
    page: Any = window.page
    page.open_audit(audit_id)
    page.desk.feedback.ask()
    page.desk.feedback.open(page.desk.state.in_order[0].id)


def _show_in_use(window: MainWindow) -> None:
    page: Any = window.page
    page.leave_mode()
    page.list.select(0)
    page.contents.show_view(IN_USE)
    view = page.contents.in_use
    # Ticked once the figures are there; until then there is nothing to tick.
    view.counted.connect(view.all_signs.click)
