"""A second engine, slow and obvious, for the tests to compare with: fractions, dates and loops.

It is written from the normative text of the design and shares no code with the package. It reads the fields
of ``Terms`` and nothing else of it: own date stepping, own day counts, own rounding, own calendars.
"""

from __future__ import annotations

import datetime
import itertools
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import repayplan as rp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROWS_MAX = 10_000
RUN_MAX = 366
ONE_DAY = datetime.timedelta(days=1)


class NoDateError(Exception):
    """A date that does not exist: after the last year, unknown to the calendar, or before the start."""


@dataclass(frozen=True)
class Row:
    """One expected row, in minor units."""

    number: int
    scheduled_for: datetime.date
    due_on: datetime.date
    opening: int
    principal: int
    interest: int
    carried: tuple[int, int, int]

    @property
    def amount(self) -> int:
        """All that is to be paid."""
        return self.principal + self.interest + sum(self.carried)


def expected_rows(terms: rp.Terms) -> list[Row] | None:
    """Give the rows that the terms define, or None if there is no valid schedule."""
    days = list(itertools.islice(scheduled_and_due(terms), row_count(terms)))
    if not days:
        return None
    rates = period_rates(terms, days)
    principal = amortized(terms)
    amounts = split_payments(terms, principal, rates)
    if amounts is None:
        return None
    carried = [
        carried_parts(balance, len(days))
        for balance in (terms.carried.interest, terms.carried.fees, terms.carried.penalties)
    ]
    rows, opening = [], principal
    for index, ((scheduled_for, due_on), (repaid, interest)) in enumerate(zip(days, amounts, strict=True)):
        parts = (carried[0][index], carried[1][index], carried[2][index])
        rows.append(Row(index + 1, scheduled_for, due_on, opening, repaid, interest, parts))
        opening -= repaid
    return rows


def amortized(terms: rp.Terms) -> int:
    """Give the principal and what is capitalized, in minor units."""
    balances = (terms.carried.interest, terms.carried.fees, terms.carried.penalties)
    return terms.principal.minor_units + sum(
        balance.amount.minor_units
        for balance in balances
        if balance is not None and balance.treatment.name == "CAPITALIZE"
    )


# --- amounts


def row_count(terms: rp.Terms) -> int:
    """Give the number of rows; 0 if a fixed payment never clears the debt."""
    repayment = terms.repayment
    if isinstance(repayment, rp.FixedPayment):
        return _rows_of_a_fixed_payment(terms, repayment.amount.minor_units)
    if isinstance(repayment, rp.CustomPayments):
        return len(repayment.amounts)
    assert isinstance(repayment, (rp.LevelPayment, rp.EqualPrincipal, rp.FlatInterest))
    return repayment.count


def _rows_of_a_fixed_payment(terms: rp.Terms, payment: int) -> int:
    balance = amortized(terms)
    start: datetime.date = terms.starts_on
    for number, day in enumerate(itertools.islice(scheduled_and_due(terms), ROWS_MAX), start=1):
        end = accrued_to(terms, day)
        # Which row is the last is not known yet, so none of them is taken for the maturity.
        interest = rounded(balance * period_rate(terms, number, start, end, None), terms.rounding.name)
        if balance + interest <= payment:
            return number
        if payment <= interest:
            return 0
        balance -= payment - interest
        start = end
    return 0


def split_payments(
    terms: rp.Terms, principal: int, rates: Sequence[Fraction]
) -> list[tuple[int, int]] | None:
    """Give principal and interest of each row; None if a row is empty or the debt is cleared too early."""
    repayment, mode = terms.repayment, terms.rounding.name
    payments = stated_payments(terms, principal, rates)
    rows, balance = [], principal
    for index, rate in enumerate(rates):
        base = principal if isinstance(repayment, rp.FlatInterest) else balance
        interest = rounded(base * rate, mode)
        last = index == len(rates) - 1
        if last and not isinstance(repayment, rp.CustomPayments):
            repaid = balance
        elif payments is None:  # the pattern states principal, not the payment
            repaid = rounded(Fraction(principal, len(rates)), mode)
        else:
            repaid = payments[index] - interest
        if repaid <= 0 or (repaid != balance if last else repaid >= balance):
            return None
        rows.append((repaid, interest))
        balance -= repaid
    return rows


