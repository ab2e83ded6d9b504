import itertools
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from auditor.desktop.icons import icon_pixmap
from auditor.desktop.marks import ANSWERS, GRADES, PIES, RAG, MarkKind, draw_mark, mark_pixmap
from auditor.desktop.theme import LIGHT, theme
from auditor.resources import resources_dir


def drawn(kind: MarkKind) -> QImage:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    draw_mark(painter, QRectF(0, 0, 32, 32), kind, QColor("black"))
    painter.end()
    return image


def ink(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 127 for x in range(32) for y in range(32))


def test_every_mark_has_a_shape_of_its_own(dressed: QApplication) -> None:
    images = {kind: drawn(kind) for kind in MarkKind}
    same = {(one, other) for one, other in itertools.combinations(MarkKind, 2) if images[one] == images[other]}
    assert same == {(MarkKind.PIE_0, MarkKind.RING)}
    assert all(ink(image) > 20 for image in images.values())


def test_pies_fill_by_quarters(dressed: QApplication) -> None:
    inks = [ink(drawn(kind)) for kind in PIES]
    assert inks == sorted(inks)
    assert len(set(inks)) == 5


@pytest.mark.parametrize("table", [GRADES, RAG, ANSWERS])
def test_no_two_meanings_of_a_table_share_a_mark_or_a_word(table: dict[object, object]) -> None:
    meanings = list(table.values())
    assert len({m.mark for m in meanings}) == len(meanings) or table is ANSWERS  # type: ignore[attr-defined]
    assert len({m.word for m in meanings}) == len(meanings)  # type: ignore[attr-defined]
    assert all(m.colour in LIGHT and m.tint in LIGHT for m in meanings)  # type: ignore[attr-defined]


def test_pixmaps_are_cached_and_sharp(dressed: QApplication) -> None:
    first = mark_pixmap(MarkKind.STAR, 16, QColor("red"), 2.0)
    assert first is mark_pixmap(MarkKind.STAR, 16, QColor("red"), 2.0)
    assert first.width() == 32
    assert first.devicePixelRatio() == 2.0


@pytest.mark.parametrize("path", sorted((resources_dir() / "icons").glob("*.svg")), ids=lambda p: p.stem)
def test_icons_are_well_formed_and_take_the_colour_of_the_token(dressed: QApplication, path: object) -> None:
    root = ElementTree.parse(str(path)).getroot()  # noqa: S314 - our own files
    assert root.get("stroke") == "currentColor"
    theme().set(mode="light")
    image = icon_pixmap(str(path).rsplit("/", 1)[-1].removesuffix(".svg"), 24, "accent", 1.0).toImage()
    accent = QColor(LIGHT["accent"])
    solid = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255]
    assert solid
    assert all(abs(c.red() - accent.red()) <= 2 and abs(c.blue() - accent.blue()) <= 2 for c in solid)


def test_icons_grow_with_the_text(dressed: QApplication) -> None:
    theme().set(scale=200)
    assert icon_pixmap("home", 16, dpr=1.0).width() == 32
