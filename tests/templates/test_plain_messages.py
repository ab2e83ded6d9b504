"""What is said of a condition that cannot be read, and of a file with signs nobody sees."""

import pytest

from auditor.domain.errors import TemplateProblem
from auditor.templates.expressions import compile_expression
from auditor.templates.problems import TemplateProblems
from auditor.templates.yaml_reader import parse_document


@pytest.mark.parametrize(
    ("condition", "column", "near", "expected"),
    [
        ("a['S01.01'] = 3", 13, "= 3", "=="),
        ("a['S01.01'] == ", 0, "end", "a value"),
        ("a['S01.01' == 1", 0, "end", "]"),
        ("(a['S01.01'] == 1", 0, "end", ")"),
        ("a['S01.01'] == 'x", 16, "'x", "closing quote"),
        ("a['S01.01'] and a['S01.02']", 13, "and a[", "&&"),
        ("not a['S01.01']", 5, "a['S01.01']", "Write ! for not"),
        ("a['S01.01'] == 1 &&& true", 20, "& true", "&&"),
        ("a['S01.01'] == 1 )", 18, "near )", "the end"),
        ("a['S01.01'] <> 1", 14, "> 1", "a value"),
        ("true ? 1", 0, "end", ":"),
        ("§", 1, "§", "a value"),
    ],
)
def test_a_condition_says_where_and_what_was_expected(condition: str, column: int, near: str, expected: str) -> None:
    with pytest.raises(TemplateProblem) as caught:
        compile_expression(condition)
    said = str(caught.value)
    assert caught.value.code == "expression-syntax"
    if column:
        assert f"column {column}," in said
    assert near in said and expected in said
    for foreign in ("EOF", "token", "IDENTIFIER", "mismatched", "extraneous", "ExprContext"):
        assert foreign not in said


def test_a_control_character_is_told_with_its_line() -> None:
    with pytest.raises(TemplateProblems) as caught:
        parse_document(b"format: 1\nid: x\ntitle: a\x07b\n", "x.yaml")
    (found,) = caught.value.problems
    assert (found.code, found.place.line) == ("yaml-syntax", 3)
    assert "control character" in found.message
