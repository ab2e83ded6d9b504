"""What the head of the page says while a desk is open: the facts in a line, and chips for the way of working and the
time spent."""

from PySide6.QtCore import QObject, QTimer

from auditor.desktop.dates import show_date
from auditor.desktop.pages.audits.desk import Desk
from auditor.desktop.pages.audits.desk_state import DeskState
from auditor.desktop.pages.audits.mode_words import mode_icon, mode_words
from auditor.desktop.theme import theme
from auditor.desktop.widgets.chip import IconChip
from auditor.desktop.widgets.header import PageHeader

_MINUTE_MS = 60_000
_NARROW = 175


class DeskChips(QObject):
    """Out of sight while there is no desk."""

    def __init__(self, header: PageHeader) -> None:
        super().__init__(header)
        self._desk: Desk | None = None
        self.mode, self.time = IconChip("eye-off", "Blind"), IconChip("clock", "", tint="surface")
        self.time.setToolTip("Your time at this audit; pauses of more than a minute are left out")
        for chip in (self.mode, self.time):
            header.add_chip(chip)
        self._minute = QTimer(self)
        self._minute.timeout.connect(self.show_time)
        self._minute.start(_MINUTE_MS)

    def show(self, desk: Desk | None, reader: str) -> None:
        """Speak of this desk to the person of that id, or of none."""
        self._desk = desk
        for chip in (self.mode, self.time):
            chip.setVisible(desk is not None)
        if desk is not None:
            view = desk.state.view
            self.mode.set_icon(mode_icon(view.audit))
            self.mode.set_text(mode_words(view, reader, narrow=theme().scale >= _NARROW))
            self.show_time()

    def show_time(self) -> None:
        """Say how long somebody has been at the audit by now."""
        if self._desk is not None:
            minutes, narrow = self._desk.sitting.minutes, theme().scale >= _NARROW
            self.time.set_text(f"{minutes} min" if narrow else f"{minutes} min, idle time left out")
            self._desk.sitting.show_minutes()


def head_words(state: DeskState) -> str:
    """The template, the period read, and how far the facts are in."""
    cycle = state.view.cycle
    first, last = cycle.period_start, cycle.period_end
    period = f"{first:%d/%m}{'' if first.year == last.year else f'/{first.year}'} to {show_date(last)}"
    facts = f" · {state.facts_in.words}" if state.facts_in else ""
    return f"{state.view.template.title} · {period}{facts}"
