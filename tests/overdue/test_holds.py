"""Holds: what makes one, and which days several of them hold together."""

from __future__ import annotations

import datetime
import pickle
from typing import Any, TypeAlias

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.held_days import HeldDays
from repayplan.overdue.holds import HOLDS_MAX, check_holds

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DATE = pendulum.date
STOP = rp.HoldEffect.PLAN_DAYS_STOP
MOVE = rp.HoldEffect.DUE_DATES_MOVE
LAST = DATE(9999, 12, 31)


def hold(
    first: datetime.date,
    last: datetime.date | None,
    name: str = "h1",
    effects: Wrong = frozenset({STOP}),
    **more: Wrong,
) -> rp.Hold:
    return rp.Hold(name, rp.HoldKind.OTHER, effects, first, last, **more)


def held(*spans: tuple[datetime.date, datetime.date | None]) -> HeldDays:
    """The held days of a hold for each span."""
    return HeldDays.of([hold(first, last, f"h{place}") for place, (first, last) in enumerate(spans)], STOP)


def days_of(days: HeldDays) -> list[tuple[pendulum.Date, pendulum.Date]]:
    """The spans as dates."""
    day = pendulum.Date.fromordinal
    return [(day(first), day(last)) for first, last in days.spans]


# ------------------------------------------------------------------------------------------ one hold


def test_a_hold_keeps_what_it_was_given() -> None:
    made = rp.Hold(
        "h1",
        rp.HoldKind.BREATHING_SPACE,
        frozenset({rp.HoldEffect.INTEREST_STOPS, rp.HoldEffect.CONTACT_STOPS}),
        DATE(2027, 1, 4),
        DATE(2027, 3, 4),
        recorded_on=DATE(2027, 1, 6),
        debtor="client-1",
    )
    assert (made.first_day, made.last_day, made.recorded) == (
        DATE(2027, 1, 4),
        DATE(2027, 3, 4),
        DATE(2027, 1, 6),
    )
    assert made.effects == {rp.HoldEffect.INTEREST_STOPS, rp.HoldEffect.CONTACT_STOPS}
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own


def test_a_hold_is_recorded_on_its_first_day_if_nothing_else_is_said() -> None:
    assert hold(DATE(2027, 1, 4), None).recorded == DATE(2027, 1, 4)
    before = hold(DATE(2027, 1, 4), None, recorded_on=DATE(2026, 12, 31))
    assert before.recorded == DATE(2026, 12, 31)


@pytest.mark.parametrize("kind", [set, frozenset, list, tuple])
def test_effects_come_in_any_small_collection(kind: type) -> None:
    day = DATE(2027, 1, 4)
    assert hold(day, day, effects=kind([STOP, MOVE])).effects == frozenset({STOP, MOVE})


def test_a_hold_that_moves_due_dates_has_an_end() -> None:
    for last in (None, LAST):
        with pytest.raises(rp.DateError) as caught:
            hold(DATE(2027, 1, 4), last, effects={MOVE})
        assert (caught.value.code, caught.value.field) == ("hold.open_end", "last_day")
        assert caught.value.data == {"id": "h1"}
        assert "the hold 'h1', since due dates move to the day after it" in caught.value.message
    assert hold(DATE(2027, 1, 4), LAST.subtract(days=1), effects={MOVE}).last_day != LAST


def test_plain_dates_become_the_librarys_own() -> None:
    made = hold(datetime.date(2027, 1, 4), datetime.date(2027, 1, 5), recorded_on=datetime.date(2027, 1, 4))
    assert {type(made.first_day), type(made.last_day), type(made.recorded_on)} == {pendulum.Date}


def test_a_hold_shows_neither_why_nor_for_whom() -> None:
    made = rp.Hold("h1", rp.HoldKind.BEREAVEMENT, {STOP}, DATE(2027, 1, 4), DATE(2027, 2, 4), None, "Li Lei")
    assert repr(made) == "<Hold h1 from 2027-01-04 to 2027-02-04>"
    assert repr(attrs.evolve(made, last_day=None)) == "<Hold h1 from 2027-01-04>"


