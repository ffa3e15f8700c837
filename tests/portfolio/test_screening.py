"""Screening: capacity, the range of plans within it, and why there is none."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pendulum

import repayplan as rp
from repayplan.policies import cn
from repayplan.portfolio import IN_BUDGETS, OUT_SCREEN, plan_range, screen, screening
from tests.portfolio import Row, batch_of

RULES = cn.CREDIT_CARD.in_force(pendulum.date(2026, 12, 1)).affordability
HOUSE = RULES.contingency.citation
BUDGET: Row = {
    "account": "a-1",
    "currency": "CNY",
    "principal": 1_200_000,
    "rate": "0.18",
    "starts_on": dt.date(2026, 1, 15),
    "first_due": dt.date(2026, 2, 15),
    "income": 850_000,
    "expenses": 600_000,
}


def screened(rules: rp.AffordabilityRules = RULES, **changes: object) -> dict[str, Any]:
    months_max: Any = changes.pop("months_max", 60)
    calendar: Any = changes.pop("days", rp.WeekendCalendar())
    batch = batch_of([{**BUDGET, **changes}], IN_BUDGETS)
    given: Any = {"days": calendar}
    (found,) = screen(batch, rules, months_max=months_max, calendars=given).to_pylist()
    return found


def test_the_range_goes_from_the_shortest_plan_to_the_longest() -> None:
    assert screened() == {
        "account": "a-1",
        "currency": "CNY",
        "capacity": 225_000,
        "installment_min": 30_482,
        "installment_max": 210_633,
        "count_min": 6,
        "count_max": 60,
        "months_min": 6,
        "months_max": 60,
        "reason": None,
        "route": "columnar",
        "error": None,
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"expenses": 850_000}, "nothing is left to pay with"),
        ({"expenses": 10**6}, "nothing is left to pay with"),
        ({"principal": 100_000_000}, "no more than the interest is left"),
        ({"principal": 9_000_000}, "it would take too long"),
        ({"months_max": 3}, "it would take too long"),
    ],
)
def test_where_no_plan_is_within_capacity_it_says_why(changes: Row, reason: str) -> None:
    found = screened(**changes)
    assert (found["reason"], found["installment_min"], found["route"]) == (reason, None, "columnar")
    assert found["error"] is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"expenses": 850_000}, "nothing is left to pay with"),
        ({"principal": 100_000_000}, "no more than the interest is left"),
        ({"principal": 9_900_000}, "it would take too long"),
        ({"months_max": 1, "first_due": dt.date(2026, 2, 16)}, "it would take too long"),
    ],
)
def test_the_scalar_way_says_why_there_is_none(changes: Row, reason: str) -> None:
    fine = attrs.evolve(RULES, contingency=rp.Limit(Fraction(1, 4099), HOUSE))
    found = screened(fine, **changes)
    assert (found["reason"], found["installment_min"], found["route"]) == (reason, None, "scalar")
    assert found["error"] is None


def test_each_frequency_has_its_own_limit() -> None:
    weekly = screened(frequency="weekly", first_due=dt.date(2026, 1, 22))
    assert weekly["installment_max"] <= 225_000 * 12 // 52
    assert weekly["count_max"] == 260
    quarterly = screened(frequency="quarterly", first_due=dt.date(2026, 4, 15))
    assert (quarterly["count_max"], quarterly["installment_max"] <= 225_000) == (20, True)
    rolling = screened(month_end="roll")
    assert rolling["installment_max"] <= 225_000 // 2


def test_rounding_that_leaves_the_last_payment_too_high_takes_one_more_installment() -> None:
    found = screened(principal=1_000, rate="0", expenses=849_000, income=849_102, rounding="down")
    # eleven times 90 would leave 100 for the last, above 91, although eleven times 91 are enough
    assert (found["capacity"], found["count_min"], found["installment_max"]) == (91, 12, 87)


def test_both_routes_look_for_one_more_installment(monkeypatch: pytest.MonkeyPatch) -> None:
    debt: Row = {"principal": 1_000, "rate": "0", "rounding": "down", "expenses": 849_000}
    scalar = attrs.evolve(RULES, contingency=rp.Limit(Fraction(1, 4099), HOUSE))
    found = screened(scalar, **debt, income=849_092)
    assert (found["route"], found["capacity"], found["count_min"]) == ("scalar", 91, 12)
    monkeypatch.setattr(screening, "_TRIES", 1)
    found = screened(**debt, income=849_102)
    assert (found["route"], found["capacity"], found["count_min"]) == ("scalar", 91, 12)


def test_the_shortest_plan_may_be_the_longest() -> None:
    scalar = attrs.evolve(RULES, contingency=rp.Limit(Fraction(1, 4099), HOUSE))
    debt: Row = {"principal": 1_200, "rate": "0", "expenses": 849_000, "months_max": 12}
    for rules, income, route in ((scalar, 849_101, "scalar"), (RULES, 849_112, "columnar")):
        found = screened(rules, **debt, income=income)
        assert (found["route"], found["capacity"]) == (route, 100)
        assert (found["count_min"], found["count_max"]) == (12, 12)


def test_no_plan_has_more_installments_than_a_schedule_may_have() -> None:
    debt: Row = {"frequency": "every_days:1", "first_due": dt.date(2026, 1, 16), "rate": "0"}
    found = screened(**debt, principal=10**7, months_max=360)
    assert (found["route"], found["count_max"], found["error"]) == ("scalar", 10_000, None)


def test_debts_of_a_few_units_go_the_scalar_way() -> None:
    found = screened(principal=5)
    assert (found["route"], found["count_min"], found["count_max"]) == ("scalar", 1, 5)


SCALAR: list[tuple[dict[str, Any], Row]] = [
    ({}, {"income": 2**47}),
    ({}, {"rate": "0.1234567890123456789"}),
    ({"contingency": rp.Limit(Fraction(1, 4099), HOUSE)}, {}),
    ({"protected_minimum": rp.Limit(rp.Money.from_minor_units(2**46 + 1, "CNY"), HOUSE)}, {"income": 2**46}),
]


@pytest.mark.parametrize(("rules", "changes"), SCALAR, ids=str)
def test_what_could_leave_the_bounds_goes_the_scalar_way(rules: dict[str, Any], changes: Row) -> None:
    found = screened(attrs.evolve(RULES, **rules), **changes)
    assert (found["route"], found["error"]) == ("scalar", None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"income": None}, "portfolio.null"),
        ({"income": -1}, "budget.negative"),
        ({"adults": 0}, "count.range"),
        ({"children": 51}, "count.range"),
        ({"currency": "EUR"}, "money.currency"),
        ({"frequency": "yearly"}, "portfolio.frequency"),
        ({"principal": -5}, "terms.principal"),
        ({"frequency": "semi_monthly", "first_due": dt.date(2026, 1, 16)}, "date.anchor"),
        ({"starts_on": dt.date(9999, 11, 15), "first_due": dt.date(9999, 12, 15)}, "date.range"),
    ],
)
def test_a_bad_row_says_why(changes: Row, code: str) -> None:
    assert screened(**changes)["error"].startswith(f"{code}: ")


def test_the_household_decides_what_is_left_with_it() -> None:
    table = rp.HouseholdAmounts([rp.Money("500", "CNY")], each_child=rp.Money("200", "CNY"))
    rules = attrs.evolve(RULES, protected_minimum=rp.Limit(table, HOUSE))
    assert [screened(rules, children=children)["capacity"] for children in (None, 1)] == [175_000, 155_000]
    assert screened(rules, adults=2)["error"].startswith("household.")


def test_amounts_of_the_rules_in_several_currencies_are_refused_row_by_row() -> None:
    rules = attrs.evolve(RULES, capacity_step=rp.Limit(rp.Money("10", "EUR"), HOUSE))
    assert screened(rules)["error"].startswith("money.currency: ")


def test_an_empty_batch_gives_an_empty_one() -> None:
    found = screen(batch_of([BUDGET], IN_BUDGETS).slice(0, 0), RULES)
    assert (found.num_rows, found.schema) == (0, OUT_SCREEN)


def test_months_are_within_bounds() -> None:
    for months_max in (0, 361):
        with pytest.raises(rp.PolicyError, match="months_max"):
            screened(months_max=months_max)


def test_a_long_first_period_shortens_the_longest_plan() -> None:
    found = screened(frequency="weekly")
    assert (found["count_max"], found["route"]) == (76, "scalar")
    debt = rp.Terms(
        principal=rp.Money("12000", "CNY"),
        starts_on=dt.date(2026, 1, 15),
        first_due=dt.date(2026, 2, 15),
        repayment=rp.LevelPayment(77),
        frequency=rp.Frequency.WEEKLY,
        rate=rp.Rate.annual("0.18"),
    )
    with pytest.raises(rp.NegativeAmortizationError, match="76 would do"):
        rp.build_schedule(debt)


def test_the_longest_plan_ends_within_the_months_as_offers_do() -> None:
    late = screened(first_due=dt.date(2026, 3, 15), rate="0.12")
    assert (late["count_max"], late["months_max"], late["route"]) == (59, 60, "columnar")
    early = screened(first_due=dt.date(2026, 1, 15))
    assert (early["count_max"], early["months_max"], early["route"]) == (61, 60, "columnar")


def test_no_plan_is_within_the_months_where_not_even_its_first_date_is() -> None:
    late: dict[str, Any] = {"first_due": dt.date(2026, 3, 15)}
    for changes in (late, {**late, "frequency": "bimonthly"}):
        found = screened(**changes, principal=1_000, months_max=1)
        assert (found["reason"], found["count_min"]) == ("it would take too long", None)
    assert screened(first_due=dt.date(2026, 3, 15), principal=1_000, months_max=2)["count_max"] == 1


LAST = dt.date(2030, 12, 15)
"""The 59th date, a Sunday."""
MOVING: dict[str, tuple[Any, int]] = {
    "open every day": (lambda day: day <= LAST, 59),
    "closed at weekends": (rp.WeekendCalendar(), 58),
    "closed for two months": (lambda day: day <= dt.date(2030, 11, 1) or day > dt.date(2031, 1, 1), 57),
}


@pytest.mark.parametrize("name", MOVING)
def test_a_date_that_moves_beyond_the_months_is_none_of_the_longest_plan(name: str) -> None:
    calendar, count = MOVING[name]
    found = screened(calendar="days", days=calendar, months_max=59)
    assert (found["count_max"], found["months_max"] <= 59, found["route"]) == (count, True, "columnar")
    scalar = screened(calendar="days", days=calendar, months_max=59, rate="0.1800000000000000001")
    assert (scalar["count_max"], scalar["route"]) == (count, "scalar")


@pytest.mark.parametrize("convention", ["no_adjust", "preceding"])
def test_a_date_that_moves_into_the_months_is_none_of_the_longest_plan(convention: str) -> None:
    starts_on, first_due = dt.date(2025, 6, 5), dt.date(2025, 6, 6)  # 6 June 2026 is a Saturday
    found = screened(
        starts_on=starts_on, first_due=first_due, months_max=12, calendar="days", convention=convention
    )
    assert (found["count_max"], found["months_max"], found["route"]) == (12, 12, "columnar")


def test_a_calendar_that_does_not_know_the_last_date_says_so() -> None:
    calendar = rp.ExplicitCalendar(dt.date(2026, 1, 1), dt.date(2030, 12, 14))
    assert screened(calendar="days", days=calendar, months_max=59)["error"].startswith(
        "calendar.unknown_day: "
    )


def test_months_beyond_the_tables_go_the_scalar_way() -> None:
    found = screened(starts_on=dt.date(2289, 1, 15), first_due=dt.date(2289, 2, 15), months_max=132)
    assert (found["count_max"], found["months_max"], found["route"]) == (132, 132, "scalar")
    within = screened(starts_on=dt.date(2289, 1, 15), first_due=dt.date(2289, 2, 15), months_max=131)
    assert (within["count_max"], within["months_max"], within["route"]) == (131, 131, "columnar")


def test_a_refusal_that_names_no_count_is_the_reason_of_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(terms: rp.Terms) -> rp.Schedule:
        raise rp.TermsError("terms.dates", "repayment", f"no such dates from {terms.first_due}")

    monkeypatch.setattr(plan_range, "build_schedule", refused)
    rows = [{**BUDGET, "rate": "0.1234567890123456789"}, BUDGET]
    bad, good = screen(batch_of(rows, IN_BUDGETS), RULES).to_pylist()
    assert (bad["error"], good["error"]) == ("terms.dates: repayment: no such dates from 2026-02-15", None)
