"""The template that an XLSForm becomes, as it grows section by section; conditions follow when all ids are known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from auditor.domain.errors import Place
from auditor.domain.template_parts import LOOK_FOR
from auditor.templates.problems import Problem, problem
from auditor.templates.xlsform.answers import Asked, Words, codes_of, kind_of_answer, slug, spoken
from auditor.templates.xlsform.conditions import Untranslatable
from auditor.templates.xlsform.survey import Element, Survey
from auditor.templates.xlsform.translating import Translator
from auditor.templates.yaml_reader import KeyPath

LINE, PROSE, SHORT = 200, 4_000, 26

_TRUE = ("yes", "true", "true()", "1")
_NOT_CARRIED = {"default": "default", "media": "media", "trigger": "trigger"}

Plain = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A question or note, and the conditions of the groups around it that are no sections."""

    element: Element
    around: tuple[str, ...] = ()


class Building:
    """The plain form of a template on its way, with the place of every part and all there is to tell."""

    def __init__(self, survey: Survey) -> None:
        self.words = Words(survey.form)
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []
        self._survey = survey
        self._asked: dict[str, Asked] = {}
        self._scales: dict[str, str] = {}
        self._shorts: set[str] = set()
        self._conditions: list[tuple[Plain, Element, tuple[str, ...], tuple[str, ...]]] = []
        self._uses = Counter(_lists(survey.form))
        title = self.words.of(survey.form.get("title")) or survey.form["name"]
        own_id = slug(str(survey.form.get("id_string") or title), set(), "form").replace("_", "-")
        self.plain: Plain = {
            "format": "1",
            "id": own_id,
            "title": _cut(title, LINE),
            "version": _cut(str(survey.form.get("version") or "1"), 64),
            "overall": "none",
            "scales": [],
            "sections": [],
            "consistency": [],
            "variants": [{"id": f"{own_id}-all", "title": _cut(title, LINE), "select": {}}],
        }
        if left_out := ", ".join(self.words.left_out):
            kept = "what has no language" if self.words.language == "default" else self.words.language
            message = f"Of the languages only {kept} is carried, not {left_out}."
            self.tell("xlsform-language", {}, message, "Import the form once more for each language it is needed in.")

    def tell(self, code: str, element: Element, message: str, remedy: str) -> None:
        """Note what was changed or left out."""
        self.problems.append(problem(code, self._survey.place(element), message, remedy))

    def section(self, title: str, group: Element, items: Sequence[Item]) -> None:
        """Add a section, unless nothing in it can be asked."""
        title = spoken(title or ("More questions" if self.plain["sections"] else "Questions"))[0]
        at = len(self.plain["sections"])
        section: Plain = {"id": f"S{at + 1:02d}", "title": _cut(title, LINE), "short": self._short(title)}
        notes = [self._text(item.element) for item in items if kind_of_answer(item.element) == "note"]
        section["purpose"] = _cut("\n".join(filter(None, notes)) or f"Questions of “{title}”.", PROSE)
        questions: list[Plain] = section.setdefault("questions", [])
        for item in items:
            self._question(section["id"], questions, item, ("sections", at, "questions", len(questions)))
        if not questions:
            return
        if relevant := group.get("bind", {}).get("relevant"):
            section["applies_if"] = _cut(f"the condition of the form holds: {relevant}", PROSE)
            self._conditions.append((section, group, (str(relevant),), ()))
        self.places["sections", at] = self._survey.place(group or items[0].element)
        self.plain["sections"].append(section)

    def finish(self) -> None:
        """Translate every condition, now that each name has its id, and drop what stayed empty."""
        translator = Translator(self._asked)
        for plain, element, texts, constraint in self._conditions:
            self._condition(translator, plain, element, texts)
            if constraint:
                self._constraint(translator, plain, element, constraint[0])
        for key in ("scales", "consistency"):
            if not self.plain[key]:
                del self.plain[key]

    def _question(self, section: str, questions: list[Plain], item: Item, path: KeyPath) -> None:
        element, kind = item.element, kind_of_answer(item.element)
        if kind in ("note", "calculate", "metadata", ""):
            self._leave_out(element, kind)
            return
        name, bind = str(element["name"]), element.get("bind", {})
        if kind == "count" and "-" in str(bind.get("constraint", "")):
            kind = "number"  # a count is never below nought, and this constraint speaks of less or of a difference
        question: Plain = {
            "id": f"{section}.{len(questions) + 1:02d}",
            "text": self._text(element) or name,
            "type": kind,
        }
        codes = self._options(question, element, path)
        required = str(bind.get("required", "")).strip().lower()
        if required not in _TRUE:
            question["na_allowed"] = "true"
        guidance = "\n".join(filter(None, (self.words.only(element.get(key)) for key in ("hint", "guidance_hint"))))
        hints = dict(zip(("guidance", "evidence"), _looks(spoken(guidance)[0]), strict=True))
        question |= {key: _cut(text, PROSE) for key, text in hints.items() if text}
        question["source_name"] = _cut(name, LINE)
        self._tell_of(element, required)
        self.places[path] = self._survey.place(element)
        self._asked.setdefault(name, Asked(question["id"], kind, codes))
        relevant = (*item.around, *filter(None, (str(bind.get("relevant", "")),)))
        constraint = tuple(filter(None, (str(bind.get("constraint", "")),)))
        if relevant or constraint:
            self._conditions.append((question, element, relevant, constraint))
        questions.append(question)

    def _leave_out(self, element: Element, kind: str) -> None:
        name = element.get("name", "")
        if kind == "calculate":
            remedy = "Write it as an indicator or a rule of the template."
            self.tell("xlsform-not-carried", element, f"The calculation {name} is not carried.", remedy)
        elif kind == "metadata":
            remedy = "Nothing to do: the program records when and by whom an answer was given."
            self.tell("xlsform-not-carried", element, f"{name} ({element['type']}) is not carried.", remedy)
        elif not kind:
            select = str(element["type"]).startswith("select")
            why = "its options are not in this workbook" if select else f"a template does not ask for {element['type']}"
            message = f"The question {name} is left out: {why}."
            self.tell("xlsform-question-type", element, message, "Ask for it in words, or do without it.")

    def _options(self, question: Plain, element: Element, path: KeyPath) -> dict[str, str]:
        """Give the question its scale or options; the codes by the names they had."""
        if question["type"] not in ("choice", "choices"):
            return {}
        choices = element.get("choices") or ({"name": "OK", "label": "OK"},)
        listed = str(element.get("list_name") or "")
        codes = codes_of(choices)
        if len(codes) < len(choices) or any(old != new for old, new in codes.items()):
            message = f"Names in the list {listed} that are written twice or are no codes were changed or dropped."
            self.tell("xlsform-code-changed", element, message, "Compare the options with those of the form.")
        if self._uses[listed] > 1:
            if listed not in self._scales:
                self._scales[listed] = slug(listed, set(self._scales.values()), "list")
                at = ("scales", len(self.plain["scales"]))
                options = self._coded(choices, codes, listed, (*at, "options"))
                self.plain["scales"].append(
                    {"id": self._scales[listed], "title": _cut(listed, LINE), "options": options}
                )
            question["scale"] = self._scales[listed]
        else:
            question["options"] = self._coded(choices, codes, listed, (*path, "options"))
        return codes

    def _coded(self, choices: Sequence[Element], codes: Mapping[str, str], listed: str, path: KeyPath) -> list[Plain]:
        options: dict[str, Plain] = {}
        for choice in choices:
            name = str(choice["name"])
            if name not in options:
                if (listed, name) in self._survey.choices:
                    self.places[*path, len(options)] = self._survey.choices[listed, name]
                label = spoken(self.words.of(choice.get("label")))[0]
                options[name] = {"code": codes[name], "label": _cut(label or name, LINE)}
        return list(options.values())

    def _tell_of(self, element: Element, required: str) -> None:
        name = element["name"]
        if "choice_filter" in element:
            message = f"The filter of the choices of {name} is not carried; all its options are offered."
            self.tell("xlsform-choice-filter", element, message, "Write a question with its own options for each case.")
        if required not in (*_TRUE, "", "no", "false", "false()", "0"):
            message = f"When {name} is required hangs on a condition, which is not carried."
            self.tell("xlsform-condition", element, message, "Write a consistency rule.")
        bind = element.get("bind", {})
        left = [word for key, word in _NOT_CARRIED.items() if element.get(key)]
        left += [word for key, word in (("calculate", "calculation"), ("readonly", "read_only")) if bind.get(key)]
        if left:
            self.tell("xlsform-not-carried", element, f"Not carried of {name}: {', '.join(left)}.", "Nothing to do.")
        if spoken(self.words.of(element.get("label")))[1]:
            message = f"The wording of {name} takes up another answer; it now says that answer's name in brackets."
            self.tell("xlsform-not-carried", element, message, "Write it so that it fits every answer.")

    def _condition(self, translator: Translator, plain: Plain, element: Element, texts: tuple[str, ...]) -> None:
        if not texts:
            return
        key = "when" if "questions" in plain else "relevant"
        try:
            cel = translator.cel(texts)
            if key == "when" and f"'{plain['id']}." in cel:
                raise Untranslatable("It looks at a question of its own group.")
            plain[key] = cel
        except Untranslatable as error:
            written = " and ".join(texts)
            self._not_translated(element, "Asked only if", error)
            if key == "relevant":
                plain["guidance"] = _cut("\n".join((*_kept(plain), f"Asked only if: {written}")), PROSE)

    def _constraint(self, translator: Translator, question: Plain, element: Element, constraint: str) -> None:
        bind, rules = element["bind"], self.plain["consistency"]
        message = self.words.of(bind.get("jr:constraintMsg"))
        try:
            rules.append(
                {
                    "id": f"XC{len(rules) + 1:02d}",
                    "title": _cut(f"{question['id']} {question['text']}".replace("\n", " "), LINE),
                    "severity": "error",
                    "when": translator.broken(constraint, str(element["name"])),
                    "message": _cut(
                        spoken(message)[0] or f"The answer breaks the rule of the form: {constraint}", PROSE
                    ),
                    "source": _cut(f"Constraint of the imported form, as written: {constraint}", PROSE),
                    "verified": "false",
                    "confidence": "R",
                }
            )
        except Untranslatable as error:
            self._not_translated(element, "Allowed", error)
            question["guidance"] = _cut("\n".join((*_kept(question), f"Allowed: {message or constraint}")), PROSE)

    def _not_translated(self, element: Element, kept: str, error: Untranslatable) -> None:
        message = f"A condition of {element.get('name', '')} is kept as words ({kept}: ...). {error.args[0]}"
        self.tell("xlsform-condition", element, message, error.remedy)

    def _text(self, element: Element) -> str:
        return _cut(spoken(self.words.of(element.get("label")))[0], PROSE)

    def _short(self, title: str) -> str:
        words = " ".join(title.split())
        tails = chain(("",), (f" ({n})" for n in count(2)))
        short = next(one for tail in tails if (one := _cut(words, SHORT - len(tail)) + tail) not in self._shorts)
        self._shorts.add(short)
        return short


def _looks(hint: str) -> tuple[str, str]:
    """A hint apart: what to weigh, and what to look for, which stands on a line of its own."""
    lines = hint.splitlines()
    looks = [line for line in lines if line.startswith(LOOK_FOR)]
    rest = "\n".join(line for line in lines if line not in looks)
    return (rest, " ".join(line.removeprefix(LOOK_FOR) for line in looks)) if looks else (hint, "")


def _kept(plain: Plain) -> tuple[str, ...]:
    return (plain["guidance"],) if "guidance" in plain else ()


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _lists(element: Element) -> list[str]:
    inner = [name for child in element.get("children", ()) for name in _lists(child)]
    asked = element["type"] not in ("survey", "group", "repeat", "loop") and kind_of_answer(element).startswith(
        "choice"
    )
    return [*inner, str(element.get("list_name") or "")] if asked and element.get("list_name") else inner
