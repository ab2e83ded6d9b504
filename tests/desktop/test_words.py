"""The window's own words: one name for one thing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import auditor.desktop

ROOM = Path(auditor.desktop.__file__).parent


def said_in(tree: ast.Module) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    unsaid = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unsaid:
            yield node.value


PROGRAMME = (ROOM / "pages" / "cycles" / "programme", ROOM / "pages" / "home" / "words.py")
"""Where a round is what is planned, before any cycle is started for it."""


def test_a_cycle_is_called_a_cycle_and_a_round_only_where_it_is_planned() -> None:
    paths = [path for path in ROOM.rglob("*.py") if not any(path.is_relative_to(place) for place in PROGRAMME)]
    files = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    said = [(path.name, text) for path, tree in files.items() for text in said_in(tree)]
    assert len(said) > 1000
    words = ({word.strip(".,:;…?!").lower() for word in text.split()} for _, text in said)
    assert [found for found, used in zip(said, words, strict=True) if used & {"round", "rounds"}] == []
