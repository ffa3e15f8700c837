"""Payments: what makes one, and which of a set count on a day."""

from __future__ import annotations

import datetime
import pickle
import time

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.payments import PAYMENTS_MAX, check_payments, counted_payments
from tests.overdue import DATE, EUR, Wrong, money, pay

DAY = DATE(2026, 2, 1)


# ------------------------------------------------------------------------------------------ one payment


def test_a_payment_keeps_what_it_was_given() -> None:
    made = rp.Payment(
        "p1",
        money(500),
        received_on=DATE(2026, 2, 3),
        effective_on=DATE(2026, 2, 1),
        recorded_on=DATE(2026, 2, 4),
        source="account of the guarantor",
        installment=0,
    )
    assert (made.effective, made.received_on, made.recorded) == (
        DATE(2026, 2, 1),
        DATE(2026, 2, 3),
        DATE(2026, 2, 4),
    )
    assert (made.status, made.reverses, made.installment) == (rp.PaymentStatus.CLEARED, None, 0)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own


def test_what_is_not_stated_is_the_day_of_receipt() -> None:
    made = pay("p1", 500, DAY)
    assert (made.effective_on, made.recorded_on) == (None, None)
    assert (made.effective, made.recorded) == (DAY, DAY)


def test_plain_dates_become_the_librarys_own() -> None:
    plain_day = datetime.date(2026, 2, 1)
    made = pay("p1", 500, plain_day, effective_on=plain_day, recorded_on=plain_day)
    assert {type(made.received_on), type(made.effective_on), type(made.recorded_on)} == {pendulum.Date}


def test_a_payment_shows_no_amount_and_no_source() -> None:
    assert repr(pay("p1", 77_777, DAY, source="Li Lei")) == "<Payment p1 of 2026-02-01>"


@pytest.mark.parametrize("units", [0, -1, -(10**18)])
def test_nothing_and_less_is_no_payment(units: int) -> None:
    with pytest.raises(rp.PaymentError) as caught:
        pay("p1", units, DAY)
    assert (caught.value.code, caught.value.field) == ("payment.amount", "amount")
    assert "reverses" in str(caught.value)  # the cure


@pytest.mark.parametrize("apart", [-3_660, 3_660])
def test_the_two_days_may_lie_ten_years_apart_and_not_one_day_more(apart: int) -> None:
    effective = DATE(2026, 2, 1).add(days=apart)
    recorded = max(effective, DAY)
    assert pay("p1", 1, DAY, effective_on=effective, recorded_on=recorded).effective == effective
    with pytest.raises(rp.DateError) as caught:
        pay("p1", 1, DAY, effective_on=effective.add(days=1 if apart > 0 else -1))
    assert (caught.value.code, caught.value.field) == ("payment.effective_on", "effective_on")
    assert caught.value.data == {"maximum": 3_660}


def test_money_that_is_there_was_not_recorded_before_it_came() -> None:
    with pytest.raises(rp.DateError) as caught:
        pay("p1", 1, DAY, recorded_on=DATE(2026, 1, 31))
    assert (caught.value.code, caught.value.field) == ("payment.recorded_on", "recorded_on")
    assert pay("p1", 1, DAY, recorded_on=DAY).recorded == DAY


@pytest.mark.parametrize("status", [rp.PaymentStatus.PENDING, rp.PaymentStatus.FAILED])
def test_what_is_only_announced_may_be_recorded_before(status: rp.PaymentStatus) -> None:
    assert pay("p1", 1, DAY, recorded_on=DATE(2026, 1, 31), status=status).recorded == DATE(2026, 1, 31)


@pytest.mark.parametrize(
    ("fields"),
    [
        {"reverses": "p1"},  # itself
        {"reverses": "p0", "status": rp.PaymentStatus.PENDING},
        {"reverses": "p0", "status": rp.PaymentStatus.FAILED},
    ],
)
def test_a_reversal_is_cleared_and_of_another_payment(fields: dict[str, Wrong]) -> None:
    with pytest.raises(rp.PaymentError) as caught:
        pay("p1", 1, DAY, **fields)
    assert (caught.value.code, caught.value.field) == ("payment.reversal", "reverses")


