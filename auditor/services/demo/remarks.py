"""Words that help and words that are heard: comment snippets, and what auditors say of the tool at the end."""

from auditor.services.cycles import cycle_view
from auditor.services.demo.people import LEAD, Crew
from auditor.services.snippets import KeepSnippet, keep_snippet
from auditor.services.tool_feedback import GiveFeedback, SettleFeedback, give_feedback, settle_feedback

_SHARED = (
    "Case note of __: the visit is described, what the child said is not.",
    "Supervision record of __ names the action; nobody comes back to it.",
    "The decision is recorded on __ without its reasons.",
)
_OWN = ("Seen in the chronology only, under __.", "Well evidenced: see __.")


def keep_snippets(crew: Crew) -> None:
    """Keep snippets for everybody and some of the lead's own."""
    lead = crew.session(LEAD)
    for text in _SHARED:
        lead.do(keep_snippet, KeepSnippet(text, shared=True))
    for text in _OWN:
        lead.do(keep_snippet, KeepSnippet(text))


def remark_on_the_tool(crew: Crew, cycle_id: str) -> None:
    """Three auditors say what was unclear or went wrong; the lead has dealt with one of them."""
    lead = crew.session(LEAD)
    audits = {line.case.reference: line.audit.id for line in lead.ask(cycle_view, cycle_id).audits}
    said: tuple[tuple[str, str, dict[str, str], str, str], ...] = (
        ("B. Auditor", "CF-01", {"S22.09": "Does a note of a group supervision count as reflective?"}, "", ""),
        ("D. Auditor", "CF-01", {}, "The list of teams jumped back to the top once.", "Otherwise quicker than paper."),
        ("C. Auditor", "CF-02", {"S23.13": "Clear to whom: to me, or to the child later?"}, "", ""),
    )
    for name, reference, unclear, faults, words in said:
        crew.session(name).do(give_feedback, GiveFeedback(audits[reference], unclear, faults, words))
    done = "The guidance of that question says so from the next version on."
    lead.do(settle_feedback, SettleFeedback(audits["CF-01"], crew["B. Auditor"].id, done))
