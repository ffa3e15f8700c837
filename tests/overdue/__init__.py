"""Makers that the tests of payments and standing share: schedules whose figures fit in the head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pendulum

import repayplan as rp

if TYPE_CHECKING:
    import datetime

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DATE: Final = pendulum.date
EUR: Final = rp.Currency.of("EUR")
HOUSE: Final = rp.Citation(title="the tests' own", force=rp.Force.HOUSE)
START: Final = DATE(2026, 1, 1)
FIRST: Final = DATE(2026, 2, 1)
BUCKETS: Final = rp.DelinquencyScale(
    (rp.Band(0, 0, "M0"), rp.Band(1, 30, "M1"), rp.Band(31, None, "M2+")), HOUSE
)
CLASSES: Final = rp.DelinquencyScale((rp.Band(0, 90, "normal"), rp.Band.more_than(90, None, "bad")), HOUSE)
PENALTIES, FEES, INTEREST, PRINCIPAL = rp.Component


def money(units: int, currency: rp.Currency = EUR) -> rp.Money:
    """Money of so many minor units."""
    return rp.Money.from_minor_units(units, currency)


def schedule_of(units: int, repayment: Wrong, rate: str = "0", **changes: Wrong) -> rp.Schedule:
    """A schedule from 1 January 2026 with due dates on the first of each month from February on."""
    fields: dict[str, Any] = {
        "principal": money(units),
        "rate": rp.Rate.annual(rate),
        "starts_on": START,
        "first_due": FIRST,
        "repayment": repayment,
        **changes,
    }
    return rp.build_schedule(rp.Terms(**fields))


def plain(count: int = 3, **changes: Wrong) -> rp.Schedule:
    """So many installments of 100.00 without interest."""
    return schedule_of(10_000 * count, rp.EqualPrincipal(count), **changes)


def bearing(**changes: Wrong) -> rp.Schedule:
    """Three times 100.00 of principal at 1 % a month: interest of 3.00, 2.00 and 1.00."""
    return schedule_of(30_000, rp.EqualPrincipal(3), "0.12", **changes)


def pay(name: str, units: int, on: datetime.date, **more: Wrong) -> rp.Payment:
    """A payment of so many minor units."""
    return rp.Payment(name, money(units), on, **more)


def overdue_rules(**more: Wrong) -> rp.OverdueRules:
    """Rules with buckets and classes, and what else is stated."""
    return rp.OverdueRules(**{"buckets": BUCKETS, "classes": CLASSES, **more})


def days(value: int) -> rp.Limit[int]:
    """A figure of the house."""
    return rp.Limit(value, HOUSE)


def parts_of(ledger: rp.Ledger) -> list[tuple[str, int, rp.Component, int]]:
    """Where payments went: id, installment, component and minor units."""
    return [
        (part.payment, part.installment, part.component, part.amount.minor_units)
        for part in ledger.allocations
    ]
