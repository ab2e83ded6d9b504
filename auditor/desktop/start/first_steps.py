"""The first two steps of the first start: where the workspace lies, and the passphrase that unlocks it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from auditor.desktop.start.door import Door
from auditor.desktop.start.parts import Sheet, row
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import CheckRow, Field, LineEdit
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.progress import Bar
from auditor.domain.errors import AuditorError

WORST_ALLOWED = 1
"""Below this score of strength a passphrase is not taken."""


class WhereStep(Sheet):
    """Step 1: the folder and the name of the workspace."""

    done = Signal()
    open_existing = Signal()
    sample_wanted = Signal()

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(
            "Where to keep the workspace",
            "A workspace holds your audits, encrypted, in one folder of this computer.",
            step="Step 1 of 4",
            parent=parent,
        )
        self._door = door
        self.folder = LineEdit("Folder")
        self.name = LineEdit("Name of the workspace")
        self.name.setText("Case file audits")
        self.folder.returnPressed.connect(self.go_on)
        self.name.returnPressed.connect(self.go_on)
        choose = Button("Choose…", name="Choose the folder")
        choose.clicked.connect(self._choose)
        folder_line = QWidget()
        line = QHBoxLayout(folder_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.folder, 1)
        line.addWidget(choose)
        folder_line.setFocusProxy(self.folder)
        self.problem = InlineProblem()
        self.button = Button("Next", "p")
        self.button.clicked.connect(self.go_on)
        hint = "Not in a folder that OneDrive, Dropbox or a server keeps in step: copying would damage it."
        self.body.addWidget(Field("Folder", folder_line, hint=hint))
        self.body.addWidget(Field("Name", self.name, hint="Your team or service, shown when you unlock."))
        self.body.addWidget(self.problem)
        self.body.addLayout(row(self.button))
        self.body.addSpacing(8)
        self.body.addWidget(rule())
        sample, existing = Button("Look around in the sample workspace", "link"), Button("Open a workspace…", "link")
        sample.clicked.connect(self.sample_wanted)
        existing.clicked.connect(self.open_existing)
        self.body.addLayout(row(sample, existing))
        self.body.addWidget(WrapLabel("The sample is invented and kept apart from your own work.", "caption"))

    @property
    def path(self) -> Path:
        """The folder typed."""
        return Path(self.folder.text().strip()).expanduser()

    @property
    def name_of_it(self) -> str:
        """The name of the workspace."""
        return self.name.text().strip() or "Case file audits"

    def arrive(self) -> None:
        if not self.folder.text():
            self.folder.setText(str(self._door.default_folder()))
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """On to the passphrase, unless a workspace must not lie there."""
        self.problem.clear()
        try:
            self._door.require_suitable(self.path)
        except AuditorError as error:
            self.tell(error)
            return
        self.done.emit()

    def tell(self, error: Exception) -> None:
        """Show what is wrong with the folder."""
        self.problem.tell(error)
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the workspace", str(self.path.parent))
        if chosen:
            self.folder.setText(str(Path(chosen) / "Casefile Auditor"))


class PassphraseStep(Sheet):
    """Step 2: the passphrase, typed twice, its strength in words."""

    done = Signal()
    back = Signal()

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(
            "Choose a passphrase",
            "Four or more unrelated words are easy to remember and hard to guess. Everybody who uses this workspace "
            "needs it.",
            step="Step 2 of 4",
            parent=parent,
        )
        self._door = door
        self.first, self.second = LineEdit("Passphrase", secret=True), LineEdit("Passphrase again", secret=True)
        self.first.textChanged.connect(self._rate)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.go_on)
        self._first_field = Field("Passphrase", self.first)
        self._second_field = Field("Passphrase again", self.second)
        self.second.textChanged.connect(lambda: self._second_field.fault(""))
        self._bar = Bar("Strength of the passphrase")
        self.strength = WrapLabel("", "caption2")
        shown = CheckRow("Show what I type")
        shown.toggled.connect(self._show_typed)
        self.problem = InlineProblem()
        self.button, back = Button("Make the workspace", "p"), Button("Back")
        self.button.clicked.connect(self.go_on)
        back.clicked.connect(self.back)
        self.body.addWidget(self._first_field)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.strength)
        for widget in (self._second_field, shown, self.problem):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.button, back))
        self.body.addWidget(Label("Takes a second or two: the passphrase is made costly to guess.", "caption"))
        self._rate("")

    @property
    def text(self) -> str:
        """The passphrase typed."""
        return self.first.text()

    def arrive(self) -> None:
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Make the workspace, if the passphrase will do and was typed the same twice."""
        self.problem.clear()
        strength = self._door.strength(self.text)
        weak = "" if strength.score >= WORST_ALLOWED else strength.sentence
        different = "" if self.second.text() == self.text else "This is not the same. Type it again."
        self._first_field.fault(weak)
        self._second_field.fault("" if weak else different)
        self.strength.setVisible(not weak)
        if weak or different:
            at = self.first if weak else self.second
            at.selectAll()
            at.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.done.emit()

    def tell(self, error: Exception) -> None:
        """Show why the workspace could not be made."""
        self.problem.tell(error)
        self.arrive()

    def forget(self) -> None:
        """Keep the passphrase no longer than needed."""
        self.first.clear()
        self.second.clear()

    def _rate(self, typed: str) -> None:
        strength = self._door.strength(typed) if typed else None
        self._first_field.fault("")
        self.strength.show()
        self._bar.set_share(strength.score + 1 if strength else 0, 5)
        self.strength.setText(strength.sentence if strength else "Strength: nothing typed yet.")

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self.first, self.second):
            field.setEchoMode(mode)
