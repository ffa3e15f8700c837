"""The European Union: the examples that the consumer credit directives gave for their rate of charge.

Source: Directive 98/7/EC, Annex II, which made them Annex III of Directive 87/102/EEC. Part A counts days
over 365, which is what spreadsheets do (``XIRR``); part B counts equal months, as Directive (EU) 2023/2225,
Annex III, remark (c), does for whole months. The equation is unchanged since.
"""

from __future__ import annotations

from decimal import Decimal

import pendulum
import pytest

import repayplan as rp
from repayplan.schedule.apr import AprMethod, annual_percentage_rate
from repayplan.schedule.cash_flows import CashFlows

DATE = pendulum.date
LENT_ON = DATE(1994, 1, 1)

ONE_PAYMENT = [("1200", DATE(1995, 7, 1))]
TWO_YEARS = [("600", DATE(1995, 1, 1)), ("600", DATE(1996, 1, 1))]
THREE_PARTS = [("272", DATE(1994, 4, 1)), ("272", DATE(1994, 7, 1)), ("544", DATE(1995, 1, 1))]


@pytest.mark.parametrize(
    ("lent", "payments", "by_days", "by_months"),
    [
        ("1000", ONE_PAYMENT, "12.96", "12.92"),
        ("950", ONE_PAYMENT, "16.90", "16.85"),
        ("1000", TWO_YEARS, "13.07", "13.07"),
        ("1000", THREE_PARTS, "13.23", "13.19"),
    ],
)
def test_the_four_examples_are_reproduced(
    lent: str, payments: list[tuple[str, pendulum.Date]], by_days: str, by_months: str
) -> None:
    amounts = tuple((on, rp.Money(amount, "EUR")) for amount, on in payments)
    flows = CashFlows(rp.Money(lent, "EUR"), LENT_ON, amounts)
    assert annual_percentage_rate(flows, AprMethod.XIRR).percent() == Decimal(by_days)
    assert annual_percentage_rate(flows, AprMethod.EU_DIRECTIVE).percent() == Decimal(by_months)
