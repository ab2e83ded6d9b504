"""XLSForms written by others, which lie beside the repository: imported or plainly refused, never a crash."""

import os
from pathlib import Path

import pytest

from auditor.domain.errors import AuditorError
from auditor.templates.importing import import_form
from auditor.templates.masters import parse_master

FOLDER = Path(os.environ.get("AUDITOR_XLSFORMS", Path(__file__).parents[3] / "shared" / "data" / "xlsforms"))
FORMS = sorted(FOLDER.glob("*.xls*"))
REFUSED = {
    "blank_second_row.xls": "old-excel-file",
    "table-list.xls": "old-excel-file",
    "bug_example-bad_calc.xlsx": "xlsform-no-questions",
    "bug_example-duplicate_columns.xlsx": "heading-repeated",
    "example-bad_calc.xlsx": "xlsform-no-questions",
    "example-include.xlsx": "xlsform-invalid",
    "example-include_json.xlsx": "xlsform-invalid",
    "example-pull_data.xlsx": "xlsform-no-questions",
}


def test_the_forms_are_there() -> None:
    if not FOLDER.is_dir():
        pytest.skip("XLSForms written by others are not beside the repository")
    assert len(FORMS) > 20


@pytest.mark.parametrize("path", FORMS, ids=[path.name for path in FORMS])
def test_a_form_by_others_is_imported_or_refused(path: Path) -> None:
    try:
        got = import_form(path)
    except AuditorError as error:
        assert error.code == REFUSED.get(path.name)
        assert error.remedy and error.place
        assert error.place.file == path.name
        assert (error.place.sheet and error.place.row) or error.code == "old-excel-file"
    else:
        assert path.name not in REFUSED
        assert parse_master(got.text).plain == got.plain
        assert all(item.place.sheet and item.remedy for item in got.warnings)