def test_a_hold_of_one_day_ends_on_the_day_on_which_it_begins() -> None:
    made = hold(DATE(2028, 2, 29), DATE(2028, 2, 29))
    assert HeldDays.of([made], STOP).spans == ((DATE(2028, 2, 29).toordinal(),) * 2,)


def test_a_hold_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(rp.DateError) as caught:
        hold(DATE(2027, 1, 4), DATE(2027, 1, 3))
    assert (caught.value.code, caught.value.field) == ("hold.end", "last_day")


@pytest.mark.parametrize(
    ("field", "value", "error", "code"),
    [
        ("id", "", rp.PaymentError, "text.empty"),
        ("id", "h\n1", rp.PaymentError, "text.control"),
        ("id", "h" * 201, rp.PaymentError, "text.length"),
        ("id", 1, rp.InputTypeError, "text.type"),
        ("kind", "other", rp.InputTypeError, "type.wrong"),
        ("kind", None, rp.InputTypeError, "type.wrong"),
        ("effects", frozenset(), rp.PaymentError, "hold.effects"),
        ("effects", [STOP] * 8, rp.PaymentError, "hold.effects"),
        ("effects", STOP, rp.InputTypeError, "set.type"),
        ("effects", "plan days stop", rp.InputTypeError, "set.type"),
        ("effects", None, rp.InputTypeError, "set.type"),
        ("effects", iter([STOP]), rp.InputTypeError, "set.type"),
        ("effects", ["plan days stop"], rp.InputTypeError, "type.wrong"),
        ("effects", [[]], rp.InputTypeError, "type.wrong"),
        ("effects", [rp.HoldKind.OTHER], rp.InputTypeError, "type.wrong"),
        ("first_day", None, rp.InputTypeError, "date.type"),
        ("first_day", "2027-01-04", rp.InputTypeError, "date.type"),
        ("first_day", pendulum.datetime(2027, 1, 4), rp.InputTypeError, "date.type"),
        ("last_day", True, rp.InputTypeError, "date.type"),
        ("last_day", pendulum.datetime(2027, 1, 4), rp.InputTypeError, "date.type"),
        ("recorded_on", 20270104, rp.InputTypeError, "date.type"),
        ("debtor", "", rp.PaymentError, "text.empty"),
        ("debtor", 7, rp.InputTypeError, "text.type"),
    ],
)
def test_what_makes_no_hold_is_refused_and_named(
    field: str, value: Wrong, error: type[rp.RepayPlanError], code: str
) -> None:
    with pytest.raises(error) as caught:
        attrs.evolve(hold(DATE(2027, 1, 4), None), **{field: value})
    assert (caught.value.field, caught.value.code) == (field, code)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DATE(2028, 2, 27), False),
        (DATE(2028, 2, 28), True),
        (DATE(2028, 2, 29), True),
        (DATE(2028, 3, 1), True),
        (DATE(2028, 3, 2), False),
    ],
)
def test_both_days_of_a_hold_are_held(day: pendulum.Date, *, expected: bool) -> None:
    assert held((DATE(2028, 2, 28), DATE(2028, 3, 1))).holds_on(day) is expected


def test_an_open_end_holds_for_ever() -> None:
    assert held((DATE(2027, 1, 4), None)).holds_on(LAST)
    assert not held((DATE(2027, 1, 4), None)).holds_on(DATE(2027, 1, 3))


def test_a_hold_protects_everybody_or_one_debtor() -> None:
    everybody = hold(DATE(2027, 1, 4), None)
    one = hold(DATE(2027, 1, 4), None, debtor="a")
    assert [everybody.protects(None), everybody.protects("a"), everybody.protects("b")] == [True, True, True]
    assert [one.protects(None), one.protects("a"), one.protects("b")] == [False, True, False]


