"""What a failure is shown as: small, and read at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import pendulum
import pytest
from hypothesis import find, settings
from hypothesis import strategies as st

import repayplan as rp
from repayplan import testing

if TYPE_CHECKING:
    from collections.abc import Callable

HOUSE: Final = rp.Citation(title="house", force=rp.Force.HOUSE)
CENT: Final = rp.Money("0.01", "EUR")
DAY: Final = pendulum.date(2000, 1, 1)
AT: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
SETTINGS: Final = settings(max_examples=500, database=None)


def smallest(strategy: st.SearchStrategy[Any], condition: Callable[[Any], bool]) -> Any:  # noqa: ANN401  # any value
    return find(strategy, condition, settings=SETTINGS)


@pytest.mark.parametrize(
    ("strategy", "condition", "expected"),
    [
        (testing.values(rp.Money), lambda _: True, CENT),
        (testing.money("JPY"), lambda money: money.minor_units > 7, rp.Money(8, "JPY")),
        (testing.rates(), lambda rate: rate.per_year > 0, rp.Rate.annual("0.0001")),
        (testing.dates(), lambda day: day.month > 1, pendulum.date(2000, 2, 1)),
        (testing.names(), lambda name: "王" in name, "王小明"),
        (
            testing.values(rp.Limit[int]),
            lambda limit: limit.value > 5,
            rp.Limit(6, rp.Citation(title="house", force=rp.Force.HOUSE)),
        ),
        (testing.values(rp.Household), lambda home: home.children > 1, rp.Household(1, 2)),
        (
            testing.values(rp.Debt),
            lambda debt: bool(debt.fees),
            rp.Debt(
                principal=CENT,
                fees=CENT,
                rate=rp.Rate.annual(0),
                as_of=DAY,
            ),
        ),
        (
            testing.values(rp.Payment),
            lambda payment: payment.installment == 2,
            rp.Payment("a", CENT, DAY, installment=2),
        ),
        (
            testing.values(rp.Hold),
            lambda hold: hold.last_day is None,
            rp.Hold("a", rp.HoldKind.BREATHING_SPACE, frozenset({rp.HoldEffect.PLAN_DAYS_STOP}), DAY, None),
        ),
    ],
)
def test_the_smallest_example_is_read_at_once(
    strategy: st.SearchStrategy[Any],
    condition: Callable[[Any], bool],
    expected: object,
) -> None:
    assert smallest(strategy, condition) == expected


def test_the_smallest_schedule_of_four_rows_is_plain() -> None:
    found = smallest(testing.values(rp.Schedule), lambda schedule: len(schedule) > 3)
    assert found.terms == rp.Terms(
        principal=rp.Money(4, "EUR"),
        rate=rp.Rate.annual(0),
        starts_on=DAY,
        first_due=DAY,
        repayment=rp.LevelPayment(4),
    )


def test_the_smallest_log_of_two_entries_is_two_steps() -> None:
    found = smallest(testing.logs(), lambda log: len(log) > 1)
    assert [entry.record for entry in found] == [
        rp.StepNote(id=name, case_id="a", recorded_at=AT, step="a") for name in ("r0", "r1")
    ]
