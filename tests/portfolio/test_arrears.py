"""What is past due by sums: of an account whose payments sum up to anything, and of those beside it."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import repayplan as rp
from repayplan.policies import cn
from repayplan.portfolio import IN_PAYMENTS, standings
from tests.portfolio import account, batch_of, expected_standing, without_route

AS_OF = dt.date(2026, 5, 1)
RULES = attrs.evolve(cn.CREDIT_CARD.in_force(AS_OF).overdue, order=rp.PENALTIES_FEES_INTEREST_PRINCIPAL)
GREATEST = 2**63 - 1


@pytest.mark.parametrize("amounts", [(GREATEST, GREATEST), (GREATEST, 1), (-GREATEST,), (-5,), (0,)], ids=str)
@pytest.mark.parametrize("as_of", [AS_OF, dt.date(2026, 1, 20)], ids=str)
def test_payments_that_are_none_bear_on_no_other_account(amounts: tuple[int, ...], as_of: dt.date) -> None:
    rows = [account(account="before"), account(account="odd")]
    day = dt.date(2026, 1, 16)
    paid = [
        {"account": "odd", "id": f"p{place}", "amount": amount, "received_on": day}
        for place, amount in enumerate(amounts)
    ]
    for order in (rows, rows[::-1]):
        found = standings(batch_of(order), batch_of(paid, IN_PAYMENTS), as_of, RULES).to_pylist()
        assert without_route(found) == [expected_standing(row, paid, as_of, RULES) for row in order]
        (odd,) = (row for row in found if row["account"] == "odd")
        assert odd["error"]
