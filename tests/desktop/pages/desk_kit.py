"""A template with every way of answering, an audit of it given to a pair, and a window at its desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.pages.audits.answering import Answering
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.page import AuditsPage
from auditor.domain.answers import Entry
from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.services import cycles, scoring
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template
from tests.desktop.pages.kit import shown
from tests.kit import TODAY, House, open_house, small_plain

WRAPS = "Who was told of the outcome apart from the child, the parents and the worker who held the case?"
NA_REASONS = ["Not due within the period", "Not for a child of this age"]
LONG_LIST = ["Health visitor", "School nurse", "Police", "Probation", "GP", "Housing", "Midwife", "Cafcass", "Court"]
LONG_LIST += ["Other"]


def every_way() -> dict[str, Any]:
    """The small template, with reasons for N/A and a third section for every other way of answering."""
    plain = small_plain()
    plain["na_reasons"] = NA_REASONS
    plain["sections"][0]["applies_if"] = "where there was supervision"
    plain["sections"][1]["questions"][0]["evidence"] = "Case notes of that day: who saw the child"
    options = [{"code": word.lower().replace(" ", "_"), "label": word} for word in LONG_LIST]
    plain["scales"] += [{"id": "long", "options": options}, {"id": "several", "options": options[:3]}]
    fact = {"completed_by": "business_support"}
    plain["sections"].append(
        {
            "id": "S03",
            "title": "Other ways of answering",
            "short": "Other ways",
            "questions": [
                {"id": "S03.01", "text": "Date begun", "type": "date", "na_allowed": True, **fact},
                {"id": "S03.02", "text": "When seen", "type": "datetime", **fact},
                {"id": "S03.03", "text": "Attendance", "type": "number", **fact},
                {"id": "S03.04", "text": WRAPS, "type": "choices", "scale": "several", **fact},
                {"id": "S03.05", "text": "Who referred", "type": "choice", "scale": "long", **fact},
                {"id": "S03.06", "text": "Case reference", "type": "text", "derived": "case.reference", **fact},
            ],
        }
    )
    return plain


@dataclass
class Sitting:
    """An audit and its people, with a window of the first auditor when it is opened."""

    house: House
    first: Session
    second: Session
    audit_id: str

    def entry(self, question_id: str, session: Session | None = None) -> Entry:
        """What is on disk for the first auditor (or whoever asks)."""
        view = (session or self.first).ask(scoring.desk, self.audit_id)
        return view.entries.get(question_id, Entry())

    def open(self, qtbot: QtBot, session: Session | None = None, at: str = "") -> Desk:
        """The desk of this audit in a window, at a question."""
        window = shown(qtbot, lambda operations: AuditsPage(operations, session or self.first, lambda: TODAY))
        window.show_page("audits", self.audit_id)
        desk = desk_of(window)
        if at:
            desk.show_question(at)
        QApplication.processEvents()
        return desk


@contextmanager
def sitting(root: Path, mode: Mode = Mode.BLIND) -> Iterator[Sitting]:
    """A cycle with the template of every way, one case, given to A. and B. Auditor."""
    with open_house(root) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        template_hash = house.lead.do(keep_template, KeepTemplate(every_way())).made
        command = cycles.CreateCycle("Autumn", template_hash, date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1))
        cycle_id = house.lead.do(cycles.create_cycle, command).made
        house.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, (cycles.NewCase("CF-07"),)))
        audit_id = house.give(cycle_id, "CF-07", first, None if mode is Mode.SINGLE else second, mode)
        yield Sitting(house, first, second, audit_id)


def desk_of(window: MainWindow) -> Desk:
    """The desk in a window."""
    page = window.page
    assert isinstance(page, AuditsPage)
    assert page.desk is not None
    return page.desk


def current(desk: Desk) -> str:
    """The id of the current question."""
    assert desk.row is not None
    return desk.row.question.id


def live(desk: Desk) -> Answering:
    """The controls of the current question."""
    assert desk.live is not None
    return desk.live


def status_of(desk: Desk) -> str:
    """What the status line says."""
    return desk.operations.messages.status.text
