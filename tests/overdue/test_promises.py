"""Promises to pay: what makes one, and what became of it."""

from __future__ import annotations

import datetime
import pickle
from typing import Any, TypeAlias

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.promise_states import PROMISES_MAX
from repayplan.overdue.promises import PROMISE_DAYS_MAX

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DATE = pendulum.date
STATE = rp.PromiseState
MADE_ON, BY = DATE(2028, 1, 31), DATE(2028, 2, 29)


def euros(units: object) -> rp.Money:
    return rp.Money(str(units), "EUR")


def promise(
    units: object = 100, by: Wrong = BY, made_on: Wrong = MADE_ON, name: str = "w1", **more: Wrong
) -> rp.Promise:
    return rp.Promise(name, euros(units), by, made_on, **more)


def paid(*parts: tuple[pendulum.Date, object]) -> list[rp.Payment]:
    """Payments received and effective on one day each."""
    return [rp.Payment(f"p{place}", euros(units), day) for place, (day, units) in enumerate(parts)]


# ------------------------------------------------------------------------------------------ the promise


def test_a_promise_keeps_what_it_was_given() -> None:
    made = promise(recorded_on=datetime.date(2028, 2, 1))
    assert (made.amount, made.by, made.made_on, made.recorded) == (euros(100), BY, MADE_ON, DATE(2028, 2, 1))
    assert promise().recorded == MADE_ON
    assert type(made.recorded_on) is pendulum.Date
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own


def test_a_promise_and_its_standing_do_not_show_the_amount() -> None:
    assert repr(promise(987)) == "<Promise w1 of 2028-01-31 by 2028-02-29>"
    assert repr(rp.promise_state(promise(987), [], BY)) == "<PromiseStanding of w1 on 2028-02-29: pending>"


def test_a_promise_is_for_the_same_day_at_the_earliest_and_a_leap_year_later_at_the_latest() -> None:
    assert promise(by=MADE_ON).by == MADE_ON
    assert promise(by=MADE_ON.add(days=PROMISE_DAYS_MAX)).by == DATE(2029, 1, 31)
    for by in (MADE_ON.subtract(days=1), MADE_ON.add(days=PROMISE_DAYS_MAX + 1), DATE(9999, 12, 31)):
        with pytest.raises(rp.DateError) as caught:
            promise(by=by)
        assert (caught.value.code, caught.value.field) == ("promise.by", "by")
        assert caught.value.data == {"maximum": PROMISE_DAYS_MAX}


def test_a_promise_is_not_recorded_before_it_is_made() -> None:
    assert promise(recorded_on=MADE_ON).recorded == MADE_ON
    with pytest.raises(rp.DateError) as caught:
        promise(recorded_on=DATE(2028, 1, 30))
    assert caught.value.field == "recorded_on"


@pytest.mark.parametrize(
    ("field", "value", "error", "code"),
    [
        ("id", "", rp.PaymentError, "text.empty"),
        ("id", "w\u202e1", rp.PaymentError, "text.control"),
        ("id", None, rp.InputTypeError, "text.type"),
        ("amount", euros(0), rp.PaymentError, "promise.amount"),
        ("amount", euros("-0.01"), rp.PaymentError, "promise.amount"),
        ("amount", 100, rp.InputTypeError, "type.wrong"),
        ("amount", True, rp.InputTypeError, "type.wrong"),
        ("by", None, rp.InputTypeError, "date.type"),
        ("by", pendulum.datetime(2028, 2, 29), rp.InputTypeError, "date.type"),
        ("made_on", "2028-01-31", rp.InputTypeError, "date.type"),
        ("made_on", False, rp.InputTypeError, "date.type"),
        ("recorded_on", pendulum.datetime(2028, 2, 1), rp.InputTypeError, "date.type"),
    ],
)
def test_what_makes_no_promise_is_refused_and_named(
    field: str, value: Wrong, error: type[rp.RepayPlanError], code: str
) -> None:
    with pytest.raises(error) as caught:
        attrs.evolve(promise(), **{field: value})
    assert (caught.value.field, caught.value.code) == (field, code)


# ------------------------------------------------------------------------------------------ its state


