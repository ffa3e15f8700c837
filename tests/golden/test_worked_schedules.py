"""Worked schedules of 12 CFR 1026 (Regulation Z), Supplement I: steps, balloons, interest first, a refusal.

The source prints whole dollars, rounded half up, of months that are all equal.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pendulum
import pytest

import repayplan as rp
from tests.reference import Case, case

if TYPE_CHECKING:
    from repayplan.schedule.repayment import Repayment

FILE = "worked_examples.json"
FINE_DOLLARS = rp.Currency("USD", 12)
"""For a balloon, which gathers what cents round off: the source does not round the payments before it."""
STARTS_ON = pendulum.date(2026, 1, 1)


def dollars(amount: int, currency: str | rp.Currency = "USD") -> rp.Money:
    return rp.Money(amount, currency)


def annual(share: float) -> rp.Rate:
    return rp.Rate.annual(Decimal(str(share)))


def after(months: int) -> pendulum.Date:
    return STARTS_ON.add(months=months)


def terms(row: Case, repayment: Repayment, **fields: Any) -> rp.Terms:  # noqa: ANN401  # fields of Terms
    inputs = row["inputs"]
    rate = fields.pop("rate", None) or annual(inputs["annual_rate"])
    principal = fields.pop("principal", None) or dollars(inputs["principal"])
    return rp.Terms(
        principal=principal,
        rate=rate,
        starts_on=STARTS_ON,
        first_due=after(1),
        repayment=repayment,
        **fields,
    )


def whole(money: rp.Money) -> int:
    """Round to whole dollars, half up as the source does."""
    return rp.Rounding.HALF_UP.apply(money.exact)


def test_a_rate_that_rises_in_steps_makes_three_payments() -> None:
    row = case(FILE, None, "regz-43c5i-5-iii")
    steps, months = [], 0
    for length, share in row["inputs"]["rates"]:
        steps.append((after(months), annual(share)))
        months += length
    assert months == row["inputs"]["months"]
    pattern = rp.LevelPayment(months, resets=True)
    schedule = rp.build_schedule(terms(row, pattern, rate=tuple(steps)))
    payments = [whole(installment.amount) for installment in schedule]
    firsts = [0, 24, 60]
    assert [payments[place] for place in firsts] == row["expected"]["payments_rounded"]
    assert len(set(payments[:24])) == len(set(payments[24:60])) == len(set(payments[60:-1])) == 1
    assert len(schedule) == row["inputs"]["months"]
    assert whole(schedule[59].closing) == row["expected"]["balance_after_60"]


@pytest.mark.parametrize("identity", ["regz-43c5iiA-4-i", "regz-43c5iiA-5"])
def test_a_balloon_is_what_a_longer_amortization_leaves(identity: str) -> None:
    row = case(FILE, None, identity)
    inputs = row["inputs"]
    pattern = rp.BalloonRemainder(count=inputs["term_months"], amortized_over=inputs["amort_months"])
    principal = dollars(inputs["principal"], FINE_DOLLARS)
    schedule = rp.build_schedule(terms(row, pattern, principal=principal))
    assert len(schedule) == inputs["term_months"]
    assert {whole(installment.amount) for installment in schedule[:-1]} == {
        row["expected"]["payment_rounded"]
    }
    assert whole(schedule[-1].amount) == row["expected"]["balloon"]


@pytest.mark.parametrize(
    ("identity", "interest_only", "interest"), [("regz-43c5iiB-3-i", 60, 1167), ("regz-43d5i-7", 24, 1167)]
)
def test_interest_first_and_then_a_level_payment(identity: str, interest_only: int, interest: int) -> None:
    row = case(FILE, None, identity)
    pattern = rp.InterestOnly(interest_only, then=rp.LevelPayment(row["inputs"]["months"]))
    schedule = rp.build_schedule(terms(row, pattern))
    assert len(schedule) == interest_only + row["inputs"]["months"] == 360
    first, rest = schedule[:interest_only], schedule[interest_only:-1]
    assert {(whole(installment.amount), installment.principal) for installment in first} == {
        (interest, dollars(0))
    }
    assert {whole(installment.amount) for installment in rest} == {row["expected"]["payment_rounded"]}


def stepped(payments: list[list[int]]) -> rp.StepPayments:
    return rp.StepPayments(tuple((count, dollars(amount)) for count, amount in payments))


def listed(payments: list[list[int]]) -> rp.CustomPayments:
    return rp.CustomPayments(tuple(dollars(amount) for count, amount in payments for _ in range(count)))


@pytest.mark.parametrize("pattern", [stepped, listed])
def test_payments_below_the_interest_are_refused(pattern: Any) -> None:  # noqa: ANN401  # one of two makers
    # The source lets the balance grow to 115 % of the principal; a plan for a client in arrears never does.
    row = case(FILE, None, "regz-43b7-3-i")
    inputs = row["inputs"]
    rate = ((STARTS_ON, annual(inputs["first_month_rate"])), (after(1), annual(inputs["then_rate"])))
    # The first month still repays: 690 is above 200,000 x 1.5 % / 12. The second owes 199,560 x 10.5 % / 12.
    with pytest.raises(rp.NegativeAmortizationError, match=r"interest of 1746\.15 USD") as caught:
        rp.build_schedule(terms(row, pattern(inputs["payments"]), rate=rate))
    assert caught.value.data["least_payment"] == rp.Money("1746.16", "USD")
