"""Results without dictionaries, for engines that take none."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def decoded(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give batches with plain texts in the place of dictionaries, one by one."""
    for batch in batches:
        yield batch.cast(decoded_schema(batch.schema))
