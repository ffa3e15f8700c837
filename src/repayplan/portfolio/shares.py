"""Reading shares, of decimals or texts, as fractions of whole numbers: all those of a column at once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.errors import RateError, RepayPlanError
from repayplan.exact import read_fraction
from repayplan.portfolio.arrow import ArrowArray, arrow, compute
from repayplan.portfolio.columns import EXACT_MAX, Rates, texts_of, valid_of

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Int64s, Texts

__all__ = ["rates_of"]

_DIGITS_MAX: Final = 18
_PLAIN_PLACES: Final = 16
"""Places at which shares of up to 900 are whole numbers of 64 bits; no rate is as great as that."""
_PLAIN_WHOLE: Final = 20
_PLAIN: Final = rf"^[0-9]{{1,{_PLAIN_WHOLE}}}(\.[0-9]{{1,{_PLAIN_PLACES}}})?$"
"""Shares that Arrow reads as the scalar route does; it takes other texts as well, such as ``1e3``."""
_TEXTS_KEPT: Final = 1 << 14
"""Rates as text that are kept once read: a book has few, and the same in every batch."""


def rates_of(column: ArrowArray) -> Rates:
    """Read a column of shares, decimals or texts."""
    if arrow.types.is_decimal(column.type):
        return Rates(column, *_reduced(column))
    texts = texts_of(column)
    column = column.dictionary_decode() if arrow.types.is_dictionary(column.type) else column
    return Rates(column, *(np.append(parts, 0)[texts.codes] for parts in _fractions(texts)))


def _fractions(texts: Texts) -> tuple[Int64s, Int64s]:
    """Read the different texts as fractions: all at once where Arrow reads every one of them as we do."""
    if compute.all(compute.match_substring_regex(texts.dictionary, _PLAIN), min_count=0).as_py():
        return _reduced(texts.dictionary.cast(arrow.decimal128(_PLAIN_WHOLE + _PLAIN_PLACES, _PLAIN_PLACES)))
    parts = np.array([_fraction_of(text) for text in texts.names], dtype=np.int64)
    return parts[:, 0], parts[:, 1]


@lru_cache(maxsize=_TEXTS_KEPT)
def _fraction_of(text: str) -> tuple[int, int]:
    try:
        share = read_fraction(text, "rate", error=RateError)
    except RepayPlanError:  # the scalar route says what is wrong with it
        return 0, 0
    parts = share.as_integer_ratio()
    return parts if parts[0] >= 0 and max(parts) < EXACT_MAX else (0, 0)


def _reduced(column: ArrowArray) -> tuple[Int64s, Int64s]:
    """Give decimals as fractions in lowest terms; all of them beyond 64 bits or 18 places are left out."""
    count, scale = len(column), column.type.scale
    nothing = np.zeros(count, dtype=np.int64)
    stored = column.buffers()[1]
    if (
        not (arrow.types.is_decimal128(column.type) and 0 <= scale <= _DIGITS_MAX)
        or stored is None
        or not count
    ):
        return nothing, nothing
    words = np.frombuffer(stored, dtype=np.int64, count=2 * count, offset=column.offset * 16)
    low, high = words[::2], words[1::2]
    fits = (high == 0) & (low >= 0) & valid_of(column)
    numerators, whole = np.where(fits, low, 0), np.int64(10**scale)
    common = np.gcd(numerators, whole)
    numerators, denominators = numerators // common, whole // common
    fits &= (numerators < EXACT_MAX) & (denominators < EXACT_MAX)
    return numerators, np.where(fits, denominators, 0)
