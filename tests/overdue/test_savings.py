"""Interest that is no longer charged since principal was repaid early, worked out by hand."""

from __future__ import annotations

import time
from typing import TypeAlias

import pytest

import repayplan as rp
from repayplan.overdue.savings import Savings
from tests.overdue import DATE, INTEREST, PRINCIPAL, Wrong, bearing, money, parts_of, pay, plain, schedule_of

SHORTEN = rp.AllocationOrder.of("shorten", tuple(rp.Component), overpayment=rp.Overpayment.SHORTEN_TERM)
LOWER = rp.AllocationOrder.of("lower", tuple(rp.Component), overpayment=rp.Overpayment.LOWER_INSTALLMENTS)
FEBRUARY, END = DATE(2026, 2, 1), DATE(2026, 12, 31)

Rows: TypeAlias = list[tuple[int, int, int]]


def rows_of(
    schedule: rp.Schedule, order: rp.AllocationOrder, *payments: rp.Payment, on: Wrong = None
) -> Rows:
    """Interest asked for, saved, and principal open of each installment, on the day of the last payment."""
    ledger = rp.ledger_on(schedule, payments, as_of=on or payments[-1].effective, order=order)
    return [
        (
            row[INTEREST].asked.minor_units,
            row[INTEREST].saved.minor_units,
            row[PRINCIPAL].outstanding.minor_units,
        )
        for row in ledger.installments
    ]


def test_a_shorter_term_repays_the_last_principal_and_saves_its_interest() -> None:
    # 103.00 are due; 100.00 repay the third row. The second bears 1 % of 100.00 and not of 200.00, the third
    # bears nothing
    assert rows_of(bearing(), SHORTEN, pay("a", 20_300, FEBRUARY)) == [
        (300, 0, 0),
        (100, 100, 10_000),
        (0, 100, 0),
    ]


def test_lower_installments_repay_each_in_proportion() -> None:
    # 50.00 of the second and of the third row: 1 % of 100.00, and of 50.00
    assert rows_of(bearing(), LOWER, pay("a", 20_300, FEBRUARY)) == [
        (300, 0, 0),
        (100, 100, 5_000),
        (50, 50, 5_000),
    ]


def test_lower_installments_share_a_cent_that_does_not_divide_with_the_earlier_one() -> None:
    assert rows_of(bearing(), LOWER, pay("a", 10_301, FEBRUARY)) == [
        (300, 0, 0),
        (200, 0, 9_999),
        (100, 0, 10_000),
    ]


def test_what_was_waived_takes_no_part() -> None:
    # 60.00 of the second row are open and 100.00 of the third: 80.00 are shared 30.00 to 50.00
    waiver = rp.Waiver("w", money(4_000), 2, PRINCIPAL, FEBRUARY)
    ledger = rp.ledger_on(
        plain(), [pay("a", 18_000, FEBRUARY)], as_of=FEBRUARY, order=LOWER, waivers=[waiver]
    )
    assert parts_of(ledger) == [
        ("a", 1, PRINCIPAL, 10_000),
        ("a", 2, PRINCIPAL, 3_000),
        ("a", 3, PRINCIPAL, 5_000),
    ]


@pytest.mark.parametrize("order", [SHORTEN, LOWER])
def test_without_interest_there_is_nothing_to_save(order: rp.AllocationOrder) -> None:
    ledger = rp.ledger_on(plain(), [pay("a", 15_000, FEBRUARY)], as_of=FEBRUARY, order=order)
    assert ledger.replayed.saved == {}
    assert ledger.outstanding == money(15_000)


def test_inside_a_nominal_period_the_days_decide() -> None:
    # 15 February is 14 of 28 days in: half a month on 200.00 and half on 100.00 is 1.00 + 0.50
    payments = [pay("a", 10_300, FEBRUARY), pay("b", 10_000, DATE(2026, 2, 15))]
    assert rows_of(bearing(), SHORTEN, *payments) == [(300, 0, 0), (150, 50, 10_000), (0, 100, 0)]


def test_before_the_first_due_day_the_first_period_is_saved_too() -> None:
    # 16 January is 15 of 31 days in. 50.00 of the third row: the first bears 3.00 - 0.50 x 16/31 = 2.7419,
    # the second 1 % of 150.00 and the third 1 % of 50.00
    assert rows_of(bearing(), SHORTEN, pay("a", 5_000, DATE(2026, 1, 16))) == [
        (274, 26, 10_000),
        (150, 50, 10_000),
        (50, 50, 5_000),
    ]


