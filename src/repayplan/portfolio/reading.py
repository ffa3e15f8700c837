"""From Arrow to NumPy: each column in one canonical form, whatever way Arrow may have kept it.

A column of the wrong type is refused as a whole, by its name: no row of it could be read. What is wrong with
a value is the business of its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from repayplan.errors import InputTypeError
from repayplan.portfolio.arrow import ArrowArray, ArrowField, arrow, compute
from repayplan.portfolio.columns import Columns, Numbers, Rates, Texts, numbers_of, texts_of
from repayplan.portfolio.schemas import is_required
from repayplan.portfolio.shares import rates_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["read_accounts", "read_batch"]

_PRECISION_MAX: Final = 38
"""The digits of a decimal of 128 bits, and the places up to which Arrow gives one back."""


def read_batch(batch: pa.RecordBatch, schema: pa.Schema) -> Columns:
    """Read the columns of a batch that has the columns of ``schema``, those that are not required or not.

    Raises:
        InputTypeError: A column is missing, unknown, there twice or of a type that could not be read exactly.
    """
    _check_names(batch, schema)
    read = {name: _read(batch, _field(schema, name)) for name in batch.schema.names}
    return Columns(
        batch.num_rows,
        {name: column for name, column in read.items() if isinstance(column, Texts)},
        {name: column for name, column in read.items() if isinstance(column, Numbers)},
        {name: column for name, column in read.items() if isinstance(column, Rates)},
    )


def read_accounts(batch: pa.RecordBatch, schema: pa.Schema) -> Texts:
    """Read of a batch of any size the accounts alone.

    Raises:
        InputTypeError: A column is missing, unknown or there twice, or the accounts are no texts.
    """
    _check_names(batch, schema)
    field = _field(schema, "account")
    return texts_of(_checked_text(_column(batch, field), field))


def _field(schema: Any, name: str) -> ArrowField:  # noqa: ANN401  # PyArrow says too little of its schemas
    return schema.field(name)


def _check_names(batch: pa.RecordBatch, schema: pa.Schema) -> None:
    names = batch.schema.names
    for name in names:
        if name not in schema.names:
            message = f"expected one of {', '.join(schema.names)}; drop the column or rename it"
            raise _refused(name, message)
        if names.count(name) > 1:
            raise _refused(name, "expected one column of this name, got several")
    fields: list[ArrowField] = list(schema)
    for field in fields:
        if is_required(field) and field.name not in names:
            raise _refused(field.name, f"expected a column of {field.type}, got none")


def _column(batch: pa.RecordBatch, field: ArrowField) -> ArrowArray:
    column = _plain(batch.column(field.name))
    return arrow.nulls(len(column), field.type) if arrow.types.is_null(column.type) else column


def _read(batch: pa.RecordBatch, field: ArrowField) -> Texts | Numbers | Rates:
    wanted: pa.DataType = field.type
    column = _column(batch, field)
    if arrow.types.is_string(wanted):
        return texts_of(_checked_text(column, field))
    if arrow.types.is_decimal(wanted):
        return rates_of(_checked_rate(column, field))
    return numbers_of(
        _checked_day(column, field) if arrow.types.is_date(wanted) else _checked_number(column, field)
    )


def _plain(column: ArrowArray) -> ArrowArray:
    """Undo what Arrow may do to save space; texts may stay in a dictionary."""
    kind = column.type
    if arrow.types.is_run_end_encoded(kind):
        column = compute.run_end_decode(column)
    elif arrow.types.is_dictionary(kind) and not _is_text(kind.value_type):
        column = column.dictionary_decode()
    return column


_KINDS_OF_TEXT = (arrow.types.is_string, arrow.types.is_large_string, arrow.types.is_string_view)


def _is_text(kind: pa.DataType) -> bool:
    return any(is_kind(kind) for is_kind in _KINDS_OF_TEXT)


def _checked_text(column: ArrowArray, field: ArrowField) -> ArrowArray:
    if not (_is_text(column.type) or arrow.types.is_dictionary(column.type)):
        raise _refused(field.name, f"expected text, got {column.type}")
    try:
        column.validate(full=True)  # other libraries may hand out any bytes as text, and any place
    except (arrow.ArrowInvalid, IndexError):
        raise _refused(field.name, "expected text in UTF-8, got what is none") from None
    return column


def _checked_rate(column: ArrowArray, field: ArrowField) -> ArrowArray:
    if arrow.types.is_decimal(column.type):
        return _in_128_bits(column)
    if arrow.types.is_floating(column.type):
        raise _refused(field.name, f"expected decimals or plain text, got {column.type}; never a float")
    if arrow.types.is_integer(column.type):
        raise _refused(field.name, f"expected shares such as 0.18, got {column.type}; cast it to decimals")
    return _checked_text(column, field)


def _in_128_bits(column: ArrowArray) -> ArrowArray:
    """Give decimals in the width that columns take; those that do not fit stay, and go the scalar way."""
    if column.type.scale > _PRECISION_MAX:
        return column
    try:
        return column.cast(arrow.decimal128(_PRECISION_MAX, column.type.scale))
    except arrow.ArrowInvalid:
        return column


def _checked_day(column: ArrowArray, field: ArrowField) -> ArrowArray:
    if arrow.types.is_date(column.type):
        try:
            return column.cast(arrow.date32())
        except arrow.ArrowInvalid:  # a part of a day in milliseconds
            raise _refused(field.name, "expected whole days, got a part of one") from None
    hint = "; take its date in the zone that you mean" if arrow.types.is_timestamp(column.type) else ""
    raise _refused(field.name, f"expected dates, got {column.type}{hint}")


def _checked_number(column: ArrowArray, field: ArrowField) -> ArrowArray:
    if not arrow.types.is_integer(column.type):
        unit = "minor units" if field.type == arrow.int64() else "whole numbers"
        raise _refused(field.name, f"expected {unit} as {field.type}, got {column.type}")
    try:
        return column.cast(arrow.int64())
    except arrow.ArrowInvalid:
        raise _refused(field.name, "expected numbers of 64 bits with a sign, got a greater one") from None


def _refused(column: str, message: str) -> InputTypeError:
    return InputTypeError("portfolio.column", column, message, {"column": column})
