"""What came of a time limit in one plain sentence, as a person would say it."""

from datetime import date, datetime

from auditor.domain.spans import MONTHS_IN, Span, Unit
from auditor.domain.timescale import Kept, Test, Timescale


def shown_date(moment: date) -> str:
    """A date as people here write it; with its time of day where it has one."""
    return moment.strftime("%d/%m/%Y %H:%M" if isinstance(moment, datetime) else "%d/%m/%Y")


def outcome_words(test: Test, found: Timescale, end: date) -> str:
    """The sentence behind the title of the rule; `end` is what was counted to, today where it is still open."""
    assert found.taken is not None and found.limit is not None and found.start is not None
    match test:
        case Test.RECENCY:
            length = f"{found.taken} old on {shown_date(end)}"
        case Test.FLAG_OVER | Test.FLAG_UNDER:
            length = f"{found.taken} from {shown_date(found.start)} to {shown_date(end)}"
        case _ if found.kept is Kept.LATE_RUNNING:
            length = f"{found.taken} from {shown_date(found.start)} and not done by {shown_date(end)}"
        case _:
            length = f"{found.taken} from {shown_date(found.start)}"
    return f"{length}, limit {_limit(found.limit, found.taken)}: {_verdict(test, found)}"


def _limit(limit: Span, taken: Span) -> str:
    if limit.unit in (Unit.TERM, Unit.YEAR):
        return f"{limit} ({limit.number * MONTHS_IN[limit.unit]} months)"
    return _short(limit, taken)


def _verdict(test: Test, found: Timescale) -> str:
    assert found.taken is not None
    if found.over is None:
        return {Test.FLAG_OVER: "within it", Test.FLAG_UNDER: "not sooner"}.get(test, "in time")
    words = _short(found.over, found.taken) if found.limit and found.limit.unit is found.taken.unit else str(found.over)
    if test is Test.FLAG_UNDER:
        return f"{words} sooner"
    return f"{words} over"


def _short(span: Span, beside: Span) -> str:
    """Without its unit where the same unit stands just before."""
    return str(span.number) if span.unit is beside.unit and not (span.days or beside.days) else str(span)
