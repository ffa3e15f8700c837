"""revise(): a new version of a plan from what is outstanding, the old one kept."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import attrs

from repayplan.affordability.assessment import Affordability
from repayplan.checks import check_date, check_instance
from repayplan.errors import DateError, PolicyError, TermsError
from repayplan.frequencies import Frequency
from repayplan.overdue.facts import Facts
from repayplan.overdue.ledger import Ledger
from repayplan.overdue.orders import PENALTIES_FEES_INTEREST_PRINCIPAL
from repayplan.overdue.outstanding import Outstanding, outstanding_on
from repayplan.plan.agreement import AgreementForm, Plan, Revision, RevisionKind
from repayplan.plan.certificate import CapacityCertificate
from repayplan.plan.conceding import OneDebt
from repayplan.plan.concessions import next_steps
from repayplan.plan.conventions import Conventions
from repayplan.plan.debt import Debt
from repayplan.plan.no_plan import NoAffordablePlan
from repayplan.plan.offer import Offer, Offers
from repayplan.plan.offers import propose
from repayplan.plan.re_age import ReAgeRules, re_age_findings
from repayplan.plan.rules import PlanRules
from repayplan.plan.starts import Starts, from_later_date
from repayplan.plan.states import ActKind, PlanAct
from repayplan.plan.term import months_to
from repayplan.rounding import Rounding
from repayplan.rules import Finding
from repayplan.schedule.build import build_schedule
from repayplan.schedule.carried import CarriedTreatments
from repayplan.schedule.grace import Grace
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.rate_steps import RateSteps
from repayplan.schedule.stated import FixedPayment

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    import pendulum

    from repayplan.communication.reasons import HardshipReason
    from repayplan.money import Money
    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.allocation import PaymentOrder
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.rates import Rate
    from repayplan.schedule.terms import Terms

__all__ = ["outstanding_debt", "revise"]

_SPREAD = CarriedTreatments()


def outstanding_debt(  # noqa: PLR0913  # keyword-only options, each a kind of fact
    plan: Plan,
    payments: Sequence[Payment],
    on: datetime.date,
    *,
    order: PaymentOrder = PENALTIES_FEES_INTEREST_PRINCIPAL,
    known_on: datetime.date | None = None,
    holds: Sequence[Hold] = (),
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
) -> Debt:
    """Give what is outstanding of a plan on a day as a debt, to the minor unit, at the rate then in force.

    Args:
        plan: The plan.
        payments: All payments that were ever made; those of earlier versions stay with them.
        on: The day.
        order: In which order a payment pays.
        known_on: Leave out what was recorded after this day; None leaves out nothing.
        holds: What stops for a time.
        waivers: What the bank let go of.
        charges: Late charges that the bank decided on.
        contract_due_on: The oldest unpaid due date of the contract, for an order that switches.

    Raises:
        TermsError: No principal is outstanding.
        PaymentError: The facts contradict each other or the schedule.
        DateError: The day is before the plan starts.
    """
    own = check_instance(plan, Plan, "plan").own_payments(payments)
    facts = Facts(plan.schedule, own, holds, waivers, charges, contract_due_on)
    known = None if known_on is None else check_date(known_on, "known_on")
    ledger = Ledger(facts, order, check_date(on, "on"), known)
    return _debt(plan, outstanding_on(ledger))


def _debt(plan: Plan, outstanding: Outstanding) -> Debt:
    if not outstanding.principal:
        message = "expected principal outstanding; let go of the rest, or complete the plan"
        raise TermsError("revision.nothing", "payments", message)
    return Debt(
        principal=outstanding.principal,
        interest=outstanding.interest,
        fees=outstanding.fees,
        penalties=outstanding.penalties,
        rate=_rate_on(plan.offer.terms, outstanding.on),
        as_of=outstanding.on,
        id=plan.offer.debt.id,
        priority=plan.offer.debt.priority,
    )


def _rate_on(terms: Terms, day: pendulum.Date) -> Rate:
    """Give the rate that the plan charges on a day: what was conceded stays conceded."""
    if isinstance(terms.rate, RateSteps):
        return terms.rate.on(day)
    return terms.rate


def revise(  # noqa: PLR0913  # keyword-only options, each a kind of fact or of term
    plan: Plan,
    payments: Sequence[Payment],
    *,
    affordability: Affordability,
    on: datetime.date,
    reason: HardshipReason,
    rules: PlanRules,
    kind: RevisionKind = RevisionKind.RESCHEDULE,
    offer: Offer | None = None,
    first_due: datetime.date | None = None,
    carried: CarriedTreatments = _SPREAD,
    order: PaymentOrder = PENALTIES_FEES_INTEREST_PRINCIPAL,
    holds: Sequence[Hold] = (),
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
    re_age: ReAgeRules | None = None,
    opened_on: datetime.date | None = None,
    form: AgreementForm | None = None,
    accepted_in: str | None = None,
    recorded_on: datetime.date | None = None,
) -> Plan | NoAffordablePlan:
    """Make a new version of a plan from what is outstanding; paid parts never move, and the old one is kept.

    The schedule of the new version holds the new rows only. Principal outstanding, interest charged to the
    day, fees and penalties become the new debt, to the minor unit. Payments that it counts stay with the
    versions before; see :meth:`repayplan.Plan.own_payments`.

    Args:
        plan: The plan.
        payments: All payments that were ever made.
        affordability: What the client can pay now.
        on: The day of the revision.
        reason: Why the client could not pay as agreed.
        rules: The rules for plans.
        kind: To re-amortize keeps the dates that are left and works the payment out anew; to reschedule makes
            a new plan within what the client can pay; to re-age keeps the payment and its rhythm, and takes
            as long as it needs.
        offer: The offer that the client chose, of :func:`repayplan.propose` on the
            :func:`outstanding_debt`; None takes the gentlest of those. For a rescheduling only.
        first_due: The first due date of a rescheduling; None is the next date of the plan.
        carried: Where interest, fees and penalties owed by then go: to the first installment, spread, waived,
            or into principal where the rules allow it.
        order: In which order a payment pays.
        holds: What stops for a time.
        waivers: What the bank let go of.
        charges: Late charges that the bank decided on.
        contract_due_on: The oldest unpaid due date of the contract, for an order that switches.
        re_age: The limits of re-ageing; None where there are none.
        opened_on: The day on which the account was opened, where there are such limits.
        form: Whether in writing or orally; None is as before.
        accepted_in: The id of the contact in which the client accepted; None where that is not recorded yet.
        recorded_on: The day on which the revision was recorded; None is the same day. What was recorded later
            is not counted.

    Returns:
        The new version, or :class:`repayplan.NoAffordablePlan` where the client cannot pay what it would ask,
        or it would take longer than the rules allow.

    Raises:
        TermsError: Nothing is outstanding, no date is left, or the offer is on another debt.
        DateError: The day lies before the plan, or no date of the plan comes after it and none is given.
        PolicyError: The rules refuse to re-age the account now, or where a carried balance is to go.
        PaymentError: The facts contradict each other or the schedule.
    """
    check_instance(affordability, Affordability, "affordability")
    check_instance(rules, PlanRules, "rules")
    check_instance(kind, RevisionKind, "kind")
    rules.check_treatments(check_instance(carried, CarriedTreatments, "carried"))
    day = check_date(on, "on")
    recorded = day if recorded_on is None else check_date(recorded_on, "recorded_on")
    if recorded < day:
        raise DateError("revision.recorded_on", "recorded_on", f"expected {day} (on) or later")
    own = check_instance(plan, Plan, "plan").own_payments(payments)
    ledger = Ledger(Facts(plan.schedule, own, holds, waivers, charges, contract_due_on), order, day, recorded)
    debt = _debt(plan, outstanding_on(ledger))
    if kind is RevisionKind.RE_AGE and re_age is not None:
        _check_re_age(plan, day, opened_on, re_age)
    revising = _Revising(plan, debt, affordability, rules, carried)
    found = revising.offer(kind, offer, first_due)
    if isinstance(found, NoAffordablePlan):
        return found
    act = PlanAct(kind=ActKind.SUPERSEDE, on=day, reason=f"revised: {kind.value}", recorded_on=recorded)
    before = () if plan.revision is None else plan.revision.counted
    counted = (*before, *(payment.id for payment in ledger.payments))
    revision = Revision(plan.record(act), kind, reason, counted, recorded)
    return Plan(found, day, form or plan.form, accepted_in, plan.contact_by, revision=revision)


def _check_re_age(plan: Plan, day: pendulum.Date, opened_on: datetime.date | None, rules: ReAgeRules) -> None:
    if opened_on is None:
        message = "expected the day on which the account was opened, since re-ageing is limited by it"
        raise PolicyError("revision.re_age", "opened_on", message)
    failed = [finding for finding in re_age_findings(plan, day, opened_on, rules) if not finding.passed]
    if failed:
        names = ", ".join(finding.rule for finding in failed)
        message = f"refused by {names}; reschedule or re-amortize instead, which is never limited"
        raise PolicyError("revision.re_age", "kind", message, {"rules": names})


@attrs.frozen
class _Revising:
    """What is outstanding beside what the client can pay and the rules."""

    plan: Plan
    debt: Debt
    affordability: Affordability
    rules: PlanRules
    carried: CarriedTreatments

    def offer(
        self, kind: RevisionKind, chosen: Offer | None, first_due: datetime.date | None
    ) -> Offer | NoAffordablePlan:
        if kind is not RevisionKind.RESCHEDULE:
            return self._on_dates_left(kind)
        if chosen is None:
            return self._gentlest(first_due)
        if check_instance(chosen, Offer, "offer").debt != self.debt:
            message = "expected an offer on what is outstanding; propose on outstanding_debt()"
            raise TermsError("revision.offer", "offer", message)
        return chosen

    @property
    def _terms(self) -> Terms:
        return self.plan.offer.terms

    @property
    def _dates_left(self) -> list[pendulum.Date]:
        return [day for day in self.plan.schedule.scheduled if day > self.debt.as_of]

    def _gentlest(self, first_due: datetime.date | None) -> Offer | NoAffordablePlan:
        dates = self._dates_left
        if first_due is None and not dates:
            message = "expected a first due date, since none of the plan is left"
            raise DateError("revision.first_due", "first_due", message)
        first = check_date(first_due, "first_due") if first_due is not None else dates[0]
        terms = self._terms if first_due is not None or not dates else from_later_date(self._terms, dates)
        outcome = propose(
            self.debt,
            self.affordability,
            rules=self.rules,
            first_due=first,
            frequency=self.plan.offer.certificate.frequency,
            anchor_day=terms.anchor_day if first_due is None else None,
            calendar=terms.calendar,
            convention=terms.convention,
            day_count=terms.day_count,
            rounding=terms.rounding,
            carried=self.carried,
        )
        return outcome[0] if isinstance(outcome, Offers) else outcome

    def _on_dates_left(self, kind: RevisionKind) -> Offer | NoAffordablePlan:
        """Keep to the dates of the plan: the same number of them, or as many as the same payment needs."""
        dates = self._dates_left
        if not dates:
            message = "expected a date of the plan that is left; reschedule it instead"
            raise TermsError("revision.dates", "on", message)
        level = LevelPayment(len(dates), rounding=Rounding.CEILING)
        afresh = attrs.evolve(self._terms, repayment=level, **_AFRESH)
        if kind is RevisionKind.RE_AGE:
            terms = attrs.evolve(from_later_date(afresh, dates), repayment=FixedPayment(self._payment))
        else:
            terms = on_the_same_dates(afresh, dates)
        terms = attrs.evolve(
            terms,
            principal=self.debt.principal,
            rate=self.debt.rate,
            starts_on=self.debt.as_of,
            carried=self.debt.carried(self.carried),
        )
        capacity, frequency = self.affordability.capacity, self.plan.offer.certificate.frequency
        certificate = CapacityCertificate(build_schedule(terms), capacity, frequency)
        months = months_to(self.debt.as_of, certificate.schedule.last_due)
        held = (
            certificate.finding("revision_within_capacity"),
            Finding.against("term_months_max", months, self.rules.max_months),
        )
        failed = tuple(finding for finding in held if not finding.passed)
        if failed:
            return self._refusal(certificate, failed)
        return Offer(_NAMES[kind], self.debt, certificate, self.rules, self.affordability.provisional)

    @property
    def _payment(self) -> Money:
        """What the next installment of the plan asks for besides what is carried and fees."""
        schedule = self.plan.schedule
        place = len(schedule) - len(self._dates_left)
        row = schedule[place]
        return row.principal + row.interest

    def _refusal(self, certificate: CapacityCertificate, failed: tuple[Finding, ...]) -> NoAffordablePlan:
        """Say why the plan may not go on so, and what would help."""
        terms = certificate.schedule.terms
        search = Conventions.of(terms).search(
            self.debt,
            self.affordability.capacity,
            self.rules.max_months.value,
            first_due=terms.first_due,
            frequency=terms.frequency,
            anchor_day=terms.anchor_day,
            carried=self.carried,
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


_AFRESH: Final[Mapping[str, Any]] = {
    "grace": Grace(),
    "upfront": None,
    "fees": (),
    "review_on": None,
    "residual": None,
    "ends_on": None,
}
"""What belongs to the first agreement and is not taken over, such as a grace that has run."""

_NAMES: Final = {RevisionKind.RE_AMORTIZE: "re-amortized", RevisionKind.RE_AGE: "re-aged"}
