"""Tables that are kept for the whole process are changed by no one."""

from __future__ import annotations

import attrs
import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

from repayplan.months import MonthEnd
from repayplan.portfolio import day_tables
from repayplan.portfolio.day_tables import MONTHS, clamped, day_table, month_days
from repayplan.portfolio.grids import GridTable

TABLES = {field.name: getattr(day_table(), field.name) for field in attrs.fields(type(day_table()))}
TABLES["days of the months"] = GridTable().days
TABLES["starts of months"] = day_tables._month_starts()  # noqa: SLF001  # others are made of it
TABLES |= {month_end.value: month_days(31, month_end) for month_end in MonthEnd}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_process_is_read_only(name: str) -> None:
    with pytest.raises(ValueError, match="read-only"):
        TABLES[name][0] = 7


def test_days_worked_out_from_a_table_are_the_callers_own() -> None:
    days = month_days(31, MonthEnd.CLAMP)
    own = clamped(days[:1] * 0, days[:1] * 0 + 31)
    own[0] += 1
    assert own[0] == days[0] + 1
    assert len(days) == MONTHS
