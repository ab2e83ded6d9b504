"""The main window: rail, the stack of pages, problem strip, status line, and the keys that work everywhere."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.drafts import Draft
from auditor.desktop.icons import icon
from auditor.desktop.messages import Messages
from auditor.desktop.operations import Operations
from auditor.desktop.shell.key_help import KeyHelp
from auditor.desktop.shell.page import Arrangement, Page, arrangement_for, tab_stops
from auditor.desktop.shell.problem_strip import ProblemStrip
from auditor.desktop.shell.rail import Rail
from auditor.desktop.theme import theme
from auditor.desktop.widgets.focus import FocusRing
from auditor.desktop.widgets.status_line import StatusLine
from auditor.domain.changes import Changes

HOME, SETTINGS = "home", "settings"
SMALLEST, DESIGNED = QSize(1024, 640), QSize(1366, 768)


@dataclass(frozen=True)
class LaterPage:
    """A page that is made when it is first shown: its name in the rail, and who makes it."""

    page_id: str
    title: str
    icon: str
    make: Callable[[], Page]


class MainWindow(QMainWindow):
    """Holds the pages. Make it, `add_page` or `add_later` in the order of the rail, `show_page("home")`, `show()`.

    `operations` is for the pages: `HomePage(window.operations, ...)`. The person's name and roles come by
    `set_identity`; `lock_requested` is for whoever can lock the workspace, `hand_over_requested` for whoever can let
    another person sign in.
    """

    lock_requested = Signal()
    hand_over_requested = Signal()
    page_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile Auditor")
        self.setMinimumSize(SMALLEST)
        self.resize(DESIGNED)
        self.status = StatusLine()
        self.messages = Messages(self.status, self)
        self.operations = Operations(self.messages, self)
        self._pages: dict[str, Page] = {}
        self._later: dict[str, LaterPage] = {}
        self._stale: set[str] = set()
        self._trail: list[str] = []
        self._arrangement: Arrangement | None = None
        self._for_pages: Arrangement | None = None
        self.rail = Rail()
        self._stack = QStackedWidget()
        self.strip = ProblemStrip()
        self.key_help = KeyHelp()
        self._lay_out()
        self.focus_ring = FocusRing(self)
        self._connect()
        self._add_keys()

    def add_page(self, page: Page) -> None:
        """Register a page: the order of calls is the order in the rail; Settings goes to its bottom."""
        self.add_later(LaterPage(page.page_id, page.title, page.icon, lambda: page))
        self.make_page(page.page_id)

    def add_later(self, later: LaterPage) -> None:
        """Register a page by its name alone; it is made when it is first shown, or by `make_page`."""
        number = len([known for known in self._later if known != SETTINGS]) + 1
        apart = later.page_id == SETTINGS
        keys = "Ctrl+," if apart else f"Ctrl+{number}"
        self._later[later.page_id] = later
        self.rail.add(later.page_id, later.title, later.icon, keys, apart=apart)
        self._key(keys, lambda: self.show_page(later.page_id))

    def make_page(self, page_id: str) -> Page:
        """The page of this id, made now unless it was before."""
        if page_id in self._pages:
            return self._pages[page_id]
        page = self._pages[page_id] = self._later[page_id].make()
        self._stale.add(page_id)
        self._stack.addWidget(page)
        page.go_to.connect(self.show_page)
        page.header.menu_requested.connect(lambda: self._open_menu(page))
        self._arrange_page(page)
        return page

    @property
    def page(self) -> Page | None:
        """The page shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def page_of(self, page_id: str) -> Page:
        """The page of this id."""
        return self.make_page(page_id)

    def show_page(self, page_id: str, target: object = None) -> None:
        """Show a page, fresh, and let it put the focus where work goes on."""
        page = self.make_page(page_id)
        if page is not self.page:
            self.status.turn_page()
        if not self._trail or self._trail[-1] != page_id:
            self._trail.append(page_id)
        self._stack.setCurrentWidget(page)
        if not self.key_help.isHidden():
            self.key_help.close_drawer()
        self.rail.set_current(page_id)
        self._fit_rail()
        if page_id in self._stale:
            self._refresh(page, None)
        self.operations.run(lambda: page.arrive(target), quick=True)
        self.page_shown.emit(page_id)

    def go_back(self) -> None:
        """Leave a detail of the page, or go to the page before."""
        page = self.page
        if page is not None and page.go_back():
            return
        if len(self._trail) > 1:
            self._trail.pop()
            self.show_page(self._trail[-1])

    def set_identity(self, name: str, roles: str) -> None:
        """Who is signed in, and the hats worn, for the foot of the rail."""
        self.rail.set_identity(name, roles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Backspace is no shortcut: a page that has its own use for it hears it first.
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Before the window closes: let a field that is being typed in hand over its text, keep every half-filled form,
        and let every page finish."""
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()
        for draft in self.findChildren(Draft):
            draft.keep()
        for page in self._pages.values():
            self.operations.run(page.leave, quick=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave()
        self.operations.close()
        super().closeEvent(event)

    def move_between_panes(self, step: int) -> None:
        """Put the focus into the next (1) or previous (-1) part: rail, panes of the page, status line."""
        panes = [pane for pane in self._panes() if pane.isVisible()]
        focused = QApplication.focusWidget()
        at = next((i for i, pane in enumerate(panes) if focused and _holds(pane, focused)), -1 if step > 0 else 0)
        for shift in range(1, len(panes) + 1):
            pane = panes[(at + step * shift) % len(panes)]
            stop = next(tab_stops(pane), None)
            if stop is not None:
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _panes(self) -> list[QWidget]:
        inner = self.page.panes() if self.page else []
        return [self.rail, *inner, self.key_help, self.strip, self.status]

    def _lay_out(self) -> None:
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        down = QVBoxLayout()
        down.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.key_help)
        down.addLayout(middle, 1)
        down.addWidget(self.strip)
        down.addWidget(self.status)
        across.addWidget(self.rail)
        across.addLayout(down, 1)
        self.setCentralWidget(inside)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.rail.hand_over.clicked.connect(self.hand_over_requested)
        self.messages.opened.connect(self.strip.show_problem)
        self.operations.changed.connect(self._spread)
        self.status.help_requested.connect(self.toggle_help)
        self.status.lock_requested.connect(self.lock_requested)
        self.strip.closed.connect(self._return_focus)
        self.key_help.closed.connect(self._arrange)
        self.key_help.closed.connect(self._return_focus)
        theme().changed.connect(self._arrange)

    def _add_keys(self) -> None:
        self._key("Ctrl+L", self.lock_requested.emit)
        self._key("Ctrl+H", self.hand_over_requested.emit)
        self._key("F1", self.toggle_help)
        self._key("Alt+Left", self.go_back)
        self._key("F6", lambda: self.move_between_panes(1))
        self._key("Shift+F6", lambda: self.move_between_panes(-1))

    def _key(self, keys: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)

    def toggle_help(self) -> None:
        """Show or hide the keys of the page shown."""
        if self.key_help.isVisible():
            self.key_help.close_drawer()
        elif self.page is not None:
            self.key_help.show_for(self.page.page_id, self.page.title, self.page.keys())
            self._arrange()

    def _spread(self, changes: Changes) -> None:
        self._stale |= {page.page_id for page in self._pages.values() if changes.touches(*page.kinds)}
        if self.page is not None and self.page.page_id in self._stale:
            self._refresh(self.page, changes)

    def _refresh(self, page: Page, changes: Changes | None) -> None:
        """Ask a page to refresh; one that cannot says why and stays stale."""
        self._stale.discard(page.page_id)
        self.operations.run(
            lambda: page.refresh(changes), quick=True, on_failed=lambda _error: self._stale.add(page.page_id)
        )

    def _arrange(self) -> None:
        self._arrangement = arrangement_for(self.width())
        helping = not self.key_help.isHidden()
        covered = helping and self._arrangement is not Arrangement.WIDE
        self._stack.setVisible(not covered)
        self.key_help.set_alone(covered)
        beside = arrangement_for(self.width() - self.key_help.maximumWidth())
        for_pages = beside if helping and not covered else self._arrangement
        if for_pages is not self._for_pages:
            self._for_pages = for_pages
            for page in self._pages.values():
                self._arrange_page(page)
        self._fit_rail()

    def _arrange_page(self, page: Page) -> None:
        if self._for_pages is not None:
            page.header.show_menu(self._arrangement is Arrangement.SINGLE)
            page.arrange(self._for_pages)

    def _fit_rail(self) -> None:
        self.rail.setVisible(self._arrangement is not Arrangement.SINGLE)
        at_home = self.page is not None and self.page.page_id == HOME
        self.rail.set_wide(at_home and self._arrangement is Arrangement.WIDE)

    def _open_menu(self, page: Page) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for held in page.header.buttons:
            if page.header.offers(held) and not held.isVisible():
                action = menu.addAction(f"{held.text()} ({held.reason})" if held.reason else held.text())
                action.setEnabled(not held.reason)
                action.triggered.connect(held.click)
        menu.addSeparator()
        for other in self._later.values():
            action = menu.addAction(icon(other.icon), other.title)
            action.triggered.connect(lambda _checked=False, to=other.page_id: self.show_page(to))
        menu.addAction(icon("people"), "Hand over").triggered.connect(self.hand_over_requested)
        button = page.header.menu_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _return_focus(self) -> None:
        if self.page is not None and QApplication.focusWidget() is None:
            self.page.arrive(None)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
