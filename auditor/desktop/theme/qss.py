"""The one style sheet template: surfaces, edges, padding and type; the rest is painted in `widgets`."""

from collections.abc import Mapping
from string import Template

from auditor.desktop.theme.tokens import Token

# c = what a text or surface is, k = what kind of control it is; $p<n> is n pixels times the text size.
_TEMPLATE = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[c="page"] { background: $bg; }
QWidget[c="surface"], QWidget[c="header"], QWidget[c="drawer"] { background: $surface; }
QWidget[c="header"] { border-bottom: 1px solid $line; }
QWidget[c="drawer"] { border-left: 1px solid $line; }
QWidget[c="side"] { background: $surface; border-right: 1px solid $line; }
QWidget[c="foot"] { background: $surface; border-top: 1px solid $line; }
QWidget[c="rail"] { background: $sunken; border-right: 1px solid $line; }
QWidget[c="status"] { background: $sunken; border-top: 1px solid $line; }
QFrame[c="panel"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[c="well"] { background: $sunken; border: 0; border-radius: 4px; }
QFrame[c="rule"] { background: $line; border: 0; min-height: 1px; max-height: 1px; }
QFrame[c="rule-v"] { background: $line; border: 0; min-width: 1px; max-width: 1px; }

QLabel { background: transparent; }
QLabel[c="h1"] { font-size: ${p20}px; font-weight: 600; }
QLabel[c="h2"] { font-size: ${p15}px; font-weight: 600; }
QLabel[c="h3"] { font-weight: 600; }
QLabel[c="question"] { font-size: ${p14}px; }
QLabel[c="question-now"] { font-size: ${p14}px; font-weight: 600; }
QLabel[c="text2"] { color: $text2; }
QLabel[c="muted"] { color: $muted; }
QLabel[c="label"] { font-size: ${p12}px; font-weight: 600; color: $text2; }
QLabel[c="caption"] { font-size: ${p12}px; color: $muted; }
QLabel[c="caption2"] { font-size: ${p12}px; color: $text2; }
QLabel[c="soon"] { font-size: ${p12}px; font-weight: 600; color: $requires; }
QLabel[c="late"] { font-size: ${p12}px; font-weight: 600; color: $inadequate; }
QLabel[c="tiny"] { font-size: ${p11}px; color: $muted; }

QPushButton { background: $surface; color: $text; border: 1px solid $ctl; border-radius: 4px;
  font-size: ${p13}px; min-height: ${h32}px; padding: 0 ${p12}px; }
QPushButton:hover { background: $sel; }
QPushButton:pressed { background: $soft; }
QPushButton:disabled { color: $muted; background: $sunken; border: 1px dashed $ctl; }
QPushButton[k="p"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[k="small"] { min-height: ${h26}px; padding: 0 ${p10}px; }
QPushButton[k="quiet"] { min-height: ${h26}px; padding: 0 ${p10}px; border-color: $line; color: $text2; }
QPushButton[k="link"] { background: transparent; border: 0; color: $accent; padding: 0 ${p4}px;
  min-height: ${p24}px; text-align: left; }
QPushButton[k="link"]:hover { text-decoration: underline; }
QPushButton[k="status"] { background: transparent; border: 0; color: $muted; font-size: ${p12}px; padding: 0;
  min-height: ${p24}px; }
QPushButton[k="status"]:hover { color: $text; text-decoration: underline; }
QPushButton[k="icon"] { background: transparent; border: 0; padding: 0;
  min-height: ${p28}px; min-width: ${p28}px; }
QPushButton[k="icon"]:hover { background: $soft; }
QPushButton[blocked="true"] { color: $muted; background: $sunken; border: 1px dotted $ctl; font-weight: 400; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox { background: $surface; color: $text; border: 1px solid $ctl;
  border-radius: 4px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QSpinBox { min-height: ${h30}px; padding: 0 ${p8}px; }
QPlainTextEdit { padding: 1px ${p4}px; }
QLineEdit[fault="true"], QPlainTextEdit[fault="true"] { border: 1px solid $inadequate; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $sunken; color: $muted; }
QComboBox::drop-down { border: 0; width: ${p26}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $ctl; outline: 0;
  selection-background-color: $soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${p28}px; padding: 0 ${p8}px; }
QMenu { background: $surface; border: 1px solid $ctl; padding: 4px; }
QMenu::item { min-height: ${p28}px; padding: 0 ${p16}px 0 ${p12}px; border-radius: 4px; }
QMenu::item:selected { background: $soft; color: $text; }
QMenu::icon { padding-left: ${p8}px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QTabBar::scroller { width: ${p28}px; }
QTabBar QToolButton { background: $surface; border: 1px solid $ctl; border-radius: 4px; }
QToolTip { background: $surface; color: $text; border: 1px solid $ctl; padding: 4px; }

QAbstractItemView { background: $surface; border: 0; outline: 0; selection-background-color: $sel;
  selection-color: $text; gridline-color: $line; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $muted; border: 0; border-bottom: 1px solid $line;
  font-size: ${p12}px; font-weight: 600; padding: 0 ${p8}px; min-height: ${h30}px; }
QHeaderView::section:first { padding-left: ${p16}px; }
QHeaderView::section:only-one { padding-left: ${p16}px; }
QTableCornerButton::section { background: $surface; border: 0; border-bottom: 1px solid $line; }
QTreeView::item { min-height: ${p32}px; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[c="scrolled"] { background: transparent; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line2; border: 3px solid transparent; border-radius: 6px;
  background-clip: padding; }
QScrollBar::handle:hover { background: $ctl; background-clip: padding; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
""")

_SIZES = (4, 8, 10, 11, 12, 13, 14, 15, 16, 20, 24, 26, 28, 32)
_OUTER_HEIGHTS = (26, 30, 32)


def style_sheet(tokens: Mapping[Token, str], scale: int) -> str:
    """The whole style sheet for a table of colours and a text size in per cent."""
    values: dict[str, str] = {str(token): colour for token, colour in tokens.items()}
    values |= {f"p{n}": str(round(n * scale / 100)) for n in _SIZES}
    # QSS counts min-height inside the border: two pixels less, so that the outside has the height meant.
    values |= {f"h{n}": str(round(n * scale / 100) - 2) for n in _OUTER_HEIGHTS}
    return _TEMPLATE.substitute(values)
