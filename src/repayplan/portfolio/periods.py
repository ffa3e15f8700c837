"""The rates of the periods of many accounts, as numerators and denominators of whole numbers."""

from __future__ import annotations

import abc
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs
import numpy as np

from repayplan.portfolio.columns import EXACT_MAX, Days, Float64s, Int64s, Mask
from repayplan.portfolio.day_counting import UNIT_MAX, times_of
from repayplan.portfolio.day_tables import FIRST_DAY
from repayplan.portfolio.dividing import QUOTIENT_MAX
from repayplan.portfolio.names import CHOICES

if TYPE_CHECKING:
    from repayplan.daycounts import DayCount
    from repayplan.portfolio.forms import Forms
    from repayplan.portfolio.layout import Layout
    from repayplan.schedule.annuity import Factor

__all__ = ["DatedPeriods", "Factors", "NominalPeriods", "Periods", "periods_of"]

Factors: TypeAlias = tuple[Int64s, Int64s, Float64s]
"""Numerators, denominators, and their ratios as floats."""

_MARGIN: Final = 1 / 2
"""Bounds are judged by floats, which err by far less than this factor."""


class Periods(abc.ABC):
    """The rates of the periods, for accounts whose rows are laid out."""

    @abc.abstractmethod
    def taken(self, accounts: Int64s) -> Periods:
        """Give some accounts, in another order; their rows stay where they are."""

    @abc.abstractmethod
    def at(self, number: int, count: int, rows: Int64s) -> Factors:
        """Give the rates of the rows with one number, from 0, of the first ``count`` accounts."""

    @abc.abstractmethod
    def discounts(self, number: int, count: int, rows: Int64s) -> Float64s:
        """Give 1 / (1 + rate) of the same, as floats."""

    @abc.abstractmethod
    def fit(self, layout: Layout, principals: Int64s) -> Mask:
        """Tell for which accounts no step could leave the bounds of exact division."""

    @abc.abstractmethod
    def listed(self, account: int, rows: range) -> list[Factor]:
        """Give the rates of one account's rows, one by one."""


@attrs.frozen(eq=False)
class NominalPeriods(Periods):
    """Periods that are all alike but for the first one."""

    first: Factors
    regular: Factors

    @classmethod
    def of(cls, forms: Forms) -> NominalPeriods:
        """Read them off the forms."""
        times = (forms.grid.first_time, forms.grid.regular_time)
        first, regular = (_factors(forms.numerator * time, forms.denominator * unit) for time, unit in times)
        return cls(first, regular)

    def taken(self, accounts: Int64s) -> Periods:
        """Give some accounts, in another order."""
        return NominalPeriods(_taken(self.first, accounts), _taken(self.regular, accounts))

    def at(self, number: int, count: int, rows: Int64s) -> Factors:
        """Give the rates of the rows with one number."""
        del rows
        return _taken(self.regular if number else self.first, slice(count))

    def discounts(self, number: int, count: int, rows: Int64s) -> Float64s:
        """Give 1 / (1 + rate) of the same."""
        del rows
        return (self._regular_discounts if number else self._first_discounts)[:count]

    @cached_property
    def _first_discounts(self) -> Float64s:
        return 1 / (1 + self.first[-1])

    @cached_property
    def _regular_discounts(self) -> Float64s:
        return 1 / (1 + self.regular[-1])

    def fit(self, layout: Layout, principals: Int64s) -> Mask:
        """Tell for which accounts no step could leave the bounds of exact division."""
        del layout
        return _fit(self.first, principals) & _fit(self.regular, principals)

    def listed(self, account: int, rows: range) -> list[Factor]:
        """Give the rates of one account's rows."""
        first, regular = (
            (int(numerators[account]), int(denominators[account]))
            for numerators, denominators, _ in (self.first, self.regular)
        )
        return [first, *[regular] * (len(rows) - 1)]


