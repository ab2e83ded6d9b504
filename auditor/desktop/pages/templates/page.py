"""The Templates page: what comes with the program and what the workspace holds, to read and to use in a new cycle."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.models.template_rows import TemplateRow, template_rows, totals_words
from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.contents import Contents
from auditor.desktop.pages.templates.preview import PreviewDrawer
from auditor.desktop.pages.templates.summary import fill_summary
from auditor.desktop.pages.templates.template_list import TemplateList
from auditor.desktop.shell.drawer_page import DrawerPage
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.panel import Scrolled, Surface, clear
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.domain.template import Question, Section, Template
from auditor.services.session import Session
from auditor.services.templates import Shipped, kept_template, kept_templates, shipped_templates

LIST_WIDTH, SUMMARY_WIDTH = 272, 308


class TemplatesPage(DrawerPage):
    """Templates to look at. They are read once, in the background; `shipped` is where they come from.

    `today` is what every page is made with; templates are the same on any day.
    """

    page_id, title, icon = "templates", "Templates", "templates"
    kinds = ("template",)
    drawer: PreviewDrawer

    def __init__(
        self,
        session: Session,
        operations: Operations,
        *,
        today: Callable[[], date] = date.today,
        shipped: Callable[[], list[Shipped]] = shipped_templates,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(operations, parent)
        self._session, self._read = session, shipped
        self._shipped: list[Shipped] | None = None
        self._row: TemplateRow | None = None
        self._reading = False
        self._wide, self._narrow = True, False
        self.use_button = self.header.add_button(Button("Use in a new cycle", "p"))
        self.list = TemplateList()
        self.combo = Combo("Template")
        self.contents = Contents()
        self.summary = Scrolled(margins=(16, 14, 16, 16), spacing=6)
        self.drawer = PreviewDrawer()
        self._both = WithDrawer(self._main(), self.drawer)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._waiting())
        self._whole.addWidget(self._both)
        self.content.addWidget(self._whole, 1)
        self._connect()
        theme().changed.connect(self._fit)
        self._fit()

    def _waiting(self) -> QWidget:
        waiting = QWidget()
        column = QVBoxLayout(waiting)
        column.setContentsMargins(20, 20, 20, 20)
        column.addWidget(Label("Reading templates…", "h2"))
        column.addWidget(WrapLabel("The questions are read and checked once, in a moment.", "muted"))
        column.addStretch(1)
        return waiting

    def _main(self) -> QWidget:
        main = QWidget()
        line = QHBoxLayout(main)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.side = Surface("side")
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.addWidget(Label("Master and variants", "label"), 1)
        head.addWidget(Label("core questions", "caption"))
        self.side.body.addLayout(head)
        self.side.body.addWidget(rule())
        self.side.body.addWidget(self.list, 1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._picker = QWidget()
        picker = QHBoxLayout(self._picker)
        picker.setContentsMargins(20, 10, 20, 0)
        picker.setSpacing(10)
        self.summary_button = Button("Time and themes", "small")
        picker.addWidget(self.combo, 1)
        picker.addWidget(self.summary_button)
        column.addWidget(self._picker)
        column.addWidget(self.contents, 1)
        self._right = Surface("drawer")
        self._right.body.addWidget(self.summary)
        line.addWidget(self.side)
        line.addWidget(middle, 1)
        line.addWidget(self._right)
        return main

    def _connect(self) -> None:
        self.list.chosen.connect(self._show)
        self.combo.picked.connect(lambda number: self.list.select(int(number)))
        self.contents.section_opened.connect(self._open_section)
        self.contents.question_opened.connect(self._open_question)
        self.summary_button.clicked.connect(self._open_summary)
        self.use_button.clicked.connect(self._use)
        self.drawer.closed.connect(self._closed)

    def refresh(self, changes: Changes | None) -> None:
        if self._shipped is not None:
            self._load(self._shipped)
        elif not self._reading:
            self._reading = True
            self.use_button.setVisible(False)
            self.operations.run(
                self._read, on_done=self._load, on_failed=lambda _error: self._load([]), busy_text="Reading templates…"
            )

    def arrive(self, target: object) -> None:
        """`target` may be the content hash of a template to show."""
        rows = self.list.templates.rows
        number = next((at for at, row in enumerate(rows) if row.template.hash == target), None)
        if number is not None:
            self.list.select(number)
        self._focus_list()

    def arrange(self, arrangement: Arrangement) -> None:
        wide, single = arrangement is Arrangement.WIDE, arrangement is Arrangement.SINGLE
        self._both.set_stacked(not wide)
        self.side.setVisible(wide)
        self._picker.setVisible(not wide)
        self.summary_button.setVisible(single)
        self._narrow = single
        self._right.setVisible(not single and not (wide and self.drawer.isVisible()))
        self._wide = wide
        # With the drop-down above, the title would stand there twice.
        self.contents.title.setVisible(wide)
        self.contents.set_narrow(single)

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Up, Down", "Move from template to template, section to section"),
            ("Enter", "Read the questions of a section, or a question"),
            ("/", "Search the questions by number or words"),
            ("S", "Sort by the column of the cursor"),
            ("Ctrl+C", "Copy with headings"),
            ("Esc", "Close the questions"),
        ]

    def panes(self) -> list[QWidget]:
        return [self.header, self.side, self.contents, self._right, self.drawer]

    def press(self, key: str) -> bool:
        if key != "/" or self._row is None:
            return False
        if not self._wide:
            self.drawer.close_drawer()
        self.contents.start_search()
        return True

    def _load(self, shipped: list[Shipped]) -> None:
        first_time, self._reading = self._shipped is None, False
        self._shipped = shipped
        kept = [self._session.ask(kept_template, card.hash) for card in self._session.ask(kept_templates, None)]
        rows = template_rows(shipped, kept)
        at = max(self.list.currentIndex().row(), 0)
        self.list.templates.load(rows)
        self.combo.set_options([(str(number), row.template.title) for number, row in enumerate(rows)])
        self._whole.setCurrentWidget(self._both)
        self.use_button.setVisible(bool(rows) and may(self._session.actor, Duty.RUN_CYCLES))
        if rows:
            self.list.select(min(at, len(rows) - 1))
        held = sum(1 for row in rows if row.kept)
        self.header.set_facts(f"{len(rows)} templates, {held} of them held in this workspace · to read only")
        if first_time and self.isVisible():
            self._focus_list()

    def _show(self, row: TemplateRow) -> None:
        self._row = row
        self.drawer.close_drawer()
        self.combo.set_value(str(list(self.list.templates.rows).index(row)))
        self.contents.load(row.template, totals_words(row))
        clear(self.summary.body)
        fill_summary(self.summary.body, row)

    def _open_section(self, section: Section) -> None:
        self.drawer.show_section(self._template, section)
        self._open_drawer(f"{section.number} · {section.title}")

    def _open_question(self, question: Question) -> None:
        self.drawer.show_question(self._template, question)
        self._open_drawer(f"Question {question.number}")

    def _open_summary(self) -> None:
        if self._row is not None:
            self.drawer.clear()
            fill_summary(self.drawer.body, self._row)
            self._open_drawer(self._row.template.title)

    @property
    def _template(self) -> Template:
        assert self._row is not None
        return self._row.template

    def _open_drawer(self, title: str) -> None:
        if self._wide:
            self._right.hide()
        self._both.open(title)

    def _closed(self) -> None:
        self._right.setVisible(not self._narrow)
        if self.isVisible():
            self.contents.focus_table()

    def _use(self) -> None:
        if self._row is not None:
            self.go_to.emit("cycles", self._row.template)

    def _focus_list(self) -> None:
        stop = self.list if self.side.isVisible() else self.contents.table
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.side.setFixedWidth(theme().px(LIST_WIDTH))
        self._right.setFixedWidth(theme().px(SUMMARY_WIDTH))
