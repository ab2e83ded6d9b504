import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor.desktop.main_window import MainWindow
from auditor.desktop.marks import MarkKind
from auditor.desktop.messages import Problem
from auditor.desktop.operations import Operations
from auditor.desktop.shell.badges import Badges
from auditor.desktop.shell.page import Arrangement, Page, arrangement_for
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.domain.changes import Changes


@dataclass
class Heard:
    refreshed: list[Changes | None] = field(default_factory=list)
    targets: list[object] = field(default_factory=list)
    arranged: list[Arrangement] = field(default_factory=list)


class Plain(Page):
    def __init__(self, operations: Operations, page_id: str, kinds: tuple[str, ...]) -> None:
        self.page_id, self.title, self.icon, self.kinds = page_id, page_id.capitalize(), page_id, kinds
        super().__init__(operations)
        self.heard = Heard()
        self.line = QLineEdit()
        self.line.setAccessibleName("A line")
        self.button = Button("Do it")
        self.in_detail = False
        self.failing: Exception | None = None
        self.content.addWidget(self.line)
        self.content.addWidget(self.button)

    def refresh(self, changes: Changes | None) -> None:
        if self.failing is not None:
            raise self.failing
        self.heard.refreshed.append(changes)

    def arrive(self, target: object) -> None:
        self.heard.targets.append(target)
        super().arrive(target)

    def arrange(self, arrangement: Arrangement) -> None:
        self.heard.arranged.append(arrangement)

    def keys(self) -> list[tuple[str, str]]:
        return [("V", "verify")]

    def panes(self) -> list[QWidget]:
        return [self.line, self.button]

    def go_back(self) -> bool:
        was, self.in_detail = self.in_detail, False
        return was


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    for page_id, kinds in (("home", ("audit", "action")), ("audits", ("audit",)), ("actions", ("action",))):
        made.add_page(Plain(made.operations, page_id, kinds))
    made.add_page(Plain(made.operations, "settings", ()))
    made.set_identity("A. Auditor", "Team manager · QA lead")
    made.show()
    made.show_page("home")
    yield made


def plain(window: MainWindow, page_id: str) -> Plain:
    page = window.page_of(page_id)
    assert isinstance(page, Plain)
    return page


def shown(window: MainWindow) -> str:
    assert window.page is not None
    return window.page.page_id


def test_the_rail_is_wide_on_home_and_narrow_on_working_pages(window: MainWindow) -> None:
    assert window.rail.width() == 192
    window.show_page("actions")
    assert window.rail.maximumWidth() == 76


