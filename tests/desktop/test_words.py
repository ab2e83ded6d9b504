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


def test_a_cycle_is_called_a_cycle() -> None:
    files = {path: ast.parse(path.read_text(encoding="utf-8")) for path in ROOM.rglob("*.py")}
    said = [(path.name, text) for path, tree in files.items() for text in said_in(tree)]
    assert len(said) > 1000
    words = ({word.strip(".,:;…?!").lower() for word in text.split()} for _, text in said)
    assert [found for found, used in zip(said, words, strict=True) if used & {"round", "rounds"}] == []
