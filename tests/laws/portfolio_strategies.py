"""Strategies for batches of accounts: every choice of the schema, where columns may go wrong."""

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
    hard = st.sampled_from(
        ["4", "4.000001", "0.000000000001", "0." + "1" * 30, "-0.1", "0.123456789012345678"]
    )
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
        row["count"] = draw(
            st.one_of(st.integers(1, 12), st.integers(1, 70), st.sampled_from([600, 1_001, 0]))
        )
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
    shares = st.sampled_from(
        [Fraction(1, 3), Fraction(1, 10), Fraction(1, 40), Fraction(1, 300), Fraction(2)]
    )
    return shares.map(lambda share: max(1, int(abs(principal) * share)))


SOUND: Final = st.fixed_dictionaries(
    {
        "principal": st.integers(1, 10**7),
        "rate": st.sampled_from(["0", "0.12", "0.1799"]),
        "count": st.integers(1, 14),
        "calendar": st.sampled_from([None, "x"]),
        "installment_fee": st.sampled_from([None, 500]),
        "pattern": st.sampled_from(["level", "equal_principal", "flat"]),
        "first_due": st.sampled_from([dt.date(2026, 2, 15), dt.date(2026, 1, 31)]),
    }
)
"""Changes to the example that keep its debt in 2026 and 2027."""

PAYMENT: Final = st.fixed_dictionaries(
    {
        "account": st.sampled_from(["0", "0", "1", "2", "elsewhere"]),
        "id": st.sampled_from([*"abcdefghijkl", "", " ", "\u00e9", "a\u202eb", "x" * 201]),
        "amount": st.one_of(st.integers(1, 10**6), st.sampled_from([0, -5, 10**18, None])),
        "received_on": st.dates(dt.date(2026, 1, 15), dt.date(2027, 6, 1)),
        "effective_on": st.none() | st.dates(dt.date(2026, 1, 14), dt.date(2027, 6, 1)),
        "status": st.sampled_from([None, None, "cleared", "pending", "failed"]),
        "reverses": st.sampled_from([None, None, None, None, None, None, "a"]),
    }
)
USUAL_PAYMENT: Final = st.fixed_dictionaries(
    {
        "account": st.sampled_from(["0", "1", "2"]),
        "amount": st.integers(1, 10**6),
        "received_on": st.dates(dt.date(2026, 1, 15), dt.date(2027, 6, 1)),
    }
)


@st.composite
def payments(draw: st.DrawFn) -> list[Row]:
    """Payments of three accounts and of one elsewhere; half of the time all may go by columns."""
    if draw(st.booleans()):
        return [
            {"id": str(place), **row} for place, row in enumerate(draw(st.lists(USUAL_PAYMENT, max_size=12)))
        ]
    return draw(st.lists(PAYMENT, max_size=8))


_FIRST_DUE: Final = ((1, 15), (1, 16), (1, 31), (2, 15), (2, 28), (3, 15), (3, 31), (7, 15))
BUDGET: Final = st.fixed_dictionaries(
    {
        "principal": st.one_of(st.integers(1, 100), st.integers(1, 10**7), st.just(2**51)),
        "rate": st.sampled_from(["0", "0.12", "0.1799", "1.5", "9"]),
        "rate_per": st.sampled_from([None, "month"]),
        "income": st.one_of(st.integers(0, 10**6), st.sampled_from([None, -1, 2**47])),
        "expenses": st.one_of(st.integers(0, 10**6), st.integers(0, 10**4)),
        "commitments": st.sampled_from([None, 0, 1_000, 50_000]),
        "adults": st.sampled_from([None, 1, 2, 3, 0, 51]),
        "children": st.sampled_from([None, 0, 2, -1]),
        "first_due": st.sampled_from([dt.date(2026, month, day) for month, day in _FIRST_DUE]),
        "frequency": st.sampled_from(
            [None, "monthly", "weekly", "quarterly", "every_days:40", "semi_monthly", "yearly"]
        ),
        "month_end": st.sampled_from([None, None, "clamp", "roll", "round"]),
        "calendar": st.sampled_from([None, None, "x"]),
        "convention": st.none() | strategies.conventions().map(lambda convention: convention.value),
        "day_count": st.sampled_from([None, "act_365f", "thirty_e_360_isda"]),
        "rounding": st.sampled_from([None, "half_up", "up", "down"]),
    }
)
"""A debt from the middle of January 2026, and what its household lives on."""
