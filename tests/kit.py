"""A small invented template, and a workspace with people, a cycle and audits, for tests of any room."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from auditor.domain.answers import Answer
from auditor.domain.audit import Mode
from auditor.domain.roles import Person, Role
from auditor.domain.template import Template
from auditor.domain.template_plain import template_from_plain
from auditor.services import cycles, people, reconciling, scoring
from auditor.services.session import Session
from auditor.services.templates import KeepTemplate, keep_template
from auditor.services.workspace import OpenedWorkspace
from auditor.store.keyfile import DerivationCost
from auditor.store.unit_of_work import Records
from auditor.store.workspace import Workspace

PASSPHRASE = "plain words for a test"
CHEAP = DerivationCost(memory_kib=8, iterations=1, lanes=1)
TODAY = date(2026, 11, 24)
PIN = "2468"

_MET = [
    {"code": "met", "label": "Met", "stands_for": "met"},
    {"code": "partly", "label": "Partly met", "stands_for": "partly"},
    {"code": "not_met", "label": "Not met", "stands_for": "not_met"},
    {"code": "not_evidenced", "label": "Not evidenced", "stands_for": "not_evidenced"},
]
_YN = [
    {"code": "yes", "label": "Yes", "stands_for": "yes"},
    {"code": "no", "label": "No", "stands_for": "no"},
    {"code": "not_evidenced", "label": "Not evidenced", "stands_for": "not_evidenced"},
]
_GRADE = [{"code": str(n), "label": label} for n, label in enumerate(["Outstanding", "Good", "RI", "Inadequate"], 1)]


def small_plain() -> dict[str, Any]:
    """The plain form of a template of two sections: two facts, two judgements with limits, a text and the grade."""
    return {
        "format": 1,
        "id": "small",
        "title": "Small sample audit",
        "version": "1",
        "master": "",
        "overall": {"question": "S02.04"},
        "themes": [
            {"id": "recording", "title": "Recording"},
            {"id": "supervision", "title": "Supervision"},
            {"id": "safety", "title": "Safety"},
        ],
        "scales": [
            {"id": "met", "ordered": True, "options": _MET},
            {"id": "yn", "options": _YN},
            {"id": "grade", "ordered": True, "options": _GRADE},
        ],
        "sections": [
            {
                "id": "S01",
                "title": "Recording and supervision",
                "short": "Recording",
                "applies_if": "the case was open long enough to be supervised",
                "questions": [
                    _fact("S01.01", "Number of supervision records", "count", themes=["supervision"]),
                    _fact(
                        "S01.02", "Is a chronology on file?", "choice",
                        scale="yn", themes=["recording"], polarity="positive",
                    ),
                    _judged("S01.03", "Is supervision reflective?", ["supervision", "recording"], na_allowed=True),
                ],
            },
            {
                "id": "S02",
                "title": "Safety and judgement",
                "short": "Safety",
                "questions": [
                    _judged("S02.01", "Was the child protected without delay?", ["safety"], limiting="L1"),
                    {"id": "S02.02", "text": "Did harm go unnoticed?", "type": "choice", "scale": "yn",
                     "themes": ["safety"], "polarity": "negative", "na_allowed": True},
                    {"id": "S02.03", "text": "What went well?", "type": "text"},
                    {"id": "S02.04", "text": "Overall grade", "type": "grade", "scale": "grade"},
                ],
            },
        ],
        "indicators": [{"id": "no_supervision", "title": "No supervision record", "when": "a['S01.01'] == 0"}],
    }  # fmt: skip


def _fact(question_id: str, text: str, kind: str, **more: object) -> dict[str, object]:
    return {"id": question_id, "text": text, "type": kind, "completed_by": "business_support", **more}


def _judged(question_id: str, text: str, themes: list[str], **more: object) -> dict[str, object]:
    return {
        "id": question_id, "text": text, "type": "choice", "scale": "met",
        "themes": themes, "polarity": "positive", **more,
    }  # fmt: skip


def small_template() -> Template:
    """The same as a template."""
    return template_from_plain(small_plain())


@dataclass
class House:
    """An open workspace with its people signed in, as tests use it."""

    opened: OpenedWorkspace
    lead: Session
    folder: Path
    settings: Path

    def add(self, name: str, *roles: Role) -> Session:
        """A new person, signed in."""
        changes = self.lead.do(people.add_person, people.AddPerson(name, frozenset(roles), PIN))
        return Session(self.opened.records, self.person(changes.made))

    def person(self, person_id: str) -> Person:
        """A person by id."""
        return next(person for person in self.opened.people() if person.id == person_id)

    def cycle(
        self,
        title: str = "Autumn sample",
        references: tuple[str, ...] = ("CF-01",),
        plain: dict[str, Any] | None = None,
    ) -> str:
        """A cycle with the small template (or another) and these cases; gives its id."""
        template_hash = self.lead.do(keep_template, KeepTemplate(plain or small_plain())).made
        command = cycles.CreateCycle(title, template_hash, date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1))
        cycle_id = self.lead.do(cycles.create_cycle, command).made
        listed = tuple(cycles.NewCase(reference, "Team one", "Child in need", "5-9") for reference in references)
        self.lead.do(cycles.add_cases, cycles.AddCases(cycle_id, listed))
        return cycle_id

    def give(
        self, cycle_id: str, reference: str, first: Session, second: Session | None, mode: Mode = Mode.BLIND
    ) -> str:
        """Give a case to its auditors; gives the audit's id."""
        case = next(c for c in self.lead.ask(cycles.cycle_view, cycle_id).cases if c.reference == reference)
        second_id = second.actor.id if second else ""
        return self.lead.do(cycles.give_audit, cycles.GiveAudit(case.id, mode, first.actor.id, second_id)).made


