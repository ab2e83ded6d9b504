"""How many of the shared facts of an audit are recorded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactsIn:
    """So many facts recorded of those the case needs."""

    done: int
    asked: int

    @property
    def all_in(self) -> bool:
        """Whether none waits."""
        return self.done >= self.asked

    @property
    def words(self) -> str:
        """How far they are, in a few words."""
        return "facts all in" if self.all_in else f"facts {self.done} of {self.asked}"
