"""The Templates page: those of the program and of the workspace, to read, build from, compare and use."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from auditor.desktop.file_names import AskWhere, AskWhich, ask_where, ask_which
from auditor.desktop.models.template_rows import TemplateRow, template_rows, to_compare, totals_words
from auditor.desktop.models.tick_rows import leaving_out
from auditor.desktop.operations import Operations
from auditor.desktop.pages.plan_target import RemarksOn
from auditor.desktop.pages.templates.acts import TemplateActs
from auditor.desktop.pages.templates.contents import REMARKS
from auditor.desktop.pages.templates.editor.hosting import Editing
from auditor.desktop.pages.templates.listing import Listing
from auditor.desktop.pages.templates.opened import Opened
from auditor.desktop.pages.templates.page_parts import KEYS, PageParts, waiting
from auditor.desktop.pages.templates.preview import PreviewDrawer
from auditor.desktop.pages.templates.summary import fill_summary
from auditor.desktop.shell.drawer_page import DrawerPage
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.panel import clear
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.domain.template import Question, Section, Template
from auditor.services.local_masters import offered_templates
from auditor.services.session import Session
from auditor.services.template_building import Builder
from auditor.services.template_files import FormFile
from auditor.services.templates import Shipped, kept_template, kept_templates
from auditor.services.versions_in_use import templates_in_use


class TemplatesPage(DrawerPage):
    """Templates to look at and to build from. They are read in the background; `shipped` is where they come from."""

    page_id, title, icon = "templates", "Templates", "templates"
    kinds = ("template",)
    drawer: PreviewDrawer

    def __init__(
        self,
        session: Session,
        operations: Operations,
        *,
        today: Callable[[], date] = date.today,
        shipped: Callable[[], list[Shipped]] | None = None,
        ask_which_file: AskWhich = ask_which,
        ask_where_to: AskWhere = ask_where,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(operations, parent)
        self._session = session
        self._loaded = self._reading = False
        self._select = ""
        self._leave_out: frozenset[str] = frozenset()
        self._row: TemplateRow | None = None
        self._wide, self._narrow = True, False
        self.preview_button = self.header.add_button(Button("Preview the desk"))
        self.compare_button = self.header.add_button(Button("Compare…"))
        self.use_button = self.header.add_button(Button("Use in a new cycle", "p"))
        self.acts = TemplateActs(session, operations, self, ask_which_file, ask_where_to)
        self._read = self.acts.with_moved(shipped or (lambda: session.ask(offered_templates, None)))
        self.parts = PageParts(session, operations, today, ask_which_file)
        self.list, self.combo, self.contents = self.parts.list, self.parts.combo, self.parts.contents
        self.listing = Listing(self.parts)
        self.builder, self.preview = self.parts.builder, self.parts.preview
        self.comparing, self.imported = self.parts.comparing, self.parts.imported
        self.summary, self.side = self.parts.summary, self.parts.side
        self.drawer = PreviewDrawer()
        self._both = WithDrawer(self.parts, self.drawer)
        self.opened = Opened(self.drawer, self._both, self.parts, self.acts)
        self._whole = QStackedWidget()
        self._whole.addWidget(waiting())
        self._whole.addWidget(self._both)
        self.content.addWidget(self._whole, 1)
        self.editing = Editing(session, operations, self._whole, self.header, self.parts.change_button)
        self._connect()

    def _connect(self) -> None:
        parts, acts = self.parts, self.acts
        self.list.chosen.connect(self._show)
        self.combo.picked.connect(lambda number: self.list.select(int(number)))
        self.contents.section_opened.connect(self._open_section)
        self.contents.question_opened.connect(self._open_question)
        self.contents.in_use.build_asked.connect(self._build_without)
        parts.summary_button.clicked.connect(lambda: self.opened.summary(self._row))
        parts.new_button.clicked.connect(self._build)
        parts.import_button.clicked.connect(acts.open_form)
        parts.change_button.clicked.connect(lambda: self.editing.change(self._template))
        self.editing.opened.connect(lambda: self._offer(False))
        self.editing.closed.connect(lambda made: self._select_kept(made) if made else self.leave_mode())
        self.preview_button.clicked.connect(self._preview)
        self.compare_button.clicked.connect(self._compare)
        self.use_button.clicked.connect(self._use)
        self.drawer.closed.connect(self._closed)
        acts.building.connect(self._begin_building)
        acts.read.connect(self._show_form)
        acts.kept.connect(self._select_kept)
        acts.drafted.connect(self.leave_mode)
        acts.moved_asked.connect(self.opened.moved)
        parts.connect_acts(acts)
        self.builder.question_opened.connect(
            lambda one: self.opened.question(self.builder.whole, self.builder.whole.by_id[one])
        )
        self.imported.table.opened.connect(self.opened.problem)
        self.comparing.row_opened.connect(self.opened.change)
        self.preview.guidance_asked.connect(self._open_question)
        self.preview.question_opened.connect(lambda question: self.opened.follow(self._template, question))
        for mode in (self.builder, self.preview, self.comparing, self.imported):
            mode.left.connect(self.leave_mode)

    def refresh(self, changes: Changes | None) -> None:
        if not self._reading:
            self._reading = True
            self._offer(False)
            self.operations.run(
                self._read, on_done=self._load, on_failed=lambda _error: self._load([]), busy_text="Reading templates…"
            )

    def arrive(self, target: object) -> None:
        """`target` may be the content hash of a template to show."""
        if self.editing.arrive():
            return
        if isinstance(target, str):
            self.listing.select(target)
        if isinstance(target, RemarksOn):
            self.leave_mode()
            # Templates that are still being read are selected when they are there.
            self._select = "" if self.listing.select(target.template_hash) else target.template_hash
            self.contents.show_view(REMARKS)
            self.contents.focus_table()
        else:
            self._focus_list()

    def arrange(self, arrangement: Arrangement) -> None:
        self._wide, self._narrow = arrangement is Arrangement.WIDE, arrangement is Arrangement.SINGLE
        self.opened.wide = self._wide
        self._both.set_stacked(not self._wide)
        self.parts.arrange(arrangement, drawer_open=self.drawer.isVisible())
        self.editing.arrange(arrangement)

    def keys(self) -> list[tuple[str, str]]:
        return self.editing.keys() or list(KEYS)

    def panes(self) -> list[QWidget]:
        return [self.header, *(self.editing.panes() or [self.side, self.parts.middle, self.parts.right, self.drawer])]

    def press(self, key: str) -> bool:
        if self.editing.is_open:
            return self.editing.press(key)
        mode = self.parts.mode
        if key != "/" or self._row is None or mode not in (self.contents, self.builder):
            return False
        if not self._wide:
            self.drawer.close_drawer()
        (self.contents if mode is self.contents else self.builder).start_search()
        return True

    def go_back(self) -> bool:
        if self.editing.go_back() or super().go_back():
            return True
        if self.parts.mode is self.contents:
            return False
        self.leave_mode()
        return True

    def leave(self) -> None:
        self.editing.leave()

    def leave_mode(self) -> None:
        """Back to reading; what is half built stays for the next time."""
        self.drawer.close_drawer()
        self._enter(self.contents)
        self._focus_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.parts.mode is self.contents or event.key() != Qt.Key.Key_Backspace:
            super().keyPressEvent(event)

    def _enter(self, mode: QWidget) -> None:
        self.parts.enter(mode)
        self._offer(mode is self.contents)

    def _offer(self, offered: bool) -> None:
        actor, some = self._session.actor, bool(self.list.templates.rows)
        offered = offered and not self.editing.is_open
        self.header.offer(self.use_button, offered and some and may(actor, Duty.RUN_CYCLES))
        for button in (self.preview_button, self.compare_button):
            self.header.offer(button, offered and some)
        if may(actor, Duty.KEEP_TEMPLATES):
            ways = (self.parts.import_button, self.parts.new_button, self.parts.change_button)
            self.parts.offer(*(ways if some else ways[:1]))

    def _load(self, shipped: list[Shipped]) -> None:
        first_time, self._reading, self._loaded = not self._loaded, False, True
        kept = [self._session.ask(kept_template, card.hash) for card in self._session.ask(kept_templates, None)]
        rows = template_rows(shipped, kept)
        choices = [(row.template.hash, f"{row.template.title} · {row.template.version}") for row in rows]
        by_hash = {row.template.hash: row for row in rows}
        self.comparing.set_choices(choices, lambda key: self.acts.plain_of(by_hash[key]))
        self.editing.show_below(self._both)
        self.listing.load(rows, self._session.ask(templates_in_use, None), self._select)
        self._select = ""
        self._offer(self.parts.mode is self.contents)
        held = sum(1 for row in rows if row.kept)
        self.editing.set_facts_below(f"{len(rows)} templates, {held} of them held in this workspace")
        if first_time and self.isVisible():
            self._focus_list()

    def _show(self, row: TemplateRow) -> None:
        self._row = row
        self.drawer.close_drawer()
        self.listing.show_row(row)
        self.contents.load(row.template, totals_words(row))
        clear(self.summary.body)
        fill_summary(self.summary.body, row, self.acts)
        self.editing.offer(row.template)

    def _build(self) -> None:
        if self._row is not None:
            self.acts.build_from(self._row)

    def _build_without(self, left: frozenset[str]) -> None:
        """Build a variant of the template shown without these questions; Ctrl+Z takes that back."""
        self._leave_out = left
        self._build()

    def _begin_building(self, builder: Builder) -> None:
        if self._row is not None:
            self.drawer.close_drawer()
            self._enter(self.builder)
            self.builder.begin(builder, self._row.template)
            left, self._leave_out = self._leave_out, frozenset()
            if left:
                self.builder.change(leaving_out(builder, self._row.template, left))

    def _show_form(self, file: FormFile) -> None:
        self.drawer.close_drawer()
        self._enter(self.imported)
        self.imported.show_file(file, may_keep=may(self._session.actor, Duty.KEEP_TEMPLATES))

    def _select_kept(self, template_hash: str) -> None:
        self._select = template_hash
        self.leave_mode()
        self.listing.select(template_hash)

    def _preview(self) -> None:
        if self._row is not None:
            self.drawer.close_drawer()
            self._enter(self.preview)
            self.preview.begin(self._row.template)

    def _compare(self) -> None:
        if self._row is not None:
            self.drawer.close_drawer()
            self._enter(self.comparing)
            self.comparing.begin(*to_compare(self._row, self.listing.rows))

    def _open_section(self, section: Section) -> None:
        self.opened.section(self._template, section)

    def _open_question(self, question: Question) -> None:
        self.opened.question(self._template, question)

    @property
    def _template(self) -> Template:
        assert self._row is not None
        return self._row.template

    def _closed(self) -> None:
        self.parts.take_back(narrow=self._narrow)
        if self.isVisible():
            self.parts.focus_mode()

    def _use(self) -> None:
        if self._row is not None:
            self.go_to.emit("cycles", self._row.template)

    def _focus_list(self) -> None:
        reading = self.contents.segments.chosen != REMARKS
        stop = self.list if self.side.isVisible() and reading else self.contents.table
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
