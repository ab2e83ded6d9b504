"""A sheet goes out, is filled in without the program, and comes back: looked at first, then taken, by whoever may."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.domain.answer_sheet import Change
from auditor.domain.answers import Answer, Facet
from auditor.domain.audit import Mode, Slot
from auditor.domain.errors import AuditorError
from auditor.domain.roles import Role
from auditor.services import scoring
from auditor.services.answer_sheet import ExportSheet, ImportSheet, SheetFile, export_sheet, import_sheet, preview_sheet
from auditor.services.reconciling import reconcile_view
from auditor.services.session import Session
from tests.kit import FULL, TODAY, House, answer, open_house, score_and_submit, small_plain

SECRET = "Zq-sealed-words"


@dataclass
class Given:
    """A blind audit given to two auditors."""

    house: House
    cycle_id: str
    audit_id: str
    author: Session
    partner: Session
    folder: Path

    def sheet(self, by: Session, slot: Slot = Slot.A, audit_id: str = "") -> SheetFile:
        path = self.folder / f"{slot.value}.xlsx"
        by.ask(export_sheet, ExportSheet(audit_id or self.audit_id, slot, path, TODAY))
        return SheetFile(path, self.audit_id, slot)


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Given]:
    with open_house(tmp_path) as house:
        author, partner = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        cycle_id = house.cycle(references=("CF-01", "CF-02"))
        yield Given(house, cycle_id, house.give(cycle_id, "CF-01", author, partner), author, partner, tmp_path)


def fill(file: SheetFile, **cells: object) -> None:
    """Write into cells, named by question and heading: `S01_03__Answer="Met"`."""
    book = load_workbook(file.path)
    sheet = book["Answers"]
    headings = {str(cell.value): at for at, cell in enumerate(sheet[4], 1)}
    rows = {str(row[headings["Id"] - 1].value): at for at, row in enumerate(sheet.iter_rows(), 1)}
    for name, value in cells.items():
        question, _, heading = name.partition("__")
        at = (rows[question.replace("_", ".")], headings[heading.replace("_", " ").replace("NA", "N/A")])
        sheet.cell(*at).value = value  # type: ignore[assignment]
    book.save(file.path)


def code_of(act: object) -> str:
    with pytest.raises(AuditorError) as caught:
        act()  # type: ignore[operator]
    return caught.value.code


def test_what_was_recorded_comes_back_as_no_change(given: Given) -> None:
    for question_id, value in FULL.items():
        answer(given.author, given.audit_id, question_id, value)
    answer(given.author, given.audit_id, "S01.01", 3)
    note = scoring.RecordNote(given.audit_id, "S01.03", Facet.COMMENT, "=SUM(A1)\nand another line")
    given.author.do(scoring.record_note, note)
    given.author.do(scoring.mark_good_practice, scoring.MarkGoodPractice(given.audit_id, "S02.01", True))
    preview = given.author.ask(preview_sheet, given.sheet(given.author))
    assert (preview.changes, preview.problems) == ((), ())


def test_the_sheet_says_where_to_look(given: Given) -> None:
    plain = copy.deepcopy(small_plain()) | {"version": "2"}
    plain["sections"][1]["questions"][0]["evidence"] = "Visit notes: date, who was there"
    cycle_id = given.house.cycle("With prompts", ("CF-09",), plain)
    audit_id = given.house.give(cycle_id, "CF-09", given.author, given.partner)
    book = load_workbook(given.sheet(given.author, audit_id=audit_id).path)
    cells = [str(cell.value) for row in book["Answers"].iter_rows() for cell in row if cell.value]
    assert any("Look for: Visit notes: date, who was there" in cell for cell in cells)


def test_a_section_set_aside_comes_back_too(given: Given) -> None:
    aside = scoring.SectionNotApplicable(given.audit_id, "S01", "Open for a day.", facts=True)
    given.author.do(scoring.section_not_applicable, aside)
    file = given.sheet(given.author)
    assert given.author.ask(preview_sheet, file).changes == ()
    for question_id in ("S01.01", "S01.02", "S01.03"):
        given.author.do(scoring.record_answer, scoring.RecordAnswer(given.audit_id, question_id, Answer()))
    assert given.author.do(import_sheet, ImportSheet(file)).sentence == "3 entries taken from the sheet"


def test_the_preview_tells_what_changes_and_the_import_does_it(given: Given) -> None:
    answer(given.author, given.audit_id, "S02.01", "met")
    file = given.sheet(given.author)
    fill(file, S01_03__Answer="Partly met", S01_03__Comment="Once a term.", S02_01__Answer="not met", S01_01__Answer=4)
    preview = given.author.ask(preview_sheet, file)
    told = {(change.question.id, change.facet): change.change for change in preview.changes}
    assert told == {
        ("S01.01", Facet.ANSWER): Change.SET,
        ("S01.03", Facet.ANSWER): Change.SET,
        ("S01.03", Facet.COMMENT): Change.SET,
        ("S02.01", Facet.ANSWER): Change.REPLACE,
    }
    assert given.author.ask(scoring.desk, given.audit_id).entries["S02.01"].answer == Answer("met")
    given.author.do(import_sheet, ImportSheet(file))
    entries = given.author.ask(scoring.desk, given.audit_id).entries
    assert (entries["S01.01"].answer.value, entries["S02.01"].answer.value) == (4, "not_met")
    assert entries["S01.03"].comment == "Once a term."


def test_a_blank_cell_clears_only_where_that_is_asked_for(given: Given) -> None:
    file = given.sheet(given.author)
    answer(given.author, given.audit_id, "S02.01", "met")
    assert given.author.ask(preview_sheet, file).clears == 1
    given.author.do(import_sheet, ImportSheet(file))
    assert "S02.01" in given.author.ask(scoring.desk, given.audit_id).entries
    given.author.do(import_sheet, ImportSheet(file, clear=True))
    assert given.author.ask(scoring.desk, given.audit_id).entries["S02.01"].answer.is_blank


def test_bad_rows_stop_the_import_unless_the_rest_is_asked_for(given: Given) -> None:
    file = given.sheet(given.author)
    fill(file, S01_03__Answer="Perhaps", S02_01__Answer="Met")
    assert code_of(lambda: given.author.do(import_sheet, ImportSheet(file))) == "sheet-has-problems"
    assert "S02.01" not in given.author.ask(scoring.desk, given.audit_id).entries
    given.author.do(import_sheet, ImportSheet(file, rest=True))
    entries = given.author.ask(scoring.desk, given.audit_id).entries
    assert entries["S02.01"].answer.value == "met"
    assert "S01.03" not in entries


def test_a_sheet_of_another_audit_slot_or_version_is_refused(given: Given) -> None:
    other = given.house.give(given.cycle_id, "CF-02", given.author, given.partner)
    of_other = given.sheet(given.author, audit_id=other)
    assert code_of(lambda: given.author.ask(preview_sheet, of_other)) == "another-audit"
    of_partner = given.sheet(given.partner, Slot.B)
    taken = SheetFile(of_partner.path, given.audit_id, Slot.A)
    assert code_of(lambda: given.author.ask(preview_sheet, taken)) == "another-slot"
    book = load_workbook(given.sheet(given.author).path)
    book["About this sheet"]["B5"] = "0" * 64
    book.save(given.folder / "old.xlsx")
    old = SheetFile(given.folder / "old.xlsx", given.audit_id, Slot.A)
    assert code_of(lambda: given.author.ask(preview_sheet, old)) == "another-version"


def test_the_lead_sends_a_sheet_out_blank_and_brings_it_in_for_the_auditor(given: Given) -> None:
    note = scoring.RecordNote(given.audit_id, "S01.03", Facet.COMMENT, SECRET)
    given.author.do(scoring.record_note, note)
    answer(given.author, given.audit_id, "S02.03", SECRET)
    lead = given.house.lead
    file = given.sheet(lead)
    texts = [str(cell.value) for row in load_workbook(file.path)["Answers"].iter_rows() for cell in row]
    assert SECRET not in texts
    fill(file, S02_03__Answer=SECRET, S02_01__Answer="Met")
    told = {(change.question.id, change.change) for change in lead.ask(preview_sheet, file).changes}
    # That the same words stand there already is not told to somebody who may not read them.
    assert told == {("S02.03", Change.SET), ("S02.01", Change.SET)}
    lead.do(import_sheet, ImportSheet(file, clear=True))
    entries = given.author.ask(scoring.desk, given.audit_id).entries
    assert (entries["S02.01"].answer.value, entries["S01.03"].comment) == ("met", SECRET)


def test_who_brought_it_in_is_sealed_with_the_answers(given: Given) -> None:
    lead = given.house.lead
    file = given.sheet(lead)
    fill(file, S02_01__Answer="Met")
    lead.do(import_sheet, ImportSheet(file))
    with given.house.opened.records.read() as view:
        said = [item.revision for item in view.ledger.all() if item.revision.key.startswith("sheet/")]
    assert [(item.slot, item.scope_id) for item in said] == [("A", f"{given.audit_id}/A")]


def test_what_the_auditor_answered_is_not_replaced_through_the_lead(given: Given) -> None:
    lead = given.house.lead
    file = given.sheet(lead)
    fill(file, S02_01__Answer="Met", S02_02__Answer="No", S01_03__Answer="Met")
    answer(given.author, given.audit_id, "S02.01", "not_met")
    answer(given.author, given.audit_id, "S02.02", "no")
    said = lead.do(import_sheet, ImportSheet(file)).sentence
    assert said == "3 entries taken from the sheet", "how many stood already is not told"
    desk = given.author.ask(scoring.desk, given.audit_id)
    assert (desk.entries["S02.01"].answer.value, desk.entries["S01.03"].answer.value) == ("not_met", "met")
    assert any("2.01 was left out" in news and "2.02" not in news for news in desk.news)
    assert not any("2.01" in news for news in lead.ask(scoring.desk, given.audit_id).news)


@pytest.mark.parametrize("who", ["partner", "support", "lead who is the partner"])
def test_nobody_else_gets_or_brings_a_sheet(given: Given, who: str) -> None:
    if who == "partner":
        session, audit_id = given.partner, given.audit_id
    elif who == "support":
        session, audit_id = given.house.add("S. Support", Role.BUSINESS_SUPPORT), given.audit_id
    else:
        session = given.house.add("C. Lead", Role.QA_LEAD, Role.AUDITOR)
        audit_id = given.house.give(given.cycle_id, "CF-02", given.author, session)
    command = ExportSheet(audit_id, Slot.A, given.folder / "a.xlsx", TODAY)
    assert code_of(lambda: session.ask(export_sheet, command)) == "not-your-sheet"


def test_finished_answers_are_not_changed_by_a_sheet(given: Given) -> None:
    file = given.sheet(given.author)
    fill(file, S02_01__Answer="Not met")
    score_and_submit(given.author, given.audit_id)
    assert code_of(lambda: given.author.do(import_sheet, ImportSheet(file))) == "already-submitted"


def test_a_joint_audit_has_one_sheet(given: Given) -> None:
    plain = small_plain() | {"id": "joint"}
    joint = given.house.give(given.house.cycle("Joint", plain=plain), "CF-01", given.author, given.partner, Mode.JOINT)
    command = ExportSheet(joint, Slot.A, given.folder / "a.xlsx", TODAY)
    assert code_of(lambda: given.author.ask(export_sheet, command)) == "no-such-slot"
    given.partner.ask(export_sheet, ExportSheet(joint, Slot.AGREED, given.folder / "a.xlsx", TODAY))
    file = SheetFile(given.folder / "a.xlsx", joint, Slot.AGREED)
    fill(file, S02_01__Answer="Met")
    given.partner.do(import_sheet, ImportSheet(file))
    assert given.author.ask(scoring.desk, joint).entries["S02.01"].answer.value == "met"


def test_while_reconciling_it_is_told_what_came_from_a_sheet(given: Given) -> None:
    for question_id, value in FULL.items():
        answer(given.partner, given.audit_id, question_id, value)
    file = given.sheet(given.house.lead)
    fill(file, S01_03__Answer="Not met", S02_01__Answer="Partly met")
    given.house.lead.do(import_sheet, ImportSheet(file))
    answer(given.author, given.audit_id, "S02.01", "met")
    for session in (given.author, given.partner):
        session.do(scoring.submit, scoring.Submit(given.audit_id, "Left blank."))
    through = given.partner.ask(reconcile_view, given.audit_id).through
    assert through == {Slot.A: {"S01.03": "L. Lead"}}, "what the author changed since is their own"
