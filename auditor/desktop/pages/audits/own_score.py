"""What one's own answers come to by the scoring method: told when a section is answered, so that it sways no answer."""

from auditor.desktop.pages.audits.desk_state import DeskState
from auditor.domain.scoring_method import score_words
from auditor.domain.template_parts import Method
from auditor.services.scores import own_scores


def own_score_words(state: DeskState, section_id: str) -> str:
    """The score of a section, and of the whole audit once nothing waits; empty before, or where grades say it all."""
    template = state.view.template
    if template.scoring is None or template.scoring.method is Method.JUDGEMENT:
        return ""
    found = own_scores(state.view, state.checks.not_asked if state.checks else frozenset())
    section = found.sections.get(section_id) if found else None
    if found is None or section is None or not section.is_final:
        return ""
    words = f"Your answers so far: {score_words(template, section)}"
    return f"{words}; the whole audit: {score_words(template, found.whole)}" if found.whole.is_final else words
