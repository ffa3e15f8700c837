"""Interest alone for a while, and then any other pattern, or all of the principal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_count, check_instance
from repayplan.errors import TermsError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.schedule.level_principal import EqualPrincipal
from repayplan.schedule.repayment import Repayment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from repayplan.money import Money
    from repayplan.rounding import Rounding
    from repayplan.schedule.amortization import PrincipalOf, Stuck
    from repayplan.schedule.annuity import Factor
    from repayplan.schedule.repayment import Run

__all__ = ["InterestOnly"]

_BULLET = EqualPrincipal(1)


@attrs.frozen
class InterestOnly(Repayment):
    """Installments of interest alone, and then the installments of another pattern.

    Attributes:
        count: How many installments of interest alone, 1 to 10,000.
        then: What comes after them. Without it the last of the ``count`` repays all of the principal too (a
            bullet), but for the residual of temporary terms.
    """

    count: int
    then: Repayment | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_count(self.count, "count", minimum=1, maximum=INSTALLMENTS_MAX, error=TermsError)
        if self.then is not None:
            check_instance(self.then, Repayment, "then")
            if isinstance(self.then, InterestOnly):
                message = "expected a pattern that repays principal; add its count to this one's"
                raise TermsError("terms.then", "then", message)

    @property
    def flat(self) -> bool:  # type: ignore[override]  # it follows the pattern that comes after
        """Whether interest is on the first principal in the rows that follow."""
        return self.core.flat

    @property
    def states_last(self) -> bool:  # type: ignore[override]  # it follows the pattern that comes after
        """Whether the pattern that follows states its last payment."""
        return self.core.states_last

    @property
    def named_amounts(self) -> Sequence[Money]:
        """The money that the pattern that follows names."""
        return self.core.named_amounts

    @property
    def interest_only(self) -> int:
        """The rows of interest alone; without a pattern to follow, the last is not one of them."""
        return self.count - (self.then is None)

    @property
    def core(self) -> Repayment:
        """The pattern that follows."""
        return _BULLET if self.then is None else self.then

    @property
    def last_at_most(self) -> int | None:
        """What the pattern that follows says."""
        return self.core.last_at_most

    @property
    def may_leave_all(self) -> bool:
        """It may where no pattern follows."""
        return self.then is None

    def with_core(self, core: Repayment) -> Repayment:
        """Let another pattern follow the rows of interest alone."""
        return InterestOnly(self.interest_only, core) if self.interest_only else core

    def row_count(
        self, principal: int, residual: int, factors: Iterable[Factor], rounding: Rounding
    ) -> int | Stuck:
        """Ask the pattern that follows."""
        return self.core.row_count(principal, residual, factors, rounding)

    def principal_of(self, run: Run) -> PrincipalOf:
        """Ask the pattern that follows."""
        return self.core.principal_of(run)
