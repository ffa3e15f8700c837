"""The rules of contact as data: what is accepted and what is refused."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import TYPE_CHECKING, Any

import pytest

import repayplan as rp
from repayplan.communication.blocked_spans import ASKING_FOR_PAYMENT, BlockedSpan
from repayplan.communication.contact_hours import PermittedHours, PublicHolidays, minutes_on
from repayplan.communication.contact_limits import (
    CalendarSpan,
    ConsecutiveDays,
    ContactLimit,
    CountedContacts,
    ExtraContactRule,
    LocationRule,
    QuietDays,
)
from repayplan.communication.contact_rule_book import CONTACT_HORIZON_MAX, ContactRules
from tests.communication.contact_case import HOUSE, NEW_YORK, Wrong, limit, moment

if TYPE_CHECKING:
    from collections.abc import Callable

PHONE = {rp.Channel.PHONE}
TIMES: rp.Limit[tuple[rp.WeeklyTimes, ...]] = rp.Limit((rp.WeeklyTimes(start="08:00", end="21:00"),), HOUSE)
CALENDAR = rp.ExplicitCalendar(
    dt.date(2026, 1, 1), dt.date(2026, 12, 31), closed=[dt.date(2026, 12, 25)], weekend=()
)


def figure(value: Wrong) -> rp.Limit[Any]:
    return rp.Limit(value, HOUSE)


def refused(make: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(rp.RepayPlanError) as caught:
        make()
    return caught.value.code, caught.value.field


def test_rules_keep_what_they_were_given() -> None:
    rules = ContactRules(
        hours=[PermittedHours(channels=[rp.Channel.PHONE], times=TIMES)],
        limits=[limit(7, 7)],
        quiet=[QuietDays(days=figure(7), channels=PHONE)],
        extra_contact=ExtraContactRule(days=figure(5)),
    )
    assert type(rules.hours) is tuple
    assert rules.lookback_days == 7 + 5 + 2
    assert ContactRules().lookback_days == 2
    assert pickle.loads(pickle.dumps(rules)) == rules  # noqa: S301  # our own


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"hours": TIMES}, "tuple.type", "hours"),
        ({"hours": [TIMES]}, "type.wrong", "hours[0]"),
        ({"limits": [7]}, "type.wrong", "limits[0]"),
        ({"limits": [limit()] * 101}, "tuple.length", "limits"),
        ({"quiet": [7]}, "type.wrong", "quiet[0]"),
        ({"extra_contact": 7}, "type.wrong", "extra_contact"),
        ({"location": 1}, "type.wrong", "location"),
        ({"wishes": "law"}, "type.wrong", "wishes"),
        ({"stops": None}, "type.wrong", "stops"),
        ({"outside_hours": True}, "type.wrong", "outside_hours"),
        ({"confirmations": 1}, "type.wrong", "confirmations"),
        ({"horizon": figure(0)}, "count.range", "horizon.value"),
        ({"horizon": figure(CONTACT_HORIZON_MAX + 1)}, "count.range", "horizon.value"),
        ({"notices": figure([])}, "type.wrong", "notices.value"),
        ({"holidays": [CALENDAR]}, "type.wrong", "holidays[0]"),
        ({"holidays": [PublicHolidays(NEW_YORK, CALENDAR)] * 2}, "contact.holidays", "holidays[1].zone"),
    ],
)
def test_rules_that_make_no_sense_are_refused(more: dict[str, Any], code: str, field: str) -> None:
    assert refused(lambda: ContactRules(**more)) == (code, field)


def test_the_longest_horizon_is_a_leap_year() -> None:
    assert ContactRules(horizon=figure(CONTACT_HORIZON_MAX)).horizon.value == 366


# ------------------------------------------------------------------------------------------ hours


def test_hours_are_for_their_channels_and_places() -> None:
    hours = PermittedHours(channels=PHONE, places=[rp.Place.WORK], times=TIMES)
    assert hours.applies_to(rp.Channel.PHONE, rp.Place.WORK)
    assert hours.applies_to(rp.Channel.PHONE, None)
    assert not hours.applies_to(rp.Channel.PHONE, rp.Place.HOME)
    assert not hours.applies_to(rp.Channel.SMS, rp.Place.WORK)


def test_the_minutes_of_a_day() -> None:
    times = (rp.WeeklyTimes(weekdays={1}, end="01:00"), rp.WeeklyTimes(start="00:30", end="02:00"))
    monday, tuesday = (moment(f"2026-03-0{day} 12:00").date() for day in (2, 3))
    assert minutes_on(times, monday) == ((0, 120),)
    assert minutes_on(times, tuesday) == ((30, 120),)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"channels": rp.Channel.PHONE}, "set.type", "channels"),
        ({"places": ["work"]}, "type.wrong", "places"),
        ({"times": (rp.WeeklyTimes(),)}, "type.wrong", "times"),
        ({"times": figure([rp.WeeklyTimes()])}, "type.wrong", "times.value"),
        ({"times": figure(("08:00",))}, "type.wrong", "times.value[0]"),
        ({"holiday_times": figure((rp.WeeklyTimes(),) * 101)}, "tuple.length", "holiday_times.value"),
    ],
)
def test_hours_that_make_no_sense_are_refused(more: dict[str, Any], code: str, field: str) -> None:
    fields: dict[str, Any] = {"channels": PHONE, "times": TIMES} | more
    assert refused(lambda: PermittedHours(**fields)) == (code, field)


def test_holidays_are_the_closed_days_of_a_calendar() -> None:
    holidays = ContactRules().with_holidays(NEW_YORK, CALENDAR).holidays_of(NEW_YORK)
    assert holidays.include(moment("2026-12-25 12:00").date())
    assert not holidays.include(moment("2026-12-26 12:00").date())  # a Saturday is none
    by_function = PublicHolidays(NEW_YORK, lambda day: day.day != 1)
    assert by_function.include(moment("2026-03-01 12:00").date())


def test_holidays_are_replaced_and_asked_for_by_their_zone() -> None:
    rules = ContactRules().with_holidays(NEW_YORK, CALENDAR).with_holidays("Asia/Shanghai", CALENDAR)
    again = rules.with_holidays(NEW_YORK, rp.WeekendCalendar(weekend=()))
    assert [item.zone for item in again.holidays] == ["Asia/Shanghai", NEW_YORK]
    assert refused(lambda: rules.holidays_of("UTC")) == ("contact.holidays", "rules.holidays")


@pytest.mark.parametrize(
    ("zone", "calendar", "code"),
    [("Mars/Olympus", CALENDAR, "zone.unknown"), (NEW_YORK, "weekends", "calendar.type")],
)
def test_holidays_of_nowhere_are_refused(zone: str, calendar: Wrong, code: str) -> None:
    assert refused(lambda: PublicHolidays(zone, calendar))[0] == code


def test_a_calendar_must_answer() -> None:
    silent: Wrong = lambda _: None  # noqa: E731  # a calendar that forgot a day
    holidays = PublicHolidays(NEW_YORK, silent)
    assert refused(lambda: holidays.include(moment("2026-03-01 12:00").date()))[0] == "calendar.answer"


# ------------------------------------------------------------------------------------------ limits


def test_windows_count_from_the_day_of_a_contact() -> None:
    wednesday = dt.date(2028, 2, 9).toordinal()
    assert ConsecutiveDays(7).first_after(wednesday) == dt.date(2028, 2, 16).toordinal()
    assert CalendarSpan.WEEK.first_after(wednesday) == dt.date(2028, 2, 14).toordinal()
    assert CalendarSpan.MONTH.first_after(wednesday) == dt.date(2028, 3, 1).toordinal()
    sunday = dt.date(2028, 2, 13).toordinal()
    assert CalendarSpan.WEEK.first_after(sunday) == sunday + 1
    assert (ConsecutiveDays(9).longest, CalendarSpan.WEEK.longest, CalendarSpan.MONTH.longest) == (9, 7, 31)


@pytest.mark.parametrize("days", [0, 367, True, 7.0])
def test_days_out_of_range_are_refused(days: Wrong) -> None:
    assert refused(lambda: ConsecutiveDays(days))[1] == "days"


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: limit(0), "most.value"),
        (lambda: limit(10_001), "most.value"),
        (
            lambda: ContactLimit(
                most=7,  # type: ignore[arg-type]  # the point
                window=ConsecutiveDays(1),
                counts=CountedContacts.ATTEMPTS,
                channels=PHONE,
            ),
            "most",
        ),
        (lambda: limit(window=7), "window"),
        (lambda: limit(counts="attempts"), "counts"),
        (lambda: limit(per={"person"}), "per"),
        (lambda: limit(channels="phone"), "channels"),
        (lambda: limit(purposes=[1]), "purposes"),
        (lambda: QuietDays(days=figure(367), channels=PHONE), "days.value"),
        (lambda: ExtraContactRule(days=figure("7")), "days.value"),
        (lambda: LocationRule(roles={"sister"}, most=figure(1)), "roles"),  # type: ignore[arg-type]  # the point
        (lambda: LocationRule(roles=set(), most=figure(0)), "most.value"),
    ],
)
def test_figures_that_make_no_sense_are_refused(make: Wrong, field: str) -> None:
    def built() -> object:
        return make()

    assert refused(built)[1] == field


def test_a_limit_is_for_its_channels_and_purposes() -> None:
    calls = limit(purposes=[rp.Purpose.DEMAND])
    assert calls.is_for(rp.Channel.PHONE, rp.Purpose.DEMAND)
    assert not calls.is_for(rp.Channel.PHONE, rp.Purpose.ANSWER)
    assert not calls.is_for(rp.Channel.SMS, rp.Purpose.DEMAND)
    assert limit().is_for(rp.Channel.PHONE, rp.Purpose.ANSWER)
    assert list(CountedContacts) == [CountedContacts.ATTEMPTS, CountedContacts.CONTACTS_MADE]


# ------------------------------------------------------------------------------------------ blocked spans


def test_a_blocked_span_bars_what_asks_for_payment_unless_it_says_otherwise() -> None:
    blocked = BlockedSpan(start=moment("2026-03-04 00:00"), reason="promise w1")
    assert blocked.purposes == ASKING_FOR_PAYMENT == {rp.Purpose.DEMAND, rp.Purpose.MISSED_PAYMENT}
    assert "promise" not in repr(blocked)
    assert pickle.loads(pickle.dumps(blocked)) == blocked  # noqa: S301  # our own


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"start": dt.datetime(2026, 3, 4)}, "moment.naive", "start"),  # noqa: DTZ001  # the point of the test
        ({"end": dt.datetime(2026, 3, 4)}, "moment.naive", "end"),  # noqa: DTZ001  # as above
        ({"end": moment("2026-03-03 23:59")}, "record.order", "end"),
        ({"reason": ""}, "text.empty", "reason"),
        ({"purposes": ["demand"]}, "type.wrong", "purposes"),
        ({"debtor": "a\nb"}, "text.control", "debtor"),
        ({"debts": "card"}, "tuple.type", "debts"),
        ({"citation": "law"}, "type.wrong", "citation"),
    ],
)
def test_a_blocked_span_that_makes_no_sense_is_refused(more: dict[str, Any], code: str, field: str) -> None:
    fields: dict[str, Any] = {"start": moment("2026-03-04 00:00"), "reason": "promise"} | more
    assert refused(lambda: BlockedSpan(**fields)) == (code, field)


# ------------------------------------------------------------------------------------------ consents


def test_a_consent_may_begin_after_it_was_given() -> None:
    given, start = moment("2026-03-04 12:00"), moment("2026-03-09 00:00")
    fields: dict[str, Any] = {
        "id": "c1",
        "case_id": "case",
        "party_id": "client",
        "scope": rp.ConsentScope.EXTRA_CONTACT,
        "recorded_at": given,
        "given_at": given,
    }
    assert rp.Consent(**fields, starts_at=start).starts_at == start
    early, late = given.subtract(minutes=1), start.subtract(minutes=1)
    assert refused(lambda: rp.Consent(**fields, starts_at=early)) == ("record.order", "starts_at")
    assert refused(lambda: rp.Consent(**fields, starts_at=start, until=late)) == ("record.order", "until")
    assert refused(lambda: rp.Consent(**fields, until=early)) == ("record.order", "until")
