"""The client as the log notes it: wishes, contact points and needs that were recorded after the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.communication.circumstances import Vulnerability
from repayplan.communication.client import Client
from repayplan.communication.fields import ITEMS_MAX
from repayplan.communication.log import CommunicationLog
from repayplan.communication.profiles import ContactPointNote, PreferenceNote
from repayplan.communication.wishes import in_order
from repayplan.moments import check_moment, instant

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    import pendulum

    from repayplan.communication.contact_points import ContactPoint, ContactPreference
    from repayplan.communication.reasons import SupportNeed

__all__ = ["client_as_noted"]


def client_as_noted(
    client: Client, log: CommunicationLog, at: datetime.datetime, *, case_id: str | None = None
) -> Client:
    """Give the client with what the log notes by a moment.

    Wishes that were noted come before those of ``client``, the last note first, each from its day on. A
    contact point is as it was noted last, and one that either of them knows as left stays left. Needs add up.

    Args:
        client: The client as known besides the log.
        log: The log.
        at: The moment; nothing that was recorded later is known.
        case_id: The case of the client; None takes every case of the log, which fits a log of one case alone.

    Raises:
        DateError: The moment is naive.
    """
    check_instance(client, Client, "client")
    moment = check_moment(at, "at")
    known, day = check_instance(log, CommunicationLog, "log").known_by(moment), moment.date()
    return attrs.evolve(
        client,
        preferences=(*client.preferences, *_wishes(client, known, day, case_id))[-ITEMS_MAX:],
        points=_points(client, known, day, case_id),
        needs=client.needs | _needs(client, known, case_id),
    )


def _wishes(
    client: Client, log: CommunicationLog, day: pendulum.Date, case_id: str | None
) -> Iterator[ContactPreference]:
    """Give the noted wishes, each from the day of its note at the earliest, by the clock of the moment."""
    notes = (note for note in log.records(PreferenceNote) if case_id in {None, note.case_id})
    for note in in_order(notes, client.party.id):
        wish, noted_on = note.preference, min(note.recorded_at.date(), day)  # clocks may differ
        if wish is not None and (wish.valid_until is None or wish.valid_until >= noted_on):
            yield attrs.evolve(wish, valid_from=max(wish.valid_from or noted_on, noted_on))


def _points(
    client: Client, log: CommunicationLog, day: pendulum.Date, case_id: str | None
) -> tuple[ContactPoint, ...]:
    owners = {client.party.id, *(party.id for party in client.others)}
    left = {point.id for point in client.points if not point.is_in_use(day)}
    found = {point.id: point for point in client.points}
    notes = (note for note in log.records(ContactPointNote) if case_id in {None, note.case_id})
    for note in sorted(notes, key=lambda note: instant(note.recorded_at)):
        if note.point is None or note.point_id in left:
            continue
        if note.point.owner in owners:
            found[note.point_id] = note.point
        else:  # somebody who is nothing to the case
            found.pop(note.point_id, None)
    return tuple(found.values())


def _needs(client: Client, log: CommunicationLog, case_id: str | None) -> frozenset[SupportNeed]:
    notes = (note for note in log.records(Vulnerability) if case_id in {None, note.case_id})
    return frozenset(need for note in notes if note.party_id == client.party.id for need in note.needs)
