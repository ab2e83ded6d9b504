"""Icons: the SVG files of `resources/icons` in a token's colour, sharp on every screen, cached."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from auditor.desktop.theme import Token, theme
from auditor.resources import resources_dir

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer


@lru_cache(maxsize=128)
def _renderer(name: str, colour: str) -> "QSvgRenderer":
    from PySide6.QtSvg import QSvgRenderer

    text = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))


def draw_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Paint the icon `name` (a file name without .svg) into `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour.name()).render(painter, rect)
    painter.restore()


@lru_cache(maxsize=512)
def _pixmap(name: str, size: int, colour: str, dpr: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * dpr), round(size * dpr)))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_icon(painter, QRectF(0, 0, size, size), name, QColor(colour))
    painter.end()
    return pixmap


def icon_pixmap(name: str, px: float = 16, colour: Token = "text2", dpr: float | None = None) -> QPixmap:
    """A cached picture of an icon; `px` is its side at 100 % text size."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if dpr is None else dpr
    return _pixmap(name, theme().px(px), theme().hex(colour), ratio)


def icon(name: str, px: float = 16, colour: Token = "text2") -> QIcon:
    """The icon as a QIcon, in one colour for every state; ask again after `theme().changed`."""
    return QIcon(icon_pixmap(name, px, colour))
