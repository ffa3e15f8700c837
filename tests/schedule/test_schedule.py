"""The schedule as a value: rows, totals, and what a hand-built one is refused for."""

from __future__ import annotations

import copy
import datetime
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.schedule import DATE, built, cents, euros, terms_with

CARRIED = rp.CarriedBalances(
    interest=rp.CarriedBalance(euros("12"), rp.CarriedTreatment.SPREAD),
    fees=rp.CarriedBalance(euros("30"), rp.CarriedTreatment.FIRST),
    penalties=rp.CarriedBalance(euros("5"), rp.CarriedTreatment.WAIVE),
)


def test_a_row_shows_every_part() -> None:
    row = built(carried=CARRIED)[0]
    assert row == rp.Installment(
        number=1,
        scheduled_for=DATE(2026, 2, 15),
        due_on=DATE(2026, 2, 15),
        opening=euros("1200"),
        principal=euros("94.62"),
        interest=euros("12"),
        accrued=euros("12"),
        fees=euros("0"),
        carried_interest=euros("1"),
        carried_fees=euros("30"),
        carried_penalties=euros("0"),
    )
    assert row.amount == euros("137.62")
    assert row.closing == euros("1105.38")


def test_the_amount_sums_all_six_parts() -> None:
    row = built()[0]
    fields = ("principal", "interest", "fees", "carried_interest", "carried_fees", "carried_penalties")
    powers: dict[str, Any] = {field: cents(10**place) for place, field in enumerate(fields)}
    assert attrs.evolve(row, **powers).amount == cents(111_111)


def test_totals_sum_the_rows() -> None:
    schedule = built(carried=CARRIED)
    assert schedule.total_principal == euros("1200")
    assert schedule.total_interest == rp.Money.total((row.interest for row in schedule), "EUR")
    assert schedule.total_carried == euros("42")
    assert schedule.waived == euros("5")
    assert schedule.capitalized == euros("0")
    assert schedule.total == rp.Money.total((row.amount for row in schedule), "EUR")
    assert schedule.highest == schedule[0].amount


def test_the_highest_may_be_the_last() -> None:
    schedule = built(repayment=rp.LevelPayment(12, step=euros("10"), rounding=rp.Rounding.DOWN))
    assert schedule.highest == schedule[-1].amount > schedule[0].amount


def test_a_schedule_is_a_sequence_of_its_rows() -> None:
    schedule = built()
    rows = list(schedule)
    assert len(schedule) == len(rows) == 12
    assert schedule[0] == rows[0]
    assert schedule[-1] == rows[-1]
    assert schedule[2:4] == tuple(rows[2:4])
    assert rows[5] in schedule
    assert schedule.index(rows[5]) == 5
    assert list(reversed(schedule)) == rows[::-1]
    with pytest.raises(IndexError):
        schedule[12]


def test_the_last_due_date_is_the_moved_one() -> None:
    # 15 February 2026 is a Sunday
    schedule = built(calendar=rp.WeekendCalendar(), repayment=rp.LevelPayment(1))
    assert schedule.last_due == DATE(2026, 2, 16)
    assert schedule[0].scheduled_for == DATE(2026, 2, 15)


def test_plain_rows_hold_dates_decimals_and_the_currency() -> None:
    row = built(carried=CARRIED).to_rows()[0]
    assert row == {
        "number": 1,
        "scheduled_for": DATE(2026, 2, 15),
        "due_on": DATE(2026, 2, 15),
        "opening": Decimal("1200.00"),
        "principal": Decimal("94.62"),
        "interest": Decimal("12.00"),
        "accrued": Decimal("12.00"),
        "fees": Decimal("0.00"),
        "carried_interest": Decimal("1.00"),
        "carried_fees": Decimal("30.00"),
        "carried_penalties": Decimal("0.00"),
        "amount": Decimal("137.62"),
        "closing": Decimal("1105.38"),
        "currency": "EUR",
    }


def test_every_row_has_a_plain_row() -> None:
    schedule = built()
    assert [row["number"] for row in schedule.to_rows()] == list(range(1, 13))
    assert schedule.to_rows()[-1]["closing"] == 0


def test_the_repr_gives_the_extent() -> None:
    schedule = built()
    assert repr(schedule) == f"<Schedule of 12 installments to 2027-01-15, {schedule.total} in all>"


def test_equal_terms_give_equal_schedules() -> None:
    assert built() == built()
    assert hash(built()) == hash(built())
    assert built() != built(rate=rp.Rate.annual("0.13"))


def test_a_schedule_is_frozen() -> None:
    schedule = built()
    with pytest.raises(AttributeError):
        schedule.principals = ()  # type: ignore[misc]
    with pytest.raises(AttributeError):
        schedule[0].number = 2  # type: ignore[misc]


