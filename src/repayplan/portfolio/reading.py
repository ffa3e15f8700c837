"""From Arrow to NumPy: each column in one canonical form, whatever way Arrow may have kept it.

A column of the wrong type is refused as a whole, by its name: no row of it could be read. What is wrong with
a value is the business of its row.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from repayplan.errors import InputTypeError
from repayplan.portfolio.columns import Columns, Numbers, Rates, Texts, numbers_of, rates_of, texts_of
from repayplan.portfolio.schemas import is_required

__all__ = ["read_batch"]


def read_batch(batch: pa.RecordBatch, schema: pa.Schema) -> Columns:
    """Read the columns of a batch that has the columns of ``schema``, those that are not required or not.

    Raises:
        InputTypeError: A column is missing, unknown, there twice or of a type that could not be read exactly.
    """
    names = batch.schema.names
    for name in names:
        if name not in schema.names:
            message = f"expected one of {', '.join(schema.names)}; drop the column or rename it"
            raise _refused(name, message)
        if names.count(name) > 1:
            raise _refused(name, "expected one column of this name, got several")
    for field in schema:
        if is_required(field) and field.name not in names:
            raise _refused(field.name, f"expected a column of {field.type}, got none")
    read = {name: _read(batch, schema.field(name)) for name in names}
    return Columns(
        batch.num_rows,
        {name: column for name, column in read.items() if isinstance(column, Texts)},
        {name: column for name, column in read.items() if isinstance(column, Numbers)},
        {name: column for name, column in read.items() if isinstance(column, Rates)},
    )


def _read(batch: pa.RecordBatch, field: pa.Field[Any]) -> Texts | Numbers | Rates:
    wanted: pa.DataType = field.type
    column = _plain(batch.column(field.name))
    if pa.types.is_null(column.type):
        column = pa.nulls(len(column), wanted)
    if pa.types.is_string(wanted):
        return texts_of(_checked_text(column, field))
    if pa.types.is_decimal(wanted):
        return rates_of(_checked_rate(column, field))
    return numbers_of(_checked_day(column, field) if pa.types.is_date(wanted) else _checked_number(column, field))


def _plain(column: pa.Array[Any]) -> pa.Array[Any]:
    """Undo what Arrow may do to save space; texts may stay in a dictionary."""
    kind = column.type
    if pa.types.is_run_end_encoded(kind):
        column = pc.run_end_decode(column)
    elif pa.types.is_dictionary(kind) and not _is_text(kind.value_type):
        column = column.dictionary_decode()
    return column


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _checked_text(column: pa.Array[Any], field: pa.Field[Any]) -> pa.Array[Any]:
    if not (_is_text(column.type) or pa.types.is_dictionary(column.type)):
        raise _refused(field.name, f"expected text, got {column.type}")
    return column


def _checked_rate(column: pa.Array[Any], field: pa.Field[Any]) -> pa.Array[Any]:
    if pa.types.is_decimal(column.type):
        return column
    if pa.types.is_floating(column.type):
        raise _refused(field.name, f"expected decimals or plain text, got {column.type}; never a float")
    if pa.types.is_integer(column.type):
        raise _refused(field.name, f"expected shares such as 0.18, got {column.type}; cast it to decimals")
    return _checked_text(column, field)


def _checked_day(column: pa.Array[Any], field: pa.Field[Any]) -> pa.Array[Any]:
    if pa.types.is_date(column.type):
        try:
            return column.cast(pa.date32())
        except pa.ArrowInvalid:  # a part of a day in milliseconds
            raise _refused(field.name, "expected whole days, got a part of one") from None
    hint = "; take its date in the zone that you mean" if pa.types.is_timestamp(column.type) else ""
    raise _refused(field.name, f"expected dates, got {column.type}{hint}")


def _checked_number(column: pa.Array[Any], field: pa.Field[Any]) -> pa.Array[Any]:
    if not pa.types.is_integer(column.type):
        unit = "minor units" if field.type == pa.int64() else "whole numbers"
        raise _refused(field.name, f"expected {unit} as {field.type}, got {column.type}")
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        raise _refused(field.name, "expected numbers of 64 bits with a sign, got a greater one") from None


def _refused(column: str, message: str) -> InputTypeError:
    return InputTypeError("portfolio.column", column, message, {"column": column})
