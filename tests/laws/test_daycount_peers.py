"""Day counts beside QuantLib's, where it has the same one; it counts in floats, hence the twelve places."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repayplan.daycounts import DayCount
from tests.laws.strategies import spans

if TYPE_CHECKING:
    import datetime as dt

    import pendulum

    Span = tuple[pendulum.Date, pendulum.Date]

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its classes warn when Python makes them
    ql: Any = pytest.importorskip("QuantLib")

PEERS = {
    DayCount.ACT_365F: ql.Actual365Fixed(),
    DayCount.ACT_360: ql.Actual360(),
    DayCount.ACT_364: ql.Actual364(),
    DayCount.ACT_ACT_ISDA: ql.ActualActual(ql.ActualActual.ISDA),
    DayCount.ACT_ACT_AFB: ql.ActualActual(ql.ActualActual.AFB),
    DayCount.THIRTY_360_US: ql.Thirty360(ql.Thirty360.USA),
    DayCount.THIRTY_E_360: ql.Thirty360(ql.Thirty360.European),
    DayCount.THIRTY_E_360_ISDA: ql.Thirty360(ql.Thirty360.German),
}
COUNTS = st.sampled_from(list(PEERS))


def theirs(counter: Any, start: dt.date, end: dt.date) -> float:  # noqa: ANN401  # it has no types
    first, last = (ql.Date(day.day, day.month, day.year) for day in (start, end))
    found: float = counter.yearFraction(first, last)
    return found


def counts_back_to_the_end_of_february(count: DayCount, end: dt.date) -> bool:
    """Tell where QuantLib applies ISDA's addition of 1999 to the French rule, which we do not."""
    return count is DayCount.ACT_ACT_AFB and (end.month, end.day) == (2, 28)


@given(spans(), COUNTS)
@settings(max_examples=500)
def test_quantlib_counts_the_same(span: Span, count: DayCount) -> None:
    start, end = span
    if not counts_back_to_the_end_of_february(count, end):
        assert float(count.fraction(start, end)) == pytest.approx(theirs(PEERS[count], start, end), abs=1e-12)


@given(spans())
def test_quantlib_keeps_the_february_of_the_maturity_too(span: Span) -> None:
    start, end = span
    if start < end:
        counter = ql.Thirty360(ql.Thirty360.ISDA, ql.Date(end.day, end.month, end.year))
        ours = DayCount.THIRTY_E_360_ISDA.fraction(start, end, maturity=end)
        assert float(ours) == pytest.approx(theirs(counter, start, end), abs=1e-12)
