"""The details of remedies: what in the case each of them is about, and whether it applies at all."""

from __future__ import annotations

from typing import Any

import attrs
import pendulum

from repayplan.communication.accessibility import suits
from repayplan.communication.barrier_rules import BarrierRules
from repayplan.communication.barriers import Barrier, BarrierKind
from repayplan.communication.channels import Channel
from repayplan.communication.client import Client
from repayplan.communication.contact_points import ContactPoint, ContactPreference
from repayplan.communication.parties import Party, PartyRole
from repayplan.communication.profiles import PointSource
from repayplan.communication.reasons import SupportNeed

__all__ = [
    "Case",
    "Details",
    "adviser",
    "always",
    "clients_channel",
    "confirm",
    "emergency_contact",
    "failed_point",
    "interpreter",
    "other_line",
    "representative",
    "sources",
    "translated",
]


@attrs.frozen
class Case:
    """What a remedy is made from.

    Attributes:
        barrier: The barrier.
        client: The client.
        rules: The rules.
        day: The day from which the times count.
        wish: The client's wishes on that day.
    """

    barrier: Barrier
    client: Client
    rules: BarrierRules
    day: pendulum.Date
    wish: ContactPreference

    @property
    def needs(self) -> frozenset[SupportNeed]:
        """What the client needs care for, by what is known and by what the barrier shows."""
        shown = self.barrier.kind.need
        return self.client.needs if shown is None else self.client.needs | {shown}

    @property
    def points(self) -> tuple[ContactPoint, ...]:
        """The client's points that may be used instead of the one that failed."""
        own = self.client.points_on(self.day)
        allowed = (point for point in own if point.place not in self.wish.not_at)
        return tuple(point for point in allowed if point.id != self.barrier.point_id)

    @property
    def failed_channel(self) -> Channel | None:
        """The channel to leave; none where only the place of a contact point did not suit."""
        only_place = self.barrier.kind is BarrierKind.UNSUITABLE_CHANNEL and self.barrier.point_id is not None
        return None if only_place else self.barrier.channel

    def parties(self, *roles: PartyRole) -> tuple[Party, ...]:
        """Give who of the case has one of some roles."""
        return tuple(party for party in self.client.others if party.role in roles)


def _ids(parties: tuple[Party, ...]) -> tuple[str, ...]:
    return tuple(party.id for party in parties)


Details = dict[str, Any] | None
"""The fields of a remedy that its kind needs; None where the remedy does not apply."""


def always(_: Case) -> Details:
    """Give none: the remedy always applies."""
    return {}


def failed_point(case: Case) -> Details:
    """Give the point that failed."""
    point_id = case.barrier.point_id
    return {"point_ids": () if point_id is None else (point_id,)}


def clients_channel(case: Case) -> Details:
    """Give the client's channels but the one that failed, as far as points are known and they suit."""
    reachable = {channel for point in case.points for channel in point.kind.channels}
    wished = case.wish.channels or tuple(Channel)
    channels = tuple(
        channel
        for channel in wished
        if channel in reachable
        and channel is not case.failed_channel
        and (channel in case.wish.channels or suits(channel, case.needs, case.wish.formats))
    )
    return {"channels": channels} if channels else None


def other_line(case: Case) -> Details:
    """Give the client's other points on the channel that failed."""
    other = tuple(point.id for point in case.points if case.barrier.channel in point.kind.channels)
    return {"point_ids": other} if other else None


def interpreter(case: Case) -> Details:
    """Give the language, none for sign language, and the interpreters of the case."""
    language = None if case.barrier.kind is BarrierKind.HEARING else _language(case)
    return {"language": language, "party_ids": _ids(case.parties(PartyRole.INTERPRETER))}


def translated(case: Case) -> Details:
    """Give the language to write in."""
    return {"language": case.wish.written_language or _language(case)}


def _language(case: Case) -> str | None:
    return case.barrier.language or case.wish.spoken_language


def confirm(case: Case) -> Details:
    """Give the channels on which to ask; for data that are merely old, the point itself will do."""
    channels = clients_channel(case)
    if case.barrier.kind is BarrierKind.OUTDATED_DATA:
        return {**(channels or {}), **(failed_point(case) or {})}
    return channels


def sources(case: Case) -> Details:
    """Give the permitted sources besides the client."""
    others = case.rules.sources.value - {PointSource.CLIENT}
    return {"sources": others} if others else None


def representative(case: Case) -> Details:
    """Give who has authority to act on the day."""
    acting = tuple(
        party
        for party in case.client.others
        if party.role.acts_for_client and party.authority is not None and party.authority.covers(case.day)
    )
    return {"party_ids": _ids(acting)} if acting else None


def adviser(case: Case) -> Details:
    """Give the advisers of the case."""
    return {"party_ids": _ids(case.parties(PartyRole.ADVISER))}


def emergency_contact(case: Case) -> Details:
    """Give the emergency contacts, where the rules permit to ask one and it is safe."""
    known = case.parties(PartyRole.EMERGENCY_CONTACT)
    # somebody close may be the danger: nobody is told that the client is looked for
    is_safe = SupportNeed.ABUSE not in case.needs
    return (
        {"party_ids": _ids(known)} if known and is_safe and case.rules.ask_emergency_contact.value else None
    )
