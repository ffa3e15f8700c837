"""Timelines: which days are in them, why, and how few days are looked at for that."""

from __future__ import annotations

import datetime
import pickle
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue import timeline_walk as module
from repayplan.overdue.changes import ChangeKind, Reason, Timeline, TimelineSpan
from repayplan.overdue.timeline import timeline

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DATE = pendulum.date
EUR = rp.Currency.of("EUR")
HOUSE = rp.Citation(title="house", force=rp.Force.HOUSE)
BUCKETS = rp.DelinquencyScale((rp.Band(0, 0, "M0"), rp.Band(1, 30, "M1"), rp.Band(31, None, "M2")), HOUSE)
CLASSES = rp.DelinquencyScale((rp.Band(0, 20, "normal"), rp.Band.more_than(20, None, "watch")), HOUSE)
RULES = rp.OverdueRules(buckets=BUCKETS)
START, END = DATE(2027, 1, 1), DATE(2027, 6, 30)
K = ChangeKind


def plan(count: int = 3, **more: Wrong) -> rp.Schedule:
    """Installments of 100 EUR on the tenth of each month from January 2027 on."""
    terms = rp.Terms(
        principal=rp.Money(100 * count, EUR),
        rate=rp.Rate.annual(0),
        starts_on=START,
        first_due=DATE(2027, 1, 10),
        repayment=rp.LevelPayment(count),
        **more,
    )
    return rp.build_schedule(terms)


def paid(amount: int | str, day: datetime.date, name: str = "", **more: Wrong) -> rp.Payment:
    return rp.Payment(name or f"of {day}", rp.Money(amount, EUR), day, **more)


def limit(value: int) -> rp.Limit[int]:
    return rp.Limit(value, HOUSE)


def told(found: Timeline) -> list[tuple[str, list[tuple[ChangeKind, int | str | None]]]]:
    """The days with what happened, as short as can be."""
    return [(f"{change.day:%m-%d}", [(each.kind, each.what) for each in change.reasons]) for change in found]


def days_with(found: Timeline, kind: ChangeKind) -> list[str]:
    return [f"{change.day:%m-%d}" for change in found if kind in change.kinds]


# ------------------------------------------------------------------------------------------ what is told


def test_a_plan_that_is_kept_tells_of_due_days_and_payments() -> None:
    kept = [paid(100, DATE(2027, month, 10), f"p{month}") for month in (1, 2, 3)]
    assert told(timeline(plan(), kept, START, END, RULES)) == [
        ("01-10", [(K.PAYMENT, "p1"), (K.DUE, 1)]),
        ("02-10", [(K.PAYMENT, "p2"), (K.DUE, 2)]),
        ("03-10", [(K.PAYMENT, "p3"), (K.DUE, 3), (K.COMPLETED, None), (K.STATE, None)]),
    ]


def test_a_missed_installment_is_followed_to_its_cure() -> None:
    rules = attrs.evolve(
        RULES,
        classes=CLASSES,
        grace_days=limit(3),
        breach=rp.BreachRules(missed=limit(1), behind_days=limit(20)),
        cure=rp.CureRules(payments=limit(1), probation_days=limit(30)),
    )
    payments = [paid(200, DATE(2027, 2, 12), "p1"), paid(50, DATE(2027, 3, 10), "p2")]
    found = timeline(plan(), payments, START, DATE(2027, 3, 12), rules)
    assert told(found) == [
        ("01-10", [(K.DUE, 1), (K.STATE, None)]),
        ("01-11", [(K.PAST_DUE, 1), (K.STATE, None), (K.BUCKET, None)]),
        ("01-14", [(K.BEYOND_GRACE, None), (K.BREACHED, None), (K.STATE, None)]),
        ("01-31", [(K.CLASS, None)]),
        ("02-10", [(K.DUE, 2), (K.BUCKET, None)]),
        ("02-11", [(K.PAST_DUE, 2)]),
        (
            "02-12",
            [
                (K.PAYMENT, "p1"),
                (K.SETTLED, 1),
                (K.SETTLED, 2),
                (K.CURED, None),
                (K.STATE, None),
                (K.BUCKET, None),
                (K.CLASS, None),
            ],
        ),
        ("03-10", [(K.PAYMENT, "p2"), (K.DUE, 3), (K.STATE, None)]),
        ("03-11", [(K.PAST_DUE, 3), (K.STATE, None), (K.BUCKET, None)]),
    ]
    assert [change.after.state for change in found][-4:] == [
        rp.StandingState.IN_BREACH,
        rp.StandingState.CURED,
        rp.StandingState.DUE,
        rp.StandingState.LATE,
    ]
    assert days_with(timeline(plan(), payments, START, END, rules), K.PROBATION_ENDS) == ["03-14"]


