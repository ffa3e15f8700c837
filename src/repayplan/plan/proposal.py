"""The client's own proposal: weighed, and answered with what comes nearest to it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.affordability.assessment import Affordability
from repayplan.calendars import BusinessDayConvention, CalendarLike
from repayplan.checks import check_date, check_instance, check_text
from repayplan.daycounts import DayCount
from repayplan.errors import TermsError
from repayplan.frequencies import Frequency, check_frequency
from repayplan.money import Money, check_currency
from repayplan.months import MonthEnd
from repayplan.plan.conventions import Conventions, check_first_due
from repayplan.plan.debt import Debt
from repayplan.plan.offer import Offer
from repayplan.plan.rules import PlanRules
from repayplan.plan.starts import Starts
from repayplan.rounding import Rounding
from repayplan.rules import Comparison, Finding
from repayplan.schedule.carried import CarriedTreatments
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime

    from repayplan.affordability.capacity import Capacity
    from repayplan.plan.certificate import CapacityCertificate
    from repayplan.plan.search import Found, Search

__all__ = ["Evaluation", "Proposal", "evaluate", "search_for"]

REASON_MAX = 1_000
_SPREAD = CarriedTreatments()


def _to_first_due(value: datetime.date) -> pendulum.Date:
    return check_date(value, "first_due")


@attrs.frozen(repr=False)
class Proposal(Value):
    """What a client proposes to pay.

    Attributes:
        amount: Each installment, all that is carried included; above zero.
        first_due: The first due date.
        frequency: How often.
        anchor_day: The day of the month to come back to, 31 for the last; None is the day of ``first_due``.
        upfront: What the client would pay at once; None for nothing.
        reason: Why, in the client's words.

    Raises:
        TermsError: An amount is not above zero, or the reason is no plain text.
        MoneyError: The amounts are in different currencies.
    """

    amount: Money
    first_due: pendulum.Date = attrs.field(converter=_to_first_due)
    frequency: Frequency = Frequency.MONTHLY
    anchor_day: int | None = None
    upfront: Money | None = None
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        for field in ("amount", "upfront"):
            amount = getattr(self, field)
            if field == "upfront" and amount is None:
                continue
            if check_instance(amount, Money, field).minor_units <= 0:
                raise TermsError("proposal.amount", field, f"expected above zero, got {amount}")
            check_currency(amount, self.amount.currency, field)
        check_frequency(self.frequency)
        self.frequency.grid(self.first_due, self.anchor_day, MonthEnd.CLAMP)  # refuses a date off its anchor
        if check_instance(self.reason, str, "reason"):
            check_text(self.reason, "reason", error=TermsError, maximum=REASON_MAX)

    def __repr__(self) -> str:
        """Give the type alone: amounts and reasons are personal."""
        return "<Proposal>"


@attrs.frozen(repr=False)
class Evaluation(Value):
    """A proposal, weighed.

    Attributes:
        proposal: What was proposed.
        findings: Whether it is above the interest, clears the debt in time, and is affordable; each with what
            would be needed.
        offer: The proposal as an offer that may be agreed; None where a finding failed.
        counter_offer: The offer nearest to what was asked, where a finding failed and there is one.
    """

    proposal: Proposal
    findings: tuple[Finding, ...]
    offer: Offer | None = None
    counter_offer: Offer | None = None

    def __repr__(self) -> str:
        """Give the verdict."""
        failed = [finding.rule for finding in self.findings if not finding.passed]
        return f"<Evaluation: {', '.join(failed) or 'acceptable'}>"


def evaluate(  # noqa: PLR0913  # keyword-only options, as those of propose
    proposal: Proposal,
    debt: Debt,
    affordability: Affordability,
    rules: PlanRules,
    *,
    carried: CarriedTreatments = _SPREAD,
    day_count: DayCount = DayCount.NOMINAL,
    rounding: Rounding = Rounding.HALF_EVEN,
    calendar: CalendarLike | None = None,
    convention: BusinessDayConvention = BusinessDayConvention.MODIFIED_FOLLOWING,
) -> Evaluation:
    """Weigh a client's proposal, and find the offer nearest to it.

    Each installment asks for the proposed amount, what is carried included, and the last for what is left.
    The answer to an amount above what a month allows is the same plan with less in those months; the answer
    to one that is too low is the lowest installment that clears the debt in time.

    Args:
        proposal: What the client proposes.
        debt: What is owed.
        affordability: What the client can pay.
        rules: The rules for plans.
        carried: Where interest, fees and penalties owed at the start go.
        day_count: How the time of a period becomes a part of a year.
        rounding: How interest is rounded.
        calendar: Which days are worked; without one no due date moves.
        convention: Where a due date on a closed day goes, as in :func:`repayplan.propose`.

    Raises:
        MoneyError: The proposal, the debt and the affordability are not in one currency.
        DateError: The first due date is before the day of the debt, or beyond the longest term.
        PolicyError: The rules refuse where a carried balance is to go.
        TermsError: As much as the principal is proposed up front.
    """
    check_instance(proposal, Proposal, "proposal")
    check_instance(debt, Debt, "debt")
    check_instance(affordability, Affordability, "affordability")
    check_instance(rules, PlanRules, "rules")
    rules.check_treatments(check_instance(carried, CarriedTreatments, "carried"))
    check_currency(proposal.amount, debt.currency, "proposal")
    check_currency(affordability.capacity.steps[0][1], debt.currency, "affordability")
    conventions = Conventions(
        day_count=day_count, rounding=rounding, calendar=calendar, convention=convention
    )
    weighed = _Weighed(proposal, debt, affordability, rules, carried, conventions)
    findings = weighed.findings
    if weighed.as_proposed is not None and all(finding.passed for finding in findings):
        return Evaluation(proposal, findings, offer=weighed.offer("proposal", weighed.as_proposed))
    answers = (attrs.evolve(weighed, proposal=other).nearest for other in weighed.answerable)
    nearest = next((answer for answer in answers if answer is not None), None)
    counter = None if nearest is None else weighed.offer("counter-offer", nearest.certificate)
    return Evaluation(proposal, findings, counter_offer=counter)


def search_for(
    proposal: Proposal,
    debt: Debt,
    capacity: Capacity,
    max_months: int,
    carried: CarriedTreatments,
    conventions: Conventions,
) -> Search:
    """Make the search for plans on the dates that a client proposes.

    Raises:
        DateError: The first due date is before the day of the debt, or beyond the longest term.
    """
    check_first_due(proposal.first_due, debt, max_months)
    return conventions.search(
        debt,
        capacity,
        max_months,
        first_due=proposal.first_due,
        frequency=proposal.frequency,
        anchor_day=proposal.anchor_day,
        carried=carried,
        upfront=proposal.upfront,
    )


@attrs.frozen
class _Weighed:
    """A proposal beside the debt, the capacity and the rules that it is weighed against."""

    proposal: Proposal
    debt: Debt
    affordability: Affordability
    rules: PlanRules
    carried: CarriedTreatments
    conventions: Conventions

    @cached_property
    def search(self) -> Search:
        capacity, months = self.affordability.capacity, self.rules.max_months.value
        return search_for(self.proposal, self.debt, capacity, months, self.carried, self.conventions)

    @cached_property
    def as_proposed(self) -> CapacityCertificate | None:
        """The schedule of the proposed amount, held against capacity; None if it does not clear in time."""
        schedule = self.search.level_schedule(self.proposal.amount.minor_units)
        return None if schedule is None else self.search.certificate(schedule)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Whether the amount is above the interest, clears the debt in time, and is affordable."""
        amount, search = self.proposal.amount, self.search
        interest, least = (
            self._money(search.grid.interest_of_a_period),
            self._money(search.grid.least_level_of_all()),
        )
        in_time = Finding(
            "clears_in_time",
            self.as_proposed is not None,
            amount,
            least,
            self.rules.max_months.citation,
            comparison=Comparison.AT_LEAST,
        )
        if self.as_proposed is not None:
            affordable = self.as_proposed.finding("within_capacity")
        else:
            lowest = self._money(min(search.limits))
            affordable = Finding(
                "within_capacity", amount <= lowest, amount, lowest, comparison=Comparison.AT_MOST
            )
        above = Finding(
            "above_interest", amount > interest, amount, interest, comparison=Comparison.MORE_THAN
        )
        return above, in_time, affordable

    @property
    def nearest(self) -> Found | None:
        """The affordable plan nearest to what was proposed: no more than that, or the least above it."""
        level = self.proposal.amount.minor_units
        starts = Starts(self.search)
        return starts.at_level(level) or starts.gentlest()

    @property
    def answerable(self) -> list[Proposal]:
        """The proposal as it is, then with what may be paid up front, and then with nothing up front."""
        proposal = self.proposal
        if proposal.upfront is None:
            return [proposal]
        most = self.affordability.capacity.on(self.debt.as_of)
        lowered = [min(proposal.upfront, most)] if most.minor_units else []
        return [attrs.evolve(proposal, upfront=upfront) for upfront in (proposal.upfront, *lowered, None)]

    def offer(self, name: str, certificate: CapacityCertificate) -> Offer:
        """Make an offer of a plan that holds."""
        return Offer(name, self.debt, certificate, self.rules, self.affordability.provisional)

    def _money(self, units: int) -> Money:
        return Money.from_minor_units(units, self.debt.currency)
