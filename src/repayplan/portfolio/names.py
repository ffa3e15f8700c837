"""What the texts of a batch name: frequencies, choices and calendars."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from repayplan.calendars import BusinessDayConvention, CalendarLike, check_calendar
from repayplan.checks import check_instance
from repayplan.daycounts import DayCount
from repayplan.errors import DateError, InputTypeError, RepayPlanError, TermsError, shown
from repayplan.frequencies import Frequency
from repayplan.months import MonthEnd
from repayplan.rates import RateUnit
from repayplan.rounding import Rounding
from repayplan.schedule.accrual import AccrueTo, FirstPeriod
from repayplan.schedule.repayment import Difference

__all__ = [
    "CHOICES",
    "MEANT_FOR",
    "PATTERNS",
    "Calendars",
    "checked_calendars",
    "choice_of",
    "frequency_of",
    "known_frequency",
]

Calendars: TypeAlias = Mapping[str, CalendarLike]

PATTERNS: Final = ("level", "equal_principal", "flat", "fixed", "bullet")
"""The patterns of repayment."""

MEANT_FOR: Final = {
    "count": {"level", "equal_principal", "flat", "bullet"},
    "payment": {"fixed"},
    "step": {"level", "flat"},
    "payment_rounding": {"level"},
    "difference": {"level", "equal_principal", "flat"},
    "interest_only": {"level", "equal_principal", "flat", "fixed"},
}
"""The patterns with which a column may have a value."""

CHOICES: Final[dict[str, tuple[Any, ...]]] = {
    "rate_per": tuple(RateUnit),
    "day_count": tuple(DayCount),
    "first_period": tuple(FirstPeriod),
    "rounding": tuple(Rounding),
    "payment_rounding": tuple(Rounding),
    "month_end": tuple(MonthEnd),
    "convention": (
        BusinessDayConvention.FOLLOWING,
        *(member for member in BusinessDayConvention if member is not BusinessDayConvention.FOLLOWING),
    ),
    "accrue_to": tuple(AccrueTo),
    "difference": tuple(Difference),
}
"""The columns whose texts are the value of one of the members of an enum, the default first."""

_NAMED: Final = {
    "weekly": Frequency.WEEKLY,
    "fortnightly": Frequency.FORTNIGHTLY,
    "four_weekly": Frequency.FOUR_WEEKLY,
    "semi_monthly": Frequency.SEMI_MONTHLY,
    "monthly": Frequency.MONTHLY,
    "bimonthly": Frequency.BIMONTHLY,
    "quarterly": Frequency.QUARTERLY,
    "semi_annual": Frequency.SEMI_ANNUAL,
    "annual": Frequency.ANNUAL,
}
_MADE: Final[dict[str, tuple[re.Pattern[str], Callable[..., Frequency]]]] = {
    kind: (re.compile(rf"{kind}:" + ":".join([r"(\d{1,4})"] * numbers), re.ASCII), make)
    for kind, numbers, make in (
        ("every_days", 1, Frequency.every_days),
        ("every_weeks", 1, Frequency.every_weeks),
        ("every_months", 1, Frequency.every_months),
        ("semi_monthly", 2, Frequency.semi_monthly),
    )
}


def frequency_of(text: str) -> Frequency:
    """Give the frequency that a text names, such as ``monthly``, ``every_days:10`` or ``semi_monthly:5:20``.

    Raises:
        DateError: It names none.
    """
    if text in _NAMED:
        return _NAMED[text]
    pattern, make = _MADE.get(text.partition(":")[0], (None, Frequency.every_days))
    found = None if pattern is None else pattern.fullmatch(text)
    if found is None:
        made = "every_days:10, every_weeks:2, every_months:2, semi_monthly:5:20"
        message = f"expected one of {', '.join(_NAMED)}, or as {made}, got {shown(text)}"
        raise DateError("portfolio.frequency", "frequency", message)
    return make(*map(int, found.groups()))


def known_frequency(text: str) -> Frequency | None:
    """Give the frequency that a text names; none where the scalar route is to say what is wrong."""
    try:
        return frequency_of(text)
    except RepayPlanError:
        return None


def choice_of(column: str, text: str) -> Any:  # noqa: ANN401  # of the enum that the column names
    """Give the member that a text names.

    Raises:
        TermsError: It names none.
    """
    for member in CHOICES[column]:
        if member.value == text:
            return member
    names = ", ".join(str(member.value) for member in CHOICES[column])
    raise TermsError("portfolio.choice", column, f"expected one of {names}, got {shown(text)}")


def checked_calendars(calendars: Calendars | None) -> Calendars:
    """Give calendars by name.

    Raises:
        InputTypeError: It is no mapping of texts to calendars.
    """
    given: Any = {} if calendars is None else calendars
    if not isinstance(given, Mapping):
        message = f"expected a mapping of names to calendars, got {shown(given)}"
        raise InputTypeError("type.wrong", "calendars", message)
    named: dict[str, CalendarLike] = {**given}
    for name, calendar in named.items():
        check_instance(name, str, "calendars")
        check_calendar(calendar)
    return named
