from __future__ import annotations

from typing import Any, TypeAlias

import pytest

import repayplan as rp
from repayplan.overdue.classification import DAYS_PAST_DUE_MAX

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

HOUSE = rp.Citation(title="house", force=rp.Force.HOUSE)
BANDS = (rp.Band(0, 0, "current"), rp.Band(1, 30, "late"), rp.Band(31, None, "very late"))
SCALE = rp.DelinquencyScale(BANDS, HOUSE)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "current"),
        (1, "late"),
        (30, "late"),
        (31, "very late"),
        (DAYS_PAST_DUE_MAX, "very late"),
    ],
)
def test_a_number_of_days_is_named_at_both_edges_of_each_band(days: int, name: str) -> None:
    assert SCALE.classify(days) == name


@pytest.mark.parametrize(
    ("days", "error"),
    [
        (-1, rp.PolicyError),
        (DAYS_PAST_DUE_MAX + 1, rp.PolicyError),
        (1.0, rp.InputTypeError),
        (True, rp.InputTypeError),
        ("1", rp.InputTypeError),
        (None, rp.InputTypeError),
    ],
)
def test_what_is_no_number_of_days_is_refused(days: Wrong, error: type[rp.RepayPlanError]) -> None:
    with pytest.raises(error) as caught:
        SCALE.classify(days)
    assert caught.value.field == "days_past_due"


@pytest.mark.parametrize(
    ("first_day", "last_day", "name", "error", "field"),
    [
        (-1, 5, "x", rp.PolicyError, "first_day"),
        (DAYS_PAST_DUE_MAX + 1, None, "x", rp.PolicyError, "first_day"),
        ("0", None, "x", rp.InputTypeError, "first_day"),
        (5, 4, "x", rp.PolicyError, "last_day"),
        (0, DAYS_PAST_DUE_MAX + 1, "x", rp.PolicyError, "last_day"),
        (0, True, "x", rp.InputTypeError, "last_day"),
        (0, None, "", rp.PolicyError, "name"),
        (0, None, "a\tb", rp.PolicyError, "name"),
        (0, None, 5, rp.InputTypeError, "name"),
    ],
)
def test_a_band_that_is_no_span_with_a_name_is_refused(
    first_day: Wrong, last_day: Wrong, name: Wrong, error: type[rp.RepayPlanError], field: str
) -> None:
    with pytest.raises(error) as caught:
        rp.Band(first_day, last_day, name)
    assert caught.value.field == field


def test_a_band_of_one_day_is_kept() -> None:
    assert (rp.Band(5, 5, "x").first_day, rp.Band(5, 5, "x").last_day) == (5, 5)


@pytest.mark.parametrize(
    ("bands", "code", "field"),
    [
        ((), "scale.empty", "bands"),
        ((rp.Band(0, 5, "x"), rp.Band(5, None, "y")), "scale.overlap", "bands[1]"),
        ((rp.Band(0, None, "x"), rp.Band(1, None, "y")), "scale.overlap", "bands[1]"),
        ((rp.Band(0, 1, "x"), rp.Band(2, 3, "y"), rp.Band(3, None, "z")), "scale.overlap", "bands[2]"),
        ((rp.Band(5, None, "x"), rp.Band(0, 4, "y")), "scale.overlap", "bands[1]"),
    ],
)
def test_bands_that_give_a_day_two_names_are_refused(
    bands: tuple[rp.Band, ...], code: str, field: str
) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rp.DelinquencyScale(bands, HOUSE)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("bands", "gaps", "nameless"),
    [
        ((rp.Band(1, None, "x"),), ((0, 0),), [0]),
        ((rp.Band(0, 5, "x"),), ((6, None),), [6, DAYS_PAST_DUE_MAX]),
        ((rp.Band(0, 5, "x"), rp.Band(7, None, "y")), ((6, 6),), [6]),
        ((rp.Band(2, 3, "x"), rp.Band(7, 9, "y")), ((0, 1), (4, 6), (10, None)), [0, 1, 4, 6, 10]),
        (BANDS, (), []),
    ],
)
def test_days_without_a_name_are_a_finding(
    bands: tuple[rp.Band, ...], gaps: tuple[tuple[int, int | None], ...], nameless: list[int]
) -> None:
    scale = rp.DelinquencyScale(bands, HOUSE)
    assert scale.gaps == gaps
    assert (scale.finding.passed, scale.finding.observed) == (not gaps, gaps)
    assert [scale.classify(day) for day in nameless] == [None] * len(nameless)


def test_a_band_says_how_its_rule_states_the_first_day() -> None:
    assert rp.Band.more_than(90, None, "x") == rp.Band(91, None, "x", rp.Comparison.MORE_THAN)
    assert rp.Band.more_than(90, None, "x").stated == "more than 90"
    assert rp.Band(90, None, "x").stated == "at least 90"


@pytest.mark.parametrize(
    ("first_day", "comparison", "field"),
    [
        (5, rp.Comparison.EXACTLY, "comparison"),
        (5, "more", "comparison"),
        (0, rp.Comparison.MORE_THAN, "first_day"),
    ],
)
def test_a_band_that_states_its_first_day_otherwise_is_refused(
    first_day: int, comparison: Wrong, field: str
) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rp.Band(first_day, None, "x", comparison)
    assert caught.value.field == field


def test_one_open_band_is_enough() -> None:
    assert rp.DelinquencyScale([rp.Band(0, None, "any")], HOUSE).classify(77) == "any"


def test_a_hundred_bands_are_kept_and_one_more_is_refused() -> None:
    bands = [rp.Band(day, day, "x") for day in range(99)] + [rp.Band(99, None, "x")]
    assert len(rp.DelinquencyScale(tuple(bands), HOUSE).bands) == 100
    more = [rp.Band(day, day, "x") for day in range(100)] + [rp.Band(100, None, "x")]
    with pytest.raises(rp.PolicyError) as caught:
        rp.DelinquencyScale(tuple(more), HOUSE)
    assert caught.value.field == "bands"


@pytest.mark.parametrize(
    ("bands", "citation", "field"),
    [("M0", HOUSE, "bands"), (("M0",), HOUSE, "bands[0]"), (BANDS, "house", "citation")],
)
def test_a_field_of_the_wrong_type_is_refused(bands: Wrong, citation: Wrong, field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.DelinquencyScale(bands, citation)
    assert caught.value.field == field
