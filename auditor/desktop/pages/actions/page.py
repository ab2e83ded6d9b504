"""The Actions page: every action by status, the longest overdue first, and one of them open beside the list."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.desktop.marks import MarkKind
from auditor.desktop.models.action_rows import columns, grouped
from auditor.desktop.operations import Operations
from auditor.desktop.pages.actions.acts import UPDATE, VERIFY, Act, possible
from auditor.desktop.pages.actions.drawer import ActionDrawer
from auditor.desktop.pages.actions.opened_action import OpenedAction
from auditor.desktop.preferences import preferences
from auditor.desktop.shell.drawer_page import DrawerPage
from auditor.desktop.shell.page import Arrangement
from auditor.desktop.theme import theme
from auditor.desktop.widgets.buttons import Button
from auditor.desktop.widgets.data_table import DataTable
from auditor.desktop.widgets.drawer import WithDrawer
from auditor.desktop.widgets.empty_state import EmptyState, Way
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.desktop.widgets.toggles import Slicer, Tabs
from auditor.desktop.words import many
from auditor.domain.action import Status
from auditor.domain.changes import Changes
from auditor.domain.roles import Duty, may
from auditor.services.actions import ActionLine, ActionQuery, list_actions
from auditor.services.cycles import all_cycles
from auditor.services.session import Session

ALL, MINE, TO_VERIFY = "all", "mine", "verify"
_EVERY = ("", "All")
_NARROW_HIDES = ("ref", "owner", "step")
_RAISE = Way("flag", "Raise an action for the service", "What, who and by when: about a minute.", "Raise an action…")


class ActionsPage(DrawerPage):
    """All actions this person may see, by tab, cycle and theme."""

    page_id, title, icon = "actions", "Actions", "actions"
    kinds = ("action", "audit", "cycle", "person")
    drawer: ActionDrawer

    def __init__(
        self,
        session: Session,
        operations: Operations,
        *,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(operations, parent)
        self._session, self._today = session, today
        self._lines: list[ActionLine] = []
        self.raise_button = self.header.add_button(Button("Raise an action", icon="plus", name="Raise an action, A"))
        self.tabs = Tabs("Which actions")
        for tab_id, word in ((ALL, "All"), (MINE, "Mine"), (TO_VERIFY, "To verify")):
            self.tabs.add(tab_id, word, 0)
        self.cycle_slicer = Slicer("Cycle", [_EVERY])
        self.theme_slicer = Slicer("Theme", [_EVERY])
        self.table: DataTable[ActionLine] = DataTable(
            "Actions",
            columns(today),
            table_id="actions",
            two_lines=True,
            memory=preferences(),
            key=lambda line: line.action.id,
        )
        self.nothing = WrapLabel("", "muted")
        self.empty = EmptyState(
            "No actions yet",
            "Actions follow up what audits find, until somebody else has seen that they are done. Raise them from a "
            "question on the desk, from a cell of the findings, or here.",
            [_RAISE],
        )
        self.drawer = ActionDrawer()
        self._stack = QStackedWidget()
        self._both = WithDrawer(self._main(), self.drawer)
        self.content.addWidget(self._both, 1)
        self.opened = OpenedAction(session, operations, today, self.drawer, self._both)
        self._connect()

    def _main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(20, 0, 16, 0)
        bar.setSpacing(8)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self.theme_slicer)
        bar.addWidget(self.cycle_slicer)
        nothing = QWidget()
        words = QVBoxLayout(nothing)
        words.setContentsMargins(20, 20, 20, 20)
        words.addWidget(self.nothing)
        words.addStretch(1)
        for widget in (self.table, nothing, self.empty):
            self._stack.addWidget(widget)
        column.addWidget(self._bar)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        return main

    def _connect(self) -> None:
        self.raise_button.clicked.connect(self.raise_new)
        self.empty.chosen.connect(lambda _way: self.raise_new())
        self.tabs.chosen.connect(lambda _tab: self._show_rows())
        for slicer in (self.cycle_slicer, self.theme_slicer):
            slicer.changed.connect(lambda _value: self._show_rows())
        self.table.opened.connect(self.opened.show)
        self.table.picked.connect(self._follow)
        self.opened.changed.connect(self._after_act)
        self.opened.done.connect(self._focus_list)
        self.drawer.audit_asked.connect(lambda audit_id: self.go_to.emit("audits", audit_id))

    def refresh(self, changes: Changes | None) -> None:
        cycles = self._session.ask(all_cycles, None)
        self._lines = self._session.ask(list_actions, ActionQuery(self._today()))
        self.cycle_slicer.set_options([_EVERY, *((cycle.id, cycle.title) for cycle in cycles)])
        themes = {line.action.theme: line.theme_title for line in self._lines if line.action.theme}
        self.theme_slicer.set_options([_EVERY, *sorted(themes.items(), key=lambda theme: theme[1].casefold())])
        self.raise_button.setVisible(may(self._session.actor, Duty.RAISE_ACTIONS))
        self.header.set_facts(list_facts(self._lines))
        self._show_rows()

    def arrive(self, target: object) -> None:
        """`target` may be the id of an action to open, or one of the tabs."""
        if target in (ALL, MINE, TO_VERIFY):
            self.tabs.choose(str(target))
        elif isinstance(target, str) and any(line.action.id == target for line in self._lines):
            self._show_everything()
            self.table.select(target)
            self._open(target)
        self._focus_list()

    def arrange(self, arrangement: Arrangement) -> None:
        self._both.set_stacked(arrangement is not Arrangement.WIDE)
        for slicer in (self.cycle_slicer, self.theme_slicer):
            slicer.setMaximumWidth(theme().px(210))
        self.table.leave_out(_NARROW_HIDES if arrangement is Arrangement.SINGLE else ())

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Up, Down", "Move from action to action"),
            ("Enter", "Open the action"),
            ("V", "Verify the action"),
            ("U", "Record an update"),
            ("A", "Raise an action"),
            ("S", "Sort within the groups"),
            ("Ctrl+C", "Copy with headings"),
            ("Esc", "Close the action"),
        ]

    def panes(self) -> list[QWidget]:
        return [self.header, self._bar, self.table, self.drawer]

    def press(self, key: str) -> bool:
        if self.opened.form is not None or key not in ("V", "U", "A"):
            return False
        if key == "A":
            self.raise_new()
        else:
            self._act_by_key(VERIFY if key == "V" else UPDATE)
        return True

    def raise_new(self) -> None:
        """Open the form for an action on the service level."""
        if may(self._session.actor, Duty.RAISE_ACTIONS):
            self.opened.raise_new(self.cycle_slicer.value)

    def _act_by_key(self, act: Act) -> None:
        """V and U: open the action of the cursor and the form of the act, or say why it cannot be."""
        line = self.table.current
        if line is None:
            return
        self.opened.show(line)
        button = self.drawer.buttons.get(act.step)
        if act in possible(line.action, self._session.actor):
            self.opened.act(act)
        elif button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            words = f"{line.action.number} is {line.status.words.lower()}: nothing of the kind can be recorded now"
            self.operations.messages.status.say(words, mark=MarkKind.DASH, colour="text2")

    def _show_rows(self) -> None:
        sliced = [
            line
            for line in self._lines
            if self.cycle_slicer.value in ("", line.action.cycle_id)
            and self.theme_slicer.value in ("", line.action.theme)
        ]
        for tab_id in (ALL, MINE, TO_VERIFY):
            self.tabs.set_count(tab_id, len(self._of_tab(sliced, tab_id)))
        shown = self._of_tab(sliced, self.tabs.current)
        self.table.set_rows(grouped(shown))
        if shown:
            self._stack.setCurrentWidget(self.table)
            if self.table.current is None:
                self.table.select_first()
        else:
            self.nothing.setText(self._nothing_words())
            self._stack.setCurrentIndex(2 if not self._lines else 1)
        self._bar.setVisible(bool(self._lines))
        self._reload_open()

    def _of_tab(self, lines: Sequence[ActionLine], tab_id: str) -> list[ActionLine]:
        if tab_id == MINE:
            return [line for line in lines if line.action.owner_id == self._session.actor.id]
        if tab_id == TO_VERIFY:
            return [line for line in lines if line.status is Status.AWAITING and not line.why_not_verify]
        return list(lines)

    def _nothing_words(self) -> str:
        if self.cycle_slicer.value or self.theme_slicer.value:
            return "No action of this cycle and theme is here. Set Cycle and Theme back to All to see the others."
        if self.tabs.current == TO_VERIFY:
            return "Nothing waits for you to verify. What others record as done appears here."
        return "No action is yours to do."

    def _reload_open(self) -> None:
        """Show the open action as it stands now, unless somebody is writing in its drawer."""
        was = self.drawer.line
        if was is None or self.opened.form is not None or not self.drawer.isVisible():
            return
        now = next((line for line in self._lines if line.action.id == was.action.id), None)
        if now is not None and now != was:
            self.opened.show(now)

    def _follow(self, line: ActionLine | None) -> None:
        if line is not None and self.drawer.isVisible() and self.opened.form is None:
            self.opened.show(line)

    def _after_act(self, action_id: str) -> None:
        """Show what the act made of the action, also where the tab or a slicer leaves it out of the list."""
        self.table.select(action_id)
        self._open(action_id)

    def _show_everything(self) -> None:
        for slicer in (self.cycle_slicer, self.theme_slicer):
            slicer.set_value("")
        self.tabs.choose(ALL)
        self._show_rows()

    def _open(self, action_id: str) -> None:
        line = next((line for line in self._lines if line.action.id == action_id), None)
        if line is not None:
            self.opened.show(line)

    def _focus_list(self) -> None:
        shown = self._stack.currentWidget()
        if not self._stack.isVisible():
            self.drawer.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown is self.empty:
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown is self.table:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)


def list_facts(lines: Sequence[ActionLine]) -> str:
    """How many actions there are and how they stand, in the words of the list."""
    counts = Counter(line.status for line in lines)
    if not counts:
        return ""
    parts = ", ".join(f"{counts[status]} {status.words.lower()}" for status in Status if counts[status])
    total = sum(counts.values())
    return f"{many(total, 'action')}: {parts}"
