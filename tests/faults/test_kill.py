"""kill -9 while answers are being recorded: everything that was acknowledged is there, nothing is torn."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.domain.roles import Role
from auditor.services.scoring import desk
from auditor.services.session import Session
from auditor.services.workspace import OpenedWorkspace
from auditor.store.unit_of_work import Records
from auditor.store.workspace import Workspace
from tests.faults.scoring_child import VALUES
from tests.kit import PASSPHRASE, open_house

ROOT = Path(__file__).resolve().parents[2]


def kill_while_scoring(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    with open_house(folder) as house:
        auditor, partner = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        audit_id = house.give(house.cycle(), "CF-01", auditor, partner)
    last = 0
    for _ in range(kills):
        arguments = [str(house.folder), str(house.settings), auditor.actor.id, audit_id, str(last + 1)]
        last = _acknowledged(arguments, chance.uniform(0.0, 0.25))
        workspace = Workspace.unlock(house.folder, PASSPHRASE, settings_folder=house.settings)
        try:
            opened = OpenedWorkspace(workspace, Records(workspace))
            entries = Session(opened.records, auditor.actor).ask(desk, audit_id).entries
            said, saved = entries["S01.03"].answer.value, entries["S02.01"].comment
            assert said in (VALUES[last % 4], VALUES[(last + 1) % 4])
            assert saved in (f"Comment {last}", f"Comment {last + 1}")
            assert opened.verify().problems == ()
        finally:
            workspace.close()


def _acknowledged(arguments: list[str], lifetime: float) -> int:
    """Let the child record for a while after its first answer, kill it, and give the last turn it said was saved."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.scoring_child", *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(lifetime)
    child.kill()
    rest = child.stdout.read()
    child.stdout.close()
    child.wait()
    whole = [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    return int(whole[-1])


def test_three_kills(tmp_path: Path) -> None:
    kill_while_scoring(tmp_path, kills=3, seed=1)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(2, 42))
def test_two_thousand_kills(tmp_path: Path, seed: int) -> None:
    """Fifty kills a workspace: reading every record after each of them stays short."""
    kill_while_scoring(tmp_path, kills=50, seed=seed)


def test_a_half_typed_comment_survives_a_kill(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        auditor, partner = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        audit_id = house.give(house.cycle(), "CF-01", auditor, partner)
    arguments = [str(house.folder), str(house.settings), auditor.actor.id, audit_id]
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typing_child", *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "typing\n"
    time.sleep(2.0)
    child.kill()
    child.stdout.close()
    child.wait()

    workspace = Workspace.unlock(house.folder, PASSPHRASE, settings_folder=house.settings)
    try:
        session = Session(OpenedWorkspace(workspace, Records(workspace)).records, auditor.actor)
        typed = [entry.comment for entry in session.ask(desk, audit_id).entries.values()]
        assert len(typed) == 1
        assert len(typed[0]) > 10
    finally:
        workspace.close()
