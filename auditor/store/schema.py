"""What the database looks like in this version of the program, as far as its keeper needs to know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, text

Refill = Callable[[Connection, bytes, str], None]
"""Fills empty projection tables from the ledger; takes the key that wraps scope keys and the workspace id."""

PROJECTED = "projection_version"
"""The entry of `workspace_meta` that says by which version the projections were made."""

OWN_MIGRATIONS = Path(__file__).with_name("migrations") / "versions"


@dataclass(frozen=True, slots=True)
class Schema:
    """Tables, guards and versions. `ledger` names the tables whose rows never get fewer."""

    metadata: MetaData
    ledger: tuple[str, ...]
    projections: tuple[Table, ...]
    triggers: tuple[str, ...]
    version: int
    projection_version: int
    refill: Refill
    migrations: tuple[Path, ...] = (OWN_MIGRATIONS,)

    @property
    def kept(self) -> tuple[Table, ...]:
        """The tables that cannot be derived from others: everything but the projections."""
        derived = set(self.projections)
        return tuple(table for table in self.metadata.sorted_tables if table not in derived)


def current_schema() -> Schema:
    """The schema of this version of the program."""
    from auditor.store import tables

    return Schema(
        tables.metadata,
        tuple(tables.ledger_tables),
        tuple(tables.PROJECTION_TABLES),
        tuple(tables.TRIGGERS),
        tables.SCHEMA_VERSION,
        tables.PROJECTION_VERSION,
        _refill,
    )


def lay_out(connection: Connection, schema: Schema) -> None:
    """Make all tables and guards in an empty database and write down its version."""
    schema.metadata.create_all(connection)
    for trigger in schema.triggers:
        connection.exec_driver_sql(trigger)
    set_version(connection, schema.version)


def set_version(connection: Connection, version: int) -> None:
    """Write the version of ledger and key tables into the header of the database."""
    connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")


def missing_triggers(connection: Connection, schema: Schema) -> list[str]:
    """The guards that are not in the database word for word."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    present = {_plain(row[0]) for row in rows}
    return [trigger for trigger in schema.triggers if _plain(trigger) not in present]


def existing_tables(connection: Connection) -> set[str]:
    """The names of all ordinary tables in the database."""
    rows = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return {str(row[0]) for row in rows}


def read_meta(connection: Connection) -> dict[str, str]:
    """All entries of `workspace_meta`."""
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT key, value FROM workspace_meta")}


def write_meta(connection: Connection, entries: Mapping[str, str]) -> None:
    """Set entries of `workspace_meta`."""
    statement = text(
        "INSERT INTO workspace_meta (key, value) VALUES (:key, :value)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    connection.execute(statement, [{"key": key, "value": value} for key, value in entries.items()])


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def _refill(connection: Connection, data_key: bytes, workspace_id: str) -> None:
    from auditor.store.audit_setup import AuditSetups
    from auditor.store.ledger import Ledger
    from auditor.store.projections import Projections
    from auditor.store.scope_keys import ScopeKeys

    ledger = Ledger(connection, ScopeKeys(data_key), workspace_id, device_id="")
    Projections(connection, AuditSetups(), ledger).rebuild()
