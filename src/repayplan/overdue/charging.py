"""Rules of late charges applied to one set of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.overdue.amount_charging import AmountCharging
from repayplan.overdue.charge_proposals import LateCharges
from repayplan.overdue.charge_rules import LateInterestRule, LateRule
from repayplan.overdue.interest_charging import InterestCharging
from repayplan.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.overdue.adjustments import Charge
    from repayplan.overdue.charge_basis import ChargeBasis

__all__ = ["judge_charges"]


def judge_charges(basis: ChargeBasis, rules: Sequence[LateRule]) -> LateCharges:
    """Say what the rules propose to charge, and which recorded charges nothing justifies any more."""
    recorded = _recorded(basis, {rule.name for rule in rules})
    judged = [AmountCharging(basis).judge(rules, recorded)]
    judged += [
        InterestCharging(basis, rule).judge(recorded) for rule in rules if isinstance(rule, LateInterestRule)
    ]
    justified = {identity for each in judged for identity in each.justified}
    withdrawn = tuple(charge for charge in recorded if charge.id not in justified)
    ids = tuple(charge.id for charge in withdrawn)
    others = (finding for each in judged for finding in each.findings)
    findings = (Finding("recorded_charges_justified", not ids, ids, ()), *others)
    due = (proposal for each in judged for proposal in each.due)
    ranked = sorted(due, key=lambda proposal: (proposal.on.toordinal(), proposal.installment))
    return LateCharges(tuple(ranked), withdrawn, findings)


def _recorded(basis: ChargeBasis, names: set[str]) -> list[Charge]:
    """Give the charges of the rules with these names, as far as they are known."""
    return [
        charge
        for charge in basis.facts.charges
        if charge.id.partition(":")[0] in names
        and (basis.known_on is None or charge.recorded <= basis.known_on)
    ]
