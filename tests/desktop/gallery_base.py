"""The ground of the gallery: a page that shows invented things, and the scale it asks by."""

from auditor.desktop.marks import ANSWERS
from auditor.desktop.shell.page import Page
from auditor.desktop.widgets.answer_keys import Choice
from auditor.domain.changes import Changes

SCALE = [Choice(code, ANSWERS[code].word, ANSWERS[code]) for code in ("met", "partly", "not_met", "not_evidenced")]


class Still(Page):
    """A page that shows invented things and never changes."""

    def refresh(self, changes: Changes | None) -> None:
        return
