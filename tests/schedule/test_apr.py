"""The annual percentage rate: exact to its last digit, by four methods."""

from __future__ import annotations

import datetime
import decimal
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.schedule import effective
from repayplan.schedule.apr import APR_MAX, AnnualPercentageRate, AprMethod, annual_percentage_rate
from repayplan.schedule.cash_flows import CashFlows
from tests.schedule import DATE, built, cents, euros

if TYPE_CHECKING:
    import pendulum

ON = DATE(2026, 1, 1)
STEP = Fraction(1, 10**12)
F = rp.Frequency
XIRR = AprMethod.XIRR


def flows(advanced: int, payments: list[tuple[int, int]], unit: rp.Frequency | None = F.WEEKLY) -> CashFlows:
    """Cents advanced, and payments as days after the advance and cents."""
    dated = tuple((ON.add(days=days), cents(paid)) for days, paid in payments)
    return CashFlows(cents(advanced), ON, dated, unit)


def dated(advanced: str, on: pendulum.Date, *days: pendulum.Date, unit: rp.Frequency | None) -> CashFlows:
    """One payment of 100.00 on each day, against an advance."""
    return CashFlows(euros(advanced), on, tuple((day, euros("100")) for day in days), unit)


def value(source: CashFlows | rp.Schedule, method: AprMethod) -> Fraction:
    return annual_percentage_rate(source, method).value


# --- figures with a source


def test_the_example_of_a_spreadsheet_is_reproduced() -> None:
    # Gnumeric's documentation of XIRR: 0.224838
    days = [DATE(1999, 4, 4), DATE(1999, 5, 9), DATE(2000, 3, 12), DATE(2000, 5, 1)]
    amounts = [euros(text) for text in ("2134", "1422", "1933", "1422")]
    example = CashFlows(euros("6000"), DATE(1999, 1, 15), tuple(zip(days, amounts, strict=True)))
    assert annual_percentage_rate(example, AprMethod.XIRR).percent(4) == Decimal("22.4838")


# --- solutions known in closed form


@pytest.mark.parametrize(
    ("method", "payments", "expected"),
    [
        (AprMethod.XIRR, [(365, 12_000)], Fraction(1, 5)),
        (AprMethod.XIRR, [(730, 14_400)], Fraction(1, 5)),
        (AprMethod.EU_DIRECTIVE, [(364, 12_000)], Fraction(1, 5)),
        (AprMethod.EU_DIRECTIVE, [(182, 12_000)], Fraction(44, 100)),
        (AprMethod.IRR, [(7, 10_100)], Fraction(52, 100)),
        (AprMethod.IRR, [(7, 5_500), (9, 6_050)], Fraction(52, 10)),
        (AprMethod.US_ACTUARIAL, [(7, 5_500), (14, 6_050)], Fraction(52, 10)),
        (AprMethod.US_ACTUARIAL, [(73, 11_000)], Fraction(1, 2)),
    ],
)
def test_a_known_solution_is_exact(
    method: AprMethod, payments: list[tuple[int, int]], expected: Fraction
) -> None:
    assert value(flows(10_000, payments), method) == expected


@pytest.mark.parametrize("method", AprMethod)
def test_no_charge_is_no_rate(method: AprMethod) -> None:
    assert value(flows(10_000, [(0, 4_000), (7, 6_000)]), method) == 0
    assert value(flows(10_000, [(0, 10_000)]), method) == 0
    assert value(built(rate=rp.Rate.annual(0)), method) == 0


def test_a_tie_goes_to_the_higher_step() -> None:
    # 150 for 100 after 4 of 52 weeks: 1.5**13 - 1 = 193.6195068359375, half-way between two steps
    assert value(flows(100, [(28, 150)]), AprMethod.EU_DIRECTIVE) == Fraction("193.619506835938")
    # 52 (P / A - 1) with one cent more than 104 million million: half a step, and three halves
    huge = 104 * 10**12
    assert value(flows(huge, [(7, huge + 1)]), AprMethod.IRR) == STEP
    assert value(flows(huge, [(7, huge + 3)]), AprMethod.IRR) == 2 * STEP
    # Two payments: 1 / 1.5 + 0.75 / 1.5**2 = 1, after 4 and 8 weeks
    assert value(flows(100, [(28, 100), (56, 75)]), AprMethod.EU_DIRECTIVE) == Fraction("193.619506835938")


def test_a_tie_is_seen_through_parts_of_a_period() -> None:
    # one day of a unit-period of two: 1 / (1 + i / 2), i being 2 / 365 of the rate
    even = 730 * 10**12
    for cents_more, steps in ((1, 1), (3, 2), (5, 3)):
        just = flows(even + 1, [(0, 1), (1, even + cents_more)], F.every_days(2))
        assert value(just, AprMethod.US_ACTUARIAL) == steps * STEP


