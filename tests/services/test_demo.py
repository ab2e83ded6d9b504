"""The sample workspace, built once by its command: its figures to the digit, its people, and what waits in it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from auditor.cli.root import auditor
from auditor.domain.action import Status
from auditor.domain.answers import Answer
from auditor.domain.audit import Moderated, Slot, Stage
from auditor.domain.errors import BadInput, WorkspaceError
from auditor.domain.matrix import IndicatorCount
from auditor.domain.roles import Role
from auditor.domain.template import AnswerType
from auditor.services import (
    actions,
    cycles,
    evidence,
    home,
    moderation_view,
    replies,
    waiting,
)
from auditor.services.demo import build
from auditor.services.demo.build import PASSPHRASE, build_demo, open_demo
from auditor.services.demo.people import AUDITORS, LEAD, PIN
from auditor.services.demo.plans import cycle_plan
from auditor.services.demo.story import Story, tell
from auditor.services.demo.words import Words
from auditor.services.findings import findings
from auditor.services.people import everybody
from auditor.services.reconciling import reconcile_view
from auditor.services.session import Session
from auditor.services.templates import shipped_templates
from auditor.services.workspace import OpenedWorkspace
from auditor.store.queries import entries
from tests.services.conftest import Built

TODAY = date.today()


@pytest.fixture(scope="module")
def indicators(built: Built) -> dict[str, IndicatorCount]:
    found = built.demo.session.ask(findings, built.demo.review)
    return {item.id: item for item in found.indicators}


@pytest.mark.parametrize(
    ("indicator", "count", "of"),
    [
        ("no_supervision", 9, 16),
        ("no_chronology", 12, 16),
        ("no_current_plan", 5, 16),
        ("cultural_needs_considered", 2, 4),
        ("re_referred_within_year", 2, 6),
    ],
)
def test_the_review_gives_the_published_figures(
    indicators: dict[str, IndicatorCount], indicator: str, count: int, of: int
) -> None:
    found = indicators[indicator]
    assert (found.count, found.of) == (count, of)


def test_both_contradictions_and_the_misfiled_records_are_there(indicators: dict[str, IndicatorCount]) -> None:
    assert indicators["no_action_but_private_fostering"].cases == ("R-11",)
    assert indicators["not_in_need_but_assessed"].cases == ("R-13",)
    assert indicators["shared_records_missing"].cases == ("R-01",)


def test_ten_records_are_read_in_depth_and_six_are_recent_referrals(built: Built) -> None:
    plans = Counter(case.plan_type for case in built.cycle("review").cases)
    assert plans == {
        "Recent referral": 6,
        "In care": 4,
        "Child in need plan": 4,
        "Child protection plan": 1,
        "Stepped down": 1,
    }
    assert set(built.cycle("review").stages) == {Stage.SIGNED_OFF}


def test_the_pilot_has_fourteen_pairs_of_twenty_eight_auditors_at_every_stage(built: Built) -> None:
    pilot = built.cycle("pilot")
    assert len(pilot.cases) == len(pilot.audits) == 14
    pairs = [line.auditor_names for line in pilot.audits]
    assert sorted(name for pair in pairs for name in pair) == sorted(AUDITORS)
    assert pilot.stages == {Stage.SIGNED_OFF: 10, Stage.TO_RECONCILE: 1, Stage.SCORING: 2, Stage.CANCELLED: 1}
    assert (pilot.cycle.period_start, pilot.cycle.period_end) == (date(2012, 10, 1), date(2013, 3, 31))


def test_pairs_agree_mostly_and_differ_plausibly(built: Built) -> None:
    pilot = [line for line in built.cycle("pilot").audits if line.stage is Stage.SIGNED_OFF]
    compared = [
        item
        for line in pilot
        for item in built.demo.session.ask(reconcile_view, line.audit.id).comparisons
        if item.question.type is AnswerType.CHOICE
    ]
    steps = Counter(item.distance for item in compared)
    assert 0.8 < steps[0] / len(compared) < 0.97
    assert steps[1] > steps[2] > 0
    assert all(item.agreed.answer.reason for item in compared if item.distance == 2)


def test_everything_is_labelled_as_sample_and_nobody_is_real(built: Built) -> None:
    for cycle in built.demo.session.ask(cycles.all_cycles, None):
        assert cycle.sample
        assert cycle.title.endswith("(sample)")
    for person in built.demo.session.ask(everybody, None):
        assert re.fullmatch(r"[A-Z]{1,2}\. (Auditor|Manager|Support|Moderator)", person.name)


def test_every_slot_was_recorded_by_its_own_author(built: Built) -> None:
    with built.demo.opened.records.read() as view:
        for line in built.cycle("review").audits:
            for slot, person in line.audit.auditors.items():
                assert set(entries.authors(view, line.audit.id, slot).values()) <= {person}
                rows = view.connection.exec_driver_sql(
                    "SELECT DISTINCT author_id FROM register WHERE entity_id = ? AND slot = ?",
                    (line.audit.id, slot.value),
                )
                assert {author for (author,) in rows} == {person}
            assert set(line.audit.auditors) == {Slot.A, Slot.B}


def test_home_is_alive_for_the_person_signed_in(built: Built) -> None:
    assert built.demo.session.actor.has(Role.AUDITOR)
    view = built.demo.session.ask(home.home, TODAY)
    assert view.resume is not None
    assert view.resume.case.reference == "CF-07"
    done, asked = view.resume.progress
    assert 0 < done < asked
    assert {row.verb for row in view.waiting} >= {
        waiting.Verb.START,
        waiting.Verb.RECONCILE,
        waiting.Verb.GIVE_OUT,
        waiting.Verb.UPDATE,
        waiting.Verb.VERIFY,
        waiting.Verb.MOVE,
        waiting.Verb.DECIDE,
    }
    assert view.cycle is not None
    assert "autumn" in view.cycle.cycle.title
    assert view.cycle.cycle.due > TODAY


def test_some_audits_are_moderated_and_replied_to(built: Built) -> None:
    lines = built.demo.session.ask(moderation_view.moderation_lines, None)
    outcomes = Counter(line.line.audit.moderated for line in lines if line.line.audit.moderated)
    assert outcomes == {Moderated.UPHELD: 2, Moderated.CHANGED: 1}
    moved = built.demo.session.ask(moderation_view.calibration, None)
    assert sum(row.down for _name, row in moved) == 2, "the grade of one pair was too generous"
    (asked,) = (row for row in built.demo.session.ask(home.home, TODAY).waiting if row.verb is waiting.Verb.ANSWER)
    assert len(built.demo.session.ask(replies.audit_replies, asked.target).lines) == 1


def test_actions_stand_at_every_status(built: Built) -> None:
    lines = built.demo.session.ask(actions.list_actions, actions.ActionQuery(TODAY))
    counted = Counter(line.status for line in lines)
    assert set(counted) == set(Status)
    assert counted[Status.BEHIND] >= 2


def test_comments_are_varied_and_complete(built: Built) -> None:
    lines = built.demo.session.ask(evidence.behind_cell, evidence.CellQuery(built.demo.review))
    texts = [words.text for line in lines for words in line.words]
    assert len(texts) > 120
    assert len(set(texts)) > 0.6 * len(texts)
    assert not [text for text in texts if "{" in text or not text.endswith((".", "?"))]
    assert any(line.good_practice for line in lines)
    assert any(words.location for line in lines for words in line.words)


def test_the_sample_is_sound(built: Built) -> None:
    assert built.demo.opened.verify().problems == ()


def test_the_command_prints_what_there_is_to_see(built: Built) -> None:
    for figure in ("   9/16  No supervision", "  12/16  No chronology", "   5/16  No current plan"):
        assert figure in built.printed
    assert "Behind schedule" in built.printed
    assert "Complete" not in built.printed.split("Open actions")[1]
    for line in (PASSPHRASE, LEAD, PIN, str(built.folder / "workspace"), str(built.folder / "theme-summary.xlsx")):
        assert line in built.printed


def test_the_workbook_holds_the_review(built: Built) -> None:
    book = load_workbook(built.folder / "theme-summary.xlsx")
    headings = {str(cell.value) for row in book["Theme x case"].iter_rows(max_row=6) for cell in row}
    assert {f"R-{number:02}" for number in range(1, 17)} <= headings


def test_a_former_sample_is_replaced_and_may_be_opened_again(tmp_path: Path, short: None) -> None:
    assert open_demo(tmp_path / "out") is None
    first = build_demo(tmp_path / "out", TODAY)
    assert first.opened.info().backups == 1, "Home and its picture tell of one"
    with pytest.raises(WorkspaceError) as in_use:
        build_demo(tmp_path / "out", TODAY)
    assert in_use.value.code == "workspace-in-use"
    first.lock()
    second = build_demo(tmp_path / "out", TODAY)
    second.lock()
    assert second.review != first.review
    again = open_demo(tmp_path / "out")
    assert again is not None
    again.lock()
    assert (again.review, again.session.actor.name) == (second.review, LEAD)


def test_a_sample_left_half_built_is_not_taken_for_one(
    tmp_path: Path, home_folders: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "PLANS", ())

    def pulled_the_plug(_: str) -> None:
        if (tmp_path / "out" / "workspace").exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(tmp_path / "out", TODAY, pulled_the_plug)
    assert open_demo(tmp_path / "out") is None


@pytest.mark.parametrize("other", ["notes.txt", "workspace/workspace.db"])
def test_no_other_folder_is_touched(tmp_path: Path, other: str) -> None:
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text("mine")
    with pytest.raises(BadInput) as refused:
        build_demo(tmp_path, TODAY)
    assert refused.value.code == "folder-not-empty"
    assert (tmp_path / other).read_text() == "mine"


def test_the_command_needs_a_folder() -> None:
    result = CliRunner().invoke(auditor, ["demo"])
    assert result.exit_code == 1
    assert "--out" in result.stderr


@pytest.fixture
def short(home_folders: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of one small cycle, built in a second."""
    monkeypatch.setattr(build, "PLANS", ("autumn",))
    monkeypatch.setattr(build, "action_plans", lambda _today: [])


