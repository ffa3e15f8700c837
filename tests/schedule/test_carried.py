"""Carried balances: where each treatment puts them, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

import repayplan as rp
from repayplan.schedule.carried import CarriedTreatments
from tests.schedule import built, cents, euros, terms_with

FIRST, SPREAD = rp.CarriedTreatment.FIRST, rp.CarriedTreatment.SPREAD
CAPITALIZE, WAIVE = rp.CarriedTreatment.CAPITALIZE, rp.CarriedTreatment.WAIVE


@pytest.mark.parametrize(
    ("treatment", "units", "count", "parts"),
    [
        (FIRST, 1000, 3, (1000, 0, 0)),
        (FIRST, 1000, 1, (1000,)),
        (SPREAD, 1000, 3, (334, 333, 333)),
        (SPREAD, 1001, 3, (334, 334, 333)),
        (SPREAD, 2, 3, (1, 1, 0)),
        (SPREAD, 0, 3, (0, 0, 0)),
        (CAPITALIZE, 1000, 3, (0, 0, 0)),
        (WAIVE, 1000, 3, (0, 0, 0)),
    ],
)
def test_each_treatment_puts_its_parts(
    treatment: rp.CarriedTreatment, units: int, count: int, parts: tuple[int, ...]
) -> None:
    assert treatment.parts(units, count) == parts


def test_the_three_components_stand_apart_in_the_rows() -> None:
    carried = rp.CarriedBalances(
        interest=rp.CarriedBalance(euros("10"), SPREAD),
        fees=rp.CarriedBalance(euros("30"), FIRST),
        penalties=rp.CarriedBalance(euros("0.01"), SPREAD),
    )
    first, second, third = built(carried=carried, repayment=rp.LevelPayment(3))
    assert [row.carried_interest for row in (first, second, third)] == [cents(334), cents(333), cents(333)]
    assert [row.carried_fees for row in (first, second, third)] == [euros("30"), cents(0), cents(0)]
    assert [row.carried_penalties for row in (first, second, third)] == [cents(1), cents(0), cents(0)]


def test_carried_parts_come_on_top_of_the_pattern_and_bear_no_interest() -> None:
    plain = built()
    carried = rp.CarriedBalances(interest=rp.CarriedBalance(euros("120"), SPREAD))
    with_carried = built(carried=carried)
    assert [row.interest for row in with_carried] == [row.interest for row in plain]
    assert [row.amount for row in with_carried] == [row.amount + euros("10") for row in plain]


def test_a_capitalized_balance_becomes_principal_and_bears_interest() -> None:
    carried = rp.CarriedBalances(fees=rp.CarriedBalance(euros("300"), CAPITALIZE))
    schedule = built(carried=carried)
    assert schedule[0].opening == euros("1500")
    assert schedule[0].interest == euros("15")
    assert schedule.capitalized == euros("300")
    assert schedule.total_carried == euros("0")


def test_a_waived_balance_is_recorded_and_not_asked_for() -> None:
    carried = rp.CarriedBalances(penalties=rp.CarriedBalance(euros("50"), WAIVE))
    schedule = built(carried=carried)
    assert schedule.waived == euros("50")
    assert schedule.total == built().total


def test_balances_are_summed_by_treatment() -> None:
    carried = rp.CarriedBalances(
        interest=rp.CarriedBalance(euros("1"), SPREAD),
        fees=rp.CarriedBalance(euros("2"), FIRST),
        penalties=rp.CarriedBalance(euros("4"), SPREAD),
    )
    currency = rp.Currency.of("EUR")
    assert carried.treated(SPREAD, currency) == euros("5")
    assert carried.treated(FIRST, currency) == euros("2")
    assert carried.treated(WAIVE, currency) == euros("0")


def test_absent_components_are_left_out_of_the_list() -> None:
    fees = rp.CarriedBalance(euros("2"), FIRST)
    assert list(rp.CarriedBalances(fees=fees)) == [("fees", fees)]


def test_an_absent_component_has_parts_of_zero() -> None:
    assert rp.CarriedBalances().parts("interest", 3) == (0, 0, 0)


def test_a_negative_balance_is_refused() -> None:
    with pytest.raises(rp.TermsError, match="zero or more") as caught:
        rp.CarriedBalance(euros("-0.01"), FIRST)
    assert (caught.value.code, caught.value.field) == ("carried.negative", "amount")


@pytest.mark.parametrize(("amount", "treatment"), [(1, FIRST), (euros("1"), "first"), (None, FIRST)])
def test_wrong_types_are_refused(amount: Any, treatment: Any) -> None:  # noqa: ANN401  wrong on purpose
    with pytest.raises(rp.InputTypeError):
        rp.CarriedBalance(amount, treatment)


def test_a_component_that_is_not_a_balance_is_refused_by_name() -> None:
    amount: Any = euros("1")
    with pytest.raises(rp.InputTypeError) as caught:
        rp.CarriedBalances(fees=amount)
    assert caught.value.field == "fees"


def test_a_carried_balance_in_another_currency_is_refused_by_name() -> None:
    carried = rp.CarriedBalances(penalties=rp.CarriedBalance(rp.Money("1", "USD"), WAIVE))
    with pytest.raises(rp.MoneyError) as caught:
        terms_with(carried=carried)
    assert caught.value.field == "carried.penalties"


def test_treatments_spread_unless_stated() -> None:
    assert CarriedTreatments() == CarriedTreatments(interest=SPREAD, fees=SPREAD, penalties=SPREAD)


@pytest.mark.parametrize("component", ["interest", "fees", "penalties"])
def test_a_treatment_of_another_type_is_refused_by_name(component: str) -> None:
    wrong: Any = {component: "spread"}
    with pytest.raises(rp.InputTypeError) as caught:
        CarriedTreatments(**wrong)
    assert caught.value.field == component
