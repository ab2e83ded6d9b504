"""How was this judgement reached? The points of the audit of audits, each marked by key, with what was missing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.desktop.forms.naming import NamingHint
from auditor.desktop.pages.moderation.deciding import Deciding
from auditor.desktop.questions.controls import KeysControl
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.answers import Answer
from auditor.domain.moderation import QUALITY, Criterion, Judged, Mark
from auditor.domain.template import AnswerType, Option, Question, Standing

_OPTIONS = tuple(Option(mark.value, mark.words, Standing(mark.value)) for mark in Mark)


class QualityPoint(QWidget):
    """One point: its words, three keys, and a comment where it is not met."""

    judged = Signal(object)
    """The `Judged`, or None where the mark was taken away."""

    def __init__(self, point: Criterion) -> None:
        super().__init__()
        self.point = point
        self._mark: Mark | None = None
        question = Question(id=point.short, text=point.text, type=AnswerType.CHOICE, options=_OPTIONS, ordered=True)
        self.control = KeysControl(question)
        self.control.keys.setAccessibleName(f"{point.short}: {point.text}")
        self.comment = GrowingText(f"What was missing: {point.short}", hint="What was missing", fewest_lines=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(5)
        column.addWidget(Label(point.short, "h3"))
        column.addWidget(WrapLabel(point.text, "caption2"))
        column.addWidget(self.control)
        column.addWidget(self.comment)
        column.addWidget(NamingHint(self.comment))
        self.control.answered.connect(self._answer)
        self.comment.textChanged.connect(self._tell)
        self.show_judged(None)

    def show_judged(self, judged: Judged | None) -> None:
        """Show what is marked."""
        self._mark = judged.mark if judged else None
        self.control.show_answer(Answer(self._mark.value) if self._mark else Answer())
        if judged and judged.comment != self.comment.toPlainText():
            self.comment.blockSignals(True)
            self.comment.load(judged.comment)
            self.comment.blockSignals(False)
        self.comment.setVisible(self._mark not in (None, Mark.MET))

    def take_focus(self) -> None:
        self.control.take_focus()

    def _answer(self, answer: Answer) -> None:
        self._mark = Mark(str(answer.value)) if not answer.is_blank else None
        self.control.show_answer(answer)
        self.comment.setVisible(self._mark not in (None, Mark.MET))
        if self.comment.isVisibleTo(self):
            self.comment.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _tell(self) -> None:
        self.judged.emit(Judged(self._mark, self.comment.toPlainText().strip()) if self._mark else None)


class QualityList(QWidget):
    """All points. Changes what `deciding` holds."""

    def __init__(self, deciding: Deciding) -> None:
        super().__init__()
        self._deciding = deciding
        self.setAccessibleName("How was this judgement reached?")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.points = [QualityPoint(point) for point in QUALITY]
        for at, row in enumerate(self.points):
            column.addWidget(row)
            row.judged.connect(lambda judged, point_id=row.point.id: deciding.judge(point_id, judged))
            row.control.typed_through.connect(lambda at=at: self._go_on(at))
            row.comment.finished.connect(lambda at=at: self._go_on(at, anyway=True))
            row.comment.left.connect(row.take_focus)
        deciding.loaded.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Show what the decision holds."""
        for row in self.points:
            row.show_judged(self._deciding.quality.get(row.point.id))

    def take_focus(self) -> None:
        """Go to the first point that is not marked."""
        blank = (row for row in self.points if row.point.id not in self._deciding.quality)
        next(blank, self.points[0]).take_focus()

    def _go_on(self, at: int, *, anyway: bool = False) -> None:
        """After a point that is met, or whose comment is done, to the next."""
        judged = self._deciding.quality.get(self.points[at].point.id)
        if at + 1 < len(self.points) and (anyway or (judged and judged.mark is Mark.MET)):
            self.points[at + 1].take_focus()
