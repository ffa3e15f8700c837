from __future__ import annotations

import datetime
import pickle
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp

if TYPE_CHECKING:
    from tests.overdue import Wrong

HOUSE = rp.Citation(title="house", force=rp.Force.HOUSE)
BUCKETS = rp.DelinquencyScale((rp.Band(0, 0, "M0"), rp.Band(1, None, "M1")), HOUSE)
CLASSES = rp.DelinquencyScale((rp.Band(0, 90, "normal"), rp.Band(91, None, "bad")), HOUSE)


@pytest.mark.parametrize(
    ("days", "bucket", "name"), [(0, "M0", "normal"), (90, "M1", "normal"), (91, "M1", "bad")]
)
def test_buckets_and_classes_are_read_apart(days: int, bucket: str, name: str) -> None:
    rules = rp.OverdueRules(buckets=BUCKETS, classes=CLASSES)
    assert (rules.bucket_of(days), rules.class_of(days)) == (bucket, name)


def test_classes_that_are_not_given_are_asked_for() -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rp.OverdueRules(buckets=BUCKETS).class_of(5)
    assert (caught.value.code, caught.value.field) == ("rules.classes", "classes")


def test_the_caller_may_give_the_classes() -> None:
    rules = attrs.evolve(rp.OverdueRules(buckets=BUCKETS), classes=CLASSES)
    assert rules.class_of(91) == "bad"


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"buckets": None}, "buckets"), ({"buckets": BUCKETS, "classes": (1, 90, "late")}, "classes")],
)
def test_what_is_no_scale_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.OverdueRules(**fields)
    assert caught.value.field == field


def limit(value: Wrong) -> rp.Limit[Any]:
    return rp.Limit(value, HOUSE)


def figure(field: str, value: Wrong) -> dict[str, Any]:
    return {field: limit(value)}


RULES = rp.OverdueRules(buckets=BUCKETS)


def test_what_is_not_stated_is_the_mildest() -> None:
    assert (RULES.grace, RULES.ageing) == (0, rp.Ageing.OLDEST_UNPAID)
    assert (RULES.tolerance, RULES.materiality, RULES.breach, RULES.cure) == (None, None, None, None)
    assert attrs.evolve(RULES, grace_days=limit(15)).grace == 15
    assert pickle.loads(pickle.dumps(RULES)) == RULES  # noqa: S301  # our own


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [("grace_days", 0, 4_000_000), ("reminder_days", 1, 10_000)],
)
def test_a_number_of_days_has_its_bounds(field: str, least: int, most: int) -> None:
    for value in (least, most):
        assert getattr(attrs.evolve(RULES, **figure(field, value)), field).value == value
    for value in (least - 1, most + 1):
        with pytest.raises(rp.PolicyError) as caught:
            attrs.evolve(RULES, **figure(field, value))
        assert (caught.value.code, caught.value.field) == ("count.range", field)


