"""Strategies for debts, offers, negotiations, plans and their revisions, as the library itself makes them.

An offer is one that :func:`repayplan.propose` gives for a debt, rules, and a budget whose wage can carry it:
fields drawn one by one would never fit together.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs
from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing.derived import Strategy, attempt, of, relation_of, strategy_for, values
from repayplan.testing.ground import money, names
from repayplan.testing.relating import soon_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pendulum

__all__ = ["debts", "offers", "plans", "plans_for"]

_HOUSE: Final = rp.Citation(title="house", force=rp.Force.HOUSE)
_CARRIED: Final = ("interest", "fees", "penalties")
_RHYTHMS: Final = (rp.Frequency.MONTHLY, rp.Frequency.FOUR_WEEKLY, rp.Frequency.FORTNIGHTLY)


class _Asked(NamedTuple):
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


def plans(currency: rp.Currency | None = None) -> st.SearchStrategy[rp.Plan]:
    """Draw an agreed plan: as it was agreed, suspended, completed or cancelled, or revised.

    Args:
        currency: The currency of the amounts; None draws one.
    """
    return values(rp.Plan) if currency is None else of(rp.Plan, currency)


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
def _asked(draw: st.DrawFn, debt: rp.Debt | rp.Debts) -> _Asked:
    """Draw a capacity, rules and dates that go with a debt or several."""
    months = draw(st.sampled_from([12, 3, 24]))
    most = rp.Limit(months, _HOUSE, comparison=rp.Comparison.AT_MOST, unit="months")
    return _Asked(
        debt=debt,
        affordability=draw(_wages(debt.total, months, debt.as_of)),
        rules=draw(values(rp.PlanRules, max_months=most)),
        first_due=soon_after(draw, debt.as_of, 31),
        frequency=draw(st.sampled_from(_RHYTHMS)),
    )


def _outcomes(asked: Strategy, kind: type) -> Strategy:
    outcomes = asked.map(lambda drawn: attempt(drawn.outcome))
    return outcomes.filter(lambda found: isinstance(found, kind))


def _asked_for_one(currency: rp.Currency, name: str = "debt") -> Strategy:
    return debts(currency, id=name).flatmap(_asked)


@strategy_for(rp.Offers)
def _offers(currency: rp.Currency) -> Strategy:
    return _outcomes(_asked_for_one(currency), rp.Offers)


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
    asked = st.tuples(_asked_for_one(currency), nothing)
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


# --- negotiating


@relation_of(rp.Proposal)
def _proposal(_: st.DrawFn, __: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"anchor_day": None}


@relation_of(rp.Turn)
def _turn(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let a turn carry what its kind needs, and nothing else."""
    side, kind = fields["side"], fields["kind"]
    accepts = side is rp.Side.BANK and kind is rp.TurnKind.ACCEPTANCE
    needs_offer = accepts or kind is rp.TurnKind.OFFER
    proposal = fields["proposal"] or draw(values(rp.Proposal))
    return {
        "reason": fields["reason"] or "too low",
        "proposal": proposal if kind is rp.TurnKind.PROPOSAL else None,
        "offer": (fields["offer"] or draw(values(rp.Offer))) if needs_offer else None,
    }


@strategy_for(rp.Negotiation)
def _negotiations(currency: rp.Currency) -> Strategy:
    """Draw a negotiation that goes as far as the client's acceptance of an offer, or less far."""
    return of(rp.Offer, currency).flatmap(_negotiation_to)


@st.composite
def _negotiation_to(draw: st.DrawFn, offer: rp.Offer) -> rp.Negotiation:
    on, proposed = offer.debt.as_of, values(rp.Proposal, amount=offer.schedule[0].amount)
    proposal = draw(proposed.filter(lambda drawn: drawn.first_due >= on))
    turns = (
        rp.Turn(side=rp.Side.CLIENT, kind=rp.TurnKind.PROPOSAL, on=on, contact="a", proposal=proposal),
        rp.Turn(side=rp.Side.BANK, kind=rp.TurnKind.OFFER, on=on, contact="b", offer=offer),
        rp.Turn(side=rp.Side.CLIENT, kind=rp.TurnKind.ACCEPTANCE, on=on, contact="c"),
    )
    return rp.Negotiation(offer.debt, turns[: draw(st.integers(0, len(turns)))])


