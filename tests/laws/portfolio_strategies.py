"""Strategies for batches of accounts: every choice of the schema, at the values where columns may go wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.frequencies import EveryDays, EveryMonths, SemiMonthly
from tests.laws import schedule_strategies, strategies
from tests.portfolio import NAMED, Row

PATTERNS: Final = ("level", "level", "equal_principal", "flat", "fixed", "bullet")
CURRENCIES: Final = ("CNY", "EUR", "JPY", "KWD", "CLF", "IQD")
_FEW: Final = st.sampled_from([0, 0, 0, 1, 2, 5])


def principals() -> st.SearchStrategy[int]:
    """Debts of a handful of units, of the greatest that a float counts exactly, and beyond all bounds."""
    edges = [1, 2, 2**53 - 1, 2**53, 2**49, 10**15, 10**18, 10**18 + 1, 0, -1]
    usual = st.integers(1_000, 10_000_000)
    return st.one_of(
        usual, usual, usual, st.integers(1, 60), st.integers(10**6, 10**12), st.sampled_from(edges)
    )


def rates() -> st.SearchStrategy[str]:
    """Shares as text: zero, those that give ties, tiny ones, long ones, the highest and one beyond."""
    usual = st.integers(0, 4_000).map(lambda steps: str(Decimal(steps) / 10_000))
    ties = st.sampled_from(["0", "0.06", "0.12", "0.24", "0.5", "1.00", "0.0005", "0.005", "0.015"])
    hard = st.sampled_from(["4", "4.000001", "0.000000000001", "0." + "1" * 30, "-0.1", "0.123456789012345678"])
    return st.one_of(usual, usual, usual, ties, ties, hard)


def name_of(frequency: rp.Frequency) -> str:
    """Name a frequency as the column does."""
    named = [name for name, other in NAMED.items() if other == frequency]
    if named:
        return named[0]
    if isinstance(frequency, EveryMonths):
        return f"every_months:{frequency.months}"
    if isinstance(frequency, EveryDays):
        return f"every_days:{frequency.days}"
    assert isinstance(frequency, SemiMonthly)
    return f"semi_monthly:{frequency.first_day}:{frequency.second_day}"


@st.composite
def accounts(draw: st.DrawFn, calendars: tuple[str, ...] = ()) -> Row:
    """An account of any kind, of which some have no schedule."""
    dates = draw(schedule_strategies.date_fields())
    pattern = draw(st.sampled_from(PATTERNS))
    row: dict[str, Any] = {
        "account": draw(st.text("abc0", min_size=1, max_size=3)),
        "currency": draw(st.sampled_from(CURRENCIES)),
        "principal": draw(principals()),
        "rate": draw(rates()),
        "rate_per": draw(st.sampled_from(["year", "year", "month", "day", None])),
        "starts_on": dates["starts_on"],
        "first_due": dates["first_due"],
        "frequency": name_of(dates["frequency"]),
        "anchor_day": dates["anchor_day"],
        "month_end": dates["month_end"].value,
        "day_count": draw(strategies.day_counts()).value,
        "first_period": draw(st.sampled_from(rp.FirstPeriod)).value,
        "rounding": draw(strategies.roundings()).value,
        "accrue_to": draw(st.sampled_from(rp.AccrueTo)).value,
        "calendar": draw(st.sampled_from([None, *calendars])),
        "convention": draw(strategies.conventions()).value,
        "pattern": pattern,
        "installment_fee": draw(st.sampled_from([None, None, 1, 500])),
    }
    if pattern == "fixed":
        row["payment"] = draw(st.one_of(_part_of(row["principal"]), st.integers(1, 10**6)))
    else:
        row["count"] = draw(st.one_of(st.integers(1, 12), st.integers(1, 70), st.sampled_from([600, 1_001, 0])))
    if pattern != "bullet":
        row["interest_only"] = draw(_FEW)
    if pattern in {"level", "flat"}:
        row["step"] = draw(st.sampled_from([None, None, 1, 10, 1_000]))
    if pattern == "level":
        row["payment_rounding"] = draw(st.none() | strategies.roundings().map(lambda mode: mode.value))
    if pattern in {"level", "flat", "equal_principal"}:
        row["difference"] = draw(st.sampled_from([None, "last", "last", "first", "spread"]))
    row["starts_on"], row["first_due"] = (
        dt.date(day.year, day.month, day.day) for day in (row["starts_on"], row["first_due"])
    )
    return row


def _part_of(principal: int) -> st.SearchStrategy[int]:
    """A payment that repays a debt in a few rows up to some hundreds."""
    shares = st.sampled_from([Fraction(1, 3), Fraction(1, 10), Fraction(1, 40), Fraction(1, 300), Fraction(2)])
    return shares.map(lambda share: max(1, int(abs(principal) * share)))
