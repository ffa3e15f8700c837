"""What was missing of installments, day by day, for charges on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from repayplan.overdue.components import PLACE_OF, Component

if TYPE_CHECKING:
    from collections.abc import Iterable

    from repayplan.overdue.lateness import Lateness

__all__ = ["Missing"]


class Sums:
    """Amounts by day, and what they come to by the end of a day."""

    def __init__(self, dated: Iterable[tuple[int, int]]) -> None:
        pairs = list(dated)
        self.days = [day for day, _ in pairs]
        self.sums = [0, *accumulate(units for _, units in pairs)]

    def by(self, day: int) -> int:
        return self.sums[bisect_right(self.days, day)]


class Missing:
    """What was missing of each installment at the end of each day, without late charges, in minor units."""

    def __init__(self, lateness: Lateness) -> None:
        ledger = lateness.ledger
        self._lateness = lateness
        self._replay = ledger.replayed_with(()) if ledger.charges else ledger.replayed
        self._received = Sums(
            (payment.effective.toordinal(), payment.amount.minor_units) for payment in ledger.payments
        )
        self._before = [0, *accumulate(lateness.asked)]
        self._parts: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for part in self._replay.parts:
            self._parts[part.item].append((part.day, part.component, part.units))

    def received(self, day: int) -> int:
        """Give all that was received by a day."""
        return self._received.by(day)

    def on(self, item: int, day: int) -> int:
        """Give what was missing of an installment when a day ended."""
        asked = self._lateness.asked[item]
        if self._lateness.by_sums:
            return asked - min(asked, max(0, self.received(day) - self._before[item]))
        return asked - sum(units for when, _, units in self._parts[item] if when <= day)

    def bases(self, item: int, base: frozenset[Component], last: int) -> list[tuple[int, int]]:
        """Give what bears interest of an installment: the days from which it changes, and how much it is.

        Where sums decide what is missing, it is never more than they say.
        """
        places = {PLACE_OF[component] for component in base}
        left = self._replay.open[item]
        own = [(day, units) for day, place, units in self._parts[item] if place in places]
        still_open = sum(left[place] for place in places) + sum(units for _, units in own)
        paid, first = Sums(own), self._lateness.due[item] + 1
        days = {first, *paid.days, *self._filling(item)}
        return [
            (day, min(still_open - paid.by(day), self._at_most(item, day)))
            for day in sorted(days)
            if first <= day <= last
        ]

    def _filling(self, item: int) -> list[int]:
        """Give the days of the payments that fill an installment, where sums decide."""
        if not self._lateness.by_sums:
            return []
        sums, before = self._received.sums, self._before[item]
        first, last = bisect_right(sums, before) - 1, bisect_left(sums, before + self._lateness.asked[item])
        return self._received.days[first:last]

    def _at_most(self, item: int, day: int) -> int:
        return self.on(item, day) if self._lateness.by_sums else self._lateness.asked[item]
