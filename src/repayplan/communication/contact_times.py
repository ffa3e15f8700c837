"""The conditions by the clock: permitted hours, public holidays, and times and places that do not suit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pendulum

from repayplan.communication.channels import Channel
from repayplan.communication.conditions import Condition
from repayplan.communication.consent_spans import grants, reply_spans
from repayplan.communication.contact_hours import minutes_on
from repayplan.communication.local_clock import minute_of
from repayplan.communication.phases import WHOLE_DAY, any_bars, by_the_clock, in_turn, lifted, without
from repayplan.communication.purposes import ConsentScope
from repayplan.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from repayplan.communication.conditions import Grounds
    from repayplan.communication.contact_hours import PermittedHours
    from repayplan.communication.contact_points import ContactPreference
    from repayplan.communication.contact_question import ContactQuestion
    from repayplan.communication.local_clock import LocalClock
    from repayplan.communication.phases import Phases, Span
    from repayplan.communication.weekly import WeeklyTimes
    from repayplan.rules import Limit

__all__ = ["on_days", "timing"]


def timing(question: ContactQuestion) -> Iterator[Condition]:
    """Give the conditions that come from hours and from wishes."""
    place = None if question.point is None else question.point.place
    for hours in question.rules.hours:
        if hours.applies_to(question.channel, place):
            yield _hours_condition(question, hours)
    has_wishes = question.is_for_client or bool(question.noted_wishes)
    if has_wishes and question.purpose not in question.rules.notices.value:
        if question.channel is not Channel.LETTER:  # nobody knows at what time a letter is read
            yield _wished_times(question)
        yield _wished_places(question)


def on_days(question: ContactQuestion, permitted: Callable[[pendulum.Date], bool]) -> Phases:
    """Bar whole days, by the clock of each place."""
    return _by_the_clocks(question, lambda _, day: WHOLE_DAY if permitted(day) else ())


def _by_the_clocks(
    question: ContactQuestion, open_on: Callable[[LocalClock, pendulum.Date], Sequence[Span]]
) -> Phases:
    def by_one(clock: LocalClock) -> Phases:
        known: dict[int, Sequence[Span]] = {}

        def open_minutes(day: int) -> Sequence[Span]:
            if day not in known:
                known[day] = open_on(clock, pendulum.Date.fromordinal(day))
            return known[day]

        return by_the_clock(clock, open_minutes)

    return any_bars([by_one(clock) for clock in question.clocks])


def _hours_condition(question: ContactQuestion, hours: PermittedHours) -> Condition:
    def times_on(clock: LocalClock, day: pendulum.Date) -> Limit[tuple[WeeklyTimes, ...]]:
        holiday = hours.holiday_times
        if holiday is not None and question.rules.holidays_of(clock.name).include(day):
            return holiday
        return hours.times

    def open_on(clock: LocalClock, day: pendulum.Date) -> Sequence[Span]:
        return minutes_on(times_on(clock, day).value, day)

    def finding(minute: int, passed: bool) -> Finding:  # noqa: FBT001  # the shape of every finding
        clock = question.clocks[0]
        times = times_on(clock, pendulum.Date.fromordinal(clock.reading(minute)[0]))
        return Finding("permitted_hours", passed, _clocks_read(question, minute), times.value, times.citation)

    lifts = [*reply_spans(question)]
    # with no permitted time at all the place is barred, and a consent to other times says nothing of places
    if question.rules.outside_hours is not None and hours.times.value:
        consents = grants(question, question.recipient.id, ConsentScope.OUTSIDE_HOURS)
        lifts += [grant.span for grant in consents]
    return Condition(lifted(_by_the_clocks(question, open_on), lifts), finding)


def _clocks_read(question: ContactQuestion, minute: int) -> tuple[str, ...]:
    return tuple(clock.moment(minute).strftime("%Y-%m-%d %H:%M") for clock in question.clocks)


def _wished_times(question: ContactQuestion) -> Condition:
    def open_on(wish: ContactPreference, day: pendulum.Date) -> Sequence[Span]:
        suits = minutes_on(wish.convenient, day) if wish.convenient else WHOLE_DAY
        return without(suits, minutes_on(wish.inconvenient, day))

    def finding(minute: int, passed: bool) -> Finding:  # noqa: FBT001  # as above
        observed = _clocks_read(question, minute)
        return Finding("wished_times", passed, observed, citation=question.rules.wishes)

    return _wish(question, open_on, finding)


def _wished_places(question: ContactQuestion) -> Condition:
    """Bar what reaches the client where contact does not suit; a point that is not named may be there."""
    point = question.point

    def open_on(wish: ContactPreference, _: pendulum.Date) -> Sequence[Span]:
        suits = not wish.not_at if point is None else point.place not in wish.not_at
        return WHOLE_DAY if suits else ()

    def finding(_: int, passed: bool) -> Finding:  # noqa: FBT001  # as above
        observed = None if point is None else point.place.value
        return Finding("wished_places", passed, observed, citation=question.rules.wishes)

    return _wish(question, open_on, finding)


def _wish(
    question: ContactQuestion,
    open_on: Callable[[ContactPreference, pendulum.Date], Sequence[Span]],
    grounds: Grounds,
) -> Condition:
    """Bar by what is wished, each note of the log from the minute on in which it was recorded."""

    def after(notes: int) -> Phases:
        return _by_the_clocks(question, lambda _, day: open_on(question.wish_on(day, notes), day))

    changes = [minute_of(note.recorded_at) for note in question.noted_wishes]
    return Condition(lifted(in_turn(changes, after), reply_spans(question)), grounds)
