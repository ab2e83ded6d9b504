"""An invented cycle, large enough to look at and small enough to check by hand."""

import random
from dataclasses import replace
from datetime import date, timedelta

from auditor.domain.action import Status
from auditor.domain.matrix import AnswerMatrix, Column, IndicatorCount, ThemeMatrix
from auditor.domain.scoring import Counts, Outcome, total
from auditor.reports.theme_summary import ActionRow, Comment, CommentKind, QuestionResult, ThemeSummary

TODAY = date(2026, 11, 23)
THEMES = (
    "Management oversight", "Chronology", "Planning and drift", "Analysis", "Child’s voice", "Recording", "Timeliness",
    "Assessment", "Multi-agency working", "Family and fathers", "Equality", "Safety", "Threshold", "Outcomes",
)  # fmt: skip
_PEOPLE = ("Auditor One", "Auditor Two", "Manager Three", "Lead Four")
_SAID = (
    "One supervision record in six months. It lists tasks; nothing about risk.",
    "The core group slipped twice. Nobody asked why, and no new date was set for seven weeks.",
    "The reason for stepping up is written so that the family could read it.",
    "Chronology stops at the transfer. The earlier referrals are in the old system, were not carried over, and the "
    "worker says in the case note that she did not know of them until the conference.",
)


def counts(source: random.Random, questions: int, usual: float = 2) -> Counts:
    """The counts of one cell over so many questions."""
    issues = min(questions, int(source.expovariate(1 / usual)))
    partly = source.randint(0, issues)
    not_met = source.randint(0, issues - partly)
    return Counts(
        met=questions - issues,
        partly=partly,
        not_met=not_met,
        not_evidenced=issues - partly - not_met,
        na=source.randint(0, 2),
        good_practice=int(source.random() < 0.25),
        limits_failed=int(not_met > 0 and source.random() < 0.15),
    )


def sample_matrix(source: random.Random, cases: int) -> ThemeMatrix:
    """A matrix in which one case has nothing agreed and one theme does not apply to some."""
    cells = []
    for row, _ in enumerate(THEMES):
        line = [counts(source, source.randint(3, 12)) for _ in range(cases)]
        if row == 10:
            line[2 % cases] = line[5 % cases] = Counts(na=4)
        line[-1] = Counts()
        cells.append(tuple(line))
    return ThemeMatrix(
        themes=tuple((f"t{at}", title) for at, title in enumerate(THEMES)),
        columns=tuple(Column(f"a{at}", f"c{at}", f"CF-{at:02}") for at in range(1, cases + 1)),
        cells=tuple(cells),
        totals=(*(counts(source, 70, 18) for _ in range(cases - 1)), Counts()),
        not_agreed=tuple(73 if at == cases - 1 else at % 3 for at in range(cases)),
    )


def sample_actions(source: random.Random, how_many: int) -> tuple[ActionRow, ...]:
    """Actions of every status."""
    rows = []
    for at in range(how_many):
        status = list(Status)[at % 5]
        raised = date(2026, 9, 1) + timedelta(days=source.randint(0, 60))
        due = raised + timedelta(days=28)
        done = status in (Status.COMPLETE, Status.AWAITING)
        rows.append(
            ActionRow(
                number=f"A-{at + 1:03}",
                text="Ask the team manager to record reflective supervision every four weeks and to show it.",
                owner=_PEOPLE[at % 4],
                case=f"CF-{at % 14 + 1:02}",
                theme=THEMES[at % 14],
                raised=raised,
                due=due,
                status=status,
                days_late=source.randint(1, 40) if status is Status.BEHIND else 0,
                done_on=due if done else None,
                verified_on=due + timedelta(days=3) if status is Status.COMPLETE else None,
                verified_by=_PEOPLE[3] if status is Status.COMPLETE else "",
            )
        )
    return tuple(rows)


def sample_comments(source: random.Random, how_many: int) -> tuple[Comment, ...]:
    """Comments over all themes and kinds."""
    return tuple(
        Comment(
            theme=THEMES[source.randrange(14)] if at % 9 else "",
            kind=source.choice(list(CommentKind)),
            case=f"CF-{source.randint(1, 14):02}",
            question_number=f"{source.randint(1, 27)}.{source.randint(1, 20):02}",
            question="Is there evidence of reflective supervision that considers risk and drift?",
            answer=source.choice(("Not met", "Partly met", "Met", "Not evidenced")),
            author=_PEOPLE[at % 4],
            text=_SAID[at % 4],
            location="Supervision record, 12/05/2026" if at % 3 else "",
        )
        for at in range(how_many)
    )


def sample_summary(cases: int = 14, comments: int = 40, actions: int = 12) -> ThemeSummary:
    """A theme summary with everything in it, the same at every call."""
    source = random.Random(2026)
    matrix = sample_matrix(source, cases)
    by_theme = tuple(total(line) for line in matrix.cells)
    return ThemeSummary(
        title="Summer 2026",
        period="1 January to 30 June 2026",
        cases=cases,
        pairs=cases,
        template_title="Child care case file: whole file",
        template_version="1.0",
        template_hash="9f2c" * 16,
        made_on=TODAY,
        matrix=matrix,
        answers=AnswerMatrix(matrix.themes, tuple(Outcome), by_theme),
        indicators=(
            IndicatorCount(
                "no_supervision", "No supervision record on the file", 9, 14, 1, ("CF-01", "CF-04", "CF-05")
            ),
            IndicatorCount("no_chronology", "No chronology, or one more than six months old", 12, 14, 0, ("CF-02",)),
            IndicatorCount("no_plan", "No current plan", 0, 11),
        ),
        questions=tuple(
            QuestionResult(
                f"{at // 10 + 1}.{at % 10 + 1:02}",
                "Is the plan specific, measurable and owned by a named person, with a date for each step?",
                "Planning and review",
                THEMES[at % 13 : at % 13 + 2],
                counts(source, 12),
            )
            for at in range(60)
        ),
        comments=sample_comments(source, comments),
        actions=sample_actions(source, actions),
        notes=("One case, CF-14, has nothing agreed yet and counts nowhere.",),
        sample=True,
    )


def with_text_everywhere(text: str) -> ThemeSummary:
    """A small summary in which every text field holds the text."""
    whole = sample_summary(cases=3, comments=1, actions=1)
    matrix = ThemeMatrix(
        themes=(("t0", text),),
        columns=(Column("a", "c", text),),
        cells=((Counts(met=1, partly=1),),),
        totals=(Counts(met=1, partly=1),),
        not_agreed=(0,),
    )
    return replace(
        whole,
        title=text,
        period=text,
        template_title=text,
        template_version=text,
        template_hash=text,
        matrix=matrix,
        answers=AnswerMatrix(matrix.themes, tuple(Outcome), (Counts(met=1, partly=1),)),
        indicators=(IndicatorCount("i", text, 1, 1, 0, (text,)),),
        questions=(QuestionResult(text, text, text, (text,), Counts(met=1)),),
        comments=(Comment(text, CommentKind.ISSUE, text, text, text, text, text, text, text),),
        actions=(
            replace(whole.actions[0], number=text, text=text, owner=text, case=text, theme=text, verified_by=text),
        ),
        notes=(text,),
    )
