"""Strategies for debts and for offers, which are those that the library itself proposes.

An offer is one that :func:`repayplan.propose` gives for a debt, rules, and a budget whose wage can carry it:
fields drawn one by one would never fit together.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs
from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing.derived import of
from repayplan.testing.drawing import values
from repayplan.testing.ground import money
from repayplan.testing.registry import Strategy, attempt, relation_of, strategy_for
from repayplan.testing.relating import soon_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pendulum

__all__ = ["Asked", "asked_for_one", "debts", "offers"]

_HOUSE: Final = rp.Citation(title="house", force=rp.Force.HOUSE)
_CARRIED: Final = ("interest", "fees", "penalties")
_RHYTHMS: Final = (rp.Frequency.MONTHLY, rp.Frequency.FOUR_WEEKLY, rp.Frequency.FORTNIGHTLY)


class Asked(NamedTuple):
    """What :func:`repayplan.propose` is given."""

    debt: rp.Debt | rp.Debts
    affordability: rp.Affordability
    rules: rp.PlanRules
    first_due: pendulum.Date
    frequency: rp.Frequency

    @property
    def carried(self) -> rp.CarriedTreatments:
        """The first treatment of each component that the rules allow."""
        ways = {
            name: next(way for way in rp.CarriedTreatment if way in self.rules.treatments_of(name).value)
            for name in _CARRIED
        }
        return rp.CarriedTreatments(**ways)

    def outcome(self) -> Any:  # noqa: ANN401  # offers of one debt or of several, or none
        """Propose."""
        return rp.propose(
            self.debt,
            self.affordability,
            rules=self.rules,
            first_due=self.first_due,
            frequency=self.frequency,
            carried=self.carried,
        )


def debts(currency: rp.Currency | str | None = None, **fields: object) -> st.SearchStrategy[rp.Debt]:
    """Draw what is owed at the start: principal, and interest, fees and penalties of no more than that.

    Args:
        currency: The currency of the amounts; None draws one.
        fields: Fields of the debt that are fixed, or strategies for them.
    """
    principal = {} if currency is None else {"principal": money(currency, least=1)}
    return values(rp.Debt, **{**principal, **fields})


def offers(currency: rp.Currency | None = None) -> st.SearchStrategy[rp.Offers]:
    """Draw the offers for one debt that a client can afford.

    Args:
        currency: The currency of the amounts; None draws one.
    """
    return values(rp.Offers) if currency is None else of(rp.Offers, currency)


@relation_of(rp.Debt)
def _debt(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    principal = fields["principal"]
    balance = st.just(0) | st.integers(0, principal.minor_units)
    units = {name: draw(balance) for name in _CARRIED}
    return {name: rp.Money.from_minor_units(unit, principal.currency) for name, unit in units.items()}


@relation_of(rp.Debts)
def _debts(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"debts": _told_apart(fields["debts"])}


def _told_apart(found: Sequence[rp.Debt]) -> tuple[rp.Debt, ...]:
    """Let the balances stand on one day, and every debt have an id of its own."""
    as_of = found[0].as_of
    return tuple(attrs.evolve(debt, id=f"debt {place}", as_of=as_of) for place, debt in enumerate(found))


# --- proposing


@st.composite
def _wages(draw: st.DrawFn, owed: rp.Money, months: int, as_of: pendulum.Date) -> rp.Affordability:
    """Draw a budget of a wage, twice to six times what the debt asks for in a month, and a rent."""
    wage = owed.minor_units * draw(st.integers(2, 6)) // months + 1_000
    amounts = [
        rp.Money.from_minor_units(units, owed.currency) for units in (wage, draw(st.integers(0, wage // 4)))
    ]
    budget = rp.Budget(
        currency=owed.currency,
        household=rp.Household(adults=1),
        incomes=(rp.Income("wage", amounts[0]),),
        expenses=(rp.Expense("rent", amounts[1]),),
    )
    rules = rp.AffordabilityRules(
        contingency=rp.Limit(Fraction(draw(st.integers(0, 20)), 100), _HOUSE),
        protected_minimum=rp.Limit(rp.Money.zero(owed.currency), _HOUSE),
    )
    return rp.assess(budget, rules=rules, as_of=as_of)


@st.composite
def _asked(draw: st.DrawFn, debt: rp.Debt | rp.Debts) -> Asked:
    """Draw a capacity, rules and dates that go with a debt or several."""
    months = draw(st.sampled_from([12, 3, 24]))
    most = rp.Limit(months, _HOUSE, comparison=rp.Comparison.AT_MOST, unit="months")
    return Asked(
        debt=debt,
        affordability=draw(_wages(debt.total, months, debt.as_of)),
        rules=draw(values(rp.PlanRules, max_months=most)),
        first_due=soon_after(draw, debt.as_of, 31),
        frequency=draw(st.sampled_from(_RHYTHMS)),
    )


def _outcomes(asked: Strategy, kind: type) -> Strategy:
    outcomes = asked.map(lambda drawn: attempt(drawn.outcome))
    return outcomes.filter(lambda found: isinstance(found, kind))


def asked_for_one(currency: rp.Currency, name: str = "debt") -> Strategy:
    """Draw what a proposal for one debt of a given id is made of."""
    return debts(currency, id=name).flatmap(_asked)


@strategy_for(rp.Offers)
def _offers(currency: rp.Currency) -> Strategy:
    return _outcomes(asked_for_one(currency), rp.Offers)


@strategy_for(rp.Offer)
def _one_offer(currency: rp.Currency) -> Strategy:
    return of(rp.Offers, currency).flatmap(lambda found: st.sampled_from(found.offers))


@strategy_for(rp.JointOffers)
def _joint_offers(currency: rp.Currency) -> Strategy:
    two = st.tuples(debts(currency), debts(currency)).map(_told_apart).map(rp.Debts)
    return _outcomes(two.flatmap(_asked), rp.JointOffers)


@strategy_for(rp.JointOffer)
def _one_joint_offer(currency: rp.Currency) -> Strategy:
    return of(rp.JointOffers, currency).flatmap(lambda found: st.sampled_from(found.offers))


@strategy_for(rp.NoAffordablePlan)
def _no_plans(currency: rp.Currency) -> Strategy:
    """Draw what is said where nothing is left to pay with."""
    nothing = values(
        rp.Budget, currency=currency, incomes=(), commitments=(), expenses=st.tuples(of(rp.Expense, currency))
    )
    asked = st.tuples(asked_for_one(currency), nothing)
    without = asked.map(
        lambda drawn: drawn[0]._replace(
            affordability=rp.assess(
                drawn[1], rules=drawn[0].affordability.rules, as_of=drawn[0].affordability.as_of
            )
        )
    )
    return _outcomes(without, rp.NoAffordablePlan)


@relation_of(rp.CapacityCertificate)
def _certificate(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"frequency": fields["schedule"].terms.frequency}
