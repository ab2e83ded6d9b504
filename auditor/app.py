"""The composition root: which pages there are, from the unlock window to the main window and back, and one picture
of every page."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from auditor.desktop.preferences import preferences
from auditor.desktop.shell.room import fit_into_screen, take_place_of
from auditor.desktop.start.door import Door
from auditor.desktop.start.window import StartWindow
from auditor.desktop.theme import Mode, theme
from auditor.desktop.theme.theme import SMALLEST
from auditor.domain.roles import Duty, may

if TYPE_CHECKING:
    from auditor.desktop.main_window import MainWindow
    from auditor.desktop.shell.page import Page
    from auditor.domain.template import Template
    from auditor.services.session import Session
    from auditor.services.workspace import OpenedWorkspace

APPLICATION = "casefile-auditor"
Today = Callable[[], date]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the rail: its name there, and the class that makes it, imported when it is first shown."""

    page_id: str
    title: str
    icon: str
    module: str
    name: str
    duty: Duty | None = None
    """What one's roles have to allow for the page to be there; None is everybody's."""

    def make(self, session: "Session", window: "MainWindow", today: Today, more: Mapping[str, Any]) -> "Page":
        """Import and make the page."""
        given = {"session": session, "operations": window.operations, "today": today, **more}
        page: Page = getattr(import_module(self.module), self.name)(**given)
        return page


PAGES = (
    Entry("home", "Home", "home", "auditor.desktop.pages.home.page", "HomePage"),
    Entry("audits", "Audits", "audits", "auditor.desktop.pages.audits.page", "AuditsPage"),
    Entry("reconcile", "Reconcile", "reconcile", "auditor.desktop.pages.reconcile.page", "ReconcilePage"),
    Entry("findings", "Findings", "findings", "auditor.desktop.pages.findings.page", "FindingsPage"),
    Entry("actions", "Actions", "actions", "auditor.desktop.pages.actions.page", "ActionsPage"),
    Entry("templates", "Templates", "templates", "auditor.desktop.pages.templates.page", "TemplatesPage"),
    Entry("cycles", "Cycles", "cycles", "auditor.desktop.pages.cycles.page", "CyclesPage"),
    Entry(
        "moderation",
        "Moderate",
        "moderation",
        "auditor.desktop.pages.moderation.page",
        "ModerationPage",
        Duty.SEE_MODERATION,
    ),
    Entry("settings", "Settings", "settings", "auditor.desktop.pages.settings.page", "SettingsPage"),
)
"""In the order of the rail. What not everybody has comes last, so that the numbers of the others are everybody's."""


def main_window(opened: "OpenedWorkspace", session: "Session", today: Today = date.today) -> "MainWindow":
    """The main window for the person signed in; Home is made, every other page on its first visit."""
    from auditor.desktop.main_window import LaterPage, MainWindow
    from auditor.desktop.shell.badges import Badges
    from auditor.desktop.start.sign_in import leading_hat
    from auditor.services.home import badges

    window = MainWindow()
    more: Mapping[str, Mapping[str, Any]] = {
        "home": {"info": opened.info},
        "settings": {"opened": opened},
    }
    for entry in PAGES:
        if entry.duty is not None and not may(session.actor, entry.duty):
            continue
        make = _maker(entry, session, window, today, more.get(entry.page_id, {}))
        window.add_later(LaterPage(entry.page_id, entry.title, entry.icon, make))
    window.set_identity(session.actor.name, leading_hat(session.actor))
    window.status.rest_on("Everything is saved on this computer")
    window.status.set_lock(f"Encrypted · locks after {preferences().lock_minutes} min")
    window.make_page("home")
    Badges(window.rail, window.operations, lambda: session.ask(badges, today()))
    return window


def _maker(
    entry: Entry, session: "Session", window: "MainWindow", today: Today, more: Mapping[str, Any]
) -> "Callable[[], Page]":
    return lambda: entry.make(session, window, today, more)


