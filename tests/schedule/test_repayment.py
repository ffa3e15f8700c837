"""What the patterns share: the bounds of a count, the checks of an amount, and a pattern of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from repayplan.schedule.repayment import Repayment
from tests.schedule import built, cents, euros, refusal_of, repickled, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from repayplan.schedule.amortization import PrincipalOf
    from repayplan.schedule.annuity import Factor
    from repayplan.schedule.repayment import Run

COUNTED: list[Callable[..., Any]] = [
    rp.LevelPayment,
    rp.EqualPrincipal,
    rp.FlatInterest,
    rp.InterestOnly,
    lambda count: rp.BalloonRemainder(count, 10_000),
    lambda count: rp.SeasonalPayments(count, (1,) * 12),
]


@pytest.mark.parametrize("pattern", COUNTED)
@pytest.mark.parametrize("count", [1, 10_000])
def test_the_bounds_of_a_count_are_allowed(pattern: Callable[..., Any], count: int) -> None:
    assert pattern(count).count == count


@pytest.mark.parametrize("pattern", COUNTED)
@pytest.mark.parametrize("count", [0, -1, 10_001, 10**6, 10**9])
def test_a_count_out_of_bounds_is_refused(pattern: Callable[..., Any], count: int) -> None:
    with pytest.raises(rp.TermsError, match="1 to 10000") as caught:
        pattern(count)
    assert caught.value.field == "count"


@pytest.mark.parametrize("pattern", COUNTED)
@pytest.mark.parametrize("count", [True, 12.0, "12", None])
def test_a_count_of_another_type_is_refused(pattern: Callable[..., Any], count: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        pattern(count)
    assert caught.value.field == "count"


@pytest.mark.parametrize("amount", ["0", "-1"])
@pytest.mark.parametrize(
    ("make", "field"),
    [
        (rp.FixedPayment, "amount"),
        (lambda amount: rp.LevelPayment(3, step=amount), "step"),
        (lambda amount: rp.FlatInterest(3, step=amount), "step"),
        (lambda amount: rp.CustomPayments([euros("1"), amount]), "amounts[1]"),
        (lambda amount: rp.StepPayments(((1, amount),)), "steps[0][1]"),
        (lambda amount: rp.Balloon(3, amount), "amount"),
    ],
)
def test_an_amount_that_is_not_above_zero_is_refused(
    make: Callable[[rp.Money], object], field: str, amount: str
) -> None:
    with pytest.raises(rp.TermsError, match="above zero") as caught:
        make(euros(amount))
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (rp.FixedPayment, "amount"),
        (lambda amount: rp.LevelPayment(3, step=amount), "step"),
        (lambda amount: rp.FlatInterest(3, step=amount), "step"),
        (lambda amount: rp.CustomPayments([amount]), "amounts[0]"),
        (lambda amount: rp.StepPayments(((1, amount),)), "steps[0]"),
        (lambda amount: rp.Balloon(3, amount), "amount"),
        (lambda amount: rp.LevelPayment(3, rounding=amount), "rounding"),
        (rp.CustomPayments, "amounts"),
    ],
)
@pytest.mark.parametrize("disabled", [False, True])
def test_an_amount_of_another_type_is_refused(
    make: Callable[[Any], object], field: str, *, disabled: bool
) -> None:
    attrs.validators.set_disabled(disabled)
    try:
        for amount in (12.5, "12"):
            with pytest.raises(rp.InputTypeError) as caught:
                make(amount)
            assert caught.value.field == field
    finally:
        attrs.validators.set_disabled(False)  # its only argument


def test_an_empty_list_of_payments_is_refused() -> None:
    with pytest.raises(rp.TermsError, match="at least one") as caught:
        rp.CustomPayments([])
    assert caught.value.field == "amounts"


def test_a_list_of_payments_has_the_same_bound_as_a_count() -> None:
    assert len(rp.CustomPayments([cents(1)] * 10_000).amounts) == 10_000
    with pytest.raises(rp.TermsError, match="10000") as caught:
        rp.CustomPayments([cents(1)] * 10_001)
    assert caught.value.field == "amounts"


# --- a pattern of one's own


@attrs.frozen
class Twice(Repayment):
    """A pattern that the package does not know: two payments, the first of so much principal."""

    first: int

    def row_count(
        self, principal: int, residual: int, factors: Iterable[Factor], rounding: rp.Rounding
    ) -> int:
        del principal, residual, factors, rounding
        return 2

    def principal_of(self, run: Run) -> PrincipalOf:
        del run
        return lambda _number, _opening, _interest: self.first


def test_a_pattern_of_ones_own_builds_and_may_follow_interest_alone() -> None:
    assert rows_of(built(repayment=Twice(70000))) == [(70000, 1200), (50000, 500)]
    schedule = built(repayment=rp.InterestOnly(1, then=Twice(70000)))
    assert rows_of(schedule) == [(0, 1200), (70000, 1200), (50000, 500)]
    assert repickled(schedule) == schedule


@pytest.mark.parametrize("first", [0, -1, 120000, 120001])
def test_a_pattern_of_ones_own_is_refused_by_its_row(first: int) -> None:
    error = refusal_of(repayment=rp.InterestOnly(1, then=Twice(first)))
    assert (error.code, error.field, error.data["number"]) == ("terms.row", "repayment", 2)
    assert "1200.00 EUR" in error.message
