"""How cells are painted: one or two lines, chips, group headings, and the heat cells of a matrix."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from auditor.desktop.marks import PIES, MarkKind, draw_mark
from auditor.desktop.theme import Token, theme
from auditor.desktop.widgets.chip import chip_width, draw_chip
from auditor.desktop.widgets.painting import LEFT, RIGHT, box, focus_box, hairline, text_width, write
from auditor.desktop.widgets.table_model import CELL_ROLE, Cell, Group

Index = QModelIndex | QPersistentModelIndex
_HEAT: tuple[Token, ...] = ("heat0", "heat1", "heat2", "heat3", "heat4")
PAD = 8


class CellDelegate(QStyledItemDelegate):
    """Paints `Cell` and `Group` values: hairline below, selection tint with a 3 px accent bar at the left."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        value = index.data(CELL_ROLE)
        painter.save()
        if isinstance(value, Group):
            _paint_group(painter, rect, value)
        elif isinstance(value, Cell):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            if selected:
                painter.fillRect(rect, theme().colour("sel"))
                if index.column() == 0:
                    painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme().colour("accent"))
            _paint_cell(painter, rect, value, selected=selected, first=index.column() == 0)
        floor = rect.adjusted(0, 0, 0, -1)
        hairline(painter, floor.bottomLeft(), floor.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        value = index.data(CELL_ROLE)
        if not isinstance(value, Cell):
            return QSize(0, theme().px(34))
        if value.meaning is not None:
            width = chip_width(value.meaning)
        else:
            width = max(text_width(value.text, 13, 600), text_width(value.second, 12, 600))
        return QSize(width + theme().px(2 * PAD), theme().px(45 if value.second else 32))


def _paint_group(painter: QPainter, rect: QRectF, group: Group) -> None:
    painter.fillRect(rect, theme().colour("bg"))
    line = rect.adjusted(theme().px(16), 0, -theme().px(PAD), 0)
    if group.meaning is not None:
        side = theme().px(14)
        place = QRectF(line.left(), line.center().y() - side / 2, side, side)
        draw_mark(painter, place, group.meaning.mark, theme().colour(group.meaning.colour))
        line.setLeft(line.left() + side + theme().px(8))
    line.setLeft(line.left() + write(painter, line, group.title, weight=600) + theme().px(8))
    line.setLeft(line.left() + write(painter, line, str(group.count), px=12, colour="muted") + theme().px(10))
    write(painter, line, group.note, px=12, colour="muted")


def _paint_cell(painter: QPainter, rect: QRectF, cell: Cell, *, selected: bool, first: bool) -> None:
    inner = rect.adjusted(theme().px(16 if first else PAD), 0, -theme().px(PAD), 0)
    if cell.meaning is not None:
        high = theme().px(22)
        width = min(chip_width(cell.meaning), int(inner.width()))
        draw_chip(painter, QRectF(inner.left(), inner.center().y() - high / 2, width, high), cell.meaning)
        return
    align = RIGHT if cell.number else LEFT
    weight = 600 if cell.strong and selected else 400
    if not cell.second:
        write(painter, inner, cell.text, weight=weight, align=align, tabular=cell.number)
        return
    upper = QRectF(inner.left(), inner.top() + theme().px(5), inner.width(), theme().px(18))
    lower = QRectF(inner.left(), upper.bottom(), inner.width(), theme().px(16))
    write(painter, upper, cell.text, weight=weight, align=align)
    late = cell.tone != "muted"
    write(painter, lower, cell.second, px=12, weight=600 if late else 400, colour=cell.tone, align=align)


@dataclass(frozen=True)
class Heat:
    """One cell of a matrix. `step` 0 to 4 is the heat; `applies` False is hatched and reads n/a, which is not 0.
    `waiting`: no answer is agreed yet, which is neither."""

    issues: int = 0
    n: int = 0
    step: int = 0
    good_practice: int = 0
    actions: int = 0
    limit: bool = False
    applies: bool = True
    waiting: bool = False

    def words(self, theme_title: str, column_title: str) -> str:
        """What the cell paints, for `DisplayRole` and `AccessibleTextRole`."""
        place = f"{theme_title}, {column_title}"
        if self.waiting:
            return f"{place}: no answer agreed yet"
        if not self.applies:
            return f"{place}: no question applied"
        parts = [f"{self.issues} {_many(self.issues, 'issue')} in {self.n}"]
        if self.good_practice:
            parts.append(f"{self.good_practice} good practice")
        if self.actions:
            parts.append(f"{self.actions} open {_many(self.actions, 'action')}")
        if self.limit:
            parts.append("a limit of the grade failed")
        return f"{place}: {', '.join(parts)}"


def _many(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


class HeatDelegate(QStyledItemDelegate):
    """Paints `Heat` values found under CELL_ROLE: pie and issues/n on heat, star, flag, limit sign, hatching."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        heat = index.data(CELL_ROLE)
        if isinstance(heat, Heat):
            painter.save()
            paint_heat(painter, rect.adjusted(1, 1, -1, -1), heat)
            if option.state & QStyle.StateFlag.State_HasFocus:
                focus_box(painter, rect, surface_line=True)
            elif option.state & QStyle.StateFlag.State_Selected:
                # The focus is elsewhere, as in the drawer: what it is about stays marked.
                box(painter, rect, edge=theme().colour("accent"), radius=3)
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(45), theme().px(32))


def paint_heat(painter: QPainter, rect: QRectF, heat: Heat) -> None:
    """Paint one heat cell into `rect`; also used for the legend."""
    if heat.waiting:
        painter.fillRect(rect, theme().colour("surface"))
        write(painter, rect, "–", px=12, colour="muted", align=Qt.AlignmentFlag.AlignCenter)
        return
    if not heat.applies:
        painter.fillRect(rect, theme().colour("surface"))
        painter.fillRect(rect, QBrush(theme().colour("line"), Qt.BrushStyle.BDiagPattern))
        write(painter, rect, "n/a", px=11, colour="muted", align=Qt.AlignmentFlag.AlignCenter)
        return
    painter.fillRect(rect, theme().colour(_HEAT[heat.step]))
    tone: Token = "heat_text" if heat.step else "muted"
    side = theme().px(11)
    pie = QRectF(rect.left() + theme().px(4), rect.center().y() - side / 2 + 0.5, side, side)
    draw_mark(painter, pie, PIES[heat.step], theme().colour(tone))
    if heat.n:
        words = QRectF(pie.right() + theme().px(3), rect.top(), rect.right() - pie.right(), rect.height())
        used = write(painter, words, str(heat.issues), px=12, weight=600 if heat.step else 400, colour=tone)
        write(painter, words.adjusted(used, 0, 0, 0), f"/{heat.n}", px=11, colour=tone)
    _paint_signs(painter, rect, heat, tone)


def _paint_signs(painter: QPainter, rect: QRectF, heat: Heat, tone: Token) -> None:
    side = theme().px(8)
    corners = (
        (heat.good_practice > 0, MarkKind.STAR, rect.right() - side - 1, rect.top() + 1),
        (heat.limit, MarkKind.WARNING, rect.left() + 1, rect.top() + 1),
        (heat.actions > 0, MarkKind.FLAG, rect.right() - side - 1, rect.bottom() - side - 1),
    )
    for shown, kind, left, top in corners:
        if shown:
            draw_mark(painter, QRectF(left, top, side, side), kind, theme().colour(tone))
