"""The printed recovery key: 160 random bits as text that survives being read aloud and typed back."""

import secrets
from dataclasses import dataclass, field
from typing import Self

from auditor.domain.errors import WorkspaceError

# Crockford's base 32: no I, L, O, U among the digits; five more symbols serve the check character (modulo 37)
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_DIGITS = _DIGITS + "*~$=U"
_READ_AS = str.maketrans("OIL", "011", " \t\r\n-\u2010\u2011\u2012\u2013\u2014\u00a0")
_BYTES = 20
_LENGTH = _BYTES * 8 // 5
_GROUP = 4


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The second way into a workspace; `secret` is 20 random bytes."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's random numbers."""
        return cls(secrets.token_bytes(_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a typed key: case, spaces and dashes do not matter, O is read as 0, I and L as 1.

        Raises `recovery-key-mistyped` when the check character shows that something was misread.
        """
        plain = text.upper().translate(_READ_AS)
        digits, check = plain[:_LENGTH], plain[_LENGTH:]
        if len(check) != 1 or any(digit not in _DIGITS for digit in digits):
            raise _mistyped(
                f"A recovery key has {_LENGTH + 1} characters in groups of {_GROUP}; {len(plain)} were read."
            )
        number = 0
        for digit in digits:
            number = number * 32 + _DIGITS.index(digit)
        if _CHECK_DIGITS[number % 37] != check:
            raise _mistyped("The check character at the end does not fit: a character was misread.")
        return cls(number.to_bytes(_BYTES, "big"))

    @property
    def text(self) -> str:
        """The key as printed: groups of four and, last, the check character."""
        number = int.from_bytes(self.secret, "big")
        digits = "".join(_DIGITS[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
        groups = [digits[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP)]
        return "-".join([*groups, _CHECK_DIGITS[number % 37]])


def _mistyped(message: str) -> WorkspaceError:
    return WorkspaceError(
        "recovery-key-mistyped",
        "The recovery key was mistyped",
        message,
        "Compare it with the printed key, group by group, and type it again.",
    )
