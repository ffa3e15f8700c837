"""Laws of holds, against a plain set of days, and of promises, against a purse of single cents."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import attrs
import pendulum
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.overdue.held_days import HeldDays
from tests.laws.strategies import dates, to_date
from tests.schedule import FREE, built

if TYPE_CHECKING:
    from collections.abc import Sequence

STOP: Final = rp.HoldEffect.PLAN_DAYS_STOP
ANYONE: Final = (None, "a", "b")
RUN_DAYS: Final = 60
"""How many days are looked at, one by one: holds cover some of them, and overlap often."""
CURRENCY: Final = rp.Currency.of("EUR")
ANCHORS: Final = dates(dt.date(2027, 1, 1), dt.date(2029, 12, 31))

# ------------------------------------------------------------------------------------------ holds


@st.composite
def held_spans(draw: st.DrawFn, anchor: pendulum.Date) -> tuple[pendulum.Date, pendulum.Date | None]:
    first = anchor.add(days=draw(st.integers(0, RUN_DAYS)))
    length = draw(st.one_of(st.none(), st.integers(0, 3), st.integers(0, RUN_DAYS)))
    return first, None if length is None else first.add(days=length)


@st.composite
def holds(draw: st.DrawFn, anchor: pendulum.Date) -> list[rp.Hold]:
    """Up to six holds that begin within two months of the anchor, some without an end."""
    spans = draw(st.lists(held_spans(anchor), max_size=6))
    endless = st.sampled_from(sorted(set(rp.HoldEffect) - {rp.HoldEffect.DUE_DATES_MOVE}, key=str))
    return [
        rp.Hold(
            f"h{place}",
            draw(st.sampled_from(rp.HoldKind)),
            draw(st.frozensets(endless if last is None else st.sampled_from(rp.HoldEffect), min_size=1)),
            first,
            last,
            recorded_on=draw(st.none() | st.integers(-5, RUN_DAYS).map(lambda days: anchor.add(days=days))),
            debtor=draw(st.sampled_from(ANYONE)),
        )
        for place, (first, last) in enumerate(spans)
    ]


@st.composite
def cases(draw: st.DrawFn) -> tuple[pendulum.Date, list[rp.Hold]]:
    anchor = draw(ANCHORS)
    return anchor, draw(holds(anchor))


OFFSETS: Final = st.integers(-10, 2 * RUN_DAYS + 10)
KNOWN: Final = st.none() | OFFSETS


def window(anchor: pendulum.Date) -> list[pendulum.Date]:
    """Every day that a bounded hold may reach, and some more."""
    return [anchor.add(days=days) for days in range(-10, 2 * RUN_DAYS + 11)]


def naive_days(
    anchor: pendulum.Date,
    given_holds: Sequence[rp.Hold],
    effect: rp.HoldEffect,
    known_on: pendulum.Date | None,
    debtor: str | None,
) -> set[pendulum.Date]:
    """Go through the days one by one, and through the holds for each."""
    found = set()
    for day in window(anchor):
        for hold in given_holds:
            recorded = hold.first_day if hold.recorded_on is None else hold.recorded_on
            if effect not in hold.effects or (known_on is not None and recorded > known_on):
                continue
            if hold.debtor is not None and hold.debtor != debtor:
                continue
            if hold.first_day <= day and (hold.last_day is None or day <= hold.last_day):
                found.add(day)
    return found


@given(
    case=cases(),
    effect=st.sampled_from(rp.HoldEffect),
    known=KNOWN,
    debtor=st.sampled_from(ANYONE),
    offsets=st.tuples(OFFSETS, OFFSETS),
)
def test_what_counts_is_the_union_of_the_days(
    case: tuple[pendulum.Date, list[rp.Hold]],
    effect: rp.HoldEffect,
    known: int | None,
    debtor: str | None,
    offsets: tuple[int, int],
) -> None:
    anchor, given_holds = case
    known_on = None if known is None else anchor.add(days=known)
    expected = naive_days(anchor, given_holds, effect, known_on, debtor)
    days = HeldDays.of(given_holds, effect, known_on=known_on, debtor=debtor)
    after, until = (anchor.add(days=offset) for offset in offsets)
    counted = sum(1 for day in expected if after < day <= until)
    assert days.count(after, until) == counted
    assert days.count_ordinals(after.toordinal(), until.toordinal()) == counted
    every = window(anchor)
    assert [day for day in every if days.holds_on(day)] == sorted(expected)


@given(case=cases(), offset=OFFSETS)
def test_a_day_moves_to_the_first_that_is_not_held(
    case: tuple[pendulum.Date, list[rp.Hold]], offset: int
) -> None:
    anchor, given_holds = case
    asked, days = anchor.add(days=offset), HeldDays.of(given_holds, STOP)
    expected = naive_days(anchor, given_holds, STOP, None, None)
    free = [day for day in window(anchor) if day >= asked and day not in expected]
    if free:
        assert days.moved(asked) == free[0]
    else:
        with pytest.raises(rp.DateError):
            days.moved(asked)


@given(case=cases(), data=st.data())
def test_neither_order_nor_repetition_of_holds_matters(
    case: tuple[pendulum.Date, list[rp.Hold]], data: st.DataObject
) -> None:
    _, given_holds = case
    again = [attrs.evolve(hold, id=f"{hold.id} again") for hold in given_holds]
    shuffled = data.draw(st.permutations(given_holds + again))
    assert HeldDays.of(shuffled, STOP) == HeldDays.of(given_holds, STOP)


@given(case=cases(), offsets=st.tuples(OFFSETS, OFFSETS), data=st.data())
def test_a_hold_outside_the_window_or_without_the_effect_changes_nothing(
    case: tuple[pendulum.Date, list[rp.Hold]], offsets: tuple[int, int], data: st.DataObject
) -> None:
    anchor, given_holds = case
    after, until = (anchor.add(days=offset) for offset in sorted(offsets))
    first, last = data.draw(held_spans(anchor))
    outside = (last is not None and last <= after) or first > until
    spared = {*([] if outside else [STOP]), *([rp.HoldEffect.DUE_DATES_MOVE] if last is None else [])}
    effects = frozenset(rp.HoldEffect) - spared
    more = rp.Hold("more", rp.HoldKind.OTHER, effects, first, last)
    count = HeldDays.of(given_holds, STOP).count(after, until)
    assert HeldDays.of([*given_holds, more], STOP).count(after, until) == count


@given(case=cases(), as_of=OFFSETS, known=KNOWN, debtor=st.sampled_from(ANYONE))
def test_held_days_leave_the_days_past_due_of_a_plan(
    case: tuple[pendulum.Date, list[rp.Hold]], as_of: int, known: int | None, debtor: str | None
) -> None:
    """The same at the other end: only held days of the late window are left out, of each clock its own."""
    due, given_holds = case
    kept = [
        attrs.evolve(hold, effects=hold.effects - {rp.HoldEffect.DUE_DATES_MOVE})
        for hold in given_holds
        if hold.effects != {rp.HoldEffect.DUE_DATES_MOVE}
    ]
    schedule = built(rate=FREE, starts_on=due.subtract(days=30), first_due=due, repayment=rp.LevelPayment(1))
    day = due.add(days=as_of)
    known_on = None if known is None else due.add(days=known)
    scale = rp.DelinquencyScale((rp.Band(0, None, "any"),), rp.Citation(title="house", force=rp.Force.HOUSE))
    standing = rp.standing_on(
        schedule, [], day, rp.OverdueRules(buckets=scale), kept, known_on=known_on, debtor=debtor
    )
    late = {each for each in window(due) if due < each <= day}
    held = naive_days(due, kept, STOP, known_on, debtor)
    regulatory = naive_days(due, kept, rp.HoldEffect.REGULATORY_DAYS_STOP, known_on, debtor)
    assert standing.days_past_due == len(late - held)
    assert standing.regulatory_days_past_due == len(late - regulatory)


# ------------------------------------------------------------------------------------------ promises

UNITS: Final = st.integers(1, 12)
DAYS: Final = st.integers(0, 20)
FIRST: Final = pendulum.date(2028, 2, 20)
"""Three weeks from here cross the leap day and the end of the month."""
RANK: Final = {
    rp.PromiseState.KEPT: 0,
    rp.PromiseState.PENDING: 1,
    rp.PromiseState.KEPT_LATE: 1,
    rp.PromiseState.PARTLY_KEPT: 2,
    rp.PromiseState.BROKEN: 3,
}


def day_of(offset: int) -> pendulum.Date:
    return to_date(FIRST + dt.timedelta(days=offset))


def cents(units: int) -> rp.Money:
    return rp.Money.from_minor_units(units, CURRENCY)


@st.composite
def promises(draw: st.DrawFn) -> list[rp.Promise]:
    made = draw(st.lists(st.tuples(UNITS, DAYS, DAYS), min_size=1, max_size=4))
    return [
        rp.Promise(f"w{place}", cents(units), day_of(max(days)), day_of(min(days)))
        for place, (units, *days) in enumerate(made)
    ]


def payment(name: str, units: int, offset: int) -> rp.Payment:
    return rp.Payment(name, cents(units), day_of(offset))


@st.composite
def payment_lists(draw: st.DrawFn, minimum: int = 0) -> list[rp.Payment]:
    made = draw(st.lists(st.tuples(UNITS, DAYS), min_size=minimum, max_size=6))
    return [payment(f"p{place}", units, offset) for place, (units, offset) in enumerate(made)]


TOLERANCES: Final = st.none() | st.integers(0, 4).map(cents)


def naive_purse(
    given_promises: Sequence[rp.Promise],
    payments: Sequence[rp.Payment],
    as_of: pendulum.Date,
    tolerated: int,
) -> dict[str, tuple[int, rp.PromiseState]]:
    """Hand out every cent by itself, day after day, to the first promise that needs it or still misses it."""
    got = {promise.id: 0 for promise in given_promises}
    kept_on: dict[str, pendulum.Date] = {}
    ranked = sorted(given_promises, key=lambda each: (each.by, each.made_on, each.id))
    for offset in range((as_of - FIRST).days + 1):
        day = day_of(offset)
        there = [promise for promise in ranked if promise.made_on <= day]
        for _ in range(sum(each.amount.minor_units for each in payments if each.effective == day)):
            needing = [
                promise
                for promise in there
                if got[promise.id] == 0 or got[promise.id] < promise.amount.minor_units - tolerated
            ]
            missing = [promise for promise in there if got[promise.id] < promise.amount.minor_units]
            for promise in (needing or missing)[:1]:
                got[promise.id] += 1
        for promise in there:
            units = got[promise.id]
            if units and units >= promise.amount.minor_units - tolerated:
                kept_on.setdefault(promise.id, day)
    return {
        promise.id: (got[promise.id], naive_state(promise, as_of, got[promise.id], kept_on.get(promise.id)))
        for promise in ranked
        if promise.made_on <= as_of
    }


def naive_state(
    promise: rp.Promise, as_of: pendulum.Date, got: int, kept_on: pendulum.Date | None
) -> rp.PromiseState:
    if kept_on is not None and kept_on <= promise.by:
        return rp.PromiseState.KEPT
    if as_of <= promise.by:
        return rp.PromiseState.PENDING
    if kept_on is not None:
        return rp.PromiseState.KEPT_LATE
    return rp.PromiseState.PARTLY_KEPT if got else rp.PromiseState.BROKEN


def ranks(standings: Sequence[rp.PromiseStanding]) -> dict[str, int]:
    return {standing.promise.id: RANK[standing.state] for standing in standings}


def no_worse(after: Sequence[rp.PromiseStanding], before: Sequence[rp.PromiseStanding]) -> bool:
    now, then = ranks(after), ranks(before)
    return now.keys() == then.keys() and all(now[name] <= then[name] for name in then)


@given(made=promises(), payments=payment_lists(), tolerance=TOLERANCES, offset=DAYS)
def test_promises_are_what_a_purse_of_single_cents_makes_of_them(
    made: list[rp.Promise], payments: list[rp.Payment], tolerance: rp.Money | None, offset: int
) -> None:
    as_of = day_of(offset)
    found = rp.promise_states(made, payments, as_of, tolerance=tolerance)
    expected = naive_purse(made, payments, as_of, 0 if tolerance is None else tolerance.minor_units)
    assert {each.promise.id: (each.paid.minor_units, each.state) for each in found} == expected
    for each in found:
        assert each.paid + each.missing == each.promise.amount
        assert bool(each.paused) is (each.state is rp.PromiseState.PENDING)


@given(made=promises(), payments=payment_lists(), offset=DAYS, tolerance=TOLERANCES, data=st.data())
def test_the_order_of_payments_and_of_promises_is_irrelevant(
    made: list[rp.Promise],
    payments: list[rp.Payment],
    offset: int,
    tolerance: rp.Money | None,
    data: st.DataObject,
) -> None:
    shuffled = data.draw(st.permutations(made)), data.draw(st.permutations(payments))
    as_of = day_of(offset)
    assert rp.promise_states(*shuffled, as_of, tolerance=tolerance) == rp.promise_states(
        made, payments, as_of, tolerance=tolerance
    )


@given(made=promises(), payments=payment_lists(), more=payment_lists(1), offset=DAYS, tolerance=TOLERANCES)
def test_more_payments_make_no_promise_worse(
    made: list[rp.Promise],
    payments: list[rp.Payment],
    more: list[rp.Payment],
    offset: int,
    tolerance: rp.Money | None,
) -> None:
    as_of = day_of(offset)
    besides = payments + [attrs.evolve(each, id=f"{each.id} more") for each in more]
    before = rp.promise_states(made, payments, as_of, tolerance=tolerance)
    assert no_worse(rp.promise_states(made, besides, as_of, tolerance=tolerance), before)


@given(
    made=promises(), payments=payment_lists(1), offset=DAYS, earlier=st.integers(1, 20), tolerance=TOLERANCES
)
def test_an_earlier_payment_makes_no_promise_worse(
    made: list[rp.Promise],
    payments: list[rp.Payment],
    offset: int,
    earlier: int,
    tolerance: rp.Money | None,
) -> None:
    """Unless it comes before a promise for which it then does not count."""
    as_of, late = day_of(offset), payments[0]
    early = attrs.evolve(late, received_on=late.received_on.subtract(days=earlier))
    assume(not any(early.effective < each.made_on <= late.effective for each in made))
    before = rp.promise_states(made, payments, as_of, tolerance=tolerance)
    after = rp.promise_states(made, [early, *payments[1:]], as_of, tolerance=tolerance)
    assert no_worse(after, before)


@given(made=promises(), payments=payment_lists(1), offset=DAYS, tolerance=TOLERANCES, data=st.data())
def test_a_reversed_payment_is_as_if_it_had_never_been(
    made: list[rp.Promise],
    payments: list[rp.Payment],
    offset: int,
    tolerance: rp.Money | None,
    data: st.DataObject,
) -> None:
    as_of, undone = day_of(offset), payments[0]
    on = day_of(data.draw(st.integers((undone.effective - FIRST).days, 40)))
    reversal = rp.Payment("undo", undone.amount, on, reverses=undone.id)
    with_it = rp.promise_states(made, [*payments, reversal], as_of, tolerance=tolerance)
    assert with_it == rp.promise_states(made, payments[1:], as_of, tolerance=tolerance)


@given(made=promises(), payments=payment_lists(), tolerance=TOLERANCES)
def test_a_promise_by_itself_is_never_worse_than_among_others(
    made: list[rp.Promise], payments: list[rp.Payment], tolerance: rp.Money | None
) -> None:
    as_of = day_of(21)
    together = {
        each.promise.id: each for each in rp.promise_states(made, payments, as_of, tolerance=tolerance)
    }
    for promise in made:
        alone = rp.promise_state(promise, payments, as_of, tolerance=tolerance)
        assert RANK[alone.state] <= RANK[together[promise.id].state]