@pytest.mark.parametrize(
    ("field", "value", "error", "code"),
    [
        ("id", "", rp.PaymentError, "text.empty"),
        ("id", "p\n1", rp.PaymentError, "text.control"),
        ("id", "p" * 201, rp.PaymentError, "text.length"),
        ("id", 1, rp.InputTypeError, "text.type"),
        ("amount", 5, rp.InputTypeError, "type.wrong"),
        ("amount", None, rp.InputTypeError, "type.wrong"),
        ("received_on", None, rp.InputTypeError, "date.type"),
        ("received_on", "2026-02-01", rp.InputTypeError, "date.type"),
        ("received_on", pendulum.datetime(2026, 2, 1), rp.InputTypeError, "date.type"),
        ("effective_on", pendulum.datetime(2026, 2, 1), rp.InputTypeError, "date.type"),
        ("recorded_on", False, rp.InputTypeError, "date.type"),
        ("status", "cleared", rp.InputTypeError, "type.wrong"),
        ("status", None, rp.InputTypeError, "type.wrong"),
        ("reverses", "", rp.PaymentError, "text.empty"),
        ("reverses", 7, rp.InputTypeError, "text.type"),
        ("source", "a\u202eb", rp.PaymentError, "text.control"),
        ("source", 7, rp.InputTypeError, "text.type"),
        ("installment", -1, rp.PaymentError, "count.range"),
        ("installment", 10_001, rp.PaymentError, "count.range"),
        ("installment", True, rp.InputTypeError, "count.type"),
        ("installment", "1", rp.InputTypeError, "count.type"),
    ],
)
def test_what_makes_no_payment_is_refused_and_named(
    field: str, value: Wrong, error: type[rp.RepayPlanError], code: str
) -> None:
    with pytest.raises(error) as caught:
        attrs.evolve(pay("p1", 1, DAY), **{field: value})
    assert (caught.value.field, caught.value.code) == (field, code)


def test_pickles_are_read_through_the_constructor() -> None:
    rebuild, (kind, arguments) = pay("p1", 1, DAY).__reduce__()
    assert set(arguments) == {field.name for field in attrs.fields(rp.Payment)}
    with pytest.raises(rp.PaymentError):
        rebuild(kind, {**arguments, "amount": money(-1)})
    with pytest.raises(rp.DateError):
        rebuild(kind, {**arguments, "recorded_on": DATE(2026, 1, 1)})


# ------------------------------------------------------------------------------------------ several payments


def test_two_payments_with_one_id_are_refused_and_the_second_is_named() -> None:
    with pytest.raises(rp.PaymentError) as caught:
        check_payments([pay("a", 1, DAY), pay("b", 2, DAY), pay("a", 3, DATE(2027, 1, 1))])
    assert (caught.value.code, caught.value.field) == ("payment.duplicate", "payments[2].id")
    assert caught.value.data == {"id": "a"}


def test_a_payment_and_its_reversal_may_not_share_an_id_either() -> None:
    with pytest.raises(rp.PaymentError) as caught:
        check_payments([pay("a", 1, DAY), pay("r", 1, DAY, reverses="a"), pay("r", 1, DAY)])
    assert caught.value.field == "payments[2].id"


@pytest.mark.parametrize(
    ("payments", "place"),
    [
        ([pay("r", 1, DAY, reverses="a")], 0),  # of nothing
        ([pay("a", 1, DAY), pay("r", 1, DAY, reverses="a"), pay("q", 1, DAY, reverses="r")], 2),  # of one
        ([pay("a", 1, DAY), pay("r", 1, DAY, reverses="a"), pay("q", 1, DAY, reverses="a")], 2),  # twice
        ([pay("r", 1, DAY, reverses="a"), pay("a", 1, DAY, status=rp.PaymentStatus.PENDING)], 0),
        ([pay("r", 1, DAY, reverses="a"), pay("a", 1, DAY, status=rp.PaymentStatus.FAILED)], 0),
        ([pay("a", 2, DAY), pay("r", 1, DAY, reverses="a")], 1),  # of a part
    ],
)
def test_a_reversal_undoes_one_cleared_payment_whole_and_once(payments: list[rp.Payment], place: int) -> None:
    with pytest.raises(rp.PaymentError) as caught:
        check_payments(payments)
    assert (caught.value.code, caught.value.field) == ("payment.reversal", f"payments[{place}].reverses")
    assert set(caught.value.data) == {"id"}


def test_payments_in_several_currencies_are_refused() -> None:
    with pytest.raises(rp.MoneyError) as caught:
        check_payments([pay("a", 2, DAY), rp.Payment("r", rp.Money("0.02", "USD"), DAY, reverses="a")])
    assert (caught.value.code, caught.value.field) == ("money.currency", "payments[1].amount")


def test_a_reversal_may_come_before_its_payment_in_the_list() -> None:
    payment, reversal = pay("a", 1, DAY), pay("r", 1, DATE(2026, 3, 1), reverses="a")
    assert check_payments([reversal, payment]) == (reversal, payment)


