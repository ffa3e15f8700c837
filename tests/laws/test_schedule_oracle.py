"""The engine against a second one that shares no code with it, and the advice of every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle
from tests.laws.schedule_strategies import build_or_follow_advice, follow_advice, terms
from tests.schedule import DATE, cents, euros, terms_with

if TYPE_CHECKING:
    import pendulum


def outcome(asked: rp.Terms) -> rp.Schedule | rp.TermsError | rp.DateError:
    """Build, giving the refusal as a value."""
    try:
        return rp.build_schedule(asked)
    except (rp.TermsError, rp.DateError) as error:
        return error


def as_oracle_rows(schedule: rp.Schedule) -> list[oracle.Row]:
    return [
        oracle.Row(
            row.number,
            row.scheduled_for,
            row.due_on,
            row.opening.minor_units,
            row.principal.minor_units,
            row.interest.minor_units,
            (
                row.carried_interest.minor_units,
                row.carried_fees.minor_units,
                row.carried_penalties.minor_units,
            ),
        )
        for row in schedule
    ]


def is_refused(asked: rp.Terms) -> bool:
    return isinstance(outcome(asked), rp.TermsError)


def check_against_the_oracle(asked: rp.Terms) -> None:
    result = outcome(asked)
    try:
        expected = oracle.expected_rows(asked)
    except oracle.NoDateError:
        assert isinstance(result, rp.DateError)
        return
    if isinstance(result, rp.Schedule):
        assert as_oracle_rows(result) == expected
        assert [row.amount.minor_units for row in result] == [row.amount for row in expected or []]
        assert [row.fees.minor_units for row in result] == [0] * len(result)
    else:
        # What the engine refuses has no valid schedule in the other one's eyes either.
        assert isinstance(result, rp.TermsError)
        assert expected is None


# The whole comparison is cheap and the space is large, so it searches longer than the other laws.
@settings(max_examples=4 * settings().max_examples)
@given(asked=terms())
def test_rows_equal_those_of_an_independent_engine(asked: rp.Terms) -> None:
    check_against_the_oracle(asked)


# Each long schedule costs the slow engine a while, so there are fewer of them.
@settings(max_examples=settings().max_examples // 5)
@given(asked=terms(("counted",)), count=st.integers(230, 330))
def test_long_level_schedules_equal_those_of_an_independent_engine(asked: rp.Terms, count: int) -> None:
    low = attrs.evolve(asked.rate, value=asked.rate.value / 50)
    check_against_the_oracle(attrs.evolve(asked, rate=low, repayment=rp.LevelPayment(count)))


def never(_day: pendulum.Date) -> bool:
    return False


LAST_YEAR: dict[str, object] = {"starts_on": DATE(9999, 10, 5), "first_due": DATE(9999, 11, 5)}
KNOWN_2026 = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2026, 12, 31))
SHORT: list[object] = [
    *(rp.LevelPayment(7), rp.EqualPrincipal(5), rp.FlatInterest(5)),
    *(rp.FixedPayment(cents(units)) for units in (1, 2, 3)),
]
ROUNDINGS: list[object] = [rp.Rounding.HALF_EVEN, rp.Rounding.UP, rp.Rounding.DOWN]
HARD: list[dict[str, object]] = [
    # the end of time, in months, in days, and by a move
    LAST_YEAR,
    {**LAST_YEAR, "repayment": rp.LevelPayment(2)},
    {**LAST_YEAR, "frequency": rp.Frequency.every_days(40)},
    {**LAST_YEAR, "repayment": rp.LevelPayment(2), "frequency": rp.Frequency.every_days(40)},
    {**LAST_YEAR, "calendar": lambda day: day < DATE(9999, 11, 1)},
    # calendars that never open, or end too soon
    *({"calendar": never, "convention": convention} for convention in rp.BusinessDayConvention),
    {"calendar": KNOWN_2026},
    {"calendar": KNOWN_2026, "repayment": rp.LevelPayment(11)},
    {"calendar": KNOWN_2026, "repayment": rp.FixedPayment(euros("100"))},
    # from one end of February to the next
    *(
        {
            "starts_on": DATE(2027, 2, 28),
            "first_due": DATE(2028, 2, 29),
            "frequency": rp.Frequency.ANNUAL,
            "day_count": day_count,
            "repayment": rp.LevelPayment(count),
        }
        for day_count in rp.DayCount
        for count in (1, 2, 4)
    ),
    # empty first periods on the last of February
    *(
        {
            "starts_on": DATE(2026, 2, 28),
            "first_due": DATE(2026, 2, 28),
            "day_count": day_count,
            "repayment": rp.LevelPayment(count),
        }
        for day_count in rp.DayCount
        for count in (1, 2)
    ),
    # debts of a few cents, and payments that take too long
    *(
        {"principal": cents(units), "repayment": pattern, "rounding": rounding}
        for units in (1, 4, 5, 10)
        for pattern in SHORT
        for rounding in ROUNDINGS
    ),
    {"principal": cents(10_000), "rate": rp.Rate.annual("0"), "repayment": rp.FixedPayment(cents(1))},
    {"principal": cents(10_001), "rate": rp.Rate.annual("0"), "repayment": rp.FixedPayment(cents(1))},
]


@pytest.mark.parametrize("changes", HARD)
def test_rows_of_hard_terms_equal_those_of_an_independent_engine(changes: dict[str, object]) -> None:
    check_against_the_oracle(terms_with(**changes))


@pytest.mark.parametrize("changes", HARD)
def test_hard_terms_lead_to_a_schedule_once_their_advice_is_followed(changes: dict[str, object]) -> None:
    assert build_or_follow_advice(terms_with(**changes))[-1].closing == cents(0)


@given(asked=terms(("counted",)))
def test_the_count_that_a_refusal_names_works_and_one_more_does_not(asked: rp.Terms) -> None:
    refused = outcome(asked)
    if not isinstance(refused, rp.TermsError):
        return
    advised = follow_advice(asked, refused)
    assert isinstance(advised.repayment, (rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest))
    assert advised.repayment.count == refused.data["count"]
    assert str(advised.repayment.count) in refused.message
    assert len(rp.build_schedule(advised)) == advised.repayment.count
    one_more = attrs.evolve(advised.repayment, count=advised.repayment.count + 1)
    assert is_refused(attrs.evolve(advised, repayment=one_more))


@given(asked=terms(("counted",)))
def test_the_count_that_a_refusal_names_is_the_greatest_below_the_one_asked_for(asked: rp.Terms) -> None:
    refused = outcome(asked)
    if not isinstance(refused, rp.TermsError):
        return
    pattern = asked.repayment
    assert isinstance(pattern, (rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest))
    works = [
        count
        for count in range(1, pattern.count)
        if oracle.expected_rows(attrs.evolve(asked, repayment=attrs.evolve(pattern, count=count)))
    ]
    assert refused.data["count"] == max(works)


@given(asked=terms(("fixed",)))
def test_the_least_payment_that_a_refusal_names_works_and_one_unit_less_does_not(asked: rp.Terms) -> None:
    refused = outcome(asked)
    if not isinstance(refused, rp.TermsError):
        return
    least = refused.data["least_payment"]
    assert isinstance(least, rp.Money)
    assert str(least) in refused.message
    assert rp.build_schedule(attrs.evolve(asked, repayment=rp.FixedPayment(least)))
    less = rp.Money.from_minor_units(least.minor_units - 1, least.currency)
    assert less.minor_units == 0 or is_refused(attrs.evolve(asked, repayment=rp.FixedPayment(less)))


@given(asked=terms(("counted",)), count=st.integers(1, 300))
def test_the_least_payment_that_a_level_refusal_names_works_as_a_fixed_one(
    asked: rp.Terms, count: int
) -> None:
    # At the highest rate a long level payment hardly exceeds the interest, so that rounding decides.
    level = attrs.evolve(asked, rate=rp.Rate.annual("4"), repayment=rp.LevelPayment(count))
    refused = outcome(level)
    if not isinstance(refused, rp.NegativeAmortizationError):
        return
    least = refused.data["least_payment"]
    assert isinstance(least, rp.Money)
    assert rp.build_schedule(attrs.evolve(level, repayment=rp.FixedPayment(least)))


@given(asked=terms(("custom",)))
def test_following_the_advice_on_listed_payments_ends_in_a_schedule(asked: rp.Terms) -> None:
    schedule = build_or_follow_advice(asked)
    assert sum(row.principal.minor_units for row in schedule) == oracle.amortized(asked)


@given(asked=terms())
def test_the_same_terms_give_the_same_schedule_or_the_same_refusal(asked: rp.Terms) -> None:
    first, second = outcome(asked), outcome(asked)
    if isinstance(first, rp.Schedule):
        assert first == second
    else:
        assert isinstance(second, type(first))
        assert (first.code, first.field, first.data) == (second.code, second.field, second.data)


@given(asked=terms())
def test_a_refusal_comes_of_the_terms_and_never_of_the_results_own_checks(asked: rp.Terms) -> None:
    # "schedule.…" would mean that the engine had made something that is no schedule
    result = outcome(asked)
    assert isinstance(result, rp.Schedule) or not result.code.startswith("schedule.")
