"""Patterns that state their payments."""

from __future__ import annotations

from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING, ClassVar

import attrs

from repayplan.checks import check_count, check_tuple
from repayplan.errors import InputTypeError, TermsError, shown
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money
from repayplan.schedule.amortization import rows_needed
from repayplan.schedule.repayment import Repayment, check_positive

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from repayplan.rounding import Rounding
    from repayplan.schedule.amortization import PrincipalOf, Stuck
    from repayplan.schedule.annuity import Factor
    from repayplan.schedule.repayment import Run

__all__ = ["CustomPayments", "FixedPayment", "StepPayments"]


@attrs.frozen
class FixedPayment(Repayment):
    """A stated payment, as often as it takes; the last installment is what is left.

    Attributes:
        amount: The payment, above zero.
    """

    amount: Money

    def __attrs_post_init__(self) -> None:
        """Check the amount."""
        check_positive(self.amount, "amount")

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The payment."""
        return (self.amount,)

    def row_count(
        self, principal: int, residual: int, factors: Iterable[Factor], rounding: Rounding
    ) -> int | Stuck:
        """Count the rows until the payment covers all that is to be repaid."""
        return rows_needed(principal, factors, rounding.divide, self.amount.minor_units, residual=residual)

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay what the payment leaves after interest."""
        del run
        payment = self.amount.minor_units
        return lambda _number, _opening, interest: payment - interest


def _to_amounts(value: Sequence[Money]) -> tuple[Money, ...]:
    return check_tuple(value, Money, "amounts", maximum=INSTALLMENTS_MAX, error=TermsError)


@attrs.frozen
class CustomPayments(Repayment):
    """The payments that the caller lists, of principal and interest together; the last must clear the debt.

    Attributes:
        amounts: The payments, each above zero. A last one that does not clear the debt to the minor unit is
            refused with the amount that would.
    """

    states_last: ClassVar[bool] = True

    amounts: tuple[Money, ...] = attrs.field(converter=_to_amounts)

    def __attrs_post_init__(self) -> None:
        """Check the amounts."""
        if not self.amounts:
            raise TermsError("terms.amounts", "amounts", "expected at least one payment, got none")
        for index, amount in enumerate(self.amounts):
            check_positive(amount, f"amounts[{index}]")

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The payments."""
        return self.amounts

    def row_count(
        self, principal: int, residual: int, factors: Iterable[Factor], rounding: Rounding
    ) -> int | Stuck:
        """Say how many payments were listed."""
        del principal, residual, factors, rounding
        return len(self.amounts)

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay what each listed payment leaves after interest."""
        del run
        payments = [amount.minor_units for amount in self.amounts]
        return lambda number, _, interest: payments[number - 1] - interest


def _to_steps(value: Sequence[tuple[int, Money]]) -> tuple[tuple[int, Money], ...]:
    if not isinstance(value, (list, tuple)):
        message = f"expected a tuple of (count, amount) pairs, got {shown(value)}"
        raise InputTypeError("tuple.type", "steps", message)
    if not 1 <= len(value) <= INSTALLMENTS_MAX:
        message = f"expected 1 to {INSTALLMENTS_MAX} steps, got {len(value)}"
        raise TermsError("terms.steps", "steps", message)
    return tuple(_to_step(index, step) for index, step in enumerate(value))


def _to_step(index: int, step: tuple[object, object]) -> tuple[int, Money]:
    match step:
        case (count, Money() as amount):
            field = f"steps[{index}]"
            check_positive(amount, f"{field}[1]")
            least, most = 1, INSTALLMENTS_MAX
            return check_count(count, f"{field}[0]", minimum=least, maximum=most, error=TermsError), amount
        case _:
            message = f"expected a pair of a count and an amount, got {shown(step)}"
            raise InputTypeError("type.wrong", f"steps[{index}]", message)


@attrs.frozen
class StepPayments(Repayment):
    """Payments that change in steps: so many of one amount, then so many of another.

    The last installment is what is left, and not above the amount of its step.

    Attributes:
        steps: Pairs of a count and the payment, of principal and interest together; 1 to 10,000 in all.
    """

    steps: tuple[tuple[int, Money], ...] = attrs.field(converter=_to_steps)

    def __attrs_post_init__(self) -> None:
        """Check the number of installments."""
        check_count(self.ends[-1], "steps", minimum=1, maximum=INSTALLMENTS_MAX, error=TermsError)

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The payments, one a step."""
        return [amount for _, amount in self.steps]

    @property
    def ends(self) -> list[int]:
        """The number of the last installment of each step."""
        return list(accumulate(count for count, _ in self.steps))

    @property
    def payments(self) -> list[int]:
        """The payment of each installment, in minor units."""
        return list(chain.from_iterable(repeat(amount.minor_units, count) for count, amount in self.steps))

    @property
    def last_at_most(self) -> int | None:
        """The amount of the last step."""
        return self.steps[-1][1].minor_units

    def row_count(
        self, principal: int, residual: int, factors: Iterable[Factor], rounding: Rounding
    ) -> int | Stuck:
        """Add up the steps."""
        del principal, residual, factors, rounding
        return self.ends[-1]

    def principal_of(self, run: Run) -> PrincipalOf:
        """Pay what each step's payment leaves after interest."""
        del run
        payments = self.payments
        return lambda number, _, interest: payments[number - 1] - interest
