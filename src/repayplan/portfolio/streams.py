"""Batches in, batches out: one for one, or one after the other as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, cast, runtime_checkable

import numpy as np
import pyarrow as pa

from repayplan.errors import InputTypeError, shown
from repayplan.portfolio.arrow import arrow
from repayplan.portfolio.bounds import ROWS_A_PIECE_MAX
from repayplan.portfolio.reading import read_batch

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Columns, Int64s

__all__ = [
    "ACCOUNTS_MAX",
    "ArrowBatch",
    "ArrowBatches",
    "ArrowStream",
    "answered",
    "as_batch",
    "batches_of",
    "each_of",
    "pieces",
    "stream_of",
]

ACCOUNTS_MAX: Final = 8_192
"""The most accounts that are worked out at once."""


@runtime_checkable
class ArrowBatch(Protocol):
    """A batch of rows: ``pyarrow.RecordBatch``, or anything that hands one out by Arrow's C interface."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """Hand it out."""
        ...


@runtime_checkable
class ArrowStream(Protocol):
    """Batches one after the other: a table, a data frame or a reader, by Arrow's C interface."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand them out."""
        ...


ArrowBatches: TypeAlias = ArrowStream | Iterable[ArrowBatch]
"""Batches one after the other."""


_Work: TypeAlias = Callable[[pa.RecordBatch], Iterator[pa.RecordBatch]]


def answered(
    data: ArrowBatch | ArrowBatches, schema: pa.Schema, work: _Work
) -> pa.RecordBatch | pa.RecordBatchReader:
    """Give a batch for a batch, or a reader that works out the next batch when it is asked for.

    Args:
        data: What came in.
        schema: What goes out.
        work: Gives the results of a batch, piece by piece.

    Raises:
        InputTypeError: It is neither a batch nor batches.
    """
    if isinstance(data, ArrowBatch):
        found = list(work(as_batch(data, "batch")))
        if len(found) == 1:
            return found[0]
        whole: pa.RecordBatch = (
            arrow.concat_batches(found) if found else arrow.RecordBatch.from_pylist([], schema)
        )
        return whole
    batches = chain.from_iterable(map(work, each_of(data, "batch")))
    reader: pa.RecordBatchReader = arrow.RecordBatchReader.from_batches(schema, batches)
    return reader


def batches_of(data: object, name: str) -> Iterator[pa.RecordBatch]:
    """Give the batches of a batch or of several.

    Raises:
        InputTypeError: It is neither.
    """
    return iter([as_batch(data, name)]) if isinstance(data, ArrowBatch) else each_of(data, name)


def each_of(data: object, name: str) -> Iterator[pa.RecordBatch]:
    """Give batches one after the other; what is none is refused now, and not when the first is asked for.

    Raises:
        InputTypeError: They are no batches.
    """
    if isinstance(data, ArrowStream):
        return iter(stream_of(data, name))
    if not isinstance(data, Iterable) or isinstance(data, (str, bytes)):
        message = f"expected a RecordBatch, or batches one after the other, got {shown(data)}"
        raise InputTypeError("portfolio.batch", name, message)
    batches = cast("Iterable[object]", data)
    return (as_batch(batch, f"{name}[{place}]") for place, batch in enumerate(batches))


def stream_of(data: ArrowStream, name: str) -> pa.RecordBatchReader:
    """Give a reader of what hands out batches by the C interface.

    Raises:
        InputTypeError: It hands out something else.
    """
    try:
        reader: pa.RecordBatchReader = arrow.RecordBatchReader.from_stream(data)
    except arrow.ArrowInvalid:  # a column in chunks has the interface, too
        raise _no_batch(data, name) from None
    return reader


def _no_batch(data: object, name: str) -> InputTypeError:
    message = f"expected a RecordBatch, or columns as a struct without nulls, got {shown(data)}"
    return InputTypeError("portfolio.batch", name, message)


def as_batch(data: object, name: str) -> pa.RecordBatch:
    """Give one batch.

    Raises:
        InputTypeError: It is none.
    """
    if isinstance(data, pa.RecordBatch):
        return data
    if isinstance(data, ArrowBatch):
        try:
            batch: pa.RecordBatch = arrow.record_batch(data)  # by the C interface
        except arrow.ArrowInvalid:  # which an array has, too
            raise _no_batch(data, name) from None
        return batch
    message = f"expected a RecordBatch, or what has the Arrow C interface, got {shown(data)}"
    raise InputTypeError("portfolio.batch", name, message)


def pieces(
    batch: pa.RecordBatch, schema: pa.Schema, installments: Callable[[Columns], Int64s]
) -> Iterator[Columns]:
    """Read a batch in pieces of few accounts and installments, so that memory is bounded.

    Args:
        batch: The batch.
        schema: What columns it may have.
        installments: Gives how many installments each account asks for, or about as many.
    """
    for first in range(0, max(batch.num_rows, 1), ACCOUNTS_MAX):  # an empty batch is checked, too
        columns = read_batch(batch.slice(first, ACCOUNTS_MAX), schema)
        ends = np.cumsum(installments(columns))
        start = 0
        while start < len(columns):
            before = ends[start - 1] if start else 0
            end = max(start + 1, int(np.searchsorted(ends, before + ROWS_A_PIECE_MAX, side="right")))
            yield columns if end - start == len(columns) else columns.taken(slice(start, end))
            start = end
