"""What a file would bring: its form in a few words, and everything there is to tell about it, with place and remedy."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.table_model import Column, Group
from auditor.desktop.words import many
from auditor.services.template_files import FormFile

if TYPE_CHECKING:
    from auditor.templates.problems import Problem

_TITLES = {"error": "Put right first", "warning": "To know", "hint": "Could be put better"}


class Imported(QWidget):
    """`keep_asked(FormFile)` and `save_asked(FormFile)` where the form can be used; `again_asked` for another file."""

    keep_asked = Signal(object)
    save_asked = Signal(object)
    again_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: FormFile | None = None
        self.heading, self.words = Label("", "h2"), WrapLabel("", "text2")
        self.table: DataTable[Problem] = DataTable(
            "What there is to tell", _columns(), table_id="template-problems", two_lines=True, memory=preferences()
        )
        self.close_button = Button("Close", name="Close what was read, Esc")
        self.again = Button("Another file…")
        self.save = Button("Save as a template file…")
        self.keep = Button("Keep in this workspace", "p")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 12, 20, 12)
        head.setSpacing(4)
        head.addWidget(self.heading)
        head.addWidget(self.words)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.table, 1)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)
        foot = Surface("foot", margins=(20, 10, 20, 10))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.close_button)
        line.addStretch(1)
        for button in (self.again, self.save, self.keep):
            line.addWidget(button)
        foot.body.addLayout(line)
        column.addWidget(foot)
        self.close_button.clicked.connect(self.left)
        self.again.clicked.connect(self.again_asked)
        self.save.clicked.connect(lambda: self.save_asked.emit(self._file))
        self.keep.clicked.connect(lambda: self.keep_asked.emit(self._file))

    def show_file(self, file: FormFile, *, may_keep: bool) -> None:
        """Say what the file would bring."""
        self._file = file
        usable = file.plain is not None
        self.heading.setText(str(file.plain["title"]) if file.plain else f"{file.path.name} cannot be used yet")
        told = [problem for problem in file.problems if problem.severity != "hint"]
        if file.plain is not None:
            counts = f"{many(file.sections, 'section')}, {many(file.questions, 'question')}"
            notes = f" {many(len(told), 'note')} below." if told else " There is nothing to put right."
            self.words.setText(f"{file.path.name}: {counts}, version {file.plain['version']}.{notes}")
        else:
            self.words.setText("Each line says where, and what to do. Put it right in the file and read it again.")
        self.save.setVisible(usable and file.path.suffix.lower() == ".xlsx")
        self.keep.setVisible(usable and may_keep)
        rows: list[Problem | Group] = []
        for severity, title in _TITLES.items():
            found = [problem for problem in file.problems if problem.severity == severity]
            rows += [Group(title, len(found)), *found] if found else []
        self.table.set_rows(rows)
        self.table.select_first()
        self.table.setVisible(bool(rows))
        self._filler.setVisible(not rows)
        (self.keep if usable and may_keep else self.again).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what has no room in one column."""
        self.table.leave_out(("code",) if narrow else ())
        self.words.setVisible(not narrow)


def _columns() -> "list[Column[Problem]]":
    return [
        Column("place", "Where", _place, width=170, strong=True),
        Column("what", "What", lambda problem: problem.message, second=lambda problem: problem.remedy, stretch=True),
        Column("code", "Code", lambda problem: problem.code, width=170),
    ]


def _place(problem: "Problem") -> str:
    """Where it stands, without the file's name: there is but one."""
    place = problem.place
    if place.sheet:
        return f"{place.sheet}, row {place.row}" if place.row else place.sheet
    return f"line {place.line}" if place.line else "the file"
