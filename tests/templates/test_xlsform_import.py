"""XLSForms become templates: what is carried, what is told, what is refused."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from auditor.domain.errors import AuditorError, BadInput
from auditor.templates.exporting import Format, export_form
from auditor.templates.expressions import compile_expression
from auditor.templates.importing import Imported, import_form
from auditor.templates.masters import parse_master
from auditor.templates.problems import CATALOGUE
from auditor.templates.variants import resolve
from tests.templates.small_form import PROMPTED
from tests.templates.xlsform_kit import workbook

CHOICES = """
    list_name | name | label
    yn        | yes  | Yes
    yn        | no   | No
"""
SURVEY = """
    type                | name    | label              | hint          | required | relevant        | constraint
    text                | who     | Who was seen?      |               | yes      |                 |
    begin_group         | visits  | Visits to the home |               |          |                 |
    note                | about   | Look at the diary  |               |          |                 |
    integer             | times   | How often?         | In the period | true()   |                 | . <= 60
    select_one yn       | alone   | Seen alone?        |               |          | ${times} > 0    |
    begin_group         | inner   | In detail          |               |          | ${alone} = 'no' |
    select_multiple yn  | several | Which?             |               |          | ${times} >= 2   |
    end_group           |         |                    |               |          |                 |
    end_group           |         |                    |               |          |                 |
    begin_group         | plan    | Planning           |               |          | ${alone} = 'yes' and ${times} > 1 |
    date                | drawn   | Date of the plan   |               |          |                 | . >= date('2013-04-15')
    end_group           |         |                    |               |          |                 |
    decimal             | size    | Size               |               |          |                 |
