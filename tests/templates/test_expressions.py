"""Conditions: what they see, when they are unknown, and which faults are the template's own."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.answers import Answer
from auditor.domain.errors import TemplateProblem
from auditor.resources import forms_dir
from auditor.templates.expressions import CelValue, Mark, cel_values, compile_expression
from auditor.templates.masters import parse_master, read_master
from auditor.templates.variants import resolve
from tests.templates.small_form import SMALL

NA = Mark.NOT_APPLICABLE


def holds(text: str, **answers: CelValue) -> bool | None:
    """Answers as keyword arguments: S0101 stands for S01.01."""
    return compile_expression(text).evaluate({f"{name[:3]}.{name[3:]}": value for name, value in answers.items()})


@pytest.mark.parametrize(
    ("text", "answers", "result"),
    [
        ("a['S01.01'] == 0", {"S0101": 0}, True),
        ("a['S01.01'] == 0", {"S0101": 2}, False),
        ("a['S01.01'] == 0", {}, None),
        ("a['S01.01'] == 0", {"S0101": NA}, None),
        ("!(a['S01.01'] == 0)", {}, None),
        ("'S01.01' in a && a['S01.01'] == 0", {}, False),
        ("'S01.01' in a || 'S01.01' in na", {"S0101": NA}, True),
        ("'S01.01' in na", {"S0101": 0}, False),
        ("a['S01.01'] == 0 || a['S02.01'] == 'yes'", {"S0201": "yes"}, True),
        ("a['S02.01'] == 'yes' && a['S01.01'] == 0", {"S0201": "no"}, False),
        ("'police' in a['S01.05']", {"S0105": ["police", "health"]}, True),
        ("'police' in a['S01.05']", {}, None),
        ("a['S02.01'] in ['no', 'not_evidenced']", {"S0201": "no"}, True),
        ("a['S01.07'] > 16", {"S0107": 16.5}, True),
        ("['S01.01', 'S01.02'].exists(q, q in a && a[q] == 'no')", {"S0102": "no"}, True),
        ("a['S01.04'] - a['S01.03'] > duration('48h')", {"S0103": datetime(2013, 3, 30, tzinfo=UTC)}, None),
    ],
)
def test_answers_decide(text: str, answers: Mapping[str, CelValue], result: bool | None) -> None:
    assert holds(text, **answers) is result


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("a['S01.01'] > 'none'", {"S0101": 1}),
        ("a['S01.01'] / 0 == 1", {"S0101": 1}),
        ("a['S01.05'][9] == 'x'", {"S0105": ["x"]}),
        ("a['S01.01'] + 9223372036854775807 > 0", {"S0101": 1}),
        ("a['S02.01'].matches('(((')", {"S0201": "x"}),
        ("seen(a['S01.01'])", {"S0101": 1}),
        ("a['S01.01']", {"S0101": 1}),
    ],
)
def test_any_other_fault_is_the_templates(text: str, answers: Mapping[str, CelValue]) -> None:
    with pytest.raises(TemplateProblem) as caught:
        holds(text, **answers)
    assert caught.value.code == "expression-fault"


@pytest.mark.parametrize(
    "text", ["", "a['S01.01'", "(" * 900 + "true" + ")" * 900, "a " * 2000, "a['x'] = 1", "[" * 1500]
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(TemplateProblem) as caught:
        compile_expression(text)
    assert caught.value.code == "expression-syntax"


LISTS = "[1,2,3,4,5,6,7,8,9]"
WITHIN = f"{LISTS}.all(x, {LISTS}.all(y, true))"


@pytest.mark.parametrize(
    "text",
    [
        f"{LISTS}.all(a, " * 9 + "true" + ")" * 9,
        f"{LISTS}.all(x, x in [')'] || {LISTS}.exists(y, y > x))",
        f"r'\\' == '' || {WITHIN} || '' == r'\\'",
        f"// it's\n{WITHIN} // it's",
        f"{LISTS}. // all of it\nall(x, {LISTS}.existsOne(y, y > x))",
        "['aaaaaaaa']" + ".map(x, x + x)" * 60 + ".all(x, true)",
    ],
)
def test_what_might_take_for_ever_is_refused_unread(text: str) -> None:
    with pytest.raises(TemplateProblem) as caught:
        compile_expression(text)
    assert caught.value.code == "expression-syntax"


@pytest.mark.parametrize(
    "text",
    [
        "['S01.01'].exists(q, q in a) && !['S01.02'].exists(q, q in a)",
        "[1, 2, 3].filter(n, n > 1).all(n, (n) < 4)",
        "[1].exists(n, '.all(' == '.all(')",
    ],
)
def test_lists_are_looked_through_one_after_the_other(text: str) -> None:
    assert holds(text, S0101=1) is True


def test_only_answers_are_known_by_name() -> None:
    with pytest.raises(TemplateProblem) as caught:
        compile_expression("b['S01.01'] == 0")
    assert caught.value.code == "expression-name"


def test_the_questions_named_are_found_wherever_they_stand() -> None:
    text = "'S01.01' in a && ['S07.01', \"S08.01\"].exists(q, q in a) && a['odd'] == 'no' && 'private' in a['S00.16']"
    assert compile_expression(text).questions == ("S00.16", "S01.01", "S07.01", "S08.01", "odd")


def test_answers_go_in_as_values_of_their_kind() -> None:
    template = resolve(parse_master(SMALL), "all").template
    answers = {
        "S01.01": Answer(3),
        "S01.02": Answer(na_reason="Older than the period"),
        "S01.03": Answer("2013-04-15"),
        "S01.04": Answer(),
        "S02.01": Answer("yes"),
        "S02.03": Answer("2"),
        "S99.01": Answer("gone"),
    }
    assert cel_values(template, answers) == {
        "S01.01": 3,
        "S01.02": NA,
        "S01.03": datetime(2013, 4, 15, tzinfo=UTC),
        "S02.01": "yes",
        "S02.03": 2,
    }


def test_times_numbers_and_lists_go_in_too() -> None:
    text = SMALL.replace("text: First seen, type: date", "text: First seen, type: datetime")
    text = text.replace("test: count, count: S01.01,", "test: attested, attest: S02.01,")
    text = text.replace('text: "How often?", type: count', 'text: "How often?", type: number').replace(
        "count: S01.01,", ""
    )
    text = text.replace('text: "On file?", type: choice', 'text: "On file?", type: choices').replace(
        "a['S02.01'] == 'yes'", "true"
    )
    template = resolve(parse_master(text), "all").template
    answers = {"S01.01": Answer("2.5"), "S01.03": Answer("2013-07-01T09:30"), "S02.01": Answer(("yes", "no"))}
    assert cel_values(template, answers) == {
        "S01.01": 2.5,
        "S01.03": datetime(2013, 7, 1, 9, 30, tzinfo=UTC),
        "S02.01": ["yes", "no"],
    }


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        expression = compile_expression(text)
        expression.evaluate({})
    except TemplateProblem as error:
        assert error.code.startswith("expression-")


class TestIndicatorsOfTheReview:
    """The review of sixteen records in 2013: each published figure as an indicator, answer by answer."""

    def value(self, name: str, **answers: Answer) -> tuple[bool | None, bool | None]:
        """Whether the case is among those counted, and whether it counts."""
        template = resolve(read_master(forms_dir() / "child-care-case-file.yaml"), "whole-file").template
        indicator = next(item for item in template.indicators if item.id == name)
        values = cel_values(template, {f"{key[:3]}.{key[3:]}": answer for key, answer in answers.items()})
        among = compile_expression(indicator.among).evaluate(values) if indicator.among else True
        return among, compile_expression(indicator.when).evaluate(values)

    @pytest.mark.parametrize(
        ("name", "answers", "result"),
        [
            ("no_supervision", {"S2201": 0}, (True, True)),
            ("no_supervision", {"S2201": 3}, (True, False)),
            ("no_supervision", {}, (True, None)),
            ("no_chronology", {"S2301": "no"}, (True, True)),
            ("no_chronology", {"S2301": "yes"}, (True, False)),
            ("no_current_plan", {"S0801": "no"}, (True, True)),
            ("no_current_plan", {"S1103": "not_evidenced"}, (True, True)),
            ("no_current_plan", {"S0801": "no", "S1103": "yes"}, (True, False)),
            ("no_current_plan", {"S0701": "yes"}, (True, False)),
            ("no_current_plan", {}, (True, False)),
            ("cultural_needs_considered", {"S0014": "asian_indian", "S2005": "partly"}, (True, True)),
            ("cultural_needs_considered", {"S0014": "black_other", "S2005": "not_met"}, (True, False)),
            ("cultural_needs_considered", {"S0014": "white_british", "S2005": "met"}, (False, True)),
            ("cultural_needs_considered", {"S0014": "not_recorded", "S2005": "met"}, (False, True)),
            (
                "re_referred_within_year",
                {"S0006": "2013-01-01", "S0007": "2013-06-30", "S0101": "2013-05-02", "S0202": "2013-01-15"},
                (True, True),
            ),
            (
                "re_referred_within_year",
                {"S0006": "2013-01-01", "S0007": "2013-06-30", "S0101": "2013-05-02", "S0202": "2011-01-15"},
                (True, False),
            ),
            (
                "re_referred_within_year",
                {"S0006": "2013-01-01", "S0007": "2013-06-30", "S0101": "2013-05-02"},
                (True, False),
            ),
            (
                "re_referred_within_year",
                {"S0006": "2013-01-01", "S0007": "2013-06-30", "S0101": "2012-05-02", "S0202": "2012-01-15"},
                (False, True),
            ),
            (
                "no_action_but_private_fostering",
                {"S0110": "no_further_action", "S0111": "private_fostering_assessment"},
                (True, True),
            ),
            ("no_action_but_private_fostering", {"S0110": "early_help", "S0111": "not_clear"}, (True, False)),
            ("not_in_need_but_assessed", {"S0309": "not_child_in_need", "S0310": "core_assessment"}, (True, True)),
            ("not_in_need_but_assessed", {"S0309": "not_child_in_need", "S0310": "closed"}, (True, False)),
            ("shared_records_missing", {"S0018": 3, "S2307": "no"}, (True, True)),
            ("shared_records_missing", {"S0018": 1, "S2307": "no"}, (False, True)),
            ("not_seen_alone", {"S0903": 0}, (True, True)),
            ("below_good", {"S2607": "3"}, (True, True)),
            ("below_good", {"S2607": "2"}, (True, False)),
            ("safety_in_doubt", {"S2603": "not_assured"}, (True, True)),
        ],
    )
    def test_a_case_counts(
        self, name: str, answers: Mapping[str, str | int], result: tuple[bool | None, bool | None]
    ) -> None:
        assert self.value(name, **{key: Answer(value) for key, value in answers.items()}) == result
