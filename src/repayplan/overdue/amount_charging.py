"""Charges of an amount, at most one for each installment: what stands, what is proposed, and what is not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pendulum

from repayplan.explanation import Explanation
from repayplan.money import Money
from repayplan.overdue.charge_basis import ChargeBasis, Judged
from repayplan.overdue.charge_events import ChargeEvent, events_of
from repayplan.overdue.charge_proposals import ChargeProposal
from repayplan.overdue.charge_rules import LateChargeRule, LateRule, figure_of
from repayplan.rules import Finding

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.overdue.adjustments import Charge

__all__ = ["AmountCharging"]


class AmountCharging:
    """The rules of late installments and returned payments, applied to one set of facts."""

    def __init__(self, basis: ChargeBasis) -> None:
        self._basis = basis
        self._judged = Judged([], set(), [])

    def judge(self, rules: Sequence[LateRule], recorded: Sequence[Charge]) -> Judged:
        """Keep one recorded charge for each installment, or propose one: that of the earliest event."""
        by_item: dict[int, list[ChargeEvent]] = defaultdict(list)
        for place, rule in enumerate(rules):
            for event in events_of(self._basis, place, rule):
                if self._arises(event):
                    by_item[event.item].append(event)
        for events in by_item.values():
            ranked = sorted(events, key=lambda event: (event.on, event.place))
            proposals = [proposal for proposal in map(self._proposal, ranked) if proposal.amount]
            kept = next((charge for charge in recorded if _is_justified(charge, proposals)), None)
            if kept is not None:
                self._judged.justified.add(kept.id)
            else:
                self._judged.due.extend(proposals[:1])
        return self._judged

    def _arises(self, event: ChargeEvent) -> bool:
        """Tell whether an event leads to a charge; where something stands against it, a finding says what."""
        day, most = pendulum.Date.fromordinal(event.on), self._basis.lateness.asked[event.item]
        if not _is_between(day, event.rule.first_day, event.rule.last_day):
            return False
        against = {
            "no_charge_while_kept": self._basis.kept_days.holds_on(day),
            "no_charge_while_fees_stop": self._basis.days_without_fees.holds_on(day),
            "no_charge_where_own_amount_is_paid": event.missed <= self._basis.lateness.most(most),
        }
        reason = next((name for name, stands in against.items() if stands), None)
        if reason is not None:
            number = self._basis.number(event.item)
            finding = Finding(reason, passed=True, observed=number, citation=event.rule.citation)
            self._judged.findings.append(finding)
        return reason is None

    def _proposal(self, event: ChargeEvent) -> ChargeProposal:
        """Work the amount out step by step."""
        rule, basis, number = event.rule, self._basis, self._basis.number(event.item)
        day, missed = pendulum.Date.fromordinal(event.on), event.missed
        is_late = isinstance(rule, LateChargeRule)
        label = f"{'missed' if is_late else 'asked for'} of installment {number}"
        figure = figure_of(rule).value
        if isinstance(figure, Money):
            steps = [basis.line("missed", label, missed), basis.line("charge", rule.name, figure.minor_units)]
            units = figure.minor_units
        else:
            units = basis.rounding.apply(missed * figure)
            share = basis.line("charge", rule.name, missed, figure, "missed")
            steps = [basis.line("missed", label, missed), share]
        least = rule.least if isinstance(rule, LateChargeRule) else None
        if least is not None and units < least.minor_units:
            units = least.minor_units
            steps.append(basis.line("least", "at least", units))
        if units > missed and (not isinstance(rule, LateChargeRule) or rule.capped_by_missed):
            units = missed
            steps.append(basis.line("cap", f"no more than what was {label}", units))
        return ChargeProposal(rule, number, basis.money(units), day, Explanation(tuple(steps)))


def _is_justified(charge: Charge, proposals: Sequence[ChargeProposal]) -> bool:
    """Tell whether a recorded charge is one of those proposed, no larger and no sooner."""
    return any(
        charge.id == proposal.charge_id
        and charge.installment == proposal.installment
        and charge.charged_on >= proposal.on
        and charge.amount <= proposal.amount
        for proposal in proposals
    )


def _is_between(day: datetime.date, first: datetime.date | None, last: datetime.date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
