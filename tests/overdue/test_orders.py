"""The usual orders: what each pays first, and the switch of cards in China."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import repayplan as rp
from repayplan.overdue import orders
from tests.overdue import (
    DATE,
    FEES,
    INTEREST,
    PENALTIES,
    PRINCIPAL,
    bearing,
    money,
    overdue_rules,
    parts_of,
    pay,
)

if TYPE_CHECKING:
    import pendulum

FEBRUARY, MARCH = DATE(2026, 2, 1), DATE(2026, 3, 1)


def charged() -> rp.Schedule:
    """Rows of 1.00 penalties, 1.00 fees, 3.00, 2.00 and 1.00 interest, and 100.00 principal."""
    spread = rp.CarriedBalance(money(300), rp.CarriedTreatment.SPREAD)
    return bearing(carried=rp.CarriedBalances(fees=spread, penalties=spread))


@pytest.mark.parametrize(
    ("order", "components"),
    [
        (orders.PENALTIES_FEES_INTEREST_PRINCIPAL, (PENALTIES, FEES, INTEREST, PRINCIPAL)),
        (orders.FEES_PENALTIES_INTEREST_PRINCIPAL, (FEES, PENALTIES, INTEREST, PRINCIPAL)),
        (orders.INTEREST_PRINCIPAL_PENALTIES_FEES, (INTEREST, PRINCIPAL, PENALTIES, FEES)),
        (orders.PRINCIPAL_INTEREST_PENALTIES_FEES, (PRINCIPAL, INTEREST, PENALTIES, FEES)),
        (orders.CN_CIVIL_CODE_561, (FEES, INTEREST, PENALTIES, PRINCIPAL)),
    ],
)
def test_an_order_pays_its_components_in_its_order(
    order: rp.AllocationOrder, components: tuple[rp.Component, ...]
) -> None:
    whole = rp.ledger_on(charged(), [pay("a", 10_500, FEBRUARY)], as_of=FEBRUARY, order=order)
    assert [allocation.component for allocation in whole.allocations] == list(components)
    assert {allocation.installment for allocation in whole.allocations} == {1}


def test_the_civil_code_is_cited_and_goes_across_all_that_is_due() -> None:
    order = orders.CN_CIVIL_CODE_561
    assert (order.sweep, order.judges_by_sums) == (rp.Sweep.ACROSS, True)
    assert order.citation is not None
    assert (order.citation.article, order.citation.force) == ("第五百六十一条", rp.Force.LAW)
    # fees of both, interest of both, penalties of both: 1 + 1 + 3 + 2 + 1 + 1, and 1.00 of principal
    day = DATE(2026, 3, 5)
    ledger = rp.ledger_on(charged(), [pay("a", 1_000, day)], as_of=day, order=order)
    assert parts_of(ledger) == [
        ("a", 1, FEES, 100),
        ("a", 2, FEES, 100),
        ("a", 1, INTEREST, 300),
        ("a", 2, INTEREST, 200),
        ("a", 1, PENALTIES, 100),
        ("a", 2, PENALTIES, 100),
        ("a", 1, PRINCIPAL, 100),
    ]


@pytest.mark.parametrize("order", [orders.CN_CIVIL_CODE_561, orders.CN_CREDIT_CARD])
def test_a_client_who_pays_an_installment_early_is_not_late_by_the_order(
    order: rp.AllocationOrder | rp.SwitchingOrder,
) -> None:
    # 103.00 on the due day and the next 102.00 a month early: nothing is missing before April
    payments = [pay("a", 10_300, FEBRUARY), pay("b", 10_200, DATE(2026, 2, 2))]
    standing = rp.standing_on(bearing(), payments, DATE(2026, 3, 31), overdue_rules(order=order))
    assert (standing.days_past_due, standing.past_due) == (0, money(0))


def test_cards_in_china_switch_after_ninety_days_of_the_contract() -> None:
    early, late = (order for _, order in orders.CN_CREDIT_CARD.orders)
    assert [first for first, _ in orders.CN_CREDIT_CARD.orders] == [0, 91]
    assert orders.CN_CREDIT_CARD.on(90) is early
    assert orders.CN_CREDIT_CARD.on(91) is late
    assert orders.CN_CREDIT_CARD.judges_by_sums
    for order in (early, late):
        assert order.citation is not None
        assert order.citation.article == "第五十七条"


@pytest.mark.parametrize(
    ("contract_due_on", "first"),
    [
        (None, INTEREST),  # nothing of the contract is past due
        (DATE(2026, 6, 1), INTEREST),  # nor is it here
        (DATE(2025, 11, 3), INTEREST),  # 27 + 31 + 31 + 1 = 90 days to 1 February
        (DATE(2025, 11, 2), PRINCIPAL),  # 91
    ],
)
def test_the_contracts_days_decide_what_a_payment_pays_first(
    contract_due_on: pendulum.Date | None, first: rp.Component
) -> None:
    ledger = rp.ledger_on(
        charged(),
        [pay("a", 50, FEBRUARY)],
        as_of=FEBRUARY,
        order=orders.CN_CREDIT_CARD,
        contract_due_on=contract_due_on,
    )
    assert parts_of(ledger) == [("a", 1, first, 50)]


def test_the_day_of_each_payment_decides_and_not_the_day_of_the_question() -> None:
    payments = [pay("a", 50, FEBRUARY), pay("b", 50, DATE(2026, 2, 2))]
    ledger = rp.ledger_on(
        charged(),
        payments,
        as_of=DATE(2026, 12, 31),
        order=orders.CN_CREDIT_CARD,
        contract_due_on=DATE(2025, 11, 3),
    )
    assert parts_of(ledger) == [("a", 1, INTEREST, 50), ("b", 1, PRINCIPAL, 50)]
    early, late = (order for _, order in orders.CN_CREDIT_CARD.orders)
    assert [allocation.order for allocation in ledger.allocations] == [early, late]


REGULATOR = rp.Hold(
    "h",
    rp.HoldKind.LITIGATION,
    {rp.HoldEffect.REGULATORY_DAYS_STOP},
    DATE(2025, 12, 1),
    DATE(2025, 12, 31),
    recorded_on=DATE(2026, 1, 20),
    debtor="anna",
)


@pytest.mark.parametrize(
    ("debtor", "known_on", "days", "first"),
    [
        ("anna", None, 90, INTEREST),
        ("anna", DATE(2026, 1, 19), 121, PRINCIPAL),  # the hold is not known yet
        (None, None, 121, PRINCIPAL),
        ("boris", None, 121, PRINCIPAL),
    ],
)
def test_an_order_switches_by_the_days_that_the_standing_tells(
    debtor: str | None, known_on: pendulum.Date | None, days: int, first: rp.Component
) -> None:
    payments = [rp.Payment("a", money(50), DATE(2026, 1, 10), effective_on=FEBRUARY)]
    facts: dict[str, Any] = {
        "holds": [REGULATOR],
        "contract_due_on": DATE(2025, 10, 3),
        "debtor": debtor,
        "known_on": known_on,
    }
    rules = overdue_rules(order=orders.CN_CREDIT_CARD, counted_days=rp.WeekendCalendar())
    standing = rp.standing_on(charged(), payments, FEBRUARY, rules, **facts)
    ledger = rp.ledger_on(charged(), payments, as_of=FEBRUARY, order=orders.CN_CREDIT_CARD, **facts)
    assert standing.contract_days_past_due == days
    assert parts_of(ledger) == parts_of(standing.ledger) == [("a", 1, first, 50)]
    assert ledger.allocations[0].order is orders.CN_CREDIT_CARD.on(days)


def test_who_pays_what_was_agreed_is_not_late_where_principal_is_paid_first() -> None:
    # 105.00 in February, 104.00 in March, each on its day; the contract is long past due
    payments = [pay("a", 10_500, FEBRUARY), pay("b", 10_400, MARCH)]
    standing = rp.standing_on(
        charged(),
        payments,
        DATE(2026, 3, 31),
        overdue_rules(order=orders.CN_CREDIT_CARD),
        contract_due_on=DATE(2025, 1, 1),
    )
    assert (standing.days_past_due, standing.state) == (0, rp.StandingState.ON_TRACK)


def test_a_cent_less_is_late_by_the_sums() -> None:
    payments = [pay("a", 10_499, FEBRUARY)]
    standing = rp.standing_on(
        charged(),
        payments,
        DATE(2026, 2, 11),
        overdue_rules(order=orders.CN_CREDIT_CARD),
        contract_due_on=DATE(2025, 1, 1),
    )
    assert (standing.days_past_due, standing.past_due) == (10, money(1))
    # principal, interest and fees are paid; 0.01 of penalties is what the order left open
    assert standing.past_due_by_component[PENALTIES] == money(1)
    assert sum(amount.minor_units for amount in standing.past_due_by_component.values()) == 1
