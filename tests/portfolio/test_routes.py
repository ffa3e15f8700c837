"""What goes by columns and what goes the scalar way; either way the figures are the scalar path's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra portfolio")

import pyarrow as pa

import repayplan as rp
from repayplan.portfolio import columnar, schedules
from repayplan.portfolio.stepping import step_level_payments
from tests.portfolio import Row, account, batch_of, expected_rows, without_route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.calendars import CalendarLike

CLOSED_MAY = rp.ExplicitCalendar(dt.date(2026, 1, 1), dt.date(2028, 12, 31), closed={dt.date(2026, 5, 15)})
CALENDARS: dict[str, CalendarLike] = {"weekend": rp.WeekendCalendar(), "listed": CLOSED_MAY}
MONTH_END: Row = {"starts_on": dt.date(2026, 1, 31), "first_due": dt.date(2026, 2, 28)}

_UNITS = (4 * 5**19 - 1) * 2**19
WRAPPING: Row = {
    "rate": f"{_UNITS // 10**19}.{_UNITS % 10**19:019}",
    "starts_on": dt.date(1901, 1, 15),
    "first_due": dt.date(2289, 2, 15),
    "count": 1,
}
"""A rate just below four over 5**19, times 388 years: more than 63 bits, and less than 64."""

COLUMNAR: Sequence[Row] = [
    {},
    *({"day_count": day_count.value} for day_count in rp.DayCount),
    *({"day_count": day_count.value, "calendar": "weekend", "accrue_to": "due"} for day_count in rp.DayCount),
    *({"rounding": rounding.value} for rounding in rp.Rounding),
    *({"payment_rounding": rounding.value, "step": 1_000} for rounding in rp.Rounding),
    *({"pattern": pattern} for pattern in ("equal_principal", "flat", "bullet")),
    {"pattern": "fixed", "payment": 10_000, "count": None},
    {"pattern": "fixed", "payment": 2_000, "count": None},
    {"pattern": "fixed", "payment": 1_250, "count": None, "interest_only": 3},
    {"pattern": "fixed", "payment": 10_000, "count": None, "day_count": "thirty_e_360_isda"},
    {"interest_only": 6},
    {"interest_only": 6, "pattern": "equal_principal"},
    {"interest_only": 6, "pattern": "flat"},
    {"installment_fee": 250},
    {"rate": "0"},
    {"rate": "0.01", "rate_per": "month"},
    {"rate": "0.0005", "rate_per": "day"},
    {"count": 1},
    {"count": 600},
    {"currency": "KWD"},
    {"currency": "JPY", "principal": 999},
    {"principal": 2**50, "rate": "0.05"},
    {**MONTH_END},
    {**MONTH_END, "anchor_day": 31},
    {**MONTH_END, "starts_on": dt.date(2026, 1, 30), "anchor_day": 30, "month_end": "clamp"},
    {
        "starts_on": dt.date(2026, 1, 30),
        "first_due": dt.date(2026, 3, 1),
        "anchor_day": 30,
        "month_end": "roll",
    },
    *({"first_period": period.value, "first_due": dt.date(2026, 4, 1)} for period in rp.FirstPeriod),
    {"first_due": dt.date(2026, 1, 15)},
    {"frequency": "weekly", "first_due": dt.date(2026, 1, 22)},
    {"frequency": "every_days:10", "first_due": dt.date(2026, 3, 31)},
    {"frequency": "quarterly", "first_due": dt.date(2026, 4, 15)},
    {"frequency": "annual", "first_due": dt.date(2027, 1, 15), "day_count": "act_365l"},
    {"frequency": "semi_monthly", "first_due": dt.date(2026, 1, 31)},
    {"frequency": "semi_monthly:5:30", "first_due": dt.date(2026, 3, 1), "month_end": "roll"},
    *({"calendar": "listed", "convention": move.value} for move in rp.BusinessDayConvention),
    {"principal": 100, "rate": "0", "count": 8, "payment_rounding": "half_even"},
    {"principal": 100, "rate": "0", "count": 8, "payment_rounding": "half_up"},
    {"principal": 100, "rate": "0", "count": 8, "payment_rounding": "half_up", "day_count": "act_360"},
    {"principal": 100, "rate": "0", "count": 8, "payment_rounding": "half_up", "day_count": "act_act_isda"},
]
"""What is not like the example, and goes by columns nevertheless."""

SCALAR: Sequence[Row] = [
    {**WRAPPING},
    {**WRAPPING, "first_period": "actual_days"},
    {"difference": "first"},
    {"difference": "spread"},
    {"difference": "first", "pattern": "equal_principal"},
    {"pattern": "flat", "step": 100},
    {"principal": 2**50 + 1, "rate": "0.05"},
    {"rate": "0.1234567890123456789"},
    {"count": 1_001, "rate": "0", "principal": 10_010_000},
    {"starts_on": dt.date(1850, 1, 15), "first_due": dt.date(1850, 2, 15)},
    {"starts_on": dt.date(2295, 1, 15), "first_due": dt.date(2295, 2, 15)},
    {"starts_on": dt.date(2289, 1, 15), "first_due": dt.date(2289, 2, 15), "count": 300},
    {"installment_fee": 2**48},
    {
        "rate": "3",
        "principal": 2**49,
        "pattern": "flat",
        "frequency": "annual",
        "first_due": dt.date(2027, 1, 15),
    },
    {
        "pattern": "fixed",
        "payment": 10_000,
        "count": None,
        "calendar": "weekend",
        "accrue_to": "due",
        "day_count": "act_360",
    },
    {"pattern": "fixed", "payment": 110, "count": None, "rate": "0"},
    {"pattern": "bullet", "rate": "0", "count": 2, "installment_fee": 1},
]
"""What has a schedule, and goes the scalar way."""


def routed(row: Row) -> list[dict[str, Any]]:
    """Give the rows of an account among others, and hold them against the scalar path."""
    others = [account(account="before"), row, account(account="after", principal=55)]
    found = schedules(batch_of(others), calendars=CALENDARS).to_pylist()
    assert without_route(found) == [item for other in others for item in expected_rows(other, CALENDARS)]
    return [item for item in found if item["account"] == row["account"]]


@pytest.mark.parametrize("changes", COLUMNAR, ids=str)
def test_an_account_goes_by_columns(changes: Row) -> None:
    assert {row["route"] for row in routed(account(**changes))} == {"columnar"}


@pytest.mark.parametrize("changes", SCALAR, ids=str)
def test_an_account_goes_the_scalar_way(changes: Row) -> None:
    found = routed(account(**changes))
    assert {row["route"] for row in found} == {"scalar"}
    assert not any(row["error"] for row in found)


def test_an_account_for_the_scalar_route_leaves_the_rows_of_the_others_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stepped: list[int] = []

    def counted(march: Any, *given: Any) -> Any:  # noqa: ANN401  # as the function has them
        stepped.append(len(march.order))
        return step_level_payments(march, *given)

    monkeypatch.setattr(columnar, "step_level_payments", counted)
    unsound = account(account="unsound", principal=5, rate="0")
    rows = [account(account="one"), unsound, account(account="other")]
    found = schedules(batch_of(rows)).to_pylist()
    assert without_route(found) == [item for row in rows for item in expected_rows(row)]
    assert [row["account"] for row in found if row["route"] == "scalar"] == ["unsound"]
    assert stepped == [3]


REFUSED: Sequence[tuple[Row, str]] = [
    ({"principal": 0}, "terms.principal"),
    ({"principal": None}, "portfolio.null"),
    ({"currency": None}, "portfolio.null"),
    ({"currency": "XYZ"}, "currency.unknown"),
    ({"rate": None}, "portfolio.null"),
    ({"rate": "-0.1"}, "rate.range"),
    ({"rate": "18"}, "rate.range"),
    ({"rate": "a lot"}, "number.text"),
    ({"rate_per": "week"}, "portfolio.choice"),
    ({"count": None}, "portfolio.null"),
    ({"count": 0}, "count.range"),
    ({"count": -3}, "count.range"),
    ({"count": 10_001}, "count.range"),
    ({"starts_on": None}, "portfolio.null"),
    ({"first_due": dt.date(2026, 1, 14)}, "terms.first_due"),
    ({"anchor_day": 16}, "date.anchor"),
    ({"anchor_day": 32}, "count.range"),
    ({"frequency": ""}, "portfolio.frequency"),
    ({"frequency": "every_days:0"}, "count.range"),
    ({"frequency": "every_moons:1"}, "portfolio.frequency"),
    ({"frequency": "every_days:1:2"}, "portfolio.frequency"),
    (
        {"frequency": "semi_monthly:1:30", "month_end": "roll", "first_due": dt.date(2026, 2, 1)},
        "date.month_end",
    ),
    ({"frequency": "weekly", "anchor_day": 15}, "date.anchor"),
    ({"frequency": "semi_monthly", "first_due": dt.date(2026, 2, 14)}, "date.anchor"),
    ({"day_count": "act"}, "portfolio.choice"),
    ({"pattern": "balloon"}, "portfolio.choice"),
    ({"pattern": ""}, "portfolio.choice"),
    ({"calendar": "moon"}, "portfolio.calendar"),
    (
        {"calendar": "listed", "starts_on": dt.date(2025, 1, 15), "first_due": dt.date(2025, 2, 15)},
        "calendar.unknown_day",
    ),
    (
        {
            "calendar": "listed",
            "convention": "preceding",
            "first_due": dt.date(2026, 1, 17),
            "starts_on": dt.date(2026, 1, 17),
        },
        "terms.first_due",
    ),
    ({"payment": 100}, "portfolio.unused"),
    ({"pattern": "fixed", "payment": 100}, "portfolio.unused"),
    ({"pattern": "fixed", "payment": 100, "count": None}, "terms.negative_amortization"),
    ({"pattern": "fixed", "count": None}, "portfolio.null"),
    ({"pattern": "equal_principal", "step": 100}, "portfolio.unused"),
    ({"pattern": "flat", "payment_rounding": "up"}, "portfolio.unused"),
    ({"pattern": "bullet", "interest_only": 2}, "portfolio.unused"),
    ({"step": 0}, "terms.amount"),
    ({"step": 10**9}, "terms.negative_amortization"),
    ({"installment_fee": 0}, "terms.fee"),
    ({"principal": 5, "count": 12}, "terms.count"),
    ({"interest_only": 2, "rate": "0"}, "terms.zero_row"),
    ({"starts_on": dt.date(9999, 11, 30), "first_due": dt.date(9999, 12, 30)}, "date.range"),
    ({"account": None}, "portfolio.null"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED, ids=str)
def test_a_bad_row_comes_back_with_its_reason_and_spoils_no_other(changes: Row, code: str) -> None:
    rows = [account(account="before"), account(**changes), account(account="after")]
    found = schedules(batch_of(rows), calendars=CALENDARS).to_pylist()
    before, (bad,), after = found[:12], found[12:13], found[13:]
    assert bad["error"].startswith(f"{code}: ")
    assert (bad["account"], bad["currency"]) == (rows[1]["account"], rows[1]["currency"])
    assert all(
        bad[name] is None for name in ("number", "scheduled_for", "due_on", "opening", "amount", "closing")
    )
    assert without_route(before) == expected_rows(rows[0])
    assert without_route(after) == expected_rows(rows[2])


@pytest.mark.parametrize(("column", "text"), [("rate", "18"), ("rate", "a lot"), ("currency", "XYZ")])
def test_a_value_that_is_refused_is_named_by_its_column(column: str, text: str) -> None:
    (bad,) = schedules(batch_of([account(**{column: text})])).to_pylist()
    assert f": {column}: " in bad["error"]


def test_days_that_no_date_can_be_are_refused_by_their_row() -> None:
    batch = batch_of([account(), account()])
    far = batch.column("first_due").view(pa.int32()).to_numpy().copy()
    far[1] = 2**31 - 1
    changed = batch.set_column(
        batch.schema.get_field_index("first_due"), "first_due", pa.array(far).view(pa.date32())
    )
    assert schedules(changed).to_pylist()[12]["error"].startswith("date.range: first_due")
