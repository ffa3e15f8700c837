"""Rules of late charges applied to one set of facts."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.explanation import Explanation, ExplanationInput, ExplanationLine
from repayplan.money import Money
from repayplan.overdue.charge_proposals import ChargeProposal, LateCharges
from repayplan.overdue.charge_rules import (
    LateChargeRule,
    LateInterestRule,
    LateRule,
    ReturnedPaymentRule,
    figure_of,
)
from repayplan.overdue.clocks import Clocks
from repayplan.overdue.held_days import HeldDays
from repayplan.overdue.holds import Hold, HoldEffect
from repayplan.overdue.late_interest import Elapsed
from repayplan.overdue.missing import Missing
from repayplan.overdue.payments import PaymentStatus
from repayplan.rules import Finding

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from repayplan.currency import Currency
    from repayplan.overdue.adjustments import Charge
    from repayplan.overdue.lateness import Lateness
    from repayplan.overdue.rules import OverdueRules
    from repayplan.rounding import Rounding

__all__ = ["Charging"]


@attrs.frozen
class _Event:
    """That a rule may charge for an installment, of which so much was missed."""

    rule: LateChargeRule | ReturnedPaymentRule
    place: int
    item: int
    on: int
    missed: int


class Charging:
    """The rules applied to one set of facts."""

    def __init__(self, lateness: Lateness, rules: OverdueRules, kept: Sequence[Hold]) -> None:
        self._lateness, self._rules = lateness, rules
        self._facts, self._known_on = lateness.ledger.facts, lateness.ledger.known_on
        self._as_of = lateness.ledger.as_of.toordinal()
        self._missing = Missing(lateness)
        self._kept = HeldDays.of(kept, HoldEffect.FEES_STOP)
        self._no_fees = self._facts.held(HoldEffect.FEES_STOP, self._known_on)
        every = (*self._facts.holds, *kept)
        self._no_interest = HeldDays.of(
            every, HoldEffect.INTEREST_STOPS, known_on=self._known_on, debtor=self._facts.debtor
        )
        self._clocks = Clocks(self._facts, self._known_on, rules)
        self._count = self._clocks.plan.count
        self._findings: list[Finding] = []
        self._due: list[ChargeProposal] = []
        self._justified: set[str] = set()

    def judge(self, rules: Sequence[LateRule]) -> LateCharges:
        """Say what the rules propose to charge, and which recorded charges nothing justifies any more."""
        names = {rule.name for rule in rules}
        recorded = [
            charge
            for charge in self._facts.charges
            if charge.id.partition(":")[0] in names
            and (self._known_on is None or charge.recorded <= self._known_on)
        ]
        self._judge_events(rules, recorded)
        for rule in rules:
            if isinstance(rule, LateInterestRule):
                self._judge_interest(rule, recorded)
        withdrawn = tuple(charge for charge in recorded if charge.id not in self._justified)
        ids = tuple(charge.id for charge in withdrawn)
        findings = (Finding("recorded_charges_justified", not ids, ids, ()), *self._findings)
        due = sorted(self._due, key=lambda proposal: (proposal.on.toordinal(), proposal.installment))
        return LateCharges(tuple(due), withdrawn, findings)

    # -------------------------------------------------------------------------------------- amounts, once

    def _judge_events(self, rules: Sequence[LateRule], recorded: Sequence[Charge]) -> None:
        """Keep one recorded charge for each installment, or propose one: that of the earliest event."""
        by_item: dict[int, list[_Event]] = defaultdict(list)
        for place, rule in enumerate(rules):
            for event in self._events(place, rule):
                if self._arises(event):
                    by_item[event.item].append(event)
        for events in by_item.values():
            ranked = sorted(events, key=lambda event: (event.on, event.place))
            proposals = [proposal for proposal in map(self._proposal, ranked) if proposal.amount]
            kept = next((charge for charge in recorded if _is_justified(charge, proposals)), None)
            if kept is not None:
                self._justified.add(kept.id)
            else:
                self._due += proposals[:1]

    def _events(self, place: int, rule: LateRule) -> Iterable[_Event]:
        if isinstance(rule, LateChargeRule):
            return self._late_events(place, rule)
        return self._returned_events(place, rule) if isinstance(rule, ReturnedPaymentRule) else ()

    def _late_events(self, place: int, rule: LateChargeRule) -> Iterable[_Event]:
        """Give the installments that were late for long enough, and what was missed of them then.

        What came in since the day on which a charge for the one before falls counts as paid for this one,
        even where the order put it to an older one (12 CFR 1026.52(b)(2)(ii), comment 1.i.B).
        """
        before = 0
        for item, (due, settled) in enumerate(zip(self._lateness.due, self._lateness.settled, strict=True)):
            day = self._falls_on(due, rule.after_days.value)
            if day is None:
                return
            if settled is None or settled > day:
                own = self._missing.received(day) - self._missing.received(before)
                missed = min(self._missing.on(item, day), self._lateness.asked[item] - own)
                yield _Event(rule, place, item, day, missed)
            before = day

    def _falls_on(self, due: int, after_days: int) -> int | None:
        """Give the day on which an installment is so many days past due and beyond its grace, if it came."""
        last_of_grace = self._last_of_grace(due)
        needed = 1 if self._rules.grace_calendar is not None else 1 + self._rules.grace

        def is_late(day: int) -> bool:
            return self._count(due, day) >= after_days and self._count(last_of_grace, day) >= needed

        days = range(due + 1, self._as_of + 1)
        place = bisect_left(days, True, key=is_late)  # noqa: FBT003  # the first day on which it is
        return days[place] if place < len(days) else None

    def _last_of_grace(self, due: int) -> int:
        """Give the last day of a grace of business days, or the due day, from which other days count."""
        if self._rules.grace_calendar is None:
            return due
        return self._clocks.end_of_grace(due, self._as_of)

    def _returned_events(self, place: int, rule: ReturnedPaymentRule) -> Iterable[_Event]:
        """Give the payments that were returned, each once however often it was tried."""
        returned = sorted(
            (payment.recorded.toordinal(), payment.id, payment.received_on, payment.amount.minor_units)
            for payment in self._facts.payments
            if payment.status is PaymentStatus.FAILED
            and payment.recorded.toordinal() <= self._as_of
            and (self._known_on is None or payment.recorded <= self._known_on)
        )
        tried: set[tuple[pendulum.Date, int]] = set()
        for day, _, received_on, units in returned:
            item = bisect_left(self._lateness.due, day) - 1
            if item >= 0 and (received_on, units) not in tried:
                yield _Event(rule, place, item, day, self._lateness.asked[item])
            tried.add((received_on, units))

    def _arises(self, event: _Event) -> bool:
        """Tell whether an event leads to a charge; where something stands against it, a finding says what."""
        day, most = pendulum.Date.fromordinal(event.on), self._lateness.asked[event.item]
        if not _is_between(day, event.rule.first_day, event.rule.last_day):
            return False
        tolerated = 0 if self._rules.tolerance is None else self._rules.tolerance.most(most)
        against = {
            "no_charge_while_kept": self._kept.holds_on(day),
            "no_charge_while_fees_stop": self._no_fees.holds_on(day),
            "no_charge_where_own_amount_is_paid": event.missed <= tolerated,
        }
        reason = next((name for name, stands in against.items() if stands), None)
        if reason is not None:
            number = self._number(event.item)
            self._findings.append(Finding(reason, passed=True, observed=number, citation=event.rule.citation))
        return reason is None

    def _proposal(self, event: _Event) -> ChargeProposal:
        """Work the amount out step by step."""
        rule, rounding, number = event.rule, self._rounding, self._number(event.item)
        day, missed = pendulum.Date.fromordinal(event.on), event.missed
        is_late = isinstance(rule, LateChargeRule)
        label = f"{'missed' if is_late else 'asked for'} of installment {number}"
        figure = figure_of(rule).value
        if isinstance(figure, Money):
            steps = [self._line("missed", label, missed), self._line("charge", rule.name, figure.minor_units)]
            units = figure.minor_units
        else:
            units = rounding.apply(missed * figure)
            share = self._line("charge", rule.name, missed, figure, "missed")
            steps = [self._line("missed", label, missed), share]
        least = rule.least if isinstance(rule, LateChargeRule) else None
        if least is not None and units < least.minor_units:
            units = least.minor_units
            steps.append(self._line("least", "at least", units))
        if units > missed and (not isinstance(rule, LateChargeRule) or rule.capped_by_missed):
            units = missed
            steps.append(self._line("cap", f"no more than what was {label}", units))
        return ChargeProposal(rule, number, self._money(units), day, Explanation(tuple(steps)))

    # -------------------------------------------------------------------------------------- interest

    def _judge_interest(self, rule: LateInterestRule, recorded: Sequence[Charge]) -> None:
        """Keep what is recorded up to the interest of each installment, and propose the rest."""
        own: dict[int, list[Charge]] = defaultdict(list)
        for charge in sorted(recorded, key=lambda charge: (charge.charged_on.toordinal(), charge.id)):
            if charge.id.partition(":")[0] == rule.name:
                own[charge.installment].append(charge)
        elapsed = Elapsed(rule, self._no_interest, self._lateness.due[0])
        for item in range(bisect_left(self._lateness.due, self._as_of)):
            number = self._number(item)
            lines = self._stretches(rule, item, elapsed)
            total = self._total(sum((line.exact for line in lines), Fraction(0)))
            charged, last = self._charged(own[number], total.result.minor_units)
            rest = total.result.minor_units - charged
            if rest and last < self._as_of:
                steps = (*lines, total, *self._less(total, charged))
                on = pendulum.Date.fromordinal(self._as_of)
                self._due.append(ChargeProposal(rule, number, self._money(rest), on, Explanation(steps)))

    def _charged(self, recorded: Sequence[Charge], most: int) -> tuple[int, int]:
        """Keep recorded interest up to an amount, the earliest first; give its sum and its last day."""
        charged, last = 0, 0
        for charge in recorded:
            if charged + charge.amount.minor_units <= most:
                charged += charge.amount.minor_units
                last = charge.charged_on.toordinal()
                self._justified.add(charge.id)
        return charged, last

    def _stretches(self, rule: LateInterestRule, item: int, elapsed: Elapsed) -> list[ExplanationLine]:
        """Give a line for each stretch of days on which the same amount of an installment was past due."""
        due, settled = self._lateness.due[item], self._lateness.settled[item]
        last = self._as_of if settled is None else settled - 1
        falls_on = self._falls_on(due, 1)
        if falls_on is None or falls_on > last:
            return []
        bases = [*self._missing.bases(item, rule.base, last), (last + 1, 0)]
        lines: list[ExplanationLine] = []
        for (day, units), (until, _) in pairwise(bases):
            factor = elapsed.to(until - 1) - elapsed.to(day - 1)
            if units and factor:
                first, end = map(pendulum.Date.fromordinal, (day, until - 1))
                label = f"installment {self._number(item)}, {first} to {end}"
                lines.append(self._line(f"stretches[{len(lines)}]", label, units, factor, "past due"))
        return lines

    def _total(self, exact: Fraction) -> ExplanationLine:
        given = ExplanationInput("late interest", exact)
        return ExplanationLine(
            "accrued", "late interest", (given,), Fraction(1), self._rounding, self._currency
        )

    def _less(self, total: ExplanationLine, charged: int) -> list[ExplanationLine]:
        if not charged:
            return []
        inputs = (
            ExplanationInput("late interest", total.result.exact),
            ExplanationInput("charged before", self._money(charged).exact, subtracted=True),
        )
        return [ExplanationLine("charge", "to charge", inputs, Fraction(1), self._rounding, self._currency)]

    # -------------------------------------------------------------------------------------- small things

    @property
    def _rounding(self) -> Rounding:
        return self._facts.schedule.terms.rounding

    @property
    def _currency(self) -> Currency:
        return self._facts.schedule.terms.principal.currency

    def _number(self, item: int) -> int:
        return self._lateness.ledger.asked.first_number + item

    def _money(self, units: int) -> Money:
        return Money.from_minor_units(units, self._currency)

    def _line(
        self, key: str, label: str, units: int, factor: Fraction | int = 1, of: str | None = None
    ) -> ExplanationLine:
        given = ExplanationInput(of or label, self._money(units).exact)
        return ExplanationLine(key, label, (given,), Fraction(factor), self._rounding, self._currency)


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
