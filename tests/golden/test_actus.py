"""Schedules of the ACTUS tests (CC BY-SA 4.0), which are not rounded: checked with a currency of 12 digits.

The published figures are floats written as text, so this is the one place where amounts are compared within a
bound, a thousand millionth of a dollar, rather than for equality.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import pendulum
import pytest

import repayplan as rp
from tests.reference import Case, case

FINE_DOLLARS = rp.Currency("USD", 12)
BOUND = Decimal("1e-9")

DAY_COUNTS = {
    "A365": rp.DayCount.ACT_365F,
    "30E360": rp.DayCount.THIRTY_E_360,
    "AA": rp.DayCount.ACT_ACT_ISDA,
}


def day(text: str) -> pendulum.Date:
    plain = datetime.datetime.fromisoformat(text).date()
    return pendulum.date(plain.year, plain.month, plain.day)


def terms_of(row: Case) -> rp.Terms:
    contract, count = row["terms"], len(row["expected_rows"])
    level = row["contract_type"] == "ANN"
    return rp.Terms(
        principal=rp.Money(contract["notionalPrincipal"], FINE_DOLLARS),
        rate=rp.Rate.annual(contract["nominalInterestRate"]),
        starts_on=day(contract["initialExchangeDate"]),
        first_due=day(contract["cycleAnchorDateOfPrincipalRedemption"]),
        repayment=rp.LevelPayment(count) if level else rp.EqualPrincipal(count),
        day_count=DAY_COUNTS[contract["dayCountConvention"]],
    )


def agrees(money: rp.Money, published: str | float, sign: int) -> bool:
    return abs(money.amount - sign * Decimal(str(published))) < BOUND


@pytest.mark.parametrize(
    "identity", ["ann01", "ann02", "ann06", "ann07", "ann20", "ann27", "lam06", "lam27", "lam28"]
)
def test_every_row_of_the_source_is_reproduced(identity: str) -> None:
    row = case("actus_schedules.json", "cases", identity)
    # "RPL" is the borrower's side of the contract: the same figures with the opposite sign
    sign = -1 if row["terms"]["contractRole"] == "RPL" else 1
    schedule = rp.build_schedule(terms_of(row))
    assert [str(installment.due_on) for installment in schedule] == [
        line["date"] for line in row["expected_rows"]
    ]
    for installment, line in zip(schedule, row["expected_rows"], strict=True):
        assert agrees(installment.principal, line["principal"], sign)
        assert agrees(installment.interest, line["interest"], sign)
        assert agrees(installment.closing, line["balance"], sign)