@pytest.mark.parametrize("read_first", [False, True])
def test_a_schedule_pickles_and_copies_to_an_equal_one(read_first: bool) -> None:  # noqa: FBT001
    schedule = built(carried=CARRIED)
    if read_first:
        assert schedule.rows
    for other in (pickle.loads(pickle.dumps(schedule)), copy.deepcopy(schedule)):  # noqa: S301  our own bytes
        assert other == schedule
        assert list(other) == list(schedule)


# --- built by hand, or from a forged pickle


def by_hand(**changes: object) -> rp.Schedule:
    """Two rows of 600.00 each, with some parts changed."""
    parts: dict[str, Any] = {
        "terms": terms_with(repayment=rp.LevelPayment(2)),
        "scheduled": (DATE(2026, 2, 15), DATE(2026, 3, 15)),
        "due": (DATE(2026, 2, 15), DATE(2026, 3, 15)),
        "principals": (60_000, 60_000),
        "interests": (1_200, 600),
        **changes,
    }
    return rp.Schedule(**parts)


def test_a_row_whose_interest_is_not_the_rounded_product_is_refused() -> None:
    with pytest.raises(rp.TermsError) as caught:
        by_hand(interests=(1_200, 601))
    assert (caught.value.code, caught.value.field) == ("schedule.interest", "interests[1]")


def test_the_parts_of_a_schedule_make_one() -> None:
    assert [row.amount for row in by_hand()] == [euros("612"), euros("606")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"principals": (120_000,)}, "schedule.length"),
        ({"interests": ()}, "schedule.length"),
        ({"due": (DATE(2026, 2, 15),)}, "schedule.length"),
        ({"scheduled": ()}, "schedule.length"),
        ({"scheduled": (), "due": (), "principals": (), "interests": ()}, "schedule.amount"),
        ({"principals": (120_000, 0)}, "schedule.amount"),
        ({"principals": (120_001, -1)}, "schedule.amount"),
        ({"interests": (0, -1)}, "schedule.amount"),
        ({"principals": (60_000, 59_999)}, "schedule.sum"),
        ({"principals": (60_000, 60_001)}, "schedule.sum"),
        ({"scheduled": (DATE(2026, 3, 15), DATE(2026, 2, 15))}, "schedule.dates"),
        ({"scheduled": (DATE(2026, 2, 15), DATE(2026, 2, 15))}, "schedule.dates"),
        ({"due": (DATE(2026, 3, 15), DATE(2026, 2, 15))}, "schedule.dates"),
    ],
)
def test_parts_that_make_no_schedule_are_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(rp.TermsError) as caught:
        by_hand(**changes)
    assert caught.value.code == code


def test_due_dates_may_fall_on_one_day() -> None:
    same_day = (DATE(2026, 3, 16), DATE(2026, 3, 16))
    worked = terms_with(repayment=rp.LevelPayment(2), calendar=rp.WeekendCalendar())
    assert by_hand(terms=worked, due=same_day).last_due == DATE(2026, 3, 16)


def test_a_hand_made_schedule_has_as_many_rows_as_its_terms_state() -> None:
    with pytest.raises(rp.TermsError, match="as many rows") as caught:
        by_hand(terms=terms_with(repayment=rp.LevelPayment(3)))
    assert caught.value.code == "schedule.length"
    fixed = terms_with(repayment=rp.FixedPayment(euros("612")))
    assert len(by_hand(terms=fixed)) == 2


def test_without_a_calendar_no_due_date_moves() -> None:
    with pytest.raises(rp.TermsError, match="no calendar") as caught:
        by_hand(due=(DATE(2026, 2, 16), DATE(2026, 3, 16)))
    assert (caught.value.code, caught.value.field) == ("schedule.dates", "due")


def test_no_interest_is_a_schedule_too() -> None:
    free = terms_with(rate=rp.Rate.annual(0), repayment=rp.LevelPayment(2))
    assert by_hand(terms=free, interests=(0, 0)).total_interest == cents(0)


@pytest.mark.parametrize(
    "changes",
    [
        {"terms": None},
        {"principals": (60_000.0, 60_000.0)},
        {"principals": (119_999, True)},
        {"interests": (1_200.5, 600)},
        {"interests": (1_200, False)},
        {"scheduled": ("2026-02-15", "2026-03-15")},
        {"due": (datetime.datetime(2026, 2, 15), datetime.datetime(2026, 3, 15))},  # noqa: DTZ001  wrong on purpose
        {"due": (pendulum.datetime(2026, 2, 15), pendulum.datetime(2026, 3, 15))},
    ],
)
def test_parts_of_another_type_are_refused(changes: dict[str, object]) -> None:
    # a pickle is read through the same checks, so a forged one could otherwise hold a float
    with pytest.raises(rp.InputTypeError):
        by_hand(**changes)