def stated_payments(terms: rp.Terms, principal: int, rates: Sequence[Fraction]) -> list[int] | None:
    """Give the payment of each row where the pattern states one, None where it states the principal."""
    repayment, mode = terms.repayment, terms.rounding.name
    if isinstance(repayment, rp.FixedPayment):
        return [repayment.amount.minor_units] * len(rates)
    if isinstance(repayment, rp.CustomPayments):
        return [amount.minor_units for amount in repayment.amounts]
    if isinstance(repayment, rp.LevelPayment):
        own_mode = mode if repayment.rounding is None else repayment.rounding.name
        return [to_step(level(principal, rates), repayment.step, own_mode)] * len(rates)
    if isinstance(repayment, rp.FlatInterest) and repayment.step is not None:
        equal = Fraction(principal, len(rates))
        return [to_step(equal + principal * rate, repayment.step, mode) for rate in rates]
    return None


def level(principal: int, rates: Sequence[Fraction]) -> Fraction:
    """Solve for the payment that leaves nothing: what is left is a straight line in the payment."""

    def left_over(payment: int) -> Fraction:
        balance = Fraction(principal)
        for rate in rates:
            balance = balance * (1 + rate) - payment
        return balance

    at_zero, at_one = left_over(0), left_over(1)
    return at_zero / (at_zero - at_one)


def to_step(exact: Fraction, step: rp.Money | None, mode: str) -> int:
    """Round to a multiple of the step, or to a minor unit."""
    unit = 1 if step is None else step.minor_units
    return rounded(exact / unit, mode) * unit


def rounded(exact: Fraction, mode: str) -> int:
    """Round a number that is not negative, as the modes of ``decimal`` do."""
    below = math.floor(exact)
    rest = exact - below
    if rest == 0:
        return below
    half = Fraction(1, 2)
    upwards = {
        "HALF_EVEN": rest > half or (rest == half and below % 2 == 1),
        "HALF_UP": rest >= half,
        "HALF_DOWN": rest > half,
        "UP": True,
        "CEILING": True,
        "DOWN": False,
        "FLOOR": False,
    }
    return below + 1 if upwards[mode] else below


def carried_parts(balance: rp.CarriedBalance | None, count: int) -> list[int]:
    """Give the part of a carried balance that falls on each row."""
    parts = [0] * count
    if balance is None:
        return parts
    if balance.treatment.name == "FIRST":
        parts[0] = balance.amount.minor_units
    if balance.treatment.name == "SPREAD":
        each, over = divmod(balance.amount.minor_units, count)
        parts = [each + 1] * over + [each] * (count - over)
    return parts


# --- time


def period_rates(terms: rp.Terms, days: Sequence[tuple[datetime.date, datetime.date]]) -> list[Fraction]:
    """Give the rate of each period of a schedule of known length."""
    ends = [accrued_to(terms, day) for day in days]
    starts = [terms.starts_on, *ends]
    return [
        period_rate(terms, number, start, end, ends[-1])
        for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1)
    ]


def accrued_to(terms: rp.Terms, day: tuple[datetime.date, datetime.date]) -> datetime.date:
    """Give the date to which the interest of a period runs."""
    return day[1] if terms.accrue_to.name == "DUE" else day[0]


def period_rate(
    terms: rp.Terms, number: int, start: datetime.date, end: datetime.date, maturity: datetime.date | None
) -> Fraction:
    """Give the rate of one period."""
    stated = terms.rate.value
    if terms.rate.unit.name == "DAY":
        return stated * days_between(start, end)
    yearly = stated * 12 if terms.rate.unit.name == "MONTH" else stated
    if terms.day_count.name == "NOMINAL":
        if number == 1 and not first_is_regular(terms):
            return yearly * nominal_stub(terms)
        return yearly / periods_per_year(terms.frequency)
    return yearly * year_fraction(terms.day_count.name, start, end, maturity)


def periods_per_year(frequency: rp.Frequency) -> Fraction:
    """Give the periods in a year by convention."""
    days, months = getattr(frequency, "days", None), getattr(frequency, "months", None)
    if days is not None:
        return Fraction(364 if days % 7 == 0 else 365, days)
    return Fraction(24) if months is None else Fraction(12, months)


