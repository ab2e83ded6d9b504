"""The page contract: what the main window needs from a page, and how pages are arranged by the room there is."""

from collections.abc import Iterator
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.theme import theme
from auditor.desktop.widgets.header import PageHeader
from auditor.desktop.widgets.panel import Surface
from auditor.domain.changes import Changes


class Arrangement(Enum):
    """How much stands side by side, chosen by width in characters and not in pixels."""

    WIDE = "wide"
    """All columns, the drawer beside the list."""
    STACKED = "stacked"
    """The drawer takes the place of the list."""
    SINGLE = "single"
    """One column; the rail is a Menu button, lists become drop-downs."""


_WIDE_FROM, _STACKED_FROM = 1180, 760


def arrangement_for(window_width: int) -> Arrangement:
    """The arrangement for a window this wide at the text size in force."""
    room = window_width * 100 / theme().scale
    if room >= _WIDE_FROM:
        return Arrangement.WIDE
    return Arrangement.STACKED if room >= _STACKED_FROM else Arrangement.SINGLE


def tab_stops(pane: QWidget) -> Iterator[QWidget]:
    """The widgets inside `pane` that Tab would stop at, itself first."""
    for widget in (pane, *pane.findChildren(QWidget)):
        reachable = widget.isVisible() and widget.isEnabled()
        if reachable and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget


class Page(Surface):
    """Base of all pages: a header, `content` below it, and the calls the main window makes.

    A page sets `page_id`, `title`, `icon`; builds itself in `__init__` after `super().__init__(operations)`; and
    overrides `refresh`, and `arrange`, `arrive`, `keys`, `panes` where it needs them.
    """

    page_id: str = ""
    title: str = ""
    icon: str = ""
    kinds: tuple[str, ...] = ()
    """The kinds of `Changes` this page shows; it is asked to refresh only when one of them was touched."""

    low_header: bool = False
    """The desk has a head of 56 px in place of 60."""

    go_to = Signal(str, object)
    """Open another page by id, with whatever its `arrive` expects."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("page", parent=parent)
        self.operations = operations
        self.header = PageHeader(self.title, low=self.low_header)
        assert isinstance(self.body, QVBoxLayout)
        self.body.addWidget(self.header)
        self.content = QVBoxLayout()
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        self.body.addLayout(self.content, 1)

    def refresh(self, changes: Changes | None) -> None:
        """Ask the services again and show what they say; `changes` is None when the page is first shown.

        What it raises is told by the window, which asks again when the page is next shown.
        """
        raise NotImplementedError

    def arrive(self, target: object) -> None:
        """Come to this page, with `target` from `go_to` or None from the rail: put the focus where work goes on."""
        first = next((stop for stop in tab_stops(self) if not self.header.isAncestorOf(stop)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, arrangement: Arrangement) -> None:
        """Fit the columns to the room there is."""

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the F1 panel: (key, what it does)."""
        return []

    def panes(self) -> list[QWidget]:
        """The parts F6 moves between, from left to right."""
        return [self]

    def leave(self) -> None:
        """The window is about to close or lock: put what is unfinished on disk."""

    def go_back(self) -> bool:
        """Leave a detail for the list inside this page; False where there is nothing to leave."""
        return False
