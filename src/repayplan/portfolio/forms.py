"""The form of each account: what the columnar route needs of it, and whether it is one for that route.

Whatever is doubtful about an account (a null, an unknown text, a figure out of bounds, a date off its anchor)
sends it to the scalar route, which decides and says what is wrong. So nothing here is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np

from repayplan.daycounts import DayCount
from repayplan.iso4217 import MINOR_UNIT_DIGITS
from repayplan.portfolio.bounds import ROWS_AN_ACCOUNT_MAX
from repayplan.portfolio.columns import EXACT_MAX, Columns, Int64s, Mask
from repayplan.portfolio.day_tables import SAFE_DAYS
from repayplan.portfolio.dividing import NUMBER_MAX
from repayplan.portfolio.grids import Grid, GridTable, grids_of
from repayplan.portfolio.names import CHOICES, MEANT_FOR, PATTERNS
from repayplan.rates import ANNUAL_RATE_MAX, RateUnit
from repayplan.schedule.accrual import AccrueTo, FirstPeriod
from repayplan.schedule.repayment import Difference

if TYPE_CHECKING:
    from enum import Enum

    from repayplan.portfolio.names import Calendars

__all__ = ["Forms", "forms_of"]

_FEE_MAX: Final = 2**48
"""A thousand such fees, as many interests of ``QUOTIENT_MAX`` and a ``NUMBER_MAX`` stay below 10**18."""


@attrs.frozen(eq=False)
class Forms:
    """What the columnar route needs of each account, by rows.

    Attributes:
        columnar: Whether the account is one for the columnar route.
        pattern: The place of its pattern in ``PATTERNS``.
        count: Its rows after those of interest alone; 0 where a fixed payment decides.
        before: Its rows of interest alone.
        principal: What bears interest.
        payment: The fixed payment.
        step: What the payment is a multiple of.
        fee: The fee of each installment.
        numerator: The rate of the time that it is stated for.
        denominator: As above.
        day_count: The place of the day count.
        by_period: Whether interest is by the period rather than by its days.
        is_daily: Whether the rate is for a day.
        rounding: The place of the rounding of interest.
        payment_rounding: The place of the rounding of the payment.
        starts_on: The day from which interest runs.
        is_annual: Whether payments fall due once a year.
        to_due: Whether interest runs to the moved dates.
        calendar: The place of the calendar; -2 is none.
        convention: The place of the convention.
        grid: Where the due dates stand.
    """

    columnar: Mask
    pattern: Int64s
    count: Int64s
    before: Int64s
    principal: Int64s
    payment: Int64s
    step: Int64s
    fee: Int64s
    numerator: Int64s
    denominator: Int64s
    day_count: Int64s
    by_period: Mask
    is_daily: Mask
    rounding: Int64s
    payment_rounding: Int64s
    starts_on: Int64s
    is_annual: Mask
    to_due: Mask
    calendar: Int64s
    convention: Int64s
    grid: Grid

    def taken(self, rows: Int64s) -> Forms:
        """Give some accounts."""
        values = {
            field.name: getattr(self, field.name)[rows]
            for field in attrs.fields(Forms)
            if field.name != "grid"
        }
        return Forms(grid=self.grid.taken(rows), **values)


def forms_of(columns: Columns, calendars: Calendars, table: GridTable) -> Forms:
    """Read the forms of accounts off their columns."""
    choices = {name: _choice(columns, name, 0) for name in CHOICES}
    calendar = columns.texts("calendar").translated({name: place for place, name in enumerate(calendars)}, -2)
    debt, repayment = _debt(columns, choices), _repayment(columns, choices)
    known = debt.pop("known") & repayment.pop("known") & (calendar != -1)
    for texts in choices.values():
        known &= texts >= 0
    by_days = choices["first_period"] == _place("first_period", FirstPeriod.ACTUAL_DAYS)
    grid = grids_of(columns, table, choices["month_end"], by_days, known)
    by_period = (choices["day_count"] == _NOMINAL) & ~debt["is_daily"].astype(np.bool_)
    return Forms(
        columnar=known & grid.valid,
        day_count=np.where(by_period, _NOMINAL, choices["day_count"]),
        by_period=by_period,
        rounding=choices["rounding"],
        is_annual=grid.is_annual,
        to_due=(choices["accrue_to"] == _place("accrue_to", AccrueTo.DUE)) & ~by_period,
        calendar=calendar,
        convention=choices["convention"],
        grid=grid,
        **debt,
        **repayment,
    )


def _place(column: str, member: Enum) -> int:
    return CHOICES[column].index(member)


_NOMINAL: Final = _place("day_count", DayCount.NOMINAL)


def _choice(columns: Columns, name: str, default: int) -> Int64s:
    """Give the places of the members that texts name; -1 is none."""
    meanings = {str(member.value): place for place, member in enumerate(CHOICES[name])}
    return columns.texts(name).translated(meanings, default)


def _debt(columns: Columns, choices: dict[str, Int64s]) -> dict[str, Any]:
    """Read what is owed, and at which rate."""
    principal, rate = columns.numbers("principal").values, columns.rates
    currency = columns.texts("currency").translated(dict.fromkeys(MINOR_UNIT_DIGITS, 1), -1)
    per_year = np.array([unit.per_year for unit in CHOICES["rate_per"]])[choices["rate_per"]]
    starts_on, first_due = columns.numbers("starts_on"), columns.numbers("first_due")
    known = (principal > 0) & (principal <= NUMBER_MAX) & (rate.denominators > 0) & (currency == 1)
    known &= (columns.texts("account").codes >= 0) & starts_on.valid & first_due.valid
    known &= (starts_on.values >= SAFE_DAYS[0]) & (first_due.values <= SAFE_DAYS[1])
    known &= first_due.values >= starts_on.values
    numerator = np.where(known, rate.numerators, 0)
    known &= numerator <= EXACT_MAX // per_year
    yearly = np.where(known, numerator, 0) * per_year
    known &= (yearly <= ANNUAL_RATE_MAX * rate.denominators) & (yearly < EXACT_MAX)
    is_daily = choices["rate_per"] == _place("rate_per", RateUnit.DAY)
    return {
        "known": known,
        "principal": principal,
        "numerator": np.where(is_daily, numerator, yearly),
        "denominator": np.where(known, rate.denominators, 1),
        "is_daily": is_daily,
        "starts_on": starts_on.values,
    }


def _repayment(columns: Columns, choices: dict[str, Int64s]) -> dict[str, Any]:
    """Read the pattern of repayment."""
    pattern = columns.texts("pattern").translated({name: place for place, name in enumerate(PATTERNS)}, 0)
    count, before = columns.numbers("count"), columns.numbers("interest_only").values
    payment, step = columns.numbers("payment"), columns.numbers("step")
    fee = columns.numbers("installment_fee")
    is_fixed, is_bullet = (pattern == PATTERNS.index(name) for name in ("fixed", "bullet"))
    known = (pattern >= 0) & _has_meant(columns, pattern)
    known &= np.where(is_fixed, payment.valid & (payment.values > 0), count.valid & (count.values > 0))
    known &= (payment.values <= NUMBER_MAX) & (count.values <= ROWS_AN_ACCOUNT_MAX)
    known &= (before >= 0) & (before <= ROWS_AN_ACCOUNT_MAX)
    known &= count.values + before <= ROWS_AN_ACCOUNT_MAX
    known &= ~step.valid | (
        (step.values > 0) & (step.values <= NUMBER_MAX) & (pattern == PATTERNS.index("level"))
    )
    known &= ~fee.valid | ((fee.values > 0) & (fee.values < _FEE_MAX))
    known &= choices["difference"] == _place("difference", Difference.LAST)
    rounding = _choice(columns, "payment_rounding", len(CHOICES["payment_rounding"]))
    return {
        "known": known,
        "pattern": np.where(is_bullet, PATTERNS.index("equal_principal"), pattern),
        "count": np.where(is_bullet, 1, count.values),
        "before": np.where(is_bullet, count.values - 1, before),
        "payment": payment.values,
        "step": step.or_else(1),
        "fee": fee.values,
        "payment_rounding": np.where(
            rounding == len(CHOICES["payment_rounding"]), choices["rounding"], rounding
        ),
    }


def _has_meant(columns: Columns, pattern: Int64s) -> Mask:
    """Tell which rows have values only in columns that are meant for their pattern."""
    meant = np.ones(len(columns), dtype=np.bool_)
    for name, patterns in MEANT_FOR.items():
        is_given = (columns.texts(name).codes >= 0) | (columns.numbers(name).values != 0)
        if is_given.any():
            meant &= ~is_given | np.isin(pattern, [PATTERNS.index(other) for other in patterns])
    return meant
