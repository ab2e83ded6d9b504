"""A template file whose shape is right, on its way through the checks: its form and the line of each part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from auditor.domain.errors import Place
from auditor.templates.problems import Problem, TemplateProblems, did_you_mean, problem
from auditor.templates.schema import MasterForm, QuestionForm
from auditor.templates.schema_words import Form
from auditor.templates.yaml_reader import Document, KeyPath

Shape = TypeVar("Shape", bound=Form)


@dataclass(frozen=True)
class Draft:
    """The form with its places. Checks read it and yield problems; nothing changes it."""

    form: MasterForm
    document: Document

    def place(self, *path: str | int) -> Place:
        """Where the value at that path stands, or the nearest part around it that is written."""
        return self.document.place(*path)

    def questions(self) -> Iterator[tuple[KeyPath, QuestionForm]]:
        """Every question with its path, in the order of the form."""
        for s, section in enumerate(self.form.sections):
            for q, question in enumerate(section.questions):
                yield ("sections", s, "questions", q), question

    @cached_property
    def by_id(self) -> Mapping[str, QuestionForm]:
        """Questions by id; the first of that id counts."""
        return {question.id: question for _, question in reversed(list(self.questions()))}


def draft_of(document: Document) -> Draft:
    """The draft of a document; raises `TemplateProblems` where its shape is wrong."""
    return Draft(shaped(document, MasterForm), document)


def shaped(document: Document, model: type[Shape]) -> Shape:
    """What the document says in the shape of that model; raises `TemplateProblems` where it has another."""
    try:
        return model.model_validate(document.plain)
    except ValidationError as error:
        problems = [_problem(document, item, model) for item in error.errors(include_url=False)]
        raise TemplateProblems(problems) from None


def _problem(document: Document, error: ErrorDetails, model: type[BaseModel]) -> Problem:
    path = error["loc"]
    place = document.place(*path)
    name = next((part for part in reversed(path) if isinstance(part, str)), "This")
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            remedy = did_you_mean(name, _keys_at(path[:-1], model), "See forms/README.md for the keys that stand here.")
            return problem("key-unknown", place, f"The key {name} is not known here.", remedy)
        case "missing":
            return problem("key-missing", place, f"The key {name} is missing.", "Add it.")
        case "literal_error":
            allowed = str(context["expected"])
            message = f"{name} cannot be {error['input']}; it is one of {allowed}."
            known = allowed.replace("'", "").replace(" or ", ", ").split(", ")
            return problem("word-unknown", place, message, did_you_mean(str(error["input"]), known, "Use one of them."))
        case "string_too_short" | "too_short":
            return problem("value-empty", place, f"{name} has nothing in it.", "Fill it or leave the key out.")
        case "string_too_long" | "too_long":
            most = context.get("max_length")
            return problem("value-too-long", place, f"{name} is longer than {most}.", "Shorten it.")
        case "value_error":
            return problem("value-wrong", place, f"{name} {context['error']}.", "Write it in that form.")
        case _:
            return problem("wrong-shape", place, f"{name}: {error['msg']}.", "See forms/README.md for its form.")


def _keys_at(path: KeyPath, model: type[BaseModel]) -> set[str]:
    """The keys the schema knows in the group at that path of the model."""
    at: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, str) and at is not None:
            at = _model_in(at.model_fields[part].annotation) if part in at.model_fields else None
    return set(at.model_fields) if at is not None else set()


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg)) is not None), None)
