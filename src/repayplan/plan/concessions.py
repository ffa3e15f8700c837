"""What would help where no plan is affordable: first nothing asked and free advice, then concessions."""

from __future__ import annotations

import enum
from bisect import bisect_left
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.money import Money
from repayplan.plan.offer import Offer
from repayplan.rates import Rate, RateUnit
from repayplan.schedule.carried import CarriedBalances, CarriedTreatment
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from repayplan.plan.debt import Debt
    from repayplan.plan.rules import PlanRules
    from repayplan.plan.search import Search

__all__ = ["NextStep", "NextStepKind", "next_steps"]


class NextStepKind(enum.Enum):
    """What to do where no plan is affordable."""

    HOLD = "hold"
    FREE_ADVICE = "free advice"
    EARLIER_FIRST_DUE = "earlier first due date"
    LOWER_RATE = "lower rate"
    WAIVE_CARRIED = "waive what is owed besides principal"
    WAIVE_ALL_INTEREST = "no further interest, and what is owed besides principal waived"
    FORGIVE_PRINCIPAL = "forgive a part of the principal"


@attrs.frozen(repr=False)
class NextStep(Value):
    """One step, and where it is a concession, the plan that it would make possible.

    Attributes:
        kind: What to do.
        text: The same for a person to read.
        forgone: What the bank would go without, against the contract over the longest term, at least nothing;
            None for a step that is not a concession.
        offer: The plan that the concession would make possible; None likewise.
    """

    kind: NextStepKind
    text: str
    forgone: Money | None = None
    offer: Offer | None = None

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.kind, NextStepKind, "kind")
        check_instance(self.text, str, "text")
        if self.forgone is not None:
            check_instance(self.forgone, Money, "forgone")
        if self.offer is not None:
            check_instance(self.offer, Offer, "offer")

    def __repr__(self) -> str:
        """Give the kind: amounts are personal."""
        return f"<NextStep: {self.kind.value}>"


def next_steps(debt: Debt, search: Search, rules: PlanRules) -> tuple[NextStep, ...]:
    """Say what comes next: ask for nothing, point to free advice, then the concessions, smallest first."""
    concessions = sorted(_concessions(debt, search, rules), key=lambda step: (step.forgone, step.kind.value))
    return (*_FIRST_STEPS, *_earlier_first_due(search), *concessions)


_FIRST_STEPS = (
    NextStep(NextStepKind.HOLD, "Ask for nothing now, and hold collection while a way is found."),
    NextStep(NextStepKind.FREE_ADVICE, "Point the client to free and independent debt advice."),
)


def _earlier_first_due(search: Search) -> tuple[NextStep, ...]:
    """Point to the one remedy that costs nothing, where the first period is what a longer plan fails on."""
    if not search.limit or not search.fails_on_first_period:
        return ()
    text = (
        "Agree on an earlier first due date: the interest of the first period is more than the installment"
        " of a longer plan."
    )
    return (NextStep(NextStepKind.EARLIER_FIRST_DUE, text),)


def _concessions(debt: Debt, search: Search, rules: PlanRules) -> list[NextStep]:
    if not search.limit:
        return []
    single = [
        step for step in (_lower_rate(debt, search, rules), _waive_carried(debt, search, rules)) if step
    ]
    if single:
        return single
    bare = attrs.evolve(
        search, terms=attrs.evolve(search.terms, rate=_NO_INTEREST, carried=_waived(search, rules))
    )
    text = "Charge no further interest, and waive what is owed besides principal where the rules allow it."
    step = _step(NextStepKind.WAIVE_ALL_INTEREST, text, debt, search, bare, rules)
    last_resort = step or _forgive_principal(debt, search, bare, rules)
    return [last_resort] if last_resort else []


def _lower_rate(debt: Debt, search: Search, rules: PlanRules) -> NextStep | None:
    rate = search.terms.highest_rate
    steps_per_unit = _STEPS[rate.unit]

    def lowered(steps: int) -> Search:
        lower = Rate(Fraction(steps, steps_per_unit), rate.unit)
        return attrs.evolve(search, terms=attrs.evolve(search.terms, rate=lower))

    greatest = _greatest_that_fits(lowered, range(int(rate.value * steps_per_unit) + 1))
    if greatest is None:
        return None
    text = f"Lower the rate of interest from {rate} to {greatest.terms.highest_rate}."
    return _step(NextStepKind.LOWER_RATE, text, debt, search, greatest, rules)


def _waive_carried(debt: Debt, search: Search, rules: PlanRules) -> NextStep | None:
    waived = attrs.evolve(search, terms=attrs.evolve(search.terms, carried=_waived(search, rules)))
    text = "Waive the interest, fees and penalties owed so far, where the rules allow it."
    return _step(NextStepKind.WAIVE_CARRIED, text, debt, search, waived, rules)


def _forgive_principal(debt: Debt, search: Search, bare: Search, rules: PlanRules) -> NextStep | None:
    def reduced(units: int) -> Search:
        principal = Money.from_minor_units(units, debt.currency)
        return attrs.evolve(bare, terms=attrs.evolve(bare.terms, principal=principal))

    greatest = _greatest_that_fits(reduced, range(1, debt.principal.minor_units))
    if greatest is None:
        return None
    forgiven = debt.principal - greatest.terms.principal
    text = (
        "Charge no further interest, waive what is owed besides principal where the rules allow it,"
        f" and forgive {forgiven} of the principal."
    )
    return _step(NextStepKind.FORGIVE_PRINCIPAL, text, debt, search, greatest, rules)


def _greatest_that_fits(search_at: Callable[[int], Search], values: range) -> Search | None:
    """Give the search at the greatest value for which the gentlest plan is affordable.

    A bisection finds the last value at which it may be. Whether it is depends there on where the roundings
    fall; if it is not, the values below are tried in turn.
    """
    above = bisect_left(values, 1, key=lambda value: not search_at(value).may_fit)
    nearest = reversed(values[max(0, above - _TRIES_MAX) : above])
    return next((found for value in nearest if (found := search_at(value)).gentlest()), None)


_TRIES_MAX = 100


def _step(
    kind: NextStepKind, text: str, debt: Debt, contract: Search, conceded: Search, rules: PlanRules
) -> NextStep | None:
    found = conceded.gentlest()
    if found is None or contract.longest is None:
        return None
    forgone = max(contract.longest.total - found.candidate.total, Money.zero(debt.currency))
    return NextStep(kind, text, forgone, Offer("gentlest", debt, found.certificate, rules))


def _waived(search: Search, rules: PlanRules) -> CarriedBalances:
    """Waive what the rules allow, and leave the rest where it was."""
    waived = {
        component: attrs.evolve(balance, treatment=CarriedTreatment.WAIVE)
        for component, balance in search.terms.carried
        if CarriedTreatment.WAIVE in rules.treatments_of(component).value
    }
    return attrs.evolve(search.terms.carried, **waived)


_NO_INTEREST = Rate.annual(0)
_STEPS = {RateUnit.YEAR: 10**4, RateUnit.MONTH: 10**4, RateUnit.DAY: 10**6}
"""Steps of a lowered rate in 1: 0.01 % a year or a month, 0.0001 % a day."""
