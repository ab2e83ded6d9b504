"""Before an audit moves to another version of its template: what is different, what it does to one's own answers."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy

from auditor.desktop.messages import Problem
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Panel
from auditor.desktop.words import many
from auditor.domain.moving import Said
from auditor.domain.template_difference import Act, Difference, QuestionChange
from auditor.services.moving import MoveView

_HIGHEST, _LOWEST, _ENDLESS = 260, 56, 100_000
_WORDS = {
    Act.GONE: "Gone",
    Act.OPTIONS: "Options changed",
    Act.CHANGED: "Changed",
    Act.REWORDED: "Reworded",
    Act.ADDED: "New",
}
_COUNTED = {
    Act.GONE: "gone",
    Act.OPTIONS: "with other options",
    Act.CHANGED: "changed otherwise",
    Act.REWORDED: "reworded",
    Act.ADDED: "new",
}


class Lines(QListWidget):
    """Paragraphs one can walk through with the arrow keys; as high as they need, up to a limit."""

    def __init__(self, name: str, lines: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for line in lines:
            self.addItem(QListWidgetItem(line))
        self.setSpacing(2)
        self.setCurrentRow(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # What they do is the panel's to say.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics, width = self.fontMetrics(), max(self.viewport().width() - theme().px(20), theme().px(200))
        flags = int(Qt.TextFlag.TextWordWrap)
        texts = [self.item(row).text() for row in range(self.count())]
        needed = sum(metrics.boundingRect(0, 0, width, _ENDLESS, flags, text).height() for text in texts)
        between = len(texts) * (2 * self.spacing() + theme().px(2)) + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), min(needed + between, theme().px(_HIGHEST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60), min(self.sizeHint().height(), theme().px(_LOWEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A narrower line wraps into more of them.
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Asked(Panel):
    """A panel over the questions that asks something; Esc leaves everything as it is."""

    cancelled = Signal()

    def __init__(self, title: str, meaning: str) -> None:
        super().__init__(margins=(16, 12, 16, 12), spacing=8)
        self.setAccessibleName(title)
        self.body.addWidget(Label(title, "h2"))
        self.meaning = WrapLabel(meaning, "text2")
        self.body.addWidget(self.meaning)
        self.problem = WrapLabel("", "late")
        self.problem.hide()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        self.buttons.addStretch(1)

    def show_problem(self, problem: Problem) -> None:
        """Say in place what was refused, and what to do."""
        self.problem.setText(f"{problem.message} {problem.remedy}")
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        # Nothing goes further: no key of the desk may work while this is open.


class MovePanel(Asked):
    """The difference, and below it the word of this person: `accepted` or `declined`."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, view: MoveView) -> None:
        assert view.target is not None
        assert view.counted is not None
        found, version = view.counted.difference, view.target.version
        super().__init__(f"Version {version} of {view.target.title}", _meaning(view))
        self.lines = Lines("What is different", [*map(change_words, found.questions), *found.rest])
        self.body.addWidget(WrapLabel(_counts(found), "h3"))
        if self.lines.count():
            self.body.addWidget(self.lines)
        else:
            self.lines.hide()
        self.body.addWidget(self.problem)
        pair = view.may_accept
        self.accept = Button(f"Accept version {version}" if pair else f"Propose version {version}", "p")
        self.decline = Button("Take back" if view.mine is Said.YES else "Decline")
        self.close_button = Button("Not now")
        for button in (self.close_button, self.decline, self.accept):
            self.buttons.addWidget(button)
        self.body.addLayout(self.buttons)
        of_pair = view.audit.auditors.values()
        self.accept.setVisible(pair or (view.may_propose and view.mine is None and not view.proposed))
        self.decline.setVisible(view.proposed and view.mine is not Said.NO and (pair or view.mine is Said.YES))
        self.accept.setAccessibleDescription("" if len(of_pair) < 2 else "The audit moves when both have accepted.")
        self.accept.clicked.connect(self.accepted)
        self.decline.clicked.connect(self.declined)
        self.close_button.clicked.connect(self.cancelled)

    def take_focus(self) -> None:
        """Into the difference: it is read first."""
        first = self.lines if self.lines.count() else self.close_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class UndoPanel(Asked):
    """Going back to the version before: `confirmed`."""

    confirmed = Signal()

    def __init__(self, before: str, now: str) -> None:
        super().__init__(
            f"Back to version {before}",
            f"What was answered before the move stands as it stood. What was answered since is kept: it stands where "
            f"version {before} asks the same, and is listed for review elsewhere. To move to version {now} again, "
            "each auditor has to accept it again.",
        )
        self.confirm, self.close_button = Button(f"Go back to version {before}", "p"), Button("Stay")
        for button in (self.close_button, self.confirm):
            self.buttons.addWidget(button)
        self.body.addWidget(self.problem)
        self.body.addLayout(self.buttons)
        self.confirm.clicked.connect(self.confirmed)
        self.close_button.clicked.connect(self.cancelled)

    def take_focus(self) -> None:
        """On the way that changes nothing."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)


def change_words(change: QuestionChange) -> str:
    """A changed question in a few lines."""
    return "\n".join((f"{change.number}  {_WORDS[change.act]}: {change.text}", *change.said))


def _counts(found: Difference) -> str:
    counts = [f"{found.count(act)} {word}" for act, word in _COUNTED.items() if found.count(act)]
    return f"Questions: {', '.join(counts)}" if counts else "No question is different."


def _meaning(view: MoveView) -> str:
    assert view.counted is not None
    stands, review = view.counted.stands, view.counted.to_review
    own = f"{many(stands, 'answer')} of yours {'stands' if stands == 1 else 'stand'} as before."
    if review:
        needs = "1 needs review and counts" if review == 1 else f"{review} need review and count"
        own = f"{own[:-1]}; {needs} nowhere until then."
    both = "It moves when both auditors have accepted, and either can undo it until answers are handed in."
    alone = "It can be undone until the audit is signed off."
    move = both if len(view.audit.auditors) > 1 else alone
    nothing = "Nothing that was recorded is lost."
    return " ".join((own if stands + review else "You have answered nothing here yet.", nothing, move))
