"""The agreement: an offer that the client accepted, how, and what has become of it since."""

from __future__ import annotations

import enum
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.communication.channels import Channel
from repayplan.communication.reasons import HardshipReason
from repayplan.errors import CommunicationError, DateError, PaymentError, TermsError
from repayplan.overdue.payments import Payment, check_payments
from repayplan.plan.offer import Offer
from repayplan.plan.states import PlanAct, PlanState, state_after
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.schedule.schedule import Schedule

__all__ = ["AgreementForm", "Plan", "Revision", "RevisionKind", "agree"]

_ACTS_MAX = 100
_VERSIONS_MAX = 200


class AgreementForm(enum.Enum):
    """How the agreement was made."""

    WRITTEN = "written"
    ORAL = "oral"


class RevisionKind(enum.Enum):
    """What a revision changes."""

    RE_AMORTIZE = "re-amortize"
    """The payment: what is owed is spread over the same dates that are left."""
    RESCHEDULE = "reschedule"
    """Start, count or frequency: a new plan within what the client can pay now."""
    RE_AGE = "re-age"
    """The standing: the account is declared current again, and the payment goes on as it was."""


def _to_agreed_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "on")


def _to_acts(value: Sequence[PlanAct]) -> tuple[PlanAct, ...]:
    return check_tuple(value, PlanAct, "acts", maximum=_ACTS_MAX, error=TermsError)


def _to_counted(value: Sequence[str]) -> tuple[str, ...]:
    return check_tuple(value, str, "counted", maximum=100_000, error=PaymentError)


@attrs.frozen(repr=False)
class Revision(Value):
    """Why a version of a plan follows another, and which payments stay with that one.

    Attributes:
        previous: The version before, superseded.
        kind: What was changed.
        reason: Why the client could not pay as agreed.
        counted: The ids of the payments that the debt taken over counts; they stay with the versions before.
        recorded_on: The day on which the revision was recorded.
    """

    previous: Plan
    kind: RevisionKind
    reason: HardshipReason
    counted: tuple[str, ...] = attrs.field(converter=_to_counted)
    recorded_on: pendulum.Date = attrs.field(converter=_to_agreed_on)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.previous, Plan, "previous")
        check_instance(self.kind, RevisionKind, "kind")
        check_instance(self.reason, HardshipReason, "reason")
        if self.previous.state is not PlanState.SUPERSEDED:
            message = f"expected a superseded plan, got one that is {self.previous.state.value}"
            raise TermsError("revision.previous", "previous", message)

    def __repr__(self) -> str:
        """Give the kind: the reason is personal."""
        return f"<Revision: {self.kind.value}>"


