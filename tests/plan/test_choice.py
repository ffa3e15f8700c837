from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import pytest

import repayplan as rp
from repayplan.plan.choice import choose
from repayplan.plan.search import Found
from tests.plan import money

NO_CERTIFICATE = cast("Any", None)  # the choice looks at candidates alone


def found(installments: int, highest: int, months: int, total: int) -> Found:
    return Found(rp.Candidate(installments, money(highest), months, money(total)), NO_CERTIFICATE)


def falling(*months: int) -> list[Found]:
    """Plans of which a longer one has the lower installment and the higher total."""
    return [found(count, 1_000 - count, count, 1_000 + count) for count in months]


@pytest.mark.parametrize(
    ("plans", "named"),
    [
        (falling(5), {"gentlest": 5}),
        (falling(5, 9), {"gentlest": 9, "shortest": 5}),
        (falling(5, 6, 9), {"gentlest": 9, "shortest": 5}),  # 6 is a quarter of the range from 5
        (falling(5, 7, 9), {"gentlest": 9, "balanced": 7, "shortest": 5}),
        (falling(5, 6, 7, 8, 9), {"gentlest": 9, "balanced": 7, "shortest": 5}),
        (falling(10, 30, 50, 70), {"gentlest": 70, "shortest": 10}),  # a third of the range adds nothing
        (falling(10, 40, 50, 80), {"gentlest": 80, "balanced": 50, "shortest": 10}),  # 40 and 50 are as far
        (falling(0, 35, 70, 105), {"gentlest": 105, "shortest": 0}),
        (falling(0, 36, 70, 105), {"gentlest": 105, "balanced": 36, "shortest": 0}),
        (falling(1, 2, 60), {"gentlest": 60, "shortest": 1}),
    ],
)
def test_the_gentlest_the_shortest_and_what_is_far_from_both_are_named(
    plans: list[Found], named: dict[str, int]
) -> None:
    kept, _ = choose(plans)
    assert {name: plan.candidate.installments for name, plan in kept.items()} == named
    assert list(kept) == list(named)


def curved(*points: tuple[int, int]) -> list[Found]:
    """Plans of so many months and so high an installment."""
    return [found(months, highest, months, 1_000 + months) for months, highest in points]


@pytest.mark.parametrize(
    ("plans", "names"),
    [
        (curved((0, 100), (40, 90), (50, 40), (100, 0)), ["gentlest", "lighter", "faster", "shortest"]),
        (
            curved((0, 100), (40, 99), (41, 60), (80, 59), (100, 0)),
            ["gentlest", "lighter", "balanced", "faster", "shortest"],
        ),
    ],
)
def test_more_than_three_are_named_where_they_are_far_apart(plans: list[Found], names: list[str]) -> None:
    assert list(choose(plans)[0]) == names


@pytest.mark.parametrize("plans", [falling(5, 6, 7), falling(7, 6, 5), falling(6, 5, 7)])
def test_the_order_in_which_plans_are_found_does_not_matter(plans: list[Found]) -> None:
    kept, _ = choose(plans)
    assert [plan.candidate.installments for plan in kept.values()] == [7, 6, 5]


def test_what_lies_between_is_thinned_out() -> None:
    _, dropped = choose(falling(5, 6, 7, 8, 9))
    assert [(drop.candidate.installments, drop.thinned) for drop in dropped] == [(6, True), (8, True)]
    assert [drop.distance for drop in dropped] == [Fraction(1, 4), Fraction(1, 4)]
    assert [drop.near.installments for drop in dropped if drop.near is not None] == [7, 9]


def test_a_dominated_plan_says_which_one_is_better() -> None:
    better, worse = found(10, 100, 10, 1_000), found(11, 100, 11, 1_000)
    kept, dropped = choose([worse, better])
    assert kept == {"gentlest": better}
    assert dropped == (rp.DroppedOffer(worse.candidate, better.candidate),)


def test_of_twins_the_one_with_fewer_installments_stays() -> None:
    few, many = found(10, 100, 10, 1_000), found(11, 100, 10, 1_000)
    kept, dropped = choose([many, few])
    assert kept == {"gentlest": few}
    assert dropped == (rp.DroppedOffer(many.candidate, few.candidate),)


def test_a_dominated_gentlest_gives_way() -> None:
    # The longest is not the gentlest where its last installment is high.
    kept, dropped = choose([found(5, 200, 5, 1_000), found(9, 110, 9, 1_005), found(10, 115, 10, 1_006)])
    assert [plan.candidate.installments for plan in kept.values()] == [9, 5]
    assert [drop.candidate.installments for drop in dropped] == [10]
