"""Batches of accounts for the tests, and what the scalar path says of each of their rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pyarrow as pa

import repayplan as rp
from repayplan.portfolio import IN_ACCOUNTS

Row: TypeAlias = Mapping[str, Any]
"""An account as plain values: what the columns of a batch hold, by name."""

EXAMPLE: Row = {
    "account": "a-1",
    "currency": "EUR",
    "principal": 120_000,
    "rate": "0.12",
    "starts_on": dt.date(2026, 1, 15),
    "first_due": dt.date(2026, 2, 15),
    "count": 12,
}
"""1,200.00 euros in twelve months at 12 % a year."""

UNITS = {"year": rp.RateUnit.YEAR, "month": rp.RateUnit.MONTH, "day": rp.RateUnit.DAY}
DEFAULTS: Row = {
    "rate_per": "year",
    "frequency": "monthly",
    "day_count": "nominal",
    "first_period": "months_and_days",
    "rounding": "half_even",
    "month_end": "clamp",
    "convention": "following",
    "accrue_to": "scheduled",
    "pattern": "level",
    "difference": "last",
}
NAMED = {
    "weekly": rp.Frequency.WEEKLY,
    "fortnightly": rp.Frequency.FORTNIGHTLY,
    "four_weekly": rp.Frequency.FOUR_WEEKLY,
    "semi_monthly": rp.Frequency.SEMI_MONTHLY,
    "monthly": rp.Frequency.MONTHLY,
    "bimonthly": rp.Frequency.BIMONTHLY,
    "quarterly": rp.Frequency.QUARTERLY,
    "semi_annual": rp.Frequency.SEMI_ANNUAL,
    "annual": rp.Frequency.ANNUAL,
}
MADE = {
    "every_days": rp.Frequency.every_days,
    "every_weeks": rp.Frequency.every_weeks,
    "every_months": rp.Frequency.every_months,
    "semi_monthly": rp.Frequency.semi_monthly,
}


def account(**changes: object) -> Row:
    """Give the example account with some columns changed."""
    return {**EXAMPLE, **changes}


def batch_of(rows: Sequence[Row], schema: pa.Schema = IN_ACCOUNTS) -> pa.RecordBatch:
    """Make a batch of accounts; a rate that is text makes its column a text column."""
    names = [name for name in schema.names if any(name in row for row in rows)] or schema.names
    columns = {}
    for name in names:
        values = [row.get(name) for row in rows]
        is_text = any(isinstance(value, str) for value in values)
        columns[name] = pa.array(values, pa.string() if is_text else schema.field(name).type)
    return pa.record_batch(columns)


def named_frequency(name: str) -> rp.Frequency:
    """Give the frequency of a name."""
    if name in NAMED:
        return NAMED[name]
    kind, *figures = name.split(":")
    return MADE[kind](*map(int, figures))  # type: ignore[operator]  # each takes as many as its name says


def terms_of(row: Row, calendars: Mapping[str, rp.CalendarLike] | None = None) -> rp.Terms:
    """Write the terms of an account out, as a user of the scalar path would."""
    given = {**DEFAULTS, **{name: value for name, value in row.items() if value is not None}}
    repayment = _pattern_of(given)  # first, as there: of two things that are wrong one is said

    def money(name: str) -> rp.Money | None:
        return None if name not in given else rp.Money.from_minor_units(given[name], given["currency"])

    fee = money("installment_fee")
    return rp.Terms(
        principal=money("principal"),  # type: ignore[arg-type]  # it is there, or refused
        rate=rp.Rate(given["rate"], UNITS[given["rate_per"]]),
        starts_on=given["starts_on"],
        first_due=given["first_due"],
        repayment=repayment,
        frequency=named_frequency(given["frequency"]),
        anchor_day=given.get("anchor_day"),
        day_count=rp.DayCount(given["day_count"]),
        first_period=rp.FirstPeriod(given["first_period"]),
        rounding=rp.Rounding(given["rounding"]),
        calendar=(calendars or {})[given["calendar"]] if "calendar" in given else None,
        convention=rp.BusinessDayConvention(given["convention"]),
        month_end=rp.MonthEnd(given["month_end"]),
        accrue_to=rp.AccrueTo(given["accrue_to"]),
        fees=[] if fee is None else [rp.InstallmentFee(fee)],
    )


def _pattern_of(given: Row) -> Any:  # noqa: ANN401  # any of the patterns
    pattern, count, difference = given["pattern"], given.get("count", 0), rp.Difference(given["difference"])
    step = None if "step" not in given else rp.Money.from_minor_units(given["step"], given["currency"])
    rounding = rp.Rounding(given["payment_rounding"]) if "payment_rounding" in given else None
    if pattern == "bullet":
        return rp.InterestOnly(count)
    if pattern == "fixed":
        core: Any = rp.FixedPayment(rp.Money.from_minor_units(given["payment"], given["currency"]))
    elif pattern == "equal_principal":
        core = rp.EqualPrincipal(count, difference)
    elif pattern == "flat":
        core = rp.FlatInterest(count, step, difference)
    else:
        core = rp.LevelPayment(count, step, rounding, difference)
    before = given.get("interest_only", 0)
    return rp.InterestOnly(before, core) if before else core


def expected_rows(row: Row, calendars: Mapping[str, rp.CalendarLike] | None = None) -> list[dict[str, Any]]:
    """Give what the scalar path says of an account: its installments, or one row with the code of its error."""
    empty = dict.fromkeys(("number", "scheduled_for", "due_on", *AMOUNTS))
    head = {"account": row["account"], "currency": row["currency"]}
    try:
        schedule = rp.build_schedule(terms_of(row, calendars))
    except rp.RepayPlanError as error:
        return [{**head, **empty, "error": f"{error.code}: {error}"}]
    return [
        {
            **head,
            "number": item.number,
            "scheduled_for": plain(item.scheduled_for),
            "due_on": plain(item.due_on),
            **{name: getattr(item, name).minor_units for name in AMOUNTS},
            "error": None,
        }
        for item in schedule
    ]


AMOUNTS = ("opening", "principal", "interest", "fees", "amount", "closing")


def plain(day: dt.date) -> dt.date:
    """Give a date of the standard library, as Arrow does."""
    return dt.date(day.year, day.month, day.day)


def without_route(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out which way the rows came."""
    return [{name: value for name, value in row.items() if name != "route"} for row in rows]
