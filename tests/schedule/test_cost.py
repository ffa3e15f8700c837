"""What a schedule costs, and its present value to the minor unit."""

from __future__ import annotations

import datetime
import decimal
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.schedule import effective
from repayplan.schedule.apr import AprMethod, annual_percentage_rate
from repayplan.schedule.cost import cost_of_credit, present_value, present_value_change
from repayplan.schedule.effective import Compound, Moment, Stream
from tests.schedule import DATE, built, cents, euros

CARRIED = rp.CarriedBalances(
    interest=rp.CarriedBalance(euros("12"), rp.CarriedTreatment.SPREAD),
    fees=rp.CarriedBalance(euros("30"), rp.CarriedTreatment.FIRST),
)
FREE = rp.Rate.annual(0)


# --- cost


def test_the_cost_is_added_up_by_kind() -> None:
    schedule = built(
        carried=CARRIED,
        upfront=euros("200"),
        fees=(rp.InstallmentFee(euros("2")),),
        review_on=DATE(2027, 1, 15),
        residual=euros("100"),
    )
    cost = cost_of_credit(schedule)
    assert cost.principal == euros("900")
    assert cost.interest == rp.Money.total((row.interest for row in schedule), "EUR")
    assert cost.fees == euros("24")
    assert cost.carried == euros("42")
    assert cost.upfront == euros("200")
    assert cost.residual == euros("100")
    assert cost.charges == cost.interest + euros("24")
    assert cost.total_to_pay == cost.principal + cost.charges + cost.carried + cost.upfront


def test_only_a_schedule_has_a_cost() -> None:
    with pytest.raises(rp.InputTypeError):
        cost_of_credit("schedule")  # type: ignore[arg-type]


# --- present value


def test_at_no_rate_it_is_all_that_is_due() -> None:
    schedule = built(carried=CARRIED, fees=(rp.InstallmentFee(euros("2")),))
    assert present_value(schedule, FREE) == schedule.total


def test_a_residual_and_an_upfront_payment_count() -> None:
    schedule = built(upfront=euros("200"), review_on=DATE(2027, 1, 15), residual=euros("100"))
    assert present_value(schedule, FREE) == schedule.total + euros("100")
    assert present_value(schedule, FREE, on=DATE(2026, 1, 16)) == schedule.total - euros("100")


def test_a_year_is_365_days() -> None:
    one = built(
        repayment=rp.LevelPayment(1), starts_on=DATE(2025, 1, 15), first_due=DATE(2026, 1, 15), rate=FREE
    )
    assert present_value(one, rp.Rate.annual("0.2")) == euros("1000")
    assert present_value(one, rp.Rate.annual("0.2"), on=datetime.date(2026, 1, 15)) == euros("1200")
    assert present_value(one, rp.Rate.annual("0.2"), on=DATE(2026, 1, 16)) == euros("0")
    # two years of 365 days before
    assert present_value(one, rp.Rate.annual("0.2"), on=DATE(2024, 1, 16)) == cents(83_333)


def test_what_is_due_before_the_day_is_not_in_it() -> None:
    schedule = built()
    rest = rp.Money.total((row.amount for row in schedule[3:]), "EUR")
    assert present_value(schedule, FREE, on=schedule[3].due_on) == rest


@pytest.mark.parametrize("method", [AprMethod.XIRR, AprMethod.EU_DIRECTIVE])
def test_at_its_own_rate_it_is_what_was_advanced(method: AprMethod) -> None:
    schedule = built(first_due=DATE(2027, 1, 15), frequency=rp.Frequency.ANNUAL, repayment=rp.LevelPayment(1))
    assert present_value(schedule, annual_percentage_rate(schedule, method)) == euros("1200")
    monthly = built()
    own = annual_percentage_rate(monthly, AprMethod.XIRR)
    assert present_value(monthly, own) == euros("1200")


@pytest.mark.parametrize(
    ("paid", "rounding", "expected"),
    [
        # 3 / 1.2 is two and a half exactly, and 1 / 1.2 has no end in decimals
        (3, rp.Rounding.HALF_EVEN, 2),
        (3, rp.Rounding.HALF_UP, 3),
        (3, rp.Rounding.HALF_DOWN, 2),
        (3, rp.Rounding.CEILING, 3),
        (6, rp.Rounding.CEILING, 5),
        (6, rp.Rounding.FLOOR, 5),
        (7, rp.Rounding.FLOOR, 5),
        (7, rp.Rounding.UP, 6),
    ],
)
def test_a_tie_is_decided_exactly(paid: int, rounding: rp.Rounding, expected: int) -> None:
    stream = Stream(Compound(365), [(Moment(365, Fraction(0)), paid)])
    assert stream.rounded_worth(Fraction(1, 5), rounding) == expected


