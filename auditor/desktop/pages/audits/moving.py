"""The quiet line at the desk about versions of the template: a newer one is here, one waits for a word, one was moved
to and some answers were carried."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from auditor.desktop.messages import problem_of
from auditor.desktop.pages.audits.moving_carried import CarriedPanel
from auditor.desktop.pages.audits.moving_panel import MovePanel, UndoPanel
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Surface
from auditor.desktop.words import many
from auditor.domain.changes import Changes
from auditor.domain.moving import Said
from auditor.services import moving
from auditor.services.carried import Carried
from auditor.services.moving import MoveQuery, MoveView, ToVersion

if TYPE_CHECKING:
    from auditor.desktop.pages.audits.desk import Desk

_SOON_MS = 150


class MovingLine(Surface):
    """Hidden while there is nothing to say. Its buttons open what they speak of over the questions."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__("page", margins=(20, 0, 16, 8), spacing=4)
        self._desk = desk
        self.view: MoveView | None = None
        self.words = WrapLabel("", "caption2")
        self.look = Button("See what is different", "small")
        self.carried = Button("", "small")
        self.back = Button("", "quiet")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for button in (self.carried, self.look, self.back):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.look.clicked.connect(self.open_difference)
        self.carried.clicked.connect(self.open_carried)
        self.back.clicked.connect(self.open_undo)
        self.hide()
        # Answers change what is carried; that is told a moment later, so that no key waits for it.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.ask)
        desk.changed.connect(self._soon.start)

    def ask(self) -> None:
        """Ask how the audit stands with newer versions, and say so."""
        query = MoveQuery(self._desk.state.view.audit.id)
        desk = self._desk
        desk.operations.run(lambda: desk.session.ask(moving.move_view, query), quick=True, on_done=self._show)

    def open(self) -> None:
        """What is most in need of a look: what was carried, else what is different."""
        view = self.view
        if view is None or self.isHidden():
            self._desk.operations.messages.done("No newer version", "the template of this audit is the newest here")
        elif view.unread or not view.target:
            self.open_carried()
        else:
            self.open_difference()

    def open_difference(self) -> None:
        """Show the difference first; accepting stands below it."""
        view = self.view
        if view is None or view.target is None or not self._desk.let_go():
            return
        panel, command = MovePanel(view), ToVersion(view.audit.id, view.target.hash)
        panel.accepted.connect(lambda: self._do(lambda: self._desk.session.do(moving.propose, command), panel))
        panel.declined.connect(lambda: self._do(lambda: self._desk.session.do(moving.decline, command), panel))
        self._desk.moves.forms.open_panel(panel)

    def open_carried(self) -> None:
        """The list of what was carried."""
        view = self.view
        if view is None or not view.carried or not self._desk.let_go():
            return
        panel = CarriedPanel(view.carried, view.now.version)
        panel.jumped.connect(self._jump)
        panel.ticked.connect(lambda item: self._tick(item, panel))
        self._desk.moves.forms.open_panel(panel)

    def open_undo(self) -> None:
        """Ask before the audit goes back to the version before."""
        view = self.view
        if view is None or view.before is None or not self._desk.let_go():
            return
        panel, audit_id = UndoPanel(view.before.version, view.now.version), view.audit.id
        panel.confirmed.connect(lambda: self._do(lambda: self._desk.session.do(moving.undo_move, audit_id), panel))
        self._desk.moves.forms.open_panel(panel)

    def _do(self, act: Callable[[], Changes], panel: MovePanel | UndoPanel) -> None:
        def done(changes: Changes) -> None:
            self._desk.operations.messages.done(changes.sentence)
            self._desk.moves.forms.close_banner()

        failed = panel.show_problem
        self._desk.operations.run(act, quick=True, on_done=done, on_failed=lambda error: failed(problem_of(error)))

    def _tick(self, item: Carried, panel: CarriedPanel) -> None:
        command = moving.MarkRead(self._desk.state.view.audit.id, item.slot, item.question_id)
        self._desk.operations.run(
            lambda: self._desk.session.do(moving.mark_read, command),
            quick=True,
            on_done=lambda _changes: panel.show_read(item),
            on_failed=lambda error: panel.show_problem(problem_of(error)),
        )

    def _jump(self, question_id: str) -> None:
        self._desk.moves.forms.close_banner()
        self._desk.show_question(question_id)

    def _show(self, view: MoveView) -> None:
        if not isValid(self):
            return
        self.view = view
        offered = view.target is not None and not view.why_not and bool(view.may_propose or view.proposed)
        undo = view.before is not None and not view.why_not and view.may_propose
        offer = _offer(view, self._desk.session.actor.name) if offered else ""
        self.words.setText(" ".join(filter(None, (_standing(view), offer))))
        self.look.setVisible(offered)
        self.carried.setVisible(bool(view.carried))
        unread = len(view.unread)
        self.carried.set_text(f"Look at {many(unread, 'answer')}" if unread else "What was carried")
        self.back.setVisible(undo)
        if view.before is not None:
            self.back.set_text(f"Back to version {view.before.version}…")
        self.setVisible(offered or undo or bool(view.carried))


def _standing(view: MoveView) -> str:
    """What came of a move that was made."""
    said = f"Moved from version {view.before.version} to {view.now.version}." if view.before else ""
    unread = len(view.unread)
    if not unread:
        return said
    review = "1 answer was carried and needs" if unread == 1 else f"{unread} answers were carried and need"
    return f"{said} {review} review.".strip()


def _offer(view: MoveView, reader: str) -> str:
    """What is to be said of the newer version."""
    assert view.target is not None
    version = f"version {view.target.version}"
    if not view.proposed:
        return f"A newer {version} of this template is here."
    if view.declined and view.mine is not Said.NO:
        return f"{view.declined[0]} has declined {version}; this audit stays with {view.now.version}."
    if view.mine is Said.YES:
        return f"You have accepted {version}. It waits for {' and '.join(view.waiting_for)}."
    if view.mine is Said.NO:
        return f"You have declined {version}; this audit stays with {view.now.version}."
    who = f"{view.accepted[0]} has accepted" if view.accepted else "The QA lead proposes"
    waiting = ["you" if name == reader else name for name in view.waiting_for]
    return f"{who} {version}. It waits for {' and '.join(waiting)}."
