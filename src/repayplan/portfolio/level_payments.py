"""Level payments of many accounts: a float decides where it can, and the exact fraction where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from repayplan.portfolio.dividing import is_certain
from repayplan.portfolio.names import CHOICES
from repayplan.portfolio.stepping import annuities
from repayplan.rounding import Rounding
from repayplan.schedule.annuity import ExactPayment

if TYPE_CHECKING:
    from repayplan.portfolio.columns import Float64s, Int64s
    from repayplan.portfolio.forms import Forms
    from repayplan.portfolio.layout import Layout
    from repayplan.portfolio.periods import Periods
    from repayplan.portfolio.stepping import March

__all__ = ["level_payments"]

_ERROR: Final = 2.0**-52
"""Twice what one rounding errs by, so that products of errors are covered as well."""

_UPWARDS: Final = {Rounding.UP, Rounding.CEILING}


def level_payments(forms: Forms, layout: Layout, periods: Periods, march: March) -> Int64s:
    """Give the level payment of each account, rounded once."""
    estimates = forms.principal / annuities(march) / forms.step
    errors = estimates * (7 * layout.counts + 7) * _ERROR
    payments = np.zeros(len(estimates), dtype=np.int64)
    for place in set(forms.payment_rounding.tolist()):
        rounding: Rounding = CHOICES["payment_rounding"][place]
        rows = np.flatnonzero(forms.payment_rounding == place)
        certain = is_certain(estimates[rows], errors[rows], rounding)
        sure, rest = rows[certain], rows[~certain]
        payments[sure] = _rounded(estimates[sure], rounding) * forms.step[sure]
        for row in rest.tolist():
            payments[row] = _exact(forms, layout, periods, row, rounding)
    return payments


def _rounded(estimates: Float64s, rounding: Rounding) -> Int64s:
    """Round what is certain: away from every boundary, so that one rule does for each kind of mode."""
    if not rounding.is_directed:
        whole = np.rint(estimates)
    elif rounding in _UPWARDS:
        whole = np.ceil(estimates)
    else:
        whole = np.floor(estimates)
    return whole.astype(np.int64)


def _exact(forms: Forms, layout: Layout, periods: Periods, row: int, rounding: Rounding) -> int:
    first, count = int(layout.firsts[row]), int(layout.counts[row])
    factors = periods.listed(row, range(first, first + count))[int(forms.before[row]) :]
    exact = ExactPayment(int(forms.principal[row]), factors)
    return exact.rounded(rounding.divide, unit=int(forms.step[row]))
