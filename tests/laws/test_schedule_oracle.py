"""The engine against a second one that shares no code with it, and the advice of every refusal."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given

import repayplan as rp
from tests.laws import oracle
from tests.laws.schedule_strategies import build_or_follow_advice, follow_advice, terms

FIELDS = ("number", "scheduled_for", "due_on")


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


@given(asked=terms())
def test_rows_equal_those_of_an_independent_engine(asked: rp.Terms) -> None:
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


@given(asked=terms(("counted",)))
def test_the_least_payment_that_a_level_refusal_names_works_as_a_fixed_one(asked: rp.Terms) -> None:
    refused = outcome(asked)
    if not isinstance(refused, rp.NegativeAmortizationError) or "least_payment" not in refused.data:
        return
    least = refused.data["least_payment"]
    assert isinstance(least, rp.Money)
    assert rp.build_schedule(attrs.evolve(asked, repayment=rp.FixedPayment(least)))


@given(asked=terms(("custom",)))
def test_following_the_advice_on_listed_payments_ends_in_a_schedule(asked: rp.Terms) -> None:
    schedule = build_or_follow_advice(asked)
    assert sum(row.principal.minor_units for row in schedule) == oracle.amortized(asked)


@given(asked=terms())
def test_a_refusal_names_the_field_and_never_a_schedule_that_is_wrong(asked: rp.Terms) -> None:
    result = outcome(asked)
    if isinstance(result, rp.Schedule):
        assert result == rp.build_schedule(asked)  # the same terms, the same schedule
        return
    # "schedule.…" would mean that the engine built something that the result's own checks refuse.
    assert not result.code.startswith("schedule.")
    assert result.field
    with pytest.raises(type(result), match=r".+"):
        rp.build_schedule(asked)
