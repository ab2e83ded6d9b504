"""Which column of a list is what, where the program did not recognise it; remembered for the next list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.widgets.fields import Combo, Field
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.domain.frame import Field as Column
from auditor.domain.frame import Frame
from auditor.services.drafts import KeepDraft, draft, keep_draft
from auditor.services.session import Session

PLACE = "frame/columns"
NONE = "-"
"""What is chosen where the list has no such column."""
_ACROSS = 2


def remembered(session: Session) -> dict[Column, str]:
    """What a person chose for an earlier list."""
    known = {each.value: each for each in Column}
    left = session.ask(draft, PLACE)
    return {known[name]: _heading(text) for name, text in left.items() if name in known}


class ColumnChoice(Panel):
    """A list of headings for each field. `changed` when a person chose; `chosen` is what they chose, here or before."""

    changed = Signal()

    def __init__(self, session: Session, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(c="well", parent=parent)
        self._session, self._operations = session, operations
        self.chosen: dict[Column, str] = {}
        self.lists = {each: Combo(each.words.capitalize()) for each in Column}
        words = "Which column is what. It is remembered for your next list."
        self.body.addWidget(WrapLabel(words, "caption2"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for number, (each, combo) in enumerate(self.lists.items()):
            combo.fill_room()
            combo.picked.connect(lambda heading, each=each: self._pick(each, heading))
            grid.addWidget(Field(each.words.capitalize(), combo), number // _ACROSS, number % _ACROSS)
        self.body.addLayout(grid)

    def recall(self) -> None:
        """Take over what was chosen for an earlier list."""

        def take(chosen: dict[Column, str]) -> None:
            self.chosen = chosen

        self._operations.run(lambda: remembered(self._session), on_done=take, quick=True)

    def show_frame(self, frame: Frame) -> None:
        """Offer the headings of a list that was read."""
        self.offer(tuple(frame.columns), frame.fields)

    def offer(self, headings: Sequence[str], found: Mapping[Column, str]) -> None:
        """Offer these headings; `found` are those in use."""
        for each, combo in self.lists.items():
            nothing = [] if each is Column.REFERENCE and found else [(NONE, "None")]
            combo.set_options([*nothing, *((heading, heading) for heading in headings)])
            combo.set_value(found.get(each, NONE))

    def arrive(self) -> None:
        """The reference decides everything."""
        self.lists[Column.REFERENCE].setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, each: Column, heading: str) -> None:
        self.chosen[each] = _heading(heading)
        fields = {one.value: text or NONE for one, text in self.chosen.items()}
        self._operations.run(lambda: self._session.do(keep_draft, KeepDraft(PLACE, fields)), quick=True)
        self.changed.emit()


def _heading(text: str) -> str:
    return "" if text == NONE else text
