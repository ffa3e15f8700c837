from __future__ import annotations

from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.communication.examples import CITATION, CLIENT, NINE, call, letter, salts, there

DATE = pendulum.date
DUE = DATE(2024, 3, 31)
RECORDS = there(cn.CREDIT_CARD.in_force(DATE(2026, 12, 1)).records)
RULES = there(RECORDS.limitation)
State = rp.LimitationState
Kind = rp.RestartKind


def event(kind: rp.RestartKind, on: pendulum.Date, debt: str = "card") -> rp.LimitationEvent:
    return rp.LimitationEvent(kind=kind, on=on, debt=debt)


def ask(as_of: pendulum.Date, *events: rp.LimitationEvent, **more: Any) -> rp.Limitation:  # noqa: ANN401  # any argument
    given = {"last_due_on": DUE, "rules": RULES, "debt": "card", "events": events}
    return rp.limitation_on(as_of, **{**given, **more})


def test_the_last_day_of_the_period_is_in_it() -> None:
    assert ask(DATE(2027, 3, 31)).state is State.RUNNING
    late = ask(DATE(2027, 4, 1))
    assert (late.state, late.expires_on, late.long_stop_on) == (
        State.EXPIRED,
        DATE(2027, 3, 31),
        DATE(2044, 3, 31),
    )
    assert not late.finding.passed
    assert late.finding.citation is RULES.period.citation


def test_events_run_it_anew_in_any_order_and_only_those_that_happened() -> None:
    events = [event(Kind.PART_PAYMENT, DATE(2027, 5, 1)), event(Kind.REQUEST_TO_DEFER, DATE(2025, 1, 1))]
    found = ask(DATE(2027, 6, 1), *events)
    assert (found.expires_on, found.restarted_by) == (DATE(2030, 5, 1), tuple(reversed(events)))
    assert ask(DATE(2027, 4, 30), *events).expires_on == DATE(2028, 1, 1)


def test_nothing_restarts_what_has_expired_but_a_new_agreement() -> None:
    late = DATE(2027, 4, 1)
    assert ask(late, event(Kind.PART_PAYMENT, late)).state is State.EXPIRED
    revived = ask(late, event(Kind.NEW_AGREEMENT, late))
    assert (revived.state, revived.expires_on) == (State.RUNNING, DATE(2030, 4, 1))


def test_an_event_of_another_debt_or_from_before_the_due_day_changes_nothing() -> None:
    other = event(Kind.PART_PAYMENT, DATE(2025, 1, 1), debt="loan")
    early = event(Kind.PART_PAYMENT, DUE)
    assert ask(DATE(2026, 1, 1), other, early).restarted_by == ()


def test_the_long_stop_ends_it() -> None:
    yearly = [event(Kind.PART_PAYMENT, DATE(year, 1, 1)) for year in range(2025, 2045)]
    found = ask(DATE(2044, 4, 1), *yearly)
    assert (found.state, found.expires_on) == (State.EXPIRED, DATE(2044, 3, 31))
    rules = attrs.evolve(RULES, long_stop=None)
    assert ask(DATE(2044, 4, 1), *yearly, rules=rules).state is State.RUNNING


@pytest.mark.parametrize("unknown", [{"rules": None}, {"last_due_on": None}])
def test_what_is_not_known_is_unknown(unknown: dict[str, Any]) -> None:
    found = ask(DATE(2025, 1, 1), **unknown)
    assert (found.state, found.expires_on, found.finding.passed) == (State.UNKNOWN, None, False)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (rp.ClientStatement.ACKNOWLEDGES_DEBT, Kind.DEBTOR_AGREES),
        (rp.ClientStatement.PROMISES_PAYMENT, Kind.DEBTOR_AGREES),
        (rp.ClientStatement.ASKS_TO_DEFER, Kind.REQUEST_TO_DEFER),
        (rp.ClientStatement.PROPOSES_PLAN, Kind.REPAYMENT_PLAN_PROMISE),
        (rp.ClientStatement.OFFERS_SECURITY, Kind.SECURITY_OFFERED),
    ],
)
def test_what_the_client_says_may_restart_it(statement: rp.ClientStatement, kind: rp.RestartKind) -> None:
    talk = call(client_said={statement}, debts=("card",), debts_raised=("loan",))
    found = rp.limitation_events(talk, RULES)
    assert [(item.kind, item.on, item.debt, item.record_id) for item in found] == [
        (kind, DATE(2026, 12, 1), "card", "call"),
        (kind, DATE(2026, 12, 1), "loan", "call"),
    ]
    assert found[0].citation is RULES.citation


@pytest.mark.parametrize("statement", [rp.ClientStatement.DISPUTES_DEBT, rp.ClientStatement.ASKS_FOR_HELP])
def test_what_acknowledges_nothing_restarts_nothing(statement: rp.ClientStatement) -> None:
    assert rp.limitation_events(call(client_said={statement}), RULES) == ()


