"""Adding to a draft, taking away from it and changing its order. What is added gets an id no version ever had."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.domain.canonical import Json
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Missing
from auditor.domain.roles import Person
from auditor.services.template_drafts import EditDraft, draft_form, edit_draft, open_draft, used_ids
from auditor.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddQuestion:
    """A new question in a section, behind the one named by `after`; `scale` names the scale its answers come from."""

    draft_id: str
    section: str
    text: str
    type: str
    scale: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class AddSection:
    """A new section behind the one named by `after`."""

    draft_id: str
    title: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class AddOption:
    """A new answer for a scale, or for a question with answers of its own."""

    draft_id: str
    owner: str
    label: str
    stands_for: str = "none"


@dataclass(frozen=True, slots=True)
class AddTheme:
    """A new theme."""

    draft_id: str
    title: str


@dataclass(frozen=True, slots=True)
class OwnOptions:
    """Give a question answers of its own in the place of its scale's; they begin as those of the scale."""

    draft_id: str
    question: str


@dataclass(frozen=True, slots=True)
class ToSection:
    """Move a question to the end of another section. It keeps its number, and so its answers."""

    draft_id: str
    question: str
    section: str


@dataclass(frozen=True, slots=True)
class BuildVariant:
    """A variant as it was built: id, title and selection, with what else a variant can say. A variant of that id in the
    master is replaced. Without an id it gets one of its own."""

    draft_id: str
    variant: Mapping[str, Any]


def add_question(command: AddQuestion, actor: Person, unit: UnitOfWork) -> Changes:
    """Add a question; `made` is its id."""
    from auditor.templates.edits import WORDS_OF
    from auditor.templates.new_ids import next_question

    text = _needed(command.text)
    if command.type not in WORDS_OF["type"]:
        raise BadInput("edit-value", "No such kind", "There is no such kind of question.", "Choose one of the list.")
    one = next_question(command.section, _used(command.draft_id, actor, unit))
    item: dict[str, Json] = {"section": command.section, "after": command.after, "text": text, "type": command.type}
    if command.scale:
        item["scale"] = command.scale
    elif command.type in ("choice", "choices", "grade"):
        item["options"] = []
    return _add("question", one, item, command.draft_id, f"Question {one} added", actor, unit)


def add_section(command: AddSection, actor: Person, unit: UnitOfWork) -> Changes:
    """Add a section without questions; `made` is its id."""
    from auditor.templates.new_ids import next_section

    title = _needed(command.title)
    one = next_section(_used(command.draft_id, actor, unit))
    item: dict[str, Json] = {"title": title, "short": title[:26].strip(), "purpose": title, "after": command.after}
    return _add("section", one, item, command.draft_id, f"Section {one} added", actor, unit)


def add_option(command: AddOption, actor: Person, unit: UnitOfWork) -> Changes:
    """Add an answer under a code never used there; `made` is its id, the owner's id and the code."""
    from auditor.templates.new_ids import word_for

    label = _needed(command.label)
    code = word_for(label, _used(command.draft_id, actor, unit), command.owner)
    item: dict[str, Json] = {"label": label}
    if command.stands_for != "none":
        item["stands_for"] = command.stands_for
    one = f"{command.owner}/{code}"
    return _add("option", one, item, command.draft_id, f"Answer “{label}” added", actor, unit)


def add_theme(command: AddTheme, actor: Person, unit: UnitOfWork) -> Changes:
    """Add a theme; `made` is its id."""
    from auditor.templates.new_ids import word_for

    title = _needed(command.title)
    one = word_for(title, _used(command.draft_id, actor, unit))
    return _add("theme", one, {"title": title}, command.draft_id, f"Theme “{title}” added", actor, unit)


def build_variant(command: BuildVariant, actor: Person, unit: UnitOfWork) -> Changes:
    """Put a built variant into the draft; `made` is its id."""
    from auditor.templates.new_ids import word_for

    variant = {name: value for name, value in command.variant.items() if name != "id"}
    title = _needed(str(variant.get("title", "")))
    if not isinstance(variant.get("select"), Mapping):
        raise BadInput("edit-value", "Nothing selected", "A variant selects something.", "Tick what it takes.")
    one = str(command.variant.get("id", ""))
    one = one or word_for(title, _used(command.draft_id, actor, unit)).replace("_", "-")
    edit = EditDraft(command.draft_id, {f"variant/{one}/selection": variant}, f"Variant “{title}” kept in the draft")
    return edit_draft(edit, actor, unit) | Changes(made=one)


def own_options(command: OwnOptions, actor: Person, unit: UnitOfWork) -> Changes:
    """Part a question from its scale; `made` is its id. Other questions of the scale stay as they are."""
    plain = draft_form(command.draft_id, actor, unit).plain
    question = _question(plain, command.question)
    scale = next((one for one in plain.get("scales", ()) if one["id"] == question.get("scale")), None)
    if scale is None or question["type"] not in ("choice", "choices"):
        message = "The question takes its answers from no shared scale, or is a grade."
        raise BadInput("no-shared-scale", "No shared scale", message, "Change its answers as they are.")
    options: list[Json] = [dict(option) for option in scale["options"]]
    values: dict[str, Json] = {f"question/{command.question}/own_options": {"options": options}}
    edit = EditDraft(command.draft_id, values, f"{command.question} has answers of its own")
    return edit_draft(edit, actor, unit) | Changes(made=command.question)


def move_to_section(command: ToSection, actor: Person, unit: UnitOfWork) -> Changes:
    """Move a question to another section, at its end."""
    _question(draft_form(command.draft_id, actor, unit).plain, command.question)
    values: dict[str, Json] = {f"question/{command.question}/section": command.section}
    edit = EditDraft(command.draft_id, values, f"{command.question} stands in section {command.section} now")
    return edit_draft(edit, actor, unit)


def question_order(plain: Mapping[str, Any], section: str) -> list[str]:
    """The ids of a section's questions, in order."""
    return [question["id"] for one in plain["sections"] if one["id"] == section for question in one["questions"]]


def _question(plain: Mapping[str, Any], one: str) -> Mapping[str, Any]:
    for section in plain["sections"]:
        for question in section["questions"]:
            if question["id"] == one:
                return dict(question)
    raise Missing("no-such-part", "Not in this draft", "There is no such question.", "Look at the draft again.")


def _add(
    part: str, one: str, item: Mapping[str, Json], draft_id: str, said: str, actor: Person, unit: UnitOfWork
) -> Changes:
    return edit_draft(EditDraft(draft_id, {f"{part}/{one}/added": dict(item)}, said), actor, unit) | Changes(made=one)


def _used(draft_id: str, actor: Person, unit: UnitOfWork) -> set[str]:
    return used_ids(open_draft(draft_id, actor, unit), unit)


def _needed(text: str) -> str:
    if not text.strip():
        raise BadInput("words-needed", "Words needed", "It needs words.", "Write what people will read.")
    return text.strip()
