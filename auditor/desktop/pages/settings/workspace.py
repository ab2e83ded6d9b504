"""The workspace itself: where it lies, its backups, proving it sound, its passphrase, and when it locks."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.settings.passphrase import PassphraseForm
from auditor.desktop.preferences import LOCK_CHOICES, Preferences
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel, clear
from auditor.desktop.widgets.toggles import Segments
from auditor.desktop.words import backup_words
from auditor.domain.roles import Duty, Person, may
from auditor.services.workspace import OpenedWorkspace, Verified, WorkspaceInfo

_WHO_MAY = "a QA lead or an administrator looks after the workspace"


class WorkspacePart(QWidget):
    """Facts, backup, check, passphrase, lock time."""

    def __init__(
        self, opened: OpenedWorkspace, actor: Person, operations: Operations, preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._opened, self._operations, self._preferences = opened, operations, preferences
        self._may = may(actor, Duty.KEEP_WORKSPACE)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.back_up, self.verify = Button("Back up now", icon="download"), Button("Check everything", icon="search")
        self.back_up.clicked.connect(self._back_up)
        self.verify.clicked.connect(self._verify)
        self.result = WrapLabel("", "text2")
        self.problem = InlineProblem()
        self.lock = Segments("Lock after", [(str(minutes), f"{minutes} min") for minutes in LOCK_CHOICES])
        self.lock.changed.connect(lambda minutes: preferences.set_lock_minutes(int(minutes)))
        self.passphrase = PassphraseForm(opened, operations)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for panel in (self._about(), self._safety(), self._locking(), self.passphrase):
            column.addWidget(panel)
        column.addStretch(1)
        if not self._may:
            for button in (self.back_up, self.passphrase.button):
                button.block(_WHO_MAY)

    def refresh(self) -> None:
        """Ask again where it is and how it stands."""
        self.lock.set_chosen(str(self._preferences.lock_minutes))
        self._operations.run(self._opened.info, on_done=self._show, quick=True)

    def arrive(self) -> None:
        self.back_up.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self) -> Panel:
        panel = Panel(margins=(20, 16, 20, 16), spacing=10)
        panel.body.addWidget(Label("This workspace", "h2"))
        panel.body.addLayout(self._facts)
        return panel

    def _safety(self) -> Panel:
        panel = Panel(margins=(20, 16, 20, 16), spacing=10)
        panel.body.addWidget(Label("Safe and sound", "h2"))
        words = "A backup is made when you lock, once a day. Checking reads every record and proves that none changed."
        panel.body.addWidget(WrapLabel(words, "caption"))
        line = QHBoxLayout()
        line.setContentsMargins(4, 4, 4, 4)
        line.setSpacing(12)
        line.addWidget(self.back_up)
        line.addWidget(self.verify)
        line.addStretch(1)
        panel.body.addLayout(line)
        panel.body.addWidget(self.result)
        panel.body.addWidget(self.problem)
        if not self._may:
            panel.body.addWidget(ReasonLine("You cannot back up or change the passphrase:", f"{_WHO_MAY}."))
        self.result.hide()
        return panel

    def _locking(self) -> Panel:
        panel = Panel(margins=(20, 16, 20, 16), spacing=8)
        panel.body.addWidget(Label("Locks by itself", "h2"))
        panel.body.addWidget(self.lock)
        words = "After this long without a key or a click. What you are typing is saved first. Ctrl+L locks at once."
        panel.body.addWidget(WrapLabel(words, "caption"))
        return panel

    def _show(self, info: WorkspaceInfo) -> None:
        clear(self._facts)
        backup = backup_words(info.last_backup, datetime.now().astimezone())
        facts = [
            ("Name", info.name),
            ("Folder", str(info.path)),
            ("Made on", f"{info.created_at.astimezone():%d/%m/%Y}"),
            ("Size", _sizes(info)),
            ("Backup", backup),
            *(("Note", note) for note in info.notes),
        ]
        for row, (title, words) in enumerate(facts):
            said = WrapLabel(words)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(Label(title, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(said, row, 1)

    def _back_up(self) -> None:
        self.problem.clear()
        self._operations.run(
            self._opened.back_up,
            on_done=self._backed_up,
            on_failed=self.problem.tell,
            busy_text="Backing up",
            key="backup",
        )

    def _backed_up(self, _nothing: None) -> None:
        self._operations.messages.done("Backed up and checked")
        self.refresh()

    def _verify(self) -> None:
        self.problem.clear()
        self.result.setText("Reading every record…")
        self.result.show()
        self._operations.run(
            self._opened.verify,
            on_done=self._verified,
            on_failed=self._not_verified,
            busy_text="Checking everything",
            key="verify",
        )

    def _verified(self, found: Verified) -> None:
        if found.problems:
            self.result.setText(
                "Not everything is as it was recorded. Keep the folder as it is and show this to whoever looks after "
                "the program:\n" + "\n".join(found.problems)
            )
            return
        self.result.setText(
            f"Sound: {found.revisions:,} records in {found.streams:,} series were read; none of them was changed."
        )
        self._operations.messages.done("Checked: everything is sound")

    def _not_verified(self, error: Exception) -> None:
        self.result.hide()
        self.problem.tell(error)


def _sizes(info: WorkspaceInfo) -> str:
    own = _size(info.database_bytes)
    return f"{own}, and {_size(info.backup_bytes)} of backups ({info.backups})" if info.backups else own


def _size(count: int) -> str:
    return f"{count / 1_048_576:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1024))} kB"
