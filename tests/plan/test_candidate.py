from __future__ import annotations

import pytest

import repayplan as rp


@pytest.mark.parametrize(
    ("amounts", "shape"),
    [
        ([5, 5, 5], rp.Shape.LEVEL),
        ([], rp.Shape.LEVEL),
        ([5], rp.Shape.LEVEL),
        ([5, 5, 6, 9], rp.Shape.RISING),
        ([9, 6, 6], rp.Shape.FALLING),
        ([5, 7, 5], rp.Shape.SEASONAL),
        ([7, 5, 7], rp.Shape.SEASONAL),
        ([6, 6, 5], rp.Shape.LEVEL),  # a rounding left one unit over
        ([5, 6, 5], rp.Shape.LEVEL),
    ],
)
def test_the_shape_tells_how_amounts_run(amounts: list[int], shape: rp.Shape) -> None:
    assert rp.Shape.of_amounts(amounts) is shape
