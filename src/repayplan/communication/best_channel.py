"""Which channel and contact point to use now: the client's choice first, then what has worked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance
from repayplan.communication.accessibility import suits
from repayplan.communication.barrier_rules import HOUSE_BARRIER_RULES, BarrierRules
from repayplan.communication.barriers import Barrier, BarrierKind
from repayplan.communication.channel_choices import (
    BestChannel,
    ChannelReason,
    NoChannel,
    PassedOver,
    PassedOverReason,
)
from repayplan.communication.channels import Channel
from repayplan.communication.contact import Contact
from repayplan.communication.contact_points import ContactPoint, ContactPreference
from repayplan.communication.diagnosis import diagnose
from repayplan.communication.noted_client import client_as_noted
from repayplan.communication.trails import Trail, trail_of
from repayplan.errors import InputTypeError, shown
from repayplan.moments import check_moment, instant

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    import pendulum

    from repayplan.communication.client import Client
    from repayplan.communication.log import CommunicationLog
    from repayplan.communication.reasons import SupportNeed

__all__ = ["Permitted", "best_channel"]

Permitted = Callable[[Channel, ContactPoint], bool]
"""Tells whether a contact on a channel, at a contact point, is permitted at the moment."""

_MICROSECONDS_OF_A_DAY: Final = 86_400_000_000


def best_channel(
    client: Client,
    log: CommunicationLog,
    at: datetime.datetime,
    rules: BarrierRules = HOUSE_BARRIER_RULES,
    *,
    permitted: Permitted,
    case_id: str | None = None,
    barriers: Sequence[Barrier] | None = None,
) -> BestChannel | NoChannel:
    """Give the channel and the contact point to use now.

    The client's choice comes first, in the client's own order; then, for a client who named none or whose
    choice cannot be used now, where the client was heard last; then the rest, in the order of the points.
    Whether another channel than those named may be used at all is for ``permitted`` to say. Nothing is used
    that has an open barrier of its own, lies at a place that the client excluded, or does not suit a need of
    the client who did not name it, be it known or shown by an open barrier.

    Args:
        client: The client; what the log notes of points, wishes and needs comes before it.
        log: The log.
        at: The moment of the contact; nothing that was entered later is known.
        rules: When a barrier stands, and how long it counts that a channel has worked.
        permitted: Whether a contact is permitted, as by :func:`repayplan.may_contact`.
        case_id: The case of the client; None takes every case of the log.
        barriers: The barriers at the moment, where whoever asks knows them; None diagnoses them.

    Raises:
        DateError: The moment is naive.
        InputTypeError: ``permitted`` cannot be called.
    """
    check_instance(rules, BarrierRules, "rules")
    _check_function(permitted)
    moment = check_moment(at, "at")
    trail = trail_of(log, client, moment, case_id)
    known = client_as_noted(client, log, moment, case_id=case_id)
    wish = known.preference_on(moment.date())
    found = diagnose(log, client, rules, as_of=moment, case_id=case_id) if barriers is None else barriers
    standing = [one for one in found if one.is_open]
    barred = frozenset(_bars(one) for one in standing if one.kind in _BARRING)
    needs = known.needs | {one.kind.need for one in standing if one.kind.need is not None}
    passed: list[PassedOver] = []
    for one in _ranked(_candidates(known, trail, moment, rules), wish):
        reason = _objection(one, needs, wish, barred, permitted)
        if reason is None:
            return _best(one, wish, passed)
        passed.append(PassedOver(channel=one.channel, point_id=one.point.id, reason=reason))
    return NoChannel(passed_over=tuple(passed))


def _check_function(permitted: object) -> None:
    if not callable(permitted):
        message = f"expected a function of a channel and a contact point, got {shown(permitted)}"
        raise InputTypeError("permitted.type", "permitted", message)


_BARRING: Final = {
    BarrierKind.TECHNICAL_FAILURE,
    BarrierKind.INACCURATE_DATA,
    BarrierKind.UNSUITABLE_CHANNEL,
    BarrierKind.WRONG_PERSON,
}


def _bars(barrier: Barrier) -> tuple[str | None, Channel | None]:
    """Give the point and the channel that a barrier bars; None is any."""
    whole_point = barrier.kind is not BarrierKind.TECHNICAL_FAILURE and barrier.point_id is not None
    return barrier.point_id, None if whole_point else barrier.channel


@attrs.frozen
class _Candidate:
    """A channel at a contact point, with the latest contact there in which the client was heard."""

    channel: Channel
    point: ContactPoint
    worked: Contact | None


def _candidates(
    client: Client, trail: Trail | None, at: pendulum.DateTime, rules: BarrierRules
) -> list[_Candidate]:
    worked = {} if trail is None else _worked(trail, at, rules)
    return [
        _Candidate(channel, point, worked.get((channel, point.id)))
        for point in client.points_on(at.date())
        for channel in Channel
        if channel in point.kind.channels
    ]


def _worked(trail: Trail, at: pendulum.DateTime, rules: BarrierRules) -> dict[tuple[Channel, str], Contact]:
    """Give the latest contact in which the client was heard, by channel and point; an answered one counts."""
    found: dict[tuple[Channel, str], Contact] = {}
    limit = rules.worked_days
    for contact in trail.contacts:
        if contact.point is not None and (trail.heard(contact) or contact.id in trail.answered):
            days = (instant(at) - instant(contact.started_at)) // _MICROSECONDS_OF_A_DAY
            if limit.comparison.holds(days, limit.value):
                found[contact.channel, contact.point.id] = contact
    return found


def _ranked(candidates: list[_Candidate], wish: ContactPreference) -> list[_Candidate]:
    def rank(one: _Candidate) -> tuple[int, int]:
        chosen = wish.channels.index(one.channel) if one.channel in wish.channels else len(wish.channels)
        return chosen, 0 if one.worked is None else -instant(one.worked.started_at)

    return sorted(candidates, key=rank)


def _objection(
    one: _Candidate,
    needs: frozenset[SupportNeed],
    wish: ContactPreference,
    barred: frozenset[tuple[str | None, Channel | None]],
    permitted: Permitted,
) -> PassedOverReason | None:
    chosen = one.channel in wish.channels
    if one.point.place in wish.not_at:
        return PassedOverReason.EXCLUDED_PLACE
    if {(one.point.id, None), (one.point.id, one.channel), (None, one.channel)} & barred:
        return PassedOverReason.BARRIER
    if not chosen and not suits(one.channel, needs, wish.formats):
        return PassedOverReason.DOES_NOT_SUIT
    return None if permitted(one.channel, one.point) else PassedOverReason.NOT_PERMITTED


def _best(one: _Candidate, wish: ContactPreference, passed: list[PassedOver]) -> BestChannel:
    if one.channel in wish.channels:
        reason = ChannelReason.CLIENTS_CHOICE
    else:
        reason = ChannelReason.AVAILABLE if one.worked is None else ChannelReason.HAS_WORKED
    return BestChannel(
        channel=one.channel,
        point=one.point,
        reason=reason,
        worked_in=None if one.worked is None else one.worked.id,
        passed_over=tuple(passed),
    )
