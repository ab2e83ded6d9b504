"""The window of the way in: the program's name and what it promises at the left, the thing to do at the right."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.marks import MarkKind
from auditor.desktop.preferences import KnownWorkspace, preferences
from auditor.desktop.start.door import Door
from auditor.desktop.start.parts import Sheet
from auditor.desktop.start.unlock import UnlockView
from auditor.desktop.theme import theme
from auditor.desktop.widgets.focus import FocusRing
from auditor.desktop.widgets.labels import Label, MarkLabel, WrapLabel
from auditor.desktop.widgets.panel import Surface

if TYPE_CHECKING:
    from auditor.desktop.operations import Operations
    from auditor.desktop.start.first_start import FirstStart
    from auditor.desktop.widgets.progress import LifeSteps
    from auditor.services.session import Session
    from auditor.services.workspace import Locked, OpenedWorkspace

SIDE_WIDTH = 300
_ROOM_FOR_SIDE = 860
_FRAME = 50
"""Milliseconds after painting in which the first frame reaches the screen before anything competes with it."""
DESIGNED, SMALLEST = QSize(1366, 768), QSize(640, 480)


class StartWindow(QWidget):
    """Shows one view at a time. `entered(opened, session)` when somebody is signed in.

    `painted` comes once, after the first time the window stands on the screen: what is heavy is imported then.
    """

    painted = Signal()
    entered = Signal(object, object)

    def __init__(self, door: Door | None = None, *, second: int = 1000) -> None:
        super().__init__()
        self.setProperty("c", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Casefile Auditor")
        self.setMinimumSize(SMALLEST)
        self.resize(DESIGNED)
        self._opened: OpenedWorkspace | None = None
        self._second = second
        self.door = (door or Door()).holding(self._hold)
        self._focused: QWidget | None = None
        self._stands = False
        self._operations: Operations | None = None
        self._foot = Surface("status")
        self.side = Side()
        self.views = QStackedWidget()
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(self.views, 1)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addLayout(across, 1)
        self._down.addWidget(self._foot)
        self._ring = FocusRing(self)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def operations(self) -> "Operations":
        """What runs the acts; made when first asked for, with the line at the foot that says what is at work."""
        if self._operations is None:
            from auditor.desktop.messages import Messages
            from auditor.desktop.operations import Operations
            from auditor.desktop.shell.problem_strip import ProblemStrip
            from auditor.desktop.widgets.status_line import StatusLine

            status, strip = StatusLine(), ProblemStrip()
            status.set_quiet(True)
            self._foot.body.addWidget(status)
            self._down.insertWidget(1, strip)
            messages = Messages(status, self)
            messages.opened.connect(strip.show_problem)
            self._operations = Operations(messages, self)
            self._operations.held.connect(self._stay)
        return self._operations

    @property
    def view(self) -> QWidget | None:
        """The view shown."""
        return self.views.currentWidget()

    @property
    def opened(self) -> "OpenedWorkspace | None":
        """The workspace that is unlocked while nobody is signed in to it yet."""
        return self._opened

    def show_unlock(self, path: Path) -> None:
        """Offer this workspace to be unlocked."""
        view = UnlockView(lambda: self.operations, self.door, second=self._second)
        view.opened.connect(self._go_on)
        view.elsewhere.connect(self._choose_folder)
        view.make_new.connect(self.show_first_start)
        self._show(view)
        view.show_workspace(path)

    def show_first_start(self) -> "FirstStart":
        """Make a workspace, step by step."""
        from auditor.desktop.start.first_start import FirstStart

        view = FirstStart(self.operations, self.door)
        view.steps_changed.connect(self.side.show_steps)
        view.made.connect(self._made)
        view.finished.connect(self._signed_in)
        view.open_existing.connect(self._choose_folder)
        view.sample_made.connect(self._enter_sample)
        self._show(view)
        return view

    def show_sign_in(self, opened: "OpenedWorkspace", person_id: str | None = None) -> None:
        """Ask who is sitting here; `person_id` is offered first, else whoever signed in last. Where nobody comes the
        workspace locks itself."""
        from auditor.desktop.shell.idle import IdleWatch
        from auditor.desktop.start.sign_in import SignInView

        self._opened = opened
        last = next((item.person_id for item in preferences().workspaces if item.path == opened.info().path), "")
        view = SignInView(self.operations, opened, last if person_id is None else person_id, second=self._second)
        view.signed_in.connect(self._signed_in)
        view.lock.connect(self._lock_again)
        self._show(view)
        self.winId()  # only a native window hears keys
        self.idle = IdleWatch(self, preferences().lock_minutes)
        self.idle.idle.connect(self._lock_again)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._stands:
            self._stands = True
            QTimer.singleShot(_FRAME, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._operations is not None:
            self._operations.close()
        super().closeEvent(event)

    def lock(self, opened: "OpenedWorkspace", finish: Callable[[], None] | None = None) -> None:
        """Lock this workspace once `finish` returns, where something is at work in it; tell at the foot how it went."""

        def act() -> "Locked":
            if finish is not None:
                finish()
            return opened.lock()

        words = "Finishing what was begun, then locking" if finish is not None else "Locking"
        self.operations.run(act, on_done=self._locked, busy_text=words)

    def _locked(self, locked: "Locked") -> None:
        if locked.warning is not None:
            self.operations.messages.failed(locked.warning)
        else:
            self.operations.messages.done("Locked and backed up" if locked.backed_up else "Locked")

    def _hold(self, opened: "OpenedWorkspace") -> None:
        self._opened = opened

    def _stay(self, held: bool) -> None:
        """While something is being opened or made, the view that waits for it is not left."""
        if held and self.views.isEnabled():
            self._focused = self.focusWidget()
        self.views.setEnabled(not held)
        if not held and self._focused is not None:
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, view: "Sheet | FirstStart") -> None:
        before = self.view
        self.side.show_steps(())
        self.views.addWidget(view)
        self.views.setCurrentWidget(view)
        if before is not None:
            self.views.removeWidget(before)
            before.deleteLater()
        view.arrive()

    def _go_on(self, opened: "OpenedWorkspace") -> None:
        # What cannot be read now was damaged after it was unlocked: it is not left open behind the lock screen.
        self.operations.run(lambda: self._unlocked(opened), quick=True, on_failed=lambda _error: self._lock_again())

    def _unlocked(self, opened: "OpenedWorkspace") -> None:
        info, known = opened.info(), preferences().workspaces
        person = next((item.person_id for item in known if item.path == info.path), "")
        preferences().remember(KnownWorkspace(info.path, info.name, person))
        if opened.people():
            self.show_sign_in(opened)
        else:
            # The first start was broken off before anybody was in it: go on where it stopped.
            self.show_first_start().go_on_with(opened)

    def _made(self, opened: "OpenedWorkspace") -> None:
        info = opened.info()
        preferences().remember(KnownWorkspace(info.path, info.name))

    def _signed_in(self, session: "Session") -> None:
        opened, self._opened = self._opened, None
        assert opened is not None
        info = opened.info()
        preferences().remember(KnownWorkspace(info.path, info.name, session.actor.id))
        self.entered.emit(opened, session)

    def _enter_sample(self, _opened: "OpenedWorkspace", session: "Session") -> None:
        self._signed_in(session)

    def _lock_again(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            self.show_unlock(opened.path)
            self.lock(opened)

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        known = preferences().workspaces
        start = str(known[0].path.parent) if known else ""
        chosen = QFileDialog.getExistingDirectory(self, "Folder of the workspace", start)
        if chosen:
            self.show_unlock(Path(chosen))

    def _fit(self) -> None:
        self.side.setVisible(self.width() * 100 / theme().scale >= _ROOM_FOR_SIDE)
        self._foot.setFixedHeight(theme().px(28))


class Side(Surface):
    """The left part: name of the program, then what it promises or, on the first start, the steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", margins=(28, 28, 24, 24), spacing=0, parent=parent)
        brand = QHBoxLayout()
        brand.setSpacing(10)
        brand.addWidget(MarkLabel(MarkKind.TICK_DISC, "accent", px=24))
        brand.addWidget(Label("Casefile Auditor", "h2"), 1)
        self._promise = WrapLabel(
            "Audit case files in pairs, agree the answers, see the themes and follow the actions.", "text2"
        )
        self.steps: LifeSteps | None = None
        self._above = QVBoxLayout()
        self._above.addWidget(self._promise)
        safe = WrapLabel("Everything stays encrypted on this computer. Nothing needs the internet.", "caption")
        self.body.addLayout(brand)
        self.body.addSpacing(20)
        self.body.addLayout(self._above)
        self.body.addStretch(1)
        self.body.addWidget(safe)
        theme().changed.connect(self._fit)
        self._fit()

    def show_steps(self, steps: object) -> None:
        """Show the steps of a path with where it stands; none brings the promise back."""
        shown = list(steps) if isinstance(steps, tuple | list) else []
        self._promise.setVisible(not shown)
        if self.steps is None and shown:
            from auditor.desktop.widgets.progress import LifeSteps

            self.steps = LifeSteps("Steps")
            self._above.addWidget(self.steps)
        if self.steps is not None:
            self.steps.set_steps(shown)
            self.steps.setVisible(bool(shown))

    def _fit(self) -> None:
        self.setFixedWidth(theme().px(SIDE_WIDTH))
