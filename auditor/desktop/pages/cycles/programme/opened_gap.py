"""The cell of the framework that is open in the drawer: what is expected there, what shows it, and what can be done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from auditor.desktop.forms.foot import Acts, in_pairs
from auditor.desktop.forms.form_in_drawer import FormInDrawer
from auditor.desktop.forms.inline_form import InlineForm
from auditor.desktop.operations import Operations
from auditor.desktop.pages.cycles.programme.framework_forms import ActivityForm, AreaForm, EvidenceForm
from auditor.desktop.pages.cycles.programme.gap_model import meaning_of
from auditor.desktop.pages.cycles.programme.round_forms import DropForm
from auditor.desktop.pages.cycles.programme.words import every_words
from auditor.desktop.widgets.buttons import ReasonLine
from auditor.desktop.widgets.chip import Chip
from auditor.desktop.widgets.drawer import Drawer, WithDrawer
from auditor.desktop.widgets.labels import WrapLabel, rule
from auditor.domain.changes import Changes
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import Activity, ActivityKind, Area, Cell, Evidence, Framework
from auditor.services import qa_framework as qa
from auditor.services.session import Session

Spot = tuple[str, Month]
"""A service area, by id, in a month."""


class OpenedGap(FormInDrawer[Drawer]):
    """Owns the drawer of the framework."""

    def __init__(
        self, session: Session, operations: Operations, today: Callable[[], date], drawer: Drawer, both: WithDrawer,
        *, may_plan: bool, may_record: bool,
    ) -> None:  # fmt: skip
        super().__init__(session, operations, today, drawer, both)
        self._may_plan, self.may_record = may_plan, may_record
        self._found = Framework((), (), (), (), ())
        self._teams: Sequence[str] = ()
        self.spot: Spot | None = None
        drawer.closed.connect(self._forget)

    def load(self, found: Framework, known_teams: Sequence[str]) -> None:
        """Take over a fresh framework; the open cell is shown anew unless somebody is writing."""
        self._found, self._teams = found, known_teams
        if self.spot is not None and self._area() is None:
            self.spot = None
        if self.form is None and self._drawer.isVisible():
            self.back()

    def show(self, spot: Spot) -> None:
        """Open the drawer on an area in a month."""
        self.drop_form()
        self.spot = spot
        area, cell = self._area(), self._cell()
        assert area is not None
        focused = QApplication.focusWidget()
        inside = focused is not None and self._drawer.isAncestorOf(focused)
        self._drawer.clear()
        meaning = meaning_of(cell, spot[1], Month.of(self._today()))
        self._drawer.head.addWidget(Chip(meaning), 0, Qt.AlignmentFlag.AlignLeft)
        teams = ", ".join(area.teams) or "No team is in this area yet, so no audit counts for it."
        self._drawer.head.addWidget(WrapLabel(f"Teams: {teams}" if area.teams else teams, "caption"))
        self._fill(area, cell, spot[1])
        self._fill_foot()
        self._both.open(f"{area.title} · {spot[1].words}", with_foot=True)
        if inside:
            self._drawer.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_area(self) -> None:
        """Open the form for a new service area."""
        self.spot = None
        self._both.open("A new service area", with_foot=True)
        form = AreaForm(self._teams)
        form.asked.connect(lambda: self._send(form, qa.keep_area, form.command))
        self._open_form(form, "framework/area/new")

    def record(self) -> None:
        """Open the form for evidence of the cell that is open."""
        area, spot = self._area(), self.spot
        if area is None or spot is None or not self._own(area):
            return
        own = [(one.id, one.title) for one in self._own(area)]
        expected = next(iter(self._missing()), "")
        form = EvidenceForm(own, spot[1], Month.of(self._today()), expected)
        form.asked.connect(lambda: self._send(form, qa.record_evidence, form.command))
        self._open_form(form, f"framework/evidence/{area.id}/{spot[1]}")

    def back(self) -> None:
        if self.spot is not None:
            self.show(self.spot)
        else:
            self._drawer.close_drawer()

    def _area(self) -> Area | None:
        return next((one for one in self._found.areas if self.spot and one.id == self.spot[0]), None)

    def _own(self, area: Area) -> list[Activity]:
        return [one for one in self._found.activities if one.area_id == area.id]

    def _cell(self) -> Cell:
        area, spot = self._area(), self.spot
        if area is None or spot is None or spot[1] not in self._found.months:
            return Cell({}, {})
        return self._found.cells[self._found.areas.index(area)][self._found.months.index(spot[1])]

    def _missing(self) -> list[str]:
        cell = self._cell()
        return [one for one, count in cell.expected.items() if cell.evidenced.get(one, 0) < count]

    def _fill(self, area: Area, cell: Cell, month: Month) -> None:
        body, own = self._drawer.body, self._own(area)
        if not own:
            body.addWidget(WrapLabel("Nothing is expected of this area yet.", "muted"))
        for at, one in enumerate(own):
            if at:
                body.addWidget(rule())
            self._fill_activity(one, cell, month)

    def _fill_activity(self, one: Activity, cell: Cell, month: Month) -> None:
        body, wanted, done = self._drawer.body, cell.expected.get(one.id, 0), cell.evidenced.get(one.id, 0)
        body.addWidget(WrapLabel(one.title, "h3"))
        body.addWidget(WrapLabel(f"{one.kind.words} · {one.each} {every_words(one.every)}", "caption"))
        if wanted:
            alone = Cell({one.id: wanted}, {one.id: done})
            body.addWidget(Chip(meaning_of(alone, month, Month.of(self._today()))), 0, Qt.AlignmentFlag.AlignLeft)
            body.addWidget(WrapLabel(f"{done} of {wanted} evidenced"))
        else:
            body.addWidget(WrapLabel(f"Not expected in this month{f'; {done} evidenced' if done else ''}", "muted"))
        recorded = [item for item in self._found.evidence if item.activity_id == one.id and item.month == month]
        audits = done - sum(item.count for item in recorded)
        if one.kind is ActivityKind.AUDIT and audits > 0:
            body.addWidget(WrapLabel(f"{audits} by audits of its teams, signed off in this month", "text2"))
        for item in recorded:
            body.addWidget(WrapLabel(f"{item.count}: {item.what} (recorded by {item.by})", "text2"))
        self._fill_acts(one, recorded)

    def _fill_acts(self, one: Activity, recorded: Sequence[Evidence]) -> None:
        if not self._may_plan:
            return
        acts: Acts = [
            ("Change…", lambda: self._change(one)),
            ("Take out…", lambda: self._take_out(one.id, one.title, "what is expected")),
        ]
        if recorded:
            last = recorded[-1]
            acts.append(("Take evidence back…", lambda: self._take_out(last.id, last.what, "the last evidence")))
        for button in in_pairs(self._drawer.body, acts, "link"):
            button.setAccessibleName(f"{button.text()} {one.title}")

    def _fill_foot(self) -> None:
        area = self._area()
        assert area is not None
        if not self.may_record:
            self._drawer.foot.addWidget(ReasonLine("To look at:", "managers and QA leads record evidence."))
        else:
            (record,) = in_pairs(self._drawer.foot, [("Record evidence…", self.record)])
            if not self._own(area):
                record.block("nothing is expected of this area yet")
        if self._may_plan:
            acts: Acts = [("Expect an activity…", self._expect), ("Change the area…", self._change_area)]
            if not self._own(area):
                acts.append(("Take the area out…", lambda: self._take_out(area.id, area.title, "the service area")))
            self._drawer.body.addWidget(rule())
            in_pairs(self._drawer.body, acts, "link")

    def _expect(self) -> None:
        area = self._area()
        assert area is not None
        self._open_activity(ActivityForm(area, Month.of(self._today())), f"framework/activity/new/{area.id}")

    def _change(self, one: Activity) -> None:
        area = self._area()
        assert area is not None
        self._open_activity(ActivityForm(area, Month.of(self._today()), one), f"framework/activity/{one.id}")

    def _open_activity(self, form: ActivityForm, place: str) -> None:
        form.asked.connect(lambda: self._send(form, qa.keep_activity, form.command))
        self._open_form(form, place)

    def _change_area(self) -> None:
        area = self._area()
        form = AreaForm(self._teams, area)
        form.asked.connect(lambda: self._send(form, qa.keep_area, form.command))
        self._open_form(form, f"framework/area/{area.id if area else ''}")

    def _take_out(self, one: str, title: str, what: str) -> None:
        form = DropForm("Take it out?", "Take it out", note=f"{title}: takes out {what}. History keeps it.")
        form.asked.connect(lambda: self._send(form, qa.drop, lambda: qa.Drop(one)))
        self._open_form(form, f"framework/drop/{one}")
        form.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_form(self, form: InlineForm, place: str) -> None:
        self._drawer.clear()
        self.put(form, place)

    def _send(self, form: InlineForm, act: Callable[..., Changes], command: Callable[[], object]) -> None:
        places: Mapping[str, str] = getattr(form, "PLACES", {})
        self.send(form, lambda: self._session.do(act, command()), places, lambda _changes: self._sent())

    def _sent(self) -> None:
        self.back()
        self.done.emit()

    def _forget(self) -> None:
        self.spot = None
