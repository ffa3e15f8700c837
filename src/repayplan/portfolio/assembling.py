"""From columns of NumPy back to Arrow, without a copy wherever that can be."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from repayplan.portfolio.columns import Columns, Int64s, Mask, Texts
    from repayplan.portfolio.part import Rows

__all__ = ["Assembler"]

_ROUTES = ("scalar", "columnar")


class Assembler:
    """Builds the columns of a result whose accounts have one row each, or several.

    Args:
        columns: The batch that came in.
        columnar: Which of its accounts came by the columnar route.
        errors: Why an account has no result, by its place.
        counts: How many rows each account has; None is one.
    """

    def __init__(
        self,
        columns: Columns,
        columnar: Mask,
        errors: Mapping[int, str],
        counts: Int64s | None = None,
    ) -> None:
        """Take what is known of each account."""
        self._columns, self._columnar, self._errors, self._counts = columns, columnar, errors, counts
        self._missing: Mask | None = None
        if errors:
            missing = np.zeros(len(columns), dtype=np.bool_)
            missing[list(errors)] = True
            self._missing = self._spread(missing)

    def batch(self, schema: pa.Schema, **given: pa.Array[Any]) -> pa.RecordBatch:
        """Put the columns together, with those that every result has."""
        every = {
            "account": self._texts("account"),
            "currency": self._texts("currency"),
            "route": self._routes(),
            "error": self._reasons(),
            **given,
        }
        columns = [every[name].cast(schema.field(name).type) for name in schema.names]
        return pa.RecordBatch.from_arrays(columns, schema=schema)

    def numbers(self, values: Int64s, valid: Mask | None = None) -> pa.Array[Any]:
        """Give whole numbers; where an account has no result, or they are not valid, there is none."""
        return pa.array(values, mask=self._mask(valid))

    def counts(self, values: Int64s, valid: Mask | None = None) -> pa.Array[Any]:
        """Give whole numbers of 32 bits."""
        return pa.array(values.astype(np.int32, copy=False), mask=self._mask(valid))

    def days(self, values: Int64s, valid: Mask | None = None) -> pa.Array[Any]:
        """Give days."""
        return self.counts(values, valid).view(pa.date32())

    def names(
        self, places: Any, names: Sequence[str], valid: Mask | None = None, *, keep: bool = False  # noqa: ANN401  # of any integers
    ) -> pa.Array[Any]:
        """Give names by their places; ``keep`` gives them where an account has no result as well."""
        mask = None if keep else self._mask(valid)
        return pa.DictionaryArray.from_arrays(
            pa.array(places.astype(np.int16, copy=False), mask=mask), pa.array(list(names), pa.string())
        )

    def _mask(self, valid: Mask | None) -> Mask | None:
        if valid is None:
            return self._missing
        return ~valid if self._missing is None else ~valid | self._missing

    def _spread(self, values: Any) -> Any:  # noqa: ANN401  # an array of any kind
        return values if self._counts is None else np.repeat(values, self._counts)

    def _texts(self, name: str) -> pa.Array[Any]:
        texts: Texts = self._columns.texts(name)
        codes = self._spread(texts.codes)
        mask = codes < 0 if codes.size and codes.min() < 0 else None
        kind = np.int16 if name == "currency" and len(texts.dictionary) < 2**15 else np.int32
        return pa.DictionaryArray.from_arrays(
            pa.array(codes.astype(kind, copy=False), mask=mask), texts.dictionary
        )

    @property
    def _rows(self) -> int:
        return len(self._columns) if self._counts is None else int(self._counts.sum())

    def _routes(self) -> pa.Array[Any]:
        if self._columnar.all():
            return self.names(np.full(self._rows, _ROUTES.index("columnar"), dtype=np.int16), _ROUTES, keep=True)
        return self.names(self._spread(self._columnar), _ROUTES, keep=True)

    def _reasons(self) -> pa.Array[Any]:
        if not self._errors:
            return _no_texts(1 << max(16, (self._rows - 1).bit_length())).slice(0, self._rows)
        reasons: Any = np.full(len(self._columns), None, dtype=object)
        for place, reason in self._errors.items():
            reasons[place] = reason
        return pa.array(self._spread(reasons), pa.string())


@cache
def _no_texts(count: int) -> pa.Array[Any]:
    """Give a column without texts, of which every result without errors takes a part."""
    return pa.nulls(count, pa.string())
