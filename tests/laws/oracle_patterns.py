"""The patterns of the second engine: what each row is asked to pay, and the walk that pays it."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

import repayplan as rp
from tests.laws.oracle_dates import innermost, lead_rows, row_stops
from tests.laws.oracle_rates import factors_of, periods_of, rate_steps

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from tests.laws.oracle_rates import Period


@dataclass(frozen=True)
class Ask:
    """What a row is asked to pay: a payment, a part of the principal, or all but the residual."""

    payment: int | None = None
    principal: int | None = None
    at_most: int | None = None
    """The payment that a row which clears the debt may not exceed."""
    interest_alone: bool = False


CLEARS = Ask()
INTEREST_ALONE = Ask(principal=0, interest_alone=True)


def asked_for(
    terms: rp.Terms, balance: int, periods: Sequence[Period], factors: Sequence[Fraction]
) -> list[Ask] | None:
    """Give what each row that repays is asked to pay; None if the pattern makes no sense of the terms."""
    pattern = innermost(terms.repayment)
    debt = Debt(balance, 0 if terms.residual is None else terms.residual.minor_units, terms.rounding.name)
    match pattern:
        case rp.LevelPayment():
            return level_payments(terms, pattern, debt, periods, factors)
        case rp.EqualPrincipal() | rp.FlatInterest():
            return equal_parts(pattern, debt, factors)
        case rp.Balloon():
            return balloon(pattern, debt, factors)
        case rp.BalloonRemainder():
            return remainder_payments(terms, pattern, debt, len(factors))
        case rp.SeasonalPayments():
            return seasonal_payments(pattern, debt, periods, factors)
    return stated_payments(terms, len(factors))


def stated_payments(terms: rp.Terms, count: int) -> list[Ask]:
    """Ask for what the pattern itself states."""
    match innermost(terms.repayment):
        case rp.FixedPayment(amount=amount):
            last = Ask(payment=amount.minor_units) if terms.review_on and not terms.residual else CLEARS
            return [*payments([amount.minor_units] * (count - 1)), last]
        case rp.CustomPayments(amounts=amounts):
            return payments([amount.minor_units for amount in amounts])
        case rp.StepPayments(steps=steps):
            stated = [amount.minor_units for rows, amount in steps for _ in range(rows)]
            return [*payments(stated[:-1]), Ask(at_most=stated[-1])]
    return [CLEARS]  # the end of rows of interest alone


@dataclass(frozen=True)
class Debt:
    """What is to be repaid, what is to be left, and how to round."""

    balance: int
    residual: int
    mode: str


def payment_ask(units: int) -> Ask:
    """Ask for a payment."""
    return Ask(payment=units)


def part_ask(units: int) -> Ask:
    """Ask for a part of the principal."""
    return Ask(principal=units)


def payments(units: Sequence[int]) -> list[Ask]:
    """Ask for payments."""
    return [payment_ask(unit) for unit in units]


# --- the walk


def walk(  # all that a row depends on
    balance: int,
    residual: int | None,
    factors: Sequence[Fraction],
    asks: Sequence[Ask],
    mode: str,
    *,
    flat: bool,
) -> list[tuple[int, int]] | None:
    """Give principal and interest charged of each row; None if a row is empty or the debt ends too early.

    Without a residual, what the last row leaves is left, and it asks for no more than there is.
    """
    rows, first = [], balance
    for index, (rate, ask) in enumerate(zip(factors, asks, strict=True)):
        interest = rounded((first if flat else balance) * rate, mode)
        repaid = principal_of(ask, balance, residual, interest)
        if repaid < 0 or (repaid == 0 and not ask.interest_alone):
            return None
        if ask.at_most is not None and repaid + interest > ask.at_most:
            return None
        balance -= repaid
        last = index == len(factors) - 1
        if (balance != (residual or 0) and residual is not None) if last else balance <= (residual or 0):
            return None
        rows.append((repaid, interest))
    return rows


def principal_of(ask: Ask, balance: int, residual: int | None, interest: int) -> int:
    """Give the principal that a row is asked for."""
    if ask.payment is not None:
        repaid = ask.payment - interest
        return min(repaid, balance) if residual is None else repaid
    return balance - (residual or 0) if ask.principal is None else ask.principal


# --- exact payments


def left_over(debt: Debt, factors: Sequence[Fraction], asked: Sequence[Fraction | int]) -> Fraction:
    """Give what exact payments leave beyond the residual, unrounded."""
    balance = Fraction(debt.balance)
    for rate, payment in zip(factors, asked, strict=True):
        balance = balance * (1 + rate) - payment
    return balance - debt.residual


def straight_line_root(line: Callable[[Fraction], Fraction]) -> Fraction:
    """Find where a straight line is zero."""
    at_zero, at_one = line(Fraction(0)), line(Fraction(1))
    return at_zero / (at_zero - at_one)


def level(balance: int, factors: Sequence[Fraction], residual: int = 0) -> Fraction:
    """Solve for the payment that leaves the residual: what is left is a straight line in the payment."""
    debt = Debt(balance, residual, "")
    return straight_line_root(lambda payment: left_over(debt, factors, [payment] * len(factors)))


# --- level payments


def level_payments(
    terms: rp.Terms,
    pattern: rp.LevelPayment,
    debt: Debt,
    periods: Sequence[Period],
    factors: Sequence[Fraction],
) -> list[Ask]:
    """Ask for equal payments; the last row clears."""
    mode = debt.mode if pattern.rounding is None else pattern.rounding.name
    if pattern.resets:
        return [*payments(reset_payments(terms, pattern, debt, periods, mode)[:-1]), CLEARS]
    exact, others = level(debt.balance, factors, debt.residual), len(factors) - 1
    payment = to_step(exact, pattern.step, mode)
    match pattern.difference.name:
        case "SPREAD":
            return [*payments(spread([exact] * others, pattern.step, mode)), CLEARS]
        case "FIRST" if others:
            first = least_first_payment(debt, factors, payment)
            return [*payments([first] + [payment] * (others - 1)), CLEARS]
    return [*payments([payment] * others), CLEARS]


def least_first_payment(debt: Debt, factors: Sequence[Fraction], payment: int) -> int:
    """Find the least first payment above the interest by which the last row is no higher than the others."""

    def last_row(first: int) -> int:
        balance, interest = debt.balance, 0
        for index, rate in enumerate(factors):
            interest = rounded(balance * rate, debt.mode)
            if index < len(factors) - 1:
                balance -= (payment if index else first) - interest
        return balance - debt.residual + interest

    interest = rounded(debt.balance * factors[0], debt.mode)
    low, high = interest + 1, interest + 2 * debt.balance
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if last_row(middle) <= payment else (middle + 1, high)
    return low


def reset_payments(
    terms: rp.Terms, pattern: rp.LevelPayment, debt: Debt, periods: Sequence[Period], mode: str
) -> list[int]:
    """Work the payment out anew at the first row of each rate, as if that rate stayed."""
    steps, balance, asked = rate_steps(terms), debt.balance, []
    reigning, payment = -1, 0
    actual = factors_of(terms, periods)
    for index, period in enumerate(periods):
        rate_in_force = max(
            (place for place, (day, _) in enumerate(steps) if day <= starts(terms, period)), default=0
        )
        if rate_in_force != reigning:
            reigning = rate_in_force
            constant = factors_of(terms, periods[index:], steps[: reigning + 1])
            payment = to_step(level(balance, constant, debt.residual), pattern.step, mode)
        asked.append(payment)
        balance -= payment - rounded(balance * actual[index], debt.mode)
    return asked


def starts(terms: rp.Terms, period: Period) -> datetime.date:
    """Give the date on which a period starts, as its time is measured."""
    return period.scheduled[0] if terms.day_count.name == "NOMINAL" else period.accrued[0]


# --- equal parts


def equal_parts(
    pattern: rp.EqualPrincipal | rp.FlatInterest, debt: Debt, factors: Sequence[Fraction]
) -> list[Ask]:
    """Ask for equal parts of the principal, or for flat payments in steps."""
    count, owed = len(factors), debt.balance - debt.residual
    exact = Fraction(owed, count)
    step = getattr(pattern, "step", None)
    if step is None:
        kind, whole = part_ask, [exact] * count
    else:
        kind, whole = payment_ask, [exact + debt.balance * rate for rate in factors]
    interests = [rounded(debt.balance * rate, debt.mode) if step else 0 for rate in factors]
    match pattern.difference.name:
        case "SPREAD":
            asked = spread(whole, step, debt.mode)
        case "FIRST":
            asked = [to_step(part, step, debt.mode) for part in whole]
            others = sum(asked[1:]) - sum(interests[1:])
            return [Ask(principal=owed - others), *(kind(part) for part in asked[1:])]
        case _:
            asked = [to_step(part, step, debt.mode) for part in whole]
    return [*(kind(part) for part in asked[:-1]), CLEARS]


def spread(exact: Sequence[Fraction], step: rp.Money | None, mode: str) -> list[int]:
    """Round what has been paid so far, and pay the differences."""
    so_far = [to_step(total, step, mode) for total in itertools.accumulate(exact)]
    return [after - before for before, after in itertools.pairwise([0, *so_far])]


# --- balloons and fixed payments


def balloon(pattern: rp.Balloon, debt: Debt, factors: Sequence[Fraction]) -> list[Ask]:
    """Ask for the equal payments that leave the stated one to clear the debt."""
    others, last = len(factors) - 1, pattern.amount.minor_units
    if not others:
        return [CLEARS]
    exact = straight_line_root(lambda payment: left_over(debt, factors, [*[payment] * others, last]))
    return [*payments([rounded(exact, debt.mode) if exact > 0 else 0] * others), CLEARS]


def remainder_payments(
    terms: rp.Terms, pattern: rp.BalloonRemainder, debt: Debt, count: int
) -> list[Ask] | None:
    """Ask for the level payment of a longer schedule on the same grid; None where dates are too few."""
    longer = terms if pattern.amortized_over == pattern.count else attrs.evolve(terms, ends_on=None)
    if terms.accrue_to.name == "SCHEDULED":
        longer = attrs.evolve(longer, calendar=None)  # when they would fall due is nobody's question
    lead = lead_rows(terms)
    stops = list(itertools.islice(row_stops(longer), lead + pattern.amortized_over))
    if len(stops) < lead + pattern.amortized_over:
        return None
    factors = factors_of(longer, list(periods_of(longer, stops)))
    payment = rounded(level(debt.balance, factors[lead:], debt.residual), debt.mode)
    return [*payments([payment] * (count - 1)), CLEARS]


def seasonal_payments(
    pattern: rp.SeasonalPayments, debt: Debt, periods: Sequence[Period], factors: Sequence[Fraction]
) -> list[Ask]:
    """Ask for one unit as often as the month weighs."""
    own = [pattern.weights[period.scheduled[1].month - 1] for period in periods]
    unit = straight_line_root(lambda unit: left_over(debt, factors, [unit * weight for weight in own]))
    return [*payments([rounded(weight * unit, debt.mode) for weight in own[:-1]]), CLEARS]


# --- rounding


def to_step(exact: Fraction, step: rp.Money | None, mode: str) -> int:
    """Round to a multiple of the step, or to a minor unit."""
    unit = 1 if step is None else step.minor_units
    return rounded(exact / unit, mode) * unit


def rounded(exact: Fraction, mode: str) -> int:
    """Round a number that is not negative, as the modes of ``decimal`` do."""
    below = math.floor(exact)
    rest = exact - below
    if rest == 0:
        return below
    half = Fraction(1, 2)
    upwards = {
        "HALF_EVEN": rest > half or (rest == half and below % 2 == 1),
        "HALF_UP": rest >= half,
        "HALF_DOWN": rest > half,
        "UP": True,
        "CEILING": True,
        "DOWN": False,
        "FLOOR": False,
    }
    return below + 1 if upwards[mode] else below
