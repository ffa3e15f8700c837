"""The engine in whole minor units."""

from __future__ import annotations

from fractions import Fraction

import pytest

import repayplan as rp
from repayplan.schedule.amortization import (
    Amortization,
    PrincipalOf,
    Stuck,
    amortize,
    balances,
    rows_needed,
)
from repayplan.schedule.annuity import ExactPayment, Factor

HALF_EVEN = rp.Rounding.HALF_EVEN.divide
PERCENT: Factor = (1, 100)


def paying(amount: int) -> PrincipalOf:
    return lambda _number, _opening, interest: amount - interest


def test_the_last_row_clears_the_debt_with_interest_as_always() -> None:
    rows = amortize(1000, [PERCENT] * 3, HALF_EVEN, paying(340))
    assert rows == Amortization(principals=(330, 333, 337), interests=(10, 7, 3))


def test_one_row_repays_all() -> None:
    assert amortize(1000, [PERCENT], HALF_EVEN, paying(1)) == Amortization((1000,), (10,))


def test_flat_interest_is_on_the_first_principal() -> None:
    rows = amortize(1000, [PERCENT] * 3, HALF_EVEN, lambda _n, _o, _i: 333, flat=True)
    assert rows == Amortization((333, 333, 334), (10, 10, 10))


@pytest.mark.parametrize(
    ("payment", "stuck"),
    [
        (10, Stuck(number=1, interest=10, principal=0, opening=1000)),
        (9, Stuck(number=1, interest=10, principal=-1, opening=1000)),
        (1010, Stuck(number=1, interest=10, principal=1000, opening=1000)),
        (520, Stuck(number=2, interest=5, principal=515, opening=490)),
    ],
)
def test_a_row_before_the_last_must_repay_some_and_not_all(payment: int, stuck: Stuck) -> None:
    assert amortize(1000, [PERCENT] * 3, HALF_EVEN, paying(payment)) == stuck


@pytest.mark.parametrize(("principal", "too_little"), [(-1, True), (0, True), (1, False)])
def test_a_stuck_row_pays_too_little_or_too_much(principal: int, too_little: bool) -> None:  # noqa: FBT001
    assert Stuck(1, 10, principal, 1).pays_too_little is too_little


@pytest.mark.parametrize(("last", "works"), [(304, False), (305, True), (306, False)])
def test_a_stated_last_payment_must_clear_the_debt_exactly(last: int, works: bool) -> None:  # noqa: FBT001
    payments = [510, 203, last]
    rows = amortize(
        1000,
        [PERCENT] * 3,
        HALF_EVEN,
        lambda number, _, interest: payments[number - 1] - interest,
        states_last=True,
    )
    assert isinstance(rows, Amortization) is works


def left_over(principal: int, factors: list[Factor], payment: Fraction) -> Fraction:
    balance = Fraction(principal)
    for factor in factors:
        balance = balance * (1 + Fraction(*factor)) - payment
    return balance


@pytest.mark.parametrize(
    "factors",
    [
        [PERCENT],
        [PERCENT] * 12,
        [(0, 1)] * 3,
        [(0, 365), (0, 366)],
        [(0, 1), (1, 100), (31, 36_500)],
        [(2, 200), (1, 100)],
        [(7, 3), (5, 2), (0, 9)],
        [(10**40 + 1, 10**41)] * 5,
    ],
)
def test_the_level_payment_brings_the_balance_exactly_to_zero(factors: list[Factor]) -> None:
    assert left_over(100_000, factors, Fraction(*ExactPayment(100_000, factors).exact)) == 0


@pytest.mark.parametrize("residual", [0, 1, 40_000, 99_999])
@pytest.mark.parametrize(
    "factors", [[PERCENT], [PERCENT] * 12, [(0, 1)] * 3, [(0, 1), (1, 100), (31, 36_500)]]
)
def test_the_level_payment_brings_the_balance_exactly_to_the_residual(
    factors: list[Factor], residual: int
) -> None:
    payment = Fraction(*ExactPayment(100_000, factors, residual).exact)
    assert left_over(100_000, factors, payment) == residual


@pytest.mark.parametrize("factors", [[PERCENT] * 4, [(0, 1), (1, 100), (31, 36_500), (2, 3)]])
@pytest.mark.parametrize("weights", [(1, 1, 1, 0), (0, 0, 0, 1), (3, 0, 10**6, 7)])
def test_a_weighted_payment_brings_the_balance_exactly_to_the_residual(
    factors: list[Factor], weights: tuple[int, ...]
) -> None:
    unit = Fraction(*ExactPayment(100_000, factors, 40_000, weights).exact)
    balance = Fraction(100_000)
    for factor, weight in zip(factors, weights, strict=True):
        balance = balance * (1 + Fraction(*factor)) - weight * unit
    assert balance == 40_000


