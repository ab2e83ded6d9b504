"""How far something is: a thin bar, a bar of several parts, and the steps of a life."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from auditor.desktop.marks import MarkKind, draw_mark
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.painting import LEFT, rect_f, write


def draw_bar(painter: QPainter, rect: QRectF, share: float, colour: Token = "accent") -> None:
    """A thin bar with its track; `share` runs from 0 to 1."""
    _fill_parts(painter, rect, [(max(0.0, min(1.0, share)), colour)], gap=0)


def _fill_parts(painter: QPainter, rect: QRectF, parts: Sequence[tuple[float, Token]], gap: int) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = rect.height() / 2
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.fillPath(shape, theme().colour("line"))
    painter.setClipPath(shape)
    left = rect.left()
    for share, token in parts:
        width = rect.width() * share
        painter.fillRect(QRectF(left, rect.top(), max(width - gap, 0), rect.height()), theme().colour(token))
        left += width
    painter.restore()


class Bar(QProgressBar):
    """A thin progress bar. `set_share(done, total)`; its name says what it measures."""

    def __init__(self, name: str, *, colour: Token = "accent", height: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour, self._thick = colour, height
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, done: int, total: int) -> None:
        """Show `done` of `total`; a total of 0 shows an empty bar."""
        self.setRange(0, max(total, 1))
        self.setValue(done)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(self._thick))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(24), theme().px(self._thick))

    def paintEvent(self, event: QPaintEvent) -> None:
        span = self.maximum() - self.minimum() or 1
        draw_bar(QPainter(self), rect_f(self), (self.value() - self.minimum()) / span, self._colour)


@dataclass(frozen=True)
class Part:
    """One part of a `PartsBar`: how many, in which colour, and what they are."""

    count: int
    colour: Token
    word: str


class PartsBar(QWidget):
    """A bar divided by state, for a legend that stands below it and says the same in words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._parts: Sequence[Part] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(())

    def set_parts(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        said = ", ".join(f"{part.count} {part.word}" for part in parts)
        self.setAccessibleName(f"{self._name}: {said}" if said else self._name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        total = sum(part.count for part in self._parts) or 1
        shares = [(part.count / total, part.colour) for part in self._parts if part.count]
        _fill_parts(QPainter(self), rect_f(self), shares, gap=1)


class StepState(Enum):
    """Where a step of a life stands."""

    DONE = "done"
    NOW = "now"
    OPEN = "open"


@dataclass(frozen=True)
class Step:
    """One step of a life: what, when and by whom, and where it stands."""

    title: str
    note: str
    state: StepState


_STEP_MARKS: dict[StepState, tuple[MarkKind, Token]] = {
    StepState.DONE: (MarkKind.TICK_DISC, "accent"),
    StepState.NOW: (MarkKind.DOT_RING, "accent"),
    StepState.OPEN: (MarkKind.RING, "ctl"),
}


class LifeSteps(QWidget):
    """The life of an action from top to bottom: what was done, by whom and when, what is next."""

    def __init__(self, name: str, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._steps: Sequence[Step] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        words = {StepState.DONE: "done", StepState.NOW: "now", StepState.OPEN: "not yet"}
        said = "; ".join(f"{step.title} ({words[step.state]}) {step.note}".strip() for step in steps)
        self.setAccessibleName(f"{self._name}: {said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(38) * len(self._steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pitch, side = theme().px(38), theme().px(18)
        for number, step in enumerate(self._steps):
            top = number * pitch
            if number + 1 < len(self._steps):
                done = self._steps[number + 1].state is not StepState.OPEN
                painter.setPen(QPen(theme().colour("accent" if done else "line"), 2))
                x = side / 2
                painter.drawLine(QPointF(x, top + side + 2), QPointF(x, top + pitch - 1))
            kind, colour = _STEP_MARKS[step.state]
            draw_mark(painter, QRectF(0, top + 1, side, side), kind, theme().colour(colour))
            words = QRectF(side + theme().px(10), top, self.width() - side - theme().px(10), theme().px(20))
            now = step.state is StepState.NOW
            tone: Token = "muted" if step.state is StepState.OPEN else "text"
            write(painter, words, step.title, weight=600 if now else 400, colour=tone)
            words.translate(0, theme().px(17))
            top_left = Qt.AlignmentFlag.AlignTop | LEFT & Qt.AlignmentFlag.AlignLeft
            write(painter, words, step.note, px=12, colour="muted", align=top_left)
