from __future__ import annotations

import pendulum
import pytest

import repayplan as rp
from repayplan.plan.limits import Limits
from tests.plan import AS_OF, EUR, FIRST_DUE, money


def certified(
    payments: list[int], capacity: int, frequency: rp.Frequency = rp.Frequency.MONTHLY, **fields: object
) -> rp.CapacityCertificate:
    """Payments without interest, held against a monthly capacity, in minor units."""
    stated: dict[str, object] = {
        "principal": money(sum(payments)),
        "rate": rp.Rate.annual(0),
        "starts_on": AS_OF,
        "first_due": FIRST_DUE,
        "frequency": frequency,
        "repayment": rp.CustomPayments([money(units) for units in payments]),
    }
    schedule = rp.build_schedule(rp.Terms(**{**stated, **fields}))  # type: ignore[arg-type]  # by name
    return rp.CapacityCertificate(schedule, rp.Capacity(money(capacity)))


@pytest.mark.parametrize(
    ("payments", "capacity", "frequency", "holds"),
    [
        ([100, 100, 100], 100, rp.Frequency.MONTHLY, True),
        ([100, 100, 101], 100, rp.Frequency.MONTHLY, False),  # only the last is too high
        ([101, 100, 100], 100, rp.Frequency.MONTHLY, False),
        ([50, 50], 100, rp.Frequency.SEMI_MONTHLY, True),
        ([50, 51], 100, rp.Frequency.SEMI_MONTHLY, False),
        ([12, 12], 52, rp.Frequency.WEEKLY, True),
        ([12, 13], 52, rp.Frequency.WEEKLY, False),
        # More than monthly: five weekly installments in one month are within a month's share of the year.
        ([12] * 5, 52, rp.Frequency.WEEKLY, True),
        # Less often than monthly: what falls in one month keeps to one month's capacity.
        ([100, 100], 100, rp.Frequency.QUARTERLY, True),
        ([101, 100], 100, rp.Frequency.QUARTERLY, False),
        ([300, 300], 100, rp.Frequency.QUARTERLY, False),
        ([100, 1_200], 100, rp.Frequency.ANNUAL, False),
        ([1], 0, rp.Frequency.MONTHLY, False),
    ],
)
def test_the_verdict_counts_every_row_and_every_month(
    payments: list[int], capacity: int, frequency: rp.Frequency, *, holds: bool
) -> None:
    first = pendulum.date(2026, 1, 31) if frequency is rp.Frequency.SEMI_MONTHLY else FIRST_DUE
    assert certified(payments, capacity, frequency, first_due=first).holds is holds


def test_a_line_states_date_amount_capacity_and_slack() -> None:
    saturday = pendulum.date(2026, 2, 28)
    certificate = certified([60, 40], 50, first_due=saturday, calendar=rp.WeekendCalendar())
    first, second = certificate.lines
    assert (first.number, first.scheduled_for, first.due_on) == (1, saturday, pendulum.date(2026, 3, 2))
    assert (first.amount, first.capacity, first.slack) == (money(60), money(50), money(-10))
    assert (second.number, second.amount, second.slack) == (2, money(40), money(10))


def test_months_are_those_of_the_scheduled_dates() -> None:
    # Both due dates move within March, but what is scheduled for February stays February's.
    certificate = certified(
        [60, 40], 100, first_due=pendulum.date(2026, 2, 28), calendar=rp.WeekendCalendar()
    )
    assert [
        (line.year, line.month, line.amount, line.capacity, line.slack) for line in certificate.months
    ] == [
        (2026, 2, money(60), money(100), money(40)),
        (2026, 3, money(40), money(100), money(60)),
    ]
    assert certificate.holds


@pytest.mark.parametrize(
    ("frequency", "counts_months"),
    [
        (rp.Frequency.WEEKLY, False),
        (rp.Frequency.FOUR_WEEKLY, False),
        (rp.Frequency.every_days(30), False),
        (rp.Frequency.MONTHLY, True),
        (rp.Frequency.every_days(31), True),
        (rp.Frequency.QUARTERLY, True),
    ],
)
def test_months_are_counted_where_installments_come_monthly_or_less_often(
    frequency: rp.Frequency, *, counts_months: bool
) -> None:
    assert bool(certified([1, 1], 100, frequency).months) is counts_months


