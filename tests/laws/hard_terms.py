"""Terms that are hard by design: the end of time, closed calendars, debts of a cent, graces that meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import repayplan as rp
from tests.schedule import DATE, cents, euros

if TYPE_CHECKING:
    import pendulum


def never(_day: pendulum.Date) -> bool:
    return False


LAST_YEAR: dict[str, Any] = {"starts_on": DATE(9999, 10, 5), "first_due": DATE(9999, 11, 5)}
KNOWN_2026 = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2026, 12, 31))
SHORT: list[object] = [
    *(rp.LevelPayment(7), rp.EqualPrincipal(5), rp.FlatInterest(5)),
    *(rp.FixedPayment(cents(units)) for units in (1, 2, 3)),
]
ROUNDINGS: list[object] = [rp.Rounding.HALF_EVEN, rp.Rounding.UP, rp.Rounding.DOWN]
HIGH, LOW = rp.Rate.annual("1"), rp.Rate.annual("0.01")
NEW_DAY_COUNTS = [
    rp.DayCount.ACT_ACT_YEAR_END,
    rp.DayCount.ACT_ACT_AFB,
    rp.DayCount.ACT_ACT_START_YEAR,
    rp.DayCount.ACT_365L,
]
HARD: list[dict[str, Any]] = [
    # the end of time, in months, in days, and by a move
    LAST_YEAR,
    {**LAST_YEAR, "repayment": rp.LevelPayment(2)},
    {**LAST_YEAR, "frequency": rp.Frequency.every_days(40)},
    {**LAST_YEAR, "repayment": rp.LevelPayment(2), "frequency": rp.Frequency.every_days(40)},
    {**LAST_YEAR, "calendar": lambda day: day < DATE(9999, 11, 1)},
    # calendars that never open, or end too soon
    *({"calendar": never, "convention": convention} for convention in rp.BusinessDayConvention),
    {"calendar": KNOWN_2026},
    {"calendar": KNOWN_2026, "repayment": rp.LevelPayment(11)},
    {"calendar": KNOWN_2026, "repayment": rp.FixedPayment(euros("100"))},
    # from one end of February to the next
    *(
        {
            "starts_on": DATE(2027, 2, 28),
            "first_due": DATE(2028, 2, 29),
            "frequency": rp.Frequency.ANNUAL,
            "day_count": day_count,
            "repayment": rp.LevelPayment(count),
        }
        for day_count in rp.DayCount
        for count in (1, 2, 4)
    ),
    # empty first periods on the last of February
    *(
        {
            "starts_on": DATE(2026, 2, 28),
            "first_due": DATE(2026, 2, 28),
            "day_count": day_count,
            "repayment": rp.LevelPayment(count),
        }
        for day_count in rp.DayCount
        for count in (1, 2)
    ),
    # debts of a few cents, and payments that take too long
    *(
        {"principal": cents(units), "repayment": pattern, "rounding": rounding}
        for units in (1, 4, 5, 10)
        for pattern in SHORT
        for rounding in ROUNDINGS
    ),
    {"principal": cents(10_000), "rate": rp.Rate.annual("0"), "repayment": rp.FixedPayment(cents(1))},
    {"principal": cents(10_001), "rate": rp.Rate.annual("0"), "repayment": rp.FixedPayment(cents(1))},
    # last dates near the end of time and on the first date, with both stubs
    *(
        {**LAST_YEAR, "ends_on": last, "stub": stub, "repayment": rp.EqualPrincipal(count)}
        for last in (DATE(9999, 11, 5), DATE(9999, 12, 4), DATE(9999, 12, 5), DATE(9999, 12, 31))
        for stub in rp.Stub
        for count in (1, 2, 3)
    ),
    # the first period beside a year that leaps, whole and in parts
    *(
        {
            "starts_on": DATE(2027, 12, 31),
            "first_due": first,
            "rate": rate,
            "frequency": frequency,
            "day_count": day_count,
            "repayment": rp.EqualPrincipal(2),
        }
        for first in (DATE(2028, 2, 28), DATE(2028, 2, 29), DATE(2029, 1, 1))
        for rate in (rp.Rate.annual("0.5"), [(DATE(2027, 12, 31), HIGH), (DATE(2028, 2, 28), LOW)])
        for frequency in (rp.Frequency.MONTHLY, rp.Frequency.ANNUAL)
        for day_count in NEW_DAY_COUNTS
    ),
    # graces that meet, end together, or outlive the rows
    *(
        {"grace": rp.Grace(*graces), "repayment": pattern}
        for graces in (
            (3, 3, 0),
            (3, 0, 3),
            (3, 2, 1),
            (1, 3, 0),
            (2, 4, 3),
            (0, 3, 0),
            (0, 12, 2),
            (4, 3, 5),
        )
        for pattern in (
            rp.LevelPayment(4),
            rp.InterestOnly(3),
            rp.FixedPayment(euros("110")),
            rp.FlatInterest(3),
        )
    ),
    # reviews that come too soon, just in time, and after a fixed payment has cleared the debt
    *(
        {"review_on": review, "residual": residual, "repayment": pattern}
        for review in (DATE(2026, 2, 15), DATE(2026, 7, 14), DATE(2026, 7, 15), DATE(2027, 12, 31))
        for pattern, residual in (
            (rp.LevelPayment(6), euros("1199.99")),
            (rp.InterestOnly(6), euros("600")),
            (rp.FixedPayment(euros("250")), euros("100")),
            (rp.FixedPayment(euros("250")), None),
            (rp.FixedPayment(euros("12.01")), None),
            (rp.InterestOnly(2, then=rp.FixedPayment(euros("250"))), None),
        )
    ),
]
