"""The programme and the framework of the sample: two rhythms, an exemption, three service areas and their evidence."""

from datetime import date

from auditor.domain.programme_plan import Month, Rhythm
from auditor.domain.qa_framework import Activity, ActivityKind, Area
from auditor.services.demo.people import LEAD, MANAGERS, Crew
from auditor.services.programme_plan import (
    ExemptRound,
    HoldRound,
    KeepRhythm,
    SetTarget,
    exempt_round,
    hold_round,
    keep_rhythm,
    set_target,
)
from auditor.services.qa_framework import (
    KeepActivity,
    KeepArea,
    RecordEvidence,
    keep_activity,
    keep_area,
    record_evidence,
)

_TARGET = 20
_AREAS = (
    ("Assessment and safeguarding", ("Child protection", "Assessment and case management", "Early help")),
    ("Children in care and leaving care", ("Children in care", "Sixteen plus")),
    ("Community social work", ("Community social work", "Disabled children", "Family cohesion")),
)
_EXPECTED = (
    (ActivityKind.AUDIT, "Case file audits", 2, 1),
    (ActivityKind.DIP_SAMPLE, "Dip sample of chronologies", 1, 1),
    (ActivityKind.OBSERVATION, "Observation of practice", 1, 2),
)
_SHOWN = (
    # Area, activity, months ago, what shows it.
    (0, 0, 2, "Three audits read by the service manager, minutes of the quality meeting."),
    (0, 1, 2, "Ten chronologies read; the notes are with the team manager."),
    (0, 1, 1, "Eight chronologies read; two had gaps of more than three months."),
    (0, 2, 2, "A home visit observed, the record is in the supervision file."),
    (1, 0, 2, "Two audits read together with the reviewing officers."),
    (1, 1, 1, "Twelve chronologies read."),
    (1, 1, 0, "Nine chronologies read."),
    (2, 1, 2, "Six chronologies read."),
)


def plan_programme(crew: Crew, autumn: str, today: date) -> None:
    """Plan the rounds around the cycle that runs now, `autumn`, and set up the framework."""
    lead, this = crew.session(LEAD), Month.of(today)
    lead.do(set_target, SetTarget(_TARGET))
    themes = ("supervision-oversight", "child-protection", "children-in-care", "chronology-recording")
    whole = Rhythm("", "Whole file audit", ("whole-file",), 2, this.plus(-3), target=_TARGET)
    themed = Rhythm("", "Themed audit", themes, 2, this.plus(-2), target=_TARGET)
    offered = (*whole.templates, *themed.templates)
    ids = [lead.do(keep_rhythm, KeepRhythm(rhythm, offered)).made for rhythm in (whole, themed)]
    why = "The inspection of that month took everybody's time; its sample was read instead."
    lead.do(exempt_round, ExemptRound(ids[0], this.plus(-3), why, this.plus(-3).first_day))
    lead.do(exempt_round, ExemptRound(ids[1], this.plus(-2), "No auditors in the holidays.", this.plus(-2).first_day))
    lead.do(hold_round, HoldRound(ids[1], this, autumn))
    _set_up_framework(crew, this)


def _set_up_framework(crew: Crew, this: Month) -> None:
    lead, activities = crew.session(LEAD), []
    for title, teams in _AREAS:
        area = lead.do(keep_area, KeepArea(Area("", title, teams))).made
        expected = [Activity("", area, kind, name, each, every, this.plus(-2)) for kind, name, each, every in _EXPECTED]
        activities.append([lead.do(keep_activity, KeepActivity(one)).made for one in expected])
    for area_at, activity_at, ago, what in _SHOWN:
        count = 3 if (area_at, activity_at) == (0, 0) else 2 if activity_at == 0 else 1
        command = RecordEvidence(activities[area_at][activity_at], this.plus(-ago), count, what)
        crew.session(MANAGERS[area_at]).do(record_evidence, command)
