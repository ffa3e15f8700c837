"""Attempts that reached the client's side, as far as anybody knows, and wait for a response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.channels import Direction, Outcome
from repayplan.communication.purposes import Purpose

if TYPE_CHECKING:
    from repayplan.communication.contact import Contact

__all__ = ["asks_for_reply", "waits_for_reply"]

# tuples, since members are found in a few by identity sooner than they are hashed
_ASKS_NO_REPLY: Final = (
    Purpose.REMINDER,
    Purpose.ANSWER,
    Purpose.STATUTORY_NOTICE,
    Purpose.INFORMATION,
)
_WITHOUT_REPLY: Final = (
    Outcome.NO_ANSWER,
    Outcome.VOICEMAIL_LEFT,
    Outcome.VOICEMAIL_NOT_LEFT,
    Outcome.SENT,
    Outcome.DELIVERED,
)


def asks_for_reply(contact: Contact) -> bool:
    """Tell whether the bank began a contact that somebody is expected to respond to.

    A call is; a message is not where it reminds, informs or answers: silence is then no sign of anything.
    """
    expected = contact.channel.is_live or contact.purpose not in _ASKS_NO_REPLY
    return contact.direction is Direction.OUTBOUND and contact.answers is None and expected


def waits_for_reply(contact: Contact) -> bool:
    """Tell whether an attempt was not responded to when it was recorded, for all that is known of it."""
    return contact.outcome in _WITHOUT_REPLY and asks_for_reply(contact)
