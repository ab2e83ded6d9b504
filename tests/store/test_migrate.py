"""Migrations run on workspaces with data in them: the first ones are invented here, ahead of the real ones."""

import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, MetaData, Text, create_engine, text

from auditor.domain.errors import WorkspaceError
from auditor.domain.roles import Role
from auditor.store import migrate
from auditor.store.engines import check_integrity
from auditor.store.layout import BACKUPS_NAME, DATABASE_NAME, BackupKind, backups_of
from auditor.store.schema import OWN_MIGRATIONS, Schema, current_schema, lay_out
from auditor.store.unit_of_work import Records
from auditor.store.verify import verify
from auditor.store.workspace import Workspace
from tests.kit import open_house, score_and_submit
from tests.store.workspace_kit import Desk, everything_on_disk, plain_schema, rows_in

ADD_COLUMN = "op.add_column('revision', sa.Column('origin', sa.Text))"
REBUILD = (
    "with op.batch_alter_table('revision', recreate='always') as batch: batch.add_column(sa.Column('origin', sa.Text))"
)
GUARDS_AGAIN = f"for guard in {current_schema().triggers!r}: op.execute(guard)"
DROP_GUARD = "op.execute('DROP TRIGGER revision_is_never_deleted')"
LOSE_ROWS = (DROP_GUARD, "op.execute(sa.text('DELETE FROM revision'))", f"op.execute({current_schema().triggers[1]!r})")
NEXT = current_schema().version + 1


@dataclass(frozen=True)
class Ahead:
    """A later version of the program, with one more column in the ledger and the migration that makes it."""

    folder: Path
    base: Schema

    def schema(self, *steps: str, version: int = NEXT) -> Schema:
        self.folder.mkdir(exist_ok=True)
        script = f"""
            import sqlalchemy as sa
            from alembic import op

            revision = "{version:04d}"
            down_revision = "{version - 1:04d}"


            def upgrade():
        """
        lines = [textwrap.dedent(script).strip(), *(f"    {step}" for step in steps)]
        (self.folder / f"{version:04d}_ahead.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
        metadata = MetaData()
        for table in self.base.metadata.sorted_tables:
            table.to_metadata(metadata)
        metadata.tables["revision"].append_column(Column("origin", Text))
        projections = tuple(metadata.tables[table.name] for table in self.base.projections)
        locations = (OWN_MIGRATIONS, self.folder)
        return replace(self.base, metadata=metadata, projections=projections, version=version, migrations=locations)


@pytest.fixture
def ahead(tmp_path: Path) -> Ahead:
    return Ahead(tmp_path / "ahead", plain_schema())


def columns_of_ledger(workspace: Workspace) -> list[str]:
    with workspace.readers.connect() as connection:
        return [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(revision)")]


def refused(desk: Desk, schema: Schema) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        desk.unlock(schema=schema)
    return caught.value


@pytest.mark.parametrize("steps", [(ADD_COLUMN,), (REBUILD, GUARDS_AGAIN)])
def test_a_migration_keeps_every_row_and_the_guards(desk: Desk, ahead: Ahead, steps: tuple[str, ...]) -> None:
    desk.made(rows=30)
    schema = ahead.schema(*steps)
    with desk.open(schema=schema) as workspace:
        assert columns_of_ledger(workspace)[-1] == "origin"
        assert rows_in(workspace) == 30
        assert check_integrity(workspace.readers) == []
        with pytest.raises(Exception, match="append-only"), workspace.writer.begin() as connection:
            connection.exec_driver_sql("DELETE FROM revision")
        with workspace.readers.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA user_version").scalar() == NEXT
    (backup,) = backups_of(desk.folder)
    assert backup.kind is BackupKind.PRE_MIGRATION
    with desk.open(schema=schema) as workspace:
        assert workspace.info().backups == 1  # a second unlock migrates nothing
    assert refused(desk, plain_schema()).code == "newer-workspace"


def test_several_steps_run_in_order(desk: Desk, ahead: Ahead) -> None:
    desk.made(rows=1)
    ahead.schema(ADD_COLUMN)
    last = ahead.schema("op.execute(\"INSERT INTO scope_key SELECT 'x', x'' WHERE 0\")", version=NEXT + 1)
    with desk.open(schema=last) as workspace:
        assert (columns_of_ledger(workspace)[-1], workspace.info().schema_version) == ("origin", NEXT + 1)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (
            (
                ADD_COLUMN,
                "raise ValueError('broken half-way')",
            ),
            "ValueError",
        ),
        (
            (
                ADD_COLUMN,
                "op.execute('SELECT no_such_function()')",
            ),
            "OperationalError",
        ),
        ((REBUILD,), "guards of the ledger are gone"),
        ((ADD_COLUMN, DROP_GUARD), "guards of the ledger are gone"),
        (LOSE_ROWS, "number of rows changed in revision"),
    ],
    ids=["fails", "bad sql", "rebuild drops guards", "drops a guard", "loses rows"],
)
def test_a_migration_that_fails_or_harms_the_ledger_leaves_all_as_it_was(
    desk: Desk, ahead: Ahead, steps: tuple[str, ...], why: str
) -> None:
    desk.made(rows=5)
    before = (desk.folder / DATABASE_NAME).read_bytes()
    error = refused(desk, ahead.schema(*steps))
    assert error.code == "migration-failed"
    assert why in error.message
    assert (desk.folder / DATABASE_NAME).read_bytes() == before
    with desk.open(schema=plain_schema()) as workspace:
        assert rows_in(workspace) == 5
        assert "origin" not in columns_of_ledger(workspace)


