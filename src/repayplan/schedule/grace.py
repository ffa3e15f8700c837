"""Grace: periods at the start in which less is asked for."""

from __future__ import annotations

import attrs

from repayplan.checks import check_count
from repayplan.errors import TermsError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.values import Value

__all__ = ["Grace"]


@attrs.frozen
class Grace(Value):
    """Periods of grace, counted from the first one; the three kinds may overlap.

    The pattern of repayment starts after the grace on principal: ``LevelPayment(12)`` after
    ``Grace(principal=3)`` is three installments of interest alone and then twelve.
    A period in which neither principal nor interest is asked for has no installment; it runs on into the
    next.

    Attributes:
        principal: Periods that repay no principal.
        interest: Periods whose interest is charged but not asked for; all of it falls due with the first
            installment after them. What a pattern pays in a row is principal and that row's own interest, so
            the installments differ from its payments by what moves.
        interest_free: Periods that bear no interest.
    """

    principal: int = 0
    interest: int = 0
    interest_free: int = 0

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        for field in ("principal", "interest", "interest_free"):
            check_count(getattr(self, field), field, minimum=0, maximum=INSTALLMENTS_MAX, error=TermsError)

    @property
    def skipped(self) -> int:
        """Periods without an installment."""
        return min(self.principal, max(self.interest, self.interest_free))

    @property
    def interest_only(self) -> int:
        """Installments of interest alone."""
        return self.principal - self.skipped
