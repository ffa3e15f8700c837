"""The days that several records of payments and plans have, each read and named in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.checks import check_date

if TYPE_CHECKING:
    import datetime

    import pendulum

__all__ = ["to_as_of", "to_known_on", "to_on", "to_recorded_on"]


def to_as_of(value: datetime.date) -> pendulum.Date:
    """Read the day to which something is told."""
    return check_date(value, "as_of")


def to_known_on(value: datetime.date | None) -> pendulum.Date | None:
    """Read the day after which nothing is known; None where all is."""
    return None if value is None else check_date(value, "known_on")


def to_on(value: datetime.date) -> pendulum.Date:
    """Read the day of an act."""
    return check_date(value, "on")


def to_recorded_on(value: datetime.date | None) -> pendulum.Date | None:
    """Read the day of recording; None where it is the day itself."""
    return None if value is None else check_date(value, "recorded_on")