@pytest.mark.parametrize("rounding", rp.Rounding)
@pytest.mark.parametrize(("residual", "times"), [(0, 1), (10**8, 1), (2 * 10**9, 1), (10**8, 250), (0, 0)])
@pytest.mark.parametrize("weights", [None, (*(1,) * 299, 0), tuple(range(300))])
def test_many_periods_round_as_the_exact_fraction_does_with_a_residual_and_weights(
    rounding: rp.Rounding, residual: int, times: int, weights: tuple[int, ...] | None
) -> None:
    # a residual that is twice the debt makes the payment negative
    factors: list[Factor] = [(31, 365_000), (28, 365_000), *[(30, 365_000)] * 298]
    payment = ExactPayment(10**9, factors, residual, weights)
    numerator, denominator = payment.exact
    assert payment.rounded(rounding.divide, times=times) == rounding.divide(times * numerator, denominator)


@pytest.mark.parametrize(("rounding", "payment"), [(rp.Rounding.UP, 2), (rp.Rounding.DOWN, 1)])
def test_closer_bounds_decide_what_the_first_ones_leave_open(rounding: rp.Rounding, payment: int) -> None:
    # 250 x 2**400 + 1 in 250 parts, of 2**400: closer to a whole number than 320 bits can tell
    factors: list[Factor] = [(1, 2**400 * 250), *[(0, 1)] * 249]
    assert ExactPayment(250, factors).rounded(rounding.divide) == payment


@pytest.mark.parametrize(("payment", "rows"), [(1010, 1), (2000, 1), (1009, 2), (510, 2), (344, 3), (20, 70)])
def test_rows_are_counted_until_the_payment_covers_all(payment: int, rows: int) -> None:
    assert rows_needed(1000, [PERCENT] * 100, HALF_EVEN, payment) == rows


def test_a_payment_that_does_not_exceed_the_interest_is_stuck_at_that_row() -> None:
    assert rows_needed(1000, [PERCENT] * 100, HALF_EVEN, 10) == Stuck(1, 10, 0, 1000)
    # the interest may outgrow the payment later, where a period is longer
    assert rows_needed(1000, [PERCENT, (2, 100)], HALF_EVEN, 15) == Stuck(2, 20, -5, 995)


def test_a_debt_that_outlives_the_periods_is_stuck_at_the_last() -> None:
    assert rows_needed(1000, [PERCENT] * 2, HALF_EVEN, 100) == Stuck(2, 9, 91, 910)


def test_balances_run_from_the_debt_to_zero() -> None:
    assert balances(1000, (330, 333, 337)) == (1000, 670, 337, 0)


# The long way is bounded from both sides first; a tie is where the two sides must round differently.
TIE: list[Factor] = [(1, 4), *[(0, 1)] * 249]


@pytest.mark.parametrize(
    ("rounding", "payment"),
    [
        (rp.Rounding.HALF_EVEN, 0),
        (rp.Rounding.HALF_DOWN, 0),
        (rp.Rounding.HALF_UP, 1),
        (rp.Rounding.UP, 1),
        (rp.Rounding.DOWN, 0),
    ],
)
def test_a_tie_among_many_periods_is_decided_exactly(rounding: rp.Rounding, payment: int) -> None:
    # 100 x 1.25 in 250 parts is a half exactly
    assert ExactPayment(100, TIE).rounded(rounding.divide) == payment


@pytest.mark.parametrize("rounding", rp.Rounding)
@pytest.mark.parametrize("count", [240, 241, 500])
@pytest.mark.parametrize("unit", [1, 7])
def test_many_periods_round_as_the_exact_fraction_does(rounding: rp.Rounding, count: int, unit: int) -> None:
    factors: list[Factor] = [(31, 36_500), (28, 36_500), *[(30, 36_500)] * (count - 2)]
    payment = ExactPayment(10**9, factors)
    numerator, denominator = payment.exact
    expected = rounding.divide(numerator, denominator * unit) * unit
    assert payment.rounded(rounding.divide, unit=unit) == expected


@pytest.mark.parametrize("rounding", [rp.Rounding.UP, rp.Rounding.DOWN, rp.Rounding.HALF_EVEN])
def test_a_whole_payment_among_many_periods_is_not_pushed_off_itself(rounding: rp.Rounding) -> None:
    # 200 x 1.25 in 250 parts is 1 exactly, whatever the direction of rounding
    assert ExactPayment(200, TIE).rounded(rounding.divide) == 1
