"""Every hostile input of the catalogue's areas money, rate, date, frequency and calendar, by its id.

The catalogue says what goes in and what a user wants to happen; each case here does the first and checks the
second, within a tenth of a second. An entry that the catalogue gains later fails until it has a case.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

import pendulum
import pytest

from repayplan.calendars import BusinessDayConvention, ExplicitCalendar, WeekendCalendar
from repayplan.checks import check_text
from repayplan.communication.consents import Consent
from repayplan.communication.purposes import ConsentScope
from repayplan.currency import Currency
from repayplan.dates import due_dates
from repayplan.daycounts import DayCount
from repayplan.errors import (
    BudgetError,
    DateError,
    InputTypeError,
    MoneyError,
    RateError,
    RepayPlanError,
    TermsError,
)
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.overdue.standing import standing_on
from repayplan.overdue.standing_state import StandingState
from repayplan.policies import cn
from repayplan.rates import Rate
from repayplan.schedule.build import build_schedule
from repayplan.schedule.level import LevelPayment
from repayplan.schedule.terms import Terms
from tests.clock import within
from tests.reference import load

if TYPE_CHECKING:
    from collections.abc import Callable

AREAS = {"money", "rate", "date", "frequency", "calendar"}

ELSEWHERE = {
    "date-12": "the columns of a schedule made by hand: tests/test_bad_inputs_terms.py",
    "frequency-04": "no frequency is a rule of weekdays, so none can fail to match",
}

FIRST = pendulum.date(2026, 1, 31)
RECORDED = pendulum.datetime(2026, 3, 2, 10, 0, tz="UTC")


def day(text: str) -> pendulum.Date:
    return pendulum.Date.fromisoformat(text)


def refused(act: Callable[[], object], error: type[RepayPlanError], field: str, *words: str) -> None:
    with suppress(RepayPlanError):
        act()  # the first try loads what is needed
    with within(0.1), pytest.raises(RepayPlanError) as caught:
        act()
    assert type(caught.value) is error
    assert caught.value.field == field
    text = str(caught.value)
    assert text.isprintable()
    assert text.isascii()
    assert len(text) < 300
    for word in words:
        assert word in text


def money_refused(amount: object, *words: str, currency: object = "EUR", field: str = "amount") -> None:
    refused(lambda: Money(amount, currency), MoneyError, field, *words)  # type: ignore[arg-type]  # on purpose


def money_mistyped(amount: object) -> None:
    refused(lambda: Money(amount, "EUR"), InputTypeError, "amount", "plain digits")  # type: ignore[arg-type]  # on purpose


def rate_refused(value: int | str | Decimal | Fraction, *words: str) -> None:
    for make in (Rate.annual, Rate.monthly, Rate.daily):
        refused(partial(make, value), RateError, "value", *words)


def dates_from(first: object, **changes: object) -> object:
    arguments: dict[str, Any] = {"first": first, "frequency": Frequency.MONTHLY, "count": 12, **changes}
    return due_dates(**arguments)


def terms(**changes: object) -> Terms:
    arguments: dict[str, Any] = {
        "principal": Money("12345.67", "EUR"),
        "rate": Rate.annual("0.18"),
        "starts_on": day("2025-12-31"),
        "first_due": FIRST,
        "frequency": Frequency.MONTHLY,
        "repayment": LevelPayment(count=12),
        **changes,
    }
    return Terms(**arguments)


# ------------------------------------------------------------------------------------------ money


def negative_principal() -> None:
    refused(lambda: terms(principal=Money("-100.00", "EUR")), TermsError, "principal")


def near_numbers() -> None:
    for text in ("--1", "+1", "1.", ".5", "", "0x10", "1 000,00"):
        money_refused(text, "plain digits")


def digits_of_other_scripts() -> None:
    for text in ("\uff11\uff12\uff13", "\u0661\u0662\u0663"):
        money_refused(text, "plain digits")


def mixed_currencies() -> None:
    refused(lambda: Money("1.00", "EUR") + Money("1.00", "USD"), MoneyError, "add", "EUR", "USD")


def builtin_sum() -> None:
    amounts: list[Any] = [Money("1.00", "EUR"), Money("2.00", "EUR")]
    refused(lambda: sum(amounts), InputTypeError, "add", "Money.total")
    assert Money.total([], "EUR") == Money("0.00", "EUR")


def digits_of_the_standard() -> None:
    assert (Currency.of("IQD").digits, Currency.of("MGA").digits) == (3, 2)


def lying_decimal() -> None:
    hostile = type("EvilDecimal", (Decimal,), {"__eq__": lambda *_: True, "__hash__": Decimal.__hash__})
    assert Money(hostile("12.50"), "EUR").minor_units == 1250
    assert type(Money(hostile("12.50"), "EUR").minor_units) is int
    money_refused(hostile("12.345"), "at most 2 decimal places")


def four_places_in_dinars() -> None:
    money_refused(Decimal("1.2345"), "at most 3 decimal places", currency="BHD")
    assert Money(Decimal("1.234"), "BHD").minor_units == 1234


def beyond_the_range() -> None:
    for units in (10**18 + 1, -(10**18) - 1):
        refused(partial(Money.from_minor_units, units, "EUR"), MoneyError, "minor_units", str(10**18))


# ------------------------------------------------------------------------------------------ rates


def third() -> None:
    assert Rate.annual(Fraction(1, 3)).value == Fraction(1, 3)


# ------------------------------------------------------------------------------------------ dates


def dates_of_pendulum() -> None:
    assert type(due_dates(FIRST, Frequency.MONTHLY, 1)[0]) is pendulum.Date
    for moment in (pendulum.datetime(2026, 1, 31), dt.datetime(2026, 1, 31, tzinfo=dt.UTC)):
        refused(partial(dates_from, moment), InputTypeError, "first", ".date()")


def last_day_of_all() -> None:
    refused(lambda: dates_from(dt.date.max), DateError, "due_dates", "9999")
    late = terms(starts_on=day("9999-11-30"), first_due=day("9999-12-31"))
    refused(lambda: build_schedule(late), DateError, "due_dates", "9999")


def first_due_before_the_start() -> None:
    refused(
        lambda: terms(starts_on=FIRST, first_due=day("2026-01-30")),
        DateError,
        "first_due",
        "2026-01-31",
        "2026-01-30",
    )


def text_for_a_date(*texts: str) -> Callable[[], None]:
    def check() -> None:
        for text in texts:
            refused(partial(dates_from, text), InputTypeError, "first", "pendulum.date(")
            refused(
                partial(DayCount.ACT_365F.fraction, text, FIRST),  # type: ignore[arg-type]  # on purpose
                InputTypeError,
                "start",
                "pendulum.date(",
            )

    return check


def leap_day_anchor() -> None:
    found = due_dates(day("2024-02-29"), Frequency.ANNUAL, 5)
    assert list(map(str, found)) == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


# ------------------------------------------------------------------------------------------ frequencies


def free_text_for_a_frequency() -> None:
    values: list[object] = ["monthly ", "MONTHLY", "fortnightly?", None, {}]
    for value in values:
        refused(
            partial(dates_from, FIRST, frequency=value),
            InputTypeError,
            "frequency",
            "Frequency.MONTHLY",  # the message lists what is allowed
        )


def endless_frequencies() -> None:
    refused(lambda: Frequency.every_days(0), DateError, "days")
    refused(lambda: Frequency.every_months(-1), DateError, "months")
    refused(lambda: Frequency.every_months(12 * 10**6), DateError, "months")
    refused(lambda: Frequency.every_weeks(10**9), DateError, "weeks")


# ------------------------------------------------------------------------------------------ calendars


def four_hundred_closed_days() -> None:
    closed = [FIRST.add(days=n) for n in range(-400, 401)]
    calendar = ExplicitCalendar(day("2020-01-01"), day("2030-12-31"), closed=closed)
    for convention in set(BusinessDayConvention) - {BusinessDayConvention.NO_ADJUST}:
        refused(
            partial(dates_from, FIRST, calendar=calendar, convention=convention),
            DateError,
            "calendar",
            "366 days",
            "2026-01-31",
        )


def calendars_that_misbehave() -> None:
    trouble = OSError("the list cannot be read")

    def raises(_: pendulum.Date) -> NoReturn:
        raise trouble

    with pytest.raises(OSError, match="cannot be read") as caught:
        dates_from(FIRST, calendar=raises)
    assert caught.value is trouble
    assert "2026-01-31" in trouble.__notes__[0]
    refused(lambda: dates_from(FIRST, calendar=lambda _: None), InputTypeError, "calendar", "True or False")
    answers = iter([True, False] * 100)
    found = dates_from(FIRST, calendar=lambda _: next(answers), count=3)
    # An answer that changes moves a date, but the dates are computed once and then are values.
    assert found == (day("2026-01-31"), day("2026-03-01"), day("2026-04-01"))


def holidays_that_never_match() -> None:
    for item in (dt.datetime(2026, 2, 17, tzinfo=dt.UTC), pendulum.datetime(2026, 2, 17), "2026-02-17"):
        for field in ("closed", "opened"):
            days: Any = {field: [item]}
            refused(
                partial(ExplicitCalendar, day("2026-01-01"), day("2026-12-31"), **days),
                InputTypeError,
                f"{field}[0]",
            )


def consent_given_at(moment: dt.datetime) -> object:
    return Consent(
        id="co-1",
        case_id="case-1",
        recorded_at=RECORDED,
        party_id="li",
        scope=ConsentScope.CONTACT,
        given_at=moment,
        how="by letter",
    )


def moment_of_no_zone() -> None:
    naive = dt.datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001  # the input
    refused(partial(consent_given_at, naive), DateError, "given_at", "time zone")


class ToldZone(dt.tzinfo):
    """A zone whose offset is whatever it is told to be."""

    def __init__(self, offset: Callable[[], dt.timedelta | None]) -> None:
        self._offset = offset

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta | None:
        del moment
        return self._offset()

    def dst(self, moment: dt.datetime | None) -> dt.timedelta | None:
        del moment
        return None

    def tzname(self, moment: dt.datetime | None) -> str | None:
        del moment
        return None


def hostile_zones() -> None:
    def raises() -> NoReturn:
        raise OSError("the zone cannot be read")

    nearly_a_day = dt.timedelta(hours=23, minutes=59, seconds=59, microseconds=999_999)
    offsets: dict[str, Callable[[], dt.timedelta | None]] = {
        "cannot be told": raises,
        "time zone": lambda: None,
        "whole minutes": lambda: nearly_a_day,
    }
    for words, offset in offsets.items():
        moment = dt.datetime(2026, 3, 2, 9, 30, tzinfo=ToldZone(offset))
        refused(partial(consent_given_at, moment), DateError, "given_at", words)


def days_far_from_the_plan() -> None:
    schedule = build_schedule(terms())
    rules = cn.CREDIT_CARD.in_force(FIRST).overdue
    before = standing_on(schedule, [], day("2020-01-01"), rules)
    assert (before.state, before.days_past_due) == (StandingState.ON_TRACK, 0)
    late = standing_on(schedule, [], day("2126-01-31"), rules)
    assert late.days_past_due == dt.date(2126, 1, 31).toordinal() - FIRST.toordinal()


CASES: dict[str, Callable[[], object]] = {
    "money-01": lambda: money_refused(Decimal("NaN"), "finite"),
    "money-03": lambda: money_refused(Decimal("Infinity"), "finite"),
    "money-04": lambda: money_refused(Decimal("-Infinity"), "finite"),
    "money-06": lambda: money_refused(Decimal("1E-1000000"), "at most 2 decimal places"),
    "money-07": lambda: money_refused(Decimal("0.005"), "at most 2 decimal places", "round by a named rule"),
    "money-09": four_places_in_dinars,
    "money-10": lambda: money_mistyped(0.1),
    "money-12": lambda: money_mistyped(True),  # noqa: FBT003  # the input
    "money-13": lambda: money_mistyped(None),
    "money-15": lambda: money_refused(Decimal("-0.001"), "at most 2 decimal places"),
    "money-16": negative_principal,
    "money-18": lambda: money_refused(10**5000, "at most"),
    "money-19": beyond_the_range,
    "money-21": mixed_currencies,
    "money-22": builtin_sum,
    "money-24": lambda: money_refused("1", "three ASCII capitals", currency="EU\u202eR", field="currency"),
    "money-25": lambda: money_refused("1", "three ASCII capitals", currency="<script>", field="currency"),
    "money-27": digits_of_the_standard,
    "money-28": lambda: money_refused("1,5", "plain digits"),
    "money-30": digits_of_other_scripts,
    "money-31": lambda: money_refused("1_000", "plain digits"),
    "money-33": lambda: money_refused("1E2", "plain digits"),
    "money-34": near_numbers,
    "money-36": lying_decimal,
    "rate-02": lambda: rate_refused(Decimal("-0.05"), "from 0 to 4"),
    "rate-03": lambda: rate_refused(5, "'0.05'"),
    "rate-05": lambda: rate_refused(Decimal("0." + "3" * 5000), "at most 40 digits"),
    "rate-06": lambda: rate_refused(Decimal("1E-400"), "at most 40 digits"),
    "rate-08": lambda: rate_refused(Decimal(9999999), "from 0 to 4"),
    "rate-09": third,
    "date-02": dates_of_pendulum,
    "date-03": last_day_of_all,
    "date-05": first_due_before_the_start,
    "date-06": text_for_a_date("20260131", "2026-W05-6"),
    "date-08": text_for_a_date("2026-02-30", "2026-00-10", "2026-1-5", "31/01/2026", "01/02/2026"),
    "date-09": text_for_a_date("now", "12:00", "2026", "P1M"),
    "date-11": leap_day_anchor,
    "date-14": moment_of_no_zone,
    "date-15": hostile_zones,
    "date-17": days_far_from_the_plan,
    "frequency-01": free_text_for_a_frequency,
    "frequency-02": endless_frequencies,
    "calendar-01": four_hundred_closed_days,
    "calendar-03": calendars_that_misbehave,
    "calendar-04": holidays_that_never_match,
}


@pytest.mark.parametrize("identity", CASES)
def test_a_bad_input_has_the_outcome_that_the_catalogue_wants(identity: str) -> None:
    CASES[identity]()


def test_every_entry_of_the_catalogue_has_a_case_or_a_reason() -> None:
    entries = {entry["id"] for entry in load("bad_inputs.json")["inputs"] if entry["area"] in AREAS}
    assert entries == CASES.keys() | ELSEWHERE.keys()
    assert not CASES.keys() & ELSEWHERE.keys()


# ------------------------------------------------------------------------------------------ datetimes


# A zone whose every answer is an error.
HostileZone = type("HostileZone", (dt.tzinfo,), dict.fromkeys(("utcoffset", "dst", "tzname")))


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(dt.datetime(2026, 1, 31), id="naive"),  # noqa: DTZ001  # the input
        pytest.param(dt.datetime(2026, 1, 31, tzinfo=HostileZone()), id="a zone that raises"),
        pytest.param(
            dt.datetime(2026, 1, 31, tzinfo=dt.timezone(dt.timedelta(days=1) - dt.timedelta(microseconds=1))),
            id="an offset of a day less a microsecond",
        ),
    ],
)
def test_no_datetime_passes_for_a_date(moment: dt.datetime) -> None:
    refused(lambda: dates_from(moment), InputTypeError, "first", ".date()")
    refused(lambda: DayCount.ACT_365F.fraction(moment, FIRST), InputTypeError, "start", ".date()")
    refused(lambda: terms(starts_on=moment), InputTypeError, "starts_on", ".date()")
    refused(
        lambda: BusinessDayConvention.FOLLOWING.adjust(moment, WeekendCalendar()),
        InputTypeError,
        "day",
        ".date()",
    )


def test_due_dates_come_in_order_and_once_each() -> None:
    schedule = build_schedule(terms(calendar=WeekendCalendar()))
    due = [row.due_on for row in schedule]
    assert due == sorted(set(due))


# ------------------------------------------------------------------------------------------ further bad input


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        pytest.param(1.5, InputTypeError, id="a float"),
        pytest.param(float("nan"), InputTypeError, id="a float that is no number"),
        pytest.param(float("inf"), InputTypeError, id="an infinite float"),
        pytest.param(False, InputTypeError, id="a bool"),
        pytest.param("1,000", MoneyError, id="a separator"),
        pytest.param("\uff11\uff12", MoneyError, id="full-width digits"),
        pytest.param(10**40, MoneyError, id="10**40"),
        pytest.param("1" + "0" * 40, MoneyError, id="10**40 in text"),
        pytest.param(Decimal(10) ** 27, MoneyError, id="10**27 in decimals"),
        pytest.param("1.005", MoneyError, id="more digits than the currency has"),
    ],
)
def test_an_amount_that_is_refused_names_the_field_and_the_cure(
    amount: object, error: type[RepayPlanError]
) -> None:
    refused(lambda: Money(amount, "EUR"), error, "amount")  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize(("code", "cure"), [("XYZ", "state the digits"), ("eur", "three ASCII capitals")])
def test_an_unknown_currency_names_the_field_and_the_cure(code: str, cure: str) -> None:
    refused(lambda: Money("1.00", code), MoneyError, "currency", cure)


def test_a_rate_of_a_billion_is_refused() -> None:
    for value in (10**9, str(10**9), Decimal(10**9), Fraction(10**9)):
        rate_refused(value, "write")


@pytest.mark.parametrize("count", [0, -1, 10**9])
def test_a_count_of_none_or_too_many_dates_is_refused(count: int) -> None:
    refused(lambda: dates_from(FIRST, count=count), DateError, "count", "from 1 to 10000")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        pytest.param("x" * 10**6, "shorten", id="a million characters"),
        pytest.param("\u202e" * 10**6, "shorten", id="a million controls"),
        pytest.param("rent\x00", "remove", id="a control character"),
        pytest.param("rent\r\nFATAL: forged line", "remove", id="a forged line"),
        pytest.param("\u202etner", "remove", id="text reversed"),
        pytest.param("rent\u2069", "remove", id="an isolate that ends"),
        pytest.param("\u200b", "a visible character", id="an invisible name"),
        pytest.param("", "a visible character", id="no name"),
    ],
)
def test_a_hostile_name_is_refused_and_not_repeated(name: str, word: str) -> None:
    refused(lambda: check_text(name, "name", error=BudgetError), BudgetError, "name", word)
    with pytest.raises(BudgetError) as caught:
        check_text(name, "name", error=BudgetError)
    assert "rent" not in str(caught.value)


def test_a_calendar_is_asked_once_about_a_day_however_many_dates_pass_it() -> None:
    # Every move alone is within its bound, but ten thousand of them over a year's closed days took 14 s;
    # and a calendar that changes its answer must not make one day open and closed in one schedule.
    asked = 0

    def opens_once_a_year(one: pendulum.Date) -> bool:
        nonlocal asked
        asked += 1
        return one.toordinal() % 365 == 0

    dates_from(FIRST, frequency=Frequency.every_days(1), count=500, calendar=opens_once_a_year)
    assert asked <= 500 + 365
