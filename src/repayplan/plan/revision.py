"""revise(): a new version of a plan from what is outstanding, the old one kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.affordability.assessment import Affordability
from repayplan.checks import check_date, check_instance
from repayplan.errors import DateError, PolicyError, TermsError
from repayplan.overdue.allocation import check_order
from repayplan.overdue.facts import Facts
from repayplan.overdue.ledger import Ledger
from repayplan.plan.agreement import Plan, Revision
from repayplan.plan.agreement_kinds import AgreementForm, RevisionKind
from repayplan.plan.no_plan import NoAffordablePlan
from repayplan.plan.outstanding_debt import debt_outstanding
from repayplan.plan.re_age import ReAgeRules, re_age_findings
from repayplan.plan.revising import Revising
from repayplan.plan.rules import PlanRules
from repayplan.plan.states import ActKind, PlanAct, PlanState
from repayplan.schedule.carried import CarriedTreatments

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pendulum

    from repayplan.communication.reasons import HardshipReason
    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.allocation import PaymentOrder
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.payments import Payment
    from repayplan.plan.offer import Offer

__all__ = ["revise"]

_SPREAD = CarriedTreatments()


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
    carried: CarriedTreatments | None = None,
    order: PaymentOrder | None = None,
    holds: Sequence[Hold] = (),
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
    debtor: str | None = None,
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
        plan: The version in force; one that was superseded is revised once it is
            :meth:`repayplan.Plan.reopened`.
        payments: All payments that were ever made.
        affordability: What the client can pay now.
        on: The day of the revision.
        reason: Why the client could not pay as agreed.
        rules: The rules for plans now.
        kind: To re-amortize keeps the dates that are left and works the payment out anew; to reschedule makes
            a new plan within what the client can pay; to re-age keeps the payment and its rhythm, and takes
            as long as it needs. Where too little is left for an installment on each date, the payment is
            worked out for the first of them.
        offer: The offer that the client chose, of :func:`repayplan.propose` on the
            :func:`repayplan.outstanding_debt`; None takes the gentlest of those. For a rescheduling only. It
            is held against what the client can pay now, and against the rules now; one that goes beyond them
            as a concession is revised by its own (``rules=offer.rules``).
        first_due: The first due date of a rescheduling without an offer; None is the next date of the plan.
        carried: Where interest, fees and penalties owed by then go: to the first installment, spread, waived,
            or into principal where the rules allow it. None is spread, or where an offer says.
        order: In which order the payments of the plan were allocated until now; None is the one under which
            it was agreed (:attr:`repayplan.Plan.order`), which must then be that of the rules too. The new
            version is under that of the rules.
        holds: What stops for a time.
        waivers: What the bank let go of, by the installments of the version that is revised.
        charges: Late charges that the bank decided on, likewise.
        contract_due_on: The oldest unpaid due date of the contract, for an order that switches.
        debtor: The debtor for whom is asked; holds for others do not protect them, and None is nobody in
            particular, whom holds for all protect.
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
        TermsError: Nothing is outstanding, or no principal; no date is left; the offer is on another debt; an
            argument does not go with the others; the payment that is kept would not clear the debt; or the
            plan has ended or was superseded.
        DateError: The day lies before the plan, no date of the plan comes after it and none is given, or the
            first due date lies beyond the longest term.
        PolicyError: The rules refuse to re-age the account now, or where a carried balance is to go; or their
            order of allocation is not that of the plan, and none is given.
        PaymentError: The facts contradict each other or the schedule, or a payment that the plan's own
            revision counted is undone: revise what :meth:`repayplan.Plan.reopened` gives.
    """
    check_instance(affordability, Affordability, "affordability")
    check_instance(rules, PlanRules, "rules")
    check_instance(kind, RevisionKind, "kind")
    _check_arguments(
        kind, offer=offer, first_due=first_due, carried=carried, re_age=re_age, opened_on=opened_on
    )
    treatments = _SPREAD if carried is None else check_instance(carried, CarriedTreatments, "carried")
    if offer is None:
        rules.check_treatments(treatments)
    day = check_date(on, "on")
    recorded = day if recorded_on is None else check_date(recorded_on, "recorded_on")
    if recorded < day:
        raise DateError("revision.recorded_on", "recorded_on", f"expected {day} (on) or later")
    own = _in_force(plan).own_payments(payments, known_on=recorded)
    facts = Facts(plan.schedule, own, holds, waivers, charges, contract_due_on, debtor)
    ledger = Ledger(facts, _order(plan, rules, order), day, recorded)
    debt = debt_outstanding(plan, ledger)
    if kind is RevisionKind.RE_AGE and re_age is not None:
        _check_re_age(plan, day, opened_on, re_age)
    found = _offer(Revising(plan, debt, affordability, rules, treatments), kind, offer, first_due)
    if isinstance(found, NoAffordablePlan):
        return found
    act = PlanAct(kind=ActKind.SUPERSEDE, on=day, reason=f"revised: {kind.value}", recorded_on=recorded)
    before = () if plan.revision is None else plan.revision.counted
    counted = (*before, *(payment.id for payment in ledger.payments))
    revision = Revision(plan.record(act), kind, reason, counted, recorded)
    return Plan(found, day, form or plan.form, accepted_in, plan.contact_by, revision=revision)


