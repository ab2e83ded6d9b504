"""The one way values are written as bytes when they are hashed or stored: the same value gives the same bytes
anywhere."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from auditor.domain.errors import BadInput

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical_json(value: object) -> bytes:
    """UTF-8 JSON with sorted keys, no spaces, text in NFC and no floats; raises `BadInput` for anything JSON lacks."""
    return json.dumps(_normal(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def stored_json(value: object) -> str:
    """JSON text for a value that must come back exactly as it was typed (no normalising); floats are
    refused as well."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _normal(value: object) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {_normal(key): _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    raise _not_canonical(value)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise _not_canonical(value)
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def _not_canonical(value: object) -> BadInput:
    return BadInput(
        "value-not-storable",
        "Not a storable value",
        f"A value of type {type(value).__name__} cannot be written so that every machine reads the same.",
        "Write decimal numbers as text.",
    )
