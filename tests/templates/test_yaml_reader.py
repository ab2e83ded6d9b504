"""Hostile and unlucky files: each is refused quickly, with a line, and never half read."""

from pathlib import Path
from time import perf_counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditor.templates import yaml_reader
from auditor.templates.masters import check_file, parse_master
from auditor.templates.problems import TemplateProblems
from auditor.templates.yaml_reader import parse_document
from tests.templates.small_form import SMALL

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
)


def codes(data: bytes) -> list[str]:
    with pytest.raises(TemplateProblems) as caught:
        parse_document(data, "form.yaml")
    return [item.code for item in caught.value.problems]


@pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB.encode(), "yaml-alias"),
        (b"[" * 5000, "yaml-too-deep"),
        (b"{a: " * 5000, "yaml-too-deep"),
        (b"a: " + b"- " * 5000, "yaml-syntax"),
        (b"x" * (2 * 1024 * 1024), "file-too-large"),
        (b"a: 1\n\tb: 2\n", "yaml-syntax"),
        (b"a: \xff\xfe", "file-not-utf8"),
        ("a: ä".encode("latin-1"), "file-not-utf8"),
        (SMALL.encode("utf-16"), "file-not-utf8"),
        (b"", "file-empty"),
        (b"\xef\xbb\xbf", "file-empty"),
        (b"a: \x00", "yaml-syntax"),
        (b"a: !!python/object/apply:os.system [ls]", "yaml-tag"),
        (b"just words", "wrong-shape"),
        (b"# only a comment", "wrong-shape"),
        (b"a: 'open", "yaml-syntax"),
    ],
)
def test_hostile_files_are_refused(data: bytes, code: str, pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if pure:
        monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    started = perf_counter()
    assert set(codes(data)) == {code}
    assert perf_counter() - started < 2


def test_tabs_are_named_as_the_cause() -> None:
    with pytest.raises(TemplateProblems) as caught:
        parse_document(b"a: 1\nb:\n\tc: 2\n", "form.yaml")
    assert "spaces" in caught.value.remedy
    assert caught.value.place is not None
    assert caught.value.place.line == 3


def test_the_line_of_bytes_that_are_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_bytes(b"format: 1\ntitle: caf\xe9\n")
    (found,) = check_file(path)
    assert (found.code, found.place.line) == ("file-not-utf8", 2)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert parse_document(windows, "f").plain == parse_document(SMALL.encode(), "f").plain


def test_words_stay_words() -> None:
    plain = parse_document(b"a: no\nb: yes\nc: on\nd: 012\ne: 1.5\nf: 2013-04-15\ng: 'null'\nno: y", "f").plain
    assert plain == {
        "a": "no", "b": "yes", "c": "on", "d": "012", "e": "1.5", "f": "2013-04-15", "g": "null", "no": "y",
    }  # fmt: skip


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_without_a_value_is_refused(nothing: str) -> None:
    assert codes(f"a: {nothing}\nb: 1\n".encode()) == ["value-empty"]


def test_lines_are_kept_for_every_value() -> None:
    document = parse_document(b"a:\n  - x\n  - b: y\n    c: [1,\n      2]\n", "f")
    assert document.lines == {
        ("a",): 1,
        ("a", 0): 2,
        ("a", 1): 3,
        ("a", 1, "b"): 3,
        ("a", 1, "c"): 4,
        ("a", 1, "c", 0): 4,
        ("a", 1, "c", 1): 5,
    }


def test_both_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = parse_master(SMALL)
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    assert parse_master(SMALL) == quick


@given(st.binary(max_size=200) | st.text("ab:-[]{}&*!'\"\n\t #,?|>", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = parse_document(data, "form.yaml")
    except TemplateProblems as error:
        assert error.problems
    else:
        assert isinstance(document.plain, dict)
