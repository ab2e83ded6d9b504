"""Brings an older workspace up to this version of the program: all of it, or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, table
from sqlalchemy.exc import SQLAlchemyError

from auditor.domain.errors import WorkspaceError
from auditor.store.backup import make_backup, put_back
from auditor.store.engines import check_integrity, writer_engine
from auditor.store.layout import Backup, BackupKind
from auditor.store.schema import PROJECTED, Schema, existing_tables, missing_triggers, set_version, write_meta


class MigrationRefused(Exception):
    """A migration that ran and left the ledger other than it must be."""


def migrate(folder: Path, key: bytes, schema: Schema, found: int) -> None:
    """Run every migration above version `found` on the database of a workspace that nobody has open.

    A verified backup is made first. Everything happens in one transaction; guards, row counts and references
    are checked before it is committed, every page afterwards. Raises `migration-failed`, with all as it was.
    """
    backup = make_backup(folder, key, schema.ledger, BackupKind.PRE_MIGRATION)
    engine = writer_engine(folder, key, enforce_foreign_keys=False)  # a table is rebuilt by dropping the old one
    try:
        with _told_apart(backup), engine.begin() as connection:
            before = _counts(connection, schema)
            run_migrations(connection, schema.migrations, found, schema.version)
            _require_intact(connection, schema, before)
            set_version(connection, schema.version)
            write_meta(connection, {PROJECTED: ""})  # even if the program ends now, the next unlock projects afresh
        engine.dispose()  # which moves the write-ahead log into the file, where every page is checked
        damage = check_integrity(engine)
    finally:
        engine.dispose()
    if damage:
        put_back(backup, folder)
        raise _failed(backup, damage[0])


def run_migrations(connection: Connection, scripts: Sequence[Path], found: int, wanted: int) -> None:
    """Run the upgrades after version `found` up to `wanted`, oldest first, within the caller's transaction.

    Revision ids are the versions as four digits (`0002`). The version is not written down here.
    """
    directory = ScriptDirectory(str(scripts[0].parent), version_locations=[str(folder) for folder in scripts])
    base = _revision_id(found) if found else "base"
    steps = list(directory.iterate_revisions(_revision_id(wanted), base))
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for step in reversed(steps):
            step.module.upgrade()


def _revision_id(version: int) -> str:
    return f"{version:04d}"


def _counts(connection: Connection, schema: Schema) -> dict[str, int]:
    names = [name for name in schema.ledger if name in existing_tables(connection)]
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def _require_intact(connection: Connection, schema: Schema, before: dict[str, int]) -> None:
    gone = missing_triggers(connection, schema)
    if gone:
        raise MigrationRefused(f"{len(gone)} guards of the ledger are gone or changed")
    after = _counts(connection, schema)
    changed = [name for name, count in before.items() if after.get(name) != count]
    if changed:
        raise MigrationRefused(f"the number of rows changed in {', '.join(changed)}")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise MigrationRefused("a reference between tables is broken")


@contextmanager
def _told_apart(backup: Backup) -> Iterator[None]:
    try:
        yield
    except WorkspaceError:
        raise  # a full disk and the like are known by their own names; the transaction was rolled back
    except MigrationRefused as error:
        raise _failed(backup, str(error)) from error
    except (SQLAlchemyError, ArithmeticError, LookupError, TypeError, ValueError, RuntimeError) as error:
        raise _failed(backup, type(error).__name__) from error


def _failed(backup: Backup, detail: str) -> WorkspaceError:
    return WorkspaceError(
        "migration-failed",
        "The workspace could not be brought up to date",
        f"It was left as it was before ({detail}). A backup lies in {backup.folder}.",
        "Go on with the earlier version of the program, and report this with the text above.",
    )
