"""What stands over the questions of a desk: why nothing can be changed, what has changed of the plan, a way back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from auditor.desktop.operations import Operations
from auditor.desktop.pages.audits.desk_state import DeskState
from auditor.desktop.widgets.buttons import Button, ReasonLine
from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.panel import Surface
from auditor.services import plans
from auditor.services.session import Session


class Standing(Surface):
    """Hidden while there is nothing to say. `again` opens one's own answers as long as the partner is not done."""

    def __init__(
        self, state: DeskState, session: Session, operations: Operations, parent: QWidget | None = None
    ) -> None:
        super().__init__("page", margins=(20, 0, 16, 8), spacing=4, parent=parent)
        audit_id = state.view.audit.id
        self.again = Button("Open my answers again", "small")
        self.again.clicked.connect(
            lambda: operations.run(lambda: session.do(plans.reopen, plans.Reopen(audit_id)), quick=True)
        )
        if state.why_closed:
            lead, _, rest = (part.strip() for part in state.why_closed.partition(":"))
            self.body.addWidget(ReasonLine(f"{lead.rstrip('.')}.", rest[:1].upper() + rest[1:]))
        for sentence in state.view.news:
            self.body.addWidget(WrapLabel(sentence, "caption2"))
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.again.setVisible("reopen" in session.ask(plans.plan, audit_id).can)
        # Shown with the desk: by itself, without a place in it yet, it would be a window of its own.
        if not state.why_closed and not state.view.news:
            self.hide()