# ------------------------------------------------------------------------------------------ several holds


def test_holds_are_checked_against_each_other() -> None:
    first, second = hold(DATE(2027, 1, 4), None, "h1"), hold(DATE(2027, 1, 4), None, "h2")
    assert check_holds([second, first]) == (second, first)
    assert check_holds([]) == ()
    with pytest.raises(rp.PaymentError) as caught:
        check_holds([first, second, hold(DATE(2028, 1, 4), None, "h1")])
    assert (caught.value.code, caught.value.field) == ("hold.duplicate", "holds[2].id")
    assert caught.value.data == {"id": "h1"}


def test_there_are_at_most_a_thousand_holds() -> None:
    most = [hold(DATE(2027, 1, 4), None, f"h{place}") for place in range(HOLDS_MAX)]
    assert len(check_holds(most)) == HOLDS_MAX
    with pytest.raises(rp.PaymentError) as caught:
        check_holds([*most, hold(DATE(2027, 1, 4), None, "one more")])
    assert caught.value.code == "tuple.length"


@pytest.mark.parametrize(
    ("holds", "field"),
    [
        (None, "holds"),
        ("holds", "holds"),
        (hold(DATE(2027, 1, 4), None), "holds"),
        ({hold(DATE(2027, 1, 4), None)}, "holds"),
        ([hold(DATE(2027, 1, 4), None), "h2"], "holds[1]"),
    ],
)
def test_only_a_list_of_holds_is_taken(holds: Wrong, field: str) -> None:
    for read in (check_holds, lambda value: HeldDays.of(value, STOP)):
        with pytest.raises(rp.InputTypeError) as caught:
            read(holds)
        assert caught.value.field == field


@pytest.mark.parametrize(
    ("options", "error", "field"),
    [
        ({"effect": "plan days stop"}, rp.InputTypeError, "effect"),
        ({"effect": None}, rp.InputTypeError, "effect"),
        ({"known_on": pendulum.datetime(2027, 1, 4)}, rp.InputTypeError, "known_on"),
        ({"known_on": True}, rp.InputTypeError, "known_on"),
        ({"debtor": 1}, rp.InputTypeError, "debtor"),
        ({"debtor": " "}, rp.PaymentError, "debtor"),
    ],
)
def test_a_wrong_question_is_refused(
    options: dict[str, Wrong], error: type[rp.RepayPlanError], field: str
) -> None:
    with pytest.raises(error) as caught:
        HeldDays.of((), **{"effect": STOP, **options})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        # apart
        (
            [(DATE(2027, 3, 1), DATE(2027, 3, 31)), (DATE(2027, 1, 31), DATE(2027, 2, 27))],
            [(DATE(2027, 1, 31), DATE(2027, 2, 27)), (DATE(2027, 3, 1), DATE(2027, 3, 31))],
        ),
        # one after the other, over the end of February, in a leap year and in another
        (
            [(DATE(2027, 1, 31), DATE(2027, 2, 28)), (DATE(2027, 3, 1), DATE(2027, 3, 31))],
            [(DATE(2027, 1, 31), DATE(2027, 3, 31))],
        ),
        (
            [(DATE(2028, 1, 31), DATE(2028, 2, 28)), (DATE(2028, 3, 1), DATE(2028, 3, 31))],
            [(DATE(2028, 1, 31), DATE(2028, 2, 28)), (DATE(2028, 3, 1), DATE(2028, 3, 31))],
        ),
        # overlapping on one day
        (
            [(DATE(2027, 1, 1), DATE(2027, 1, 10)), (DATE(2027, 1, 10), DATE(2027, 1, 20))],
            [(DATE(2027, 1, 1), DATE(2027, 1, 20))],
        ),
        # one within another, which a third one follows
        (
            [
                (DATE(2027, 1, 1), DATE(2027, 1, 31)),
                (DATE(2027, 1, 5), DATE(2027, 1, 6)),
                (DATE(2027, 1, 25), DATE(2027, 2, 5)),
            ],
            [(DATE(2027, 1, 1), DATE(2027, 2, 5))],
        ),
        # the same days twice
        ([(DATE(2027, 1, 1), DATE(2027, 1, 2))] * 2, [(DATE(2027, 1, 1), DATE(2027, 1, 2))]),
        # an open end takes in all that follows
        (
            [(DATE(2027, 1, 1), None), (DATE(2030, 1, 1), DATE(2030, 1, 2)), (DATE(2031, 1, 1), None)],
            [(DATE(2027, 1, 1), LAST)],
        ),
        ([], []),
    ],
)
def test_held_days_are_the_union_of_all_holds(spans: Wrong, joined: Wrong) -> None:
    assert days_of(held(*spans)) == joined
    assert days_of(held(*reversed(spans))) == joined
    assert bool(held(*spans)) is bool(joined)


