"""One answer through the service, on disk, against one raw transaction that inserts a row of the ledger's shape."""

import secrets
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sqlcipher3 import dbapi2

from auditor.domain.answers import Answer
from auditor.domain.revision import new_id
from auditor.domain.roles import Role
from auditor.services.scoring import RecordAnswer, record_answer
from auditor.store.tables import revision
from tests.benchmarks.figures import Figure, alternating, percentile
from tests.kit import open_house

PRESENT = 1_000_000
TIMES = 2_000
_COLUMNS = tuple(column.name for column in revision.columns if column.name != "arrival")
_INSERT = f"INSERT INTO revision ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def row(stream: str, seq: int) -> tuple[object, ...]:
    """A row as an ordinary answer leaves one: 80 bytes of cipher text, 32-digit ids."""
    entity_id, _, device = stream.partition("/A/")
    return (
        new_id(), "w" * 32, "audit", entity_id, entity_id, "A", f"S{seq % 27:02d}.{seq % 20:02d}/answer", new_id(),
        secrets.token_bytes(80), "p" * 32, device, stream, seq, seq, "2026-11-24T10:42:07.000+00:00", "set",
        secrets.token_bytes(32), secrets.token_bytes(32),
    )  # fmt: skip


def rows_present(number: int) -> Iterator[tuple[object, ...]]:
    """The ledger of many audits of 500 revisions each."""
    for at in range(number):
        yield row(f"{at // 500:032d}/A/{'d' * 32}", at % 500 + 1)


def run(present: int = PRESENT, times: int = TIMES) -> list[Figure]:
    """p50 and p99 of both, alternating."""
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder)) as house:
        auditor = house.add("A. Auditor", Role.AUDITOR)
        partner = house.add("B. Auditor", Role.AUDITOR)
        audit_id = house.give(house.cycle(), "CF-01", auditor, partner)
        with house.opened.workspace.writer.begin() as connection:
            ours = connection.connection.driver_connection
            assert ours is not None
            ours.executemany(_INSERT, rows_present(present))
        raw = _raw(Path(folder) / "raw.db", present)
        numbers, values = count(1), ("met", "partly", "not_met", "not_evidenced")
        stream = f"{new_id()}/A/{'d' * 32}"

        def through_service() -> None:
            value = values[next(numbers) % 4]
            auditor.do(record_answer, RecordAnswer(audit_id, "S01.03", Answer(value)))

        def by_hand() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(_INSERT, row(stream, next(numbers)))
            raw.execute("COMMIT")

        service, baseline = alternating(times, through_service, by_hand)
        raw.close()
    what = "raw insert of a ledger row"
    return [
        Figure(
            f"durable answer p50, {present:,} revisions",
            percentile(service, 50),
            what,
            percentile(baseline, 50),
            "<= 3x",
        ),
        Figure(f"durable answer p99, {present:,} revisions", percentile(service, 99), what, percentile(baseline, 99)),
    ]


def _raw(path: Path, present: int) -> dbapi2.Connection:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    columns = ", ".join(f"{name} NOT NULL" for name in _COLUMNS)
    unique = "UNIQUE (rev_id), UNIQUE (stream_id, stream_seq)"
    connection.execute(f"CREATE TABLE revision (arrival INTEGER PRIMARY KEY, {columns}, {unique})")
    connection.execute("BEGIN")
    connection.executemany(_INSERT, rows_present(present))
    connection.execute("COMMIT")
    return connection
