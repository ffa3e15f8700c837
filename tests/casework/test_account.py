"""A debt with all that is known of it: in the order of its days, consistent, and as it was known."""

from __future__ import annotations

import itertools
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from repayplan.casework.account import Account
from repayplan.casework.liabilities import CollectionStop, Liability, LiabilityKind, StopKind
from repayplan.communication.limitation import LimitationEvent
from repayplan.communication.limitation_rules import RestartKind
from tests.casework import examples as made

if TYPE_CHECKING:
    from collections.abc import Sequence

DATE = made.DATE
DAYS = (DATE(2027, 1, 4), DATE(2027, 1, 5), DATE(2027, 1, 6))


def money(units: int) -> rp.Money:
    return rp.Money(units, "CNY")


def account(**fields: Any) -> Account:  # noqa: ANN401  # any field
    given: dict[str, Any] = {"debt": made.DEBT}
    return Account(**(given | fields))


def refused(error: type[rp.RepayPlanError], **fields: Any) -> rp.RepayPlanError:  # noqa: ANN401  # any field
    with pytest.raises(error) as caught:
        account(**fields)
    return caught.value


FACTS: dict[str, list[Any]] = {
    "payments": [rp.Payment(f"p{day.day}", money(10), received_on=day) for day in DAYS],
    "holds": [rp.Hold(f"h{day.day}", rp.HoldKind.OTHER, {rp.HoldEffect.FEES_STOP}, day, day) for day in DAYS],
    "promises": [rp.Promise(f"m{day.day}", money(10), by=day, made_on=day) for day in DAYS],
    "waivers": [rp.Waiver(f"w{day.day}", money(1), 1, rp.Component.INTEREST, day) for day in DAYS],
    "charges": [rp.Charge(f"c{day.day}", money(1), 1, rp.Component.FEES, day) for day in DAYS],
    "liabilities": [Liability(party_id=name, kind=LiabilityKind.GUARANTOR) for name in "abc"],
    "stops": [CollectionStop(id=f"s{day.day}", kind=StopKind.LITIGATION, first_day=day) for day in DAYS],
    "limitation_events": [
        LimitationEvent(kind=RestartKind.DEBTOR_AGREES, on=day, debt="card") for day in DAYS
    ],
}


@pytest.mark.parametrize("field", FACTS)
def test_facts_are_kept_in_order_whatever_the_order_of_adding(field: str) -> None:
    for order in itertools.permutations(FACTS[field]):
        assert getattr(account(**{field: order}), field) == tuple(FACTS[field])


@pytest.mark.parametrize("field", [name for name in FACTS if name != "limitation_events"])
def test_an_id_is_used_once(field: str) -> None:
    fact: Sequence[Any] = FACTS[field][0]
    found = refused(rp.RepayPlanError, **{field: [fact, fact]})
    assert field in found.field


@pytest.mark.parametrize("field", ["payments", "promises", "waivers", "charges"])
def test_amounts_are_in_the_currency_of_the_debt(field: str) -> None:
    wrong = attrs.evolve(FACTS[field][1], amount=rp.Money(10, "EUR"))
    found = refused(rp.MoneyError, **{field: [FACTS[field][0], wrong]})
    assert found.field == f"{field}[1].amount"


def test_a_debt_needs_an_id() -> None:
    assert refused(rp.RepayPlanError, debt=attrs.evolve(made.DEBT, id="")).field == "debt.id"


def test_a_limitation_event_is_about_the_debt() -> None:
    event = attrs.evolve(FACTS["limitation_events"][0], debt="loan")
    assert refused(rp.RepayPlanError, limitation_events=[event]).field == "limitation_events[0].debt"


def test_a_plan_is_about_the_debt() -> None:
    assert refused(rp.RepayPlanError, debt=attrs.evolve(made.DEBT, id="loan"), plan=made.plan()).field == (
        "plan.offer.debt.id"
    )
    euros = rp.Debt(principal=rp.Money(1, "EUR"), rate=made.DEBT.rate, as_of=made.DEBT.as_of, id="card")
    assert refused(rp.MoneyError, debt=euros, plan=made.plan()).field == "plan"
    later = attrs.evolve(made.DEBT, as_of=DATE(2026, 12, 4))
    assert refused(rp.DateError, debt=later, plan=made.plan()).field == "plan.agreed_on"


def test_a_payment_outside_the_plans_time_is_named() -> None:
    early = rp.Payment("early", money(10), received_on=DATE(2026, 11, 1))
    assert refused(rp.DateError, plan=made.plan(), payments=[early]).field == "payments[0]"


