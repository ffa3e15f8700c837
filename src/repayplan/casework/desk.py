"""The desk: who writes to the client for the bank, and what every letter says besides its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from repayplan.checks import check_instance
from repayplan.communication.messages.facts import MessageFacts
from repayplan.communication.messages.kind_facts import facts_of
from repayplan.communication.messages.parts import Adviser, ContactRoute
from repayplan.values import Value

if TYPE_CHECKING:
    from repayplan.communication.messages.kinds import MessageKind

__all__ = ["Desk"]


@attrs.frozen(kw_only=True, repr=False)
class Desk(Value):
    """What the bank says of itself in every message that has a place for it.

    Attributes:
        sender: Who writes, by the name that the client knows.
        contact: How the client reaches a person.
        adviser: Free independent help.
        write_to: How to reach the bank in writing.
        query_route: How to query or dispute what is said.
        complaint_route: How to complain.
        basis: The contract or law on which the bank relies.
        rights: The client's rights and duties.
        opt_out: How to opt out of such messages free of charge.

    Raises:
        CommunicationError: A text is not fit for a message.
    """

    sender: str
    contact: ContactRoute
    adviser: Adviser
    write_to: str | None = None
    query_route: str | None = None
    complaint_route: str | None = None
    basis: str | None = None
    rights: str | None = None
    opt_out: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields as messages do."""
        check_instance(self.adviser, Adviser, "adviser")
        MessageFacts(**self._fields)

    def __repr__(self) -> str:
        """Give the sender: the rest may be about one person."""
        return f"<Desk of {self.sender}>"

    def facts(self, kind: MessageKind, **facts: Any) -> MessageFacts:  # noqa: ANN401  # any fact
        """Put the desk's own facts, where a kind of message takes them, beside those of a case."""
        allowed = facts_of(kind).allowed
        own = {name: value for name, value in self._fields.items() if name in allowed}
        return MessageFacts(**(own | facts))

    @property
    def _fields(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(Desk)}
