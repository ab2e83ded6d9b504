"""The changes a person makes to a form, one value each: which there can be, and the form they give.

A change goes by its key: `question/S01.02/text`, `option/met/partly/label`, `section/S01/order`. Changes do not depend
on the order they were made in, so that any of them can be taken back.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import Any, get_args

from auditor.domain.errors import BadInput, Missing
from auditor.templates.schema import Kind, Stands, Tiers, Who

Plain = dict[str, Any]

ADDED, REMOVED, ORDER, SELECTION = "added", "removed", "order", "selection"
OWN_OPTIONS, SECTION = "own_options", "section"
POLARITIES = ("positive", "negative", "neutral")


class Value(Enum):
    """What kind of value a change gives."""

    TEXT = str
    TRUTH = bool
    WORDS = list
    ITEM = dict


_TEXTS = {
    "form": ("title", "purpose"),
    "section": ("title", "short", "purpose", "applies_if", "when"),
    "question": ("text", "short", "guidance", "evidence", "relevant", "limiting", "tier", "completed_by", "polarity"),
    "option": ("label", "descriptor"),
    "theme": ("title",),
}
_OTHERS = {
    "question": {
        **{"themes": Value.WORDS, "serves": Value.WORDS, "na_allowed": Value.TRUTH, "immediate": Value.TRUTH},
        **{OWN_OPTIONS: Value.ITEM, SECTION: Value.TEXT},
    },
    "section": {ORDER: Value.WORDS},
    "variant": {SELECTION: Value.ITEM, REMOVED: Value.TRUTH},
    "timescales": {REMOVED: Value.TRUTH},
    "consistency": {REMOVED: Value.TRUTH},
    "indicators": {REMOVED: Value.TRUTH},
}
_GROWS = {ADDED: Value.ITEM, REMOVED: Value.TRUTH}
FIELDS: Mapping[str, Mapping[str, Value]] = {
    part: dict.fromkeys(_TEXTS.get(part, ()), Value.TEXT)
    | _OTHERS.get(part, {})
    | (_GROWS if part in ("section", "question", "option", "theme") else {})
    for part in (*_TEXTS, *(part for part in _OTHERS if part not in _TEXTS))
}
"""What can be changed, by the kind of part and the field."""
WORDS_OF: Mapping[str, tuple[str, ...]] = {
    "tier": get_args(Tiers),
    "completed_by": get_args(Who),
    "polarity": POLARITIES,
    "type": get_args(Kind),
    "stands_for": get_args(Stands),
}
"""The words a field can hold, where they are few."""
_DEFAULTS = {"tier": "core", "completed_by": "auditor", "polarity": "neutral", "applies_if": "always"}
_REQUIRED = {
    ("form", "title"), ("section", "title"), ("section", "short"), ("section", "purpose"),
    ("question", "text"), ("option", "label"), ("theme", "title"),
}  # fmt: skip
_RULES = ("timescales", "consistency", "indicators")
_LISTS = {"section": "sections", "theme": "themes", "variant": "variants"} | {name: name for name in _RULES}


@dataclass(frozen=True, slots=True, order=True)
class EditKey:
    """Which value is changed. The id of an option is that of its scale or question, a stroke and its code."""

    part: str
    id: str
    field: str

    def __str__(self) -> str:
        return f"{self.part}/{self.id}/{self.field}"

    @classmethod
    def parse(cls, text: str) -> "EditKey":
        """The key as it is written; raises `BadInput` (edit-unknown) where nothing of that kind can be changed."""
        part, _, rest = text.partition("/")
        one, _, field = rest.rpartition("/")
        if not one or field not in FIELDS.get(part, {}):
            raise BadInput("edit-unknown", "Cannot be changed", "A draft has nothing of that kind to change.",
                           "Change wording, options, guidance, themes, sections or variants.")  # fmt: skip
        return cls(part, one, field)


@dataclass(frozen=True, slots=True)
class Edited:
    """A form with the changes on it, and the keys of those that found nothing to change."""

    plain: Plain
    lost: tuple[str, ...]


def edited(base: Mapping[str, Any], edits: Mapping[str, Any]) -> Edited:
    """The form that the changes make of `base`; a change of None is none."""
    form = _Parts(deepcopy(dict(base)))
    keys = sorted(EditKey.parse(text) for text, value in edits.items() if value is not None)
    steps = (
        ([key for key in keys if key.field == ADDED and key.part in ("section", "theme")], form.add),
        ([key for key in keys if key.field == ADDED and key.part == "question"], form.add),
        ([key for key in keys if key.field == OWN_OPTIONS], form.own_options),
        ([key for key in keys if key.field == ADDED and key.part == "option"], form.add_option),
        ([key for key in keys if key.field in FIELDS[key.part] and key.field not in _SHAPE], form.put),
        ([key for key in keys if key.field == SELECTION], form.select),
        ([key for key in keys if key.field == SECTION], form.move),
        ([key for key in keys if key.field == ORDER], form.order),
        ([key for key in keys if key.field == REMOVED and edits[str(key)]], form.remove),
    )
    lost = [str(key) for some, step in steps for key in some if not step(key, edits[str(key)])]
    return Edited(form.plain, tuple(lost))


_SHAPE = {ADDED, REMOVED, ORDER, SELECTION, OWN_OPTIONS, SECTION}


def checked(key: EditKey, value: Any) -> None:
    """Raise `BadInput` (edit-value) unless the value can stand there. What it says is judged by the checks."""
    kind = FIELDS[key.part][key.field]
    fits = isinstance(value, kind.value) and (kind is not Value.WORDS or all(isinstance(one, str) for one in value))
    known = WORDS_OF.get(key.field)
    if not fits or (known and value not in known):
        raise BadInput("edit-value", "Cannot stand there", f"{key.field} cannot hold that.", "Choose another value.")


def value_at(plain: Mapping[str, Any], key: EditKey) -> Any:
    """What a form has in that place, its default where nothing is written; raises `Missing` where there is no such
    part."""
    found = _Parts(dict(plain)).items.get((key.part, key.id))
    if found is None:
        raise Missing("no-such-part", "Not in this draft", "There is no such part in the draft.", "Look at it again.")
    blank = {Value.TEXT: "", Value.TRUTH: False, Value.WORDS: [], Value.ITEM: None}[FIELDS[key.part][key.field]]
    if key.field == ORDER:
        return [question["id"] for question in found[1]["questions"]]
    if key.field == SECTION:
        return section_of(plain, key.id)
    if key.field == SELECTION:
        return {name: value for name, value in found[1].items() if name != "id"}
    return found[1].get(key.field, _DEFAULTS.get(key.field, blank))


def section_of(plain: Mapping[str, Any], question: str) -> str:
    """The id of the section a question stands in, which its own id need not name any more; "" where it is gone."""
    here = (
        section["id"] for section in plain["sections"] if any(one["id"] == question for one in section["questions"])
    )
    return str(next(here, ""))


class _Parts:
    """The parts of a form that can be changed, each with the list it stands in."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.items: dict[tuple[str, str], tuple[list[Plain], Plain]] = {}
        self._note("form", [plain])
        for part, name in _LISTS.items():
            self._note(part, plain.get(name, []))
        for section in plain.get("sections", []):
            self._note("question", section["questions"])
        for owner in (*plain.get("scales", []), *self._questions()):
            self._note_options(owner)

    def add(self, key: EditKey, value: Plain) -> bool:
        """Put a new section, question or theme behind the one it names with `after`, else at the end."""
        item = {name: each for name, each in value.items() if name not in ("after", "section")} | {"id": key.id}
        if key.part == "question":
            section = self.items.get(("section", str(value.get("section"))))
            if section is None:
                return False
            into = section[1]["questions"]
        else:
            into = self.plain.setdefault(_LISTS[key.part], [])
            if key.part == "section":
                item = {**item, "questions": []}
        after = next((at for at, each in enumerate(into, 1) if each["id"] == value.get("after")), len(into))
        into.insert(after, deepcopy(item))
        self.items[key.part, key.id] = (into, into[after])
        self._note_options(into[after])
        return True

    def add_option(self, key: EditKey, value: Plain) -> bool:
        """Put a new option at the end of its scale or question."""
        owner, _, code = key.id.rpartition("/")
        into = next((one[1].get("options") for part in ("scale", "question")
                     if (one := self.items.get((part, owner)))), None)  # fmt: skip
        if into is None:
            return False
        into.append({"code": code, **value})
        self.items[key.part, key.id] = (into, into[-1])
        return True

    def put(self, key: EditKey, value: Any) -> bool:
        """Give a field its value; what is empty is left out, as if it had never been written."""
        found = self.items.get((key.part, key.id))
        if found is None:
            return False
        if value in ("", [], False) and (key.part, key.field) not in _REQUIRED:
            found[1].pop(key.field, None)
        else:
            found[1][key.field] = deepcopy(value)
        return True

    def own_options(self, key: EditKey, value: Plain) -> bool:
        """Give a question these answers in the place of those of its scale."""
        found = self.items.get((key.part, key.id))
        if found is None or "scale" not in found[1]:
            return False
        del found[1]["scale"]
        found[1]["options"] = deepcopy(value["options"])
        self._note_options(found[1])
        return True

    def move(self, key: EditKey, value: str) -> bool:
        """Put a question at the end of another section. It keeps its id, and says where that is from."""
        found, target = self.items.get((key.part, key.id)), self.items.get(("section", value))
        if found is None or target is None:
            return False
        found[0][:] = [one for one in found[0] if one is not found[1]]
        into, first = target[1]["questions"], key.id.partition(".")[0]
        found[1].pop("moved_from", None)
        if first != value:
            found[1]["moved_from"] = first
        into.append(found[1])
        self.items[key.part, key.id] = (into, found[1])
        return True

    def select(self, key: EditKey, value: Plain) -> bool:
        """Put a built variant in the place of the one of its id, or at the end."""
        item, found = {**deepcopy(value), "id": key.id}, self.items.get((key.part, key.id))
        into: list[Plain] = self.plain.setdefault("variants", [])
        at = next((at for at, one in enumerate(into) if found and one is found[1]), len(into))
        into[at : at + 1] = [item]
        self.items[key.part, key.id] = (into, item)
        return True

    def order(self, key: EditKey, value: list[str]) -> bool:
        """Put the questions of a section in this order; one it does not name stays behind the one before it."""
        found = self.items.get((key.part, key.id))
        if found is None:
            return False
        places, last = {one: at for at, one in enumerate(value)}, -1
        ranks: dict[str, int] = {}
        for question in found[1]["questions"]:
            last = ranks[question["id"]] = places.get(question["id"], last)
        found[1]["questions"].sort(key=lambda question: ranks[question["id"]])
        return True

    def remove(self, key: EditKey, _value: bool) -> bool:
        """Take a part away, out of the selections of the variants too."""
        found = self.items.pop((key.part, key.id), None)
        if found is None:
            return False
        found[0][:] = [one for one in found[0] if one is not found[1]]
        if key.part in _SELECTED:
            for variant in self.plain.get("variants", []):
                _no_longer(variant["select"], _SELECTED[key.part], key.id)
        return True

    def _questions(self) -> Iterable[Plain]:
        return (question for section in self.plain.get("sections", []) for question in section["questions"])

    def _note(self, part: str, items: list[Plain]) -> None:
        self.items |= {(part, str(item["id"])): (items, item) for item in items}

    def _note_options(self, owner: Plain) -> None:
        if "questions" in owner or "select" in owner or "options" not in owner:
            return
        if "type" not in owner:
            self.items["scale", owner["id"]] = ([], owner)
        options = owner["options"]
        self.items |= {("option", f"{owner['id']}/{item['code']}"): (options, item) for item in options}


_SELECTED = {"section": ("sections", "always"), "question": ("take", "leave")}


def _no_longer(select: Plain, names: tuple[str, ...], one: str) -> None:
    """A selection that would be left empty keeps its word, for empty means everything: the checks speak of it."""
    for name in names:
        left = [each for each in select.get(name, []) if each != one]
        if left:
            select[name] = left
        elif name in select and name != "sections":
            del select[name]