@pytest.mark.parametrize(
    ("payments", "as_of", "state", "units", "reached_on"),
    [
        # nothing paid
        ([], MADE_ON, STATE.PENDING, 0, None),
        ([], BY, STATE.PENDING, 0, None),  # its day is still in time
        ([], DATE(2028, 3, 1), STATE.BROKEN, 0, None),
        # paid on its day, and before it
        ([(BY, 100)], DATE(2028, 2, 28), STATE.PENDING, 0, None),  # not yet
        ([(BY, 100)], BY, STATE.KEPT, 100, BY),
        ([(BY, 100)], DATE(2038, 1, 1), STATE.KEPT, 100, BY),
        ([(MADE_ON, 100)], MADE_ON, STATE.KEPT, 100, MADE_ON),
        ([(DATE(2028, 1, 30), 100)], DATE(2028, 3, 1), STATE.BROKEN, 0, None),  # before the promise
        # in parts
        ([(DATE(2028, 2, 1), 40)], BY, STATE.PENDING, 40, None),
        ([(DATE(2028, 2, 1), 40), (BY, 60)], BY, STATE.KEPT, 100, BY),
        ([(DATE(2028, 2, 1), 40)], DATE(2028, 3, 1), STATE.PARTLY_KEPT, 40, None),
        ([(BY, "99.99")], DATE(2028, 3, 1), STATE.PARTLY_KEPT, "99.99", None),
        # late
        ([(DATE(2028, 3, 1), 100)], DATE(2028, 3, 1), STATE.KEPT_LATE, 100, DATE(2028, 3, 1)),
        ([(DATE(2028, 3, 1), 1)], DATE(2028, 3, 1), STATE.PARTLY_KEPT, 1, None),
        (
            [(BY, "99.99"), (DATE(2028, 3, 1), "0.01")],
            DATE(2028, 3, 1),
            STATE.KEPT_LATE,
            100,
            DATE(2028, 3, 1),
        ),
        ([(DATE(2028, 3, 9), 100)], DATE(2028, 3, 8), STATE.BROKEN, 0, None),
        # more than was promised
        ([(BY, 250), (DATE(2028, 3, 1), 50)], DATE(2028, 3, 1), STATE.KEPT, 100, BY),
    ],
)
def test_a_promise_is_judged_from_what_was_paid(
    payments: list[tuple[pendulum.Date, object]],
    as_of: pendulum.Date,
    state: rp.PromiseState,
    units: object,
    reached_on: pendulum.Date | None,
) -> None:
    standing = rp.promise_state(promise(), paid(*payments), as_of)
    assert (standing.state, standing.paid, standing.reached_on) == (state, euros(units), reached_on)
    assert (standing.promise, standing.as_of) == (promise(), as_of)
    assert standing.missing == euros(100) - euros(units)


def test_follow_up_waits_while_a_promise_is_pending_and_no_longer() -> None:
    pending = rp.promise_state(promise(), paid((DATE(2028, 2, 1), 40)), BY)
    assert pending.paused == set(rp.FollowUp)
    assert pending.waits_until == BY
    for payments, as_of in (([(BY, 100)], BY), ([], DATE(2028, 3, 1)), ([(BY, 1)], DATE(2028, 3, 1))):
        over = rp.promise_state(promise(), paid(*payments), as_of)
        assert (over.paused, over.waits_until) == (frozenset(), None)


@pytest.mark.parametrize(
    ("tolerance", "units", "state", "missing"),
    [
        (None, "99.99", STATE.PARTLY_KEPT, "0.01"),
        ("0", "99.99", STATE.PARTLY_KEPT, "0.01"),
        ("0.01", "99.99", STATE.KEPT, "0.01"),
        ("0.01", "99.98", STATE.PARTLY_KEPT, "0.02"),
        ("5", "100", STATE.KEPT, "0"),
        ("100", "0.01", STATE.KEPT, "99.99"),  # something must be paid
        ("500", "0.01", STATE.KEPT, "99.99"),
    ],
)
def test_a_tolerated_shortfall_is_none(
    tolerance: str | None, units: str, state: rp.PromiseState, missing: str
) -> None:
    tolerated = None if tolerance is None else euros(tolerance)
    standing = rp.promise_state(promise(), paid((BY, units)), DATE(2028, 3, 1), tolerance=tolerated)
    assert (standing.state, standing.missing) == (state, euros(missing))


def test_a_tolerance_keeps_no_promise_of_which_nothing_was_paid() -> None:
    standing = rp.promise_state(promise(3), [], DATE(2028, 3, 1), tolerance=euros(5))
    assert (standing.state, standing.paid) == (STATE.BROKEN, euros(0))