def test_ctrl_digits_open_the_pages(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == "actions"
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == "settings"
    assert window.rail.button("settings").isChecked()


def test_back_leaves_a_detail_first_then_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("audits", target="CF-07")
    plain(window, "audits").in_detail = True
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert shown(window) == "audits"
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown(window) == "home"
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert shown(window) == "home"


def test_backspace_in_a_field_deletes_and_goes_nowhere(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("audits")
    line = plain(window, "audits").line
    line.setText("ab")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == "a"
    assert shown(window) == "audits"


def test_only_pages_that_show_what_changed_ask_again_and_only_when_seen(window: MainWindow) -> None:
    changes = Changes(frozenset({("action", "A-1")}), "Raised")
    window.show_page("audits")
    for page_id in ("home", "audits"):
        plain(window, page_id).heard.refreshed.clear()
    window.operations.run(lambda: changes, quick=True)
    assert plain(window, "home").heard.refreshed == []
    window.show_page("home")
    assert plain(window, "home").heard.refreshed == [None]
    assert plain(window, "audits").heard.refreshed == []
    window.operations.run(lambda: changes, quick=True)
    assert plain(window, "home").heard.refreshed == [None, changes]


def test_a_page_can_send_to_another_with_a_target(window: MainWindow) -> None:
    plain(window, "home").go_to.emit("audits", "CF-07")
    assert plain(window, "audits").heard.targets == ["CF-07"]


def test_arriving_puts_the_focus_below_the_head(window: MainWindow) -> None:
    window.show_page("audits")
    assert plain(window, "audits").line.hasFocus()


def test_f6_goes_round_the_parts_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    page = plain(window, "audits")
    window.show_page("audits")
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert page.button.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.status.isAncestorOf(focused)
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.rail.button("audits").hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.status.isAncestorOf(focused)


def test_f1_lists_the_keys_of_the_page(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.key_help.isVisible()
    said = [label.accessibleName() for label in window.key_help.findChildren(QWidget)]
    assert "V: verify" in said
    assert "Ctrl+L: lock" in said
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert not window.key_help.isVisible()


def test_help_stands_beside_a_page_or_takes_its_place(window: MainWindow, qtbot: QtBot) -> None:
    page = plain(window, "home")
    window.toggle_help()
    assert page.isVisible()
    assert page.heard.arranged[-1] is Arrangement.STACKED
    window.resize(1024, 640)
    assert (page.isVisible(), window.key_help.isVisible()) == (False, True)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert (page.isVisible(), window.key_help.isVisible()) == (True, False)
    assert page.line.hasFocus()


def test_another_page_closes_the_help_of_the_page_before(window: MainWindow) -> None:
    window.toggle_help()
    window.show_page("audits")
    assert not window.key_help.isVisible()


def test_ctrl_l_asks_for_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_requested):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_badge_counts_what_waits(window: MainWindow, qtbot: QtBot) -> None:
    waiting = [3]
    Badges(window.rail, window.operations, lambda: {"actions": waiting[0]})
    button = window.rail.button("actions")
    qtbot.waitUntil(lambda: button.badge == 3)
    assert button.accessibleName() == "Actions, 3 waiting, Ctrl+3"
    waiting[0] = 2
    window.operations.run(lambda: Changes(frozenset({("cycle", "c1")})), quick=True)
    qtbot.waitUntil(lambda: button.badge == 2)


def test_a_page_that_cannot_refresh_is_told_and_keeps_no_other_page_from_it(window: MainWindow) -> None:
    home, audits = plain(window, "home"), plain(window, "audits")
    window.show_page("audits")
    window.show_page("home")
    asked = len(home.heard.refreshed)
    home.failing = ValueError("damaged")
    changes = Changes(frozenset({("audit", "a1")}))
    window.operations.run(lambda: changes, quick=True)
    assert window.status.text.startswith("The program made a mistake")
    window.show_page("audits")
    assert len(audits.heard.refreshed) == 2
    home.failing = None
    window.show_page("home")
    assert len(home.heard.refreshed) == asked + 1


def test_closing_leaves_every_page_even_where_one_cannot_save(window: MainWindow) -> None:
    left: list[str] = []

    def refuse() -> None:
        raise ValueError("no room")

    plain(window, "home").leave = refuse  # type: ignore[method-assign]
    plain(window, "audits").leave = lambda: left.append("audits")  # type: ignore[method-assign]
    window.close()
    assert left == ["audits"]


def test_show_leads_to_the_whole_problem_and_esc_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    problem = Problem("program-fault", "The program made a mistake", "What.", "Try again.", details="KeyError")
    window.messages.opened.emit(problem)
    assert window.strip.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.strip.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert not window.strip.isVisible()


@pytest.mark.parametrize(
    ("width", "scale", "expected"),
    [
        (1366, 100, Arrangement.WIDE),
        (1180, 100, Arrangement.WIDE),
        (1024, 100, Arrangement.STACKED),
        (1366, 150, Arrangement.STACKED),
        (1366, 200, Arrangement.SINGLE),
        (1024, 150, Arrangement.SINGLE),
        (2560, 200, Arrangement.WIDE),
    ],
)
def test_room_is_measured_in_characters(dressed: QApplication, width: int, scale: int, expected: Arrangement) -> None:
    theme().set(scale=scale)
    assert arrangement_for(width) is expected


def test_at_200_percent_the_rail_becomes_a_menu(window: MainWindow) -> None:
    page = plain(window, "home")
    theme().set(scale=200)
    assert page.heard.arranged[-1] is Arrangement.SINGLE
    assert not window.rail.isVisible()
    assert page.header.menu_button.isVisible()
    theme().set(scale=100)
    assert window.rail.isVisible()
    assert not page.header.menu_button.isVisible()


def test_the_focus_ring_surrounds_what_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("audits")
    button: QPushButton = plain(window, "audits").button
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    ring = window.focus_ring.overlay
    assert ring is not None
    inside = ring.parentWidget()
    assert inside is not None
    corner = button.mapTo(inside, button.rect().topLeft())
    assert ring.isVisible()
    assert (ring.x(), ring.y()) == (corner.x() - 4, corner.y() - 4)
    assert (ring.width(), ring.height()) == (button.width() + 8, button.height() + 8)
    window.rail.button("audits").setFocus()
    assert window.focus_ring.overlay is None


def test_the_ring_outlives_what_it_surrounded(window: MainWindow) -> None:
    window.show_page("audits")
    page = plain(window, "audits")
    page.button.setFocus()
    page.content.removeWidget(page.button)
    page.button.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.line.setFocus()
    ring = window.focus_ring.overlay
    assert ring is not None
    assert ring.isVisible()


def test_the_window_needs_none_of_the_heavy_libraries() -> None:
    heavy = ("sqlalchemy", "sqlcipher3", "pydantic", "openpyxl", "yaml", "cryptography", "alembic", "lxml")
    program = f"import auditor.desktop.main_window, sys; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_another_page_does_not_keep_what_was_said_before(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("audits")
    window.messages.done("Saved 10:42:07", "4.18 Partly met · undo with Ctrl+Z")
    QApplication.processEvents()
    window.show_page("audits")
    assert window.status.text.startswith("Saved")
    window.show_page("actions")
    assert window.status.text == ""
    window.status.rest_on("Everything is saved")
    window.messages.done("Saved 10:42")
    QApplication.processEvents()
    window.status.turn_page()
    assert window.status.text == "Everything is saved"


def test_what_leads_to_a_page_and_what_is_at_work_is_still_said_there(window: MainWindow) -> None:
    window.messages.refused("Nobody has the role Auditor yet", "add people first")
    window.show_page("settings")
    assert window.status.text.startswith("Nobody has the role")
    assert window.status.mark is MarkKind.WARNING
    window.messages.busy("Writing the workbook")
    QApplication.processEvents()
    window.show_page("actions")
    assert window.status.text == "Writing the workbook"
