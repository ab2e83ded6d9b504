"""The templates a command may be given by id: the program's, and the workspace's own where it can be opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.cli.access import Access
from auditor.cli.output import one_of

if TYPE_CHECKING:
    from auditor.services.session import Session
    from auditor.templates.masters import Master


@dataclass(frozen=True, slots=True)
class Known:
    """A master, or one of its variants, and what it goes by."""

    master: "Master"
    variant: str = ""
    superseded: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """An id stands for the latest version; an earlier one is named as `id@2`."""
        one = self.variant or self.master.id
        exact = f"{one}@{self.master.form.version}"
        return (exact,) if self.superseded else (one, exact)

    @property
    def plain(self) -> Mapping[str, Any]:
        """Its plain form."""
        from auditor.templates.variants import resolve

        return resolve(self.master, self.variant).plain if self.variant else self.master.plain


def known_template(access: Access, wanted: str) -> Known:
    """The template that goes by this name. The workspace is opened for it only where the program has none."""
    from auditor.templates.masters import list_masters, read_master

    program = [known for path in list_masters() for known in _of(read_master(path))]
    sought = wanted.strip().casefold()
    here = any(sought in (name.casefold() for name in known.names) for known in program)
    own: list[Known] = []
    if not here and access.can_open:
        with access.signed_in() as session:
            own = _own(session)
    found: Known = one_of([*program, *own], wanted, lambda known: known.names, "template")
    return found


def _of(master: "Master", superseded: bool = False) -> list[Known]:
    return [Known(master, variant, superseded) for variant in ("", *(one.id for one in master.variants))]


def _own(session: "Session") -> list[Known]:
    from auditor.services.local_masters import local_master, local_masters
    from auditor.services.newer_versions import latest

    cards = session.ask(local_masters, None)
    newest = {card.hash for card in latest(cards)}
    return [known for card in cards for known in _of(session.ask(local_master, card.hash), card.hash not in newest)]
