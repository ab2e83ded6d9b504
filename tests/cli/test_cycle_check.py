"""`auditor cycle check`: what brothers and sisters have in common, as text and as JSON."""

from pathlib import Path

from auditor.domain.audit import Mode
from tests.cli.conftest import Office
from tests.kit import answer, open_house
from tests.services.test_cross_checks import round_of


def test_differences_are_told_by_case(tmp_path: Path, office: Office) -> None:
    with open_house(tmp_path) as house:
        here = round_of(house, mode=Mode.SINGLE)
        for reference, day in (("CF-01", "2026-05-12"), ("CF-02", "2026-05-13")):
            answer(here.first, here.audits[reference], "S01.04", day)
        families = Office(house.folder, here.cycle_id, here.audits["CF-01"])
    fires, waits = families.data("cycle", "check", "Families")
    assert (fires["event"], fires["state"], waits["state"]) == ("Strategy discussion", "fires", "unknown")
    assert fires["said"] == [{"case": "CF-01", "answer": "12/05/2026"}, {"case": "CF-02", "answer": "13/05/2026"}]
    assert waits["waiting"] == ["CF-01", "CF-02"]
    assert families.run("cycle", "check", "Families").stdout.startswith("differs: Strategy discussion.")
    assert office.data("cycle", "check", office.cycle) == []