def test_what_a_tolerance_let_go_may_still_be_paid() -> None:
    payments = paid((BY, 95), (DATE(2028, 3, 5), 20))
    standing = rp.promise_state(promise(), payments, DATE(2028, 3, 5), tolerance=euros(5))
    assert (standing.state, standing.reached_on, standing.missing) == (STATE.KEPT, BY, euros(0))


def test_the_day_from_which_a_payment_counts_decides_and_not_its_receipt() -> None:
    late_receipt = rp.Payment("p1", euros(100), DATE(2028, 3, 3), effective_on=BY)
    late_effect = rp.Payment("p1", euros(100), BY, effective_on=DATE(2028, 3, 1))
    assert rp.promise_state(promise(), [late_receipt], DATE(2028, 3, 3)).state is STATE.KEPT
    assert rp.promise_state(promise(), [late_effect], DATE(2028, 3, 3)).state is STATE.KEPT_LATE


@pytest.mark.parametrize("status", [rp.PaymentStatus.PENDING, rp.PaymentStatus.FAILED])
def test_what_did_not_clear_keeps_no_promise(status: rp.PaymentStatus) -> None:
    payment = rp.Payment("p1", euros(100), BY, status=status)
    assert rp.promise_state(promise(), [payment], DATE(2028, 3, 1)).state is STATE.BROKEN


def test_a_reversal_undoes_what_kept_a_promise_once_it_is_known() -> None:
    payment = rp.Payment("p1", euros(100), BY)
    reversal = rp.Payment("p2", euros(100), DATE(2028, 3, 9), reverses="p1")
    asked = DATE(2028, 3, 1)
    assert rp.promise_state(promise(), [payment, reversal], asked).state is STATE.BROKEN
    known = rp.promise_state(promise(), [payment, reversal], asked, known_on=DATE(2028, 3, 8))
    assert known.state is STATE.KEPT


def test_a_payment_that_is_recorded_later_is_not_known() -> None:
    payment = rp.Payment("p1", euros(100), BY, recorded_on=DATE(2028, 3, 4))

    def state(known_on: pendulum.Date | None) -> rp.PromiseState:
        return rp.promise_state(promise(), [payment], DATE(2028, 3, 4), known_on=known_on).state

    assert [state(DATE(2028, 3, 3)), state(DATE(2028, 3, 4)), state(None)] == [
        STATE.BROKEN,
        STATE.KEPT,
        STATE.KEPT,
    ]


@pytest.mark.parametrize(
    ("as_of", "known_on", "field"),
    [(DATE(2028, 1, 30), None, "as_of"), (BY, DATE(2028, 1, 31), "known_on")],
)
def test_there_is_no_state_before_there_was_a_promise(
    as_of: pendulum.Date, known_on: pendulum.Date | None, field: str
) -> None:
    made = promise(recorded_on=DATE(2028, 2, 1))
    with pytest.raises(rp.DateError) as caught:
        rp.promise_state(made, [], as_of, known_on=known_on)
    assert (caught.value.field, caught.value.code) == (field, f"promise.{field}")
    assert rp.promise_states([made], [], as_of, known_on=known_on) == ()


# ------------------------------------------------------------------------------------------ several promises


def states(
    promises: list[rp.Promise], payments: list[rp.Payment], as_of: pendulum.Date, **more: Wrong
) -> list[tuple[str, rp.PromiseState, str]]:
    """The id, the state and what is paid of each, as they come."""
    return [
        (each.promise.id, each.state, str(each.paid.amount))
        for each in rp.promise_states(promises, payments, as_of, **more)
    ]


def test_a_payment_counts_once_for_the_promise_that_is_due_first() -> None:
    later, sooner = promise(100, name="later"), promise(100, DATE(2028, 2, 15), name="sooner")
    assert states([later, sooner], paid((DATE(2028, 2, 10), 100)), DATE(2028, 3, 1)) == [
        ("sooner", STATE.KEPT, "100.00"),
        ("later", STATE.BROKEN, "0.00"),
    ]


def test_a_payment_larger_than_the_first_promise_goes_on_to_the_next() -> None:
    promises = [promise(100, name="later"), promise(60, DATE(2028, 2, 15), name="sooner")]
    assert states(promises, paid((DATE(2028, 2, 10), 100)), DATE(2028, 3, 1)) == [
        ("sooner", STATE.KEPT, "60.00"),
        ("later", STATE.PARTLY_KEPT, "40.00"),
    ]


