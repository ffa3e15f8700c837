"""The engine against a second one that shares no code with it, and the advice of every refusal."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle
from tests.laws.advice import ADVISED, build_or_follow_advice, follow_advice
from tests.laws.hard_terms import HARD
from tests.laws.repayment_strategies import with_count
from tests.laws.schedule_strategies import FEATURES, terms
from tests.schedule import terms_with

Outcome = rp.Schedule | rp.TermsError | rp.DateError | rp.MoneyError
MINOR_UNITS_MAX = 10**18


def outcome(asked: rp.Terms) -> Outcome:
    """Build, giving the refusal as a value."""
    try:
        return rp.build_schedule(asked)
    except (rp.TermsError, rp.DateError, rp.MoneyError) as error:
        return error


def as_oracle_rows(schedule: rp.Schedule) -> list[oracle.Row]:
    return [
        oracle.Row(
            number=row.number,
            scheduled_for=row.scheduled_for,
            due_on=row.due_on,
            opening=row.opening.minor_units,
            principal=row.principal.minor_units,
            accrued=row.accrued.minor_units,
            interest=row.interest.minor_units,
            fees=row.fees.minor_units,
            carried=(
                row.carried_interest.minor_units,
                row.carried_fees.minor_units,
                row.carried_penalties.minor_units,
            ),
            amount=row.amount.minor_units,
            closing=row.closing.minor_units,
        )
        for row in schedule
    ]


ON_TOP = {"terms.fee", "terms.grace", "terms.zero_row"}
"""Refusals of terms whose rows repay the debt: a fee or interest has no row, or a row nothing to ask for."""


def repays(asked: rp.Terms) -> bool:
    """Whether the engine finds rows that repay the debt; that is all that its advice is about."""
    result = outcome(asked)
    return isinstance(result, rp.Schedule) or result.code in ON_TOP


def check_against_the_oracle(asked: rp.Terms) -> None:
    result = outcome(asked)
    try:
        expected = oracle.expected_rows(asked)
    except oracle.NoDateError:
        assert isinstance(result, rp.DateError)
        return
    if isinstance(result, rp.Schedule):
        assert as_oracle_rows(result) == expected
    elif isinstance(result, rp.MoneyError):
        assert expected is not None
        assert sum(row.amount for row in expected) > MINOR_UNITS_MAX
    else:
        # What the engine refuses has no valid schedule in the other one's eyes either.
        assert isinstance(result, rp.TermsError)
        assert expected is None


# The whole comparison is cheap and the space is large, so it searches longer than the other laws.
@settings(max_examples=4 * settings().max_examples)
@given(asked=terms())
def test_rows_equal_those_of_an_independent_engine(asked: rp.Terms) -> None:
    check_against_the_oracle(asked)


@pytest.mark.parametrize("feature", FEATURES)
@given(data=st.data())
def test_rows_with_one_feature_equal_those_of_an_independent_engine(
    data: st.DataObject, feature: str
) -> None:
    check_against_the_oracle(data.draw(terms(having=st.just(frozenset({feature})))))


# Each long schedule costs the slow engine a while, so there are fewer of them.
@settings(max_examples=settings().max_examples // 5)
@given(asked=terms(("counted",), having=st.just(frozenset[str]())), count=st.integers(230, 330))
def test_long_level_schedules_equal_those_of_an_independent_engine(asked: rp.Terms, count: int) -> None:
    assert isinstance(asked.rate, rp.Rate)
    low = attrs.evolve(asked.rate, value=asked.rate.value / 50)
    check_against_the_oracle(attrs.evolve(asked, rate=low, repayment=rp.LevelPayment(count)))


@pytest.mark.parametrize("changes", HARD)
def test_rows_of_hard_terms_equal_those_of_an_independent_engine(changes: dict[str, Any]) -> None:
    check_against_the_oracle(terms_with(**changes))


@pytest.mark.parametrize("changes", HARD)
def test_hard_terms_lead_to_a_schedule_once_their_advice_is_followed(changes: dict[str, Any]) -> None:
    schedule = build_or_follow_advice(terms_with(**changes))
    assert schedule[-1].closing == schedule.residual


# --- the advice of refusals


def counts_that_work(asked: rp.Terms, most: int) -> list[int]:
    """The counts up to ``most`` that repay the debt in the other engine's eyes."""
    return [
        count
        for count in range(1, most + 1)
        if oracle.repays(attrs.evolve(asked, repayment=with_count(asked.repayment, count)))
    ]


