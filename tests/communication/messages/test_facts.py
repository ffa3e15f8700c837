"""The facts of a message: typed, bounded, and in keeping with each other."""

from __future__ import annotations

import datetime
import pickle

import attrs
import pytest

import repayplan as rp
from repayplan.communication.messages.facts import LIST_MAX, OPT_OUT_UNITS_MAX, SENDER_UNITS_MAX
from repayplan.communication.messages.kind_facts import PLACES_BY_FACT, places_of
from repayplan.communication.messages.parts import PHONE_UNITS_MAX
from tests.communication.messages import DATE, FACTS, KIND, Wrong, all_facts, terms, yuan

EURO = rp.Money("5", "EUR")
IN_EUROS = rp.PlanTerms(EURO, 1, rp.Frequency.MONTHLY, DATE(2027, 1, 1), EURO)
ROUTE = rp.ContactRoute("1", "always")


def made(**changes: Wrong) -> rp.MessageFacts:
    return rp.MessageFacts(**{"sender": "North Bank", "contact": ROUTE, **changes})


def test_the_facts_of_the_tests_are_all_there_are() -> None:
    assert FACTS.keys() == {field.name for field in attrs.fields(rp.MessageFacts)}


def test_facts_keep_what_they_were_given() -> None:
    given = made(due_on=datetime.date(2027, 1, 31), options=["a", "b"])
    assert (given.due_on, given.options) == (DATE(2027, 1, 31), ("a", "b"))
    assert given.given == {"sender", "contact", "due_on", "options"}
    assert made(options=(), amount=None).given == {"sender", "contact"}


@pytest.mark.parametrize("kind", KIND)
def test_facts_travel_and_hide_themselves_in_a_log(kind: rp.MessageKind) -> None:
    given = all_facts(kind)
    assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301  # our own
    assert "Wang" not in repr(given)
    assert repr(made()) == "<MessageFacts: contact, sender>"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (FACTS["contact"], "<ContactRoute>"),
        (FACTS["adviser"], "<Adviser>"),
        (FACTS["next_payment"], "<NextPayment on 2027-03-31>"),
        (terms(3), "<PlanTerms of 3 installments from 2027-02-28>"),
    ],
)
def test_parts_hide_themselves_too_and_travel(value: object, shown: str) -> None:
    assert repr(value) == shown
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  # our own


@pytest.mark.parametrize(
    ("field", "maximum"),
    [("sender", SENDER_UNITS_MAX), ("opt_out", OPT_OUT_UNITS_MAX)],
)
@pytest.mark.parametrize("character", ["x", "行", "\U0001f3e6"])
def test_what_goes_into_an_sms_is_bounded_in_its_units(field: str, maximum: int, character: str) -> None:
    most = maximum // (2 if ord(character) > 0xFFFF else 1)
    assert getattr(made(**{field: character * most}), field) == character * most
    with pytest.raises(rp.CommunicationError) as caught:
        made(**{field: character * (most + 1)})
    assert (caught.value.code, caught.value.field) == ("message.units", field)


def test_the_phone_number_is_bounded_likewise() -> None:
    assert rp.ContactRoute("1" * PHONE_UNITS_MAX, "always").phone == "1" * PHONE_UNITS_MAX
    with pytest.raises(rp.CommunicationError) as caught:
        rp.ContactRoute("1" * (PHONE_UNITS_MAX + 1), "always")
    assert (caught.value.code, caught.value.field) == ("message.units", "phone")


