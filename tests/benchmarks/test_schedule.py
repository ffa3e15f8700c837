"""A dated, exact schedule of 60 level installments, beside QuantLib and beside decimal loops, in one run.

Every contender starts from plain parameters, and its result is first checked to be ours, amount by amount
and date by date. ``python -m pytest tests/benchmarks`` prints the medians and the ratios; none is asserted.
"""

from __future__ import annotations

import calendar
import decimal
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.benchmarks.conftest import Report, Sample, clocked

ql: Any = pytest.importorskip("QuantLib")  # it has no types

COUNT = 60
STARTS_ON, FIRST_DUE, ANCHOR = pendulum.date(2026, 1, 31), pendulum.date(2026, 2, 28), 31
EUR = rp.Currency.of("EUR")
PRINCIPAL, RATE = Decimal("12345.67"), Decimal("0.18")
OUR_PRINCIPAL, OUR_RATE = rp.Money(PRINCIPAL, EUR), rp.Rate.annual(RATE)
DAY_COUNTS = [rp.DayCount.NOMINAL, rp.DayCount.ACT_365F]
AMOUNTS = (
    "opening",
    "principal",
    "interest",
    "accrued",
    "fees",
    "carried_interest",
    "carried_fees",
    "carried_penalties",
    "amount",
    "closing",
)


@attrs.frozen
class DecimalRow:
    """The same row as an Installment, its amounts Decimals: the cheapest exact and frozen row there is."""

    number: int
    scheduled_for: pendulum.Date
    due_on: pendulum.Date
    opening: Decimal
    principal: Decimal
    interest: Decimal
    accrued: Decimal
    fees: Decimal
    carried_interest: Decimal
    carried_fees: Decimal
    carried_penalties: Decimal
    amount: Decimal
    closing: Decimal


MakeRow = Callable[[int, pendulum.Date, Decimal, Decimal, Decimal], Any]
Columns = tuple[list[Any], list[int], list[int]]
"""Dates, principals and interests, in minor units."""


# Ours


def build(day_count: rp.DayCount) -> rp.Schedule:
    """Build the schedule from its terms, the terms included."""
    terms = rp.Terms(
        principal=OUR_PRINCIPAL,
        rate=OUR_RATE,
        starts_on=STARTS_ON,
        first_due=FIRST_DUE,
        anchor_day=ANCHOR,
        repayment=rp.LevelPayment(COUNT),
        day_count=day_count,
    )
    return rp.build_schedule(terms)


def read(rows: rp.Schedule | list[DecimalRow] | list[rp.Installment]) -> None:
    """Read both dates and all ten amounts of every row."""
    for row in rows:
        _ = row.scheduled_for, row.due_on
        _ = row.opening, row.principal, row.interest, row.accrued, row.fees, row.amount, row.closing
        _ = row.carried_interest, row.carried_fees, row.carried_penalties


# The loop that a careful engineer would write: decimal throughout, fifty digits, one quantize for each row


CENT, NOTHING = Decimal("0.01"), Decimal("0.00")
CONTEXT = decimal.Context(prec=50, rounding=decimal.ROUND_HALF_EVEN)


def decimal_loop(day_count: rp.DayCount, make_row: MakeRow) -> list[Any]:
    """Split the debt in decimals."""
    with decimal.localcontext(CONTEXT):
        dates = [on_anchor(place) for place in range(COUNT)]
        factors = decimal_factors(day_count, dates)
        growth, annuity = Decimal(1), Decimal(0)
        for factor in factors:
            growth *= 1 + factor
            annuity = annuity * (1 + factor) + 1
        level = (PRINCIPAL * growth / annuity).quantize(CENT)
        rows = []
        opening = PRINCIPAL
        for number, (day, factor) in enumerate(zip(dates, factors, strict=True), start=1):
            interest = (opening * factor).quantize(CENT)
            principal = opening if number == COUNT else level - interest
            rows.append(make_row(number, day, opening, principal, interest))
            opening -= principal
        return rows


def on_anchor(place: int) -> pendulum.Date:
    """Count months from the anchor, so that 31 January, 28 February, 31 March do not drift."""
    year, month = divmod(12 * FIRST_DUE.year + FIRST_DUE.month - 1 + place, 12)
    return pendulum.Date(year, month + 1, min(ANCHOR, calendar.monthrange(year, month + 1)[1]))


