"""Surfaces: panels, wells, rows inside them, and scrolled columns."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from auditor.desktop.theme import Token
from auditor.desktop.widgets.labels import IconLabel, Label, WrapLabel, rule


class Panel(QFrame):
    """A white box with a hairline and round corners; `body` is its layout. `c="well"` makes the grey one."""

    def __init__(
        self, *, c: str = "panel", margins: tuple[int, int, int, int] = (16, 12, 16, 12), spacing: int = 8,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("c", c)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)


class Surface(QWidget):
    """A plain ground with a layout: `c` is page, surface, side, foot, rail, drawer, header or status."""

    def __init__(
        self, c: str, *, horizontal: bool = False, margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        spacing: int = 0, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("c", c)
        # A QWidget subclass paints its style sheet ground only when told to.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body: QHBoxLayout | QVBoxLayout = QHBoxLayout(self) if horizontal else QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)


class Scrolled(QScrollArea):
    """A column that scrolls downwards only; put widgets into `body`. It follows the focus."""

    def __init__(
        self, *, margins: tuple[int, int, int, int] = (16, 16, 16, 16), spacing: int = 12,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside = self._inside = QWidget()
        inside.setProperty("c", "scrolled")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        inside.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Qt itself follows Tab only, not a focus that the program moves; what is in sight already stays where it is.
        if new is not None and self._inside.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, 16)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        # Content wider than the column would otherwise be cut off at the right.
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            bar = self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(self._inside.minimumSizeHint().width() + bar)
        return False


class PanelHead(QWidget):
    """The first row of a panel: a title at the left, whatever is added with `right` at the right."""

    def __init__(self, title: str, c: str = "h2", *, count: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self.title = Label(title, c)
        self.count = Label(count, "caption")
        self._line.addWidget(self.title)
        self._line.addWidget(self.count)
        self._line.addStretch(1)

    def right(self, widget: QWidget) -> None:
        """Add a widget at the right edge."""
        self._line.addWidget(widget)


class Note(QFrame):
    """A grey well with an icon or mark, a bold title and wrapped words, such as a limit of the grade."""

    def __init__(
        self, title: str, words: str, *, icon: str = "", lead: QWidget | None = None, colour: Token = "text2",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("c", "well")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        picture = lead or (IconLabel(icon, colour) if icon else None)
        if picture is not None:
            line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        if title:
            column.addWidget(WrapLabel(title, "h3"))
        self.words = WrapLabel(words, "caption2")
        column.addWidget(self.words)
        line.addLayout(column, 1)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it, layouts inside included."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


__all__ = ["Note", "Panel", "PanelHead", "Scrolled", "Surface", "clear", "rule"]
