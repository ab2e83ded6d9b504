"""The answers of a question: their labels, what good looks like at each, and answers added or taken away."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.models.draft_rows import find, questions, scale_of
from auditor.desktop.pages.templates.editor.fields import TextField
from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import Combo, LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.words import many
from auditor.services.draft_parts import AddOption, OwnOptions, add_option, own_options

STANDS_FOR = (
    ("none", "Stands for nothing counted"),
    ("met", "Stands for met"),
    ("partly", "Stands for partly met"),
    ("not_met", "Stands for not met"),
    ("not_evidenced", "Stands for not evidenced"),
    ("yes", "Stands for yes"),
    ("no", "Stands for no"),
)
_LARGE = 150
WITH_ANSWERS = ("choice", "choices", "grade")


class Answers(QWidget):
    """The answers to one question, from its scale or its own. Where it takes none, nothing is shown."""

    def __init__(self, state: DraftState, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._question = state, question
        self._texts: list[TextField] = []
        self._by_code: dict[str, TextField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        plain = state.form.plain
        item = find(plain, "question", question)
        assert item is not None
        scale = scale_of(plain, item)
        self.owner = str((scale or item)["id"])
        self.setVisible(item["type"] in WITH_ANSWERS)
        if item["type"] not in WITH_ANSWERS:
            return
        self._column.addWidget(Label("Answers", "label"))
        if scale is not None:
            users = sum(1 for each in questions(plain) if each.get("scale") == scale["id"])
            shared = f"The scale “{scale.get('title', scale['id'])}” serves {many(users, 'question')}: "
            words = shared + ("what is changed here changes for all of them." if users > 1 else "only this one.")
            self._column.addWidget(WrapLabel(words, "caption"))
            if item["type"] != "grade":
                self.part = Button("Answers of its own", "small", name="Give this question answers of its own")
                self.part.clicked.connect(self._part_from_scale)
                self._column.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        for option in (scale or item).get("options", ()):
            self._column.addWidget(self._panel(option))
        self._column.addLayout(self._adding())

    def commit(self) -> None:
        """Save now what is being typed."""
        for field in self._texts:
            field.commit()

    def focus_option(self, code: str) -> bool:
        """Put the focus on an answer; False where there is no such."""
        field = self._by_code.get(code)
        if field is not None:
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return field is not None

    def _panel(self, option: Mapping[str, Any]) -> Panel:
        panel, code = Panel(c="well", margins=(10, 8, 10, 8), spacing=6), str(option["code"])
        head = QHBoxLayout()
        stands = dict(STANDS_FOR)[str(option.get("stands_for", "none"))].lower()
        head.addWidget(WrapLabel(f"Kept as “{code}” · {stands}", "caption"), 1)
        remove = Button("Remove", "small", name=f"Remove the answer {option['label']}")
        remove.clicked.connect(lambda: self._remove(code))
        head.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        label = self._field(code, "label", "Label", option)
        panel.body.addLayout(head)
        # Beside one another where the text is not so large that both would be narrow.
        large = theme().scale >= _LARGE
        line = QBoxLayout(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        line.setSpacing(8)
        line.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(
            self._field(code, "descriptor", "What good looks like here", option), 2, Qt.AlignmentFlag.AlignTop
        )
        panel.body.addLayout(line)
        self._by_code[f"{self.owner}/{code}"] = label
        return panel

    def _field(self, code: str, key: str, label: str, option: Mapping[str, Any]) -> TextField:
        field = TextField(key, label, lambda name, value: self._save(code, name, value))
        field.text.setAccessibleName(f"{label}, answer {option['label']}")
        field.load(option.get(key))
        self._texts.append(field)
        return field

    def _adding(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(4, 0, 4, 4)
        line.setSpacing(8)
        self.new_label = LineEdit("Label of a new answer", hint="A new answer")
        self.new_stands = Combo("What a new answer stands for", STANDS_FOR)
        self.new_stands.fill_room()
        self.add = Button("Add", "small", name="Add the answer")
        self.add.clicked.connect(self._add)
        self.new_label.returnPressed.connect(self._add)
        line.addWidget(self.new_label, 1)
        line.addWidget(self.new_stands, 1)
        line.addWidget(self.add)
        return line

    def _save(self, code: str, key: str, value: Any) -> None:
        values = {f"option/{self.owner}/{code}/{key}": value}
        self._state.edit(values, f"Answer “{code}” changed", ("question", self._question))

    def _remove(self, code: str) -> None:
        values = {f"option/{self.owner}/{code}/removed": True}
        self._state.edit(values, f"Answer “{code}” removed", ("question", self._question), refill=True)

    def _part_from_scale(self) -> None:
        command = OwnOptions(self._state.draft_id, self._question)
        said = "The question has answers of its own"
        self._state.act(own_options, command, said, "question/{}/own_options", ("question", self._question))

    def _add(self) -> None:
        command = AddOption(self._state.draft_id, self.owner, self.new_label.text(), self.new_stands.value)
        said = f"Answer “{command.label.strip()}” added"
        self._state.act(add_option, command, said, "option/{}/added", ("question", self._question))
