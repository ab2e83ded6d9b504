"""The evidence of a draw on paper: one document for the printer or a PDF, the same words as the workbook."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSizeF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.file_names import ask_where
from auditor.desktop.paper.printing import lay_out, write_down
from auditor.domain.draw_evidence import Evidence

AskPdf = Callable[[QWidget, str], Path | None]
_HASH = 16
_POINTS = 8
_STYLE = """
h1 { font-size: 14pt; margin: 0 } h2 { font-size: 10pt; margin: 7px 0 1px 0 }
p, li, td, th { font-size: 8pt } th { text-align: left; color: #5C6074 } td, th { padding: 0 12px 0 0 }
"""
_SAMPLE = "Sample data: every person and every case in it is invented."


def ask_for_pdf(parent: QWidget, name: str) -> Path | None:
    """The path a person chooses for the PDF, or None."""
    return ask_where(parent, name, "PDF (*.pdf)")


def html_of(found: Sequence[Evidence]) -> str:
    """The document, one part a draw."""
    return f"<style>{_STYLE}</style>" + '<p style="page-break-before: always"></p>'.join(map(_part, found))


def document_of(found: Sequence[Evidence]) -> QTextDocument:
    """The document, laid out by whoever draws it."""
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setHtml(html_of(found))
    return document


def save_pdf(found: Sequence[Evidence], path: Path) -> Path:
    """Write the document as a PDF and give its path; raises `Refused` (file-not-written)."""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(kept)
    writer.setTitle(f"{found[0].title}: how the sample was drawn")
    writer.setCreator("Casefile Auditor")
    print_on(found, writer)
    return write_down(kept, path)


def print_on(found: Sequence[Evidence], device: QPagedPaintDevice) -> None:
    """Draw the document on a printer or into a PDF."""
    lay_out(device)
    document = document_of(found)
    document.documentLayout().setPaintDevice(device)
    document.setPageSize(QSizeF(device.width(), device.height()))
    document.print_(device)


def _part(evidence: Evidence) -> str:
    sample = f"<p><b>{_SAMPLE}</b></p>" if evidence.sample else ""
    return "".join(
        (
            f"<h1>{escape(evidence.title)}</h1><p>How the sample was drawn</p>{sample}",
            _table((), evidence.facts),
            "<h2>The rule</h2>",
            _table((), [(f"{number}.", sentence) for number, sentence in enumerate(evidence.rule, 1)]),
            "<h2>Left out before the draw</h2>",
            _table((), [(words.capitalize(), f"{count:,}") for words, count in evidence.excluded]),
            "<h2>Groups</h2>",
            _table(
                ("Group", "In the frame", "Could be drawn", "Share", "Drawn"),
                [
                    (one.title, *(f"{count:,}" for count in (one.frame, one.eligible, one.share, one.drawn)))
                    for one in evidence.strata
                ],
            ),
            _quotas(evidence),
            f"<h2>The {len(evidence.drawn):,} cases drawn, in order</h2>",
            _table(
                ("Place", "Case", "Hash begins with", "Group", "Drawn"),
                [
                    (f"{line.rank:,}", line.reference, line.hash[:_HASH], line.stratum, line.why)
                    for line in evidence.drawn
                ],
            ),
            "<h2>Replacements</h2>",
            _replaced(evidence),
        )
    )


def _quotas(evidence: Evidence) -> str:
    if not evidence.quotas:
        return ""
    rows = [("Met" if quota.met else "Not met", quota.words) for quota in evidence.quotas]
    return "<h2>Quotas</h2>" + _table((), rows)


def _replaced(evidence: Evidence) -> str:
    if not evidence.replaced:
        return "<p>None.</p>"
    rows = [(one.reference, one.replaced_by, one.reason, one.by, show_date(one.on)) for one in evidence.replaced]
    return _table(("Case", "Replaced by", "Reason", "Who", "When"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "<tr>" + "".join(f"<th>{escape(title)}</th>" for title in heads) + "</tr>" if heads else ""
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table cellspacing="0" cellpadding="0">{head}{body}</table>'