@pytest.mark.parametrize(
    "field",
    [
        "order",
        "grace_days",
        "grace_calendar",
        "counted_days",
        "tolerance",
        "ageing",
        "materiality",
        "breach",
        "cure",
        "reminder_days",
    ],
)
@pytest.mark.parametrize("wrong", [5, "five", HOUSE, rp.Ageing, [], True])
def test_a_rule_of_the_wrong_type_is_refused(field: str, wrong: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(RULES, **{field: wrong})
    assert caught.value.field in {field, "calendar"}


@pytest.mark.parametrize("wrong", [True, 1.0, "1", None])
def test_a_limit_on_days_holds_a_whole_number(wrong: Wrong) -> None:
    with pytest.raises(rp.InputTypeError):
        attrs.evolve(RULES, grace_days=limit(wrong))


def test_calendars_may_be_functions() -> None:
    weekday = rp.WeekendCalendar().is_business_day
    made = attrs.evolve(RULES, grace_calendar=weekday, counted_days=rp.WeekendCalendar())
    assert (made.grace_calendar, made.counted_days) == (weekday, rp.WeekendCalendar())


# ------------------------------------------------------------------------------------------ tolerance


def tolerance(floor: int, share: Wrong) -> rp.Tolerance:
    return rp.Tolerance(rp.Money.from_minor_units(floor, "EUR"), share)


@pytest.mark.parametrize(
    ("made", "asked", "most"),
    [
        (tolerance(0, 0), 10_000, 0),
        (tolerance(0, 1), 10_000, 10_000),
        (tolerance(99, Fraction(1, 100)), 10_000, 100),
        (tolerance(101, Fraction(1, 100)), 10_000, 101),
        (tolerance(0, Fraction(1, 3)), 100, 33),  # rounded down: never more than the share
        (tolerance(0, Fraction(1, 3)), 2, 0),
    ],
)
def test_the_floor_or_the_share_is_tolerated(made: rp.Tolerance, asked: int, most: int) -> None:
    assert made.most(asked) == most


@pytest.mark.parametrize(
    ("floor", "share", "field", "error"),
    [
        (rp.Money("-0.01", "EUR"), Fraction(0), "floor", rp.PolicyError),
        (5, Fraction(0), "floor", rp.InputTypeError),
        (rp.Money(0, "EUR"), Fraction(-1, 100), "share", rp.PolicyError),
        (rp.Money(0, "EUR"), Fraction(101, 100), "share", rp.PolicyError),
        (rp.Money(0, "EUR"), 2, "share", rp.PolicyError),
        (rp.Money(0, "EUR"), 0.5, "share", rp.InputTypeError),
        (rp.Money(0, "EUR"), True, "share", rp.InputTypeError),
        (rp.Money(0, "EUR"), None, "share", rp.InputTypeError),
        (rp.Money(0, "EUR"), "1/2", "share", rp.InputTypeError),
    ],
)
def test_what_makes_no_tolerance_is_refused(
    floor: Wrong, share: Wrong, field: str, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error) as caught:
        rp.Tolerance(floor, share)
    assert caught.value.field == field


# ------------------------------------------------------------------------------------------ breach and cure


@pytest.mark.parametrize(("field", "least"), [("missed", 1), ("in_a_row", 1), ("behind_days", 0)])
def test_a_breach_has_figures_within_bounds(field: str, least: int) -> None:
    for value in (least, 10_000):
        assert getattr(rp.BreachRules(**figure(field, value)), field).value == value
    for value in (least - 1, 10_001):
        with pytest.raises(rp.PolicyError) as caught:
            rp.BreachRules(**figure(field, value))
        assert caught.value.field == field
    with pytest.raises(rp.InputTypeError):
        rp.BreachRules(**{field: 3})  # type: ignore[arg-type]  # the point
    assert rp.BreachRules() == rp.BreachRules(missed=None, in_a_row=None, behind_days=None)


def test_a_cure_has_figures_within_bounds() -> None:
    made = rp.CureRules(payments=limit(0), probation_days=limit(1))
    assert made.probation_days is not None
    assert (made.payments.value, made.probation_days.value) == (0, 1)
    for fields, field in (
        ({"payments": limit(-1)}, "payments"),
        ({"payments": limit(10_001)}, "payments"),
        ({"payments": limit(1), "probation_days": limit(0)}, "probation_days"),
        ({"payments": limit(1), "probation_days": limit(4_000_001)}, "probation_days"),
    ):
        with pytest.raises(rp.PolicyError) as caught:
            rp.CureRules(**fields)
        assert caught.value.field == field
    for wrong in (None, 3, "3"):
        with pytest.raises(rp.InputTypeError):
            rp.CureRules(payments=wrong)  # type: ignore[arg-type]  # the point


# ------------------------------------------------------------------------------------------ versions

FIRST, SECOND = pendulum.date(2026, 1, 1), pendulum.date(2027, 1, 1)
NEWER = attrs.evolve(RULES, grace_days=limit(3))


def test_the_version_in_force_is_the_last_that_has_begun() -> None:
    versions: Wrong = [(datetime.date(2026, 1, 1), RULES), (SECOND, NEWER)]
    made = rp.OverdueRuleVersions(versions)
    assert {type(day) for day, _ in made.versions} == {pendulum.Date}
    for day, rules in (
        (FIRST, RULES),
        (pendulum.date(2026, 12, 31), RULES),
        (SECOND, NEWER),
        (datetime.date(9999, 12, 31), NEWER),
    ):
        assert made.in_force(day) is rules
    with pytest.raises(rp.PolicyError) as caught:
        made.in_force(pendulum.date(2025, 12, 31))
    assert (caught.value.code, caught.value.field) == ("rules.not_in_force", "on")


@pytest.mark.parametrize(
    ("versions", "field", "error"),
    [
        ((), "versions", rp.PolicyError),
        (((FIRST, RULES), (FIRST, NEWER)), "versions", rp.PolicyError),
        (((SECOND, RULES), (FIRST, NEWER)), "versions", rp.PolicyError),
        (((FIRST,),), "versions[0]", rp.PolicyError),
        (((FIRST, RULES), (SECOND, NEWER, 1)), "versions[1]", rp.PolicyError),
        (((FIRST, RULES),) * 101, "versions", rp.PolicyError),
        (((FIRST, BUCKETS),), "versions[0]", rp.InputTypeError),
        (((RULES, FIRST),), "versions[0]", rp.InputTypeError),
        (((pendulum.datetime(2026, 1, 1), RULES),), "versions[0]", rp.InputTypeError),
        (([FIRST, RULES],), "versions[0]", rp.InputTypeError),
        ({FIRST: RULES}, "versions", rp.InputTypeError),
        (None, "versions", rp.InputTypeError),
    ],
)
def test_what_makes_no_versions_is_refused(
    versions: Wrong, field: str, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error) as caught:
        rp.OverdueRuleVersions(versions)
    assert caught.value.field == field


@pytest.mark.parametrize("day", [None, "2026-01-01", pendulum.datetime(2026, 1, 1)])
def test_rules_are_in_force_on_dates(day: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.OverdueRuleVersions(((FIRST, RULES),)).in_force(day)
    assert caught.value.field == "on"
