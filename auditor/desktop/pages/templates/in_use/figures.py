"""The figures of a template in use, counted on the worker and kept until something is signed off or changed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from auditor.desktop.models.tick_rows import leaving_out
from auditor.desktop.operations import Operations
from auditor.domain.burden import Burden
from auditor.domain.changes import Changes
from auditor.domain.errors import Missing
from auditor.domain.template import Template
from auditor.services.burden import BurdenQuery, template_burden
from auditor.services.session import Session
from auditor.services.template_building import Builder, builder_for


@dataclass(frozen=True)
class Figures:
    """What was counted, and what a shorter form would be built with (None where there is no master to build from)."""

    burden: Burden
    builder: Builder | None

    def lost(self, template: Template, left: Collection[str]) -> tuple[list[str], list[str]]:
        """The titles of the rules that could not run any more without these questions, and of the themes that would
        have none."""
        if self.builder is None or not left:
            return [], []
        before = self.builder.look(self.builder.ticks_like(template))
        after = self.builder.look(leaving_out(self.builder, template, frozenset(left)))
        stopped = {rule.id for rule in before.stopped}
        asked = {share.id for share in before.themes if share.taken}
        return (
            [rule.title for rule in after.stopped if rule.id not in stopped],
            [share.title for share in after.themes if share.id in asked and not share.taken],
        )


class Counting(QObject):
    """Gives figures by template and cycle. `outdated` when audits have changed since."""

    outdated = Signal()

    def __init__(self, session: Session, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._operations = session, operations
        self._found: dict[tuple[str, str], Figures] = {}
        self._builders: dict[str, Builder | None] = {}
        self._asked: set[tuple[str, str, int]] = set()
        self._age = 0
        operations.changed.connect(self._forget)

    def of(self, template: Template, cycle_id: str, on_done: Callable[[Figures], None]) -> None:
        """Hand the figures on, at once where they are known."""
        place = (template.hash, cycle_id)
        if place in self._found:
            on_done(self._found[place])
            return
        asked = (*place, self._age)
        if asked not in self._asked:
            self._asked.add(asked)

            def take(found: Figures) -> None:
                self._asked.discard(asked)
                self._builders[template.hash] = found.builder
                # What was counted before something changed is asked for again by then.
                if asked[-1] == self._age:
                    self._found[place] = found
                    on_done(found)

            self._operations.run(
                lambda: self._count(template, cycle_id),
                on_done=take,
                on_failed=lambda _error: self._asked.discard(asked),
                busy_text="Counting what the questions told…",
            )

    def _count(self, template: Template, cycle_id: str) -> Figures:
        found = self._session.ask(template_burden, BurdenQuery(template, cycle_id))
        if template.hash in self._builders:
            return Figures(found, self._builders[template.hash])
        try:
            return Figures(found, self._session.ask(builder_for, template))
        except Missing:
            return Figures(found, None)

    def _forget(self, changes: Changes) -> None:
        if changes.touches("audit", "cycle"):
            self._found.clear()
            self._age += 1
            self.outdated.emit()
