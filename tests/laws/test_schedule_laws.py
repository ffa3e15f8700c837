"""Laws 1 to 3 of schedules, and what of law 5 holds of every one, each exact: no tolerance anywhere."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

import repayplan as rp
from tests.laws import oracle
from tests.laws.advice import build_or_follow_advice
from tests.laws.schedule_sample import for_every_schedule, lead_of, units
from tests.laws.schedule_strategies import later

if TYPE_CHECKING:
    import datetime as dt

COMPONENTS = ("interest", "fees", "penalties")


def core_of(asked: rp.Terms) -> object:
    return oracle.innermost(asked.repayment)


def closing_of(schedule: rp.Schedule) -> int:
    """What the terms leave: the stated residual, or what the rows themselves leave where it is not stated."""
    asked = schedule.terms
    if asked.review_on is not None and asked.residual is None:
        return oracle.amortized(asked) - sum(units([row.principal for row in schedule]))
    return oracle.residual_of(asked)


# --- law 1: nothing is lost


@for_every_schedule
def test_what_the_engine_makes_passes_every_check_of_the_constructor(schedule: rp.Schedule) -> None:
    # the engine skips these checks for speed, so this is what makes them hold
    columns = (schedule.scheduled, schedule.due, schedule.principals, schedule.interests)
    assert rp.Schedule(schedule.terms, *columns) == schedule


@for_every_schedule
def test_law_1_principal_sums_to_the_amortized_debt(schedule: rp.Schedule) -> None:
    owed = oracle.amortized(schedule.terms)
    assert sum(units([row.principal for row in schedule])) == owed - closing_of(schedule)
    assert schedule.total_principal.minor_units == owed - closing_of(schedule)
    assert schedule[0].opening.minor_units == schedule.terms.amortized.minor_units == owed


@for_every_schedule
def test_law_1_the_last_row_leaves_nothing_or_the_residual(schedule: rp.Schedule) -> None:
    assert schedule[-1].closing == schedule.residual
    assert schedule.residual.minor_units == closing_of(schedule) >= 0
    if schedule.terms.review_on is None:
        assert schedule.residual.minor_units == 0


@for_every_schedule
def test_law_1_each_row_opens_where_the_one_before_closed(schedule: rp.Schedule) -> None:
    for row in schedule:
        assert row.closing == row.opening - row.principal
    for before, after in pairwise(schedule):
        assert after.opening == before.closing


@for_every_schedule
def test_law_1_all_interest_charged_is_asked_for(schedule: rp.Schedule) -> None:
    charged = units([row.accrued for row in schedule])
    asked = units([row.interest for row in schedule])
    assert sum(charged) == sum(asked) == schedule.total_interest.minor_units
    if schedule.terms.grace.interest == 0:
        assert charged == asked


@for_every_schedule
def test_law_1_each_carried_balance_is_asked_for_capitalized_or_waived(schedule: rp.Schedule) -> None:
    waived = capitalized = asked = 0
    for component in COMPONENTS:
        parts = sum(units([getattr(row, f"carried_{component}") for row in schedule]))
        balance = getattr(schedule.terms.carried, component)
        if balance is None:
            assert parts == 0
            continue
        owed, treatment = balance.amount.minor_units, balance.treatment
        if treatment in {rp.CarriedTreatment.FIRST, rp.CarriedTreatment.SPREAD}:
            assert parts == owed
            asked += owed
        else:
            assert parts == 0
        waived += owed if treatment is rp.CarriedTreatment.WAIVE else 0
        capitalized += owed if treatment is rp.CarriedTreatment.CAPITALIZE else 0
    assert units([schedule.total_carried, schedule.waived, schedule.capitalized]) == [
        asked,
        waived,
        capitalized,
    ]


@for_every_schedule
def test_law_1_a_spread_balance_falls_in_parts_that_differ_by_one_unit_at_most(schedule: rp.Schedule) -> None:
    for component in COMPONENTS:
        balance = getattr(schedule.terms.carried, component)
        if balance is not None and balance.treatment is rp.CarriedTreatment.SPREAD:
            parts = units([getattr(row, f"carried_{component}") for row in schedule])
            assert parts == sorted(parts, reverse=True)
            assert parts[0] - parts[-1] <= 1


@for_every_schedule
def test_law_1_totals_equal_the_sums_of_the_rows(schedule: rp.Schedule) -> None:
    amounts = units([row.amount for row in schedule])
    upfront = 0 if schedule.terms.upfront is None else schedule.terms.upfront.minor_units
    assert schedule.upfront.minor_units == upfront
    assert schedule.total.minor_units == sum(amounts) + upfront
    assert schedule.total_fees.minor_units == sum(units([row.fees for row in schedule]))
    assert schedule.highest.minor_units == max(amounts)


@for_every_schedule
def test_law_1_every_single_fee_is_asked_for_once_and_on_time(schedule: rp.Schedule) -> None:
    for fee in schedule.terms.fees:
        if not isinstance(fee, rp.SingleFee):
            continue
        without = [other for other in schedule.terms.fees if other is not fee]
        plain = [row.minor_units for row in map(fees_of, schedule)]
        try:
            less = rp.build_schedule(attrs.evolve(schedule.terms, fees=without))
        except rp.TermsError:  # without the fee a row would ask for nothing
            continue
        differences = [with_it - row.fees.minor_units for with_it, row in zip(plain, less, strict=True)]
        due = next(index for index, row in enumerate(schedule) if row.due_on >= fee.on)
        assert differences == [fee.amount.minor_units if index == due else 0 for index in range(len(plain))]


def fees_of(row: rp.Installment) -> rp.Money:
    return row.fees


# --- law 2: rows are numbered, positive and in order


@for_every_schedule
def test_law_2_every_amount_is_above_zero(schedule: rp.Schedule) -> None:
    for row in schedule:
        assert row.amount.minor_units > 0
        assert min(units([row.principal, row.accrued, row.interest, row.fees, row.closing])) >= 0


@for_every_schedule
def test_law_2_rows_of_interest_alone_repay_nothing_and_all_others_something(schedule: rp.Schedule) -> None:
    lead = lead_of(schedule)
    assert [row.principal.minor_units for row in schedule[:lead]] == [0] * lead
    assert all(row.principal.minor_units > 0 for row in schedule[lead:])


@for_every_schedule
def test_law_2_numbers_run_from_one_to_the_count(schedule: rp.Schedule) -> None:
    assert [row.number for row in schedule] == list(range(1, len(schedule) + 1))


@for_every_schedule
def test_law_2_a_pattern_with_a_count_gives_exactly_that_many_rows(schedule: rp.Schedule) -> None:
    if not isinstance(core_of(schedule.terms), rp.FixedPayment):
        assert len(schedule) == oracle.row_count(schedule.terms)


@for_every_schedule
def test_law_2_due_dates_never_go_back_and_none_is_before_the_start(schedule: rp.Schedule) -> None:
    asked = schedule.terms
    assert all(before.scheduled_for < after.scheduled_for for before, after in pairwise(schedule))
    assert all(before.due_on <= after.due_on for before, after in pairwise(schedule))
    assert schedule[0].scheduled_for >= asked.first_due
    assert schedule[0].due_on >= asked.starts_on


@for_every_schedule
def test_law_2_dates_end_where_the_terms_say(schedule: rp.Schedule) -> None:
    asked, last = schedule.terms, schedule[-1].scheduled_for
    counted = not isinstance(core_of(asked), (rp.FixedPayment, rp.SeasonalPayments))
    if asked.ends_on is not None:
        assert last == asked.ends_on if counted else last <= asked.ends_on
    listed: tuple[dt.date, ...] | None = getattr(asked.frequency, "dates", None)
    if listed is not None:
        assert {row.scheduled_for for row in schedule} <= set(listed)
        assert last == listed[-1] or not counted
    if asked.review_on is not None:
        assert last <= asked.review_on


@for_every_schedule
def test_law_2_a_move_is_at_most_the_closed_run_that_it_leaves(schedule: rp.Schedule) -> None:
    calendar = schedule.terms.calendar
    for row in schedule:
        distance = abs(oracle.days_between(row.scheduled_for, row.due_on))
        if calendar is None or schedule.terms.convention is rp.BusinessDayConvention.NO_ADJUST:
            assert distance == 0
            continue
        assert oracle.is_open(calendar, row.due_on)
        run = 0
        while not oracle.is_open(calendar, later(row.scheduled_for, run)):
            run += 1
        before = 0
        while run and not oracle.is_open(calendar, later(row.scheduled_for, -before - 1)):
            before += 1
        assert distance <= run + before


# --- law 3: interest is the exact product, rounded once


@for_every_schedule
def test_law_3_interest_is_the_exact_product_rounded_once(schedule: rp.Schedule) -> None:
    flat = isinstance(core_of(schedule.terms), rp.FlatInterest)
    mode = schedule.terms.rounding.name
    for row, rate in zip(schedule, oracle.factors(schedule.terms, len(schedule)), strict=True):
        base = schedule[0].opening if flat else row.opening
        assert row.accrued.minor_units == oracle.rounded(base.minor_units * rate, mode)


@for_every_schedule
def test_law_3_a_free_period_bears_no_interest(schedule: rp.Schedule) -> None:
    free = schedule.terms.grace.interest_free
    for stop, row in zip(oracle.row_places(schedule.terms), schedule, strict=False):
        assert stop.index >= free or row.accrued.minor_units == 0


@for_every_schedule
def test_law_3_a_row_made_again_from_its_fields_is_that_row(schedule: rp.Schedule) -> None:
    for row in schedule:
        again = rp.Installment(
            **{field.name: getattr(row, field.name) for field in attrs.fields(rp.Installment)}
        )
        assert again == row
        assert (again.amount, again.closing) == (row.amount, row.closing)
        parts = (
            row.principal,
            row.interest,
            row.fees,
            row.carried_interest,
            row.carried_fees,
            row.carried_penalties,
        )
        assert row.amount.minor_units == sum(part.minor_units for part in parts)


# --- law 5: no rate, no interest


@for_every_schedule
def test_law_5_a_zero_rate_is_zero_interest(schedule: rp.Schedule) -> None:
    free = attrs.evolve(schedule.terms, rate=rp.Rate.annual(0))
    without_interest = build_or_follow_advice(free)
    assert without_interest.total_interest.minor_units == 0
    assert without_interest.total == (
        without_interest.upfront
        + without_interest.total_principal
        + without_interest.total_fees
        + without_interest.total_carried
    )
