import threading
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.messages import Messages, Problem, problem_of
from auditor.desktop.operations import Operations, Progress
from auditor.desktop.widgets.status_line import StatusLine
from auditor.domain.changes import Changes
from auditor.domain.errors import BadInput, Place

CHANGED = Changes(frozenset({("audit", "a1")}), "4.18 Partly met")


@pytest.fixture
def operations(dressed: QApplication, qtbot: QtBot) -> Iterator[Operations]:
    status = StatusLine()
    qtbot.addWidget(status)
    made = Operations(Messages(status))
    yield made
    made.wait(5_000)


def refuse() -> NoReturn:
    raise BadInput("case-twice", "Two cases share a reference", "Row 7 repeats row 3.", "Correct it.", Place("a.csv"))


def stumble() -> NoReturn:
    secret = "Jane Sample"
    raise KeyError(secret)


def test_a_quick_act_is_done_before_the_call_returns(operations: Operations) -> None:
    seen: list[str] = []
    operations.run(lambda: "done", on_done=seen.append, quick=True)
    assert seen == ["done"]


def test_changes_are_said_and_spread_before_on_done(operations: Operations) -> None:
    order: list[str] = []
    operations.changed.connect(lambda changes: order.append(f"spread {changes.sentence}"))
    operations.run(lambda: CHANGED, on_done=lambda _: order.append("done"), quick=True)
    assert order == ["spread 4.18 Partly met", "done"]
    assert operations.messages.status.text == "4.18 Partly met"


@pytest.mark.parametrize("quick", [True, False])
def test_a_refusal_is_told_and_handed_to_the_caller(operations: Operations, qtbot: QtBot, quick: bool) -> None:
    failed: list[Exception] = []
    operations.run(refuse, on_failed=failed.append, quick=quick)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], BadInput)
    assert operations.messages.status.text == "Two cases share a reference: Row 7 repeats row 3."


def test_a_long_act_runs_on_another_thread_and_ends_in_the_windows(operations: Operations, qtbot: QtBot) -> None:
    threads: list[int] = []

    def act() -> int:
        return threading.get_ident()

    def done(worker: int) -> None:
        threads.extend([worker, threading.get_ident()])

    operations.run(act, on_done=done, busy_text="Writing the workbook")
    assert operations.busy
    assert operations.messages.status.text == "Writing the workbook"
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()
    assert not operations.busy


def test_long_acts_keep_their_order(operations: Operations, qtbot: QtBot) -> None:
    seen: list[int] = []
    acts: list[Callable[[], int]] = [lambda number=number: number for number in range(8)]  # type: ignore[misc]
    for act in acts:
        operations.run(act, on_done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 8)
    assert seen == list(range(8))


def test_a_cancelled_act_stops_at_its_next_report(operations: Operations, qtbot: QtBot) -> None:
    reported, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def act(progress: Progress) -> str:
        progress.report(0.5)
        reported.set()
        go_on.wait(5)
        progress.report(0.6)
        return "finished"

    progress = operations.run_long(act, "Reading the list", on_done=done.append)
    assert reported.wait(5)
    progress.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not operations.busy)
    assert done == []
    assert operations.messages.status.text == "Stopped · Reading the list"


def test_a_bug_is_shown_as_a_bug_without_what_was_typed() -> None:
    try:
        stumble()
    except KeyError as error:
        problem = problem_of(error)
    assert problem.code == "program-fault"
    assert "KeyError" in problem.details
    assert "stumble" in problem.details
    assert "Jane" not in f"{problem}"


def test_details_name_no_folder_above_the_program() -> None:
    try:
        refuse_with_cause()
    except RuntimeError as error:
        details = problem_of(error).details
    assert "BadInput" in details
    assert "/home" not in details
    assert str(__file__) not in details


def refuse_with_cause() -> NoReturn:
    try:
        refuse()
    except BadInput as error:
        raise RuntimeError from error


def test_a_refusal_speaks_for_itself() -> None:
    try:
        refuse()
    except BadInput as error:
        assert problem_of(error) == Problem(
            "case-twice", "Two cases share a reference", "Row 7 repeats row 3.", "Correct it.", "a.csv"
        )


class Held:
    """An act that waits on the worker until the test lets it go."""

    def __init__(self, result: object = None) -> None:
        self.began, self.go_on, self.result, self.runs = threading.Event(), threading.Event(), result, 0

    def __call__(self, *_progress: Progress) -> object:
        self.runs += 1
        self.began.set()
        assert self.go_on.wait(5)
        return self.result