def test_the_tightest_is_the_earliest_of_the_least_slack() -> None:
    certificate = certified([90, 95, 80, 95], 100)
    assert certificate.tightest == certificate.lines[1]


def test_the_tightest_may_be_a_month() -> None:
    # 90 of the 300 that three months allow, but of the 100 that one month does.
    certificate = certified([80, 90], 100, rp.Frequency.QUARTERLY)
    assert certificate.tightest == certificate.months[1]
    assert certificate.tightest.slack == money(10)


@pytest.mark.parametrize(("capacity", "passed"), [(90, True), (89, False)])
def test_the_verdict_as_a_finding_states_the_tightest(capacity: int, *, passed: bool) -> None:
    finding = certified([80, 90], capacity).finding("fits")
    assert (finding.rule, finding.passed, finding.observed, finding.limit) == (
        "fits",
        passed,
        money(90),
        money(capacity),
    )


def test_another_currency_is_refused() -> None:
    schedule = certified([1], 1).schedule
    with pytest.raises(rp.MoneyError) as caught:
        rp.CapacityCertificate(schedule, rp.Capacity(rp.Money(1, "USD")))
    assert (caught.value.code, caught.value.field) == ("money.currency", "capacity")
    assert caught.value.data["expected"] == EUR


@pytest.mark.parametrize(
    ("upfront", "first"), [(None, FIRST_DUE), (money(1), AS_OF)], ids=["installments", "up front"]
)
def test_a_capacity_that_begins_too_late_is_refused(upfront: rp.Money | None, first: pendulum.Date) -> None:
    schedule = certified([1], 1, principal=money(1 if upfront is None else 2), upfront=upfront).schedule
    month = first.replace(day=1)
    assert rp.CapacityCertificate(schedule, rp.Capacity([(month, money(5))])).holds
    late = rp.Capacity([(month.add(months=1), money(5))])
    for certified_by in (
        lambda: rp.CapacityCertificate(schedule, late),
        lambda: rp.JointCertificate([schedule], late),
    ):
        with pytest.raises(rp.DateError) as caught:
            certified_by()
        assert (caught.value.code, caught.value.field) == ("capacity.unknown", "capacity")
        assert caught.value.data == {"first": month.add(months=1), "on": first}


@pytest.mark.parametrize("field", ["schedule", "capacity", "frequency"])
def test_a_field_of_the_wrong_type_is_refused(field: str) -> None:
    good = certified([1], 1)
    stated: dict[str, object] = {"schedule": good.schedule, "capacity": good.capacity}
    with pytest.raises(rp.InputTypeError) as caught:
        rp.CapacityCertificate(**{**stated, field: 100})  # type: ignore[arg-type]  # the point
    assert caught.value.field == field


def test_a_verdict_cannot_be_stated() -> None:
    certificate = certified([2], 1)
    with pytest.raises(TypeError):
        rp.CapacityCertificate(certificate.schedule, certificate.capacity, holds=True)  # type: ignore[call-arg]
    assert not certificate.holds


# --- what is paid up front, and listed dates


def with_upfront(
    upfront: int,
    payments: list[int],
    capacity: int,
    frequency: rp.Frequency = rp.Frequency.MONTHLY,
    **fields: object,
) -> rp.CapacityCertificate:
    """Payments and one up front, held against a monthly capacity, in minor units."""
    owed = money(upfront + sum(payments))
    return certified(payments, capacity, frequency, principal=owed, upfront=money(upfront), **fields)


@pytest.mark.parametrize(
    ("upfront", "payments", "capacity", "holds"),
    [
        (100, [100, 100], 100, True),
        (101, [100, 100], 100, False),
        (1, [100, 101], 100, False),
        (99, [1], 99, True),
    ],
)
def test_what_is_paid_up_front_keeps_to_capacity(
    upfront: int, payments: list[int], capacity: int, *, holds: bool
) -> None:
    assert with_upfront(upfront, payments, capacity).holds is holds


def test_what_is_paid_up_front_is_line_number_nought_on_the_first_day() -> None:
    first, second = with_upfront(70, [60], 100).lines
    assert (first.number, first.scheduled_for, first.due_on) == (0, AS_OF, AS_OF)
    assert (first.amount, first.capacity, first.slack) == (money(70), money(100), money(30))
    assert (second.number, second.amount) == (1, money(60))