@pytest.mark.parametrize(
    ("field", "value", "error", "code"),
    [
        ("sender", None, rp.InputTypeError, "text.type"),
        ("contact", "12345", rp.InputTypeError, "type.wrong"),
        ("client_name", (), rp.InputTypeError, "text.type"),
        ("amount", (), rp.InputTypeError, "type.wrong"),
        ("due_on", (), rp.InputTypeError, "date.type"),
        ("kept_years", (), rp.InputTypeError, "count.type"),
        ("options", None, rp.InputTypeError, "tuple.type"),
        ("client_name", 5, rp.InputTypeError, "text.type"),
        ("client_name", "x" * 201, rp.CommunicationError, "text.length"),
        ("amount", "5.00", rp.InputTypeError, "type.wrong"),
        ("amount", 5.0, rp.InputTypeError, "type.wrong"),
        ("amount", yuan("0"), rp.CommunicationError, "message.amount"),
        ("costs", yuan("-1"), rp.CommunicationError, "message.amount"),
        ("due_on", datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC), rp.InputTypeError, "date.type"),
        ("agreed_on", "2027-01-01", rp.InputTypeError, "date.type"),
        ("completed_on", 5, rp.InputTypeError, "date.type"),
        ("pause_from", "x", rp.InputTypeError, "date.type"),
        ("pause_until", "x", rp.InputTypeError, "date.type"),
        ("received_on", "x", rp.InputTypeError, "date.type"),
        ("answer_by", "x", rp.InputTypeError, "date.type"),
        ("reported_from", "x", rp.InputTypeError, "date.type"),
        ("past_due", yuan("0"), rp.CommunicationError, "message.amount"),
        ("days_past_due", 0, rp.CommunicationError, "count.range"),
        ("days_past_due", 36_601, rp.CommunicationError, "count.range"),
        ("days_past_due", True, rp.InputTypeError, "count.type"),
        ("kept_years", 0, rp.CommunicationError, "count.range"),
        ("kept_years", 101, rp.CommunicationError, "count.range"),
        ("offers", terms(), rp.InputTypeError, "tuple.type"),
        ("offers", [terms()] * (LIST_MAX + 1), rp.CommunicationError, "tuple.length"),
        ("offers[1]", [terms(), "x"], rp.InputTypeError, "type.wrong"),
        ("plan", [terms()], rp.InputTypeError, "type.wrong"),
        ("options", "abc", rp.InputTypeError, "tuple.type"),
        ("options[0]", ["a\nb"], rp.CommunicationError, "text.control"),
        ("conditions", ["a"] * (LIST_MAX + 1), rp.CommunicationError, "tuple.length"),
        ("channel", "sms", rp.InputTypeError, "type.wrong"),
        ("adviser", "help", rp.InputTypeError, "type.wrong"),
        ("next_payment", yuan("5"), rp.InputTypeError, "type.wrong"),
    ],
)
def test_a_fact_out_of_bounds_is_refused_by_name(
    field: str, value: Wrong, error: type[rp.RepayPlanError], code: str
) -> None:
    with pytest.raises(error) as caught:
        made(**{field.split("[", maxsplit=1)[0]: value})
    assert (caught.value.code, caught.value.field) == (code, field)


def test_of_several_wrong_facts_the_first_is_named() -> None:
    for _ in range(3):
        with pytest.raises(rp.CommunicationError) as caught:
            made(rights="", basis="", client_name="", reference="", creditor="")
        assert caught.value.field == "client_name"


def test_late_payment_may_have_cost_nothing() -> None:
    assert "costs" in made(costs=yuan("0")).given


def test_as_many_offers_and_options_as_allowed_are_taken() -> None:
    given = made(offers=[terms()] * LIST_MAX, options=["a"] * LIST_MAX, days_past_due=36_600, kept_years=100)
    assert (len(given.offers), len(given.options)) == (LIST_MAX, LIST_MAX)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("past_due", {"amount": yuan("5"), "past_due": EURO}),
        ("costs", {"past_due": yuan("5"), "costs": EURO}),
        ("next_payment.amount", {"amount": EURO, "next_payment": FACTS["next_payment"]}),
        ("plan.amount", {"amount": EURO, "plan": terms()}),
        ("offers[0].amount", {"amount": EURO, "offers": [terms()]}),
        ("offers[1].amount", {"offers": [terms(), IN_EUROS]}),
    ],
)
def test_one_message_speaks_of_one_currency(field: str, changes: dict[str, Wrong]) -> None:
    with pytest.raises(rp.MoneyError) as caught:
        made(**changes)
    assert caught.value.field == field


@pytest.mark.parametrize(("first", "last"), [("pause_from", "pause_until"), ("received_on", "answer_by")])
def test_what_ends_does_not_end_before_it_begins(first: str, last: str) -> None:
    day = DATE(2027, 2, 1)
    assert getattr(made(**{first: day, last: day}), last) == day
    assert getattr(made(**{last: day}), last) == day
    with pytest.raises(rp.CommunicationError) as caught:
        made(**{first: day, last: DATE(2027, 1, 31)})
    assert (caught.value.code, caught.value.field) == ("message.span", last)


def test_a_part_is_less_than_the_whole() -> None:
    assert made(amount=yuan("5"), paid=yuan("4.99")).paid == yuan("4.99")
    assert made(paid=yuan("5")).paid == yuan("5")
    with pytest.raises(rp.CommunicationError) as caught:
        made(amount=yuan("5"), paid=yuan("5"))
    assert (caught.value.code, caught.value.field) == ("message.paid", "paid")


