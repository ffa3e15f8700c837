"""The agreement: an offer that the client accepted, how, and what has become of it since."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.communication.channels import Channel
from repayplan.communication.reasons import HardshipReason
from repayplan.errors import CommunicationError, DateError, PaymentError, TermsError
from repayplan.overdue.fields import to_known_on, to_on
from repayplan.overdue.payments import Payment, check_payments
from repayplan.plan.agreement_kinds import AgreementForm, RevisionKind
from repayplan.plan.in_force import beginnings
from repayplan.plan.offer import Offer
from repayplan.plan.own_payments import own_of, undone_of
from repayplan.plan.reopening import reopened
from repayplan.plan.states import ActKind, PlanAct, PlanState, state_after, state_as_known
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.overdue.allocation import PaymentOrder
    from repayplan.schedule.schedule import Schedule

__all__ = ["Plan", "Revision", "agree"]

_ACTS_MAX = 100
_VERSIONS_MAX = 200


def _to_acts(value: Sequence[PlanAct]) -> tuple[PlanAct, ...]:
    return check_tuple(value, PlanAct, "acts", maximum=_ACTS_MAX, error=TermsError)


def _to_withdrawn(value: Sequence[Plan]) -> tuple[Plan, ...]:
    return check_tuple(value, Plan, "withdrawn", maximum=_VERSIONS_MAX, error=TermsError)


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
    recorded_on: pendulum.Date = attrs.field(converter=to_on)

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
        withdrawn: The versions that followed it and were withdrawn when it was :meth:`reopened`.

    Raises:
        DateError: The day is before the debt was stated or after the first installment is due, or acts are
            out of order.
        TermsError: An act is not legal when it comes, a first version has no acceptance, or it was reopened
            without anything withdrawn.
        CommunicationError: The contact's id is not one line of plain text.
    """

    offer: Offer
    agreed_on: pendulum.Date = attrs.field(converter=to_on)
    form: AgreementForm
    accepted_in: str | None
    contact_by: Channel
    acts: tuple[PlanAct, ...] = attrs.field(default=(), converter=_to_acts)
    revision: Revision | None = None
    withdrawn: tuple[Plan, ...] = attrs.field(default=(), converter=_to_withdrawn)

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
        if bool(self.withdrawn) is not any(act.kind is ActKind.REOPEN for act in self.acts):
            message = "expected a version to be reopened in the place of others; use Plan.reopened()"
            raise TermsError("plan.reopened", "withdrawn", message)

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
        """Give the state on a day, of what was recorded by another.

        An act that could not be, by what was known, has no effect then: to resume a plan whose suspension was
        recorded later leaves it active.
        """
        day = check_date(on, "on")
        known = to_known_on(known_on)
        return state_as_known(
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
        """All versions, the first one first and this one last, without those that were withdrawn."""
        versions: list[Plan] = [self]
        while (revision := versions[-1].revision) is not None:
            versions.append(revision.previous)
        return tuple(reversed(versions))

    def version_on(self, on: datetime.date, known_on: datetime.date | None = None) -> Plan:
        """Give the version in force on a day, of those recorded by another; one withdrawn later was in force.

        Raises:
            DateError: No version was in force on the day, or known by then.
        """
        day = check_date(on, "on")
        known = to_known_on(known_on)
        every = beginnings(self)
        for beginning in reversed(every):
            if beginning.on <= day and (known is None or beginning.recorded <= known):
                return beginning.version
        first = every[0]
        if day < first.on:
            message = f"expected {first.on} (the first agreement) or later, got {day}"
            raise DateError("plan.version", "on", message)
        message = f"expected {first.recorded} (when the first agreement was recorded) or later, got {known}"
        raise DateError("plan.version", "known_on", message)

    @property
    def order(self) -> PaymentOrder:
        """In which order a payment pays: that of the rules under which it was agreed."""
        return self.offer.rules.order

    @property
    def recorded_on(self) -> pendulum.Date:
        """The day from which this version was known."""
        return self.agreed_on if self.revision is None else self.revision.recorded_on

    def own_payments(
        self, payments: Sequence[Payment], *, known_on: datetime.date | None = None
    ) -> tuple[Payment, ...]:
        """Give the payments of this version out of all that were ever made.

        Payments that a revision counted stay with the versions before, and so do their reversals; what came
        to light later counts for this version from its first day on.

        Args:
            payments: All payments that were ever made.
            known_on: Reversals recorded after this day undo nothing yet; None knows all.

        Raises:
            PaymentError: The payments contradict each other; or one that a revision counted is undone by now
                or missing, so that the debt it took over was another: revise what :meth:`reopened` gives.
        """
        every, known = check_payments(payments), to_known_on(known_on)
        if self.revision is None:
            return every
        wrong = undone_of(self.revision.counted, every, known)
        if wrong:
            message = (
                "a payment that the revision counted is undone or missing; revise the version before it, as"
                " plan.reopened(payments, on=..., reason=...) gives it"
            )
            raise PaymentError("revision.counted", "payments", message, {"ids": wrong})
        return own_of(self.revision.counted, every, self.schedule.terms.starts_on)

    def reopened(
        self,
        payments: Sequence[Payment],
        *,
        on: datetime.date,
        reason: str,
        recorded_on: datetime.date | None = None,
    ) -> Plan:
        """Withdraw this version, since a payment that its revision counted was undone, and go back before it.

        What it took over was another debt than the one outstanding. The last version of which every payment
        that it counted stands is active again, even if it had been suspended, and can be revised anew; it
        keeps those that it takes the place of (``withdrawn``), so that any day is still answered by the
        version then in force.

        Args:
            payments: All payments that were ever made.
            on: The day from which this version is withdrawn.
            reason: Why, in one line.
            recorded_on: The day on which that was recorded; None is the same day. Reversals recorded later
                undo nothing yet.

        Raises:
            TermsError: No payment that this version counted is undone; or it has ended.
            PaymentError: The payments contradict each other.
            DateError: The day lies before this version.
        """
        act = PlanAct(kind=ActKind.REOPEN, on=on, reason=reason, recorded_on=recorded_on)
        return reopened(self, payments, act)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each version: text, numbers, dates and exact Decimals."""
        from repayplan.plan.showing_plans import plan_rows  # noqa: PLC0415  # loaded when a table is asked for

        return plan_rows(self)

    def _repr_html_(self) -> str:
        """Show the versions, and what the last revision changed, in a notebook."""
        from repayplan.plan.showing_plans import plan_html  # noqa: PLC0415  # only notebooks need it

        return plan_html(self)


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
