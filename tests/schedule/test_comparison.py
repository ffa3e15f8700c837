"""Two schedules side by side: row by row and in all."""

from __future__ import annotations

import pytest

import repayplan as rp
from tests.schedule import DATE, built, cents, euros, repickled

EQUAL = rp.EqualPrincipal(12)


def test_a_schedule_does_not_differ_from_itself() -> None:
    same = rp.compare(built(), built())
    assert [row.changed for row in same.rows] == [False] * 12
    assert {row.amount for row in same.rows} == {euros("0")}
    assert {row.days_later for row in same.rows} == {0}
    assert same.total == same.total_interest == same.total_fees == same.highest == euros("0")
    assert same.installments == same.days_later == 0


def test_both_sides_are_kept() -> None:
    first, second = built(), built(repayment=EQUAL)
    compared = rp.compare(first, second)
    assert (compared.first, compared.second) == (first, second)
    assert [(row.first, row.second) for row in compared.rows] == list(zip(first, second, strict=True))


def test_a_difference_is_the_second_less_the_first() -> None:
    # 106.62 twelve times but for the last; against 100.00 and 12.00, 11.00 ... 1.00
    compared = rp.compare(built(), built(repayment=EQUAL))
    assert [row.amount for row in compared.rows[:-1]] == [
        cents(11_200 - 100 * place - 10_662) for place in range(11)
    ]
    assert compared.total_interest == euros("78") - built().total_interest
    assert compared.total == compared.total_interest
    assert compared.highest == euros("5.38")
    assert compared.rows[0].changed


def test_the_other_way_round_every_sign_turns() -> None:
    first, second = built(), built(repayment=rp.EqualPrincipal(15), fees=[rp.InstallmentFee(euros("2"))])
    there, back = rp.compare(first, second), rp.compare(second, first)
    assert [row.amount for row in there.rows] == [-row.amount for row in back.rows]
    assert (there.total, there.total_interest, there.total_fees, there.highest) == (
        -back.total,
        -back.total_interest,
        -back.total_fees,
        -back.highest,
    )
    assert (there.installments, there.days_later) == (-back.installments, -back.days_later) == (3, 90)


def test_each_part_has_its_difference() -> None:
    carried = rp.CarriedBalances(
        interest=rp.CarriedBalance(euros("12"), rp.CarriedTreatment.SPREAD),
        fees=rp.CarriedBalance(euros("24"), rp.CarriedTreatment.SPREAD),
        penalties=rp.CarriedBalance(euros("36"), rp.CarriedTreatment.SPREAD),
    )
    second = built(repayment=EQUAL, carried=carried, fees=[rp.InstallmentFee(euros("2"))])
    row = rp.compare(built(), second).rows[1]
    # 95.57 of principal and 11.05 of interest; against 100.00 and 11.00
    assert (row.principal, row.interest, row.fees, row.carried) == (
        euros("4.43"),
        euros("-0.05"),
        euros("2"),
        euros("6"),
    )
    assert row.amount == row.principal + row.interest + row.fees + row.carried


def test_parts_that_change_while_the_amount_does_not() -> None:
    # 3.00 of fees in place of 3.00 owed at the start
    owed = rp.CarriedBalances(fees=rp.CarriedBalance(euros("36"), rp.CarriedTreatment.SPREAD))
    compared = rp.compare(built(carried=owed), built(fees=[rp.InstallmentFee(euros("3"))]))
    assert {row.amount for row in compared.rows} == {euros("0")}
    assert {(row.fees, row.carried, row.changed) for row in compared.rows} == {
        (euros("3"), euros("-3"), True)
    }
    assert (compared.total, compared.total_fees, compared.total_carried) == (
        euros("0"),
        euros("36"),
        euros("-36"),
    )


def test_a_row_that_only_one_of_them_has() -> None:
    shorter, longer = built(repayment=rp.EqualPrincipal(2)), built(repayment=rp.EqualPrincipal(3))
    more = rp.compare(shorter, longer).rows[2]
    assert (more.first, more.second) == (None, longer[2])
    assert (more.amount, more.days_later, more.changed) == (longer[2].amount, None, True)
    fewer = rp.compare(longer, shorter).rows[2]
    assert (fewer.first, fewer.second) == (longer[2], None)
    assert (fewer.amount, fewer.days_later, fewer.changed) == (-longer[2].amount, None, True)


