"""A person at work in an open workspace: every act and every question of desktop and command line goes through here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from auditor.domain.changes import Changes
from auditor.domain.errors import NotAllowed
from auditor.domain.roles import Person
from auditor.store.queries import people as stored
from auditor.store.unit_of_work import Records, UnitOfWork, View

C = TypeVar("C")
Q = TypeVar("Q")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """The workspace and who is acting. Pages hold this and never a database handle.

    `actor` is the person as they signed in; what they may do is looked up afresh in every act and question.
    """

    records: Records
    actor: Person

    def do(self, act: Callable[[C, Person, UnitOfWork], Changes], command: C) -> Changes:
        """Carry out an act in one transaction; when this returns, it is on disk."""
        with self.records.write() as unit:
            return act(command, _as_of_now(self.actor, unit), unit)

    def ask(self, question: Callable[[Q, Person, View], T], query: Q) -> T:
        """Answer a question from a steady view of the workspace."""
        with self.records.read() as view:
            return question(query, _as_of_now(self.actor, view), view)


def _as_of_now(actor: Person, view: View) -> Person:
    person = stored.person(view, actor.id)
    if not person.active:
        raise NotAllowed(
            "not-active", "No longer active", "Your entry in this workspace was closed.", "Ask an administrator."
        )
    return person
