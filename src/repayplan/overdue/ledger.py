"""The ledger: what was due, paid, waived and is outstanding, installment by installment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.checks import check_instance
from repayplan.money import Money, money_of
from repayplan.overdue.allocation import AllocationOrder, PaymentOrder, Timing, check_order
from repayplan.overdue.components import COMPONENTS, PLACE_OF, Component
from repayplan.overdue.facts import Facts
from repayplan.overdue.fields import to_as_of, to_known_on
from repayplan.overdue.orders import PENALTIES_FEES_INTEREST_PRINCIPAL
from repayplan.overdue.payments import Payment, PaymentStatus
from repayplan.overdue.replay import Part, Replay, replay
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.asked import Asked
    from repayplan.overdue.contract_clock import ContractClock
    from repayplan.overdue.holds import Hold
    from repayplan.schedule.schedule import Schedule

__all__ = ["Allocation", "Ledger", "LedgerInstallment", "LedgerPart", "ledger_on"]


@attrs.frozen
class Allocation(Value):
    """A part of a payment, what it paid, and what decided so.

    Attributes:
        payment: The id of the payment.
        on: The day on which it was allocated: that of the payment, or for what was held as credit the day on
            which something fell due.
        installment: The installment, 0 for the up-front payment; of a charge, the one that was late.
        component: Which part of it was paid.
        amount: How much.
        timing: When that was due, seen from the day.
        order: The order that decided it.
        charge: The id of the late charge that was paid; None where it is the installment's own.
    """

    payment: str
    on: pendulum.Date
    installment: int
    component: Component
    amount: Money
    timing: Timing
    order: AllocationOrder
    charge: str | None = None

    @property
    def rule(self) -> str:
        """The rule that decided it, in words: the order and its step."""
        return f"{self.order.name}: {self.timing.value} {self.component.value}"


@attrs.frozen
class LedgerPart(Value):
    """One component of one installment.

    Attributes:
        component: Which.
        scheduled: What the schedule asks for.
        waived: What the bank let go of.
        saved: Interest that is no longer charged, since principal was repaid early.
        paid: What was paid of it.
    """

    component: Component
    scheduled: Money
    waived: Money
    saved: Money
    paid: Money

    @property
    def asked(self) -> Money:
        """What is asked for."""
        return self.scheduled - self.waived - self.saved

    @property
    def outstanding(self) -> Money:
        """What is still to be paid."""
        return self.asked - self.paid


@attrs.frozen
class LedgerInstallment(Value):
    """One installment and what became of it.

    Attributes:
        number: The installment, 0 for the up-front payment.
        due_on: The day on which it is due, after moves by holds.
        parts: Its components.
        allocations: What paid it, in the order in which that was decided.
    """

    number: int
    due_on: pendulum.Date
    parts: tuple[LedgerPart, ...]
    allocations: tuple[Allocation, ...]

    def __getitem__(self, component: Component) -> LedgerPart:
        """Give one component."""
        check_instance(component, Component, "component")
        return next(part for part in self.parts if part.component is component)

    @property
    def asked(self) -> Money:
        """What it asks for in all."""
        return _sum([part.asked for part in self.parts])

    @property
    def paid(self) -> Money:
        """What was paid of it."""
        return _sum([part.paid for part in self.parts])

    @property
    def outstanding(self) -> Money:
        """What is still to be paid of it."""
        return _sum([part.outstanding for part in self.parts])


@attrs.frozen(repr=False)
class Ledger(Value):
    """Payments on installments, replayed from the facts; made by :func:`repayplan.ledger_on`.

    The same facts in any order of arrival give the same ledger.

    Attributes:
        facts: What was asked for, paid, held, waived and charged.
        order: In which order a payment pays.
        as_of: The day; what counts from later on is not in it.
        known_on: What was recorded later is not in it either; None is all that is given.
    """

    facts: Facts
    order: PaymentOrder
    as_of: pendulum.Date = attrs.field(converter=to_as_of)
    known_on: pendulum.Date | None = attrs.field(default=None, converter=to_known_on)

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_instance(self.facts, Facts, "facts")
        check_order(self.order)

    def __repr__(self) -> str:
        """Give the day: the rest is personal."""
        return f"<Ledger as of {self.as_of}>"

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """The payments that count, by the day from which they do and then by id."""
        return tuple(self.facts.counted_payments(self.as_of, self.known_on))

    @cached_property
    def charges(self) -> tuple[Charge, ...]:
        """The late charges that count."""
        return tuple(self.facts.counted_charges(self.as_of, self.known_on))

    @property
    def pending(self) -> tuple[Payment, ...]:
        """The payments that are announced or on their way, and do not count yet."""
        return tuple(
            payment
            for payment in self.facts.payments
            if payment.status is PaymentStatus.PENDING
            and payment.received_on <= self.as_of
            and (self.known_on is None or payment.recorded <= self.known_on)
        )

    @cached_property
    def asked(self) -> Asked:
        """What is asked for, in minor units."""
        return self.facts.asked(self.as_of, self.known_on)

    @cached_property
    def replayed(self) -> Replay:
        """What became of the payments, in minor units."""
        return self.replayed_with(self.charges)

    def replayed_with(self, charges: Sequence[Charge]) -> Replay:
        """Replay the payments onto the installments and other charges, or none."""
        as_of = self.as_of.toordinal()
        return replay(self.asked, self.payments, charges, self.order, as_of, self.contract_clock)

    @cached_property
    def contract_clock(self) -> ContractClock | None:
        """The count of the contract's days past due, by which an order switches; None where it is not."""
        return self.facts.contract_clock(self.known_on)

    @cached_property
    def allocations(self) -> tuple[Allocation, ...]:
        """Where each payment went, in the order in which that was decided."""
        return tuple(map(self._allocation, self.replayed.parts))

    @cached_property
    def installments(self) -> tuple[LedgerInstallment, ...]:
        """All installments, the up-front payment before them if there is one."""
        own: list[list[Allocation]] = [[] for _ in self.asked.due]
        for part, allocation in zip(self.replayed.parts, self.allocations, strict=True):
            if part.item < len(own):
                own[part.item].append(allocation)
        return tuple(
            LedgerInstallment(
                self.asked.first_number + item,
                pendulum.Date.fromordinal(due),
                self._parts(item),
                tuple(own[item]),
            )
            for item, due in enumerate(self.asked.due)
        )

    @property
    def credit(self) -> Money:
        """What was paid and nothing takes, or nothing takes yet."""
        return self._money(self.replayed.credit_units)

    @property
    def outstanding(self) -> Money:
        """All that is still to be paid, late charges included and credit not taken off."""
        return self._money(sum(map(sum, self.replayed.open)))

    def outstanding_of(self, component: Component) -> Money:
        """Give what is still to be paid of one component, late charges included."""
        place = PLACE_OF[component]
        return self._money(sum(row[place] for row in self.replayed.open))

    @property
    def charges_outstanding(self) -> Money:
        """What is still to be paid of late charges."""
        return self._money(sum(map(sum, self.replayed.open[len(self.asked.due) :])))

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each installment: numbers, dates and exact Decimals."""
        from repayplan.overdue.showing import ledger_rows  # noqa: PLC0415  # loaded when a table is asked for

        return ledger_rows(self)

    def _repr_html_(self) -> str:
        """Show what became of each installment and each payment in a notebook."""
        from repayplan.overdue.showing import ledger_html  # noqa: PLC0415  # only notebooks need it

        return ledger_html(self)

    def _parts(self, item: int) -> tuple[LedgerPart, ...]:
        scheduled, amounts = self.asked.scheduled[item], self.asked.amounts[item]
        left, interest = self.replayed.open[item], PLACE_OF[Component.INTEREST]
        saved = min(self.replayed.saved.get(item, 0), amounts[interest])
        return tuple(
            LedgerPart(
                component,
                self._money(scheduled[place]),
                self._money(scheduled[place] - amounts[place]),
                self._money(saved if place == interest else 0),
                self._money(amounts[place] - left[place] - (saved if place == interest else 0)),
            )
            for place, component in enumerate(COMPONENTS)
        )

    def _allocation(self, part: Part) -> Allocation:
        item = part.item - len(self.asked.due)
        charge = None if item < 0 else self.charges[item]
        return Allocation(
            self.payments[part.payment].id,
            pendulum.Date.fromordinal(part.day),
            self.asked.first_number + part.item if charge is None else charge.installment,
            COMPONENTS[part.component],
            self._money(part.units),
            part.timing,
            part.order,
            None if charge is None else charge.id,
        )

    def _money(self, units: int) -> Money:
        return money_of(units, self.facts.schedule.terms.principal.currency)


def ledger_on(  # noqa: PLR0913  # keyword-only options, each a kind of fact
    schedule: Schedule,
    payments: Sequence[Payment],
    *,
    as_of: datetime.date,
    order: PaymentOrder = PENALTIES_FEES_INTEREST_PRINCIPAL,
    known_on: datetime.date | None = None,
    holds: Sequence[Hold] = (),
    waivers: Sequence[Waiver] = (),
    charges: Sequence[Charge] = (),
    contract_due_on: datetime.date | None = None,
    debtor: str | None = None,
) -> Ledger:
    """Replay payments onto installments as of a day.

    On each day, credit that is held pays what falls due, and then the payments of the day are allocated by
    id, each by the order; late charges come after all that is past due and due. A reversal undoes its payment
    from that payment's own day on.

    Args:
        schedule: What falls due when.
        payments: Money received and reversals, in any order; those of earlier versions of a plan stay with
            them.
        as_of: The day; what counts from later on is left out.
        order: In which order a payment pays; ``rp.CN_CREDIT_CARD`` is one of the usual ones.
        known_on: Leave out what was recorded after this day; None leaves out nothing.
        holds: What stops for a time; moves of due dates bear on the ledger, and stops of the regulator's
            clock on an order that switches.
        waivers: What the bank let go of.
        charges: Late charges that the bank decided on.
        contract_due_on: The oldest unpaid due date of the contract, from which an order that switches counts
            its days; None where nothing of the contract is past due.
        debtor: The debtor for whom is asked; holds for others do not protect them, and None is nobody in
            particular, whom holds for all protect.

    Raises:
        PaymentError: The facts contradict each other or the schedule.
        MoneyError: One is in another currency than the schedule.
        DateError: A payment has nothing to do with the schedule's time.
    """
    facts = Facts(schedule, payments, holds, waivers, charges, contract_due_on, debtor)
    ledger = Ledger(facts, order, as_of, known_on)
    ledger.replayed  # noqa: B018  # refuses an order that does not suit the schedule now and not on first use
    return ledger


def _sum(amounts: Sequence[Money]) -> Money:
    return Money.total(amounts, amounts[0].currency)
