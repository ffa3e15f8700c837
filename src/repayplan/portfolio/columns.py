"""Columns as NumPy arrays: whole numbers, texts by their places, and shares as fractions of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from repayplan.portfolio.arrow import ArrowArray, arrow, compute

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "EXACT_MAX",
    "Columns",
    "Days",
    "Float64s",
    "Int32s",
    "Int64s",
    "Mask",
    "Numbers",
    "Rates",
    "Texts",
    "numbers_of",
    "places_among",
    "read_only",
    "texts_of",
    "valid_of",
]

Int64s: TypeAlias = npt.NDArray[np.int64]
Int32s: TypeAlias = npt.NDArray[np.int32]
Days: TypeAlias = Int32s | Int64s
"""Days since 1970-01-01."""
Float64s: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]

A = TypeVar("A", Int32s, Int64s)

EXACT_MAX: Final = 2**53
"""The greatest whole number up to which a float has them all."""
_SHORT_MAX: Final = 2**31 - 1
"""Bytes of texts that a plain column of Arrow takes; different texts of more stay in a large one."""


@attrs.frozen(eq=False)
class Numbers:
    """Whole numbers, and days since 1970-01-01; where there is none, zero and not valid."""

    values: Int64s
    valid: Mask

    def of(self, row: int) -> int | None:
        """Give the number of a row."""
        return int(self.values[row]) if self.valid[row] else None

    def taken(self, rows: slice) -> Numbers:
        """Give some rows."""
        return Numbers(self.values[rows], self.valid[rows])

    def or_else(self, default: int) -> Int64s:
        """Give the numbers, and another where there is none."""
        return np.where(self.valid, self.values, default)


@attrs.frozen(eq=False)
class Texts:
    """Texts by their places among the different ones; -1 where there is none."""

    codes: Int32s
    dictionary: ArrowArray

    @cached_property
    def names(self) -> list[str]:
        """The different texts."""
        names: list[str] = self.dictionary.to_pylist()
        return names

    def of(self, row: int) -> str | None:
        """Give the text of a row."""
        code = int(self.codes[row])
        return None if code < 0 else self.names[code]

    def taken(self, rows: slice) -> Texts:
        """Give some rows."""
        return Texts(self.codes[rows], self.dictionary)

    def compact(self) -> Texts:
        """Give the same without texts that no row has."""
        if len(self.dictionary) <= len(self.codes):
            return self
        used = np.unique(self.codes[self.codes >= 0])
        codes = np.where(self.codes < 0, -1, np.searchsorted(used, self.codes)).astype(np.int32)
        return Texts(codes, self.dictionary.take(arrow.array(used)))

    def distinct(self) -> Texts:
        """Give the same with one place for each text, and none for null: dictionaries may hold both."""
        encoded = self.dictionary.dictionary_encode()
        if len(encoded.dictionary) == len(self.dictionary):
            return self
        places = numbers_of(encoded.indices.cast(arrow.int64())).or_else(-1)
        codes = np.append(places, -1)[self.codes].astype(np.int32)
        return Texts(codes, encoded.dictionary)

    def translated(self, meanings: Mapping[str, int], default: int) -> Int64s:
        """Give each text's meaning, ``default`` where there is none, and -1 where it means nothing."""
        if not len(self.dictionary):
            return np.full(len(self.codes), default)
        table = [*(meanings.get(name, -1) for name in self.names), default]
        return np.array(table, dtype=np.int64)[self.codes]


@attrs.frozen(eq=False)
class Rates:
    """Shares as they came, and as fractions; the denominator is 0 where the parts are not small."""

    column: ArrowArray
    numerators: Int64s
    denominators: Int64s

    def of(self, row: int) -> str | Decimal | None:
        """Give the share of a row as it came."""
        share: str | Decimal | None = self.column[row].as_py()
        return share

    def taken(self, rows: slice) -> Rates:
        """Give some rows."""
        first, last, _ = rows.indices(len(self.column))
        column = self.column.slice(first, last - first)
        return Rates(column, self.numerators[rows], self.denominators[rows])


