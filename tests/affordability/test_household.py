from __future__ import annotations

import pytest

import repayplan as rp


def pounds(*units: int) -> list[rp.Money]:
    return [rp.Money(unit, "GBP") for unit in units]


TABLE = rp.HouseholdAmounts(pounds(240, 390), each_child=pounds(75)[0], each_further_adult=pounds(100)[0])


@pytest.mark.parametrize(
    ("adults", "children", "units"), [(1, 0, 240), (2, 0, 390), (2, 1, 465), (1, 3, 465), (4, 2, 740)]
)
def test_the_amount_goes_by_adults_and_children(adults: int, children: int, units: int) -> None:
    assert TABLE.of(rp.Household(adults, children)) == rp.Money(units, "GBP")


def test_a_household_that_the_table_does_not_know_is_refused() -> None:
    short = rp.HouseholdAmounts(pounds(240, 390))
    for household in (rp.Household(3), rp.Household(1, 1)):
        with pytest.raises(rp.BudgetError) as caught:
            short.of(household)
        assert (caught.value.code, caught.value.field) == ("household.not_in_table", "household")


def test_an_amount_may_go_by_persons_whatever_their_age() -> None:
    by_persons = rp.PersonAmounts(pounds(727, 1288, 1446, 1786), each_further_person=pounds(300)[0])
    assert by_persons.of(rp.Household(1)) == by_persons.by_persons[0]
    assert by_persons.of(rp.Household(1, 3)) == by_persons.of(rp.Household(4)) == rp.Money(1786, "GBP")
    assert by_persons.of(rp.Household(4, 2)) == rp.Money(2386, "GBP")
    with pytest.raises(rp.BudgetError, match="at most 1 persons"):
        rp.PersonAmounts(pounds(727)).of(rp.Household(2))


@pytest.mark.parametrize("table", [rp.HouseholdAmounts, rp.PersonAmounts])
def test_a_table_without_amounts_or_with_bad_ones_is_refused(
    table: type[rp.HouseholdAmounts | rp.PersonAmounts],
) -> None:
    with pytest.raises(rp.BudgetError, match="at least one"):
        table([])
    with pytest.raises(rp.BudgetError, match="zero or more"):
        table(pounds(1, -1))
    with pytest.raises(rp.MoneyError):
        table([*pounds(1), rp.Money(1, "EUR")])
    with pytest.raises(rp.InputTypeError):
        table([240])  # type: ignore[list-item]  # the point


def test_what_is_added_is_checked_too() -> None:
    with pytest.raises(rp.BudgetError) as caught:
        rp.HouseholdAmounts(pounds(1), each_child=rp.Money(-1, "GBP"))
    assert caught.value.field == "each_child"
    with pytest.raises(rp.MoneyError):
        rp.HouseholdAmounts(pounds(1), each_further_adult=rp.Money(1, "EUR"))
    with pytest.raises(rp.InputTypeError):
        rp.PersonAmounts(pounds(1), each_further_person=5)  # type: ignore[arg-type]  # the point


def test_a_household_shows_nothing() -> None:
    assert repr(rp.Household(2, 3)) == "<Household>"
