"""Periods of days, months or years, and limits of such figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import pendulum

from repayplan.checks import check_count, check_instance
from repayplan.errors import DateError, PolicyError
from repayplan.rules import Limit
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime

__all__ = ["Period", "PeriodUnit", "check_limit"]

_COUNT_MAX: Final = 100_000


class PeriodUnit(Enumeration):
    """What a period is counted in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@attrs.frozen
class Period(Value):
    """A span of days, months or years.

    Attributes:
        count: How many, from 0.
        unit: Of what.
    """

    count: int
    unit: PeriodUnit

    def __attrs_post_init__(self) -> None:
        """Check both."""
        check_count(self.count, "count", minimum=0, maximum=_COUNT_MAX, error=PolicyError)
        check_instance(self.unit, PeriodUnit, "unit")

    def __str__(self) -> str:
        """Write it as it is said: ``1 day``, ``3 years``."""
        unit = self.unit.value
        return f"{self.count} {unit.removesuffix('s') if self.count == 1 else unit}"

    def after(self, day: datetime.date) -> pendulum.Date:
        """Give the day on which the period ends that begins on a day.

        Where the last month has no such day, it ends on the last day of the month.

        Raises:
            DateError: The end lies after the year 9999.
        """
        start = pendulum.date(day.year, day.month, day.day)
        span: dict[str, Any] = {self.unit.value: self.count}
        try:
            return start.add(**span)
        except (ValueError, OverflowError):
            pass
        message = f"expected a period that ends by the year 9999, got {self}"
        raise DateError("period.end", "period", message)


def check_limit(limit: object, kind: type, field: str) -> None:
    """Refuse what is no limit of a kind of figure."""
    check_instance(check_instance(limit, Limit, field).value, kind, f"{field}.value")  # type: ignore[attr-defined]  # checked
