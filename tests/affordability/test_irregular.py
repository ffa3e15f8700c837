"""Irregular income: what a history comes to by each rule, and what makes no history."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pendulum
import pytest

import repayplan as rp
from repayplan.months import month_index

DATE = pendulum.date
SOME_MONTH = month_index(DATE(2027, 1, 1))


def history(*months: int) -> rp.IncomeHistory:
    """One payment a month, from January 2026 on."""
    return rp.IncomeHistory(
        [(DATE(2026, place, 10), rp.Money(units, "CNY")) for place, units in enumerate(months, start=1)]
    )


def monthly(rule: rp.IncomeRule, *months: int, share: object = 1) -> Fraction:
    income = rp.IrregularIncome("driving", history(*months), rule, share=share)  # type: ignore[arg-type]  # exact
    return income.in_month(SOME_MONTH)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (rp.MeanOfMonths(), Fraction(3100, 3)),
        (rp.MeanOfMonths(1), 900),
        (rp.MeanOfMonths(5), 1060),
        (rp.WeakMonth(), 700),
        (rp.WeakMonth(2), 900),
        (rp.WeakMonth(1, months=2), 900),
        (rp.WeakMonth(2, months=2), 1500),
        (rp.QuantileMonth("0", months=5), 700),
        (rp.QuantileMonth("0.2", months=5), 700),
        (rp.QuantileMonth("0.21", months=5), 900),
        (rp.QuantileMonth(Fraction(1, 2), months=5), 1000),
        (rp.QuantileMonth("1", months=5), 1500),
        (rp.MeanOfPayments(2, rp.Frequency.MONTHLY), 1200),
        (rp.MeanOfPayments(4, rp.Frequency.WEEKLY), Fraction(4300 * 52, 48)),
    ],
)
def test_each_rule_takes_its_part_of_the_history(rule: rp.IncomeRule, expected: Fraction | int) -> None:
    months = (
        (1000, 1200, 700, 1500, 900) if not isinstance(rule, rp.MeanOfMonths) or rule.count == 5 else None
    )
    assert monthly(rule, *(months or (1200, 1000, 700, 1500, 900))) == expected


def test_payments_of_one_month_are_added_up() -> None:
    paid = [(DATE(2026, 1, 5), 100), (DATE(2026, 1, 5), 20), (DATE(2026, 2, 1), 300)]
    found = rp.IncomeHistory([(day, rp.Money(units, "CNY")) for day, units in paid])
    assert [amount for _, amount in found.months] == [120, 300]


def test_the_share_and_the_dates_of_a_line_count_too() -> None:
    assert monthly(rp.WeakMonth(), 900, share="0.5") == 450
    later = rp.IrregularIncome("x", history(900), rp.WeakMonth(), starts_on=DATE(2027, 1, 2))
    assert later.in_month(SOME_MONTH) == 0
    assert later.in_month(SOME_MONTH + 1) == 900


def test_the_inputs_name_the_months_that_count() -> None:
    income = rp.IrregularIncome("driving", history(900, 300), rp.MeanOfMonths(2))
    assert [(entry.label, entry.value) for entry in income.inputs(SOME_MONTH)] == [
        ("driving 2026-01", Fraction(900)),
        ("driving 2026-02", Fraction(300)),
    ]
    assert income.factor == Fraction(1, 2)


@pytest.mark.parametrize(
    "rule",
    [
        rp.MeanOfMonths(3),
        rp.MeanOfPayments(3, rp.Frequency.MONTHLY),
        rp.WeakMonth(3),
        rp.WeakMonth(1, months=3),
        rp.QuantileMonth("0.25", months=3),
    ],
)
def test_a_history_that_is_too_short_for_its_rule_is_refused(rule: rp.IncomeRule) -> None:
    assert rule.needs == 3
    assert monthly(rule, 1, 1, 1)
    with pytest.raises(rp.BudgetError) as caught:
        monthly(rule, 1, 1)
    assert (caught.value.code, caught.value.data) == ("history.short", {"needs": 3, "has": 2})


def test_a_month_that_is_left_out_is_a_gap_and_a_stated_zero_is_none() -> None:
    zero = rp.Money(0, "CNY")
    paid = [(DATE(2026, 1, 31), zero), (DATE(2026, 3, 1), zero)]
    with pytest.raises(rp.BudgetError) as caught:
        rp.IncomeHistory(paid)
    assert (caught.value.code, caught.value.field) == ("history.gap", "payments[1][0]")
    assert len(rp.IncomeHistory([paid[0], (DATE(2026, 2, 1), zero), paid[1]]).months) == 3


@pytest.mark.parametrize(
    ("payments", "error", "field"),
    [
        ([], rp.BudgetError, "payments"),
        ([(DATE(2026, 1, 1), rp.Money(-1, "CNY"))], rp.BudgetError, "payments[0][1]"),
        (
            [(DATE(2026, 1, 2), rp.Money(1, "CNY")), (DATE(2026, 1, 1), rp.Money(1, "CNY"))],
            rp.BudgetError,
            "payments[1][0]",
        ),
        (
            [(DATE(2026, 1, 2), rp.Money(1, "CNY")), (DATE(2026, 1, 3), rp.Money(1, "EUR"))],
            rp.MoneyError,
            "payments[1][1]",
        ),
        ([(DATE(2026, 1, 2), 5)], rp.InputTypeError, "payments[0]"),
        ([("2026-01-02", rp.Money(1, "CNY"))], rp.InputTypeError, "payments[0][0]"),
        ([DATE(2026, 1, 2)], rp.InputTypeError, "payments[0]"),
        ([(DATE(2026, 1, 2), rp.Money(1, "CNY"))] * 2_001, rp.BudgetError, "payments"),
    ],
)
def test_what_makes_no_history_is_refused(
    payments: Any,  # noqa: ANN401  # the point
    error: type[rp.RepayPlanError],
    field: str,
) -> None:
    with pytest.raises(error) as caught:
        rp.IncomeHistory(payments)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "make",
    [
        lambda: rp.MeanOfMonths(0),
        lambda: rp.WeakMonth(0),
        lambda: rp.WeakMonth(3, months=2),
        lambda: rp.QuantileMonth("1.01", months=3),
        lambda: rp.QuantileMonth("0.5", months=0),
        lambda: rp.MeanOfPayments(0, rp.Frequency.WEEKLY),
    ],
)
def test_a_rule_out_of_bounds_is_refused(make: Any) -> None:  # noqa: ANN401  # a maker
    with pytest.raises(rp.BudgetError):
        make()


def test_payments_on_listed_dates_have_no_month() -> None:
    with pytest.raises(rp.DateError):
        rp.MeanOfPayments(2, rp.Frequency.once(DATE(2026, 1, 1)))


@pytest.mark.parametrize(
    ("frequency", "count"),
    [
        (rp.Frequency.MONTHLY, 2),
        (rp.Frequency.QUARTERLY, 2),
        (rp.Frequency.FOUR_WEEKLY, 4),
        (rp.Frequency.WEEKLY, 4),
    ],
)
def test_fluctuating_earnings_are_averaged_over_two_payments_or_four(
    frequency: rp.Frequency, count: int
) -> None:
    assert rp.fluctuating_income_rule(frequency) == rp.MeanOfPayments(count, frequency)


def test_neither_a_history_nor_an_income_shows_what_is_personal() -> None:
    income = rp.IrregularIncome("driving", history(987), rp.WeakMonth())
    assert repr(income) == "<IrregularIncome>"
    assert repr(income.history) == "<IncomeHistory of 1 payments>"


@pytest.mark.parametrize("field", ["history", "rule", "available"])
def test_a_field_of_the_wrong_type_is_named(field: str) -> None:
    fields: dict[str, Any] = {"history": history(1), "rule": rp.WeakMonth(), field: "wrong"}
    with pytest.raises(rp.InputTypeError) as caught:
        rp.IrregularIncome("x", **fields)
    assert caught.value.field == field
