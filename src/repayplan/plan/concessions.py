"""What would help where no plan is affordable: first nothing asked and free advice, then concessions."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.money import Money
from repayplan.plan.conceding import Conceding
from repayplan.plan.joint_offer import JointOffer
from repayplan.plan.next_step import FIRST_STEPS, NextStep
from repayplan.plan.pro_rata import shares
from repayplan.plan.rules import PlanRules
from repayplan.plan.starts import Starts
from repayplan.plan.step_kinds import NextStepKind
from repayplan.plan.term import months_later, months_to
from repayplan.rates import Rate, RateUnit
from repayplan.rules import Comparison
from repayplan.schedule.build import build_schedule
from repayplan.schedule.carried import CarriedBalances, CarriedTreatment
from repayplan.schedule.stated import FixedPayment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pendulum

    from repayplan.plan.certificate import CapacityCertificate
    from repayplan.plan.search import Search

__all__ = ["next_steps"]


def next_steps(conceding: Conceding, rules: PlanRules) -> tuple[NextStep, ...]:
    """Say what comes next: ask for nothing, point to free advice, then the concessions of the rules in order.

    A concession is looked at by itself. Those that settle more (no interest and all that is carried waived,
    token payments for a time, forgiven principal) are looked at only where none before them in that order
    helps alone.
    """
    return (*FIRST_STEPS, *_Concessions(conceding, rules).steps())


@attrs.frozen
class _Concessions:
    """The concessions that would make a plan possible."""

    conceding: Conceding
    rules: PlanRules

    def steps(self) -> list[NextStep]:
        """Give those that help, in the order of the rules."""
        if not any(amount for _, amount in self._first.search.capacity.steps):
            return []
        found: list[NextStep] = []
        for kind in self.rules.concession_order:
            if kind in _AFTER and any(step.kind not in _AFTER for step in found):
                continue
            step = _MAKERS[kind](self)
            if step is not None:
                found.append(step)
        return found

    @property
    def _searches(self) -> Sequence[Search]:
        return [starts.search for starts in self.conceding.starts]

    @property
    def _first(self) -> Starts:
        return self.conceding.starts[0]

    def longer_term(self) -> NextStep | None:
        """Look for the least number of months beyond the longest term."""
        extended = self.rules.extended_months
        if extended is None:
            return None

        limit = attrs.evolve(extended, comparison=Comparison.AT_MOST)
        rules = attrs.evolve(self.rules, max_months=limit, extended_months=None)

        def over(count: int) -> Conceding:
            return self.conceding.changed(lambda search: search.within_months(count))

        def step(count: int) -> NextStep | None:
            text = f"Allow {count} months instead of {self.rules.max_months.value}."
            return self._step(NextStepKind.LONGER_TERM, text, over(count), rules)

        months = range(self.rules.max_months.value + 1, extended.value + 1)
        place = bisect_left(months, 1, key=lambda count: over(count).may_fit)
        tried = map(step, months[place : place + self.conceding.tries_max])
        return next((found for found in tried if found is not None), None)

    def lower_rate(self) -> NextStep | None:
        """Look for the greatest rate, above zero, at which a plan is affordable."""
        if self._lower is None:
            return None
        lowered = _dearest([starts.search for starts in self._lower.starts])
        text = f"Lower the rate of interest from {self._rate} to {lowered}."
        return self._step(NextStepKind.LOWER_RATE, text, self._lower)

    def no_interest(self) -> NextStep | None:
        """Charge no interest from now on, where a lower rate is not enough or not among the rules."""
        may_lower = NextStepKind.LOWER_RATE in self.rules.concession_order
        if not self._rate.value or (may_lower and self._lower is not None):
            return None
        conceded = self.conceding.changed(_without_interest)
        return self._step(NextStepKind.NO_INTEREST, "Charge no further interest.", conceded)

    @property
    def _rate(self) -> Rate:
        return _dearest(self._searches)

    @cached_property
    def _lower(self) -> Conceding | None:
        steps_per_unit = _STEPS[self._rate.unit]

        def capped(steps: int) -> Conceding:
            cap = Rate(Fraction(steps, steps_per_unit), self._rate.unit)
            return self.conceding.changed(lambda search: _capped(search, cap))

        most = int(self._rate.value * steps_per_unit)
        return _greatest_that_fits(capped, most, self.conceding.tries_max)

    def waive_carried(self) -> NextStep | None:
        """Waive what is owed besides principal."""
        text = "Waive the interest, fees and penalties owed so far, where the rules allow it."
        return self._step(NextStepKind.WAIVE_CARRIED, text, self.conceding.changed(self._waived))

    def waive_all_interest(self) -> NextStep | None:
        """Do both."""
        text = (
            "Charge no further interest, and waive what is owed besides principal where the rules allow it."
        )
        conceded = self.conceding.changed(_without_interest).changed(self._waived)
        return self._step(NextStepKind.WAIVE_ALL_INTEREST, text, conceded)

    def token_payments(self) -> NextStep | None:
        """Take what there is, without interest, until a review; what is owed besides principal waits."""
        months = self.rules.token_months
        if months is None:
            return None
        starts = [
            Starts(search.with_terms(rate=_NO_INTEREST, carried=CarriedBalances())).first
            for search in self._searches
        ]
        first, starts_on = starts[0], starts[0].terms.starts_on
        review_on = months_later(starts_on, min(months.value, self.rules.max_months.value))
        rows = zip(first.grid.scheduled, first.limits, strict=True)
        due = takewhile(lambda row: row[0] <= review_on, rows)
        amount = min((limit for _, limit in due), default=0)
        balances = [debt.principal.minor_units for debt in self.conceding.debts]
        if amount < sum(min(balance, self.conceding.least) for balance in balances):
            return None
        payments = shares(amount, balances, self.conceding.least)
        certificates = [
            _token(start, Money.from_minor_units(payment, self._zero.currency), review_on)
            for start, payment in zip(starts, payments, strict=True)
        ]
        last = max(certificate.schedule.last_due for certificate in certificates)
        if months_to(starts_on, last) > self.rules.max_months.value:
            return None  # a business day moves the last one out of the longest term
        asked = Money.from_minor_units(sum(payments), self._zero.currency)
        text = f"Take {asked} at a time without interest until a review on {review_on}."
        return self._made(NextStepKind.TOKEN_PAYMENTS, text, "token", certificates, self.rules)

    def forgive_principal(self) -> NextStep | None:
        """Look for the greatest principal that may be repaid, with what else the rules allow conceded."""
        bare, also = self._conceded_with_principal
        if bare.gentlest() is not None:
            return None
        whole = sum(debt.principal.minor_units for debt in self.conceding.debts)

        parts = min(whole, self.conceding.principal_parts)
        guess = sum(self._first.search.limits) * parts // whole  # what capacity repays without interest

        def reduced(part: int) -> Conceding:
            return bare.changed(lambda search: _with_part(search, part, parts))

        greatest = _greatest_that_fits(reduced, parts - 1, self.conceding.tries_max, max(1, guess))
        if greatest is None:
            return None
        kept = sum(starts.search.terms.principal.minor_units for starts in greatest.starts)
        forgiven = Money.from_minor_units(whole - kept, self._zero.currency)
        *before, last = [*also, f"forgive {forgiven} of the principal."]
        text = f"{', '.join(before)}, and {last}" if before else last
        return self._step(NextStepKind.FORGIVE_PRINCIPAL, text[0].upper() + text[1:], greatest)

    @property
    def _conceded_with_principal(self) -> tuple[Conceding, list[str]]:
        """Charge no interest and waive what is carried, so far as the rules allow, and say so."""
        order, bare, also = set(self.rules.concession_order), self.conceding, []
        if order & {NextStepKind.NO_INTEREST, NextStepKind.WAIVE_ALL_INTEREST}:
            bare, also = bare.changed(_without_interest), ["charge no further interest"]
        if order & {NextStepKind.WAIVE_CARRIED, NextStepKind.WAIVE_ALL_INTEREST}:
            bare = bare.changed(self._waived)
            also = [*also, "waive what is owed besides principal where the rules allow it"]
        return bare, also

    def _waived(self, search: Search) -> Search:
        """Waive what the rules allow, and leave the rest where it was."""
        waived = {
            component: attrs.evolve(balance, treatment=CarriedTreatment.WAIVE)
            for component, balance in search.terms.carried
            if CarriedTreatment.WAIVE in self.rules.treatments_of(component).value
        }
        return search.with_terms(carried=attrs.evolve(search.terms.carried, **waived))

    @property
    def _zero(self) -> Money:
        return self.conceding.currency_zero

    def _step(
        self, kind: NextStepKind, text: str, conceded: Conceding, rules: PlanRules | None = None
    ) -> NextStep | None:
        found = conceded.gentlest()
        if found is None:
            return None
        paid = Money.total((certificate.schedule.total for certificate in found), self._zero.currency)
        forgone = max(self._owed - paid, self._zero)
        return self._made(kind, text, "gentlest", found, rules or self.rules, forgone)

    @property
    def _owed(self) -> Money:
        """What the contract asks for over the longest term, or what is owed where that would not clear it."""
        contracts = [search.longest for search in self._searches]
        return Money.total(
            (
                debt.total if contract is None else contract.total
                for debt, contract in zip(self.conceding.debts, contracts, strict=True)
            ),
            self._zero.currency,
        )

    def _made(  # the parts of a step
        self,
        kind: NextStepKind,
        text: str,
        name: str,
        certificates: Sequence[CapacityCertificate],
        rules: PlanRules,
        forgone: Money | None = None,
    ) -> NextStep:
        offer = self.conceding.offer(name, certificates, rules)
        if isinstance(offer, JointOffer):
            return NextStep(kind, text, forgone, joint_offer=offer)
        return NextStep(kind, text, forgone, offer)


def _dearest(searches: Sequence[Search]) -> Rate:
    return max((search.terms.highest_rate for search in searches), key=lambda rate: rate.per_year)


def _capped(search: Search, cap: Rate) -> Search:
    return search.with_terms(rate=cap) if search.terms.highest_rate.per_year > cap.per_year else search


def _without_interest(search: Search) -> Search:
    return search.with_terms(rate=_NO_INTEREST)


def _with_part(search: Search, part: int, parts: int) -> Search:
    """Leave so many of equal parts of the principal, at least one minor unit."""
    principal = search.terms.principal
    left = max(1, principal.minor_units * part // parts)
    return search.with_terms(principal=Money.from_minor_units(left, principal.currency))


def _token(search: Search, payment: Money, review_on: pendulum.Date) -> CapacityCertificate:
    temporary = attrs.evolve(search.terms, review_on=review_on, repayment=FixedPayment(payment))
    return search.certificate(build_schedule(temporary))


def _greatest_that_fits(
    conceded_at: Callable[[int], Conceding], most: int, tries: int, guess: int | None = None
) -> Conceding | None:
    """Give the search at the greatest number from 1 to ``most`` for which the gentlest plan is affordable.

    A bisection finds the last number at which it may be. Whether it is depends there on where the roundings
    fall; if it is not, so many numbers below are tried in turn.
    """
    last = _last(lambda number: conceded_at(number).may_fit, most, guess)
    nearest = range(last, max(0, last - tries), -1)
    return next((found for number in nearest if (found := conceded_at(number)).gentlest()), None)


def _last(fits: Callable[[int], bool], most: int, guess: int | None) -> int:
    """Give the last number from 1 to ``most`` that fits, as all before it do; asked about a guess first."""
    if not most or not fits(1):
        return 0
    low, high = 1, most + 1
    at, step = min(guess or 0, most), 1
    while low < at < high:
        if fits(at):
            low, at = at, at + step
        else:
            high, at = at, at - step
        step *= 2
    return low + bisect_left(range(low + 1, high), 1, key=lambda number: not fits(number))


_AFTER: Final = (
    NextStepKind.WAIVE_ALL_INTEREST,
    NextStepKind.TOKEN_PAYMENTS,
    NextStepKind.FORGIVE_PRINCIPAL,
)
"""Concessions that settle more than one that helps alone."""
_MAKERS: Final[Mapping[NextStepKind, Callable[[_Concessions], NextStep | None]]] = {
    NextStepKind.LONGER_TERM: _Concessions.longer_term,
    NextStepKind.LOWER_RATE: _Concessions.lower_rate,
    NextStepKind.NO_INTEREST: _Concessions.no_interest,
    NextStepKind.WAIVE_CARRIED: _Concessions.waive_carried,
    NextStepKind.WAIVE_ALL_INTEREST: _Concessions.waive_all_interest,
    NextStepKind.TOKEN_PAYMENTS: _Concessions.token_payments,
    NextStepKind.FORGIVE_PRINCIPAL: _Concessions.forgive_principal,
}
_NO_INTEREST: Final = Rate.annual(0)
_STEPS: Final = {RateUnit.YEAR: 10**4, RateUnit.MONTH: 10**4, RateUnit.DAY: 10**6}
"""Steps of a lowered rate in 1: 0.01 % a year or a month, 0.0001 % a day."""
