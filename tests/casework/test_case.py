"""The case file: whole by construction, built up in any order, and as it was known."""

from __future__ import annotations

import itertools
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.casework.account import Account
from repayplan.casework.case import Case
from repayplan.casework.desk import Desk
from repayplan.casework.liabilities import CollectionStop, Liability, LiabilityKind, StopKind
from repayplan.casework.statements import BudgetStatement
from repayplan.communication.limitation import LimitationEvent
from repayplan.communication.limitation_rules import RestartKind
from repayplan.policies import cn
from tests.casework import examples as made
from tests.casework.test_account import FACTS, money

if TYPE_CHECKING:
    from collections.abc import Callable

DATE = made.DATE
LOAN = attrs.evolve(made.DEBT, id="loan")


def refused(
    call: Callable[[], object], error: type[rp.RepayPlanError] = rp.RepayPlanError
) -> rp.RepayPlanError:
    with pytest.raises(error) as caught:
        call()
    return caught.value


def test_a_case_is_built_up_step_by_step() -> None:
    case = Case(id="case", client=made.CLIENT, policy=made.POLICY, log=rp.CommunicationLog("log"))
    assert case.currency is None
    assert case.policy.versions == (made.POLICY,)
    built = case.with_debt(made.DEBT).with_budget(made.statement()).with_plan("card", made.plan())
    assert built.account("card").plan == made.plan()
    assert built.currency == rp.Currency.of("CNY")
    assert case.with_budget(made.statement()).currency == rp.Currency.of("CNY")
    assert case.with_client(attrs.evolve(made.CLIENT, zones=("UTC",))).client.zones == ("UTC",)
    assert case.accounts == ()


METHODS = {
    "payments": "with_payment",
    "holds": "with_hold",
    "promises": "with_promise",
    "waivers": "with_waiver",
    "charges": "with_charge",
    "stops": "with_stop",
    "limitation_events": "with_limitation_event",
}


@pytest.mark.parametrize("field", METHODS)
def test_each_fact_is_added_to_its_debt_in_any_order(field: str) -> None:
    case = made.case().with_debt(LOAN)
    for order in itertools.permutations(FACTS[field]):
        built = case
        for fact in order:
            built = getattr(built, METHODS[field])("card", fact)
        assert getattr(built.account("card"), field) == tuple(FACTS[field])
        assert getattr(built.account("loan"), field) == ()


def test_debts_and_budgets_come_in_any_order() -> None:
    facts = [made.statement(DATE(2026, 12, day)) for day in (2, 3)]
    first = made.case(budgets=()).with_budget(facts[1]).with_debt(LOAN).with_budget(facts[0])
    second = made.case(budgets=()).with_debt(LOAN).with_budget(facts[0]).with_budget(facts[1])
    assert first == second
    assert [account.id for account in first.accounts] == ["card", "loan"]


def test_an_error_names_the_fact_within_the_case() -> None:
    case = made.case().with_debt(LOAN)
    euros = rp.Payment("p", rp.Money(1, "EUR"), received_on=DATE(2027, 1, 4))
    assert refused(lambda: case.with_payment("loan", euros)).field == "accounts[1].payments[0].amount"
    planned = made.planned()
    early = rp.Payment("p", money(1), received_on=DATE(2026, 1, 4))
    assert refused(lambda: planned.with_payment("card", early)).field == "accounts[0].payments[0]"
    record = made.contact(made.moment("2026-12-02 10:00"))
    found = refused(lambda: case.with_record(record, at=record.recorded_at))
    assert found.field.startswith("log.")
    assert isinstance(found, rp.CommunicationError)


def test_a_payment_belongs_to_a_debt() -> None:
    payment = rp.Payment("p", money(1), received_on=DATE(2027, 1, 4))
    found = refused(lambda: made.case().with_payment("loan", payment))
    assert (found.code, found.field) == ("case.debt", "debt_id")