@pytest.mark.parametrize("digits", [1, 3, 8, 200])
def test_the_first_number_of_digits_does_not_matter(digits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = [flows(10_000, [(10, 4_000), (45, 3_500), (400, 3_000)], F.MONTHLY), flows(100, [(28, 150)])]
    usual = [value(example, method) for method in AprMethod for example in examples]
    monkeypatch.setattr(effective, "_DIGITS", digits)
    assert [value(example, method) for method in AprMethod for example in examples] == usual


def test_the_callers_decimal_context_does_not_matter() -> None:
    example = flows(10_000, [(10, 4_000), (45, 3_500), (400, 3_000)], F.MONTHLY)
    usual = [annual_percentage_rate(example, method) for method in AprMethod]
    hostile = decimal.Context(prec=1, rounding=decimal.ROUND_UP, Emin=-1, Emax=1, capitals=0, clamp=1)
    with decimal.localcontext(hostile):
        hostile_rates = [annual_percentage_rate(example, method) for method in AprMethod]
        texts = [str(rate) for rate in hostile_rates]
    assert hostile_rates == usual
    assert texts == [str(rate) for rate in usual]


# --- intervals


def test_months_are_counted_from_one_month_end_to_the_next() -> None:
    day_by_day = dated("199", DATE(2026, 1, 31), DATE(2026, 2, 28), DATE(2026, 3, 31), unit=F.MONTHLY)
    mid_month = dated("199", DATE(2026, 1, 15), DATE(2026, 2, 15), DATE(2026, 3, 15), unit=F.MONTHLY)
    for method in (AprMethod.US_ACTUARIAL, AprMethod.EU_DIRECTIVE):
        assert value(day_by_day, method) == value(mid_month, method)


def test_payments_on_the_28th_are_not_month_ends() -> None:
    # 28 days to 28 February, over 30: f = 28/30
    late = dated("198", DATE(2026, 1, 31), DATE(2026, 2, 28), DATE(2026, 3, 28), unit=F.MONTHLY)
    thirtieths = value(late, AprMethod.US_ACTUARIAL) / 12
    worth = [100 / ((1 + Fraction(28, 30) * thirtieths) * (1 + thirtieths) ** full) for full in (0, 1)]
    assert abs(sum(worth, start=Fraction(-198))) < Fraction(1, 10**9)


def test_days_that_share_no_day_of_the_month_are_counted_each_on_its_own() -> None:
    odd = dated("198", DATE(2026, 1, 10), DATE(2026, 2, 28), DATE(2026, 4, 5), unit=F.MONTHLY)
    rate = value(odd, AprMethod.US_ACTUARIAL) / 12
    # a month back from the 28th to 28 January and 18 days; two from 5 April to 5 February and 26 days
    spans = [(1, 18), (2, 26)]
    worth = [100 / ((1 + Fraction(days, 30) * rate) * (1 + rate) ** full) for full, days in spans]
    assert abs(sum(worth, start=Fraction(-198))) < Fraction(1, 10**9)


def test_semi_monthly_payments_at_month_ends_are_evenly_spaced() -> None:
    unit = F.semi_monthly(15, 31)
    even = dated("197", DATE(2026, 1, 31), DATE(2026, 2, 15), DATE(2026, 2, 28), unit=unit)
    rate = value(even, AprMethod.US_ACTUARIAL) / 24
    assert abs(100 / (1 + rate) + 100 / (1 + rate) ** 2 - 197) < Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("on", "due", "unit", "years"),
    [
        # whole periods backwards, then days over the year that ends on the last of them
        (DATE(2026, 1, 10), DATE(2026, 3, 15), F.MONTHLY, Fraction(2, 12) + Fraction(5, 365)),
        (DATE(2024, 2, 24), DATE(2024, 4, 5), F.MONTHLY, Fraction(1, 12) + Fraction(10, 366)),
        (DATE(2024, 2, 20), DATE(2024, 3, 28), F.MONTHLY, Fraction(1, 12) + Fraction(8, 365)),
        (DATE(2025, 2, 20), DATE(2025, 3, 28), F.MONTHLY, Fraction(1, 12) + Fraction(8, 366)),
        (DATE(2026, 1, 1), DATE(2026, 1, 18), F.WEEKLY, Fraction(2, 52) + Fraction(3, 365)),
        (DATE(2024, 2, 27), DATE(2024, 3, 14), F.FORTNIGHTLY, Fraction(2, 52) + Fraction(2, 366)),
        (DATE(2026, 1, 1), DATE(2026, 7, 1), None, Fraction(6, 12)),
        (DATE(2026, 1, 1), DATE(2026, 1, 29), None, Fraction(4, 52)),
        (DATE(2026, 1, 1), DATE(2027, 1, 20), None, 1 + Fraction(19, 365)),
        (DATE(2026, 1, 1), DATE(2026, 4, 11), F.every_days(100), Fraction(100, 365)),
    ],
)
def test_an_interval_of_the_directive(
    on: pendulum.Date, due: pendulum.Date, unit: rp.Frequency | None, years: Fraction
) -> None:
    rate = value(dated("90", on, due, unit=unit), AprMethod.EU_DIRECTIVE)
    with decimal.localcontext(decimal.Context(prec=60)):
        exponent = Decimal(years.denominator) / Decimal(years.numerator)
        exact = (Decimal(100) / Decimal(90)) ** exponent - 1
    assert abs(rate - Fraction(exact)) <= STEP / 2