class Program(QObject):
    """Goes from the way in to the main window and, when it is locked, back again."""

    def __init__(self, app: QApplication, door: Door | None = None) -> None:
        super().__init__(app)
        self._app, self._door = app, door or Door()
        self._opened: OpenedWorkspace | None = None
        self.start: StartWindow | None = None
        self.window: MainWindow | None = None
        self._here = self._before = ""
        preferences().changed.connect(self._follow_preferences)

    def begin(self, workspace: Path | None = None) -> None:
        """Paint the way in: unlock the workspace named or used last, or make the first one; load the rest behind it."""
        start = self._show_start()
        fit_into_screen(start)
        known = preferences().workspaces
        path = workspace or (known[0].path if known else None)
        if path is None:
            start.show_first_start()
        else:
            start.show_unlock(path)
        start.painted.connect(lambda: start.operations.run(self._door.load, busy_text=""))
        start.show()

    def enter(self, opened: "OpenedWorkspace", session: "Session") -> None:
        """Open the main window on Home for the person signed in."""
        from auditor.desktop.shell.idle import IdleWatch

        self._opened = opened
        window = self.window = main_window(opened, session)
        window.lock_requested.connect(self.lock)
        window.hand_over_requested.connect(self.hand_over)
        if session.actor.id != self._here:
            self._before, self._here = self._here, session.actor.id
        home: Any = window.page_of("home")
        home.sample_requested.connect(self.look_around)
        if self.start is not None:
            take_place_of(window, self.start)
        # A page that is filled while the window stands comes into sight later than the window gets the focus.
        window.show_page("home")
        window.show()
        self.idle = IdleWatch(window, preferences().lock_minutes)
        self.idle.idle.connect(self.lock)
        self._drop_start()
        QTimer.singleShot(0, window, lambda: self._import_rest(window, PAGES))

    def lock(self) -> None:
        """Save what is being typed, close the workspace and ask for the passphrase again."""
        if self.window is None or self._opened is None:
            return
        opened, window = self._opened, self.window
        start = self._show_start()
        take_place_of(start, window)
        start.show_unlock(opened.path)
        start.show()
        at_work = window.operations.busy
        self._leave_window()
        start.lock(opened, window.operations.close() if at_work else None)

    def hand_over(self) -> None:
        """Save what is being typed and ask who sits here now, whoever was here before first; it stays unlocked."""
        if self.window is None or self._opened is None:
            return
        opened, window = self._opened, self.window
        start = self._show_start()
        take_place_of(start, window)
        start.show_sign_in(opened, self._before)
        start.show()
        self._leave_window()

    def look_around(self) -> None:
        """Lock this workspace and build or open the sample workspace."""
        self.lock()
        if self.start is not None:
            self.start.show_first_start().make_sample()

    def shut(self) -> None:
        """The last window was closed: lock whatever is open."""
        left = [self._opened]
        if self.window is not None:
            window = self.window
            self._leave_window()
            window.operations.wait()
        if self.start is not None:
            self.start.operations.wait()
            left.append(self.start.opened)
        for opened in left:
            # Nobody is there to be told of a backup that fails now; Home tells of the last one made.
            if opened is not None:
                opened.lock()

    def tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What nobody caught: a bug, shown as one. Takes the place of `sys.excepthook`."""
        sys.__excepthook__(kind, error, trace)
        shown = self.window or self.start
        if shown is not None:
            shown.operations.messages.failed(error)

    def _show_start(self) -> StartWindow:
        start = self.start = StartWindow(self._door)
        start.entered.connect(self.enter)
        return start

    def _drop_start(self) -> None:
        if self.start is not None:
            self.start.close()
            self.start.deleteLater()
            self.start = None

    def _leave_window(self) -> None:
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
        self.window = self._opened = None

    def _import_rest(self, window: "MainWindow", rest: Sequence[Entry]) -> None:
        """Import the other pages one by one while nothing else is to do."""
        if rest and window is self.window:
            import_module(rest[0].module)
            QTimer.singleShot(0, window, lambda: self._import_rest(window, rest[1:]))

    def _follow_preferences(self) -> None:
        theme().set(mode=preferences().mode, scale=preferences().text_size)
        if self.window is not None:
            self.idle.set_minutes(preferences().lock_minutes)
            self.window.status.set_lock(f"Encrypted · locks after {preferences().lock_minutes} min")


def render_pages(
    opened: "OpenedWorkspace", session: "Session", out: Path, mode: Mode, text_percent: int, today: date
) -> list[Path]:
    """Draw every page in a telling state, 1366 by 768, into PNG files in `out`; returns them.

    Uses the application there is, or one of its own; the looks are put back afterwards.
    """
    from auditor.desktop.pictures import draw_pages, draw_way_in

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    before = theme().mode, theme().scale
    theme().install(app)
    theme().set(mode=mode, scale=text_percent)
    out.mkdir(parents=True, exist_ok=True)
    suffix = mode if text_percent == SMALLEST else f"{mode}-{text_percent}"
    try:
        start = StartWindow(Door(default_folder=lambda: opened.info().path.with_name("audits")))
        pictures = draw_way_in(start, opened.info().path, out, suffix)
        return pictures + draw_pages(main_window(opened, session, lambda: today), session, today, out, suffix)
    finally:
        theme().set(mode=before[0], scale=before[1])


def save_paper_form(template: "Template", path: Path) -> Path:
    """Write a template as a PDF form to fill in by hand, with or without a window; gives the file's path."""
    from auditor.desktop.paper.printing import save_pdf
    from auditor.reports.paper_form import paper_form

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert app is not None
    return save_pdf(paper_form(template), path)


def open_window(workspace: Path | None = None) -> int:
    """Run the desktop until its last window is closed; the exit code of the process."""
    from platformdirs import user_config_path

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Casefile Auditor")
    preferences().load(user_config_path(APPLICATION, appauthor=False, roaming=False) / "desktop.json")
    theme().set(mode=preferences().mode, scale=preferences().text_size)
    theme().install(app)
    program = Program(app)
    sys.excepthook = program.tell
    program.begin(workspace)
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        program.shut()
