"""A hint under words that others read later, while they seem to tell who somebody is. It refuses nothing: a reason may
name a colleague, and whoever writes it can tell."""

from PySide6.QtCore import QEvent, QObject

from auditor.desktop.widgets.labels import WrapLabel
from auditor.desktop.widgets.texts import GrowingText
from auditor.domain.identifiers import identifiers_in

SEEMS_NAMED = "This seems to tell who somebody is. Others read it: write the role, such as mother or social worker."


class NamingHint(WrapLabel):
    """Stands below a text, and is seen only while its words need it."""

    def __init__(self, text: GrowingText) -> None:
        super().__init__(SEEMS_NAMED, "caption")
        self._text = text
        self.hide()
        # Unlike the text's own signal this one also comes where a form loads words without being told of it.
        text.document().contentsChanged.connect(self._look)
        text.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go and come with the text it is about."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        found = not self._text.isHidden() and bool(identifiers_in(self._text.toPlainText()))
        self.setVisible(found)
        if found or self._text.accessibleDescription() == SEEMS_NAMED:
            self._text.setAccessibleDescription(SEEMS_NAMED if found else "")
