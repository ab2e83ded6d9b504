"""The focus ring: 2 px of accent, 2 px outside whatever has the focus, in every window it is installed on."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QTabBar, QWidget
from shiboken6 import isValid

from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import box, rect_f

REACH = 4
"""How far the ring reaches beyond the control: 2 px of gap and 2 px of ring. Layouts leave this much room."""

_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.LayoutRequest,
}


class FocusRing(QObject):
    """Follows the focus within one window. Widgets with the property `ownFocus` draw their focus themselves."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._overlay: _Overlay | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    @property
    def overlay(self) -> QWidget | None:
        """The ring itself while it is shown."""
        return self._overlay if self._overlay is not None and isValid(self._overlay) else None

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is None or not isValid(self._window) or new.window() is not self._window or not _wants_ring(new):
            return
        frame = _frame_for(new)
        at: QWidget | None = new
        while at is not None:
            at.installEventFilter(self)
            self._watched.append(at)
            at = at.parentWidget() if at is not frame else None
        self._target = new
        # It lives in the frame and goes with it, so a page may delete what it holds at any time.
        self._overlay = _Overlay(frame)
        self._place()

    def _let_go(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        overlay = self.overlay
        if overlay is not None:
            overlay.hide()
            overlay.deleteLater()
        self._overlay = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        target, overlay = self._target, self.overlay
        frame = overlay.parentWidget() if overlay is not None else None
        if target is None or overlay is None or frame is None or not isValid(target):
            return
        corner = target.mapTo(frame, QPoint(0, 0))
        overlay.setGeometry(QRect(corner, target.size()).adjusted(-REACH, -REACH, REACH, REACH))
        overlay.raise_()
        overlay.setVisible(target.isVisibleTo(frame))


class _Overlay(QWidget):
    """The ring: paints itself above everything and lets every click through."""

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, rect_f(self), edge=theme().colour("accent"), width=2, radius=6)


def _wants_ring(widget: QWidget) -> bool:
    if widget.property("ownFocus"):
        return False
    return not isinstance(widget, QAbstractItemView | QTabBar) and not widget.isWindow()


def _frame_for(widget: QWidget) -> QWidget:
    """The nearest scrolled content or the window: there the ring scrolls and is cut off with its control."""
    at = widget.parentWidget()
    while at is not None and not at.isWindow():
        parent = at.parentWidget()
        viewport_of = parent.parentWidget() if parent is not None else None
        if isinstance(viewport_of, QAbstractScrollArea) and viewport_of.viewport() is parent:
            return at
        at = parent
    return widget.window()
