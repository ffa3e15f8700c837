"""Hostile and malformed terms: each is refused as the catalogue of bad inputs wants, and at once."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import pendulum
import pytest

import repayplan as rp
from tests.clock import within
from tests.reference import load

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = pendulum.date(2026, 2, 28)


def terms_with(**changes: object) -> rp.Terms:
    fields: dict[str, Any] = {
        "principal": rp.Money("1200", "EUR"),
        "rate": rp.Rate.annual("0.12"),
        "starts_on": pendulum.date(2026, 1, 31),
        "first_due": FIRST,
        "repayment": rp.LevelPayment(12),
        **changes,
    }
    return rp.Terms(**fields)


def build(**changes: object) -> rp.Schedule:
    return rp.build_schedule(terms_with(**changes))


def by_hand(*days: pendulum.Date) -> rp.Schedule:
    return rp.Schedule(terms_with(), days, days, (40_000,) * 3, (0,) * 3)


def closed_for_400_days() -> rp.ExplicitCalendar:
    days = [FIRST + datetime.timedelta(days=offset) for offset in range(400)]
    return rp.ExplicitCalendar(pendulum.date(2026, 1, 1), pendulum.date(2029, 12, 31), closed=frozenset(days))


def unknown_answer(_day: pendulum.Date) -> Any:  # noqa: ANN401  wrong on purpose
    return None


class Bad(NamedTuple):
    """One hostile input: its place in the catalogue (or a name), what it does, and how it must end."""

    identity: str
    attempt: Callable[[], object]
    error: type[rp.RepayPlanError]
    field: str
    says: tuple[str, ...] = ()


COUNTED: list[Callable[[Any], object]] = [rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest]


def counts(identity: str, values: list[object], error: type[rp.RepayPlanError], says: str) -> list[Bad]:
    return [
        Bad(identity, lambda pattern=pattern, value=value: pattern(value), error, "count", (says,))  # type: ignore[misc]
        for pattern in COUNTED
        for value in values
    ]


BAD = [
    *counts("term-01", [0, -1], rp.TermsError, "1 to 10000"),
    *counts("term-03", [True], rp.InputTypeError, "int"),
    *counts("term-04", [12.0, Decimal(12), "12"], rp.InputTypeError, "int"),
    *counts("a count beyond the bound", [10_001, 10**9, 10**40], rp.TermsError, "1 to 10000"),
    Bad(
        "money-16",
        lambda: terms_with(principal=rp.Money(Decimal("-100.00"), "EUR")),
        rp.TermsError,
        "principal",
        ("above zero", "-100.00 EUR"),
    ),
    Bad("rate-06", lambda: rp.Rate.annual(Decimal("1E-400")), rp.RateError, "value", ("40 digits",)),
    Bad("rate-08", lambda: rp.Rate.annual(Decimal(9999999)), rp.RateError, "value", ("4 a year",)),
    Bad("a rate of 10**9", lambda: rp.Rate.annual(10**9), rp.RateError, "value", ("0.05",)),
    Bad("a rate of '1000000000'", lambda: rp.Rate.annual("1000000000"), rp.RateError, "value", ("4 a year",)),
    Bad(
        "a rate of 10**9 a day", lambda: rp.Rate.daily(Fraction(10**9)), rp.RateError, "value", ("4 a year",)
    ),
    Bad(
        "date-03",
        lambda: build(first_due=datetime.date.max),
        rp.DateError,
        "due_dates",
        ("9999",),
    ),
    Bad(
        "date-05",
        lambda: terms_with(first_due=pendulum.date(2026, 1, 30)),
        rp.DateError,
        "first_due",
        ("2026-01-30", "2026-01-31"),
    ),
    Bad(
        "date-12",
        lambda: by_hand(FIRST, pendulum.date(2026, 4, 28), pendulum.date(2026, 3, 28)),
        rp.TermsError,
        "scheduled[2]",
        ("2026-04-28 (row 2)", "2026-03-28 (row 3)"),
    ),
    Bad(
        "date-12",
        lambda: by_hand(FIRST, pendulum.date(2026, 3, 28), pendulum.date(2026, 3, 28)),
        rp.TermsError,
        "scheduled[2]",
        ("2026-03-28 (row 2)", "2026-03-28 (row 3)"),
    ),
    Bad("calendar-01", lambda: build(calendar=closed_for_400_days()), rp.DateError, "calendar", ("366",)),
    Bad("calendar-01", lambda: build(calendar=lambda _: False), rp.DateError, "calendar", ("366",)),
    Bad(
        "calendar-03", lambda: build(calendar=unknown_answer), rp.InputTypeError, "calendar", ("2026-02-28",)
    ),
    Bad(
        "a payment in another currency",
        lambda: terms_with(repayment=rp.FixedPayment(rp.Money("100", "USD"))),
        rp.MoneyError,
        "repayment",
        ("EUR", "USD"),
    ),
    Bad(
        "a step in another currency",
        lambda: terms_with(repayment=rp.LevelPayment(12, step=rp.Money("1", "USD"))),
        rp.MoneyError,
        "repayment",
        ("EUR", "USD"),
    ),
    Bad(
        "a payment that lasts for ever, for a debt at the bound of money",
        lambda: build(
            principal=rp.Money.from_minor_units(10**18, "EUR"),
            rate=rp.Rate.annual("4"),
            starts_on=pendulum.date(2016, 2, 28),
            frequency=rp.Frequency.every_months(120),
            repayment=rp.FixedPayment(rp.Money("0.01", "EUR")),
        ),
        rp.RepayPlanError,
        "amount",
    ),
    Bad(
        "a payment that lasts for ever",
        lambda: build(
            principal=rp.Money.from_minor_units(10**17, "EUR"), repayment=rp.FixedPayment(rp.Money(1, "EUR"))
        ),
        rp.NegativeAmortizationError,
        "amount",
        ("the least payment that would do",),
    ),
]


@pytest.fixture(autouse=True)
def _warm() -> None:
    """Load everything first: the time limit is about the input, not about importing."""
    build(calendar=rp.WeekendCalendar())


@pytest.mark.parametrize("bad", [pytest.param(bad, id=bad.identity) for bad in BAD])
def test_a_bad_input_is_refused_at_once_with_its_field_and_its_cure(bad: Bad) -> None:
    with within(0.1), pytest.raises(bad.error) as caught:
        bad.attempt()
    assert caught.value.field == bad.field
    for words in bad.says:
        assert words in caught.value.message


def test_the_catalogue_has_no_term_that_is_missing_here() -> None:
    wanted = {row["id"] for row in load("bad_inputs.json")["inputs"] if row["area"] == "term"}
    assert wanted <= {bad.identity for bad in BAD}


def test_a_calendar_that_raises_is_passed_through_with_the_date_that_it_was_asked() -> None:
    trouble = RuntimeError("the calendar's own trouble")

    def raising(_day: pendulum.Date) -> bool:
        raise trouble

    with pytest.raises(RuntimeError) as caught:
        build(calendar=raising)
    assert caught.value is trouble
    assert any("2026-02-28" in note for note in caught.value.__notes__)


def test_a_calendar_that_changes_its_answer_is_asked_once_and_what_it_said_is_kept() -> None:
    answers = iter([True] * 12)

    def fickle(_day: pendulum.Date) -> bool:
        return next(answers, False)

    schedule = build(calendar=fickle)
    assert [row.due_on for row in schedule] == [row.scheduled_for for row in schedule]
    assert schedule.to_rows() == schedule.to_rows()


@pytest.mark.parametrize(
    "changes",
    [
        {"repayment": rp.LevelPayment(10_000), "rate": rp.Rate.annual("0.001")},
        {
            "repayment": rp.LevelPayment(10_000),
            "rate": rp.Rate.annual("0.001"),
            "day_count": rp.DayCount.ACT_ACT_ISDA,
            "calendar": rp.WeekendCalendar(),
        },
        {"repayment": rp.EqualPrincipal(10_000)},
        {"repayment": rp.FlatInterest(10_000)},
        {"repayment": rp.FixedPayment(rp.Money("1000000", "EUR")), "rate": rp.Rate.annual("0")},
    ],
)
def test_ten_thousand_installments_are_built_within_a_second(changes: dict[str, object]) -> None:
    with within(1):
        schedule = build(principal=rp.Money("10000000000", "EUR"), frequency=rp.Frequency.WEEKLY, **changes)
    assert len(schedule) == 10_000


@pytest.mark.parametrize("day_count", [rp.DayCount.NOMINAL, rp.DayCount.ACT_ACT_ISDA])
@pytest.mark.parametrize("repayment", [rp.LevelPayment(10_000), rp.FixedPayment(rp.Money("0.01", "EUR"))])
def test_the_longest_schedule_at_the_most_precise_rate_ends_within_seconds(
    day_count: rp.DayCount, repayment: object
) -> None:
    # a fraction at the bound of its size: the exact payment must not cost time beyond all measure
    rate = rp.Rate.annual(Fraction(2**254 + 1, 2**255 - 19))
    with within(2), pytest.raises(rp.TermsError):
        build(frequency=rp.Frequency.WEEKLY, rate=rate, day_count=day_count, repayment=repayment)
