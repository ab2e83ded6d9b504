"""F1: every key that works here, and the help page of the place, in a drawer at the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.desktop.widgets.drawer import Drawer
from auditor.desktop.widgets.labels import KeyCap, Label, WrapLabel
from auditor.resources import resources_dir

Keys = Sequence[tuple[str, str]]

EVERYWHERE: Keys = (
    ("Ctrl+1", "pages, Ctrl+1 to Ctrl+8"),
    ("Ctrl+,", "settings"),
    ("Backspace", "back, also Alt+Left"),
    ("F6", "next part of the window"),
    ("Shift+F6", "part before"),
    ("Ctrl+L", "lock"),
    ("Ctrl+H", "hand over to another person"),
    ("F1", "this list"),
)
IN_TABLES: Keys = (
    ("Enter", "open what lies behind a row or cell"),
    ("S", "sort by the column of the cursor"),
    ("Ctrl+C", "copy with headings"),
    ("Esc", "close the drawer"),
)


class KeyHelp(Drawer):
    """Lists the keys of the page shown, then those that work everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Help and keys", parent=parent)
        self._page_id = ""
        self._page_title = ""
        self._page_keys: Keys = ()
        self.tabs.add("keys", "Keys")
        self.tabs.add("help", "Help")
        self.tabs.chosen.connect(self._fill)
        self.hide()

    def show_for(self, page_id: str, page_title: str, keys: Keys) -> None:
        """Open for a page."""
        self._page_id, self._page_title, self._page_keys = page_id, page_title, keys
        self.tabs.setVisible(_help_file(page_id) is not None)
        self.open_drawer("Help and keys")
        self._fill(self.tabs.current)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, tab: str) -> None:
        self.clear()
        found = _help_file(self._page_id)
        if tab == "help" and found is not None:
            # A label drops the space between paragraphs, so each is one of its own.
            for paragraph in found.read_text(encoding="utf-8").split("\n\n"):
                text = WrapLabel()
                text.setTextFormat(Qt.TextFormat.MarkdownText)
                text.setText(paragraph)
                self.body.addWidget(text)
            return
        for title, keys in ((self._page_title, self._page_keys), ("In tables", IN_TABLES), ("Everywhere", EVERYWHERE)):
            if keys:
                self.body.addWidget(Label(title, "label"))
                self.body.addWidget(_key_list(keys))


def _key_list(keys: Keys) -> QWidget:
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, 0, 8)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, (key, what) in enumerate(keys):
        said = WrapLabel(what, "caption2")
        said.setAccessibleName(f"{key}: {what}")
        grid.addWidget(KeyCap(key), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, row, 1)
    return inside


def _help_file(page_id: str) -> Path | None:
    path = resources_dir() / "help" / f"{page_id}.md"
    return path if path.is_file() else None
