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
from repayplan.communication.diagnosis import barriers_in
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

__all__ = ["Choice", "Permitted", "best_channel", "ranked_choices"]

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

    Raises:
        DateError: The moment is naive.
        InputTypeError: ``permitted`` cannot be called.
    """
    check_instance(rules, BarrierRules, "rules")
    _check_function(permitted)
    moment = check_moment(at, "at")
    trail = trail_of(log, client, moment, case_id)
    barriers = () if trail is None else barriers_in(trail, rules)
    known = client_as_noted(client, log, moment, case_id=case_id)
    passed: list[PassedOver] = []
    for choice in ranked_choices(known, trail, moment, rules, barriers):
        reason = choice.against
        if reason is None and permitted(choice.channel, choice.point):
            return _best(choice, passed)
        passed.append(
            PassedOver(
                channel=choice.channel,
                point_id=choice.point.id,
                reason=reason or PassedOverReason.NOT_PERMITTED,
            )
        )
    return NoChannel(passed_over=tuple(passed))


@attrs.frozen
class Choice:
    """A channel at a contact point.

    Attributes:
        channel: The channel.
        point: The contact point.
        is_wished: Whether the client named the channel.
        worked_in: The latest contact there in which the client was heard; None where there was none.
        against: What speaks against it, whatever the rules of contact permit; None where nothing does.
    """

    channel: Channel
    point: ContactPoint
    is_wished: bool
    worked_in: Contact | None
    against: PassedOverReason | None


def ranked_choices(
    client: Client,
    trail: Trail | None,
    at: pendulum.DateTime,
    rules: BarrierRules,
    barriers: Sequence[Barrier],
) -> list[Choice]:
    """Give every channel at every contact point of the client, the best first.

    Args:
        client: The client as the log notes it (:func:`repayplan.client_as_noted`).
        trail: What is known of the communication; None where nothing is.
        at: The moment.
        rules: How long it counts that a channel has worked.
        barriers: The barriers that the trail shows.
    """
    wish = client.preference_on(at.date())
    standing = [barrier for barrier in barriers if barrier.is_open]
    barred = frozenset(_bars(barrier) for barrier in standing if barrier.kind in _BARRING)
    needs = client.needs | {barrier.kind.need for barrier in standing if barrier.kind.need is not None}
    worked = {} if trail is None else _worked(trail, at, rules)
    choices = [
        Choice(
            channel=channel,
            point=point,
            is_wished=channel in wish.channels,
            worked_in=worked.get((channel, point.id)),
            against=_objection(channel, point, needs, wish, barred),
        )
        for point in client.points_on(at.date())
        for channel in Channel
        if channel in point.kind.channels
    ]
    return sorted(choices, key=lambda choice: _rank(choice, wish))


def _rank(choice: Choice, wish: ContactPreference) -> tuple[int, int]:
    place = wish.channels.index(choice.channel) if choice.is_wished else len(wish.channels)
    return place, 0 if choice.worked_in is None else -instant(choice.worked_in.started_at)


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


def _objection(
    channel: Channel,
    point: ContactPoint,
    needs: frozenset[SupportNeed],
    wish: ContactPreference,
    barred: frozenset[tuple[str | None, Channel | None]],
) -> PassedOverReason | None:
    if point.place in wish.not_at:
        return PassedOverReason.EXCLUDED_PLACE
    if {(point.id, None), (point.id, channel), (None, channel)} & barred:
        return PassedOverReason.BARRIER
    if channel not in wish.channels and not suits(channel, needs, wish.formats):
        return PassedOverReason.DOES_NOT_SUIT
    return None


def _best(choice: Choice, passed: list[PassedOver]) -> BestChannel:
    if choice.is_wished:
        reason = ChannelReason.CLIENTS_CHOICE
    else:
        reason = ChannelReason.AVAILABLE if choice.worked_in is None else ChannelReason.HAS_WORKED
    return BestChannel(
        channel=choice.channel,
        point=choice.point,
        reason=reason,
        worked_in=None if choice.worked_in is None else choice.worked_in.id,
        passed_over=tuple(passed),
    )