# ------------------------------------------------------------------------------------------ plans


def test_a_plan_s_total_lies_between_one_installment_and_all_of_them() -> None:
    assert terms(3, "10", "10").total == yuan("10")
    assert terms(3, "10", "30").total == yuan("30")
    for total in ("9.99", "30.01"):
        with pytest.raises(rp.CommunicationError) as caught:
            terms(3, "10", total)
        assert (caught.value.code, caught.value.field) == ("message.total", "total")


@pytest.mark.parametrize(
    ("field", "changes", "error"),
    [
        ("amount", {"amount": yuan("0")}, rp.CommunicationError),
        ("amount", {"amount": 5}, rp.InputTypeError),
        ("total", {"total": yuan("-1")}, rp.CommunicationError),
        ("total", {"total": EURO}, rp.MoneyError),
        ("count", {"count": 0}, rp.CommunicationError),
        ("count", {"count": 10_001}, rp.CommunicationError),
        ("frequency", {"frequency": "monthly"}, rp.InputTypeError),
        ("first_due", {"first_due": None}, rp.InputTypeError),
    ],
)
def test_terms_that_make_no_plan_are_refused(
    field: str, changes: dict[str, Wrong], error: type[rp.RepayPlanError]
) -> None:
    good: dict[str, Wrong] = {
        "amount": yuan("10"),
        "count": 3,
        "frequency": rp.Frequency.MONTHLY,
        "first_due": DATE(2027, 1, 1),
        "total": yuan("30"),
    }
    with pytest.raises(error) as caught:
        rp.PlanTerms(**{**good, **changes})
    assert caught.value.field == field


def test_an_amount_above_zero_is_due_next() -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.NextPayment(yuan("0"), DATE(2027, 1, 1))
    assert caught.value.field == "amount"


@pytest.mark.parametrize(
    ("frequency", "rhythm"),
    [
        (rp.Frequency.WEEKLY, "WEEKLY"),
        (rp.Frequency.FORTNIGHTLY, "FORTNIGHTLY"),
        (rp.Frequency.every_weeks(4), "FOUR_WEEKLY"),
        (rp.Frequency.semi_monthly(3, 18), "SEMI_MONTHLY"),
        (rp.Frequency.MONTHLY, "MONTHLY"),
        (rp.Frequency.every_months(2), "BIMONTHLY"),
        (rp.Frequency.QUARTERLY, "QUARTERLY"),
        (rp.Frequency.SEMI_ANNUAL, "SEMI_ANNUAL"),
        (rp.Frequency.ANNUAL, "ANNUAL"),
        (rp.Frequency.once(DATE(2027, 1, 1)), "LISTED"),
    ],
)
def test_every_usual_frequency_has_a_name(frequency: rp.Frequency, rhythm: str) -> None:
    assert terms(frequency=frequency).rhythm is rp.Rhythm[rhythm]


@pytest.mark.parametrize("frequency", [rp.Frequency.every_days(10), rp.Frequency.every_months(5)])
def test_a_frequency_without_a_name_is_refused(frequency: rp.Frequency) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        terms(frequency=frequency)
    assert (caught.value.code, caught.value.field) == ("message.frequency", "frequency")


# ------------------------------------------------------------------------------------------ kinds


def test_every_kind_says_what_it_takes() -> None:
    for kind in KIND:
        takes = rp.facts_of(kind)
        assert not takes.required & takes.optional
        assert takes.allowed <= PLACES_BY_FACT.keys()
        assert {"sender", "contact"} <= takes.required
        assert ("opt_out" in takes.optional) is (kind is not KIND.OPT_OUT_CONFIRMED)
    with pytest.raises(rp.InputTypeError):
        rp.facts_of("reminder")  # type: ignore[arg-type]  # the point of the test


def test_where_money_is_short_free_independent_help_is_named() -> None:
    for kind in (KIND.MISSED_PAYMENT, KIND.PROMISE_BROKEN, KIND.OFFERS):
        assert "adviser" in rp.facts_of(kind).required


def test_every_fact_fills_places_of_some_kind() -> None:
    used = frozenset(name for kind in KIND for name in rp.facts_of(kind).allowed)
    assert used == PLACES_BY_FACT.keys()
    assert places_of(frozenset({"adviser", "sender"})) == {"adviser_name", "adviser_phone", "sender"}
