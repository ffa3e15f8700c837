"""What a concession is tried on: one debt, or several under one capacity."""

from __future__ import annotations

import abc
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import attrs

from repayplan.exact import MINOR_UNITS_MAX
from repayplan.money import Money
from repayplan.plan.debt import Debt
from repayplan.plan.joint import JointSearch
from repayplan.plan.joint_offer import JointOffer
from repayplan.plan.offer import Offer
from repayplan.plan.search import Search
from repayplan.plan.starts import Starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.plan.certificate import CapacityCertificate
    from repayplan.plan.rules import PlanRules

__all__ = ["Change", "Conceding", "ManyDebts", "OneDebt"]

Change: TypeAlias = Callable[[Search], Search]
"""What a concession changes in the search for plans of a debt: its rate, its balances or its term."""


class Conceding(abc.ABC):
    """A search that concessions change, debt by debt."""

    tries_max: ClassVar[int]
    """How many values of a concession are tried one by one, where roundings decide."""
    principal_parts: ClassVar[int]
    """In how many equal parts principal is forgiven, at most."""

    @property
    @abc.abstractmethod
    def debts(self) -> Sequence[Debt]:
        """What is owed."""

    @property
    @abc.abstractmethod
    def starts(self) -> Sequence[Starts]:
        """The plans of each debt within all of capacity."""

    @abc.abstractmethod
    def changed(self, change: Change) -> Conceding:
        """Give the search with a change to every debt."""

    @property
    @abc.abstractmethod
    def may_fit(self) -> bool:
        """Whether paying all of capacity would clear the debts in time, without which no plan works."""

    @abc.abstractmethod
    def gentlest(self) -> Sequence[CapacityCertificate] | None:
        """Give the affordable plan of the most installments, one part for each debt, if there is one."""

    @abc.abstractmethod
    def offer(
        self, name: str, certificates: Sequence[CapacityCertificate], rules: PlanRules
    ) -> Offer | JointOffer:
        """Make an offer of a plan."""

    @property
    def least(self) -> int:
        """The least payment for each creditor, in minor units."""
        return 1

    @property
    def currency_zero(self) -> Money:
        """Nothing, in the currency of the debts."""
        return Money.zero(self.debts[0].currency)


@attrs.frozen
class OneDebt(Conceding):
    """One debt."""

    tries_max: ClassVar[int] = 20
    principal_parts: ClassVar[int] = MINOR_UNITS_MAX

    debt: Debt
    plans: Starts
    provisional: bool

    @property
    def debts(self) -> Sequence[Debt]:
        """The debt."""
        return (self.debt,)

    @property
    def starts(self) -> Sequence[Starts]:
        """Its plans."""
        return (self.plans,)

    def changed(self, change: Change) -> OneDebt:
        """Change its search."""
        return attrs.evolve(self, plans=Starts(change(self.plans.search)))

    @property
    def may_fit(self) -> bool:
        """Whether paying the limit of every row would."""
        return self.plans.may_fit

    def gentlest(self) -> Sequence[CapacityCertificate] | None:
        """Give its gentlest plan."""
        found = self.plans.gentlest()
        return None if found is None else (found.certificate,)

    def offer(self, name: str, certificates: Sequence[CapacityCertificate], rules: PlanRules) -> Offer:
        """Make an offer of its plan."""
        (certificate,) = certificates
        return Offer(name, self.debt, certificate, rules, self.provisional)


@attrs.frozen
class ManyDebts(Conceding):
    """Several debts under one capacity."""

    tries_max: ClassVar[int] = 3
    principal_parts: ClassVar[int] = 1_000

    joint: JointSearch
    provisional: bool

    @property
    def debts(self) -> Sequence[Debt]:
        """The debts."""
        return self.joint.debts.debts

    @property
    def starts(self) -> Sequence[Starts]:
        """Their plans, each as if it were alone."""
        return self._starts

    @cached_property
    def _starts(self) -> Sequence[Starts]:
        return tuple(map(Starts, self.joint.searches))

    @property
    def least(self) -> int:
        """The least payment that the debts state, if they do."""
        minimum = self.joint.debts.minimum
        return 1 if minimum is None else minimum.minor_units

    def changed(self, change: Change) -> ManyDebts:
        """Change the search of every debt."""
        changed = tuple(map(change, self.joint.searches))
        return attrs.evolve(self, joint=attrs.evolve(self.joint, searches=changed))

    @property
    def may_fit(self) -> bool:
        """Whether they may be cleared as fast as their parts of capacity allow."""
        return self.joint.may_fit

    def gentlest(self) -> Sequence[CapacityCertificate] | None:
        """Give the joint plan of the greatest length."""
        found = self.joint.gentlest()
        return None if found is None else [plan.certificate for plan in found.plans]

    def offer(self, name: str, certificates: Sequence[CapacityCertificate], rules: PlanRules) -> JointOffer:
        """Make a joint offer of a plan for each."""
        offers = [
            Offer(name, debt, certificate, rules, self.provisional)
            for debt, certificate in zip(self.debts, certificates, strict=True)
        ]
        return JointOffer(name, self.joint.debts, offers, self.joint.capacity)
