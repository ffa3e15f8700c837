"""Law 17: what the portfolio gives is equal to what the scalar path gives, to the minor unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

from hypothesis import given
from hypothesis import strategies as st

from repayplan.portfolio import schedules
from tests.laws import strategies
from tests.laws.portfolio_strategies import accounts
from tests.portfolio import Row, batch_of, expected_rows, without_route

if TYPE_CHECKING:
    from repayplan.calendars import CalendarLike

CALENDARS = ("x", "y")


@given(st.lists(accounts(CALENDARS), max_size=12), strategies.calendars(), strategies.calendars())
def test_schedules_are_those_of_the_scalar_path(
    rows: list[Row], one: CalendarLike, other: CalendarLike
) -> None:
    calendars = dict(zip(CALENDARS, (one, other), strict=True))
    found = without_route(schedules(batch_of(rows), calendars=calendars).to_pylist())
    assert found == [item for row in rows for item in expected_rows(row, calendars)]
