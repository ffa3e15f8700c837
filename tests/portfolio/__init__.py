"""Batches of accounts for the tests, and what the scalar path says of each of their rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import numpy as np
import pendulum
import pyarrow as pa

import repayplan as rp
from repayplan.portfolio import IN_ACCOUNTS

if TYPE_CHECKING:
    from repayplan.calendars import CalendarLike

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
MADE: dict[str, Any] = {
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
    made: rp.Frequency = MADE[kind](*map(int, figures))
    return made


def terms_of(row: Row, calendars: Mapping[str, CalendarLike] | None = None) -> rp.Terms:
    """Write the terms of an account out, as a user of the scalar path would."""
    given = {**DEFAULTS, **{name: value for name, value in row.items() if value is not None}}
    repayment = _pattern_of(given)  # first, as there: of two things that are wrong one is said

    def money(name: str) -> rp.Money | None:
        return None if name not in given else rp.Money.from_minor_units(given[name], given["currency"])

    fee = money("installment_fee")
    return rp.Terms(
        principal=money("principal"),  # type: ignore[arg-type]  # it is there, or refused
        rate=_rate_of(given),
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


def _rate_of(given: Row) -> rp.Rate:
    try:
        return rp.Rate(given["rate"], UNITS[given["rate_per"]])
    except rp.RateError as error:  # of its only value, which is a column here
        raise rp.RateError(error.code, "rate", error.message, error.data) from None


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


def expected_rows(row: Row, calendars: Mapping[str, CalendarLike] | None = None) -> list[dict[str, Any]]:
    """Give what the scalar path says of an account: its installments, or one row with its error."""
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


def expected_standing(
    row: Row,
    paid: Sequence[Row],
    as_of: dt.date,
    rules: rp.OverdueRules,
    calendars: Mapping[str, CalendarLike] | None = None,
) -> dict[str, Any]:
    """Give what the scalar path says of where an account stands."""
    head = {"account": row["account"], "currency": row["currency"]}
    try:
        schedule = rp.build_schedule(terms_of(row, calendars))
        mine = [payment_of(item, row["currency"]) for item in paid if item["account"] == row["account"]]
        standing = rp.standing_on(schedule, mine, as_of, rules)
    except rp.RepayPlanError as error:
        return {**head, **dict.fromkeys(STANDING), "error": f"{error.code}: {error}"}
    parts = standing.past_due_by_component
    oldest = standing.oldest_unpaid_due_on
    values = (
        standing.past_due.minor_units,
        *(parts[rp.Component(name)].minor_units for name in ("fees", "interest", "principal")),
        None if oldest is None else plain(oldest),
        standing.days_past_due,
        standing.regulatory_days_past_due,
        standing.bucket,
        standing.class_,
    )
    return {**head, **dict(zip(STANDING, values, strict=True)), "error": None}


STANDING = (
    *("past_due", "past_due_fees", "past_due_interest", "past_due_principal", "oldest_unpaid_due_on"),
    *("days_past_due", "delinquent_days", "bucket", "class"),
)


def payment_of(row: Row, currency: str) -> rp.Payment:
    """Write a payment out, as a user of the scalar path would; without an amount there is none."""
    if row["amount"] is None:
        raise rp.PaymentError("portfolio.null", "payments.amount", "expected a value, got null")
    return rp.Payment(
        row["id"],
        rp.Money.from_minor_units(row["amount"], currency),
        row["received_on"],
        row.get("effective_on"),
        status=rp.PaymentStatus(row.get("status") or "cleared"),
        reverses=row.get("reverses"),
    )


def expected_screen(
    row: Row, rules: rp.AffordabilityRules, months_max: int, calendars: Mapping[str, CalendarLike]
) -> dict[str, Any]:
    """Give what the scalar path says of the plans that a household could pay."""
    head = {"account": row["account"], "currency": row["currency"]}
    try:
        found = _screened(row, rules, months_max, calendars)
    except rp.RepayPlanError as error:
        return {**head, **dict.fromkeys(SCREEN), "error": error.code}
    return {**head, **dict.fromkeys(SCREEN), **found, "error": None}


SCREEN = (
    *("capacity", "installment_min", "installment_max", "count_min", "count_max", "months_min", "months_max"),
    "reason",
)


def _screened(
    row: Row, rules: rp.AffordabilityRules, months_max: int, calendars: Mapping[str, CalendarLike]
) -> dict[str, Any]:
    capacity = _assessed(row, rules)
    name = "monthly" if row["frequency"] in {None, "yearly"} else row["frequency"]
    frequency = named_frequency(name)
    known = None if row["month_end"] == "round" else row["month_end"]
    changes = {"month_end": known, "frequency": name, "count": 1, "pattern": "level"}
    terms_of({**row, **changes, "frequency": "monthly"}, calendars)  # what else is wrong is said first
    if row["frequency"] == "yearly":
        raise rp.DateError("portfolio.frequency", "frequency", "no frequency")
    if known != row["month_end"]:
        raise rp.TermsError("portfolio.choice", "month_end", "no month end")
    terms = terms_of({**row, **changes}, calendars)  # the first date may be none of the frequency
    limit = capacity.per(frequency) if frequency.periods_per_year > 12 else capacity.monthly
    if frequency.periods_per_year <= 12 and terms.month_end is rp.MonthEnd.ROLL:
        limit = rp.Money.from_minor_units(limit.minor_units // 2, limit.currency)
    units = {"capacity": capacity.monthly.minor_units}
    if not limit:
        return {**units, "reason": "nothing is left to pay with"}
    longest_count = _count_within(terms, months_max)
    if longest_count == 0:
        return {**units, "reason": "it would take too long"}
    longest = _level(terms, longest_count)
    if longest is None:
        with_fewer = [schedule for count in range(1, longest_count) if (schedule := _level(terms, count))]
        longest = with_fewer[-1]
    if longest.highest > limit:
        below = limit <= longest[0].interest
        reason = "no more than the interest is left" if below else "it would take too long"
        return {**units, "reason": reason}
    counts = range(rp.solve_count(terms, payment=limit), len(longest) + 1)
    fitting = (
        schedule for count in counts if (schedule := _level(terms, count)) and schedule.highest <= limit
    )
    shortest = next(fitting, longest)
    return {
        **units,
        "installment_min": longest.highest.minor_units,
        "installment_max": shortest.highest.minor_units,
        "count_min": len(shortest),
        "count_max": len(longest),
        "months_min": _months(terms.starts_on, shortest.last_due),
        "months_max": _months(terms.starts_on, longest.last_due),
    }


def _count_within(terms: rp.Terms, months_max: int) -> int:
    """Count what falls due within the months, one by one, of a debt that has more installments than that."""
    end = pendulum.instance(terms.starts_on).add(months=months_max)
    count = int(months_max * terms.frequency.periods_per_month) + 2
    large, free = rp.Money(10**6, "EUR"), rp.Rate.annual("0")
    debt = attrs.evolve(terms, principal=large, rate=free, fees=[], repayment=rp.EqualPrincipal(count))
    return sum(max(item.scheduled_for, item.due_on) <= end for item in rp.build_schedule(debt))


def _level(terms: rp.Terms, count: int) -> rp.Schedule | None:
    try:
        return rp.build_schedule(attrs.evolve(terms, repayment=rp.LevelPayment(count)))
    except rp.TermsError:
        return None


def _months(start: dt.date, end: dt.date) -> int:
    starts = pendulum.date(start.year, start.month, start.day)
    return next(months for months in range(2_000) if starts.add(months=months) >= end)


def _assessed(row: Row, rules: rp.AffordabilityRules) -> rp.Capacity:
    def money(name: str) -> rp.Money:
        if row[name] is None:
            raise rp.TermsError("portfolio.null", name, "expected a value, got null")
        return rp.Money.from_minor_units(row[name], row["currency"])

    adults = 1 if row["adults"] is None else row["adults"]
    commitments = [] if row["commitments"] is None else [rp.Commitment("commitments", money("commitments"))]
    budget = rp.Budget(
        currency=rp.Currency.of(row["currency"]),
        household=rp.Household(adults, row["children"] or 0),
        incomes=[rp.Income("income", money("income"))],
        expenses=[rp.Expense("expenses", money("expenses"))],
        commitments=commitments,
    )
    return rp.assess(budget, rules=rules, as_of=row["starts_on"]).capacity


def sample(count: int, *, all_sound: bool = True) -> pa.RecordBatch:
    """Random accounts of 1 to 60 months, with ids, in three currencies; all by the period.

    Where not all are sound, some have a first period that bears more interest than a level payment.
    """
    chance = np.random.default_rng(17)
    starts = chance.integers(20_454, 20_819, count)  # 2026
    first_due = starts + chance.integers(0, 32 if all_sound else 62, count)
    shares = chance.integers(100, 2_400, count) if all_sound else chance.integers(0, 3_600, count)
    return pa.record_batch(
        {
            "account": pa.array([f"account-{number}" for number in range(count)]),
            "currency": pa.array(np.array(["CNY", "EUR", "KWD"])[chance.integers(0, 3, count)]),
            "principal": pa.array(chance.integers(10_000, 10**8, count)),
            "rate": pa.array([f"0.{share:04}" for share in shares]),
            "starts_on": pa.array(starts.astype(np.int32)).view(pa.date32()),
            "first_due": pa.array(first_due.astype(np.int32)).view(pa.date32()),
            "count": pa.array(chance.integers(1, 61, count)),
        }
    )
