"""What is outstanding of a plan on a day, as the debt that a new version takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.checks import check_date, check_instance
from repayplan.errors import TermsError
from repayplan.overdue.facts import Facts
from repayplan.overdue.fields import to_known_on
from repayplan.overdue.ledger import Ledger
from repayplan.overdue.outstanding import outstanding_on
from repayplan.plan.agreement import Plan
from repayplan.plan.debt import Debt
from repayplan.schedule.rate_steps import RateSteps

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pendulum

    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.allocation import PaymentOrder
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.rates import Rate
    from repayplan.schedule.terms import Terms

__all__ = ["debt_outstanding", "outstanding_debt"]


def outstanding_debt(  # noqa: PLR0913  # keyword-only options, each a kind of fact
    plan: Plan,
    payments: Sequence[Payment],
    on: datetime.date,
    *,
    order: PaymentOrder | None = None,
    known_on: datetime.date | None = None,
    holds: Sequence[Hold] = (),
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
    debtor: str | None = None,
) -> Debt:
    """Give what is outstanding of a plan on a day as a debt, to the minor unit, at the rate then in force.

    Args:
        plan: The plan.
        payments: All payments that were ever made; those of earlier versions stay with them.
        on: The day.
        order: In which order a payment pays; None is the one under which the plan was agreed
            (:attr:`repayplan.Plan.order`).
        known_on: Leave out what was recorded after this day; None leaves out nothing.
        holds: What stops for a time.
        waivers: What the bank let go of, by the installments of this version.
        charges: Late charges that the bank decided on, likewise.
        contract_due_on: The oldest unpaid due date of the contract, for an order that switches.
        debtor: The debtor for whom is asked; holds for others do not protect them, and None is nobody in
            particular, whom holds for all protect.

    Raises:
        TermsError: Nothing is outstanding, or no principal: what is left bears no interest, and a plan for it
            is one on a debt of that sum at a rate of zero.
        PaymentError: The facts contradict each other or the schedule, or a payment that the plan's revision
            counted is undone.
        DateError: The day is before the plan starts.
    """
    known = to_known_on(known_on)
    own = check_instance(plan, Plan, "plan").own_payments(payments, known_on=known)
    facts = Facts(plan.schedule, own, holds, waivers, charges, contract_due_on, debtor)
    by = plan.order if order is None else order
    return debt_outstanding(plan, Ledger(facts, by, check_date(on, "on"), known))


def debt_outstanding(plan: Plan, ledger: Ledger) -> Debt:
    """Give what a ledger of the plan leaves outstanding on its day as a debt.

    Raises:
        TermsError: Nothing is outstanding, or no principal.
    """
    outstanding = outstanding_on(ledger)
    if not outstanding.total:
        message = "expected something outstanding, got nothing; complete the plan"
        raise TermsError("revision.nothing", "payments", message)
    if not outstanding.principal:
        message = (
            "expected principal outstanding, got interest, fees or penalties alone, which bear no interest;"
            " waive them, or propose a plan for Debt(principal=their sum, rate=Rate.annual(0))"
        )
        raise TermsError("revision.no_principal", "payments", message)
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
