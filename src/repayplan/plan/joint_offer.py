"""Offers on several debts at once, with one certificate over their sum."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, overload

import attrs

from repayplan.affordability.capacity import Capacity
from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.errors import TermsError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money, check_currency
from repayplan.plan.candidate import DroppedOffer
from repayplan.plan.certificate import (
    CertificateMonth,
    asked_on,
    check_known,
    first_asked_on,
    month_sums,
)
from repayplan.plan.choice import OFFERS_MAX
from repayplan.plan.debts import Debts
from repayplan.plan.offer import REASONS, Cost, Offer
from repayplan.rules import Comparison, Finding
from repayplan.schedule.schedule import Schedule
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["JointCertificate", "JointOffer", "JointOffers"]


def _to_schedules(value: Sequence[Schedule]) -> tuple[Schedule, ...]:
    return check_tuple(value, Schedule, "schedules", maximum=INSTALLMENTS_MAX, error=TermsError)


@attrs.frozen
class JointCertificate(Value):
    """All that several schedules ask for in a month, held against one capacity; the verdict follows.

    Attributes:
        schedules: What is asked for.
        capacity: What may be asked for in each month.

    Raises:
        TermsError: There is no schedule.
        MoneyError: They are not all in the currency of the capacity.
        DateError: Something is asked for before the capacity is known.
    """

    schedules: tuple[Schedule, ...] = attrs.field(converter=_to_schedules)
    capacity: Capacity

    def __attrs_post_init__(self) -> None:
        """Check the currencies and the days."""
        check_instance(self.capacity, Capacity, "capacity")
        if not self.schedules:
            raise TermsError("certificate.empty", "schedules", "expected at least one schedule, got none")
        for index, schedule in enumerate(self.schedules):
            check_currency(schedule.terms.principal, self.capacity.currency, f"schedules[{index}]")
        check_known(self.capacity, min(map(first_asked_on, self.schedules)))

    @cached_property
    def months(self) -> tuple[CertificateMonth, ...]:
        """One line for each calendar month in which something is asked for, in order."""
        sums = month_sums(chain.from_iterable(map(asked_on, self.schedules)))
        return tuple(
            CertificateMonth(
                year, month, Money.from_minor_units(units, self.capacity.currency), self.capacity.on(day)
            )
            for (year, month), (day, units) in sorted(sums.items())
        )

    @property
    def holds(self) -> bool:
        """Whether every month is within capacity."""
        return all(month.slack.minor_units >= 0 for month in self.months)

    @property
    def tightest(self) -> CertificateMonth:
        """The month with the least slack, the earliest of several."""
        return min(self.months, key=lambda month: month.slack)

    @property
    def highest(self) -> Money:
        """The most that is asked for in a month."""
        return max(month.amount for month in self.months)

    def finding(self, rule: str) -> Finding:
        """Give the verdict as a finding: the tightest month against the capacity then."""
        tightest = self.tightest
        return Finding(rule, self.holds, tightest.amount, tightest.capacity, comparison=Comparison.AT_MOST)


def _to_offers(value: Sequence[Offer]) -> tuple[Offer, ...]:
    return check_tuple(value, Offer, "offers", maximum=INSTALLMENTS_MAX, error=TermsError)


@attrs.frozen(repr=False)
class JointOffer(Value):
    """One offer for each of several debts, which are affordable together.

    Attributes:
        name: What sets it apart, as for :class:`repayplan.Offer`.
        debts: What is owed.
        offers: An offer for each debt, in the same order.
        capacity: What may be asked for in all.

    Raises:
        TermsError: The offers are not those of the debts, or ask together for more than capacity, or
            less than the least payment of a creditor.
    """

    name: str
    debts: Debts
    offers: tuple[Offer, ...] = attrs.field(converter=_to_offers)
    capacity: Capacity

    def __attrs_post_init__(self) -> None:
        """Refuse what must not be offered."""
        check_text(self.name, "name", error=TermsError)
        check_instance(self.debts, Debts, "debts")
        if tuple(offer.debt for offer in self.offers) != self.debts.debts:
            raise TermsError("joint.debts", "offers", "expected an offer for each debt, in the same order")
        if not self.certificate.holds:
            raise TermsError("offer.refused", "offers", "together they are above capacity; use propose()")
        self._check_least()

    def _check_least(self) -> None:
        """Refuse an installment, but the last one, that is below the least payment of a creditor."""
        minimum = self.debts.minimum
        for index, offer in enumerate(self.offers):
            *before, _ = offer.schedule.amounts
            if minimum is not None and before and min(before) < minimum.minor_units:
                message = f"expected installments of at least {minimum} (minimum) but for the last"
                raise TermsError("joint.minimum", f"offers[{index}]", message, {"minimum": minimum})

    def __repr__(self) -> str:
        """Give the name and the extent: amounts are personal."""
        return f"<JointOffer {self.name}: {len(self.offers)} debts>"

    @cached_property
    def certificate(self) -> JointCertificate:
        """The proof that all together is within capacity in every month."""
        return JointCertificate([offer.schedule for offer in self.offers], self.capacity)

    @property
    def cost(self) -> Cost:
        """What it costs the client in all."""
        costs, currency = [offer.cost for offer in self.offers], self.debts.currency
        return Cost(
            Money.total((cost.total for cost in costs), currency),
            Money.total((cost.interest for cost in costs), currency),
            Money.total((cost.carried for cost in costs), currency),
            max(cost.months for cost in costs),
        )

    @property
    def rationale(self) -> str:
        """One line that says why a client might choose it."""
        return (
            f"{REASONS.get(self.name, self.name)}: at most {self.certificate.highest} a month for"
            f" {len(self.offers)} debts, over {self.cost.months} months,"
            f" with {self.cost.interest} of interest"
        )

    @property
    def provisional(self) -> bool:
        """Whether essentials are missing from the budget behind it."""
        return any(offer.provisional for offer in self.offers)


def _to_joint_offers(value: Sequence[JointOffer]) -> tuple[JointOffer, ...]:
    return check_tuple(value, JointOffer, "offers", maximum=OFFERS_MAX, error=TermsError)


def _to_dropped(value: Sequence[DroppedOffer]) -> tuple[DroppedOffer, ...]:
    return check_tuple(value, DroppedOffer, "dropped", maximum=INSTALLMENTS_MAX, error=TermsError)


@attrs.frozen(repr=False)
class JointOffers(Value, Sequence[JointOffer]):
    """One to five distinct joint offers, the lowest month first.

    Attributes:
        offers: The offers.
        dropped: The affordable plans that are not among them, and why; their highest installment is the most
            that all debts together ask for in a month.
    """

    offers: tuple[JointOffer, ...] = attrs.field(converter=_to_joint_offers)
    dropped: tuple[DroppedOffer, ...] = attrs.field(default=(), converter=_to_dropped)

    def __attrs_post_init__(self) -> None:
        """Refuse an empty choice, and one that is none."""
        if not self.offers:
            raise TermsError("offers.empty", "offers", "expected at least one offer, got none")
        for index, (lower, higher) in enumerate(pairwise(self.offers), start=1):
            rises = lower.certificate.highest <= higher.certificate.highest
            if not rises or not (
                higher.cost.months < lower.cost.months or higher.cost.total < lower.cost.total
            ):
                message = "expected a higher month than before, for less time or money; drop twins"
                raise TermsError("offers.order", f"offers[{index}]", message)

    def __repr__(self) -> str:
        """Give the names."""
        return f"<JointOffers: {', '.join(offer.name for offer in self.offers)}>"

    def __len__(self) -> int:
        """Count the offers."""
        return len(self.offers)

    @overload
    def __getitem__(self, index: int) -> JointOffer: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[JointOffer, ...]: ...
    def __getitem__(self, index: int | slice) -> JointOffer | tuple[JointOffer, ...]:
        """Give an offer by its place, 0 being the gentlest."""
        return self.offers[index]

    def __iter__(self) -> Iterator[JointOffer]:
        """Give the offers, the lowest month first."""
        return iter(self.offers)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each offer: text, numbers, dates and exact Decimals."""
        from repayplan.plan.showing_offers import joint_offer_rows  # noqa: PLC0415  # when a table is asked for

        return joint_offer_rows(self)

    def _repr_html_(self) -> str:
        """Show the offers side by side in a notebook."""
        from repayplan.plan.showing_offers import joint_offers_html  # noqa: PLC0415  # only notebooks need it

        return joint_offers_html(self)
