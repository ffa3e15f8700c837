"""Schedules of Apache Fineract (Apache-2.0), reproduced in full: every date and every amount.

The settings map as the folder of the figures says: 30-day months with monthly periods, and interest per
repayment period, are nominal; 30-day months with weekly periods count actual days over the year's length.
Actual days over actual years split a period that crosses years on 31 December; with ``FEB_29_PERIOD_ONLY``
a year has 366 days for a period that holds a 29 February and 365 for all others.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pendulum
import pytest

import repayplan as rp
from tests.reference import Case, case, load

if TYPE_CHECKING:
    from repayplan.schedule.repayment import Repayment

FILE = "fineract_schedules.json"

REPRODUCED = [
    *("fin001", "fin002", "fin005", "fin008", "fin009", "fin010", "fin014", "fin021", "fin039", "fin046"),
    *("fin054", "fin083", "fin104", "fin105", "fin107", "fut01", "fut05", "fut12", "fut18", "fut23"),
    *("fme02", "fme03"),
]
NOT_REPRODUCED = {"fin004": "emi_smoothing", "fin130": "progressive_ignores_FLAT"}

YEARS = {
    "365": rp.DayCount.ACT_365F,
    "360": rp.DayCount.ACT_360,
    "364": rp.DayCount.ACT_364,
    "ACTUAL": rp.DayCount.ACT_ACT_YEAR_END,
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
    if row["days_in_year"] == "ACTUAL" and row["days_in_year_custom"] == "FEB_29_PERIOD_ONLY":
        return rp.DayCount.ACT_ACT_AFB
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


def rows_of(schedule: rp.Schedule) -> list[Case]:
    """Give the rows as the source has them."""
    starts = [schedule.terms.starts_on, *(installment.due_on for installment in schedule)]
    return [
        {
            "nr": installment.number,
            "days": installment.due_on.toordinal() - start.toordinal(),
            "date": str(installment.due_on),
            "principal": installment.principal.amount,
            "interest": installment.interest.amount,
            "fees": installment.fees.amount,
            "penalties": installment.carried_penalties.amount,
            "due": installment.amount.amount,
            "balance": installment.closing.amount,
        }
        for start, installment in zip(starts, schedule, strict=False)
    ]


def published(row: Case) -> list[Case]:
    texts = ("principal", "interest", "fees", "penalties", "due", "balance")
    return [{**line, **{name: Decimal(line[name]) for name in texts}} for line in row["expected"]]


@pytest.mark.parametrize("identity", REPRODUCED)
def test_every_row_of_the_source_is_reproduced(identity: str) -> None:
    row = case(FILE, "cases", identity)
    schedule = rp.build_schedule(terms_of(row, row["expected"][0]["date"]))
    assert schedule.terms.principal.currency.digits == row["digits_after_decimal"]
    assert rows_of(schedule) == published(row)


def test_every_case_is_reproduced_or_known_not_to_be() -> None:
    cases = {row["id"]: row["requires"] for row in load(FILE)["cases"]}
    assert set(cases) == {*REPRODUCED, *NOT_REPRODUCED}
    assert {identity: cases[identity] for identity in NOT_REPRODUCED} == {
        identity: [feature] for identity, feature in NOT_REPRODUCED.items()
    }


def test_smoothing_changes_the_payment_by_cents_and_the_last_row_says_so() -> None:
    # emi_smoothing: the source alters the payment after it was rounded, to bring the last row nearer to it.
    # Ours is the exact payment, rounded once, with the whole difference on the last row.
    row = case(FILE, "cases", "fin004")
    schedule = rp.build_schedule(terms_of(row, row["expected"][0]["date"]))
    ours, theirs = rows_of(schedule), published(row)
    assert [line["date"] for line in ours] == [line["date"] for line in theirs]
    assert theirs[0]["due"] != ours[0]["due"]
    assert abs(theirs[-1]["due"] - theirs[0]["due"]) <= abs(ours[-1]["due"] - ours[0]["due"])


def test_a_flat_loan_is_flat_and_the_figures_of_the_source_are_a_level_payments() -> None:
    # progressive_ignores_FLAT: the source's progressive schedules take FLAT and work out a declining balance.
    row = case(FILE, "cases", "fin130")
    first = row["expected"][0]["date"]
    assert row["interest_method"] == "FLAT"
    assert rows_of(rp.build_schedule(terms_of(row, first))) != published(row)
    level = {**row, "interest_method": "DECLINING_BALANCE"}
    assert rows_of(rp.build_schedule(terms_of(level, first))) == published(row)


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
