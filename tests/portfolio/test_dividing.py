"""Division in 64 bits is that of whole numbers of any size, in every mode, at ties and beside them."""

from __future__ import annotations

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.portfolio.columns import EXACT_MAX
from repayplan.portfolio.dividing import NUMBER_MAX, QUOTIENT_MAX, divided, is_certain


@st.composite
def divisions(draw: st.DrawFn) -> tuple[int, int, int]:
    """A number, a numerator and a denominator within the bounds, often such that the quotient is a tie."""
    denominator = draw(st.one_of(st.integers(1, 400), st.integers(1, EXACT_MAX)))
    number = draw(st.one_of(st.integers(0, 10_000), st.integers(0, NUMBER_MAX)))
    most = min(EXACT_MAX, QUOTIENT_MAX * denominator // max(number, 1))
    numerator = draw(st.one_of(st.integers(0, min(most, 1_000)), st.integers(0, most)))
    if draw(st.booleans()) and number:  # as near a half as this number comes to one
        half = (2 * draw(st.integers(0, 1_000)) + 1) * denominator // 2
        numerator = min(most, half // number)
    return number, numerator, denominator


@pytest.mark.parametrize("rounding", rp.Rounding)
@given(st.lists(divisions(), min_size=1, max_size=20))
def test_a_quotient_is_the_exact_one_rounded_once(
    rounding: rp.Rounding, asked: list[tuple[int, int, int]]
) -> None:
    found = divided(rounding, *(np.array(part) for part in zip(*asked, strict=True)))
    assert found.tolist() == [rounding.divide(number * by, over) for number, by, over in asked]


TIES = [(1, 1, 2), (3, 1, 2), (5, 1, 2), (0, 1, 2), (25, 1, 10), (35, 1, 10), (7, 3, 1), (NUMBER_MAX, 1, 4)]


@pytest.mark.parametrize("rounding", rp.Rounding)
def test_ties_and_whole_quotients_are_decided_exactly(rounding: rp.Rounding) -> None:
    found = divided(rounding, *(np.array(part) for part in zip(*TIES, strict=True)))
    assert found.tolist() == [rounding.divide(number * by, over) for number, by, over in TIES]


def test_the_bounds_themselves_are_within_bounds() -> None:
    for number, by, over in (
        (NUMBER_MAX, 1, 4),
        (1, QUOTIENT_MAX, 1),
        (NUMBER_MAX, EXACT_MAX // 4, EXACT_MAX),
    ):
        found = divided(rp.Rounding.HALF_EVEN, np.array([number]), np.array([by]), np.array([over]))
        assert found.tolist() == [rp.Rounding.HALF_EVEN.divide(number * by, over)]


def test_an_estimate_near_a_boundary_is_not_certain() -> None:
    estimates, errors = np.array([2.5, 2.4, 2.45, 3.0]), np.array([0.0, 0.05, 0.06, 0.1])
    assert is_certain(estimates, errors, rp.Rounding.HALF_UP).tolist() == [False, True, False, True]
    assert is_certain(estimates, errors, rp.Rounding.UP).tolist() == [True, True, True, False]
