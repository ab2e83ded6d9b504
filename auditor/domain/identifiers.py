"""Finds in free text what could tell who a child is: numbers, postcodes, dates of birth, names where they are said to
be names. Rather too little than too much: a warning that is mostly wrong is not read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Identifier(StrEnum):
    """What was recognised."""

    NHS_NUMBER = "nhs_number"
    NATIONAL_INSURANCE = "national_insurance"
    POSTCODE = "postcode"
    DATE_OF_BIRTH = "date_of_birth"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """Something recognised and where it stands in the text; the text itself is not kept."""

    kind: Identifier
    start: int
    end: int


_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = (
    r"(?:\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\s+\d{{2,4}})"
)
_NAME = r"[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)?"
_NHS = re.compile(r"(?<!\d)(\d{3})([ -]?)(\d{3})\2(\d{4})(?!\d)")
_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")
_BIRTH = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birthday|born)\W{{0,3}}(?:(?:is|was|on)\s+){{0,2}}{_DATE}", re.IGNORECASE
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? {_NAME}(?: {_NAME})?"
    rf"|\b(?:named|called) {_NAME}(?: {_NAME})?"
    rf"|\b(?:mother|father|mum|dad|brother|sister|stepfather|stepmother|grandmother|grandfather|aunt|uncle),? {_NAME}\b"
)


def identifiers_in(text: str) -> tuple[Found, ...]:
    """What the text holds that could identify somebody, in the order of the text."""
    found = (
        Found(kind, match.start(), match.end())
        for kind, pattern, is_one in _KINDS
        for match in pattern.finditer(text)
        if is_one(match)
    )
    return tuple(sorted(found, key=lambda item: item.start))


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (modulus 11)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - weighted % 11
    return len(digits) == 10 and check != 10 and check % 11 == int(digits[9])


def _checked(match: re.Match[str]) -> bool:
    digits = match[1] + match[3] + match[4]
    return is_nhs_number(digits) and len(set(digits)) > 1


def _is_place(match: re.Match[str]) -> bool:
    written = match[0]
    return written == written.upper() or (written == written.lower() and not _ORDINAL.search(written))


def _always(_match: re.Match[str]) -> bool:
    return True


_KINDS: tuple[tuple[Identifier, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (Identifier.NHS_NUMBER, _NHS, _checked),
    (Identifier.NATIONAL_INSURANCE, _INSURANCE, _always),
    (Identifier.POSTCODE, _POSTCODE, _is_place),
    (Identifier.DATE_OF_BIRTH, _BIRTH, _always),
    (Identifier.NAME, _TITLED, _always),
)
