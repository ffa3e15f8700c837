"""propose(): from a debt and a capacity to a small choice of plans, or to what would help instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.affordability.assessment import Affordability
from repayplan.calendars import BusinessDayConvention, CalendarLike
from repayplan.checks import check_date, check_instance, check_tuple
from repayplan.daycounts import DayCount
from repayplan.errors import DateError, TermsError
from repayplan.frequencies import Frequency
from repayplan.money import check_currency
from repayplan.plan.certificate import CapacityCertificate
from repayplan.plan.choice import choose
from repayplan.plan.concessions import NextStep, next_steps
from repayplan.plan.debt import Debt
from repayplan.plan.offer import Offer, Offers
from repayplan.plan.rules import PlanRules
from repayplan.plan.search import Search
from repayplan.plan.term import months_later
from repayplan.rounding import Rounding
from repayplan.rules import Comparison, Finding
from repayplan.schedule.carried import CarriedTreatments
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.terms import Terms
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.schedule.schedule import Schedule

__all__ = ["NoAffordablePlan", "propose"]


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
            a plan possible, the one that costs the bank least first.
    """

    debt: Debt
    affordability: Affordability
    findings: tuple[Finding, ...] = attrs.field(converter=_to_findings)
    next_steps: tuple[NextStep, ...] = attrs.field(converter=_to_next_steps)

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.debt, Debt, "debt")
        check_instance(self.affordability, Affordability, "affordability")

    def __repr__(self) -> str:
        """Give the kinds of steps: amounts are personal."""
        return f"<NoAffordablePlan: {', '.join(step.kind.value for step in self.next_steps)}>"


_SPREAD = CarriedTreatments()


def propose(  # noqa: PLR0913  # keyword-only options, each a field of the terms
    debt: Debt,
    affordability: Affordability,
    *,
    rules: PlanRules,
    first_due: datetime.date,
    frequency: Frequency = Frequency.MONTHLY,
    anchor_day: int | None = None,
    calendar: CalendarLike | None = None,
    convention: BusinessDayConvention = BusinessDayConvention.MODIFIED_FOLLOWING,
    day_count: DayCount = DayCount.NOMINAL,
    rounding: Rounding = Rounding.HALF_EVEN,
    carried: CarriedTreatments = _SPREAD,
) -> Offers | NoAffordablePlan:
    """Offer up to three plans of level payments, every installment of which the client can pay.

    The gentlest takes the longest term that the rules and the amounts allow, the shortest is the shortest
    that capacity allows, and one lies between; a plan no better than another in any respect is left out.
    The search is bounded (every monthly plan, or one for each length in months) and has no randomness.

    Args:
        debt: What is owed.
        affordability: What the client can pay, from :func:`repayplan.assess`.
        rules: The rules for plans, such as ``policy.plan``.
        first_due: The first due date, on or after the day of the debt.
        frequency: How often an installment falls due.
        anchor_day: The day of the month to come back to, 31 for the last; None is the day of ``first_due``.
        calendar: Which days are worked; without one no due date moves.
        convention: Where a due date on a closed day goes; unless stated, it does not leave its month, so that
            no more falls due in a month than the client can pay.
        day_count: How the time of a period becomes a part of a year.
        rounding: How interest and the payment are rounded.
        carried: Where interest, fees and penalties owed at the start go: spread over all installments unless
            stated.

    Returns:
        :class:`Offers`, the lowest installment first, or :class:`NoAffordablePlan`.

    Raises:
        PolicyError: The rules refuse where a carried balance is to go.
        DateError: The first due date is before the day of the debt or beyond the longest term.
        MoneyError: Debt and affordability are in different currencies.
    """
    _check(debt, affordability, rules, carried)
    first = check_date(first_due, "first_due")
    months = rules.max_months.value
    if first > months_later(debt.as_of, months):
        message = f"expected a date within {months} months of {debt.as_of}, got {first}"
        raise DateError("plan.first_due", "first_due", message, {"max_months": months})
    terms = Terms(
        principal=debt.principal,
        rate=debt.rate,
        starts_on=debt.as_of,
        first_due=first,
        repayment=LevelPayment(1),
        frequency=frequency,
        anchor_day=anchor_day,
        day_count=day_count,
        rounding=rounding,
        calendar=calendar,
        convention=convention,
        carried=debt.carried(carried),
    )
    search = Search(terms, affordability.capacity, months)
    longest = search.longest
    if longest is None:
        message = f"expected a date that a move keeps within {months} months, got {first}"
        raise DateError("plan.first_due", "first_due", message, {"max_months": months})
    found = search.affordable()
    if not found:
        findings = _why_not(affordability, search, longest)
        return NoAffordablePlan(debt, affordability, findings, next_steps(debt, search, rules))
    named, dropped = choose(found)
    offers = [Offer(name, debt, plan.certificate, rules) for name, plan in named.items()]
    return Offers(offers, dropped)


def _check(debt: Debt, affordability: Affordability, rules: PlanRules, carried: CarriedTreatments) -> None:
    check_instance(debt, Debt, "debt")
    check_instance(affordability, Affordability, "affordability")
    check_instance(rules, PlanRules, "rules")
    rules.check_treatments(check_instance(carried, CarriedTreatments, "carried"))
    check_currency(affordability.capacity.monthly, debt.currency, "affordability")


def _why_not(affordability: Affordability, search: Search, longest: Schedule) -> tuple[Finding, ...]:
    failed = tuple(finding for finding in affordability.findings if not finding.passed)
    gentlest = CapacityCertificate(longest, search.capacity)
    reached = _longest_term_reached(search)
    return (*failed, *(() if reached.passed else (reached,)), gentlest.finding("gentlest_within_capacity"))


def _longest_term_reached(search: Search) -> Finding:
    """Say whether a plan may have as many installments as the longest term holds."""
    built, held = search.most, search.most_in_term
    return Finding("longest_term_reached", built == held, built, held, comparison=Comparison.AT_LEAST)
