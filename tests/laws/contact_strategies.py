"""Hypothesis strategies for the rules of contact: random logs, rules, wishes and moments.

They lean on what breaks naive code: clocks that change at midnight, over midnight, by half an hour or by a
whole day, two zones at once, contacts with seconds, windows of each kind, and consents that end early.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import attrs
import pendulum
from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.blocked_spans import BlockedSpan
from repayplan.communication.channels import possible_outcomes
from repayplan.communication.contact_hours import PermittedHours, PublicHolidays
from repayplan.communication.contact_limits import (
    CalendarSpan,
    ConsecutiveDays,
    CountedContacts,
    CountedPer,
    ExtraContactRule,
    QuietDays,
)
from repayplan.communication.contact_rule_book import ContactRules
from tests.communication import contact_case as made

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGES: Final = (
    ("America/New_York", "2020-03-08T07:00:00"),  # a gap from 2:00
    ("America/New_York", "2020-11-01T06:00:00"),  # a fold from 1:00
    ("Europe/London", "2021-10-31T01:00:00"),
    ("America/St_Johns", "2006-10-29T02:31:00"),  # a fold from 0:01 back to the day before
    ("America/St_Johns", "2006-04-02T03:31:00"),
    ("America/Sao_Paulo", "2017-10-15T03:00:00"),  # a gap from midnight
    ("America/Sao_Paulo", "2018-02-18T02:00:00"),  # a fold that ends at midnight
    ("America/Toronto", "1919-03-31T04:30:00"),  # a gap over midnight
    ("Australia/Lord_Howe", "2020-10-03T15:30:00"),  # by half an hour
    ("Pacific/Apia", "2011-12-30T10:00:00"),  # a day left out
    ("Africa/Casablanca", "2020-04-19T02:00:00"),
    ("Asia/Shanghai", "2026-12-31T16:00:00"),  # none; the year ends
)
"""A zone, and a moment of UTC at which its clock is moved."""
OTHER_ZONES: Final = ("Asia/Kathmandu", "America/Los_Angeles", "Europe/London", "Pacific/Kiritimati")

DEBTS: Final = ("card", "loan")
RENAMED: Final = attrs.evolve(made.MOBILE, id="renamed")
"""The number of the mobile phone, kept once more."""


def times_of_day() -> st.SearchStrategy[str]:
    """Half hours and odd minutes."""
    return st.one_of(
        st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 30])),
        st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
        st.just("24:00"),
    )


@st.composite
def weekly_times(draw: st.DrawFn) -> rp.WeeklyTimes:
    start, end = sorted(draw(st.lists(times_of_day(), min_size=2, max_size=2, unique=True)))
    return rp.WeeklyTimes(
        weekdays=draw(st.sets(st.integers(1, 7), min_size=1)) if draw(st.booleans()) else range(1, 8),
        start=start,
        end=end,
    )


def moments(around: dt.datetime, first: int, last: int) -> st.SearchStrategy[pendulum.DateTime]:
    """Moments so many minutes from another one, some of them with seconds."""
    return st.builds(
        lambda minutes, seconds: pendulum.instance(
            around + dt.timedelta(minutes=minutes, seconds=seconds), tz="UTC"
        ),
        st.integers(first, last),
        st.sampled_from([0, 0, 1, 59]),
    )


def figures(most: int) -> st.SearchStrategy[rp.Limit[int]]:
    return st.builds(rp.Limit, st.integers(1, most), st.just(made.HOUSE))


CHANNELS: Final = st.sets(st.sampled_from([rp.Channel.PHONE, rp.Channel.SMS]), min_size=1)
PERS: Final = st.sampled_from([{CountedPer.PERSON}, {CountedPer.PERSON, CountedPer.DEBT}])


@st.composite
def rule_books(draw: st.DrawFn, at: dt.datetime, zones: tuple[str, ...], horizon: int) -> ContactRules:
    closed = draw(st.sets(st.integers(-2, 4), max_size=3))
    holidays = [
        PublicHolidays(
            zone,
            rp.ExplicitCalendar(
                at.date() - dt.timedelta(days=40),
                at.date() + dt.timedelta(days=80),
                closed=[at.date() + dt.timedelta(days=day) for day in closed],
                weekend=(),
            ),
        )
        for zone in zones
    ]
    times = st.builds(
        rp.Limit, st.lists(weekly_times(), min_size=1, max_size=2).map(tuple), st.just(made.HOUSE)
    )
    none: rp.Limit[Any] = rp.Limit((), made.HOUSE)
    return ContactRules(
        hours=draw(
            st.lists(
                st.builds(
                    PermittedHours,
                    channels=CHANNELS,
                    times=times,
                    holiday_times=st.one_of(st.none(), st.just(none), times),
                ),
                max_size=2,
            )
        ),
        limits=draw(
            st.lists(
                st.builds(
                    made.limit,
                    st.integers(1, 4),
                    window=st.one_of(
                        st.builds(ConsecutiveDays, st.integers(1, 8)), st.sampled_from(CalendarSpan)
                    ),
                    counts=st.sampled_from(CountedContacts),
                    per=PERS,
                    channels=CHANNELS,
                ),
                max_size=2,
            )
        ),
        quiet=draw(st.lists(st.builds(QuietDays, days=figures(8), per=PERS, channels=CHANNELS), max_size=1)),
        extra_contact=draw(st.one_of(st.none(), st.builds(ExtraContactRule, days=figures(8)))),
        horizon=rp.Limit(horizon, made.HOUSE),
        holidays=holidays,
    )


@st.composite
def wishes(draw: st.DrawFn) -> rp.ContactPreference:
    return rp.ContactPreference(
        convenient=draw(st.lists(weekly_times(), max_size=2)),
        inconvenient=draw(st.lists(weekly_times(), max_size=2)),
        not_at=draw(st.sampled_from([(), (), (rp.Place.WORK,), (rp.Place.ANYWHERE,)])),
    )


@st.composite
def notes(draw: st.DrawFn, number: int, at: dt.datetime) -> rp.PreferenceNote:
    """A wish as the log notes it, before or after a moment; some end soon, and some were erased."""
    ends = draw(st.one_of(st.none(), st.integers(-1, 2)))
    wish = attrs.evolve(
        draw(wishes()), valid_until=None if ends is None else at.date() + dt.timedelta(days=ends)
    )
    return rp.PreferenceNote(
        id=f"note {number}",
        case_id="case",
        recorded_at=draw(moments(at, -3_000, 2_000)),
        party_id=draw(st.sampled_from(["client", "client", "spouse"])),
        preference=draw(st.sampled_from([wish, wish, wish, None])),
    )


@st.composite
def contacts(draw: st.DrawFn, number: int, at: dt.datetime) -> rp.Contact:
    direction = draw(st.sampled_from([rp.Direction.OUTBOUND] * 3 + [rp.Direction.INBOUND]))
    outcomes = sorted(possible_outcomes(rp.Channel.PHONE, direction), key=lambda outcome: outcome.name)
    outcome = draw(st.sampled_from(outcomes))
    started_at = draw(st.one_of(moments(at, -14_000, 600), moments(at, -600, 0)))
    present: dict[str, Any] = {}
    if outcome is rp.Outcome.CONVERSATION:
        present["participants"] = [draw(clients(started_at)), rp.Participant(party=made.COLLECTOR)]
    if outcome is rp.Outcome.DROPPED:
        present["spoken_language"] = draw(st.sampled_from([None, "en"]))
    return made.contact(
        f"contact {number}",
        started_at,
        direction=direction,
        outcome=outcome,
        debts=draw(st.sampled_from([("card",), ("loan",), DEBTS])),
        debts_raised=draw(st.sampled_from([(), ("loan",)])),
        point=draw(st.sampled_from([made.MOBILE, made.MOBILE, RENAMED, made.LANDLINE])),
        **present,
    )


def clients(at: pendulum.DateTime) -> st.SearchStrategy[rp.Participant]:
    """The client in a talk, of whom it was made sure or not."""
    checks = [rp.Verification(method="questions", at=at, result=item) for item in rp.VerificationResult]
    return st.builds(
        rp.Participant, party=st.just(made.CLIENT), verification=st.sampled_from([None, *checks, checks[0]])
    )


@st.composite
def point_notes(draw: st.DrawFn, number: int, at: dt.datetime) -> rp.ContactPointNote:
    """A note that one of the numbers was verified, lately or never, or whose content was erased."""
    recorded_at = draw(moments(at, -6_000, 2_000))
    point = draw(st.sampled_from([made.MOBILE, made.MOBILE, RENAMED, made.LANDLINE]))
    days = draw(st.one_of(st.none(), st.integers(-3, 0)))
    verified_on = None if days is None else recorded_at.date() + dt.timedelta(days=days)
    return rp.ContactPointNote(
        id=f"point {number}",
        case_id="case",
        recorded_at=recorded_at,
        point_id=point.id,
        source=draw(st.sampled_from([rp.PointSource.CLIENT, *rp.PointSource])),
        point=draw(st.sampled_from([attrs.evolve(point, verified_on=verified_on)] * 3 + [None])),
    )


@st.composite
def consents(draw: st.DrawFn, number: int, at: dt.datetime) -> rp.Record:
    given = draw(moments(at, -14_000, 2_000))
    scope = draw(st.sampled_from([rp.ConsentScope.EXTRA_CONTACT, rp.ConsentScope.CONTACT]))
    where: dict[str, Any] = {}
    if scope is rp.ConsentScope.CONTACT:
        where["channel"] = draw(st.sampled_from([None, rp.Channel.PHONE, rp.Channel.SMS]))
        where["point_id"] = draw(st.sampled_from([None, "mobile", "email"]))
    if draw(st.integers(0, 2)) == 0:
        return made.withdrawal(f"withdrawal {number}", given, scope, **where)
    after = draw(st.one_of(st.none(), moments(given, 0, 3_000)))
    until = draw(st.one_of(st.none(), moments(after or given, 0, 6_000)))
    return made.consent(f"consent {number}", given, scope, starts_at=after, until=until, **where)


def some(
    kind: Callable[..., st.SearchStrategy[Any]], at: dt.datetime, most: int
) -> st.SearchStrategy[list[Any]]:
    return st.integers(0, most).flatmap(
        lambda count: st.tuples(*(kind(number, at) for number in range(count))).map(list)
    )


@st.composite
def spans(draw: st.DrawFn, at: dt.datetime) -> BlockedSpan:
    start = draw(moments(at, -3_000, 3_000))
    return BlockedSpan(
        start=start,
        end=draw(st.one_of(st.none(), moments(start, 1, 3_000)))
        if draw(st.booleans())
        else start.add(hours=9),
        reason="held",
        purposes=draw(st.sampled_from([list(rp.Purpose), [rp.Purpose.DEMAND], [rp.Purpose.OFFER]])),
    )


@st.composite
def questions(draw: st.DrawFn, horizon: int = 3) -> dict[str, Any]:
    """The arguments of a question, whose log holds contacts before and a few after the moment."""
    zone, change = draw(st.sampled_from(CHANGES))
    others = st.sampled_from(OTHER_ZONES).filter(lambda other: other != zone)
    zones = (zone, *draw(st.lists(others, max_size=1)))
    at = draw(moments(dt.datetime.fromisoformat(change).replace(tzinfo=dt.UTC), -3_000, 1_500))
    point = made.point("mobile", rp.PointKind.MOBILE, zone=draw(st.sampled_from([None, zone])))
    points = (point, *(item for item in made.POINTS if item.id != "mobile"))
    records = [
        record
        for kind, most in ((contacts, 8), (consents, 3), (notes, 2), (point_notes, 2))
        for record in draw(some(kind, at, most))
    ]
    return made.arguments(
        at,
        draw(rule_books(at, zones, horizon)),
        purpose=draw(st.sampled_from([rp.Purpose.DEMAND, rp.Purpose.OFFER])),
        debts=draw(st.sampled_from([("card",), DEBTS])),
        channel=draw(st.sampled_from([rp.Channel.PHONE, rp.Channel.PHONE, rp.Channel.SMS])),
        point=point,
        log=made.log_of(*records),
        client=made.client(*draw(st.lists(wishes(), max_size=1)), zones=zones, points=points),
        blocked=draw(st.lists(spans(at), max_size=2)),
    )
