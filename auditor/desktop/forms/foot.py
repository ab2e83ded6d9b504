"""What can be done about what a drawer shows: its buttons, two in a line, so that little of the drawer goes to them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from auditor.desktop.widgets.buttons import Button, Kind

Acts = list[tuple[str, Callable[[], object]]]


def in_pairs(
    layout: QHBoxLayout | QVBoxLayout, acts: Sequence[tuple[str, Callable[[], object]]], kind: Kind = ""
) -> list[Button]:
    """Add a button for each act, and give them."""
    grid, buttons = QGridLayout(), []
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    grid.setColumnStretch(2, 1)
    for at, (words, act) in enumerate(acts):
        button = Button(words, kind)
        button.clicked.connect(lambda _=False, act=act: act())
        grid.addWidget(button, at // 2, at % 2)
        buttons.append(button)
    layout.addLayout(grid)
    return buttons
