"""A matrix on screen: cells that scroll between a theme column, an edge column and totals that stay where they are."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollBar, QSizePolicy, QTableView, QWidget

from auditor.desktop.models.matrix import Index, MatrixModel
from auditor.desktop.pages.findings.matrix_cells import MatrixDelegate
from auditor.desktop.pages.findings.matrix_heads import (
    CELL_WIDTH,
    HEAD_HEIGHT,
    ROW_HEIGHT,
    ColumnHead,
    Corner,
    ThemeHead,
    TotalsBar,
)
from auditor.desktop.preferences import preferences
from auditor.desktop.theme import theme
from auditor.desktop.widgets.painting import text_width

_ALWAYS_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class MatrixTable(QTableView):
    """One of the two tables of a matrix. It shows some columns of the model and shares the cursor with the other."""

    left_behind = Signal(int)
    """The cursor wants out of this table: -1 to the left, 1 to the right."""

    def __init__(self, name: str, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.matrix = model
        self.columns = ColumnHead(Qt.Orientation.Horizontal, model, self)
        self.setHorizontalHeader(self.columns)
        self.setModel(model)
        self.setItemDelegate(MatrixDelegate(self))
        self.setAccessibleName(name)
        self.setProperty("ownFocus", True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(_ALWAYS_OFF)
        self.setMinimumSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        at_edge = self.currentIndex().column() >= self.matrix.width
        leaves = step < 0 if at_edge else step > 0 and self.currentIndex().column() == self.matrix.width - 1
        if step and leaves and not event.modifiers():
            self.left_behind.emit(step)
        elif (event.text() and not event.modifiers()) or event.matches(QKeySequence.StandardKey.Copy):
            # Letters are for the page, not for Qt's search through the cells.
            event.ignore()
        else:
            super().keyPressEvent(event)


class MatrixView(QWidget):
    """The whole matrix. Arrows move, Enter or a double click opens a cell, S and heads sort, Ctrl+C copies."""

    opened = Signal(int, int)
    """The row and column of the model to open."""
    moved = Signal(int, int)
    """The cursor went to another cell."""

    def __init__(self, name: str, model: MatrixModel, *, cell_width: int = CELL_WIDTH, edge_width: int = 152) -> None:
        super().__init__()
        self.model = model
        self._least_cell, self._least_edge = cell_width, edge_width
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.cells = MatrixTable(name, model, self)
        self.themes = ThemeHead(Qt.Orientation.Vertical, model, self.cells)
        self.cells.setVerticalHeader(self.themes)
        self.cells.setVerticalScrollBarPolicy(_ALWAYS_OFF)
        self.edge = MatrixTable(f"{name}: {model.edge_title.lower()}", model, self)
        self.edge.verticalHeader().hide()
        self.edge.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.edge.setSelectionModel(self.cells.selectionModel())
        self.totals = TotalsBar(model, self)
        self.across = QScrollBar(Qt.Orientation.Horizontal, self)
        self._corner = Corner(model, self)
        self.setFocusProxy(self.cells)
        self._connect()
        theme().changed.connect(self._measure)
        self._measure()

    def _connect(self) -> None:
        for table in (self.cells, self.edge):
            table.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
            table.columns.sectionClicked.connect(self.sort_by)
        self.themes.sectionClicked.connect(self._open_theme)
        self.cells.left_behind.connect(lambda _step: self._go(self.edge, self.model.width))
        self.edge.left_behind.connect(lambda _step: self._go(self.cells, self.model.width - 1))
        self.cells.selectionModel().currentChanged.connect(self._cursor_moved)
        self._corner.clicked.connect(lambda: self.sort_by(None))
        self.cells.verticalScrollBar().valueChanged.connect(self.edge.verticalScrollBar().setValue)
        self.edge.verticalScrollBar().valueChanged.connect(self.cells.verticalScrollBar().setValue)
        inner = self.cells.horizontalScrollBar()
        inner.valueChanged.connect(self.across.setValue)
        inner.valueChanged.connect(self.totals.scroll_to)
        inner.rangeChanged.connect(lambda *_: self._follow_range())
        self.across.valueChanged.connect(inner.setValue)
        self.model.modelReset.connect(self._measure)

    def set_cursor(self, row: int, column: int) -> None:
        """Put the cursor on a cell as far as it exists."""
        if self.model.rowCount() and self.model.width:
            at = self.model.index(min(row, self.model.rowCount() - 1), min(column, self.model.width))
            self.cells.setCurrentIndex(at)

    def sort_by(self, column: int | None) -> None:
        """Sort the themes by a column, the most first; by the same column again or None: the order of the form."""
        self.model.sort_by(None if column == self.model.sorted_by else column)
        at = self.cells.currentIndex()
        self.cells.scrollTo(at)
        for head in (self.themes, self.cells.columns, self.edge.columns):
            head.set_cursor(at.row(), at.column())

    def sort_next(self) -> None:
        """S: by the edge, then by the column of the cursor, then in the order of the form."""
        column, now = self.cells.currentIndex().column(), self.model.sorted_by
        if now is None:
            self.sort_by(self.model.width)
        elif now == self.model.width and 0 <= column < self.model.width:
            self.sort_by(column)
        else:
            self.sort_by(None)

    def copy(self) -> None:
        """Copy the marked cells with their headings; all of the matrix where no more than one is marked."""
        marked = self.cells.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in marked}) if len(marked) > 1 else range(self.model.rowCount())
        columns = sorted({index.column() for index in marked}) if len(marked) > 1 else range(self.model.columnCount())
        QGuiApplication.clipboard().setText(self.model.as_text(rows, columns))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.cells.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            self.opened.emit(at.row(), at.column())
        elif event.key() == Qt.Key.Key_S and not event.modifiers() and not preferences().mutes(event):
            self.sort_next()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(HEAD_HEIGHT + 2 * ROW_HEIGHT) + self.totals.wanted_height())

    def _measure(self) -> None:
        """Take widths and heights from the text size and the model."""
        model, edge_at = self.model, self.model.width
        longest = max((text_width(model.label(at), 12, 600) for at in range(edge_at)), default=0)
        beside_pie = text_width(model.widest, 12, 600) + theme().px(22) if model.widest else 0
        self._pitch = max(theme().px(self._least_cell), longest + theme().px(12), beside_pie)
        for table in (self.cells, self.edge):
            table.verticalHeader().setDefaultSectionSize(theme().px(ROW_HEIGHT))
            table.horizontalHeader().setFixedHeight(theme().px(HEAD_HEIGHT))
            table.horizontalHeader().setDefaultSectionSize(self._pitch)
        for column in range(model.columnCount()):
            self.cells.setColumnHidden(column, column == edge_at)
            self.edge.setColumnHidden(column, column != edge_at)
        self.totals.load()
        self._place()

    def _place(self) -> None:
        """Give every part its room: the edge and the theme column keep theirs, the cells scroll in the rest."""
        head, rows = theme().px(HEAD_HEIGHT), theme().px(ROW_HEIGHT) * self.model.rowCount()
        totals = self.totals.wanted_height()
        titles = min(self.themes.wanted_width(), self.width() // 3)
        edge = min(theme().px(self._least_edge), self.width() // 3)
        needed = titles + self._pitch * self.model.width
        scrolls = needed > self.width() - edge
        bar = self.across.sizeHint().height() if scrolls else 0
        cells_width = min(needed, self.width() - edge)
        self.setMaximumHeight(head + rows + totals + bar)
        self.updateGeometry()
        high = min(head + rows, self.height() - totals - bar)
        self.themes.setFixedWidth(titles)
        self.cells.setGeometry(0, 0, cells_width, high)
        self.edge.setGeometry(cells_width, 0, self.width() - cells_width, high)
        self._corner.setGeometry(0, 0, titles, head)
        self._corner.raise_()
        self.totals.setGeometry(0, high, self.width(), totals)
        self.totals.place(titles, cells_width - titles, self._pitch)
        self.across.setGeometry(titles, high + totals, cells_width - titles, bar)
        self.across.setVisible(scrolls)
        gap = self.edge.verticalScrollBar().sizeHint().width() if high < head + rows else 0
        self.edge.setColumnWidth(self.model.width, self.width() - cells_width - gap)

    def _follow_range(self) -> None:
        inner = self.cells.horizontalScrollBar()
        self.across.setRange(inner.minimum(), inner.maximum())
        self.across.setPageStep(inner.pageStep())
        self.across.setSingleStep(self._pitch)
        self.totals.scroll_to(inner.value())

    def _go(self, table: MatrixTable, column: int) -> None:
        at = self.model.index(self.cells.currentIndex().row(), column)
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        table.setCurrentIndex(at)

    def _cursor_moved(self, current: Index, _before: Index) -> None:
        for head in (self.themes, self.cells.columns, self.edge.columns):
            head.set_cursor(current.row(), current.column())
        if current.isValid():
            self.moved.emit(current.row(), current.column())

    def _open_theme(self, row: int) -> None:
        self.set_cursor(row, self.model.width)
        self.opened.emit(row, self.model.width)
