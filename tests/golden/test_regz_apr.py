"""Regulation Z: the examples of 12 CFR 1026, Appendix J (c), to the two decimals that are printed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pendulum
import pytest

import repayplan as rp
from repayplan.schedule.apr import AprMethod, annual_percentage_rate
from repayplan.schedule.cash_flows import CashFlows
from tests.reference import case

if TYPE_CHECKING:
    from collections.abc import Iterator

DATE = pendulum.date
F = rp.Frequency

Stream = tuple[str, int, pendulum.Date]
"""An amount, how many payments of it, and when the first is."""


def day(text: str) -> pendulum.Date:
    return DATE(*map(int, text.split("-")))


def payments(streams: list[Stream], frequency: rp.Frequency) -> Iterator[tuple[pendulum.Date, rp.Money]]:
    for amount, count, first in streams:
        for due in rp.due_dates(first, frequency, count):
            yield due, rp.Money(amount, "USD")


def percent(advanced: str, on: pendulum.Date, streams: list[Stream], frequency: rp.Frequency) -> Decimal:
    flows = CashFlows(rp.Money(advanced, "USD"), on, tuple(payments(streams, frequency)), frequency)
    return annual_percentage_rate(flows, AprMethod.US_ACTUARIAL).percent()


EXAMPLES: dict[str, tuple[str, pendulum.Date, list[Stream], rp.Frequency, str]] = {
    "(c)(1)(i) monthly": (
        "5000", DATE(1978, 1, 10), [("230", 24, DATE(1978, 2, 10))], F.MONTHLY, "9.69",
    ),
    "(c)(1)(ii) monthly, long first period": (
        "6000", DATE(1978, 2, 10), [("200", 36, DATE(1978, 4, 1))], F.MONTHLY, "11.82",
    ),
    "(c)(1)(iii) semi-monthly, short first period": (
        "5000", DATE(1978, 2, 23), [("219.17", 24, DATE(1978, 3, 1))], F.semi_monthly(1, 16), "10.34",
    ),
    "(c)(1)(iv) quarterly, long first period": (
        "10000", DATE(1978, 5, 23), [("385", 40, DATE(1978, 10, 1))], F.QUARTERLY, "8.97",
    ),
    "(c)(1)(v) weekly, long first period": (
        "500", DATE(1978, 3, 20), [("17.60", 30, DATE(1978, 4, 21))], F.WEEKLY, "14.96",
    ),
    "(c)(2)(i) monthly, odd first payment": (
        "5000", DATE(1978, 1, 10), [("250", 1, DATE(1978, 2, 10)), ("230", 23, DATE(1978, 3, 10))],
        F.MONTHLY, "10.08",
    ),
    "(c)(2)(ii) four-weekly, long first period, odd first payment": (
        "400", DATE(1978, 3, 18), [("39.50", 1, DATE(1978, 4, 20)), ("38.31", 11, DATE(1978, 5, 18))],
        F.FOUR_WEEKLY, "28.50",
    ),
    "(c)(3)(i) monthly, odd last payment": (
        "5000", DATE(1978, 1, 10), [("230", 23, DATE(1978, 2, 10)), ("280", 1, DATE(1980, 1, 10))],
        F.MONTHLY, "10.50",
    ),
    "(c)(3)(ii) fortnightly, short first period, odd last payment": (
        "200", DATE(1978, 4, 3), [("9.50", 19, DATE(1978, 4, 11)), ("30", 1, DATE(1979, 1, 2))],
        F.FORTNIGHTLY, "12.22",
    ),
    "(c)(4)(i) monthly, odd first and last payment": (
        "5000", DATE(1978, 1, 10),
        [("250", 1, DATE(1978, 2, 10)), ("230", 22, DATE(1978, 3, 10)), ("280", 1, DATE(1980, 1, 10))],
        F.MONTHLY, "10.90",
    ),
    "(c)(4)(ii) every two months, short first period, odd first and last payment": (
        "8000", DATE(1978, 1, 10),
        [("449.36", 1, DATE(1978, 3, 1)), ("465", 18, DATE(1978, 5, 1)), ("200", 1, DATE(1981, 5, 1))],
        F.BIMONTHLY, "7.30",
    ),
    "(c)(5)(i) one payment after 255 days": (
        "1000", DATE(1978, 1, 3), [("1080", 1, DATE(1978, 9, 15))], F.every_days(255), "11.45",
    ),
}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_printed_rate_is_reproduced(example: str) -> None:
    *given, printed = EXAMPLES[example]
    assert percent(*given) == Decimal(printed)  # type: ignore[arg-type]  # a tuple of five, taken apart


@pytest.mark.parametrize("identity", ["regz-c1i", "regz-c1ii"])
def test_the_figures_on_file_are_reproduced(identity: str) -> None:
    row = case("regz_appendix_j.json", "examples", identity)
    kind, length = row["unit"]
    frequency = {"M": F.every_months, "D": F.every_days}[kind](length)
    streams = [(amount, count, day(row["first"])) for amount, count in row["pay"]]
    assert percent(row["A"], day(row["adv"]), streams, frequency) == Decimal(row["apr"])


def test_the_single_payment_takes_its_term_as_the_unit_period_whatever_is_stated() -> None:
    # (b)(4)(ii); 255 days are (b)(5)(vii): 80 / 1000 * 365 / 255
    stated = percent("1000", DATE(1978, 1, 3), [("1080", 1, DATE(1978, 9, 15))], F.MONTHLY)
    assert stated == Decimal("11.45")


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [(F.MONTHLY, "12.00"), (F.every_days(181), "12.10")],  # 6 % * 12 / 6, 6 % * 365 / 181
)
def test_a_term_of_whole_months_is_counted_in_months_or_days(frequency: rp.Frequency, expected: str) -> None:
    # (b)(5)(vi) allows both
    streams = [("1060", 1, DATE(1978, 7, 10))]
    assert percent("1000", DATE(1978, 1, 10), streams, frequency) == Decimal(expected)


def test_a_year_is_the_longest_unit_period() -> None:
    # (b)(4)(i) and (ii); two years at 10 %, compounding yearly
    streams = [("1210", 1, DATE(1980, 1, 10))]
    assert percent("1000", DATE(1978, 1, 10), streams, F.every_months(24)) == Decimal("10.00")
    two = [("605", 1, DATE(1980, 1, 10)), ("732.05", 1, DATE(1982, 1, 10))]
    assert percent("1000", DATE(1978, 1, 10), two, F.every_months(24)) == Decimal("10.00")
    assert percent("1000", DATE(1978, 1, 10), two, F.every_days(730)) == Decimal("10.00")


def test_a_part_of_a_year_is_months_or_days() -> None:
    # (b)(5)(v): 1000 = 1300 / ((1 + f i) (1 + i)) with f = 6/12 and i = 0.2 exactly: 1.1 * 1.2 * 1000 = 1320
    months = [("1320", 1, DATE(1979, 7, 10))]
    assert percent("1000", DATE(1978, 1, 10), months, F.ANNUAL) == Decimal("20.00")
    # 73 days are a fifth of 365: 1.04 * 1.2 * 1000 = 1248
    days = [("1248", 1, DATE(1979, 3, 24))]
    assert percent("1000", DATE(1978, 1, 10), days, F.ANNUAL) == Decimal("20.00")