@pytest.mark.parametrize("field", ["payments", "promises", "holds", "stops"])
def test_an_id_is_used_once_in_the_case(field: str) -> None:
    case = getattr(made.case().with_debt(LOAN), METHODS[field])("card", FACTS[field][0])
    found = refused(lambda: getattr(case, METHODS[field])("loan", FACTS[field][0]))
    assert (found.code, found.field) == ("case.twice", field)


def test_debts_and_budgets_have_ids_of_their_own() -> None:
    assert refused(lambda: made.case().with_debt(made.DEBT)).field == "accounts"
    assert refused(lambda: made.case().with_budget(made.statement())).field == "budgets"


def test_everything_is_in_one_currency() -> None:
    euros = rp.Debt(
        principal=rp.Money(1, "EUR"), rate=rp.Rate.annual("0.1"), as_of=DATE(2026, 12, 1), id="euros"
    )
    assert refused(lambda: made.case().with_debt(euros)).field == "accounts[1].debt"
    foreign = rp.Budget(
        currency=rp.Currency.of("EUR"),
        household=rp.Household(1),
        incomes=[rp.Income("wage", rp.Money(1, "EUR"), rp.Frequency.MONTHLY)],
    )
    found = refused(lambda: made.case().with_budget(made.statement(id="foreign", budget=foreign)))
    assert found.field == "budgets[1].budget"


def test_who_owes_is_somebody_of_the_case() -> None:
    wife = rp.Party(id="wife", role=rp.PartyRole.JOINT_DEBTOR)
    liability = Liability(party_id="wife", kind=LiabilityKind.JOINT_AND_SEVERAL)
    assert refused(lambda: made.case().with_liability("card", liability)).field == "accounts[0].liabilities"
    case = made.case(client=attrs.evolve(made.CLIENT, others=(wife,)))
    assert case.with_liability("card", liability).account("card").liabilities == (liability,)


def test_records_are_those_of_the_case() -> None:
    record = made.contact(made.moment("2026-12-02 10:00"), case_id="other")
    found = refused(lambda: made.recorded(made.case(), record))
    assert (found.code, found.field) == ("case.log", "log")
    log = rp.CommunicationLog("log").append(record, at=record.recorded_at, salts=made.salts())
    assert refused(lambda: made.case(log=log)).field == "log"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("client", None),
        ("log", []),
        ("accounts", [1]),
        ("budgets", 1),
        ("policy", "cn"),
        ("desk", "bank"),
    ],
)
def test_wrong_parts_are_named(field: str, value: Any) -> None:  # noqa: ANN401  # wrong on purpose
    assert refused(lambda: made.case(**{field: value})).field.startswith(field)


def test_a_case_hides_what_is_personal_and_pickles() -> None:
    case = made.paid(made.planned(), 2)
    assert repr(case) == "<Case case: 1 accounts>"
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301  # our own bytes


def test_only_what_was_recorded_by_a_day_is_known() -> None:
    at = made.moment("2027-01-04 23:59")
    case = made.recorded(made.planned(), made.contact(at), made.contact(at.add(minutes=1)))
    case = case.with_payment(
        "card", rp.Payment("p", money(1), received_on=DATE(2027, 1, 4), recorded_on=DATE(2027, 1, 5))
    )
    case = case.with_budget(made.statement(DATE(2027, 1, 4), recorded_on=DATE(2027, 1, 6)))
    then = case.known_on(DATE(2027, 1, 4))
    assert (len(then.log), len(then.accounts[0].payments), len(then.budgets)) == (1, 0, 1)
    then = case.known_on(DATE(2027, 1, 5))
    assert (len(then.log), len(then.accounts[0].payments), len(then.budgets)) == (2, 1, 1)
    assert case.known_on(DATE(2027, 1, 6)) == case
    assert case.known_on(DATE(2026, 11, 30)).accounts == ()


