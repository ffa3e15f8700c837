"""Level payments: every installment of principal and interest together is the same."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.errors import TermsError
from repayplan.money import Money
from repayplan.rounding import Rounding
from repayplan.schedule.amortization import final_payment
from repayplan.schedule.annuity import ExactPayment
from repayplan.schedule.repayment import CountedRepayment, Difference, check_step, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.schedule.amortization import PrincipalOf
    from repayplan.schedule.annuity import Factor
    from repayplan.schedule.repayment import Run

__all__ = ["LevelPayment"]


@attrs.frozen
class LevelPayment(CountedRepayment):
    """Equal installments of principal and interest together (an annuity).

    Attributes:
        count: How many installments, 1 to 10,000.
        step: What the payment is a multiple of, such as 10 yuan; None is the minor unit.
        rounding: How the exact payment is rounded; None is the rounding of the terms.
        difference: Who absorbs what rounding leaves over. ``FIRST``: the first payment is the least that
            leaves the last no higher than the level one.
        resets: Whether the payment is worked out anew where the rate changes, from the balance then and as if
            the new rate stayed (12 CFR 1026, comment 43(c)(5)(i)-5.iii). Otherwise one payment spans them.
    """

    step: Money | None = None
    rounding: Rounding | None = None
    difference: Difference = Difference.LAST
    resets: bool = False

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        check_step(self.step)
        if self.rounding is not None:
            check_instance(self.rounding, Rounding, "rounding")
        check_instance(self.difference, Difference, "difference")
        check_instance(self.resets, bool, "resets")
        if self.resets and self.difference is not Difference.LAST:
            message = "expected Difference.LAST where the payment is worked out anew at each rate"
            raise TermsError("terms.difference", "difference", message)

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The step, if there is one."""
        return () if self.step is None else (self.step,)

    @property
    def sets_payment(self) -> bool:
        """It does."""
        return True

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay what the rounded payment leaves after interest."""
        if self.resets and run.steps:
            return self._reset(run)
        if self.difference is Difference.SPREAD:
            return self._spread(run)
        payment = self.payment(run.principal, run.factors, run.rounding, residual=run.residual)
        if self.difference is Difference.LAST or self.count == 1 or payment <= 0:
            return lambda _number, _opening, interest: payment - interest
        first = _first_payment(run, payment)
        return lambda number, _, interest: (first if number == 1 else payment) - interest

    def payment(
        self, principal: int, factors: Sequence[Factor], rounding: Rounding, *, residual: int = 0
    ) -> int:
        """Round the exact level payment once, to the step, in minor units."""
        exact = ExactPayment(principal, factors, residual)
        return exact.rounded((self.rounding or rounding).divide, unit=unit_of(self.step))

    def _spread(self, run: Run) -> PrincipalOf:
        exact = ExactPayment(run.principal, run.factors, run.residual)
        divide, unit = (self.rounding or run.rounding).divide, unit_of(self.step)
        sums = [exact.rounded(divide, times=number, unit=unit) for number in range(self.count + 1)]
        return lambda number, _, interest: sums[number] - sums[number - 1] - interest

    def _reset(self, run: Run) -> PrincipalOf:
        if len(run.steps) * len(run.factors) > _RESETS_MAX:
            message = f"expected at most {_RESETS_MAX // len(run.factors)} rates over {len(run.factors)} rows"
            raise TermsError("terms.resets", "rate", message, {"rates": len(run.steps)})
        payments: list[int] = []  # the loop asks row by row, so the last one is the one in force

        def principal_of(number: int, opening: int, interest: int) -> int:
            rate = run.steps.get(number)
            if rate is not None:
                factors = run.factors_at(rate)[number - 1 :]
                payments.append(self.payment(opening, factors, run.rounding, residual=run.residual))
            return payments[-1] - interest

        return principal_of


_RESETS_MAX = 400_000
"""Rates times rows for which the payment may be worked out anew: 360 months of 360 rates and more."""


def _first_payment(run: Run, payment: int) -> int:
    """Bisect for the least first payment that leaves the last no higher than ``payment``."""
    divide = run.rounding.divide
    numerator, denominator = run.factors[0]
    interest = divide(run.principal * numerator, denominator)

    def last_fits(first: int) -> bool:
        opening = run.principal - (first - interest)
        return final_payment(opening, run.factors[1:], divide, payment) - run.residual <= payment

    candidates = range(interest + 1, interest + run.repaid + 1)
    found = bisect_left(candidates, 1, key=last_fits)
    return candidates[found] if found < len(candidates) else payment  # a residual may grow beyond any payment
