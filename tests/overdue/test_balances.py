"""Several balances: which of them a payment beyond the minimum pays."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

import repayplan as rp
from repayplan.overdue.balances import BALANCES_MAX, US_EXCESS, Balance, ExcessAllocation, allocate_excess
from tests.overdue import Wrong, money


def balance(name: str, units: int, rate: str, disputed: int | None = None) -> Balance:
    return Balance(name, money(units), rp.Rate.annual(rate), None if disputed is None else money(disputed))


CASH, PURCHASES, TRANSFER = (
    balance("cash", 500, "0.20"),
    balance("purchases", 1_500, "0.15"),
    balance("transfer", 2_000, "0.15"),
)


def shares(excess: int, *balances: Balance, designated: str | None = None) -> tuple[list[int], int]:
    found = allocate_excess(money(excess), balances, designated)
    assert list(found.by_id) == [one.id for one in balances]
    assert rp.Money.total([*found.paid, found.remainder], "EUR") == money(excess)
    return [amount.minor_units for amount in found.paid], found.remainder.minor_units


@pytest.mark.parametrize(
    ("excess", "expected", "remainder"),
    [
        (0, [0, 0, 0], 0),
        (1, [0, 0, 1], 0),
        (500, [0, 0, 500], 0),
        (501, [1, 0, 500], 0),
        (2_001, [1_500, 1, 500], 0),
        (4_000, [1_500, 2_000, 500], 0),
        (4_001, [1_500, 2_000, 500], 1),
    ],
)
def test_the_highest_rate_comes_first_and_one_rate_in_the_order_given(
    excess: int, expected: list[int], remainder: int
) -> None:
    assert shares(excess, PURCHASES, TRANSFER, CASH) == (expected, remainder)


def test_rates_of_several_units_are_compared_by_the_year() -> None:
    daily = attrs.evolve(CASH, rate=rp.Rate.daily("0.0005"))  # 18.25 % a year
    monthly = attrs.evolve(PURCHASES, rate=rp.Rate.monthly("0.016"))  # 19.2 % a year
    assert shares(500, daily, monthly) == ([0, 500], 0)


@pytest.mark.parametrize(
    ("excess", "expected"),
    [(300, [300, 0]), (400, [300, 100]), (1_300, [300, 1_000]), (1_400, [400, 1_000]), (1_600, [500, 1_100])],
)
def test_what_is_disputed_comes_after_all_that_is_not(excess: int, expected: list[int]) -> None:
    balances = balance("cash", 500, "0.25", 200), balance("purchases", 1_100, "0.17", 100)
    assert shares(excess, *balances) == (expected, 0)


@pytest.mark.parametrize(
    ("excess", "expected"), [(1_000, [0, 1_000, 0]), (1_600, [0, 1_500, 100]), (2_100, [100, 1_500, 500])]
)
def test_the_clients_own_choice_comes_first(excess: int, expected: list[int]) -> None:
    assert shares(excess, TRANSFER, PURCHASES, CASH, designated="purchases") == (expected, 0)


def test_the_clients_own_choice_is_paid_whole() -> None:
    disputed = attrs.evolve(PURCHASES, disputed=money(600))
    assert shares(1_600, CASH, disputed, designated="purchases") == ([100, 1_500], 0)


def test_nothing_takes_an_excess_where_there_is_no_balance() -> None:
    assert shares(100) == ([], 100)
    assert shares(100, balance("paid off", 0, "0.2")) == ([0], 100)


def test_one_balance_is_asked_for_by_its_id() -> None:
    found = allocate_excess(money(700), [CASH, PURCHASES])
    assert isinstance(found, ExcessAllocation)
    assert (found["cash"], found["purchases"]) == (money(500), money(200))
    with pytest.raises(rp.UnknownKeyError) as caught:
        found["transfer"]
    assert isinstance(caught.value, KeyError)
    assert (caught.value.code, caught.value.field) == ("balance.unknown", "id")
    assert str(caught.value) == "id: expected the id of one of the 2 balances, got 'transfer'"


@pytest.mark.parametrize("paid", [(), (money(1),), (money(1),) * 3])
def test_another_number_of_amounts_than_of_balances_is_refused(paid: tuple[rp.Money, ...]) -> None:
    with pytest.raises(rp.PaymentError) as caught:
        ExcessAllocation((CASH, PURCHASES), paid, money(0))
    assert (caught.value.code, caught.value.field) == ("balance.count", "paid")


def test_amounts_are_not_shown_and_all_of_it_pickles() -> None:
    found = allocate_excess(money(700), [CASH, PURCHASES])
    assert (repr(CASH), repr(found)) == ("<Balance cash>", "<ExcessAllocation over 2 balances>")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own bytes
    assert US_EXCESS.force is rp.Force.LAW


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("id", "", "text.empty"),
        ("amount", 5, "type.wrong"),
        ("amount", money(-1), "balance.amount"),
        ("rate", "0.2", "type.wrong"),
        ("disputed", 5, "type.wrong"),
        ("disputed", money(-1), "balance.disputed"),
        ("disputed", money(501), "balance.disputed"),
        ("disputed", rp.Money(1, "USD"), "money.currency"),
    ],
)
def test_what_makes_no_balance_is_refused(field: str, value: Wrong, code: str) -> None:
    changes: dict[str, Any] = {field: value}
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(CASH, **changes)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("excess", "balances", "designated", "code"),
    [
        (5, [CASH], None, "type.wrong"),
        (money(-1), [CASH], None, "balance.excess"),
        (money(1), CASH, None, "tuple.type"),
        (money(1), [CASH, "purchases"], None, "type.wrong"),
        (money(1), [CASH, attrs.evolve(PURCHASES, id="cash")], None, "balance.duplicate"),
        (rp.Money(1, "USD"), [CASH], None, "money.currency"),
        (money(1), [CASH], "transfer", "balance.designated"),
        (money(1), [CASH] * (BALANCES_MAX + 1), None, "tuple.length"),
    ],
)
def test_a_wrong_question_is_refused(excess: Wrong, balances: Wrong, designated: Wrong, code: str) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        allocate_excess(excess, balances, designated)
    assert caught.value.code == code


def test_there_may_be_a_thousand_balances() -> None:
    every = [attrs.evolve(CASH, id=f"b{place}") for place in range(BALANCES_MAX)]
    assert allocate_excess(money(1), every).paid[0] == money(1)
