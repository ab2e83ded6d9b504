"""Encrypted connections: key and pragmas, the writer's and the readers' engine, what their errors mean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from auditor.domain.errors import WorkspaceError
from auditor.store import faults
from auditor.store.layout import DATABASE_NAME, PAGE_BYTES, WAL_NAME

MINIMUM_SQLITE = (3, 51, 3)
"""The first release without the race that could corrupt a database while its write-ahead log was reset."""

_READERS = 5
_BUSY_SECONDS = 5.0
_PLAIN_HEADER = b"SQLite format 3\0"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
)

Result = TypeVar("Result")
OpenMode = Literal["rw", "ro", "ro&immutable=1"]


class RawConnection(Protocol):
    """What is used of a connection of sqlcipher3, which ships no types."""

    def execute(self, sql: str, parameters: tuple[object, ...] = ..., /) -> Any:
        """Run one statement and return its cursor."""

    def close(self) -> None:
        """Close the connection."""


def require_sqlite() -> None:
    """Refuse to work on a database library that is too old to be safe, or that does not encrypt."""
    if dbapi2.sqlite_version_info < MINIMUM_SQLITE:
        minimum = ".".join(map(str, MINIMUM_SQLITE))
        raise WorkspaceError(
            "old-sqlite",
            "The database library is too old",
            f"SQLite {dbapi2.sqlite_version} is installed; versions before {minimum} can damage a workspace.",
            "Install the current release of Casefile Auditor, or sqlcipher3 0.6.4 or newer.",
        )
    memory = dbapi2.connect(":memory:")
    try:
        if not memory.execute("PRAGMA cipher_version").fetchone():
            raise WorkspaceError(
                "no-encryption",
                "The database library cannot encrypt",
                "The installed sqlcipher3 holds SQLite without SQLCipher.",
                "Install the current release of Casefile Auditor, or sqlcipher3 0.6.4 or newer.",
            )
    finally:
        memory.close()


def open_raw(database: Path, key: bytes, mode: OpenMode) -> RawConnection:
    """A keyed connection outside any engine, in autocommit; it never creates a file. `key` is 32 bytes."""
    connection: RawConnection = dbapi2.connect(
        f"{database.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,  # the pool hands a connection to one thread at a time
    )
    connection.execute("PRAGMA cipher_log_level=NONE")  # or it prints to stderr what our errors say better
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def writer_engine(folder: Path, key: bytes, *, enforce_foreign_keys: bool = True) -> Engine:
    """The one connection that writes. Each transaction takes the write lock at its start, DDL included."""
    extra = () if enforce_foreign_keys else ("foreign_keys=OFF",)
    engine = _engine(folder, key, size=1, pragmas=(*_PRAGMAS, *extra))
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def reader_engine(folder: Path, key: bytes) -> Engine:
    """Connections that see one consistent state for each transaction and cannot write."""
    engine = _engine(folder, key, size=_READERS, pragmas=(*_PRAGMAS, "query_only=ON"))
    _begin_with(engine, "BEGIN")
    return engine


def read_only(folder: Path, key: bytes, read: Callable[[RawConnection], Result]) -> Result:
    """Read from a database without changing a byte. Raises `damaged-database` when it cannot be read."""
    database = folder / DATABASE_NAME
    # immutable leaves no trace at all, but would not see what a killed program left in the write-ahead log
    hot = _size(folder / WAL_NAME) > 0
    if not hot and _size(database) % PAGE_BYTES:
        raise faults.damaged_database(folder, "The file was cut off.")
    connection = None
    try:
        connection = open_raw(database, key, "ro" if hot else "ro&immutable=1")
        return read(connection)
    except dbapi2.DatabaseError as error:
        raise converted(error, folder) or faults.damaged_database(folder, "It cannot be read.") from error
    finally:
        if connection:
            connection.close()


@contextmanager
def errors_in_words(folder: Path) -> Iterator[None]:
    """Convert errors of the system, and of connections outside an engine, met in a workspace folder."""
    try:
        yield
    except OSError as error:
        raise faults.from_os_error(error, folder) from error
    except dbapi2.DatabaseError as error:
        words = converted(error, folder)
        if words is None:
            raise
        raise words from error


def converted(error: BaseException, folder: Path) -> WorkspaceError | None:
    """What a database error means to a person; None when it says nothing about the disk or the file."""
    return faults.from_database_error(getattr(error, "sqlite_errorname", ""), folder)


def check_integrity(engine: Engine) -> list[str]:
    """Everything wrong with the bytes and structure of a database, one sentence each; empty when sound."""
    try:
        with engine.connect() as connection:
            return damage_in(connection)
    except WorkspaceError as error:
        return [error.message]


def damage_in(connection: Connection) -> list[str]:
    """The same, within a connection that is already open."""
    damaged = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    if damaged:
        return damaged
    structure = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [line for line in structure if line != "ok"] + [
        f"A row of table {row[0]} points to a row of {row[2]} that does not exist." for row in orphans
    ]


def is_encrypted(database: Path) -> bool:
    """Whether a database file begins with cipher text, not with the header of a plain SQLite file."""
    with database.open("rb") as file:
        return file.read(len(_PLAIN_HEADER)) not in (_PLAIN_HEADER, b"")


def _engine(folder: Path, key: bytes, *, size: int, pragmas: tuple[str, ...]) -> Engine:
    def connect() -> RawConnection:
        connection = open_raw(folder / DATABASE_NAME, key, "rw")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,  # or its errors arrive unwrapped
        creator=connect,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,  # no personal data in the text of an error
    )

    @event.listens_for(engine, "handle_error")
    def convert(context: ExceptionContext) -> WorkspaceError | None:
        return converted(context.original_exception, folder)

    return engine


def _begin_with(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
