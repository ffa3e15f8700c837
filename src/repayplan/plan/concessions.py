"""What would help where no plan is affordable: first nothing asked and free advice, then concessions."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.money import Money
from repayplan.plan.debt import Debt
from repayplan.plan.next_step import FIRST_STEPS, NextStep
from repayplan.plan.offer import Offer
from repayplan.plan.rules import PlanRules
from repayplan.plan.search import Search
from repayplan.plan.step_kinds import NextStepKind
from repayplan.plan.term import months_later, months_to
from repayplan.rates import Rate, RateUnit
from repayplan.rules import Comparison
from repayplan.schedule.build import build_schedule
from repayplan.schedule.carried import CarriedBalances, CarriedTreatment
from repayplan.schedule.stated import FixedPayment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["next_steps"]


def next_steps(debt: Debt, search: Search, rules: PlanRules, *, provisional: bool) -> tuple[NextStep, ...]:
    """Say what comes next: ask for nothing, point to free advice, then the concessions of the rules in order.

    A concession is looked at by itself first. Only where none helps alone are those looked at that settle
    more: no interest and all that is carried waived, token payments for a time, forgiven principal.
    """
    concessions = _Concessions(debt, search, rules, provisional)
    return (*FIRST_STEPS, *_earlier_first_due(search), *concessions.steps())


def _earlier_first_due(search: Search) -> tuple[NextStep, ...]:
    """Point to the one remedy that costs nothing, where the first period is what a longer plan fails on."""
    if not any(search.limits) or not search.fails_on_first_period:
        return ()
    text = (
        "Agree on an earlier first due date: the interest of the first period is more than the installment"
        " of a longer plan."
    )
    return (NextStep(NextStepKind.EARLIER_FIRST_DUE, text),)


@attrs.frozen
class _Concessions:
    """The concessions that would make a plan of one debt possible."""

    debt: Debt
    search: Search
    rules: PlanRules
    provisional: bool

    def steps(self) -> list[NextStep]:
        """Give those that help, in the order of the rules."""
        if not any(self.search.limits):
            return []
        return self._tried(_ALONE) or self._tried(_AFTER)

    def _tried(
        self, makers: Mapping[NextStepKind, Callable[[_Concessions], NextStep | None]]
    ) -> list[NextStep]:
        kinds = [kind for kind in self.rules.concession_order if kind in makers]
        return [step for kind in kinds if (step := makers[kind](self)) is not None]

    def longer_term(self) -> NextStep | None:
        """Look for the least number of months beyond the longest term."""
        extended = self.rules.extended_months
        if extended is None:
            return None

        def over(months: int) -> Search:
            return attrs.evolve(self.search, max_months=months)

        months = range(self.rules.max_months.value + 1, extended.value + 1)
        place = bisect_left(months, 1, key=lambda count: over(count).may_fit)
        for count in months[place : place + _TRIES_MAX]:
            longer = over(count)
            if longer.gentlest() is not None:
                text = f"Allow {count} months instead of {self.rules.max_months.value}."
                limit = attrs.evolve(extended, comparison=Comparison.AT_MOST)
                rules = attrs.evolve(self.rules, max_months=limit, extended_months=None)
                return self._step(NextStepKind.LONGER_TERM, text, longer, rules)
        return None

    def lower_rate(self) -> NextStep | None:
        """Look for the greatest rate, above zero, at which a plan is affordable."""
        if self._lower is None:
            return None
        rate = self.search.terms.highest_rate
        text = f"Lower the rate of interest from {rate} to {self._lower.terms.highest_rate}."
        return self._step(NextStepKind.LOWER_RATE, text, self._lower)

    def no_interest(self) -> NextStep | None:
        """Charge no interest from now on, where a lower rate is not enough or not among the rules."""
        may_lower = NextStepKind.LOWER_RATE in self.rules.concession_order
        if not self.search.terms.highest_rate.value or (may_lower and self._lower is not None):
            return None
        text = "Charge no further interest."
        return self._step(NextStepKind.NO_INTEREST, text, self._changed(rate=_NO_INTEREST))

    @cached_property
    def _lower(self) -> Search | None:
        rate = self.search.terms.highest_rate
        steps_per_unit = _STEPS[rate.unit]

        def lowered(steps: int) -> Search:
            return self._changed(rate=Rate(Fraction(steps, steps_per_unit), rate.unit))

        return _greatest_that_fits(lowered, range(1, int(rate.value * steps_per_unit) + 1))

    def waive_carried(self) -> NextStep | None:
        """Waive what is owed besides principal."""
        text = "Waive the interest, fees and penalties owed so far, where the rules allow it."
        return self._step(NextStepKind.WAIVE_CARRIED, text, self._changed(carried=self._waived))

    def waive_all_interest(self) -> NextStep | None:
        """Do both."""
        text = (
            "Charge no further interest, and waive what is owed besides principal where the rules allow it."
        )
        return self._step(NextStepKind.WAIVE_ALL_INTEREST, text, self._bare)

    def token_payments(self) -> NextStep | None:
        """Take what there is, without interest, until a review; what is owed besides principal waits."""
        months = self.rules.token_months
        if months is None:
            return None
        terms = self.search.terms
        review_on = months_later(terms.starts_on, min(months.value, self.rules.max_months.value))
        limits = [
            limit
            for limit, day in zip(self.search.limits, self.search.timeline.scheduled, strict=False)
            if day <= review_on
        ]
        if not limits or not min(limits):
            return None
        payment = Money.from_minor_units(min(limits), self.debt.currency)
        temporary = attrs.evolve(
            terms,
            rate=_NO_INTEREST,
            carried=CarriedBalances(),
            review_on=review_on,
            repayment=FixedPayment(payment),
        )
        schedule = build_schedule(temporary)
        if months_to(terms.starts_on, schedule.last_due) > self.rules.max_months.value:
            return None  # a business day moves the last one out of the longest term
        certificate = self.search.certificate(schedule)
        text = f"Take {payment} at a time without interest until a review on {review_on}."
        offer = Offer("token", self.debt, certificate, self.rules, self.provisional)
        return NextStep(NextStepKind.TOKEN_PAYMENTS, text, None, offer)

    def forgive_principal(self) -> NextStep | None:
        """Look for the greatest principal that may be repaid, without interest and what is carried."""
        bare = self._bare
        if bare.gentlest() is not None:
            return None

        def reduced(units: int) -> Search:
            principal = Money.from_minor_units(units, self.debt.currency)
            return attrs.evolve(bare, terms=attrs.evolve(bare.terms, principal=principal))

        greatest = _greatest_that_fits(reduced, range(1, self.debt.principal.minor_units))
        if greatest is None:
            return None
        forgiven = self.debt.principal - greatest.terms.principal
        text = (
            "Charge no further interest, waive what is owed besides principal where the rules allow it,"
            f" and forgive {forgiven} of the principal."
        )
        return self._step(NextStepKind.FORGIVE_PRINCIPAL, text, greatest)

    @property
    def _bare(self) -> Search:
        return self._changed(rate=_NO_INTEREST, carried=self._waived)

    @property
    def _waived(self) -> CarriedBalances:
        """Waive what the rules allow, and leave the rest where it was."""
        waived = {
            component: attrs.evolve(balance, treatment=CarriedTreatment.WAIVE)
            for component, balance in self.search.terms.carried
            if CarriedTreatment.WAIVE in self.rules.treatments_of(component).value
        }
        return attrs.evolve(self.search.terms.carried, **waived)

    def _changed(self, **changes: Any) -> Search:  # noqa: ANN401  # fields of the terms
        return attrs.evolve(self.search, terms=attrs.evolve(self.search.terms, **changes))

    def _step(
        self, kind: NextStepKind, text: str, conceded: Search, rules: PlanRules | None = None
    ) -> NextStep | None:
        found = conceded.gentlest()
        if found is None:
            return None
        contract = self.search.longest
        owed = self.debt.total if contract is None else contract.total
        forgone = max(owed - found.candidate.total, Money.zero(self.debt.currency))
        offer = Offer("gentlest", self.debt, found.certificate, rules or self.rules, self.provisional)
        return NextStep(kind, text, forgone, offer)


def _greatest_that_fits(search_at: Callable[[int], Search], values: range) -> Search | None:
    """Give the search at the greatest value for which the gentlest plan is affordable.

    A bisection finds the last value at which it may be. Whether it is depends there on where the roundings
    fall; if it is not, the values below are tried in turn.
    """
    above = bisect_left(values, 1, key=lambda value: not search_at(value).may_fit)
    nearest = reversed(values[max(0, above - _TRIES_MAX) : above])
    return next((found for value in nearest if (found := search_at(value)).gentlest()), None)


_TRIES_MAX: Final = 20

_ALONE: Final = {
    NextStepKind.LONGER_TERM: _Concessions.longer_term,
    NextStepKind.LOWER_RATE: _Concessions.lower_rate,
    NextStepKind.NO_INTEREST: _Concessions.no_interest,
    NextStepKind.WAIVE_CARRIED: _Concessions.waive_carried,
}
_AFTER: Final = {
    NextStepKind.WAIVE_ALL_INTEREST: _Concessions.waive_all_interest,
    NextStepKind.TOKEN_PAYMENTS: _Concessions.token_payments,
    NextStepKind.FORGIVE_PRINCIPAL: _Concessions.forgive_principal,
}
_NO_INTEREST: Final = Rate.annual(0)
_STEPS: Final = {RateUnit.YEAR: 10**4, RateUnit.MONTH: 10**4, RateUnit.DAY: 10**6}
"""Steps of a lowered rate in 1: 0.01 % a year or a month, 0.0001 % a day."""
