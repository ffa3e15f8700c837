from __future__ import annotations

from typing import Any

import pendulum
import pytest

import repayplan as rp
from tests.plan import HOUSE

NEW_YEAR, OLD_YEAR = pendulum.date(2026, 1, 1), pendulum.date(2026, 12, 31)
FOOD = frozenset({rp.Category.FOOD})


def table(*units: int, currency: str = "GBP") -> rp.HouseholdAmounts:
    return rp.HouseholdAmounts([rp.Money(unit, currency) for unit in units])


def guideline(**changes: Any) -> rp.SpendingGuideline:  # noqa: ANN401  # fields by name
    fields: dict[str, Any] = {
        "categories": FOOD,
        "low": table(240),
        "high": table(340),
        "effective_from": NEW_YEAR,
        "effective_to": OLD_YEAR,
        "citation": HOUSE,
        **changes,
    }
    return rp.SpendingGuideline(**fields)


def test_it_gives_the_range_of_a_household() -> None:
    pounds = [rp.Money(unit, "GBP") for unit in (240, 340)]
    assert guideline().range_for(rp.Household(1), NEW_YEAR) == tuple(pounds)
    assert guideline(low=None).range_for(rp.Household(1), OLD_YEAR) == (None, pounds[1])
    assert guideline(high=None).range_for(rp.Household(1), OLD_YEAR) == (pounds[0], None)


def test_a_low_figure_above_the_high_one_is_refused() -> None:
    swapped = guideline(low=guideline().high, high=guideline().low)
    with pytest.raises(rp.BudgetError, match="at least the low figure") as caught:
        swapped.range_for(rp.Household(1), NEW_YEAR)
    assert (caught.value.code, caught.value.field) == ("guideline.range", "high")


@pytest.mark.parametrize("day", [NEW_YEAR.subtract(days=1), OLD_YEAR.add(days=1)])
def test_figures_of_another_time_are_refused(day: pendulum.Date) -> None:
    with pytest.raises(rp.DateError, match="from 2026-01-01 to 2026-12-31") as caught:
        guideline().range_for(rp.Household(1), day)
    assert caught.value.code == "guideline.not_in_force"


def test_figures_without_an_end_still_hold() -> None:
    endless = guideline(effective_to=None)
    assert endless.range_for(rp.Household(1), pendulum.date(2999, 1, 1))[1] == rp.Money(340, "GBP")
    with pytest.raises(rp.DateError, match="hold from 2026-01-01, got"):
        endless.range_for(rp.Household(1), pendulum.date(2025, 1, 1))


def test_a_table_for_another_household_is_refused() -> None:
    with pytest.raises(rp.BudgetError) as caught:
        guideline().range_for(rp.Household(2), NEW_YEAR)
    assert caught.value.code == "household.not_in_table"


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"categories": frozenset()}, rp.BudgetError, "guideline.categories"),
        ({"low": None, "high": None}, rp.BudgetError, "guideline.figures"),
        ({"effective_to": NEW_YEAR.subtract(days=1)}, rp.BudgetError, "guideline.dates"),
        ({"high": table(1, currency="EUR")}, rp.MoneyError, "money.currency"),
        ({"categories": {rp.Category.FOOD}}, rp.InputTypeError, "type.wrong"),
        ({"categories": frozenset({"food"})}, rp.InputTypeError, "type.wrong"),
        ({"low": rp.Money(1, "GBP")}, rp.InputTypeError, "type.wrong"),
        ({"citation": "a leaflet"}, rp.InputTypeError, "type.wrong"),
    ],
)
def test_what_makes_no_guideline_is_refused(
    changes: dict[str, object], error: type[rp.RepayPlanError], code: str
) -> None:
    with pytest.raises(error) as caught:
        guideline(**changes)
    assert caught.value.code == code
