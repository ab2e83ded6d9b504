"""Draws the facts of an invented case so that they fit together: dates in order, counts within one another."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from auditor.domain.answers import Answer, Value
from auditor.domain.template import AnswerType, Polarity, Question, Section, Template
from auditor.services.demo.profile import CaseProfile, Period

NOT_IN_CASE = "Does not arise in this case"
NO_SUCH_PLAN = "The child does not have this status or plan"

_START, _END = "start", "end"

_DATES: Mapping[str, tuple[tuple[str, ...], int, int]] = {
    "S01.01": ((_START,), -300, -60),
    "S01.09": (("S01.01",), 0, 3),
    "S02.02": (("S01.01",), -200, -70),
    "S03.02": (("S01.01",), 8, 20),
    "S03.05": (("S01.01",), 1, 7),
    "S04.02": ((_START,), 5, 50),
    "S04.03": (("S04.02",), 28, 75),
    "S05.01": ((_START,), 15, 70),
    "S05.02": (("S05.01",), 0, 2),
    "S05.08": (("S05.02",), 7, 18),
    "S05.09": (("S05.01",), 0, 2),
    "S06.01": (("S05.02", _START), 12, 21),
    "S06.02": (("S06.01",), 80, 95),
    "S06.03": (("S06.02",), 0, 0),
    "S06.04": (("S06.01",), 0, 0),
    "S06.13": (("S06.01",), 5, 25),
    "S07.02": (("S06.01", _START), 0, 10),
    "S07.03": (("S06.01", _START), 7, 18),
    "S07.04": ((_END,), -30, -4),
    "S08.02": ((_START,), 5, 60),
    "S08.03": ((_END,), -60, -10),
    "S09.02": ((_END,), -25, -2),
    "S11.01": ((_START,), -900, -300),
    "S11.04": ((_END,), -150, -30),
    "S11.06": (("S11.01",), 0, 200),
    "S11.10": (("S11.06",), 3, 10),
    "S11.11": ((_END,), -40, -3),
    "S12.01": (("S11.01",), 18, 28),
    "S12.02": (("S12.01",), 80, 95),
    "S12.03": ((_END,), -120, -30),
    "S12.07": (("S12.03",), 10, 28),
    "S13.02": (("S11.01",), 15, 32),
    "S13.03": ((_END,), -150, -20),
    "S13.04": (("S13.03",), -375, -350),
    "S13.08": ((_END,), -150, -40),
    "S13.10": (("S11.01",), 8, 25),
    "S13.11": ((_END,), -100, -20),
    "S14.02": (("S11.01",), 90, 220),
    "S15.02": ((_START,), -200, -30),
    "S15.03": (("S15.02",), 60, 110),
    "S15.04": (("S15.03",), 5, 20),
    "S15.05": ((_END,), -120, -20),
    "S16.02": ((_END,), -80, -20),
    "S16.03": (("S16.02",), 1, 4),
    "S16.06": ((_END,), -100, -20),
    "S22.02": ((_END,), -45, -5),
    "S23.02": ((_END,), -120, -5),
    "S23.05": ((_END,), -9, 0),
    "S24.01": ((_START,), 10, 60),
    "S24.03": (("S24.01",), 30, 60),
    "S25.02": ((_END,), -60, -30),
    "S25.03": (("S25.02",), 3, 20),
    "S25.06": (("S25.02",), -20, -1),
}
"""The first of these that is known, and the days from it between which the date lies."""

_COUNTS: Mapping[str, tuple[int, int]] = {
    "S00.19": (1, 3), "S02.01": (1, 3), "S04.06": (1, 5), "S07.05": (3, 6), "S07.08": (8, 14), "S07.09": (3, 8),
    "S08.04": (1, 3), "S09.01": (4, 12), "S09.03": (1, 4), "S11.07": (1, 3), "S11.12": (3, 6), "S11.13": (1, 3),
    "S12.08": (0, 3), "S15.07": (3, 9), "S16.01": (1, 4), "S22.01": (1, 5), "S22.03": (28, 84), "S22.07": (0, 3),
    "S23.10": (0, 4),
}  # fmt: skip

_CODES: Mapping[str, tuple[Value, ...]] = {
    "S00.10": ("no",),
    "S00.13": ("female", "male"),
    "S00.15": ("no",),
    "S00.20": (("electronic_record",), ("electronic_record", "supervision_file"), ("electronic_record", "paper_file")),
    "S01.02": ("police", "school", "health", "relative_or_public"),
    "S01.10": ("initial_assessment",),
    "S02.04": ("yes", "yes", "no"),
    "S03.03": ("yes", "no"),
    "S03.08": (("school", "health_visitor"), ("school", "police", "gp"), ("health_visitor", "gp")),
    "S03.09": ("core_assessment", "child_in_need_services"),
    "S04.01": ("core_assessment",),
    "S04.09": (("school", "gp", "police"), ("health_visitor", "early_years"), ("school", "school_nurse", "housing")),
    "S05.04": (("social_care", "police", "health"), ("social_care", "police", "health", "education")),
    "S05.06": ("all",),
    "S05.07": ("joint_enquiry", "single_agency"),
    "S05.13": ("substantiated_conference", "substantiated_no_continuing_risk"),
    "S06.05": ("neglect", "emotional"),
    "S06.06": ("no",),
    "S06.07": (("mother", "social_worker", "team_manager", "police", "school"), ("mother", "father", "social_worker")),
    "S11.08": ("foster_in_house", "foster_agency", "kinship"),
    "S12.05": ("PN1", "PN2", "PN4", "PN6"),
    "S14.03": ("started", "in_progress", "not_started"),
    "S15.01": ("eligible",),
    "S15.08": ("foster_or_residential", "supported_accommodation"),
    "S16.04": ("done", "offered_declined"),
    "S16.07": ("medium",),
    "S17.01": (("domestic_abuse",), ("neglect", "parental_mental_health"), ("parental_substance_use",)),
    "S21.01": (("school", "gp"), ("school", "gp", "camhs"), ("health_visitor", "early_years", "housing")),
    "S25.01": ("step_down",),
    "S26.10": ("no_urgent_concern",),
    "S26.14": ("no", "yes"),
}
_FOLLOWS: Mapping[str, str] = {"S01.11": "S01.10", "S03.10": "S03.09"}
"""What happened next is what the box says, unless the plan of the case makes them contradict each other."""
_NUMBERS: Mapping[str, tuple[str, ...]] = {"S13.07": ("9", "14", "18"), "S13.13": ("88.5", "93", "96.5")}


class FactDraw:
    """The facts of one case, drawn section by section; `known` grows as they are drawn."""

    def __init__(self, profile: CaseProfile, period: Period, rng: Random) -> None:
        self._profile, self._period, self._rng = profile, period, rng
        self.known: dict[str, Answer] = {**_cover(profile, period), **profile.fixed}

    def draw(self, template: Template) -> dict[str, Answer]:
        """An answer to every fact of the sections that apply, in the order of the form."""
        for section in template.sections:
            if self._profile.applies(section.id):
                self._section(section)
        self._settle()
        facts = (question for question in template.asked() if question.is_fact)
        return {question.id: self.known[question.id] for question in facts if question.id in self.known}

    def _section(self, section: Section) -> None:
        for question in section.questions:
            if question.is_fact and question.asked and question.id not in self.known:
                self.known[question.id] = self._answer(question)

    def _settle(self) -> None:
        """What follows from other facts: no record, no date of it; never more visits alone than visits."""
        for part, whole in (("S07.09", "S07.08"), ("S09.03", "S09.01"), ("S11.13", "S11.12")):
            if part in self.known:
                self.known[part] = Answer(min(self._count(part), self._count(whole)))
        if self._value("S22.01") == 0:
            self.known |= {"S22.02": _na(NOT_IN_CASE), "S22.03": _na(NOT_IN_CASE), "S22.07": Answer(0)}
        for there, dated in (("S23.01", "S23.02"), ("S07.01", "S07.02"), ("S08.01", "S08.02"), ("S11.03", "S11.04")):
            if self._value(there) in ("no", "not_evidenced"):
                self.known[dated] = _na(NOT_IN_CASE)

    def _answer(self, question: Question) -> Answer:
        if question.id in _FOLLOWS:
            return self.known[_FOLLOWS[question.id]]
        if question.id in _CODES:
            return Answer(self._rng.choice(_CODES[question.id]))
        match question.type:
            case AnswerType.DATE:
                return self._date(question)
            case AnswerType.DATETIME:
                return Answer(f"{self._date(question).value}T{self._rng.randrange(9, 20):02}:30")
            case AnswerType.COUNT:
                return Answer(self._rng.randint(*_COUNTS.get(question.id, (0, 2))))
            case AnswerType.NUMBER:
                return Answer(self._rng.choice(_NUMBERS[question.id]))
            case _:
                return self._standing(question)

    def _standing(self, question: Question) -> Answer:
        """Good news as often as the case is strong: yes or met, or no where yes is the bad news."""
        good = self._rng.random() < self._profile.strength + 0.15
        if question.ordered:
            return Answer("met" if good else self._rng.choice(("partly", "partly", "not_met", "not_evidenced")))
        if question.polarity is Polarity.NEGATIVE:
            return Answer("no" if good else "yes")
        return Answer("yes" if good else self._rng.choice(("no", "no", "not_evidenced")))

    def _date(self, question: Question) -> Answer:
        rule = _DATES.get(question.id)
        if rule is None:
            return _na(NOT_IN_CASE)
        anchors, least, most = rule
        known = (found for found in map(self._day, anchors) if found)
        day = next(known, self._period.start) + timedelta(self._rng.randint(least, most))
        return Answer(min(day, self._period.end).isoformat())

    def _day(self, anchor: str) -> date | None:
        if anchor in (_START, _END):
            return self._period.start if anchor == _START else self._period.end
        value = self._value(anchor)
        return date.fromisoformat(str(value)[:10]) if value else None

    def _value(self, question_id: str) -> Value | None:
        return self.known.get(question_id, Answer()).value

    def _count(self, question_id: str) -> int:
        value = self._value(question_id)
        return value if isinstance(value, int) else 0


def _cover(profile: CaseProfile, period: Period) -> dict[str, Answer]:
    return {
        "S00.06": Answer(period.start.isoformat()),
        "S00.07": Answer(period.end.isoformat()),
        "S00.11": Answer(profile.team),
        "S00.12": Answer(profile.age_band),
        "S00.14": Answer(profile.ethnicity),
        "S00.16": Answer(profile.status),
        "S00.17": Answer(profile.legal),
        "S00.18": Answer(profile.children),
    }


def _na(reason: str) -> Answer:
    return Answer(na_reason=reason)