def test_what_is_paid_up_front_counts_in_its_month() -> None:
    # both on days of January
    in_january = pendulum.date(2026, 1, 31)
    together = with_upfront(50, [60], 100, first_due=in_january)
    assert [(month.year, month.month, month.amount) for month in together.months] == [(2026, 1, money(110))]
    assert not together.holds
    assert together.tightest == together.months[0]
    apart = with_upfront(50, [60], 100)
    assert [(month.month, month.amount) for month in apart.months] == [(1, money(50)), (2, money(60))]
    assert apart.holds


def test_what_is_paid_up_front_of_a_weekly_plan_is_one_week_s() -> None:
    # 52 a month are 12 a week
    assert with_upfront(12, [12], 52, frequency=rp.Frequency.WEEKLY).holds
    assert not with_upfront(13, [12], 52, frequency=rp.Frequency.WEEKLY).holds


def on_dates(
    days: list[tuple[int, int]], payments: list[int], capacity: int, **fields: object
) -> rp.CapacityCertificate:
    """Payments on the listed days of 2026, given as month and day."""
    dates = [pendulum.date(2026, month, day) for month, day in days]
    return certified(payments, capacity, rp.Frequency.on_dates(dates), first_due=dates[0], **fields)


@pytest.mark.parametrize(
    ("days", "payments", "holds"),
    [
        ([(2, 1), (3, 1)], [100, 100], True),
        ([(2, 1), (3, 1)], [100, 101], False),
        ([(2, 1), (2, 28)], [50, 50], True),
        ([(2, 1), (2, 28)], [50, 51], False),  # each within capacity, and not the month
        ([(2, 1), (2, 2), (2, 3), (3, 1)], [33, 33, 34, 100], True),
        ([(2, 28), (3, 1)], [100, 100], True),
    ],
)
def test_listed_dates_keep_to_the_capacity_of_each_month(
    days: list[tuple[int, int]], payments: list[int], *, holds: bool
) -> None:
    certificate = on_dates(days, payments, 100)
    assert certificate.holds is holds
    assert {line.capacity for line in certificate.lines} == {money(100)}


def test_listed_dates_and_what_is_paid_up_front_share_a_month() -> None:
    certificate = on_dates([(1, 31), (2, 1)], [60, 60], 100, principal=money(170), upfront=money(50))
    assert [(month.month, month.amount) for month in certificate.months] == [(1, money(110)), (2, money(60))]
    assert not certificate.holds
    assert certificate.finding("fits").observed == money(110)


@pytest.mark.parametrize(
    ("frequency", "limit"),
    [
        (rp.Frequency.on_dates([FIRST_DUE]), 100),
        (rp.Frequency.MONTHLY, 100),
        (rp.Frequency.QUARTERLY, 100),
        (rp.Frequency.SEMI_MONTHLY, 50),
        (rp.Frequency.WEEKLY, 23),
    ],
)
def test_the_limit_of_one_installment_is_also_that_of_its_month(frequency: rp.Frequency, limit: int) -> None:
    assert Limits(rp.Capacity(money(100)), frequency, frequency.date_count is not None).rows([FIRST_DUE]) == [
        limit
    ]


def test_listed_dates_of_a_weekly_plan_keep_to_a_weeks_part_and_to_the_month() -> None:
    dates = [pendulum.date(2026, 2, day) for day in (1, 8, 22)]
    listed = certified([12, 12, 13], 52, rp.Frequency.on_dates(dates))
    assert listed.holds  # held to the month alone
    weekly = rp.CapacityCertificate(listed.schedule, listed.capacity, rp.Frequency.WEEKLY)
    assert not weekly.holds
    assert weekly.tightest == weekly.lines[2]
    assert weekly.months == listed.months


def test_a_frequency_that_is_not_the_schedules_is_refused() -> None:
    monthly = certified([12], 52)
    with pytest.raises(rp.TermsError) as caught:
        rp.CapacityCertificate(monthly.schedule, monthly.capacity, rp.Frequency.WEEKLY)
    assert (caught.value.code, caught.value.field) == ("certificate.frequency", "frequency")
