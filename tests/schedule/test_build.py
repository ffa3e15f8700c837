"""Building a schedule: the contract's own example, and purity."""

from __future__ import annotations

import decimal
from typing import Any

import pytest

import repayplan as rp
from tests.schedule import DATE, built, euros, terms_with


def test_the_example_of_the_contract() -> None:
    schedule = rp.build_schedule(
        rp.Terms(
            principal=rp.Money("12345.67", "EUR"),
            rate=rp.Rate.annual("0.18"),
            starts_on=DATE(2026, 1, 31),
            first_due=DATE(2026, 2, 28),
            anchor_day=31,
            frequency=rp.Frequency.MONTHLY,
            repayment=rp.LevelPayment(count=60),
            day_count=rp.DayCount.NOMINAL,
            rounding=rp.Rounding.HALF_EVEN,
        )
    )
    # 12,345.67 x 0.015 / (1 - 1.015**-60) = 313.4976...; 12,345.67 x 0.015 = 185.18505
    row = schedule[0]
    assert (row.amount, row.interest, row.principal) == (euros("313.50"), euros("185.19"), euros("128.31"))
    assert [str(row.due_on) for row in schedule[:4]] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]
    assert len(schedule) == 60
    assert schedule.last_due == DATE(2031, 1, 31)
    assert schedule[-1].closing == euros("0")


@pytest.mark.parametrize("terms", [None, {}, "terms", rp.Terms])
def test_what_are_no_terms_is_refused(terms: Any) -> None:  # noqa: ANN401  wrong on purpose
    with pytest.raises(rp.InputTypeError) as caught:
        rp.build_schedule(terms)
    assert caught.value.field == "terms"


def test_a_schedule_keeps_the_terms_that_it_was_built_from() -> None:
    terms = terms_with()
    assert rp.build_schedule(terms).terms is terms


def test_the_callers_decimal_context_changes_nothing() -> None:
    expected = built().to_rows()
    with decimal.localcontext(decimal.Context(prec=2, rounding=decimal.ROUND_UP)) as context:
        assert built().to_rows() == expected
        assert context.prec == 2


def test_a_strict_decimal_context_raises_nothing() -> None:
    strict = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation])
    with decimal.localcontext(strict):
        assert built().to_rows()


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        (rp.Frequency.WEEKLY, ["2026-02-15", "2026-02-22", "2026-03-01"]),
        (rp.Frequency.FORTNIGHTLY, ["2026-02-15", "2026-03-01", "2026-03-15"]),
        (rp.Frequency.FOUR_WEEKLY, ["2026-02-15", "2026-03-15", "2026-04-12"]),
        (rp.Frequency.SEMI_MONTHLY, ["2026-02-15", "2026-02-28", "2026-03-15"]),
        (rp.Frequency.MONTHLY, ["2026-02-15", "2026-03-15", "2026-04-15"]),
        (rp.Frequency.BIMONTHLY, ["2026-02-15", "2026-04-15", "2026-06-15"]),
        (rp.Frequency.QUARTERLY, ["2026-02-15", "2026-05-15", "2026-08-15"]),
        (rp.Frequency.SEMI_ANNUAL, ["2026-02-15", "2026-08-15", "2027-02-15"]),
        (rp.Frequency.ANNUAL, ["2026-02-15", "2027-02-15", "2028-02-15"]),
        (rp.Frequency.every_days(10), ["2026-02-15", "2026-02-25", "2026-03-07"]),
        (rp.Frequency.every_weeks(3), ["2026-02-15", "2026-03-08", "2026-03-29"]),
        (rp.Frequency.every_months(5), ["2026-02-15", "2026-07-15", "2026-12-15"]),
    ],
)
def test_every_frequency_dates_a_schedule(frequency: rp.Frequency, days: list[str]) -> None:
    schedule = built(frequency=frequency, repayment=rp.LevelPayment(3))
    assert [str(row.due_on) for row in schedule] == days
