"""When a claim expires: the rules of limitation as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.communication.channels import Channel
from repayplan.communication.fields import check_members
from repayplan.communication.periods import Period, check_limit
from repayplan.rules import Citation, Limit
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["LimitationRules", "RestartKind"]


class RestartKind(Enumeration):
    """What may make a period of limitation run anew."""

    DEMAND_REACHED_DEBTOR = "a demand reached the debtor"
    DEBTOR_AGREES = "the debtor agrees to perform"
    PART_PAYMENT = "part payment"
    REQUEST_TO_DEFER = "request to defer"
    REPAYMENT_PLAN_PROMISE = "a repayment plan is promised"
    SECURITY_OFFERED = "security is offered"
    SUIT_OR_ARBITRATION = "suit or arbitration"
    SET_OFF_DEBIT = "agreed set-off by the bank"
    NEW_AGREEMENT = "a demand note is signed, or a new agreement made"
    """After expiry too, where the rules say that it revives the claim."""


def _to_restarts_on(value: Collection[RestartKind]) -> frozenset[RestartKind]:
    return check_members(value, RestartKind, "restarts_on")


def _to_revived_by(value: Collection[RestartKind]) -> frozenset[RestartKind]:
    return check_members(value, RestartKind, "revived_by")


def _to_demand_channels(value: Collection[Channel]) -> frozenset[Channel]:
    return check_members(value, Channel, "demand_channels")


@attrs.frozen(kw_only=True)
class LimitationRules(Value):
    """How long a claim may be enforced, and what makes that time run anew.

    Attributes:
        period: The period, from the due day of the last installment or from the last restart.
        long_stop: The period from that due day after which nothing restarts it; None for none.
        restarts_on: What makes it run anew before it has expired.
        revived_by: What makes it run anew even after that.
        demand_channels: Channels on which a demand that is sent to the client's own address and does not come
            back has reached the client.
        citation: The source of what restarts it.
    """

    period: Limit[Period]
    long_stop: Limit[Period] | None = None
    restarts_on: frozenset[RestartKind] = attrs.field(
        factory=frozenset[RestartKind], converter=_to_restarts_on
    )
    revived_by: frozenset[RestartKind] = attrs.field(factory=frozenset[RestartKind], converter=_to_revived_by)
    demand_channels: frozenset[Channel] = attrs.field(
        factory=frozenset[Channel], converter=_to_demand_channels
    )
    citation: Citation

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        check_limit(self.period, Period, "period")
        if self.long_stop is not None:
            check_limit(self.long_stop, Period, "long_stop")
        check_instance(self.citation, Citation, "citation")
