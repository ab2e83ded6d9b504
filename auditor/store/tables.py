"""The tables: the ledger and its keys, the projections derived from it, and what only this machine keeps.

`SCHEMA_VERSION` counts changes of ledger and key tables (migrated); `PROJECTION_VERSION` counts changes of the derived
tables or of what is written to them (dropped and rebuilt).
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

SCHEMA_VERSION = 1
PROJECTION_VERSION = 2

metadata = MetaData()

revision = Table(
    "revision",
    metadata,
    Column("arrival", Integer, primary_key=True),
    Column("rev_id", Text, nullable=False, unique=True),
    Column("authority_id", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("scope_id", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("parents", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("stream_id", Text, nullable=False),
    Column("stream_seq", Integer, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("wall_clock", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("stream_id", "stream_seq", name="revision_stream"),
)

scope_key = Table(
    "scope_key",
    metadata,
    Column("scope_id", Text, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

workspace_meta = Table(
    "workspace_meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

register = Table(
    "register",
    metadata,
    Column("entity_id", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("head", Text, nullable=False),
    Column("other_heads", Text),
    Column("author_id", Text, nullable=False),
    Column("wall_clock", Text, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("device_id", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("register_of_entity", register.c.entity, register.c.key, sqlite_where=register.c.slot == "")
Index("register_in_conflict", register.c.entity_id, sqlite_where=register.c.other_heads.is_not(None))

effective = Table(
    "effective",
    metadata,
    Column("audit_id", Text, primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("slot", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("outcome", Text),
    Column("good_practice", Integer, nullable=False),
    sqlite_with_rowid=False,
)

COUNT_COLUMNS = (
    "met",
    "partly",
    "not_met",
    "not_evidenced",
    "unfavourable",
    "na",
    "good_practice",
    "limits_failed",
)

theme_cell = Table(
    "theme_cell",
    metadata,
    Column("cycle_id", Text, primary_key=True),
    Column("theme", Text, primary_key=True),
    Column("audit_id", Text, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in COUNT_COLUMNS),
    sqlite_with_rowid=False,
)

slot_progress = Table(
    "slot_progress",
    metadata,
    Column("audit_id", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("answered", Integer, nullable=False),
    Column("revisions", Integer, nullable=False),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

LEDGER_TABLES = (revision, scope_key, workspace_meta)
PROJECTION_TABLES = (register, effective, theme_cell, slot_progress)

ledger_tables = tuple(table.name for table in LEDGER_TABLES)

TRIGGERS = (
    "CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
)
"""Guards of the ledger. They hold against INSERT OR REPLACE only with `recursive_triggers=ON`."""