def _offer(
    revising: Revising, kind: RevisionKind, chosen: Offer | None, first_due: datetime.date | None
) -> Offer | NoAffordablePlan:
    if kind is RevisionKind.RE_AMORTIZE:
        return revising.re_amortized()
    if kind is RevisionKind.RE_AGE:
        return revising.re_aged()
    if chosen is not None:
        return revising.chosen(chosen)
    return revising.gentlest(None if first_due is None else check_date(first_due, "first_due"))


def _check_arguments(kind: RevisionKind, **given: object) -> None:
    """Refuse what would have no effect beside the other arguments."""
    without_effect: dict[str, str] = {}
    if kind is not RevisionKind.RESCHEDULE:
        why = f"to {kind.value} keeps the plan's own dates"
        without_effect = {"offer": why, "first_due": why}
    elif given["offer"] is not None:
        without_effect = {"first_due": "the offer says it", "carried": "the offer says it"}
    if kind is not RevisionKind.RE_AGE:
        without_effect |= dict.fromkeys(("re_age", "opened_on"), "only re-ageing has such limits")
    for field, why in without_effect.items():
        if given[field] is not None:
            raise TermsError("revision.argument", field, f"expected none, since {why}; leave it out")


def _in_force(plan: Plan) -> Plan:
    if check_instance(plan, Plan, "plan").state is PlanState.SUPERSEDED:
        message = (
            "expected the version in force, got one that a later one followed; revise that, or reopen this"
        )
        raise TermsError("revision.superseded", "plan", message)
    return plan


def _order(plan: Plan, rules: PlanRules, order: PaymentOrder | None) -> PaymentOrder:
    """Give the order by which the standing of the plan was told; never one that nobody stated."""
    if order is not None:
        check_order(order)
        return order
    if rules.order != plan.order:
        message = (
            "expected the order by which payments were allocated until now, since that of the rules is not"
            " the one under which the plan was agreed; give plan.order or rules.order"
        )
        raise PolicyError("revision.order", "order", message)
    return plan.order


def _check_re_age(plan: Plan, day: pendulum.Date, opened_on: datetime.date | None, rules: ReAgeRules) -> None:
    if opened_on is None:
        message = "expected the day on which the account was opened, since re-ageing is limited by it"
        raise PolicyError("revision.re_age", "opened_on", message)
    failed = [finding for finding in re_age_findings(plan, day, opened_on, rules) if not finding.passed]
    if failed:
        names = ", ".join(finding.rule for finding in failed)
        message = f"refused by {names}; reschedule or re-amortize instead, which is never limited"
        raise PolicyError("revision.re_age", "kind", message, {"rules": names})