def test_by_actual_days_each_day_counts() -> None:
    # 0.12/365 a day: 31 days on 300.00 are 3.0575, 28 on 200.00 are 1.8411, 31 on 100.00 are 1.0192.
    # From 11 February on 18 days on 100.00: 0.12/365 x (10 x 200.00 + 18 x 100.00) = 1.2493
    schedule = bearing(day_count=rp.DayCount.ACT_365F)
    assert schedule.interests == (306, 184, 102)
    payments = [pay("a", 10_306, FEBRUARY), pay("b", 10_000, DATE(2026, 2, 11))]
    assert rows_of(schedule, SHORTEN, *payments) == [(306, 0, 0), (125, 59, 10_000), (0, 102, 0)]


def test_two_early_repayments_add_up() -> None:
    # by days: 10 on 200.00, then 10 on 150.00, then 8 on 100.00: 0.12/365 x 4300.00 = 1.4137; half of the
    # third row and then all of it
    schedule = bearing(day_count=rp.DayCount.ACT_365F)
    payments = [
        pay("a", 10_306, FEBRUARY),
        pay("b", 5_000, DATE(2026, 2, 11)),
        pay("c", 5_000, DATE(2026, 2, 21)),
    ]
    assert rows_of(schedule, SHORTEN, *payments[:2]) == [(306, 0, 0), (155, 29, 10_000), (51, 51, 5_000)]
    assert rows_of(schedule, SHORTEN, *payments) == [(306, 0, 0), (141, 43, 10_000), (0, 102, 0)]


def test_flat_interest_is_on_the_first_principal_whatever_is_repaid() -> None:
    schedule = schedule_of(30_000, rp.FlatInterest(3), "0.12")
    assert schedule.interests == (300, 300, 300)
    assert rows_of(schedule, SHORTEN, pay("a", 20_300, FEBRUARY)) == [
        (300, 0, 0),
        (300, 0, 10_000),
        (300, 0, 0),
    ]


def test_what_is_repaid_beyond_all_principal_is_credit() -> None:
    # 103.00 due, 200.00 of principal, and no interest any more; 50.00 are too much
    ledger = rp.ledger_on(bearing(), [pay("a", 35_300, FEBRUARY)], as_of=FEBRUARY, order=SHORTEN)
    assert (ledger.outstanding, ledger.credit) == (money(0), money(5_000))
    assert {part.component for part in ledger.replayed.parts} == {2, 3}


def test_once_all_principal_is_repaid_the_next_payment_is_credit_for_what_is_left() -> None:
    # on 15 February 200.00 repay everything; half a month of interest on 200.00 is left to ask for in March
    payments = [
        pay("a", 10_300, FEBRUARY),
        pay("b", 20_000, DATE(2026, 2, 15)),
        pay("c", 150, DATE(2026, 2, 20)),
    ]
    ledger = rp.ledger_on(bearing(), payments, as_of=DATE(2026, 2, 28), order=SHORTEN)
    assert (ledger.outstanding_of(INTEREST), ledger.credit) == (money(100), money(150))
    later = rp.ledger_on(bearing(), payments, as_of=DATE(2026, 3, 1), order=SHORTEN)
    assert (later.outstanding, later.credit) == (money(0), money(50))


def test_interest_that_was_put_off_is_saved_where_it_falls_due() -> None:
    # a grace of one period: 3.00 are put off to the second row, which asks for 5.00; 1.00 is saved there
    schedule = bearing(grace=rp.Grace(interest=1))
    assert schedule.asked_interests == (0, 500, 100)
    assert rows_of(schedule, SHORTEN, pay("a", 20_000, FEBRUARY)) == [
        (0, 0, 0),
        (400, 100, 10_000),
        (0, 100, 0),
    ]


def test_interest_saved_in_a_period_of_grace_is_saved_where_it_falls_due() -> None:
    # 16 January, 50.00 of the third row: 0.26 of the first period and 0.50 of the second, in the second row
    assert rows_of(bearing(grace=rp.Grace(interest=1)), SHORTEN, pay("a", 5_000, DATE(2026, 1, 16))) == [
        (0, 0, 10_000),
        (424, 76, 10_000),
        (50, 50, 5_000),
    ]


def test_payments_that_defer_interest_save_no_more_than_they_ask_for() -> None:
    # 1.00, 1.00 and then principal: 3.00 + 3.00 - 2.00 are put off, so that the third row asks for 7.00 of
    # interest and 150.00 of principal, and the fourth for 1.50 and 150.00
    steps = ((2, money(100)), (2, money(15_700)))
    schedule = schedule_of(30_000, rp.DeferringPayments(steps), "0.12")
    assert list(zip(schedule.asked_interests, schedule.principals, strict=True)) == [
        (100, 0),
        (100, 0),
        (700, 15_000),
        (150, 15_000),
    ]
    # 200.00 early repay the fourth row and 50.00 of the third: interest of 1.00, 1.00 and nothing from then
    # on. 2.00 of the second row are saved, of which it asks for 1.00 and the third for the other
    assert rows_of(schedule, SHORTEN, pay("a", 20_100, FEBRUARY)) == [
        (100, 0, 0),
        (0, 100, 0),
        (400, 300, 10_000),
        (0, 150, 0),
    ]


