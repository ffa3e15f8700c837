"""What late charges are judged by: the installments, what was missed of them, and the days that count."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from repayplan.explanation import ExplanationInput, ExplanationLine
from repayplan.money import Money
from repayplan.overdue.clocks import Clocks
from repayplan.overdue.held_days import HeldDays
from repayplan.overdue.holds import Hold, HoldEffect
from repayplan.overdue.missing import Missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.currency import Currency
    from repayplan.overdue.charge_proposals import ChargeProposal
    from repayplan.overdue.facts import Facts
    from repayplan.overdue.lateness import Lateness
    from repayplan.overdue.rules import OverdueRules
    from repayplan.rounding import Rounding
    from repayplan.rules import Finding

__all__ = ["ChargeBasis", "Judged"]


class Judged(NamedTuple):
    """What one kind of rules says.

    Attributes:
        due: The charges that it proposes.
        justified: The ids of the recorded charges that stand.
        findings: Why charges do not arise.
    """

    due: list[ChargeProposal]
    justified: set[str]
    findings: list[Finding]


class ChargeBasis:
    """One set of facts, as every rule of late charges reads it."""

    def __init__(self, lateness: Lateness, rules: OverdueRules, kept: Sequence[Hold]) -> None:
        self.lateness, self.rules = lateness, rules
        self.facts: Facts = lateness.ledger.facts
        self.known_on: pendulum.Date | None = lateness.ledger.known_on
        self.as_of: int = lateness.ledger.as_of.toordinal()
        self.missing = Missing(lateness)
        self._kept, self._clocks = kept, Clocks(self.facts, self.known_on, rules)

    @cached_property
    def kept_days(self) -> HeldDays:
        """The days on which the arrangement is kept."""
        return HeldDays.of(self._kept, HoldEffect.FEES_STOP)

    @cached_property
    def days_without_fees(self) -> HeldDays:
        """The days on which a hold stops fees."""
        return self.facts.held(HoldEffect.FEES_STOP, self.known_on)

    @cached_property
    def days_without_interest(self) -> HeldDays:
        """The days on which a hold stops interest, or the arrangement is kept."""
        every, debtor = (*self.facts.holds, *self._kept), self.facts.debtor
        return HeldDays.of(every, HoldEffect.INTEREST_STOPS, known_on=self.known_on, debtor=debtor)

    def falls_on(self, due: int, after_days: int) -> int | None:
        """Give the day on which an installment is so many days past due and beyond its grace, if it came."""
        last_of_grace, count = self._last_of_grace(due), self._clocks.plan.count
        needed = 1 if self.rules.grace_calendar is not None else 1 + self.rules.grace

        def is_late(day: int) -> bool:
            return count(due, day) >= after_days and count(last_of_grace, day) >= needed

        days = range(due + 1, self.as_of + 1)
        place = bisect_left(days, True, key=is_late)  # noqa: FBT003  # the first day on which it is
        return days[place] if place < len(days) else None

    def _last_of_grace(self, due: int) -> int:
        """Give the last day of a grace of business days, or the due day, from which other days count."""
        if self.rules.grace_calendar is None:
            return due
        return self._clocks.end_of_grace(due, self.as_of)

    @property
    def rounding(self) -> Rounding:
        """How amounts are rounded."""
        return self.facts.schedule.terms.rounding

    @property
    def currency(self) -> Currency:
        """The currency of every amount."""
        return self.facts.schedule.terms.principal.currency

    def number(self, item: int) -> int:
        """Give the number of an installment."""
        return self.lateness.ledger.asked.first_number + item

    def money(self, units: int) -> Money:
        """Give minor units as money."""
        return Money.from_minor_units(units, self.currency)

    def line(
        self, key: str, label: str, units: int, factor: Fraction | int = 1, of: str | None = None
    ) -> ExplanationLine:
        """Give a line of an explanation: an amount, and what it is multiplied by."""
        given = ExplanationInput(of or label, self.money(units).exact)
        return ExplanationLine(key, label, (given,), Fraction(factor), self.rounding, self.currency)
