"""What the shipped template files resolve to, kept as JSON: reading it takes a tenth of reading and checking the YAML.

A cache and nothing more: it is written anew whenever a form or the program has changed, and where it cannot be read or
written the forms themselves are read.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

Plain = dict[str, Any]

_FILE = "templates.json"
_SOURCES = Path(__file__).resolve().parent


def through_cache(folder: Path, forms: Sequence[Path], read: Callable[[], list[Plain]]) -> list[Plain]:
    """What `read` makes of these forms, from the cache in `folder` where that still holds for them."""
    stamp = _stamp(forms)
    kept = _kept(folder / _FILE, stamp)
    if kept is None:
        kept = read()
        with suppress(OSError):
            _keep(folder / _FILE, stamp, kept)
    return kept


def _stamp(forms: Sequence[Path]) -> str:
    """Names the content of the forms, and the code that reads them by size and time."""
    digest = hashlib.sha256()
    for form in forms:
        digest.update(form.name.encode() + b"\0" + form.read_bytes())
    for source in sorted(_SOURCES.rglob("*.py")):
        about = source.stat()
        digest.update(f"{source.relative_to(_SOURCES)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _kept(file: Path, stamp: str) -> list[Plain] | None:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.get("stamp") != stamp or not isinstance(found.get("variants"), list):
        return None
    variants: list[Plain] = found["variants"]
    return variants


def _keep(file: Path, stamp: str, variants: list[Plain]) -> None:
    """Under a temporary name first: two programs may start at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        making.write_text(json.dumps({"stamp": stamp, "variants": variants}, ensure_ascii=False), encoding="utf-8")
        making.replace(file)
    finally:
        making.unlink(missing_ok=True)
