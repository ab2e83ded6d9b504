from collections.abc import Iterator

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.store.engines import check_integrity
from auditor.store.workspace import Workspace
from tests.store.workspace_kit import (
    Desk,
    add_rows,
    rows_in,
)


class TestEngines:
    """The writer and the readers are as the design has them."""

    @pytest.fixture
    def workspace(self, desk: Desk) -> Iterator[Workspace]:
        workspace, _ = desk.create()
        yield workspace
        workspace.close()

    def test_pragmas(self, workspace: Workspace) -> None:
        wanted = {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "trusted_schema": 0,
            "secure_delete": 1,
        }
        for engine, query_only in ((workspace.writer, 0), (workspace.readers, 1)):
            with engine.connect() as connection:
                found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
                assert found == wanted
                assert connection.exec_driver_sql("PRAGMA query_only").scalar() == query_only

    def test_a_reader_sees_one_state_while_the_writer_goes_on(self, workspace: Workspace) -> None:
        with workspace.readers.connect() as reader:
            count = "SELECT count(*) FROM revision"
            before = reader.exec_driver_sql(count).scalar()
            with workspace.writer.begin() as connection:
                add_rows(connection, 2)
            assert reader.exec_driver_sql(count).scalar() == before
        assert rows_in(workspace) == 2

    def test_the_ledger_is_append_only(self, workspace: Workspace) -> None:
        with workspace.writer.begin() as connection:
            add_rows(connection, 1)
        for statement in (
            "UPDATE revision SET value = x'00'",
            "DELETE FROM revision",
            "INSERT OR REPLACE INTO revision SELECT * FROM revision",
        ):
            with pytest.raises(Exception, match="append-only"), workspace.writer.begin() as connection:
                connection.exec_driver_sql(statement)

    def test_tables_made_in_a_failed_transaction_are_gone(self, workspace: Workspace) -> None:
        with pytest.raises(ZeroDivisionError), workspace.writer.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE half_done (a)")
            raise ZeroDivisionError
        with workspace.writer.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE half_done (a)")

    def test_a_full_disk_is_said_in_words_and_loses_nothing(self, workspace: Workspace) -> None:
        with workspace.writer.begin() as connection:
            add_rows(connection, 1)
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(WorkspaceError) as caught, workspace.writer.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE large AS SELECT randomblob(100000) AS a")
        assert caught.value.code == "disk-full"
        assert (rows_in(workspace), check_integrity(workspace.readers)) == (1, [])
        with workspace.writer.begin() as connection:
            connection.exec_driver_sql("UPDATE workspace_meta SET value = 'still usable' WHERE key = 'name'")

    def test_no_parameter_shows_in_an_error(self, workspace: Workspace) -> None:
        with pytest.raises(Exception, match="NOT NULL") as caught, workspace.writer.begin() as connection:
            connection.exec_driver_sql("INSERT INTO workspace_meta VALUES (?, NULL)", ("a private word",))
        assert "private" not in str(caught.value)
