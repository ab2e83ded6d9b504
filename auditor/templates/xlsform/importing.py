"""Makes a template of an XLSForm: groups become sections, questions get ids of ours, conditions become CEL.

What a template cannot say is left out or kept as a note, and each such thing is told with its row.
"""

from collections.abc import Iterator, Sequence

from auditor.domain.errors import BadInput, Place
from auditor.sheets.book_reading import Sheet
from auditor.templates.problems import Problem
from auditor.templates.xlsform.building import Building, Item
from auditor.templates.xlsform.survey import Element, Survey, read_survey
from auditor.templates.yaml_reader import SheetDocument

MOST_SECTIONS = 999
MOST_QUESTIONS = 999
"""As many as ids of ours can number."""


def read_xlsform(sheets: Sequence[Sheet]) -> tuple[SheetDocument, list[Problem]]:
    """What the template says that an XLSForm becomes, and what was changed or left out. Raises `BadInput`."""
    survey = read_survey(sheets)
    building = Building(survey)
    for title, group, items in _sections(survey, building):
        for at in range(0, len(items), MOST_QUESTIONS):
            building.section(title, group, items[at : at + MOST_QUESTIONS])
    building.finish()
    sections = building.plain["sections"]
    if not sections:
        raise _without_questions(survey, building.problems)
    if len(sections) > MOST_SECTIONS:
        raise _refused(survey, "form-too-large", f"It has more than {MOST_SECTIONS} groups.")
    return SheetDocument(survey.file, building.plain, {}, places=building.places), building.problems


def _sections(survey: Survey, building: Building) -> Iterator[tuple[str, Element, list[Item]]]:
    """The groups at the top, and between them what stands in no group: a title, the group, and what is in it."""
    loose: list[Item] = []
    for child in survey.form.get("children", ()):
        if child["type"] != "group":
            loose += _items(child, (), building)
            continue
        if child.get("control", {}).get("bodyless"):  # what pyxform itself adds about the form
            continue
        if loose:
            yield "", {}, loose
            loose = []
        inside = [item for inner in child.get("children", ()) for item in _items(inner, (), building)]
        yield building.words.of(child.get("label")) or str(child["name"]), child, inside
    if loose:
        yield "", {}, loose


def _items(element: Element, around: tuple[str, ...], building: Building) -> Iterator[Item]:
    """The questions in an element, with the conditions of the groups around them within their section."""
    if element["type"] in ("repeat", "loop"):
        building.tell(
            "xlsform-repeat",
            element,
            f"The {element['type']} {element.get('name', '')} is not carried: an audit asks each question once.",
            "Ask about the latest or the most telling one, or write its questions out as often as you need them.",
        )
    elif element["type"] == "group":
        relevant = element.get("bind", {}).get("relevant")
        inner = (*around, str(relevant)) if relevant else around
        for child in element.get("children", ()):
            yield from _items(child, inner, building)
    else:
        yield Item(element, around)


def _without_questions(survey: Survey, told: Sequence[Problem]) -> BadInput:
    """Says at the first row that is not carried why, where there is one."""
    refused = _refused(survey, "xlsform-no-questions", "No question in it can be carried into a template.")
    first = next((problem for problem in told if problem.place.row), None)
    if first is None:
        return refused
    return BadInput(refused.code, refused.title, f"{refused.message} {first.message}", first.remedy, first.place)


def _refused(survey: Survey, code: str, message: str) -> BadInput:
    place = Place(survey.file, sheet=survey.survey_sheet)
    return BadInput(code, "XLSForm not carried", message, "Import a smaller or another form.", place)
