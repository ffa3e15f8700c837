from __future__ import annotations

from fractions import Fraction

import pytest

from repayplan.rounding import Rounding, share_evenly, share_out

MODES = ["HALF_EVEN", "HALF_UP", "HALF_DOWN", "UP", "DOWN", "CEILING", "FLOOR"]

# The table of the General Decimal Arithmetic specification's modes, tie by tie: the number, then one result
# per mode in the order of MODES.
TABLE = [
    ("5.5", [6, 6, 5, 6, 5, 6, 5]),
    ("2.5", [2, 3, 2, 3, 2, 3, 2]),
    ("1.6", [2, 2, 2, 2, 1, 2, 1]),
    ("1.1", [1, 1, 1, 2, 1, 2, 1]),
    ("1.0", [1, 1, 1, 1, 1, 1, 1]),
    ("0.5", [0, 1, 0, 1, 0, 1, 0]),
    ("0", [0, 0, 0, 0, 0, 0, 0]),
    ("-0.5", [0, -1, 0, -1, 0, 0, -1]),
    ("-1.0", [-1, -1, -1, -1, -1, -1, -1]),
    ("-1.1", [-1, -1, -1, -2, -1, -1, -2]),
    ("-1.6", [-2, -2, -2, -2, -1, -1, -2]),
    ("-2.5", [-2, -3, -2, -3, -2, -2, -3]),
    ("-5.5", [-6, -6, -5, -6, -5, -5, -6]),
]


def test_there_are_these_modes_and_no_others() -> None:
    assert [mode.name for mode in Rounding] == MODES


@pytest.mark.parametrize(
    ("mode", "number", "result"),
    [
        pytest.param(mode, number, results[place], id=f"{mode} of {number}")
        for number, results in TABLE
        for place, mode in enumerate(MODES)
    ],
)
def test_a_number_rounds_as_its_mode_says(mode: str, number: str, result: int) -> None:
    assert Rounding[mode].apply(Fraction(number)) == result


@pytest.mark.parametrize("mode", Rounding, ids=lambda mode: mode.name)
def test_divide_needs_no_lowest_terms(mode: Rounding) -> None:
    assert mode.divide(-10, 4) == mode.apply(Fraction(-5, 2))


@pytest.mark.parametrize(
    "mode", [Rounding.HALF_UP, Rounding.HALF_DOWN, Rounding.HALF_EVEN], ids=lambda m: m.name
)
def test_a_hair_beside_a_tie_is_no_tie(mode: Rounding) -> None:
    hair = Fraction(1, 10**60)
    assert mode.apply(Fraction(5, 2) + hair) == 3
    assert mode.apply(Fraction(5, 2) - hair) == 2
    assert mode.apply(Fraction(-5, 2) + hair) == -2
    assert mode.apply(Fraction(-5, 2) - hair) == -3


def test_only_the_modes_without_a_half_are_directed() -> None:
    directed = {Rounding.UP, Rounding.DOWN, Rounding.CEILING, Rounding.FLOOR}
    assert {mode for mode in Rounding if mode.is_directed} == directed


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        pytest.param(100, [1], [100], id="one part"),
        pytest.param(100, [1, 1, 1], [34, 33, 33], id="a tie goes to the earliest"),
        pytest.param(101, [1, 1, 1], [34, 34, 33], id="two go to the earliest two"),
        pytest.param(-100, [1, 1, 1], [-33, -33, -34], id="a negative total"),
        pytest.param(0, [3, 4], [0, 0], id="nothing"),
        pytest.param(10, [0, 1, 0], [0, 10, 0], id="zero weights get nothing"),
        pytest.param(1, [0, 3, 7], [0, 0, 1], id="the largest remainder comes first"),
        pytest.param(7, [1, 2, 4], [1, 2, 4], id="exact shares"),
        pytest.param(5, [10**40, 10**40, 10**40 + 1], [2, 1, 2], id="long weights"),
    ],
)
def test_share_out_by_largest_remainder(total: int, weights: list[int], parts: list[int]) -> None:
    assert share_out(total, weights) == parts


@pytest.mark.parametrize(("total", "count"), [(100, 3), (101, 3), (-100, 3), (0, 2), (2, 5), (7, 1)])
def test_equal_parts_are_those_by_equal_weights(total: int, count: int) -> None:
    assert list(share_evenly(total, count)) == share_out(total, [1] * count)
