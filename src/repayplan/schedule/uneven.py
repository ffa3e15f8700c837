"""Payments that are worked out like level ones and yet differ: a large last one, or the seasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from repayplan.checks import check_count
from repayplan.errors import InputTypeError, TermsError, shown
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money
from repayplan.schedule.annuity import ExactPayment
from repayplan.schedule.repayment import CountedRepayment, check_positive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.schedule.amortization import PrincipalOf
    from repayplan.schedule.repayment import Run

__all__ = ["Balloon", "BalloonRemainder", "SeasonalPayments"]

_MONTHS = 12
_WEIGHT_MAX = 10**6


@attrs.frozen
class Balloon(CountedRepayment):
    """Equal installments and a stated large one at the end; never offered by :func:`repayplan.propose`.

    The equal ones are worked out exactly so that the stated one clears the debt, and rounded once; the last
    takes the difference, as with :class:`LevelPayment`.

    Attributes:
        count: How many installments, the balloon included, 2 to 10,000.
        amount: Principal and interest of the last one.
    """

    count_min: ClassVar[int] = 2

    amount: Money

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        check_positive(self.amount, "amount")

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The balloon."""
        return (self.amount,)

    @property
    def sets_payment(self) -> bool:
        """It does."""
        return True

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay what the one rounded payment leaves after interest."""
        # A last payment that is stated is a residual after it, in which the equal payments have no part.
        weights = (*(1,) * (len(run.factors) - 1), 0)
        left = run.residual + self.amount.minor_units
        payment = ExactPayment(run.principal, run.factors, left, weights).rounded(run.rounding.divide)
        return lambda _number, _opening, interest: payment - interest


@attrs.frozen
class BalloonRemainder(CountedRepayment):
    """Installments as for a longer term, and all that remains with the last one.

    Source of the term: 12 CFR 1026 (Regulation Z), comment 43(c)(5)(ii)(A)-4.

    Attributes:
        count: How many installments, 1 to 10,000.
        amortized_over: How many installments the payment is worked out for; at least ``count``.
    """

    amortized_over: int

    def __attrs_post_init__(self) -> None:
        """Check both counts."""
        super().__attrs_post_init__()
        longest = INSTALLMENTS_MAX
        check_count(
            self.amortized_over, "amortized_over", minimum=self.count, maximum=longest, error=TermsError
        )

    @property
    def sets_payment(self) -> bool:
        """It does."""
        return True

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay what the payment of the longer term leaves after interest."""
        factors = run.factors_over(self.amortized_over)
        payment = ExactPayment(run.principal, factors, run.residual).rounded(run.rounding.divide)
        return lambda _number, _opening, interest: payment - interest


def _to_weights(value: Sequence[int]) -> tuple[int, ...]:
    if not isinstance(value, (list, tuple)):
        message = f"expected a tuple of twelve whole numbers, got {shown(value)}"
        raise InputTypeError("tuple.type", "weights", message)
    if len(value) != _MONTHS:
        message = f"expected twelve weights, January first, got {len(value)}"
        raise TermsError("terms.weights", "weights", message)
    return tuple(
        check_count(weight, f"weights[{month}]", minimum=0, maximum=_WEIGHT_MAX, error=TermsError)
        for month, weight in enumerate(value)
    )


@attrs.frozen
class SeasonalPayments(CountedRepayment):
    """Payments in proportion to a weight for each month of the year, such as the seasons of an income.

    A month of weight zero has no installment; interest runs on to the next one. Each payment is the weight of
    its scheduled month times one exact unit, rounded once; the last installment clears the debt.

    Attributes:
        count: How many installments, 1 to 10,000.
        weights: Twelve whole numbers from 0 to 1,000,000, January first, at least one above zero.
    """

    weights: tuple[int, ...] = attrs.field(converter=_to_weights)

    def __attrs_post_init__(self) -> None:
        """Check that there is a month to pay in."""
        super().__attrs_post_init__()
        if not any(self.weights):
            message = "expected at least one month with a weight above zero, got twelve zeros"
            raise TermsError("terms.weights", "weights", message)

    @property
    def sets_payment(self) -> bool:
        """It does."""
        return True

    def pays_in(self, month: int) -> bool:
        """Tell whether the month has a weight."""
        return self.weights[month - 1] > 0

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay what each month's share leaves after interest."""
        weights = [self.weights[day.month - 1] for day in run.scheduled]
        unit = ExactPayment(run.principal, run.factors, run.residual, weights)
        rounded = {weight: unit.rounded(run.rounding.divide, times=weight) for weight in set(weights)}
        payments = [rounded[weight] for weight in weights]
        return lambda number, _, interest: payments[number - 1] - interest
