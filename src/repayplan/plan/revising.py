"""The offer of a new version: what is outstanding, on the plan's dates or on others, within capacity."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.affordability.assessment import Affordability
from repayplan.checks import check_instance
from repayplan.errors import DateError, TermsError
from repayplan.frequencies import Frequency
from repayplan.plan.agreement import Plan
from repayplan.plan.certificate import CapacityCertificate
from repayplan.plan.conceding import OneDebt
from repayplan.plan.concessions import next_steps
from repayplan.plan.conventions import Conventions, check_first_due
from repayplan.plan.debt import Debt
from repayplan.plan.no_plan import NoAffordablePlan
from repayplan.plan.offer import Offer, Offers
from repayplan.plan.offers import propose
from repayplan.plan.rules import PlanRules
from repayplan.plan.starts import Starts, from_later_date
from repayplan.plan.term import months_to
from repayplan.rounding import Rounding
from repayplan.rules import Finding
from repayplan.schedule.build import build_schedule
from repayplan.schedule.carried import CarriedTreatments
from repayplan.schedule.grace import Grace
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.stated import FixedPayment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pendulum

    from repayplan.money import Money
    from repayplan.schedule.repayment import Repayment
    from repayplan.schedule.schedule import Schedule
    from repayplan.schedule.terms import Terms

__all__ = ["Revising", "on_the_same_dates"]


@attrs.frozen
class Revising:
    """What is outstanding beside what the client can pay and the rules.

    Attributes:
        plan: The version that is revised.
        debt: What is outstanding of it.
        affordability: What the client can pay now.
        rules: The rules for plans now.
        carried: Where what is not principal goes.
    """

    plan: Plan
    debt: Debt
    affordability: Affordability
    rules: PlanRules
    carried: CarriedTreatments

    def chosen(self, offer: Offer) -> Offer | NoAffordablePlan:
        """Hold an offer that the client chose against what can be paid now, and the rules now.

        Raises:
            TermsError: It is on another debt.
            PolicyError: The rules refuse where a carried balance is to go.
        """
        if check_instance(offer, Offer, "offer").debt != self.debt:
            message = "expected an offer on what is outstanding; propose on outstanding_debt()"
            raise TermsError("revision.offer", "offer", message)
        for component, balance in offer.terms.carried:
            self.rules.check_treatment(component, balance.treatment)
        return self._judged(offer.name, offer.schedule, offer.certificate.frequency)

    def gentlest(self, first_due: pendulum.Date | None) -> Offer | NoAffordablePlan:
        """Propose anew, from a date or from the next one of the plan on.

        Raises:
            DateError: No date of the plan is left, and none is given.
        """
        dates, terms = self._dates_left, self._terms
        if first_due is None:
            if not dates:
                message = "expected a first due date, since none of the plan is left"
                raise DateError("revision.first_due", "first_due", message)
            terms = from_later_date(terms, dates)
        outcome = propose(
            self.debt,
            self.affordability,
            rules=self.rules,
            first_due=first_due or dates[0],
            frequency=self._frequency,
            anchor_day=terms.anchor_day if first_due is None else None,
            calendar=terms.calendar,
            convention=terms.convention,
            day_count=terms.day_count,
            rounding=terms.rounding,
            carried=self.carried,
        )
        return outcome[0] if isinstance(outcome, Offers) else outcome

    def re_amortized(self) -> Offer | NoAffordablePlan:
        """Spread what is owed over the dates that are left, or the first of them if it is too little for all.

        Raises:
            TermsError: No date is left.
        """
        dates = self._dates_to_keep
        while True:
            level = LevelPayment(len(dates), rounding=Rounding.CEILING)
            try:
                schedule = build_schedule(self._owing(on_the_same_dates(self._afresh(level), dates)))
            except TermsError as error:
                dates = _fewer(dates, error)
            else:
                return self._judged("re-amortized", schedule, self._frequency)

    def re_aged(self) -> Offer | NoAffordablePlan:
        """Go on with the payment and the rhythm of the plan, for as long as it takes.

        Raises:
            TermsError: No date is left, or the payment would not clear the debt.
        """
        dates = self._dates_to_keep
        terms = self._owing(from_later_date(self._afresh(FixedPayment(self._payment)), dates))
        return self._judged("re-aged", build_schedule(terms), self._frequency)

    @property
    def _terms(self) -> Terms:
        return self.plan.offer.terms

    @property
    def _frequency(self) -> Frequency:
        return self.plan.offer.certificate.frequency

    @property
    def _dates_left(self) -> list[pendulum.Date]:
        return [day for day in self.plan.schedule.scheduled if day > self.debt.as_of]

    @property
    def _dates_to_keep(self) -> list[pendulum.Date]:
        dates = self._dates_left
        if not dates:
            message = "expected a date of the plan that is left; reschedule it instead"
            raise TermsError("revision.dates", "on", message)
        return dates

    @property
    def _payment(self) -> Money:
        """What the next installment of the plan asks for besides what is carried and fees."""
        row = self.plan.schedule[len(self.plan.schedule) - len(self._dates_left)]
        return row.principal + row.interest

    def _afresh(self, repayment: Repayment) -> Terms:
        """Give the terms with another pattern, and without what belongs to the first agreement alone."""
        return attrs.evolve(self._terms, repayment=repayment, **_AFRESH)

    def _owing(self, terms: Terms) -> Terms:
        """Give terms on what is owed now."""
        return attrs.evolve(
            terms,
            principal=self.debt.principal,
            rate=self.debt.rate,
            starts_on=self.debt.as_of,
            carried=self.debt.carried(self.carried),
        )

    def _judged(self, name: str, schedule: Schedule, frequency: Frequency) -> Offer | NoAffordablePlan:
        """Hold a schedule against what can be paid now and the longest term."""
        certificate = CapacityCertificate(schedule, self.affordability.capacity, frequency)
        months = months_to(self.debt.as_of, schedule.last_due)
        held = (
            certificate.finding("revision_within_capacity"),
            Finding.against("term_months_max", months, self.rules.max_months),
        )
        failed = tuple(finding for finding in held if not finding.passed)
        if failed:
            return self._refusal(schedule.terms, failed)
        return Offer(name, self.debt, certificate, self.rules, self.affordability.provisional)

    def _refusal(self, terms: Terms, failed: tuple[Finding, ...]) -> NoAffordablePlan:
        """Say why the plan may not go on so, and what would help."""
        months = self.rules.max_months.value
        search = Conventions.of(terms).search(
            self.debt,
            self.affordability.capacity,
            months,
            first_due=check_first_due(terms.first_due, self.debt, months),
            frequency=terms.frequency,
            anchor_day=terms.anchor_day,
            carried=CarriedTreatments(
                **{component: balance.treatment for component, balance in terms.carried}
            ),
        )
        steps = next_steps(OneDebt(self.debt, Starts(search), self.affordability.provisional), self.rules)
        return NoAffordablePlan(self.debt, self.affordability, failed, steps)


def on_the_same_dates(terms: Terms, dates: Sequence[pendulum.Date]) -> Terms:
    """Let terms fall due on the dates that are left of them, listed where some between are left out."""
    regular = from_later_date(terms, dates)
    if [day for _, day in islice(regular.places(), len(dates))] == list(dates):
        return regular
    listed = Frequency.on_dates(dates)
    return attrs.evolve(terms, frequency=listed, first_due=dates[0], anchor_day=None)


def _fewer(dates: list[pendulum.Date], error: TermsError) -> list[pendulum.Date]:
    """Give as many of the first dates as an error says would do, or raise it where it does not say."""
    count = error.data.get("count")
    if not isinstance(count, int) or not len(dates) > max(count, 1):
        raise error
    return dates[: max(count, 1)]


_AFRESH: Final[Mapping[str, Any]] = {
    "grace": Grace(),
    "upfront": None,
    "fees": (),
    "review_on": None,
    "residual": None,
    "ends_on": None,
}
"""What belongs to the first agreement and is not taken over, such as a grace that has run."""
