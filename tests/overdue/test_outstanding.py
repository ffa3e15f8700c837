"""What is owed in all on a day: interest to the day, and money in and out that balances."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

import repayplan as rp
from tests.overdue import (
    DATE,
    FEES,
    INTEREST,
    PENALTIES,
    PRINCIPAL,
    START,
    Wrong,
    bearing,
    money,
    pay,
    plain,
    schedule_of,
)

if TYPE_CHECKING:
    import datetime

FEBRUARY, MARCH, APRIL = DATE(2026, 2, 1), DATE(2026, 3, 1), DATE(2026, 4, 1)
HALF_FEBRUARY = DATE(2026, 2, 15)  # 14 of 28 days
CREDIT = rp.AllocationOrder.of("credit", tuple(rp.Component), overpayment=rp.Overpayment.CREDIT)
SHORTEN = rp.AllocationOrder.of("shorten", tuple(rp.Component), overpayment=rp.Overpayment.SHORTEN_TERM)


def owed(
    schedule: rp.Schedule, payments: list[rp.Payment], on: datetime.date, **more: Wrong
) -> tuple[int, int, int, int, int]:
    """Principal, interest, fees, penalties and credit, in minor units."""
    found = rp.outstanding_on(rp.ledger_on(schedule, payments, as_of=on, **more))
    assert found.on == on
    amounts = (found.principal, found.interest, found.fees, found.penalties, found.credit)
    principal, interest, fees, penalties, credit = (amount.minor_units for amount in amounts)
    assert found.total.minor_units == principal + interest + fees + penalties
    return principal, interest, fees, penalties, credit


@pytest.mark.parametrize(
    ("day", "interest"),
    [
        (START, 0),
        (DATE(2026, 1, 16), 145),  # 15 of 31 days of 3.00: 1.4516
        (FEBRUARY, 300),
        (HALF_FEBRUARY, 400),  # and 14 of 28 days of 2.00
        (MARCH, 500),
        (APRIL, 600),
        (DATE(2027, 4, 1), 600),  # nothing runs after the last period
    ],
)
def test_interest_is_charged_to_the_day(day: datetime.date, interest: int) -> None:
    assert owed(bearing(), [], day) == (30_000, interest, 0, 0, 0)


def test_interest_by_actual_days() -> None:
    # 3.06 of January; 10 days on 200.00 at 12 %: 2400.00 / 365 / 10 = 0.6575
    schedule = bearing(day_count=rp.DayCount.ACT_365F)
    assert owed(schedule, [], DATE(2026, 2, 11)) == (30_000, 372, 0, 0, 0)


def test_flat_interest_runs_on_the_first_principal() -> None:
    # 3.00 and half of 3.00
    schedule = schedule_of(30_000, rp.FlatInterest(3), "0.12")
    assert owed(schedule, [], HALF_FEBRUARY) == (30_000, 450, 0, 0, 0)


def test_what_was_paid_is_not_owed_any_more() -> None:
    # 103.00 of the first; 1.00 of interest since
    assert owed(bearing(), [pay("a", 10_300, FEBRUARY)], HALF_FEBRUARY) == (20_000, 100, 0, 0, 0)


def test_interest_paid_in_advance_pays_what_is_owed_now() -> None:
    # 2.00 of the second row are paid, 1.00 of which is charged; the other pays principal
    assert owed(bearing(), [pay("a", 10_500, FEBRUARY)], HALF_FEBRUARY) == (19_900, 0, 0, 0, 0)


def test_credit_pays_what_is_owed_and_what_is_left_of_it_is_named() -> None:
    assert owed(bearing(), [pay("a", 10_350, FEBRUARY)], HALF_FEBRUARY, order=CREDIT) == (20_000, 50, 0, 0, 0)
    assert owed(bearing(), [pay("a", 40_000, FEBRUARY)], FEBRUARY, order=CREDIT) == (0, 0, 0, 0, 9_700)


def test_credit_pays_penalties_fees_interest_and_principal_in_this_order() -> None:
    spread = rp.CarriedBalance(money(300), rp.CarriedTreatment.SPREAD)
    schedule = bearing(carried=rp.CarriedBalances(interest=spread, fees=spread, penalties=spread))
    # on the first day 300.00, 3.00 of each are owed, and none is due
    paid: dict[int, tuple[int, ...]] = {
        0: (30_000, 300, 300, 300, 0),
        200: (30_000, 300, 300, 100, 0),
        500: (30_000, 300, 100, 0, 0),
        700: (30_000, 200, 0, 0, 0),
        1_000: (29_900, 0, 0, 0, 0),
        31_000: (0, 0, 0, 0, 100),
    }
    for units, expected in paid.items():
        payments = [pay("a", units, START)] if units else []
        assert owed(schedule, payments, START, order=CREDIT) == expected


def test_what_was_owed_at_the_start_is_owed_whole_whenever_it_falls_due() -> None:
    carried = rp.CarriedBalances(
        interest=rp.CarriedBalance(money(500), rp.CarriedTreatment.FIRST),
        fees=rp.CarriedBalance(money(301), rp.CarriedTreatment.SPREAD),
        penalties=rp.CarriedBalance(money(77), rp.CarriedTreatment.WAIVE),
    )
    assert owed(plain(carried=carried), [], START) == (30_000, 500, 301, 0, 0)
    into = rp.CarriedBalances(interest=rp.CarriedBalance(money(300), rp.CarriedTreatment.CAPITALIZE))
    assert owed(plain(carried=into), [], START) == (30_300, 0, 0, 0, 0)


def test_fees_are_owed_from_the_day_on_which_they_are_charged() -> None:
    schedule = plain(
        fees=(
            rp.InstallmentFee(money(50)),
            rp.SingleFee(money(700), DATE(2026, 2, 10)),
            rp.SingleFee(money(90), DATE(2026, 3, 10)),
        )
    )
    assert owed(schedule, [], FEBRUARY)[2] == 50
    assert owed(schedule, [], DATE(2026, 2, 9))[2] == 50
    assert owed(schedule, [], DATE(2026, 2, 10))[2] == 750  # charged, and asked for in March
    assert owed(schedule, [], MARCH)[2] == 800
    assert owed(schedule, [], APRIL)[2] == 940
    early = plain(fees=(rp.SingleFee(money(700), START),))
    assert owed(early, [], START)[2] == 700


def test_charges_are_owed_by_component() -> None:
    charges = [
        rp.Charge("a", money(10), 1, PENALTIES, FEBRUARY),
        rp.Charge("b", money(20), 1, FEES, FEBRUARY),
        rp.Charge("c", money(40), 1, INTEREST, FEBRUARY),
        rp.Charge("d", money(80), 1, FEES, MARCH),
    ]
    assert owed(plain(), [], FEBRUARY, charges=charges) == (30_000, 40, 20, 10, 0)
    paid = [pay("a", 10_025, FEBRUARY)]
    assert owed(plain(), paid, FEBRUARY, charges=charges) == (20_000, 40, 5, 0, 0)


def test_what_is_waived_is_not_owed() -> None:
    waivers = [
        rp.Waiver("a", money(300), 1, INTEREST, FEBRUARY),
        rp.Waiver("b", money(5_000), 3, PRINCIPAL, FEBRUARY),
    ]
    assert owed(bearing(), [], FEBRUARY, waivers=waivers) == (25_000, 0, 0, 0, 0)
    assert owed(bearing(), [], DATE(2026, 1, 31), waivers=waivers)[0] == 30_000


def test_what_is_waived_of_interest_to_come_takes_nothing_off_the_principal() -> None:
    # the interest of the second row is let go before its period begins: nothing of it is owed yet
    waiver = rp.Waiver("w", money(200), 2, INTEREST, START)
    assert owed(bearing(), [], START, waivers=[waiver]) == (30_000, 0, 0, 0, 0)
    assert owed(bearing(), [], FEBRUARY, waivers=[waiver]) == (30_000, 300, 0, 0, 0)
    assert owed(bearing(), [], MARCH, waivers=[waiver]) == (30_000, 300, 0, 0, 0)
    assert owed(bearing(), [], APRIL, waivers=[waiver]) == (30_000, 400, 0, 0, 0)


def test_what_is_waived_of_fees_to_come_takes_nothing_off_the_principal() -> None:
    schedule = plain(fees=(rp.InstallmentFee(money(50)),))
    waiver = rp.Waiver("w", money(50), 3, FEES, START)
    assert owed(schedule, [], FEBRUARY, waivers=[waiver]) == (30_000, 0, 50, 0, 0)


def test_what_is_waived_of_interest_that_was_put_off_is_not_owed() -> None:
    # the second row asks for 3.00 that were put off and 2.00 of its own; 4.00 of that are let go
    schedule = bearing(grace=rp.Grace(interest=1))
    waiver = rp.Waiver("w", money(400), 2, INTEREST, MARCH)
    ledger = rp.ledger_on(schedule, [], as_of=APRIL, waivers=[waiver])
    assert ledger.outstanding_of(INTEREST) == money(200)
    assert owed(schedule, [], APRIL, waivers=[waiver]) == (30_000, 200, 0, 0, 0)
    assert owed(schedule, [], MARCH, waivers=[waiver]) == (30_000, 100, 0, 0, 0)


def test_interest_falls_from_the_day_of_an_early_repayment() -> None:
    payments = [pay("a", 20_300, FEBRUARY)]
    # 100.00 are left, half a month at 1 %
    assert owed(bearing(), payments, HALF_FEBRUARY, order=SHORTEN) == (10_000, 50, 0, 0, 0)
    assert owed(bearing(), payments, APRIL, order=SHORTEN) == (10_000, 100, 0, 0, 0)


def test_the_up_front_payment_is_owed_too() -> None:
    schedule = schedule_of(35_000, rp.EqualPrincipal(3), "0.12", upfront=money(5_000))
    assert owed(schedule, [], START) == (35_000, 0, 0, 0, 0)
    assert owed(schedule, [pay("a", 5_000, START)], FEBRUARY) == (30_000, 300, 0, 0, 0)


TEMPORARY: dict[str, Wrong] = {"review_on": DATE(2026, 6, 1), "residual": money(10_000)}


def test_the_residual_of_temporary_terms_is_owed_and_bears_interest_to_the_review() -> None:
    # 400.00, of which 100.00 stay: 4.00, 3.00, 2.00; then 1.00 a month on the rest for two months
    schedule = schedule_of(40_000, rp.EqualPrincipal(3), "0.12", **TEMPORARY)
    assert schedule.interests == (400, 300, 200)
    assert owed(schedule, [], APRIL) == (40_000, 900, 0, 0, 0)
    assert owed(schedule, [], DATE(2026, 5, 1)) == (40_000, 1_000, 0, 0, 0)
    assert owed(schedule, [], DATE(2026, 6, 1)) == (40_000, 1_100, 0, 0, 0)
    assert owed(schedule, [], DATE(2026, 9, 1)) == (40_000, 1_100, 0, 0, 0)


def test_the_residual_bears_interest_after_an_early_repayment_too() -> None:
    schedule = schedule_of(40_000, rp.EqualPrincipal(3), "0.12", **TEMPORARY)
    # 104.00 due and 200.00 early: 100.00 stay, at 1.00 a month: March, April and the first month after
    payments = [pay("a", 30_400, FEBRUARY)]
    assert owed(schedule, payments, DATE(2026, 5, 1), order=SHORTEN) == (10_000, 300, 0, 0, 0)


def test_what_is_owed_is_what_was_charged_less_what_was_paid() -> None:
    payments = [pay("a", 7_123, DATE(2026, 1, 20)), pay("b", 5_000, DATE(2026, 2, 20))]
    charges = [rp.Charge("c", money(321), 1, PENALTIES, DATE(2026, 2, 5))]
    for day, charged in ((FEBRUARY, 30_300), (HALF_FEBRUARY, 30_721), (MARCH, 30_821), (APRIL, 30_921)):
        paid = 7_123 + (5_000 if day >= DATE(2026, 2, 20) else 0)
        found = rp.outstanding_on(rp.ledger_on(bearing(), payments, as_of=day, charges=charges))
        assert found.total.minor_units - found.credit.minor_units == charged - paid


def test_before_the_schedule_starts_nothing_can_be_said() -> None:
    with pytest.raises(rp.DateError) as caught:
        rp.outstanding_on(rp.ledger_on(plain(), [], as_of=DATE(2025, 12, 31)))
    assert (caught.value.code, caught.value.field) == ("outstanding.day", "as_of")


@pytest.mark.parametrize("wrong", [None, "ledger", plain()])
def test_only_a_ledger_says_what_is_owed(wrong: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.outstanding_on(wrong)
    assert caught.value.field == "ledger"


def test_what_is_owed_is_not_shown() -> None:
    found = rp.outstanding_on(rp.ledger_on(plain(), [], as_of=FEBRUARY))
    assert repr(found) == "<Outstanding on 2026-02-01>"
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own
