"""How many installments accounts are about to have: what decides how many of them are worked out at once.

It is a guess by floats, and no figure of a result comes from it: only the cut of a batch into pieces does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.frequencies import INSTALLMENTS_MAX, Frequency
from repayplan.portfolio.bounds import ROWS_AN_ACCOUNT_MAX
from repayplan.portfolio.names import CHOICES, known_frequency

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Columns, Float64s, Int64s

__all__ = ["installments_asked_for"]

_MARGIN: Final = 1.25
"""A first period that is long, and a day count, may make a fixed payment take more rows than the guess."""


def installments_asked_for(columns: Columns) -> Int64s:
    """Give how many installments each account asks for by its counts, or about as many by a fixed payment."""
    counts, before = columns.numbers("count"), columns.numbers("interest_only").values
    asked = np.where(counts.valid, counts.values, 0)
    fixed = np.flatnonzero(columns.numbers("payment").values > 0)
    if len(fixed):
        asked[fixed] = _repaid_in(columns)[fixed]
    return 1 + np.clip(asked, 0, INSTALLMENTS_MAX) + np.clip(before, 0, INSTALLMENTS_MAX)


def _repaid_in(columns: Columns) -> Int64s:
    """Guess in how many equal periods a fixed payment repays each debt; the most where it does not."""
    rate = _rates_per_period(columns)
    principal = columns.numbers("principal").values.astype(np.float64)
    payment = np.maximum(columns.numbers("payment").values, 1).astype(np.float64)
    of_interest = principal * rate / payment
    with np.errstate(divide="ignore", invalid="ignore"):
        count = np.where(rate > 0, -np.log1p(-of_interest) / np.log1p(rate), principal / payment)
    is_known = (of_interest < 1) & (columns.rates.denominators > 0)
    count = np.where(is_known, count, ROWS_AN_ACCOUNT_MAX)
    return np.clip(_MARGIN * count, 0, INSTALLMENTS_MAX).astype(np.int64)


def _rates_per_period(columns: Columns) -> Float64s:
    """Give about the rate of a period; 0 where it is not known."""
    per_year = np.array([unit.per_year for unit in CHOICES["rate_per"]])
    units = columns.texts("rate_per").translated(
        {str(unit.value): place for place, unit in enumerate(CHOICES["rate_per"])}, 0
    )
    names, periods = (
        columns.texts("frequency"),
        np.full(len(columns), float(Frequency.MONTHLY.periods_per_year)),
    )
    for code, name in enumerate(names.names):
        frequency = known_frequency(name)
        if frequency is not None:
            periods[names.codes == code] = float(frequency.periods_per_year)
    shares = columns.rates.numerators / np.maximum(columns.rates.denominators, 1)
    rates: Float64s = shares * per_year[units] / periods
    return rates