def test_a_missed_promise_is_still_paid_before_a_later_one() -> None:
    promises = [promise(100, name="later"), promise(60, DATE(2028, 2, 15), name="sooner")]
    assert states(promises, paid((DATE(2028, 2, 20), 100)), DATE(2028, 2, 29)) == [
        ("sooner", STATE.KEPT_LATE, "60.00"),
        ("later", STATE.PENDING, "40.00"),
    ]


def test_a_payment_counts_only_for_promises_that_were_made_by_its_day() -> None:
    promises = [
        promise(60, DATE(2028, 2, 15), DATE(2028, 2, 10), name="sooner"),
        promise(100, name="later"),
    ]
    assert states(promises, paid((DATE(2028, 2, 9), 60)), DATE(2028, 3, 1)) == [
        ("sooner", STATE.BROKEN, "0.00"),
        ("later", STATE.PARTLY_KEPT, "60.00"),
    ]


def test_of_promises_for_one_day_the_one_made_first_is_paid_first_and_then_by_id() -> None:
    promises = [
        promise(10, made_on=DATE(2028, 2, 1), name="a"),
        promise(10, name="c"),
        promise(10, name="b"),
    ]
    assert states(promises, paid((DATE(2028, 2, 2), 15)), DATE(2028, 3, 1)) == [
        ("b", STATE.KEPT, "10.00"),
        ("c", STATE.PARTLY_KEPT, "5.00"),
        ("a", STATE.BROKEN, "0.00"),
    ]


def test_a_tolerance_serves_each_promise_and_what_is_left_pays_what_it_let_go() -> None:
    promises = [promise(100, DATE(2028, 2, 15), name="sooner"), promise(100, name="later")]
    first, second = (DATE(2028, 2, 10), 95), (DATE(2028, 2, 20), 96)
    tolerance = euros(5)
    assert states(promises, paid(first, second), DATE(2028, 3, 1), tolerance=tolerance) == [
        ("sooner", STATE.KEPT, "96.00"),
        ("later", STATE.KEPT, "95.00"),
    ]
    assert states(promises, paid((DATE(2028, 2, 10), 198)), DATE(2028, 3, 1), tolerance=tolerance) == [
        ("sooner", STATE.KEPT, "100.00"),
        ("later", STATE.KEPT, "98.00"),
    ]


def test_promises_recorded_or_made_later_are_left_out() -> None:
    promises = [
        promise(name="in time"),
        promise(name="recorded late", recorded_on=DATE(2028, 2, 5)),
        promise(name="made later", made_on=DATE(2028, 2, 6)),
    ]
    asked, known = DATE(2028, 2, 5), DATE(2028, 2, 4)
    assert [name for name, _, _ in states(promises, [], asked)] == ["in time", "recorded late"]
    assert [name for name, _, _ in states(promises, [], asked, known_on=known)] == ["in time"]
    assert states([], paid((BY, 1)), BY) == []


def test_a_promise_alone_is_judged_alike_by_both_functions() -> None:
    payments = paid((DATE(2028, 2, 1), 40), (DATE(2028, 3, 3), 60))
    for as_of in (MADE_ON.add(days=days) for days in range(40)):
        assert rp.promise_states([promise()], payments, as_of) == (
            rp.promise_state(promise(), payments, as_of),
        )


def test_one_id_for_two_promises_is_refused() -> None:
    with pytest.raises(rp.PaymentError) as caught:
        rp.promise_states([promise(), promise(name="w2"), promise(7)], [], BY)
    assert (caught.value.code, caught.value.field) == ("promise.duplicate", "promises[2].id")


def test_there_are_at_most_ten_thousand_promises_and_they_are_looked_at_quickly() -> None:
    most = [promise(1, name=f"w{place}") for place in range(PROMISES_MAX)]
    payments = [rp.Payment(f"p{place}", euros("0.10"), BY) for place in range(100)]
    kept = [each for each in rp.promise_states(most, payments, BY) if each.state is STATE.KEPT]
    assert len(kept) == 10
    with pytest.raises(rp.PaymentError) as caught:
        rp.promise_states([*most, promise(name="one more")], [], BY)
    assert caught.value.code == "tuple.length"


# ------------------------------------------------------------------------------------------ wrong questions