def test_before_and_after_are_the_standings_of_the_two_days() -> None:
    payments = [paid(100, DATE(2027, 1, 25))]
    found = timeline(plan(1), payments, START, END, RULES)
    (change,) = [change for change in found if K.PAYMENT in change.kinds]
    before, after = (rp.standing_on(plan(1), payments, DATE(2027, 1, day), RULES) for day in (24, 25))
    assert (change.before.days_past_due, change.before.past_due) == (14, rp.Money(100, EUR))
    for at, standing in ((change.before, before), (change.after, after)):
        assert (at.state, at.bucket, at.class_) == (standing.state, standing.bucket, standing.class_)
        assert (at.days_past_due, at.past_due) == (standing.days_past_due, standing.past_due)


def test_the_closing_is_the_standing_of_the_last_day_however_long_nothing_changed() -> None:
    payments = [paid(100, DATE(2027, 1, 10))]
    far = DATE(2031, 1, 1)
    found = timeline(plan(), payments, START, far, RULES)
    standing = rp.standing_on(plan(), payments, far, RULES)
    assert found[-1].day < DATE(2027, 6, 1)
    assert found.closing.days_past_due == standing.days_past_due == 1421
    assert found.closing == attrs.evolve(found[-1].after, days_past_due=1421)


def test_the_closing_of_a_timeline_without_changes_goes_on_from_its_opening() -> None:
    quiet = timeline(plan(), [], DATE(2027, 4, 20), DATE(2027, 4, 25), RULES)
    assert not quiet.changes
    assert (quiet.opening.days_past_due, quiet.closing.days_past_due) == (99, 105)


def test_a_cure_without_trouble_after_it_ends_with_its_probation() -> None:
    cure = rp.CureRules(payments=limit(0), probation_days=limit(5))
    payments = [paid(100, DATE(2027, 1, 15)), paid(100, DATE(2027, 2, 10))]
    found = timeline(plan(), payments, START, DATE(2027, 2, 28), attrs.evolve(RULES, cure=cure))
    assert days_with(found, K.CURED) == ["01-15"]
    assert days_with(found, K.PROBATION_ENDS) == ["01-20"]
    assert days_with(found, K.STATE) == ["01-10", "01-11", "01-15", "01-20"]


def test_waivers_charges_and_the_up_front_payment_are_told_of() -> None:
    upfront = plan(upfront=rp.Money(30, EUR))
    waiver = rp.Waiver("w1", rp.Money(10, EUR), 1, rp.Component.PRINCIPAL, DATE(2027, 1, 20))
    charge = rp.Charge("c1", rp.Money(5, EUR), 1, rp.Component.FEES, DATE(2027, 1, 21))
    payments = [paid(30, START, "p0"), paid(80, DATE(2027, 1, 10), "p1")]
    assert told(
        timeline(upfront, payments, START, DATE(2027, 2, 9), RULES, waivers=[waiver], charges=[charge])
    ) == [
        ("01-01", [(K.PAYMENT, "p0"), (K.DUE, 0)]),
        ("01-10", [(K.PAYMENT, "p1"), (K.DUE, 1), (K.STATE, None)]),
        ("01-11", [(K.PAST_DUE, 1), (K.BEYOND_GRACE, None), (K.STATE, None), (K.BUCKET, None)]),
        ("01-20", [(K.WAIVER, "w1"), (K.SETTLED, 1), (K.CURED, None), (K.STATE, None), (K.BUCKET, None)]),
        ("01-21", [(K.CHARGE, "c1")]),
    ]


