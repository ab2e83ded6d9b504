"""Writes the plain form of a template as YAML that people can read and that `yaml_reader` accepts."""

from functools import cache
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from auditor.templates.schema import MasterForm

WIDTH = 120

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Flow(dict[str, Any]):
    """A mapping that stands on one line, as an option does."""


class _FlowList(list[Any]):
    """A list of words on one line."""


class _Dumper(_DUMPER):  # type: ignore[misc]  # PyYAML chooses its class when it is installed
    """Written out in full: anchors and aliases are refused when a template is read."""

    def ignore_aliases(self, data: object) -> bool:
        """Two equal lists are written twice."""
        return True


def yaml_text(plain: dict[str, Any], model: type[BaseModel] = MasterForm) -> str:
    """The file of a template: keys in the order of its schema, options and short lists on one line each."""
    return str(
        yaml.dump(
            _arranged(plain, model),
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=WIDTH,
            default_flow_style=False,
        )
    )


def one_line(value: object) -> str:
    """A list or mapping in YAML's short form, on one line."""
    written: str = yaml.dump(
        _texts(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=True
    )
    return written.strip()


def model_in(annotation: object) -> type[BaseModel] | None:
    """The group of keys that a field of the schema holds, alone or in a list; None for words and numbers."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := model_in(arg)) is not None), None)


@cache
def _order(model: type[BaseModel] | None) -> dict[str, type[BaseModel] | None]:
    """The keys of a group in the order of the schema, and the groups within them."""
    return {key: model_in(field.annotation) for key, field in model.model_fields.items()} if model else {}


def _arranged(value: Any, model: type[BaseModel] | None) -> Any:
    if isinstance(value, dict):
        order = _order(model)
        keys = [*(key for key in order if key in value), *(key for key in value if key not in order)]
        pairs = {key: _arranged(value[key], order.get(key)) for key in keys}
        return pairs if any(isinstance(item, dict | list) for item in pairs.values()) else _short(pairs)
    if isinstance(value, list):
        items = [_arranged(item, model) for item in value]
        return items if any(isinstance(item, dict | list) for item in items) else _FlowList(items)
    return "none" if value is None else value


def _short(pairs: dict[str, Any]) -> dict[str, Any]:
    """On one line where that is short enough to read."""
    fits = sum(len(str(value)) + len(key) + 4 for key, value in pairs.items()) < WIDTH
    return _Flow(pairs) if fits and all("\n" not in str(value) for value in pairs.values()) else pairs


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return "none" if value is None else value


def _text(dumper: Any, value: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(_Flow, lambda dumper, pairs: dumper.represent_mapping("tag:yaml.org,2002:map", pairs, True))
_Dumper.add_representer(_FlowList, lambda dumper, some: dumper.represent_sequence("tag:yaml.org,2002:seq", some, True))
_Dumper.add_representer(str, _text)
