"""Masters of one's own under the id of the program's."""

import copy
from pathlib import Path

import pytest

from auditor.domain.errors import Refused
from auditor.services.local_masters import KeepMaster, keep_master, offered_templates
from auditor.services.newer_versions import is_newer
from auditor.templates.masters import list_masters, read_master
from tests.kit import open_house


def test_a_question_of_the_program_keeps_its_kind_under_its_id(tmp_path: Path) -> None:
    plain = copy.deepcopy(dict(read_master(list_masters()[0]).plain)) | {"version": "ours"}
    dated = next(item for part in plain["sections"] for item in part["questions"] if item["type"] == "date")
    dated["type"] = "text"
    with open_house(tmp_path) as house, pytest.raises(Refused) as refused:
        house.lead.do(keep_master, KeepMaster(plain))
    assert refused.value.code == "id-reused"


def test_an_overlay_on_an_earlier_version_hides_none_that_is_newer(tmp_path: Path) -> None:
    base = dict(read_master(list_masters()[0]).plain)
    with open_house(tmp_path) as house:
        for version in ("2026.6", "2026.1+our-council.1", "2026.1+our-council.2", "2026.5"):
            house.lead.do(keep_master, KeepMaster({**base, "version": version}))
        offered = house.lead.ask(offered_templates, None)
    own = {one.template.version for one in offered if one.local}
    assert own == {"2026.6", "2026.1+our-council.2"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2026.10", "2026.9", True),
        ("2026.6", "2026.1+ours.1", True),
        ("2026.1+ours.1", "2026.6", False),
        ("2026.1+ours.1", "2026.1", True),
        ("2026.1", "2026.1+ours.1", False),
        ("2026.1+ours.2", "2026.1+ours.1", True),
        ("2026.6+ours.1", "2026.1+ours.2", True),
        ("2026.1+ours.1", "2026.1+theirs.1", False),
        ("2026.1+theirs.1", "2026.1+ours.1", False),
        ("2026.1", "2026.1", False),
    ],
)
def test_version_words_decide_which_is_newer(one: str, other: str, expected: bool) -> None:
    assert is_newer(one, other) is expected
