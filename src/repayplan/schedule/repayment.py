"""Repayment patterns: each decides what a row pays; one loop builds every schedule from the decision."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, ClassVar

import attrs

from repayplan.checks import check_count, check_instance, check_tuple
from repayplan.dates import INSTALLMENTS_MAX
from repayplan.errors import TermsError
from repayplan.money import Money
from repayplan.rounding import Rounding
from repayplan.schedule.amortization import PrincipalOf, Stuck, rows_needed
from repayplan.schedule.annuity import Factor, level_payment
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "CustomPayments",
    "EqualPrincipal",
    "FixedPayment",
    "FlatInterest",
    "LevelPayment",
    "Repayment",
]


@attrs.frozen
class Repayment(Value, abc.ABC):
    """How a debt is paid down, row by row."""

    flat: ClassVar[bool] = False
    """Whether interest is always on the first principal."""
    states_last: ClassVar[bool] = False
    """Whether the pattern states the last payment too, rather than leave it to clear the debt."""

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The money that the pattern names, which must be in the currency of the debt."""
        return ()

    @abc.abstractmethod
    def row_count(self, principal: int, factors: Iterable[Factor], rounding: Rounding) -> int | Stuck:
        """Say how many rows there are, for a debt in minor units and the rates of the periods to come."""

    @abc.abstractmethod
    def principal_of(self, principal: int, factors: Sequence[Factor], rounding: Rounding) -> PrincipalOf:
        """Decide the principal of every row but the last, for a debt in minor units and its period rates."""


@attrs.frozen
class CountedRepayment(Repayment):
    """A pattern that states how many installments there are."""

    count: int

    @property
    def sets_payment(self) -> bool:
        """Whether it sets principal and interest together, so that interest may leave no principal."""
        return False

    def __attrs_post_init__(self) -> None:
        """Check the count."""
        check_count(self.count, "count", minimum=1, maximum=INSTALLMENTS_MAX, error=TermsError)

    def row_count(self, principal: int, factors: Iterable[Factor], rounding: Rounding) -> int | Stuck:
        """Say how many rows were asked for."""
        del principal, factors, rounding
        return self.count


@attrs.frozen
class LevelPayment(CountedRepayment):
    """Equal installments of principal and interest together (an annuity); the last clears the remainder.

    Attributes:
        count: How many installments, 1 to 10,000.
        step: What the payment is a multiple of, such as 10 yuan; None is the minor unit.
        rounding: How the exact payment is rounded; None is the rounding of the terms.
    """

    step: Money | None = None
    rounding: Rounding | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        _check_step(self.step)
        if self.rounding is not None:
            check_instance(self.rounding, Rounding, "rounding")

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The step, if there is one."""
        return () if self.step is None else (self.step,)

    @property
    def sets_payment(self) -> bool:
        """It does."""
        return True

    def principal_of(self, principal: int, factors: Sequence[Factor], rounding: Rounding) -> PrincipalOf:
        """Pay what the one rounded payment leaves after interest."""
        payment = self.payment(principal, factors, rounding)
        return lambda _, interest: payment - interest

    def payment(self, principal: int, factors: Sequence[Factor], rounding: Rounding) -> int:
        """Round the exact level payment once, to the step, in minor units."""
        return level_payment(principal, factors, (self.rounding or rounding).divide, _unit(self.step))


@attrs.frozen
class FixedPayment(Repayment):
    """A stated payment, as often as it takes; the last installment is what is left.

    Attributes:
        amount: The payment, above zero.
    """

    amount: Money

    def __attrs_post_init__(self) -> None:
        """Check the amount."""
        _check_positive(self.amount, "amount")

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The payment."""
        return (self.amount,)

    def row_count(self, principal: int, factors: Iterable[Factor], rounding: Rounding) -> int | Stuck:
        """Count the rows until the payment covers all that is left."""
        return rows_needed(principal, factors, rounding.divide, self.amount.minor_units)

    def principal_of(self, principal: int, factors: Sequence[Factor], rounding: Rounding) -> PrincipalOf:
        """Pay what the payment leaves after interest."""
        del principal, factors, rounding
        payment = self.amount.minor_units
        return lambda _, interest: payment - interest


@attrs.frozen
class EqualPrincipal(CountedRepayment):
    """Equal parts of principal, with interest on the falling balance; the last takes the rounding difference.

    Attributes:
        count: How many installments, 1 to 10,000.
    """

    def principal_of(self, principal: int, factors: Sequence[Factor], rounding: Rounding) -> PrincipalOf:
        """Pay the same part of the principal in every row."""
        part = rounding.divide(principal, len(factors))
        return lambda _number, _interest: part


@attrs.frozen
class FlatInterest(CountedRepayment):
    """Interest always on the first principal, as card installment fees are quoted.

    Attributes:
        count: How many installments, 1 to 10,000.
        step: What principal and interest together are rounded to, such as 1 yuan; None rounds the principal
            to the minor unit.
    """

    flat: ClassVar[bool] = True

    step: Money | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        super().__attrs_post_init__()
        _check_step(self.step)

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The step, if there is one."""
        return () if self.step is None else (self.step,)

    @property
    def sets_payment(self) -> bool:
        """It does where there is a step."""
        return self.step is not None

    def principal_of(self, principal: int, factors: Sequence[Factor], rounding: Rounding) -> PrincipalOf:
        """Pay the same part of the principal in every row, or what the stepped payment leaves."""
        count, unit = len(factors), _unit(self.step)
        if self.step is None:
            part = rounding.divide(principal, count)
            return lambda _number, _interest: part

        def principal_in_steps(number: int, interest: int) -> int:
            numerator, denominator = factors[number - 1]
            exact = principal * (denominator + count * numerator)
            return rounding.divide(exact, count * denominator * unit) * unit - interest

        return principal_in_steps


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
            _check_positive(amount, f"amounts[{index}]")

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The payments."""
        return self.amounts

    def row_count(self, principal: int, factors: Iterable[Factor], rounding: Rounding) -> int | Stuck:
        """Say how many payments were listed."""
        del principal, factors, rounding
        return len(self.amounts)

    def principal_of(self, principal: int, factors: Sequence[Factor], rounding: Rounding) -> PrincipalOf:
        """Pay what each listed payment leaves after interest."""
        del principal, factors, rounding
        payments = [amount.minor_units for amount in self.amounts]
        return lambda number, interest: payments[number - 1] - interest


def _check_step(step: Money | None) -> None:
    if step is not None:
        _check_positive(step, "step")


def _check_positive(amount: Money, field: str) -> None:
    check_instance(amount, Money, field)
    if amount.minor_units <= 0:
        raise TermsError("terms.amount", field, f"expected an amount above zero, got {amount}")


def _unit(step: Money | None) -> int:
    return 1 if step is None else step.minor_units
