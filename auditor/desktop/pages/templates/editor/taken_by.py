"""Which variants of a draft take a section: ticked here, or built from the whole master by ticking everything."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.widgets.fields import CheckRow
from auditor.desktop.widgets.labels import Label, WrapLabel

Plain = Mapping[str, Any]


class TakenBy(QWidget):
    """Every variant that names its sections, ticked where this section is among them."""

    def __init__(self, state: DraftState, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._section = state, section
        self.rows: dict[str, CheckRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)
        column.setSpacing(2)
        column.addWidget(Label("Variants that take it", "label"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        variants = state.form.plain.get("variants", ())
        for variant in variants:
            if variant["select"].get("sections"):
                at = len(self.rows)
                row = self.rows[variant["id"]] = CheckRow(str(variant["title"]))
                row.setAccessibleName(f"Taken by {variant['title']}")
                row.setChecked(section in variant["select"]["sections"])
                row.clicked.connect(lambda on, one=variant["id"]: self._tick(one, bool(on)))
                grid.addWidget(row, at // 2, at % 2)
        column.addLayout(grid)
        others = [str(variant["title"]) for variant in variants if variant["id"] not in self.rows]
        if others:
            column.addWidget(WrapLabel(f"Taken in any case by: {', '.join(others)}.", "caption"))

    def _tick(self, variant_id: str, on: bool) -> None:
        plain = self._state.form.plain
        variant = next(one for one in plain["variants"] if one["id"] == variant_id)
        chosen = {*variant["select"]["sections"], self._section} if on else {*variant["select"]["sections"]}
        if not on:
            chosen.discard(self._section)
        if not chosen:
            # No section named would mean all of them.
            self.rows[variant_id].setChecked(True)
            self._state.operations.messages.refused("Not taken out", "It is the only section of this variant.")
            return
        sections = [one["id"] for one in plain["sections"] if one["id"] in chosen]
        select = {**variant["select"], "sections": sections}
        value = {**{key: each for key, each in variant.items() if key != "id"}, "select": select}
        said = f"“{variant['title']}” {'takes' if on else 'no longer takes'} the section"
        self._state.edit({f"variant/{variant_id}/selection": value}, said, ("section", self._section))
