"""What can be done with a variant that is being built: keep it, put it into a draft, save it, or leave it for later."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.desktop.widgets.buttons import Button
from auditor.services.session import Session
from auditor.services.template_building import Builder, draft_for


class Ways(QWidget):
    """The buttons below the ticks. That of the draft is there only while a draft of the master is open."""

    def __init__(self) -> None:
        super().__init__()
        self.throw_away = Button("Start again", "quiet")
        self.leave = Button("Later", name="Later: the variant stays as it is ticked")
        self.save = Button("Save as a file…")
        self.draft = Button("Put into the draft", name="Put into the open draft of the master, to be published with it")
        self.keep = Button("Keep for cycles", "p")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addStretch(1)
        for button in (self.throw_away, self.leave, self.save, self.draft, self.keep):
            line.addWidget(button)
        self.draft.hide()

    def offer(self, session: Session, builder: Builder) -> None:
        """Offer the draft of the master that is built from, where one is open."""
        self.draft.setVisible(session.ask(draft_for, builder) is not None)
