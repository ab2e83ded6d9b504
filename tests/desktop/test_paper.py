"""Forms drawn on paper: the file, its pages, and that nothing runs out of them."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication

from auditor.app import save_paper_form
from auditor.desktop.paper.blocks import blocks_of
from auditor.desktop.paper.canvas import Pen
from auditor.desktop.paper.printing import lay_out, save_pdf
from auditor.domain.errors import Refused
from auditor.domain.template import Template
from auditor.reports.paper_form import paper_form
from auditor.services.templates import shipped_templates
from tests.kit import small_template


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
