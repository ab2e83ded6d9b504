"""Passphrases: the one form in which a typed text is used, and a rough, honest estimate of its strength."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from auditor.domain.errors import WorkspaceError

_COMMON_WORDS = """
password passphrase passwort letmein welcome admin administrator login qwerty qwertyuiop asdfgh
asdfghjkl zxcvbn abc abcd abcdef iloveyou monkey dragon football baseball sunshine princess shadow
master superman batman trustno secret changeme default test testing user guest hello summer winter
spring autumn monday tuesday wednesday thursday friday saturday sunday january february march april
may june july august september october november december london england scotland wales ireland
liverpool arsenal chelsea council children services social work worker case casefile file audit
auditor office laptop computer
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_SENTENCES = (
    "Very weak: it would be guessed at once. Use four or more unrelated words.",
    "Weak: a person who finds this laptop could guess it. Add two more unrelated words.",
    "Fair: add one or two more unrelated words.",
    "Good: hard to guess.",
    "Strong: very hard to guess. Keep the recovery key all the same.",
)
_THRESHOLDS = (24.0, 38.0, 50.0, 64.0)  # bits below which the score is 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Strength:
    """A score from 0 (very weak) to 4 (strong) and a sentence that says what to do about it."""

    score: int
    sentence: str


def normalise(passphrase: str) -> bytes:
    """The bytes that a passphrase stands for, the same however a keyboard composes its accents and spaces.

    Raises `empty-passphrase` when nothing was typed.
    """
    # NFC and plain spaces, as RFC 8265 has it; NFKC would merge characters that people see as different
    composed = unicodedata.normalize("NFC", passphrase)
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in composed)
    if not spaced.strip():
        raise WorkspaceError(
            "empty-passphrase",
            "No passphrase",
            "The passphrase is empty.",
            "Type the passphrase of the workspace.",
        )
    return spaced.encode("utf-8", "surrogatepass")


def strength(passphrase: str) -> Strength:
    """Estimate a passphrase from its length, its variety and its common words: a hint, not a proof."""
    bits = _estimated_bits(passphrase)
    score = sum(bits >= threshold for threshold in _THRESHOLDS)
    return Strength(score, _SENTENCES[score])


def _estimated_bits(passphrase: str) -> float:
    text = unicodedata.normalize("NFC", passphrase).casefold()
    remaining, bits, seen = text, 0.0, set[str]()
    for word in re.findall(r"[^\W\d_]+", text):
        bits += _word_bits(word) if word not in seen else 1.0
        seen.add(word)
        remaining = remaining.replace(word, "", 1)
    # of digits and signs, only the different ones are counted, and runs such as 1234 or !!!! as one
    bits += 4.0 * len(set(remaining) - {" "}) * (0.4 if _is_run(remaining) else 1.0)
    bits += 2.0 if passphrase.casefold() != passphrase and passphrase.title() != passphrase else 0.0
    return bits


def _word_bits(word: str) -> float:
    if word in _COMMON:
        return 4.0
    letters = 4.7 * len(set(word))
    # an ordinary word is one of some ten thousand (13 bits), however long; letters at random count each
    ordinary = len(word) > 2 and any(letter in "aeiouy" for letter in word)
    return min(letters, 13.0) if ordinary else letters


def _is_run(text: str) -> bool:
    steps = [abs(ord(after) - ord(before)) <= 1 for before, after in pairwise(text)]
    return len(steps) > 1 and sum(steps) > 0.7 * len(steps)
