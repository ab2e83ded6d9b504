"""What moderation and the right of reply look like in the sample: some audits read again, some replied to."""

from datetime import date, timedelta

from auditor.domain.answers import Answer
from auditor.domain.moderation import QUALITY, Judged, Mark
from auditor.domain.reply import ReplyKind
from auditor.services.cycles import CycleView, cycle_view
from auditor.services.demo.people import LEAD, MODERATOR, Crew
from auditor.services.moderating import Change, Moderate, moderate
from auditor.services.replies import AddReply, Respond, add_reply, respond

_MET = {point.id: Judged(Mark.MET) for point in QUALITY}
_LESS = _MET | {
    "child": Judged(Mark.PARTLY, "The parents are quoted, the child only through them."),
    "follow_up": Judged(Mark.NOT_MET, "Two weak answers led to no action."),
}
_LOWER = Change("S26.07", Answer("3"), "The plan was not reviewed for four months; the section says so, the grade not.")
_SAID = (
    ("R-03", 3, ReplyKind.FEEDBACK_SENT, "The audit was sent and talked through."),
    ("R-03", 9, ReplyKind.SOCIAL_WORKER, "Fair. The chronology is now kept with every visit."),
    ("R-03", 12, ReplyKind.CHILD, "I liked that somebody asked me what I wanted."),
    ("R-03", 20, ReplyKind.TEAM_MANAGER, "Both actions are taken up in supervision."),
    ("R-05", 6, ReplyKind.PRAISE_SENT, "Thank you for the careful life story work in this case."),
)


def moderate_some(crew: Crew, cycle_id: str) -> None:
    """Read three audits of a cycle again and record what was replied to four."""
    view = crew.session(LEAD).ask(cycle_view, cycle_id)
    ids = {line.case.reference: line.audit.id for line in view.audits}
    with crew.opened.records.write() as unit:
        for command in (
            Moderate(ids["R-03"], quality=_MET, note="Well argued throughout."),
            Moderate(ids["R-05"], (_LOWER,), _LESS),
            Moderate(ids["R-08"], quality=_MET),
        ):
            moderate(command, crew[MODERATOR], unit)
        for reference, after, kind, text in _SAID:
            add_reply(AddReply(ids[reference], kind, text, _day(view, after)), crew[MODERATOR], unit)
        words = "The visit of the second week is recorded in the file of the older sister."
        asked = AddReply(ids["R-06"], ReplyKind.SOCIAL_WORKER, words, _day(view, 8), correction=True)
        made = add_reply(asked, crew[MODERATOR], unit).made
        pair = next(line.audit for line in view.audits if line.case.reference == "R-06")
        author = next(person for person in crew.people.values() if person.id in pair.auditors.values())
        respond(Respond(pair.id, made, "We did not have that file; please look."), author, unit)


def _day(view: CycleView, after: int) -> date:
    return view.cycle.due + timedelta(after)
