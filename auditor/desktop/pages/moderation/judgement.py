"""The side of the opened audit: what is changed, limits set aside, the quality of the audit, and the outcome."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from auditor.desktop.dates import show_iso
from auditor.desktop.forms.naming import NamingHint
from auditor.desktop.messages import Problem
from auditor.desktop.pages.audits.check_list import fill_checks
from auditor.desktop.pages.moderation.deciding import Deciding
from auditor.desktop.pages.moderation.quality import QualityList
from auditor.desktop.questions.choices import answer_text
from auditor.desktop.theme import polish
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.labels import Label, WrapLabel, rule
from auditor.desktop.widgets.panel import Note, Scrolled, Surface, clear
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.limits import BY_MODERATOR, grade_words, numbers_of
from auditor.domain.moderation import QUALITY, Judged, Mark


class Judgement(Surface):
    """Changes what `deciding` holds. `recorded` and `returned` ask for the outcome, `jump` goes to a question."""

    recorded = Signal()
    returned = Signal()
    jump = Signal(str)

    def __init__(self, deciding: Deciding) -> None:
        super().__init__("drawer")
        self.setAccessibleName("Your judgement")
        self._deciding, self._view = deciding, deciding.view
        self._may = not self._view.found.why_not and self._view.found.waits
        self._limit_texts: dict[str, GrowingText] = {}
        self._summary, self._limits = QVBoxLayout(), QVBoxLayout()
        self.quality = QualityList(deciding)
        self.note = GrowingText("What else is to be said", hint="What else is to be said (may stay empty)",
                                fewest_lines=1)  # fmt: skip
        self.back = GrowingText("Why it goes back to the pair", hint="What the pair has to look at again")
        self.problem = WrapLabel("", "late")
        self.problem.hide()
        self.record = Button("Uphold", "p")
        self.send_back = Button("Return to the pair…")
        self.not_yet = Button("Not yet")
        self._scrolled = Scrolled(margins=(16, 14, 16, 14), spacing=10)
        self._lay_out()
        self._connect()
        self._reload()

    def take_focus(self) -> None:
        """Go to what is marked next."""
        self.quality.take_focus()

    def show_problem(self, problem: Problem) -> None:
        """Say in place what was refused."""
        self.problem.setText(f"Not saved. {problem.message} {problem.remedy}")
        self.problem.show()

    def _lay_out(self) -> None:
        body = self._scrolled.body
        body.addWidget(Label("Your judgement" if self._may else "The judgement", "h2"))
        if self._view.warning and self._may:
            body.addWidget(ReasonLine("Weigh this:", self._view.warning))
        if not self._may:
            why_not = self._view.found.why_not or "It does not wait; choose it in the list if it has to be read again."
            body.addWidget(ReasonLine("You can look.", why_not))
        for layout in (self._summary, self._limits):
            layout.setSpacing(6)
            body.addLayout(layout)
        if self._may:
            body.addWidget(rule())
            body.addWidget(Label("How was this judgement reached?", "h2"))
            body.addWidget(self.quality)
            body.addWidget(self.note)
            body.addWidget(NamingHint(self.note))
        else:
            self._earlier(body)
        body.addWidget(rule())
        body.addWidget(Label("Checks and limits", "h2"))
        checks = QVBoxLayout()
        checks.setSpacing(6)
        body.addLayout(checks)
        fill_checks(checks, self._view.checks, self._view.template, self.jump.emit)
        if self._may:
            self._earlier(body)
        self.body.addWidget(self._scrolled)
        self._lay_out_foot()

    def _lay_out_foot(self) -> None:
        foot = Surface("foot", margins=(16, 12, 16, 12), spacing=8)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.send_back)
        row.addWidget(self.not_yet)
        row.addStretch(1)
        row.addWidget(self.record)
        foot.body.addWidget(self.back)
        foot.body.addWidget(NamingHint(self.back))
        foot.body.addWidget(self.problem)
        foot.body.addLayout(row)
        self.back.hide()
        self.not_yet.hide()
        self.body.addWidget(foot)
        foot.setVisible(self._may)

    def _earlier(self, lines: QBoxLayout) -> None:
        if not self._view.history:
            return
        lines.addWidget(rule())
        lines.addWidget(Label("Moderated before" if self._may else "What came of it", "h2"))
        for done in reversed(self._view.history):
            who = self._view.people.get(done.by, "")
            said = [f"{show_iso(done.at)} · {who}"]
            for moved in done.grades:
                question = self._view.template.by_id.get(moved.question_id)
                if question is not None and not moved.upheld:
                    before, after = answer_text(question, moved.before), answer_text(question, moved.after)
                    said.append(f"{question.number}: {before} to {after}. {moved.after.reason}")
            said += [f"{rule_id} set aside: {reason}" for rule_id, reason in done.limits.items()]
            said += [f"{point}: {judged.mark.words}. {judged.comment}" for point, judged in _weak(done.quality)]
            said += [done.note] if done.note else []
            lines.addWidget(Note(done.outcome.words, "\n".join(said), icon="comment"))

    def _connect(self) -> None:
        self.record.clicked.connect(self.recorded)
        self.send_back.clicked.connect(self._open_back)
        self.not_yet.clicked.connect(self._close_back)
        self.back.finished.connect(self.returned)
        self.back.left.connect(self._close_back)
        self.note.finished.connect(self.recorded)
        self.note.textChanged.connect(lambda: self._deciding.say(note=self.note.toPlainText()))
        self.back.textChanged.connect(lambda: self._deciding.say(back=self.back.toPlainText()))
        self._deciding.changed.connect(self._show)
        self._deciding.loaded.connect(self._reload)

    def _reload(self) -> None:
        for text, kept in ((self.note, self._deciding.note), (self.back, self._deciding.back)):
            if text.toPlainText() != kept:
                text.blockSignals(True)
                text.setPlainText(kept)
                text.blockSignals(False)
        self._show()

    def _show(self) -> None:
        self.problem.hide()
        self._show_summary()
        self._show_limits()
        changed = len(self._deciding.changes)
        self.record.set_text(f"Record {changed} changed" if changed else "Uphold")

    def _show_summary(self) -> None:
        clear(self._summary)
        items = {item.question.id: item for item in self._view.items}
        for name, (answer, reason) in self._deciding.changes.items():
            question, before = items[name].question, items[name].effective
            moved = f"{question.number}: {answer_text(question, before) or 'blank'} to {answer_text(question, answer)}"
            self._summary.addWidget(WrapLabel(moved, "h3"))
            self._summary.addWidget(WrapLabel(reason or "Needs a reason", "caption2" if reason else "late"))
        if not self._deciding.changes and self._may:
            self._summary.addWidget(WrapLabel("Nothing is changed: the pair's answers are upheld.", "caption2"))

    def _show_limits(self) -> None:
        caps = {cap.rule.id: cap for cap in self._deciding.caps} if self._may else {}
        if self._view.limit_reason:
            caps = {name: cap for name, cap in caps.items() if name == BY_MODERATOR}
        if caps.keys() == self._limit_texts.keys():
            return
        clear(self._limits)
        self._limit_texts = {}
        for name, cap in caps.items():
            best = grade_words(self._view.template, cap.rule.caps_at or 1)
            where = numbers_of(self._view.template, cap.questions)
            words = f"Better than the limit: because of {where} no better than {best}. Change it, or say why it stands:"
            text = self._limit_texts[name] = GrowingText(f"Why {name} is set aside", hint="Why the limit is set aside",
                                                         fewest_lines=1)  # fmt: skip
            text.setPlainText(self._deciding.limits.get(name, ""))
            text.textChanged.connect(
                lambda name=name, text=text: self._deciding.set_aside(name, text.toPlainText().strip())
            )
            self._limits.addWidget(WrapLabel(words, "h3"))
            self._limits.addWidget(text)
            self._limits.addWidget(NamingHint(text))

    def _open_back(self) -> None:
        """The first press opens the reason, the second returns the audit."""
        if self.back.isVisible():
            self.returned.emit()
            return
        self.back.show()
        self.not_yet.show()
        self.record.hide()
        polish(self.send_back, k="p")
        self.send_back.set_text("Return it")
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_back(self) -> None:
        self.back.hide()
        self.not_yet.hide()
        self.record.show()
        polish(self.send_back, k="")
        self.send_back.set_text("Return to the pair…")
        self.send_back.setFocus(Qt.FocusReason.OtherFocusReason)


def _weak(quality: Mapping[str, Judged]) -> list[tuple[str, Judged]]:
    """The points that were not met, by their words."""
    return [(point.short, quality[point.id]) for point in QUALITY if point.id in quality
            and quality[point.id].mark is not Mark.MET]  # fmt: skip
