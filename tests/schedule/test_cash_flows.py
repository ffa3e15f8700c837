"""Cash flows: what they refuse, and what they take from a schedule."""

from __future__ import annotations

import datetime
import pickle
from typing import Any

import pendulum
import pytest

import repayplan as rp
from repayplan.schedule.cash_flows import PAYMENTS_MAX, PERIODS_MAX, CashFlows, PaymentDates
from tests.schedule import DATE, built, cents, euros

ON = DATE(2026, 1, 15)


def flows(**changes: object) -> CashFlows:
    """An advance of 100.00 and two payments of 60.00, with some parts changed."""
    parts: dict[str, Any] = {
        "advanced": euros("100"),
        "on": ON,
        "payments": ((DATE(2026, 2, 15), euros("60")), (DATE(2026, 3, 15), euros("60"))),
        **changes,
    }
    return CashFlows(**parts)


def test_the_parts_are_kept() -> None:
    made = flows(payments=[(datetime.date(2026, 2, 15), euros("101"))], unit_period=rp.Frequency.MONTHLY)
    assert made.payments == ((DATE(2026, 2, 15), euros("101")),)
    assert type(made.payments[0][0]) is pendulum.Date
    assert made.total == euros("101")
    assert made.unit_period == rp.Frequency.MONTHLY


def test_the_repr_gives_no_amounts() -> None:
    assert repr(flows()) == "<CashFlows: an advance on 2026-01-15 and 2 payments>"


def test_cash_flows_pickle_through_their_checks() -> None:
    assert pickle.loads(pickle.dumps(flows())) == flows()  # noqa: S301  our own bytes


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"advanced": cents(0)}, "cash_flows.advanced", "advanced"),
        ({"payments": ()}, "cash_flows.count", "payments"),
        ({"payments": ((ON, cents(0)), (ON, euros("200")))}, "cash_flows.payment", "payments[0]"),
        ({"periods": (1,)}, "cash_flows.periods", "periods"),
        ({"periods": (2, 1)}, "cash_flows.periods", "periods[1]"),
        ({"periods": (0, 1)}, "count.range", "periods[0]"),
        ({"periods": (1, PERIODS_MAX + 1)}, "count.range", "periods[1]"),
        ({"payments": ((ON, cents(9_999)),)}, "cash_flows.total", "payments"),
        ({"payments": ((DATE(2026, 1, 14), euros("200")),)}, "cash_flows.dates", "payments[0]"),
        (
            {"payments": ((DATE(2026, 3, 15), euros("60")), (DATE(2026, 2, 15), euros("60")))},
            "cash_flows.dates",
            "payments[1]",
        ),
    ],
)
def test_flows_that_no_rate_equates_are_refused(changes: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(rp.TermsError) as caught:
        flows(**changes)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"advanced": 100}, "advanced"),
        ({"on": "2026-01-15"}, "on"),
        ({"payments": "all"}, "payments"),
        ({"payments": (ON,)}, "payments[0]"),
        ({"payments": ((ON, euros("1"), 2),)}, "payments[0]"),
        ({"payments": ((ON, 100),)}, "payments[0]"),
        ({"payments": (("2026-01-15", euros("100")),)}, "payments[0][0]"),
        ({"unit_period": "monthly"}, "frequency"),
        ({"periods": "12"}, "periods"),
        ({"periods": (True, 2)}, "periods[0]"),
    ],
)
def test_wrong_types_are_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        flows(**changes)
    assert caught.value.field == field


def test_one_currency_is_asked_for() -> None:
    with pytest.raises(rp.MoneyError) as caught:
        flows(payments=((ON, rp.Money("200", "USD")),))
    assert caught.value.field == "payments[0]"


def test_a_list_of_dates_is_no_unit_period() -> None:
    listed = rp.Frequency.on_dates([DATE(2026, 2, 15), DATE(2026, 3, 15)])
    with pytest.raises(rp.TermsError) as caught:
        flows(unit_period=listed)
    assert caught.value.code == "cash_flows.unit_period"


