"""The scalar route: one account after the other, by the functions that everyone else calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from repayplan.errors import RepayPlanError
from repayplan.portfolio.accounts import EPOCH, Account
from repayplan.portfolio.layout import Layout
from repayplan.portfolio.part import Part
from repayplan.schedule.amortization import balances
from repayplan.schedule.build import build_schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

    from repayplan.portfolio.columns import Columns, Int64s
    from repayplan.portfolio.names import Calendars
    from repayplan.schedule.schedule import Schedule

__all__ = ["reason_of", "scalar_parts"]


def scalar_parts(columns: Columns, calendars: Calendars, rows: Int64s) -> tuple[list[Part], dict[int, str]]:
    """Build the schedules of some rows of a batch; or say why there is none."""
    parts: list[Part] = []
    errors: dict[int, str] = {}
    for row in rows.tolist():
        try:
            schedule = build_schedule(Account(columns, row, calendars).terms())
        except RepayPlanError as error:
            errors[row] = reason_of(error)
        else:
            parts.append(_part_of(row, schedule))
    return parts, errors


def reason_of(error: RepayPlanError) -> str:
    """Give the code, the field and the message of an error in one line."""
    return f"{error.code}: {error}"


def _part_of(row: int, schedule: Schedule) -> Part:
    owed = balances(schedule.terms.amortized.minor_units, schedule.principals)
    return Part(
        accounts=np.array([row]),
        layout=Layout.of(np.array([len(schedule)])),
        scheduled=_days(schedule.scheduled),
        due=_days(schedule.due),
        openings=np.array(owed[:-1], dtype=np.int64),
        interests=np.array(schedule.interests, dtype=np.int64),
        closings=np.array(owed[1:], dtype=np.int64),
        fees=np.array(schedule.fees[:1], dtype=np.int64),
    )


def _days(dates: Sequence[pendulum.Date]) -> Int64s:
    return np.array([day.toordinal() - EPOCH for day in dates], dtype=np.int64)
