"""Screening: what the households of many accounts could pay, and in how many installments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, overload

import attrs
import numpy as np

from repayplan.affordability.rules import AffordabilityRules
from repayplan.checks import check_count, check_instance
from repayplan.errors import PolicyError, RepayPlanError
from repayplan.frequencies import INSTALLMENTS_MAX, Frequency
from repayplan.months import MonthEnd
from repayplan.portfolio.accounts import Account
from repayplan.portfolio.assembling import Assembler
from repayplan.portfolio.capacities import capacities_of
from repayplan.portfolio.columnar import ColumnarRoute
from repayplan.portfolio.columns import Int64s, Mask, Numbers
from repayplan.portfolio.day_tables import months_after, months_between
from repayplan.portfolio.names import checked_calendars, known_frequency
from repayplan.portfolio.plan_range import (
    BELOW_INTEREST,
    NOTHING_LEFT,
    REASONS,
    TOO_LONG,
    PlanRange,
    limit_of,
    plan_range_of,
)
from repayplan.portfolio.scalar import reason_of
from repayplan.portfolio.schemas import IN_BUDGETS, OUT_SCREEN
from repayplan.portfolio.streams import answered, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from repayplan.portfolio.columns import Columns
    from repayplan.portfolio.names import Calendars
    from repayplan.portfolio.streams import ArrowBatch, ArrowBatches

__all__ = ["MONTHS_MAX", "screen"]

MONTHS_MAX: Final = 60
"""The longest plan that is looked at unless another is asked for."""
_MONTHS_BOUND: Final = 360
_TRIES: Final = 4


@overload
def screen(
    batch: ArrowBatch,
    rules: AffordabilityRules,
    *,
    months_max: int = MONTHS_MAX,
    calendars: Calendars | None = None,
) -> pa.RecordBatch: ...
@overload
def screen(
    batch: ArrowBatches,
    rules: AffordabilityRules,
    *,
    months_max: int = MONTHS_MAX,
    calendars: Calendars | None = None,
) -> pa.RecordBatchReader: ...
def screen(
    batch: ArrowBatch | ArrowBatches,
    rules: AffordabilityRules,
    *,
    months_max: int = MONTHS_MAX,
    calendars: Calendars | None = None,
) -> pa.RecordBatch | pa.RecordBatchReader:
    """Say of each account what its household may be asked for, and which level payments are within that.

    This is for planning, and for reaching out early. It is never an offer: a few totals are no budget, and an
    offer needs a talk.

    The capacity is that of :func:`repayplan.assess`, the income declared and not verified. An installment
    keeps to it per period and, where installments come monthly or less often, to that of a month.

    The longest plan has the installments that are scheduled and fall due within ``months_max`` of the start,
    as in an offer; fewer where the debt has not as many units, or where a level payment of so many would not
    exceed the interest of a long first period. The shortest has the fewest in which payments of the limit
    repay the debt, or the next count of which rounding leaves no installment above the limit. Where the
    longest one has an installment above the limit, if only the last by rounding, or where no date is within
    the months, there is no plan.

    Args:
        batch: Debts and budgets by ``IN_BUDGETS``: a batch or batches, as for
            :func:`repayplan.portfolio.schedules`.
        rules: What stays with the client, such as ``policy.affordability``.
        months_max: The longest plan, 1 to 360 months from the start to the last due date.
        calendars: The calendars that the accounts name.

    Returns:
        Rows by ``OUT_SCREEN``; a batch or a reader.

    Raises:
        InputTypeError: A column is missing, unknown or of a type that could not be read exactly.
        PolicyError: The months are out of range.
    """
    check_instance(rules, AffordabilityRules, "rules")
    check_count(months_max, "months_max", minimum=1, maximum=_MONTHS_BOUND, error=PolicyError)
    return answered(batch, OUT_SCREEN, _Screener(rules, months_max, checked_calendars(calendars)).batches)


@attrs.frozen(eq=False)
class _Plans:
    """What is asked about schedules, account by account; zero where there is none."""

    there: Mask
    counts: Int64s
    highest: Int64s
    first_interests: Int64s
    last_due: Int64s


@attrs.frozen(eq=False)
class _Ranges:
    """The ranges of accounts, column by column, as :class:`PlanRange` has them; -1 is no reason."""

    capacity: Int64s
    reason: Int64s
    highest: tuple[Int64s, Int64s]
    counts: tuple[Int64s, Int64s]
    months: tuple[Int64s, Int64s]

    def put(self, account: int, found: PlanRange) -> None:
        """Put in what the scalar path says of an account."""
        self.capacity[account] = found.capacity
        self.reason[account] = -1 if found.reason is None else found.reason
        for field in ("highest", "counts", "months"):
            for column, value in zip(getattr(self, field), getattr(found, field), strict=True):
                column[account] = value


class _Screener:
    """Looks for the plans of accounts."""

    def __init__(self, rules: AffordabilityRules, months_max: int, calendars: Calendars) -> None:
        self._rules, self._months_max, self._calendars = rules, months_max, calendars
        self._route = ColumnarRoute(calendars)

    def batches(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """Say which plans the accounts of a batch could pay, piece by piece."""
        return map(self._batch, pieces(batch, IN_BUDGETS, self._about_longest))

    def _batch(self, columns: Columns) -> pa.RecordBatch:
        ranges, by_columns = self._ranges(columns)
        errors: dict[int, str] = {}
        for place in np.flatnonzero(~by_columns).tolist():
            account = Account(columns, place, self._calendars)
            try:
                ranges.put(place, plan_range_of(account, self._rules, self._months_max))
            except RepayPlanError as error:
                errors[place] = reason_of(error)
        return _assembled(Assembler(columns, by_columns, errors), ranges)

    def _ranges(self, columns: Columns) -> tuple[_Ranges, Mask]:
        """Give the ranges of accounts, and which of them columns could tell."""
        capacities = capacities_of(columns, self._rules)
        limits = _limits(columns, capacities.units)
        longest = self._plans(columns, self._longest_counts(columns))
        by_columns = capacities.columnar & longest.there
        reason = np.full(len(columns), -1)
        reason[longest.highest > limits] = TOO_LONG
        reason[(longest.highest > limits) & (limits <= longest.first_interests)] = BELOW_INTEREST
        reason[limits == 0] = NOTHING_LEFT
        wanted = by_columns & (reason < 0)
        shortest = self._shortest(columns, np.where(wanted, limits, 0), longest)
        by_columns &= shortest.there | ~wanted
        starts = columns.numbers("starts_on").values
        plans = (shortest, longest)
        months = [months_between(starts, np.where(wanted, plan.last_due, starts)) for plan in plans]
        return _Ranges(
            capacities.units,
            reason,
            (longest.highest, shortest.highest),
            (shortest.counts, longest.counts),
            (months[0], months[1]),
        ), by_columns

    def _about_longest(self, columns: Columns) -> Int64s:
        """Give about how many installments the longest plans have, wherever their first dates stand."""
        counts = np.zeros(len(columns), dtype=np.int64)
        for rows, frequency in _by_frequency(columns):
            counts[rows] = min(max(1, int(self._months_max * frequency.periods_per_month)), INSTALLMENTS_MAX)
        return counts

    def _longest_counts(self, columns: Columns) -> Int64s:
        """Give how many installments fall due within the months; zero where columns do not tell."""
        one = Numbers(np.ones(len(columns), dtype=np.int64), np.ones(len(columns), dtype=np.bool_))
        ends = months_after(columns.numbers("starts_on").values, self._months_max)
        return self._route.counts_until(columns.with_pattern("level", count=one), ends)

    def _plans(self, columns: Columns, counts: Int64s) -> _Plans:
        """Build the level schedules of accounts with so many installments; none where there are zero."""
        plans = _no_plans(len(columns))
        asked = columns.with_pattern("level", count=Numbers(counts, counts > 0))
        for part in self._route.parts(asked):
            firsts, lasts, rows = part.layout.firsts, part.layout.lasts, part.accounts
            plans.there[rows], plans.counts[rows] = True, part.layout.counts
            amounts = part.openings - part.closings + part.interests
            plans.highest[rows] = np.maximum.reduceat(amounts, firsts)
            plans.first_interests[rows], plans.last_due[rows] = part.interests[firsts], part.due[lasts]
        return plans

    def _shortest(self, columns: Columns, limits: Int64s, longest: _Plans) -> _Plans:
        """Look for the fewest installments within limits, from the count that payments of the limit need."""
        counts, found = np.zeros(len(columns), dtype=np.int64), _no_plans(len(columns))
        asked = columns.with_pattern("fixed", payment=Numbers(limits, limits > 0))
        for part in self._route.parts(asked):
            counts[part.accounts] = part.layout.counts
        for _ in range(_TRIES):
            if not counts.any():
                break
            counts = np.minimum(counts, longest.counts)
            tried = self._plans(columns, counts)
            fits = tried.there & ((tried.highest <= limits) | (counts == longest.counts))
            for name in ("there", "counts", "highest", "last_due"):
                getattr(found, name)[fits] = getattr(tried, name)[fits]
            counts = np.where(tried.there & ~fits, counts + 1, 0)
        return found


def _by_frequency(columns: Columns) -> Iterator[tuple[Mask, Frequency]]:
    """Give the rows of each frequency that is one."""
    names = columns.texts("frequency")
    for code in [-1, *range(len(names.dictionary))]:
        frequency = Frequency.MONTHLY if code < 0 else known_frequency(names.names[code])
        if frequency is not None:
            yield names.codes == code, frequency


def _limits(columns: Columns, capacities: Int64s) -> Int64s:
    """Give what an installment may ask for; zero where columns do not tell."""
    rolls = columns.texts("month_end").translated({MonthEnd.ROLL.value: 1}, 0) == 1
    limits = np.zeros(len(columns), dtype=np.int64)
    for rows, frequency in _by_frequency(columns):
        for month_end, chosen in ((MonthEnd.CLAMP, rows & ~rolls), (MonthEnd.ROLL, rows & rolls)):
            limits[chosen] = limit_of(capacities[chosen], frequency, month_end)
    return limits


def _no_plans(count: int) -> _Plans:
    return _Plans(np.zeros(count, dtype=np.bool_), *np.zeros((4, count), dtype=np.int64))


def _assembled(made: Assembler, ranges: _Ranges) -> pa.RecordBatch:
    has = ranges.reason < 0
    highest, counts, months = ranges.highest, ranges.counts, ranges.months
    return made.batch(
        OUT_SCREEN,
        capacity=made.numbers(ranges.capacity),
        installment_min=made.numbers(highest[0], has),
        installment_max=made.numbers(highest[1], has),
        count_min=made.counts(counts[0], has),
        count_max=made.counts(counts[1], has),
        months_min=made.counts(months[0], has),
        months_max=made.counts(months[1], has),
        reason=made.names(np.maximum(ranges.reason, 0), REASONS, ~has),
    )
