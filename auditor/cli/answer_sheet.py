"""`auditor audit export-sheet` and `import-sheet`: answers in a workbook, for a colleague without the program."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.access import Access, with_access
from auditor.cli.output import json_option, show, table
from auditor.domain.answer_sheet import Change
from auditor.domain.audit import Slot

if TYPE_CHECKING:
    from auditor.domain.answer_sheet import SheetChange, SheetPreview

_FILE = click.Path(path_type=Path, dir_okay=False)
_SLOT = click.Choice([Slot.A.value, Slot.B.value, Slot.AGREED.value])


@click.command("export-sheet")
@click.argument("out", type=_FILE)
@click.option("--audit", "audit_id", required=True, help="The id of the audit.")
@click.option("--slot", type=_SLOT, required=True, help="Whose answers: A or B; agreed in a joint or single audit.")
@json_option
@with_access()
def export_sheet(access: Access, out: Path, audit_id: str, slot: str, as_json: bool) -> None:
    """Write the answer sheet OUT.xlsx of an audit; it is blank where you may not read the answers."""
    from auditor.services.answer_sheet import ExportSheet
    from auditor.services.answer_sheet import export_sheet as ask_export

    with access.signed_in() as session:
        path = session.ask(ask_export, ExportSheet(audit_id, Slot(slot), out, date.today()))
    show({"file": path.name, "audit": audit_id, "slot": slot}, as_json, lambda: f"{path.name} written.")


@click.command("import-sheet")
@click.argument("file", type=_FILE)
@click.option("--audit", "audit_id", required=True, help="The id of the audit it is for.")
@click.option("--slot", type=_SLOT, required=True, help="Whose answers: A or B; agreed in a joint or single audit.")
@click.option("--apply", is_flag=True, help="Take the changes; without it they are only shown.")
@click.option("--rest", is_flag=True, help="Take the other rows although some have problems.")
@click.option("--clear", is_flag=True, help="A blank cell takes away what stands there.")
@json_option
@with_access()
def import_sheet(
    *, access: Access, file: Path, audit_id: str, slot: str, apply: bool, rest: bool, clear: bool, as_json: bool
) -> None:
    """Show what the filled-in sheet FILE.xlsx would change, and with --apply take it."""
    from auditor.services.answer_sheet import ImportSheet, SheetFile, preview_sheet
    from auditor.services.answer_sheet import import_sheet as do_import

    sheet = SheetFile(file, audit_id, Slot(slot))
    with access.signed_in() as session:
        found = session.ask(preview_sheet, sheet)
        said = session.do(do_import, ImportSheet(sheet, rest, clear)).sentence if apply else ""
    plain = {
        "rows": found.rows,
        "changes": [_plain(change, clear) for change in found.changes],
        "problems": [
            {"code": problem.code, "place": str(problem.place or ""), "message": problem.message} | _remedy(problem)
            for problem in found.problems
        ],
        "taken": said,
    }
    show(plain, as_json, lambda: _words(found, said, clear))


def _remedy(problem: Exception) -> dict[str, str]:
    return {"remedy": str(getattr(problem, "remedy", ""))}


def _kind(change: "SheetChange", clear: bool) -> str:
    return "stays" if change.change is Change.CLEAR and not clear else change.change.value


def _plain(change: "SheetChange", clear: bool) -> dict[str, object]:
    return {
        "row": change.row,
        "question": change.question.id,
        "part": change.facet.value,
        "change": _kind(change, clear),
    }


def _words(found: "SheetPreview", said: str, clear: bool) -> str:
    rows = [
        (change.row, change.question.number, change.facet.value.replace("_", " "), _kind(change, clear))
        for change in found.changes
    ]
    problems = [f"{problem.place}: {problem.message} {problem.remedy} [{problem.code}]" for problem in found.problems]
    kept = 0 if clear else found.clears
    head = f"{found.rows} rows, {len(found.changes) - kept} changes, {len(found.problems)} problems."
    stay = "Blank cells leave what stands there; --clear takes it away." if kept else ""
    shown = table(("Row", "Question", "Part", "Change"), rows, "Nothing would change.")
    parts = [head, shown, stay, "\n".join(problems)]
    return "\n\n".join(filter(None, [*parts, f"{said}." if said else "Nothing was taken; add --apply to take it."]))