def test_the_periods_of_payments_may_be_stated() -> None:
    # 121 for 100 after two periods of a week, none after the first
    later = CashFlows(euros("100"), ON, ((ON, euros("121")),), F.WEEKLY, periods=(2,))
    assert value(later, AprMethod.IRR) == Fraction(52, 10)


# --- schedules


def test_a_schedule_at_a_nominal_rate_has_that_rate() -> None:
    # twelve months at 12 % nominal, but for the rounding to cents
    schedule = built()
    assert annual_percentage_rate(schedule, AprMethod.IRR).percent() == Decimal("12.00")
    assert annual_percentage_rate(schedule, AprMethod.US_ACTUARIAL).percent() == Decimal("12.00")
    assert annual_percentage_rate(schedule, AprMethod.EU_DIRECTIVE).percent() == Decimal("12.68")


def test_the_us_method_reads_scheduled_dates_and_the_others_due_dates() -> None:
    plain, moved = built(), built(calendar=rp.WeekendCalendar())
    assert value(plain, AprMethod.US_ACTUARIAL) == value(moved, AprMethod.US_ACTUARIAL)
    assert value(plain, AprMethod.XIRR) > value(moved, AprMethod.XIRR)


def test_listed_dates_have_rates_that_need_no_unit_period() -> None:
    without = flows(10_000, [(10, 6_000), (40, 5_000)], None)
    assert value(without, AprMethod.XIRR) > 0
    assert value(without, AprMethod.EU_DIRECTIVE) > 0
    for method in (AprMethod.IRR, AprMethod.US_ACTUARIAL):
        with pytest.raises(rp.TermsError) as caught:
            annual_percentage_rate(without, method)
        assert caught.value.code == "cash_flows.unit_period"


def test_ten_thousand_payments_are_solved() -> None:
    long = CashFlows(
        euros("500000"),
        DATE(1900, 1, 31),
        tuple((DATE(1900, 1, 31).add(days=7 * week + 3), euros("100")) for week in range(1, 10_001)),
        F.WEEKLY,
    )
    for method in AprMethod:
        assert 0 < value(long, method) < 1


@pytest.mark.parametrize("method", AprMethod)
def test_the_longest_term_in_days_is_solved(method: AprMethod) -> None:
    first, last = DATE(1, 1, 1), DATE(9999, 12, 31)
    long = dated("199.99", first, first, last, unit=F.every_days(1))
    assert 0 <= value(long, method) < 1


# --- bounds and refusals


@pytest.mark.parametrize("method", [AprMethod.US_ACTUARIAL, AprMethod.EU_DIRECTIVE, AprMethod.XIRR])
def test_a_rate_above_the_bound_is_refused(method: AprMethod) -> None:
    # no time passes between the advance and a payment that is more than it
    with pytest.raises(rp.RateError) as caught:
        annual_percentage_rate(flows(10_000, [(0, 10_001)]), method)
    assert (caught.value.code, caught.value.data["maximum"]) == ("apr.bound", APR_MAX)


def test_the_bound_itself_is_a_rate() -> None:
    year = 10_000 + 10_000 * APR_MAX
    assert value(flows(10_000, [(365, year)]), XIRR) == APR_MAX
    with pytest.raises(rp.RateError):
        annual_percentage_rate(flows(10_000, [(365, year + 1)]), XIRR)


def test_wrong_types_are_refused() -> None:
    wrong: Any = "schedule"
    with pytest.raises(rp.InputTypeError):
        annual_percentage_rate(wrong, XIRR)
    with pytest.raises(rp.InputTypeError):
        annual_percentage_rate(built(), wrong)
    with pytest.raises(rp.InputTypeError):
        AnnualPercentageRate(0.1, XIRR)  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [Fraction(-1), Fraction(APR_MAX) + STEP])