def test_rows_add_up_to_the_total_but_for_what_is_paid_up_front() -> None:
    carried = rp.CarriedBalances(interest=rp.CarriedBalance(euros("90"), rp.CarriedTreatment.SPREAD))
    first = built(carried=carried, fees=[rp.SingleFee(euros("9"), DATE(2026, 3, 1))])
    second = built(upfront=euros("200"), repayment=rp.EqualPrincipal(5))
    compared = rp.compare(first, second)
    rows = rp.Money.total((row.amount for row in compared.rows), "EUR")
    assert compared.total == rows + euros("200")
    assert (compared.upfront, compared.total_principal, compared.total_carried) == (
        euros("200"),
        euros("-200"),
        euros("-90"),
    )
    assert compared.total == second.total - first.total
    assert compared.total_fees == euros("-9")


def test_later_dates() -> None:
    later = rp.compare(built(), built(starts_on=DATE(2026, 1, 20), first_due=DATE(2026, 2, 20)))
    assert {row.days_later for row in later.rows} == {5}
    assert later.days_later == 5
    assert all(row.changed for row in later.rows)
    assert later.total == euros("0")


def test_moved_dates_count_and_not_the_scheduled_ones() -> None:
    # Sundays 15 February and 15 March, and Saturdays 15 August
    moved = rp.compare(built(), built(calendar=rp.WeekendCalendar()))
    days = [row.days_later for row in moved.rows]
    assert days == [1, 1, 0, 0, 0, 0, 2, 0, 0, 1, 0, 0]
    assert [row.changed for row in moved.rows] == [day != 0 for day in days]
    assert moved.days_later == 0


def test_earlier_dates_are_below_zero() -> None:
    weekly = rp.compare(built(), built(first_due=DATE(2026, 1, 22), frequency=rp.Frequency.WEEKLY))
    assert weekly.rows[0].days_later == -24
    assert weekly.days_later == -(DATE(2027, 1, 15) - DATE(2026, 4, 9)).days


def test_grace_and_skipped_months() -> None:
    compared = rp.compare(built(), built(grace=rp.Grace(principal=2, interest=2)))
    assert compared.installments == 0
    assert compared.rows[0].days_later == 59
    # interest on all of the debt for two months longer
    assert (
        compared.total
        == compared.total_interest
        == built(grace=rp.Grace(principal=2, interest=2)).total_interest - built().total_interest
    )


def test_a_residual_is_in_no_total() -> None:
    reviewed = built(repayment=EQUAL, review_on=DATE(2027, 1, 15), residual=euros("600"))
    compared = rp.compare(built(repayment=EQUAL), reviewed)
    # 50.00 less of principal a month; interest on 650.00 ... 1,200.00 instead of 100.00 ... 1,200.00
    assert compared.total_interest == euros("111") - euros("78")
    assert compared.total == euros("-600") + euros("33")
    assert (compared.residual, compared.total_principal) == (euros("600"), euros("-600"))


# --- by date, as after a revision


def test_a_revision_stands_beside_the_rows_that_it_replaces() -> None:
    before = built(repayment=EQUAL)
    # five installments were paid; 700.00 are left on 15 June
    after = built(
        principal=euros("700"),
        starts_on=DATE(2026, 6, 15),
        first_due=DATE(2026, 7, 15),
        repayment=rp.EqualPrincipal(14),
    )
    compared = rp.compare(before, after, match=rp.Match.DATE)
    assert [row.second for row in compared.rows[:5]] == [None] * 5
    assert [row.first for row in compared.rows[12:]] == [None] * 7
    assert [(row.first, row.second) for row in compared.rows[5:12]] == list(
        zip(before[5:], after[:7], strict=True)
    )
    first = compared.rows[5]
    assert (first.principal, first.interest, first.days_later) == (euros("-50"), euros("0"), 0)
    assert len(rp.compare(before, after).rows) == 14
    assert len(compared.rows) == 19


def test_dates_are_in_order_and_each_row_stands_once() -> None:
    weekly = built(first_due=DATE(2026, 1, 22), frequency=rp.Frequency.WEEKLY)
    compared = rp.compare(built(), weekly, match=rp.Match.DATE)
    assert [row.first for row in compared.rows if row.first is not None] == list(built())
    assert [row.second for row in compared.rows if row.second is not None] == list(weekly)
    days = [(row.first or row.second).scheduled_for for row in compared.rows]  # type: ignore[union-attr]  # one is there
    assert days == sorted(set(days))


