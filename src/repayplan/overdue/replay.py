"""The replay of payments onto what is asked for, in minor units and day ordinals."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from repayplan.overdue.allocation import AllocationOrder, Overpayment, PaymentOrder, Timing
from repayplan.overdue.components import COMPONENTS, PLACE_OF, Component
from repayplan.overdue.savings import Savings
from repayplan.rounding import share_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from repayplan.overdue.adjustments import Charge
    from repayplan.overdue.asked import Asked
    from repayplan.overdue.contract_clock import ContractClock
    from repayplan.overdue.payments import Payment

__all__ = ["Part", "Replay", "replay"]

_PRINCIPAL: Final = PLACE_OF[Component.PRINCIPAL]
_INTEREST: Final = PLACE_OF[Component.INTEREST]


class Part(NamedTuple):
    """A part of a payment that went to one component of one item.

    Attributes:
        payment: The place of the payment among those that count.
        item: The place of the item; charges come after the installments.
        component: The place of the component.
        units: How much.
        day: The day on which it was allocated; for what was held as credit it comes after the payment's.
        timing: When the item was due, seen from that day.
        order: The order that decided it.
    """

    payment: int
    item: int
    component: int
    units: int
    day: int
    timing: Timing
    order: AllocationOrder


@attrs.frozen
class Replay:
    """What became of payments.

    Attributes:
        open: What is still asked for of each item by component; charges after the installments.
        parts: Where each payment went, in the order in which it was decided.
        credit: What is held, by the place of the payment.
        saved: The interest that each item no longer asks for, since principal was repaid early; where any is.
        savings: How much interest is charged since then; None where nothing was repaid early.
        lowered: The day and the item of each waiver, how much less is asked for, and how much less is open;
            what was saved already cannot be waived again.
        freed: The day and the item that a part of a payment first paid, and how much of it a waiver freed.
    """

    open: list[list[int]]
    parts: list[Part]
    credit: dict[int, int]
    saved: dict[int, int]
    savings: Savings | None
    lowered: list[tuple[int, int, int, int]]
    freed: list[tuple[int, int, int]]

    @cached_property
    def credit_units(self) -> int:
        """All that is held."""
        return sum(self.credit.values())


def replay(
    asked: Asked,
    payments: Sequence[Payment],
    charges: Sequence[Charge],
    order: PaymentOrder,
    as_of: int,
    contract: ContractClock | None,
) -> Replay:
    """Allocate payments day by day.

    On a day, waivers come first: they lower what is asked for, and free what was paid of it, the last money
    first. Then what is held is allocated, the oldest payment before the others, and then the payments of the
    day.

    Args:
        asked: What is asked for.
        payments: Those that count, by day and id.
        charges: Late charges that count.
        order: In which order a payment pays.
        as_of: The day to which credit is allocated.
        contract: The count of the contract's days past due; None where it is not.
    """
    return _Replaying(asked, charges, order, contract).run(payments, as_of)


class _Replaying:
    """One replay while it runs; money of one payment is allocated on one day at a time."""

    def __init__(
        self, asked: Asked, charges: Sequence[Charge], order: PaymentOrder, contract: ContractClock | None
    ) -> None:
        self._asked, self._orders, self._contract = asked, order, contract
        self._due = asked.due
        self._charged = [charge.charged_on.toordinal() for charge in charges]
        self._open = [row.copy() for row in asked.scheduled] + [_charge_row(charge) for charge in charges]
        self._waivers = deque(asked.waivings)
        self._paid_by: dict[tuple[int, int], list[int]] = {}
        self._lowered: list[tuple[int, int, int, int]] = []
        self._freed: list[tuple[int, int, int]] = []
        self._parts: list[Part] = []
        self._credit: deque[tuple[int, int]] = deque()
        self._reached = 0
        self._payments: Sequence[Payment] = ()
        self._saved: dict[int, int] = {}
        self._savings: Savings | None = None
        self._first_open = [0] * len(COMPONENTS)
        self._first_unsettled = 0
        self._payment, self._day, self._past_due, self._due_by = 0, 0, 0, 0
        self._order = order.on(0)

    def run(self, payments: Sequence[Payment], as_of: int) -> Replay:
        self._payments = payments
        for place, payment in enumerate(payments):
            day = payment.effective.toordinal()
            if self._credit or self._waivers:
                self._advance(day)
            self._reached = day
            left = self._allocate(place, payment.amount.minor_units, day)
            if left:
                self._credit.append((place, left))
        self._advance(as_of)
        parts = [part for part in self._parts if part.units] if self._freed else self._parts
        return Replay(
            self._open, parts, dict(self._credit), self._saved, self._savings, self._lowered, self._freed
        )

    def _allocate(self, place: int, units: int, day: int) -> int:
        """Allocate money of a payment on a day, first as the client designated it; say what nothing takes."""
        self._payment = place
        if day != self._day:
            self._turn_to(day)
        installment = self._payments[place].installment
        if installment is not None and self._order.honours_installment:
            item = self._asked.place_of(installment)
            units = self._take(units, item, self._timing_of(self._due[item]), self._order.by_installment)
        return self._pay(units)

    def _turn_to(self, day: int) -> None:
        """Take the order of a day, and tell what is past due and due on it."""
        self._day = day
        if self._contract is not None:
            self._order = self._orders.on(self._contract.days_on(day))
        self._past_due = bisect_left(self._due, day)
        self._due_by = bisect_right(self._due, day, self._past_due)

    def _items(self, timing: Timing, places: Sequence[int]) -> range:
        """Give the installments of one timing whose components may be open, the earliest first."""
        if timing is Timing.DUE:
            return range(self._past_due, self._due_by)
        if timing is Timing.IN_ADVANCE:
            return range(self._due_by, len(self._due))
        return range(self._first_open_of(places), self._past_due)

    def _first_open_of(self, places: Sequence[int]) -> int:
        """Give the first item before which none past due is open; none is opened again."""
        if len(places) > 1:
            first = self._first_unsettled
            while first < self._past_due and not any(self._open[first]):
                first += 1
            self._first_unsettled = first
        else:
            place = places[0]
            first = self._first_open[place]
            while first < self._past_due and not self._open[first][place]:
                first += 1
            self._first_open[place] = first
        return first

    def _timing_of(self, due: int) -> Timing:
        """Tell when an item is due, seen from the day."""
        if due == self._day:
            return Timing.DUE
        return Timing.PAST_DUE if due < self._day else Timing.IN_ADVANCE

    def _advance(self, until: int) -> None:
        """Carry out waivers, and allocate what is held on each day on which something changes."""
        for day in self._event_days[bisect_right(self._event_days, self._reached) :]:
            if day > until or not (self._credit or self._waivers):
                break
            while self._waivers and self._waivers[0][0] == day:
                self._waive(*self._waivers.popleft())
            self._allocate_credit(day)

    def _allocate_credit(self, day: int) -> None:
        """Allocate what is held on a day, the oldest payment first, until nothing takes any more."""
        untaken: list[tuple[int, int]] = []
        while self._credit:
            place, units = self._credit.popleft()
            left = self._allocate(place, units, day)
            if left:
                untaken.append((place, left))
                if not self._order.honours_installment:
                    break  # what nothing takes of this payment, nothing takes of the next
        self._credit.extendleft(reversed(untaken))

    @cached_property
    def _event_days(self) -> list[int]:
        return sorted({*self._due, *self._charged, *(day for day, *_ in self._asked.waivings)})

    def _waive(self, day: int, item: int, component: int, units: int) -> None:
        """Ask for less from a day on, and free what was paid of it."""
        row = self._open[item]
        lowered = min(row[component], units)
        row[component] -= lowered
        held = dict(self._credit)
        left = units - lowered
        for place in reversed(self._paid_by.get((item, component), [])):
            part = self._parts[place]
            if left:
                freed = min(part.units, left)
                left -= freed
                held[part.payment] = held.get(part.payment, 0) + freed
                self._parts[place] = part._replace(units=part.units - freed)
                self._freed.append((part.day, item, freed))
        self._credit = deque(sorted(held.items()))
        self._lowered.append((day, item, units - left, lowered))

    def _pay(self, units: int) -> int:
        """Allocate money, and say what nothing takes."""
        for timing, places in self._order.groups_before_charges:
            for item in self._items(timing, places):
                units = self._take(units, item, timing, places)
                if not units:
                    return 0
        if self._charged:
            units = self._pay_charges(units)
        if units and self._order.overpayment is not Overpayment.CREDIT:
            units = self._pay_ahead(units)
        return units

    def _take(self, units: int, item: int, timing: Timing, places: Iterable[int]) -> int:
        """Pay components of one item, and say what is left."""
        row = self._open[item]
        for place in places:
            open_units = row[place]
            if open_units and units:
                taken = open_units if open_units < units else units  # noqa: FURB136  # the hottest line: half the time of min()
                row[place] = open_units - taken
                units -= taken
                if self._waivers:
                    self._paid_by.setdefault((item, place), []).append(len(self._parts))
                self._parts.append(Part(self._payment, item, place, taken, self._day, timing, self._order))
        return units

    def _pay_charges(self, units: int) -> int:
        for place, charged in enumerate(self._charged):
            if units and charged <= self._day:
                item, timing = len(self._due) + place, self._timing_of(charged)
                units = self._take(units, item, timing, self._order.by_installment)
        return units

    def _pay_ahead(self, units: int) -> int:
        """Pay in advance what the order does with an overpayment."""
        items = range(self._due_by, len(self._due))
        if self._order.overpayment.saves_interest:
            upfront = 1 - self._asked.first_number  # it bears no interest that could be saved
            return self._repay_early(units, items[max(upfront - self._due_by, 0) :])
        if self._order.overpayment is Overpayment.LAST_INSTALLMENT:
            items = items[::-1]
        for _, places in self._order.groups_after_charges:
            for item in items:
                units = self._take(units, item, Timing.IN_ADVANCE, places)
                if not units:
                    return 0
        return units

    def _repay_early(self, units: int, items: range) -> int:
        """Repay principal of later installments, and charge less interest from then on."""
        principals = [self._open[item][_PRINCIPAL] for item in items]
        repaid = min(units, sum(principals))
        if not repaid:
            return units
        if self._order.overpayment is Overpayment.LOWER_INSTALLMENTS:
            parts = share_out(repaid, principals)
        else:
            parts = _from_the_last(repaid, principals)
        for item, part in zip(items, parts, strict=True):
            self._take(part, item, Timing.IN_ADVANCE, (_PRINCIPAL,))
        self._save_interest(parts, self._day)
        return units - repaid

    def _save_interest(self, repaid: Sequence[int], day: int) -> None:
        """Ask for no more interest than is charged now that principal is repaid.

        Interest that a row does not ask for itself, since it is put off to a later one, is saved there.
        """
        schedule = self._asked.schedule
        if self._savings is None:
            self._savings = Savings(schedule)
        first = len(schedule) - len(repaid)
        self._savings.repay([*[0] * first, *repaid], day)
        saved, upfront = 0, len(self._due) - len(schedule)
        rows = zip(schedule.interests, self._savings.interests, strict=True)
        for item, (before, now) in enumerate(rows, start=upfront):
            saved += before - now - self._saved.get(item, 0)
            more = min(saved, self._open[item][_INTEREST]) if item >= first + upfront else 0
            if more:
                self._open[item][_INTEREST] -= more
                self._saved[item] = self._saved.get(item, 0) + more
                saved -= more


def _charge_row(charge: Charge) -> list[int]:
    row = [0] * len(COMPONENTS)
    row[PLACE_OF[charge.component]] = charge.amount.minor_units
    return row


def _from_the_last(units: int, open_units: Sequence[int]) -> list[int]:
    """Give what money repays of each, the last first."""
    parts: list[int] = []
    for amount in reversed(open_units):
        parts.append(min(units, amount))
        units -= parts[-1]
    return parts[::-1]
