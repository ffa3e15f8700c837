"""Example terms for the tests of the schedule engine: 1,200.00 euros in twelve months at 12 % a year."""

from __future__ import annotations

from typing import Any

import pendulum

import repayplan as rp

DATE = pendulum.date

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
