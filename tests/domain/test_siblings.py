"""Brothers and sisters: who they are, and when a shared event differs, agrees, or is not known yet."""

import pytest

from auditor.domain.answers import Answer
from auditor.domain.consistency import State
from auditor.domain.siblings import Member, compare, groups_of, is_group_heading, sibling_group
from auditor.domain.template_parts import SharedEvent

EVENT = SharedEvent("strategy", "Strategy discussion", ("S05.02",))
MAY, JUNE, NA = Answer("2026-05-12"), Answer("2026-06-01"), Answer(na_reason="Not for this child")
BLANK = Answer()


def found(*answers: Answer, asked: bool = True) -> State:
    ids = frozenset({"S05.02"} if asked else ())
    members = [Member(f"a{n}", f"CF-{n}", {"S05.02": answer}, ids) for n, answer in enumerate(answers)]
    (one,) = compare([EVENT], "group", members)
    return one.state


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((MAY, JUNE), State.FIRES),
        ((MAY, MAY, JUNE), State.FIRES),
        ((MAY, JUNE, BLANK), State.FIRES),
        ((MAY, MAY), State.SILENT),
        ((MAY, NA), State.SILENT),
        ((NA, NA), State.SILENT),
        ((NA, BLANK), State.SILENT),
        ((MAY, BLANK), State.UNKNOWN),
        ((MAY, MAY, BLANK), State.UNKNOWN),
        ((BLANK, BLANK), State.UNKNOWN),
    ],
)
def test_what_two_audits_say_of_one_event(answers: tuple[Answer, ...], state: State) -> None:
    assert found(*answers) is state


def test_what_is_not_asked_is_not_waited_for() -> None:
    assert found(MAY, BLANK, asked=False) is State.SILENT
    assert found(BLANK, BLANK, asked=False) is State.SILENT


def test_who_waits_and_who_said_what_is_named() -> None:
    members = [
        Member("a1", "CF-1", {"S05.02": MAY}, frozenset({"S05.02"})),
        Member("a2", "CF-2", {}, frozenset({"S05.02"})),
    ]
    (one,) = compare([EVENT], "group", members)
    assert [said.reference for said in one.said] == ["CF-1"] and one.waiting == ("CF-2",)


@pytest.mark.parametrize("heading", ["Sibling group", "SIBLING-GROUP", "Family ref", "family ref.", "Household ID"])
def test_columns_that_tell_of_brothers_and_sisters(heading: str) -> None:
    assert is_group_heading(heading) and sibling_group({heading: " F 12  "}) == "f 12"


@pytest.mark.parametrize("heading", ["Family name", "Ward", "Number of siblings", "Siblings", "Family", ""])
def test_columns_that_do_not(heading: str) -> None:
    assert not is_group_heading(heading) and sibling_group({heading: "F12"}) == ""


def test_only_two_or_more_make_a_group() -> None:
    cases = [
        ("1", {"Family ref": "F1"}),
        ("2", {"family ref": "f1 "}),
        ("3", {"Family ref": "F2"}),
        ("4", {}),
        ("5", {"Family ref": " "}),
    ]
    assert groups_of(cases) == {"f1": ["1", "2"]}


@pytest.mark.parametrize("said", ["None", "no", "N/A", "-", "0", "not known", "Yes"])
def test_words_that_name_no_group_make_none(said: str) -> None:
    assert groups_of([("1", {"Sibling group": said}), ("2", {"Sibling group": said})]) == {}
