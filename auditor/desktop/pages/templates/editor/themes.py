"""The themes of a template, by which its findings are told."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.models.draft_rows import questions
from auditor.desktop.pages.templates.editor.fields import TextField
from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import Label
from auditor.desktop.words import many
from auditor.services.draft_parts import AddTheme, add_theme


class Themes(QWidget):
    """Each theme with its title; one that no question serves can be taken away."""

    def __init__(self, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._at = ("form", str(state.form.plain["id"]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label("Themes of the findings", "label"))
        for theme in state.form.plain.get("themes", ()):
            column.addLayout(self._line(theme["id"], theme["title"]))
        self.new_title = LineEdit("Title of a new theme", hint="A new theme")
        self.add = Button("Add", "small", name="Add the theme")
        self.add.clicked.connect(self._add)
        self.new_title.returnPressed.connect(self._add)
        line = QHBoxLayout()
        line.setContentsMargins(4, 4, 4, 4)
        line.setSpacing(8)
        line.addWidget(self.new_title, 1)
        line.addWidget(self.add)
        column.addLayout(line)

    def _line(self, one: str, title: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        served = sum(1 for question in questions(self._state.form.plain) if one in question.get("themes", ()))
        field = TextField("title", f"{title} · {many(served, 'question')}", lambda _key, value: self._save(one, value))
        field.load(title)
        line.addWidget(field, 1)
        if not served:
            remove = Button("Remove", "small", name=f"Remove the theme {title}")
            remove.clicked.connect(lambda: self._remove(one, title))
            line.addWidget(remove)
        return line

    def _save(self, one: str, title: str) -> None:
        self._state.edit({f"theme/{one}/title": title}, f"Theme “{title}” changed", self._at)

    def _remove(self, one: str, title: str) -> None:
        self._state.edit({f"theme/{one}/removed": True}, f"Theme “{title}” removed", self._at, refill=True)

    def _add(self) -> None:
        command = AddTheme(self._state.draft_id, self.new_title.text())
        self._state.act(add_theme, command, f"Theme “{command.title.strip()}” added", "theme/{}/added", self._at)
