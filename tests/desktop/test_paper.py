"""Forms drawn on paper: the file, its pages, and that nothing runs out of them."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.app import save_paper_form
from auditor.desktop.main_window import MainWindow
from auditor.desktop.models.template_rows import TemplateRow
from auditor.desktop.pages.templates.acts import TemplateActs
from auditor.desktop.paper.blocks import blocks_of
from auditor.desktop.paper.canvas import Pen
from auditor.desktop.paper.printing import draw_form, lay_out, save_pdf
from auditor.domain.errors import Refused
from auditor.domain.template import Template
from auditor.reports.paper_form import paper_form
from auditor.services.templates import shipped_templates
from tests.kit import open_house, small_template


@pytest.fixture(scope="module")
def whole() -> Template:
    return next(one.template for one in shipped_templates() if one.template.id == "whole-file")


def pages_in(path: Path) -> int:
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_whole_file_is_written_page_by_page(whole: Template, tmp_path: Path, dressed: QApplication) -> None:
    saved = save_paper_form(whole, tmp_path / "form")
    assert saved.name == "form.pdf"
    assert 20 < pages_in(saved) < 80


def test_a_small_form_takes_few_pages(tmp_path: Path, dressed: QApplication) -> None:
    assert pages_in(save_pdf(paper_form(small_template()), tmp_path / "small.pdf")) <= 3


def test_every_question_fits_on_a_page(whole: Template, tmp_path: Path, dressed: QApplication) -> None:
    writer = QPdfWriter(str(tmp_path / "measure.pdf"))
    lay_out(writer)
    pen = Pen(writer)
    height = writer.height() / pen.unit
    assert 700 < height < 800
    blocks = blocks_of(paper_form(whole), pen, writer.width() / pen.unit)
    assert all(0 < block.height < height / 2 for block in blocks[2:])


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path, dressed: QApplication) -> None:
    with pytest.raises(Refused) as caught:
        save_pdf(paper_form(small_template()), tmp_path / "gone" / "form.pdf")
    assert caught.value.code == "file-not-written"


def test_a_printer_gets_the_same_pages(tmp_path: Path, dressed: QApplication, qtbot: QtBot) -> None:
    form = paper_form(small_template())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    lay_out(printer)
    drawn = draw_form(form, printer)
    assert drawn == pages_in(tmp_path / "printed.pdf") == pages_in(save_pdf(form, tmp_path / "saved.pdf"))


def test_the_page_sends_a_template_to_the_printer_that_is_chosen(
    tmp_path: Path, dressed: QApplication, qtbot: QtBot
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    lay_out(printer)
    template = small_template()
    row = TemplateRow(template, template, 1, kept=True, shipped=False)
    with open_house(tmp_path / "house") as house:
        TemplateActs(house.lead, window.operations, window, ask_for_printer=lambda _page: None).print(row)
        assert not (tmp_path / "printed.pdf").exists()
        TemplateActs(house.lead, window.operations, window, ask_for_printer=lambda _page: printer).print(row)
    assert pages_in(tmp_path / "printed.pdf")
    assert "printer" in window.status.text
