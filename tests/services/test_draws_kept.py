"""How draws are kept: each an entity of its own with its own key, so that two computers lose nothing, and erasing one
leaves nothing of children who were never audited."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.domain.errors import AuditorError
from auditor.domain.revision import Entity
from auditor.domain.sampling import Plan
from auditor.services import cycles
from auditor.services.case_list import read_frame
from auditor.services.cycles import AddCases
from auditor.services.draw_evidence import evidence
from auditor.services.replacing import ReplaceCase, replace_case
from auditor.services.sampling import Drawing, SampleQuery, draw_sample
from auditor.store.ledger import Recorded
from tests.kit import TODAY, House, open_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def drawn(house: House, folder: Path, cycle_id: str, prefix: str) -> Drawing:
    """Two of eight cases of two teams, added to the cycle."""
    path = folder / f"{prefix}.csv"
    rows = [f"{prefix}-{at},Team {'NS'[at % 2]},Child in need,5-9" for at in range(8)]
    path.write_text("\n".join(["Case reference,Team,Plan type,Age band", *rows]) + "\n", encoding="utf-8")
    drawing = house.lead.ask(draw_sample, SampleQuery(read_frame(path).frame, Plan(2, 7, ("Team",)), TODAY))
    house.lead.do(cycles.add_cases, AddCases(cycle_id, drawing.cases, drawing.record))
    return drawing


def revisions(house: House) -> list[Recorded]:
    with house.opened.records.read() as view:
        return list(view.ledger.all())


def draw_ids(house: House) -> list[str]:
    return list(dict.fromkeys(one.revision.entity_id for one in revisions(house) if one.revision.entity == "draw"))


def test_each_draw_and_each_replacement_has_a_register_of_its_own(house: House, tmp_path: Path) -> None:
    """So that two leads who draw or replace at once, each at a computer, undo nothing of one another."""
    cycle_id = house.cycle(references=())
    drawn(house, tmp_path, cycle_id, "CF")
    drawn(house, tmp_path, cycle_id, "DF")
    for case in house.lead.ask(cycles.cycle_view, cycle_id).cases:
        house.lead.do(replace_case, ReplaceCase(case.id, "The file is closed.", TODAY))
    said = [one.revision for one in revisions(house) if one.revision.entity == Entity.DRAW]
    assert len(said) == 2 + 4
    assert len({(one.entity_id, one.key) for one in said}) == len(said)
    assert not any(one.parents for one in said)
    assert len(house.lead.ask(evidence, cycle_id)) == 2


def test_a_case_that_came_in_belongs_to_the_draw_it_came_from(house: House, tmp_path: Path) -> None:
    cycle_id = house.cycle(references=())
    drawings = [drawn(house, tmp_path, cycle_id, prefix) for prefix in ("CF", "DF")]
    for drawing, prefix in zip(drawings, ("CF", "DF"), strict=True):
        order = [line.reference for line in drawing.draw.lines if line.stratum == "Team N"]
        cases = {case.reference: case.id for case in house.lead.ask(cycles.cycle_view, cycle_id).cases}
        made = house.lead.do(replace_case, ReplaceCase(cases[order[0]], "Closed", TODAY)).made
        again = house.lead.do(replace_case, ReplaceCase(made, "Closed", TODAY)).made
        here = {case.id: case.reference for case in house.lead.ask(cycles.cycle_view, cycle_id).cases}
        assert [here[made], here[again]] == order[1:3]
        assert here[made].startswith(prefix)


def test_an_erased_draw_leaves_nothing_behind(house: House, tmp_path: Path) -> None:
    cycle_id = house.cycle(references=())
    drawing = drawn(house, tmp_path, cycle_id, "CF")
    case = house.lead.ask(cycles.cycle_view, cycle_id).cases[0]
    house.lead.do(replace_case, ReplaceCase(case.id, "The file is closed.", TODAY))
    kept = {case.reference for case in house.lead.ask(cycles.cycle_view, cycle_id).cases}
    never = [line.reference for line in drawing.draw.lines if line.reference not in kept]
    assert any(never[0] in (one.text or "") for one in revisions(house)), "the reserve holds it until then"
    (draw_id,) = draw_ids(house)
    with house.opened.records.write() as unit:
        unit.erase(draw_id)
    assert {one.text for one in revisions(house) if one.revision.entity == Entity.DRAW} == {None}
    told = json.dumps([one.text for one in revisions(house)])
    assert not [reference for reference in never if reference in told]
    with house.opened.records.read() as view:
        rows = view.connection.exec_driver_sql("SELECT value FROM register").fetchall()
    assert not [reference for reference in never if any(reference in row[0] for row in rows)]
    assert house.lead.ask(evidence, cycle_id) == ()
    assert {case.reference for case in house.lead.ask(cycles.cycle_view, cycle_id).cases} == kept
    assert house.opened.verify().problems == ()
    stays = house.lead.ask(cycles.cycle_view, cycle_id).not_given[0]
    with pytest.raises(AuditorError) as refused:
        house.lead.do(replace_case, ReplaceCase(stays.id, "Closed", TODAY))
    assert refused.value.code == "not-drawn"