def test_the_number_of_payments_is_bounded() -> None:
    payment = (ON, cents(1))
    assert len(flows(advanced=cents(5), payments=(payment,) * PAYMENTS_MAX).payments) == PAYMENTS_MAX
    with pytest.raises(rp.TermsError) as caught:
        flows(advanced=cents(5), payments=(payment,) * (PAYMENTS_MAX + 1))
    assert caught.value.code == "cash_flows.count"


# --- from a schedule


def test_a_schedule_gives_its_principal_and_its_rows() -> None:
    schedule = built()
    made = CashFlows.of_schedule(schedule)
    assert made.advanced == euros("1200")
    assert made.on == DATE(2026, 1, 15)
    assert made.unit_period == rp.Frequency.MONTHLY
    assert made.payments == tuple((row.due_on, row.amount) for row in schedule)


def test_carried_balances_are_left_out() -> None:
    carried = rp.CarriedBalances(
        interest=rp.CarriedBalance(euros("12"), rp.CarriedTreatment.SPREAD),
        fees=rp.CarriedBalance(euros("30"), rp.CarriedTreatment.FIRST),
    )
    assert CashFlows.of_schedule(built(carried=carried)) == CashFlows.of_schedule(built())


def test_what_is_capitalized_is_advanced() -> None:
    capitalized = rp.CarriedBalances(interest=rp.CarriedBalance(euros("12"), rp.CarriedTreatment.CAPITALIZE))
    assert CashFlows.of_schedule(built(carried=capitalized)).advanced == euros("1212")


def test_listed_dates_give_no_unit_period() -> None:
    days = [DATE(2026, 2, 15), DATE(2026, 4, 1)]
    schedule = built(frequency=rp.Frequency.on_dates(days), repayment=rp.LevelPayment(2))
    assert CashFlows.of_schedule(schedule).unit_period is None


def test_what_is_left_at_the_end_counts_as_paid_with_the_last_row() -> None:
    schedule = built(review_on=DATE(2027, 1, 15), residual=euros("200"))
    last = schedule[-1]
    made = CashFlows.of_schedule(schedule)
    assert made.payments[-1] == (last.due_on, last.amount + euros("200"))
    assert len(made.payments) == len(schedule)


def test_an_upfront_payment_is_on_neither_side() -> None:
    made = CashFlows.of_schedule(built(upfront=euros("200")))
    assert made.advanced == euros("1000")
    assert made.payments[0][0] == DATE(2026, 2, 15)


def test_fees_of_the_rows_may_be_left_out() -> None:
    schedule = built(fees=(rp.InstallmentFee(euros("2")),))
    with_fees, without = (CashFlows.of_schedule(schedule, fees=fees) for fees in (True, False))
    assert with_fees.payments[0][1] == without.payments[0][1] + schedule[0].fees


def test_rows_that_ask_only_for_fees_are_no_payments_without_them() -> None:
    schedule = built(
        grace=rp.Grace(principal=1, interest_free=0),
        rate=rp.Rate.annual(0),
        fees=(rp.InstallmentFee(cents(1)),),
    )
    made = CashFlows.of_schedule(schedule, fees=False)
    assert len(made.payments) == len(schedule) - 1
    assert made.periods == tuple(range(2, len(schedule) + 1))


def test_periods_without_an_installment_count() -> None:
    schedule = built(grace=rp.Grace(principal=2, interest_free=2))
    assert CashFlows.of_schedule(schedule).periods == tuple(range(3, 15))


def test_either_date_may_be_taken() -> None:
    # 15 February 2026 is a Sunday
    schedule = built(calendar=rp.WeekendCalendar())
    due = CashFlows.of_schedule(schedule)
    scheduled = CashFlows.of_schedule(schedule, dates=PaymentDates.SCHEDULED)
    assert due.payments[0][0] == DATE(2026, 2, 16)
    assert scheduled.payments[0][0] == DATE(2026, 2, 15)


def test_only_a_schedule_has_flows_to_take() -> None:
    with pytest.raises(rp.InputTypeError):
        CashFlows.of_schedule("schedule")  # type: ignore[arg-type]
    with pytest.raises(rp.InputTypeError):
        CashFlows.of_schedule(built(), dates="due")  # type: ignore[arg-type]
