"""Choices of a channel: which one to use now, why, and what stands against the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance, check_tuple
from repayplan.communication.channels import Channel, PointKind
from repayplan.communication.contact_points import ContactPoint
from repayplan.communication.fields import ITEMS_MAX, check_id, check_optional_text
from repayplan.errors import CommunicationError, shown
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BestChannel", "ChannelReason", "NoChannel", "PassedOver", "PassedOverReason"]

_PASSED_OVER_MAX: Final = ITEMS_MAX * max(len(kind.channels) for kind in PointKind)
"""Every channel of every contact point that a client may have."""


class ChannelReason(Enumeration):
    """Why a channel is the best."""

    CLIENTS_CHOICE = "the client's choice"
    HAS_WORKED = "the client was heard there"
    AVAILABLE = "known and permitted"
    """The client named no channel, or none that can be used now, and none has worked."""


class PassedOverReason(Enumeration):
    """Why a channel is not used."""

    NOT_PERMITTED = "not permitted now"
    BARRIER = "an open barrier"
    """It does not work, or does not reach the client, as far as the record shows."""
    EXCLUDED_PLACE = "a place that the client excluded"
    DOES_NOT_SUIT = "does not suit the client's needs"


@attrs.frozen(kw_only=True)
class PassedOver(Value):
    """A channel that would come first if it could be used.

    Attributes:
        channel: The channel.
        point_id: The contact point.
        reason: Why it is not used.
    """

    channel: Channel
    point_id: str
    reason: PassedOverReason

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.channel, Channel, "channel")
        check_id(self.point_id, "point_id")
        check_instance(self.reason, PassedOverReason, "reason")


def _to_passed_over(value: Sequence[PassedOver]) -> tuple[PassedOver, ...]:
    return check_tuple(value, PassedOver, "passed_over", maximum=_PASSED_OVER_MAX, error=CommunicationError)


@attrs.frozen(kw_only=True, repr=False)
class BestChannel(Value):
    """The channel and the contact point to use now.

    Attributes:
        channel: The channel.
        point: The contact point.
        reason: Why.
        worked_in: The id of the latest contact in which the client was heard there; None where there is none.
        passed_over: What would come before it and cannot be used.
    """

    channel: Channel
    point: ContactPoint
    reason: ChannelReason
    worked_in: str | None = None
    passed_over: tuple[PassedOver, ...] = attrs.field(default=(), converter=_to_passed_over)

    def __attrs_post_init__(self) -> None:
        """Check that the channel reaches the point."""
        check_instance(self.channel, Channel, "channel")
        check_instance(self.point, ContactPoint, "point")
        check_instance(self.reason, ChannelReason, "reason")
        check_optional_text(self.worked_in, "worked_in")
        if self.channel not in self.point.kind.channels:
            message = f"expected a channel that reaches the point, got {shown(self.channel.value)}"
            raise CommunicationError("best_channel.point", "channel", message)

    def __repr__(self) -> str:
        """Give the channel and the reason: the point is personal."""
        return f"<BestChannel {self.channel.value}: {self.reason.value}>"


@attrs.frozen(kw_only=True)
class NoChannel(Value):
    """No channel can be used now.

    Attributes:
        passed_over: The client's channels and points, the best first, with what stands against each.
    """

    passed_over: tuple[PassedOver, ...] = attrs.field(default=(), converter=_to_passed_over)