def test_what_is_known_by_a_moment_goes_by_the_clients_clock() -> None:
    at = made.moment("2027-01-05 00:30")
    case = made.recorded(made.planned(), made.contact(at))
    case = case.with_payment("card", rp.Payment("p", money(1), received_on=DATE(2027, 1, 5)))
    in_utc = at.in_timezone("UTC")
    assert len(case.known_by(in_utc).accounts[0].payments) == 1
    before = case.known_by(in_utc.subtract(minutes=31))
    assert (len(before.accounts[0].payments), len(before.log)) == (0, 0)
    naive = pendulum.naive(2027, 1, 5)
    assert refused(lambda: case.known_by(naive), rp.DateError).field == "moment"


def test_a_day_without_midnight_begins_with_its_first_minute() -> None:
    client = attrs.evolve(made.CLIENT, zones=("America/Santiago",))
    case = made.case(client=client)  # on 6 September 2026 the clock goes from 0:00 to 1:00
    at = pendulum.datetime(2026, 9, 6, 1, tz="America/Santiago")
    case = made.recorded(case, made.contact(at))
    assert len(case.known_on(DATE(2026, 9, 5)).log) == 0
    assert len(case.known_on(DATE(2026, 9, 6)).log) == 1


def test_a_statement_of_a_budget_is_checked() -> None:
    found = made.statement(recorded_on=DATE(2026, 12, 2), contact_id="talk")
    assert found.recorded == DATE(2026, 12, 2)
    assert repr(found) == "<BudgetStatement budget 2026-12-01 of 2026-12-01>"
    for fields, field in (
        ({"recorded_on": DATE(2026, 11, 30)}, "recorded_on"),
        ({"contact_id": ""}, "contact_id"),
        ({"budget": None}, "budget"),
        ({"id": " "}, "id"),
    ):
        assert refused(lambda fields=fields: made.statement(**fields)).field == field  # type: ignore[misc]  # bound at once


def test_a_desk_is_checked_as_messages_are() -> None:
    assert repr(made.DESK) == "<Desk of Bank of Examples>"
    with pytest.raises(rp.CommunicationError) as caught:
        attrs.evolve(made.DESK, sender="x" * 61)
    assert caught.value.field == "sender"
    facts = made.DESK.facts(
        rp.MessageKind.REMINDER, amount=money(1), due_on=DATE(2027, 1, 1), client_name="Wang"
    )
    assert rp.render_message(rp.MessageKind.REMINDER, "en", facts).plain
    neutral = made.DESK.facts(rp.MessageKind.NEUTRAL)
    assert neutral.given == {"sender", "contact"}
    with pytest.raises(rp.InputTypeError):
        Desk(sender="Bank", contact=made.DESK.contact, adviser="friend")  # type: ignore[arg-type]  # wrong on purpose


def test_the_parts_are_what_the_face_of_the_case_says() -> None:
    case = made.case()
    assert isinstance(case.accounts[0], Account)
    assert isinstance(case.budgets[0], BudgetStatement)
    assert case.policy is cn.CREDIT_CARD
    stop = CollectionStop(id="s", kind=StopKind.INSOLVENT, first_day=DATE(2027, 1, 1))
    event = LimitationEvent(kind=RestartKind.DEBTOR_AGREES, on=DATE(2027, 1, 1), debt="card")
    grown = case.with_stop("card", stop).with_limitation_event("card", event)
    assert (grown.account("card").stops, grown.account("card").limitation_events) == ((stop,), (event,))


def test_a_day_whose_midnight_is_left_out_ends_with_itself() -> None:
    zone = "Africa/Cairo"  # on 24 April 2026 clocks go from 0:00 to 1:00
    client = attrs.evolve(made.CLIENT, zones=(zone,))
    for at, known in (("2026-04-24 23:59", 1), ("2026-04-25 00:30", 0)):
        moment = made.moment(at, zone)
        case = made.recorded(made.case(client=client), made.contact(moment, zone=zone))
        assert len(case.known_on(DATE(2026, 4, 24)).log) == known
