"""Forms from files and to them: what a file would bring, a template as a workbook or file, and what changed between
two."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.errors import BadInput, Missing
from auditor.domain.roles import Person
from auditor.services.template_building import write_template
from auditor.store.queries import people as stored
from auditor.store.queries.registers import value_of
from auditor.store.unit_of_work import View

if TYPE_CHECKING:
    from auditor.templates.drift import Change
    from auditor.templates.problems import Problem

YAML = (".yaml", ".yml")


class Save(StrEnum):
    """What a template can be saved as; the value is the ending of the file."""

    XLSFORM = "xlsform"
    SHEET = "sheet"
    YAML = "yaml"


@dataclass(frozen=True)
class FormFile:
    """What a file would bring: its form, or the problems that stop it, each with its place and remedy."""

    path: Path
    plain: Mapping[str, Any] | None
    problems: tuple["Problem", ...]

    @property
    def sections(self) -> int:
        """How many sections it has."""
        return len(self.plain["sections"]) if self.plain else 0

    @property
    def questions(self) -> int:
        """How many questions it has."""
        return sum(len(section["questions"]) for section in self.plain["sections"]) if self.plain else 0


def read_form(path: Path) -> FormFile:
    """Read a template file, an overlay, an XLSForm or an authoring sheet, without keeping anything. What is wrong with
    it is part of the answer; only a file that cannot be opened at all is raised as `BadInput`."""
    from auditor.templates.importing import import_form
    from auditor.templates.masters import read_master
    from auditor.templates.problems import TemplateProblems

    try:
        if path.suffix.lower() in YAML:
            master = read_master(path)
            return FormFile(path, master.plain, master.warnings)
        imported = import_form(path)
        return FormFile(path, imported.plain, imported.warnings)
    except TemplateProblems as error:
        return FormFile(path, None, error.problems)


def save_template(plain: Mapping[str, Any], path: Path, save: Save) -> tuple[Path, tuple["Problem", ...]]:
    """Save a master or variant as a workbook or a template file; gives the path and what the format cannot say. A
    variant becomes a form of its own. Raises `Refused` where the file cannot be written."""
    from auditor.templates.exporting import Format, export_form, own_master
    from auditor.templates.yaml_writer import yaml_text

    ending = ".yaml" if save is Save.YAML else ".xlsx"
    if path.suffix.lower() not in (ending, *(YAML if save is Save.YAML else ())):
        path = path.with_name(f"{path.name}{ending}")
    if save is not Save.YAML:
        return path, tuple(export_form(plain, path, Format(save.value)))
    standing, told = (dict(plain), []) if "variants" in plain else own_master(plain, path.name)
    return write_template(path, yaml_text(standing)), tuple(told)


def kept_plain(template_hash: str, _actor: Person, view: View) -> Mapping[str, Any]:
    """A template the workspace holds, in its plain form."""
    found = value_of(view, template_hash, stored.CONTENT)
    if not isinstance(found, Mapping):
        message = "This workspace does not hold that template."
        raise Missing("no-such-template", "Template not here", message, "Add the template file first.")
    return found


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple["Change", ...]:
    """What changed from one template to another."""
    from auditor.templates.drift import compare

    return compare(before, after)


def form_in(path: Path) -> Mapping[str, Any]:
    """The form of a file that is to be compared; raises `BadInput` where the file cannot be used."""
    found = read_form(path)
    if found.plain is None:
        first = found.problems[0]
        raise BadInput(first.code, "The file cannot be compared", first.message, first.remedy, first.place)
    return found.plain
