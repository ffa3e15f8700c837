"""The columns of a schedule, checked when they come from outside the engine, such as a pickle."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pendulum

from repayplan.checks import check_date, check_tuple
from repayplan.errors import InputTypeError, TermsError, shown
from repayplan.frequencies import INSTALLMENTS_MAX

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["check_order", "to_days", "to_units"]


def to_days(value: Sequence[datetime.date], field: str) -> tuple[pendulum.Date, ...]:
    """Give dates as a tuple of pendulum dates."""
    days = check_tuple(value, datetime.date, field, maximum=INSTALLMENTS_MAX, error=TermsError)
    if set(map(type, days)) <= {pendulum.Date}:
        return days  # type: ignore[return-value]  # their types were just read, all at once
    return tuple(check_date(day, f"{field}[{index}]") for index, day in enumerate(days))


def to_units(value: Sequence[int], field: str) -> tuple[int, ...]:
    """Give whole minor units as a tuple of ints, none of them a bool."""
    units = check_tuple(value, int, field, maximum=INSTALLMENTS_MAX, error=TermsError)
    for index, unit in enumerate(units):
        if type(unit) is not int:
            raise InputTypeError("type.wrong", f"{field}[{index}]", f"expected an int, got {shown(unit)}")
    return units


def check_order(field: str, start: pendulum.Date, days: Sequence[pendulum.Date], *, apart: bool) -> None:
    """Refuse dates before ``start`` or out of order, naming the first; ``apart`` refuses equal ones too."""
    if days[0] < start:
        message = f"expected {start} (starts_on) or later, got {days[0]}"
        raise TermsError("schedule.dates", f"{field}[0]", message, {"starts_on": start, "got": days[0]})
    for index, (earlier, later) in enumerate(pairwise(days), start=1):
        if later < earlier or (apart and later == earlier):
            message = f"expected a date after {earlier} (row {index}), got {later} (row {index + 1})"
            data = {"earlier": earlier, "later": later, "index": index}
            raise TermsError("schedule.dates", f"{field}[{index}]", message, data)
