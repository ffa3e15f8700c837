"""One debt of a case with all that is known about it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.casework.liabilities import CollectionStop, Liability
from repayplan.checks import check_date, check_instance, check_tuple
from repayplan.communication.limitation import LimitationEvent
from repayplan.errors import CaseError, DateError, PaymentError, shown
from repayplan.money import check_currency
from repayplan.overdue.adjustments import Charge, Waiver
from repayplan.overdue.facts import Facts
from repayplan.overdue.holds import Hold, check_holds
from repayplan.overdue.payments import Payment, check_payments
from repayplan.overdue.promises import Promise
from repayplan.plan.agreement import Plan
from repayplan.plan.debt import Debt
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

__all__ = ["Account"]

_ITEMS_MAX: Final = 1_000


def _to_payments(value: Sequence[Payment]) -> tuple[Payment, ...]:
    return tuple(sorted(check_payments(value), key=lambda payment: (payment.received_on, payment.id)))


def _to_holds(value: Sequence[Hold]) -> tuple[Hold, ...]:
    return tuple(sorted(check_holds(value), key=lambda hold: (hold.first_day, hold.id)))


def _to_promises(value: Sequence[Promise]) -> tuple[Promise, ...]:
    found = check_tuple(value, Promise, "promises", maximum=_ITEMS_MAX, error=PaymentError)
    return tuple(sorted(found, key=lambda promise: (promise.made_on, promise.id)))


def _to_waivers(value: Sequence[Waiver]) -> tuple[Waiver, ...]:
    found = check_tuple(value, Waiver, "waivers", maximum=_ITEMS_MAX, error=PaymentError)
    return tuple(sorted(found, key=lambda waiver: (waiver.waived_on, waiver.id)))


def _to_charges(value: Sequence[Charge]) -> tuple[Charge, ...]:
    found = check_tuple(value, Charge, "charges", maximum=_ITEMS_MAX, error=PaymentError)
    return tuple(sorted(found, key=lambda charge: (charge.charged_on, charge.id)))


def _to_liabilities(value: Sequence[Liability]) -> tuple[Liability, ...]:
    found = check_tuple(value, Liability, "liabilities", maximum=_ITEMS_MAX, error=CaseError)
    return tuple(sorted(found, key=lambda liability: liability.party_id))


def _to_stops(value: Sequence[CollectionStop]) -> tuple[CollectionStop, ...]:
    found = check_tuple(value, CollectionStop, "stops", maximum=_ITEMS_MAX, error=CaseError)
    return tuple(sorted(found, key=lambda stop: (stop.first_day, stop.id)))


def _to_events(value: Sequence[LimitationEvent]) -> tuple[LimitationEvent, ...]:
    found = check_tuple(value, LimitationEvent, "limitation_events", maximum=_ITEMS_MAX, error=CaseError)
    return tuple(sorted(found, key=lambda event: (event.on, event.kind.name, event.record_id or "")))


def _to_contract_due_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "contract_due_on")


def _to_last_due_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "last_due_on")


def _to_transferred_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "transferred_on")


@attrs.frozen(kw_only=True, repr=False)
class Account(Value):
    """A debt, the plan for it, and what was paid, promised, held, waived and charged.

    Facts are kept in the order of their days, in whatever order they were added.

    Attributes:
        debt: What was owed when the case was taken up, with the id of the account.
        liabilities: Who else owes it, and whether they consented to the plan; the client owes it always.
        plan: What was agreed, in its latest version; None before.
        payments: What was paid.
        holds: What stops.
        promises: What the client promised to pay.
        waivers: What the bank gave up.
        charges: What the bank charged for lateness.
        stops: States in which nobody collects.
        limitation_events: What may have restarted limitation and is not in the log, such as a suit.
        contract_due_on: The oldest unpaid due day of the contract; None where nothing of it is past due.
        last_due_on: The day on which the last installment of the contract is due; None where it is not known.
        transferred_on: The day on which the debt came to this creditor from another; None where it did not.

    Raises:
        CaseError: The debt has no id, an id is used twice, or a limitation event is about another debt.
        PaymentError: The payments or holds contradict each other or the plan.
        MoneyError: An amount is in another currency.
        DateError: The plan was agreed before the debt was stated, or a payment lies outside the plan's time.
    """

    debt: Debt
    liabilities: tuple[Liability, ...] = attrs.field(default=(), converter=_to_liabilities)
    plan: Plan | None = None
    payments: tuple[Payment, ...] = attrs.field(default=(), converter=_to_payments)
    holds: tuple[Hold, ...] = attrs.field(default=(), converter=_to_holds)
    promises: tuple[Promise, ...] = attrs.field(default=(), converter=_to_promises)
    waivers: tuple[Waiver, ...] = attrs.field(default=(), converter=_to_waivers)
    charges: tuple[Charge, ...] = attrs.field(default=(), converter=_to_charges)
    stops: tuple[CollectionStop, ...] = attrs.field(default=(), converter=_to_stops)
    limitation_events: tuple[LimitationEvent, ...] = attrs.field(default=(), converter=_to_events)
    contract_due_on: pendulum.Date | None = attrs.field(default=None, converter=_to_contract_due_on)
    last_due_on: pendulum.Date | None = attrs.field(default=None, converter=_to_last_due_on)
    transferred_on: pendulum.Date | None = attrs.field(default=None, converter=_to_transferred_on)

    def __attrs_post_init__(self) -> None:
        """Check that the facts fit together."""
        check_instance(self.debt, Debt, "debt")
        if not self.debt.id:
            message = "expected a debt with an id, by which its payments and contacts find it"
            raise CaseError("account.id", "debt.id", message)
        for field in ("promises", "waivers", "charges", "stops"):
            check_unique((item.id for item in getattr(self, field)), field)
        check_unique((item.party_id for item in self.liabilities), "liabilities")
        for place, event in enumerate(self.limitation_events):
            if event.debt != self.id:
                message = f"expected an event of {shown(self.id)}, got one of {shown(event.debt)}"
                raise CaseError("account.event", f"limitation_events[{place}].debt", message)
        self._check_currency()
        self._check_plan()

    def _check_currency(self) -> None:
        for field in ("payments", "promises", "waivers", "charges"):
            for place, item in enumerate(getattr(self, field)):
                check_currency(item.amount, self.debt.currency, f"{field}[{place}].amount")

    def _check_plan(self) -> None:
        if self.plan is None:
            return
        check_instance(self.plan, Plan, "plan")
        check_currency(self.plan.offer.debt.principal, self.debt.currency, "plan")
        if self.plan.versions[0].agreed_on < self.debt.as_of:
            message = f"expected a plan agreed on {self.debt.as_of} (the debt's day) or later"
            raise DateError("account.plan", "plan.agreed_on", message)
        if self.plan.offer.debt.id not in {"", self.id}:
            message = f"expected a plan for {shown(self.id)}, got one for {shown(self.plan.offer.debt.id)}"
            raise CaseError("account.plan", "plan.offer.debt.id", message)
        self.facts  # noqa: B018  # refuses what does not fit together now and not on first use

    def __repr__(self) -> str:
        """Give the id: the rest is personal."""
        return f"<Account {self.id}>"

    @property
    def id(self) -> str:
        """The id of the debt."""
        return self.debt.id

    @cached_property
    def facts(self) -> Facts | None:
        """The facts about the plan in its latest version, by which it is judged; None without a plan."""
        if self.plan is None:
            return None
        own, since = self.plan.own_payments(self.payments), self.plan.agreed_on
        is_first = self.plan.revision is None  # what came before a revision is in the debt it took over
        waivers = [waiver for waiver in self.waivers if is_first or waiver.effective > since]
        charges = [charge for charge in self.charges if is_first or charge.effective > since]
        return Facts(self.plan.schedule, own, self.holds, waivers, charges, self.contract_due_on)

    def known_on(self, day: pendulum.Date) -> Account:
        """Give the account with only what was recorded by a day; its versions of the plan too."""
        moved = self.transferred_on
        return attrs.evolve(
            self,
            liabilities=[liability.known_on(day) for liability in self.liabilities],
            transferred_on=None if moved is None or moved > day else moved,
            plan=None if self.plan is None else plan_known_on(self.plan, day),
            payments=_known_payments(self.payments, day),
            holds=[hold for hold in self.holds if hold.recorded <= day],
            promises=[promise for promise in self.promises if promise.recorded <= day],
            waivers=[waiver for waiver in self.waivers if waiver.recorded <= day],
            charges=[charge for charge in self.charges if charge.recorded <= day],
            stops=[stop for stop in self.stops if stop.recorded <= day],
            limitation_events=[event for event in self.limitation_events if event.on <= day],
        )


def _known_payments(payments: Iterable[Payment], day: pendulum.Date) -> list[Payment]:
    return [payment for payment in payments if payment.recorded <= day]


def plan_known_on(plan: Plan, day: pendulum.Date) -> Plan | None:
    """Give a plan as it was known on a day, in the version known then; None where none was."""
    known = [version for version in plan.versions if version.recorded_on <= day]
    if not known:
        return None
    last = known[-1]
    return attrs.evolve(last, acts=[act for act in last.acts if act.recorded <= day])


def check_unique(ids: Iterable[str], field: str) -> None:
    """Refuse an id that is given twice.

    Raises:
        CaseError: One is.
    """
    seen: set[str] = set()
    for item in ids:
        if item in seen:
            message = f"expected each id once, got {shown(item)} twice"
            raise CaseError("case.twice", field, message, {"id": item})
        seen.add(item)
