"""What the drawer of a cycle shows: what is known of a case, the form that replaces it, and how the sample was
drawn."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.case_rows import CaseRow
from auditor.desktop.pages.cycles.cases_step import AskFile
from auditor.desktop.pages.cycles.column_choice import remembered
from auditor.desktop.pages.cycles.draw_result import MET, NOT_MET
from auditor.desktop.pages.cycles.replace_form import ReplaceForm
from auditor.desktop.pages.plan_target import PlanOf
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.chip import Chip, IconChip
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.words import MODES
from auditor.domain.audit import Stage
from auditor.domain.changes import Changes
from auditor.domain.draw_evidence import Evidence
from auditor.services.case_list import read_frame
from auditor.services.replacing import ReplaceCase, WithdrawCase, replace_case, withdraw_case
from auditor.services.session import Session


class CaseDrawer(FormInDrawer[Drawer]):
    """Fills the drawer. `change_pair(case_id)` and `go_to(page, id)` come from its buttons."""

    change_pair = Signal(str)
    go_to = Signal(str, object)
    print_asked, save_asked = Signal(), Signal()

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], drawer: Drawer, both: WithDrawer,
        *, may_give: bool, ask_list: AskFile,
    ) -> None:  # fmt: skip
        super().__init__(session, operations, today, drawer, both)
        self._may_give, self._ask_list = may_give, ask_list
        self._row: CaseRow | None = None
        self._found: Sequence[Evidence] = ()

    def show_case(self, row: CaseRow, found: Sequence[Evidence]) -> None:
        """Show what is known of a case; `found` says how the cases of its cycle were drawn."""
        if self.form is not None and self._row is not None and self._row.case.id == row.case.id:
            return
        self.drop_form()
        self._row, self._found = row, found
        self._fill(row)
        self._both.open(row.case.reference, with_foot=True)

    def follow(self, row: CaseRow, found: Sequence[Evidence]) -> None:
        """Show another case where one is shown."""
        if self._row is not None:
            self.show_case(row, found)

    def show_evidence(self, found: Sequence[Evidence]) -> None:
        """Show how the sample was drawn."""
        self.drop_form()
        self._row, self._found = None, found
        self._drawer.clear()
        for evidence in found:
            self._tell(evidence)
        print_it = Button("Print evidence…", icon="print")
        save_it = Button("Save as PDF…", icon="download")
        print_it.clicked.connect(self.print_asked)
        save_it.clicked.connect(self.save_asked)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(print_it)
        line.addWidget(save_it)
        line.addStretch(1)
        self._drawer.foot.addLayout(line)
        self._both.open("How the sample was drawn", with_foot=True)
        print_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        if self._row is not None:
            self.show_case(self._row, self._found)
        else:
            self._drawer.close_drawer()

    def take_out(self, *, instead: bool) -> None:
        """Open the form that takes the case shown out, with the next one `instead` of it or with nothing."""
        if self._row is None:
            return
        case, session = self._row.case, self._session
        form = ReplaceForm(case.reference, instead=instead, ask_list=self._ask_list)

        def act() -> Changes:
            reason = form.reason.toPlainText()
            if not instead:
                return session.do(withdraw_case, WithdrawCase(case.id, reason))
            frame = read_frame(form.path, remembered(session)).frame if form.path else None
            return session.do(replace_case, ReplaceCase(case.id, reason, self._today(), frame))

        form.asked.connect(lambda: self.send(form, act, {"": "reason"}, lambda _changes: self._drawer.close_drawer()))
        self.put(form, f"case/{case.id}/{'replace' if instead else 'out'}")

    def _fill(self, row: CaseRow) -> None:
        drawer = self._drawer
        drawer.clear()
        drawer.head.addWidget(Chip(row.meaning), 0, Qt.AlignmentFlag.AlignLeft)
        for title, words in _facts(row):
            drawer.body.addWidget(Label(title, "label"))
            drawer.body.addWidget(WrapLabel(words))
        if row.line is not None and not row.taken_out:
            drawer.body.addWidget(IconChip(*MODES[row.line.audit.mode]), 0, Qt.AlignmentFlag.AlignLeft)
        if not row.taken_out:
            self._fill_foot(row)

    def _fill_foot(self, row: CaseRow) -> None:
        foot = self._drawer.foot
        if row.line is not None and row.line.mine is not None:
            page_id, words = ("reconcile", "Reconcile") if row.line.stage is Stage.TO_RECONCILE else ("audits", "Open")
            audit_id = row.line.audit.id
            mine = Button(f"{words} {row.case.reference}")
            mine.clicked.connect(lambda: self.go_to.emit(page_id, audit_id))
            foot.addWidget(mine)
        if row.line is not None:
            plan = Button("Plan of the audit…", "link")
            of = PlanOf(row.line.audit.id)
            plan.clicked.connect(lambda: self.go_to.emit("audits", of))
            foot.addWidget(plan, 0, Qt.AlignmentFlag.AlignLeft)
        if self._may_give:
            change = Button("Change the pair…" if row.line else "Choose the pair…")
            change.clicked.connect(lambda: self.change_pair.emit(row.case.id))
            if row.is_begun:
                change.block("answers are recorded already, so the pair stays")
                foot.addWidget(ReasonLine("The pair stays:", "it has recorded answers already."))
            foot.addWidget(change)
            self._offer_taking_out(row)

    def _offer_taking_out(self, row: CaseRow) -> None:
        came_in = {one.replaced_by for evidence in self._found for one in evidence.replaced}
        drawn = {line.reference for evidence in self._found for line in evidence.drawn}
        acts = [("Take the case out…", False)]
        if row.case.reference in drawn | came_in:
            acts.insert(0, ("Replace the case…", True))
        for words, instead in acts:
            button = Button(words)
            button.clicked.connect(lambda _=False, instead=instead: self.take_out(instead=instead))
            if row.is_signed_off:
                button.block("its audit is signed off, so it stays in the cycle")
            self._drawer.foot.addWidget(button)

    def _tell(self, evidence: Evidence) -> None:
        body = self._drawer.body
        for title, words in evidence.facts:
            body.addWidget(Label(title, "label"))
            body.addWidget(WrapLabel(_breakable(words)))
        body.addWidget(Label("The rule", "h3"))
        for sentence in evidence.rule:
            body.addWidget(WrapLabel(sentence, "text2"))
        body.addWidget(Label("Left out before the draw", "h3"))
        for words, count in evidence.excluded:
            body.addWidget(WrapLabel(f"{words.capitalize()}: {count:,}", "text2"))
        body.addWidget(Label("Groups", "h3"))
        for one in evidence.strata:
            body.addWidget(WrapLabel(f"{one.title}: {one.drawn:,} of {one.frame:,} drawn", "text2"))
        for quota in evidence.quotas:
            body.addWidget(Chip(MET if quota.met else NOT_MET), 0, Qt.AlignmentFlag.AlignLeft)
            body.addWidget(WrapLabel(f"{quota.words[:1].upper()}{quota.words[1:]}", "text2"))
        body.addWidget(Label("Replacements", "h3"))
        said = [f"{one.reference} by {one.replaced_by}: {one.reason} ({one.by})" for one in evidence.replaced]
        for words in said or ["None."]:
            body.addWidget(WrapLabel(words, "text2"))


def _facts(row: CaseRow) -> list[tuple[str, str]]:
    case = row.case
    facts = [
        ("Taken out because", row.taken_out),
        ("Replaced by", row.replaced_by),
        ("Auditors", row.auditors or ("" if row.taken_out else "Nobody yet")),
        ("Team", case.team),
        ("Plan type", case.plan_type),
        ("Age band", case.age_band),
        *sorted(case.extra.items()),
    ]
    return [(title, words) for title, words in facts if words]


def _breakable(words: str) -> str:
    """A fingerprint in parts, which a narrow drawer can wrap."""
    return " ".join(words[at : at + 8] for at in range(0, len(words), 8)) if len(words) == 64 else words