COUNTABLE = ("counted", "remainder", "seasonal")
OPEN_ENDED = [name for name in FEATURES if name not in {"ends", "listed"}]
"""Features that leave the number of dates to the pattern."""


@given(asked=terms(COUNTABLE, having=st.frozensets(st.sampled_from(OPEN_ENDED), max_size=1)))
def test_the_count_that_a_refusal_names_is_the_greatest_that_works_below_the_one_asked_for(
    asked: rp.Terms,
) -> None:
    refused = outcome(asked)
    if not isinstance(refused, rp.TermsError) or refused.code not in ADVISED:
        return
    if asked.date_count is not None:  # then the advice is a date to end on, which is followed elsewhere
        return
    advised = follow_advice(asked, refused)
    count = advised.repayment.count  # type: ignore[attr-defined]
    assert count == refused.data["count"]
    assert str(count) in refused.message
    assert repays(advised)
    assert not repays(attrs.evolve(advised, repayment=with_count(advised.repayment, count + 1)))
    assert count == max(counts_that_work(asked, asked.repayment.count))  # type: ignore[attr-defined]


@given(asked=terms(("fixed",)))
def test_the_least_payment_that_a_refusal_names_works_and_one_unit_less_does_not(asked: rp.Terms) -> None:
    refused = outcome(asked)
    if not isinstance(refused, rp.TermsError) or refused.code not in ADVISED:
        return
    if "least_payment" not in refused.data:
        all_of_it = rp.Money.from_minor_units(MINOR_UNITS_MAX, asked.principal.currency)
        assert not oracle.repays(attrs.evolve(asked, repayment=rp.FixedPayment(all_of_it)))
        return
    least = refused.data["least_payment"]
    assert isinstance(least, rp.Money)
    assert str(least) in refused.message
    advised = follow_advice(asked, refused)
    assert repays(advised)
    less = rp.Money.from_minor_units(least.minor_units - 1, least.currency)
    assert less.minor_units == 0 or not repays(attrs.evolve(advised, repayment=rp.FixedPayment(less)))


# The search for the least payment goes through a hundred rows and more, dozens of times.
@settings(max_examples=settings().max_examples // 5)
@given(asked=terms(("counted",), having=st.just(frozenset[str]())), count=st.integers(1, 150))
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


@given(asked=terms(("balloon",)))
def test_the_balloon_that_a_refusal_names_works_and_one_unit_more_does_not(asked: rp.Terms) -> None:
    refused = outcome(asked)
    if not isinstance(refused, rp.TermsError) or "amount" not in refused.data:
        return
    greatest = refused.data["amount"]
    assert isinstance(greatest, rp.Money)
    advised = follow_advice(asked, refused)
    assert repays(advised)
    more = rp.Money.from_minor_units(greatest.minor_units + 1, greatest.currency)
    assert not repays(attrs.evolve(advised, repayment=attrs.evolve(advised.repayment, amount=more)))  # type: ignore[call-arg]


@given(asked=terms(("custom", "steps", "interest_only")))
def test_following_the_advice_on_stated_payments_ends_in_a_schedule(asked: rp.Terms) -> None:
    assert build_or_follow_advice(asked)


@given(asked=terms())
def test_the_same_terms_give_the_same_schedule_or_the_same_refusal(asked: rp.Terms) -> None:
    first, second = outcome(asked), outcome(asked)
    if isinstance(first, rp.Schedule):
        assert first == second
    else:
        assert isinstance(second, type(first))
        assert (first.code, first.field, first.data) == (second.code, second.field, second.data)
        # "schedule.…" would mean that the engine had made something that is no schedule, and "count.…" that
        # it had asked for a pattern that cannot be made
        assert first.code.partition(".")[0] in {"terms", "date", "calendar", "money"}
