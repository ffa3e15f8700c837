"""The events for which a charge of an amount may arise: late installments and returned payments."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import attrs

from repayplan.overdue.charge_rules import LateChargeRule, LateRule, ReturnedPaymentRule
from repayplan.overdue.payments import PaymentStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from repayplan.overdue.charge_basis import ChargeBasis

__all__ = ["ChargeEvent", "events_of"]


@attrs.frozen
class ChargeEvent:
    """That a rule may charge for an installment, of which so much was missed.

    Attributes:
        rule: The rule.
        place: Its place among the rules, which decides between events of one day.
        item: The place of the installment.
        on: The day as an ordinal.
        missed: What was missed of the installment, or what it asked for where a payment was returned.
    """

    rule: LateChargeRule | ReturnedPaymentRule
    place: int
    item: int
    on: int
    missed: int


def events_of(basis: ChargeBasis, place: int, rule: LateRule) -> Iterable[ChargeEvent]:
    """Give the events of a rule; a rule of interest has none."""
    if isinstance(rule, LateChargeRule):
        return _late_events(basis, place, rule)
    return _returned_events(basis, place, rule) if isinstance(rule, ReturnedPaymentRule) else ()


def _late_events(basis: ChargeBasis, place: int, rule: LateChargeRule) -> Iterable[ChargeEvent]:
    """Give the installments that were late for long enough, and what was missed of them then.

    What came in since the day on which a charge for the one before falls counts as paid for this one,
    even where the order put it to an older one (12 CFR 1026.52(b)(2)(ii), comment 1.i.B).
    """
    before = 0
    for item, (due, settled) in enumerate(zip(basis.lateness.due, basis.lateness.settled, strict=True)):
        day = basis.falls_on(due, rule.after_days.value)
        if day is None:
            return
        if settled is None or settled > day:
            own = basis.missing.received(day) - basis.missing.received(before)
            missed = min(basis.missing.on(item, day), basis.lateness.asked[item] - own)
            yield ChargeEvent(rule, place, item, day, missed)
        before = day


def _returned_events(basis: ChargeBasis, place: int, rule: ReturnedPaymentRule) -> Iterable[ChargeEvent]:
    """Give the payments that were returned, each once however often it was tried."""
    returned = sorted(
        (payment.recorded.toordinal(), payment.id, payment.received_on, payment.amount.minor_units)
        for payment in basis.facts.payments
        if payment.status is PaymentStatus.FAILED
        and payment.recorded.toordinal() <= basis.as_of
        and (basis.known_on is None or payment.recorded <= basis.known_on)
    )
    tried: set[tuple[pendulum.Date, int]] = set()
    for day, _, received_on, units in returned:
        item = bisect_left(basis.lateness.due, day) - 1
        if item >= 0 and (received_on, units) not in tried:
            yield ChargeEvent(rule, place, item, day, basis.lateness.asked[item])
        tried.add((received_on, units))
