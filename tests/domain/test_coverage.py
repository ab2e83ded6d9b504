"""What a template covers of each practice area, and what is read again."""

from dataclasses import replace

import pytest

from auditor.domain.answers import Answer
from auditor.domain.coverage import Covered, coverage
from auditor.domain.reaudit import sections_to_reaudit
from auditor.domain.template import AnswerType, PracticeArea, Question, Section, Template, Tier

AREAS = (PracticeArea("voice", "Voice"), PracticeArea("plans", "Plans"))


def question(number: int, *serves: str, tier: Tier = Tier.CORE) -> Question:
    return Question(f"S01.{number:02}", "Asked?", AnswerType.TEXT, serves=serves, tier=tier)


def template(*questions: Question) -> Template:
    section = Section("S01", "One", "One", "", questions)
    return Template("t", "T", "1", "", (section,), (), practice_areas=AREAS)


VOICE = tuple(question(number, "voice") for number in range(1, 7))
MASTER = template(*VOICE, question(7, "plans", "voice"), question(8, "plans", tier=Tier.OPTIONAL))


@pytest.mark.parametrize(
    ("taken", "covered"),
    [(0, Covered.NO), (1, Covered.PARTIAL), (2, Covered.PARTIAL), (3, Covered.YES), (6, Covered.YES)],
)
def test_a_third_of_the_core_questions_covers_an_area(taken: int, covered: Covered) -> None:
    voice, _ = coverage(template(*VOICE[:taken]), MASTER)
    assert (voice.area, voice.covered, voice.core, voice.core_in_master) == (AREAS[0], covered, taken, 7)
    assert voice.questions == tuple(one.id for one in VOICE[:taken])
    assert voice.given_up == (*(one.id for one in VOICE[taken:]), "S01.07")


def test_optional_questions_stand_behind_an_area_without_covering_it() -> None:
    _, plans = coverage(template(question(8, "plans", tier=Tier.OPTIONAL)), MASTER)
    assert (plans.covered, plans.questions, plans.given_up) == (Covered.NO, ("S01.08",), ("S01.07",))


def test_a_question_counts_in_both_its_areas() -> None:
    assert [item.core for item in coverage(template(question(7, "plans", "voice")), MASTER)] == [1, 1]


def test_the_master_gives_up_nothing() -> None:
    assert [(item.covered, item.given_up) for item in coverage(MASTER, MASTER)] == [(Covered.YES, ())] * 2


def judged(section: str) -> Section:
    grade = Question(f"{section}.01", "How good?", AnswerType.GRADE, tags=("section_judgement",))
    other = Question(f"{section}.02", "Overall?", AnswerType.GRADE)
    return Section(section, section, section, "", (grade, other))


def test_sections_graded_3_or_4_are_read_again() -> None:
    form = replace(MASTER, sections=tuple(judged(f"S{number:02}") for number in range(1, 7)))
    answers = {
        "S05.01": Answer("4"),
        "S01.01": Answer("3"),
        "S02.01": Answer("2"),
        "S02.02": Answer("4"),
        "S03.01": Answer(na_reason="Does not arise"),
        "S06.01": Answer(),
    }
    assert sections_to_reaudit(form, answers) == ("S01", "S05")
    assert sections_to_reaudit(form, {}) == ()
