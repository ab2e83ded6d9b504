"""Ids look alike everywhere: sections `S04`, questions `S04.18`, rules `TR01`, all else a lower-case word."""

from collections.abc import Iterator

from auditor.templates.draft import Draft
from auditor.templates.names import OPTION_CODE, QUESTION_ID, RULE_ID, SECTION_ID, WORD_ID
from auditor.templates.problems import Problem, problem
from auditor.templates.yaml_reader import KeyPath

_WORDS = ("scales", "themes", "practice_areas", "shared_events", "indicators", "label_sets", "variants")
_RULES = ("timescales", "consistency")


def check(draft: Draft) -> Iterator[Problem]:
    """`id-pattern` for every id or option code that is written differently."""
    for path, written, fits, remedy in (*_sections(draft), *_words(draft), *_codes(draft)):
        if not fits:
            yield problem("id-pattern", draft.place(*path), f"{written} is not written as an id.", remedy)


_Found = Iterator[tuple[KeyPath, str, bool, str]]


def _sections(draft: Draft) -> _Found:
    for s, section in enumerate(draft.form.sections):
        remedy = "Use a capital letter and two figures, such as S04."
        yield ("sections", s, "id"), section.id, bool(SECTION_ID.fullmatch(section.id)), remedy
        for q, question in enumerate(section.questions):
            first = question.moved_from or section.id
            fits = QUESTION_ID.fullmatch(question.id) and question.id.split(".")[0] == first
            remedy = f"Use its section and two figures, such as {section.id}.01."
            yield ("sections", s, "questions", q, "id"), question.id, bool(fits), remedy


def _words(draft: Draft) -> _Found:
    remedy = "Use small letters, figures, - and _."
    yield ("id",), draft.form.id, bool(WORD_ID.fullmatch(draft.form.id)), remedy
    for name in _WORDS:
        for i, item in enumerate(getattr(draft.form, name)):
            yield (name, i, "id"), item.id, bool(WORD_ID.fullmatch(item.id)), remedy
    for name in _RULES:
        for i, rule in enumerate(getattr(draft.form, name)):
            remedy = "Use capitals and figures, such as TR01."
            yield (name, i, "id"), rule.id, bool(RULE_ID.fullmatch(rule.id)), remedy


def _codes(draft: Draft) -> _Found:
    lists: list[tuple[KeyPath, list[str]]] = []
    lists += [(("scales", i), [o.code for o in scale.options]) for i, scale in enumerate(draft.form.scales)]
    lists += [(path, [o.code for o in question.options]) for path, question in draft.questions()]
    for path, codes in lists:
        for o, code in enumerate(codes):
            remedy = "Use letters, figures, -, + and _, without spaces."
            yield (*path, "options", o, "code"), code, bool(OPTION_CODE.fullmatch(code)), remedy
