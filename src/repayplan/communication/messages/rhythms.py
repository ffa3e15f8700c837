"""How often an installment falls due, as languages name it."""

from __future__ import annotations

from repayplan.checks import check_instance
from repayplan.errors import CommunicationError
from repayplan.frequencies import EveryDays, EveryMonths, Frequency, ListedDates, SemiMonthly
from repayplan.values import Enumeration

__all__ = ["Rhythm", "has_rhythm", "rhythm_of"]


class Rhythm(Enumeration):
    """A frequency that has a name in every language."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four-weekly"
    SEMI_MONTHLY = "semi-monthly"
    """Twice a month, on whatever days."""
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    """Every two months."""
    QUARTERLY = "quarterly"
    SEMI_ANNUAL = "semi-annual"
    ANNUAL = "annual"
    LISTED = "listed"
    """On dates that are listed one by one."""


_DAYS = {7: Rhythm.WEEKLY, 14: Rhythm.FORTNIGHTLY, 28: Rhythm.FOUR_WEEKLY}
_MONTHS = {
    1: Rhythm.MONTHLY,
    2: Rhythm.BIMONTHLY,
    3: Rhythm.QUARTERLY,
    6: Rhythm.SEMI_ANNUAL,
    12: Rhythm.ANNUAL,
}


def rhythm_of(frequency: Frequency) -> Rhythm:
    """Name a frequency.

    Raises:
        CommunicationError: It has no name that a client knows, such as every ten days.
    """
    check_instance(frequency, Frequency, "frequency")
    rhythm = _named(frequency)
    if rhythm is None:
        names = ", ".join(rhythm.value for rhythm in Rhythm)
        message = f"expected a rhythm that clients know ({names}); list the dates instead"
        raise CommunicationError("message.frequency", "frequency", message)
    return rhythm


def has_rhythm(frequency: Frequency) -> bool:
    """Tell whether a frequency has a name that a client knows."""
    return _named(frequency) is not None


def _named(frequency: Frequency) -> Rhythm | None:
    match frequency:
        case EveryDays(days) if days in _DAYS:
            return _DAYS[days]
        case EveryMonths(months) if months in _MONTHS:
            return _MONTHS[months]
        case SemiMonthly():
            return Rhythm.SEMI_MONTHLY
        case ListedDates():
            return Rhythm.LISTED
        case _:
            return None
