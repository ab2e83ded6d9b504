"""`auditor audit moderate` and `auditor audit reply`, from the list to the outcome."""

from pathlib import Path

import pytest

from auditor.domain.moderation import QUALITY
from auditor.domain.roles import Role
from auditor.services import people
from auditor.services.workspace import unlock_workspace
from tests.cli.conftest import Office, furnish
from tests.kit import PASSPHRASE, PIN

MODERATOR = "M. Moderator"
MARKS = [word for point in QUALITY for word in ("--quality", point.id, "met", "")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A workspace of its own, with a moderator."""
    made = furnish(tmp_path)
    opened = unlock_workspace(made.folder, PASSPHRASE)
    try:
        lead = opened.sign_in_by_name("L. Lead", lambda: PIN)
        lead.do(people.add_person, people.AddPerson(MODERATOR, frozenset({Role.MODERATOR}), PIN))
    finally:
        opened.lock()
    return made


def code_of(office: Office, *arguments: str, by: str = MODERATOR) -> str:
    result = office.run("audit", *arguments, by=by)
    assert result.exit_code == 1
    return result.stderr.split(":")[0]


def test_from_the_list_to_the_outcome(office: Office) -> None:
    (waiting,) = office.data("audit", "moderate", "list", by=MODERATOR)
    assert (waiting["case"], waiting["why"][0], waiting["grade"]) == ("CF-01", "first_audits", "2")
    assert "One of an auditor's first three" in office.run("audit", "moderate", "list", by=MODERATOR).stdout
    audit = ("--audit", waiting["audit"])
    assert code_of(office, "moderate", "record", *audit) == "quality-missing"
    assert code_of(office, "moderate", "record", *audit, "--quality", "style", "met", "") == "no-such-point"
    assert code_of(office, "moderate", "record", *audit, "--quality", "child", "fine", "") == "no-such-mark"
    change = ("--change", "S02.04", "3", "Drift was not seen.")
    office.data("audit", "moderate", "record", *audit, *MARKS, *change, by=MODERATOR)
    assert office.data("audit", "moderate", "list", by=MODERATOR) == []
    (done,) = office.data("audit", "moderate", "list", "--all")
    assert (done["outcome"], done["grade"]) == ("changed", "3")
    rows = office.data("audit", "moderate", "calibration")
    assert [(row["auditor"], row["down"], row["steps"]) for row in rows] == [
        ("A. Auditor", 1, -1),
        ("B. Auditor", 1, -1),
    ]
    listed = office.data("audit", "list", "--cycle", office.cycle)[0]
    assert (listed["stage_words"], listed["standing"]) == ("Agreed and signed off", "Moderated, changed")
    office.data("audit", "moderate", "choose", *audit, "--reason", "A complaint")
    office.data("audit", "moderate", "record", *audit, "--back", "Letters came in.", by=MODERATOR)
    assert office.data("audit", "list", "--cycle", office.cycle)[0]["standing"] == "Returned by the moderator"


def test_the_rules_of_a_cycle(office: Office) -> None:
    plain = office.data("audit", "moderate", "rules", "--cycle", office.cycle)
    assert (plain["share"], plain["seed"]) == (15, office.cycle)
    cycle = ("--cycle", office.cycle)
    kept = office.data("audit", "moderate", "rules", *cycle, "--share", "0", "--no-first", "--no-extremes")
    assert (kept["share"], kept["first_audits"], kept["gaps"]) == (0, False, True)
    assert office.data("audit", "moderate", "list") == []
    assert code_of(office, "moderate", "rules", *cycle, "--share", "5", by="L. Lead") == "share-range"


def test_replies_are_recorded_answered_and_decided(office: Office) -> None:
    audit = ("--audit", office.data("audit", "moderate", "list")[0]["audit"])
    words = ("--text", "The visit is in the other file.", "--on", "20/11/2026")
    made = office.data("audit", "reply", "add", *audit, "--kind", "social_worker", *words, "--correction")
    reply = (*audit, "--reply", made["id"])
    office.data("audit", "reply", "respond", *reply, "--text", "We will look.", by="A. Auditor")
    office.data("audit", "reply", "decide", *reply, "--accept", "--reason", "It is there.", by=MODERATOR)
    (line,) = office.data("audit", "reply", "list", *audit)
    assert (line["who"], line["on"], line["response"], line["accepted"]) == (
        "Social worker", "2026-11-20", "We will look.", True,
    )  # fmt: skip
    assert "by_hand" in office.data("audit", "moderate", "list")[0]["why"]
    assert code_of(office, "reply", "list", *audit, by="S. Support") == "replies-not-yours"
    sealed = ("--audit", office.sealed_audit, "--kind", "child", "--text", "Words")
    assert code_of(office, "reply", "add", *sealed, by="L. Lead") == "not-signed-off"
