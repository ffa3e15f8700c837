"""The lines of a budget: in which months they count, and with how much."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pendulum
import pytest

import repayplan as rp
from repayplan.months import month_index

DATE = pendulum.date


def money(units: int) -> rp.Money:
    return rp.Money(units, "CNY")


def amounts(line: rp.Income | rp.Expense | rp.Commitment, year: int = 2027) -> list[int]:
    """What a line comes to in each month of a year."""
    first = month_index(DATE(year, 1, 1))
    found = [line.in_month(month) for month in range(first, first + 12)]
    assert all(amount.denominator == 1 for amount in found)
    return [int(amount) for amount in found]


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (None, None, range(1, 13)),
        (DATE(2027, 3, 1), None, range(3, 13)),
        (DATE(2027, 3, 2), None, range(4, 13)),
        (None, DATE(2027, 6, 30), range(1, 7)),
        (None, DATE(2027, 6, 29), range(1, 6)),
        (DATE(2027, 3, 15), DATE(2027, 5, 15), range(4, 5)),
        (DATE(2027, 3, 15), DATE(2027, 3, 31), range(0)),
        (DATE(2027, 3, 15), DATE(2027, 4, 15), range(0)),
    ],
)
def test_an_income_counts_in_the_months_that_it_covers_wholly(
    starts: pendulum.Date | None, ends: pendulum.Date | None, months: range
) -> None:
    income = rp.Income("job", money(5), starts_on=starts, ends_on=ends)
    assert amounts(income) == [5 * (month in months) for month in range(1, 13)]


@pytest.mark.parametrize("kind", [rp.Expense, rp.Commitment])
@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (None, None, range(1, 13)),
        (DATE(2027, 3, 31), None, range(3, 13)),
        (None, DATE(2027, 6, 1), range(1, 7)),
        (DATE(2027, 3, 15), DATE(2027, 3, 15), range(3, 4)),
    ],
)
def test_what_goes_out_counts_in_every_month_that_it_touches(
    kind: Any,  # noqa: ANN401  # either class
    starts: pendulum.Date | None,
    ends: pendulum.Date | None,
    months: range,
) -> None:
    line = kind("rent", money(5), starts_on=starts, ends_on=ends)
    assert amounts(line) == [5 * (month in months) for month in range(1, 13)]


def test_what_falls_on_dates_counts_in_their_months() -> None:
    once = rp.Income("bonus", money(900), frequency=rp.Frequency.once(DATE(2027, 2, 5)))
    assert amounts(once) == [0, 900, *(0,) * 10]
    days = [DATE(2027, 1, 3), DATE(2027, 1, 31), DATE(2027, 9, 1), DATE(2028, 9, 1)]
    listed = rp.Frequency.on_dates(days)
    assert amounts(rp.Expense("school", money(7), frequency=listed)) == [14, *(0,) * 7, 7, 0, 0, 0]
    later = rp.Expense("school", money(7), frequency=listed, starts_on=DATE(2027, 1, 4))
    assert amounts(later)[0] == 7
    ended = rp.Expense("school", money(7), frequency=listed, ends_on=DATE(2027, 8, 31))
    assert amounts(ended) == [14, *(0,) * 11]


def test_an_amount_a_month_is_brought_there_by_an_exact_factor_and_a_share() -> None:
    rent = rp.Expense("rent", money(100), rp.Frequency.WEEKLY, share=Fraction(1, 3))
    assert rent.monthly == rent.in_month(month_index(DATE(2027, 1, 1))) == Fraction(100 * 52, 36)
    with pytest.raises(rp.DateError):
        rp.Income("bonus", money(1), frequency=rp.Frequency.once(DATE(2027, 2, 5))).monthly  # noqa: B018


@pytest.mark.parametrize("share", ["0", "-0.5", "1.01", Fraction(3, 2)])
def test_a_share_is_above_nothing_and_at_most_all(share: Any) -> None:  # noqa: ANN401  # several types
    with pytest.raises(rp.BudgetError) as caught:
        rp.Expense("rent", money(1), share=share)
    assert (caught.value.code, caught.value.field) == ("budget.share", "share")


def test_a_share_is_no_float() -> None:
    with pytest.raises(rp.InputTypeError):
        rp.Expense("rent", money(1), share=0.5)  # type: ignore[arg-type]  # the point


def test_a_line_does_not_end_before_it_starts() -> None:
    with pytest.raises(rp.BudgetError) as caught:
        rp.Income("job", money(1), starts_on=DATE(2027, 2, 2), ends_on=DATE(2027, 2, 1))
    assert (caught.value.code, caught.value.field) == ("budget.dates", "ends_on")


def test_a_verified_line_says_when_and_no_other_does() -> None:
    checked = DATE(2026, 12, 1)
    verified = rp.Income("job", money(1), evidence=rp.LineEvidence.VERIFIED, verified_on=checked)
    assert verified.verified_on == checked
    for wrong in ({"evidence": rp.LineEvidence.VERIFIED}, {"verified_on": checked}):
        changes: dict[str, Any] = wrong
        with pytest.raises(rp.BudgetError) as caught:
            rp.Income("job", money(1), **changes)
        assert caught.value.code == "budget.evidence"


def test_a_note_is_plain_text() -> None:
    assert rp.Income("job", money(1), note="paid late in May").note
    with pytest.raises(rp.BudgetError):
        rp.Income("job", money(1), note="two\nlines")


@pytest.mark.parametrize(
    ("category", "essential"),
    [(rp.Category.HOUSING, True), (rp.Category.COMMUNICATIONS, False), (rp.Category.SAVINGS, False)],
)
def test_the_category_says_whether_an_expense_is_essential_unless_it_does(
    category: rp.Category,
    essential: bool,  # noqa: FBT001  # what is expected
) -> None:
    assert rp.Expense("x", money(1), category=category).is_essential is essential
    other = rp.Expense("x", money(1), category=category, essential=not essential)
    assert other.is_essential is not essential


def test_all_commitments_but_other_credit_are_priorities() -> None:
    assert [kind for kind in rp.CommitmentKind if not kind.is_priority] == [rp.CommitmentKind.OTHER_CREDIT]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: rp.Income("x", money(1), available="no"), "available"),  # type: ignore[arg-type]
        (lambda: rp.Expense("x", money(1), essential="yes"), "essential"),  # type: ignore[arg-type]
        (lambda: rp.Commitment("x", money(1), kind="fine"), "kind"),  # type: ignore[arg-type]
        (lambda: rp.Income("x", money(1), evidence="seen"), "evidence"),  # type: ignore[arg-type]
        (lambda: rp.Income("x", money(1), note=5), "note"),  # type: ignore[arg-type]
        (lambda: rp.Income("x", money(1), starts_on="2027-01-01"), "starts_on"),  # type: ignore[arg-type]
    ],
)
def test_a_field_of_the_wrong_type_is_named(make: Any, field: str) -> None:  # noqa: ANN401  # a maker
    with pytest.raises(rp.InputTypeError) as caught:
        make()
    assert caught.value.field == field


def test_the_first_and_the_last_year_are_no_trouble() -> None:
    first = rp.Income("job", money(1), starts_on=DATE(1, 1, 1), ends_on=DATE(9999, 12, 31))
    assert first.counts_in(month_index(DATE(9999, 12, 1)))
    assert first.counts_in(month_index(DATE(1, 1, 1)))
