"""Patterns that state the principal of each row rather than the payment."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, ClassVar

import attrs

from repayplan.checks import check_instance
from repayplan.money import Money
from repayplan.schedule.repayment import CountedRepayment, Difference, check_step, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.rounding import Rounding
    from repayplan.schedule.amortization import PrincipalOf
    from repayplan.schedule.repayment import Run

__all__ = ["EqualPrincipal", "FlatInterest"]


@attrs.frozen
class EqualPrincipal(CountedRepayment):
    """Equal parts of principal, with interest on the falling balance.

    Attributes:
        count: How many installments, 1 to 10,000.
        difference: Who absorbs what rounding leaves over.
    """

    difference: Difference = Difference.LAST

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        check_instance(self.difference, Difference, "difference")

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay an equal part of the principal in every row."""
        parts = _equal_parts(run, self.difference)
        return lambda number, _opening, _interest: parts[number - 1]


@attrs.frozen
class FlatInterest(CountedRepayment):
    """Interest always on the first principal, as card installment fees are quoted.

    Attributes:
        count: How many installments, 1 to 10,000.
        step: What principal and interest together are rounded to, such as 1 yuan; None rounds the principal
            to the minor unit.
        difference: Who absorbs what rounding leaves over.
    """

    flat: ClassVar[bool] = True

    step: Money | None = None
    difference: Difference = Difference.LAST

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        check_step(self.step)
        check_instance(self.difference, Difference, "difference")

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The step, if there is one."""
        return () if self.step is None else (self.step,)

    @property
    def sets_payment(self) -> bool:
        """It does where there is a step."""
        return self.step is not None

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay an equal part of the principal in every row, or what the stepped payment leaves."""
        parts = _equal_parts(run, self.difference) if self.step is None else self._stepped_parts(run)
        return lambda number, _opening, _interest: parts[number - 1]

    def _stepped_parts(self, run: Run) -> Sequence[int]:
        divide, count, unit = run.rounding.divide, len(run.factors), unit_of(self.step)
        interests = [divide(run.principal * part, whole) for part, whole in run.factors]
        if self.difference is Difference.SPREAD:
            payments = _running(_exact_payments(run), unit, run.rounding)
        else:
            payments = [divide(part, whole * unit) * unit for part, whole in _exact_payments(run)]
        parts = [payment - interest for payment, interest in zip(payments, interests, strict=True)]
        if self.difference is Difference.FIRST and count > 1:
            parts[0] = run.repaid - sum(parts[1:])
        return parts


def _exact_payments(run: Run) -> list[tuple[int, int]]:
    """Give the equal part of the principal and the interest on all of it, exactly, for each row."""
    count = len(run.factors)
    return [(run.repaid * whole + count * run.principal * part, count * whole) for part, whole in run.factors]


def _equal_parts(run: Run, difference: Difference) -> Sequence[int]:
    count = len(run.factors)
    if difference is Difference.SPREAD:
        return _running([(run.repaid, count)] * count, 1, run.rounding)
    part = run.rounding.divide(run.repaid, count)
    first = run.repaid - (count - 1) * part if difference is Difference.FIRST else part
    return [first, *[part] * (count - 1)]


def _running(exact: Sequence[tuple[int, int]], unit: int, rounding: Rounding) -> list[int]:
    """Round exact amounts as a running sum, so that no error gathers."""
    sums = accumulate((Fraction(*amount) for amount in exact), initial=Fraction(0))
    rounded = [rounding.divide(total.numerator, total.denominator * unit) * unit for total in sums]
    return [after - before for before, after in pairwise(rounded)]