def first_is_regular(terms: rp.Terms) -> bool:
    """Tell whether the first period is one period long, seen from its start or from its end."""
    months = getattr(terms.frequency, "months", None)
    if months is None:
        return date_before_the_first(terms) == terms.starts_on
    start, first = terms.starts_on, terms.first_due
    own_month = month_index(start) + months
    return months_earlier(terms, months) == start or (
        own_month == month_index(first) and first.day == min(start.day, length_of(own_month))
    )


def nominal_stub(terms: rp.Terms) -> Fraction:
    """Give whole months / 12 plus odd days / 360, the months counted back from the first due date."""
    months = 0
    while months_earlier(terms, months + 1) >= terms.starts_on:
        months += 1
    odd = days_between(terms.starts_on, months_earlier(terms, months))
    return Fraction(months, 12) + Fraction(odd, 360)


def months_earlier(terms: rp.Terms, months: int) -> datetime.date:
    """Give the day in the month so many months before the first due date, on its anchor."""
    by_month = hasattr(terms.frequency, "months")
    if not by_month:
        return day_in_month(month_index(terms.first_due) - months, terms.first_due.day, "CLAMP")
    anchor, home = anchor_and_home(terms)
    return day_in_month(home - months, anchor, terms.month_end.name)


def anchor_and_home(terms: rp.Terms) -> tuple[int, int]:
    """Give the anchor day and the month to which the first due date belongs (it may have rolled forwards)."""
    anchor = terms.first_due.day if terms.anchor_day is None else terms.anchor_day
    home = month_index(terms.first_due)
    if day_in_month(home, anchor, terms.month_end.name) != terms.first_due:
        home -= 1
    return anchor, home


def year_fraction(
    name: str, start: datetime.date, end: datetime.date, maturity: datetime.date | None
) -> Fraction:
    """Give the part of a year between two dates; an empty period is no part of a year."""
    if start == end:
        return Fraction(0)
    if name == "ACT_ACT_ISDA":
        return act_act(start, end)
    if name.startswith("ACT_"):
        return Fraction(days_between(start, end), {"ACT_365F": 365, "ACT_360": 360, "ACT_364": 364}[name])
    first, last = thirty_day_ends(name, start, end, maturity)
    months = month_index(end) - month_index(start)
    return Fraction(30 * months + last - first, 360)


def thirty_day_ends(
    name: str, start: datetime.date, end: datetime.date, maturity: datetime.date | None
) -> tuple[int, int]:
    """Give the days of the month that a 30/360 rule puts in place of the real ones."""
    first, last = start.day, end.day
    if name == "THIRTY_360_US":
        last = 30 if is_end_of_february(start) and is_end_of_february(end) else last
        first = 30 if is_end_of_february(start) else first
        if last == 31 and first in {30, 31}:
            last = 30
        return min(first, 30), last
    if name == "THIRTY_E_360_ISDA":
        first = 30 if is_end_of_february(start) else first
        last = 30 if is_end_of_february(end) and end != maturity else last
    return min(first, 30), min(last, 30)


def act_act(start: datetime.date, end: datetime.date) -> Fraction:
    """Count the days in leap years over 366 and the others over 365, year by year."""
    total = Fraction(0)
    for year in range(start.year, end.year + 1):
        opens = max(start, datetime.date(year, 1, 1))
        # The day after 31 December 9999 does not exist, so the year's end is counted from the day before.
        closes = days_between(opens, min(end, datetime.date(year, 12, 31))) + (1 if end.year > year else 0)
        total += Fraction(closes, 366 if length_of(12 * year + 1) == 29 else 365)
    return total


def is_end_of_february(day: datetime.date) -> bool:
    """Tell whether tomorrow is 1 March."""
    return day.month == 2 and day.day == length_of(month_index(day))


def days_between(start: datetime.date, end: datetime.date) -> int:
    """Count days."""
    return end.toordinal() - start.toordinal()


# --- dates


