"""The drawer with the replies to one audit: who said what and when, what the pair answered, what was decided."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.dates import show_date
from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.forms.inline_form import InlineForm
from auditor.desktop.marks import GOOD_PRACTICE, MarkKind, Meaning
from auditor.desktop.operations import Operations
from auditor.desktop.replies.forms import AnswerForm, DecideForm, ReplyForm
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.panel import Note
from auditor.domain.changes import Changes
from auditor.services.cycles import AuditLine
from auditor.services.replies import Replies, ReplyLine, add_reply, audit_replies, decide, respond
from auditor.services.session import Session

_THANKS = Meaning(GOOD_PRACTICE.mark, "Thanks", GOOD_PRACTICE.colour, GOOD_PRACTICE.tint)
_ASKED = Meaning(MarkKind.QUESTION_RING, "Correction asked for", "requires", "requires_tint")
_ACCEPTED = Meaning(MarkKind.TICK, "Correction accepted", "good", "good_tint")
_REFUSED = Meaning(MarkKind.DASH, "Correction not accepted", "text2", "sunken")
_NONE_YET = (
    "Nobody has replied yet. What the social worker and the team manager say of the audit is recorded here, what the "
    "child and family said when asked, and what was sent to them."
)


class RepliesDrawer(Drawer):
    """Shows replies. `add_asked`, `answer_asked(ReplyLine)`, `decide_asked(ReplyLine)` are for whoever owns it."""

    add_asked = Signal()
    answer_asked = Signal(object)
    decide_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Replies", parent=parent)
        self.buttons: dict[str, Button] = {}

    def load(self, reference: str, found: Replies) -> None:
        """Show the replies of one audit as the viewer may move them on."""
        self.clear()
        self.buttons = {}
        self.head.addWidget(WrapLabel(f"{reference} · for the pair, moderators and the QA lead", "caption"))
        if not found.lines:
            self.body.addWidget(WrapLabel(_NONE_YET, "muted"))
        for at, line in enumerate(found.lines):
            if at:
                self.body.addWidget(rule())
            self.body.addLayout(self._reply(line, found))
        if found.may_add:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(self._button("add", "Record a reply…", self.add_asked.emit))
            self.foot.addLayout(row)
        else:
            self.foot.addWidget(ReasonLine("No reply now:", "the audit is not signed off."))

    def _reply(self, line: ReplyLine, found: Replies) -> QVBoxLayout:
        reply = line.reply
        column = QVBoxLayout()
        column.setSpacing(4)
        who = reply.kind.words if reply.who == reply.kind.words else f"{reply.kind.words}: {reply.who}"
        column.addWidget(WrapLabel(who, "h3"))
        column.addWidget(WrapLabel(f"{show_date(reply.on)} · recorded by {line.recorded_by}", "caption"))
        for meaning in _chips(line):
            column.addWidget(Chip(meaning, bold=False), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(WrapLabel(reply.text))
        if reply.response:
            column.addWidget(Note(f"{line.response_by} answered", reply.response, icon="comment"))
        if reply.decision:
            column.addWidget(Note(f"{line.decided_by} decided", reply.decision.reason, icon="comment"))
        acts = QHBoxLayout()
        acts.setSpacing(4)
        if found.may_respond and not reply.kind.goes_out:
            word = "Change the answer…" if reply.response else "Answer…"
            acts.addWidget(self._button(f"answer/{reply.id}", word, lambda: self.answer_asked.emit(line), link=True))
        if found.may_decide and reply.waits:
            go = self._button(f"decide/{reply.id}", "Decide…", lambda: self.decide_asked.emit(line), link=True)
            acts.addWidget(go)
        if acts.count():
            acts.addStretch(1)
            column.addLayout(acts)
        return column

    def _button(self, key: str, word: str, act: Callable[[], None], *, link: bool = False) -> Button:
        button = self.buttons[key] = Button(word, "link" if link else "")
        button.clicked.connect(act)
        return button


class OpenedReplies(FormInDrawer[RepliesDrawer]):
    """Owns the drawer: shows the replies of an audit and the forms about them. `shown` when it opens."""

    shown = Signal()

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], drawer: RepliesDrawer,
        both: WithDrawer,
    ) -> None:  # fmt: skip
        super().__init__(session, operations, today, drawer, both)
        self.drawer = drawer
        self.line: AuditLine | None = None
        drawer.add_asked.connect(self.add)
        drawer.answer_asked.connect(self.answer)
        drawer.decide_asked.connect(self.decide)

    def show(self, line: AuditLine, *, focus: bool = True) -> None:
        """Open the drawer on the replies of an audit."""
        self.drop_form()
        self.line = line
        self._operations.run(
            lambda: self._session.ask(audit_replies, line.audit.id),
            quick=True,
            on_done=lambda found: self._open(line, found, focus),
        )

    def back(self) -> None:
        if self.line is not None:
            self.show(self.line)

    def reload(self) -> None:
        """Show what is on disk now, unless somebody is writing."""
        if self.line is not None and self.form is None and self._drawer.isVisible():
            self.show(self.line, focus=False)

    def add(self) -> None:
        """Open the form for a new reply."""
        form = ReplyForm(self._today())
        self._ask(form, "new", lambda audit_id: self._session.do(add_reply, form.command(audit_id)), ReplyForm.PLACES)

    def answer(self, line: ReplyLine) -> None:
        """Open the form for what the pair answers."""
        form, reply_id = AnswerForm(line.reply.response), line.reply.id
        self._ask(
            form, f"{reply_id}/answer", lambda audit_id: self._session.do(respond, form.command(audit_id, reply_id)),
            AnswerForm.PLACES,
        )  # fmt: skip

    def decide(self, line: ReplyLine) -> None:
        """Open the form for the decision on a correction."""
        form, reply_id = DecideForm(), line.reply.id
        self._ask(
            form, f"{reply_id}/decide", lambda audit_id: self._session.do(decide, form.command(audit_id, reply_id)),
            DecideForm.PLACES,
        )  # fmt: skip

    def _ask(self, form: InlineForm, what: str, act: Callable[[str], Changes], places: Mapping[str, str]) -> None:
        if self.line is None:
            return
        line = self.line
        form.asked.connect(
            lambda: self.send(form, lambda: act(line.audit.id), places, lambda _changes: self.show(line))
        )
        self.put(form, f"reply/{line.audit.id}/{what}")

    def _open(self, line: AuditLine, found: Replies, focus: bool) -> None:
        self._drawer.load(line.case.reference, found)
        self._both.open("Replies", with_foot=True)
        self.shown.emit()
        if focus:
            first = next(iter(self._drawer.buttons.values()), self._drawer.close_button)
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def _chips(line: ReplyLine) -> list[Meaning]:
    reply = line.reply
    found = [_THANKS] if reply.positive else []
    if reply.correction:
        decided = reply.decision
        found.append(_ASKED if decided is None else _ACCEPTED if decided.accepted else _REFUSED)
    return found
