"""The form of one part of a draft: a question, a section, or the template as a whole."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.models.draft_rows import KINDS, find, number_of, section_holding, section_number
from auditor.desktop.pages.templates.editor.answers import Answers
from auditor.desktop.pages.templates.editor.fields import AnyField, ListField, TextField, TicksField, TruthField
from auditor.desktop.pages.templates.editor.state import DraftState
from auditor.desktop.pages.templates.editor.taken_by import TakenBy
from auditor.desktop.pages.templates.editor.themes import Themes
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label
from auditor.desktop.widgets.panel import Scrolled, clear

_WORDS = {"form": "Template", "section": "Section", "question": "Question"}
_WHO = (("auditor", "Auditors"), ("business_support", "Business support, or either auditor"))
_TIERS = (("core", "Core: asked in every variant with its section"), ("optional", "Optional"))
_COUNTS = (
    ("neutral", "Not counted in the findings"),
    ("positive", "Yes or met is good news"),
    ("negative", "Yes or met is bad news"),
)


class PartForm(Scrolled):
    """Shows one part and saves what is changed of it.

    `moved(step)` and `removed` ask for more than a value; `left` comes on Esc."""

    moved = Signal(int)
    removed = Signal()
    left = Signal()

    def __init__(self, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(margins=(20, 14, 20, 20), spacing=12, parent=parent)
        self._state = state
        self.part, self.id = "form", str(state.form.plain["id"])
        self.fields: dict[str, AnyField] = {}
        self.answers: Answers | None = None

    @property
    def at(self) -> tuple[str, str]:
        """The part shown."""
        return self.part, self.id

    def show_part(self, part: str, one: str) -> bool:
        """Show another part, or the same one anew; False where it is not there."""
        item = find(self._state.form.plain, part, one)
        if item is None:
            return False
        self.commit()
        self.part, self.id = part, one
        self.fields, self.answers = {}, None
        clear(self.body)
        self._head(item)
        {"form": self._form, "section": self._section, "question": self._question}[part](item)
        for field in self.fields.values():
            field.load(item.get(field.key, _DEFAULTS.get(field.key)))
        if part == "question":
            self.fields["section"].load(section_holding(self._state.form.plain, one))
        for text in self.findChildren(TextField):
            text.left.connect(self.left)
        return True

    def commit(self) -> None:
        """Save now what is being typed."""
        for field in self.fields.values():
            field.commit()
        if self.answers is not None:
            self.answers.commit()

    def focus_field(self, key: str = "") -> None:
        """Put the focus into a field, into the first where the form has no such."""
        if self.answers is not None and self.answers.focus_option(key):
            return
        field = self.fields.get(key) or next(iter(self.fields.values()))
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, key: str, value: Any) -> None:
        said = {"form": "The template", "section": f"Section {section_number(self.id)}"}
        words = f"{said.get(self.part) or number_of(self.id)} changed"
        self._state.edit({f"{self.part}/{self.id}/{key}": value}, words, self.at)

    def _head(self, item: Mapping[str, Any]) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        number = {"form": "", "section": section_number(self.id)}.get(self.part, number_of(self.id))
        line.addWidget(Label(f"{_WORDS[self.part]} {number}".strip(), "h2"))
        if self.part == "question":
            line.addWidget(Label(KINDS[item["type"]], "caption"))
        line.addStretch(1)
        if self.part == "question":
            for words, step in (("Move up", -1), ("Move down", 1)):
                button = Button(words, "small", name=f"{words}: question {number}")
                button.clicked.connect(lambda _on=False, by=step: self.moved.emit(by))
                line.addWidget(button)
        if self.part != "form":
            button = Button("Remove", "small", name=f"Remove {_WORDS[self.part].lower()} {number}")
            button.clicked.connect(self.removed)
            line.addWidget(button)
        self.body.addLayout(line)

    def _add(self, field: AnyField) -> None:
        self.fields[field.key] = field
        self.body.addWidget(field)

    def _text(self, key: str, label: str, *, hint: str = "", lines: int = 1, place: str = "") -> None:
        self._add(TextField(key, label, self._save, hint=hint, lines=lines, place=place))

    def _form(self, _item: Mapping[str, Any]) -> None:
        self._text("title", "Title")
        self._text("purpose", "What it is for", lines=2)
        self.body.addWidget(Themes(self._state))

    def _section(self, _item: Mapping[str, Any]) -> None:
        self._text("title", "Title")
        self._text("short", "Short title", hint="At most 26 characters, for narrow lists.")
        self._text("purpose", "What it asks", lines=2)
        self._text("applies_if", "For which cases, in words")
        self._text("when", "The same as a condition (CEL)", hint="Empty: for every case. Such as: given['S02.01']")
        self.body.addWidget(TakenBy(self._state, self.id))

    def _question(self, item: Mapping[str, Any]) -> None:
        plain = self._state.form.plain
        hint = "Reword only: the number keeps its meaning. To ask something else, add a question."
        self._text("text", "Wording", lines=2, hint=hint)
        self._text("guidance", "Guidance: what to weigh, and what good looks like", lines=2)
        place = "Supervision notes: date, the child's name, a decision with a date"
        self._text("evidence", "Look for: where in the file, and what should be there", lines=2, place=place)
        self.answers = Answers(self._state, self.id)
        self.body.addWidget(self.answers)
        self._text("short", "Short title", hint="For lists; the wording stands there without it.")
        sections = [(one["id"], f"{section_number(one['id'])}  {one['title']}") for one in plain["sections"]]
        self._add(ListField("section", "Section", sections, self._save, hint="In another one it keeps its number."))
        self._add(TicksField("themes", "Themes", _titles(plain, "themes"), self._save))
        self._add(ListField("completed_by", "Who answers it", _WHO, self._save))
        self._add(ListField("tier", "How much it is asked", _TIERS, self._save))
        if item["type"] == "choice":
            self._add(ListField("polarity", "How it counts", _COUNTS, self._save))
            rules = [
                ("", "Does not limit it"),
                *((rule["id"], rule["title"]) for rule in plain.get("limiting_rules", ())),
            ]
            self._add(ListField("limiting", "The overall grade", rules, self._save))
        self._add(TruthField("na_allowed", "N/A allowed", "with a reason", self._save))
        self._add(TruthField("immediate", "An immediate concern", "sign-off waits until it is raised", self._save))
        if plain.get("practice_areas"):
            areas = _titles(plain, "practice_areas")
            hint = "One or two; those of its section where none is ticked."
            self._add(TicksField("serves", "Practice areas", areas, self._save, most=2, hint=hint))
        self._text("relevant", "Asked only if (CEL)", hint="Empty: always. Such as: a['S01.01'] > 1")


_DEFAULTS = {"completed_by": "auditor", "tier": "core", "polarity": "neutral", "applies_if": "always"}


def _titles(plain: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    return [(item["id"], item["title"]) for item in plain.get(name, ())]
