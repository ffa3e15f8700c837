"""Schedules of Apache Fineract (Apache-2.0), reproduced in full: every date and every amount.

The settings map as the folder of the figures says: 30-day months with monthly periods, and interest per
repayment period, are nominal; 30-day months with weekly periods count actual days over the year's length.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pendulum
import pytest

import repayplan as rp
from tests.reference import Case, case

if TYPE_CHECKING:
    from repayplan.schedule.repayment import Repayment

FILE = "fineract_schedules.json"

REPRODUCED = [
    *("fin001", "fin005", "fin008", "fin009", "fin010", "fin014", "fin021", "fin046", "fin054", "fin083"),
    *("fin104", "fin105", "fin107", "fut01", "fut05", "fut12", "fut23", "fme02", "fme03"),
]

YEARS = {
    "365": rp.DayCount.ACT_365F,
    "360": rp.DayCount.ACT_360,
    "364": rp.DayCount.ACT_364,
    "ACTUAL": rp.DayCount.ACT_ACT_ISDA,
}


def day(text: str) -> pendulum.Date:
    plain = datetime.date.fromisoformat(text)
    return pendulum.date(plain.year, plain.month, plain.day)


def repayment_of(row: Case) -> Repayment:
    count = row["number_of_repayments"]
    multiple = row["installment_multiples_of"]
    step = None if multiple is None else rp.Money(multiple, row["currency"])
    if row["interest_method"] == "FLAT":
        return rp.FlatInterest(count, step)
    if row["amortization"] == "EQUAL_PRINCIPAL_PAYMENTS":
        return rp.EqualPrincipal(count)
    return rp.LevelPayment(count, step)


def day_count_of(row: Case) -> rp.DayCount:
    monthly = row["repayment_frequency"] == "MONTHS"
    if row["interest_calculation_period"] == "SAME_AS_REPAYMENT_PERIOD":
        return rp.DayCount.NOMINAL
    if row["days_in_month"] == "30" and monthly:
        return rp.DayCount.NOMINAL
    return YEARS[row["days_in_year"]]


def terms_of(row: Case, first_due: str) -> rp.Terms:
    monthly = row["repayment_frequency"] == "MONTHS"
    every = rp.Frequency.every_months if monthly else rp.Frequency.every_weeks
    rolls = row.get("month_end_due_date_strategy") == "FIRST_DAY_OF_NEXT_MONTH"
    starts_on = day(row["disbursement_date"])
    return rp.Terms(
        principal=rp.Money(Decimal(row["principal"]), row["currency"]),
        rate=rp.Rate.annual(Decimal(row["annual_rate_percent"]) / 100),
        starts_on=starts_on,
        first_due=day(first_due),
        anchor_day=starts_on.day if monthly else None,
        frequency=every(row["repayment_every"]),
        repayment=repayment_of(row),
        day_count=day_count_of(row),
        month_end=rp.MonthEnd.ROLL if rolls else rp.MonthEnd.CLAMP,
    )


@pytest.mark.parametrize("identity", REPRODUCED)
def test_every_row_of_the_source_is_reproduced(identity: str) -> None:
    row = case(FILE, "cases", identity)
    expected = row["expected"]
    schedule = rp.build_schedule(terms_of(row, expected[0]["date"]))
    assert schedule.terms.principal.currency.digits == row["digits_after_decimal"]
    previous = schedule.terms.starts_on
    got = []
    for installment in schedule:
        got.append(
            {
                "nr": installment.number,
                "days": installment.due_on.toordinal() - previous.toordinal(),
                "date": str(installment.due_on),
                "principal": installment.principal.amount,
                "interest": installment.interest.amount,
                "fees": installment.fees.amount,
                "penalties": installment.carried_penalties.amount,
                "due": installment.amount.amount,
                "balance": installment.closing.amount,
            }
        )
        previous = installment.due_on
    texts = ("principal", "interest", "fees", "penalties", "due", "balance")
    assert got == [{**line, **{name: Decimal(line[name]) for name in texts}} for line in expected]


def test_a_day_that_every_month_has_is_left_alone_by_the_roll() -> None:
    row = case(FILE, "dates_only", "fme06")
    expected = row["expected_due_dates"]
    schedule = rp.build_schedule(terms_of(row, expected[0]))
    assert [str(installment.due_on) for installment in schedule] == expected


@pytest.mark.parametrize("identity", ["fme02", "fme03"])
def test_the_dates_of_the_month_end_policies(identity: str) -> None:
    row = case(FILE, "cases", identity)
    expected = row["expected_due_dates"]
    schedule = rp.build_schedule(terms_of(row, expected[0]))
    assert [str(installment.due_on) for installment in schedule] == expected
