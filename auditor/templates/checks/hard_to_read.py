"""A question can be read at once by somebody who is tired: a hint by the Flesch-Kincaid grade."""

import re
from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.problems import Problem, problem

HIGHEST_GRADE = 12.0
FEWEST_WORDS = 8
"""The formula was made for running text; on a few words one long one decides."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![tdl])ed$|(?<![sxzgc])(?<!sh)es$|(?<!l)e$")


def check(draft: Draft) -> Iterator[Problem]:
    """`hard-to-read` for a question that takes more than twelve years of schooling to read."""
    for path, question in draft.questions():
        grade = reading_grade(question.text)
        if grade > HIGHEST_GRADE and len(_WORD.findall(question.text)) >= FEWEST_WORDS:
            message = f"{question.id} reads like a text for somebody of {grade + 5:.0f} (Flesch-Kincaid {grade:.1f})."
            remedy = "Use shorter words, or move what is in brackets into the guidance."
            yield problem("hard-to-read", draft.place(*path, "text"), message, remedy)


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade: years of schooling; 5 more is about the age. 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """The syllables of an English word: its groups of vowels, silent endings left out."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))
