"""Example terms for the tests of the schedule engine: 1,200.00 euros in twelve months at 12 % a year."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import pendulum
import pytest

import repayplan as rp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")

DATE = pendulum.date
PERCENT = Fraction(1, 100)
FREE = rp.Rate.annual("0")

EXAMPLE: dict[str, Any] = {
    "principal": rp.Money("1200", "EUR"),
    "rate": rp.Rate.annual("0.12"),
    "starts_on": DATE(2026, 1, 15),
    "first_due": DATE(2026, 2, 15),
    "repayment": rp.LevelPayment(12),
}


def terms_with(**changes: object) -> rp.Terms:
    """Make the example terms with some fields changed."""
    fields: dict[str, Any] = {**EXAMPLE, **changes}
    return rp.Terms(**fields)


def built(**changes: object) -> rp.Schedule:
    """Build the schedule of the example terms with some fields changed."""
    return rp.build_schedule(terms_with(**changes))


def euros(amount: str) -> rp.Money:
    """Make money in euros."""
    return rp.Money(amount, "EUR")


def cents(minor_units: int) -> rp.Money:
    """Make euros from cents."""
    return rp.Money.from_minor_units(minor_units, "EUR")


def units(schedule: rp.Schedule, field: str) -> list[int]:
    """Give a column of amounts, in minor units."""
    return [getattr(row, field).minor_units for row in schedule]


def run_down(
    principal: int, rates: Iterable[Fraction], payments: Sequence[int], residual: int = 0
) -> list[tuple[int, int]]:
    """Work out principal and interest of each row by exact fractions; the last one leaves the residual.

    Interest is rounded half to even, as :func:`round` does.
    """
    rows: list[tuple[int, int]] = []
    balance = principal
    for payment, rate in zip([*payments, None], rates, strict=True):
        interest = round(balance * rate)
        paid = balance - residual if payment is None else payment - interest
        rows.append((paid, interest))
        balance -= paid
    return rows


def rows_of(schedule: rp.Schedule) -> list[tuple[int, int]]:
    """Give principal and interest of each row, in minor units."""
    return list(zip(units(schedule, "principal"), units(schedule, "interest"), strict=True))


def level(principal: Fraction | int, rates: Sequence[Fraction], residual: int = 0) -> Fraction:
    """Solve the level payment by discounting each of the payments, one by one."""
    discount, annuity = Fraction(1), Fraction(0)
    for rate in rates:
        discount /= 1 + rate
        annuity += discount
    return (principal - residual * discount) / annuity


def repickled(value: T) -> T:
    """Send a value through a pickle, where every check runs again."""
    again: T = pickle.loads(pickle.dumps(value))  # noqa: S301  # our own bytes
    return again


def refusal_of(**changes: object) -> rp.TermsError:
    """Give the refusal of the example terms with some fields changed."""
    with pytest.raises(rp.TermsError) as caught:
        rp.build_schedule(terms_with(**changes))
    return caught.value
