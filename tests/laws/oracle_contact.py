"""An oracle for the rules of contact that goes minute by minute and shares no code with the library.

It reads the fields of rules and records and nothing else of them: every clock, count and window is worked out
anew, for each minute, from the definitions.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import repayplan as rp
from repayplan.communication.contact_limits import CalendarSpan, CountedContacts, CountedPer

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
DID_NOT_CONNECT = {"busy", "out of service"}
NOBODY_THERE = {"no answer", "busy", "out of service", "voicemail not left", "bounced", "wrong person"}


@cache
def local(moment: dt.datetime, zone: str) -> dt.datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@cache
def local_day(moment: dt.datetime, zone: str) -> dt.date:
    """The latest date that the clock has shown so far; a clock put back over midnight shows one twice."""
    shown = local(moment, zone).date()
    if local(moment - dt.timedelta(hours=3), zone) - local(moment, zone) != dt.timedelta(hours=-3):
        shown = max([shown, *(local(moment - minutes * MINUTE, zone).date() for minutes in range(180))])
    return shown


def whole_minute(moment: dt.datetime) -> dt.datetime:
    """The minute of UTC in which a moment lies, as a plain datetime."""
    read = moment.astimezone(dt.UTC)
    return dt.datetime(read.year, read.month, read.day, read.hour, read.minute, tzinfo=dt.UTC)


def within(times: Any, reading: dt.datetime) -> bool:  # noqa: ANN401  # hours of a week
    clock = reading.strftime("%H:%M")
    return any(reading.isoweekday() in item.weekdays and item.start <= clock < item.end for item in times)


def is_talk(contact: rp.Contact) -> bool:
    """Whether people talked: they did where one refused to, or words were said before the line broke."""
    said = contact.spoken_language or contact.debts_raised
    outcome = contact.outcome.value
    return outcome in {"conversation", "refused"} or (outcome == "dropped" and bool(said))


class Oracle:
    """Says of a minute whether a contact may begin in it."""

    def __init__(self, **asked: Any) -> None:  # noqa: ANN401  # the arguments of the question
        self.purpose, self.debts, self.channel = asked["purpose"], asked["debts"], asked["channel"]
        self.point, self.rules, self.client = asked["point"], asked["rules"], asked["client"]
        self.blocked = asked.get("blocked", ())
        self.at = whole_minute(asked["at"])
        records = [entry.record for entry in asked["log"]]
        self.contacts = [item for item in records if isinstance(item, rp.Contact)]
        self.consents = [item for item in records if isinstance(item, rp.Consent)]
        self.withdrawals = [item for item in records if isinstance(item, rp.ConsentWithdrawal)]
        notes = [
            item for item in records if isinstance(item, rp.PreferenceNote) and item.party_id == "client"
        ]
        self.notes = sorted(notes, key=lambda item: item.recorded_at)
        self.point_notes = [item for item in records if isinstance(item, rp.ContactPointNote)]
        self.zones = list(self.client.zones)
        if self.point.zone is not None:
            tied = self.point.place is not rp.Place.ANYWHERE
            self.zones = [self.point.zone] if tied else [self.point.zone, *self.zones]

    def minutes(self) -> Iterator[dt.datetime]:
        for minute in range(self.rules.horizon.value * 24 * 60):
            yield self.at + minute * MINUTE

    def earliest(self) -> dt.datetime | None:
        return next((minute for minute in self.minutes() if self.permits(minute)), None)

    def permits(self, minute: dt.datetime) -> bool:
        return (
            self.in_hours(minute)
            and self.suits(minute)
            and (self.is_extra(minute) or (self.within_limits(minute) and not self.is_quiet(minute)))
            and not self.is_stopped(minute)
            and not self.is_blocked(minute)
            and not self.is_wrong(minute)
        )

    # --- the clock

    def in_hours(self, minute: dt.datetime) -> bool:
        return all(
            self.in_one(hours, local(minute, zone), zone) for hours in self.rules.hours for zone in self.zones
        )

    def in_one(self, hours: Any, reading: dt.datetime, zone: str) -> bool:  # noqa: ANN401  # one rule
        if self.channel not in hours.channels:
            return True
        times = hours.times.value
        if hours.holiday_times is not None:
            (holidays,) = [item.calendar for item in self.rules.holidays if item.zone == zone]
            if reading.date() in holidays.closed:
                times = hours.holiday_times.value
        return within(times, reading)

    def suits(self, minute: dt.datetime) -> bool:
        for zone in self.zones:
            reading = local(minute, zone)
            for wish in self.wishes(minute, reading.date())[-1:]:
                if wish.convenient and not within(wish.convenient, reading):
                    return False
                if within(wish.inconvenient, reading) or self.point.place in wish.not_at:
                    return False
        return True

    def wishes(self, minute: dt.datetime, day: dt.date) -> list[rp.ContactPreference]:
        """All wishes for a day that are known at a minute, the one that counts last."""
        noted = [item.preference for item in self.notes if whole_minute(item.recorded_at) <= minute]
        known = [*self.client.preferences, *(wish for wish in noted if wish is not None)]
        return [wish for wish in known if wish.valid_until is None or day <= wish.valid_until]

    # --- counting

    def known(self, minute: dt.datetime) -> list[rp.Contact]:
        return [item for item in self.contacts if whole_minute(item.started_at) <= minute]

    def within_limits(self, minute: dt.datetime) -> bool:
        return all(
            self.count(limit, debt, zone, minute) < limit.most.value
            for limit in self.rules.limits
            if self.channel in limit.channels
            for debt in (self.debts if CountedPer.DEBT in limit.per else [None])
            for zone in self.zones
        )

    def count(self, limit: Any, debt: str | None, zone: str, minute: dt.datetime) -> int:  # noqa: ANN401  # as above
        today = local_day(minute, zone)
        known = self.known(minute)
        wrong = {item.point for item in known if item.outcome.value == "wrong person"}
        return sum(
            item.direction.value == "outbound"
            and item.channel in limit.channels
            and item.outcome.value
            not in (DID_NOT_CONNECT if limit.counts is CountedContacts.ATTEMPTS else NOBODY_THERE)
            and (debt is None or debt in item.debts)
            and not (item.point in wrong and (item.outcome.value == "wrong person" or not item.participants))
            and self.same_window(limit.window, local_day(whole_minute(item.started_at), zone), today)
            and not self.was_extra(item)
            for item in known
        )

    def same_window(self, window: Any, then: dt.date, today: dt.date) -> bool:  # noqa: ANN401  # either kind
        if window is CalendarSpan.WEEK:
            return then.isocalendar()[:2] == today.isocalendar()[:2]
        if window is CalendarSpan.MONTH:
            return (then.year, then.month) == (today.year, today.month)
        length: int = window.days
        return (today - then).days < length

    def is_quiet(self, minute: dt.datetime) -> bool:
        return any(
            is_talk(item)
            and item.channel in quiet.channels
            and (CountedPer.DEBT not in quiet.per or set(self.debts) & {*item.debts, *item.debts_raised})
            and (local_day(minute, zone) - local_day(whole_minute(item.started_at), zone)).days
            < quiet.days.value
            for quiet in self.rules.quiet
            if self.channel in quiet.channels
            for item in self.known(minute)
            for zone in self.zones
        )

    # --- wrong numbers

    def is_wrong(self, minute: dt.datetime) -> bool:
        """Whether somebody else answered at the number, and nobody made sure of it since, for all known."""
        return any(
            item.outcome.value == "wrong person"
            and self.is_here(item.point)
            and not any(talk <= minute for talk in self.talks_since(item))
            and not any(note <= minute for note in self.verified_since(item))
            for item in self.known(minute)
        )

    def is_here(self, point: rp.ContactPoint | None) -> bool:
        """Whether it is the number in question, owned by the client."""
        return point is not None and (point.value, point.owner) == (self.point.value, "client")

    def talks_since(self, wrong: rp.Contact) -> list[dt.datetime]:
        return [
            item.started_at
            for item in self.contacts
            if item.outcome.value == "conversation"
            and self.is_here(item.point)
            and item.started_at >= wrong.started_at
            for one in item.participants
            if one.party.id == "client" and one.verification is not None
            if one.verification.result.value == "confirmed"
        ]

    def verified_since(self, wrong: rp.Contact) -> list[dt.datetime]:
        return [
            item.recorded_at
            for item in self.point_notes
            if item.point is not None
            and self.is_here(item.point)
            and item.source in self.rules.sources.value
            and item.recorded_at >= wrong.started_at
            and item.point.verified_on is not None
            and item.point.verified_on >= wrong.started_at.date()
        ]

    # --- consents

    def window_of(self, consent: rp.Consent) -> tuple[dt.datetime, dt.datetime, dt.datetime | None]:
        """From when to when a consent holds, and the conversation that ended it."""
        start = consent.starts_at or consent.given_at
        days = self.rules.extra_contact.days.value
        ends: list[dt.datetime] = [] if consent.until is None else [consent.until]
        for zone in self.zones:
            day = local_day(whole_minute(consent.given_at), zone)
            minute = whole_minute(consent.given_at)
            while (local_day(minute, zone) - day).days < days:  # by the hour, then by the minute
                minute += 60 * MINUTE
            minute -= 60 * MINUTE
            while (local_day(minute, zone) - day).days < days:
                minute += MINUTE
            ends.append(minute)
        ends += [
            item.given_at
            for item in self.withdrawals
            if item.scope is rp.ConsentScope.EXTRA_CONTACT and item.given_at >= consent.given_at
        ]
        end = min(ends)
        talks = [
            item.started_at
            for item in self.contacts
            if is_talk(item) and consent.given_at < item.started_at < end
        ]
        return (start, min(talks), min(talks)) if talks else (start, end, None)

    def extra_windows(self) -> list[tuple[dt.datetime, dt.datetime, dt.datetime | None]]:
        if not hasattr(self, "_extra"):
            self._extra = [
                self.window_of(item)
                for item in self.consents
                if item.scope is rp.ConsentScope.EXTRA_CONTACT and self.rules.extra_contact is not None
            ]
        return self._extra

    def is_extra(self, minute: dt.datetime) -> bool:
        return any(start <= minute and minute + MINUTE <= end for start, end, _ in self.extra_windows())

    def was_extra(self, contact: rp.Contact) -> bool:
        return any(
            start <= contact.started_at < end
            or (contact.started_at == talk and is_talk(contact) and start <= contact.started_at)
            for start, end, talk in self.extra_windows()
        )

    def is_stopped(self, minute: dt.datetime) -> bool:
        """Whether of the withdrawals and consents that reach here, one is not undone."""
        here = [
            item for item in self.withdrawals if item.scope is rp.ConsentScope.CONTACT and self.reaches(item)
        ]
        again = [
            item for item in self.consents if item.scope is rp.ConsentScope.CONTACT and self.reaches(item)
        ]
        return any(
            whole_minute(stop.given_at) <= minute
            and not any(
                stop.given_at < wish.given_at
                and (wish.given_at if wish.starts_at is None else wish.starts_at) <= minute
                and (wish.until is None or minute + MINUTE <= wish.until)
                and not any(
                    other.given_at >= wish.given_at and other.given_at < minute + MINUTE for other in here
                )
                for wish in again
            )
            for stop in here
        )

    def reaches(self, record: Any) -> bool:  # noqa: ANN401  # a consent or a withdrawal
        return record.channel in {None, self.channel} and record.point_id in {None, self.point.id}

    def is_blocked(self, minute: dt.datetime) -> bool:
        return any(
            span.start < minute + MINUTE and (span.end is None or minute < span.end)
            for span in self.blocked
            if self.purpose in span.purposes
        )
