"""Which templates the page lists: those in force, and on demand the older versions that no cycle uses."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject

from auditor.desktop.models.template_rows import TemplateRow, superseded
from auditor.desktop.pages.templates.page_parts import PageParts
from auditor.desktop.words import many


class Listing(QObject):
    """Fills the list and the drop-down in its place, and keeps what was chosen."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__(parts)
        self._list, self._combo, self._button = parts.list, parts.combo, parts.older_button
        self._parts = parts
        self._rows: Sequence[TemplateRow] = ()
        self._older: AbstractSet[str] = frozenset()
        self._all = False
        self._button.clicked.connect(self._turn)

    @property
    def rows(self) -> Sequence[TemplateRow]:
        """Every template, those that are not listed now included."""
        return self._rows

    def load(self, rows: Sequence[TemplateRow], in_use: AbstractSet[str], wanted: str = "") -> None:
        """List these; the template `wanted` is chosen, else the one that was."""
        self._rows, self._older = rows, superseded(rows, in_use)
        at = max(self._list.currentIndex().row(), 0)
        listed = self._list.templates.rows
        before = listed[at].template.hash if at < len(listed) else ""
        self._fill()
        listed = self._list.templates.rows
        if listed and not (self.select(wanted) or self.select(before)):
            self._list.select(min(at, len(listed) - 1))

    def select(self, template_hash: str) -> bool:
        """Choose the template, or the first of the master, with that content hash."""
        found = [row for row in self._rows if template_hash and template_hash in (row.template.hash, row.master_hash)]
        if found and found[0].template.hash in self._older and not self._all:
            self._all = True
            self._fill()
        if found:
            self._list.select(list(self._list.templates.rows).index(found[0]))
        return bool(found)

    def show_row(self, row: TemplateRow) -> None:
        """The row chosen, in the drop-down."""
        self._combo.set_value(str(list(self._list.templates.rows).index(row)))

    def _turn(self) -> None:
        listed = self._list.templates.rows
        now = listed[self._list.currentIndex().row()].template.hash
        self._all = not self._all
        self._fill()
        if self._all or now not in self._older:
            self.select(now)
        else:
            self._list.select(0)

    def _fill(self) -> None:
        listed = [row for row in self._rows if self._all or row.template.hash not in self._older]
        self._list.templates.load(listed)
        titles = Counter(row.template.title for row in listed)
        words = [_named(row) if titles[row.template.title] > 1 else row.template.title for row in listed]
        self._combo.set_options([(str(number), text) for number, text in enumerate(words)])
        count = many(len(self._older), "older version")
        self._button.set_text("Hide older versions" if self._all else f"Show {count}")
        self._parts.offer_older(bool(self._older))


def _named(row: TemplateRow) -> str:
    return f"{row.template.title} · {row.template.version}"