def test_cancel_is_offered_only_where_an_act_listens(operations: Operations, qtbot: QtBot) -> None:
    status, deaf, listening = operations.messages.status, Held(), Held()
    operations.run(deaf, busy_text="Saving")
    offered = [status.offered]
    deaf.go_on.set()
    qtbot.waitUntil(lambda: not operations.busy)
    operations.run_long(listening, "Reading")
    offered.append(status.offered)
    assert offered == ["", "Cancel"]
    listening.go_on.set()
    qtbot.waitUntil(lambda: not operations.busy)


@pytest.mark.parametrize("fails", [False, True])
def test_what_was_done_before_an_act_ended_early_is_spread(operations: Operations, qtbot: QtBot, fails: bool) -> None:
    spread: list[Changes] = []
    operations.changed.connect(spread.append)
    held = Held()

    def act(progress: Progress) -> Changes:
        held(progress)
        if fails:
            progress.report(0.5, CHANGED)
            refuse()
        progress.report(0.5, CHANGED)
        return CHANGED

    progress = operations.run_long(act, "Giving out the cases")
    assert held.began.wait(5)
    if not fails:
        progress.cancel()
    held.go_on.set()
    qtbot.waitUntil(lambda: not operations.busy)
    assert [changes.touched for changes in spread] == [CHANGED.touched]
    assert operations.messages.status.text.startswith("Two cases" if fails else "Stopped")


def test_an_act_without_a_sentence_leaves_no_busy_words(operations: Operations, qtbot: QtBot) -> None:
    operations.run(lambda: Changes(CHANGED.touched), busy_text="Saving")
    qtbot.waitUntil(lambda: not operations.busy)
    assert operations.messages.status.text == ""


def test_the_next_act_says_what_it_is_at_when_the_one_before_ended(operations: Operations, qtbot: QtBot) -> None:
    first, second = Held(), Held()
    operations.run(first, busy_text="Saving")
    operations.run(second, busy_text="Checking")
    first.go_on.set()
    assert second.began.wait(5)
    qtbot.waitUntil(lambda: operations.messages.status.text == "Checking")
    second.go_on.set()
    qtbot.waitUntil(lambda: not operations.busy)


def test_an_act_of_the_same_key_is_not_begun_twice(operations: Operations, qtbot: QtBot) -> None:
    ends: list[object] = []
    held = Held("once")
    for _ in range(2):
        operations.run(held, on_done=ends.append, busy_text="Changing", key="passphrase")
    held.go_on.set()
    qtbot.waitUntil(lambda: not operations.busy)
    assert (held.runs, ends) == (1, ["once"])
    operations.run(held, on_done=ends.append, key="passphrase")
    qtbot.waitUntil(lambda: len(ends) == 2)


def test_acts_with_a_key_say_when_they_hold_what_began_them(operations: Operations, qtbot: QtBot) -> None:
    said: list[object] = []
    operations.held.connect(said.append)
    operations.run(lambda: "done", on_done=said.append, key="unlock")
    assert said == [True]
    qtbot.waitUntil(lambda: len(said) == 3)
    assert said == [True, False, "done"]


def test_after_closing_nothing_is_told_and_the_act_ends_by_itself(operations: Operations, qtbot: QtBot) -> None:
    told: list[object] = []
    held, waiting = Held(CHANGED), threading.Event()
    operations.changed.connect(told.append)
    operations.run(held, on_done=told.append, busy_text="Writing")
    assert held.began.wait(5)
    finish = operations.close()

    def wait() -> None:
        finish()
        waiting.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    assert not waiting.wait(0.05)
    held.go_on.set()
    assert waiting.wait(5)
    waiter.join()
    qtbot.waitUntil(lambda: not operations.busy)
    assert told == []
    operations.run(lambda: "late", on_done=told.append, quick=True)
    assert told == []


def test_a_window_may_go_while_its_worker_is_at_work(dressed: QApplication, qtbot: QtBot) -> None:
    window, status = QWidget(), StatusLine()
    qtbot.addWidget(status)
    operations = Operations(Messages(status), window)
    held, gone = Held(), []
    operations.destroyed.connect(lambda: gone.append(True))
    operations.run(held, busy_text="Writing")
    assert held.began.wait(5)
    operations.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not gone
    held.go_on.set()
    qtbot.waitUntil(lambda: bool(gone))