def test_dates_match_before_they_are_moved() -> None:
    compared = rp.compare(built(), built(calendar=rp.WeekendCalendar()), match=rp.Match.DATE)
    assert len(compared.rows) == 12
    assert [row.days_later for row in compared.rows[:3]] == [1, 1, 0]


def test_totals_do_not_ask_how_rows_match() -> None:
    first, second = built(), built(grace=rp.Grace(principal=2, interest=2))
    by_number, by_date = rp.compare(first, second), rp.compare(first, second, match=rp.Match.DATE)
    assert by_number.total == by_date.total
    assert rp.Money.total((row.amount for row in by_date.rows), "EUR") == by_date.total
    assert by_number != by_date
    assert (len(by_number.rows), len(by_date.rows)) == (12, 14)


@pytest.mark.parametrize("wrong", ["date", None, 1, True])
def test_only_a_match_says_how_rows_match(wrong: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.compare(built(), built(), match=wrong)  # type: ignore[arg-type]
    assert caught.value.field == "match"


def test_a_row_compares_at_least_one_installment() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.RowComparison(None, None)
    assert caught.value.code == "comparison.empty"
    for wrong in ("row", built()):
        with pytest.raises(rp.InputTypeError) as refused:
            rp.RowComparison(built()[0], wrong)  # type: ignore[arg-type]
        assert refused.value.field == "second"


def test_a_row_of_two_currencies_is_refused() -> None:
    dollars = built(principal=rp.Money("1200", "USD"))[0]
    with pytest.raises(rp.MoneyError):
        rp.RowComparison(built()[0], dollars)


# --- bounds and refusals


def test_the_greatest_sums() -> None:
    least = built(principal=cents(1), rate=rp.Rate.annual(0), repayment=rp.LevelPayment(1))
    most = built(principal=cents(10**18), rate=rp.Rate.annual(0), repayment=rp.LevelPayment(1))
    assert rp.compare(least, most).total == rp.compare(least, most).rows[0].amount == cents(10**18 - 1)
    assert rp.compare(most, least).highest == cents(1 - 10**18)


def test_ten_thousand_rows() -> None:
    days = rp.Frequency.every_days(1)
    longest = built(frequency=days, principal=cents(10**9), repayment=rp.EqualPrincipal(10_000))
    compared = rp.compare(built(), longest)
    assert len(compared.rows) == 10_000
    assert (compared.rows[11].days_later, compared.rows[12].days_later) == (-323, None)
    assert compared.installments == 9_988


@pytest.mark.parametrize("decimals", ["KWD", "JPY"])
def test_other_currencies(decimals: str) -> None:
    first = built(principal=rp.Money("1200", decimals))
    second = built(principal=rp.Money("1300", decimals), repayment=EQUAL)
    compared = rp.compare(first, second)
    assert compared.total == second.total - first.total
    assert compared.rows[0].amount.currency.code == decimals


def test_a_comparison_is_a_value() -> None:
    compared = rp.compare(built(), built(repayment=EQUAL))
    assert compared == rp.compare(built(), built(repayment=EQUAL))
    assert compared != rp.compare(built(repayment=EQUAL), built())
    assert compared.rows == tuple(compared.rows)
    assert repickled(compared) == compared
    assert repickled(compared.rows[0]) == compared.rows[0]
    assert compared == rp.ScheduleComparison(compared.first, compared.second)
    with pytest.raises(AttributeError):
        compared.first = compared.second  # type: ignore[misc]


@pytest.mark.parametrize("wrong", ["schedule", None, [], built()[0], built().terms])
def test_only_schedules_are_compared(wrong: object) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.compare(wrong, built())  # type: ignore[arg-type]
    assert caught.value.field == "first"
    with pytest.raises(rp.InputTypeError) as caught:
        rp.compare(built(), wrong)  # type: ignore[arg-type]
    assert caught.value.field == "second"


@pytest.mark.parametrize("currency", ["USD", rp.Currency("EUR", 3)])
def test_two_currencies_are_refused(currency: rp.Currency | str) -> None:
    with pytest.raises(rp.MoneyError) as caught:
        rp.compare(built(), built(principal=rp.Money("1200", currency)))
    assert (caught.value.code, caught.value.field) == ("money.currency", "second")
