"""Makes the golden workspace of this version, which every later version must open.

Run `python -m tests.golden.make_golden` once for each released version of the ledger, and commit the new folder.
The passphrase stands in `tests/kit.py`: everything in a golden workspace is invented.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from auditor.domain.roles import Role
from auditor.store.layout import DATABASE_NAME, KEY_COPY_NAME, KEY_NAME
from auditor.store.schema import current_schema
from tests.kit import House, agree_all, open_house, score_and_submit

GOLDEN = Path(__file__).parent
EXPECTED = "expected.json"
PARTS = (DATABASE_NAME, KEY_NAME, KEY_COPY_NAME)


@dataclass(frozen=True)
class Expected:
    """What must still be true of a golden workspace, however often it has been migrated."""

    workspace_id: str
    name: str
    revisions: int
    streams: int
    ledger: str

    def write(self, folder: Path) -> None:
        (folder / EXPECTED).write_text(json.dumps(vars(self), indent=1) + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def read(cls, folder: Path) -> "Expected":
        return cls(**json.loads((folder / EXPECTED).read_text("utf-8")))


def ledger_digest(engine: Engine) -> str:
    """SHA-256 over the hashes of all revisions, which no migration may change."""
    with engine.connect() as connection:
        hashes = connection.exec_driver_sql("SELECT hash FROM revision ORDER BY rev_id").scalars()
        return hashlib.sha256(b"".join(hashes)).hexdigest()


def fill(house: House) -> None:
    """The main act in small: two people score a case apart, disagree once, agree and sign off; a second is begun."""
    first, second = house.add("A. First", Role.AUDITOR), house.add("B. Second", Role.AUDITOR)
    cycle = house.cycle(references=("CF-01", "CF-02"))
    audit = house.give(cycle, "CF-01", first, second)
    score_and_submit(first, audit)
    score_and_submit(second, audit, S01_03="partly")
    agree_all(first, audit)
    begun = house.give(cycle, "CF-02", second, first)
    score_and_submit(second, begun, S02_03="Fräulein Beispiel – naïve café ☕")


def make(folder: Path, fill: Callable[[House], None] = fill) -> Expected:
    """Make a golden workspace in a new folder and write down what must stay true of it."""
    with tempfile.TemporaryDirectory() as temporary:
        with open_house(Path(temporary)) as house:
            fill(house)
            workspace, verified = house.opened.workspace, house.opened.verify()
            if verified.problems:
                raise SystemExit(f"not sound: {verified.problems}")
            digest = ledger_digest(workspace.readers)
            counts = (verified.revisions, verified.streams)
            expected = Expected(workspace.workspace_id, workspace.name, *counts, digest)
        folder.mkdir()
        for part in PARTS:
            shutil.copyfile(Path(temporary) / "workspace" / part, folder / part)
        expected.write(folder)
    return expected


if __name__ == "__main__":
    target = GOLDEN / f"v{current_schema().version}"
    if target.exists():
        sys.exit(f"{target.name} is there already; a golden workspace is never made again")
    make(target)
