"""The last due date, where the caller states it and the regular dates do not lead there."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from repayplan.errors import DateError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.values import Enumeration

if TYPE_CHECKING:
    import pendulum

    from repayplan.months import DateGrid

__all__ = ["Stub", "dates_to"]


class Stub(Enumeration):
    """What becomes of a last period that is shorter than a regular one."""

    SHORT = "short"
    """It stays a period of its own."""
    LONG = "long"
    """It is joined to the period before it; if there is none, the first date falls out."""


def dates_to(place: DateGrid, ends_on: pendulum.Date, stub: Stub) -> tuple[DateGrid, int, bool]:
    """End the dates of a grid on ``ends_on``.

    Returns:
        The dates by their place, how many there are, and whether the last one lies off the grid.

    Raises:
        DateError: There would be more than 10,000.
    """
    last = bisect_left(range(INSTALLMENTS_MAX), True, key=lambda k: _reaches(place, k, ends_on))  # noqa: FBT003  # what is looked for
    if last == INSTALLMENTS_MAX:
        message = (
            f"expected at most {INSTALLMENTS_MAX} due dates up to {ends_on} (ends_on); choose it earlier"
        )
        raise DateError("date.count", "ends_on", message, {"maximum": INSTALLMENTS_MAX})
    off_grid = not _stands_on(place, last, ends_on)
    if off_grid and stub is Stub.LONG:
        last -= 1

    def place_to_end(k: int) -> pendulum.Date:
        if k < last:
            return place(k)
        if k == last:
            return ends_on
        message = f"no due date comes after {ends_on} (ends_on), which is number {last + 1}"
        raise DateError("date.range", "ends_on", message, {"count": last + 1})

    return place_to_end, last + 1, off_grid


def _reaches(place: DateGrid, k: int, day: pendulum.Date) -> bool:
    try:
        return place(k) >= day
    except DateError:  # after the year 9999
        return True


def _stands_on(place: DateGrid, k: int, day: pendulum.Date) -> bool:
    try:
        return place(k) == day
    except DateError:
        return False
