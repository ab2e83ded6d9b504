"""Draws a form on A4, into a PDF file or onto a printer: a stamp and "Page 3 of 21" stand on every page."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from auditor.desktop.paper.blocks import SMALL, blocks_of
from auditor.desktop.paper.canvas import GREY, Block, Pen
from auditor.domain.errors import Place, Refused
from auditor.reports.paper_form import PaperForm, pages_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

AskPrinter = Callable[[QWidget], "QPrinter | None"]

_MARGIN_MM = 15.0
_RESOLUTION = 300
_FOOT = 26.0
"""Points at the bottom of each page for the stamp and the page's number."""


def save_pdf(form: PaperForm, path: Path) -> Path:
    """Write the form as a PDF and give its path, which ends in `.pdf`; raises `Refused` where that cannot be done."""
    path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(kept)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(form.stamp)
    writer.setCreator("Casefile Auditor")
    lay_out(writer)
    draw_form(form, writer)
    return write_down(kept, path)


def write_down(kept: QBuffer, path: Path) -> Path:
    """Put what was drawn into a file and give its path; raises `Refused` where that cannot be done."""
    kept.close()
    try:
        path.write_bytes(kept.data().data())
    except OSError as error:
        message, remedy = "The file cannot be written.", "Check that the folder is there and may be written to."
        raise Refused("file-not-written", "Not written", message, remedy, Place(file=path.name)) from error
    return path


def lay_out(device: QPagedPaintDevice) -> None:
    """A4, upright, with even margins."""
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margin)
    page.setUnits(QPageLayout.Unit.Millimeter)
    page.setMargins(margin)
    device.setPageLayout(page)


def draw_form(form: PaperForm, device: QPagedPaintDevice) -> int:
    """Draw the whole form; gives the number of pages, 0 where the device could not be opened."""
    painter = QPainter()
    if not painter.begin(device):
        return 0
    pen = Pen(device)
    width, height = device.width() / pen.unit, device.height() / pen.unit
    room = height - _FOOT
    blocks = [_fitted(block, room) for block in blocks_of(form, pen, width)]
    pages = pages_of([block.height for block in blocks], [block.keep for block in blocks], room)
    for number, page in enumerate(pages, 1):
        if number > 1:
            device.newPage()
        top = 0.0
        for one in page:
            _put(painter, blocks[one], top * pen.unit)
            top += blocks[one].height
        _put(painter, _foot(form, pen, f"Page {number} of {len(pages)}", (width, height)), 0)
    painter.end()
    return len(pages)


def _put(painter: QPainter, block: Block, top: float) -> None:
    painter.save()
    painter.translate(0, top)
    for draw in block.draw:
        draw(painter)
    painter.restore()


def _fitted(block: Block, room: float) -> Block:
    """A block that is taller than a page, made to fit on one."""
    if block.height <= room:
        return block
    share = room / block.height
    return Block(room, block.keep, [lambda painter: painter.scale(share, share), *block.draw])


def _foot(form: PaperForm, pen: Pen, number: str, size: tuple[float, float]) -> Block:
    width, height = size
    block, wide = Block(), pen.width(number, SMALL) + 4
    pen.line(block, 0, height - 16, width)
    stamp = form.stamp
    while pen.width(stamp, SMALL) > width - wide - 12 and len(stamp) > 40:
        title, _, rest = stamp.partition(" · version ")
        stamp = f"{title.rstrip('…')[:-2]}… · version {rest}" if len(title) > 12 else stamp[:40]
    pen.words(block, stamp, (0, height - 13, width - wide - 8), SMALL, colour=GREY)
    pen.words(block, number, (width - wide, height - 13, wide + 2), SMALL, colour=GREY)
    return block


def ask_printer(parent: QWidget) -> "QPrinter | None":
    """The printer a person chooses, set up for a form; None where none is chosen."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    lay_out(printer)
    return printer if QPrintDialog(printer, parent).exec() else None
