"""The Reconcile page: the audits that wait to be agreed, one of them side by side, or a sealed one."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.marks import MarkKind, Meaning
from auditor.desktop.operations import Operations
from auditor.desktop.pages.audit_list import AuditList
from auditor.desktop.pages.reconcile.reconcile_keys import KEYS
from auditor.desktop.pages.reconcile.reconciling_desk import ReconcilingDesk
from auditor.desktop.shell.page import Arrangement, Page
from auditor.desktop.theme import polish, theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.panel import clear
from auditor.domain.audit import Mode, Stage, may_see_judgements
from auditor.domain.changes import Changes
from auditor.domain.reconciliation import Likeness
from auditor.services.cycles import AuditLine, audit_lines
from auditor.services.session import Session

_OPEN = Meaning(MarkKind.TICK, "Both finished: answers are open", "good", "good_tint")
_OPEN_SHORT = Meaning(MarkKind.TICK, "Answers open", "good", "good_tint")
_NARROW = 175


class ReconcilePage(Page):
    """`arrive(audit_id)` opens an audit; `arrive(None)` the one that waits, or the list where there are several."""

    page_id, title, icon = "reconcile", "Reconcile", "reconcile"
    kinds = ("audit", "cycle", "case")
    low_header = True

    def __init__(self, operations: Operations, session: Session, today: Callable[[], date] = date.today) -> None:
        super().__init__(operations)
        self._session, self._today = session, today
        self._lines: list[AuditLine] = []
        self._sealed_id = ""
        self._arrangement = Arrangement.WIDE
        self.desk: ReconcilingDesk | None = None
        self._open_chip = Chip(_OPEN, bold=False)
        self.header.add_chip(self._open_chip)
        self._accept = self.header.add_button(Button("Accept the same"))
        self._sign = self.header.add_button(Button("Sign off…", "p"))
        self.list = AuditList()
        self._calm = QWidget()
        self._calm_body = QVBoxLayout(self._calm)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._calm)
        self.content.addWidget(self._stack, 1)
        self.list.opened.connect(lambda line: self.open_audit(line.audit.id))
        self._accept.clicked.connect(self._accept_equal)
        self._sign.clicked.connect(self._sign_off)
        theme().changed.connect(self._show_head)

    def refresh(self, changes: Changes | None) -> None:
        self.operations.run(lambda: self._session.ask(audit_lines, ""), quick=True, on_done=self._take_lines)
        if self.desk is not None:
            desk = self.desk
            self.operations.run(lambda: desk.refresh(changes), quick=True)
        elif self._sealed_id:
            self.open_audit(self._sealed_id)
        elif changes is not None:
            self._show_waiting()

    def arrive(self, target: object) -> None:
        if isinstance(target, str) and target:
            self.open_audit(target)
        elif self.desk is None:
            waiting = self._waiting()
            if len(waiting) == 1:
                self.open_audit(waiting[0].audit.id)
            else:
                self._show_waiting()
        if self.desk is not None:
            self.desk.focus_question()
        else:
            self._focus_first()

    def open_audit(self, audit_id: str) -> None:
        """Show an audit side by side, or that it is sealed."""
        if self.desk is not None and self.desk.view.audit.id == audit_id:
            return
        line = next((known for known in self._lines if known.audit.id == audit_id), None)
        self._drop_desk()
        if line is None:
            self._show_waiting()
        elif line.audit.mode is not Mode.BLIND:
            self._show_one_set(line)
        elif not line.audit.all_submitted:
            self._show_sealed(line)
        else:
            today = self._today()
            self.operations.run(
                lambda: ReconcilingDesk(self._session, self.operations, audit_id, today),
                quick=True,
                on_done=self._show_desk,
            )

    def leave(self) -> None:
        if self.desk is not None:
            self.desk.leave()

    def go_back(self) -> bool:
        if (self.desk is None and not self._sealed_id) or len(self._waiting()) < 2:
            return False
        self._drop_desk()
        self._show_waiting()
        self._focus_first()
        return True

    def arrange(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        if self.desk is not None:
            self.desk.arrange(arrangement)
        self._show_head()

    def keys(self) -> list[tuple[str, str]]:
        return KEYS if self.desk is not None else [("Enter", "open the audit")]

    def panes(self) -> list[QWidget]:
        shown = self.desk.panes() if self.desk is not None else [self._stack]
        return [self.header, *shown]

    def _waiting(self) -> list[AuditLine]:
        """The audits to be agreed: mine first, then those one may look at."""
        open_ones = [line for line in self._lines if line.stage is Stage.TO_RECONCILE]
        return [line for line in open_ones if line.mine] or open_ones

    def _take_lines(self, lines: list[AuditLine]) -> None:
        self._lines = [line for line in lines if may_see_judgements(line.audit, self._session.actor)]

    def _show_waiting(self) -> None:
        self._sealed_id = ""
        open_ones = [line for line in self._lines if line.stage is Stage.TO_RECONCILE]
        if open_ones:
            self.list.show_lines(open_ones)
            self._stack.setCurrentWidget(self.list)
        else:
            self._show_calm(
                "Nothing to agree",
                "When both auditors of a case have finished their own answers, they agree them here: what differs "
                "first, what is alike in one go.",
                Way("audits", "Your audits", "Go on with what you are scoring", "Audits"),
                "",
            )
        self._show_head()

    def _show_sealed(self, line: AuditLine) -> None:
        self._sealed_id = line.audit.id
        mine_open = line.mine is not None and line.mine not in line.audit.submitted
        if mine_open:
            way = Way("audits", "Your own answers", "Finish them: they open when both have finished", "Go on")
        else:
            way = Way("audits", "Your audits", "Go on with another audit meanwhile", "Audits")
        sentence = "Answers are opened to both auditors at the same moment: when both have finished their own."
        if line.mine is not None and not mine_open:
            sentence = f"You have finished your answers. {sentence}"
        target = line.audit.id if mine_open else ""
        self._show_calm(f"{line.case.reference} is sealed", sentence, way, target)
        self._show_head()

    def _show_one_set(self, line: AuditLine) -> None:
        self._show_calm(
            f"{line.case.reference} has one set of answers",
            "It was given to be audited together or by one person, so there is nothing to compare. It is signed off "
            "at the desk.",
            Way("audits", "Open it at the desk", "Answer what is blank, then sign off", "Open"),
            line.audit.id,
        )
        self._show_head()

    def _show_calm(self, title: str, sentence: str, way: Way, target: str) -> None:
        clear(self._calm_body)
        state = EmptyState(title, sentence, [way])
        state.chosen.connect(lambda _way: self.go_to.emit("audits", target or None))
        self._calm_body.addWidget(state)
        self._stack.setCurrentWidget(self._calm)
        # Shown at once, so that the focus can go to it.
        state.show()

    def _focus_first(self) -> None:
        super().arrive(None)

    def _show_desk(self, desk: ReconcilingDesk) -> None:
        self.desk = desk
        self._sealed_id = ""
        desk.changed.connect(self._show_head)
        self._stack.addWidget(desk)
        self._stack.setCurrentWidget(desk)
        desk.arrange(self._arrangement)
        self._show_head()
        desk.focus_question()

    def _drop_desk(self) -> None:
        self._sealed_id = ""
        if self.desk is not None:
            desk, self.desk = self.desk, None
            desk.leave()
            self._stack.removeWidget(desk)
            desk.hide()
            desk.deleteLater()

    def _show_head(self) -> None:
        desk = self.desk
        self._open_chip.setVisible(desk is not None)
        self._accept.setVisible(False)
        self._sign.setVisible(False)
        if desk is None:
            waiting = len(self._waiting())
            self.header.set_title("Reconcile", f"{waiting} waiting to be agreed" if waiting else "")
            return
        view = desk.view
        self.header.set_title(view.case.reference, f"Agree the answers · {view.template.title}")
        self._open_chip.set_meaning(_OPEN_SHORT if theme().scale >= _NARROW else _OPEN)
        if not view.may_agree:
            return
        alike = sum(1 for item in desk.list.of(Likeness.SAME) if not item.is_agreed)
        self._accept.set_text(f"Accept {alike} the same")
        self._accept.setVisible(alike > 0 and self._arrangement is not Arrangement.SINGLE)
        self._sign.setVisible(True)
        if view.why_not_signed:
            polish(self._sign, k="")
            self._sign.block(view.why_not_signed)
        else:
            self._sign.unblock()
            polish(self._sign, k="" if desk.finish is not None else "p")

    def _accept_equal(self) -> None:
        if self.desk is not None:
            self.desk.accept_equal()

    def _sign_off(self) -> None:
        if self.desk is not None:
            self.desk.open_sign_off()
