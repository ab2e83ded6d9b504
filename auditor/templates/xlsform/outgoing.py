"""What an export has to know of the whole template: the name of each question, and its conditions in XPath."""

import re
from collections.abc import Mapping
from typing import Any

from auditor.domain.errors import Place
from auditor.templates.problems import Problem, problem
from auditor.templates.xlsform.answers import free
from auditor.templates.xlsform.cel import read_cel
from auditor.templates.xlsform.conditions import Untranslatable
from auditor.templates.xlsform.lists import NA
from auditor.templates.xlsform.xpath import write_xpath

_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class Outgoing:
    """The template on its way out. Each question goes under its name in the form it came from, or under its id."""

    def __init__(self, plain: Mapping[str, Any], file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._taken: set[str] = set()
        self._asked = {
            question["id"]: question
            for section in plain["sections"]
            for question in section["questions"]
            if "derived" not in question
        }
        self.names = {name: self.free(_wanted(question)) for name, question in self._asked.items()}

    def free(self, wanted: str) -> str:
        """The name, or the name with a figure where it is taken; taken from now on."""
        name = free(wanted, self._taken)
        self._taken.add(name)
        return name

    def xpath(self, condition: str, of: str) -> str:
        """A condition in CEL as XPath; "" where there is none, or it cannot be said in XPath, which is told."""
        if not condition:
            return ""
        try:
            return write_xpath(read_cel(condition), self._name, self._given)
        except Untranslatable as error:
            message = f"The condition of {of} is not in the XLSForm, which always asks for it. {error.args[0]}"
            remedy = "Say in the wording for whom it is, or pass over it where it does not fit."
            self.problems.append(problem("xlsform-export-condition", Place(self._file), message, remedy))
            return ""

    def _name(self, question: str) -> str:
        if question not in self.names:
            raise Untranslatable(f"It looks at {question}, which nobody is asked for.")
        return self.names[question]

    def _given(self, question: str) -> str:
        answer = f"${{{self._name(question)}}}"
        plain = self._asked[question]
        if plain.get("na_allowed") and plain["type"] in ("choice", "choices", "grade"):
            return f"({answer} != '' and not(selected({answer}, '{NA}')))"
        return f"{answer} != ''"


def _wanted(question: Mapping[str, Any]) -> str:
    source = question.get("source_name", "")
    return source if _XML_NAME.fullmatch(source) else str(question["id"]).replace(".", "_")
