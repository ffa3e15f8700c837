"""Signs that contact data are old: nobody made sure for too long that the client is reached there."""

from __future__ import annotations

import datetime
from itertools import chain, groupby
from typing import TYPE_CHECKING

import attrs
import pendulum

from repayplan.communication.signs import Closing, Sign, place_of
from repayplan.moments import check_moment, instant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from repayplan.communication.profiles import PointSource
    from repayplan.communication.trails import Trail
    from repayplan.rules import Limit

__all__ = ["outdated_data"]


@attrs.frozen
class _Event:
    """Something that was learned of a contact point.

    Attributes:
        point_id: The point.
        record_id: The record.
        at: When.
        known_on: The day from which it ages; None where the client is no more reached there.
        is_check: Whether it was made sure that the client is reached there.
    """

    point_id: str
    record_id: str
    at: pendulum.DateTime
    known_on: pendulum.Date | None
    is_check: bool


def outdated_data(
    trail: Trail, verification_days: Limit[int], sources: Collection[PointSource]
) -> Iterator[Sign | Closing]:
    """Read contact points whose verification is too old; a new one, or leaving the point, closes.

    A point that was never verified ages from the day on which it was noted. A talk there in which it was
    confirmed that it is the client verifies it, and a note does whose source is permitted for that.
    """
    events = sorted(
        chain(_noted(trail, sources), _met(trail)), key=lambda one: (one.point_id, instant(one.at))
    )
    for _, group in groupby(events, key=lambda one: one.point_id):
        row = list(group)
        for place, event in enumerate(row):
            following = row[place + 1].at if place + 1 < len(row) else trail.as_of
            yield from _signs(event, following, verification_days)


def _noted(trail: Trail, sources: Collection[PointSource]) -> Iterator[_Event]:
    for state in trail.point_states:
        left = not state.in_use or state.point.owner != trail.client.party.id
        yield _Event(
            state.point.id,
            state.record_id,
            state.at,
            None if left else state.point.verified_on or state.at.date(),
            not left and state.is_verified_by(sources),
        )


def _met(trail: Trail) -> Iterator[_Event]:
    noted = {state.point.id for state in trail.point_states}
    for contact in trail.contacts:
        place = place_of(contact)
        if isinstance(place, str) and place in noted and trail.made_sure(contact):
            yield _Event(place, contact.id, contact.started_at, contact.started_at.date(), is_check=True)


def _signs(
    event: _Event, following: pendulum.DateTime, verification_days: Limit[int]
) -> Iterator[Sign | Closing]:
    """Give what an event closes, and the sign that it became too old before the next one."""
    if event.known_on is None:
        yield Closing(event.record_id, event.at, event.point_id)
        return
    if event.is_check:
        yield Closing(event.record_id, event.at, event.point_id, event.known_on)
    age = following.date().toordinal() - event.known_on.toordinal()
    if verification_days.comparison.holds(age, verification_days.value):
        first_day = datetime.date.fromordinal(event.known_on.toordinal() + verification_days.value + 1)
        expired = check_moment(
            datetime.datetime.combine(first_day, datetime.time(), tzinfo=event.at.tzinfo), "verified_on"
        )
        # clocks may differ: it expired before the next event in any case
        yield Sign((event.record_id,), min(expired, following, key=instant), event.point_id)
