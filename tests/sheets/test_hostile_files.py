import random
import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from auditor.domain.errors import BadInput
from auditor.sheets import guard
from auditor.sheets.reading import read_table

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def workbook_bytes() -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (("Case", "Team"), ("CF-01", "North"), ("CF-02", "South")):
        sheet.append(row)
    kept = BytesIO()
    workbook.save(kept)
    return kept.getvalue()


GOOD = workbook_bytes()


def with_part(name: str, content: bytes) -> bytes:
    """The good workbook with one part replaced or added."""
    kept = BytesIO()
    with ZipFile(BytesIO(GOOD)) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        target.writestr(name, content)
    return kept.getvalue()


def refused(folder: Path, data: bytes, name: str = "cases.xlsx") -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read_table(path)
    assert caught.value.place
    assert caught.value.place.file == name
    return caught.value.code


def package(members: dict[str, bytes]) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("cases.xlsx", b"Case,Team\n1,North\n", "not-a-workbook"),
        ("cases.xls", b"<html><table></table></html>", "not-a-workbook"),
        ("cases.xls", OLE + "Workbook".encode("utf-16-le"), "old-excel-file"),
        ("cases.xlsx", OLE + "Workbook".encode("utf-16-le"), "old-excel-file"),
        ("cases.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
        ("cases.xlsx", b"PK\x03\x04 and nothing more", "not-a-workbook"),
        ("cases.ods", package({"mimetype": b"application/vnd.oasis"}), "not-a-workbook"),
        ("cases.xlsx", package({"[Content_Types].xml": b"<Types/>"}), "damaged-workbook"),
        ("cases.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "csv-not-plain"),
    ],
)
def test_each_kind_of_wrong_file_has_its_own_answer(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert refused(tmp_path, data, name) == code


def test_a_workbook_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(GOOD)
    assert read_table(path).sheet == "Sheet"


@pytest.mark.parametrize("name", ["nowhere.xlsx", "."])
def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_table(tmp_path / name)
    assert caught.value.code == "file-missing"


def test_a_bomb_is_refused_before_anything_is_inflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def inflate(*_: object, **__: object) -> None:
        raise AssertionError("a part was opened")

    bomb = with_part("xl/bomb.xml", bytes(30 * 1024 * 1024))
    huge = with_part("xl/huge.xml", bytes(101 * 1024 * 1024))
    crowd = package({f"part{at}": b"" for at in range(2_001)})
    monkeypatch.setattr(ZipFile, "open", inflate)
    assert refused(tmp_path, bomb) == "packed-too-tight"
    assert refused(tmp_path, huge) == "file-too-large"
    assert refused(tmp_path, crowd) == "too-many-parts"


def test_a_forged_member_count_does_not_hide_the_crowd(tmp_path: Path) -> None:
    crowd = bytearray(package({f"part{at}": b"" for at in range(2_001)}))
    end = crowd.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", crowd, end + 8, 3, 3)
    assert refused(tmp_path, bytes(crowd)) == "too-many-parts"


def test_a_part_that_inflates_to_more_than_it_declared_is_refused(tmp_path: Path) -> None:
    rows = b"".join(b"<row><c><v>1</v></c></row>" for _ in range(50_000))
    lying = bytearray(with_part("xl/worksheets/sheet1.xml", b"<worksheet>" + rows + b"</worksheet>"))
    entry = lying.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<L", lying, entry + 24, 100)
    assert refused(tmp_path, bytes(lying)) == "damaged-workbook"


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
    ],
)
def test_entities_are_never_expanded(tmp_path: Path, part: str) -> None:
    lol = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet {MAIN}>&l11;</worksheet>'
    assert refused(tmp_path, with_part(part, bomb.encode())) == "damaged-workbook"


def test_an_outside_entity_is_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    cell = '<c t="inlineStr"><is><t>&s;</t></is></c>'
    sheet = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        f"<worksheet {MAIN}><sheetData><row>{cell}{cell}</row></sheetData></worksheet>"
    )
    assert refused(tmp_path, with_part("xl/worksheets/sheet1.xml", sheet.encode())) == "damaged-workbook"


def test_a_row_number_from_nowhere_does_not_keep_the_reader_busy(tmp_path: Path) -> None:
    sheet = f'<worksheet {MAIN}><sheetData><row r="999999999999"><c><v>1</v></c></row></sheetData></worksheet>'
    assert refused(tmp_path, with_part("xl/worksheets/sheet1.xml", sheet.encode())) == "table-empty"


def test_a_number_too_large_to_be_one_is_an_error_cell(tmp_path: Path) -> None:
    sheet = f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1E999</v></c></row></sheetData></worksheet>'
    assert refused(tmp_path, with_part("xl/worksheets/sheet1.xml", sheet.encode())) == "error-cell"


def read_or_refuse(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        read_table(path)
    except BadInput as problem:
        assert problem.code
        assert problem.place
        assert problem.place.file == path.name


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(data=st.binary(max_size=400), suffix=st.sampled_from(["csv", "xlsx", "xls", "tsv"]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    read_or_refuse(tmp_path / f"cases.{suffix}", data)


@FUZZ
@given(text=st.text(alphabet='Case,;\t"\n\r =0é\u2028', max_size=200))
def test_any_csv_like_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    read_or_refuse(tmp_path / "cases.csv", text.encode())


@FUZZ
@given(cut=st.integers(4, len(GOOD) - 1))
def test_a_truncated_workbook_is_refused(tmp_path: Path, cut: int) -> None:
    assert refused(tmp_path, GOOD[:cut]) == "not-a-workbook"


@FUZZ
@given(seed=st.integers(0, 2**32))
def test_a_workbook_with_flipped_bytes_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    source, data = random.Random(seed), bytearray(GOOD)
    for _ in range(source.randint(1, 8)):
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)
    read_or_refuse(tmp_path / "cases.xlsx", bytes(data))


@FUZZ
@given(
    seed=st.integers(0, 2**32),
    part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]),
)
def test_a_workbook_with_a_changed_part_is_read_or_refused(tmp_path: Path, seed: int, part: str) -> None:
    source = random.Random(seed)
    with ZipFile(BytesIO(GOOD)) as whole:
        content = bytearray(whole.read(part))
    for _ in range(source.randint(1, 4)):
        content[source.randrange(len(content))] = source.choice(b'0129AZ"<>/=& e-.')
    read_or_refuse(tmp_path / "cases.xlsx", with_part(part, bytes(content)))


def test_a_file_held_by_another_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(self: Path, mode: str) -> None:
        raise PermissionError("held")

    monkeypatch.setattr(Path, "open", held)
    (tmp_path / "cases.xlsx").touch()
    with pytest.raises(BadInput) as caught:
        read_table(tmp_path / "cases.xlsx")
    assert caught.value.code == "file-unreadable"


def test_the_guard_never_reads_more_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 100)
    assert refused(tmp_path, GOOD) == "file-too-large"
