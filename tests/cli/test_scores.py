"""`auditor matrix --by score`: cases by section, as text and as JSON."""

from pathlib import Path

from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from tests.cli.conftest import Office
from tests.kit import answer, open_house, small_plain


def scored_office(root: Path) -> Office:
    with open_house(root) as house:
        first = house.add("A. Auditor", Role.AUDITOR)
        cycle_id = house.cycle(plain=small_plain() | {"scoring": {"method": "share_met"}})
        audit_id = house.give(cycle_id, "CF-01", first, None, Mode.SINGLE)
        answer(first, audit_id, "S01.03", "not_evidenced")
        return Office(house.folder, cycle_id, audit_id)


def test_scores_by_case_and_section(tmp_path: Path) -> None:
    office = scored_office(tmp_path)
    found = office.data("matrix", "--cycle", office.cycle, "--by", "score")
    assert found["sections"][0] == {"id": "S01", "title": "Recording"}
    (case,) = found["cases"]
    assert case["case"] == "CF-01" and case["sections"]["S02"]["words"] == ""
    assert case["whole"] == {
        "words": "0 of 1 met", "got": 0, "of": 1, "grade": "", "not_evidenced": 1, "waiting": 3,
        "before": "", "change": "",
    }  # fmt: skip
    told = office.run("matrix", "--cycle", office.cycle, "--by", "score").stdout
    assert "0 of 1 met, 1 not evidenced, 3 to be agreed" in told


def test_a_template_without_a_method_says_so(office: Office) -> None:
    assert office.data("matrix", "--cycle", office.cycle, "--by", "score")["cases"] == []
