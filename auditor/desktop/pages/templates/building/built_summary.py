"""What the ticks come to: time against the sitting, themes, practice areas, and checks that could not run."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.marks import LIMITS_GRADE
from auditor.desktop.models.template_rows import minutes_words
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import ElideLabel, Label, MarkLabel, WrapLabel, rule
from auditor.desktop.widgets.panel import PanelHead, Scrolled, clear
from auditor.desktop.widgets.progress import Bar
from auditor.desktop.words import many
from auditor.domain.effort import SITTING
from auditor.services.template_building import Built, Share, Stopped

_MOST = 8


class BuiltSummary(Scrolled):
    """Changes in place at every tick. `needed(Stopped)` wants the questions a rule cannot run without."""

    needed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 14, 16, 16), spacing=6, parent=parent)
        self.minutes = Label("", "h1")
        self._bar = Bar("Minutes of a sitting", height=8)
        self._sitting = WrapLabel("", "caption")
        self._themes, self._areas = _Shares(), _Shares()
        self._checks = PanelHead("Checks that cannot run", "label")
        self._stopped = QVBoxLayout()
        self._stopped.setSpacing(8)
        self._said: tuple[Stopped, ...] | None = None
        hint = "0.3 min a fact, 0.9 min a judgement, until your own times are measured."
        for widget in (Label("Time for one auditor", "label"), self.minutes, self._bar, self._sitting):
            self.body.addWidget(widget)
        self.body.addWidget(WrapLabel(hint, "caption"))
        self.body.addWidget(rule())
        self.body.addWidget(self._checks)
        self.body.addLayout(self._stopped)
        for title, shares in (("Themes covered", self._themes), ("Practice areas", self._areas)):
            self.body.addWidget(rule())
            head = PanelHead(title, "label")
            head.right(Label("of the master", "caption"))
            self.body.addWidget(head)
            self.body.addWidget(shares)

    def show_built(self, built: Built) -> None:
        """Say what the ticks come to now."""
        minutes = round(built.effort.minutes)
        self.minutes.setText(minutes_words(built.effort.minutes))
        self._bar.set_share(min(minutes, SITTING), SITTING)
        over = minutes > SITTING
        self._sitting.setText(f"{minutes} of {SITTING} minutes set for a sitting" + (": plan two" if over else ""))
        polish(self._sitting, c="soon" if over else "caption")
        self._themes.show_shares(built.themes)
        self._areas.show_shares(built.areas)
        if built.stopped != self._said:
            self._said = built.stopped
            self._show_stopped(built.stopped)

    def _show_stopped(self, stopped: tuple[Stopped, ...]) -> None:
        clear(self._stopped)
        near = [one for one in stopped if one.near]
        self._checks.count.setText(str(len(near)) if near else "none")
        # What needs least comes first: it is soonest put right.
        for rule_ in sorted(near, key=lambda one: len(one.missing))[:_MOST]:
            self._stopped.addWidget(self._line(rule_))
        if len(near) > _MOST:
            self._stopped.addWidget(Label(f"and {len(near) - _MOST} more", "caption"))
        if len(stopped) > len(near):
            words = f"{many(len(stopped) - len(near), 'further check')} about what is not asked here"
            self._stopped.addWidget(WrapLabel(words, "caption"))

    def _line(self, stopped: Stopped) -> QWidget:
        widget = QWidget()
        line, words = QHBoxLayout(widget), QVBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(MarkLabel(LIMITS_GRADE.mark, "requires"), 0, Qt.AlignmentFlag.AlignTop)
        words.setSpacing(1)
        words.addWidget(WrapLabel(stopped.title, "caption2"))
        words.addWidget(WrapLabel(_needs(stopped), "caption"))
        line.addLayout(words, 1)
        add = Button(f"Add {len(stopped.missing)}", "small", name=f"Add what {stopped.title} needs")
        add.clicked.connect(lambda: self.needed.emit(stopped))
        line.addWidget(add, 0, Qt.AlignmentFlag.AlignTop)
        return widget


class _Shares(QWidget):
    """Bars with "4 of 6", made once and set at every tick."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._lines: list[tuple[Bar, Label]] = []
        self._titles: tuple[str, ...] = ()
        self._said: tuple[Share, ...] = ()

    def show_shares(self, shares: tuple[Share, ...]) -> None:
        """Show how much of each is taken."""
        titles = tuple(share.title for share in shares)
        if titles != self._titles:
            self._titles, self._said = titles, ()
            self._make(titles)
        for share, was, (bar, words) in zip(shares, self._said or [None] * len(shares), self._lines, strict=True):
            if share == was:
                continue
            bar.set_share(share.taken, share.of)
            bar.setAccessibleName(f"{share.title}: {share.taken} of {share.of} questions")
            words.setText(f"{share.taken} of {share.of}")
        self._said = shares

    def _make(self, titles: tuple[str, ...]) -> None:
        clear(self._grid)
        self._lines = []
        for line, title in enumerate(titles):
            bar, words = Bar(title), Label("", "caption2")
            bar.setFixedWidth(theme().px(72))
            self._grid.addWidget(ElideLabel(title, "caption2"), line, 0)
            self._grid.addWidget(bar, line, 1)
            self._grid.addWidget(words, line, 2)
            self._lines.append((bar, words))


def _needs(stopped: Stopped) -> str:
    numbers = [one.removeprefix("S").lstrip("0") for one in stopped.missing]
    numbers = [f"0{number}" if number.startswith(".") else number for number in numbers]
    if len(numbers) > 3:
        return f"needs {many(len(numbers), 'question')} of {many(len(stopped.sections), 'section')}"
    return f"needs {', '.join(numbers)}"