# --- plans and what becomes of them


@st.composite
def _agreed(draw: st.DrawFn, asked: _Asked) -> Any:  # noqa: ANN401  # a plan, its affordability and the rules
    """Agree on one of the offers, on a day from that of the debt to the first due date."""
    found = attempt(asked.outcome)
    if not isinstance(found, rp.Offers):
        return None
    offer = draw(st.sampled_from(found.offers))
    plan = rp.agree(
        offer,
        on=soon_after(draw, offer.debt.as_of, (offer.schedule.due[0] - offer.debt.as_of).days),
        form=draw(st.sampled_from(rp.AgreementForm)),
        accepted_in=draw(names()),
        contact_by=draw(st.sampled_from(rp.Channel)),
    )
    return plan, asked


@st.composite
def _revised(draw: st.DrawFn, agreed: tuple[rp.Plan, _Asked]) -> object:
    """Revise a plan on the day on which it was agreed or later, before anything is paid."""
    plan, asked = agreed
    return attempt(
        rp.revise,
        plan,
        (),
        affordability=asked.affordability,
        on=soon_after(draw, plan.agreed_on, 40),
        reason=draw(st.sampled_from(rp.HardshipReason)),
        rules=asked.rules,
        kind=draw(st.sampled_from(rp.RevisionKind)),
        carried=asked.carried,
    )


_ACTS: Final = (rp.ActKind.SUSPEND, rp.ActKind.COMPLETE, rp.ActKind.CANCEL)


@st.composite
def _with_act(draw: st.DrawFn, agreed: tuple[rp.Plan, _Asked]) -> rp.Plan:
    plan, _ = agreed
    if draw(st.booleans()):
        return plan
    on = soon_after(draw, plan.agreed_on)
    return plan.record(rp.PlanAct(kind=draw(st.sampled_from(_ACTS)), on=on, reason=draw(names())))


def _all_agreed(currency: rp.Currency, name: str = "debt") -> Strategy:
    return _asked_for_one(currency, name).flatmap(_agreed).filter(lambda agreed: agreed is not None)


def _all_revised(currency: rp.Currency, name: str = "debt") -> Strategy:
    revised = _all_agreed(currency, name).flatmap(_revised)
    return revised.filter(lambda found: isinstance(found, rp.Plan))


def plans_for(currency: rp.Currency, name: str) -> Strategy:
    """Draw a plan for a debt of a given id."""
    return _all_agreed(currency, name).flatmap(_with_act) | _all_revised(currency, name)


@strategy_for(rp.Plan)
def _plans(currency: rp.Currency) -> Strategy:
    return plans_for(currency, "debt")


@strategy_for(rp.Revision)
def _revisions(currency: rp.Currency) -> Strategy:
    return _all_revised(currency).map(lambda plan: plan.revision)


@strategy_for(rp.PlanDiff)
def _diffs(currency: rp.Currency) -> Strategy:
    return _all_revised(currency).map(lambda plan: rp.PlanDiff(*plan.versions[-2:]))


@relation_of(rp.PlanAct)
def _act(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a termination its notice and a chance to pay, both before its day."""
    on, late = fields["on"], draw(st.none() | st.integers(0, 40))
    recorded_on = {"recorded_on": None if late is None else on.add(days=late)}
    if fields["kind"] is not rp.ActKind.TERMINATE:
        return {**recorded_on, "notice_on": None, "pay_by": None}
    pay_by = on.subtract(days=draw(st.integers(1, 30)))
    return {**recorded_on, "notice_on": pay_by.subtract(days=draw(st.integers(1, 30))), "pay_by": pay_by}
