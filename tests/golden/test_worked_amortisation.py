"""Worked examples of regulators: payments, odd days and dates, as their sources print them.

Sources: 12 CFR 1026 (Regulation Z), Supplement I and Appendices H and J; HKAB/DTCA Code of Banking Practice,
Annex III. The sources print whole dollars, which is the rounding that the assertions name.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pendulum
import pytest

import repayplan as rp
from tests.reference import FOLDER, Case, case

FILE = "worked_examples.json"
PATH = FOLDER / FILE
CASES: list[Case] = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else []
AMORTISATION = [pytest.param(row, id=row["id"]) for row in CASES if row["area"] == "amortisation"] or [
    pytest.param(None, marks=pytest.mark.skip(reason="the published figures are not beside this checkout"))
]


def schedule_of(row: Case, step: int | None = None) -> rp.Schedule:
    inputs = row["inputs"]
    currency = inputs.get("currency", "USD")
    return rp.build_schedule(
        rp.Terms(
            principal=rp.Money(inputs["principal"], currency),
            rate=rp.Rate.annual(Decimal(str(inputs["annual_rate"]))),
            starts_on=pendulum.date(2026, 1, 1),
            first_due=pendulum.date(2026, 2, 1),
            repayment=rp.LevelPayment(inputs["months"], None if step is None else rp.Money(step, currency)),
        )
    )


def whole(money: rp.Money) -> int:
    """Round to whole units of the currency, half up as the sources do."""
    return rp.Rounding.HALF_UP.apply(money.exact)


@pytest.mark.parametrize("row", AMORTISATION)
def test_the_level_payment_in_whole_units_is_the_published_one(row: Case) -> None:
    schedule = schedule_of(row, step=1)
    assert schedule[0].amount == rp.Money(row["expected"]["payment_rounded"], schedule[0].amount.currency)


@pytest.mark.parametrize("row", AMORTISATION)
def test_the_level_payment_in_cents_rounds_to_the_published_one(row: Case) -> None:
    assert whole(schedule_of(row)[0].amount) == row["expected"]["payment_rounded"]


def test_the_interest_only_payment_of_the_source() -> None:
    # "interest-only payment for first 5 years = 1,167": the interest of a month on the whole principal
    row = case(FILE, None, "regz-43c5iiB-3-i")
    assert "1,167" in row["note"]
    assert whole(schedule_of(row)[0].interest) == 1167


def test_the_payment_and_the_total_of_the_hong_kong_template() -> None:
    row = case(FILE, None, "hkma-cobp-annex3")
    schedule = schedule_of(row)
    assert schedule[0].amount == rp.Money("849.03", "HKD")
    assert whole(schedule.total) == row["expected"]["total"]


def test_the_odd_days_of_a_long_first_period_are_counted_over_360() -> None:
    row = case(FILE, None, "regz-H11")
    inputs = row["inputs"]
    principal, rate = (
        rp.Money(inputs["principal"], "USD"),
        rp.Rate.annual(Decimal(str(inputs["annual_rate"]))),
    )

    def first_interest(starts_on: str) -> rp.Money:
        terms = rp.Terms(
            principal=principal,
            rate=rate,
            starts_on=pendulum.Date.fromisoformat(starts_on),
            first_due=pendulum.Date.fromisoformat(inputs["first_payment"]),
            repayment=rp.LevelPayment(12),
        )
        return rp.build_schedule(terms)[0].interest

    odd = first_interest(inputs["from"]) - first_interest(inputs["regular_period_starts"])
    assert odd.amount == Decimal(str(row["expected"]["odd_days_interest"]))


def dates_from(first: pendulum.Date, anchor_day: int, count: int) -> list[str]:
    return [str(due) for due in rp.due_dates(first, rp.Frequency.MONTHLY, count, anchor_day=anchor_day)]


def test_the_last_day_of_each_month_is_a_due_date_of_one_rule() -> None:
    row = case(FILE, None, "regz-7b11-6")
    dates = dates_from(pendulum.date(row["inputs"]["years"][0], 1, 31), anchor_day=31, count=24)
    assert [date for date in dates if date[5:7] == "02"] == row["expected"]["feb"]
    assert [date for date in dates if date[5:7] == "08"] == row["expected"]["aug"]


def test_days_that_february_does_not_have_fall_on_its_last() -> None:
    row = case(FILE, None, "regz-appJ-b3iv")
    for day in row["inputs"]["day"]:
        january, february, march = dates_from(pendulum.date(2023, 1, day), anchor_day=day, count=3)
        assert february == row["expected"]["due"]
        assert (january, march) == (f"2023-01-{day}", f"2023-03-{day}")
