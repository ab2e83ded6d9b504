"""A cycle that is to be started for a round of the programme."""

from dataclasses import dataclass
from datetime import date

from auditor.domain.programme_plan import Month, RoundLine


@dataclass(frozen=True, slots=True)
class Planned:
    """A cycle that is to be started for a round: what its path proposes."""

    rhythm_id: str
    month: Month
    template: str
    title: str
    due: date

    @property
    def place(self) -> str:
        """Where a draft of it is kept."""
        return f"cycle/new/{self.rhythm_id}/{self.month}"


def planned(line: RoundLine) -> Planned:
    """What the path of a new cycle proposes for a round."""
    rhythm, month = line.round.rhythm, line.round.month
    return Planned(rhythm.id, month, line.round.template, f"{rhythm.title}, {month.words}", line.round.due)
