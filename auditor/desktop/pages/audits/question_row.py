"""One question of a section: painted while at rest, holding the live controls while it is the current one."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.desktop.pages.audits.row_painting import RIGHT_EDGE, SIGNS, RowLook, Zone, spoken
from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import focus_box, hairline, rect_f
from auditor.domain.answers import Entry
from auditor.domain.template import Question

_BOTTOM_NOW = 14


class QuestionRow(QWidget):
    """A press at rest asks: `pressed(row, zone)`, the zone None for the ground.

    Keys nobody inside took go to `on_key`, which says whether it used them. Only the current question takes the
    focus: the questions of a section are one stop for Tab, and Up and Down move among them.
    """

    pressed = Signal(object, object)
    grew = Signal()
    """The controls changed their height: a form opened, a grid of keys took its columns."""

    def __init__(
        self, question: Question, entry: Entry, on_key: Callable[[QKeyEvent], bool], *, reading: bool, action: bool
    ) -> None:
        super().__init__()
        self._look = RowLook(question, entry, action=action, reading=reading)
        self._on_key = on_key
        self._live: QWidget | None = None
        self._hovered: Zone | None = None
        self._heights: dict[int, int] = {}
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("ownFocus", True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    @property
    def question(self) -> Question:
        return self._look.question

    @property
    def entry(self) -> Entry:
        """What the row shows as recorded."""
        return self._look.entry

    @property
    def live(self) -> QWidget | None:
        """The controls, while this is the current question and can be answered."""
        return self._live

    @property
    def now(self) -> bool:
        """Whether this is the current question."""
        return self._look.now

    @property
    def folded(self) -> bool:
        """Whether it is folded away, because it is not for this case."""
        return self._look.folded

    def set_aside(self, reason: str) -> None:
        """Fold it away with the reason why it is not for this case; without one it is asked."""
        if reason != self._look.aside:
            self._show(replace(self._look, aside=reason))

    def show_entry(self, entry: Entry, action: bool) -> None:
        """Show what is recorded now."""
        if (entry, action) != (self._look.entry, self._look.action):
            self._show(replace(self._look, entry=entry, action=action))

    def set_now(self, now: bool, live: QWidget | None = None) -> None:
        """Make it the current question, with the controls to answer it, or put it to rest."""
        if self._live is not None:
            self._live.hide()
            self._live.deleteLater()
        self._live = live
        if live is not None:
            live.setParent(self)
            live.show()
        resting = Qt.FocusPolicy.StrongFocus if now else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(resting if live is None else Qt.FocusPolicy.ClickFocus)
        self._show(replace(self._look, now=now))
        self._place()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._live is not None:
            return self._look.head_height(width) + self._live.sizeHint().height() + theme().px(_BOTTOM_NOW)
        if width not in self._heights:
            self._heights[width] = self._look.height(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), self.heightForWidth(max(self.width(), theme().px(400))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
            self.grew.emit()
        elif event.type() == QEvent.Type.StyleChange:
            self._heights.clear()
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = rect_f(self)
        if self._look.now:
            painter.fillRect(rect, theme().colour("surface"))
            painter.fillRect(QRectF(0, 0, 3, rect.height()), theme().colour("accent"))
        hairline(painter, rect.bottomLeft() - QPointF(0, 1), rect.bottomRight() - QPointF(0, 1))
        if self._look.folded:
            self._look.paint_folded(painter, self.width())
            return
        self._look.paint_head(painter, self.width())
        if self._live is None:
            self._look.paint_rest(painter, self.width(), self._hovered)
        if self.hasFocus():
            focus_box(painter, rect.adjusted(4, 2, -2, -3))

    def zone_at(self, position: QPointF) -> Zone | None:
        """What lies under the mouse on a question at rest."""
        if self._live is not None:
            return None
        width = self.width()
        if self._look.folded:
            return None
        keys = [zone for zone, _, _ in self._look.key_zones(width)] or [self._look.value_zone(width)]
        return next((zone for zone in (*keys, *self._look.sign_zones(width)) if zone.rect.contains(position)), None)

    def zone(self, kind: str, name: str) -> Zone | None:
        """The zone of a key or sign by name, while at rest."""
        width = self.width()
        zones = [zone for zone, _, _ in self._look.key_zones(width)] + self._look.sign_zones(width)
        return next((zone for zone in zones if (zone.kind, zone.name) == (kind, name)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.zone_at(event.position())
        if found != self._hovered:
            self._hovered = found
            self.setToolTip(dict(SIGNS).get(found.name, "") if found and found.kind == "sign" else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Taken here, so that the release comes here too.
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self, self.zone_at(event.position()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(event):
            super().keyPressEvent(event)

    def _show(self, look: RowLook) -> None:
        self._look = look
        self._heights.clear()
        self._say()
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(spoken(self._look))

    def _place(self) -> None:
        if self._live is not None:
            top, left = self._look.head_height(self.width()), self._look.indent
            room = self.width() - left - RIGHT_EDGE
            self._live.setGeometry(left - 4, top, room + 4, self._live.sizeHint().height())
