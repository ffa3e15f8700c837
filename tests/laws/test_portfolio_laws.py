"""Law 17: what the portfolio gives is equal to what the scalar path gives, to the minor unit."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs
import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from repayplan.overdue.payments import check_payments
from repayplan.portfolio import (
    IN_BUDGETS,
    IN_PAYMENTS,
    schedule_summary,
    schedules,
    screen,
    standings,
    validate,
)
from tests.laws import budget_strategies, overdue_strategies, strategies
from tests.laws.portfolio_strategies import BUDGET, SOUND, accounts, payments
from tests.portfolio import (
    Row,
    account,
    batch_of,
    expected_rows,
    expected_screen,
    expected_standing,
    payment_of,
    plain,
    sample,
    terms_of,
    without_route,
)

if TYPE_CHECKING:
    from repayplan.calendars import CalendarLike

CALENDARS: tuple[str, ...] = ("x", "y")
HOUSE = rp.Citation(title="the tests' own", force=rp.Force.HOUSE, applies_to="")
BATCHES = st.lists(accounts(CALENDARS), max_size=6)
ACCOUNTS = 100_000 if settings().max_examples > 100 else 10_000
"""The thorough profile looks at a whole book."""


@given(BATCHES, strategies.calendars(), strategies.calendars())
def test_schedules_are_those_of_the_scalar_path(
    rows: list[Row], one: CalendarLike, other: CalendarLike
) -> None:
    calendars: dict[str, CalendarLike] = dict(zip(CALENDARS, (one, other), strict=True))
    found = without_route(schedules(batch_of(rows), calendars=calendars).to_pylist())
    assert found == [item for row in rows for item in expected_rows(row, calendars)]


@given(BATCHES, strategies.calendars(), st.integers(1, 5))
def test_a_summary_is_that_of_the_rows_and_batches_change_nothing(
    rows: list[Row], calendar: CalendarLike, size: int
) -> None:
    calendars: dict[str, CalendarLike] = dict.fromkeys(CALENDARS, calendar)
    batch = batch_of(rows)
    summaries = schedule_summary(batch, calendars=calendars).to_pylist()
    assert [summary_of(row, calendars) for row in rows] == without_route(summaries)
    parts = [batch.slice(first, size) for first in range(0, len(rows), size)]
    assert schedule_summary(parts, calendars=calendars).read_all().to_pylist() == summaries
    refused = [place for place, row in enumerate(summaries) if row["error"]]
    found = validate(batch, calendars=calendars).to_pylist()
    assert [row["row"] for row in found if row["code"] != "portfolio.duplicate"] == refused


def summary_of(row: Row, calendars: dict[str, CalendarLike]) -> dict[str, Any]:
    head = {"account": row["account"], "currency": row["currency"]}
    names = ("count", "level_payment", "total_interest", "total", "last_due", "largest")
    try:
        schedule = rp.build_schedule(terms_of(row, calendars))
    except rp.RepayPlanError as error:
        return {**head, **dict.fromkeys(names), "error": f"{error.code}: {error}"}
    is_level = row["pattern"] == "fixed" or (
        row["pattern"] == "level" and row.get("difference") in {None, "last"}
    )
    first = schedule[row.get("interest_only") or 0]
    return {
        **head,
        "count": len(schedule),
        "level_payment": (first.principal + first.interest).minor_units if is_level else None,
        "total_interest": schedule.total_interest.minor_units,
        "total": schedule.total.minor_units,
        "last_due": plain(schedule.last_due),
        "largest": schedule.highest.minor_units,
        "error": None,
    }


ORDERS = st.one_of(overdue_strategies.ADVANCING, overdue_strategies.ADVANCING, overdue_strategies.ORDERS)
DAYS = st.dates(dt.date(2026, 1, 15), dt.date(2027, 6, 1))


@given(
    st.lists(SOUND, min_size=1, max_size=3),
    payments(),
    ORDERS,
    st.none() | overdue_strategies.RULES,
    DAYS,
    strategies.weekend_calendars(),
)
def test_standings_are_those_of_the_scalar_path(  # each is drawn
    changes: list[Row],
    paid: list[Row],
    order: Any,  # noqa: ANN401  # an order of any kind
    rough: dict[str, Any] | None,
    as_of: dt.date,
    calendar: CalendarLike,
) -> None:
    rows = [account(account=str(place), **change) for place, change in enumerate(changes)]
    rules = overdue_strategies.rules_of(order, rough)
    calendars = {"x": calendar}
    found = standings(batch_of(rows), batch_of(paid, IN_PAYMENTS), as_of, rules, calendars=calendars)
    assert without_route(found.to_pylist()) == [
        expected_standing(row, paid, as_of, rules, calendars) for row in rows
    ]


@given(payments())
def test_findings_are_of_the_payments_that_the_scalar_path_refuses(paid: list[Row]) -> None:
    known = ["0", "1"]
    book = batch_of([account(account=name) for name in known])
    found = validate(batch_of(paid, IN_PAYMENTS), IN_PAYMENTS, accounts=book).to_pylist()
    owners = {row["account"] for row in paid}
    stray = {row["account"] for row in found if row["code"] == "portfolio.stray"}
    assert stray == owners.difference(known)
    assert {row["account"] for row in found if row["code"] != "portfolio.stray"} == {
        owner for owner in owners if are_refused([row for row in paid if row["account"] == owner])
    }


def are_refused(paid: list[Row]) -> bool:
    try:
        check_payments([payment_of(row, "EUR") for row in paid])
    except rp.RepayPlanError:
        return True
    return False


@given(
    st.lists(BUDGET, min_size=1, max_size=4),
    budget_strategies.rules(rp.Currency.of("EUR")),
    st.integers(1, 72),
)
def test_screenings_are_those_of_the_scalar_path(
    changes: list[Row], rules: rp.AffordabilityRules, months_max: int
) -> None:
    debt = {name: value for name, value in account().items() if name != "count"}
    rows = [{**debt, **change} for change in changes]
    calendars = {"x": rp.WeekendCalendar()}
    found = screen(batch_of(rows, IN_BUDGETS), rules, months_max=months_max, calendars=calendars)
    assert [with_code(row) for row in without_route(found.to_pylist())] == [
        expected_screen(row, rules, months_max, calendars) for row in rows
    ]
    assert all(months <= months_max for months in found.column("months_max").to_pylist() if months)
    refused = {
        row["row"]: f"{row['code']}: {row['field']}: {row['message']}"
        for row in validate(batch_of(rows, IN_BUDGETS), IN_BUDGETS, calendars=calendars).to_pylist()
    }
    for place, row in enumerate(found.to_pylist()):
        if row["reason"] is None:  # which may be known before anything that is wrong comes up
            assert row["error"] == refused.get(place)


def with_code(row: dict[str, Any]) -> dict[str, Any]:
    """Keep the code of an error alone."""
    return {**row, "error": row["error"] and row["error"].split(": ")[0]}


def test_the_rules_of_a_screening_say_what_is_left_to_the_household() -> None:
    rules = rp.AffordabilityRules(
        contingency=rp.Limit(rp.Rate.annual("0.1").value, HOUSE),
        protected_minimum=rp.Limit(rp.Money("100", "EUR"), HOUSE),
    )
    debt = {name: value for name, value in account().items() if name != "count"}
    row = {**debt, "income": 200_000, "expenses": 150_000}
    (found,) = screen(batch_of([row], IN_BUDGETS), rules).to_pylist()
    assert (found["capacity"], found["route"]) == (35_000, "columnar")
    (halved,) = screen(
        batch_of([row], IN_BUDGETS),
        attrs.evolve(rules, surplus_share=rp.Limit(rp.Rate.annual("0.5").value, HOUSE)),
    ).to_pylist()
    assert halved["capacity"] == 25_000


def test_a_book_has_the_schedules_of_the_scalar_path() -> None:
    batch = sample(ACCOUNTS, all_sound=False)
    reader = schedules([batch])
    rows, refused = iter(batch.to_pylist()), 0
    for found in reader:
        columns = {name: found.column(name).to_pylist() for name in _COMPARED}
        place = 0
        while place < found.num_rows:
            row = next(rows)
            if columns["error"][place] is not None:
                with pytest.raises(rp.NegativeAmortizationError):
                    rp.build_schedule(terms_of(row))
                place, refused = place + 1, refused + 1
                continue
            schedule = rp.build_schedule(terms_of(row))
            here = slice(place, place + len(schedule))
            assert set(columns["route"][here]) == {"columnar"}
            assert set(columns["account"][here]) == {row["account"]}
            assert tuple(columns["due_on"][here]) == schedule.due
            assert tuple(columns["principal"][here]) == schedule.principals
            assert tuple(columns["interest"][here]) == schedule.interests
            place += len(schedule)
    assert next(rows, None) is None
    assert 0 < refused < ACCOUNTS // 10  # a long first period may bear more interest than a level payment


_COMPARED = ("account", "due_on", "principal", "interest", "route", "error")
