"""A dated schedule of 60 level installments beside the packages that build one, and beside the bare loop.

Every contender starts from plain parameters and is called as its documentation shows. What its result has in
common with ours is compared first; where it differs, the test says how. The bare loop is the floor: integers,
tuples, dates of the standard library, no checks and no type for money.
"""

from __future__ import annotations

import calendar
import datetime as dt
import warnings
from decimal import Decimal
from typing import Any, TypeAlias

import pytest

import repayplan as rp
from tests.benchmarks.conftest import Report, Sample, clocked
from tests.benchmarks.test_schedule import COUNT, PRINCIPAL, RATE, build, read

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its classes warn when Python makes them
    ql: Any = pytest.importorskip("QuantLib")  # it has no types
financial_engine: Any = pytest.importorskip("financial_engine", reason="needs amortizacion-engine")
repaykit: Any = pytest.importorskip("repaykit")

STARTS_ON = dt.date(2026, 1, 31)

Leg: TypeAlias = list[tuple[dt.date, int, int, int, int]]
"""A date, the opening, the principal, the interest and the closing, in minor units."""


def ours() -> rp.Schedule:
    return build(rp.DayCount.NOMINAL)


# amortizacion-engine (MIT): French system, decimals; the last interest takes the rounding difference


def of_amortizacion_engine() -> Any:  # noqa: ANN401  # not ours to type
    return financial_engine.simulate(
        mode=financial_engine.AmortizationMode.FRENCH_FIXED_PAYMENT,
        principal=str(PRINCIPAL),
        annual_rate=str(RATE),
        periods=COUNT,
        start_date=STARTS_ON.isoformat(),
    ).schedule


# repaykit (MIT): reducing balance, decimals


def of_repaykit() -> Any:  # noqa: ANN401  # as above
    loan = repaykit.Loan.create(
        amount=PRINCIPAL,
        annual_rate=RATE,
        term=f"{COUNT} months",
        payment_frequency="monthly",
        method="reducing_balance",
        start_date=STARTS_ON,
    )
    return loan.schedule()


# QuantLib (modified BSD): its dated leg of interest over level notionals, in floats and not rounded


def of_quantlib() -> list[tuple[Any, float, float]]:
    """Make the leg and read what a schedule needs of it: the date, the notional and the interest."""
    schedule = ql.Schedule(
        ql.Date(31, 1, 2026),
        ql.Date(31, 1, 2031),
        ql.Period(1, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        True,  # noqa: FBT003  # it takes no keywords; this is endOfMonth
    )
    day_counter = ql.Thirty360(ql.Thirty360.ISDA)  # thirty days in each of these months
    notionals = ql.sinkingNotionals(ql.Period(5, ql.Years), ql.Monthly, float(RATE), float(PRINCIPAL))
    leg = ql.FixedRateLeg(schedule, day_counter, notionals[:-1], [float(RATE)], ql.Unadjusted)
    return [(flow.date(), ql.as_coupon(flow).nominal(), flow.amount()) for flow in leg]


# The floor


def bare_loop() -> Leg:
    """Split in integers, a hundredth of a unit each, half to even."""
    units, twelfth = int(PRINCIPAL.scaleb(2)), 1_000
    rate = int(RATE * twelfth) // 12  # 15 thousandths a month
    growth = (twelfth + rate) ** COUNT
    level = half_even(units * rate * growth, twelfth * (growth - twelfth**COUNT))
    rows, opening = [], units
    for number in range(1, COUNT + 1):
        interest = half_even(opening * rate, twelfth)
        principal = opening if number == COUNT else level - interest
        rows.append((in_months(number), opening, principal, interest, opening - principal))
        opening -= principal
    return rows


def half_even(numerator: int, denominator: int) -> int:
    quotient, remainder = divmod(numerator, denominator)
    twice = 2 * remainder
    return quotient + (twice > denominator or (twice == denominator and quotient & 1))


def in_months(count: int) -> dt.date:
    year, month = divmod(12 * STARTS_ON.year + STARTS_ON.month - 1 + count, 12)
    return dt.date(year, month + 1, min(STARTS_ON.day, calendar.monthrange(year, month + 1)[1]))


# Like is compared with like


def test_repaykit_splits_as_we_do() -> None:
    theirs = of_repaykit()
    for installment, row in zip(ours(), theirs, strict=True):
        assert (installment.due_on, installment.amount.amount) == (row.due_date, row.installment)
        assert (installment.opening.amount, installment.closing.amount) == (
            row.opening_balance,
            row.closing_balance,
        )
        assert (installment.principal.amount, installment.interest.amount) == (row.principal, row.profit)


def test_amortizacion_engine_splits_as_we_do_but_for_the_last_interest() -> None:
    theirs = of_amortizacion_engine()
    for installment, row in zip(ours(), theirs, strict=True):
        assert installment.due_on == row.date
        assert (installment.principal.amount, installment.closing.amount) == (
            row.principal_component,
            row.balance,
        )
        if installment.number < COUNT:
            assert (installment.amount.amount, installment.interest.amount) == (
                row.payment,
                row.interest_component,
            )
    # It keeps the last payment level: the interest there is what is left, 4.78 where 308.72 bear 4.63.
    assert (theirs[-1].payment, theirs[-1].interest_component) == (Decimal("313.50"), Decimal("4.78"))


def test_quantlib_has_the_same_dates_and_the_same_interest_before_rounding() -> None:
    schedule, theirs = ours(), of_quantlib()
    dates = [dt.date(date.year(), date.month(), date.dayOfMonth()) for date, *_ in theirs]
    assert dates == [installment.due_on for installment in schedule]
    first = schedule[0]
    assert theirs[0][1:] == pytest.approx(
        (float(first.opening.amount), float(first.interest.amount)), abs=5e-3
    )


def test_the_bare_loop_splits_as_we_do() -> None:
    for installment, (date, opening, principal, interest, closing) in zip(ours(), bare_loop(), strict=True):
        assert installment.due_on == date
        found = (installment.opening, installment.principal, installment.interest, installment.closing)
        assert tuple(money.minor_units for money in found) == (opening, principal, interest, closing)


# The races


def test_building_it(report: Report) -> None:
    leg, engine, kit, floor = (
        "QuantLib: its dated leg, read",
        "amortizacion-engine: simulate",
        "repaykit: Loan.schedule",
        "bare loop: integers, tuples, datetime.date",
    )
    contenders: dict[str, Sample] = {
        "repayplan: Terms and build_schedule": clocked(ours),
        leg: clocked(of_quantlib),
        engine: clocked(of_amortizacion_engine),
        kit: clocked(of_repaykit),
        floor: clocked(bare_loop),
    }
    report.race(
        f"Peers: build {COUNT} rows",
        contenders,
        rounds=500,
        aims={leg: 1, engine: 1 / 3, kit: 1 / 3, floor: 2},
    )


def test_building_it_and_reading_everything(report: Report) -> None:
    # Theirs are rows already; ours become rows of Money when they are read.
    engine, kit = "amortizacion-engine: simulate", "repaykit: Loan.schedule"
    contenders: dict[str, Sample] = {
        "repayplan: Terms, build_schedule, every row read": clocked(lambda: read(ours())),
        engine: clocked(of_amortizacion_engine),
        kit: clocked(of_repaykit),
    }
    report.race(f"Peers: build and read {COUNT} rows", contenders, rounds=300, aims={engine: 1, kit: 1})
