"""The question bank from its YAML and from the cache, against `json.loads` and pydantic on the same data."""

import json
import tempfile
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from auditor.services.templates import shipped_templates
from auditor.templates.masters import list_masters, read_master
from tests.benchmarks.figures import Figure, alternating, percentile


class _Loose(BaseModel):
    model_config = ConfigDict(extra="allow")


class _Question(_Loose):
    id: str
    text: str
    type: str


class _Section(_Loose):
    id: str
    title: str
    questions: list[_Question]


class _Bank(_Loose):
    id: str
    title: str
    sections: list[_Section]


def run(times: int = 9) -> list[Figure]:
    """Medians. The YAML is read, checked by every rule and built; the cache holds all its variants, resolved."""
    path = list_masters()[0]
    text = json.dumps(_as_json(read_master(path).plain))

    def bare() -> object:
        return _Bank.model_validate(json.loads(text))

    with tempfile.TemporaryDirectory() as folder:
        variants = len(shipped_templates(Path(folder)))
        whole, cached, base = alternating(
            times, lambda: read_master(path), lambda: shipped_templates(Path(folder)), bare
        )
    what = "json.loads + pydantic of the bank"
    floor = percentile(base, 50)
    return [
        Figure("question bank from YAML, read and checked", percentile(whole, 50), what, floor),
        Figure(f"all its {variants} variants from the cache", percentile(cached, 50), what, floor),
    ]


def _as_json(plain: Any) -> Any:
    return json.loads(json.dumps(plain, default=str))
