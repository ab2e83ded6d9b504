"""Comment, evidence, good practice and action of the current question, always in the same place under its answer."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from auditor.desktop.preferences import preferences
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.fields import LineEdit
from auditor.desktop.widgets.labels import IconLabel, KeyCap
from auditor.desktop.widgets.texts import GrowingText, saving_later
from auditor.desktop.widgets.toggles import Toggle
from auditor.domain.answers import Entry, Facet
from auditor.domain.snippets import next_gap

_PARAGRAPH = "\u2029"
"""How Qt writes the end of a line in marked text."""


class _Location(LineEdit):
    """Where in the file the evidence lies."""

    finished = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Notes(QWidget):
    """Text is handed over when the focus leaves, on Ctrl+Enter or Esc, and two seconds after the last keystroke."""

    noted = Signal(object, str)
    """Facet and text to record."""
    good_practice_asked = Signal()
    action_asked = Signal()
    flag_asked = Signal()
    snippets_asked = Signal()
    finished = Signal()
    left = Signal()

    def __init__(self, number: str, *, stacked: bool) -> None:
        super().__init__()
        self.comment: GrowingText | None = None
        """Made when there is a comment, or one is asked for."""
        self._number = number
        self.location = _Location(f"Evidence for {number}", hint="Where in the file")
        self.comment_key = Toggle("Comment", icon="comment", cap=preferences().letter("comment"))
        self.good_practice = Toggle("Good practice", icon="star", cap=preferences().letter("good_practice"))
        self.action = Toggle("Action", icon="flag", cap=preferences().letter("action"))
        # The icon alone: beside three words the field for the evidence needs the room.
        self.flag = Toggle("Discuss with your partner", icon="people", compact=True)
        self._flag_cap = KeyCap(preferences().letter("flag"))
        self._stored = ""
        self.location_later = saving_later(self, self._commit_location)
        self.comment_later = saving_later(self, self._commit_comment)
        self._lay_out(stacked)
        self._connect()

    def show_entry(self, entry: Entry, action: bool) -> None:
        """Show what is recorded; what is being typed, or could not be put on disk, stays."""
        if entry.comment or self.comment is not None:
            comment = self._the_comment()
            if not (comment.hasFocus() or comment.unsaved):
                comment.load(entry.comment)
                self.comment_later.stop()
        if not (self.location.hasFocus() or self._location_unsaved):
            self.location.setText(entry.location)
            self.location.setCursorPosition(0)
            self.location_later.stop()
        self._stored = entry.location
        typing = self.comment is not None and self.comment.hasFocus()
        self.comment_key.set_on(bool(entry.comment) or typing)
        self.good_practice.set_on(entry.good_practice)
        self.action.set_on(action)
        self.flag.set_on(entry.flag is not None)

    def offer_flag(self, offered: bool) -> None:
        """Whether there is a partner to discuss the question with."""
        self.flag.setVisible(offered)
        self._flag_cap.setVisible(offered)

    def open_comment(self, *, at_end: bool = True) -> None:
        """Show the comment and put the focus into it."""
        comment = self._the_comment()
        self.comment_key.set_on(True)
        comment.setFocus(Qt.FocusReason.OtherFocusReason)
        if at_end:
            comment.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def chosen_words(self) -> str:
        """What is marked in the comment, or all of it."""
        if self.comment is None:
            return ""
        marked = self.comment.textCursor().selectedText().replace(_PARAGRAPH, "\n")
        return marked or self.comment.toPlainText()

    def put_snippet(self, text: str) -> None:
        """Write a snippet where the cursor stands, and mark it, or its first gap, so that it is read and made true."""
        self.open_comment(at_end=False)
        cursor = self._the_comment().textCursor()
        cursor.clearSelection()
        before = self._the_comment().toPlainText()[: cursor.position()]
        cursor.insertText(" " if before and not before[-1].isspace() else "")
        start = cursor.position()
        cursor.insertText(text)
        self._mark(*(next_gap(self._the_comment().toPlainText(), start) or (start, cursor.position())))

    @property
    def has_gap(self) -> bool:
        """Whether the comment still holds a gap to be filled in."""
        return self.comment is not None and next_gap(self.comment.toPlainText()) is not None

    def to_gap(self) -> None:
        """Mark the first gap of the comment, to be typed over."""
        gap = next_gap(self.comment.toPlainText()) if self.comment is not None else None
        if gap is not None:
            self.open_comment()
            self._mark(*gap)

    def _mark(self, start: int, end: int) -> None:
        comment = self._the_comment()
        cursor = comment.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        comment.setTextCursor(cursor)

    def open_location(self) -> None:
        """Put the focus into the evidence location."""
        self.location.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Hand over what is half typed."""
        self._commit_comment()
        self._commit_location()

    @property
    def unsaved(self) -> bool:
        """Whether words stand here that are not on disk."""
        comment = self.comment is not None and self.comment.unsaved
        return comment or self._location_unsaved

    @property
    def words(self) -> dict[str, str]:
        """The words that stand nowhere but here, by facet."""
        comment = self.comment.toPlainText() if self.comment is not None and self.comment.unsaved else ""
        location = self.location.text() if self._location_unsaved else ""
        return {"comment": comment, "location": location}

    def put_words(self, words: Mapping[str, str]) -> None:
        """Put such words back; they are handed over at the next chance."""
        if words.get("comment"):
            self._the_comment().setPlainText(words["comment"])
        if words.get("location"):
            self.location.setText(words["location"])

    def keep_unsaved(self, entry: Entry) -> None:
        """After a failed save: the words stay, and are offered again at the next chance."""
        if self.comment is not None:
            self.comment.keep_unsaved(entry.comment)
        self._stored = entry.location

    @property
    def _location_unsaved(self) -> bool:
        return self.location.text().strip() != self._stored

    def _commit_location(self) -> None:
        self.location_later.stop()
        text = self.location.text().strip()
        if text != self._stored:
            self._stored = text
            self.noted.emit(Facet.LOCATION, text)

    def _commit_comment(self) -> None:
        if self.comment is not None:
            self.comment.commit()

    def _the_comment(self) -> GrowingText:
        if self.comment is None:
            name, hint = f"Comment on {self._number}", "What you saw, and where it shows. No names."
            self.comment = GrowingText(name, hint=hint)
            self.comment.committed.connect(lambda text: self.noted.emit(Facet.COMMENT, text))
            self.comment.textChanged.connect(self.comment_later.touch)
            self.comment.finished.connect(self.finished)
            self.comment.left.connect(self.left)
            snippets = Button("Snippets", "icon", icon="copy", name="Snippets, Ctrl+J")
            # The cursor stays in the comment, and Tab goes on to the evidence: keys have Ctrl+J.
            snippets.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            snippets.clicked.connect(self.snippets_asked)
            line = QHBoxLayout()
            line.setSpacing(2)
            line.addWidget(self.comment, 1)
            line.addWidget(snippets, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(line, 0, 0, 1, 2)
            # A layout shows its own in the next turn only; letters typed before that would be keys of the desk.
            self.comment.show()
            QWidget.setTabOrder(self.comment, self.location)
        return self.comment

    def _lay_out(self, stacked: bool) -> None:
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        place = QHBoxLayout()
        place.setSpacing(6)
        place.addWidget(IconLabel("pin"))
        place.addWidget(self.location, 1)
        place.addWidget(KeyCap(preferences().letter("evidence")))
        keys = QHBoxLayout()
        keys.setSpacing(6)
        for key in (self.comment_key, self.good_practice, self.action, self.flag, self._flag_cap):
            keys.addWidget(key)
        grid.addLayout(place, 1, 0, 1, 2 if stacked else 1)
        grid.addLayout(keys, 2 if stacked else 1, 0 if stacked else 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.location.textEdited.connect(lambda _text: self.location_later.touch())
        self.location.editingFinished.connect(self._commit_location)
        self.location.finished.connect(self._commit_location)
        self.location.finished.connect(self.finished)
        self.location.left.connect(self._commit_location)
        self.location.left.connect(self.left)
        self.comment_key.clicked.connect(self.open_comment)
        self.good_practice.clicked.connect(self.good_practice_asked)
        self.action.clicked.connect(self.action_asked)
        self.flag.clicked.connect(self.flag_asked)