@pytest.mark.parametrize(
    ("contact", "arrived"),
    [
        (call(purpose=rp.Purpose.MISSED_PAYMENT), True),
        (call(purpose=rp.Purpose.MISSED_PAYMENT, outcome=rp.Outcome.NO_ANSWER), False),
        (call(purpose=rp.Purpose.MISSED_PAYMENT, participants=()), False),
        (
            call(
                purpose=rp.Purpose.DEMAND,
                participants=(rp.Participant(party=attrs.evolve(CLIENT, role=rp.PartyRole.THIRD_PARTY)),),
            ),
            False,
        ),
        (call(purpose=rp.Purpose.REMINDER), False),
        (letter(), True),
        (letter(receipts=(), outcome=rp.Outcome.SENT), True),
        (letter(receipts=(), outcome=rp.Outcome.SENT, point=None), False),
        (letter(receipts=(), outcome=rp.Outcome.BOUNCED), False),
        (letter(receipts=(), channel=rp.Channel.APP_MESSAGE), False),
        (letter(channel=rp.Channel.APP_MESSAGE), True),  # a receipt shows it
        (letter(direction=rp.Direction.INBOUND, outcome=rp.Outcome.RECEIVED), False),
    ],
)
def test_a_demand_restarts_it_where_it_reached_the_debtor(contact: rp.Contact, *, arrived: bool) -> None:
    kinds = [item.kind for item in rp.limitation_events(contact, RULES)]
    assert kinds == [Kind.DEMAND_REACHED_DEBTOR] * arrived


def test_rules_that_name_no_events_have_none() -> None:
    rules = rp.LimitationRules(period=RULES.period, citation=CITATION)
    assert rp.limitation_events(letter(), rules) == ()


def test_a_log_gives_the_events_of_all_its_contacts() -> None:
    log = rp.CommunicationLog("log").append(letter(), at=NINE.add(hours=2), salts=salts())
    found = rp.limitation_events(log, RULES)
    assert [item.record_id for item in found] == ["letter"]
    assert ask(DATE(2027, 4, 1), *found).expires_on == DATE(2029, 12, 4)  # the day of the receipt


def test_types_and_fields_are_checked() -> None:
    with pytest.raises(rp.InputTypeError):
        rp.limitation_events(call(), None)  # type: ignore[arg-type]
    with pytest.raises(rp.InputTypeError):
        event("part payment", DUE)  # type: ignore[arg-type]
    with pytest.raises(rp.CommunicationError):
        event(Kind.PART_PAYMENT, DUE, debt="")
    with pytest.raises(rp.InputTypeError):
        attrs.evolve(RULES, period=3)  # type: ignore[arg-type]
    with pytest.raises(rp.InputTypeError):
        attrs.evolve(RULES, long_stop=rp.Limit(20, CITATION))  # type: ignore[arg-type]
    with pytest.raises(rp.InputTypeError):
        ask(DATE(2026, 1, 1), rules="three years")


def test_a_day_is_that_of_the_clients_zone_however_the_moment_is_written() -> None:
    spoken = {rp.ClientStatement.ACKNOWLEDGES_DEBT}
    moment = pendulum.datetime(2026, 11, 30, 17, tz="UTC")  # the first of December in Shanghai
    for start in (moment, moment.in_timezone("Asia/Shanghai")):
        talk = call(started_at=start, ended_at=None, client_said=spoken)
        assert [item.on for item in rp.limitation_events(talk, RULES)] == [DATE(2026, 12, 1)]
    unknown = call(started_at=moment, ended_at=None, client_said=spoken, zone=None)
    assert [item.on for item in rp.limitation_events(unknown, RULES)] == [DATE(2026, 11, 30)]


@pytest.mark.parametrize(
    "participants",
    [
        (),
        (rp.Participant(party=attrs.evolve(CLIENT, role=rp.PartyRole.THIRD_PARTY)),),
        (rp.Participant(party=attrs.evolve(CLIENT, role=rp.PartyRole.GUARANTOR)),),
        (
            rp.Participant(
                party=CLIENT,
                verification=rp.Verification(method="pin", at=NINE, result=rp.VerificationResult.FAILED),
            ),
        ),
    ],
    ids=["nobody", "another", "a guarantor", "not the client"],
)
def test_what_was_not_said_by_or_to_the_debtor_restarts_nothing(
    participants: tuple[rp.Participant, ...],
) -> None:
    said = {rp.ClientStatement.ACKNOWLEDGES_DEBT}
    recording = rp.Receipt(kind=rp.ReceiptKind.CALL_RECORDING, at=NINE)
    talk = call(purpose=rp.Purpose.DEMAND, participants=participants, client_said=said, receipts=(recording,))
    assert rp.limitation_events(talk, RULES) == ()


def test_a_demand_arrives_on_no_day_before_it_was_sent() -> None:
    for days, on in ((-700, DATE(2026, 12, 1)), (0, DATE(2026, 12, 1)), (3, DATE(2026, 12, 4))):
        receipt = rp.Receipt(kind=rp.ReceiptKind.MAIL_RETURN_RECEIPT, at=NINE.add(days=days))
        (found,) = rp.limitation_events(letter(receipts=(receipt,)), RULES)
        assert found.on == on
