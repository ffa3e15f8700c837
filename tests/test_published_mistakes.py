"""Mistakes that other libraries are known for, each of which must not happen here."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pendulum
import pytest

import repayplan as rp

EUR = rp.Currency.of("EUR")


def terms(principal: rp.Money, annual: str, repayment: object) -> rp.Terms:
    base = rp.Terms(
        principal=principal,
        rate=rp.Rate.annual(annual),
        starts_on=pendulum.date(2026, 1, 31),
        first_due=pendulum.date(2026, 2, 28),
        anchor_day=31,
        repayment=rp.EqualPrincipal(1),
    )
    return attrs.evolve(base, repayment=repayment)  # type: ignore[arg-type]  # any pattern


def amounts(schedule: rp.Schedule) -> list[Decimal]:
    return [row.amount.amount for row in schedule]


@pytest.mark.parametrize("pattern", [rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest])
def test_five_cents_in_twelve_installments_is_not_twelve_rows_of_zero(
    pattern: type[rp.LevelPayment | rp.EqualPrincipal | rp.FlatInterest],
) -> None:
    five_cents = rp.Money("0.05", EUR)
    with pytest.raises(rp.TermsError, match="5 would do") as caught:
        rp.build_schedule(terms(five_cents, "0", pattern(12)))
    assert caught.value.data["count"] == 5
    schedule = rp.build_schedule(terms(five_cents, "0", pattern(5)))
    assert amounts(schedule) == [Decimal("0.01")] * 5


def test_ten_euros_in_360_months_at_30_percent_has_no_negative_and_no_zero_row() -> None:
    # The exact payment is 0.250034...; a cent decides whether the debt ever falls.
    ten = rp.Money("10.00", EUR)
    with pytest.raises(rp.NegativeAmortizationError) as caught:
        rp.build_schedule(terms(ten, "0.30", rp.LevelPayment(360)))
    count = caught.value.data["count"]
    assert isinstance(count, int)
    assert 1 <= count < 360
    schedule = rp.build_schedule(terms(ten, "0.30", rp.LevelPayment(count)))
    assert len(schedule) == count
    assert min(amounts(schedule)) > 0
    assert min(row.principal.amount for row in schedule) > 0
    with pytest.raises(rp.TermsError):
        rp.build_schedule(terms(ten, "0.30", rp.LevelPayment(count + 1)))


@pytest.mark.parametrize("pattern", [rp.LevelPayment(3), rp.EqualPrincipal(3), rp.FlatInterest(3)])
def test_a_hundred_without_interest_in_three_sums_to_a_hundred(pattern: object) -> None:
    schedule = rp.build_schedule(terms(rp.Money("100", EUR), "0", pattern))
    assert amounts(schedule) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert schedule.total == rp.Money("100", EUR)


def test_31_january_does_not_drift_to_28_march() -> None:
    schedule = rp.build_schedule(terms(rp.Money("100", EUR), "0", rp.LevelPayment(14)))
    days = [str(row.due_on) for row in schedule]
    assert days[:4] == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    assert days[-2:] == ["2027-02-28", "2027-03-31"]


def test_31_january_does_not_drift_in_due_dates_either() -> None:
    days = rp.due_dates(pendulum.date(2024, 1, 31), rp.Frequency.MONTHLY, 3)
    assert list(map(str, days)) == ["2024-01-31", "2024-02-29", "2024-03-31"]


def test_yen_have_no_decimals() -> None:
    schedule = rp.build_schedule(terms(rp.Money("100000", "JPY"), "0.18", rp.LevelPayment(12)))
    # 100,000 x 0.015 / (1 - 1.015**-12) = 9,167.999...
    assert amounts(schedule)[:-1] == [Decimal(9168)] * 11
    for row in schedule.to_rows():
        assert all(str(value).isdigit() for value in row.values() if isinstance(value, Decimal))
    with pytest.raises(rp.MoneyError, match="0 decimal places"):
        rp.Money("0.5", "JPY")


def test_kuwaiti_dinars_have_three_decimals() -> None:
    schedule = rp.build_schedule(terms(rp.Money("100.000", "KWD"), "0", rp.LevelPayment(3)))
    assert list(map(str, amounts(schedule))) == ["33.333", "33.333", "33.334"]


@pytest.mark.parametrize("payment", ["15.00", "14.99", "0.01"])
def test_a_payment_below_the_interest_neither_loops_nor_grows_in_silence(payment: str) -> None:
    # 1,000 at 18 % a year bears 15.00 in the first month
    owed = rp.Money("1000", EUR)
    with pytest.raises(rp.NegativeAmortizationError) as caught:
        rp.build_schedule(terms(owed, "0.18", rp.FixedPayment(rp.Money(payment, EUR))))
    assert caught.value.data["least_payment"] == rp.Money("15.01", EUR)
    assert rp.build_schedule(terms(owed, "0.18", rp.FixedPayment(rp.Money("15.01", EUR))))
    with pytest.raises(rp.NegativeAmortizationError):
        rp.build_schedule(terms(owed, "0.18", rp.FixedPayment(rp.Money("15.00", EUR))))


def test_a_last_installment_below_zero_does_not_come_of_rounding_up() -> None:
    # 0.10 in 7 rounded up is 0.02: five rows would repay all and two would be left with nothing or less
    ten_cents = attrs.evolve(terms(rp.Money("0.10", EUR), "0", rp.LevelPayment(7)), rounding=rp.Rounding.UP)
    with pytest.raises(rp.TermsError, match="5 would do"):
        rp.build_schedule(ten_cents)