def scheduled_and_due(terms: rp.Terms) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Give the scheduled and the moved date of each row, without end."""
    for scheduled_for in scheduled_dates(terms):
        due_on = scheduled_for if terms.calendar is None else moved(terms, scheduled_for)
        if due_on < terms.starts_on:
            raise NoDateError
        yield scheduled_for, due_on


def scheduled_dates(terms: rp.Terms) -> Iterator[datetime.date]:
    """Give the dates from the first on."""
    frequency = terms.frequency
    days, months = getattr(frequency, "days", None), getattr(frequency, "months", None)
    first = datetime.date(terms.first_due.year, terms.first_due.month, terms.first_due.day)
    if days is not None:
        while True:
            yield first
            try:
                first += days * ONE_DAY
            except OverflowError:
                raise NoDateError from None
    elif months is not None:
        anchor, home = anchor_and_home(terms)
        while True:
            yield day_in_month(home, anchor, terms.month_end.name)
            home += months
    else:
        yield from (day for day in semi_monthly_dates(terms, month_index(first) - 1) if day >= first)


def date_before_the_first(terms: rp.Terms) -> datetime.date:
    """Give the date one regular period before the first due date, for days and for half months."""
    days: int | None = getattr(terms.frequency, "days", None)
    if days is not None:
        return terms.first_due - days * ONE_DAY
    earlier = itertools.takewhile(
        lambda day: day < terms.first_due, semi_monthly_dates(terms, month_index(terms.first_due) - 2)
    )
    return list(earlier)[-1]


def semi_monthly_dates(terms: rp.Terms, month: int) -> Iterator[datetime.date]:
    """Give the two days of each month from ``month`` on; day 31 is the last, whatever the policy."""
    frequency = cast("Any", terms.frequency)
    pair: tuple[int, int] = (frequency.first_day, frequency.second_day)
    while True:
        for day in pair:
            yield day_in_month(month, day, "CLAMP" if day == 31 else terms.month_end.name)
        month += 1


def day_in_month(month: int, day: int, policy: str) -> datetime.date:
    """Give a day of a month, or what the policy puts in its place."""
    year, place = divmod(month, 12)
    if not 1 <= year <= 9999:
        raise NoDateError
    if day > length_of(month):
        return (
            day_in_month(month + 1, 1, policy)
            if policy == "ROLL"
            else datetime.date(year, place + 1, length_of(month))
        )
    return datetime.date(year, place + 1, day)


def month_index(day: datetime.date) -> int:
    """Number the months from the year 0."""
    return 12 * day.year + day.month - 1


def length_of(month: int) -> int:
    """Give the days of a month."""
    year, place = divmod(month, 12)
    if place == 1:
        return 29 if year % 400 == 0 or (year % 4 == 0 and year % 100 != 0) else 28
    return 30 if place in {3, 5, 8, 10} else 31


# --- business days


def is_open(calendar: object, day: datetime.date) -> bool:
    """Tell whether a day is worked, from the calendar's data alone."""
    if isinstance(calendar, rp.WeekendCalendar):
        return day.isoweekday() not in calendar.weekend
    if isinstance(calendar, rp.ExplicitCalendar):
        if day < calendar.first or day > calendar.last:
            raise NoDateError
        if day in calendar.opened:
            return True
        return day not in calendar.closed and day.isoweekday() not in calendar.weekend
    ask: Callable[[datetime.date], bool] = calendar  # type: ignore[assignment]  # the tests' own functions
    return ask(day)


def moved(terms: rp.Terms, day: datetime.date) -> datetime.date:
    """Move a date off a closed day."""
    if terms.convention.name == "NO_ADJUST" or is_open(terms.calendar, day):
        return day
    match terms.convention.name:
        case "FOLLOWING":
            return next_open(terms, day, 1)
        case "PRECEDING":
            return next_open(terms, day, -1)
        case "MODIFIED_FOLLOWING":
            after = next_open(terms, day, 1)
            return after if month_index(after) == month_index(day) else next_open(terms, day, -1)
        case "MODIFIED_PRECEDING":
            before = next_open(terms, day, -1)
            return before if month_index(before) == month_index(day) else next_open(terms, day, 1)
        case _:
            return nearest_open(terms, day)


def nearest_open(terms: rp.Terms, day: datetime.date) -> datetime.date:
    """Walk both ways at once, forwards first."""
    for distance in range(1, RUN_MAX + 1):
        for other in (day + distance * ONE_DAY, day - distance * ONE_DAY):
            if is_open(terms.calendar, other):
                return other
    raise NoDateError


def next_open(terms: rp.Terms, day: datetime.date, direction: int) -> datetime.date:
    """Walk to the nearest open day in one direction."""
    for distance in range(1, RUN_MAX + 1):
        try:
            other = day + direction * distance * ONE_DAY
        except OverflowError:
            break
        if is_open(terms.calendar, other):
            return other
    raise NoDateError
