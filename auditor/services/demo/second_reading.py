"""The re-audit of the sample: the weak sections of a cycle a year later, some cases read again, the others waiting."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

from auditor.services.cycles import cycle_view
from auditor.services.demo.people import LEAD, Crew
from auditor.services.demo.plans import CyclePlan
from auditor.services.demo.profile import CaseProfile, Period
from auditor.services.demo.recorder import Recorder
from auditor.services.demo.scribe import Reached
from auditor.services.demo.words import Words
from auditor.services.reaudit import StartReaudit, start_reaudit
from auditor.services.templates import kept_template

_TITLE = "Re-audit of weak sections, April 2014 (sample)"
_PERIOD = Period(date(2013, 10, 1), date(2014, 3, 31), date(2014, 4, 30))
_READ = 3
_BETTER, _BEST = 0.13, 0.85


def read_again(crew: Crew, first: CyclePlan, first_id: str) -> str:
    """Start a re-audit of a cycle and record its first audits; gives its id."""
    lead = crew.session(LEAD)
    command = StartReaudit(first_id, _TITLE, _PERIOD.start, _PERIOD.end, _PERIOD.due)
    cycle_id = lead.do(start_reaudit, command).made
    profiles = _by_reference(first)
    recorder = Recorder(crew, _PERIOD, Words(Random(_TITLE)), _TITLE)  # noqa: S311 - sample data
    cases = lead.ask(cycle_view, cycle_id).cases
    for at, case in enumerate(cases[: _READ + 1]):
        template = lead.ask(kept_template, case.template_hash)
        reached = Reached.SIGNED_OFF if at < _READ else Reached.GIVEN_OUT
        recorder.audit(template, _improved(profiles[case.reference]), case.id, first.pair_of(at + 1), reached)
    return cycle_id


def _by_reference(plan: CyclePlan) -> Mapping[str, CaseProfile]:
    return {case.reference: case for case in plan.cases}


def _improved(profile: CaseProfile) -> CaseProfile:
    """The case a year later: supervised by now, and better in most of what was weak."""
    return replace(profile, strength=min(_BEST, profile.strength + _BETTER), fixed={}, said={}, apart={})