def test_there_are_at_most_a_hundred_thousand_payments() -> None:
    one = pay("a", 1, DAY)
    with pytest.raises(rp.PaymentError) as caught:
        check_payments([one] * (PAYMENTS_MAX + 1))
    assert (caught.value.code, caught.value.field) == ("tuple.length", "payments")
    assert PAYMENTS_MAX == 100_000


@pytest.mark.parametrize(
    ("payments", "field"),
    [
        (None, "payments"),
        ("payments", "payments"),
        (pay("a", 1, DAY), "payments"),
        ({"a": pay("a", 1, DAY)}, "payments"),
        (iter([pay("a", 1, DAY)]), "payments"),
        ([pay("a", 1, DAY), "b"], "payments[1]"),
        ([None], "payments[0]"),
    ],
)
def test_only_a_list_of_payments_is_taken(payments: Wrong, field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        check_payments(payments)
    assert caught.value.field == field


# ------------------------------------------------------------------------------------------ which count


def ids(payments: list[rp.Payment]) -> list[str]:
    return [payment.id for payment in payments]


def test_payments_count_by_day_and_then_by_id() -> None:
    given = [
        pay("c", 1, DATE(2026, 2, 1)),
        pay("b", 1, DATE(2026, 2, 1)),
        pay("d", 1, DATE(2026, 2, 5), effective_on=DATE(2026, 1, 31)),  # backdated
        pay("a", 1, DATE(2026, 2, 2)),
    ]
    assert ids(counted_payments(given, DATE(2026, 12, 31))) == ["d", "b", "c", "a"]
    assert ids(counted_payments(given[::-1], DATE(2026, 12, 31))) == ["d", "b", "c", "a"]


def test_a_payment_counts_from_its_effective_day_on() -> None:
    given = [pay("a", 1, DATE(2026, 2, 3), effective_on=DATE(2026, 2, 1))]
    assert ids(counted_payments(given, DATE(2026, 1, 31))) == []
    assert ids(counted_payments(given, DATE(2026, 2, 1))) == ["a"]
    later = [pay("b", 1, DATE(2026, 2, 1), effective_on=DATE(2026, 2, 3))]
    assert ids(counted_payments(later, DATE(2026, 2, 2))) == []
    assert ids(counted_payments(later, DATE(2026, 2, 3))) == ["b"]


def test_only_cleared_payments_count() -> None:
    given = [pay(status.value, 1, DAY, status=status) for status in rp.PaymentStatus]
    assert ids(counted_payments(given, DATE(2026, 12, 31))) == ["cleared"]


def test_a_reversal_undoes_its_payment_from_the_payments_own_day() -> None:
    given = [pay("a", 1, DAY), pay("b", 1, DAY), pay("r", 1, DATE(2026, 6, 1), reverses="a")]
    for day in (DAY, DATE(2026, 5, 31), DATE(2026, 6, 1)):
        assert ids(counted_payments(given, day)) == ["b"]


def test_what_was_recorded_later_is_not_known() -> None:
    given = [
        pay("a", 1, DAY),
        pay("b", 1, DAY, recorded_on=DATE(2026, 3, 1)),
        pay("r", 1, DATE(2026, 3, 5), reverses="a", recorded_on=DATE(2026, 3, 6)),
    ]
    end = DATE(2026, 12, 31)
    assert ids(counted_payments(given, end, DATE(2026, 1, 31))) == []
    assert ids(counted_payments(given, end, DATE(2026, 2, 28))) == ["a"]
    assert ids(counted_payments(given, end, DATE(2026, 3, 5))) == ["a", "b"]  # what was believed in between
    assert ids(counted_payments(given, end, DATE(2026, 3, 6))) == ["b"]
    assert ids(counted_payments(given, end)) == ["b"]


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ((None, None), "as_of"),
        (("2026-02-01", None), "as_of"),
        ((pendulum.datetime(2026, 2, 1), None), "as_of"),
        ((DAY, True), "known_on"),
        ((DAY, pendulum.datetime(2026, 2, 1)), "known_on"),
    ],
)
def test_only_dates_are_asked_about(days: tuple[Wrong, Wrong], field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        counted_payments([], *days)
    assert caught.value.field == field


def test_counting_checks_the_whole_set_whatever_counts_on_the_day() -> None:
    with pytest.raises(rp.PaymentError):
        counted_payments([pay("a", 1, DAY), pay("a", 1, DATE(2030, 1, 1))], DATE(2020, 1, 1))


def test_a_hundred_thousand_payments_are_counted_in_linear_time() -> None:
    given = [rp.Payment(f"p{place}", rp.Money.from_minor_units(1, EUR), DAY) for place in range(100_000)]
    started = time.thread_time()
    assert len(counted_payments(given, DAY)) == 100_000
    assert time.thread_time() - started < 5
