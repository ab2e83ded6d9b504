"""A drawer that shows something, and at times a form about it: who owns the form, and how it ends."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from auditor.desktop.forms.inline_form import InlineForm
from auditor.desktop.operations import Operations
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.panel import clear
from auditor.domain.changes import Changes
from auditor.services.session import Session

D = TypeVar("D", bound=Drawer)


class FormInDrawer(QObject, Generic[D]):
    """Base of what owns the content of a page's drawer; it says in `back` what is shown when a form is left."""

    form_open = Signal(bool)
    """Whether a form waits in the drawer to be sent."""
    done = Signal()
    """The work in the drawer is over: the focus belongs in the page again."""

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], drawer: D, both: WithDrawer
    ) -> None:
        super().__init__(both)
        self._session, self._operations, self._today = session, operations, today
        self._drawer, self._both = drawer, both
        self.form: InlineForm | None = None
        drawer.closed.connect(self._closed)

    def back(self) -> None:
        """Show what the drawer showed before the form, or close it."""
        raise NotImplementedError

    def leave(self) -> None:
        """Leave the form; what is written in it is kept for the next time."""
        self.drop_form()
        self.back()
        self.done.emit()

    def put(self, form: InlineForm, place: str) -> None:
        """Let a form take the top of the drawer and its foot, with what was left at its place."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        clear(self._drawer.foot)
        form.left.connect(self.leave)
        form.keep_at(self._session, self._operations, place)
        self.form = form
        form.put_into(self._drawer)
        self.form_open.emit(True)

    def send(
        self, form: InlineForm, act: Callable[[], Changes], places: Mapping[str, str],
        on_done: Callable[[Changes], None],
    ) -> None:  # fmt: skip
        """Carry out what the form asks for; a refusal is said under its field."""

        def sent(changes: Changes) -> None:
            form.sent()
            self.drop_form()
            on_done(changes)

        self._operations.run(act, on_done=sent, on_failed=lambda error: form.fault(error, places), quick=True)

    def drop_form(self) -> None:
        """The drawer is free to show something else."""
        if self.form is not None:
            self.form = None
            self.form_open.emit(False)

    def _closed(self) -> None:
        self.drop_form()
        self.done.emit()
