"""What brothers and sisters should have in common and their audits say otherwise, as rows below the indicators."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from auditor.desktop.marks import LIMITS_GRADE, MarkKind
from auditor.desktop.widgets.labels import MarkLabel, WrapLabel
from auditor.desktop.widgets.row_list import RowPanel
from auditor.domain.consistency import State
from auditor.services.cross_checks import CrossCheck


class CrossRow(RowPanel):
    """One shared event of a sibling group: it differs, or an answer is still missing."""

    def __init__(self, check: CrossCheck) -> None:
        super().__init__()
        differs = check.state is State.FIRES
        title = check.title if differs else "Brothers and sisters: not known yet whether they agree"
        self.setAccessibleName(f"{title}. {check.message}")
        line = QHBoxLayout()
        line.setSpacing(10)
        mark = MarkKind.WARNING if differs else MarkKind.QUESTION_RING
        line.addWidget(MarkLabel(mark, LIMITS_GRADE.colour if differs else "text2", px=15))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(WrapLabel(title, "h3"))
        words.addWidget(WrapLabel(check.message, "text2"))
        line.addLayout(words, 1)
        self.body.addLayout(line)
