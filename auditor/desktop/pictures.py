"""Pictures of every page in a telling state, so that looks can be reviewed without clicking through."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt, QThread
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from auditor.desktop.main_window import MainWindow
from auditor.desktop.picture_plans import further_poses, plan_poses
from auditor.desktop.picture_poses import desk_poses, template_poses
from auditor.domain.action import Status
from auditor.domain.audit import Moderated, Stage
from auditor.domain.roles import Duty, may
from auditor.services.actions import ActionQuery, list_actions
from auditor.services.cycles import AuditLine, audit_lines
from auditor.services.findings import findings
from auditor.services.home import home
from auditor.services.moderation_view import moderation_lines
from auditor.services.reconciling import reconcile_view
from auditor.services.session import Session

if TYPE_CHECKING:
    from auditor.desktop.operations import Operations
    from auditor.desktop.start.window import StartWindow

SIZE = QSize(1366, 768)
_LONGEST_WAIT = 20_000
_REST = 5


@dataclass(frozen=True)
class Pose:
    """A picture to take: its name, and what brings the window into that state."""

    name: str
    strike: Callable[[MainWindow], None]


def draw_way_in(start: "StartWindow", workspace: Path, out: Path, suffix: str) -> list[Path]:
    """The unlock window and the first step of the first start."""
    start.resize(SIZE)
    start.show_unlock(workspace)
    start.show()
    start.activateWindow()
    pictures = [_take(start, start.operations, out / f"unlock-{suffix}.png")]
    start.show_first_start()
    pictures.append(_take(start, start.operations, out / f"first-start-{suffix}.png"))
    _end(start)
    return pictures


def draw_pages(window: MainWindow, session: Session, today: date, out: Path, suffix: str) -> list[Path]:
    """Every page of the main window, which is closed afterwards."""
    window.resize(SIZE)
    window.show()
    window.activateWindow()
    pictures = []
    for pose in _poses(session, today):
        pose.strike(window)
        pictures.append(_take(window, window.operations, out / f"{pose.name}-{suffix}.png"))
    _end(window)
    return pictures


def _poses(session: Session, today: date) -> list[Pose]:
    """What there is to show; a page that has nothing telling is shown as it opens."""
    lines = session.ask(audit_lines, "")
    cycle_id = _most_signed_off(lines)
    return [
        Pose("home", lambda window: window.show_page("home")),
        Pose("cycles", lambda window: window.show_page("cycles")),
        Pose("cycle", lambda window: window.show_page("cycles", _newest(lines))),
        *(Pose(*pose) for pose in plan_poses(session, lines)),
        Pose("programme", lambda window: window.show_page("cycles", "programme")),
        Pose("programme-round", _open_round),
        Pose("framework", lambda window: window.show_page("cycles", "framework")),
        Pose("framework-gap", _open_gap),
        Pose("audits", lambda window: window.show_page("audits")),
        Pose("desk", lambda window: window.show_page("audits", _in_progress(lines, session, today))),
        *(Pose(*pose) for pose in desk_poses(session, lines, _in_progress(lines, session, today))),
        Pose("reconcile", lambda window: window.show_page("reconcile", _widest(lines, session))),
        *_moderation(session),
        Pose("findings", lambda window: _open_worst_cell(window, session, cycle_id)),
        Pose("indicators", _show_indicators),
        Pose("actions", lambda window: window.show_page("actions", _most_late(session, today))),
        Pose("templates", lambda window: window.show_page("templates")),
        Pose("template-preview", lambda window: _of_templates(window, "preview_button")),
        Pose("template-comparison", lambda window: _of_templates(window, "compare_button")),
        Pose("template-variant", _build_variant),
        *(Pose(*pose) for pose in template_poses(session)),
        Pose("template-draft", _change_template),
        Pose("settings", lambda window: window.show_page("settings")),
        *(Pose(*pose) for pose in further_poses(lines, _in_progress(lines, session, today))),
    ]


def _moderation(session: Session) -> list[Pose]:
    """The list of what waits and an audit opened, for those who have the page."""
    if not may(session.actor, Duty.SEE_MODERATION):
        return []
    listed = session.ask(moderation_lines, None)
    telling = next((line for line in listed if line.last and line.last.outcome is Moderated.CHANGED), None)
    opened = telling or next(iter(listed), None)
    poses = [Pose("moderation", lambda window: window.show_page("moderation"))]
    if opened is not None:
        audit_id = opened.line.audit.id
        poses.append(Pose("moderated", lambda window: window.show_page("moderation", audit_id)))
    return poses


def _most_signed_off(lines: list[AuditLine]) -> str:
    done = [line.cycle.id for line in lines if line.stage is Stage.SIGNED_OFF]
    return max(set(done), key=done.count, default="")


def _newest(lines: list[AuditLine]) -> str | None:
    return max(lines, key=lambda line: line.cycle.due).cycle.id if lines else None


def _in_progress(lines: list[AuditLine], session: Session, today: date) -> str | None:
    resumed = session.ask(home, today).resume
    if resumed is not None:
        return resumed.audit.id
    begun = (line.audit.id for line in lines if line.stage is Stage.SCORING)
    return next(begun, None)


def _widest(lines: list[AuditLine], session: Session) -> str | None:
    """The audit to reconcile whose answers lie furthest apart; the person's own before anybody else's."""
    ready = [line for line in lines if line.stage is Stage.TO_RECONCILE]
    own = [line for line in ready if line.mine is not None] or ready

    def distance(line: AuditLine) -> int:
        comparisons = session.ask(reconcile_view, line.audit.id).comparisons
        return max((item.distance for item in comparisons if not item.is_agreed), default=0)

    return max(own, key=distance).audit.id if own else None


def _most_late(session: Session, today: date) -> str | None:
    late = [line for line in session.ask(list_actions, ActionQuery(today)) if line.status is Status.BEHIND]
    return max(late, key=lambda line: line.days_late).action.id if late else None


def _open_worst_cell(window: MainWindow, session: Session, cycle_id: str) -> None:
    window.show_page("findings", cycle_id or None)
    page: Any = window.page
    if cycle_id and page.matrix is not None:
        cells = session.ask(findings, cycle_id).matrix.cells
        spots = ((row, column) for row, counts in enumerate(cells) for column in range(len(counts)))
        row, column = max(spots, key=lambda spot: (cells[spot[0]][spot[1]].issues, -spot[1]))
        page.matrix.set_cursor(row, column)
        _press(Qt.Key.Key_Return)


def _open_round(_window: MainWindow) -> None:
    _press(Qt.Key.Key_Left)
    _press(Qt.Key.Key_Return)


def _open_gap(_window: MainWindow) -> None:
    _press(Qt.Key.Key_Return)


def _show_indicators(window: MainWindow) -> None:
    page: Any = window.page
    page.segments.asked.emit("indicators")


def _of_templates(window: MainWindow, button: str) -> None:
    page: Any = window.page
    page.leave_mode()
    page.list.select(1)
    getattr(page, button).click()


def _build_variant(window: MainWindow) -> None:
    page: Any = window.page
    page.leave_mode()
    if page.parts.new_button.isVisible():
        page.parts.new_button.click()


def _change_template(window: MainWindow) -> None:
    page: Any = window.page
    page.leave_mode()
    page.parts.change_button.click()


def _press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    if focused is not None:
        QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def _take(window: QWidget, operations: "Operations", path: Path) -> Path:
    """Wait until nothing is at work and everything is painted, then write what is seen."""
    clock = QElapsedTimer()
    clock.start()
    while operations.busy and clock.elapsed() < _LONGEST_WAIT:
        QApplication.processEvents()
        QThread.msleep(_REST)
    for _ in range(_REST):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    # What a timer changed at the very end is given its room as well.
    QApplication.sendPostedEvents()
    window.grab().save(str(path))
    return path


def _end(window: QWidget) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
