"""The cache of shipped templates gives what the forms give, and never what they gave before they were changed."""

from pathlib import Path
from typing import Any

import pytest

from auditor.services.templates import shipped_templates
from auditor.templates.shipped_cache import through_cache


class Reader:
    """Reads two variants, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.reads = 0

    def __call__(self) -> list[dict[str, Any]]:
        self.reads += 1
        return [{"plain": {"id": "whole"}}, {"plain": {"id": "part"}}]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.yaml"
    path.write_text("id: whole\n", encoding="utf-8")
    return path


def test_the_cached_templates_are_those_of_the_forms(tmp_path: Path) -> None:
    fresh = shipped_templates(tmp_path)
    assert (tmp_path / "templates.json").is_file()
    assert shipped_templates(tmp_path) == fresh


def test_forms_are_read_once(tmp_path: Path, form: Path) -> None:
    read = Reader()
    first = through_cache(tmp_path / "cache", [form], read)
    assert through_cache(tmp_path / "cache", [form], read) == first
    assert read.reads == 1


def test_a_changed_form_is_read_again(tmp_path: Path, form: Path) -> None:
    read = Reader()
    through_cache(tmp_path, [form], read)
    form.write_text("id: other\n", encoding="utf-8")
    through_cache(tmp_path, [form], read)
    assert read.reads == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"stamp": "x"}', b"\xff\xfe"])
def test_a_damaged_cache_is_written_anew(tmp_path: Path, form: Path, content: bytes) -> None:
    read = Reader()
    (tmp_path / "templates.json").write_bytes(content)
    through_cache(tmp_path, [form], read)
    through_cache(tmp_path, [form], read)
    assert read.reads == 1


def test_where_nothing_can_be_written_the_forms_are_read(tmp_path: Path, form: Path) -> None:
    read = Reader()
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    assert through_cache(tmp_path / "cache", [form], read) == read()
