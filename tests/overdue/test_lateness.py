"""When installments were due and settled, and what is missing of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.day_count import LateDays
from repayplan.overdue.held_days import HeldDays
from repayplan.overdue.history import History
from repayplan.overdue.lateness import Lateness
from tests.overdue import DATE, FEES, PRINCIPAL, Wrong, bearing, days, money, overdue_rules, pay, plain

if TYPE_CHECKING:
    import datetime

FEBRUARY, MARCH, APRIL = DATE(2026, 2, 1), DATE(2026, 3, 1), DATE(2026, 4, 1)
OLDEST, FIRST = rp.Ageing
BY_SUMS = rp.AllocationOrder.of("sums", tuple(rp.Component)[::-1], sweep=rp.Sweep.ACROSS)


def lateness(
    payments: list[rp.Payment],
    as_of: datetime.date,
    schedule: rp.Schedule | None = None,
    tolerance: rp.Tolerance | None = None,
    **more: Wrong,
) -> Lateness:
    made = rp.ledger_on(plain() if schedule is None else schedule, payments, as_of=as_of, **more)
    return Lateness(made, tolerance)


def settled(found: Lateness) -> list[datetime.date | None]:
    return [None if day is None else pendulum.Date.fromordinal(day) for day in found.settled]


def test_an_installment_is_settled_by_the_payment_that_completes_it() -> None:
    found = lateness([pay("a", 4_000, FEBRUARY), pay("b", 7_000, DATE(2026, 2, 10))], MARCH)
    assert settled(found) == [DATE(2026, 2, 10), None, None]
    assert (found.asked, found.missing) == ([10_000] * 3, [0, 9_000, 10_000])
    assert found.past_due == []


def test_a_part_settles_nothing() -> None:
    found = lateness([pay("a", 9_999, FEBRUARY)], MARCH)
    assert (settled(found), found.missing[0], found.past_due) == ([None, None, None], 1, [0])


def test_the_due_day_itself_is_not_late() -> None:
    assert lateness([], FEBRUARY).past_due == []
    assert lateness([], DATE(2026, 2, 2)).past_due == [0]
    assert lateness([], DATE(2026, 3, 2)).past_due == [0, 1]


@pytest.mark.parametrize(
    ("tolerance", "most"),
    [
        (rp.Tolerance(money(0), Fraction(0)), 0),
        (rp.Tolerance(money(150), Fraction(0)), 150),
        (rp.Tolerance(money(0), Fraction(1, 50)), 200),
        (rp.Tolerance(money(150), Fraction(1, 50)), 200),  # the greater of both
        (rp.Tolerance(money(250), Fraction(1, 50)), 250),
        (rp.Tolerance(money(0), Fraction(199, 10_000)), 199),
    ],
)
@pytest.mark.parametrize("order", [BY_SUMS, rp.AllocationOrder.of("parts", tuple(rp.Component))])
def test_no_more_may_be_missing_than_is_tolerated(
    tolerance: rp.Tolerance, most: int, order: rp.AllocationOrder
) -> None:
    within = lateness([pay("a", 10_000 - most, FEBRUARY)], MARCH, tolerance=tolerance, order=order)
    assert (settled(within)[0], within.past_due, within.missing[0]) == (FEBRUARY, [], most)
    beyond = lateness([pay("a", 9_999 - most, FEBRUARY)], MARCH, tolerance=tolerance, order=order)
    assert (settled(beyond)[0], beyond.past_due) == (None, [0])


def test_what_asks_for_nothing_or_for_what_is_tolerated_is_settled_from_the_first() -> None:
    waiver = rp.Waiver("w", money(10_000), 1, PRINCIPAL, FEBRUARY)
    assert lateness([], MARCH, waivers=[waiver]).past_due == []
    small = rp.Waiver("w", money(9_900), 1, PRINCIPAL, FEBRUARY)
    tolerance = rp.Tolerance(money(100), Fraction(0))
    assert lateness([], MARCH, waivers=[small]).past_due == [0]
    assert lateness([], MARCH, waivers=[small], tolerance=tolerance).past_due == []


def test_charges_play_no_part() -> None:
    charge = rp.Charge("c", money(500), 1, FEES, DATE(2026, 2, 5))
    # 100.00 and 1.00 come on the 10th; with the charge the 1.00 pay for it, and without it for March
    payments = [pay("a", 10_100, DATE(2026, 2, 10))]
    with_charge = lateness(payments, DATE(2026, 3, 2), charges=[charge])
    assert with_charge.missing == [0, 9_900, 10_000]
    assert with_charge.settled == lateness(payments, DATE(2026, 3, 2)).settled
    assert with_charge.ledger.charges_outstanding == money(400)


# ------------------------------------------------------------------------------------------ by sums


def test_by_sums_the_oldest_is_filled_with_all_that_was_paid() -> None:
    # principal of both rows that are due would be paid before the interest of the first
    payments = [pay("a", 10_300, DATE(2026, 3, 5))]
    found = lateness(payments, DATE(2026, 3, 5), bearing(), order=BY_SUMS)
    assert found.by_sums
    assert (found.asked, found.missing) == ([10_300, 10_200, 10_100], [0, 10_200, 10_100])
    assert (settled(found), found.past_due) == ([DATE(2026, 3, 5), None, None], [1])


def test_by_sums_a_later_payment_settles_what_the_sum_then_reaches() -> None:
    payments = [pay("a", 15_000, FEBRUARY), pay("b", 5_500, DATE(2026, 3, 7)), pay("c", 10_100, APRIL)]
    found = lateness(payments, APRIL, bearing(), order=BY_SUMS)
    assert settled(found) == [FEBRUARY, DATE(2026, 3, 7), APRIL]
    assert found.missing == [0, 0, 0]


def test_by_sums_what_is_tolerated_does_not_add_up() -> None:
    tolerance = rp.Tolerance(money(10), Fraction(0))
    payments = [pay("a", 9_990, FEBRUARY), pay("b", 9_990, MARCH)]
    found = lateness(payments, APRIL, tolerance=tolerance, order=BY_SUMS)
    assert (settled(found), found.missing) == ([FEBRUARY, None, None], [0, 20, 10_000])


@pytest.mark.parametrize("order", [BY_SUMS, rp.AllocationOrder.of("parts", tuple(rp.Component))])
def test_a_waiver_settles_on_its_day_what_it_leaves_nothing_of(order: rp.AllocationOrder) -> None:
    # 60.00 are paid on the due day; the other 40.00 are let go on 11 February, and 30.00 of the next
    waivers = [
        rp.Waiver("a", money(4_000), 1, PRINCIPAL, DATE(2026, 2, 11)),
        rp.Waiver("b", money(3_000), 2, PRINCIPAL, DATE(2026, 2, 11)),
    ]
    payments = [pay("a", 6_000, FEBRUARY), pay("b", 7_000, DATE(2026, 3, 5))]
    before = lateness(payments, DATE(2026, 2, 10), waivers=waivers, order=order)
    assert (settled(before), before.asked, before.past_due) == ([None] * 3, [10_000] * 3, [0])
    after = lateness(payments, DATE(2026, 3, 10), waivers=waivers, order=order)
    assert settled(after) == [DATE(2026, 2, 11), DATE(2026, 3, 5), None]
    assert (after.asked, after.missing) == ([6_000, 7_000, 10_000], [0, 0, 10_000])


@pytest.mark.parametrize("order", [BY_SUMS, rp.AllocationOrder.of("parts", tuple(rp.Component))])
def test_money_that_a_waiver_frees_settles_the_next_installment_on_that_day(
    order: rp.AllocationOrder,
) -> None:
    # 100.00 were paid for the first; 50.00 of it are let go in March and pay half of the second, and 50.00 of
    # the second are let go as well
    day = DATE(2026, 3, 10)
    waivers = [
        rp.Waiver("a", money(5_000), 1, PRINCIPAL, day),
        rp.Waiver("b", money(5_000), 2, PRINCIPAL, day),
    ]
    found = lateness([pay("a", 10_000, FEBRUARY)], day, waivers=waivers, order=order)
    assert settled(found) == [FEBRUARY, day, None]
    assert found.missing == [0, 0, 10_000]


# ------------------------------------------------------------------------------------------ since when


def since(payments: list[rp.Payment], as_of: datetime.date, ageing: rp.Ageing) -> datetime.date | None:
    day = lateness(payments, as_of).since(ageing)
    return None if day is None else pendulum.Date.fromordinal(day)


@pytest.mark.parametrize("ageing", rp.Ageing)
def test_where_nothing_is_past_due_there_is_no_such_day(ageing: rp.Ageing) -> None:
    assert since([], FEBRUARY, ageing) is None


@pytest.mark.parametrize("ageing", rp.Ageing)
def test_the_oldest_unpaid_due_day_is_the_first_of_the_arrears_too(ageing: rp.Ageing) -> None:
    assert since([], DATE(2026, 4, 10), ageing) == FEBRUARY
    assert since([pay("a", 5_000, DATE(2026, 3, 10))], DATE(2026, 4, 10), ageing) == FEBRUARY


@pytest.mark.parametrize(
    ("paid_on", "first"),
    [
        (FEBRUARY, MARCH),
        (DATE(2026, 2, 20), MARCH),
        (MARCH, MARCH),  # on the first of March nothing was past due
        (DATE(2026, 3, 2), FEBRUARY),  # on the first the first was, and from the second on the second is
        (DATE(2026, 3, 5), FEBRUARY),
    ],
)
def test_first_arrears_go_back_while_something_was_past_due_on_every_day(
    paid_on: datetime.date, first: datetime.date
) -> None:
    payments = [pay("a", 10_000, paid_on)]
    assert since(payments, DATE(2026, 3, 10), FIRST) == first
    assert since(payments, DATE(2026, 3, 10), OLDEST) == MARCH


def test_first_arrears_go_back_over_several_installments() -> None:
    payments = [pay("a", 10_000, DATE(2026, 3, 5)), pay("b", 10_000, DATE(2026, 4, 3))]
    assert since(payments, DATE(2026, 4, 10), FIRST) == FEBRUARY
    # the first was settled before the second was late
    early = [pay("a", 10_000, DATE(2026, 2, 5)), pay("b", 10_000, DATE(2026, 4, 3))]
    assert since(early, DATE(2026, 4, 10), FIRST) == MARCH


def test_first_arrears_are_not_those_of_an_installment_that_was_late_for_no_day() -> None:
    # settled on the first day on which it would have been late
    payments = [pay("a", 10_000, DATE(2026, 2, 2))]
    assert since(payments, DATE(2026, 3, 10), FIRST) == MARCH


def test_days_are_counted_that_are_not_held_and_open() -> None:
    stop = rp.HoldEffect.PLAN_DAYS_STOP
    hold = rp.Hold("h", rp.HoldKind.OTHER, {stop}, DATE(2026, 2, 3), DATE(2026, 2, 4))
    held, weekdays = HeldDays.of([hold], stop), rp.WeekendCalendar()
    after, until = FEBRUARY.toordinal(), DATE(2026, 2, 9).toordinal()
    for late_days, expected, fifth in (
        (LateDays(HeldDays(), None), 8, 6),
        (LateDays(held, None), 6, 8),
        (LateDays(HeldDays(), weekdays), 6, 6),  # Monday to Friday, and Monday
        (LateDays(held, weekdays), 4, 9),
    ):
        assert late_days.count(after, until) == expected
        assert late_days.count(until, after) == late_days.count(after, after) == 0
        # the day on which the fifth has been counted, at most the 9th
        assert late_days.end_of(after, 5, until) == DATE(2026, 2, fifth).toordinal()
        assert late_days.end_of(after, 0, until) == after
        around = late_days.count(after - 7, after) + expected + late_days.count(until, until + 7)
        assert late_days.count(after - 7, until + 7) == around


def test_a_calendar_is_asked_about_each_day_once() -> None:
    asked: list[pendulum.Date] = []

    def is_open(day: pendulum.Date) -> bool:
        asked.append(day)
        return True

    late_days, first = LateDays(HeldDays(), is_open), FEBRUARY.toordinal()
    for after, until in ((0, 3), (1, 3), (0, 5)):
        assert late_days.count(first + after, first + until) == until - after
    assert late_days.count(first - 2, first + 1) == 3
    assert len(asked) == len(set(asked)) == 7


# ------------------------------------------------------------------------------------------ history


def history(payments: list[rp.Payment], as_of: datetime.date, to_cure: int) -> History:
    rules = overdue_rules(cure=rp.CureRules(payments=days(to_cure)))
    return rp.standing_on(plain(6), payments, as_of, rules).history


def test_installments_are_missed_one_after_the_other() -> None:
    assert history([], DATE(2026, 2, 1), 1) == History()
    assert history([], DATE(2026, 2, 2), 1) == History(1, 1, 0, None)
    assert history([], DATE(2026, 4, 2), 1) == History(3, 3, 0, None)


def test_one_that_was_missed_and_paid_late_counts_until_the_cure() -> None:
    # February's is paid in March with March's, in time; April's is missed and May's is paid in time
    payments = [pay("a", 20_000, MARCH), pay("b", 20_000, DATE(2026, 5, 1))]
    assert history(payments, MARCH, 2) == History(1, 1, 0, None)
    assert history(payments, APRIL, 2) == History(1, 1, 1, None)
    assert history(payments, DATE(2026, 4, 2), 2) == History(2, 1, 0, None)
    assert history(payments, DATE(2026, 5, 2), 2) == History(2, 1, 1, None)


def test_enough_payments_in_time_cure_what_was_missed() -> None:
    payments = [pay("a", 20_000, MARCH), pay("b", 10_000, APRIL)]
    assert history(payments, DATE(2026, 3, 2), 1) == History(0, 0, 1, MARCH.add(days=1).toordinal())
    assert history(payments, DATE(2026, 4, 2), 2) == History(0, 0, 2, APRIL.add(days=1).toordinal())


def test_without_payments_to_make_the_cure_is_the_day_on_which_nothing_is_past_due() -> None:
    day = DATE(2026, 2, 10)
    assert history([pay("a", 10_000, day)], day, 0) == History(0, 0, 0, day.toordinal())


def test_there_is_no_cure_while_a_later_installment_is_past_due() -> None:
    # February's is paid on 5 March, when March's is past due: at no time was nothing past due
    payments = [pay("a", 10_000, DATE(2026, 3, 5))]
    assert history(payments, DATE(2026, 3, 10), 0) == History(2, 2, 0, None)
    # March's is paid on the 20th, and then nothing is past due
    cured = [*payments, pay("b", 10_000, DATE(2026, 3, 20))]
    assert history(cured, DATE(2026, 3, 25), 0) == History(0, 0, 0, DATE(2026, 3, 20).toordinal())


def test_by_sums_a_waiver_of_all_of_an_installment_settles_it_before_its_turn() -> None:
    waived = rp.Waiver("w", money(10_000), 2, PRINCIPAL, DATE(2026, 2, 11))
    found = lateness([], DATE(2026, 3, 10), waivers=[waived], order=BY_SUMS)
    assert settled(found) == [None, DATE(2026, 2, 11), None]
    assert (found.asked, found.past_due) == ([10_000, 0, 10_000], [0])
