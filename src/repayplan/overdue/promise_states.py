"""What became of promises, computed from payments: no money counts for two of them."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from repayplan.checks import check_instance, check_tuple
from repayplan.errors import DateError, PaymentError
from repayplan.money import Money, check_currency, money_of
from repayplan.overdue.fields import to_as_of, to_known_on
from repayplan.overdue.payments import check_payments, counted_of
from repayplan.overdue.promises import Promise, PromiseStanding

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    import pendulum

    from repayplan.overdue.payments import Payment

__all__ = ["PROMISES_MAX", "promise_state", "promise_states"]

PROMISES_MAX: Final = 10_000
"""The most promises that are looked at together."""


def promise_state(
    promise: Promise,
    payments: Sequence[Payment],
    as_of: datetime.date,
    *,
    tolerance: Money | None = None,
    known_on: datetime.date | None = None,
) -> PromiseStanding:
    """Say what became of a promise by a day, from the payments alone.

    Payments count that cleared, were not reversed, and are effective from the making of the promise to
    ``as_of``, both days included. Where a client made several promises, :func:`promise_states` lets no money
    count for two of them.

    Args:
        promise: The promise.
        payments: All payments, reversals too, in any order.
        as_of: The day, not before the promise was made.
        tolerance: A shortfall that is not held against the client, zero or more; where it is as much as was
            promised, something must be paid all the same. None is none.
        known_on: Leave out payments recorded after this day; None leaves out none.

    Raises:
        PaymentError: The tolerance is negative, or the payments contradict each other.
        MoneyError: The tolerance or a payment is in another currency than the promise.
        DateError: By ``as_of`` the promise was not made, or by ``known_on`` not recorded.
    """
    check_instance(promise, Promise, "promise")
    day, known = to_as_of(as_of), to_known_on(known_on)
    asked = (("as_of", day, promise.made_on), ("known_on", known or promise.recorded, promise.recorded))
    for field, when, first in asked:
        if when < first:
            message = f"expected {first} or later, since there was no promise before, got {when}"
            raise DateError(f"promise.{field}", field, message, {"first": first})
    return _standings([promise], payments, day, tolerance, known)[0]


def promise_states(
    promises: Sequence[Promise],
    payments: Sequence[Payment],
    as_of: datetime.date,
    *,
    tolerance: Money | None = None,
    known_on: datetime.date | None = None,
) -> tuple[PromiseStanding, ...]:
    """Say what became of each of several promises by a day; no money counts for two of them.

    A payment counts for promises made by its day: first for the one that is due first, as far as that one
    needs it to be kept, then for the next. What is left pays what the tolerance let go, in the same order.

    Args:
        promises: The promises, up to 10,000, in any order.
        payments: All payments, reversals too, in any order.
        as_of: The day.
        tolerance: As for :func:`promise_state`, for each promise.
        known_on: Leave out payments and promises recorded after this day; None leaves out none.

    Returns:
        What became of each promise that was made by ``as_of`` and is known, the one that is due first before
        the others: by its day, then by that on which it was made, then by id.

    Raises:
        PaymentError: Two promises have one id, or as for :func:`promise_state`.
        MoneyError: The promises, the tolerance and the payments are not all in one currency.
    """
    every = check_tuple(promises, Promise, "promises", maximum=PROMISES_MAX, error=PaymentError)
    seen: set[str] = set()
    for place, promise in enumerate(every):
        if promise.id in seen:
            message = f"expected each promise once, got another one with the id of promises[{place}]"
            raise PaymentError("promise.duplicate", f"promises[{place}].id", message, {"id": promise.id})
        seen.add(promise.id)
    return _standings(every, payments, to_as_of(as_of), tolerance, to_known_on(known_on))


def _standings(
    promises: Sequence[Promise],
    payments: Sequence[Payment],
    as_of: pendulum.Date,
    tolerance: Money | None,
    known_on: pendulum.Date | None,
) -> tuple[PromiseStanding, ...]:
    """Give the standings of those promises that there were, the one due first before the others."""
    every = check_payments(payments)
    _check_amounts(promises, every, tolerance)
    ranked = sorted(
        (
            promise
            for promise in promises
            if promise.made_on <= as_of and (known_on is None or promise.recorded <= known_on)
        ),
        key=lambda promise: (promise.by, promise.made_on, promise.id),
    )
    tolerated = 0 if tolerance is None else tolerance.minor_units
    paid, reached = _shared_out(ranked, counted_of(every, as_of, known_on), tolerated)
    return tuple(
        PromiseStanding(promise, as_of, money_of(units, promise.amount.currency), day)
        for promise, units, day in zip(ranked, paid, reached, strict=True)
    )


def _check_amounts(promises: Sequence[Promise], payments: Sequence[Payment], tolerance: Money | None) -> None:
    """Refuse a negative tolerance, and amounts that are not all in the currency of the first."""
    amounts = [(f"promises[{place}].amount", promise.amount) for place, promise in enumerate(promises)]
    if tolerance is not None:
        amounts.append(("tolerance", check_instance(tolerance, Money, "tolerance")))
        if tolerance.minor_units < 0:
            message = f"expected zero or more, got {tolerance}"
            raise PaymentError("promise.tolerance", "tolerance", message)
    amounts += ((f"payments[{place}].amount", payment.amount) for place, payment in enumerate(payments))
    for field, amount in amounts:
        check_currency(amount, amounts[0][1].currency, field)


def _shared_out(
    ranked: Sequence[Promise], payments: Iterable[Payment], tolerated: int
) -> tuple[list[int], list[pendulum.Date | None]]:
    """Share payments out over promises by their rank; give what each got, and when it was kept.

    A promise takes what it needs to be kept before the next one does, and what its tolerance lets go only
    when no other needs anything. Were the tolerated rest paid first, a client who pays within the tolerance
    of each promise could break the last one, though each by itself is kept.
    """
    amounts = [promise.amount.minor_units for promise in ranked]
    needed = [max(1, units - tolerated) for units in amounts]
    paid = [0] * len(ranked)
    reached: list[pendulum.Date | None] = [None] * len(ranked)
    to_come = sorted(range(len(ranked)), key=lambda place: ranked[place].made_on, reverse=True)
    unkept: list[int] = []
    kept: list[int] = []
    for payment in payments:
        while to_come and ranked[to_come[-1]].made_on <= payment.effective:
            heapq.heappush(unkept, to_come.pop())
        left, filled = _fill(unkept, needed, paid, payment.amount.minor_units)
        for place in filled:
            reached[place] = payment.effective
            heapq.heappush(kept, place)
        _fill(kept, amounts, paid, left)
    return paid, reached


def _fill(waiting: list[int], targets: list[int], paid: list[int], left: int) -> tuple[int, list[int]]:
    """Pay promises up to their targets, the least place first; give what is left, and which are there."""
    filled: list[int] = []
    while left and waiting:
        place = waiting[0]
        part = min(left, targets[place] - paid[place])
        paid[place] += part
        left -= part
        if paid[place] == targets[place]:
            filled.append(heapq.heappop(waiting))
    return left, filled