def test_the_facts_are_those_of_the_plan() -> None:
    assert account().facts is None
    found = account(plan=made.plan(), payments=FACTS["payments"], contract_due_on=DATE(2026, 12, 1)).facts
    assert found is not None
    assert found.payments == tuple(FACTS["payments"])
    assert found.contract_due_on == DATE(2026, 12, 1)


@pytest.mark.parametrize("field", [name for name in FACTS if name != "liabilities"])
def test_what_was_recorded_later_is_not_known(field: str) -> None:
    every = account(**{field: FACTS[field]})
    for count, day in enumerate(DAYS, start=1):
        assert getattr(every.known_on(day), field) == tuple(FACTS[field][:count])


def test_a_plan_is_known_in_the_version_of_the_day() -> None:
    plan = made.plan(months=12)
    act = rp.PlanAct(kind=rp.ActKind.SUSPEND, on=DATE(2027, 1, 5), reason="ill", recorded_on=DATE(2027, 1, 6))
    every = account(plan=plan.record(act))
    assert every.known_on(DATE(2026, 12, 2)).plan is None
    assert every.known_on(DATE(2027, 1, 5)).plan == plan
    assert every.known_on(DATE(2027, 1, 6)).plan == every.plan


def test_a_revision_is_not_known_before_it_was_recorded() -> None:
    plan, payments = made.plan(months=12), FACTS["payments"]
    affordability = rp.assess(made.budget(7600), rules=made.POLICY.affordability, as_of=DATE(2027, 1, 6))
    revised = rp.revise(
        plan,
        payments,
        affordability=affordability,
        on=DATE(2027, 1, 7),
        reason=rp.HardshipReason.ILLNESS,
        rules=made.POLICY.plan,
    )
    assert isinstance(revised, rp.Plan)
    every = account(plan=revised, payments=payments)
    assert every.known_on(DATE(2027, 1, 6)).plan == plan
    assert every.known_on(DATE(2027, 1, 7)).plan == revised


def test_days_are_read_and_nothing_personal_is_shown() -> None:
    every = account(**FACTS, plan=None, contract_due_on=DATE(2026, 11, 20), transferred_on=DATE(2026, 10, 1))
    assert every.transferred_on == DATE(2026, 10, 1)
    assert repr(every) == "<Account card>"
    assert pickle.loads(pickle.dumps(every)) == every  # noqa: S301  # our own bytes
    with pytest.raises(rp.InputTypeError):
        account(contract_due_on="2026-11-20")


def test_waivers_and_charges_before_a_revision_stay_with_the_version_that_they_are_about() -> None:
    plan, day = made.plan(months=12), DATE(2027, 1, 7)
    waivers = [rp.Waiver("old", money(1), 9, rp.Component.PRINCIPAL, DATE(2027, 1, 5))]
    charges = [rp.Charge("old", money(1), 1, rp.Component.FEES, DATE(2027, 1, 6))]
    affordability = rp.assess(made.budget(7600), rules=made.POLICY.affordability, as_of=DATE(2027, 1, 6))
    revised = rp.revise(
        plan,
        [],
        affordability=affordability,
        on=day,
        reason=rp.HardshipReason.ILLNESS,
        rules=made.POLICY.plan,
        waivers=waivers,
        charges=charges,
    )
    assert isinstance(revised, rp.Plan)
    first = account(plan=plan, waivers=waivers, charges=charges).facts
    assert first is not None
    assert (len(first.waivers), len(first.charges)) == (1, 1)
    later = rp.Waiver("new", money(1), 1, rp.Component.INTEREST, DATE(2027, 1, 8))
    facts = account(plan=revised, waivers=[*waivers, later], charges=charges).facts
    assert facts is not None
    assert (facts.waivers, facts.charges) == ((later,), ())


def test_what_came_later_is_not_known_before() -> None:
    consent = Liability(party_id="co", kind=LiabilityKind.JOINT_AND_SEVERAL, consented_on=DATE(2027, 3, 1))
    found = account(liabilities=(consent,), transferred_on=DATE(2027, 3, 2))
    before = found.known_on(DATE(2027, 2, 28))
    assert before.transferred_on is None
    assert [one.consented_on for one in before.liabilities] == [None]
    after = found.known_on(DATE(2027, 3, 2))
    assert (after.liabilities, after.transferred_on) == ((consent,), DATE(2027, 3, 2))
