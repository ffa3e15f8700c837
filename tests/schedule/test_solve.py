"""The unknown of a plan: least count, least payment, greatest principal, highest rate.

Each case states the rates of its periods, worked out by hand; a loop over fractions then says whether
payments of an amount repay the debt.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from tests.clock import within
from tests.schedule import DATE, built, cents, euros, terms_with

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PERCENT = Fraction(1, 100)
UNITS_MAX = 10**18
ISDA = rp.DayCount.THIRTY_E_360_ISDA

LISTED = rp.Frequency.on_dates([DATE(2026, 2, 15), DATE(2026, 4, 1), DATE(2026, 7, 1)])


def clears(principal: int, rates: Sequence[Fraction], payment: int, residual: int = 0) -> bool:
    """Pay so much at the end of each period; interest is rounded half to even, as :func:`round` does."""
    balance = principal
    for rate in rates:
        interest = round(balance * rate)
        if balance - residual + interest <= payment:
            return True
        if payment <= interest:
            return False
        balance -= payment - interest
    return False


def capitalized(amount: rp.Money) -> rp.CarriedBalances:
    return rp.CarriedBalances(interest=rp.CarriedBalance(amount, rp.CarriedTreatment.CAPITALIZE))


def daily(*days: int, rate: str = "0.0005") -> list[Fraction]:
    return [count * Fraction(rate) for count in days]


def yearly(*days: int, over: int, rate: str = "0.12") -> list[Fraction]:
    return [Fraction(count, over) * Fraction(rate) for count in days]


DAILY = {"rate": rp.Rate.daily("0.0005")}
WEEKENDS = {"calendar": rp.WeekendCalendar(), **DAILY}
MONTH_ENDS = {"starts_on": DATE(2026, 1, 31), "first_due": DATE(2026, 2, 28), "anchor_day": 31}

CASES: dict[str, tuple[dict[str, Any], int, list[Fraction], int, int]] = {
    # name: changes, what bears interest, rates of the periods that repay, what is left, least payment
    "nominal": ({}, 120_000, [PERCENT] * 12, 0, 10_662),
    "nominal, one payment": ({}, 120_000, [PERCENT], 0, 121_200),
    "no interest": ({"rate": rp.Rate.annual(0)}, 120_000, [Fraction(0)] * 7, 0, 17_143),
    "weekly": (
        {"frequency": rp.Frequency.WEEKLY, "first_due": DATE(2026, 1, 22)},
        120_000,
        [Fraction(12, 5_200)] * 4,
        0,
        30_174,
    ),
    # a month and ten days before the first due date: 40/360 of a year
    "nominal, long first period": (
        {"starts_on": DATE(2026, 1, 5)},
        120_000,
        [Fraction(40, 360) * Fraction("0.12"), PERCENT, PERCENT],
        0,
        40_938,
    ),
    "nominal, first period by its days": (
        {"starts_on": DATE(2026, 1, 5), "first_period": rp.FirstPeriod.ACTUAL_DAYS},
        120_000,
        [Fraction(41, 365) * Fraction("0.12"), PERCENT, PERCENT],
        0,
        40_944,
    ),
    "daily rate": (DAILY, 120_000, daily(31, 28, 31, 30), 0, 31_134),
    "actual/365": (
        {"day_count": rp.DayCount.ACT_365F},
        120_000,
        yearly(31, 28, 31, 30, over=365),
        0,
        30_744,
    ),
    "actual/360": (
        {"day_count": rp.DayCount.ACT_360},
        120_000,
        yearly(31, 28, 31, 30, over=360),
        0,
        30_754,
    ),
    "month ends": (
        {"day_count": rp.DayCount.ACT_365F, **MONTH_ENDS},
        120_000,
        yearly(28, 31, 30, 31, over=365),
        0,
        30_734,
    ),
    # due on Mondays 16 February and 16 March instead of the Sundays before, then 15 April
    "weekends, interest to the scheduled dates": (WEEKENDS, 120_000, daily(31, 28, 31), 0, 41_206),
    "weekends, interest to the due dates": (
        {**WEEKENDS, "accrue_to": rp.AccrueTo.DUE},
        120_000,
        daily(32, 28, 30),
        0,
        41_220,
    ),
    # installments of interest alone come before and change nothing
    "grace on principal": ({"grace": rp.Grace(principal=3)}, 120_000, [PERCENT] * 12, 0, 10_662),
    "grace on both": (
        {"grace": rp.Grace(principal=2, interest=2)},
        120_000,
        [3 * PERCENT, *[PERCENT] * 11],
        0,
        10_873,
    ),
    # interest put off is no part of the debt that the payments repay
    "grace on interest": ({"grace": rp.Grace(interest=2)}, 120_000, [PERCENT] * 12, 0, 10_662),
    "interest-free": (
        {"grace": rp.Grace(interest_free=3)},
        120_000,
        [Fraction(0)] * 3 + [PERCENT] * 9,
        0,
        10_376,
    ),
    "interest-free, nothing asked for": (
        {"grace": rp.Grace(principal=2, interest_free=2)},
        120_000,
        [PERCENT] * 12,
        0,
        10_662,
    ),
    "up-front": ({"upfront": euros("200")}, 100_000, [PERCENT] * 12, 0, 8_885),
    "capitalized": ({"carried": capitalized(euros("100"))}, 130_000, [PERCENT] * 12, 0, 11_551),
    "carried balances on top": (
        {"carried": rp.CarriedBalances(fees=rp.CarriedBalance(euros("90"), rp.CarriedTreatment.SPREAD))},
        120_000,
        [PERCENT] * 12,
        0,
        10_662,
    ),
    "fees on top": (
        {
            "fees": [
                rp.InstallmentFee(euros("2")),
                rp.PaymentShareFee("0.1"),
                rp.SingleFee(euros("9"), DATE(2026, 3, 1)),
            ]
        },
        120_000,
        [PERCENT] * 12,
        0,
        10_662,
    ),
    "rate steps": (
        {"rate": [(DATE(2026, 1, 1), rp.Rate.annual("0.12")), (DATE(2026, 7, 15), rp.Rate.annual("0.24"))]},
        120_000,
        [PERCENT] * 6 + [2 * PERCENT] * 6,
        0,
        10_838,
    ),
    # 16 of the 31 days from 15 January on at the first rate, a nominal month shared out by its days
    "rate step inside a period": (
        {"rate": [(DATE(2026, 1, 1), rp.Rate.annual("0.12")), (DATE(2026, 1, 31), rp.Rate.annual("0.24"))]},
        120_000,
        [Fraction(16 + 15 * 2, 31) * PERCENT, 2 * PERCENT],
        0,
        61_494,
    ),
    "residual": (
        {"review_on": DATE(2026, 12, 31), "residual": euros("600")},
        120_000,
        [PERCENT] * 6,
        60_000,
        10_953,
    ),
    # the last period is the 16 days from 15 April
    "stub": (
        {"ends_on": DATE(2026, 5, 1)},
        120_000,
        [PERCENT] * 3 + [Fraction(16, 360) * Fraction("0.12")],
        0,
        30_719,
    ),
    # from 15 March, the 17 days to 1 April and a month
    "long stub": (
        {"ends_on": DATE(2026, 5, 1), "stub": rp.Stub.LONG},
        120_000,
        [PERCENT] * 2 + [Fraction(47, 360) * Fraction("0.12")],
        0,
        40_878,
    ),
    # 14 days and a month back from 1 April; three months back from 1 July
    "listed dates": (
        {"frequency": LISTED},
        120_000,
        [PERCENT, Fraction(44, 360) * Fraction("0.12"), 3 * PERCENT],
        0,
        41_191,
    ),
    "three decimals": (
        {"principal": rp.Money("1200.000", "KWD")},
        1_200_000,
        [PERCENT] * 12,
        0,
        106_619,
    ),
    "no decimals": ({"principal": rp.Money("1200", "JPY")}, 1_200, [PERCENT] * 12, 0, 107),
    # of the pattern only rows of interest alone are read, which are not counted
    "rows of interest alone before": (
        {**DAILY, "repayment": rp.InterestOnly(2, then=rp.EqualPrincipal(5))},
        120_000,
        daily(31, 30),
        0,
        61_384,
    ),
    "interest alone, and all of it at the end": (
        {"repayment": rp.InterestOnly(6), "ends_on": DATE(2026, 7, 15)},
        120_000,
        [PERCENT],
        0,
        121_200,
    ),
    "the payments of the pattern are not read": (
        {"repayment": rp.StepPayments(((3, euros("50")), (9, euros("200"))))},
        120_000,
        [PERCENT] * 12,
        0,
        10_662,
    ),
    # a month that ends on the last of February has 30 days, or 28 if the contract ends with it
    "30/360, to the maturity": (
        {
            "day_count": ISDA,
            "starts_on": DATE(2025, 12, 31),
            "first_due": DATE(2026, 1, 31),
            "anchor_day": 31,
        },
        120_000,
        [PERCENT, Fraction(28, 30) * PERCENT],
        0,
        60_882,
    ),
}


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def case(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401  # a row of the table
    return request.param


Case = tuple[dict[str, Any], int, list[Fraction], int, int]


def test_the_figure_of_each_case_is_the_least_payment(case: Case) -> None:
    _, owed, rates, residual, payment = case
    assert clears(owed, rates, payment, residual)
    assert not clears(owed, rates, payment - 1, residual)


def test_the_least_payment(case: Case) -> None:
    changes, _, rates, _, payment = case
    terms = terms_with(**changes)
    expected = rp.Money.from_minor_units(payment, terms.principal.currency)
    assert rp.solve_payment(terms, count=len(rates)) == expected


def test_the_least_count(case: Case) -> None:
    changes, owed, rates, residual, least = case
    terms = terms_with(**changes)
    for units in (least, least + 1) if terms.day_count is ISDA else (least, least + 1, 2 * least, 10 * least):
        payment = rp.Money.from_minor_units(units, terms.principal.currency)
        fewest = next(n for n in range(len(rates) + 1) if clears(owed, rates[:n], units, residual))
        assert rp.solve_count(terms, payment=payment) == fewest


def test_the_greatest_principal(case: Case) -> None:
    changes, owed, rates, residual, units = case
    terms = terms_with(**changes)
    payment = rp.Money.from_minor_units(units, terms.principal.currency)
    found = rp.solve_principal(terms, payment=payment, count=len(rates))
    more = found.minor_units - terms.principal.minor_units
    assert clears(owed + more, rates, units, residual)
    assert not clears(owed + more + 1, rates, units, residual)


def test_the_highest_rate(case: Case) -> None:
    changes, owed, rates, residual, units = case
    if "rate" in changes and not isinstance(changes["rate"], rp.Rate):
        pytest.skip("its rate is not one figure")
    terms = terms_with(**changes)
    payment = rp.Money.from_minor_units(units, terms.principal.currency)
    given = Fraction("0.0005") if terms.rate == DAILY["rate"] else Fraction("0.12")
    times = [rate / given for rate in rates]  # 0 where it is free
    if terms.rate == rp.Rate.annual(0):
        times = [Fraction(1, 12)] * len(rates)
    found = rp.solve_rate(terms, payment=payment, count=len(rates))
    assert isinstance(terms.rate, rp.Rate)
    assert found.unit is terms.rate.unit
    assert (found.value * 10**12).denominator == 1
    assert clears(owed, [time * found.value for time in times], units, residual)
    highest = Fraction(4, found.unit.per_year) - found.value < Fraction(1, 10**12)
    one_more = found.value + Fraction(1, 10**12)
    assert highest or not clears(owed, [time * one_more for time in times], units, residual)


def test_the_four_agree_with_the_builder() -> None:
    payment = rp.solve_payment(terms_with(), count=12)
    schedule = built(repayment=rp.FixedPayment(payment))
    assert len(schedule) == rp.solve_count(terms_with(), payment=payment) == 12
    assert schedule[-1].amount <= payment
    assert built(repayment=rp.StepPayments(((12, payment),))).amounts == schedule.amounts
    with pytest.raises(rp.TermsError):
        built(repayment=rp.StepPayments(((12, cents(payment.minor_units - 1)),)))


def test_one_example_in_all_four_directions() -> None:
    # 12 payments of 106.62 repay 1,200.02 at 1 % a month, not 1,200.03
    assert [clears(units, [PERCENT] * 12, 10_662) for units in (120_002, 120_003)] == [True, False]
    asked = terms_with()
    assert rp.solve_payment(asked, count=12) == euros("106.62")
    assert rp.solve_count(asked, payment=euros("106.61")) == 13
    assert rp.solve_principal(asked, payment=euros("106.62"), count=12) == euros("1200.02")
    rate = rp.solve_rate(asked, payment=euros("106.62"), count=12)
    assert Fraction("0.12") < rate.value < Fraction("0.1201")


def test_installments_of_interest_alone_are_not_counted() -> None:
    asked = terms_with(grace=rp.Grace(principal=3))
    assert rp.solve_count(asked, payment=euros("106.62")) == 12
    assert len(built(grace=rp.Grace(principal=3), repayment=rp.FixedPayment(euros("106.62")))) == 15


def test_a_payment_that_clears_the_debt_at_once() -> None:
    assert rp.solve_count(terms_with(), payment=euros("1212")) == 1
    assert rp.solve_count(terms_with(), payment=euros("1211.99")) == 2
    assert rp.solve_count(terms_with(), payment=cents(UNITS_MAX)) == 1


def test_a_debt_of_one_minor_unit() -> None:
    asked = terms_with(principal=cents(1))
    assert rp.solve_payment(asked, count=10_000) == cents(1)
    assert rp.solve_count(asked, payment=cents(1)) == 1
    assert rp.solve_principal(asked, payment=cents(1), count=1) == cents(1)


@pytest.mark.parametrize(
    ("changes", "payment", "count"),
    [
        ({"grace": rp.Grace(interest_free=12)}, euros("100"), 12),
        ({"starts_on": DATE(2026, 2, 15)}, euros("1200"), 1),
        (DAILY, cents(UNITS_MAX), 1),
        ({}, euros("1600"), 1),
    ],
    ids=["free", "at once", "daily", "400 %"],
)
def test_a_debt_that_is_repaid_at_every_rate_has_none(
    changes: dict[str, Any], payment: rp.Money, count: int
) -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.solve_rate(terms_with(**changes), payment=payment, count=count)
    assert (caught.value.code, caught.value.field) == ("solve.rate", "payment")


def test_just_below_the_highest_rate() -> None:
    # a cent less than a third on top, in the first month
    found = rp.solve_rate(terms_with(), payment=euros("1599.99"), count=1)
    assert Fraction("3.9999") < found.value < 4


def test_a_rate_whose_interest_rounds_to_nothing() -> None:
    # half a cent on 1,200.00 in the first month, which is rounded to even
    found = rp.solve_rate(terms_with(), payment=euros("100"), count=12)
    assert found == rp.Rate.annual("0.00005")
    assert built(rate=found, repayment=rp.FixedPayment(euros("100"))).total_interest == euros("0")
    up = terms_with(rounding=rp.Rounding.UP)
    assert rp.solve_rate(up, payment=euros("100"), count=12) == rp.Rate.annual(0)


def test_several_rates_are_solved_for_as_one() -> None:
    steps = [(DATE(2026, 1, 1), rp.Rate.annual("0.3")), (DATE(2026, 7, 15), rp.Rate.annual("0.01"))]
    found = rp.solve_rate(terms_with(rate=steps), payment=euros("106.62"), count=12)
    assert found == rp.solve_rate(terms_with(), payment=euros("106.62"), count=12)


def test_a_monthly_rate_stays_a_monthly_one() -> None:
    found = rp.solve_rate(terms_with(rate=rp.Rate.monthly("0.05")), payment=euros("106.62"), count=12)
    assert found.unit is rp.RateUnit.MONTH
    assert clears(120_000, [found.value] * 12, 10_662)
    assert not clears(120_000, [found.value + Fraction(1, 10**12)] * 12, 10_662)


def test_the_principal_that_the_terms_state_is_not_read() -> None:
    for principal in (cents(1), euros("1200"), euros("1000000")):
        asked = terms_with(principal=principal)
        assert rp.solve_principal(asked, payment=euros("106.62"), count=12) == euros("1200.02")


def test_a_calendar_is_asked_only_about_the_dates_that_are_needed() -> None:
    known = rp.ExplicitCalendar(DATE(2026, 1, 1), DATE(2027, 1, 31))
    asked = terms_with(calendar=known)
    assert rp.solve_payment(asked, count=12) == euros("106.62")
    assert rp.solve_count(asked, payment=euros("106.62")) == 12
    with pytest.raises(rp.DateError):
        rp.solve_payment(asked, count=13)
    with pytest.raises(rp.DateError):
        rp.solve_count(asked, payment=euros("106.61"))


def test_terms_are_left_as_they_are() -> None:
    asked, again = terms_with(), terms_with()
    rp.solve_principal(asked, payment=euros("50"), count=12)
    rp.solve_rate(asked, payment=euros("150"), count=12)
    assert asked == again


# --- bounds


def test_the_greatest_debt_and_the_greatest_payment() -> None:
    free = terms_with(principal=cents(UNITS_MAX), rate=rp.Rate.annual(0))
    assert rp.solve_payment(free, count=1) == cents(UNITS_MAX)
    assert rp.solve_payment(free, count=3) == cents(333_333_333_333_333_334)
    assert rp.solve_principal(free, payment=cents(UNITS_MAX), count=10_000) == cents(UNITS_MAX)


def test_a_payment_beyond_the_bounds_is_refused() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.solve_payment(terms_with(principal=cents(UNITS_MAX)), count=1)
    assert (caught.value.code, caught.value.field) == ("solve.payment", "count")


def test_the_principal_keeps_within_the_bounds_with_what_is_capitalized() -> None:
    most = cents(UNITS_MAX - 5_000)
    asked = terms_with(principal=cents(5), rate=rp.Rate.annual(0), carried=capitalized(most))
    assert rp.solve_principal(asked, payment=cents(UNITS_MAX), count=10) == cents(5_000)
    paid = attrs.evolve(asked, upfront=cents(UNITS_MAX - 10_000))
    assert rp.solve_principal(paid, payment=cents(UNITS_MAX), count=10) == cents(5_000)


DAYS: dict[str, Any] = {
    "frequency": rp.Frequency.every_days(1),
    "starts_on": DATE(2026, 2, 14),
    "day_count": rp.DayCount.ACT_ACT_ISDA,
    "principal": cents(10**12),
    "rate": rp.Rate.annual("0.06000001"),
}


@pytest.mark.parametrize(
    "solve",
    [
        lambda terms: rp.solve_count(terms, payment=cents(203_682_617)),
        lambda terms: rp.solve_payment(terms, count=10_000),
        lambda terms: rp.solve_principal(terms, payment=cents(2 * 10**8), count=10_000),
        lambda terms: rp.solve_rate(terms, payment=cents(2 * 10**8), count=10_000),
    ],
    ids=["count", "payment", "principal", "rate"],
)
def test_ten_thousand_installments_take_no_time(solve: Callable[[rp.Terms], object]) -> None:
    with within(3):
        assert solve(terms_with(**DAYS))


def test_ten_thousand_installments() -> None:
    payment = rp.solve_payment(terms_with(**DAYS), count=10_000)
    schedule = built(**{**DAYS, "repayment": rp.FixedPayment(payment)})
    assert len(schedule) == 10_000
    assert schedule.amounts[-1] <= payment.minor_units
    with pytest.raises(rp.TermsError) as caught:
        rp.solve_count(terms_with(**DAYS), payment=cents(payment.minor_units - 1))
    assert caught.value.code == "terms.count"
    assert caught.value.data["least_payment"] == payment


# --- refusals

SOLVERS: dict[str, Callable[..., object]] = {
    "count": lambda terms, payment, _count: rp.solve_count(terms, payment=payment),
    "payment": lambda terms, _payment, count: rp.solve_payment(terms, count=count),
    "principal": lambda terms, payment, count: rp.solve_principal(terms, payment=payment, count=count),
    "rate": lambda terms, payment, count: rp.solve_rate(terms, payment=payment, count=count),
}
TAKE_A_PAYMENT = [SOLVERS[name] for name in ("count", "principal", "rate")]
TAKE_A_COUNT = [SOLVERS[name] for name in ("payment", "principal", "rate")]


@pytest.mark.parametrize("solve", SOLVERS.values(), ids=SOLVERS)
@pytest.mark.parametrize("wrong", ["terms", None, {}, rp.LevelPayment(12)])
def test_only_terms_are_solved(solve: Callable[..., object], wrong: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        solve(wrong, euros("100"), 12)
    assert caught.value.field == "terms"


@pytest.mark.parametrize("solve", TAKE_A_PAYMENT)
@pytest.mark.parametrize("wrong", [100, 100.0, "100", None, True, rp.Rate.annual("0.1")])
def test_only_money_is_a_payment(solve: Callable[..., object], wrong: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        solve(terms_with(), wrong, 12)
    assert caught.value.field == "payment"


@pytest.mark.parametrize("solve", TAKE_A_PAYMENT)
@pytest.mark.parametrize("units", [0, -1, -UNITS_MAX])
def test_a_payment_is_above_zero(solve: Callable[..., object], units: int) -> None:
    with pytest.raises(rp.TermsError) as caught:
        solve(terms_with(), cents(units), 12)
    assert (caught.value.code, caught.value.field) == ("terms.amount", "payment")


@pytest.mark.parametrize("solve", TAKE_A_PAYMENT)
@pytest.mark.parametrize("currency", ["USD", rp.Currency("EUR", 3)])
def test_a_payment_is_in_the_currency_of_the_debt(
    solve: Callable[..., object], currency: rp.Currency | str
) -> None:
    with pytest.raises(rp.MoneyError) as caught:
        solve(terms_with(), rp.Money("100", currency), 12)
    assert (caught.value.code, caught.value.field) == ("money.currency", "payment")


@pytest.mark.parametrize("solve", TAKE_A_COUNT)
@pytest.mark.parametrize("count", [0, -1, 10_001, 10**30])
def test_a_count_is_one_to_ten_thousand(solve: Callable[..., object], count: int) -> None:
    with pytest.raises(rp.TermsError) as caught:
        solve(terms_with(), euros("100"), count)
    assert (caught.value.code, caught.value.field) == ("count.range", "count")
    assert caught.value.data == {"minimum": 1, "maximum": 10_000}


@pytest.mark.parametrize("solve", TAKE_A_COUNT)
@pytest.mark.parametrize("count", [True, 12.0, "12", None, Fraction(12)])
def test_a_count_is_a_whole_number(solve: Callable[..., object], count: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        solve(terms_with(), euros("100"), count)
    assert caught.value.field == "count"


def test_a_payment_of_the_interest_never_ends_the_debt() -> None:
    with pytest.raises(rp.NegativeAmortizationError) as caught:
        rp.solve_count(terms_with(), payment=euros("12"))
    assert caught.value.code == "terms.negative_amortization"
    assert caught.value.field == "payment"
    assert caught.value.data["least_payment"] == euros("12.01")
    assert rp.solve_count(terms_with(), payment=euros("12.01")) > 700


def test_a_payment_that_would_take_too_long() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.solve_count(terms_with(principal=cents(10_001), rate=rp.Rate.annual(0)), payment=cents(1))
    assert (caught.value.code, caught.value.field) == ("terms.count", "payment")
    assert caught.value.data["least_payment"] == cents(2)
    assert (
        rp.solve_count(terms_with(principal=cents(10_000), rate=rp.Rate.annual(0)), payment=cents(1))
        == 10_000
    )


def test_payments_that_repay_no_principal_at_all() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.solve_principal(terms_with(carried=capitalized(euros("100"))), payment=cents(1), count=1)
    assert (caught.value.code, caught.value.field) == ("solve.principal", "payment")


def test_payments_that_repay_nothing_even_without_interest() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.solve_rate(terms_with(), payment=euros("99.99"), count=12)
    assert (caught.value.code, caught.value.field) == ("solve.rate", "payment")


def test_a_residual_of_the_whole_debt_leaves_nothing_to_solve() -> None:
    interest_alone = terms_with(
        repayment=rp.InterestOnly(6), residual=euros("1200"), review_on=DATE(2026, 12, 31)
    )
    with pytest.raises(rp.TermsError) as caught:
        rp.solve_payment(interest_alone, count=6)
    assert (caught.value.code, caught.value.field) == ("terms.residual", "residual")


@pytest.mark.parametrize("solve", TAKE_A_COUNT)
@pytest.mark.parametrize(
    ("changes", "dates"),
    [
        ({"ends_on": DATE(2027, 1, 15)}, 12),
        ({"frequency": LISTED}, 3),
        ({"ends_on": DATE(2027, 1, 15), "grace": rp.Grace(principal=4)}, 8),
    ],
    ids=["ends_on", "listed", "after a grace"],
)
def test_a_count_needs_as_many_dates(
    solve: Callable[..., object], changes: dict[str, Any], dates: int
) -> None:
    payment = cents(156_000 // dates)
    assert solve(terms_with(**changes), payment, dates)
    with pytest.raises(rp.TermsError) as caught:
        solve(terms_with(**changes), payment, dates + 1)
    assert (caught.value.code, caught.value.field) == ("terms.dates", "count")


@pytest.mark.parametrize("solve", SOLVERS.values(), ids=SOLVERS)
def test_dates_that_all_lie_in_the_grace_are_refused(solve: Callable[..., object]) -> None:
    in_grace = terms_with(ends_on=DATE(2026, 4, 15), grace=rp.Grace(principal=3))
    with pytest.raises(rp.TermsError) as caught:
        solve(in_grace, euros("600"), 1)
    assert "dates" in caught.value.code


def test_a_count_beyond_ten_thousand_rows_with_the_grace_is_refused() -> None:
    long_grace = terms_with(
        rate=rp.Rate.annual(0), grace=rp.Grace(principal=9_990), frequency=DAYS["frequency"]
    )
    assert rp.solve_payment(long_grace, count=10) == euros("120")
    with pytest.raises(rp.TermsError):
        rp.solve_payment(long_grace, count=11)


REVIEWED: dict[str, Any] = {"review_on": DATE(2026, 5, 15), "residual": euros("600")}
"""Four dates to the review."""


@pytest.mark.parametrize("solve", SOLVERS.values(), ids=SOLVERS)
def test_what_goes_beyond_the_review_is_refused(solve: Callable[..., object]) -> None:
    asked = terms_with(**REVIEWED, repayment=rp.LevelPayment(4))
    enough = rp.solve_payment(asked, count=4)
    assert clears(120_000, [PERCENT] * 4, enough.minor_units, 60_000)
    assert built(**REVIEWED, repayment=rp.FixedPayment(enough))[-1].closing == euros("600")
    with pytest.raises(rp.TermsError) as caught:
        solve(asked, cents(enough.minor_units - 1), 5)
    assert caught.value.code in {"terms.count", "terms.dates"}
    assert caught.value.data.get("least_payment", enough) == enough


@pytest.mark.parametrize("solve", SOLVERS.values(), ids=SOLVERS)
def test_a_review_within_the_grace_is_refused(solve: Callable[..., object]) -> None:
    asked = terms_with(**REVIEWED, grace=rp.Grace(principal=6), repayment=rp.LevelPayment(4))
    with pytest.raises(rp.TermsError) as caught:
        solve(asked, euros("200"), 1)
    assert "dates" in caught.value.code


@pytest.mark.parametrize("solve", SOLVERS.values(), ids=SOLVERS)
def test_what_is_left_at_a_review_must_be_stated(solve: Callable[..., object]) -> None:
    asked = terms_with(review_on=DATE(2026, 5, 15), repayment=rp.FixedPayment(euros("20")))
    with pytest.raises(rp.TermsError) as caught:
        solve(asked, euros("200"), 4)
    assert (caught.value.code, caught.value.field) == ("terms.residual", "terms.residual")


@pytest.mark.parametrize("solve", SOLVERS.values(), ids=SOLVERS)
@pytest.mark.parametrize(
    "pattern",
    [
        rp.FlatInterest(3),
        rp.SeasonalPayments(3, [1] * 6 + [0] * 6),
        rp.SeasonalPayments(3, [1] * 12),
        rp.InterestOnly(2, then=rp.FlatInterest(3)),
    ],
    ids=["flat", "seasonal", "no season", "flat after interest alone"],
)
def test_payments_that_are_not_equal_by_nature_are_not_solved_for(
    solve: Callable[..., object],
    pattern: Any,  # noqa: ANN401  # patterns of several kinds
) -> None:
    with pytest.raises(rp.TermsError) as caught:
        solve(terms_with(repayment=pattern), euros("200"), 4)
    assert (caught.value.code, caught.value.field) == ("solve.pattern", "terms.repayment")


def test_a_review_far_away_takes_no_time() -> None:
    asked = terms_with(**{**DAYS, **REVIEWED, "review_on": DATE(9999, 12, 31)})
    with within(1):
        assert rp.solve_payment(asked, count=12)


def test_the_currency_keeps_its_digits() -> None:
    fine = attrs.evolve(terms_with(), principal=rp.Money("1200", rp.Currency("EUR", 10)))
    found = rp.solve_payment(fine, count=12)
    exact = 1_200 * PERCENT / (1 - (1 / (1 + PERCENT)) ** 12)
    assert found.currency.digits == 10
    assert abs(Fraction(found.minor_units, 10**10) - exact) < Fraction(12, 10**10)