@attrs.frozen(eq=False)
class DatedPeriods(Periods):
    """Periods whose days count.

    Attributes:
        rates: The rate of each account, the unit of time included where all rows have the same.
        times: The time of each row.
        units: Its unit; None where it is in the rate.
    """

    rates: Factors
    times: Int64s
    units: Int64s | None

    @classmethod
    def of(cls, forms: Forms, layout: Layout, ends: Days, *, is_final: bool) -> DatedPeriods:
        """Measure the time of each row to its end, by the one day count of these accounts."""
        ends = ends.astype(np.int64)
        starts = layout.before(ends, forms.starts_on)
        if forms.is_daily[0]:
            return cls(_factors(forms.numerator, forms.denominator), ends - starts, None)
        day_count: DayCount = CHOICES["day_count"][forms.day_count[0]]
        maturities = layout.spread(ends[layout.lasts]) if is_final else np.full(layout.total, FIRST_DAY - 1)
        annual = np.repeat(forms.is_annual, layout.counts)
        times, unit = times_of(day_count, starts, ends, maturities, annual)
        if isinstance(unit, int):
            return cls(_factors(forms.numerator, forms.denominator * unit), times, None)
        return cls(_factors(forms.numerator, forms.denominator), times, unit)

    def taken(self, accounts: Int64s) -> Periods:
        """Give some accounts, in another order."""
        return DatedPeriods(_taken(self.rates, accounts), self.times, self.units)

    def at(self, number: int, count: int, rows: Int64s) -> Factors:
        """Give the rates of the rows with one number."""
        del number
        numerators, denominators, ratios = _taken(self.rates, slice(count))
        times = self.times[rows]
        if self.units is None:
            return numerators * times, denominators, ratios * times
        return _factors(numerators * times, denominators * self.units[rows])

    def discounts(self, number: int, count: int, rows: Int64s) -> Float64s:
        """Give 1 / (1 + rate) of the same."""
        return 1 / (1 + self.at(number, count, rows)[-1])

    def fit(self, layout: Layout, principals: Int64s) -> Mask:
        """Tell for which accounts no step could leave the bounds of exact division."""
        numerators, denominators, ratios = self.rates
        longest = np.maximum.reduceat(self.times, layout.firsts).astype(np.float64)
        fit = np.minimum.reduceat(self.times, layout.firsts) >= 0
        fit &= (numerators * longest <= EXACT_MAX * _MARGIN) & (denominators <= EXACT_MAX / UNIT_MAX)
        years = longest if self.units is None else longest / np.minimum.reduceat(self.units, layout.firsts)
        return fit & (principals * ratios * years <= QUOTIENT_MAX * _MARGIN)

    def listed(self, account: int, rows: range) -> list[Factor]:
        """Give the rates of one account's rows."""
        numerator, denominator = (int(part[account]) for part in self.rates[:2])
        times = self.times[rows.start : rows.stop].tolist()
        units = [1] * len(rows) if self.units is None else self.units[rows.start : rows.stop].tolist()
        return [(numerator * time, denominator * unit) for time, unit in zip(times, units, strict=True)]


def periods_of(forms: Forms, layout: Layout, ends: Days, *, is_final: bool = True) -> Periods:
    """Give the periods of accounts that measure time alike.

    Args:
        forms: Accounts of one day count.
        layout: Where their rows stand.
        ends: The day to which the interest of each row runs.
        is_final: Whether the last row is the last of all, and so the maturity known.
    """
    if forms.by_period[0]:
        return NominalPeriods.of(forms)
    return DatedPeriods.of(forms, layout, ends, is_final=is_final)


def _factors(numerators: Int64s, denominators: Int64s) -> Factors:
    return numerators, denominators, numerators / denominators


def _taken(factors: Factors, accounts: Int64s | slice) -> Factors:
    numerators, denominators, ratios = factors
    return numerators[accounts], denominators[accounts], ratios[accounts]


def _fit(factors: Factors, principals: Int64s) -> Mask:
    numerators, denominators, ratios = factors
    # Where the denominator is in bounds, a rate of at most 4 times four centuries is below 2**64: what is
    # beyond 2**63 has wrapped below zero.
    fit: Mask = (numerators >= 0) & (numerators <= EXACT_MAX) & (denominators <= EXACT_MAX)
    return fit & (principals * ratios <= QUOTIENT_MAX * _MARGIN)
