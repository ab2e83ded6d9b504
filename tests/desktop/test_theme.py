import itertools

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from auditor.desktop.theme import DARK, LIGHT, Token, theme
from auditor.desktop.theme.qss import style_sheet

TABLES = {"light": LIGHT, "dark": DARK}
GRADE_TINTS: tuple[Token, ...] = ("outstanding_tint", "good_tint", "requires_tint", "inadequate_tint")
GROUNDS: tuple[Token, ...] = ("bg", "surface", "sunken", "sel")


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def worst(table: str, colour: Token, grounds: tuple[Token, ...]) -> float:
    tokens = TABLES[table]
    return min(ratio(tokens[colour], tokens[ground]) for ground in grounds)


def test_both_tables_name_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("colour", "grounds", "needed"),
    [
        ("text", GROUNDS, 12.4),
        ("text2", GROUNDS, 7.9),
        ("muted", GROUNDS, 4.9),
        ("muted", GRADE_TINTS, 4.5),
        ("ctl", ("bg", "surface"), 3.0),
        ("accent", (*GROUNDS, "soft", "badge"), 5.3),
        ("accent", GRADE_TINTS, 3.0),
        ("on_accent", ("accent",), 8.0),
        ("bar", ("line",), 3.0),
        ("muted", ("heat0",), 6.2),
        ("heat_text", ("heat1", "heat2", "heat3"), 6.7),
        ("heat_text", ("heat4",), 4.8),
        ("text2", ("sunken",), 5.0),
    ],
)
def test_contrast_is_as_stated(table: str, colour: Token, grounds: tuple[Token, ...], needed: float) -> None:
    assert round(worst(table, colour, grounds), 1) >= needed


@pytest.mark.parametrize(
    ("mark", "tint", "light", "dark"),
    [
        ("outstanding", "outstanding_tint", 10.5, 5.5),
        ("good", "good_tint", 5.2, 8.4),
        ("requires", "requires_tint", 5.0, 9.2),
        ("inadequate", "inadequate_tint", 8.5, 5.5),
    ],
)
def test_marks_on_their_tints_measure_what_the_table_says(mark: Token, tint: Token, light: float, dark: float) -> None:
    assert ratio(LIGHT[mark], LIGHT[tint]) == pytest.approx(light, abs=0.06)
    assert ratio(DARK[mark], DARK[tint]) == pytest.approx(dark, abs=0.06)


@pytest.mark.parametrize(("table", "scale"), list(itertools.product(TABLES, (100, 150, 200))))
def test_style_sheet_has_no_hole_left(table: str, scale: int) -> None:
    sheet = style_sheet(TABLES[table], scale)
    assert "$" not in sheet
    assert f"font-size: {round(20 * scale / 100)}px" in sheet


def test_change_of_mode_reaches_palette_and_colours(dressed: QApplication) -> None:
    theme().set(mode="dark")
    assert theme().colour("bg") == QColor(DARK["bg"])
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(DARK["bg"])
    theme().set(mode="light")
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT["bg"])


def test_text_size_scales_fonts_and_stays_within_bounds(dressed: QApplication) -> None:
    theme().set(scale=200)
    assert theme().font(13).pixelSize() == 26
    assert theme().px(32) == 64
    theme().set(scale=900)
    assert theme().scale == 200
    theme().set(scale=20)
    assert theme().scale == 100


def test_fonts_are_cached_and_tabular_is_a_font_of_its_own(dressed: QApplication) -> None:
    assert theme().font(12, 600) is theme().font(12, 600)
    assert theme().font(12, tabular=True).featureTags() != theme().font(12).featureTags()


def test_changed_is_said_once_and_only_when_something_changed(dressed: QApplication) -> None:
    heard: list[int] = []

    def hear() -> None:
        heard.append(theme().scale)

    theme().changed.connect(hear)
    try:
        theme().set(scale=150)
        theme().set(scale=150)
    finally:
        theme().changed.disconnect(hear)
    assert heard == [150]


def test_system_mode_follows_the_system_and_a_chosen_mode_does_not(dressed: QApplication) -> None:
    heard: list[str] = []

    def hear() -> None:
        heard.append(theme().mode)

    theme().changed.connect(hear)
    try:
        scheme = QGuiApplication.styleHints().colorScheme()
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)
        assert heard == []
        theme().set(mode="system")
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)
    finally:
        theme().changed.disconnect(hear)
    assert heard == ["system", "system"]
