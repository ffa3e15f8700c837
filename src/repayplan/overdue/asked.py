"""What a schedule asks for, item by item, in minor units."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import attrs

from repayplan.errors import PaymentError
from repayplan.overdue.adjustments import Waiver
from repayplan.overdue.components import PLACE_OF
from repayplan.overdue.held_days import HeldDays
from repayplan.schedule.schedule import Schedule

__all__ = ["Asked"]


@attrs.frozen
class Asked:
    """The installments of a schedule as plain integers, the up-front payment before them if there is one.

    Attributes:
        schedule: The schedule.
        waivers: What is not asked for any more.
        moves: The days from which due dates move.
    """

    schedule: Schedule
    waivers: Sequence[Waiver]
    moves: HeldDays

    @cached_property
    def first_number(self) -> int:
        """The number of the first item: 0 where something is paid up front, otherwise 1."""
        return 1 if self.schedule.terms.upfront is None else 0

    @cached_property
    def due(self) -> list[int]:
        """The day on which each item is due, after moves by holds, as an ordinal; never going back."""
        terms = self.schedule.terms
        days = self.schedule.due if terms.upfront is None else (terms.starts_on, *self.schedule.due)
        if not self.moves:
            return [day.toordinal() for day in days]
        return [self.moves.moved(day).toordinal() for day in days]

    @cached_property
    def scheduled(self) -> list[list[int]]:
        """What each item asks for by the schedule, by component."""
        schedule, terms = self.schedule, self.schedule.terms
        count = len(schedule)
        interests: Sequence[int] = schedule.asked_interests
        fees: Sequence[int] = schedule.fees
        penalties: Sequence[int] = (0,) * count
        if terms.carried.asked_for:
            carried = terms.carried.parts
            interests = list(map(int.__add__, interests, carried("interest", count)))
            fees = list(map(int.__add__, fees, carried("fees", count)))
            penalties = carried("penalties", count)
        rows = [list(row) for row in zip(penalties, fees, interests, schedule.principals, strict=True)]
        return rows if terms.upfront is None else [[0, 0, 0, terms.upfront.minor_units], *rows]

    @cached_property
    def waived(self) -> dict[tuple[int, int], int]:
        """What is waived, by the places of the item and of the component.

        Raises:
            PaymentError: A waiver is of no installment, or more is waived than is asked for.
        """
        waived: dict[tuple[int, int], int] = {}
        for index, waiver in enumerate(self.waivers):
            item, component = self.place_of(waiver.installment), PLACE_OF[waiver.component]
            waived[item, component] = waived.get((item, component), 0) + waiver.amount.minor_units
            if waived[item, component] > self.scheduled[item][component]:
                message = (
                    f"installment {waiver.installment} does not ask for as much {waiver.component.value}"
                )
                raise PaymentError("waiver.amount", f"waivers[{index}].amount", message, {"id": waiver.id})
        return waived

    @property
    def waivings(self) -> list[tuple[int, int, int, int]]:
        """The day, the item, the component and the amount of each waiver, by day."""
        return [
            (
                waiver.waived_on.toordinal(),
                self.place_of(waiver.installment),
                PLACE_OF[waiver.component],
                waiver.amount.minor_units,
            )
            for waiver in self.waivers
        ]

    @cached_property
    def amounts(self) -> list[list[int]]:
        """What each item asks for by component, without what is waived."""
        amounts = [row.copy() for row in self.scheduled]
        for (item, component), units in self.waived.items():
            amounts[item][component] -= units
        return amounts

    def place_of(self, number: int, field: str = "installment") -> int:
        """Give the place of an installment.

        Raises:
            PaymentError: The schedule has no such installment.
        """
        place = number - self.first_number
        if not 0 <= place < len(self.scheduled):
            last = len(self.schedule)
            message = f"expected an installment from {self.first_number} to {last}, got {number}"
            raise PaymentError("payment.installment", field, message, {"last": last})
        return place
