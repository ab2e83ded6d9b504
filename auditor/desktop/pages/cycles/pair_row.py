"""One case on the page that makes the pairs: its three lists, and what is said of those chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.marks import MarkKind
from auditor.desktop.theme import polish
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import MarkLabel, WrapLabel
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.words import MODES
from auditor.domain.audit import Mode, Slot
from auditor.domain.pairing import Proposal
from auditor.domain.programme import Case
from auditor.domain.roles import Person
from auditor.services.cycles import AuditLine, GiveAudit
from auditor.services.pairing import interest

_LISTS = ("mode", "first", "second")
_NOBODY = ("", "Choose…")
_MODES = [(mode.value, MODES[mode][1]) for mode in Mode]


@dataclass(frozen=True, slots=True)
class ToGive:
    """A case to give out, with the audit as it was given before, if it was."""

    case: Case
    line: AuditLine | None = None


class PairRow:
    """The three lists of one case: how, first and second auditor."""

    def __init__(self, given: ToGive, auditors: Sequence[Person]) -> None:
        self.case, self.given_before = given.case, given.line is not None
        self._people: Mapping[str, Person] = {person.id: person for person in auditors}
        self._proposal: Proposal | None = None
        self.mark = MarkLabel(MarkKind.WARNING, "requires", name="Conflict of interest")
        self.words = WrapLabel("", "caption")
        self.note = Surface("plain", horizontal=True, margins=(4, 0, 0, 6), spacing=6)
        self.note.body.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.note.body.addWidget(self.words, 1)
        reference = given.case.reference
        people = [_NOBODY, *((person.id, person.name) for person in auditors)]
        self.mode = Combo(f"{reference}, how", _MODES)
        self.first = Combo(f"{reference}, first auditor", people)
        self.second = Combo(f"{reference}, second auditor", people)
        if given.line is not None:
            audit = given.line.audit
            self.set(audit.mode.value, audit.auditors.get(Slot.A, ""), audit.auditors.get(Slot.B, ""))

    @property
    def combos(self) -> tuple[Combo, Combo, Combo]:
        return (self.mode, self.first, self.second)

    @property
    def drafted(self) -> dict[str, QWidget | Bound]:
        """The lists as a draft holds them."""
        return {f"{self.case.id}/{name}": combo for name, combo in zip(_LISTS, self.combos, strict=True)}

    @property
    def single(self) -> bool:
        return self.mode.value == Mode.SINGLE.value

    @property
    def ready(self) -> bool:
        """Whether the right number of different people is chosen."""
        if self.single:
            return bool(self.first.value)
        return bool(self.first.value and self.second.value and self.first.value != self.second.value)

    @property
    def command(self) -> GiveAudit:
        """What giving this case out says."""
        second = "" if self.single else self.second.value
        return GiveAudit(self.case.id, Mode(self.mode.value), self.first.value, second)

    def set(self, mode: str, first: str, second: str) -> None:
        """Choose all three."""
        for combo, value in zip(self.combos, (mode, first, second), strict=True):
            combo.set_value(value)
        self.settle()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the people chosen."""
        values = (self.first.value,) if self.single else (self.first.value, self.second.value)
        return tuple(value for value in values if value)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What stands against the people chosen, in words."""
        people = (self._people[person] for person in self.chosen if person in self._people)
        return tuple(f"{person.name} {why}" for person in people if (why := interest(self.case, person)))

    def take(self, proposal: Proposal) -> None:
        """Choose whom a proposal names, and say why."""
        self._proposal = proposal
        if proposal.auditors:
            first, second = (*proposal.auditors, "")[:2]
            self.set(self.mode.value, first, second)

    def settle(self) -> None:
        """A single audit has no second auditor; say what stands against those chosen, else why they were proposed."""
        self.second.setEnabled(not self.single)
        conflicts, said = self.conflicts, self._said()
        self.words.setText(f"Conflict of interest: {'; '.join(conflicts)}." if conflicts else said)
        polish(self.words, c="late" if conflicts else "caption")
        self.mark.setVisible(bool(conflicts))
        self.note.setVisible(bool(conflicts or said))
        self.second.setAccessibleDescription(self.words.text())

    def _said(self) -> str:
        """Why the pair was proposed, as long as it is the one chosen."""
        one = self._proposal
        if one is None or (one.auditors and set(one.auditors) != set(self.chosen)):
            return ""
        why = f"{'; '.join(one.why)}." if one.why else ""
        unmet = f"Could not be met: {'; '.join(one.unmet)}." if one.unmet else ""
        return " ".join(part for part in (f"{why[:1].upper()}{why[1:]}", unmet) if part)