def test_an_installment_that_asks_for_nothing_any_more_does_not_fall_due() -> None:
    one = plan()
    waiver = rp.Waiver("w1", one[1].amount, 2, rp.Component.PRINCIPAL, DATE(2027, 1, 5))
    found = timeline(one, [], START, END, RULES, waivers=(waiver,))
    assert days_with(found, K.DUE) == ["01-10", "03-10"]


def test_holds_begin_and_end_and_stop_the_count() -> None:
    stop = frozenset({rp.HoldEffect.PLAN_DAYS_STOP})
    first, last = DATE(2027, 1, 21), DATE(2027, 2, 4)
    holds = [
        rp.Hold("h1", rp.HoldKind.COMPLAINT, stop, first, last),
        rp.Hold("h2", rp.HoldKind.OTHER, {rp.HoldEffect.FEES_STOP}, first, None),
        rp.Hold("h3", rp.HoldKind.OTHER, stop, first, last, debtor="bob"),
        rp.Hold("h4", rp.HoldKind.OTHER, stop, first, last, recorded_on=DATE(2027, 5, 1)),
    ]
    found = timeline(plan(1), [], START, END, RULES, holds, known_on=DATE(2027, 4, 1), debtor="ann")
    assert told(found) == [
        ("01-10", [(K.DUE, 1), (K.STATE, None)]),
        ("01-11", [(K.PAST_DUE, 1), (K.BEYOND_GRACE, None), (K.STATE, None), (K.BUCKET, None)]),
        ("01-21", [(K.HOLD_BEGINS, "h1"), (K.HOLD_BEGINS, "h2"), (K.STATE, None)]),
        ("02-05", [(K.HOLD_ENDS, "h1"), (K.STATE, None)]),
        ("02-25", [(K.BUCKET, None)]),
    ]
    assert (found[3].before.days_past_due, found[3].after.days_past_due) == (10, 11)


def test_another_version_of_the_rules_is_a_change() -> None:
    strict = attrs.evolve(RULES, grace_days=limit(0))
    mild = attrs.evolve(RULES, grace_days=limit(20))
    versions = rp.OverdueRuleVersions(((DATE(2027, 1, 1), mild), (DATE(2027, 1, 15), strict)))
    found = timeline(plan(1), [], START, DATE(2027, 1, 31), versions)
    assert told(found)[-1] == ("01-15", [(K.RULES, None), (K.BEYOND_GRACE, None), (K.STATE, None)])


def test_the_first_rules_judge_the_day_before_the_first_day() -> None:
    versions = rp.OverdueRuleVersions(((DATE(2027, 1, 20), RULES),))
    found = timeline(plan(1), [], DATE(2027, 1, 20), DATE(2027, 1, 31), versions)
    assert (found.opening.days_past_due, len(found)) == (9, 0)
    with pytest.raises(rp.PolicyError) as caught:
        timeline(plan(1), [], DATE(2027, 1, 19), DATE(2027, 1, 31), versions)
    assert caught.value.code == "rules.not_in_force"


def test_the_contract_has_its_own_clock() -> None:
    rules = attrs.evolve(RULES, classes=CLASSES)
    kept = [paid(100, DATE(2027, 1, 10))]
    contract = DATE(2027, 1, 5)
    found = timeline(plan(1), kept, START, END, rules, contract_due_on=contract)
    assert told(found)[-1] == ("01-26", [(K.CONTRACT_CLASS, None)])
    assert (found[-1].before.contract_class, found[-1].after.contract_class) == ("normal", "watch")


def test_the_regulators_clock_waits_for_materiality() -> None:
    rules = attrs.evolve(RULES, classes=CLASSES, materiality=rp.Tolerance(rp.Money(150, EUR), Fraction(0)))
    found = timeline(plan(), [], START, END, rules)
    assert days_with(found, K.CLASS) == ["03-03"]


def test_business_days_and_the_grace_of_business_days() -> None:
    weekends = rp.WeekendCalendar()
    rules = attrs.evolve(
        RULES, classes=CLASSES, counted_days=weekends, grace_calendar=weekends, grace_days=limit(3)
    )
    found = timeline(plan(1), [], START, END, rules)
    assert days_with(found, K.PAST_DUE) == ["01-11"]
    assert days_with(found, K.BEYOND_GRACE) == ["01-14"]
    assert days_with(found, K.CLASS) == ["02-08"]
    assert days_with(found, K.BUCKET) == ["01-11", "02-22"]


