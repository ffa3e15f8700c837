"""The schedules of many accounts: every installment, or one line for each account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, overload

import numpy as np

from repayplan.portfolio.assembling import Assembler
from repayplan.portfolio.columnar import ColumnarRoute
from repayplan.portfolio.names import PATTERNS, checked_calendars
from repayplan.portfolio.part import Rows
from repayplan.portfolio.scalar import scalar_parts
from repayplan.portfolio.schemas import IN_ACCOUNTS, OUT_SCHEDULES, OUT_SUMMARY
from repayplan.portfolio.sizes import installments_asked_for
from repayplan.portfolio.streams import answered, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from repayplan.portfolio.columns import Columns, Mask
    from repayplan.portfolio.names import Calendars
    from repayplan.portfolio.streams import ArrowBatch, ArrowBatches

__all__ = ["Planner", "schedule_summary", "schedules"]


class Planner:
    """Works out the rows of accounts, each by the route that it allows."""

    def __init__(self, calendars: Calendars | None) -> None:
        """Take the calendars by name."""
        self.calendars = checked_calendars(calendars)
        self._columnar = ColumnarRoute(self.calendars)

    def rows(self, columns: Columns) -> Rows:
        """Give the rows of all accounts of a piece of a batch."""
        parts = list(self._columnar.parts(columns))
        left = np.ones(len(columns), dtype=np.bool_)
        for part in parts:
            left[part.accounts] = False
        scalar, errors = scalar_parts(columns, self.calendars, np.flatnonzero(left))
        return Rows.of(len(columns), parts, scalar, errors)


@overload
def schedules(batch: ArrowBatch, *, calendars: Calendars | None = None) -> pa.RecordBatch: ...
@overload
def schedules(batch: ArrowBatches, *, calendars: Calendars | None = None) -> pa.RecordBatchReader: ...
def schedules(
    batch: ArrowBatch | ArrowBatches, *, calendars: Calendars | None = None
) -> pa.RecordBatch | pa.RecordBatchReader:
    """Give every installment of every account, as :func:`repayplan.build_schedule` does, to the minor unit.

    An account from which no schedule can be built has one row, which says why. The accounts stay in their
    order, and each is answered by itself: how they are shared out over batches changes nothing.

    Args:
        batch: Accounts by ``IN_ACCOUNTS``: a batch for a batch of results, or batches one after the other (a
            table, a data frame, a reader, any iterable of batches) for a reader of results.
        calendars: The calendars that the accounts name. One may be asked about more days than a schedule has.

    Returns:
        Rows by ``OUT_SCHEDULES``. A reader works out the next batch when it is asked for and holds no other;
        its batches have at most 8,192 accounts, and half a million installments where several accounts share
        one.

    Raises:
        InputTypeError: A column is missing, unknown or of a type that could not be read exactly.
    """
    return answered(batch, OUT_SCHEDULES, partial(_schedules, Planner(calendars)))


def _schedules(planner: Planner, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    for columns in pieces(batch, IN_ACCOUNTS, installments_asked_for):
        rows = planner.rows(columns)
        part, layout = rows.part, rows.part.layout
        made = Assembler(columns, rows.columnar, rows.errors, layout.counts)
        scheduled = made.days(part.scheduled)
        yield made.batch(
            OUT_SCHEDULES,
            number=made.counts(layout.numbers),
            scheduled_for=scheduled,
            due_on=scheduled if part.due is part.scheduled else made.days(part.due),
            opening=made.numbers(part.openings),
            principal=made.numbers(rows.principals),
            interest=made.numbers(part.interests),
            fees=made.numbers(rows.fees),
            amount=made.numbers(rows.amounts),
            closing=made.numbers(part.closings),
        )


@overload
def schedule_summary(batch: ArrowBatch, *, calendars: Calendars | None = None) -> pa.RecordBatch: ...
@overload
def schedule_summary(batch: ArrowBatches, *, calendars: Calendars | None = None) -> pa.RecordBatchReader: ...
def schedule_summary(
    batch: ArrowBatch | ArrowBatches, *, calendars: Calendars | None = None
) -> pa.RecordBatch | pa.RecordBatchReader:
    """Give one row for each account: how many installments, how much they are, and until when.

    Args:
        batch: Accounts by ``IN_ACCOUNTS``, as for :func:`schedules`.
        calendars: The calendars that the accounts name.

    Returns:
        Rows by ``OUT_SUMMARY``; a batch or a reader, as for :func:`schedules`.

    Raises:
        InputTypeError: A column is missing, unknown or of a type that could not be read exactly.
    """
    return answered(batch, OUT_SUMMARY, partial(_summaries, Planner(calendars)))


def _summaries(planner: Planner, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    for columns in pieces(batch, IN_ACCOUNTS, installments_asked_for):
        rows = planner.rows(columns)
        part, layout = rows.part, rows.part.layout
        before = columns.numbers("interest_only").or_else(0)
        repaying = np.minimum(layout.firsts + before, layout.lasts)
        payments = (rows.principals + part.interests)[repaying]
        made = Assembler(columns, rows.columnar, rows.errors)
        yield made.batch(
            OUT_SUMMARY,
            count=made.counts(layout.counts),
            level_payment=made.numbers(payments, _is_level(columns)),
            total_interest=made.numbers(np.add.reduceat(part.interests, layout.firsts)),
            total=made.numbers(np.add.reduceat(rows.amounts, layout.firsts)),
            last_due=made.days(part.due[layout.lasts]),
            largest=made.numbers(np.maximum.reduceat(rows.amounts, layout.firsts)),
        )


def _is_level(columns: Columns) -> Mask:
    """Tell which accounts keep one payment but for the last."""
    patterns = {name: place for place, name in enumerate(PATTERNS)}
    pattern = columns.texts("pattern").translated(patterns, PATTERNS.index("level"))
    difference = columns.texts("difference").translated({"last": 1}, 1)
    is_level: Mask = (pattern == PATTERNS.index("fixed")) | (
        (pattern == PATTERNS.index("level")) & (difference == 1)
    )
    return is_level
