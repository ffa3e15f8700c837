"""Results without dictionaries, for engines that take none."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

import pyarrow as pa

from repayplan.portfolio.arrow import ArrowField, arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["decoded", "decoded_schema"]


def decoded_schema(schema: pa.Schema) -> pa.Schema:
    """Give a schema with plain texts in the place of dictionaries, such as for Apache Spark."""
    fields: list[ArrowField] = list(schema)
    return pa.schema(
        [
            field.with_type(field.type.value_type) if arrow.types.is_dictionary(field.type) else field
            for field in fields
        ]
    )


@overload
def decoded(batches: pa.RecordBatch) -> pa.RecordBatch: ...
@overload
def decoded(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]: ...
def decoded(batches: pa.RecordBatch | Iterable[pa.RecordBatch]) -> pa.RecordBatch | Iterator[pa.RecordBatch]:
    """Give a batch with plain texts in the place of dictionaries, or batches one by one."""
    return _decoded(batches) if isinstance(batches, pa.RecordBatch) else map(_decoded, batches)


def _decoded(batch: pa.RecordBatch) -> pa.RecordBatch:
    return batch.cast(decoded_schema(batch.schema))
