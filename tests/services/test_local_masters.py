"""Masters of one's own under the id of the program's."""

import copy
from pathlib import Path

import pytest

from auditor.domain.errors import Refused
from auditor.services.local_masters import KeepMaster, keep_master
from auditor.templates.masters import list_masters, read_master
from tests.kit import open_house


def test_a_question_of_the_program_keeps_its_kind_under_its_id(tmp_path: Path) -> None:
    plain = copy.deepcopy(dict(read_master(list_masters()[0]).plain)) | {"version": "ours"}
    dated = next(item for part in plain["sections"] for item in part["questions"] if item["type"] == "date")
    dated["type"] = "text"
    with open_house(tmp_path) as house, pytest.raises(Refused) as refused:
        house.lead.do(keep_master, KeepMaster(plain))
    assert refused.value.code == "id-reused"
