"""The days on which an effect of holds is in force: the union of their days."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text
from repayplan.errors import DateError, PaymentError
from repayplan.overdue.fields import to_known_on
from repayplan.overdue.holds import Hold, HoldEffect, check_holds

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

__all__ = ["HeldDays"]

_LAST_ORDINAL: Final = pendulum.Date.max.toordinal()
"""The last day that there is, on which a hold without an end ends."""


@attrs.frozen
class HeldDays:
    """The days on which an effect is in force by any of several holds; made by :meth:`of`.

    Overlapping holds hold a day once: the days are the union of those of all holds. To count them takes two
    searches by halves, however many holds and days there are.

    Attributes:
        spans: First and last days as ordinals, rising, with at least one day between any two.
    """

    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(
        cls,
        holds: Sequence[Hold],
        effect: HoldEffect,
        *,
        known_on: datetime.date | None = None,
        debtor: str | None = None,
    ) -> HeldDays:
        """Unite the days of the holds that name an effect.

        Args:
            holds: The holds, in any order.
            effect: What is stopped.
            known_on: Leave out holds recorded after this day; None leaves out none.
            debtor: Whose protection is asked about: holds for all and those for this debtor count. None
                counts those for all alone.

        Raises:
            PaymentError: The holds contradict each other, as in :func:`check_holds`.
        """
        every = check_holds(holds)
        known = to_known_on(known_on)
        check_instance(effect, HoldEffect, "effect")
        if debtor is not None:
            check_text(debtor, "debtor", error=PaymentError)
        return cls(
            _joined(
                hold
                for hold in every
                if effect in hold.effects
                and hold.protects(debtor)
                and (known is None or hold.recorded <= known)
            )
        )

    def __bool__(self) -> bool:
        """Tell whether any day is held."""
        return bool(self.spans)

    def count(self, after: datetime.date, until: datetime.date) -> int:
        """Count the held days after a day, up to another and with it; none where that is not later."""
        first, last = check_date(after, "after"), check_date(until, "until")
        return self.count_ordinals(first.toordinal(), last.toordinal())

    def count_ordinals(self, after: int, until: int) -> int:
        """Count the same days, both ends as ordinals."""
        return self._up_to(until) - self._up_to(after) if after < until else 0

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether a day is held."""
        return self._holding(check_date(day, "day").toordinal()) is not None

    def moved(self, day: datetime.date) -> pendulum.Date:
        """Give the first day on or after a day that is not held.

        Raises:
            DateError: There is none, since a hold has no end, or ends on the last day that there is.
        """
        asked = check_date(day, "day")
        last = self._holding(asked.toordinal())
        if last is None:
            return asked
        if last == _LAST_ORDINAL:
            message = f"expected a day after {asked} that is not held, got holds to the end of time; end one"
            raise DateError("hold.open_end", "holds", message, {"day": asked})
        return pendulum.Date.fromordinal(last + 1)

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(first for first, _ in self.spans)

    @cached_property
    def _before(self) -> tuple[int, ...]:
        """How many held days come before each span."""
        counts, held = [0], 0
        for first, last in self.spans:
            held += last - first + 1
            counts.append(held)
        return tuple(counts)

    def _up_to(self, day: int) -> int:
        """Count the held days up to a day and with it."""
        begun = bisect_right(self._firsts, day)
        if begun == 0:
            return 0
        beyond = self.spans[begun - 1][1] - day
        return self._before[begun] - max(0, beyond)

    def _holding(self, day: int) -> int | None:
        """Give the last day of the span that holds a day; None where none does."""
        begun = bisect_right(self._firsts, day)
        if begun == 0:
            return None
        last = self.spans[begun - 1][1]
        return last if day <= last else None


def _joined(holds: Iterable[Hold]) -> tuple[tuple[int, int], ...]:
    """Join spans that overlap or follow each other without a day between them."""
    ends = ((hold.first_day.toordinal(), _last_ordinal(hold)) for hold in holds)
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ends):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _last_ordinal(hold: Hold) -> int:
    return _LAST_ORDINAL if hold.last_day is None else hold.last_day.toordinal()
