"""Batches that are looked at together, in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from repayplan.errors import InputTypeError
from repayplan.portfolio.arrow import ArrowArray, arrow
from repayplan.portfolio.streams import ArrowBatch, ArrowStream, as_batch, each_of, stream_of

if TYPE_CHECKING:
    import pyarrow as pa

    from repayplan.portfolio.streams import ArrowBatches

__all__ = ["joined"]


def joined(data: ArrowBatch | ArrowBatches, name: str, schema: pa.Schema) -> pa.RecordBatch:
    """Give a batch as it is, and batches one after the other as one.

    Args:
        data: A batch or batches.
        name: What they are called.
        schema: What columns there are where there is no batch.

    Raises:
        InputTypeError: They are none, differ in their columns, or hold more than one column takes.
    """
    if isinstance(data, ArrowBatch):
        return as_batch(data, name)
    table = _table(data, name, schema)
    names = table.schema.names
    columns = [_whole(column, f"{name}.{of}", of) for column, of in zip(table.columns, names, strict=True)]
    batch: pa.RecordBatch = arrow.RecordBatch.from_arrays(columns, names=names)
    return batch


def _table(data: ArrowBatches, name: str, schema: pa.Schema) -> pa.Table:
    if isinstance(data, ArrowStream):
        return stream_of(data, name).read_all()
    batches = list(each_of(data, name))
    try:
        table: pa.Table = arrow.Table.from_batches(batches, None if batches else schema)
    except arrow.ArrowInvalid:
        message = "expected batches of the same columns and types, got others; cast them to one schema"
        raise InputTypeError("portfolio.batch", name, message) from None
    return table


def _whole(column: Any, field: str, name: str) -> ArrowArray:  # noqa: ANN401  # an array in chunks
    """Put all chunks together, and lose none."""
    if not column.num_chunks:
        return arrow.nulls(0, column.type)
    try:
        return arrow.concat_arrays(column.chunks)
    except arrow.ArrowInvalid:
        message = (
            f"expected what fits into one column of {column.type}, got {column.num_chunks} batches with more;"
            " give it as large_string, or share the payments out by account"
        )
        raise InputTypeError("portfolio.column", field, message, {"column": name}) from None
