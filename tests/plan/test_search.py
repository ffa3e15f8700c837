from __future__ import annotations

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.plan.grid import Grid
from repayplan.plan.search import Search
from repayplan.plan.starts import Starts
from tests.plan import AS_OF, FIRST_DUE, money


def search(units: int, capacity: int, months: int, **fields: object) -> Search:
    stated: dict[str, object] = {
        "principal": money(units),
        "rate": rp.Rate.annual(0),
        "starts_on": AS_OF,
        "first_due": FIRST_DUE,
        "repayment": rp.LevelPayment(1),
    }
    terms = rp.Terms(**{**stated, **fields})  # type: ignore[arg-type]  # by name
    return Search(Grid(terms, months), rp.Capacity(money(capacity)))


def counts(found: Search) -> list[int]:
    return [plan.candidate.installments for plan in Starts(found).affordable()]


@pytest.mark.parametrize(
    ("capacity", "months", "expected"),
    [
        (1_000, 3, [1, 2, 3]),
        (999, 3, [2, 3]),
        (500, 3, [2, 3]),
        (334, 3, [3]),  # 334, 334 and the last 332
        (333, 3, []),
        (0, 3, []),
        (1_000, 1, [1]),
    ],
)
def test_every_affordable_length_is_found(capacity: int, months: int, expected: list[int]) -> None:
    assert counts(search(1_000, capacity, months)) == expected


def test_the_longest_term_counts_from_the_debts_day_to_the_last_due_date() -> None:
    first = pendulum.date(2026, 1, 31)
    assert counts(search(1_000, 1_000, 2, starts_on=first, first_due=first)) == [1, 2, 3]
    assert counts(search(1_000, 1_000, 2, first_due=pendulum.date(2026, 2, 2))) == [1]


def test_a_due_date_that_moves_beyond_the_longest_term_is_not_used() -> None:
    # 1 March 2026 is a Sunday: on a calendar, the second installment falls on 2 March, a day too late.
    assert counts(search(1_000, 1_000, 2)) == [1, 2]
    assert counts(search(1_000, 1_000, 2, calendar=rp.WeekendCalendar())) == [1]


def test_a_first_due_date_beyond_the_longest_term_leaves_nothing() -> None:
    empty = search(1_000, 1_000, 1, first_due=pendulum.date(2026, 2, 2))
    assert empty.longest is None
    assert Starts(empty).affordable() == []
    assert Starts(empty).gentlest() is None


def test_the_lengths_that_are_looked_at_are_spread_evenly() -> None:
    first = pendulum.date(2026, 1, 8)
    # 12 Thursdays by 1 April, and 25 by 1 July.
    assert counts(search(1_000, 10_000, 3, frequency=rp.Frequency.WEEKLY, first_due=first)) == [*range(1, 13)]
    longer = search(1_000, 10_000, 6, frequency=rp.Frequency.WEEKLY, first_due=first)
    assert counts(longer) == [1, 3, 5, 7, 9, 11, 14, 16, 18, 20, 22, 25]


def test_the_shortest_is_found_between_whole_months() -> None:
    # 52 a month are 12 a week: 6 installments of 12.
    weekly = search(72, 52, 3, frequency=rp.Frequency.WEEKLY, first_due=pendulum.date(2026, 1, 8))
    assert counts(weekly)[0] == 6


def test_the_gentlest_takes_the_longest_term() -> None:
    gentlest = Starts(search(1_000, 400, 7)).gentlest()
    assert gentlest is not None
    assert gentlest.candidate == rp.Candidate(7, money(143), 7, money(1_000))
    assert gentlest.certificate.holds


@pytest.mark.parametrize(
    ("units", "most"),
    [
        (1, 1),
        (2, 2),
        (3, 3),
        (10, 10),  # sixty rows of nothing and a sixth cannot be
        (59, 59),
        (60, 60),
        (100, 50),  # 60 x 2 would end early, 50 x 2 is exact
        (1_000, 59),  # 60 x 17 would end early, 58 x 17 and a last 14 would not
    ],
)
def test_where_the_longest_term_leaves_an_empty_row_the_most_that_works_is_taken(
    units: int, most: int
) -> None:
    found = search(units, units, 60).longest
    assert found is not None
    assert len(found) == most


def test_only_the_first_installment_may_decide_that_a_count_is_too_low() -> None:
    # All the carried interest comes with the first: 100 + 100, and then 200 are the most.
    carried = rp.CarriedBalances(interest=rp.CarriedBalance(money(100), rp.CarriedTreatment.FIRST))
    assert counts(search(500, 200, 6, carried=carried)) == [3, 4, 5, 6]


def test_weekly_plans_reach_the_end_of_a_term_of_decades() -> None:
    # A week is 7 days and not a 52nd of a year: 20 years have 1,043 weeks and more, not 1,040.
    start = pendulum.date(2026, 1, 1)
    weekly = search(10_000_000, 10_000_000, 240, frequency=rp.Frequency.WEEKLY, first_due=start.add(days=7))
    assert weekly.longest is not None
    assert start.add(years=20).subtract(days=6) <= weekly.longest.last_due <= start.add(years=20)


def test_a_search_keeps_its_terms_but_for_the_count() -> None:
    given = search(1_000, 1_000, 3)
    for plan in Starts(given).affordable():
        terms = plan.certificate.schedule.terms
        assert attrs.evolve(terms, repayment=given.terms.repayment) == given.terms
        assert terms.repayment == rp.LevelPayment(plan.candidate.installments, rounding=rp.Rounding.CEILING)


def test_a_length_that_neither_a_level_nor_capacity_allows_has_no_plan() -> None:
    rising = rp.Capacity([(AS_OF, money(1)), (pendulum.date(2026, 4, 1), money(500))])
    varying = attrs.evolve(search(1_000, 1, 12), capacity=rising)
    assert varying.found(3) is None
    assert varying.found(4) is not None