def test_pages_are_drawn_in_the_dress_asked_for_and_the_sample_thrown_away(
    tmp_path: Path, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[object, ...]] = []

    def draw(opened: OpenedWorkspace, session: Session, out: Path, theme: str, text: int, today: date) -> list[Path]:
        drawn.append((opened.info().path, session.actor.name, out, theme, text, today))
        return [out / "home.png"]

    monkeypatch.setattr("auditor.app.render_pages", draw, raising=False)
    arguments = ["demo", "--render", str(tmp_path / "pages"), "--theme", "dark", "--text", "200"]
    result = CliRunner().invoke(auditor, arguments)
    assert result.exit_code == 0, result.stderr
    assert f"{tmp_path / 'pages'} (1 pictures)" in result.stdout
    ((workspace, *dress),) = drawn
    assert dress == [LEAD, tmp_path / "pages", "dark", 200, TODAY]
    assert isinstance(workspace, Path)
    assert not workspace.exists()


@pytest.mark.parametrize(("display", "options", "opens"), [(True, [], 1), (True, ["--no-window"], 0), (False, [], 0)])
def test_the_window_opens_where_somebody_can_see_it(
    tmp_path: Path, short: None, monkeypatch: pytest.MonkeyPatch, display: bool, options: list[str], opens: int
) -> None:
    opened: list[Path] = []

    def open_window(path: Path) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("auditor.cli.demo.has_display", lambda: display)
    monkeypatch.setattr("auditor.app.open_window", open_window)
    result = CliRunner().invoke(auditor, ["demo", "--out", str(tmp_path / "out"), *options])
    assert result.exit_code == 0, result.stderr
    assert opened == [tmp_path / "out" / "workspace"] * opens


