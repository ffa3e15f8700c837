"""In which order a payment pays what is owed."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby, pairwise, product
from typing import TYPE_CHECKING, TypeAlias

import attrs

from repayplan.checks import check_count, check_instance, check_text, check_tuple
from repayplan.errors import InputTypeError, PolicyError, shown
from repayplan.overdue.classification import DAYS_PAST_DUE_MAX
from repayplan.overdue.components import PLACE_OF, Component
from repayplan.rules import Citation
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "AllocationOrder",
    "AllocationStep",
    "Overpayment",
    "PaymentOrder",
    "Sweep",
    "SwitchingOrder",
    "Timing",
    "check_order",
]


class Timing(Enumeration):
    """When an installment is due, seen from the day of a payment."""

    PAST_DUE = "past due"
    DUE = "due"
    """Due on the day itself."""
    IN_ADVANCE = "in advance"


class Sweep(Enumeration):
    """How steps run over several installments."""

    BY_INSTALLMENT = "installment by installment"
    """One installment is paid whole before the next."""
    ACROSS = "across all"
    """One component of all installments is paid before the next component."""


class Overpayment(Enumeration):
    """What becomes of money beyond all that is past due and due."""

    CREDIT = "held as credit"
    """It waits, and pays what falls due next on the day on which it does."""
    NEXT_INSTALLMENT = "next installment"
    """It pays the next installments at once, the earliest first."""
    LAST_INSTALLMENT = "last installment"
    """It pays the last installments at once, the latest first."""
    SHORTEN_TERM = "shortens the term"
    """It repays principal, that of the last installments first; interest falls from that day on."""
    LOWER_INSTALLMENTS = "lowers the installments"
    """It repays principal, of each later installment in proportion; interest falls from that day on."""

    @property
    def saves_interest(self) -> bool:
        """Whether principal is repaid early, so that less interest is charged from then on."""
        return self in {Overpayment.SHORTEN_TERM, Overpayment.LOWER_INSTALLMENTS}


AllocationStep: TypeAlias = tuple[Timing, Component]
"""One component of the installments of one timing."""
Group: TypeAlias = tuple[Timing, tuple[int, ...]]
"""The places of components of one timing that are paid together."""

_EVERY_STEP = tuple(product(Timing, Component))


def _to_steps(value: Sequence[AllocationStep]) -> tuple[AllocationStep, ...]:
    steps = check_tuple(value, tuple, "steps", maximum=len(_EVERY_STEP), error=PolicyError)
    if len(steps) != len(_EVERY_STEP) or any(step not in steps for step in _EVERY_STEP):
        message = f"expected each of the {len(_EVERY_STEP)} pairs of a timing and a component once"
        raise PolicyError("order.steps", "steps", message)
    return steps


@attrs.frozen
class AllocationOrder(Value):
    """An order over {past due, due, in advance} x {penalties, fees, interest, principal}.

    Steps in advance that come after all others are what becomes of an overpayment; ``overpayment`` says how
    they are carried out. One that comes before is carried out where it stands, the earliest installment
    first. Late charges (:class:`repayplan.Charge`) come after all that is past due and due.

    Attributes:
        name: The name of the order, which every allocation repeats.
        steps: The pairs of a timing and a component, each once.
        sweep: Whether consecutive steps of one timing pay one installment after the other, or each step all
            installments.
        overpayment: What becomes of money beyond all that is past due and due.
        honours_installment: Whether a client may say which installment a payment is for; it then pays that
            one first, whenever it is due.
        citation: Where the order comes from; None for one of the contract.

    Raises:
        PolicyError: A step is missing, or stands twice; or an order that repays principal early lets the
            client choose the installment or pays in advance before what is due.
    """

    name: str
    steps: tuple[AllocationStep, ...] = attrs.field(converter=_to_steps)
    sweep: Sweep = Sweep.BY_INSTALLMENT
    overpayment: Overpayment = Overpayment.NEXT_INSTALLMENT
    honours_installment: bool = False
    citation: Citation | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.name, "name", error=PolicyError)
        check_instance(self.sweep, Sweep, "sweep")
        check_instance(self.overpayment, Overpayment, "overpayment")
        check_instance(self.honours_installment, bool, "honours_installment")
        if self.citation is not None:
            check_instance(self.citation, Citation, "citation")
        if self.overpayment.saves_interest and (self.honours_installment or self.reaches_ahead):
            message = "expected an order that pays nothing else in advance, since interest is saved by it"
            raise PolicyError("order.overpayment", "overpayment", message)

    @classmethod
    def of(  # keyword-only options, each a field
        cls,
        name: str,
        components: Sequence[Component],
        *,
        sweep: Sweep = Sweep.BY_INSTALLMENT,
        overpayment: Overpayment = Overpayment.NEXT_INSTALLMENT,
        honours_installment: bool = False,
        citation: Citation | None = None,
    ) -> AllocationOrder:
        """Give the order that pays past due, due and in advance one after the other, each by component.

        Across all installments, a component of what is past due is paid before the next component; what is
        due on the day comes after all that is past due.

        Args:
            name: The name of the order.
            components: All four components, the first to be paid first.
            sweep: How steps run over several installments.
            overpayment: What becomes of money beyond all that is due.
            honours_installment: Whether a client may say which installment a payment is for.
            citation: Where the order comes from.

        Raises:
            PolicyError: A component is missing, or stands twice.
        """
        every = check_tuple(components, Component, "components", maximum=len(Component), error=PolicyError)
        steps = tuple(product(Timing, every))
        return cls(name, steps, sweep, overpayment, honours_installment, citation)

    @cached_property
    def groups_before_charges(self) -> tuple[Group, ...]:
        """The steps up to the last of what is past due or due, by what is carried out together."""
        return self._groups[: self._ahead_from]

    @cached_property
    def groups_after_charges(self) -> tuple[Group, ...]:
        """The steps of what is paid in advance after all that is due."""
        return self._groups[self._ahead_from :]

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        if self.sweep is Sweep.ACROSS:
            return tuple((timing, (PLACE_OF[component],)) for timing, component in self.steps)
        runs = groupby(self.steps, key=lambda step: step[0])
        return tuple((timing, tuple(PLACE_OF[component] for _, component in run)) for timing, run in runs)

    @cached_property
    def _ahead_from(self) -> int:
        timings = [timing for timing, _ in self._groups]
        return 1 + max(place for place, timing in enumerate(timings) if timing is not Timing.IN_ADVANCE)

    @cached_property
    def by_installment(self) -> tuple[int, ...]:
        """The places of the components in the order in which the steps first name them."""
        return tuple(dict.fromkeys(PLACE_OF[component] for _, component in self.steps))

    @property
    def reaches_ahead(self) -> bool:
        """Whether something is paid in advance before all that is due."""
        return any(
            before is Timing.IN_ADVANCE and after is not Timing.IN_ADVANCE
            for (before, _), (after, _) in pairwise(self.steps)
        )

    @cached_property
    def judges_by_sums(self) -> bool:
        """Whether lateness is judged by what was due and paid in all, and not by what the order left open.

        That is so wherever an installment may stay open in part while another one is paid, which would make a
        client late who pays what was agreed: always but with orders that pay what is past due, and then what
        is due, each installment whole.
        """
        timings = [timing for timing, _ in self._groups]
        return len(timings) > len(Timing) or timings[-1] is not Timing.IN_ADVANCE

    def on(self, days_past_due: int) -> AllocationOrder:
        """Give the order for a number of days past due of the contract: always this one."""
        del days_past_due
        return self


_ORDERS_MAX = 12


def _to_orders(value: Sequence[tuple[int, AllocationOrder]]) -> tuple[tuple[int, AllocationOrder], ...]:
    pairs = check_tuple(value, tuple, "orders", maximum=_ORDERS_MAX, error=PolicyError)
    for place, pair in enumerate(pairs):
        if len(pair) != len(("first day", "order")):
            raise PolicyError("order.days", f"orders[{place}]", "expected a pair of a day and an order")
    return pairs


@attrs.frozen
class SwitchingOrder(Value):
    """An order that changes with the contract's days past due.

    Attributes:
        orders: Pairs of the first day past due and the order from then on, the first from 0.

    Raises:
        PolicyError: The first does not begin at 0, or the days do not rise.
    """

    orders: tuple[tuple[int, AllocationOrder], ...] = attrs.field(converter=_to_orders)

    def __attrs_post_init__(self) -> None:
        """Check the pairs."""
        for place, (first, order) in enumerate(self.orders):
            field = f"orders[{place}]"
            check_count(first, field, minimum=0, maximum=DAYS_PAST_DUE_MAX, error=PolicyError)
            check_instance(order, AllocationOrder, field)
        days = [first for first, _ in self.orders]
        if days[:1] != [0] or any(later <= earlier for earlier, later in pairwise(days)):
            raise PolicyError("order.days", "orders", "expected orders from 0 days on, by rising days")

    @property
    def judges_by_sums(self) -> bool:
        """Whether one of the orders does, as ``AllocationOrder.judges_by_sums`` says."""
        return any(order.judges_by_sums for _, order in self.orders)

    def on(self, days_past_due: int) -> AllocationOrder:
        """Give the order for a number of days past due of the contract.

        Raises:
            PolicyError: The number is negative.
        """
        most = DAYS_PAST_DUE_MAX
        check_count(days_past_due, "days_past_due", minimum=0, maximum=most, error=PolicyError)
        return next(order for first, order in reversed(self.orders) if first <= days_past_due)


PaymentOrder: TypeAlias = AllocationOrder | SwitchingOrder


def check_order(order: object) -> None:
    """Refuse what is no order."""
    if not isinstance(order, (AllocationOrder, SwitchingOrder)):
        message = f"expected an AllocationOrder or a SwitchingOrder, got {shown(order)}"
        raise InputTypeError("order.type", "order", message)
