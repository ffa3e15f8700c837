"""What is known about a plan: facts are checked against each other and the schedule, all of them at once."""

from __future__ import annotations

import datetime
import pickle

import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.facts import Facts
from tests.overdue import DATE, FEES, INTEREST, PRINCIPAL, START, Wrong, bearing, money, pay, plain

SCHEDULE = plain()
DAY = DATE(2026, 2, 1)


def facts(**more: Wrong) -> Facts:
    return Facts(**{"schedule": SCHEDULE, "payments": (), **more})


def waiver(name: str, units: int, number: int = 1, component: rp.Component = PRINCIPAL) -> rp.Waiver:
    return rp.Waiver(name, money(units), number, component, DAY)


def charge(name: str, units: int, number: int = 1, on: datetime.date = DAY) -> rp.Charge:
    return rp.Charge(name, money(units), number, FEES, on)


def refused(**more: Wrong) -> rp.RepayPlanError:
    with pytest.raises(rp.RepayPlanError) as caught:
        facts(**more)
    return caught.value


def test_facts_are_kept_and_shown_by_their_number_alone() -> None:
    hold = rp.Hold("h", rp.HoldKind.OTHER, {rp.HoldEffect.PLAN_DAYS_STOP}, DAY, None)
    made = facts(
        payments=[pay("a", 77_777, DAY)],
        holds=[hold],
        waivers=[waiver("w", 1)],
        charges=[charge("c", 1)],
        contract_due_on=datetime.date(2025, 1, 1),
        debtor="Li Lei",
    )
    assert (made.contract_due_on, made.debtor, made.zero) == (DATE(2025, 1, 1), "Li Lei", money(0))
    assert repr(made) == "<Facts: 1 payments, 1 holds>"
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"schedule": None}, "schedule"),
        ({"schedule": SCHEDULE.terms}, "schedule"),
        ({"payments": None}, "payments"),
        ({"payments": ["a"]}, "payments[0]"),
        ({"holds": None}, "holds"),
        ({"holds": [pay("a", 1, DAY)]}, "holds[0]"),
        ({"waivers": [charge("c", 1)]}, "waivers[0]"),
        ({"waivers": {}}, "waivers"),
        ({"charges": [waiver("w", 1)]}, "charges[0]"),
        ({"charges": None}, "charges"),
        ({"contract_due_on": "2025-01-01"}, "contract_due_on"),
        ({"contract_due_on": pendulum.datetime(2025, 1, 1)}, "contract_due_on"),
        ({"debtor": 7}, "debtor"),
    ],
)
def test_a_fact_of_the_wrong_type_is_named(fields: dict[str, Wrong], field: str) -> None:
    found = refused(**fields)
    assert (type(found), found.field) == (rp.InputTypeError, field)


def test_a_debtor_has_a_name() -> None:
    assert (refused(debtor="").code, refused(debtor="").field) == ("text.empty", "debtor")


@pytest.mark.parametrize("field", ["waivers", "charges"])
def test_two_adjustments_with_one_id_are_refused(field: str) -> None:
    make: Wrong = waiver if field == "waivers" else charge
    found = refused(**{field: [make("x", 1), make("y", 1), make("x", 2)]})
    assert (type(found), found.code) == (rp.PaymentError, "adjustment.duplicate")
    assert (found.field, found.data) == (f"{field}[2].id", {"id": "x"})


def test_a_waiver_and_a_charge_and_a_payment_may_share_an_id() -> None:
    facts(payments=[pay("x", 1, DAY)], waivers=[waiver("x", 1)], charges=[charge("x", 1)])


@pytest.mark.parametrize("field", ["waivers", "charges"])
def test_there_are_at_most_ten_thousand_adjustments(field: str) -> None:
    one = waiver("w", 1) if field == "waivers" else charge("c", 1)
    found = refused(**{field: [one] * 10_001})
    assert (type(found), found.code, found.field) == (rp.PaymentError, "tuple.length", field)


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("payments", lambda amount: rp.Payment("a", amount, DAY)),
        ("waivers", lambda amount: rp.Waiver("a", amount, 1, PRINCIPAL, DAY)),
        ("charges", lambda amount: rp.Charge("a", amount, 1, FEES, DAY)),
    ],
)
@pytest.mark.parametrize("currency", [rp.Currency.of("USD"), rp.Currency("EUR", 3)])
def test_another_currency_is_refused_and_the_fact_named(
    field: str, make: Wrong, currency: rp.Currency
) -> None:
    found = refused(**{field: [make(rp.Money.from_minor_units(1, currency))]})
    assert (type(found), found.code, found.field) == (rp.MoneyError, "money.currency", f"{field}[0].amount")


# ------------------------------------------------------------------------------------------ days


