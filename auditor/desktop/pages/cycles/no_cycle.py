"""What the Cycles page says while there is no cycle."""

from auditor.desktop.widgets.empty_state import EmptyState, Way


def no_cycle(*, may_make: bool) -> EmptyState:
    """What a cycle is for, and how to start one or who does."""
    sentence = (
        "A cycle holds the audits made together: a template, a sample of cases and the pairs who read them. "
        "Everything else follows from it."
    )
    if may_make:
        note = "Choose a template, take a list of cases or draw a sample, make the pairs. About ten minutes."
        return EmptyState("No cycle yet", sentence, [Way("cycles", "Start a cycle", note, "New cycle…")])
    return EmptyState("No cycle yet", f"{sentence} A QA lead makes it; what is yours then waits for you on Home.", [])
