"""A workspace on disk for the command line to open, and a way to run commands against it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from auditor.cli.root import auditor
from auditor.domain.answers import Facet
from auditor.domain.roles import Role
from auditor.services import actions, scoring
from tests.kit import PASSPHRASE, PIN, TODAY, agree_all, answer, open_house, score_and_submit

SEALED = "Only the first auditor may know this."


@dataclass(frozen=True)
class Office:
    """A workspace on disk, locked, and the ids of what is in it."""

    folder: Path
    cycle: str
    sealed_audit: str

    def run(self, *arguments: str, by: str = "L. Lead", pin: str = PIN, passphrase: str = PASSPHRASE) -> Result:
        """Carry out a command in this workspace as somebody."""
        env = {
            "AUDITOR_WORKSPACE": str(self.folder),
            "AUDITOR_PASSPHRASE": passphrase,
            "AUDITOR_PIN": pin,
            "AUDITOR_AS": by,
        }
        return CliRunner().invoke(auditor, list(arguments), env=env)

    def data(self, *arguments: str, by: str = "L. Lead") -> Any:
        """What a command prints as JSON."""
        result = self.run(*arguments, "--json", by=by)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program keeps for the user of this machine goes elsewhere during tests."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    for variable in ("AUDITOR_WORKSPACE", "AUDITOR_PASSPHRASE", "AUDITOR_PIN", "AUDITOR_AS", "AUDITOR_NEW_PIN"):
        monkeypatch.delenv(variable, raising=False)


def furnish(root: Path) -> Office:
    """Two audits: CF-01 agreed and with an action, CF-02 sealed, handed in by its first auditor alone."""
    with open_house(root) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        house.add("S. Support", Role.BUSINESS_SUPPORT)
        owner = house.add("C. Manager", Role.MANAGER)
        cycle = house.cycle("Autumn sample", ("CF-01", "CF-02"))
        agreed = house.give(cycle, "CF-01", first, second)
        answer(first, agreed, "S01.01", 0)
        answer(first, agreed, "S01.02", "no")
        first.do(scoring.record_note, scoring.RecordNote(agreed, "S01.03", Facet.COMMENT, "No reflection on file."))
        first.do(scoring.mark_good_practice, scoring.MarkGoodPractice(agreed, "S02.01", True))
        score_and_submit(first, agreed, S01_03="partly")
        score_and_submit(second, agreed, S01_03="partly")
        agree_all(second, agreed)
        long_ago, text = TODAY - timedelta(400), "Hold reflective supervision monthly."
        raised = actions.RaiseAction(text, owner.actor.id, long_ago, audit_id=agreed, question_id="S01.03")
        first.do(actions.raise_action, raised)
        sealed = house.give(cycle, "CF-02", first, second)
        first.do(scoring.record_note, scoring.RecordNote(sealed, "S01.03", Facet.COMMENT, SEALED))
        score_and_submit(first, sealed, S01_03="not_met", S02_01="not_met")
        told = actions.RaiseAction(SEALED, owner.actor.id, TODAY, audit_id=sealed, question_id="S01.03")
        first.do(actions.raise_action, told)
        return Office(house.folder, cycle, sealed)


@pytest.fixture(scope="package")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield furnish(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(furnished: Office) -> Office:
    """The workspace for tests that only read."""
    return furnished