def test_lists_are_kept_as_tuples() -> None:
    schedule = by_hand(principals=[60_000, 60_000], due=[DATE(2026, 2, 15), DATE(2026, 3, 15)])
    assert schedule == by_hand()
    assert hash(schedule) == hash(by_hand())


def test_an_installment_before_the_start_is_refused() -> None:
    early = (DATE(2026, 1, 14), DATE(2026, 3, 15))
    with pytest.raises(rp.RepayPlanError):
        by_hand(scheduled=early, due=early)


def test_amounts_beyond_the_bound_of_money_are_refused_when_built() -> None:
    # a schedule whose total cannot be read is no schedule
    with pytest.raises(rp.RepayPlanError):
        by_hand(interests=(10**18, 10**18))


@pytest.mark.parametrize(
    "changes",
    [
        {"principal": cents(10**18), "rate": rp.Rate.annual("1"), "repayment": rp.EqualPrincipal(30)},
        {
            "principal": cents(10**18),
            "carried": rp.CarriedBalances(fees=rp.CarriedBalance(cents(10**18), rp.CarriedTreatment.FIRST)),
        },
    ],
)
def test_terms_that_lead_beyond_the_bound_of_money_are_refused_when_built(changes: dict[str, object]) -> None:
    with pytest.raises(rp.RepayPlanError):
        built(**changes)


def test_a_hand_built_row_may_repay_nothing_only_in_rows_of_interest_alone() -> None:
    interest_only = terms_with(repayment=rp.InterestOnly(2))
    made = by_hand(terms=interest_only, principals=(0, 120_000), interests=(1_200, 1_200))
    assert made == built(repayment=rp.InterestOnly(2))
    with pytest.raises(rp.TermsError) as caught:
        by_hand(principals=(0, 120_000), interests=(1_200, 1_200))
    assert caught.value.code == "schedule.amount"
    with pytest.raises(rp.TermsError):
        by_hand(terms=interest_only, principals=(60_000, 60_000))


def test_the_dates_of_a_hand_built_schedule_are_those_of_its_terms() -> None:
    days = (DATE(2026, 2, 15), DATE(2026, 3, 16))
    with pytest.raises(rp.TermsError, match="terms give") as caught:
        by_hand(scheduled=days)
    assert (caught.value.code, caught.value.field) == ("schedule.dates", "scheduled")
    ended = terms_with(repayment=rp.LevelPayment(2), ends_on=DATE(2026, 2, 15))
    with pytest.raises(rp.TermsError, match="terms give"):
        by_hand(terms=ended)


def test_a_hand_built_schedule_may_leave_only_what_its_terms_leave() -> None:
    stated = terms_with(review_on=DATE(2026, 4, 1), residual=euros("200"), repayment=rp.EqualPrincipal(2))
    assert by_hand(terms=stated, principals=(60_000, 40_000)).residual == euros("200")
    for principals in ((60_000, 40_001), (60_000, 39_999), (60_000, 60_000)):
        with pytest.raises(rp.TermsError) as caught:
            by_hand(terms=stated, principals=principals)
        assert caught.value.code == "schedule.sum"
    left = terms_with(review_on=DATE(2026, 4, 1), repayment=rp.FixedPayment(euros("612")))
    assert by_hand(terms=left, principals=(60_000, 30_000)).residual == euros("300")
    with pytest.raises(rp.TermsError):
        by_hand(terms=left, principals=(60_000, 60_001))


def test_totals_count_fees_and_what_is_paid_up_front() -> None:
    schedule = built(
        upfront=euros("200"), fees=[rp.InstallmentFee(euros("1"))], repayment=rp.EqualPrincipal(2)
    )
    assert schedule.total_fees == euros("2")
    assert schedule.total == euros("200") + rp.Money.total((row.amount for row in schedule), "EUR")
    assert schedule.highest == euros("511")
    assert schedule.residual == euros("0")
    assert schedule[0].fees == euros("1")


def test_interest_that_is_put_off_is_asked_for_once() -> None:
    schedule = built(grace=rp.Grace(interest=2), repayment=rp.EqualPrincipal(3))
    assert [row.accrued.minor_units for row in schedule] == [1200, 800, 400]
    assert [row.interest.minor_units for row in schedule] == [0, 0, 2400]
    assert schedule.to_rows()[0]["accrued"] == Decimal("12.00")
    assert schedule.to_rows()[0]["interest"] == Decimal("0.00")
    assert schedule.total_interest == euros("24")
