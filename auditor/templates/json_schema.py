"""The shapes of template and overlay files as JSON Schema, so that editors complete and check them while somebody
types."""

import json
from typing import Any

from pydantic import BaseModel

from auditor.templates.overlay_schema import OverlayForm
from auditor.templates.schema import MasterForm


def master_schema() -> str:
    """The schema of a template file, as the text of `forms/schema.json`."""
    return _text(MasterForm)


def overlay_schema() -> str:
    """The schema of an overlay file."""
    return _text(OverlayForm)


def _text(model: type[BaseModel]) -> str:
    return json.dumps(_tidy(model.model_json_schema()), indent=2, ensure_ascii=False) + "\n"


def _tidy(schema: Any) -> Any:
    """The schema without a title for every key, made from the key, and without empty defaults, which some editors
    would write into the file."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _tidy(part) for name, part in value.items()} if key in ("properties", "$defs") else _tidy(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value in ("", [], None))
    }
