"""What changes while a cycle runs: an auditor is replaced, an audit cancelled, more time asked for and granted."""

from datetime import timedelta

from auditor.services.cycles import cycle_view
from auditor.services.demo.people import LEAD, Crew
from auditor.services.plans import (
    AskForTime,
    CancelAudit,
    DecideTime,
    ReplaceAuditor,
    ask_for_time,
    cancel,
    decide_time,
    replace_auditor,
)

_WEEK = timedelta(7)


def change_plans(crew: Crew, autumn: str, pilot: str) -> None:
    """Change the plans of four audits, each with its reason."""
    lead = crew.session(LEAD)
    audits = {line.case.reference: line.audit.id for at in (pilot, autumn) for line in lead.ask(cycle_view, at).audits}
    due = lead.ask(cycle_view, autumn).cycle.due
    away = "Away from work for some weeks; the answers so far stay theirs."
    replaced = ReplaceAuditor(audits["CF-10"], crew["N. Auditor"].id, crew["S. Auditor"].id, away)
    lead.do(replace_auditor, replaced)
    lead.do(cancel, CancelAudit(audits["P-14"], "The file went to another authority before anybody had read it."))
    paper = "The second volume of the paper file is still in the archive."
    crew.session("P. Auditor").do(ask_for_time, AskForTime(audits["CF-12"], due + _WEEK, paper))
    lead.do(decide_time, DecideTime(audits["CF-12"], granted=True))
    court = "In court all week; I can read the file from Monday on."
    crew.session("M. Auditor").do(ask_for_time, AskForTime(audits["CF-09"], due + _WEEK, court))