def test_a_rate_out_of_range_is_refused(share: Fraction) -> None:
    with pytest.raises(rp.RateError) as caught:
        AnnualPercentageRate(share, XIRR)
    assert caught.value.code == "apr.range"


def test_percentages_are_rounded_as_asked() -> None:
    rate = AnnualPercentageRate(Fraction("0.09685"), AprMethod.US_ACTUARIAL)
    assert str(rate) == "9.69 %"
    assert rate.percent() == Decimal("9.69")
    assert rate.percent(rounding=rp.Rounding.DOWN) == Decimal("9.68")
    assert rate.percent(10) == Decimal("9.685")
    assert str(rate.percent(0)) == "10"
    assert str(AnnualPercentageRate(Fraction(0), XIRR)) == "0.00 %"
    for places in (-1, 11):
        with pytest.raises(rp.RateError):
            rate.percent(places)


def test_methods_say_what_kind_of_rate_they_give() -> None:
    assert {method for method in AprMethod if method.is_effective} == {AprMethod.EU_DIRECTIVE, XIRR}


# --- laws


@st.composite
def weekly_flows(draw: st.DrawFn) -> CashFlows:
    """Payments some weeks apart, together at least the advance, the first after a week or more."""
    weeks, payments = 0, []
    for _ in range(draw(st.integers(1, 8))):
        weeks += draw(st.integers(1, 30))
        payments.append((7 * weeks, draw(st.integers(1, 100_000))))
    total = sum(paid for _, paid in payments)
    return flows(draw(st.integers(max(1, total // 2), total)), payments)


def periods(source: CashFlows, method: AprMethod) -> tuple[list[Fraction], int]:
    """Count time anew: in years for effective rates, in weeks for nominal ones, 52 to a year."""
    days = [day.toordinal() - source.on.toordinal() for day, _ in source.payments]
    if method is AprMethod.XIRR:
        return [Fraction(count, 365) for count in days], 1
    if method is AprMethod.EU_DIRECTIVE:
        return [Fraction(count, 7 * 52) for count in days], 1
    if method is AprMethod.IRR:
        return [Fraction(place) for place in range(1, len(days) + 1)], 52
    return [Fraction(count, 7) for count in days], 52


def worth(source: CashFlows, method: AprMethod, rate: Fraction) -> Decimal:
    """Add up discounted payments one by one, with 90 digits."""
    times, per_year = periods(source, method)
    with decimal.localcontext(decimal.Context(prec=90)):
        base = 1 + Decimal(rate.numerator) / Decimal(rate.denominator) / per_year
        return sum(
            amount.minor_units / base ** (Decimal(time.numerator) / Decimal(time.denominator))
            for time, (_, amount) in zip(times, source.payments, strict=True)
        ) + Decimal(0)


@given(weekly_flows(), st.sampled_from(AprMethod))
def test_the_solution_lies_within_half_a_step(source: CashFlows, method: AprMethod) -> None:
    if method is AprMethod.US_ACTUARIAL and len(source.payments) == 1:
        method = AprMethod.XIRR  # the term is its unit-period
    try:
        rate = value(source, method)
    except rp.RateError as refused:
        assert refused.code == "apr.bound"  # noqa: PT017  an outcome too
        assert worth(source, method, Fraction(APR_MAX)) > source.advanced.minor_units
        return
    advanced, slack = source.advanced.minor_units, Decimal("1e-60")
    assert worth(source, method, rate + STEP / 2) < advanced + slack
    assert rate == 0 or worth(source, method, rate - STEP / 2) >= advanced - slack


@given(weekly_flows(), st.integers(0, 7), st.integers(0, 500), st.sampled_from(AprMethod))
def test_a_fee_never_lowers_the_rate(source: CashFlows, place: int, fee: int, method: AprMethod) -> None:
    payments = list(source.payments)
    day, amount = payments[place % len(payments)]
    payments[place % len(payments)] = (day, amount + cents(fee))
    dearer = CashFlows(source.advanced, source.on, tuple(payments), source.unit_period)
    try:
        rate = value(dearer, method)
    except rp.RateError:
        return
    assert rate >= value(source, method)


@given(weekly_flows(), st.sampled_from(AprMethod))
def test_paying_back_what_was_advanced_costs_nothing(source: CashFlows, method: AprMethod) -> None:
    free = CashFlows(source.total, source.on, source.payments, source.unit_period)
    assert value(free, method) == 0


def test_dates_may_be_any_calendar_date() -> None:
    plain = CashFlows(euros("100"), datetime.date(2026, 1, 1), ((datetime.date(2027, 1, 1), euros("120")),))
    assert value(plain, XIRR) == Fraction(1, 5)