def test_only_holds_that_name_the_effect_count() -> None:
    breathing = rp.Hold(
        "h1",
        rp.HoldKind.BREATHING_SPACE,
        {rp.HoldEffect.INTEREST_STOPS, rp.HoldEffect.FEES_STOP},
        DATE(2027, 1, 4),
        DATE(2027, 3, 4),
    )
    named = [effect for effect in rp.HoldEffect if HeldDays.of([breathing], effect)]
    assert named == [rp.HoldEffect.INTEREST_STOPS, rp.HoldEffect.FEES_STOP]


def test_a_hold_counts_from_the_day_on_which_it_was_recorded() -> None:
    late = [hold(DATE(2027, 1, 4), DATE(2027, 1, 31), recorded_on=DATE(2027, 2, 1))]
    assert HeldDays.of(late, STOP)
    assert HeldDays.of(late, STOP, known_on=DATE(2027, 2, 1))
    assert not HeldDays.of(late, STOP, known_on=DATE(2027, 1, 31))


def test_a_debtor_is_protected_by_holds_for_all_and_by_the_own_ones() -> None:
    holds = [
        hold(DATE(2027, 1, 1), DATE(2027, 1, 1), "all"),
        hold(DATE(2027, 2, 1), DATE(2027, 2, 1), "for a", debtor="a"),
        hold(DATE(2027, 3, 1), DATE(2027, 3, 1), "for b", debtor="b"),
    ]

    def months(debtor: str | None) -> list[int]:
        return [first.month for first, _ in days_of(HeldDays.of(holds, STOP, debtor=debtor))]

    assert [months(None), months("a"), months("b"), months("c")] == [[1], [1, 2], [1, 3], [1]]


# ------------------------------------------------------------------------------------------ questions


@pytest.mark.parametrize(
    ("after", "until", "expected"),
    [
        (DATE(2028, 2, 27), DATE(2028, 3, 1), 3),
        (DATE(2028, 2, 28), DATE(2028, 3, 1), 2),  # the first day of the window is not in it, as a due day
        (DATE(2028, 2, 27), DATE(2028, 2, 28), 1),  # the last one is
        (DATE(2028, 2, 27), DATE(2028, 2, 29), 2),
        (DATE(2028, 1, 31), DATE(2028, 2, 27), 0),  # before
        (DATE(2028, 3, 1), DATE(2028, 4, 30), 0),  # after
        (DATE(2028, 1, 1), DATE(2028, 12, 31), 34),  # both holds
        (DATE(2028, 2, 29), DATE(2028, 5, 10), 11),  # a part of each
        (DATE(2028, 5, 3), DATE(2028, 5, 4), 1),  # within one
        (DATE(2028, 5, 31), LAST, 0),
        (DATE(1, 1, 1), LAST, 34),
        (DATE(2028, 2, 29), DATE(2028, 2, 29), 0),  # no day
        (DATE(2028, 3, 1), DATE(2028, 2, 27), 0),  # backwards
    ],
)
def test_held_days_of_a_window_are_counted(after: pendulum.Date, until: pendulum.Date, expected: int) -> None:
    days = held((DATE(2028, 2, 28), DATE(2028, 3, 1)), (DATE(2028, 5, 1), DATE(2028, 5, 31)))
    assert days.count(after, until) == expected
    assert days.count_ordinals(after.toordinal(), until.toordinal()) == expected


