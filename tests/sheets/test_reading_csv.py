from pathlib import Path

import pytest

from auditor.domain.errors import BadInput
from auditor.sheets import guard, table
from auditor.sheets.reading import Table, read_table


def read(folder: Path, data: bytes, name: str = "cases.csv") -> Table:
    path = folder / name
    path.write_bytes(data)
    return read_table(path)


def refused(folder: Path, data: bytes) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(folder, data)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        b"Case,Team\r\n007,North\r\n",
        b"\xef\xbb\xbfCase;Team\n007;North\n",
        b"Case\tTeam\r007\tNorth",
        b"sep=;\r\nCase;Team\r\n007;North\r\n",
        b'"Case";"Team"\n"007";"North"\n',
    ],
)
def test_delimiters_and_line_ends_are_found_out(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path, data)
    assert found.headers == ("Case", "Team")
    assert [row.values for row in found.rows] == [("007", "North")]


def test_commas_inside_a_semicolon_file_do_not_mislead(tmp_path: Path) -> None:
    found = read(tmp_path, b"Case;Note\n1;first, second, third\n2;fourth, fifth, sixth\n")
    assert found.headers == ("Case", "Note")
    assert found.rows[1].values == ("2", "fourth, fifth, sixth")


def test_a_quoted_line_break_keeps_the_line_numbers_right(tmp_path: Path) -> None:
    found = read(tmp_path, b'Case,Note\n1,"two\r\nlines"\n\n2,short\n')
    assert [(row.number, row.values) for row in found.rows] == [(2, ("1", "two\nlines")), (5, ("2", "short"))]
    assert str(found.place(found.rows[1], "Note")) == "cases.csv:5"


def test_short_rows_are_blank_at_the_end(tmp_path: Path) -> None:
    assert read(tmp_path, b"Case,Team,Age\n1\n").rows[0].values == ("1", None, None)


def test_windows_text_is_read_with_a_notice(tmp_path: Path) -> None:
    found = read(tmp_path, "Case,Team\n1,Caf\u00e9 \u2013 North\n".encode("cp1252"))
    assert found.rows[0].values == ("1", "Caf\u00e9 \u2013 North")
    assert "not UTF-8" in found.notices[0]
    assert read(tmp_path, "Case,Team\n1,Caf\u00e9\n".encode()).notices == ()


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"Case,Team\n1,No\0rth\n", "csv-not-plain", 2),
        ("Case,Team\n1,North\n".encode("utf-16"), "csv-not-plain", 1),
        (b"Case,Team\n1,North\n2,\x81\n", "csv-encoding", 3),
        (b'Case,Team\n1,"never closed\n2,x\n', "csv-broken", 2),
        (b"Case,Team\n1," + b"x" * 200_000, "csv-broken", 2),
        (b"Case,,Team\n1,2,3\n", "heading-missing", 1),
        (b"Case,Team,TEAM\n1,2,3\n", "heading-repeated", 1),
        (b"\n , \n", "table-empty", None),
        (b"", "file-empty", None),
    ],
)
def test_refusals_name_the_line(tmp_path: Path, data: bytes, code: str, line: int | None) -> None:
    problem = refused(tmp_path, data)
    assert (problem.code, problem.place and problem.place.line) == (code, line)
    assert problem.place
    assert problem.place.file == "cases.csv"


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 30)
    assert len(read(tmp_path, b"Case,Team\n" + b"1,North\n").rows) == 1
    assert refused(tmp_path, b"Case,Team\n" + b"1,North\n" * 3).code == "file-too-large"


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_their_letters(column: int, letters: str) -> None:
    assert table.column_letters(column) == letters
