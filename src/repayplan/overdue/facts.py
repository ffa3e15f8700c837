"""All that is known about a plan besides its schedule, checked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import attrs
import pendulum

from repayplan.checks import check_date, check_instance, check_text, check_tuple
from repayplan.errors import DateError, MoneyError, PaymentError
from repayplan.exact import MINOR_UNITS_MAX
from repayplan.money import Money, check_currency
from repayplan.overdue.adjustments import ADJUSTMENTS_MAX, Charge, Waiver
from repayplan.overdue.asked import Asked
from repayplan.overdue.contract_clock import ContractClock
from repayplan.overdue.held_days import HeldDays
from repayplan.overdue.holds import Hold, HoldEffect, check_holds
from repayplan.overdue.payments import Payment, check_payments, counted_of
from repayplan.schedule.schedule import Schedule
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

__all__ = ["Facts"]

A = TypeVar("A", Waiver, Charge)

_AFTER_MAX: Final = 36_525
"""The most days from the last due date to a payment: a hundred years."""


def _to_schedule(value: Schedule) -> Schedule:
    return check_instance(value, Schedule, "schedule")


def _to_payments(value: Sequence[Payment]) -> tuple[Payment, ...]:
    return check_payments(value)


def _to_holds(value: Sequence[Hold]) -> tuple[Hold, ...]:
    return check_holds(value)


def _to_waivers(value: Sequence[Waiver]) -> tuple[Waiver, ...]:
    return check_tuple(value, Waiver, "waivers", maximum=ADJUSTMENTS_MAX, error=PaymentError)


def _to_charges(value: Sequence[Charge]) -> tuple[Charge, ...]:
    return check_tuple(value, Charge, "charges", maximum=ADJUSTMENTS_MAX, error=PaymentError)


def _to_contract_due_on(value: datetime.date | None) -> pendulum.Date | None:
    return None if value is None else check_date(value, "contract_due_on")


@attrs.frozen(repr=False)
class Facts(Value):
    """What was paid, held, waived and charged.

    Attributes:
        schedule: What falls due when.
        payments: Money received, and reversals, in any order.
        holds: What stops for a time.
        waivers: What the bank let go of.
        charges: Late charges that the bank decided on.
        contract_due_on: The oldest due date of the contract that is unpaid; None where nothing of the
            contract is past due.
        debtor: The debtor for whom is asked: holds for all debtors and those for this one count. None counts
            those for all alone, so that a hold with a debtor's name counts only where that name is given.

    Raises:
        PaymentError: Facts contradict each other or the schedule: two with one id, a reversal of nothing, an
            installment that is not there, more waived than is asked for.
        MoneyError: One is in another currency than the schedule, or the payments are beyond the bounds of
            Money.
        DateError: A payment counts from before the schedule starts, or from more than a hundred years after
            its end.
    """

    schedule: Schedule = attrs.field(converter=_to_schedule)
    payments: tuple[Payment, ...] = attrs.field(converter=_to_payments)
    holds: tuple[Hold, ...] = attrs.field(default=(), converter=_to_holds)
    waivers: tuple[Waiver, ...] = attrs.field(default=(), converter=_to_waivers)
    charges: tuple[Charge, ...] = attrs.field(default=(), converter=_to_charges)
    contract_due_on: pendulum.Date | None = attrs.field(default=None, converter=_to_contract_due_on)
    debtor: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the facts against each other and the schedule."""
        self._check_payments()
        self._check_adjustments("waivers", self.waivers)
        self._check_adjustments("charges", self.charges)
        if self.debtor is not None:
            check_text(self.debtor, "debtor", error=PaymentError)
        self._check_installments()

    def _check_installments(self) -> None:
        """Refuse what is about an installment that is not there, and more waived than is asked for."""
        asked = Asked(self.schedule, self.waivers, HeldDays.of((), HoldEffect.DUE_DATES_MOVE))
        for field in ("payments", "waivers", "charges"):
            for place, fact in enumerate(getattr(self, field)):
                if fact.installment is not None:
                    asked.place_of(fact.installment, f"{field}[{place}].installment")
        asked.waived  # noqa: B018  # refuses what is waived beyond what is asked for

    def _check_payments(self) -> None:
        """Refuse another currency, and a day that has nothing to do with the schedule."""
        terms = self.schedule.terms
        first, last = terms.starts_on, self.schedule.last_due
        after = last.toordinal() + _AFTER_MAX
        for place, payment in enumerate(self.payments):
            if payment.amount.currency is not terms.principal.currency:
                check_currency(payment.amount, terms.principal.currency, f"payments[{place}].amount")
            day = payment.effective
            if day < first or day.toordinal() > after:
                message = (
                    f"expected a day from {first}, on which the schedule starts, to a hundred years after"
                    f" {last}, got {day}; keep payments with the version of the plan that they paid"
                )
                raise DateError("payment.date", f"payments[{place}]", message, {"id": payment.id})

        received = sum(payment.amount.minor_units for payment in self.payments)
        if received > MINOR_UNITS_MAX:
            message = f"the payments add up to more than {MINOR_UNITS_MAX} minor units"
            raise MoneyError("money.range", "payments", message, {"maximum": MINOR_UNITS_MAX})

    def _check_adjustments(self, field: str, adjustments: Sequence[Waiver | Charge]) -> None:
        seen: set[str] = set()
        for place, adjustment in enumerate(adjustments):
            if adjustment.id in seen:
                message = f"expected each id once, got that of {field}[{place}] again"
                raise PaymentError(
                    "adjustment.duplicate", f"{field}[{place}].id", message, {"id": adjustment.id}
                )
            seen.add(adjustment.id)
            check_currency(adjustment.amount, self.zero.currency, f"{field}[{place}].amount")

    def __repr__(self) -> str:
        """Give the counts: the rest is personal."""
        return f"<Facts: {len(self.payments)} payments, {len(self.holds)} holds>"

    def counted_payments(self, as_of: pendulum.Date, known_on: pendulum.Date | None) -> list[Payment]:
        """Give the payments that count on a day, by day and id, of those recorded by ``known_on``."""
        return counted_of(self.payments, as_of, known_on)

    def counted_charges(self, as_of: pendulum.Date, known_on: pendulum.Date | None) -> list[Charge]:
        """Give the charges that count on a day, by day and id, of those recorded by ``known_on``."""
        return _counted(self.charges, as_of, known_on)

    def asked(self, as_of: pendulum.Date, known_on: pendulum.Date | None) -> Asked:
        """Give what is asked for on a day: waivers and moves of due dates as far as they are known."""
        waivers = _counted(self.waivers, as_of, known_on)
        return Asked(self.schedule, waivers, self.held(HoldEffect.DUE_DATES_MOVE, known_on))

    def held(self, effect: HoldEffect, known_on: pendulum.Date | None) -> HeldDays:
        """Give the days on which an effect of a hold is in force."""
        return HeldDays.of(self.holds, effect, known_on=known_on, debtor=self.debtor)

    def contract_clock(self, known_on: pendulum.Date | None) -> ContractClock | None:
        """Give the count of the contract's days past due; None where nothing of it is past due."""
        if self.contract_due_on is None:
            return None
        held = self.held(HoldEffect.REGULATORY_DAYS_STOP, known_on)
        return ContractClock(self.contract_due_on.toordinal(), held)

    @property
    def zero(self) -> Money:
        """Nothing, in the currency of the schedule."""
        return Money.zero(self.schedule.terms.principal.currency)


def _counted(facts: Iterable[A], as_of: pendulum.Date, known_on: pendulum.Date | None) -> list[A]:
    counted = [
        fact for fact in facts if fact.effective <= as_of and (known_on is None or fact.recorded <= known_on)
    ]
    return sorted(counted, key=lambda fact: (fact.effective.toordinal(), fact.id))
