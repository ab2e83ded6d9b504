"""Each time limit of the form: a case out of time, one in time, one not known yet; and the ways of counting."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from auditor.domain.errors import BadInput
from auditor.domain.spans import Unit
from auditor.domain.template import Regime, Template
from auditor.domain.timescale import Kept, Limit, check_local_limit, rule_of
from auditor.templates.timescales import timescales
from tests.templates.rule_kit import NA, Said, everything, inputs

MISSED, MET, UNKNOWN, LATE, OUT = Kept.NOT_MET, Kept.MET, Kept.UNKNOWN, Kept.LATE_RUNNING, Kept.NOT_APPLICABLE
PERIOD = {"S00.06": "2026-01-01", "S00.07": "2026-06-30"}
CORE = {"S04.01": "core_assessment"}
SINGLE = {"S04.01": "single_assessment"}
Answers = Mapping[str, Said]


def between(start: str, end: str, first: str, late: str, timely: str) -> tuple[Answers, Answers, Answers]:
    """Out of time, in time (on the last day), and without the day it began on."""
    return {start: first, end: late}, {start: first, end: timely}, {end: timely}


def recent(latest: str, old: str, fresh: str) -> tuple[Answers, Answers, Answers]:
    return {**PERIOD, latest: old}, {**PERIOD, latest: fresh}, {latest: fresh}


# The rule; out of time; in time; not known. Christmas and the May bank holidays lie between some of the dates.
TABLE: dict[str, tuple[Answers, Answers, Answers]] = {
    "TR01": between("S01.01", "S01.09", "2026-05-01", "2026-05-06", "2026-05-05"),
    "TR02": between("S01.01", "S03.02", "2012-12-20", "2013-01-09", "2013-01-08"),
    "TR03": (
        {**CORE, "S04.02": "2012-10-01", "S04.03": "2012-11-20"},
        {**CORE, "S04.02": "2012-10-01", "S04.03": "2012-11-19"},
        {"S04.02": "2012-10-01", "S04.03": "2012-11-19"},
    ),
    "TR04": (
        {**SINGLE, "S01.01": "2026-06-01", "S04.03": "2026-08-14"},
        {**SINGLE, "S01.01": "2026-06-01", "S04.03": "2026-08-03"},
        {**SINGLE, "S04.03": "2026-08-03"},
    ),
    "TR05": between("S05.02", "S06.01", "2026-03-02", "2026-03-24", "2026-03-23"),
    "TR06": between("S06.01", "S07.03", "2026-03-02", "2026-03-17", "2026-03-16"),
    "TR07": between("S06.01", "S06.02", "2026-01-31", "2026-05-01", "2026-04-30"),
    "TR08": between("S06.02", "S06.03", "2026-01-31", "2026-08-01", "2026-07-31"),
    "TR09": (
        {**PERIOD, "S07.03": "2026-01-05", "S07.04": "2026-06-22", "S07.05": 3},
        {**PERIOD, "S07.03": "2026-01-05", "S07.04": "2026-06-22", "S07.05": 4},
        {**PERIOD, "S07.03": "2026-01-05", "S07.05": 4},
    ),
    "TR10": ({**PERIOD, "S07.08": 11}, {**PERIOD, "S07.08": 12}, PERIOD),
    "TR11": ({"S06.09": "no"}, {"S06.09": "yes"}, {"S06.09": "not_evidenced"}),
    "TR12": between("S11.01", "S12.01", "2026-03-02", "2026-03-31", "2026-03-30"),
    "TR13": between("S12.01", "S12.02", "2026-03-02", "2026-06-03", "2026-06-02"),
    "TR14": between("S12.02", "S12.03", "2026-03-02", "2026-09-03", "2026-09-02"),
    "TR15": between("S11.06", "S11.10", "2026-03-02", "2026-03-10", "2026-03-09"),
    "TR16": (
        {**PERIOD, "S11.06": "2026-02-02", "S11.11": "2026-05-01", "S11.12": 4},
        {**PERIOD, "S11.06": "2026-02-02", "S11.11": "2026-06-01", "S11.12": 3},
        {**PERIOD, "S11.11": "2026-06-01", "S11.12": 3},
    ),
    "TR17": (
        {**PERIOD, "S11.08": "kinship", "S11.06": "2026-05-01", "S12.01": "2026-05-29", "S11.12": 3},
        {**PERIOD, "S11.08": "kinship", "S11.06": "2026-05-01", "S12.01": "2026-05-29", "S11.12": 4},
        {**PERIOD, "S11.08": "kinship", "S11.06": "2026-05-01", "S11.12": 4},
    ),
    "TR19": between("S11.01", "S13.02", "2026-03-02", "2026-03-31", "2026-03-30"),
    "TR20": (
        {"S00.12": "0-4", "S13.04": "2025-09-01", "S13.03": "2026-03-02"},
        {"S00.12": "5-9", "S13.04": "2025-09-01", "S13.03": "2026-03-02"},
        {"S13.04": "2025-09-01", "S13.03": "2026-03-02"},
    ),
    "TR21": between("S11.01", "S13.10", "2026-03-02", "2026-03-17", "2026-03-16"),
    "TR22": recent("S13.11", "2026-02-27", "2026-03-01"),
    "TR23": between("S15.02", "S15.03", "2026-01-15", "2026-04-16", "2026-04-15"),
    "TR24": between("S15.04", "S15.05", "2026-01-15", "2026-07-16", "2026-07-15"),
    "TR25": ({**PERIOD, "S15.07": 1}, {**PERIOD, "S15.07": 2}, PERIOD),
    "TR26": (
        {"S16.02": "2026-03-06T22:15", "S16.03": "2026-03-09T22:16"},
        {"S16.02": "2026-03-06T22:15", "S16.03": "2026-03-09T22:15"},
        {"S16.02": "2026-11-23T10:00"},
    ),
    "TR27": (
        {**PERIOD, "S19.01": "2026-03-02", "S19.02": "2026-03-11", "S19.04": 1},
        {**PERIOD, "S19.01": "2026-03-02", "S19.02": "2026-03-11", "S19.04": 2},
        {**PERIOD, "S19.01": "2026-03-02", "S19.02": "2026-03-11"},
    ),
    "TR28": between("S19.01", "S19.03", "2026-06-01", "2026-07-30", "2026-07-29"),
    "TR29": (
        {**PERIOD, "S22.02": "2026-06-22", "S22.01": 5},
        {**PERIOD, "S22.02": "2026-06-22", "S22.01": 6},
        {**PERIOD, "S22.02": "2026-06-22"},
    ),
    "TR30": recent("S23.05", "2026-06-22", "2026-06-23"),
    "TR31": recent("S23.02", "2026-03-29", "2026-03-30"),
    "TR32": between("S26.12", "S26.13", "2026-03-02", "2026-03-31", "2026-03-30"),
    "TR33": between("S12.03", "S12.07", "2026-03-02", "2026-03-24", "2026-03-23"),
    "TR35": between("S06.03", "S06.13", "2026-03-02", "2026-03-31", "2026-03-30"),
    "TR36": between("S05.01", "S05.02", "2026-04-02", "2026-04-08", "2026-04-07"),
    "TR37": ({"S13.01": "no"}, {"S13.01": "yes"}, {}),
    "TR38": between("S08.02", "S08.03", "2026-01-15", "2026-07-16", "2026-07-15"),
    "TR39": between("S24.03", "S24.04", "2026-01-05", "2026-07-07", "2026-07-06"),
    "TR41": recent("S13.08", "2025-06-29", "2025-06-30"),
    "TR42": recent("S06.04", "2025-03-29", "2025-03-30"),
    "TR43": between("S25.02", "S25.03", "2026-03-02", "2026-03-10", "2026-03-09"),
    "TR45": between("S02.02", "S01.01", "2025-03-02", "2026-03-01", "2026-03-02"),
}


def found(rule: str, answers: Answers, template: Template | None = None, **more: Any) -> Any:
    kept = timescales(template or everything(), inputs(answers, **more))
    return next(item for item in kept if item.rule == rule)


def test_the_table_holds_every_rule() -> None:
    assert list(TABLE) == [rule.id for rule in everything().timescales]
    assert len(TABLE) == 41


@pytest.mark.parametrize("rule", TABLE)
def test_out_of_time(rule: str) -> None:
    result = found(rule, TABLE[rule][0])
    assert result.kept is MISSED, result.sentence
    assert result.over is not None or rule in ("TR11", "TR37")


@pytest.mark.parametrize("rule", TABLE)
def test_in_time_on_the_last_day(rule: str) -> None:
    result = found(rule, TABLE[rule][1])
    assert result.kept is MET, result.sentence
    assert result.over is None


@pytest.mark.parametrize("rule", TABLE)
def test_not_known_yet(rule: str) -> None:
    result = found(rule, TABLE[rule][2])
    assert result.kept is UNKNOWN, result.sentence
    assert found(rule, {}).kept is UNKNOWN


@pytest.mark.parametrize(
    ("rule", "answers", "sentence"),
    [
        ("TR04", TABLE["TR04"][0], "54 working days from 01/06/2026, limit 45: 9 over"),
        ("TR04", TABLE["TR04"][1], "45 working days from 01/06/2026, limit 45: in time"),
        ("TR07", TABLE["TR07"][0], "3 months 1 day from 31/01/2026, limit 3 months: 1 day over"),
        ("TR26", TABLE["TR26"][0], "73 hours from 06/03/2026 22:15, limit 72: 1 over"),
        ("TR10", TABLE["TR10"][0],
         "11 from 01/01/2026 to 30/06/2026, at least 12 expected (one every 10 working days): 1 short"),
        ("TR22", TABLE["TR22"][0], "4 months 3 days old on 30/06/2026, limit 1 term (4 months): 3 days over"),
        ("TR42", TABLE["TR42"][0],
         "15 months 1 day from 29/03/2025 to 30/06/2026, limit 15 months: 1 day over"),
        ("TR45", TABLE["TR45"][0],
         "11 months 27 days from 02/03/2025 to 01/03/2026, limit 12 months: 1 day sooner"),
        ("TR11", {"S06.09": "not_evidenced"}, "not evidenced, limit 3 working days"),
        ("TR29", TABLE["TR29"][0],
         "1 week 1 day old on 30/06/2026, limit 4 weeks: in time; 5 from 01/01/2026 to 30/06/2026, at least 6 expected"
         " (one every 4 weeks): 1 short"),
        ("TR05", {"S05.02": "2026-10-01"},
         "38 working days from 01/10/2026 and not done by 24/11/2026, limit 15: 23 over"),
        ("TR05", {"S05.02": "2026-11-20"}, "not done yet, in time until 11/12/2026"),
        ("TR05", {"S05.02": "2026-03-02", "S06.01": "2026-02-02"}, "02/02/2026 lies before 02/03/2026"),
    ],
)  # fmt: skip
def test_it_is_said_in_a_plain_sentence(rule: str, answers: Answers, sentence: str) -> None:
    result = found(rule, answers)
    assert result.sentence == f"{result.title}: {sentence}"


@pytest.mark.parametrize(
    ("rule", "answers", "kept"),
    [
        ("TR05", {"S05.02": "2026-10-01"}, LATE),
        ("TR05", {"S05.02": "2026-10-01", "S06.01": NA}, OUT),
        ("TR26", {"S16.02": "2026-11-01T10:00"}, LATE),
        ("TR30", {**PERIOD, "S23.05": "2026-08-01"}, MET),
        ("TR10", {**PERIOD, "S07.08": NA}, OUT),
        ("TR09", {**PERIOD, "S07.03": "2026-08-01", "S07.04": NA, "S07.05": 0}, OUT),
        ("TR09", {**PERIOD, "S07.03": NA, "S07.04": "2026-06-29", "S07.05": 4}, MET),
        ("TR35", {"S06.03": NA, "S06.01": "2026-03-02", "S06.13": "2026-03-31"}, MISSED),
        ("TR17", {**PERIOD, "S11.08": "foster_in_house", "S11.06": "2026-05-01", "S11.12": 0}, OUT),
        ("TR17", {**PERIOD, "S11.08": "kinship", "S11.06": "2026-05-01", "S12.01": NA, "S11.12": 7}, MISSED),
        ("TR12", {"S11.01": "2010-03-01", "S12.01": "2012-03-01"}, OUT),
        ("TR07", {"S00.16": ("child_in_need",), "S05.13": NA}, OUT),
    ],
)
def test_what_else_can_come_of_it(rule: str, answers: Answers, kept: Kept) -> None:
    result = found(rule, answers)
    assert result.kept is kept, result.sentence


def test_late_running_keeps_the_day_it_was_due_and_no_end() -> None:
    result = found("TR05", {"S05.02": "2026-10-01"})
    assert (str(result.taken), str(result.over), result.end) == ("38 working days", "23 working days", None)
    assert result.due is not None and result.due.isoformat() == "2026-10-22"


def test_year_two_of_private_fostering_asks_for_fewer_visits() -> None:
    """Two visits in six-week steps to the end of March, one in the twelve weeks after."""
    answers: Answers = {**PERIOD, "S19.01": "2025-03-30", "S19.02": "2025-04-01", "S19.04": 3}
    result = found("TR27", answers)
    assert [str(part.limit) for part in result.parts] == ["7 working days", "3 times"]
    assert result.kept is MET


def test_what_began_under_a_regime_stays_under_it() -> None:
    single: Answers = {**SINGLE, "S01.01": "2013-05-01", "S04.03": "2013-06-20"}
    initial: Answers = {"S01.01": "2013-05-01", "S03.02": "2013-05-10"}
    assert (found("TR04", single).kept, found("TR02", initial).kept) == (MET, OUT)
    later = replace(everything(), regimes=tuple(map(_changed_later, everything().regimes)))
    assert (found("TR04", single, later).kept, found("TR02", initial, later).kept) == (OUT, MET)


def _changed_later(regime: Regime) -> Regime:
    return replace(regime, since=date(2013, 10, 1)) if regime.id == "WT2013+" else regime


def test_before_2010_an_initial_assessment_had_seven_days() -> None:
    answers: Answers = {"S01.01": "2010-03-01", "S03.02": "2010-03-11"}
    assert found("TR02", answers).sentence.endswith("8 working days from 01/03/2010, limit 7: 1 over")
    assert found("TR02", {"S01.01": "2010-03-17", "S03.02": "2010-03-29"}).kept is MET


def test_an_authority_may_ask_for_more_but_not_for_less() -> None:
    rules = {rule.id: rule_of(rule) for rule in everything().timescales}
    check_local_limit(rules["TR04"], Limit(42, Unit.WORKING_DAY))
    check_local_limit(rules["TR29"], Limit(3, Unit.MONTH))  # local anyway
    with pytest.raises(BadInput) as caught:
        check_local_limit(rules["TR04"], Limit(3, Unit.MONTH))
    assert caught.value.code == "local-limit-too-long"


def test_signs_are_no_failings() -> None:
    flags = {item.rule for item in timescales(everything(), inputs({})) if item.flag}
    assert flags == {"TR42", "TR45"}
