"""The Theme object: which table is in force, how large text is, and all that follows from both."""

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from auditor.desktop.theme.qss import style_sheet
from auditor.desktop.theme.tokens import DARK, LIGHT, Token

Mode = Literal["light", "dark", "system"]

FAMILIES = ("Segoe UI", "system-ui", "Noto Sans", "Open Sans", "DejaVu Sans")
SMALLEST, LARGEST = 100, 200


class Theme(QObject):
    """Colours, sizes and fonts in force. One lives in a process: get it through `theme()`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode = "system"
        self._scale = SMALLEST
        self._app: QApplication | None = None
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[float, int, bool], QFont] = {}
        self._metrics: dict[tuple[float, int, bool], QFontMetrics] = {}

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def scale(self) -> int:
        """Text size in per cent, 100 to 200."""
        return self._scale

    @property
    def dark(self) -> bool:
        if self._mode != "system":
            return self._mode == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def install(self, app: QApplication) -> None:
        """Dress `app`: Fusion, palette, font, style sheet; follow the system's light or dark from now on."""
        if self._app is app:
            return
        self._app = app
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        app.setStyle("Fusion")
        self._apply()

    def set(self, *, mode: Mode | None = None, scale: int | None = None) -> None:
        """Change light or dark and the text size (held within 100 to 200 per cent)."""
        wanted = (mode or self._mode, max(SMALLEST, min(LARGEST, scale or self._scale)))
        if wanted != (self._mode, self._scale):
            self._mode, self._scale = wanted
            self._apply()

    def hex(self, token: Token) -> str:
        return (DARK if self.dark else LIGHT)[token]

    def colour(self, token: Token) -> QColor:
        """The colour of a token. Shared: copy it before changing it."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self.hex(token))
        return found

    def px(self, size: float) -> int:
        """A text-borne size in logical pixels at the text size in force."""
        return round(size * self._scale / 100)

    def font(self, px: float = 13, weight: int = 400, *, tabular: bool = False) -> QFont:
        """A cached font; `px` is the size at 100 %. `tabular` gives figures of one width for columns."""
        key = (px, weight, tabular)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = _make_font(self.px(px), weight, tabular)
        return found

    def metrics(self, px: float = 13, weight: int = 400, *, tabular: bool = False) -> QFontMetrics:
        key = (px, weight, tabular)
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetrics(self.font(px, weight, tabular=tabular))
        return found

    def _system_changed(self) -> None:
        if self._mode == "system":
            self._apply()

    def _apply(self) -> None:
        self._colours.clear()
        self._fonts.clear()
        self._metrics.clear()
        if self._app is not None:
            self._app.setPalette(self._palette())
            self._app.setFont(self.font())
            self._app.setStyleSheet(style_sheet(DARK if self.dark else LIGHT, self._scale))
        self.changed.emit()

    def _palette(self) -> QPalette:
        roles: dict[QPalette.ColorRole, Token] = {
            QPalette.ColorRole.Window: "bg",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "bg",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.ToolTipBase: "surface",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.PlaceholderText: "muted",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.LinkVisited: "accent",
            QPalette.ColorRole.Light: "line",
            QPalette.ColorRole.Mid: "line",
            QPalette.ColorRole.Midlight: "line",
            QPalette.ColorRole.Dark: "line2",
            QPalette.ColorRole.Shadow: "line2",
            QPalette.ColorRole.Accent: "accent",
        }
        palette = QPalette()
        for role, token in roles.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return palette


def _make_font(pixels: int, weight: int, tabular: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    if tabular:
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


@lru_cache(maxsize=1)
def theme() -> Theme:
    """The one Theme of the process."""
    return Theme()


def polish(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties (`c`, `k`, ...) and let the style sheet see them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