def test_damage_found_afterwards_puts_the_backup_back(
    desk: Desk, ahead: Ahead, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.made(rows=5)
    with desk.open() as workspace:
        device = workspace.device_id
    monkeypatch.setattr(migrate, "check_integrity", lambda engine: ["HMAC verification failed for page 3"])
    error = refused(desk, ahead.schema(ADD_COLUMN))
    assert error.code == "migration-failed"
    assert "page 3" in error.message
    with desk.open() as workspace:
        assert rows_in(workspace) == 5
        assert "origin" not in columns_of_ledger(workspace)
        assert workspace.device_id != device


def test_a_full_disk_while_backing_up_stops_the_migration_before_it_begins(
    desk: Desk, ahead: Ahead, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.made(rows=5)

    def full(*where: object) -> None:
        raise OSError(28, "No space left on device")

    schema = ahead.schema(ADD_COLUMN)
    monkeypatch.setattr("auditor.store.backup.write_key_file", full)
    assert refused(desk, schema).code == "disk-full"
    assert list((desk.folder / BACKUPS_NAME).iterdir()) == []
    with desk.open(schema=plain_schema()) as workspace:
        assert rows_in(workspace) == 5


def test_projections_follow_the_migrated_ledger(desk: Desk, ahead: Ahead) -> None:
    desk.made(rows=4)
    seen = []
    schema = replace(
        ahead.schema(ADD_COLUMN),
        refill=lambda connection, key, identity: seen.append(
            connection.execute(text("SELECT count(*), max(origin) FROM revision")).one()
        ),
    )
    desk.unlock(schema=schema).close()
    assert seen == [(4, None)]


def test_a_failing_rebuild_of_projections_is_undone_with_them(desk: Desk) -> None:
    desk.made(rows=4)

    def fail(*arguments: object) -> None:
        raise RuntimeError("a projection is wrong")

    with pytest.raises(RuntimeError):
        desk.unlock(schema=replace(plain_schema(), projection_version=99, refill=fail))
    with desk.open() as workspace:
        assert rows_in(workspace) == 4


def test_real_work_survives_a_migration_and_proves_itself_afterwards(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        first, second = house.add("A. First", Role.AUDITOR), house.add("B. Second", Role.AUDITOR)
        audit = house.give(house.cycle(), "CF-01", first, second)
        score_and_submit(first, audit)
        before = house.opened.verify()
    assert before.problems == ()
    desk = Desk(tmp_path)
    schema = Ahead(tmp_path / "ahead", current_schema()).schema(REBUILD, GUARDS_AGAIN)
    with desk.open(schema=schema) as workspace:
        assert verify(Records(workspace)) == before


KILLED = """
    import os, sys
    from pathlib import Path
    from auditor.store import migrate
    from tests.store.test_migrate import ADD_COLUMN, Ahead
    from tests.store.workspace_kit import Desk, plain_schema
    root = Path(sys.argv[1])
    migrate._require_intact = lambda *arguments: os._exit(9)
    Desk(root).unlock(schema=Ahead(root / "ahead", plain_schema()).schema(ADD_COLUMN))
"""


def test_death_in_the_middle_of_a_migration_leaves_the_old_version(desk: Desk, ahead: Ahead) -> None:
    desk.made(rows=5)
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(desk.root)]
    assert subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == 9
    with desk.open(schema=plain_schema()) as workspace:
        assert rows_in(workspace) == 5
        assert "origin" not in columns_of_ledger(workspace)
    with desk.open(schema=ahead.schema(ADD_COLUMN)) as workspace:
        assert (rows_in(workspace), columns_of_ledger(workspace)[-1]) == (5, "origin")


def test_alembic_is_not_loaded_to_open_a_workspace_that_is_up_to_date(desk: Desk) -> None:
    desk.made()
    script = """
        import sys
        from pathlib import Path
        from tests.store.workspace_kit import Desk
        Desk(Path(sys.argv[1])).unlock().close()
        sys.exit("alembic" in sys.modules)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(desk.root)]
    assert subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_head_equals_the_models() -> None:
    """Migrating an empty database gives word for word what `lay_out` makes, the projections apart."""
    schema = current_schema()

    def layout_of(make: Callable[[Engine], None]) -> dict[str, str]:
        engine = create_engine("sqlite://")
        make(engine)
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            found = {name: " ".join(sql.split()) for name, sql in rows}
        engine.dispose()
        return found

    def migrated(engine: Engine) -> None:
        with engine.begin() as connection:
            migrate.run_migrations(connection, schema.migrations, 0, schema.version)

    def modelled(engine: Engine) -> None:
        with engine.begin() as connection:
            lay_out(connection, schema)

    derived = {table.name for table in schema.projections} | {
        str(index.name) for table in schema.projections for index in table.indexes
    }
    models = {name: sql for name, sql in layout_of(modelled).items() if name not in derived}
    assert layout_of(migrated) == models


def test_every_version_has_one_migration() -> None:
    scripts = sorted(path.name[:4] for path in OWN_MIGRATIONS.glob("*.py"))
    assert scripts == [f"{version:04d}" for version in range(1, current_schema().version + 1)]


def test_nothing_is_touched_when_the_workspace_is_newer(desk: Desk, ahead: Ahead) -> None:
    desk.made(rows=1)
    desk.unlock(schema=ahead.schema(ADD_COLUMN)).close()
    before = everything_on_disk(desk.folder)
    assert refused(desk, plain_schema()).code == "newer-workspace"
    assert everything_on_disk(desk.folder) == before
