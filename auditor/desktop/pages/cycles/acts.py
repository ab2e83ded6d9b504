"""What the Cycles page asks and does beside its views: who can audit, giving cases out, the words of its head."""

from collections.abc import Callable, Sequence

from auditor.desktop.dates import show_date
from auditor.desktop.operations import Progress
from auditor.desktop.pages.cycles.one import facts_of
from auditor.desktop.words import many
from auditor.domain.changes import Changes
from auditor.domain.roles import Person, Role
from auditor.services.cycles import CycleView, GiveAudit, all_cycles, cycle_view, give_audit
from auditor.services.people import everybody
from auditor.services.session import Session


def all_views(session: Session) -> list[CycleView]:
    """Every cycle as it stands."""
    return [session.ask(cycle_view, cycle.id) for cycle in session.ask(all_cycles, None)]


def auditors_here(session: Session) -> list[Person]:
    """The active people with the role Auditor, by name."""
    here = [person for person in session.ask(everybody, None) if person.active and person.has(Role.AUDITOR)]
    return sorted(here, key=lambda person: person.name)


def give_all(session: Session, commands: Sequence[GiveAudit]) -> Callable[[Progress], Changes]:
    """Gives the cases out one by one, with its progress; what was given out stays where it is stopped half way."""

    def give(progress: Progress) -> Changes:
        changes = Changes()
        for number, command in enumerate(commands):
            progress.report(number / len(commands), changes)
            changes |= session.do(give_audit, command)
        return Changes(changes.touched, f"{many(len(commands), 'case')} given out")

    return give


def head_words(shown: str, view: CycleView | None, step: int, cycles: int) -> tuple[str, str]:
    """Title and facts of the page while it shows the path of a new cycle ("new"), the pairs, one cycle, the list."""
    if shown == "new" and view is None:
        return "New cycle", f"Step {step + 1} of 3"
    if shown == "new" and view is not None:
        return f"{view.cycle.title}: add cases", "Up to now " + many(view.size, "case")
    if shown == "pairs" and view is not None:
        return f"{view.cycle.title}: make the pairs", f"{view.template_title} · due {show_date(view.cycle.due)}"
    if shown == "one" and view is not None:
        return view.cycle.title, facts_of(view)
    return "Cycles", many(cycles, "cycle") + " of audits" if cycles else ""
