"""Months on the command line: 2026-11, and so many of them from one on."""

from typing import Any

import click

from auditor.domain.programme_plan import Month


class MonthType(click.ParamType[Month]):
    """A month as 2026-11."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """The month, or what is wrong with it."""
        return value if isinstance(value, Month) else Month.parse(str(value))


MONTH = MonthType()
since_option = click.option("--from", "first", type=MONTH, default=None, help="The first month; this one unless given.")
months_option = click.option(
    "--months", type=click.IntRange(1, 36), default=12, show_default=True, help="How many months."
)