def test_payments_count_from_the_start_to_a_hundred_years_after_the_end() -> None:
    last = DATE(2026, 4, 1).add(days=36_525)
    facts(payments=[pay("a", 1, START), pay("b", 1, last)])
    for day in (
        START.subtract(days=1),
        last.add(days=1),
        DATE(1026, 2, 1),
        DATE(3026, 2, 1),
        DATE(9999, 12, 31),
    ):
        found = refused(payments=[pay("a", 1, START), pay("b", 1, day)])
        assert (type(found), found.code, found.field) == (rp.DateError, "payment.date", "payments[1]")
        assert found.data == {"id": "b"}


def test_the_day_from_which_it_counts_decides() -> None:
    before = START.subtract(days=1)
    facts(payments=[pay("a", 1, before, effective_on=START)])
    assert refused(payments=[pay("a", 1, START, effective_on=before)]).code == "payment.date"


# ------------------------------------------------------------------------------------------ installments


@pytest.mark.parametrize("number", [0, 4, 10_000])
@pytest.mark.parametrize("field", ["payments", "waivers", "charges"])
def test_an_installment_that_is_not_there_is_refused_and_the_fact_named(field: str, number: int) -> None:
    made: Wrong = {
        "payments": pay("x", 1, DAY, installment=number),
        "waivers": waiver("x", 1, number),
        "charges": charge("x", 1, number),
    }[field]
    found = refused(**{field: [made]})
    assert (type(found), found.code) == (rp.PaymentError, "payment.installment")
    assert found.field.startswith(f"{field}[0]")


def test_zero_is_the_up_front_payment_where_there_is_one() -> None:
    upfront = plain(upfront=money(5_000))
    facts(
        schedule=upfront,
        payments=[pay("x", 1, DAY, installment=0)],
        waivers=[waiver("x", 5_000, 0)],
        charges=[charge("x", 1, 0)],
    )


def test_no_more_is_waived_than_is_asked_for() -> None:
    facts(waivers=[waiver("a", 4_000), waiver("b", 6_000)])
    found = refused(waivers=[waiver("a", 4_000), waiver("b", 6_001)])
    assert (type(found), found.code, found.data) == (rp.PaymentError, "waiver.amount", {"id": "b"})
    assert found.field.startswith("waivers")
    assert refused(waivers=[waiver("a", 1, component=INTEREST)]).code == "waiver.amount"  # there is none
    facts(schedule=bearing(), waivers=[waiver("a", 300, component=INTEREST)])
    assert refused(schedule=bearing(), waivers=[waiver("a", 301, component=INTEREST)]).data == {"id": "a"}


# ------------------------------------------------------------------------------------------ what counts when


def test_charges_count_by_day_and_id_as_far_as_they_are_known() -> None:
    late = rp.Charge("a", money(1), 1, FEES, DATE(2026, 2, 10), recorded_on=DATE(2026, 3, 1))
    made = facts(charges=[charge("c", 1), late, charge("b", 1)])

    def ids(as_of: pendulum.Date, known_on: pendulum.Date | None = None) -> list[str]:
        return [found.id for found in made.counted_charges(as_of, known_on)]

    assert ids(DATE(2026, 1, 31)) == []
    assert ids(DATE(2026, 2, 9)) == ["b", "c"]
    assert ids(DATE(2026, 2, 10)) == ["b", "c", "a"]
    assert ids(DATE(2026, 4, 1), DATE(2026, 2, 28)) == ["b", "c"]


def test_waivers_bear_on_what_is_asked_from_their_day_on_as_far_as_they_are_known() -> None:
    late = rp.Waiver("a", money(1_000), 2, PRINCIPAL, DATE(2026, 2, 10), recorded_on=DATE(2026, 3, 1))
    made = facts(waivers=[late])
    before, after = made.asked(DATE(2026, 2, 9), None), made.asked(DATE(2026, 2, 10), None)
    assert [row[-1] for row in before.amounts] == [10_000, 10_000, 10_000]
    assert [row[-1] for row in after.amounts] == [10_000, 9_000, 10_000]
    unknown = made.asked(DATE(2026, 4, 1), DATE(2026, 2, 28))
    assert [row[-1] for row in unknown.amounts] == [10_000, 10_000, 10_000]


def test_holds_protect_the_debtor_for_whom_is_asked() -> None:
    one = rp.Hold("h", rp.HoldKind.OTHER, {rp.HoldEffect.PLAN_DAYS_STOP}, DAY, DAY, debtor="a")
    stop = rp.HoldEffect.PLAN_DAYS_STOP
    assert facts(holds=[one], debtor="a").held(stop, None).holds_on(DAY)
    assert not facts(holds=[one], debtor="b").held(stop, None)
    assert not facts(holds=[one]).held(stop, None)