@attrs.frozen(repr=False)
class Plan(Value):
    """An agreed offer, and what has become of it; a revision makes a new version that keeps those before.

    Attributes:
        offer: What was agreed.
        agreed_on: The day.
        form: Whether in writing or orally; the duties that follow are in ``offer.rules.duties``.
        accepted_in: The id of the contact in which the client accepted, where the evidence is; None for a
            revision whose acceptance is not recorded yet.
        contact_by: The channel that the client chose.
        acts: What was done about it, in order.
        revision: Why it follows another version; None for the first.

    Raises:
        DateError: The day is before the debt was stated or after the first installment is due, or acts are
            out of order.
        TermsError: An act is not legal when it comes, or a first version has no acceptance.
        CommunicationError: The contact's id is not one line of plain text.
    """

    offer: Offer
    agreed_on: pendulum.Date = attrs.field(converter=_to_agreed_on)
    form: AgreementForm
    accepted_in: str | None
    contact_by: Channel
    acts: tuple[PlanAct, ...] = attrs.field(default=(), converter=_to_acts)
    revision: Revision | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.offer, Offer, "offer")
        check_instance(self.form, AgreementForm, "form")
        check_instance(self.contact_by, Channel, "contact_by")
        if self.revision is not None:
            check_instance(self.revision, Revision, "revision")
        if self.accepted_in is not None or self.revision is None:
            check_text(self.accepted_in, "accepted_in", error=CommunicationError)
        self._check_days()
        if len(self.versions) > _VERSIONS_MAX:
            raise TermsError("plan.versions", "revision", f"expected at most {_VERSIONS_MAX} versions")
        state_after(self.acts)

    def _check_days(self) -> None:
        first, last = self.offer.debt.as_of, self.schedule.due[0]
        if not first <= self.agreed_on <= last:
            message = (
                f"expected {first} (the debt's day) to {last} (the first due date), got {self.agreed_on}"
            )
            raise DateError("plan.agreed_on", "on", message, {"first": first, "last": last})
        days = [self.agreed_on, *(act.on for act in self.acts)]
        for place, (earlier, later) in enumerate(pairwise(days)):
            if later < earlier:
                message = f"expected {earlier} or later, got {later}"
                raise DateError("plan.act_order", f"acts[{place}].on", message)

    def __repr__(self) -> str:
        """Give the day and the extent: the rest is personal."""
        return f"<Plan agreed on {self.agreed_on}: {len(self.schedule)} installments, {self.state.value}>"

    @property
    def schedule(self) -> Schedule:
        """What falls due when."""
        return self.offer.schedule

    @property
    def state(self) -> PlanState:
        """What has become of it."""
        return state_after(self.acts)

    def state_on(self, on: datetime.date, known_on: datetime.date | None = None) -> PlanState:
        """Give the state on a day, of what was recorded by another."""
        day = check_date(on, "on")
        known = None if known_on is None else check_date(known_on, "known_on")
        return state_after(
            act for act in self.acts if act.on <= day and (known is None or act.recorded <= known)
        )

    def record(self, act: PlanAct) -> Plan:
        """Give the plan with one more act.

        Raises:
            TermsError: The act is not legal now; the error names those that are.
            DateError: It lies before the last one.
        """
        return attrs.evolve(self, acts=(*self.acts, check_instance(act, PlanAct, "act")))

    @property
    def versions(self) -> tuple[Plan, ...]:
        """All versions, the first one first and this one last."""
        versions: list[Plan] = [self]
        while (revision := versions[-1].revision) is not None:
            versions.append(revision.previous)
        return tuple(reversed(versions))

    def version_on(self, on: datetime.date, known_on: datetime.date | None = None) -> Plan:
        """Give the version in force on a day, of those recorded by another.

        Raises:
            DateError: No version was in force on the day, or known by then.
        """
        day = check_date(on, "on")
        known = None if known_on is None else check_date(known_on, "known_on")
        for version in reversed(self.versions):
            if version.agreed_on <= day and (known is None or version.recorded_on <= known):
                return version
        message = f"expected {self.versions[0].agreed_on} (the first agreement) or later, got {day}"
        raise DateError("plan.version", "on", message)

    @property
    def recorded_on(self) -> pendulum.Date:
        """The day from which this version was known."""
        return self.agreed_on if self.revision is None else self.revision.recorded_on

    def own_payments(self, payments: Sequence[Payment]) -> tuple[Payment, ...]:
        """Give the payments of this version out of all that were ever made.

        Payments that a revision counted stay with the versions before, and so do their reversals; what came
        to light later counts for this version from its first day on.

        Raises:
            PaymentError: The payments contradict each other; or one that a revision counted is undone by now
                or missing, so that the debt it took over was another: revise again from the version before.
        """
        every = check_payments(payments)
        if self.revision is None:
            return every
        counted = set(self.revision.counted)
        undone = {payment.reverses for payment in every if payment.reverses is not None}
        known = {payment.id for payment in every}
        wrong = sorted(identity for identity in counted if identity in undone or identity not in known)
        if wrong:
            message = "a payment that the revision counted is undone or missing; revise again from before it"
            raise PaymentError("revision.counted", "payments", message, {"ids": tuple(wrong)})
        own = [payment for payment in every if payment.id not in counted]
        start = self.schedule.terms.starts_on
        return tuple(payment if payment.effective >= start else _from(payment, start) for payment in own)


def _from(payment: Payment, start: pendulum.Date) -> Payment:
    """Let a payment count from a later day, on which the version that it pays begins."""
    return attrs.evolve(payment, effective_on=start)


def agree(
    offer: Offer, *, on: datetime.date, form: AgreementForm, accepted_in: str, contact_by: Channel
) -> Plan:
    """Record that the client accepted an offer.

    Args:
        offer: What was accepted.
        on: The day of the agreement: from the day of the debt to the first due date.
        form: Whether in writing or orally.
        accepted_in: The id of the contact in which the client accepted.
        contact_by: The channel by which the client wants to be reached.

    Raises:
        DateError: The day is before the debt was stated or after the first installment is due.
        CommunicationError: The contact's id is not one line of plain text.
    """
    return Plan(offer, on, form, accepted_in, contact_by)
