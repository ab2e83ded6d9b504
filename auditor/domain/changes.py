"""What an act touched, so that pages showing those things can ask again."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The kinds and ids an act touched (`audit`, `action`, `case`, `cycle`, `person`, `snippet`, `template`), and one
    plain sentence for the status line. `made` is the id of what the act created, empty where it created nothing."""

    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    sentence: str = ""
    made: str = ""

    def touches(self, *kinds: str) -> bool:
        """Whether anything of one of these kinds was touched."""
        return any(kind in kinds for kind, _ in self.touched)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(self.touched | other.touched, other.sentence or self.sentence, other.made or self.made)