"""  # noqa: E501


def imported(folder: Path, **sheets: str) -> Imported:
    """What comes of it; the file that is written must be read again as the same."""
    got = import_form(workbook(folder / "form.xlsx", **sheets))
    assert parse_master(got.text).plain == got.plain
    return got


def questions(got: Imported) -> dict[str, dict[str, Any]]:
    return {question["source_name"]: question for section in got.plain["sections"] for question in section["questions"]}


def told(got: Imported) -> set[tuple[str, int | None]]:
    return {(item.code, item.place.row) for item in got.warnings}


def test_groups_become_sections_and_the_rest_sections_of_its_own(tmp_path: Path) -> None:
    got = imported(tmp_path, survey=SURVEY, choices=CHOICES)
    assert not got.warnings
    assert (got.plain["id"], got.plain["title"]) == ("form", "form")
    assert [(section["id"], section["title"], section["purpose"]) for section in got.plain["sections"]] == [
        ("S01", "Questions", "Questions of “Questions”."),
        ("S02", "Visits to the home", "Look at the diary"),
        ("S03", "Planning", "Questions of “Planning”."),
        ("S04", "More questions", "Questions of “More questions”."),
    ]
    kinds = {name: (question["id"], question["type"]) for name, question in questions(got).items()}
    assert kinds == {
        "who": ("S01.01", "text"),
        "times": ("S02.01", "count"),
        "alone": ("S02.02", "choice"),
        "several": ("S02.03", "choices"),
        "drawn": ("S03.01", "date"),
        "size": ("S04.01", "number"),
    }


def test_hints_and_what_is_required_are_carried(tmp_path: Path) -> None:
    asked = questions(imported(tmp_path, survey=SURVEY, choices=CHOICES))
    assert asked["times"]["guidance"] == "In the period"
    assert [name for name, question in asked.items() if "na_allowed" not in question] == ["who", "times"]


def test_what_to_look_for_comes_back_from_a_form_that_went_out(tmp_path: Path) -> None:
    text = PROMPTED.replace("evidence: ", "guidance: Weigh it, evidence: ")
    export_form(resolve(parse_master(text), "all").plain, tmp_path / "out.xlsx", Format.XLSFORM)
    seen = next(one for one in questions(import_form(tmp_path / "out.xlsx")).values() if one["text"] == "Seen well?")
    assert seen["evidence"] == "Visit notes: date, who was there"
    assert seen["guidance"] == "Weigh it\nMet: Shown"


def test_conditions_become_cel(tmp_path: Path) -> None:
    got = imported(tmp_path, survey=SURVEY, choices=CHOICES)
    asked = questions(got)
    assert asked["alone"]["relevant"] == "a['S02.01'] > 0"
    assert asked["several"]["relevant"] == "a['S02.02'] == 'no' && a['S02.01'] >= 2"
    plan = got.plain["sections"][2]
    assert plan["when"] == "a['S02.02'] == 'yes' && a['S02.01'] > 1"
    assert "${alone} = 'yes' and ${times} > 1" in plan["applies_if"]


def test_a_constraint_becomes_a_rule_that_fires_where_it_is_broken(tmp_path: Path) -> None:
    rule, day = imported(tmp_path, survey=SURVEY, choices=CHOICES).plain["consistency"]
    condition = compile_expression(rule["when"][0])
    assert [condition.evaluate(answers) for answers in ({"S02.01": 61}, {"S02.01": 60}, {})] == [True, False, None]
    assert rule["source"].endswith("as written: . <= 60")
    assert day["when"] == ["!(a['S03.01'] >= timestamp('2013-04-15T00:00:00Z'))"]


def test_a_list_used_twice_becomes_a_scale_and_or_other_a_further_question(tmp_path: Path) -> None:
    survey = """
        type                    | name | label
        select_one yn or_other  | a    | First?
        select_one yn           | b    | Second?
        select_one own          | c    | Third?
    """
    got = imported(tmp_path, survey=survey, choices=f"{CHOICES}    own | x | X\n")
    asked = questions(got)
    assert asked["a"]["scale"] == asked["b"]["scale"] == got.plain["scales"][0]["id"] == "yn"
    assert [option["code"] for option in got.plain["scales"][0]["options"]] == ["yes", "no", "other"]
    assert asked["c"]["options"] == [{"code": "x", "label": "X"}]
    assert asked["a_other"]["relevant"] == f"a['{asked['a']['id']}'] == 'other'"


def test_the_default_language_is_taken_and_the_others_are_told(tmp_path: Path) -> None:
    survey = """
        type | name | label::English (en) | label::French (fr) | hint::English (en)
        text | a    | Who?                | Qui ?              | Name
    """
    settings = "form_title | form_id | version | default_language\nThe form | My Form-2 | 7 | French (fr)"
    got = imported(tmp_path, survey=survey, settings=settings)
    assert (got.plain["id"], got.plain["title"], got.plain["version"]) == ("my-form-2", "The form", "7")
    assert questions(got)["a"]["text"] == "Qui ?"
    assert "guidance" not in questions(got)["a"]
    assert [item.code for item in got.warnings] == ["xlsform-language"]
    assert "English (en)" in got.warnings[0].message


TOLD = {
    "repeat": ("begin_repeat | r | R |\ntext | b | B |\nend_repeat | | |", ("xlsform-repeat", 3)),
    "kind of answer": ("geopoint | b | Where? |", ("xlsform-question-type", 3)),
    "picture": ("image | b | What? |", ("xlsform-question-type", 3)),
    "options elsewhere": ("select_one_from_file a.csv | b | Which? |", ("xlsform-question-type", 3)),
    "metadata": ("start | b | |", ("xlsform-not-carried", 3)),
    "wording that changes": ("text | b | Is ${a} well? |", ("xlsform-not-carried", 3)),
    "sum": ("text | b | B | ${a} + 1 > 2", ("xlsform-condition", 3)),
    "function": ("text | b | B | regex(${a}, 'x')", ("xlsform-condition", 3)),
    "no option": ("select_one yn | c | C? |\ntext | b | B | ${c} = 'perhaps'", ("xlsform-condition", 4)),
    "two kinds": ("integer | c | C? |\ntext | b | B | ${c} = ${a}", ("xlsform-condition", 4)),
    "order of words": ("text | b | B | ${a} > 'x'", ("xlsform-condition", 3)),
}


@pytest.mark.parametrize(("rows", "expected"), TOLD.values(), ids=TOLD)
def test_what_is_not_carried_is_told_with_its_row(tmp_path: Path, rows: str, expected: tuple[str, int | None]) -> None:
    got = imported(tmp_path, survey=f"type | name | label | relevant\ntext | a | Who? |\n{rows}", choices=CHOICES)
    assert told(got) == {expected}
    assert all(item.remedy and item.place.sheet == "survey" for item in got.warnings)
    if expected[0] == "xlsform-condition":
        assert questions(got)["b"]["guidance"] == f"Asked only if: {rows.rsplit('|', 1)[1].strip()}"
        assert "relevant" not in questions(got)["b"]


MORE = {
    "calculation": ("calculation", "calculate | b | | 1 + 1", {("xlsform-not-carried", 3)}),
    "default": ("default", "text | b | B | as usual", {("xlsform-not-carried", 3)}),
    "choice filter": ("choice_filter", "select_one yn | b | B | name = ${a}", {("xlsform-choice-filter", 3)}),
    "required by condition": ("required", "text | b | B | ${a} = 'x'", {("xlsform-condition", 3)}),
    "constraint": ("constraint", "text | b | B | string-length(.) < 9", {("xlsform-condition", 3)}),
    "constraint that is carried": ("constraint", "text | b | B | . != 'x'", set()),
}


@pytest.mark.parametrize(("column", "row", "expected"), MORE.values(), ids=MORE)
def test_columns_that_are_not_carried_are_told(
    tmp_path: Path, column: str, row: str, expected: set[tuple[str, int]]
) -> None:
    got = imported(tmp_path, survey=f"type | name | label | {column}\ntext | a | Who? |\n{row}", choices=CHOICES)
    assert told(got) == expected


def test_choice_names_that_are_no_codes_get_codes_of_ours(tmp_path: Path) -> None:
    survey = """
        type         | name | label  | relevant
        select_one l | a    | Which? |
        text         | b    | Why?   | ${a} = 'à part'
    """
    choices = "list_name | name | label\nl | à part | Apart\nl | _part | Part\nl | part | A part"
    got = imported(tmp_path, survey=survey, choices=choices)
    assert [option["code"] for option in questions(got)["a"]["options"]] == ["part", "part_2", "part_3"]
    assert questions(got)["b"]["relevant"] == "a['S01.01'] == 'part'"
    assert told(got) == {("xlsform-code-changed", 2)}


def test_every_code_of_an_import_is_tried() -> None:
    tried = {code for _, (code, _) in TOLD.values()} | {code for _, _, codes in MORE.values() for code, _ in codes}
    tried |= {"xlsform-language", "xlsform-code-changed", "xlsform-export-condition"}
    assert tried == {code for code in CATALOGUE if code.startswith("xlsform-")}


REFUSED = {
    "no such name": ("text | b | B | ${nobody} = 1", "xlsform-invalid", 3),
    "unknown type": ("riddle | b | B |", "xlsform-invalid", 3),
    "group without end": ("begin_group | b | B |", "xlsform-invalid", 3),
    "name twice": ("text | a | B |", "xlsform-invalid", 3),
    "another form": ("include | b | |", "xlsform-invalid", 3),
    "no list": ("select_one missing | b | B |", "xlsform-invalid", 3),
    "hangs on itself": ("text | b | B | ${c} = 'x'\ntext | c | C | ${b} = 'x'", "relevance-cycle", 3),
    "never asked": ("text | b | B | ${a} = 'x' and ${a} = 'y'", "unreachable", 3),
    "deep": ("\n".join(f"begin_group | g{n} | G |" for n in range(21)), "form-too-large", 23),
    "long cell": (f"text | b | {'long ' * 2_500} |", "form-too-large", 3),
}


@pytest.mark.parametrize(("rows", "code", "row"), REFUSED.values(), ids=REFUSED)
def test_a_broken_form_is_refused_with_its_row(tmp_path: Path, rows: str, code: str, row: int) -> None:
    with pytest.raises(AuditorError) as caught:
        imported(tmp_path, survey=f"type | name | label | relevant\ntext | a | Who? |\n{rows}", choices=CHOICES)
    error = caught.value
    assert error.code == code
    assert error.remedy and error.place
    assert (error.place.file, error.place.sheet, error.place.row) == ("form.xlsx", "survey", row)


def test_headings_that_stand_twice_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        imported(tmp_path, survey="type | name | label | label\ntext | a | A | B")
    assert (caught.value.code, str(caught.value.place)) == ("heading-repeated", "form.xlsx:survey!D1")


@pytest.mark.parametrize(
    "rows", ["calculate | a | | 1", "note | a | Read this |", "begin_repeat | r | R |\nend_repeat | | |"]
)
def test_a_form_without_questions_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(BadInput) as caught:
        imported(tmp_path, survey=f"type | name | label | calculation\n{rows}")
    assert caught.value.code in ("xlsform-no-questions", "xlsform-invalid")


def test_a_workbook_that_is_no_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        imported(tmp_path, one="a | b", two="c | d")
    assert caught.value.code == "form-kind-unknown"


def saved(path: Path, rows: Iterable[Iterable[Any]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cell in sheet["C"][1:]:
        cell.data_type = "s"  # as Excel keeps what was typed after an apostrophe
    book.save(path)
    return path


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = [("type", "name", "label"), ("text", "a", '=HYPERLINK("http://x")'), ("text", "b", "=1+1")]
    got = import_form(saved(tmp_path / "form.xlsx", rows))
    assert [question["text"] for question in questions(got).values()] == ['=HYPERLINK("http://x")', "=1+1"]
