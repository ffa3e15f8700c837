"""One attempt at a schedule: the rows, or the row at which the terms get stuck."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.errors import DateError, TermsError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.schedule.amortization import Amortization, Stuck, amortize, amortize_deferring, rows_needed
from repayplan.schedule.deferring import DeferringPayments
from repayplan.schedule.periods import period_factors, period_starts
from repayplan.schedule.rate_steps import RateSteps
from repayplan.schedule.repayment import Repayment, Run
from repayplan.schedule.schedule import Schedule
from repayplan.schedule.stated import FixedPayment
from repayplan.schedule.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from repayplan.rates import Rate
    from repayplan.schedule.annuity import Factor
    from repayplan.schedule.terms import Terms
    from repayplan.schedule.timeline import Row

__all__ = ["Rows", "attempt", "attempt_rows", "dates_to_review", "fixed_rows"]


@attrs.frozen
class Rows:
    """The rows that terms give: their dates, and their principal and interest in minor units."""

    scheduled: Sequence[pendulum.Date]
    due: Sequence[pendulum.Date]
    amounts: Amortization


def attempt(terms: Terms, timeline: Timeline | None = None) -> Schedule | Stuck:
    """Build the schedule of ``terms``, or say at which row it cannot go on.

    Args:
        terms: The definition.
        timeline: The dates, if they are at hand from terms that differ in amounts or rates alone.

    Raises:
        TermsError: The dates are fewer or more than the installments, or a row would ask for nothing.
    """
    rows = attempt_rows(terms, timeline or Timeline(terms))
    if isinstance(rows, Stuck):
        return rows
    return Schedule.of_engine(terms, (rows.scheduled, rows.due), rows.amounts)


def attempt_rows(terms: Terms, timeline: Timeline) -> Rows | Stuck:
    """Work out the rows of ``terms``, before fees and grace say what each asks for.

    Raises:
        TermsError: The dates are fewer or more than the installments.
    """
    dates = _dates(terms)
    if terms.ends_open:
        _check_review_start(terms)
    extent = _open_extent(terms, timeline) if terms.ends_open else _extent(terms, timeline)
    if isinstance(extent, Stuck):
        return extent
    count, residual = extent
    _check_count(terms, count, dates)
    amounts = _amortize(terms, timeline, timeline.rows(count), residual)
    if isinstance(amounts, Stuck):
        return amounts
    _check_review(terms, timeline.scheduled[count - 1])
    return Rows(timeline.scheduled[:count], timeline.due[:count], amounts)


def fixed_rows(
    terms: Terms,
    timeline: Timeline,
    payment: int,
    most: int | None = None,
    maturity: pendulum.Date | None = None,
) -> int | Stuck:
    """Count the rows in which a fixed payment repays the debt, those of interest alone included.

    Args:
        terms: The definition, but for the payment.
        timeline: Its dates.
        payment: Principal and interest of each row, in minor units.
        most: How many rows there may be after those of interest alone; no more dates are asked for.
        maturity: The last due date, where a day count asks about it and it is known.
    """
    before = terms.interest_only
    principal, divide = terms.amortized.minor_units, terms.rounding.divide
    factors = islice(_core_factors(terms, timeline, maturity), most)
    outcome = rows_needed(principal, factors, divide, payment, residual=terms.left)
    return _later(outcome, before) if isinstance(outcome, Stuck) else outcome + before


def _later(stuck: Stuck, rows: int) -> Stuck:
    return attrs.evolve(stuck, number=stuck.number + rows)


def _extent(terms: Terms, timeline: Timeline) -> tuple[int, int] | Stuck:
    """Count the rows, and say what they leave."""
    before, factors = terms.interest_only, _core_factors(terms, timeline)
    count = terms.repayment.row_count(terms.amortized.minor_units, terms.left, factors, terms.rounding)
    return _later(count, before) if isinstance(count, Stuck) else (count + before, terms.left)


def _core_factors(
    terms: Terms, timeline: Timeline, maturity: pendulum.Date | None = None
) -> Iterator[Factor]:
    """Give the rates of the rows after those of interest alone, working out nothing before it is asked."""
    yield from islice(period_factors(terms, timeline.stream(), maturity), terms.interest_only, None)


def _open_extent(terms: Terms, timeline: Timeline) -> tuple[int, int] | Stuck:
    """Count the rows up to the review, and work out what they leave."""
    before, dates = terms.interest_only, dates_to_review(terms)
    factors = islice(_core_factors(terms, timeline), dates - before)
    count = terms.repayment.row_count(terms.amortized.minor_units, 0, factors, terms.rounding)
    if not isinstance(count, Stuck):
        return count + before, 0
    if count.pays_too_little:
        return _later(count, before)
    return dates, count.opening - count.principal


def dates_to_review(terms: Terms) -> int:
    """Count the dates on which a row may stand, up to the review."""
    count, places, review_on = 0, terms.places(), terms.review_on or terms.first_due
    while True:
        try:
            following = next(places, None)
        except DateError:  # after the year 9999
            return count
        if following is None or following[1] > review_on or count > INSTALLMENTS_MAX:
            return count
        count += 1


def _dates(terms: Terms) -> int | None:
    """Count the dates on which a row may stand, where they come to an end."""
    if terms.date_count is None:
        return None
    dates = sum(1 for _ in terms.places())
    if dates <= terms.interest_only:
        raise _refuse_dates(dates, terms.interest_only + 1)
    return dates


def _check_count(terms: Terms, count: int, dates: int | None) -> None:
    if count > INSTALLMENTS_MAX:
        message = f"expected at most {INSTALLMENTS_MAX} installments in all, got {count}"
        raise TermsError("count.range", "repayment", message, {"maximum": INSTALLMENTS_MAX})
    if dates is not None and dates != count and not isinstance(terms.repayment.core, FixedPayment):
        raise _refuse_dates(dates, count)


def _refuse_dates(dates: int, count: int) -> TermsError:
    message = f"expected as many installments as there are due dates, {dates}, got {count}"
    return TermsError("terms.dates", "repayment", message, {"dates": dates, "installments": count})


def _check_review_start(terms: Terms) -> None:
    if dates_to_review(terms) <= terms.interest_only:
        earliest = next(islice(terms.places(), terms.interest_only, None))[1]
        message = f"expected {earliest} or later, since no principal is due before, got {terms.review_on}"
        raise TermsError("terms.review_on", "review_on", message, {"earliest": earliest})


def _check_review(terms: Terms, last: pendulum.Date) -> None:
    if terms.review_on is not None and last > terms.review_on:
        message = f"expected {last} (the last due date) or later, got {terms.review_on}"
        raise TermsError("terms.review_on", "review_on", message, {"last": last})


def _amortize(terms: Terms, timeline: Timeline, rows: Sequence[Row], residual: int) -> Amortization | Stuck:
    factors = list(period_factors(terms, rows, rows[-1][1]))
    if isinstance(terms.repayment.core, DeferringPayments):
        outcome = amortize_deferring(
            terms.amortized.minor_units,
            factors,
            terms.rounding.divide,
            terms.repayment.core.payments,
            interest_only=terms.interest_only,
            residual=residual,
        )
    else:
        outcome = _amortize_pattern(terms, timeline, rows, factors, residual)
    return outcome if isinstance(outcome, Stuck) else _within_last(terms.repayment, outcome, residual)


def _amortize_pattern(
    terms: Terms, timeline: Timeline, rows: Sequence[Row], factors: Sequence[Factor], residual: int
) -> Amortization | Stuck:
    before, pattern = terms.interest_only, terms.repayment
    run = Run(
        principal=terms.amortized.minor_units,
        residual=residual,
        factors=factors[before:],
        rounding=terms.rounding,
        scheduled=timeline.scheduled[before : len(rows)],
        steps=_rate_changes(terms, rows, before),
        factors_at=lambda rate: _factors_at(terms, rate, rows)[before:],
        factors_over=lambda count: _factors_over(terms, timeline, before + count)[before:],
    )
    return amortize(
        run.principal,
        factors,
        terms.rounding.divide,
        pattern.principal_of(run),
        interest_only=before,
        residual=residual,
        flat=pattern.flat,
        states_last=pattern.states_last,
    )


def _within_last(pattern: Repayment, outcome: Amortization, residual: int) -> Amortization | Stuck:
    """Refuse a last payment above what the pattern states for it."""
    interest, principal = outcome.interests[-1] + outcome.put_off, outcome.principals[-1]
    most = pattern.last_at_most
    if most is None or principal + interest <= most:
        return outcome
    return Stuck(len(outcome.principals), interest, most - interest, principal + residual)


def _rate_changes(terms: Terms, rows: Sequence[Row], before: int) -> Mapping[int, Rate]:
    """Give the rows, counted from 1 after those of interest alone, before which the rate changes."""
    if not isinstance(terms.rate, RateSteps):
        return {}
    places = [terms.rate.place_on(start) for start in islice(period_starts(terms, rows), before, None)]
    return {
        number: terms.rate.steps[place][1]
        for number, place in enumerate(places, start=1)
        if number == 1 or place != places[number - 2]
    }


def _factors_at(terms: Terms, rate: Rate, rows: Sequence[Row]) -> Sequence[Factor]:
    return list(period_factors(attrs.evolve(terms, rate=rate), rows, rows[-1][1]))


def _factors_over(terms: Terms, timeline: Timeline, count: int) -> Sequence[Factor]:
    """Give the factors of more rows than there are, on dates beyond a stated last one.

    A calendar is asked for them only where interest runs to the moved dates.
    """
    if terms.ends_on is not None or not terms.accrues_to_due:
        calendar = terms.calendar if terms.accrues_to_due else None
        terms = attrs.evolve(terms, ends_on=None, calendar=calendar)
        timeline = Timeline(terms)
    rows = timeline.rows(count)
    if len(rows) < count:
        message = (
            f"expected as many dates as installments to work the payment out for, {count}, got {len(rows)}"
        )
        raise TermsError("terms.dates", "repayment.amortized_over", message, {"dates": len(rows)})
    return list(period_factors(terms, rows, rows[-1][1]))
