"""Plans that were looked at, by what sets them apart, and why some are not offered."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.schedule.carried import CarriedTreatments
from repayplan.schedule.level import LevelPayment
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.schedule.schedule import Schedule

__all__ = ["Candidate", "DroppedOffer", "Shape", "burden"]


class Shape(Enumeration):
    """How the payments of a plan run."""

    LEVEL = "level"
    RISING = "rising"
    FALLING = "falling"
    SEASONAL = "seasonal"
    """Up and down."""
    DEFERRED = "deferral"
    """They begin later than was asked for."""

    @classmethod
    def of(cls, schedule: Schedule) -> Shape:
        """Tell from what the installments ask for; the last, which is what is left, does not count."""
        if isinstance(schedule.terms.repayment, LevelPayment):
            return cls.LEVEL
        return cls.of_amounts(schedule.amounts[:-1])

    @classmethod
    def of_amounts(cls, amounts: Sequence[int]) -> Shape:
        """Tell from amounts in minor units, in order; a single unit is what a rounding leaves over."""
        steps = [earlier - later for earlier, later in pairwise(amounts) if abs(earlier - later) > 1]
        if not steps:
            return cls.LEVEL
        if max(steps) < 0:
            return cls.RISING
        return cls.FALLING if min(steps) > 0 else cls.SEASONAL


_SPREAD = CarriedTreatments()


def burden(installment: Money, frequency: Frequency) -> Fraction:
    """Bring an installment to a month, in minor units; on listed dates it stands for itself."""
    times = Fraction(1) if frequency.date_count is not None else frequency.periods_per_month
    return installment.minor_units * times


@attrs.frozen
class Candidate(Value):
    """A plan that was looked at, by what sets it apart.

    Attributes:
        installments: How many.
        highest: The highest of them.
        months: The term.
        total: All that would be paid.
        shape: How the payments run.
        frequency: How often they fall due.
        carried: Where interest, fees and penalties owed at the start go.
    """

    installments: int
    highest: Money
    months: int
    total: Money
    shape: Shape = Shape.LEVEL
    frequency: Frequency = Frequency.MONTHLY
    carried: CarriedTreatments = _SPREAD

    @property
    def monthly(self) -> Fraction:
        """The highest installment brought to a month, in minor units: 52/12 of a weekly one."""
        return burden(self.highest, self.frequency)

    @property
    def merits(self) -> tuple[Fraction, int, Money]:
        """What plans are compared by: highest installment, months and total, the lower the better.

        The installment counts as what it comes to in a month, so that weekly and monthly plans compare.
        """
        return self.monthly, self.months, self.total

    def dominates(self, other: Candidate) -> bool:
        """Tell whether this is no worse in any respect and better in one, or a twin of fewer rows."""
        as_good = self.monthly <= other.monthly and self.months <= other.months and self.total <= other.total
        return as_good and (*self.merits, self.installments) < (*other.merits, other.installments)


@attrs.frozen
class DroppedOffer(Value):
    """An affordable plan that is not among the offers.

    Attributes:
        candidate: The plan.
        dominated_by: A plan that is better, or equal and found before; None if it was only thinned out.
        near: The offer that it was thinned out for; None if it is dominated.
        distance: How far it is from that offer, as a share of the range of the plans to choose from: the
            greater of the differences in highest installment and in months; None likewise.
    """

    candidate: Candidate
    dominated_by: Candidate | None = None
    near: Candidate | None = None
    distance: Fraction | None = None

    @property
    def thinned(self) -> bool:
        """Whether it was left out only because an offer is so near to it that it would add nothing."""
        return self.dominated_by is None
