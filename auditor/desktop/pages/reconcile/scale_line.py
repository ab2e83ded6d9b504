"""Both answers on one scale, so that the eye sees how far apart they are; Not evidenced and N/A lie off the line."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import MIDDLE, text_width, write
from auditor.domain.answers import Answer
from auditor.domain.reconciliation import Comparison
from auditor.domain.template import Standing

_MARK, _MOST_STOPS = 24, 6
_NA = "na"


class ScaleLine(QWidget):
    """Shows a comparison on an ordered scale; `fits` says whether there is such a line to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: list[tuple[str, str]] = []
        self._on_line = 0
        self._places: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @staticmethod
    def fits(item: Comparison) -> bool:
        """Whether the answers lie on a line short enough to draw."""
        return item.question.ordered and 2 <= len(item.question.options) <= _MOST_STOPS

    def show_comparison(self, item: Comparison) -> None:
        """Show where A and B stand."""
        options = item.question.options
        line = [o for o in options if o.stands_for is not Standing.NOT_EVIDENCED]
        off = [o for o in options if o.stands_for is Standing.NOT_EVIDENCED]
        self._stops = [(option.code, option.label) for option in (*line, *off)]
        if item.first.answer.is_na or item.second.answer.is_na:
            self._stops.append((_NA, "N/A"))
        self._on_line = len(line)
        self._places = {"A": _code(item.first.answer), "B": _code(item.second.answer)}
        words = dict(self._stops)
        self.setAccessibleName(", ".join(f"{who}: {words.get(code, 'blank')}" for who, code in self._places.items()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), theme().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / max(len(self._stops), 1)
        middle = theme().px(16)
        places = {code: QPointF(step * (number + 0.5), middle) for number, (code, _) in enumerate(self._stops)}
        codes = [code for code, _ in self._stops]
        painter.setPen(QPen(theme().colour("line2"), 2))
        painter.drawLine(places[codes[0]], places[codes[self._on_line - 1]])
        both = [codes.index(code) for code in self._places.values() if code in codes[: self._on_line]]
        if len(both) == 2:
            painter.setPen(QPen(theme().colour("accent"), 4))
            painter.drawLine(places[codes[min(both)]], places[codes[max(both)]])
        for code, word in self._stops:
            taken = [who for who, stands in self._places.items() if stands == code]
            self._paint_stop(painter, places[code], taken)
            bold = 600 if taken else 400
            room = QRectF(places[code].x() - step / 2, theme().px(34), step, theme().px(20))
            write(painter, room, word, px=12, weight=bold, colour="text" if taken else "muted", align=MIDDLE)

    def _paint_stop(self, painter: QPainter, at: QPointF, taken: list[str]) -> None:
        if not taken:
            painter.setPen(QPen(theme().colour("ctl"), 2))
            painter.setBrush(theme().colour("bg"))
            painter.drawEllipse(at, theme().px(5), theme().px(5))
            return
        said = " ".join(taken)
        side = theme().px(_MARK)
        wide = max(side, text_width(said, 12, 600) + theme().px(14))
        rect = QRectF(at.x() - wide / 2, at.y() - side / 2, wide, side)
        painter.setPen(QPen(theme().colour("accent"), 1))
        painter.setBrush(theme().colour("accent"))
        painter.drawRoundedRect(rect, side / 2, side / 2)
        write(painter, rect, said, px=12, weight=600, colour="on_accent", align=MIDDLE)


def _code(answer: Answer) -> str:
    return _NA if answer.is_na else str(answer.value or "")