@pytest.mark.parametrize("digits", [1, 4, 100])
def test_the_first_number_of_digits_does_not_matter(digits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rate = rp.Rate.annual("0.07")
    usual = [present_value(built(), rate, rounding=mode) for mode in rp.Rounding]
    monkeypatch.setattr(effective, "_DIGITS", digits)
    assert [present_value(built(), rate, rounding=mode) for mode in rp.Rounding] == usual


def test_the_callers_decimal_context_does_not_matter() -> None:
    usual = present_value(built(), rp.Rate.annual("0.07"))
    with decimal.localcontext(decimal.Context(prec=1, rounding=decimal.ROUND_UP, Emax=1, Emin=-1)):
        assert present_value(built(), rp.Rate.annual("0.07")) == usual


@given(st.integers(0, 4_000_000), st.integers(0, 400), st.sampled_from(rp.Rounding))
def test_it_is_the_sum_of_discounted_amounts(rate: int, earlier: int, rounding: rp.Rounding) -> None:
    schedule, share = built(carried=CARRIED), Fraction(rate, 10**6)
    day = DATE(2026, 1, 15).subtract(days=earlier)
    with decimal.localcontext(decimal.Context(prec=60)):
        base = 1 + Decimal(share.numerator) / Decimal(share.denominator)
        worth = Decimal(0)
        for row in schedule:
            years = Decimal((row.due_on - day).in_days()) / 365
            worth += row.amount.minor_units / base**years
    found = present_value(schedule, rp.Rate.annual(share), on=day, rounding=rounding)
    assert abs(found.minor_units - Fraction(worth)) < 1 + Fraction(1, 10**20)
    if not rounding.is_directed:
        assert abs(found.minor_units - Fraction(worth)) <= Fraction(1, 2) + Fraction(1, 10**20)


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        (rp.Rate.monthly("0.01"), "rate.unit"),
        (rp.Rate.daily("0.0005"), "rate.unit"),
        (annual_percentage_rate(built(), AprMethod.IRR), "rate.nominal"),
        (annual_percentage_rate(built(), AprMethod.US_ACTUARIAL), "rate.nominal"),
    ],
)
def test_a_rate_that_is_not_effective_is_refused(rate: Any, code: str) -> None:  # noqa: ANN401
    with pytest.raises(rp.RateError) as caught:
        present_value(built(), rate)
    assert caught.value.code == code


def test_wrong_types_are_refused() -> None:
    wrong: Any = "0.05"
    for arguments in ((wrong, FREE), (built(), wrong)):
        with pytest.raises(rp.InputTypeError):
            present_value(*arguments)
    with pytest.raises(rp.InputTypeError):
        present_value(built(), FREE, on=wrong)
    with pytest.raises(rp.InputTypeError):
        present_value(built(), FREE, rounding=wrong)


# --- its change


def test_a_longer_term_without_interest_loses_value() -> None:
    rate = rp.Rate.annual("0.12")
    original, revised = built(), built(repayment=rp.LevelPayment(24), rate=FREE)
    before, after = (present_value(schedule, rate).minor_units for schedule in (original, revised))
    change = present_value_change(original, revised, rate)
    assert change == Fraction(before - after, before)
    assert change > Fraction(1, 100)
    assert present_value_change(revised, original, rate) < 0
    assert present_value_change(original, original, rate) == 0


def test_both_are_valued_on_one_day() -> None:
    original = built()
    revised = built(starts_on=DATE(2026, 4, 15), first_due=DATE(2026, 5, 15))
    rate = rp.Rate.annual("0.12")
    by_default = present_value_change(original, revised, rate)
    assert by_default == present_value_change(original, revised, rate, on=DATE(2026, 4, 15))
    assert by_default != present_value_change(original, revised, rate, on=DATE(2026, 1, 15))


def test_nothing_to_compare_with_is_refused() -> None:
    with pytest.raises(rp.TermsError) as caught:
        present_value_change(built(), built(), FREE, on=DATE(2030, 1, 1))
    assert caught.value.code == "present_value.zero"


def test_two_currencies_are_refused() -> None:
    dollars = built(principal=rp.Money("1200", "USD"))
    with pytest.raises(rp.MoneyError):
        present_value_change(built(), dollars, FREE)
    with pytest.raises(rp.InputTypeError):
        present_value_change(built(), "revised", FREE)  # type: ignore[arg-type]