def decimal_factors(day_count: rp.DayCount, dates: list[pendulum.Date]) -> list[Decimal]:
    """Give the rate of each period."""
    if day_count is rp.DayCount.NOMINAL:
        return [RATE / 12] * COUNT
    days = [day.toordinal() for day in (STARTS_ON, *dates)]
    return [RATE * (end - start) / 365 for start, end in pairwise(days)]


def decimal_row(
    number: int, day: pendulum.Date, opening: Decimal, principal: Decimal, interest: Decimal
) -> DecimalRow:
    """Make a row of Decimals."""
    return DecimalRow(
        number,
        day,
        day,
        opening,
        principal,
        interest,
        interest,
        NOTHING,
        NOTHING,
        NOTHING,
        NOTHING,
        principal + interest,
        opening - principal,
    )


NO_MONEY = rp.Money.zero(EUR)


def money_row(
    number: int, day: pendulum.Date, opening: Decimal, principal: Decimal, interest: Decimal
) -> rp.Installment:
    """Make the very row that a schedule has."""
    owed, repaid, charged = rp.Money(opening, EUR), rp.Money(principal, EUR), rp.Money(interest, EUR)
    return rp.Installment(
        number, day, day, owed, repaid, charged, charged, NO_MONEY, NO_MONEY, NO_MONEY, NO_MONEY
    )


# QuantLib: its schedule and its day counter, and the split in Python, since it rounds no amount


QL_START, QL_END = ql.Date(31, 1, 2026), ql.Date(31, 1, 2031)
QL_MONTHLY, QL_CALENDAR = ql.Period(1, ql.Months), ql.NullCalendar()
QL_DAY_COUNTERS = {
    rp.DayCount.NOMINAL: ql.Thirty360(ql.Thirty360.ISDA),  # thirty days in each of these months
    rp.DayCount.ACT_365F: ql.Actual365Fixed(),
}


def quantlib_schedule() -> Any:  # noqa: ANN401  # QuantLib has no types
    """Make QuantLib's own schedule, at the end of every month."""
    return ql.Schedule(
        QL_START,
        QL_END,
        QL_MONTHLY,
        QL_CALENDAR,
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        True,  # noqa: FBT003  # it takes no keywords; this is endOfMonth
    )


def quantlib_split(day_counter: Any) -> Columns:  # noqa: ANN401  # as above
    """Split in floats over QuantLib's dates: fast, and right for amounts far from a tie."""
    dates = quantlib_schedule().dates()
    rate = float(RATE)
    factors = [rate * day_counter.yearFraction(start, end) for start, end in pairwise(dates)]
    growth, annuity = 1.0, 0.0
    for factor in factors:
        growth *= 1 + factor
        annuity = annuity * (1 + factor) + 1
    opening = int(PRINCIPAL.scaleb(2))
    level = round(opening * growth / annuity)
    principals, interests = [], []
    for factor in factors[:-1]:
        interest = round(opening * factor)
        principals.append(level - interest)
        interests.append(interest)
        opening -= level - interest
    return dates[1:], [*principals, opening], [*interests, round(opening * factors[-1])]


def quantlib_rows(day_counter: Any) -> list[DecimalRow]:  # noqa: ANN401  # as above
    """Make rows of Decimals from QuantLib's dates and the split."""
    dates, principals, interests = quantlib_split(day_counter)
    rows = []
    opening = PRINCIPAL
    for number, (date, *units) in enumerate(zip(dates, principals, interests, strict=True), start=1):
        day = pendulum.Date(date.year(), date.month(), date.dayOfMonth())
        principal, interest = (Decimal(part).scaleb(-2) for part in units)
        rows.append(decimal_row(number, day, opening, principal, interest))
        opening -= principal
    return rows


def quantlib_bond() -> Any:  # noqa: ANN401  # as above
    """Make what QuantLib has for it: an amortizing bond, its amounts floats and not rounded."""
    notionals = ql.sinkingNotionals(ql.Period(5, ql.Years), ql.Monthly, float(RATE), float(PRINCIPAL))
    day_counter = QL_DAY_COUNTERS[rp.DayCount.NOMINAL]
    return ql.AmortizingFixedRateBond(
        0, notionals[:-1], quantlib_schedule(), [float(RATE)], day_counter, ql.Unadjusted
    )


def quantlib_flows() -> list[tuple[Any, float]]:
    """Read the flows of the bond: interest and principal in turn."""
    return [(flow.date(), flow.amount()) for flow in quantlib_bond().cashflows()]


