"""Fees of the plan: which rows ask for them, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from repayplan.schedule.fees import Fee
from tests.schedule import DATE, FREE, built, cents, euros, refusal_of, repickled, terms_with, units

if TYPE_CHECKING:
    from collections.abc import Callable

    import pendulum

THREE = rp.EqualPrincipal(3)  # payments of 412.00, 408.00 and 404.00


def test_there_are_none_unless_they_are_stated() -> None:
    assert terms_with().fees == ()
    assert built().total_fees == euros("0")


def test_a_fee_with_each_installment_stands_apart_and_bears_no_interest() -> None:
    schedule = built(fees=[rp.InstallmentFee(euros("2.50"))], repayment=THREE)
    assert units(schedule, "fees") == [250] * 3
    assert units(schedule, "interest") == [1200, 800, 400]
    assert units(schedule, "amount") == [41450, 41050, 40650]
    assert schedule.total_fees == euros("7.50")
    assert schedule.total == euros("1231.50")


def test_a_share_is_of_principal_and_interest() -> None:
    schedule = built(fees=[rp.PaymentShareFee("0.015")], repayment=THREE)
    assert units(schedule, "fees") == [618, 612, 606]


@pytest.mark.parametrize(
    ("rounding", "fee"),
    [(rp.Rounding.HALF_EVEN, 0), (rp.Rounding.HALF_UP, 1), (rp.Rounding.UP, 1), (rp.Rounding.DOWN, 0)],
)
def test_a_share_is_rounded_once_in_the_mode_of_the_terms(rounding: rp.Rounding, fee: int) -> None:
    # a hundredth of 0.50
    schedule = built(
        principal=euros("1"),
        rate=FREE,
        rounding=rounding,
        fees=[rp.PaymentShareFee("0.01")],
        repayment=rp.EqualPrincipal(2),
    )
    assert units(schedule, "fees") == [fee, fee]


def test_fees_are_rounded_each_for_itself_and_not_charged_on_each_other() -> None:
    # two halves of a cent: each is rounded to nothing, where their sum would be one
    fees = [rp.PaymentShareFee("0.01"), rp.PaymentShareFee("0.01"), rp.InstallmentFee(euros("100"))]
    schedule = built(principal=euros("1"), rate=FREE, fees=fees, repayment=rp.EqualPrincipal(2))
    assert units(schedule, "fees") == [10000, 10000]


def test_a_share_is_of_the_interest_that_is_asked_for_and_not_of_what_is_carried() -> None:
    carried = rp.CarriedBalances(fees=rp.CarriedBalance(euros("300"), rp.CarriedTreatment.FIRST))
    schedule = built(
        carried=carried, grace=rp.Grace(interest=1), fees=[rp.PaymentShareFee("0.1")], repayment=THREE
    )
    # 400 without its interest of 12, then 400 with 12 and 8
    assert units(schedule, "fees") == [4000, 4200, 4040]
    assert units(schedule, "carried_fees") == [30000, 0, 0]


@pytest.mark.parametrize(
    ("on", "fees"),
    [
        (DATE(2026, 1, 15), [700, 0, 0]),  # the day from which interest runs
        (DATE(2026, 2, 15), [700, 0, 0]),
        (DATE(2026, 2, 16), [0, 700, 0]),
        (DATE(2026, 3, 15), [0, 700, 0]),
        (DATE(2026, 4, 15), [0, 0, 700]),
    ],
)
def test_a_single_fee_falls_on_the_first_row_due_on_its_day_or_later(
    on: pendulum.Date, fees: list[int]
) -> None:
    assert units(built(fees=[rp.SingleFee(euros("7"), on)], repayment=THREE), "fees") == fees


def test_a_single_fee_looks_at_the_moved_dates() -> None:
    # Saturday 28 February 2026 is moved to Monday 2 March
    schedule = built(
        starts_on=DATE(2026, 1, 28),
        first_due=DATE(2026, 2, 28),
        calendar=rp.WeekendCalendar(),
        fees=[rp.SingleFee(euros("7"), DATE(2026, 3, 1))],
        repayment=THREE,
    )
    assert units(schedule, "fees") == [700, 0, 0]


def test_a_single_fee_falls_on_the_first_of_several_rows_due_that_day() -> None:
    # Saturday's and Sunday's installments fall due on Monday 9 February with its own
    schedule = built(
        starts_on=DATE(2026, 2, 5),
        first_due=DATE(2026, 2, 6),
        frequency=rp.Frequency.every_days(1),
        calendar=rp.WeekendCalendar(),
        fees=[rp.SingleFee(euros("7"), DATE(2026, 2, 9))],
        repayment=rp.EqualPrincipal(4),
    )
    assert units(schedule, "fees") == [0, 700, 0, 0]


def test_a_single_fee_after_the_last_due_date_is_refused_with_that_date() -> None:
    error = refusal_of(fees=[rp.SingleFee(euros("7"), DATE(2026, 4, 16))], repayment=THREE)
    assert (error.code, error.field) == ("terms.fee", "fees[0].on")
    last: Any = error.data["last_due"]
    assert last == DATE(2026, 4, 15)
    assert built(fees=[rp.SingleFee(euros("7"), last)], repayment=THREE).total_fees == euros("7")


def test_a_single_fee_before_the_start_is_refused_by_its_place() -> None:
    fees = [rp.InstallmentFee(euros("1")), rp.SingleFee(euros("7"), DATE(2026, 1, 14))]
    with pytest.raises(rp.DateError, match="2026-01-15") as caught:
        terms_with(fees=fees)
    assert caught.value.field == "fees[1].on"


def test_a_fee_makes_a_row_that_would_ask_for_nothing_ask_for_something() -> None:
    pattern = rp.InterestOnly(3)
    assert refusal_of(rate=FREE, repayment=pattern).code == "terms.zero_row"
    schedule = built(rate=FREE, repayment=pattern, fees=[rp.InstallmentFee(cents(1))])
    assert units(schedule, "amount") == [1, 1, 120001]


def test_fees_of_every_kind_add_up() -> None:
    fees = [
        rp.InstallmentFee(euros("1")),
        rp.PaymentShareFee(Fraction(1, 2)),
        rp.SingleFee(euros("7"), DATE(2026, 3, 1)),
    ]
    schedule = built(fees=fees, repayment=THREE)
    assert units(schedule, "fees") == [100 + 20600, 100 + 20400 + 700, 100 + 20200]
    assert repickled(schedule) == schedule
    assert repickled(schedule).rows == schedule.rows


def test_fees_of_a_currency_with_three_decimals_are_in_its_minor_units() -> None:
    schedule = built(
        principal=rp.Money("1.200", "BHD"),
        fees=[rp.PaymentShareFee("0.01"), rp.InstallmentFee(rp.Money("0.001", "BHD"))],
        repayment=THREE,
    )
    # 0.412, 0.408 and 0.404 dinars: a hundredth is 4.12, 4.08 and 4.04 fils
    assert [row.fees for row in schedule] == [rp.Money("0.005", "BHD")] * 3


@pytest.mark.parametrize("make", [rp.InstallmentFee, lambda amount: rp.SingleFee(amount, DATE(2026, 2, 15))])
@pytest.mark.parametrize("amount", ["0", "-0.01"])
def test_a_fee_that_is_not_above_zero_is_refused(make: Callable[[rp.Money], object], amount: str) -> None:
    with pytest.raises(rp.TermsError, match="above zero") as caught:
        make(euros(amount))
    assert (caught.value.code, caught.value.field) == ("terms.fee", "amount")


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize("make", [rp.InstallmentFee, lambda amount: rp.SingleFee(amount, DATE(2026, 2, 15))])
@pytest.mark.parametrize("amount", [1, 1.5, True, "1", None])
def test_a_fee_that_is_no_money_is_refused(
    make: Callable[[Any], object], amount: object, *, disabled: bool
) -> None:
    attrs.validators.set_disabled(disabled)
    try:
        with pytest.raises(rp.InputTypeError) as caught:
            make(amount)
    finally:
        attrs.validators.set_disabled(False)  # its only argument
    assert caught.value.field == "amount"


@pytest.mark.parametrize("on", ["2026-02-15", None, 20260215])
def test_a_day_that_is_no_date_is_refused(on: Any) -> None:  # noqa: ANN401  wrong on purpose
    with pytest.raises(rp.InputTypeError) as caught:
        rp.SingleFee(euros("1"), on)
    assert caught.value.field == "on"


@pytest.mark.parametrize("share", ["0.015", Decimal("0.015"), Fraction(3, 200)])
def test_a_share_is_kept_exactly(share: str | Decimal | Fraction) -> None:
    assert rp.PaymentShareFee(share).share == Fraction(3, 200)


def test_a_share_may_be_all_and_no_more() -> None:
    assert rp.PaymentShareFee(1).share == 1
    for share in ("0", "-0.01", "1.01", 2):
        with pytest.raises(rp.TermsError, match="above 0 and up to 1") as caught:
            rp.PaymentShareFee(share)
        assert (caught.value.code, caught.value.field) == ("terms.fee", "share")


@pytest.mark.parametrize("share", [0.015, True, None])
def test_a_share_of_another_type_is_refused(share: Any) -> None:  # noqa: ANN401  wrong on purpose
    with pytest.raises(rp.InputTypeError) as caught:
        rp.PaymentShareFee(share)
    assert caught.value.field == "share"


@pytest.mark.parametrize(
    "fee",
    [
        rp.InstallmentFee(rp.Money("1", "USD")),
        rp.SingleFee(rp.Money("1", "USD"), DATE(2026, 2, 15)),
        rp.InstallmentFee(rp.Money("1", rp.Currency("EUR", 4))),
    ],
)
def test_a_fee_in_another_currency_is_refused_by_its_place(fee: Fee) -> None:
    with pytest.raises(rp.MoneyError) as caught:
        terms_with(fees=[rp.PaymentShareFee("0.01"), fee])
    assert (caught.value.code, caught.value.field) == ("money.currency", "fees[1]")


@pytest.mark.parametrize(
    ("fees", "field"),
    [
        ("fee", "fees"),
        (1.5, "fees"),
        (rp.InstallmentFee(euros("1")), "fees"),
        ([euros("1")], "fees[0]"),
        ([rp.InstallmentFee(euros("1")), "1"], "fees[1]"),
        ([rp.InstallmentFee], "fees[0]"),
    ],
)
def test_what_are_no_fees_is_refused(fees: object, field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        terms_with(fees=fees)
    assert caught.value.field == field


def test_the_number_of_fees_has_a_bound() -> None:
    fee = rp.InstallmentFee(cents(1))
    assert units(built(fees=[fee] * 1_000, repayment=rp.EqualPrincipal(1)), "fees") == [1_000]
    with pytest.raises(rp.TermsError, match="1000"):
        terms_with(fees=[fee] * 1_001)


def test_fees_beyond_the_bound_of_money_are_refused_when_built() -> None:
    with pytest.raises(rp.MoneyError):
        built(fees=[rp.InstallmentFee(cents(10**18))])


def test_only_a_kind_of_fee_can_be_made() -> None:
    with pytest.raises(TypeError):
        Fee()  # type: ignore[abstract]


@pytest.mark.parametrize(
    "fee",
    [
        rp.InstallmentFee(euros("1")),
        rp.PaymentShareFee("0.015"),
        rp.SingleFee(euros("1"), DATE(2026, 2, 15)),
    ],
)
def test_a_fee_pickles_through_its_checks(fee: Fee) -> None:
    assert repickled(fee) == fee
    assert hash(repickled(fee)) == hash(fee)
