"""What somebody consented to, and what was withdrawn or objected to."""

from __future__ import annotations

import attrs
import pendulum

from repayplan.checks import check_body, check_instance
from repayplan.communication.channels import Channel
from repayplan.communication.fields import (
    PERSONAL,
    check_id,
    check_optional,
    check_optional_text,
    to_given_at,
    to_starts_at,
    to_until,
)
from repayplan.communication.purposes import ConsentScope
from repayplan.communication.records import Record, check_order
from repayplan.errors import CommunicationError

__all__ = ["Consent", "ConsentWithdrawal"]


@attrs.frozen(kw_only=True, repr=False)
class _ConsentRecord(Record):
    """The fields that a consent and its withdrawal share."""

    party_id: str
    scope: ConsentScope
    given_at: pendulum.DateTime = attrs.field(converter=to_given_at)
    channel: Channel | None = None
    point_id: str | None = None
    how: str | None = attrs.field(default=None, metadata=PERSONAL)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_id(self.party_id, "party_id")
        check_instance(self.scope, ConsentScope, "scope")
        check_optional(self.channel, Channel, "channel")
        check_optional_text(self.point_id, "point_id")
        if self.how is not None:
            check_body(self.how, "how", error=CommunicationError)
        check_order(self.given_at, self.recorded_at, "given_at", "recorded_at")


_WITH_SOMEBODY = {ConsentScope.THIRD_PARTY, ConsentScope.DATA_SHARING}


@attrs.frozen(kw_only=True, repr=False)
class Consent(_ConsentRecord):
    """A consent, or a wish, of one party.

    Attributes:
        party_id: Who consented.
        scope: To what.
        given_at: When.
        channel: On which channel alone; None on all.
        point_id: At which contact point alone; None at all.
        how: In what way it was given, and in which words.
        starts_at: From when it holds, such as the Monday of "call me back on Monday"; None at once.
        until: When it ends; None until it is withdrawn.
        with_party: With whom, where the scope is a third party or the sharing of data.

    Raises:
        CommunicationError: It starts or ends before it was given, or ends before it starts, an id is not one
            visible line, or the other party is missing, or named where there is none.
    """

    starts_at: pendulum.DateTime | None = attrs.field(default=None, converter=to_starts_at)
    until: pendulum.DateTime | None = attrs.field(default=None, converter=to_until)
    with_party: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the start, the end and the other party."""
        _ConsentRecord.__attrs_post_init__(self)
        check_order(self.given_at, self.starts_at, "given_at", "starts_at")
        check_order(self.starts_at or self.given_at, self.until, "starts_at", "until")
        check_optional_text(self.with_party, "with_party")
        if (self.scope in _WITH_SOMEBODY) != (self.with_party is not None):
            message = f"expected whom it is about, and only for that, with the scope {self.scope.value}"
            raise CommunicationError("consent.with_party", "with_party", message)


@attrs.frozen(kw_only=True, repr=False)
class ConsentWithdrawal(_ConsentRecord):
    """The withdrawal of a consent, or an objection, which needs no consent before it.

    With the scope ``CONTACT``, a channel and a contact point it is an opt-out of that address; with the
    channel alone, of the channel; with neither, the demand that contact ceases. It takes effect when it
    reaches the bank (12 CFR 1006 Supp. I, comment 6(c)(1)-1.i).

    Attributes:
        party_id: Who withdrew.
        scope: What.
        given_at: When it reached the bank.
        channel: On which channel alone; None on all.
        point_id: At which contact point alone; None at all.
        how: In what way, and in which words.
        consent_id: The consent that is withdrawn; None where it is an objection or withdraws all of them.

    Raises:
        CommunicationError: An id is not one visible line.
    """

    consent_id: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the id of the consent."""
        _ConsentRecord.__attrs_post_init__(self)
        if self.consent_id == self.id:
            message = "expected the id of another record, got its own"
            raise CommunicationError("consent.itself", "consent_id", message)
        check_optional_text(self.consent_id, "consent_id")