# Like is compared with like


@pytest.mark.parametrize("day_count", DAY_COUNTS)
def test_all_splits_are_equal(day_count: rp.DayCount) -> None:
    schedule = build(day_count)
    assert decimal_loop(day_count, money_row) == list(schedule)
    for rows in (decimal_loop(day_count, decimal_row), quantlib_rows(QL_DAY_COUNTERS[day_count])):
        for ours, theirs in zip(schedule, rows, strict=True):
            assert (theirs.number, theirs.scheduled_for) == (ours.number, ours.scheduled_for)
            assert theirs.due_on == ours.due_on
            for name in AMOUNTS:
                assert getattr(theirs, name) == getattr(ours, name).amount, (ours.number, name)


def test_the_bond_pays_the_exact_payment_that_we_round() -> None:
    # Only the first row can be compared: from the second on, the bond goes on with balances not rounded.
    first, flows = build(rp.DayCount.NOMINAL)[0], quantlib_flows()
    assert len(flows) == 2 * COUNT
    assert flows[0][1] + flows[1][1] == pytest.approx(float(first.amount.amount), abs=0.005)


# The races


@pytest.mark.parametrize("day_count", DAY_COUNTS)
def test_building_it(report: Report, day_count: rp.DayCount) -> None:
    split = "QuantLib: Schedule, day counter, split in floats"
    contenders: dict[str, Sample] = {
        "repayplan: Terms and build_schedule": clocked(lambda: build(day_count)),
        split: clocked(lambda: quantlib_split(QL_DAY_COUNTERS[day_count])),
    }
    if day_count is rp.DayCount.NOMINAL:  # its notionals are level for equal periods only
        contenders["QuantLib: AmortizingFixedRateBond (not rounded)"] = clocked(quantlib_bond)
    report.race(f"Build {COUNT} rows, {day_count.name}", contenders, rounds=1_000, aims={split: 1})


@pytest.mark.parametrize("day_count", DAY_COUNTS)
def test_building_it_and_reading_everything(report: Report, day_count: rp.DayCount) -> None:
    same, plain = "decimal loop: the same rows, of Money", "decimal loop: frozen rows of Decimals"
    contenders: dict[str, Sample] = {
        "repayplan: Terms, build_schedule, every row read": clocked(lambda: read(build(day_count))),
        same: clocked(lambda: read(decimal_loop(day_count, money_row))),
        plain: clocked(lambda: read(decimal_loop(day_count, decimal_row))),
        "QuantLib: split, frozen rows of Decimals": clocked(
            lambda: read(quantlib_rows(QL_DAY_COUNTERS[day_count]))
        ),
    }
    if day_count is rp.DayCount.NOMINAL:
        contenders["QuantLib: AmortizingFixedRateBond (not rounded)"] = clocked(quantlib_flows)
    title = f"Build and read {COUNT} rows, {day_count.name}"
    report.race(title, contenders, rounds=500, aims={same: 1, plain: 1})


@pytest.mark.parametrize(
    ("count", "rounds"), [(12, 300), (60, 300), (240, 60), (241, 60), (360, 60), (1_200, 20), (10_000, 5)]
)
@pytest.mark.parametrize("day_count", DAY_COUNTS)
def test_how_it_grows(
    benchmark: Any,  # noqa: ANN401  # half typed
    report: Report,
    day_count: rp.DayCount,
    count: int,
    rounds: int,
) -> None:
    # So long a term needs a debt and a rate of which every row repays something.
    terms = rp.Terms(
        principal=rp.Money("123456789012.67", EUR),
        rate=rp.Rate.annual("0.001"),
        starts_on=STARTS_ON,
        first_due=FIRST_DUE,
        anchor_day=ANCHOR,
        repayment=rp.LevelPayment(count),
        day_count=day_count,
    )
    schedule = benchmark.pedantic(lambda: rp.build_schedule(terms), rounds=rounds, warmup_rounds=1)
    assert len(schedule) == count
    if benchmark.stats is not None:  # it is with --benchmark-disable
        seconds = benchmark.stats.stats.median
        each, rate = f"{seconds / count * 1e6:>8.2f} us a row", f"{count / seconds:>10,.0f} rows a second"
        line = f"  {count:>6,} rows {seconds * 1e3:>10,.2f} ms {each} {rate}"
        report.note(f"How building grows, {day_count.name}", line)
