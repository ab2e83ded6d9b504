"""The columns of the Templates page: the templates at the left, in the middle what is being done with them, at the
right what a template costs and covers."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.file_names import AskWhich
from auditor.desktop.operations import Operations
from auditor.desktop.pages.templates.acts import TemplateActs
from auditor.desktop.pages.templates.building.builder_view import BuilderView
from auditor.desktop.pages.templates.building.built_summary import BuiltSummary
from auditor.desktop.pages.templates.comparing import Comparing
from auditor.desktop.pages.templates.contents import Contents
from auditor.desktop.pages.templates.desk_preview import DeskPreview
from auditor.desktop.pages.templates.imported import Imported
from auditor.desktop.pages.templates.template_list import TemplateList
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.panel import Scrolled, Surface
from auditor.services.session import Session

LIST_WIDTH, SUMMARY_WIDTH = 272, 308
KEYS = (
    ("Up, Down", "Move from template to template, section to section"),
    ("Enter", "Read the questions of a section, or a question"),
    ("/", "Search the questions by number or words"),
    ("Space", "In use: leave a question out, or ask it again"),
    ("Ctrl+Enter", "Remarks: settle with what was done; Esc: later"),
    ("Space", "While building: take a section, theme or question, or leave it"),
    ("Ctrl+Z, Ctrl+Y", "While building: take back a tick, or tick it again"),
    ("PgUp, PgDn", "In the preview: section before, after"),
    ("S", "Sort by the column of the cursor"),
    ("Ctrl+C", "Copy with headings"),
    ("Esc", "Close the questions; leave building, preview or comparison"),
)


class PageParts(QWidget):
    """Reading, building, previewing, comparing and what came of a file each take the middle as a mode of their own."""

    _has_older = False

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], ask_which_file: AskWhich
    ) -> None:
        super().__init__()
        self._arrangement = Arrangement.WIDE
        self._offered: tuple[Button, ...] = ()
        self.list, self.combo = TemplateList(), Combo("Template")
        self.combo.fill_room()
        self.contents = Contents(session, operations)
        self.builder = BuilderView(session, operations)
        self.preview = DeskPreview(today)
        self.comparing = Comparing(operations, ask_which_file)
        self.imported = Imported()
        self.mode: QWidget = self.contents
        self.summary = Scrolled(margins=(16, 14, 16, 16), spacing=6)
        self.built = BuiltSummary()
        self.new_button = Button("New variant…", icon="plus")
        self.import_button = Button("Import…")
        self.change_button = Button("Change…")
        self.older_button = Button("", "quiet")
        self.summary_button = Button("Time and themes", "small")
        self.side, self.right = Surface("side"), Surface("drawer")
        self.side_foot = QHBoxLayout()
        self.side_foot.addStretch(1)
        """What begins with the template chosen stands here, below building and importing."""
        self.middle = QWidget()
        self._views, self._told = QStackedWidget(), QStackedWidget()
        self._picker = QWidget()
        self._lay_out()
        self.builder.built.connect(self.built.show_built)
        self.built.needed.connect(self.builder.need)
        self.contents.turned.connect(self._turned)
        theme().changed.connect(self._fit)
        self._fit()

    def connect_acts(self, acts: TemplateActs) -> None:
        """What was built or read from a file goes to the acts of the page."""
        self.builder.keep_asked.connect(lambda built: acts.keep(built, self.builder.done))
        self.builder.save_asked.connect(acts.save_variant)
        self.builder.draft_asked.connect(lambda built: acts.put_in_draft(built, self.builder.done))
        self.imported.keep_asked.connect(acts.keep_form)
        self.imported.save_asked.connect(acts.save_form)
        self.imported.again_asked.connect(acts.open_form)

    def enter(self, mode: QWidget) -> None:
        """Do something else in the middle."""
        self.mode = mode
        self._views.setCurrentWidget(mode)
        self._told.setCurrentWidget(self.built if mode is self.builder else self.summary)
        self.arrange(self._arrangement, drawer_open=False)

    def arrange(self, arrangement: Arrangement, *, drawer_open: bool) -> None:
        """Fit the columns to the room there is."""
        self._arrangement = arrangement
        wide, single = arrangement is Arrangement.WIDE, arrangement is Arrangement.SINGLE
        reading = self.mode is self.contents
        told = self.mode in (self.contents, self.builder)
        self.side.setVisible(wide and reading)
        self._picker.setVisible((not wide and reading) or (single and told))
        self.combo.setVisible(reading)
        self.summary_button.setVisible(single and told and (self.contents.listing or not reading))
        self.right.setVisible(told and not single and not (wide and drawer_open))
        # With the drop-down above, the title would stand there twice.
        self.contents.title.setVisible(wide)
        for view in (self.contents, self.builder, self.preview, self.comparing, self.imported):
            view.set_narrow(single)
        # Figures and remarks need the room in one column.
        begins = reading and (self.contents.listing or not single)
        # Where there is no list, its ways to begin stand above.
        home = self._side_buttons if wide else self._picker_buttons
        for number, button in enumerate((self.new_button, self.import_button)):
            home.insertWidget(number, button)
            button.setVisible(begins and button in self._offered)
        (self.side_foot if wide else home).insertWidget(0 if wide else 2, self.change_button)
        self.change_button.setVisible(begins and self.change_button in self._offered)

        (self._side_older if wide else self._picker_buttons).addWidget(self.older_button)
        self.older_button.setVisible(self._has_older and reading and (self.contents.listing or not single))

    def offer_older(self, some: bool) -> None:
        """Whether there are older versions to bring back into the list."""
        self._has_older = some
        self.arrange(self._arrangement, drawer_open=False)

    def _turned(self) -> None:
        if self._arrangement is Arrangement.SINGLE:
            self.arrange(self._arrangement, drawer_open=False)

    def offer(self, *buttons: Button) -> None:
        """Which ways to begin make sense for this person."""
        self._offered = buttons
        self.arrange(self._arrangement, drawer_open=False)

    def give_way(self, wide: bool) -> None:
        """Make room for the drawer."""
        if wide:
            self.right.hide()

    def take_back(self, *, narrow: bool) -> None:
        """Take the room back from the drawer."""
        self.right.setVisible(not narrow and self.mode in (self.contents, self.builder))

    def focus_mode(self) -> None:
        """Go on where the work is."""
        lists = {self.builder: self.builder.list, self.comparing: self.comparing.table}
        stop = lists.get(self.mode)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.mode is self.contents:
            self.contents.focus_table()

    def built_in(self, body: QBoxLayout, builder: BuilderView) -> None:
        """Say in a drawer what the ticks come to, where there is no column for it."""
        summary = BuiltSummary()
        summary.needed.connect(builder.need)
        builder.built.connect(summary.show_built)
        body.addWidget(summary, 1)
        if builder.now is not None:
            summary.show_built(builder.now)

    def _lay_out(self) -> None:
        self._lay_out_side()
        self._lay_out_middle()
        for told in (self.summary, self.built):
            self._told.addWidget(told)
        self.right.body.addWidget(self._told)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.side)
        line.addWidget(self.middle, 1)
        line.addWidget(self.right)

    def _lay_out_side(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.addWidget(Label("Master and variants", "label"), 1)
        head.addWidget(Label("core questions", "caption"))
        self.side.body.addLayout(head)
        self.side.body.addWidget(rule())
        self.side.body.addWidget(self.list, 1)
        self._side_older = QHBoxLayout()
        self._side_older.setContentsMargins(12, 6, 12, 6)
        self.side.body.addLayout(self._side_older)
        self.side.body.addWidget(rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        self._side_buttons = QHBoxLayout()
        self._side_buttons.setSpacing(8)
        self._side_buttons.addStretch(1)
        foot.addLayout(self._side_buttons)
        foot.addLayout(self.side_foot)
        self.side.body.addLayout(foot)

    def _lay_out_middle(self) -> None:
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        picker = QVBoxLayout(self._picker)
        picker.setContentsMargins(20, 10, 20, 0)
        picker.setSpacing(8)
        picker.addWidget(self.combo)
        self._picker_buttons = QHBoxLayout()
        self._picker_buttons.setSpacing(8)
        self._picker_buttons.addWidget(self.summary_button)
        self._picker_buttons.addStretch(1)
        picker.addLayout(self._picker_buttons)
        column.addWidget(self._picker)
        for view in (self.contents, self.builder, self.preview, self.comparing, self.imported):
            self._views.addWidget(view)
        column.addWidget(self._views, 1)

    def _fit(self) -> None:
        self.side.setFixedWidth(theme().px(LIST_WIDTH))
        self.right.setFixedWidth(theme().px(SUMMARY_WIDTH))


def waiting() -> QWidget:
    """What stands there until the templates are read."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(20, 20, 20, 20)
    column.addWidget(Label("Reading templates…", "h2"))
    column.addWidget(WrapLabel("The questions are read and checked once, in a moment.", "muted"))
    column.addStretch(1)
    return widget
