"""Laws of the standing (laws 11 and 12), each exact, and every figure of it by the second engine."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.overdue import orders
from tests.laws import oracle_overdue as oracle
from tests.laws import overdue_strategies as drawn
from tests.laws.strategies import to_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from tests.laws.oracle_overdue import Facts, Late
    from tests.laws.overdue_strategies import Amount, Day, PlanOrder

ONE_DAY = dt.timedelta(days=1)
WINDOW = 40
"""How many days in a row are looked at: more than a month."""

Rough = dict[str, Any]


def window(facts: Facts, middle: Day) -> list[dt.date]:
    """The days about a day on or near a due date, every one of them."""
    day = oracle.plain(drawn.day_near(facts.schedule, middle))
    first = max(oracle.plain(facts.schedule.terms.starts_on), day - dt.timedelta(days=WINDOW // 2))
    return [first + dt.timedelta(days=shift) for shift in range(WINDOW)]


def every_day(facts: Facts) -> list[dt.date]:
    first, last = oracle.plain(facts.schedule.terms.starts_on), drawn.last_day(facts.schedule, 40)
    return list(oracle.each_day(first, last))


def paid_alone(facts: Facts, order: rp.AllocationOrder) -> Facts:
    """The plan and its payments without anything else, by another order."""
    return oracle.Facts(facts.schedule, facts.payments, order)


def days_past_due(facts: Facts, days: Iterable[dt.date], rules: rp.OverdueRules) -> list[int]:
    return [drawn.standing_of(facts, day, rules).days_past_due for day in days]


# --- every figure


def assert_equal_to_the_oracles(facts: Facts, days: Sequence[dt.date], rules: rp.OverdueRules) -> None:
    answers = {late.on: late for late in oracle.standings(facts, days[-1], rules)}
    for day in days:
        stands = drawn.where_it_stands(drawn.standing_of(facts, day, rules))
        assert without_history(stands, rules) == without_history(answers[day], rules), day


def without_history(late: Late, rules: rp.OverdueRules) -> Late:
    """Leave out what only matters where a rule counts missed installments."""
    if rules.breach is None and rules.cure is None:
        return dataclasses.replace(late, missed=0, in_a_row=0, on_time=0)
    return late


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS)
def test_every_day_of_a_window_is_the_oracles(facts: Facts, rough: Rough, middle: Day) -> None:
    assert_equal_to_the_oracles(facts, window(facts, middle), drawn.rules_of(facts.order, rough))


BY_PARTS = drawn.plain_orders(sweeps=[rp.Sweep.BY_INSTALLMENT])
BY_SUMS = st.one_of(st.just(orders.CN_CREDIT_CARD), drawn.SHUFFLED).filter(oracle.judged_by_sums)


@given(facts=drawn.FACTS, order=BY_PARTS, rough=drawn.RULES, tolerated=drawn.TOLERANCES, middle=drawn.DAYS)
def test_a_tolerated_shortfall_is_not_held_against_the_client(
    facts: Facts, order: PlanOrder, rough: Rough, tolerated: tuple[int, Fraction], middle: Day
) -> None:
    tolerance = drawn.tolerance_of(facts.schedule, tolerated)
    rules = drawn.rules_of(order, rough, tolerance=tolerance)
    told = dataclasses.replace(facts, order=order)
    assert_equal_to_the_oracles(told, window(facts, middle), rules)


@given(facts=drawn.FACTS, order=BY_SUMS, rough=drawn.RULES, tolerated=drawn.TOLERANCES, middle=drawn.DAYS)
def test_a_shortfall_is_tolerated_of_each_installment_where_sums_decide_too(
    facts: Facts, order: PlanOrder, rough: Rough, tolerated: tuple[int, Fraction], middle: Day
) -> None:
    tolerance = drawn.tolerance_of(facts.schedule, tolerated)
    rules = drawn.rules_of(order, rough, tolerance=tolerance)
    told = dataclasses.replace(facts, order=order)
    assert_equal_to_the_oracles(told, window(facts, middle), rules)


@given(facts=drawn.WITH_WAIVERS, rough=drawn.RULES, middle=drawn.DAYS)
def test_a_waiver_acts_from_its_day_on(facts: Facts, rough: Rough, middle: Day) -> None:
    assert_equal_to_the_oracles(facts, window(facts, middle), drawn.rules_of(facts.order, rough))


@given(
    facts=drawn.FACTS,
    rough=drawn.RULES,
    breach=st.none() | drawn.BREACHES,
    cure=st.none() | drawn.CURES,
    middle=drawn.DAYS,
)
def test_missed_installments_breaches_and_cures_are_the_oracles(
    facts: Facts,
    rough: Rough,
    breach: rp.BreachRules | None,
    cure: rp.CureRules | None,
    middle: Day,
) -> None:
    rules = drawn.rules_of(facts.order, rough, breach=breach or rp.BreachRules(), cure=cure)
    assert_equal_to_the_oracles(facts, window(facts, middle), rules)


@given(
    plan=drawn.SCHEDULES,
    order=drawn.ADVANCING | drawn.ORDERS,
    days_late=drawn.HABITS,
    hold=drawn.HOLDS,
    breach=st.none() | drawn.BREACHES,
    cure=drawn.CURES,
)
def test_who_pays_now_in_time_and_now_late_stands_where_the_oracle_says(
    plan: rp.Schedule,
    order: PlanOrder,
    days_late: list[int | None],
    hold: list[Rough],
    breach: rp.BreachRules | None,
    cure: rp.CureRules,
) -> None:
    holds = drawn.holds_of(plan, hold[:1])
    facts = oracle.Facts(plan, drawn.habitual_payments(plan, days_late), order, holds)
    rules = drawn.rules_of(order, breach=breach, cure=cure)
    assert_equal_to_the_oracles(facts, every_day(facts), rules)


@given(plan=drawn.SCHEDULES, order=drawn.ADVANCING, days_late=drawn.HABITS, cure=drawn.CURES)
def test_a_plan_is_cured_from_the_day_of_the_cure_on(
    plan: rp.Schedule, order: rp.AllocationOrder, days_late: list[int | None], cure: rp.CureRules
) -> None:
    facts = oracle.Facts(plan, drawn.habitual_payments(plan, days_late), order)
    rules, before = drawn.rules_of(order, cure=cure), None
    for day in every_day(facts):
        cured_on = drawn.standing_of(facts, day, rules).history.cured_on
        assert cured_on in {before, day.toordinal()}, day
        before = cured_on


@given(facts=drawn.FACTS, order=BY_PARTS, rough=drawn.RULES)
def test_what_is_past_due_by_component_adds_up_to_what_is_past_due(
    facts: Facts, order: PlanOrder, rough: Rough
) -> None:
    told, rules = dataclasses.replace(facts, order=order), drawn.rules_of(order, rough)
    for due in facts.schedule.due:
        standing = drawn.standing_of(told, due + ONE_DAY, rules)
        parts = standing.past_due_by_component.values()
        assert sum(part.minor_units for part in parts) == standing.past_due.minor_units, due


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS)
def test_every_figure_follows_from_the_days_and_the_amounts(facts: Facts, rough: Rough, middle: Day) -> None:
    rules = drawn.rules_of(facts.order, rough)
    for day in window(facts, middle)[::5]:
        standing = drawn.standing_of(facts, day, rules)
        assert standing.bucket == rules.bucket_of(standing.days_past_due)
        assert standing.class_ == rules.class_of(standing.regulatory_days_past_due)
        assert (standing.past_due.minor_units > 0) == (standing.oldest_unpaid_due_on is not None)
        assert (standing.past_due.minor_units > 0) == (standing.missed + standing.partly_paid > 0)
        first = standing.findings[0]
        assert (first.passed, first.observed) == (not standing.past_due.minor_units, standing.past_due)
        if not oracle.judged_by_sums(facts.order):
            parts = standing.past_due_by_component.values()
            assert sum(part.minor_units for part in parts) == standing.past_due.minor_units, day


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS, known=drawn.DAYS)
def test_charges_never_bear_on_what_is_late(facts: Facts, rough: Rough, middle: Day, known: Day) -> None:
    rules = drawn.rules_of(facts.order, rough)
    told = dataclasses.replace(facts, known_on=drawn.day_near(facts.schedule, known))
    for day in window(facts, middle)[::5]:
        with_charges = drawn.where_it_stands(drawn.standing_of(told, day, rules))
        without = drawn.where_it_stands(drawn.standing_of(dataclasses.replace(told, charges=()), day, rules))
        state = without.state
        assert dataclasses.replace(with_charges, state=state) == without, day


# --- law 11: installment by installment, advancing, calendar days, no tolerance


@given(plan=drawn.SCHEDULES, order=drawn.ADVANCING, ageing=st.sampled_from(rp.Ageing))
def test_who_pays_each_installment_on_its_due_day_is_never_past_due(
    plan: rp.Schedule, order: rp.AllocationOrder, ageing: rp.Ageing
) -> None:
    asked = [(row.due_on, row.amount) for row in plan]
    if plan.terms.upfront is not None:
        asked.insert(0, (plan.terms.starts_on, plan.terms.upfront))
    payments = tuple(rp.Payment(f"p{place}", amount, day) for place, (day, amount) in enumerate(asked))
    facts = oracle.Facts(plan, payments, order)
    rules = drawn.rules_of(order, ageing=ageing)
    for day in every_day(facts):
        standing = drawn.standing_of(facts, day, rules)
        assert (standing.days_past_due, standing.past_due.minor_units) == (0, 0), day
        completed = rp.StandingState.COMPLETED if day >= plan.last_due else rp.StandingState.ON_TRACK
        assert standing.state is completed, day


@given(
    facts=drawn.FACTS,
    order=drawn.ADVANCING,
    ageing=st.sampled_from(rp.Ageing),
    when=drawn.DAYS,
    amount=drawn.AMOUNTS,
    middle=drawn.DAYS,
)
def test_paying_more_never_raises_days_past_due(  # each is drawn
    facts: Facts, order: rp.AllocationOrder, ageing: rp.Ageing, when: Day, amount: Amount, middle: Day
) -> None:
    plan, rules = facts.schedule, drawn.rules_of(order, ageing=ageing)
    more = rp.Payment("new", drawn.amount_near(plan, amount), drawn.day_near(plan, when))
    told = paid_alone(facts, order)
    richer = dataclasses.replace(told, payments=(*told.payments, more))
    days = window(facts, middle)
    pairs = zip(days_past_due(richer, days, rules), days_past_due(told, days, rules), strict=True)
    assert all(with_more <= without for with_more, without in pairs)


@given(
    facts=drawn.FACTS,
    order=drawn.ADVANCING,
    ageing=st.sampled_from(rp.Ageing),
    earlier=st.lists(st.integers(0, 60), min_size=8, max_size=8),
    middle=drawn.DAYS,
)
def test_paying_earlier_never_raises_days_past_due(
    facts: Facts, order: rp.AllocationOrder, ageing: rp.Ageing, earlier: list[int], middle: Day
) -> None:
    rules, first = drawn.rules_of(order, ageing=ageing), facts.schedule.terms.starts_on
    told = paid_alone(facts, order)
    sooner = tuple(
        attrs.evolve(payment, effective_on=max(first, to_date(payment.effective - shift * ONE_DAY)))
        for payment, shift in zip(told.payments, earlier * 2, strict=False)
    )
    days = window(facts, middle)
    prompt = days_past_due(dataclasses.replace(told, payments=sooner), days, rules)
    assert all(early <= late for early, late in zip(prompt, days_past_due(told, days, rules), strict=True))


@given(facts=drawn.FACTS, order=drawn.ADVANCING, ageing=st.sampled_from(rp.Ageing))
def test_days_past_due_grow_by_one_a_day_while_nothing_is_paid(
    facts: Facts, order: rp.AllocationOrder, ageing: rp.Ageing
) -> None:
    told, rules = paid_alone(facts, order), drawn.rules_of(order, ageing=ageing)
    paid_on = {oracle.effective(payment) for payment in oracle.counting_payments(told)}
    days = every_day(told)
    late = days_past_due(told, days, rules)
    for day, before, after in zip(days[1:], late, late[1:], strict=False):
        if before and day not in paid_on:
            assert after == before + 1, day


# --- the mistakes of others


@given(facts=drawn.FACTS, rough=drawn.RULES)
def test_the_due_day_itself_is_not_late_and_the_day_after_is(facts: Facts, rough: Rough) -> None:
    bare = oracle.Facts(facts.schedule, order=facts.order)
    rules = drawn.rules_of(facts.order, {**rough, "counted_days": None})
    first = bare.schedule.terms.starts_on if bare.schedule.terms.upfront else bare.schedule[0].due_on
    today = drawn.standing_of(bare, first, rules)
    tomorrow = drawn.standing_of(bare, first + ONE_DAY, rules)
    assert (today.days_past_due, today.state) == (0, rp.StandingState.DUE)
    assert (tomorrow.days_past_due, tomorrow.oldest_unpaid_due_on) == (1, first)


@given(
    facts=drawn.FACTS,
    order=drawn.ADVANCING,
    rough=drawn.RULES,
    middle=drawn.DAYS,
    thousandths=st.integers(1, 999),
)
def test_a_partial_payment_does_not_cure(
    facts: Facts, order: rp.AllocationOrder, rough: Rough, middle: Day, thousandths: int
) -> None:
    rules, day = drawn.rules_of(order, rough), drawn.day_near(facts.schedule, middle)
    told = dataclasses.replace(facts, order=order, charges=(), known_on=None)
    before = drawn.standing_of(told, day, rules)
    rows = before.ledger.installments
    missing = [row.outstanding.minor_units for row in rows if row.due_on < day and row.outstanding]
    if not missing or missing[0] == 1:
        assert before.past_due.minor_units == sum(missing)
        return  # nothing is past due, or no part of it can be paid
    units = max(1, missing[0] * thousandths // 1_000)
    paid = rp.Payment("part", drawn.money(units, facts.schedule), day)
    after = drawn.standing_of(dataclasses.replace(told, payments=(*told.payments, paid)), day, rules)
    assert after.oldest_unpaid_due_on == before.oldest_unpaid_due_on
    assert after.days_past_due == before.days_past_due
    assert after.regulatory_days_past_due == before.regulatory_days_past_due
    assert after.days_beyond_grace == before.days_beyond_grace
    assert after.past_due.minor_units == before.past_due.minor_units - units
    assert after.missed + after.partly_paid == before.missed + before.partly_paid == len(missing)
    assert after.partly_paid >= 1
    assert after.state is before.state


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS)
def test_grace_is_applied_once_and_moves_no_other_figure(facts: Facts, rough: Rough, middle: Day) -> None:
    calendar: Rough = {**rough, "grace_calendar": None}
    grace = calendar["grace_days"] or 0
    none = drawn.rules_of(facts.order, {**calendar, "grace_days": None})
    some = drawn.rules_of(facts.order, {**calendar, "grace_days": grace})
    for day in window(facts, middle)[::5]:
        without, with_grace = (drawn.standing_of(facts, day, rules) for rules in (none, some))
        assert with_grace.days_past_due == without.days_past_due == without.days_beyond_grace
        assert with_grace.days_beyond_grace == max(0, with_grace.days_past_due - grace)
        assert (with_grace.bucket, with_grace.class_) == (without.bucket, without.class_)
        assert with_grace.past_due == without.past_due


# --- law 12


def held_by(facts: Facts, day: dt.date, effect: str) -> set[dt.date]:
    return oracle.held_days(oracle.known_holds(facts), effect, day)


NO_MOVES = frozenset(rp.HoldEffect) - {rp.HoldEffect.DUE_DATES_MOVE}


def without_moves(holds: Iterable[rp.Hold]) -> tuple[rp.Hold, ...]:
    return tuple(
        attrs.evolve(hold, effects=hold.effects & NO_MOVES) for hold in holds if hold.effects & NO_MOVES
    )


def plan_alone(facts: Facts) -> Facts:
    """The plan and holds that move no due date, without the contract, whose unpaid window is another."""
    return dataclasses.replace(facts, holds=without_moves(facts.holds), contract_due_on=None)


@given(facts=drawn.FACTS, ageing=st.sampled_from(rp.Ageing), middle=drawn.DAYS)
def test_what_counts_is_the_union_of_held_days_in_the_late_window(
    facts: Facts, ageing: rp.Ageing, middle: Day
) -> None:
    rules = drawn.rules_of(facts.order, ageing=ageing)
    told = plan_alone(facts)
    never = dataclasses.replace(told, holds=())
    for day in window(facts, middle)[::3]:
        held, free = drawn.standing_of(told, day, rules), drawn.standing_of(never, day, rules)
        assert held.oldest_unpaid_due_on == free.oldest_unpaid_due_on
        late = {day - shift * ONE_DAY for shift in range(free.days_past_due)}
        plan, regulatory = (
            len(late & held_by(told, day, effect)) for effect in ("PLAN_DAYS_STOP", "REGULATORY_DAYS_STOP")
        )
        assert held.held_days == plan
        assert held.days_past_due == free.days_past_due - plan
        assert held.regulatory_days_past_due == free.regulatory_days_past_due - regulatory


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS, cut=st.integers(0, 90))
def test_holds_that_overlap_count_once(facts: Facts, rough: Rough, middle: Day, cut: int) -> None:
    rules = drawn.rules_of(facts.order, rough)
    pieces: list[rp.Hold] = []
    for hold in facts.holds:
        split = to_date(hold.first_day + cut * ONE_DAY)
        if hold.last_day is not None and split >= hold.last_day:
            split = hold.last_day
        known = hold.recorded_on or hold.first_day
        pieces += [
            attrs.evolve(hold, last_day=split),
            attrs.evolve(hold, id=hold.id + "b", first_day=split, recorded_on=known),
            attrs.evolve(hold, id=hold.id + "c"),
        ]
    told = dataclasses.replace(facts, holds=tuple(pieces))
    for day in window(facts, middle)[::5]:
        answers = [drawn.where_it_stands(drawn.standing_of(one, day, rules)) for one in (told, facts)]
        assert answers[0] == answers[1], day


@given(
    facts=drawn.FACTS,
    ageing=st.sampled_from(rp.Ageing),
    middle=drawn.DAYS,
    length=st.integers(0, 90),
    after=st.booleans(),
)
def test_a_hold_outside_the_unpaid_window_changes_nothing(
    facts: Facts,
    ageing: rp.Ageing,
    middle: Day,
    length: int,
    after: bool,  # noqa: FBT001
) -> None:
    rules = drawn.rules_of(facts.order, ageing=ageing)
    told = plan_alone(facts)
    day = drawn.day_near(facts.schedule, middle)
    before = drawn.standing_of(told, day, rules)
    free = drawn.standing_of(dataclasses.replace(told, holds=()), day, rules)
    due = day - free.days_past_due * ONE_DAY
    first = day + ONE_DAY if after else due - length * ONE_DAY
    hold = rp.Hold(
        "new",
        rp.HoldKind.BREATHING_SPACE,
        NO_MOVES,
        to_date(first),
        to_date(first + length * ONE_DAY),
        recorded_on=to_date(facts.schedule.terms.starts_on),
    )
    more = dataclasses.replace(told, holds=(*told.holds, hold))
    stands, stood = drawn.where_it_stands(drawn.standing_of(more, day, rules)), drawn.where_it_stands(before)
    if not free.days_past_due and not after:
        stands = dataclasses.replace(stands, state=stood.state)  # today may be held
    # an earlier installment may have been late in it
    same: dict[str, Any] = {"missed": 0, "in_a_row": 0, "on_time": 0}
    assert dataclasses.replace(stands, **same) == dataclasses.replace(stood, **same)


@given(
    facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS, length=st.integers(0, 90), after=st.booleans()
)
def test_a_hold_outside_the_contracts_unpaid_window_does_not_stop_its_clock(
    facts: Facts,
    rough: Rough,
    middle: Day,
    length: int,
    after: bool,  # noqa: FBT001
) -> None:
    rules, day = drawn.rules_of(facts.order, rough), drawn.day_near(facts.schedule, middle)
    due = facts.contract_due_on or facts.schedule.terms.starts_on
    first = to_date(day + ONE_DAY if after else due - length * ONE_DAY)
    last, known = to_date(first + length * ONE_DAY), facts.schedule.terms.starts_on
    stop = {rp.HoldEffect.REGULATORY_DAYS_STOP}
    hold = rp.Hold("new", rp.HoldKind.LITIGATION, stop, first, last, recorded_on=known)
    more = dataclasses.replace(facts, holds=(*facts.holds, hold))
    found, before = (drawn.standing_of(told, day, rules) for told in (more, facts))
    assert found.contract_days_past_due == before.contract_days_past_due
    assert found.ledger.allocations == before.ledger.allocations


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS)
def test_the_order_that_decides_is_that_of_the_contracts_days(
    facts: Facts, rough: Rough, middle: Day
) -> None:
    rules = drawn.rules_of(facts.order, rough)
    for day in window(facts, middle)[::5]:
        ledger = drawn.ledger_of(facts, day)
        late = drawn.standing_of(facts, day, rules).contract_days_past_due
        assert all(one.order is facts.order.on(late or 0) for one in ledger.allocations if one.on == day)


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS)
def test_a_hold_without_the_effect_changes_nothing(facts: Facts, rough: Rough, middle: Day) -> None:
    rules = drawn.rules_of(facts.order, rough)
    others = frozenset(rp.HoldEffect) - {*drawn.DAYS_STOP, rp.HoldEffect.DUE_DATES_MOVE}
    told = dataclasses.replace(facts, holds=tuple(attrs.evolve(one, effects=others) for one in facts.holds))
    never = dataclasses.replace(facts, holds=())
    for day in window(facts, middle)[::5]:
        answers = [drawn.where_it_stands(drawn.standing_of(one, day, rules)) for one in (told, never)]
        assert answers[0] == answers[1], day


@given(facts=drawn.FACTS, rough=drawn.RULES, middle=drawn.DAYS, known=drawn.DAYS)
def test_a_hold_counts_from_when_it_was_recorded(facts: Facts, rough: Rough, middle: Day, known: Day) -> None:
    rules, known_on = drawn.rules_of(facts.order, rough), drawn.day_near(facts.schedule, known)
    told = dataclasses.replace(facts, known_on=known_on)
    by_then = tuple(hold for hold in facts.holds if (hold.recorded_on or hold.first_day) <= known_on)
    same = dataclasses.replace(told, holds=by_then)
    for day in window(facts, middle)[::5]:
        answers = [drawn.where_it_stands(drawn.standing_of(one, day, rules)) for one in (told, same)]
        assert answers[0] == answers[1], day
