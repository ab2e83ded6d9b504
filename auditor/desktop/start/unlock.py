"""The unlock view: passphrase or recovery key of a known workspace, and every way it can fail said in its place."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.start.door import Door
from auditor.desktop.start.parts import WRONG, Patience, Sheet, row
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import CheckRow, Combo, Field, LineEdit
from auditor.desktop.widgets.inline_problem import InlineProblem
from auditor.desktop.widgets.labels import Label, rule

if TYPE_CHECKING:
    from auditor.desktop.operations import Operations
    from auditor.services.workspace import OpenedWorkspace

_PASSPHRASE = ("Passphrase", "The one everybody who uses this workspace knows.", "Use the recovery key")
_RECOVERY = ("Recovery key", "From the printout, groups of four; dashes and small letters do not matter.",
             "Use the passphrase")  # fmt: skip


class UnlockView(Sheet):
    """Opens a workspace. `opened` carries it; `elsewhere` asks for a folder, `make_new` for the first start.

    `operations` is asked for when there is something to do: the window stands sooner without them.
    """

    opened = Signal(object)
    elsewhere = Signal()
    make_new = Signal()

    def __init__(
        self, operations: "Callable[[], Operations]", door: Door, *, second: int = 1000,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("Unlock the workspace", "", parent=parent)
        self._operations, self._door = operations, door
        self._path = Path()
        self._by_recovery = False
        self.which: Combo | None = None
        self.secret = LineEdit("Passphrase", secret=True)
        self.secret.returnPressed.connect(self.unlock)
        self._secret_field = Field(_PASSPHRASE[0], self.secret, hint=_PASSPHRASE[1])
        self.shown = CheckRow("Show what I type")
        self.shown.toggled.connect(self._show_typed)
        self.problem = InlineProblem()
        self.button = Button("Unlock", "p")
        self.button.clicked.connect(self.unlock)
        self.other_way = Button(_PASSPHRASE[2], "link")
        self.other_way.clicked.connect(self._change_way)
        wait = Label("", "caption")
        self.patience = Patience(self.button, wait, second=second)
        for widget in (self._secret_field, self.shown, self.problem):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.button, self.other_way, wait))
        self.body.addSpacing(8)
        self.body.addWidget(rule())
        choose, new = Button("Choose another workspace…", "link"), Button("Make a new workspace…", "link")
        choose.clicked.connect(self.elsewhere)
        new.clicked.connect(self.make_new)
        self.body.addLayout(row(choose, new))

    def show_workspace(self, path: Path) -> None:
        """Offer this workspace to be unlocked."""
        self._path = path
        known = preferences().workspaces
        options = [(str(item.path), item.name or item.path.name) for item in known]
        if str(path) not in {option for option, _ in options}:
            options.insert(0, (str(path), path.name))
        if len(options) > 1:
            self._offer(options, str(path))
        name = next(word for option, word in options if option == str(path))
        self.sentence.setText(f"{name} · {path}")
        self.problem.clear()
        self.secret.clear()
        self.arrive()

    def arrive(self) -> None:
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        self.secret.clear()
        self.shown.setChecked(False)

    def unlock(self) -> None:
        """Try what was typed; the key is derived on the worker, so the window never freezes."""
        if self.patience.waiting:
            return
        self.problem.clear()
        path, typed = self._path, self.secret.text()
        passphrase, recovery_key = ("", typed.strip()) if self._by_recovery else (typed, "")
        if self._by_recovery and not recovery_key:
            recovery_key = "-"
        self._operations().run(
            lambda: self._door.unlock(path, passphrase, recovery_key),
            on_done=self._succeed,
            on_failed=self._fail,
            busy_text="Unlocking",
            key="unlock",
        )

    def _offer(self, options: list[tuple[str, str]], path: str) -> None:
        """Let one of several workspaces be chosen."""
        if self.which is None:
            self.which = Combo("Workspace")
            self.which.picked.connect(lambda chosen: self.show_workspace(Path(chosen)))
            self.body.insertWidget(self.body.indexOf(self._secret_field), Field("Workspace", self.which))
        self.which.set_options(options)
        self.which.set_value(path)

    def _succeed(self, opened: "OpenedWorkspace") -> None:
        self.patience.right()
        self.forget()
        self.opened.emit(opened)

    def _fail(self, error: Exception) -> None:
        self._operations().messages.done("")
        self.problem.tell(error)
        if self.problem.code in WRONG:
            self.patience.wrong()
            self.secret.selectAll()
        self.arrive()

    def _change_way(self) -> None:
        self._by_recovery = not self._by_recovery
        label, hint, other = _RECOVERY if self._by_recovery else _PASSPHRASE
        self._secret_field.set_words(label, hint)
        self.other_way.set_text(other)
        self.problem.clear()
        self.secret.clear()
        self.shown.setChecked(self._by_recovery)
        self.arrive()

    def _show_typed(self, shown: bool) -> None:
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
