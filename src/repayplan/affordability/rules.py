"""The rules by which a surplus becomes capacity."""

from __future__ import annotations

from fractions import Fraction

import attrs

from repayplan.checks import check_instance
from repayplan.errors import PolicyError, shown
from repayplan.money import Money
from repayplan.rules import Limit
from repayplan.values import Value

__all__ = ["AffordabilityRules"]


@attrs.frozen(kw_only=True)
class AffordabilityRules(Value):
    """What stays with the client. Both parts must be stated: no plan takes the whole surplus by default.

    Attributes:
        contingency: The share of a positive surplus that is left for the unforeseen, 0 to 1.
        contingency_cap: The most that the contingency may be in a month; None where there is no cap.
        protected_minimum: What is left in every month besides, in the currency of the budget.

    Raises:
        PolicyError: A share is outside 0 to 1, or an amount is negative.
        InputTypeError: A field is not a limit of the right kind.
    """

    contingency: Limit[Fraction]
    contingency_cap: Limit[Money] | None = None
    protected_minimum: Limit[Money]

    def __attrs_post_init__(self) -> None:
        """Check the figures."""
        check_instance(self.contingency, Limit, "contingency")
        share = check_instance(self.contingency.value, Fraction, "contingency")
        if not 0 <= share <= 1:
            raise PolicyError(
                "rules.share", "contingency", f"expected a share from 0 to 1, got {shown(share)}"
            )
        _check_amount(self.protected_minimum, "protected_minimum")
        if self.contingency_cap is not None:
            _check_amount(self.contingency_cap, "contingency_cap")


def _check_amount(limit: Limit[Money], field: str) -> None:
    check_instance(limit, Limit, field)
    if check_instance(limit.value, Money, field).minor_units < 0:
        raise PolicyError("rules.amount", field, f"expected zero or more, got {limit.value}")
