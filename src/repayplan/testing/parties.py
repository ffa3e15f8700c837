"""Relations of what records are made of: parties, points, wishes, barriers and spans of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

import repayplan as rp
from repayplan.testing.drawing import values
from repayplan.testing.ground import moments, zones
from repayplan.testing.registry import relation_of
from repayplan.testing.relating import by_id, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["clients"]


def clients(**fields: object) -> st.SearchStrategy[rp.Client]:
    """Draw a client with time zones, points of contact, wishes and needs.

    Args:
        fields: Fields that are fixed, or strategies for them.
    """
    return values(rp.Client, **fields)


@relation_of(rp.WeeklyTimes)
def _weekly(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    start, end = sorted(draw(st.lists(st.integers(0, 48), min_size=2, max_size=2, unique=True)))
    weekdays = draw(st.frozensets(st.integers(1, 7), min_size=1))
    return {"weekdays": weekdays, "start": _clock(start), "end": _clock(end)}


def _clock(half_hours: int) -> str:
    return f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}"


@relation_of(rp.Authority, rp.ContactPoint, rp.ContactPreference)
def _valid(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return in_order(fields, "valid_from", "valid_until")


@relation_of(rp.Party)
def _party(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    role = fields["role"]
    return {"authority": None if role.owes or role.is_creditor_side else fields["authority"]}


@relation_of(rp.PublicHolidays)
def _holidays(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"zone": draw(zones())}


@relation_of(rp.BlockedSpan)
def _blocked(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return in_order(fields, "start", "end")


@relation_of(rp.Client)
def _client(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let the client owe, every party have an id of its own, and every point an owner that is known."""
    party = draw(values(rp.Party, role=rp.PartyRole.CLIENT))
    others = tuple(other for other in by_id(fields["others"]) if other.id != party.id)
    owned = [draw(values(rp.ContactPoint, id=point.id, owner=party.id)) for point in fields["points"]]
    zone = draw(st.lists(zones(), min_size=1, max_size=2, unique=True))
    return {"party": party, "others": others, "points": by_id(owned), "zones": tuple(zone)}


@relation_of(rp.BestChannel)
def _best(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    ways = sorted(fields["point"].kind.channels, key=lambda channel: channel.name)
    return {"channel": draw(st.sampled_from(ways))}


@relation_of(rp.Barrier)
def _barrier(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Close it by a record and at a moment, or not at all."""
    ordered = in_order(fields, "began_at", "latest_at")
    closed = fields["closed_by"] is not None
    return {**ordered, "closed_at": draw(moments(after=ordered["latest_at"])) if closed else None}