def stories(today: date) -> Iterator[Story]:
    templates = {shipped.template.id: shipped.template for shipped in shipped_templates()}
    for name in build.PLANS:
        plan, words = cycle_plan(name, today), Words(Random(name))
        for case in plan.cases:
            yield tell(templates[plan.template], case, plan.period, words, Random(case.reference))


def test_the_same_seed_tells_the_same_stories() -> None:
    assert list(stories(date(2026, 11, 24))) == list(stories(date(2026, 11, 24)))


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2028, 2, 29), date(2027, 1, 1)])
def test_facts_fit_together(today: date) -> None:
    for name in build.PLANS:
        period = cycle_plan(name, today).period
        assert period.start < period.end < period.due
        assert timedelta(175) < period.end - period.start < timedelta(190)
    for story in stories(today):
        value = {question_id: entry.answer.value for question_id, entry in story.facts.items()}
        for part, whole in (("S07.09", "S07.08"), ("S09.03", "S09.01"), ("S11.13", "S11.12")):
            if part in value:
                assert value[part] <= value[whole]  # type: ignore[operator]
        if value["S22.01"] == 0:
            assert story.agreed["S22.09"] == Answer("not_evidenced")
        if value["S23.01"] == "no":
            assert story.agreed["S23.11"].is_na
        ends = str(value["S00.07"])
        assert all(text <= f"{ends}T99" for text in value.values() if isinstance(text, str) and text[:2] == "20")
