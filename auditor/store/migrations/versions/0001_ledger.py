"""The ledger, its keys, the workspace's own notes, and what only this machine keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_LEDGER_TEXTS = ("rev_id", "authority_id", "entity", "entity_id", "scope_id", "slot", "key", "parents")
_GUARDS = (
    "CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
)


def upgrade() -> None:
    """Make the tables of the first version in an empty database."""
    op.create_table(
        "revision",
        sa.Column("arrival", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False, unique=name == "rev_id" or None) for name in _LEDGER_TEXTS),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("author_id", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("stream_id", sa.Text, nullable=False),
        sa.Column("stream_seq", sa.Integer, nullable=False),
        sa.Column("lamport", sa.Integer, nullable=False),
        sa.Column("wall_clock", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("stream_id", "stream_seq", name="revision_stream"),
    )
    op.create_table(
        "scope_key",
        sa.Column("scope_id", sa.Text, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workspace_meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("person_id", sa.Text, primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    for guard in _GUARDS:
        op.execute(guard)