def test_an_open_end_counts_to_the_end_of_the_window() -> None:
    days = held((DATE(2027, 12, 31), None))
    assert days.count(DATE(2027, 11, 30), DATE(2028, 2, 29)) == 61
    assert days.count_ordinals(LAST.toordinal() - 1, LAST.toordinal() + 5) == 1  # there are no days beyond


def test_without_holds_nothing_is_held() -> None:
    none = HeldDays.of((), STOP)
    assert none.count(DATE(1, 1, 1), LAST) == 0
    assert not none.holds_on(DATE(2027, 1, 1))
    assert none.moved(DATE(2027, 1, 1)) == DATE(2027, 1, 1)


def test_a_day_is_held_or_not() -> None:
    days = held((DATE(2028, 2, 28), DATE(2028, 3, 1)), (DATE(2028, 3, 3), None))
    asked = [DATE(2028, 2, 27).add(days=later) for later in range(7)]
    assert [days.holds_on(day) for day in asked] == [False, True, True, True, False, True, True]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DATE(2028, 1, 30), DATE(2028, 1, 30)),
        (DATE(2028, 1, 31), DATE(2028, 3, 1)),  # both holds, which follow each other
        (DATE(2028, 2, 10), DATE(2028, 3, 1)),
        (DATE(2028, 2, 29), DATE(2028, 3, 1)),
        (DATE(2028, 3, 1), DATE(2028, 3, 1)),  # one free day between two holds
        (DATE(2028, 3, 2), DATE(2028, 3, 3)),
        (LAST, LAST),
    ],
)
def test_a_held_day_moves_to_the_first_that_is_not(day: pendulum.Date, expected: pendulum.Date) -> None:
    days = held(
        (DATE(2028, 1, 31), DATE(2028, 2, 14)),
        (DATE(2028, 2, 15), DATE(2028, 2, 29)),
        (DATE(2028, 3, 2), DATE(2028, 3, 2)),
    )
    assert days.moved(day) == expected
    assert type(days.moved(datetime.date(2028, 3, 1))) is pendulum.Date


@pytest.mark.parametrize("last", [None, LAST])
def test_no_day_moves_beyond_an_open_end_or_the_last_day_that_there_is(last: pendulum.Date | None) -> None:
    days = held((DATE(2027, 1, 4), DATE(2027, 1, 31)), (DATE(2027, 2, 1), last))
    assert days.moved(DATE(2027, 1, 3)) == DATE(2027, 1, 3)
    with pytest.raises(rp.DateError) as caught:
        days.moved(DATE(2027, 1, 4))
    assert (caught.value.code, caught.value.field) == ("hold.open_end", "holds")
    assert caught.value.data == {"day": DATE(2027, 1, 4)}


@pytest.mark.parametrize("day", [None, "2027-01-04", 739_000, True, pendulum.datetime(2027, 1, 4)])
def test_held_days_answer_about_dates_alone(day: Wrong) -> None:
    days, good = held((DATE(2027, 1, 4), None)), DATE(2027, 1, 4)
    for field, ask in (
        ("day", lambda: days.holds_on(day)),
        ("day", lambda: days.moved(day)),
        ("after", lambda: days.count(day, good)),
        ("until", lambda: days.count(good, day)),
    ):
        with pytest.raises(rp.InputTypeError) as caught:
            ask()
        assert caught.value.field == field
