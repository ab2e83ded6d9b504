"""What is open in the drawer of the Templates page: questions, differences, things to put right, or the summary."""

from typing import TYPE_CHECKING

from auditor.desktop.models.change_rows import ChangeRow, change_groups
from auditor.desktop.models.template_rows import TemplateRow
from auditor.desktop.pages.templates.acts import TemplateActs
from auditor.desktop.pages.templates.page_parts import PageParts
from auditor.desktop.pages.templates.preview import PreviewDrawer
from auditor.desktop.pages.templates.summary import fill_summary
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.domain.template import Question, Section, Template
from auditor.services.local_masters import Moved

if TYPE_CHECKING:
    from auditor.templates.problems import Problem


MOST = 40
"""So many differences of a kind are read out; the rest is counted."""


class Opened:
    """Fills and opens the drawer; `wide` says whether it stands beside the rest."""

    def __init__(self, drawer: PreviewDrawer, both: WithDrawer, parts: PageParts, acts: TemplateActs) -> None:
        self._drawer, self._both, self._parts, self._acts = drawer, both, parts, acts
        self.wide = True

    def section(self, template: Template, section: Section) -> None:
        """The questions of a section."""
        self._drawer.show_section(template, section)
        self._open(f"{section.number} · {section.title}")

    def question(self, template: Template, question: Question) -> None:
        """One question with all that stands in the template about it."""
        self._drawer.show_question(template, question)
        self._open(f"Question {question.number}")

    def follow(self, template: Template, question: Question) -> None:
        """Go along with the question in the preview, where the drawer is open beside it."""
        if self._drawer.isVisible() and self.wide:
            self.question(template, question)

    def change(self, row: ChangeRow) -> None:
        """A difference in full."""
        self._drawer.show_words([("Before", row.before), ("After", row.after)])
        self._open(f"{row.what}, {row.key}" if row.key else row.what)

    def moved(self, moved: Moved) -> None:
        """What the program changed since a master of the workspace was made from its own."""
        groups = change_groups(moved.changes)
        told = [(group.title, [" ".join((row.what, row.key, row.said)) for row in group.rows]) for group in groups]
        shown = [(title, "\n".join([*lines[:MOST], *_rest(len(lines) - MOST)])) for title, lines in told]
        self._drawer.show_words(shown)
        self._open(f"What version {moved.version} of the program changed")

    def problem(self, found: "Problem") -> None:
        """Something to put right, in full."""
        self._drawer.show_words([("What", found.message), ("What to do", found.remedy), ("Where", str(found.place))])
        self._open("To put right" if found.severity == "error" else "To know")

    def summary(self, row: TemplateRow | None) -> None:
        """What a template costs and covers, or what the ticks come to, where there is no column for it."""
        self._drawer.clear()
        if self._parts.mode is self._parts.builder:
            self._parts.built_in(self._drawer.body, self._parts.builder)
            self._open("What the ticks come to")
        elif row is not None:
            fill_summary(self._drawer.body, row, self._acts)
            self._open(row.template.title)

    def _open(self, title: str) -> None:
        self._parts.give_way(self.wide)
        self._both.open(title)


def _rest(number: int) -> list[str]:
    return [f"and {number} more"] if number > 0 else []