def test_a_second_repayment_leaves_the_first_saving_alone() -> None:
    steps = ((2, money(100)), (2, money(15_700)))
    schedule = schedule_of(30_000, rp.DeferringPayments(steps), "0.12")
    # 100.00 more on 1 March, when 1.00 + 1.00 of interest are charged: the third row bears nothing
    payments = [pay("a", 20_100, FEBRUARY), pay("b", 10_000, DATE(2026, 3, 1))]
    assert rows_of(schedule, SHORTEN, *payments) == [
        (100, 0, 0),
        (0, 100, 0),
        (300, 400, 0),
        (0, 150, 0),
    ]


def test_what_was_owed_at_the_start_bears_no_interest_and_saves_none() -> None:
    spread = rp.CarriedBalance(money(300), rp.CarriedTreatment.SPREAD)
    schedule = bearing(carried=rp.CarriedBalances(interest=spread))
    # each row asks for 1.00 of old interest besides its own
    assert rows_of(schedule, SHORTEN, pay("a", 20_400, FEBRUARY)) == [
        (400, 0, 0),
        (200, 100, 10_000),
        (100, 100, 0),
    ]


def test_waived_interest_is_not_saved_a_second_time() -> None:
    waiver = rp.Waiver("w", money(150), 2, INTEREST, FEBRUARY)
    ledger = rp.ledger_on(
        bearing(), [pay("a", 20_300, FEBRUARY)], as_of=FEBRUARY, order=SHORTEN, waivers=[waiver]
    )
    second, third = ledger.installments[1:]
    assert (second[INTEREST].waived, second[INTEREST].saved, second[INTEREST].asked) == (
        money(150),
        money(50),
        money(0),
    )
    assert third[INTEREST].asked == money(0)


def test_interest_that_was_saved_cannot_be_waived_again() -> None:
    # 1.00 of the second row's 2.00 is saved on 1 February; of 1.50 waived later there is 1.00 to let go
    waiver = rp.Waiver("w", money(150), 2, INTEREST, DATE(2026, 2, 10))
    ledger = rp.ledger_on(
        bearing(), [pay("a", 20_300, FEBRUARY)], as_of=DATE(2026, 2, 10), order=SHORTEN, waivers=[waiver]
    )
    for row in ledger.installments:
        for part in row.parts:
            assert part.asked >= part.paid >= money(0)
            assert part.outstanding >= money(0)
    assert ledger.outstanding == money(10_000)


def test_the_up_front_payment_is_no_row_that_bears_interest() -> None:
    # 50.00 on the first day, and 300.00 as ever
    schedule = schedule_of(35_000, rp.EqualPrincipal(3), "0.12", upfront=money(5_000))
    payments = [pay("u", 5_000, DATE(2026, 1, 1)), pay("a", 20_300, FEBRUARY)]
    assert rows_of(schedule, SHORTEN, *payments) == [
        (0, 0, 0),
        (300, 0, 0),
        (100, 100, 10_000),
        (0, 100, 0),
    ]


def test_without_an_early_repayment_nothing_is_worked_out_anew() -> None:
    ledger = rp.ledger_on(bearing(), [pay("a", 10_300, FEBRUARY)], as_of=END, order=SHORTEN)
    assert (ledger.credit, ledger.replayed.savings) == (money(0), None)


def test_interest_to_a_day_is_that_of_the_periods_that_have_begun() -> None:
    savings = Savings(bearing())
    assert savings.interests == [300, 200, 100]
    # 14 of 28 days of the second period
    assert savings.interest_to(DATE(2026, 2, 15)) == [300, 100]
    savings.repay([0, 0, 10_000], FEBRUARY.toordinal())
    assert savings.interests == [300, 100, 0]
    assert savings.interest_to(DATE(2026, 2, 15)) == [300, 50]
    assert savings.interest_to(DATE(2026, 1, 1)) == []


@pytest.mark.parametrize("order", [SHORTEN, LOWER])
def test_many_small_repayments_take_no_more_than_linear_time(order: rp.AllocationOrder) -> None:
    schedule = schedule_of(600_000, rp.EqualPrincipal(60), "0.12")
    payments = [pay(f"p{place:04}", 1, DATE(2026, 1, 5)) for place in range(150)]
    started = time.thread_time()
    rp.ledger_on(schedule, payments, as_of=FEBRUARY, order=order)
    assert time.thread_time() - started < 1