@attrs.frozen(eq=False)
class Columns:
    """The columns of a batch by name; one that is not there has no values. Rows are counted from 0."""

    count: int
    given_texts: Mapping[str, Texts]
    given_numbers: Mapping[str, Numbers]
    given_rates: Mapping[str, Rates]

    def __len__(self) -> int:
        """Count the rows."""
        return self.count

    def texts(self, name: str) -> Texts:
        """Give a column of texts."""
        return self.given_texts.get(name, self._no_texts)

    def numbers(self, name: str) -> Numbers:
        """Give a column of whole numbers."""
        return self.given_numbers.get(name, self._no_numbers)

    @property
    def rates(self) -> Rates:
        """The column of rates."""
        return self.given_rates["rate"]

    @cached_property
    def _no_texts(self) -> Texts:
        return Texts(np.full(self.count, -1, dtype=np.int32), arrow.array([], arrow.string()))

    @cached_property
    def _no_numbers(self) -> Numbers:
        return Numbers(np.zeros(self.count, dtype=np.int64), np.zeros(self.count, dtype=np.bool_))

    def with_pattern(self, pattern: str, **numbers: Numbers) -> Columns:
        """Give the same with one pattern of repayment, and other numbers."""
        texts = Texts(np.zeros(self.count, dtype=np.int32), arrow.array([pattern]))
        return attrs.evolve(
            self,
            given_texts={**self.given_texts, "pattern": texts},
            given_numbers={**self.given_numbers, **numbers},
        )

    def taken(self, rows: slice) -> Columns:
        """Give some rows."""
        return Columns(
            len(range(*rows.indices(self.count))),
            {name: column.taken(rows) for name, column in self.given_texts.items()},
            {name: column.taken(rows) for name, column in self.given_numbers.items()},
            {name: column.taken(rows) for name, column in self.given_rates.items()},
        )


def numbers_of(column: ArrowArray) -> Numbers:
    """Read a column of whole numbers of 64 bits, or of days of 32."""
    kind = np.int32 if arrow.types.is_date(column.type) else np.int64
    valid = valid_of(column)
    stored = column.buffers()[1]
    if stored is None or not len(column):
        return Numbers(np.zeros(len(column), dtype=np.int64), valid)
    values = np.frombuffer(stored, dtype=kind, count=len(column), offset=column.offset * kind().itemsize)
    kept = values.astype(np.int64)
    kept[~valid] = 0
    return Numbers(kept, valid)


def places_among(wanted: ArrowArray, known: ArrowArray) -> Int64s:
    """Give the place of each text among others, the first of several; -1 where it is not there."""
    if wanted.type != known.type:  # one of them is large
        wanted, known = (texts.cast(arrow.large_string()) for texts in (wanted, known))
    found: Int64s = compute.index_in(wanted, known).fill_null(-1).to_numpy().astype(np.int64)
    return found


def read_only(values: A) -> A:
    """Give an array that is kept for the whole process, so that no one changes it for everyone."""
    values.flags.writeable = False
    return values


def valid_of(column: ArrowArray) -> Mask:
    """Tell which rows of a column are not null."""
    if not column.null_count:
        return np.ones(len(column), dtype=np.bool_)
    valid: Mask = column.is_valid().to_numpy(zero_copy_only=False)
    return valid


def texts_of(column: ArrowArray) -> Texts:
    """Read a column of texts, in a dictionary or not."""
    is_encoded = arrow.types.is_dictionary(column.type)
    encoded: Any = column if is_encoded else column.dictionary_encode()
    places = numbers_of(encoded.indices.cast(arrow.int64())).or_else(-1).astype(np.int32)
    dictionary = encoded.dictionary
    is_short = dictionary.nbytes <= _SHORT_MAX
    texts = Texts(places, dictionary.cast(arrow.string() if is_short else arrow.large_string()))
    return texts.compact().distinct() if is_encoded else texts
