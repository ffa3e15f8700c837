"""What a pattern of repayment is: it decides what a row pays; one loop builds every schedule from that."""

from __future__ import annotations

import abc
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import attrs

from repayplan.checks import check_count, check_instance
from repayplan.errors import TermsError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money
from repayplan.rates import Rate
from repayplan.rounding import Rounding
from repayplan.schedule.annuity import Factor
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from repayplan.schedule.amortization import PrincipalOf, Stuck

__all__ = ["CountedRepayment", "Difference", "Repayment", "Run", "check_positive", "check_step", "unit_of"]


class Difference(Enumeration):
    """Who absorbs what rounding leaves over."""

    LAST = "last"
    """The last installment."""
    FIRST = "first"
    """The first one, so that the last is no higher than the others."""
    SPREAD = "spread"
    """Every one a little: the exact amounts are rounded as a running sum."""


@attrs.frozen
class Run:
    """The rows that a pattern decides on, in minor units; the rows of interest alone lie before them.

    Attributes:
        principal: What is owed before the first of them.
        residual: What is to be left after the last; zero but for temporary terms.
        factors: The rate of each row's period.
        rounding: The rounding of the terms.
        scheduled: The scheduled date of each row.
        steps: The rows, counted from 1, at which the rate in force is another than before, and the rate.
        factors_at: The factors that the rows would have if one rate stayed throughout.
        factors_over: The factors of so many rows, which may be more than there are.
    """

    principal: int
    residual: int
    factors: Sequence[Factor]
    rounding: Rounding
    scheduled: Sequence[datetime.date]
    steps: Mapping[int, Rate]
    factors_at: Callable[[Rate], Sequence[Factor]]
    factors_over: Callable[[int], Sequence[Factor]]

    @property
    def repaid(self) -> int:
        """What the rows repay of the principal."""
        return self.principal - self.residual


@attrs.frozen
class Repayment(Value, abc.ABC):
    """How a debt is paid down, row by row."""

    flat: ClassVar[bool] = False
    """Whether interest is always on the first principal."""
    states_last: ClassVar[bool] = False
    """Whether the pattern states the last payment too, rather than leave it to clear the debt."""
    defers_interest: ClassVar[bool] = False
    """Whether a payment may leave a part of the interest to later ones."""

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The money that the pattern names, which must be in the currency of the debt."""
        return ()

    @property
    def interest_only(self) -> int:
        """Rows of interest alone that the pattern begins with."""
        return 0

    @property
    def core(self) -> Repayment:
        """The pattern of the rows that repay principal."""
        return self

    @property
    def last_at_most(self) -> int | None:
        """The most that the last row may pay of principal and interest, in minor units; None is no limit."""
        return None

    @property
    def may_leave_all(self) -> bool:
        """Whether it may repay no principal at all, as interest alone does."""
        return False

    def with_core(self, core: Repayment) -> Repayment:
        """Put another pattern in the place of :attr:`core`."""
        return core

    @abc.abstractmethod
    def row_count(
        self, principal: int, residual: int, factors: Iterable[Factor], rounding: Rounding
    ) -> int | Stuck:
        """Say how many rows :attr:`core` has, for a debt in minor units and the rates of its periods."""

    @abc.abstractmethod
    def principal_of(self, run: Run) -> PrincipalOf:
        """Decide the principal of every row of ``run``; unless it is stated, the last one clears the debt."""


@attrs.frozen
class CountedRepayment(Repayment):
    """A pattern that states how many installments there are.

    Attributes:
        count: How many installments, 1 to 10,000.
    """

    count_min: ClassVar[int] = 1
    """The least number of installments that the pattern makes sense for."""

    count: int

    @property
    def sets_payment(self) -> bool:
        """Whether it sets principal and interest together, so that interest may leave no principal."""
        return False

    def __attrs_post_init__(self) -> None:
        """Check the count."""
        check_count(self.count, "count", minimum=self.count_min, maximum=INSTALLMENTS_MAX, error=TermsError)

    def row_count(
        self, principal: int, residual: int, factors: Iterable[Factor], rounding: Rounding
    ) -> int | Stuck:
        """Say how many rows were asked for."""
        del principal, residual, factors, rounding
        return self.count


def check_positive(amount: Money, field: str) -> None:
    """Refuse an amount that is not above zero."""
    check_instance(amount, Money, field)
    if amount.minor_units <= 0:
        raise TermsError("terms.amount", field, f"expected an amount above zero, got {amount}")


def check_step(step: Money | None) -> None:
    """Refuse a step that is not above zero."""
    if step is not None:
        check_positive(step, "step")


def unit_of(step: Money | None) -> int:
    """Give what a payment is a multiple of, in minor units."""
    return 1 if step is None else step.minor_units
