"""The forms of the programme: a round that comes back, an exemption, the cycle a round is, the target of a month."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.forms.inline_form import InlineForm, Options
from auditor.desktop.pages.cycles.programme.in_turn import InTurn
from auditor.desktop.pages.cycles.programme.words import every_words, month_options
from auditor.desktop.widgets.fields import LineEdit
from auditor.domain.programme import Cycle
from auditor.domain.programme_plan import Month, Rhythm

_YEARS_AHEAD, _MOST_EVERY, _LAST_DAY = 36, 24, 31
NO_END = ""


def count_in(form: InlineForm, key: str, words: str, *, least: int = 0) -> int | None:
    """The number typed into a line, or None once the field has said what it needs."""
    control = form.fields[key].control
    text = control.text().strip() if isinstance(control, LineEdit) else ""
    if text.isdecimal() and text.isascii() and int(text) >= least:
        return int(text)
    form.refuse(key, words)
    return None


class RhythmForm(InlineForm):
    """A round that comes back: to plan, or to change."""

    PLACES: Mapping[str, str] = {
        "rhythm-title": "title",
        "round-title-taken": "title",
        "rhythm-templates": "templates",
        "rhythm-every": "every",
        "rhythm-last": "last",
        "rhythm-due-day": "due",
        "rhythm-target": "target",
        "": "title",
    }

    def __init__(self, templates: Options, this_month: Month, rhythm: Rhythm | None = None) -> None:
        if rhythm is None:
            note = "It comes back by itself; each time somebody starts a cycle for it, or says why not."
            super().__init__("Plan a round", "Plan the round", note=note, titled=False)
        else:
            note = "Earlier rounds follow the change too; cycles that were started stay."
            super().__init__("Change all its rounds", "Save the change", note=note)
        self._rhythm = rhythm or Rhythm("", "", (), 2, this_month)
        last = self._rhythm.last
        span = month_options(this_month.plus(-12), this_month.plus(_YEARS_AHEAD), self._rhythm.first, last)
        self._title = self.add_line("title", "Title", hint="Such as “Whole file audit”.")
        self._title.setText(self._rhythm.title)
        self._in_turn = InTurn(templates, self._rhythm.templates)
        self._add("templates", "Template", self._in_turn, "One for every round, or several that take turns.")
        often = [(str(n), every_words(n).capitalize()) for n in range(1, _MOST_EVERY + 1)]
        self._every = self.add_list("every", "Comes back", often, value=str(self._rhythm.every))
        self._first = self.add_list("first", "First month", span, value=str(self._rhythm.first))
        ends = [(NO_END, "No end"), *span]
        self._last = self.add_list("last", "Last month", ends, value=str(last) if last else NO_END)
        days = [(str(day), f"Day {day}" if day < _LAST_DAY else "The last day") for day in range(1, _LAST_DAY + 1)]
        self._due = self.add_list("due", "Agreed by this day of the month", days, value=str(self._rhythm.due_day))
        self._target = self.add_line("target", "Audits in a round", hint="0 where there is no target.")
        self._target.setText(str(self._rhythm.target))

    def rhythm(self) -> Rhythm:
        """The round as it stands in the form, once `check` was passed."""
        return Rhythm(
            id=self._rhythm.id,
            title=self._title.text().strip(),
            templates=self._in_turn.chosen,
            every=int(self._every.value),
            first=Month.parse(self._first.value),
            due_day=int(self._due.value),
            target=int(self._target.text()),
            last=Month.parse(self._last.value) if self._last.value else None,
        )

    def drafted(self) -> Mapping[str, QWidget | Bound]:
        in_turn = Bound(self._in_turn.text, self._in_turn.set_text, self._in_turn.changed)
        return {**super().drafted(), "templates": in_turn}

    def check(self) -> bool:
        return super().check() and count_in(self, "target", "Type a number of audits, from 0.") is not None


class ExemptForm(InlineForm):
    """Why a round need not be held; the reason stays beside the name of whoever gives it."""

    PLACES: Mapping[str, str] = {"": "reason"}

    def __init__(self, what: str) -> None:
        super().__init__("Exempt the round", "Exempt it", note=f"{what}. Your name stays beside the reason.")
        self._reason = self.add_text("reason", "Reason", hint="Such as an inspection in that month.")

    @property
    def reason(self) -> str:
        """What was written."""
        return self._reason.toPlainText().strip()

    def check(self) -> bool:
        return bool(self.reason) or self.refuse("reason", "Say why the round need not be held.")


class ThisCycleForm(InlineForm):
    """Which cycle that stands is the one for a round."""

    PLACES: Mapping[str, str] = {"": "cycle"}

    def __init__(self, cycles: Sequence[Cycle]) -> None:
        super().__init__("Which cycle is it?", "This cycle is it", note="A cycle is the one for a single round.")
        options = [(cycle.id, f"{cycle.title}, due {cycle.due:%d/%m/%Y}") for cycle in cycles]
        self.add_list("cycle", "Cycle", options)

    @property
    def cycle_id(self) -> str:
        """The cycle chosen."""
        return self.chosen("cycle")


class TargetForm(InlineForm):
    """How many audits are to be agreed in a month, over all rounds."""

    PLACES: Mapping[str, str] = {"": "target"}

    def __init__(self, target: int) -> None:
        note = "Over all rounds. With 0 each month has the sum of what its rounds are to have."
        super().__init__("Target of a month", "Set the target", note=note, titled=False)
        self._target = self.add_line("target", "Audits to be agreed in a month")
        self._target.setText(str(target))

    @property
    def audits(self) -> int:
        """The number typed, once `check` was passed."""
        return int(self._target.text())

    def check(self) -> bool:
        return count_in(self, "target", "Type a number of audits, from 0.") is not None


class DropForm(InlineForm):
    """Asks once more before something planned is taken out; there is nothing to fill in."""

    PLACES: Mapping[str, str] = {}

    def fault(self, error: Exception, places: Mapping[str, str]) -> None:
        """The status line says what stood in the way: there is no field to say it under."""
