"""forms/README.md explains every key of the format and every code of a problem, and no others."""

import re
from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from auditor.resources import forms_dir
from auditor.templates.names import SOURCES
from auditor.templates.overlay_schema import OverlayForm
from auditor.templates.problems import CATALOGUE, Severity
from auditor.templates.schema import MasterForm

README = (forms_dir() / "README.md").read_text("utf-8")
KEYS, CODES = README.split("## Codes of problems")


def models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for inner in get_args(annotation):
        yield from models(inner)


def test_every_key_is_explained() -> None:
    keys = {key for root in (MasterForm, OverlayForm) for model in models(root) for key in model.model_fields}
    assert len(keys) > 50
    assert keys - set(re.findall(r"`([a-z_]+)`", KEYS)) == set()


def _named() -> set[str]:
    return set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", KEYS))))


def test_every_word_of_a_closed_list_is_explained() -> None:
    words = {
        word
        for model in models(MasterForm)
        for field in model.model_fields.values()
        for part in (field.annotation, *get_args(field.annotation))
        for word in get_args(part)
        if isinstance(word, str)
    }
    assert {"choices", "working_day", "business_support", "not_evidenced"} <= words
    assert words <= _named()


def test_every_code_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `([a-z0-9-]+)` \| (\w+)", CODES, re.MULTILINE)
    assert [code for code, _ in explained] == list(CATALOGUE)
    said = {word: {code for code, first in explained if first == word} for word in ("Warning", "Hint")}
    assert said["Warning"] == {code for code, severity in CATALOGUE.items() if severity is Severity.WARNING}
    assert said["Hint"] == {code for code, severity in CATALOGUE.items() if severity is Severity.HINT}


def test_every_source_of_a_derived_answer_is_explained() -> None:
    assert set(SOURCES) <= set(re.findall(r"`([a-z._]+)`", KEYS))
