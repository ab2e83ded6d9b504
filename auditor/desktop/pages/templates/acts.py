"""What the Templates page does: builds and keeps variants, reads forms from files, saves and prints templates."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from auditor.desktop.file_names import AskWhere, AskWhich, ask_where, ask_which, file_name
from auditor.desktop.models.template_rows import TemplateRow
from auditor.desktop.operations import Operations
from auditor.desktop.paper.printing import AskPrinter, ask_printer, draw_form, save_pdf
from auditor.desktop.words import many
from auditor.domain.changes import Changes
from auditor.domain.template import Template
from auditor.reports.paper_form import paper_form
from auditor.services.local_masters import Moved, keep_master, master_file, moved_masters
from auditor.services.moving import CycleToVersion, propose_for_cycle
from auditor.services.session import Session
from auditor.services.template_building import (
    Builder,
    Named,
    Ticks,
    builder_for,
    keep_variant,
    put_in_draft,
    variant_file,
)
from auditor.services.template_files import FormFile, Save, kept_plain, read_form, save_template
from auditor.services.templates import Shipped
from auditor.services.versions_in_use import Behind, audits_behind

Built = tuple[Builder, Ticks, Named]
_BOOK, _YAML, _PDF = "Excel workbook (*.xlsx)", "Template file (*.yaml)", "PDF (*.pdf)"


class TemplateActs(QObject):
    """Runs the acts of one page. `building(Builder)`, `read(FormFile)`, `kept(hash)` and `drafted` say what
    came of them."""

    building = Signal(object)
    read = Signal(object)
    kept = Signal(str)
    drafted = Signal()
    moved_asked = Signal(object)
    """What the program changed under a master of the workspace is to be read (`Moved`)."""

    def __init__(
        self,
        session: Session,
        operations: Operations,
        page: QWidget,
        ask_which_file: AskWhich = ask_which,
        ask_where_to: AskWhere = ask_where,
        ask_for_printer: AskPrinter = ask_printer,
    ) -> None:
        super().__init__(page)
        self._session, self._operations, self._page = session, operations, page
        self._which, self._where, self._printer = ask_which_file, ask_where_to, ask_for_printer
        self.moved: Mapping[str, Moved] = {}
        self._behind: Sequence[Behind] = ()

    def with_moved(self, read: Callable[[], list[Shipped]]) -> Callable[[], list[Shipped]]:
        """Read templates, and look as well under which of the workspace's own the program's master has moved."""

        def both() -> list[Shipped]:
            offered = read()
            found = self._session.ask(moved_masters, None) if any(one.local for one in offered) else []
            self.moved = {one.card.hash: one for one in found}
            self._behind = self._session.ask(audits_behind, None)
            return offered

        return both

    def behind(self, template: Template) -> list[Behind]:
        """The audits under way that could move to this version of the form, by cycle."""
        this = template.master or template.id, template.version
        return [one for one in self._behind if (one.target.master or one.target.id, one.target.version) == this]

    def propose(self, behind: Behind, done: Callable[[], None]) -> None:
        """Propose to the auditors of a whole cycle that their audits move to a newer version."""

        def proposed(_changes: Changes) -> None:
            self._behind = self._session.ask(audits_behind, None)
            done()

        command = CycleToVersion(behind.cycle.id, behind.target.hash)
        self._operations.run(lambda: self._session.do(propose_for_cycle, command), on_done=proposed, quick=True)

    def build_from(self, row: TemplateRow) -> None:
        """Read the master behind a template, to build a variant of it."""
        self._operations.run(
            lambda: self._session.ask(builder_for, row.template),
            on_done=self.building.emit,
            busy_text="Reading the master…",
            key="builder",
        )

    def keep(self, built: Built, done: Callable[[], None]) -> None:
        """Keep a built variant in the workspace."""

        def kept(changes: Changes) -> None:
            done()
            self.kept.emit(changes.made)

        self._operations.run(lambda: self._session.do(keep_variant, built), on_done=kept, quick=True)

    def put_in_draft(self, built: Built, done: Callable[[], None]) -> None:
        """Put a built variant into the open draft of its master."""

        def put(_changes: Changes) -> None:
            done()
            self.drafted.emit()

        self._operations.run(lambda: self._session.do(put_in_draft, built), on_done=put, quick=True)

    def save_variant(self, built: Built) -> None:
        """Save a built variant as a file of its own."""
        builder, ticks, name = built
        path = self._where(self._page, file_name(name.id, ".yaml"), _YAML)
        if path is not None:
            self._write(lambda: variant_file(builder, ticks, name, path), "Writing the file…")

    def open_form(self) -> None:
        """Read a form from a file, and show what it would bring."""
        path = self._which(self._page)
        if path is not None:
            self._operations.run(
                lambda: read_form(path), on_done=self.read.emit, busy_text=f"Reading {path.name}…", key="form"
            )

    def keep_form(self, file: FormFile) -> None:
        """Keep the master that a file brings, with its variants."""
        self._operations.run(
            lambda: self._session.do(keep_master, master_file(file.path)),
            on_done=lambda changes: self.kept.emit(changes.made),
            busy_text="Keeping the template…",
            key="form",
        )

    def save_form(self, file: FormFile) -> None:
        """Save what was read from a workbook as a template file."""
        assert file.plain is not None
        plain = file.plain
        path = self._where(self._page, file_name(str(plain["id"]), ".yaml"), _YAML)
        if path is not None:
            self._write(lambda: save_template(plain, path, Save.YAML)[0], "Writing the file…")

    def save(self, row: TemplateRow, save: Save) -> None:
        """Save a template as a workbook or a file."""
        ending, kinds = (".yaml", _YAML) if save is Save.YAML else (".xlsx", _BOOK)
        path = self._where(self._page, file_name(row.template.title, ending), kinds)
        if path is None:
            return
        plain = self.plain_of(row)

        def tell(saved: tuple[Path, tuple[object, ...]]) -> None:
            lost = len(saved[1])
            self._saved(saved[0], f"{many(lost, 'condition')} of the form cannot stand in it" if lost else "")

        self._operations.run(
            lambda: save_template(plain, path, save), on_done=tell, busy_text="Writing the file…", key=f"save {path}"
        )

    def save_pdf(self, row: TemplateRow) -> None:
        """Save a template as a form for paper."""
        path = self._where(self._page, file_name(row.template.title, ".pdf"), _PDF)
        if path is not None:
            self._write(lambda: save_pdf(paper_form(row.template), path), "Drawing the form…")

    def print(self, row: TemplateRow) -> None:
        """Print a template as a form for paper."""
        printer = self._printer(self._page)
        if printer is not None:
            # Here and now: not every system lets another thread draw on a printer.
            self._operations.run(
                lambda: draw_form(paper_form(row.template), printer),
                on_done=lambda pages: self._operations.messages.done(f"Sent {many(pages, 'page')} to the printer"),
                quick=True,
            )

    def plain_of(self, row: TemplateRow) -> Mapping[str, Any]:
        """The plain form of a template."""
        return row.plain if row.plain is not None else self._session.ask(kept_plain, row.template.hash)

    def _write(self, act: Callable[[], Path], busy: str) -> None:
        self._operations.run(act, on_done=self._saved, busy_text=busy, key="write")

    def _saved(self, path: Path, detail: str = "") -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        offer = ("Open folder", lambda: QDesktopServices.openUrl(folder))
        self._operations.messages.done(f"Saved {path.name}", detail, offer=offer)