def test_a_calendar_is_asked_about_no_day_twice_and_none_after_the_end() -> None:
    asked: list[pendulum.Date] = []

    def is_open(day: pendulum.Date) -> bool:
        asked.append(day)
        return day.isoweekday() < 6

    rules = attrs.evolve(RULES, counted_days=is_open, grace_calendar=is_open, grace_days=limit(40))
    timeline(plan(1), [], START, DATE(2027, 2, 10), rules)
    assert max(asked) <= DATE(2027, 2, 10)
    assert len(asked) <= 2 * len(set(asked))


def test_a_reversal_that_is_known_leaves_nothing_of_its_payment() -> None:
    payment = paid(100, DATE(2027, 1, 10), "p1")
    back = paid(100, DATE(2027, 1, 20), "r1", reverses="p1")
    both = timeline(plan(1), [payment, back], START, END, RULES)
    assert both == timeline(plan(1), [], START, END, RULES)
    believed = timeline(plan(1), [payment, back], START, END, RULES, known_on=DATE(2027, 1, 19))
    assert believed == timeline(plan(1), [payment], START, END, RULES)


def test_a_tolerated_rest_completes_the_plan_on_its_last_due_day() -> None:
    rules = attrs.evolve(RULES, tolerance=rp.Tolerance(rp.Money(1, EUR), Fraction(0)))
    found = timeline(plan(1), [paid("99.50", DATE(2027, 1, 4))], START, END, rules)
    assert days_with(found, K.COMPLETED) == ["01-10"]


# ------------------------------------------------------------------------------------------ its histories


def test_a_bucket_is_entered_on_one_day_and_left_on_another() -> None:
    found = timeline(plan(1), [paid(100, DATE(2027, 3, 1))], START, END, RULES)
    assert found.bucket_history == (
        TimelineSpan("M0", None, DATE(2027, 1, 11)),
        TimelineSpan("M1", DATE(2027, 1, 11), DATE(2027, 2, 10)),
        TimelineSpan("M2", DATE(2027, 2, 10), DATE(2027, 3, 1)),
        TimelineSpan("M0", DATE(2027, 3, 1), None),
    )
    assert [span.value for span in found.class_history] == [None]
    assert [span.value.name for span in found.state_history] == [
        "ON_TRACK",
        "DUE",
        "BEYOND_GRACE",
        "COMPLETED",
    ]


def test_what_is_entered_on_the_first_day_says_so() -> None:
    found = timeline(plan(1), [], DATE(2027, 1, 11), DATE(2027, 1, 20), RULES)
    assert found.bucket_history == (TimelineSpan("M1", DATE(2027, 1, 11), None),)
    later = timeline(plan(1), [], DATE(2027, 1, 12), DATE(2027, 1, 20), RULES)
    assert later.bucket_history == (TimelineSpan("M1", None, None),)


# ------------------------------------------------------------------------------------------ what it is


def test_a_timeline_is_a_sequence_that_shows_nothing_personal() -> None:
    found = timeline(plan(1), [], START, END, RULES)
    assert (len(found), found[0].day, found[-2:]) == (3, DATE(2027, 1, 10), found.changes[1:])
    assert repr(found) == "<Timeline from 2027-01-01 to 2027-06-30: 3 changes>"
    assert repr(found[1]) == "<Change on 2027-01-11: beyond grace, bucket, past due, state>"
    assert repr(found.opening) == "<Position: on track>"
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own
    assert found[0].reasons[0] == Reason(K.DUE, 1)


def test_plain_dates_will_do_and_a_single_day_too() -> None:
    found = timeline(plan(1), [], datetime.date(2027, 1, 10), datetime.date(2027, 1, 10), RULES)
    assert [change.day for change in found] == [DATE(2027, 1, 10)]
    assert {type(found.start), type(found.end), type(found[0].day)} == {pendulum.Date}


