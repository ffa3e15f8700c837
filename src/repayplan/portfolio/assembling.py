"""From columns of NumPy back to Arrow, without a copy wherever that can be."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from repayplan.portfolio.arrow import ArrowArray, arrow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from repayplan.portfolio.columns import Columns, Int32s, Int64s, Mask, Texts

__all__ = ["Assembler"]

Integers: TypeAlias = npt.NDArray[np.integer[Any] | np.bool_]

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

    def batch(self, schema: pa.Schema, **given: ArrowArray) -> pa.RecordBatch:
        """Put the columns together, with those that every result has."""
        every = {
            "account": self._texts("account"),
            "currency": self._texts("currency"),
            "route": self._routes(),
            "error": self._reasons(),
            **given,
        }
        types: list[Any] = schema.types
        columns = [every[name].cast(kind) for name, kind in zip(schema.names, types, strict=True)]
        made: pa.RecordBatch = arrow.RecordBatch.from_arrays(columns, schema=schema)
        return made

    def numbers(self, values: Int64s, valid: Mask | None = None) -> ArrowArray:
        """Give whole numbers; where an account has no result, or they are not valid, there is none."""
        return arrow.array(values, mask=self._mask(valid))

    def counts(self, values: Int32s | Int64s, valid: Mask | None = None) -> ArrowArray:
        """Give whole numbers of 32 bits."""
        return arrow.array(values.astype(np.int32, copy=False), mask=self._mask(valid))

    def days(self, values: Int32s | Int64s, valid: Mask | None = None) -> ArrowArray:
        """Give days."""
        return self.counts(values, valid).view(arrow.date32())

    def names(
        self,
        places: Integers,
        names: Sequence[str],
        valid: Mask | None = None,
        *,
        keep: bool = False,
    ) -> ArrowArray:
        """Give names by their places; ``keep`` gives them where an account has no result as well."""
        mask = None if keep else self._mask(valid)
        indices = arrow.array(places.astype(np.int16, copy=False), mask=mask)
        return _encoded(indices, arrow.array(list(names), arrow.string()))

    def _mask(self, valid: Mask | None) -> Mask | None:
        if valid is None:
            return self._missing
        return ~valid if self._missing is None else ~valid | self._missing

    def _spread(self, values: Any) -> Any:  # noqa: ANN401  # an array of any kind
        return values if self._counts is None else np.repeat(values, self._counts)

    def _texts(self, name: str) -> ArrowArray:
        texts: Texts = self._columns.texts(name)
        codes = self._spread(texts.codes)
        mask = codes < 0 if (texts.codes < 0).any() else None
        return _encoded(arrow.array(codes, mask=mask), texts.dictionary)

    @property
    def _rows(self) -> int:
        return len(self._columns) if self._counts is None else int(self._counts.sum())

    def _routes(self) -> ArrowArray:
        if self._columnar.all():
            return self.names(
                np.full(self._rows, _ROUTES.index("columnar"), dtype=np.int16), _ROUTES, keep=True
            )
        return self.names(self._spread(self._columnar), _ROUTES, keep=True)

    def _reasons(self) -> ArrowArray:
        if not self._errors:
            return _no_texts(1 << (self._rows - 1).bit_length()).slice(0, self._rows)
        reasons: Any = np.full(len(self._columns), None, dtype=object)
        for place, reason in self._errors.items():
            reasons[place] = reason
        return arrow.array(self._spread(reasons), arrow.string())


def _encoded(indices: ArrowArray, texts: ArrowArray) -> ArrowArray:
    """Give texts by their places, our own: checking each once more would take as long as the rest."""
    return arrow.DictionaryArray.from_arrays(indices, texts, safe=False)


@cache
def _no_texts(count: int) -> ArrowArray:
    """Give a column without texts, of which results without errors take half or more: a pickle holds all."""
    return arrow.nulls(count, arrow.string())
