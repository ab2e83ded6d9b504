"""Conditions in CEL and XPath say the same: read, written, and worked out by other libraries."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # only the tests use it, and only here

from auditor.templates.expressions import compile_expression
from auditor.templates.xlsform.answers import Asked
from auditor.templates.xlsform.cel import read_cel, write_cel
from auditor.templates.xlsform.conditions import (
    Answer,
    Compare,
    Condition,
    Either,
    Every,
    Holds,
    Mark,
    Not,
    Untranslatable,
    Value,
    questions_in,
)
from auditor.templates.xlsform.translating import Translator
from auditor.templates.xlsform.xpath import read_xpath, write_xpath

ASKED = {
    "n": Asked("S01.01", "count"),
    "one": Asked("S01.02", "choice", {"x": "x", "y": "y", "1": "1"}),
    "many": Asked("S01.03", "choices", {"x": "x", "y": "y"}),
    "day": Asked("S01.04", "date"),
    "word": Asked("S01.05", "text"),
}
SAME = {
    "${n} > 3": "a['S01.01'] > 3",
    "3 < ${n}": "3 < a['S01.01']",
    "${n}=0 or ${n} >= 1.5": "a['S01.01'] == 0 || a['S01.01'] >= 1.5",
    "${one} = 'x'": "a['S01.02'] == 'x'",
    '${one} != "y"': "a['S01.02'] != 'y'",
    "${one} = 1": "a['S01.02'] == '1'",
    "selected(${one}, 'x')": "a['S01.02'] == 'x'",
    "selected(${many},'y')": "'y' in a['S01.03']",
    "not(selected(${many}, 'y'))": "!('y' in a['S01.03'])",
    "${one} = ''": "!given['S01.02']",
    "${word} != ''": "given['S01.05']",
    "${day} < date('2013-04-15')": "a['S01.04'] < timestamp('2013-04-15T00:00:00Z')",
    "${day} = '2013-04-15'": "a['S01.04'] == timestamp('2013-04-15T00:00:00Z')",
    "${n} > 1 and (${one} = 'x' or ${word} = 'a b')": (
        "a['S01.01'] > 1 && (a['S01.02'] == 'x' || a['S01.05'] == 'a b')"
    ),
    "selected(../one, 'x')": "a['S01.02'] == 'x'",
}


@pytest.mark.parametrize(("xpath", "cel"), SAME.items(), ids=SAME)
def test_a_simple_condition_is_translated(xpath: str, cel: str) -> None:
    assert Translator(ASKED).cel((xpath,)) == cel
    compile_expression(cel, frozenset({"a", "na", "given"}))


OTHERWISE = [
    "",
    ".",
    "today() > ${day}",
    "${n} + 1 > 2",
    "${n}",
    "1 = 1",
    "${n} > 'x'",
    "${n} > 1 and",
    "(${n} > 1",
    "${n} > ''",
    "${many} = 'x'",
    "${one} > 'x'",
    "${gone} = 1",
    "${one} = 'z'",
    '${word} = "it\'s"',
    "${word} = 'a\\b'",
    "count-selected(${many}) > 1",
    "${one} = 'x' | 1",
    "(" * 50 + "${n} > 1" + ")" * 50,
    " and ".join(["${n} > 1"] * 300),
]


@pytest.mark.parametrize("xpath", OTHERWISE)
def test_what_is_not_simple_is_refused(xpath: str) -> None:
    with pytest.raises(Untranslatable):
        Translator(ASKED).cel((xpath,))


@pytest.mark.parametrize(
    "cel",
    ["a['S01.01'] - a['S01.02'] > 1", "['S01.01'].exists(q, q in a)", "'S01.01' in na", "regime['x'].since < a['y']"],
)
def test_what_only_cel_can_say_is_refused(cel: str) -> None:
    with pytest.raises(Untranslatable):
        read_cel(cel)


def test_a_list_of_values_is_any_of_them() -> None:
    written = write_xpath(read_cel("a['S01.02'] in ['x', 'y'] && given['S01.01']"), lambda _: "q", lambda _: "g")
    assert written == "(${q} = 'x' or ${q} = 'y') and g"


NUMBER = st.integers(-3, 3).map(lambda n: Value(Mark.NUMBER, str(n)))
CODE = st.sampled_from("xyz").map(lambda code: Value(Mark.TEXT, code))
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Compare, st.just(Answer("n")), SIGNS, NUMBER),
    st.builds(Compare, NUMBER, SIGNS, st.just(Answer("n"))),
    st.builds(Compare, st.just(Answer("one")), st.sampled_from(["==", "!="]), CODE),
    st.builds(Holds, st.just("many"), st.sampled_from("xyz")),
)
PARTS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Either(tuple(parts))),
    ),
    max_leaves=8,
)
ANSWERS = st.fixed_dictionaries(
    {"n": st.integers(-3, 3), "one": st.sampled_from("xyz"), "many": st.lists(st.sampled_from("xyz"), unique=True)}
)


def by_lxml(xpath: str, answers: Mapping[str, Any]) -> bool:
    """The condition as a forms engine works it out, answers put in the place of their names."""
    for name, value in answers.items():
        text = " ".join(value) if isinstance(value, list) else value
        xpath = xpath.replace(f"${{{name}}}", str(text) if isinstance(text, int) else f"'{text}'")
    functions = {(None, "selected"): lambda _context, chosen, code: code in str(chosen).split()}
    result = etree.XPath(xpath, extensions=functions)(etree.Element("form"))
    assert isinstance(result, bool)
    return result


@given(PARTS, ANSWERS)
def test_both_languages_come_to_the_same(condition: Condition, answers: dict[str, Any]) -> None:
    cel, xpath = write_cel(condition), write_xpath(condition, lambda name: name, lambda name: name)
    assert read_cel(cel) == read_xpath(xpath)
    assert compile_expression(cel).evaluate(answers) == by_lxml(xpath, answers)
    assert set(questions_in(condition)) <= set(answers)
