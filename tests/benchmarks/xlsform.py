"""An XLSForm of 5,000 questions imported, beside `pyxform` alone converting it; the shipped form out and in again."""

import tempfile
from pathlib import Path

from pyxform.xls2xform import convert

from auditor.resources import forms_dir
from auditor.templates.exporting import Format, export_form
from auditor.templates.importing import import_form
from auditor.templates.masters import read_master
from tests.benchmarks.figures import Figure, alternating, percentile
from tests.templates.xlsform_kit import large_form

QUESTIONS = 5_000
FORM = forms_dir() / "child-care-case-file.yaml"


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        large, own = large_form(Path(folder) / "large.xlsx", QUESTIONS), Path(folder) / "own.xlsx"
        plain = read_master(FORM).plain
        ours, bare = alternating(3, lambda: import_form(large), lambda: convert(str(large), validate=False))
        out, back = alternating(3, lambda: export_form(plain, own, Format.SHEET), lambda: import_form(own))
    baseline = "pyxform converting it"
    aim = "< 5,000 ms"
    return [
        Figure("XLSForm of 5,000 questions imported", percentile(ours, 50), baseline, percentile(bare, 50), aim),
        Figure("question bank written as an authoring workbook", percentile(out, 50)),
        Figure("question bank read from an authoring workbook", percentile(back, 50)),
    ]
