"""The forms of the framework: evidence, a service area, an activity expected of it."""

from collections.abc import Mapping, Sequence

from auditor.desktop.forms.inline_form import InlineForm
from auditor.desktop.pages.cycles.programme.round_forms import NO_END, count_in
from auditor.desktop.pages.cycles.programme.words import every_words, month_options
from auditor.domain.programme_plan import Month
from auditor.domain.qa_framework import Activity, ActivityKind, Area
from auditor.services.qa_framework import KeepActivity, KeepArea, RecordEvidence

_BACK, _AHEAD, _MOST_EVERY = 24, 36, 24


class EvidenceForm(InlineForm):
    """That an activity was done in a month, and what shows it."""

    PLACES: Mapping[str, str] = {"": "what"}

    def __init__(
        self, activities: Sequence[tuple[str, str]], month: Month, this_month: Month, chosen: str = ""
    ) -> None:
        super().__init__(
            "Record evidence", "Record it", note="Your name stays beside it. Name no child and nobody in a family."
        )
        self.add_list("activity", "Activity", activities, value=chosen)
        months = month_options(this_month.plus(-_BACK), this_month, month)
        self.add_list("month", "Done in", months, value=str(month))
        self._count = self.add_line("count", "How many")
        self._count.setText("1")
        self._what = self.add_text("what", "What shows it", hint="Such as “Minutes of the practice meeting of 12/10”.")

    def command(self) -> RecordEvidence:
        """What to record, once `check` was passed."""
        month = Month.parse(self.chosen("month"))
        return RecordEvidence(self.chosen("activity"), month, int(self._count.text()), self._what.toPlainText())

    def check(self) -> bool:
        if count_in(self, "count", "Type a number, from 1.", least=1) is None:
            return False
        return bool(self._what.toPlainText().strip()) or self.refuse("what", "Say what shows that it was done.")


class AreaForm(InlineForm):
    """A service area and its teams: to add, or to change."""

    PLACES: Mapping[str, str] = {"team-twice": "teams", "": "title"}

    def __init__(self, known_teams: Sequence[str], area: Area | None = None) -> None:
        title = "Add a service area" if area is None else "Change the service area"
        free = f"Teams in no area yet: {', '.join(known_teams)}." if known_teams else ""
        note = free or "The teams in it are those that cases and people name."
        super().__init__(title, "Keep the area", note=note, titled=area is not None)
        self._id = area.id if area else ""
        self._title = self.add_line("title", "Title")
        self._teams = self.add_text("teams", "Teams, one a line", hint="As cases and people name them.", lines=4)
        if area is not None:
            self._title.setText(area.title)
            self._teams.setPlainText("\n".join(area.teams))

    def command(self) -> KeepArea:
        """What to keep."""
        teams = tuple(line.strip() for line in self._teams.toPlainText().splitlines() if line.strip())
        return KeepArea(Area(self._id, self._title.text().strip(), teams))


class ActivityForm(InlineForm):
    """An activity expected of an area: to add, or to change."""

    PLACES: Mapping[str, str] = {
        "activity-title": "title",
        "activity-each": "each",
        "activity-every": "every",
        "activity-last": "last",
        "": "title",
    }

    def __init__(self, area: Area, this_month: Month, activity: Activity | None = None) -> None:
        title = "Expect an activity" if activity is None else "Change what is expected"
        super().__init__(
            title, "Expect it", note=f"Of {area.title}. Case file audits count by themselves once they are signed off."
        )
        self._activity = activity or Activity("", area.id, ActivityKind.DIP_SAMPLE, "", 1, 1, this_month)
        one = self._activity
        self._title = self.add_line("title", "Title", hint="Such as “Dip sample of chronologies”.")
        self._title.setText(one.title)
        self.add_list("kind", "What it is", [(kind.value, kind.words) for kind in ActivityKind], value=one.kind.value)
        self._each = self.add_line("each", "How many in a month")
        self._each.setText(str(one.each))
        often = [(str(n), every_words(n).capitalize()) for n in range(1, _MOST_EVERY + 1)]
        self.add_list("every", "Comes back", often, value=str(one.every))
        span = month_options(this_month.plus(-_BACK), this_month.plus(_AHEAD), one.first, one.last)
        self.add_list("first", "First month", span, value=str(one.first))
        ends = [(NO_END, "No end"), *span]
        self.add_list("last", "Last month", ends, value=str(one.last) if one.last else NO_END)

    def command(self) -> KeepActivity:
        """What to keep, once `check` was passed."""
        one, last = self._activity, self.chosen("last")
        return KeepActivity(
            Activity(
                id=one.id,
                area_id=one.area_id,
                kind=ActivityKind(self.chosen("kind")),
                title=self._title.text().strip(),
                each=int(self._each.text()),
                every=int(self.chosen("every")),
                first=Month.parse(self.chosen("first")),
                last=Month.parse(last) if last else None,
            )
        )

    def check(self) -> bool:
        return count_in(self, "each", "Type a number, from 1.", least=1) is not None
