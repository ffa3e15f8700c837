"""Strategies for negotiations, plans and their revisions, as the library itself makes them of offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing.derived import of
from repayplan.testing.drawing import values
from repayplan.testing.ground import names
from repayplan.testing.proposing import asked_for_one
from repayplan.testing.registry import Strategy, attempt, relation_of, strategy_for
from repayplan.testing.relating import soon_after

if TYPE_CHECKING:
    from collections.abc import Mapping

    from repayplan.testing.proposing import Asked

__all__ = ["plans", "plans_for"]

_ACTS: Final = (rp.ActKind.SUSPEND, rp.ActKind.COMPLETE, rp.ActKind.CANCEL)


def plans(currency: rp.Currency | None = None) -> st.SearchStrategy[rp.Plan]:
    """Draw an agreed plan: as it was agreed, suspended, completed or cancelled, or revised.

    Args:
        currency: The currency of the amounts; None draws one.
    """
    return values(rp.Plan) if currency is None else of(rp.Plan, currency)


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
def _agreed(draw: st.DrawFn, asked: Asked) -> Any:  # noqa: ANN401  # a plan, its affordability and the rules
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
def _revised(draw: st.DrawFn, agreed: tuple[rp.Plan, Asked]) -> object:
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


@st.composite
def _with_act(draw: st.DrawFn, agreed: tuple[rp.Plan, Asked]) -> rp.Plan:
    plan, _ = agreed
    if draw(st.booleans()):
        return plan
    on = soon_after(draw, plan.agreed_on)
    return plan.record(rp.PlanAct(kind=draw(st.sampled_from(_ACTS)), on=on, reason=draw(names())))


def _all_agreed(currency: rp.Currency, name: str = "debt") -> Strategy:
    return asked_for_one(currency, name).flatmap(_agreed).filter(lambda agreed: agreed is not None)


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
