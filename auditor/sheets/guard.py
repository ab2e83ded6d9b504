"""What a file from outside is and whether it is safe to open, judged before any of it is unpacked."""

from enum import Enum, auto
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from auditor.domain.errors import BadInput, Place
from auditor.sheets.table import MAX_BYTES

MAX_MEMBERS = 2_000
MAX_RATIO = 100

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_ZIP_ENTRY = b"PK\x01\x02"
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


class Kind(Enum):
    """What a file can be read as."""

    WORKBOOK = auto()
    TEXT = auto()


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """The file's bytes, at most so many. Raises `BadInput` when it is missing, unreadable, empty or too large."""
    most = most or MAX_BYTES
    where = Place(file=path.name)
    try:
        if not path.is_file():
            raise BadInput(
                "file-missing",
                "File not found",
                "There is no such file.",
                "Check its name and folder.",
                where,
            )
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as problem:
        raise BadInput(
            "file-unreadable",
            "File cannot be read",
            "The file cannot be read.",
            "Close it where it is open, check that you may read it, and try again.",
            where,
        ) from problem
    if not data:
        raise BadInput("file-empty", "Empty file", "The file is empty.", "Save the list again.", where)
    if len(data) > most:
        raise _too_large(where, most)
    return data


def kind_of(name: str, data: bytes, most: int | None = None) -> Kind:
    """What the bytes can be read as, whatever the name claims; `most` is what a package may unpack to.

    Raises `BadInput` for anything else.
    """
    where = Place(file=name)
    if data.startswith(_ZIP):
        _check_package(where, data, most or MAX_BYTES)
        return Kind.WORKBOOK
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise BadInput(
                "password-protected",
                "The workbook has a password",
                "A workbook with a password cannot be read.",
                "Open it in Excel, save a copy without a password, and choose the copy.",
                where,
            )
        raise BadInput(
            "old-excel-file",
            "An older Excel file",
            "This is a file of the older .xls kind.",
            "Open it in Excel, save it as an Excel workbook (.xlsx), and choose that.",
            where,
        )
    if name.lower().endswith(_TEXT_SUFFIXES):
        return Kind.TEXT
    raise not_a_workbook(where)


def not_a_workbook(where: Place) -> BadInput:
    """The refusal of a file that is no workbook at all."""
    return BadInput(
        "not-a-workbook",
        "Not an Excel workbook",
        "The file is not an Excel workbook (.xlsx).",
        "Save the list as an Excel workbook (.xlsx) or as CSV and choose that.",
        where,
    )


def _check_package(where: Place, data: bytes, most: int) -> None:
    """Refuse a package by its directory alone, so that nothing is inflated to find out."""
    # Every entry of the directory starts with this mark, so a forged count cannot hide them.
    if data.count(_ZIP_ENTRY) > MAX_MEMBERS:
        raise BadInput(
            "too-many-parts",
            "Not an ordinary workbook",
            f"The file is a package of more than {MAX_MEMBERS:,} parts.",
            "Open it in Excel, copy the list into a new workbook, and choose that.",
            where,
        )
    try:
        with ZipFile(BytesIO(data)) as package:
            members = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as problem:
        raise not_a_workbook(where) from problem
    if "[Content_Types].xml" not in {member.filename for member in members}:
        raise not_a_workbook(where)
    unpacked = sum(member.file_size for member in members)
    if unpacked > most:
        raise _too_large(where, most)
    if unpacked > MAX_RATIO * max(1, sum(member.compress_size for member in members)):
        raise BadInput(
            "packed-too-tight",
            "Not an ordinary workbook",
            f"The file would grow to more than {MAX_RATIO} times its size.",
            "Open it in Excel, copy the list into a new workbook, and choose that.",
            where,
        )


def _too_large(where: Place, most: int) -> BadInput:
    return BadInput(
        "file-too-large",
        "The file is too large",
        f"The file holds more than {most // (1024 * 1024)} MiB.",
        "Keep only the list in it, or split it over several files.",
        where,
    )
