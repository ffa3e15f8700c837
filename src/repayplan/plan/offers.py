"""propose(): from a debt and a capacity to a small choice of plans, or to what would help instead."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast, overload

from repayplan.affordability.assessment import Affordability
from repayplan.calendars import BusinessDayConvention, CalendarLike
from repayplan.checks import check_date, check_instance, check_tuple
from repayplan.daycounts import DayCount
from repayplan.errors import TermsError
from repayplan.frequencies import Frequency
from repayplan.money import check_currency
from repayplan.plan.choice import choose
from repayplan.plan.conceding import ManyDebts, OneDebt
from repayplan.plan.concessions import next_steps
from repayplan.plan.conventions import Conventions, check_first_due
from repayplan.plan.debt import Debt
from repayplan.plan.debts import Debts
from repayplan.plan.joint import JointSearch
from repayplan.plan.joint_offer import JointCertificate, JointOffers
from repayplan.plan.no_plan import NoAffordablePlan
from repayplan.plan.offer import Offer, Offers
from repayplan.plan.rules import PlanRules
from repayplan.plan.starts import Starts
from repayplan.rounding import Rounding
from repayplan.schedule.carried import CarriedTreatments

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from repayplan.affordability.capacity import Capacity
    from repayplan.plan.search import Search
    from repayplan.rules import Finding

__all__ = ["propose"]

T = TypeVar("T")

_Choice: TypeAlias = tuple[Frequency, CarriedTreatments]


_SPREAD = CarriedTreatments()
_CHOICES_MAX = 6
"""The most combinations of a frequency and a treatment of what is carried that are searched."""


@overload
def propose(
    debt: Debt,
    affordability: Affordability,
    *,
    rules: PlanRules,
    first_due: datetime.date,
    frequency: Frequency | Sequence[Frequency] = ...,
    anchor_day: int | None = ...,
    calendar: CalendarLike | None = ...,
    convention: BusinessDayConvention = ...,
    day_count: DayCount = ...,
    rounding: Rounding = ...,
    carried: CarriedTreatments | Sequence[CarriedTreatments] = ...,
) -> Offers | NoAffordablePlan: ...
@overload
def propose(
    debt: Debts,
    affordability: Affordability,
    *,
    rules: PlanRules,
    first_due: datetime.date,
    frequency: Frequency | Sequence[Frequency] = ...,
    anchor_day: int | None = ...,
    calendar: CalendarLike | None = ...,
    convention: BusinessDayConvention = ...,
    day_count: DayCount = ...,
    rounding: Rounding = ...,
    carried: CarriedTreatments | Sequence[CarriedTreatments] = ...,
) -> JointOffers | NoAffordablePlan: ...
def propose(  # noqa: PLR0913  # keyword-only options, each a field of the terms
    debt: Debt | Debts,
    affordability: Affordability,
    *,
    rules: PlanRules,
    first_due: datetime.date,
    frequency: Frequency | Sequence[Frequency] = Frequency.MONTHLY,
    anchor_day: int | None = None,
    calendar: CalendarLike | None = None,
    convention: BusinessDayConvention = BusinessDayConvention.MODIFIED_FOLLOWING,
    day_count: DayCount = DayCount.NOMINAL,
    rounding: Rounding = Rounding.HALF_EVEN,
    carried: CarriedTreatments | Sequence[CarriedTreatments] = _SPREAD,
) -> Offers | JointOffers | NoAffordablePlan:
    """Offer a few plans, every installment of which the client can pay in the month in which it falls due.

    Payments are level where capacity allows, and follow it where it varies: each is the same level or what
    its date allows, whichever is lower. Where nothing can be paid at first, a plan begins when something can.
    The gentlest takes the longest term that the rules and the amounts allow, the shortest is the shortest
    that capacity allows, and others lie between; a plan no better than another in any respect is left out.
    The search is bounded (twelve lengths for each frequency and treatment, six for several debts) and has no
    randomness. Where nothing is affordable, concessions are looked at for the first choice of frequency and
    treatment.

    Args:
        debt: What is owed: one debt, or several as :class:`repayplan.Debts`. Of several, priority debts are
            repaid first and the others share each month in proportion to what is owed.
        affordability: What the client can pay, from :func:`repayplan.assess`.
        rules: The rules for plans, such as ``policy.plan``.
        first_due: The first due date, on or after the day of the debt.
        frequency: How often an installment falls due, or several choices of it.
        anchor_day: The day of the month to come back to, 31 for the last; None is the day of ``first_due``.
        calendar: Which days are worked; without one no due date moves.
        convention: Where a due date on a closed day goes; unless stated, it does not leave its month, so that
            no more falls due in a month than the client can pay.
        day_count: How the time of a period becomes a part of a year.
        rounding: How interest and the payment are rounded.
        carried: Where interest, fees and penalties owed at the start go, or several choices of it: spread
            over all installments unless stated.

    Returns:
        :class:`Offers`, the lowest installment first, or :class:`NoAffordablePlan`; on several debts
        :class:`repayplan.JointOffers`, each with an offer for every debt and one certificate over their sum.

    Raises:
        PolicyError: The rules refuse where a carried balance is to go.
        DateError: The first due date is before the day of the debt or beyond the longest term.
        MoneyError: Debt and affordability are in different currencies.
        TermsError: There are more than six choices of frequency and treatment together, or none; or several
            debts are to be repaid oftener than monthly.
    """
    debts = (check_instance(debt, Debt, "debt"),) if not isinstance(debt, Debts) else debt.debts
    check_instance(affordability, Affordability, "affordability")
    check_instance(rules, PlanRules, "rules")
    check_currency(affordability.capacity.steps[0][1], debt.currency, "affordability")
    choices = _choices(frequency, carried)
    for _, treatments in choices:
        rules.check_treatments(treatments)
    months = rules.max_months.value
    first = check_first_due(check_date(first_due, "first_due"), debts[0], months)
    conventions = Conventions(
        day_count=day_count, rounding=rounding, calendar=calendar, convention=convention
    )

    def search_of(owed: Debt, capacity: Capacity, chosen: Frequency, treatments: CarriedTreatments) -> Search:
        return conventions.search(
            owed,
            capacity,
            months,
            first_due=first,
            frequency=chosen,
            anchor_day=anchor_day,
            carried=treatments,
        )

    if isinstance(debt, Debts):
        return _propose_jointly(debt, affordability, rules, choices, search_of)
    asked = [search_of(debt, affordability.capacity, *choice) for choice in choices]
    starts = list(map(Starts, asked))
    found = [plan for each in starts for plan in each.affordable()]
    provisional = affordability.provisional
    if not found:
        steps = next_steps(OneDebt(debt, starts[0], provisional), rules)
        return NoAffordablePlan(debt, affordability, _why_not(affordability, starts[0].first), steps)
    named, dropped = choose(found)
    return Offers(
        [Offer(name, debt, plan.certificate, rules, provisional) for name, plan in named.items()], dropped
    )


def _propose_jointly(
    debts: Debts,
    affordability: Affordability,
    rules: PlanRules,
    choices: Sequence[_Choice],
    search_of: Callable[[Debt, Capacity, Frequency, CarriedTreatments], Search],
) -> JointOffers | NoAffordablePlan:
    def search_with(choice: _Choice) -> JointSearch:
        _check_by_month(choice[0])
        each = tuple(search_of(debt, affordability.capacity, *choice) for debt in debts.debts)
        return JointSearch(debts, affordability.capacity, each)

    asked = list(map(search_with, choices))
    found = [plan for search in asked for plan in search.affordable()]
    together = ManyDebts(asked[0], affordability.provisional)
    if not found:
        steps = next_steps(together, rules)
        return NoAffordablePlan(debts, affordability, _why_not_together(affordability, asked[0]), steps)
    named, dropped = choose(found)
    joint = [
        together.offer(name, [part.certificate for part in plan.plans], rules) for name, plan in named.items()
    ]
    return JointOffers(joint, dropped)


def _check_by_month(frequency: Frequency) -> None:
    """Refuse frequencies whose installments are not limited by the month."""
    if frequency.date_count is None and frequency.periods_per_month > 1:
        message = (
            "expected installments monthly or less often, since several debts share each month's capacity"
        )
        raise TermsError("propose.frequency", "frequency", message)


def _choices(
    frequency: Frequency | Sequence[Frequency], carried: CarriedTreatments | Sequence[CarriedTreatments]
) -> list[_Choice]:
    kind: type[Frequency] = Frequency  # type: ignore[type-abstract]  # only asked whether something is one
    frequencies = _each(frequency, kind, "frequency")
    choices = list(product(frequencies, _each(carried, CarriedTreatments, "carried")))
    if len(choices) > _CHOICES_MAX:
        message = f"expected at most {_CHOICES_MAX} choices of frequency and treatment, got {len(choices)}"
        raise TermsError("propose.choices", "frequency", message, {"maximum": _CHOICES_MAX})
    return choices


def _each(value: object, kind: type[T], field: str) -> tuple[T, ...]:
    if isinstance(value, kind):
        return (value,)
    several = check_tuple(cast("Sequence[T]", value), kind, field, maximum=_CHOICES_MAX, error=TermsError)
    if not several:
        raise TermsError("propose.choices", field, "expected at least one choice, got none")
    return several


def _why_not(affordability: Affordability, search: Search) -> tuple[Finding, ...]:
    longest = () if search.longest is None else (search.certificate(search.longest),)
    gentlest = (certificate.finding("gentlest_within_capacity") for certificate in longest)
    return (*_failed(affordability), *gentlest)


def _why_not_together(affordability: Affordability, search: JointSearch) -> tuple[Finding, ...]:
    """Hold what the longest term would ask for at first, debt by debt, against capacity."""
    contracts = [alone.longest for alone in search.searches]
    schedules = [contract for contract in contracts if contract is not None]
    longest = (JointCertificate(schedules, search.capacity),) if schedules else ()
    together = (certificate.finding("together_within_capacity") for certificate in longest)
    return (*_failed(affordability), *together)


def _failed(affordability: Affordability) -> tuple[Finding, ...]:
    """Give what speaks against any plan; what is only to be asked for can but make it worse."""
    return tuple(finding for finding in affordability.findings if not finding.passed and not finding.ask)
