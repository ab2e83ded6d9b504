"""The score of an audit by the method its template has chosen: of each section, and of the whole.

N/A leaves the denominator. Not evidenced counts as not met, and is told apart as well. A blank is neither: nothing is
known of a section until something in it is judged, and how much still waits is always said.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce

from auditor.domain.answers import Answer
from auditor.domain.scoring import Outcome, outcome_of
from auditor.domain.template import Question, Section, Standing, Template
from auditor.domain.template_parts import Method, ReadsAs, Scoring

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Score:
    """`got` of `of` (answers met of those judged, or points of the most there could be), or the `grade` given.

    `not_evidenced` of the answers behind it are not evidenced; `waiting` more questions are not answered yet.
    """

    got: int = 0
    of: int = 0
    grade: str = ""
    not_evidenced: int = 0
    waiting: int = 0

    @property
    def is_known(self) -> bool:
        """Whether anything was judged at all."""
        return bool(self.of or self.grade)

    @property
    def is_final(self) -> bool:
        """Whether it is known and no blank can change it any more."""
        return self.is_known and not self.waiting

    def plus(self, other: "Score", weight: int = 1) -> "Score":
        """This score with another, whose points weigh so much, added to it."""
        return Score(
            got=self.got + weight * other.got,
            of=self.of + weight * other.of,
            not_evidenced=self.not_evidenced + other.not_evidenced,
            waiting=self.waiting + other.waiting,
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one audit: by the id of each section that has one, and of the whole."""

    sections: Mapping[str, Score]
    whole: Score


def scores(template: Template, answers: Answers, not_asked: Collection[str] = ()) -> Scores | None:
    """The scores by the template's method; None where it has chosen none. `not_asked` are the questions that are not
    for this case: left blank, they are not waited for."""
    scoring = template.scoring
    if scoring is None or scoring.method is Method.NONE:
        return None
    if scoring.method is Method.JUDGEMENT:
        return _judged(template, answers, not_asked)
    found = {section.id: _counted(section, scoring, answers, not_asked) for section in template.sections}
    of_sections = {section_id: score for section_id, score in found.items() if score is not None}
    weights = {section_id: _weight(scoring, section_id) for section_id in of_sections}
    whole = reduce(lambda sum_, one: sum_.plus(of_sections[one], weights[one]), of_sections, Score())
    return Scores(of_sections, whole)


def scored_by(scoring: Scoring, question: Question) -> Mapping[str, int] | None:
    """What each option of the question is worth, before weights; None where the method does not look at it. An option
    that is not among them counts as N/A; not evidenced always is."""
    own = scoring.option_points.get(question.id)
    if own is not None and question.asked:
        unseen = (option.code for option in question.options if option.stands_for is Standing.NOT_EVIDENCED)
        return {**dict.fromkeys(unseen, 0), **own}
    if not (question.asked and question.scored):
        return None
    points = scoring.points if scoring.method is Method.POINTS else {Outcome.MET.value: 1}
    if not points:
        return None
    outcomes = ((option.code, outcome_of(question, Answer(option.code))) for option in question.options)
    return {code: points.get(outcome.value, 0) for code, outcome in outcomes if outcome and outcome is not Outcome.NA}


def score_words(template: Template, score: Score) -> str:
    """The score as a person reads it: "9 of 12 met", "75 % (18 of 24 points)", or the label of the grade; empty while
    nothing is judged."""
    scoring = template.scoring or Scoring()
    if not score.is_known:
        return ""
    if score.grade:
        return _label(template, score.grade)
    count = f"{score.got} of {score.of}"
    what = "met" if scoring.method is Method.SHARE_MET else "points"
    if scoring.reads_as is ReadsAs.COUNT:
        return f"{count} {what}"
    return f"{percent(score)} % met ({count})" if what == "met" else f"{percent(score)} % ({count} points)"


def percent(score: Score) -> int:
    """The score in whole per cent. Only all is 100, and only nothing 0."""
    if score.got in (0, score.of):
        return 100 if score.got else 0
    return min(99, max(1, (200 * score.got + score.of) // (2 * score.of)))


def _counted(section: Section, scoring: Scoring, answers: Answers, not_asked: Collection[str]) -> Score | None:
    """The score of a section by answers; None where none of its questions is scored."""
    parts = []
    for question in section.questions:
        worth = scored_by(scoring, question)
        if worth:
            answer = answers.get(question.id, Answer())
            weight = _weight(scoring, question.id)
            parts.append(_one(question, worth, weight, answer, waited_for=question.id not in not_asked))
    return reduce(Score.plus, parts) if parts else None


def _one(question: Question, worth: Mapping[str, int], weight: int, answer: Answer, *, waited_for: bool) -> Score:
    if answer.is_blank:
        return Score(waiting=int(waited_for))
    code = str(answer.value)
    if answer.is_na or code not in worth:
        return Score()
    option = question.option(code)
    not_evidenced = option is not None and option.stands_for is Standing.NOT_EVIDENCED
    return Score(weight * worth[code], weight * max(worth.values()), not_evidenced=int(not_evidenced))


def _judged(template: Template, answers: Answers, not_asked: Collection[str]) -> Scores:
    sections = {}
    for section in template.sections:
        grade = next((q for q in section.questions if q.is_section_judgement and q.asked), None)
        if grade is not None:
            sections[section.id] = _grade(grade.id, answers, not_asked)
    overall = template.overall_question
    return Scores(sections, _grade(overall, answers, not_asked) if overall in template.by_id else Score())


def _grade(question_id: str, answers: Answers, not_asked: Collection[str]) -> Score:
    answer = answers.get(question_id, Answer())
    if answer.is_blank:
        return Score(waiting=int(question_id not in not_asked))
    return Score() if answer.is_na else Score(grade=str(answer.value))


def _weight(scoring: Scoring, one: str) -> int:
    return scoring.weights.get(one, 1)


def _label(template: Template, grade: str) -> str:
    judgements = (q for q in template.questions() if q.is_section_judgement or q.id == template.overall_question)
    option = next((option for question in judgements if (option := question.option(grade))), None)
    return option.label if option else grade
