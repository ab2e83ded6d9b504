"""What can be wrong with a template file: the catalogue of codes, one problem, the error that carries all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from auditor.domain.errors import Place, TemplateProblem


class Severity(StrEnum):
    """Errors stop the template from being used; warnings are shown; hints on how it reads are shown when asked for."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


CATALOGUE: Mapping[str, Severity] = {
    # The file itself.
    "file-unreadable": Severity.ERROR,
    "file-empty": Severity.ERROR,
    "file-too-large": Severity.ERROR,
    "file-not-utf8": Severity.ERROR,
    "yaml-syntax": Severity.ERROR,
    "yaml-several-documents": Severity.ERROR,
    "yaml-too-deep": Severity.ERROR,
    "yaml-too-many-values": Severity.ERROR,
    "yaml-alias": Severity.ERROR,
    "yaml-tag": Severity.ERROR,
    "yaml-duplicate-key": Severity.ERROR,
    "yaml-key-not-a-word": Severity.ERROR,
    # Its shape.
    "value-empty": Severity.ERROR,
    "value-too-long": Severity.ERROR,
    "value-wrong": Severity.ERROR,
    "wrong-shape": Severity.ERROR,
    "key-unknown": Severity.ERROR,
    "key-missing": Severity.ERROR,
    "word-unknown": Severity.ERROR,
    # Its names.
    "id-pattern": Severity.ERROR,
    "id-repeated": Severity.ERROR,
    "option-repeated": Severity.ERROR,
    "short-title-repeated": Severity.ERROR,
    "theme-unknown": Severity.ERROR,
    "scale-unknown": Severity.ERROR,
    "question-unknown": Severity.ERROR,
    "theme-unused": Severity.WARNING,
    "area-unknown": Severity.ERROR,
    "area-missing": Severity.WARNING,
    "area-unused": Severity.WARNING,
    # What it says.
    "section-empty": Severity.ERROR,
    "options-missing": Severity.ERROR,
    "options-not-wanted": Severity.ERROR,
    "option-dead": Severity.WARNING,
    "grade-codes": Severity.ERROR,
    "polarity-without-standing": Severity.ERROR,
    "limit-unknown": Severity.ERROR,
    "limit-cannot-fail": Severity.ERROR,
    "overall-not-a-grade": Severity.ERROR,
    "derived-unknown": Severity.ERROR,
    "heat-steps": Severity.ERROR,
    "label-set": Severity.ERROR,
    "scoring-method": Severity.ERROR,
    "scoring-points": Severity.ERROR,
    "scoring-weight": Severity.ERROR,
    "event-not-asked": Severity.ERROR,
    "timescale-not-a-date": Severity.ERROR,
    "timescale-not-a-count": Severity.ERROR,
    "timescale-incomplete": Severity.ERROR,
    "timescale-needs-times": Severity.ERROR,
    "regime-unknown": Severity.ERROR,
    "date-impossible": Severity.ERROR,
    "dates-reversed": Severity.ERROR,
    "rule-without-condition": Severity.ERROR,
    # Conditions.
    "expression-syntax": Severity.ERROR,
    "expression-name": Severity.ERROR,
    "expression-fault": Severity.ERROR,
    "expression-option": Severity.ERROR,
    "section-unknown": Severity.ERROR,
    "relevance-cycle": Severity.ERROR,
    "unreachable": Severity.ERROR,
    # Variants.
    "variant-section-unknown": Severity.ERROR,
    "variant-empty": Severity.ERROR,
    "variant-labels-unknown": Severity.ERROR,
    "variant-unknown": Severity.ERROR,
    "cannot-run": Severity.WARNING,
    # Overlays.
    "overlay-master": Severity.ERROR,
    "overlay-own-id": Severity.ERROR,
    "overlay-id-taken": Severity.ERROR,
    "overlay-limit": Severity.ERROR,
    # How it reads.
    "wording-repeated": Severity.HINT,
    "hard-to-read": Severity.HINT,
    "double-barrelled": Severity.HINT,
    # Workbooks.
    "sheet-unknown": Severity.ERROR,
    "column-unknown": Severity.ERROR,
    # XLSForms: what was changed or left out.
    "xlsform-repeat": Severity.WARNING,
    "xlsform-question-type": Severity.WARNING,
    "xlsform-condition": Severity.WARNING,
    "xlsform-choice-filter": Severity.WARNING,
    "xlsform-code-changed": Severity.WARNING,
    "xlsform-language": Severity.WARNING,
    "xlsform-not-carried": Severity.WARNING,
    "xlsform-export-condition": Severity.WARNING,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found in a template file, said so that whoever edits the file can put it right."""

    code: str
    severity: Severity
    place: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity.value} {self.code}: {self.message} {self.remedy}"


class TemplateProblems(TemplateProblem):
    """A template file that cannot be used. `problems` holds everything found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        errors = [item for item in problems if item.severity is Severity.ERROR]
        first = errors[0]
        more = f" ({len(errors) - 1} more errors)" if len(errors) > 1 else ""
        super().__init__(first.code, "Template cannot be used", first.message + more, first.remedy, first.place)
        self.problems = tuple(problems)


def problem(code: str, place: Place, message: str, remedy: str) -> Problem:
    """A problem of the catalogue, with the severity that stands there."""
    return Problem(code, CATALOGUE[code], place, message, remedy)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops the template."""
    return any(item.severity is Severity.ERROR for item in problems)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the nearest known word, or else `otherwise`."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else otherwise
