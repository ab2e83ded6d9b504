"""Adding a question or a section to a draft: what has to be said before there is a form for it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from auditor.desktop.models.draft_rows import KINDS, section_holding
from auditor.desktop.pages.templates.editor.part_form import PartForm
from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo, Field
from auditor.desktop.widgets.labels import Label
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.widgets.texts import GrowingText
from auditor.services.draft_parts import AddQuestion, AddSection, add_question, add_section

_PLAIN = ("date", "datetime", "count", "number", "text")


class NewQuestion(Surface):
    """The wording of a new question and its kind of answer, which stay together for ever."""

    asked = Signal()
    left = Signal()

    def __init__(self, plain: Mapping[str, Any]) -> None:
        super().__init__("surface", margins=(20, 14, 20, 14), spacing=10)
        self.setAccessibleName("New question")
        self.text = GrowingText("Wording of the new question")
        self.text.finished.connect(self.asked)
        self.text.left.connect(self.left)
        self.kind = Combo("Kind of answer", _kinds(plain))
        self.kind.fill_room()
        self.add, self.leave = Button("Add this question"), Button("Leave it", "quiet")
        self.add.clicked.connect(self.asked)
        self.leave.clicked.connect(self.left)
        hint = "Its number is given by the program, and no other question ever gets it."
        self._wording = Field("Wording", self.text, hint=hint)
        self.body.addWidget(Label("A new question", "h2"))
        self.body.addWidget(self._wording)
        self.body.addWidget(Field("Kind of answer", self.kind, hint="It stays with the question."))
        line = QHBoxLayout()
        line.setContentsMargins(4, 0, 4, 4)
        line.setSpacing(10)
        line.addWidget(self.add)
        line.addWidget(self.leave)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addStretch(1)

    @property
    def chosen(self) -> tuple[str, str]:
        """The kind of answer and the scale, which may be none."""
        kind, _, scale = self.kind.value.partition("/")
        return kind, scale

    def wording(self) -> str:
        """The wording; says under the field that one is needed where there is none."""
        text = " ".join(self.text.toPlainText().split())
        self._wording.fault("" if text else "Write what the auditors will read.")
        return text


class Adding(QObject):
    """Takes the place of the form in `stack` until the question is added; `added(part, id, key)` then."""

    begun = Signal()
    added = Signal(str, str, str)

    def __init__(self, state: DraftState, stack: QStackedWidget, form: PartForm) -> None:
        super().__init__(stack)
        self._state, self._stack, self._form = state, stack, form
        self.new: NewQuestion | None = None

    def begin(self, what: str) -> None:
        """Ask for a new question, or add a section at once."""
        self.leave()
        if what == "section":
            command = AddSection(self._state.draft_id, "New section", self._section())
            made = self._state.act(add_section, command, "A section was added", "section/{}/added")
            if made:
                self.added.emit("section", made, "title")
            return
        self.new = NewQuestion(self._state.form.plain)
        self.new.asked.connect(self._add)
        self.new.left.connect(self.leave)
        self._stack.addWidget(self.new)
        self._stack.setCurrentWidget(self.new)
        self.begun.emit()
        self.new.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Back to the form; False where nothing was being added."""
        new, self.new = self.new, None
        if new is None:
            return False
        self._stack.setCurrentWidget(self._form)
        self._stack.removeWidget(new)
        new.deleteLater()
        return True

    def _section(self) -> str:
        """The section of the part shown, else the last."""
        part, one = self._form.at
        if part == "form":
            return str(self._state.form.plain["sections"][-1]["id"])
        return one if part == "section" else section_holding(self._state.form.plain, one)

    def _add(self) -> None:
        if self.new is None or not (text := self.new.wording()):
            return
        part, one = self._form.at
        after = one if part == "question" else ""
        command = AddQuestion(self._state.draft_id, self._section(), text, *self.new.chosen, after)
        made = self._state.act(add_question, command, "A question was added", "question/{}/added")
        if made:
            self.leave()
            self.added.emit("question", made, "guidance")


def _kinds(plain: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each scale with the kind of answer it serves, then answers of its own, then what takes no options."""
    kinds = {
        question["scale"]: question["type"]
        for section in plain["sections"]
        for question in section["questions"]
        if "scale" in question
    }
    scales = [(scale["id"], kinds.get(scale["id"], "choice"), scale.get("title", scale["id"]))
              for scale in plain.get("scales", ())]  # fmt: skip
    options = [(f"{kind}/{one}", f"{KINDS[kind]}: {title}") for one, kind, title in scales]
    options += [(f"{kind}/", f"{KINDS[kind]}, answers of its own") for kind in ("choice", "choices")]
    return options + [(f"{kind}/", KINDS[kind]) for kind in _PLAIN]
