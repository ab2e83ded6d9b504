"""The JSON Schema beside the forms is the one the program would write now."""

import json
from typing import Any

import pytest

from auditor.resources import forms_dir
from auditor.templates.json_schema import master_schema, overlay_schema
from auditor.templates.overlay_schema import OverlayForm
from auditor.templates.schema import MasterForm

FORM = forms_dir() / "child-care-case-file.yaml"


def test_the_file_is_current() -> None:
    again = "run: auditor template schema --out forms/schema.json"
    assert (forms_dir() / "schema.json").read_text("utf-8") == master_schema(), again


def test_the_form_names_it_without_a_network_address() -> None:
    first = FORM.read_text("utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    assert (FORM.parent / name).is_file()
    assert "://" not in master_schema() + overlay_schema()


@pytest.mark.parametrize(
    ("text", "keys"), [(master_schema(), MasterForm.model_fields), (overlay_schema(), OverlayForm.model_fields)]
)
def test_it_knows_every_key_and_no_other(text: str, keys: dict[str, Any]) -> None:
    schema = json.loads(text)
    assert set(schema["properties"]) == set(keys)
    groups = [schema, *schema["$defs"].values()]
    assert all(group["additionalProperties"] is False and group["description"] for group in groups)


def test_words_that_are_not_text_are_offered() -> None:
    schema = json.loads(master_schema())
    question = schema["$defs"]["QuestionForm"]
    assert "datetime" in question["properties"]["type"]["enum"]
    assert question["properties"]["na_allowed"]["type"] == "boolean"
    assert {"const": "none", "type": "string"} in schema["properties"]["overall"]["anyOf"]
    assert [kind["type"] for kind in schema["$defs"]["ConsistencyForm"]["properties"]["when"]["anyOf"]] == [
        "string",
        "array",
    ]
