"""A second engine, slow and obvious, for the tests to compare with: fractions, dates and loops.

It is written from the normative text of the design and shares no code with the package. It reads the fields
of ``Terms`` and nothing else of it: own date stepping, own day counts, own rounding, own calendars.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import repayplan as rp
from tests.laws.oracle_dates import (
    NoDateError,
    day_in_month,
    days_between,
    existing,
    innermost,
    is_open,
    lead_rows,
    month_index,
    plain,
    row_places,
    row_stops,
    scheduled_dates,
    stop_at,
)
from tests.laws.oracle_patterns import INTEREST_ALONE, asked_for, level, rounded, to_step, walk
from tests.laws.oracle_rates import factor, factors_of, periods_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from tests.laws.oracle_dates import Stop

__all__ = [
    "NoDateError",
    "Row",
    "amortized",
    "day_in_month",
    "days_between",
    "existing_dates",
    "expected_rows",
    "factors",
    "innermost",
    "is_open",
    "lead_rows",
    "level",
    "month_index",
    "plain",
    "repays",
    "residual_of",
    "rounded",
    "row_count",
    "row_places",
    "row_stops",
    "to_step",
]

ROWS_MAX = 10_000


@dataclass(frozen=True)
class Row:
    """One expected row, in minor units."""

    number: int
    scheduled_for: datetime.date
    due_on: datetime.date
    opening: int
    principal: int
    accrued: int
    interest: int
    fees: int
    carried: tuple[int, int, int]
    amount: int
    closing: int


def expected_rows(terms: rp.Terms) -> list[Row] | None:
    """Give the rows that the terms define, or None if there is no valid schedule."""
    stops = stops_of(terms)
    if not stops:
        return None
    charged = repay(terms, stops)
    interests = None if charged is None else interest_asked_for(terms, stops, [row[1] for row in charged])
    if charged is None or interests is None or not is_reviewed_in_time(terms, stops):
        return None
    principals = [row[0] for row in charged]
    fees = fees_of(terms, stops, [sum(parts) for parts in zip(principals, interests, strict=True)])
    if fees is None:
        return None
    carried = [
        carried_parts(balance, len(stops))
        for balance in (terms.carried.interest, terms.carried.fees, terms.carried.penalties)
    ]
    rows, opening = [], amortized(terms)
    for index, (stop, (principal, accrued)) in enumerate(zip(stops, charged, strict=True)):
        parts = (carried[0][index], carried[1][index], carried[2][index])
        amount = principal + interests[index] + fees[index] + sum(parts)
        if amount <= 0:
            return None
        rows.append(
            Row(
                number=index + 1,
                scheduled_for=stop.scheduled_for,
                due_on=stop.due_on,
                opening=opening,
                principal=principal,
                accrued=accrued,
                interest=interests[index],
                fees=fees[index],
                carried=parts,
                amount=amount,
                closing=opening - principal,
            )
        )
        opening -= principal
    return rows


# --- the debt


def amortized(terms: rp.Terms) -> int:
    """Give the principal and what is capitalized less what is paid up front, in minor units."""
    balances = (terms.carried.interest, terms.carried.fees, terms.carried.penalties)
    upfront = 0 if terms.upfront is None else terms.upfront.minor_units
    capitalized = sum(
        balance.amount.minor_units
        for balance in balances
        if balance is not None and balance.treatment.name == "CAPITALIZE"
    )
    return terms.principal.minor_units + capitalized - upfront


def residual_of(terms: rp.Terms) -> int:
    """Give the stated residual, 0 if there is none."""
    return 0 if terms.residual is None else terms.residual.minor_units


def ends_open(terms: rp.Terms) -> bool:
    """Tell whether what is left at the review is not stated."""
    return terms.review_on is not None and terms.residual is None


def is_reviewed_in_time(terms: rp.Terms, stops: Sequence[Stop]) -> bool:
    """Tell whether the review is not before the last scheduled date."""
    return terms.review_on is None or stops[-1].scheduled_for <= terms.review_on


# --- rows


def existing_dates(terms: rp.Terms) -> Iterator[datetime.date]:
    """Give the scheduled dates as far as the years go, without regard to ``ends_on``."""
    return existing(scheduled_dates(terms))


def stops_of(terms: rp.Terms) -> list[Stop]:
    """Give the places of all rows; none if the dates are not as many as the pattern needs."""
    count = row_count(terms)
    if isinstance(innermost(terms.repayment), rp.FixedPayment):
        return list(itertools.islice(row_stops(terms), count))
    if terms.ends_on is not None or hasattr(terms.frequency, "dates"):
        return list(row_stops(terms)) if len(list(row_places(terms))) == count else []
    stops = list(itertools.islice(row_stops(terms), count))
    return stops if len(stops) == count else []


def row_count(terms: rp.Terms) -> int:
    """Give the number of rows; 0 if a fixed payment never clears the debt."""
    if isinstance(innermost(terms.repayment), rp.FixedPayment):
        return rows_of_a_fixed_payment(terms)
    return lead_rows(terms) + pattern_rows(innermost(terms.repayment))


def pattern_rows(pattern: object) -> int:
    """Count the rows that repay principal."""
    if isinstance(pattern, rp.CustomPayments):
        return len(pattern.amounts)
    if isinstance(pattern, rp.StepPayments):
        return sum(count for count, _ in pattern.steps)
    if isinstance(pattern, rp.InterestOnly):
        return 1
    return cast("rp.LevelPayment", pattern).count


def rows_of_a_fixed_payment(terms: rp.Terms) -> int:
    """Count the rows until the payment clears the debt or the terms end; 0 if it never does."""
    lead, balance, number = lead_rows(terms), amortized(terms), 0
    payment = cast("rp.FixedPayment", innermost(terms.repayment)).amount.minor_units
    # Which row is the last is not known yet, so none of them is taken for the maturity.
    stops, again = itertools.tee(itertools.islice(stops_to_review(terms), ROWS_MAX))
    for number, (_, period) in enumerate(zip(stops, periods_of(terms, again), strict=True), start=1):
        if number <= lead:
            continue
        interest = rounded(balance * factor(terms, period, None), terms.rounding.name)
        if balance + interest - residual_of(terms) <= payment:
            return number
        if payment <= interest:
            return 0
        balance -= payment - interest
    return number if ends_open(terms) and number > lead else 0


def stops_to_review(terms: rp.Terms) -> Iterator[Stop]:
    """Give the places that have a row, no later than a review which takes over whatever is left then."""
    if not ends_open(terms):
        return row_stops(terms)
    in_time = itertools.takewhile(
        lambda place: place.scheduled_for <= cast("datetime.date", terms.review_on),
        existing(row_places(terms)),
    )
    return (stop_at(terms, place) for place in in_time)


def repay(terms: rp.Terms, stops: Sequence[Stop]) -> list[tuple[int, int]] | None:
    """Give principal and interest charged of each row; None if a row is empty or the debt ends too early."""
    principal, lead, mode = amortized(terms), lead_rows(terms), terms.rounding.name
    if len(stops) <= lead or principal <= residual_of(terms):
        return None
    periods = list(periods_of(terms, stops))
    factors = factors_of(terms, periods)
    flat = isinstance(innermost(terms.repayment), rp.FlatInterest)
    asks = asked_for(terms, principal, periods[lead:], factors[lead:])
    if asks is None:
        return None
    residual = None if ends_open(terms) else residual_of(terms)
    return walk(principal, residual, factors, [INTEREST_ALONE] * lead + asks, mode, flat=flat)


def factors(terms: rp.Terms, count: int) -> list[Fraction]:
    """Give the rate of each of the periods of a schedule of so many rows."""
    return factors_of(terms, list(periods_of(terms, itertools.islice(row_stops(terms), count))))


def repays(terms: rp.Terms) -> bool:
    """Tell whether the rows repay the debt, whatever else they ask for."""
    stops = stops_of(terms)
    return bool(stops) and is_reviewed_in_time(terms, stops) and repay(terms, stops) is not None


# --- what comes on top


def interest_asked_for(terms: rp.Terms, stops: Sequence[Stop], accrued: Sequence[int]) -> list[int] | None:
    """Give the interest that each row asks for: none in the grace, all of it with the first row after it."""
    waits = [stop.index < terms.grace.interest for stop in stops]
    if all(waits):
        return None
    first = waits.index(False)
    return [0] * first + [sum(accrued[: first + 1])] + list(accrued[first + 1 :])


def fees_of(terms: rp.Terms, stops: Sequence[Stop], payments: Sequence[int]) -> list[int] | None:
    """Give the fees of each row; None if a single fee falls on no row."""
    fees = [0] * len(stops)
    for fee in terms.fees:
        if isinstance(fee, rp.SingleFee):
            rows = [index for index, stop in enumerate(stops) if stop.due_on >= fee.on]
            if not rows:
                return None
            fees[rows[0]] += fee.amount.minor_units
            continue
        for index, payment in enumerate(payments):
            if isinstance(fee, rp.PaymentShareFee):
                fees[index] += rounded(payment * fee.share, terms.rounding.name)
            else:
                fees[index] += cast("rp.InstallmentFee", fee).amount.minor_units
    return fees


def carried_parts(balance: rp.CarriedBalance | None, count: int) -> list[int]:
    """Give the part of a carried balance that falls on each row."""
    parts = [0] * count
    if balance is None:
        return parts
    if balance.treatment.name == "FIRST":
        parts[0] = balance.amount.minor_units
    if balance.treatment.name == "SPREAD":
        each, over = divmod(balance.amount.minor_units, count)
        parts = [each + 1] * over + [each] * (count - over)
    return parts