@pytest.mark.parametrize(
    ("options", "error", "field"),
    [
        ({"payments": None}, rp.InputTypeError, "payments"),
        ({"payments": ["p1"]}, rp.InputTypeError, "payments[0]"),
        ({"payments": paid((BY, 1)) * 2}, rp.PaymentError, "payments[1].id"),
        ({"payments": [rp.Payment("p1", rp.Money(1, "CNY"), BY)]}, rp.MoneyError, "payments[0].amount"),
        # another currency is refused even where the payment would not count
        (
            {"payments": [*paid((BY, 1)), rp.Payment("x", rp.Money(1, "CNY"), DATE(2038, 1, 1))]},
            rp.MoneyError,
            "payments[1].amount",
        ),
        (
            {"payments": [rp.Payment("p1", euros(1), BY, reverses="p9")]},
            rp.PaymentError,
            "payments[0].reverses",
        ),
        ({"as_of": None}, rp.InputTypeError, "as_of"),
        ({"as_of": pendulum.datetime(2028, 2, 29)}, rp.InputTypeError, "as_of"),
        ({"known_on": True}, rp.InputTypeError, "known_on"),
        ({"tolerance": 5}, rp.InputTypeError, "tolerance"),
        ({"tolerance": False}, rp.InputTypeError, "tolerance"),
        ({"tolerance": euros(-1)}, rp.PaymentError, "tolerance"),
        ({"tolerance": rp.Money(1, "CNY")}, rp.MoneyError, "tolerance"),
    ],
)
def test_a_wrong_question_is_refused_and_named(
    options: dict[str, Wrong], error: type[rp.RepayPlanError], field: str
) -> None:
    asked: dict[str, Wrong] = {"payments": [], "as_of": BY, **options}
    for ask in (
        lambda: rp.promise_state(promise(), **asked),
        lambda: rp.promise_states([promise()], **asked),
    ):
        with pytest.raises(error) as caught:
            ask()
        assert caught.value.field == field


@pytest.mark.parametrize("wrong", [None, "w1", 1, [promise()]])
def test_only_a_promise_is_judged(wrong: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.promise_state(wrong, [], BY)
    assert caught.value.field == "promise"


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        (promise(), rp.InputTypeError, "promises"),
        ([promise(), None], rp.InputTypeError, "promises[1]"),
        (
            [promise(), rp.Promise("w2", rp.Money(1, "CNY"), BY, MADE_ON)],
            rp.MoneyError,
            "promises[1].amount",
        ),
    ],
)
def test_only_promises_in_one_currency_are_judged_together(
    wrong: Wrong, error: type[rp.RepayPlanError], field: str
) -> None:
    with pytest.raises(error) as caught:
        rp.promise_states(wrong, [], BY)
    assert caught.value.field == field


# ------------------------------------------------------------------------------------------ the standing


def test_a_standing_pickles() -> None:
    standing = rp.promise_state(promise(), paid((BY, 100)), BY)
    assert pickle.loads(pickle.dumps(standing)) == standing  # noqa: S301  # our own


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"promise": "w1"}, rp.InputTypeError, "promise"),
        ({"as_of": DATE(2028, 1, 30), "reached_on": None}, rp.DateError, "as_of"),
        ({"as_of": pendulum.datetime(2028, 2, 29)}, rp.InputTypeError, "as_of"),
        ({"reached_on": DATE(2028, 1, 30)}, rp.DateError, "reached_on"),
        ({"reached_on": DATE(2028, 3, 2)}, rp.DateError, "reached_on"),
        ({"reached_on": True}, rp.InputTypeError, "reached_on"),
        ({"paid": 100}, rp.InputTypeError, "paid"),
        ({"paid": rp.Money(100, "CNY")}, rp.MoneyError, "paid"),
        ({"paid": euros("100.01")}, rp.PaymentError, "paid"),
        ({"paid": euros(0)}, rp.PaymentError, "paid"),  # nothing reaches no promise
        ({"paid": euros(-1), "reached_on": None}, rp.PaymentError, "paid"),
        ({"reached_on": None}, rp.PaymentError, "paid"),  # all of it reaches it
    ],
)
def test_a_standing_that_contradicts_itself_is_refused(
    changes: dict[str, Wrong], error: type[rp.RepayPlanError], field: str
) -> None:
    standing = rp.promise_state(promise(), paid((BY, 100)), DATE(2028, 3, 1))
    with pytest.raises(error) as caught:
        attrs.evolve(standing, **changes)
    assert caught.value.field == field
