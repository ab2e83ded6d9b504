"""The way in to template files: read one, check one, list those that come with the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.resources import forms_dir
from auditor.templates.checks import in_order, run_checks, run_hints
from auditor.templates.draft import Draft, draft_of
from auditor.templates.overlay import is_overlay, overlaid
from auditor.templates.problems import Problem, TemplateProblems, did_you_mean, has_errors, problem
from auditor.templates.schema import MasterForm, VariantForm, plain_of
from auditor.templates.yaml_reader import Document, parse_document, read_document


@dataclass(frozen=True)
class Master:
    """A template file without errors, with its overlay if it has one."""

    document: Document
    form: MasterForm
    plain: Mapping[str, Any]
    warnings: tuple[Problem, ...]

    @property
    def file(self) -> str:
        """The file it was read from, for places."""
        return self.document.file

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


def read_master(path: Path, overlay: Path | None = None) -> Master:
    """Read and check a template file, with an authority's overlay on it if one is named; an overlay file by itself is
    read onto the master it names, which comes with the program. Raises `TemplateProblems` with all it found if any
    is an error."""
    return _master(_document(path, overlay))


def parse_master(text: str, file: str = "") -> Master:
    """The same for text that is already in memory; `file` is what places name."""
    return _master(parse_document(text.encode("utf-8"), file))


def overlaid_file(path: Path) -> Master | None:
    """The master that an overlay file is for; None for a file that is a template by itself."""
    document = read_document(path)
    return _master(_named_by(document)) if is_overlay(document) else None


def check_file(path: Path, *, hints: bool = False) -> list[Problem]:
    """Everything there is to say about a template or overlay file, errors and warnings, in the order of the file; on
    request with hints on how it reads."""
    try:
        master = read_master(path)
    except TemplateProblems as error:
        return list(error.problems)
    found = [*master.warnings, *(run_hints(Draft(master.form, master.document)) if hints else ())]
    return in_order(found)


def list_masters() -> tuple[Path, ...]:
    """The template files that come with the program, by name."""
    return tuple(sorted(forms_dir().glob("*.yaml")))


def _document(path: Path, overlay: Path | None) -> Document:
    document = read_document(path)
    if is_overlay(document):
        return overlaid(_named_by(document), document)
    return overlaid(document, read_document(overlay)) if overlay else document


def _named_by(overlay: Document) -> Document:
    """The master an overlay is for, out of those that come with the program."""
    known = {str(found.plain.get("id")): found for found in map(read_document, list_masters())}
    wanted = str(overlay.plain["overlay_of"])
    if wanted not in known:
        message = f"No master that comes with the program is called {wanted}."
        remedy = did_you_mean(wanted, known, "Name the master's file as well.")
        raise TemplateProblems([problem("overlay-master", overlay.place("overlay_of"), message, remedy)])
    return known[wanted]


def _master(document: Document) -> Master:
    draft = draft_of(document)
    problems = run_checks(draft)
    if has_errors(problems):
        raise TemplateProblems(problems)
    return Master(document, draft.form, plain_of(draft.form), tuple(problems))
