from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.plan import AS_OF, EUR, debt_of, money

FREE = rp.Rate.annual(0)


def debt(**fields: object) -> rp.Debt:
    stated: dict[str, object] = {"principal": money(100), "rate": FREE, "as_of": AS_OF}
    return rp.Debt(**{**stated, **fields})  # type: ignore[arg-type]  # wrong types are some tests' point


def test_what_is_not_stated_is_not_owed() -> None:
    owed = debt()
    assert (owed.interest, owed.fees, owed.penalties) == (money(0), money(0), money(0))
    assert owed.currency == EUR


def test_the_total_is_the_sum_of_the_balances() -> None:
    assert debt_of(1_000, interest=200, fees=30, penalties=4).total == money(1_234)


@pytest.mark.parametrize("units", [0, -1])
def test_a_principal_that_is_not_above_zero_is_refused(units: int) -> None:
    with pytest.raises(rp.TermsError) as caught:
        debt(principal=money(units))
    assert (caught.value.code, caught.value.field) == ("debt.principal", "principal")


@pytest.mark.parametrize("component", ["interest", "fees", "penalties"])
@pytest.mark.parametrize(
    ("balance", "error", "code"),
    [
        (money(-1), rp.TermsError, "debt.balance"),
        (rp.Money(1, "USD"), rp.MoneyError, "money.currency"),
        (rp.Money(1, rp.Currency("EUR", 4)), rp.MoneyError, "money.currency"),
        (5, rp.InputTypeError, "type.wrong"),
        (None, rp.InputTypeError, "type.wrong"),
    ],
)
def test_another_balance_is_refused_by_name(
    component: str, balance: object, error: type[rp.RepayPlanError], code: str
) -> None:
    with pytest.raises(error) as caught:
        debt(**{component: balance})
    assert (caught.value.code, caught.value.field) == (code, component)


@pytest.mark.parametrize(
    ("field", "value"), [("principal", 100), ("rate", "0.18"), ("as_of", "2026-01-01"), ("as_of", None)]
)
def test_a_field_of_the_wrong_type_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        debt(**{field: value})
    assert caught.value.field == field


def test_the_day_is_kept_as_the_librarys_date() -> None:
    assert type(debt(as_of=dt.date(2026, 1, 1)).as_of) is pendulum.Date


def test_each_balance_is_carried_where_its_treatment_says() -> None:
    treatments = rp.CarriedTreatments(
        interest=rp.CarriedTreatment.FIRST,
        fees=rp.CarriedTreatment.WAIVE,
        penalties=rp.CarriedTreatment.SPREAD,
    )
    assert debt_of(1_000, interest=200, fees=30, penalties=4).carried(treatments) == rp.CarriedBalances(
        interest=rp.CarriedBalance(money(200), rp.CarriedTreatment.FIRST),
        fees=rp.CarriedBalance(money(30), rp.CarriedTreatment.WAIVE),
        penalties=rp.CarriedBalance(money(4), rp.CarriedTreatment.SPREAD),
    )


def test_what_is_not_owed_is_not_carried() -> None:
    assert debt().carried(rp.CarriedTreatments()) == rp.CarriedBalances()


def test_a_debt_shows_the_day_and_the_currency_but_no_balance() -> None:
    assert repr(debt_of(987_654, interest=321)) == "<Debt in EUR on 2026-01-01>"


def test_a_debt_may_have_an_id_and_be_a_priority() -> None:
    named = attrs.evolve(debt_of(5), id="4417", priority=True)
    assert (named.id, named.priority) == ("4417", True)
    for wrong, error in (({"id": "a\nb"}, rp.TermsError), ({"id": 5}, rp.InputTypeError)):
        changes: dict[str, Any] = wrong
        with pytest.raises(error):
            attrs.evolve(debt_of(5), **changes)
    with pytest.raises(rp.InputTypeError):
        debt(priority="yes")
