"""Sharing among creditors: nothing lost, nobody above what is owed, nobody below the least payment."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from tests.plan import money


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, list[int], int]:
    """An amount, balances and a least payment that the amount reaches for."""
    size = draw(st.sampled_from([3, 20, 10**4, 10**12]))
    balances = draw(st.lists(st.integers(1, size), min_size=1, max_size=8))
    least = draw(st.one_of(st.just(0), st.integers(0, size)))
    needed = max(1, sum(min(least, balance) for balance in balances))
    return draw(st.integers(needed, max(needed, sum(balances) + 3))), balances, least


def shared(case: tuple[int, list[int], int]) -> list[int]:
    amount, balances, least = case
    minimum = money(least) if least else None
    parts = rp.pro_rata(money(amount), [money(balance) for balance in balances], minimum=minimum)
    return [part.minor_units for part in parts]


def oracle(amount: int, balances: list[int], least: int) -> list[Fraction]:
    """The exact shares, by raising one creditor at a time, the lowest share first."""
    left = Fraction(min(amount, sum(balances)))
    fixed: dict[int, int] = {}
    while True:
        others = [place for place in range(len(balances)) if place not in fixed]
        owed = sum(balances[place] for place in others)
        exact = {place: left * balances[place] / owed for place in others}
        below = [place for place in others if exact[place] < min(least, balances[place])]
        if not below:
            return [
                Fraction(fixed[place]) if place in fixed else exact[place] for place in range(len(balances))
            ]
        lowest = min(below, key=lambda place: exact[place] / min(least, balances[place]))
        fixed[lowest] = min(least, balances[lowest])
        left -= fixed[lowest]


@given(cases())
def test_the_parts_add_up_and_keep_their_bounds(case: tuple[int, list[int], int]) -> None:
    amount, balances, least = case
    parts = shared(case)
    assert sum(parts) == min(amount, sum(balances))
    for part, balance in zip(parts, balances, strict=True):
        assert min(least, balance) <= part <= balance


@given(cases())
def test_each_part_is_within_one_unit_of_its_exact_share(case: tuple[int, list[int], int]) -> None:
    for part, exact in zip(shared(case), oracle(*case), strict=True):
        assert abs(part - exact) < 1
        assert part == exact or exact.denominator > 1


@given(cases())
def test_more_to_share_gives_no_exact_share_less(case: tuple[int, list[int], int]) -> None:
    amount, balances, least = case
    before, after = oracle(amount, balances, least), oracle(amount + 1, balances, least)
    assert all(one <= other for one, other in zip(before, after, strict=True))


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_debts_moves_a_part_by_a_unit_at_most(
    case: tuple[int, list[int], int], random: object
) -> None:
    amount, balances, least = case
    places = list(range(len(balances)))
    random.shuffle(places)  # type: ignore[attr-defined]  # a random.Random
    moved = shared((amount, [balances[place] for place in places], least))
    for part, place in zip(moved, places, strict=True):
        assert abs(part - shared(case)[place]) <= 1