def test_the_first_and_the_last_day_that_there_are() -> None:
    assert not timeline(plan(1), [], DATE(1, 1, 1), DATE(1, 1, 2), RULES).changes
    late = timeline(plan(1), [], DATE(9999, 12, 1), DATE(9999, 12, 31), RULES)
    assert (late.opening.bucket, late.changes) == ("M2", ())


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        ({"end": DATE(2026, 12, 31)}, rp.DateError, "timeline.window"),
        ({"end": START.add(days=36_526)}, rp.DateError, "timeline.window"),
        ({"end": None}, rp.InputTypeError, "date.type"),
        ({"start": "2027-01-01"}, rp.InputTypeError, "date.type"),
        ({"rules": None}, rp.InputTypeError, "type.wrong"),
        ({"known_on": 1}, rp.InputTypeError, "date.type"),
        ({"schedule": None}, rp.InputTypeError, "type.wrong"),
        ({"payments": [paid(1, START), paid(1, START)]}, rp.PaymentError, "payment.duplicate"),
    ],
)
def test_what_makes_no_timeline_is_refused(change: Wrong, error: type[rp.RepayPlanError], code: str) -> None:
    arguments: Wrong = {"schedule": plan(), "payments": [], "start": START, "end": END, "rules": RULES}
    with pytest.raises(error) as caught:
        timeline(**{**arguments, **change})
    assert caught.value.code == code


def test_a_hundred_years_can_be_looked_at() -> None:
    assert len(timeline(plan(1), [], START, START.add(days=36_525), RULES)) == 3


def test_more_than_can_be_told_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    payments = [paid(1, START.add(days=day), f"p{day}") for day in range(9, 20)]
    days = 11 + 1  # those of the payments, the first due day among them, and the next due day
    size = 11 + 3  # payments and installments
    monkeypatch.setattr(module, "WORK_MAX", (days + 1) * size)  # and the day after that due day
    assert timeline(plan(), payments, START, DATE(2027, 2, 11), RULES)
    for most in (days, days - 1):
        monkeypatch.setattr(module, "WORK_MAX", most * size)
        with pytest.raises(rp.DateError) as caught:
            timeline(plan(), payments, START, DATE(2027, 2, 11), RULES)
        assert (caught.value.code, caught.value.field) == ("timeline.work", "end")


# ------------------------------------------------------------------------------------------ how few days


def visits(monkeypatch: pytest.MonkeyPatch, *arguments: Wrong, **more: Wrong) -> tuple[Timeline, int]:
    """A timeline, and on how many days it looked."""
    looked: list[object] = []
    plain: Wrong = vars(module)["standing_of"]

    def standing_of(*given: Wrong) -> Wrong:
        looked.append(given)
        return plain(*given)

    with monkeypatch.context() as patched:
        patched.setattr(module, "standing_of", standing_of)
        return timeline(*arguments, **more), len(looked)


FIVE_YEARS = (DATE(2027, 1, 1), DATE(2031, 12, 31))


@pytest.mark.parametrize(
    ("late", "counted"), [(0, None), (4, None), (45, None), (45, rp.WeekendCalendar())], ids=str
)
def test_over_five_years_hardly_a_day_is_looked_at_without_a_change(
    monkeypatch: pytest.MonkeyPatch, late: int, counted: rp.Calendar | None
) -> None:
    long = plan(60)
    payments = [
        paid(100, row.due_on.add(days=late), f"p{row.number}") for row in long if row.number % 7 or not late
    ]
    rules = attrs.evolve(
        RULES,
        classes=CLASSES,
        grace_days=limit(3),
        counted_days=counted,
        grace_calendar=counted,
        breach=rp.BreachRules(missed=limit(3), in_a_row=limit(2), behind_days=limit(60)),
        cure=rp.CureRules(payments=limit(3), probation_days=limit(90)),
    )
    hold = rp.Hold("h1", rp.HoldKind.OTHER, set(rp.HoldEffect), DATE(2028, 1, 4), DATE(2028, 2, 4))
    found, looked = visits(monkeypatch, long, payments, *FIVE_YEARS, rules, [hold])
    assert len(found) <= looked <= 1.5 * len(found)


def test_a_plan_that_is_kept_is_looked_at_on_its_due_days_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    long = plan(60)
    payments = [paid(100, row.due_on, f"p{row.number}") for row in long]
    found, looked = visits(monkeypatch, long, payments, *FIVE_YEARS, RULES)
    assert (len(found), looked) == (60, 61)  # and the day before the first
