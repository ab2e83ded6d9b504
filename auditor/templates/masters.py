"""The way in to template files: read one, check one, list those that come with the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.resources import forms_dir
from auditor.templates.checks import run_checks
from auditor.templates.draft import Draft, draft_of
from auditor.templates.problems import Problem, TemplateProblems, has_errors
from auditor.templates.schema import MasterForm, VariantForm, plain_of
from auditor.templates.yaml_reader import Document, KeyPath, parse_document, read_document


@dataclass(frozen=True)
class Master:
    """A template file without errors. `lines` gives the line of each value of the file by its path."""

    file: str
    form: MasterForm
    plain: Mapping[str, Any]
    lines: Mapping[KeyPath, int]
    warnings: tuple[Problem, ...]

    @property
    def id(self) -> str:
        """Its id, which every variant names as its master."""
        return self.form.id

    @property
    def title(self) -> str:
        """Its title for people."""
        return self.form.title

    @property
    def variants(self) -> tuple[VariantForm, ...]:
        """The selections that can be resolved from it."""
        return tuple(self.form.variants)


def read_master(path: Path) -> Master:
    """Read and check a template file; raises `TemplateProblems` with all it found if any is an error."""
    return _master(read_document(path))


def parse_master(text: str, file: str = "") -> Master:
    """The same for text that is already in memory; `file` is what places name."""
    return _master(parse_document(text.encode("utf-8"), file))


def check_file(path: Path) -> list[Problem]:
    """Everything there is to say about a template file, errors and warnings, in the order of the file."""
    try:
        return list(read_master(path).warnings)
    except TemplateProblems as error:
        return list(error.problems)


def list_masters() -> tuple[Path, ...]:
    """The template files that come with the program, by name."""
    return tuple(sorted(forms_dir().glob("*.yaml")))


def _master(document: Document) -> Master:
    draft: Draft = draft_of(document)
    problems = run_checks(draft)
    if has_errors(problems):
        raise TemplateProblems(problems)
    return Master(document.file, draft.form, plain_of(draft.form), document.lines, tuple(problems))
