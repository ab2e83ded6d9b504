"""The form that takes a case out of its cycle: the reason, and where it is needed the list the case was drawn from."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt

from auditor.desktop.forms.inline_form import InlineForm
from auditor.desktop.pages.cycles.cases_step import AskFile
from auditor.desktop.widgets.buttons import Button
from auditor.domain.errors import AuditorError

NEEDS_LIST = frozenset({"stratum-not-kept", "no-replacement-left", "another-list"})
_REPLACING = "The next case in the order of its group comes in. Your reason is kept in the evidence of the draw."
_TAKING_OUT = "Nothing comes in for it. It stays in the list with your reason, and its audit is cancelled."


class ReplaceForm(InlineForm):
    """`instead` says whether the next case comes in. `path` is the list, once a person chose it."""

    def __init__(self, reference: str, *, instead: bool, ask_list: AskFile) -> None:
        title, save = ("Replace", "Replace the case") if instead else ("Take out", "Take the case out")
        super().__init__(f"{title} {reference}", save, note=_REPLACING if instead else _TAKING_OUT)
        self.path: Path | None = None
        self._ask_list = ask_list
        self.reason = self.add_text("reason", "Why", hint="No name, and nothing about the child.")
        self.choose = Button("Choose the list it was drawn from…", "small", icon="upload")
        self.choose.clicked.connect(self._choose)
        self.choose.hide()
        self.column.addWidget(self.choose)

    def fault(self, error: Exception, places: Mapping[str, str]) -> None:
        super().fault(error, places)
        if isinstance(error, AuditorError) and error.code in NEEDS_LIST:
            self.choose.show()
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        self.path = self._ask_list(self)
        if self.path is not None:
            self.choose.set_text(self.path.name)
            self.ask()
