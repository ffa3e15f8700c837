"""Which installments were unpaid when: judged from all that is known on one day, in day ordinals."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from repayplan.overdue.ledger import Ledger
from repayplan.overdue.rules import Ageing, Tolerance

if TYPE_CHECKING:
    from repayplan.overdue.replay import Replay

__all__ = ["Lateness"]


@attrs.frozen
class Lateness:
    """The installments of a ledger by when they were due and when they were settled.

    An installment is settled from the day on which no more is missing of it than is tolerated. Late charges
    play no part. Where the order of allocation may leave old interest open while principal is paid, the sums
    of what was due and of what was paid decide instead of what is left open.

    Attributes:
        ledger: The ledger.
        tolerance: What shortfall is tolerated; None is none.
    """

    ledger: Ledger
    tolerance: Tolerance | None

    @property
    def due(self) -> list[int]:
        """The day on which each installment is due, never going back."""
        return self.ledger.asked.due

    @cached_property
    def asked(self) -> list[int]:
        """What each installment asks for."""
        asked = self.scheduled.copy()
        for _, item, waived, _ in self._replayed.lowered:
            asked[item] -= waived
        return asked

    @cached_property
    def missing(self) -> list[int]:
        """What is missing of each installment."""
        if not self.by_sums:
            return list(map(sum, self.open_parts))
        left = sum(payment.amount.minor_units for payment in self.ledger.payments)
        missing: list[int] = []
        for asked in self.asked:
            filled = min(left, asked)
            left -= filled
            missing.append(asked - filled)
        return missing

    @property
    def credit(self) -> int:
        """What is held and pays what falls due next; nothing where sums decide, which it is part of."""
        return 0 if self.by_sums else self._replayed.credit_units

    @property
    def open_parts(self) -> list[list[int]]:
        """What is left open of each installment, by component."""
        return self._replayed.open[: len(self.due)]

    @cached_property
    def settled(self) -> list[int | None]:
        """The day on which each installment was settled; None where it is not."""
        return self._settled_by_sums() if self.by_sums else self._settled_by_parts()

    @cached_property
    def scheduled(self) -> list[int]:
        """What each installment asked for before anything was waived."""
        saved = self._replayed.saved
        return [sum(row) - saved.get(item, 0) for item, row in enumerate(self.ledger.asked.scheduled)]

    @cached_property
    def changes(self) -> list[tuple[int, int, int, int]]:
        """The day, the installment, and how much less of it was asked for and missing from then on."""
        replayed = self._replayed
        paid = [(day, item, 0, units) for _, item, _, units, day, _, _ in replayed.parts]
        if not replayed.lowered:
            return paid
        freed = [(day, item, 0, units) for day, item, units in replayed.freed]
        waived = [(day, item, units, lowered) for day, item, units, lowered in replayed.lowered]
        return sorted([*waived, *paid, *freed], key=lambda change: (change[0], not change[2]))

    @property
    def by_sums(self) -> bool:
        """Whether sums decide."""
        return self.ledger.order.judges_by_sums

    @cached_property
    def _replayed(self) -> Replay:
        """The ledger's replay without late charges."""
        return self.ledger.replayed_with(()) if self.ledger.charges else self.ledger.replayed

    def most(self, asked: int) -> int:
        """Give the greatest shortfall that is tolerated of an amount."""
        return 0 if self.tolerance is None else self.tolerance.most(asked)

    def _settled_by_parts(self) -> list[int | None]:
        asked, left = self.scheduled.copy(), self.scheduled.copy()
        most = [0] * len(asked) if self.tolerance is None else list(map(self.most, asked))
        settled: list[int | None] = [
            0 if amount <= tolerated else None for amount, tolerated in zip(left, most, strict=True)
        ]
        if not self._replayed.lowered:  # as is nearly always so
            for _, item, _, units, day, _, _ in self._replayed.parts:
                left[item] -= units
                if left[item] <= most[item] and settled[item] is None:
                    settled[item] = day
            return settled
        for day, item, waived, less in self.changes:
            left[item] -= less
            if waived:
                asked[item] -= waived
                most[item] = self.most(asked[item])
            if settled[item] is None and left[item] <= most[item]:
                settled[item] = day
        return settled

    def _settled_by_sums(self) -> list[int | None]:
        """Fill installments with all that was paid; each waiver and payment may settle some more of them."""
        asked = self.scheduled.copy()
        settled: list[int | None] = [0 if units <= self.most(units) else None for units in asked]
        paid, needed, item = 0, 0, 0
        for day, waived_item, units in self.sums:
            if waived_item is None:
                paid += units
            else:
                asked[waived_item] -= units
                needed -= units if waived_item < item else 0
                if settled[waived_item] is None and asked[waived_item] <= self.most(asked[waived_item]):
                    settled[waived_item] = day
            while item < len(asked) and paid >= needed + asked[item] - self.most(asked[item]):
                settled[item] = day if settled[item] is None else settled[item]
                needed += asked[item]
                item += 1
        return settled

    @property
    def sums(self) -> list[tuple[int, int | None, int]]:
        """The day and the amount of each payment and waiver, with its installment; the start first."""
        waived: list[tuple[int, int | None, int]] = [
            (day, item, units) for day, item, units, _ in self._replayed.lowered
        ]
        paid = [
            (payment.effective.toordinal(), None, payment.amount.minor_units)
            for payment in self.ledger.payments
        ]
        return sorted([(0, None, 0), *waived, *paid], key=lambda change: (change[0], change[1] is None))

    @cached_property
    def past_due(self) -> list[int]:
        """The places of the installments that are unpaid after their due day, the oldest first."""
        as_of = self.ledger.as_of.toordinal()
        return [
            item
            for item, (due, settled) in enumerate(zip(self.due, self.settled, strict=True))
            if due < as_of and settled is None
        ]

    def since(self, ageing: Ageing) -> int | None:
        """Give the due day from which lateness is counted; None where nothing is past due."""
        if not self.past_due:
            return None
        oldest = self.due[self.past_due[0]]
        return oldest if ageing is Ageing.OLDEST_UNPAID else self._first_arrears(oldest)

    def _first_arrears(self, oldest: int) -> int:
        """Go back over the installments whose lateness reached into that of later ones."""
        ended = sorted(
            (
                (settled, due)
                for due, settled in zip(self.due, self.settled, strict=True)
                if settled is not None and settled > due + 1
            ),
            reverse=True,
        )
        first = oldest
        for settled, due in ended:
            if settled <= first:
                break
            first = min(first, due)
        return first