@contextmanager
def open_house(root: Path) -> Iterator[House]:
    """A new workspace below `root`, locked again at the end."""
    workspace, _ = Workspace.create(
        root / "workspace", PASSPHRASE, name="Sample", cost=CHEAP, settings_folder=root / "settings"
    )
    opened = OpenedWorkspace(workspace, Records(workspace))
    try:
        first = people.AddPerson("L. Lead", frozenset({Role.QA_LEAD, Role.MANAGER}), PIN)
        yield House(opened, opened.add_first_person(first), root / "workspace", root / "settings")
    finally:
        workspace.close()


def answer(session: Session, audit_id: str, question_id: str, value: str | int) -> None:
    """Record one answer."""
    session.do(scoring.record_answer, scoring.RecordAnswer(audit_id, question_id, Answer(value)))


FULL = {"S01.03": "met", "S02.01": "met", "S02.02": "no", "S02.03": "Visits were kept up.", "S02.04": "2"}
"""A complete set of judgements."""


def score_and_submit(session: Session, audit_id: str, **changed: str) -> None:
    """Answer every judgement (as in `FULL`, but for those named `S01_03="partly"`) and hand in."""
    for question_id, value in (FULL | {name.replace("_", ".", 1): value for name, value in changed.items()}).items():
        answer(session, audit_id, question_id, value)
    session.do(scoring.submit, scoring.Submit(audit_id))


def agree_all(session: Session, audit_id: str) -> None:
    """Agree equal answers, take A everywhere else, and sign off."""
    session.do(reconciling.agree_equal, reconciling.AgreeEqual(audit_id))
    for item in session.ask(reconciling.reconcile_view, audit_id).comparisons:
        if not item.is_agreed and not item.first.answer.is_blank:
            agreed = Answer(item.first.answer.value, item.first.answer.na_reason, reason="Discussed together.")
            session.do(reconciling.agree, reconciling.Agree(audit_id, item.question.id, agreed))
    session.do(reconciling.sign_off, reconciling.SignOff(audit_id))
