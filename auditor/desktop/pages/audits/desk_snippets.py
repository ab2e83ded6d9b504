"""Comment snippets at the desk: opened under the comment, put into it, or kept from it."""

from typing import TYPE_CHECKING

from auditor.desktop.messages import problem_of
from auditor.desktop.pages.audits.answering import Answering
from auditor.desktop.pages.audits.snippet_picker import SnippetPicker
from auditor.services.snippets import KeepSnippet, keep_snippet, snippets

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk


def open_snippets(desk: "Desk") -> None:
    """Offer the snippets under the comment of the current question."""
    live = desk.live
    if live is None or isinstance(live.form, SnippetPicker):
        return
    chosen = live.notes.chosen_words
    live.notes.commit()
    picker = SnippetPicker(live.question.number, desk.session.ask(snippets, None), chosen)

    def take(text: str) -> None:
        live.close_form()
        live.notes.put_snippet(text)

    picker.taken.connect(take)
    picker.kept.connect(lambda command: _keep(desk, live, picker, command))
    live.open_form(picker, beside_notes=True)


def _keep(desk: "Desk", live: Answering, picker: SnippetPicker, command: KeepSnippet) -> None:
    def kept(_changes: object) -> None:
        live.close_form()
        live.notes.open_comment()

    desk.operations.run(
        lambda: desk.session.do(keep_snippet, command),
        quick=True,
        on_done=kept,
        on_failed=lambda error: picker.tell(problem_of(error)),
    )
