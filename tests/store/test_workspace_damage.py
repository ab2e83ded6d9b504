from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.domain.errors import WorkspaceError
from auditor.store.engines import RawConnection, check_integrity, read_only
from auditor.store.keyfile import read_key_file, subkey
from auditor.store.layout import DATABASE_NAME, PAGE_BYTES
from tests.store.workspace_kit import PASSPHRASE, Desk, plain_schema


@pytest.fixture
def database(desk: Desk) -> Path:
    return desk.made(rows=400, schema=plain_schema()) / DATABASE_NAME


def version(raw: RawConnection) -> object:
    return raw.execute("PRAGMA user_version").fetchone()


def test_every_cut_at_a_page_and_beside_it_is_detected(database: Path) -> None:
    folder, content = database.parent, database.read_bytes()
    key = subkey(read_key_file(folder).key_file.unwrap(PASSPHRASE), "database")
    assert read_only(folder, key, version) == (1,)
    assert len(content) > 60 * PAGE_BYTES
    for page in range(1, len(content) // PAGE_BYTES):
        for cut in (page * PAGE_BYTES, page * PAGE_BYTES + 1):
            database.write_bytes(content[:cut])
            with pytest.raises(WorkspaceError) as caught:
                read_only(folder, key, version)
            assert caught.value.code == "damaged-database"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_named_by_the_check(desk: Desk, share: float, bit: int) -> None:
    database = desk.folder / DATABASE_NAME
    if not database.exists():
        desk.made(rows=40, schema=plain_schema())
    sound = database.read_bytes()
    content = bytearray(sound)
    content[int(share * len(content))] ^= 1 << bit
    database.write_bytes(content)
    found = []
    try:
        with desk.open(schema=plain_schema()) as workspace:
            found = check_integrity(workspace.readers)
    except WorkspaceError as error:
        found = [error.code]
    for left in desk.folder.glob(f"{DATABASE_NAME}-*"):
        left.unlink()
    database.write_bytes(sound)
    assert found


def test_damage_met_in_use_is_said_in_words(desk: Desk, database: Path) -> None:
    workspace = desk.unlock(schema=plain_schema())
    content = bytearray(database.read_bytes())
    for page in range(8, len(content) // PAGE_BYTES):
        content[page * PAGE_BYTES + 100] ^= 1
    database.write_bytes(content)
    with pytest.raises(WorkspaceError) as caught, workspace.readers.connect() as connection:
        connection.exec_driver_sql("SELECT sum(length(value)) FROM revision").scalar()
    assert caught.value.code == "damaged-database"
    assert "HMAC" in " ".join(check_integrity(workspace.readers))
    workspace.close()
