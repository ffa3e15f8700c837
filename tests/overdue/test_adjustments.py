"""Waivers and late charges: what makes one."""

from __future__ import annotations

import datetime
import pickle

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.overdue import DATE, FEES, PENALTIES, PRINCIPAL, Wrong, money

DAY = DATE(2026, 2, 1)


def waiver(**more: Wrong) -> rp.Waiver:
    fields = {"id": "w", "amount": money(500), "installment": 1, "component": FEES, "waived_on": DAY}
    return rp.Waiver(**{**fields, **more})


def charge(**more: Wrong) -> rp.Charge:
    fields = {"id": "c", "amount": money(500), "installment": 1, "component": FEES, "charged_on": DAY}
    return rp.Charge(**{**fields, **more})


MAKERS = [(waiver, "waived_on"), (charge, "charged_on")]


@pytest.mark.parametrize(("made", "name"), [(waiver(), "Waiver w"), (charge(), "Charge c")])
def test_an_adjustment_keeps_its_day_and_hides_its_amount(made: rp.Waiver | rp.Charge, name: str) -> None:
    assert (made.effective, made.recorded, made.recorded_on) == (DAY, DAY, None)
    assert repr(made) == f"<{name} of 2026-02-01>"
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own


@pytest.mark.parametrize(("make", "day"), MAKERS)
def test_an_adjustment_may_be_recorded_later_and_not_before(make: Wrong, day: str) -> None:
    later = make(recorded_on=datetime.date(2026, 2, 5))
    assert (later.effective, later.recorded, type(later.recorded)) == (DAY, DATE(2026, 2, 5), pendulum.Date)
    assert make(**{day: datetime.date(2026, 2, 1)}) == make()
    with pytest.raises(rp.DateError) as caught:
        make(recorded_on=DATE(2026, 1, 31))
    assert (caught.value.code, caught.value.field) == ("adjustment.recorded_on", "recorded_on")


@pytest.mark.parametrize("make", [waiver, charge])
@pytest.mark.parametrize("units", [0, -1])
def test_nothing_and_less_is_no_adjustment(make: Wrong, units: int) -> None:
    with pytest.raises(rp.PaymentError) as caught:
        make(amount=money(units))
    assert (caught.value.code, caught.value.field) == ("adjustment.amount", "amount")


def test_nothing_is_lent_by_a_charge() -> None:
    with pytest.raises(rp.PaymentError) as caught:
        charge(component=PRINCIPAL)
    assert (caught.value.code, caught.value.field) == ("charge.component", "component")
    assert waiver(component=PRINCIPAL).component is PRINCIPAL
    assert charge(component=PENALTIES).component is PENALTIES


@pytest.mark.parametrize(("make", "day"), MAKERS)
@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("id", " ", rp.PaymentError),
        ("id", 1, rp.InputTypeError),
        ("amount", 5, rp.InputTypeError),
        ("installment", -1, rp.PaymentError),
        ("installment", 10_001, rp.PaymentError),
        ("installment", 1.0, rp.InputTypeError),
        ("component", "fees", rp.InputTypeError),
        ("component", rp.Timing.DUE, rp.InputTypeError),
        ("recorded_on", "2026-02-01", rp.InputTypeError),
        (None, None, rp.InputTypeError),
        (None, pendulum.datetime(2026, 2, 1), rp.InputTypeError),
    ],
)
def test_what_makes_no_adjustment_is_refused_and_named(
    make: Wrong, day: str, field: str | None, value: Wrong, error: type[rp.RepayPlanError]
) -> None:
    named = day if field is None else field
    with pytest.raises(error) as caught:
        attrs.evolve(make(), **{named: value})
    assert caught.value.field == named
