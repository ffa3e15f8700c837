from __future__ import annotations

from typing import Any

import pytest

import repayplan as rp
from repayplan.plan.pro_rata import DEBTS_MAX
from tests.plan import EUR, debt_of, money


def monies(*units: int) -> list[rp.Money]:
    return [money(unit) for unit in units]


@pytest.mark.parametrize(
    ("amount", "balances", "minimum", "parts"),
    [
        (100, (500, 1000, 233, 200), None, (26, 52, 12, 10)),
        (100, (600, 900, 1500), None, (20, 30, 50)),
        (1, (5, 5), None, (1, 0)),  # a tie goes to the earlier
        (10, (1, 1_000, 1_000), 3, (1, 5, 4)),  # the first is owed less than the least payment
        (10, (1, 1_000, 1_000), None, (0, 5, 5)),
        (30, (1, 50, 100), 10, (1, 10, 19)),
        (100, (10, 20), None, (10, 20)),  # no more than is owed
        (100, (10, 20), 15, (10, 20)),
        (6, (100, 100, 100), 2, (2, 2, 2)),
    ],
)
def test_an_amount_is_shared_in_proportion(
    amount: int, balances: tuple[int, ...], minimum: int | None, parts: tuple[int, ...]
) -> None:
    least = None if minimum is None else money(minimum)
    assert rp.pro_rata(money(amount), monies(*balances), minimum=least) == tuple(monies(*parts))


def test_names_are_kept_in_their_order() -> None:
    shared = rp.pro_rata(money(30), {"loan": money(100), "card": money(50)})
    assert list(shared.items()) == [("loan", money(20)), ("card", money(10))]


def test_a_debt_counts_with_all_that_is_owed_on_it() -> None:
    assert rp.pro_rata(money(30), [debt_of(90, fees=10), money(50)]) == tuple(monies(20, 10))


@pytest.mark.parametrize(
    ("amount", "debts", "minimum", "error", "code"),
    [
        (money(10), [], None, rp.TermsError, "pro_rata.debts"),
        (money(10), {}, None, rp.TermsError, "pro_rata.debts"),
        (money(10), monies(*[1] * (DEBTS_MAX + 1)), None, rp.TermsError, "pro_rata.debts"),
        (money(0), monies(1), None, rp.TermsError, "pro_rata.amount"),
        (money(-1), monies(1), None, rp.TermsError, "pro_rata.amount"),
        (money(10), monies(1, 0), None, rp.TermsError, "pro_rata.balance"),
        (money(10), monies(1, -1), None, rp.TermsError, "pro_rata.balance"),
        (money(10), monies(9, 9), money(0), rp.TermsError, "pro_rata.balance"),
        (money(10), [rp.Money(1, "CNY")], None, rp.MoneyError, "money.currency"),
        (money(10), monies(9, 9), rp.Money(1, "CNY"), rp.MoneyError, "money.currency"),
        (money(10), [5], None, rp.InputTypeError, "type.wrong"),
        (money(10), "money", None, rp.InputTypeError, "type.wrong"),
        (10, monies(1), None, rp.InputTypeError, "type.wrong"),
        (money(10), monies(9, 9), 5, rp.InputTypeError, "type.wrong"),
    ],
)
def test_what_can_not_be_shared_is_refused(
    amount: Any,  # noqa: ANN401  # the point
    debts: Any,  # noqa: ANN401  # the point
    minimum: Any,  # noqa: ANN401  # the point
    error: type[rp.RepayPlanError],
    code: str,
) -> None:
    with pytest.raises(error) as caught:
        rp.pro_rata(amount, debts, minimum=minimum)
    assert caught.value.code == code


def test_an_amount_below_the_least_payments_says_what_would_do() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.pro_rata(money(10), monies(3, 100, 100), minimum=money(4))
    assert (caught.value.code, caught.value.data) == ("pro_rata.minimum", {"least": money(11)})
    assert rp.pro_rata(money(11), monies(3, 100, 100), minimum=money(4)) == tuple(monies(3, 4, 4))


def test_a_thousand_debts_are_shared_among() -> None:
    shared = rp.pro_rata(money(10**9), monies(*range(1, DEBTS_MAX + 1)), minimum=money(500))
    assert rp.Money.total(shared, EUR) == money(DEBTS_MAX * (DEBTS_MAX + 1) // 2)
