"""The rules of contact as the permission that the choice of a channel asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.communication.contact_rules import Allowed, may_contact

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.communication.best_channel import Permitted
    from repayplan.communication.blocked_spans import BlockedSpan
    from repayplan.communication.channels import Channel
    from repayplan.communication.client import Client
    from repayplan.communication.contact_points import ContactPoint
    from repayplan.communication.contact_rule_book import ContactRules
    from repayplan.communication.log import CommunicationLog
    from repayplan.communication.purposes import Purpose

__all__ = ["permitted_by"]


def permitted_by(
    rules: ContactRules,
    client: Client,
    log: CommunicationLog,
    at: datetime.datetime,
    *,
    purpose: Purpose,
    debts: Sequence[str] = (),
    blocked: Sequence[BlockedSpan] = (),
) -> Permitted:
    """Give the function that tells whether the client may be contacted on a channel, at a contact point.

    Args:
        rules: The rules of contact.
        client: The client.
        log: The record.
        at: When.
        purpose: What the contact is for.
        debts: The ids of the debts that it is about.
        blocked: What blocks contact from outside the record.
    """

    def permitted(channel: Channel, point: ContactPoint) -> bool:
        answer = may_contact(purpose, client.party.id, debts, channel, point, at, log, client, rules, blocked)
        return isinstance(answer, Allowed)

    return permitted
