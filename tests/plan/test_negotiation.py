"""The negotiation: who may say what when, and how it ends."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.plan.negotiation import TRANSITIONS, TURNS_MAX
from tests.plan import AS_OF, FIRST_DUE, able_to_pay, debt_of, money, offers_of, plan_rules

CLIENT, BANK = rp.Side.CLIENT, rp.Side.BANK
KIND, STATE = rp.TurnKind, rp.NegotiationState
DEBT = debt_of(600)
OFFERS = offers_of(rp.propose(DEBT, able_to_pay(100), rules=plan_rules(12), first_due=FIRST_DUE))
PROPOSAL = rp.Proposal(money(70), FIRST_DUE)
EVALUATION = rp.evaluate(PROPOSAL, DEBT, able_to_pay(100), plan_rules(12))


def turn(side: rp.Side, kind: rp.TurnKind, **fields: Any) -> rp.Turn:  # noqa: ANN401  # by name
    stated: dict[str, Any] = {"on": AS_OF, "contact": "contact-1"}
    if kind is KIND.PROPOSAL:
        stated["proposal"] = PROPOSAL
    if kind is KIND.OFFER:
        stated["offer"] = OFFERS[0]
    if (side, kind) == (BANK, KIND.ACCEPTANCE):
        stated["offer"] = EVALUATION.offer
    if (side, kind) == (BANK, KIND.REFUSAL):
        stated["reason"] = "it would take too long"
    return rp.Turn(side=side, kind=kind, **{**stated, **fields})


def after(*turns: tuple[rp.Side, rp.TurnKind]) -> rp.Negotiation:
    return rp.Negotiation(DEBT, [turn(side, kind) for side, kind in turns])


PROPOSED = ((CLIENT, KIND.PROPOSAL),)
OFFERED = ((BANK, KIND.OFFER),)
REACHED = {
    STATE.OPEN: (),
    STATE.AWAITING_BANK: PROPOSED,
    STATE.AWAITING_CLIENT: OFFERED,
    STATE.AGREED: (*OFFERED, (CLIENT, KIND.ACCEPTANCE)),
    STATE.ENDED: ((CLIENT, KIND.END),),
}


@pytest.mark.parametrize("state", STATE)
@pytest.mark.parametrize("side", rp.Side)
@pytest.mark.parametrize("kind", rp.TurnKind)
def test_every_turn_leads_where_the_table_says_or_is_refused(
    state: rp.NegotiationState, side: rp.Side, kind: rp.TurnKind
) -> None:
    negotiation = after(*REACHED[state])
    assert negotiation.state is state
    try:
        said = turn(side, kind)
    except rp.TermsError:  # a proposal by the bank, or an offer by the client, in any state
        assert (state, side, kind) not in TRANSITIONS
        return
    if (state, side, kind) in TRANSITIONS:
        assert negotiation.record(said).state is TRANSITIONS[state, side, kind]
        return
    with pytest.raises(rp.TermsError) as caught:
        negotiation.record(said)
    assert caught.value.code == "negotiation.turn"
    assert caught.value.data["legal"] == tuple(
        (who, what) for before, who, what in TRANSITIONS if before is state
    )


def test_a_proposal_must_be_answered_before_the_bank_may_end() -> None:
    waiting = after(*PROPOSED)
    assert waiting.unanswered == waiting.turns[-1]
    with pytest.raises(rp.TermsError, match="while it is awaiting bank"):
        waiting.record(turn(BANK, KIND.END))
    refused = waiting.record(turn(BANK, KIND.REFUSAL))
    assert refused.unanswered is None
    assert refused.record(turn(BANK, KIND.END)).state is STATE.ENDED


def test_the_client_agrees_to_the_last_offer() -> None:
    second = turn(BANK, KIND.OFFER, offer=OFFERS[1])
    agreed = after(*OFFERED).record(second).record(turn(CLIENT, KIND.ACCEPTANCE))
    assert agreed.agreed == OFFERS[1]
    assert after(*OFFERED).agreed is None


def test_the_bank_agrees_to_a_proposal_with_the_offer_that_it_is() -> None:
    agreed = after(*PROPOSED, (BANK, KIND.ACCEPTANCE))
    assert agreed.agreed == EVALUATION.offer


@pytest.mark.parametrize(
    "proposal",
    [
        rp.Proposal(money(69), FIRST_DUE),
        rp.Proposal(money(70), FIRST_DUE.add(days=1)),
        rp.Proposal(money(70), FIRST_DUE, rp.Frequency.QUARTERLY),
    ],
)
def test_the_bank_can_not_accept_with_more_than_was_proposed(proposal: rp.Proposal) -> None:
    waiting = rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, proposal=proposal)])
    with pytest.raises(rp.TermsError) as caught:
        waiting.record(turn(BANK, KIND.ACCEPTANCE))
    assert caught.value.code == "negotiation.acceptance"


def test_an_upfront_payment_is_accepted_where_it_was_proposed_only() -> None:
    with_upfront = rp.Proposal(money(70), FIRST_DUE, upfront=money(50))
    paid = rp.evaluate(with_upfront, DEBT, able_to_pay(100), plan_rules(12)).offer
    said = turn(BANK, KIND.ACCEPTANCE, offer=paid)
    proposed = rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, proposal=with_upfront)])
    assert proposed.record(said).agreed == paid
    with pytest.raises(rp.TermsError):
        after(*PROPOSED).record(said)


@pytest.mark.parametrize("offer", list(OFFERS))
def test_another_plan_than_the_proposed_one_is_not_accepted_even_where_it_asks_for_less(
    offer: rp.Offer,
) -> None:
    proposed = rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, proposal=rp.Proposal(money(95), FIRST_DUE))])
    with pytest.raises(rp.TermsError) as caught:
        proposed.record(turn(BANK, KIND.ACCEPTANCE, offer=offer))
    assert caught.value.code == "negotiation.acceptance"


def test_the_dates_accepted_are_those_proposed() -> None:
    able, rules = able_to_pay(100), plan_rules(12)
    last_day = rp.Proposal(money(70), pendulum.date(2026, 2, 28), anchor_day=31)
    accepted = rp.evaluate(attrs.evolve(last_day, anchor_day=None), DEBT, able, rules).offer
    proposed = rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, proposal=last_day)])
    with pytest.raises(rp.TermsError):
        proposed.record(turn(BANK, KIND.ACCEPTANCE, offer=accepted))
    as_proposed = rp.evaluate(last_day, DEBT, able, rules).offer
    assert proposed.record(turn(BANK, KIND.ACCEPTANCE, offer=as_proposed)).agreed == as_proposed


def test_a_proposal_that_no_one_could_keep_is_not_recorded() -> None:
    early = rp.Proposal(money(70), AS_OF.subtract(days=1))
    with pytest.raises(rp.DateError) as caught:
        rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, proposal=early)])
    assert (caught.value.code, caught.value.field) == ("negotiation.first_due", "turns[0].proposal.first_due")
    foreign = rp.Proposal(rp.Money(70, "USD"), FIRST_DUE)
    with pytest.raises(rp.MoneyError):
        rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, proposal=foreign)])


def test_an_offer_is_accepted_up_to_its_first_due_date() -> None:
    first = OFFERS[0].schedule.due[0]
    assert after(*OFFERED).record(turn(CLIENT, KIND.ACCEPTANCE, on=first)).agreed == OFFERS[0]
    with pytest.raises(rp.DateError) as caught:
        after(*OFFERED).record(turn(CLIENT, KIND.ACCEPTANCE, on=first.add(days=1)))
    assert (caught.value.code, caught.value.field) == ("negotiation.lapsed", "turns[1].on")


def test_a_proposal_is_accepted_up_to_its_first_due_date() -> None:
    waiting = after(*PROPOSED)
    agreed = waiting.record(turn(BANK, KIND.ACCEPTANCE, on=FIRST_DUE))
    assert agreed.state is STATE.AGREED
    with pytest.raises(rp.DateError) as caught:
        waiting.record(turn(BANK, KIND.ACCEPTANCE, on=FIRST_DUE.add(days=1)))
    assert caught.value.code == "negotiation.lapsed"


def test_an_offer_on_another_debt_is_refused() -> None:
    other = rp.Negotiation(debt_of(601), ())
    with pytest.raises(rp.TermsError) as caught:
        other.record(turn(BANK, KIND.OFFER))
    assert caught.value.code == "negotiation.debt"


def test_no_turn_lies_before_the_one_before_it() -> None:
    with pytest.raises(rp.DateError) as caught:
        rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, on=AS_OF.subtract(days=1))])
    assert (caught.value.code, caught.value.field) == ("negotiation.order", "turns[0].on")
    tomorrow = rp.Negotiation(DEBT, [turn(CLIENT, KIND.PROPOSAL, on=AS_OF.add(days=1))])
    with pytest.raises(rp.DateError):
        tomorrow.record(turn(BANK, KIND.OFFER))


@pytest.mark.parametrize(
    ("side", "kind", "fields", "code"),
    [
        (BANK, KIND.REFUSAL, {"reason": ""}, "negotiation.reason"),
        (CLIENT, KIND.PROPOSAL, {"proposal": None}, "negotiation.part"),
        (CLIENT, KIND.PROPOSAL, {"offer": OFFERS[0]}, "negotiation.part"),
        (BANK, KIND.OFFER, {"offer": None}, "negotiation.part"),
        (BANK, KIND.ACCEPTANCE, {"offer": None}, "negotiation.part"),
        (CLIENT, KIND.ACCEPTANCE, {"offer": OFFERS[0]}, "negotiation.part"),
        (CLIENT, KIND.END, {"reason": "a\nb"}, "text.control"),
    ],
)
def test_a_turn_says_what_belongs_to_it(
    side: rp.Side, kind: rp.TurnKind, fields: dict[str, object], code: str
) -> None:
    with pytest.raises(rp.TermsError) as caught:
        turn(side, kind, **fields)
    assert caught.value.code == code


def test_a_turn_names_the_contact_in_which_it_was_said() -> None:
    with pytest.raises(rp.CommunicationError):
        turn(CLIENT, KIND.END, contact="")


@pytest.mark.parametrize("field", ["side", "kind", "on", "contact", "reason", "proposal", "offer"])
def test_a_field_of_the_wrong_type_is_named(field: str) -> None:
    fields: dict[str, Any] = {"side": CLIENT, "kind": KIND.END, "on": AS_OF, "contact": "contact-1", field: 5}
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Turn(**fields)
    assert caught.value.field == field


def test_turns_have_a_bound() -> None:
    turns = [turn(CLIENT, KIND.PROPOSAL)] * TURNS_MAX
    full = rp.Negotiation(DEBT, turns)
    with pytest.raises(rp.TermsError):
        full.record(turns[0])


def test_nothing_personal_is_shown_and_all_is_kept_in_a_pickle() -> None:
    negotiation = after(*PROPOSED, (BANK, KIND.ACCEPTANCE))
    assert repr(negotiation) == "<Negotiation: agreed after 2 turns>"
    assert repr(negotiation.turns[0]) == "<Turn: proposal of the client on 2026-01-01>"
    assert pickle.loads(pickle.dumps(negotiation)) == negotiation  # noqa: S301  # our own bytes


def test_a_date_time_is_no_day() -> None:
    with pytest.raises(rp.InputTypeError):
        turn(CLIENT, KIND.END, on=pendulum.datetime(2026, 1, 1))
