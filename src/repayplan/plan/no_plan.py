"""The answer where no plan is affordable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.affordability.assessment import Affordability
from repayplan.checks import check_instance, check_tuple
from repayplan.errors import TermsError
from repayplan.plan.debt import Debt
from repayplan.plan.debts import Debts
from repayplan.plan.next_step import NextStep
from repayplan.rules import Finding
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NoAffordablePlan"]

_PARTS_MAX = 100


def _to_findings(value: Sequence[Finding]) -> tuple[Finding, ...]:
    return check_tuple(value, Finding, "findings", maximum=_PARTS_MAX, error=TermsError)


def _to_next_steps(value: Sequence[NextStep]) -> tuple[NextStep, ...]:
    return check_tuple(value, NextStep, "next_steps", maximum=_PARTS_MAX, error=TermsError)


@attrs.frozen(repr=False)
class NoAffordablePlan(Value):
    """The answer where every plan within the rules would ask more than the client can pay.

    Attributes:
        debt: What is owed.
        affordability: What the client can pay.
        findings: Why no plan is possible: the rules that failed, with what was found and the limit.
        next_steps: What comes next: nothing asked and free advice first, then the concessions that would make
            a plan possible, in the order of the rules.
    """

    debt: Debt | Debts
    affordability: Affordability
    findings: tuple[Finding, ...] = attrs.field(converter=_to_findings)
    next_steps: tuple[NextStep, ...] = attrs.field(converter=_to_next_steps)

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        if not isinstance(self.debt, Debts):
            check_instance(self.debt, Debt, "debt")
        check_instance(self.affordability, Affordability, "affordability")

    def __repr__(self) -> str:
        """Give the kinds of steps: amounts are personal."""
        return f"<NoAffordablePlan: {', '.join(step.kind.value for step in self.next_steps)}>"

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each next step: text, numbers and exact Decimals."""
        from repayplan.plan.showing_no_plan import no_plan_rows  # noqa: PLC0415  # when a table is asked for

        return no_plan_rows(self)

    def _repr_html_(self) -> str:
        """Show why, and the next steps, in a notebook."""
        from repayplan.plan.showing_no_plan import no_plan_html  # noqa: PLC0415  # only notebooks need it

        return no_plan_html(self)
