"""What a revision takes over, and what is too little for one."""

from __future__ import annotations

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.plan import AS_OF, FIRST_DUE, HOUSE, able_to_pay, debt_of, money, plan_rules

PENALTIES_LAST = rp.PRINCIPAL_INTEREST_PENALTIES_FEES
MARCH, APRIL = pendulum.date(2026, 3, 15), pendulum.date(2026, 4, 2)


def plan() -> rp.Plan:
    """12.00 in three installments without interest, and 3.00 of penalties spread over them."""
    rules = plan_rules(3, order=attrs.evolve(PENALTIES_LAST, sweep=rp.Sweep.ACROSS))
    offers = rp.propose(debt_of(1_200, penalties=300), able_to_pay(500), rules=rules, first_due=FIRST_DUE)
    assert isinstance(offers, rp.Offers)
    return rp.agree(
        offers[0], on=AS_OF, form=rp.AgreementForm.ORAL, accepted_in="c", contact_by=rp.Channel.SMS
    )


def paid(units: int) -> list[rp.Payment]:
    return [rp.Payment("p", money(units), APRIL)]


def test_it_is_told_by_the_order_of_the_plan_unless_another_is_stated() -> None:
    payments = [rp.Payment("p", money(800), MARCH)]
    debt = rp.outstanding_debt(plan(), payments, MARCH)
    assert (debt.principal, debt.penalties) == (money(400), money(300))
    usual = rp.outstanding_debt(plan(), payments, MARCH, order=rp.PENALTIES_FEES_INTEREST_PRINCIPAL)
    assert (usual.principal, usual.penalties) == (money(600), money(100))
    for wrong in ("usual", "", 0):
        with pytest.raises(rp.InputTypeError) as caught:
            rp.outstanding_debt(plan(), payments, MARCH, order=wrong)  # type: ignore[arg-type]  # the point
        assert caught.value.field == "order"


def test_where_no_principal_is_left_the_error_says_what_to_do_and_that_works() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.outstanding_debt(plan(), paid(1_200), APRIL)
    assert caught.value.code == "revision.no_principal"
    assert "Debt(principal=their sum, rate=Rate.annual(0))" in caught.value.message
    rest = debt_of(300, as_of=APRIL)
    offers = rp.propose(rest, able_to_pay(100), rules=plan_rules(), first_due=pendulum.date(2026, 5, 1))
    assert isinstance(offers, rp.Offers)
    assert offers[-1].schedule.total == money(300)


def test_where_nothing_is_left_there_is_nothing_to_revise() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.outstanding_debt(plan(), paid(1_500), APRIL)
    assert caught.value.code == "revision.nothing"


def test_rules_state_the_order_of_allocation() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        plan_rules(order=HOUSE)  # type: ignore[arg-type]  # the point
    assert (caught.value.code, caught.value.field) == ("order.type", "order")
