"""A barrier: why communication with a client fails, as the record shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_instance
from repayplan.communication.channels import Channel
from repayplan.communication.fields import check_ids, check_optional, check_optional_text
from repayplan.communication.reasons import SupportNeed
from repayplan.communication.records import check_order
from repayplan.errors import CommunicationError
from repayplan.languages import check_language
from repayplan.moments import check_moment
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

__all__ = ["Barrier", "BarrierKind"]


class BarrierKind(Enumeration):
    """Why communication fails."""

    LANGUAGE = "language"
    """There is no language that both sides speak, or the client's own was not used."""
    TECHNICAL_FAILURE = "technical failure"
    """The connection does not come about, breaks off, or is too poor."""
    INACCURATE_DATA = "inaccurate data"
    """What is sent comes back, the number is dead, or the client says that the data are wrong."""
    OUTDATED_DATA = "outdated data"
    """Nothing failed, but it is too long since anybody made sure that the client is reached there."""
    UNSUITABLE_CHANNEL = "unsuitable channel"
    """The client is approached in a way that the client does not wish, and does not respond to it."""
    NO_REPLY = "no reply"
    REFUSAL = "refusal"
    """The client does not wish to talk; that is the client's right, and never held against the client."""
    WRONG_PERSON = "wrong person"
    """Somebody else answers: nothing may be said there."""
    HEARING = "hearing"
    SIGHT = "sight"
    DISTRUST = "distrust"
    """The client does not trust the caller, or fears fraud: a reasonable fear."""

    @property
    def need(self) -> SupportNeed | None:
        """What the client needs care for where this stands in the way; None where it shows no need."""
        return _NEEDS.get(self)


_NEEDS: Final = {BarrierKind.HEARING: SupportNeed.HEARING, BarrierKind.SIGHT: SupportNeed.SIGHT}


def _to_evidence(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "evidence")


def _to_began_at(value: datetime.datetime) -> pendulum.DateTime:
    return check_moment(value, "began_at")


def _to_latest_at(value: datetime.datetime) -> pendulum.DateTime:
    return check_moment(value, "latest_at")


def _to_closed_at(value: datetime.datetime | None) -> pendulum.DateTime | None:
    return None if value is None else check_moment(value, "closed_at")


@attrs.frozen(kw_only=True, repr=False)
class Barrier(Value):
    """A barrier that was found in the record, with what shows it.

    Attributes:
        kind: Why communication fails.
        evidence: The ids of the records that show it, in their order; of more than 100, the latest.
        began_at: Since when: the moment of which the first of its records speaks.
        latest_at: The moment of which the last of its records speaks.
        channel: On which channel it was met last, where it was met on one.
        point_id: At which contact point, where the barrier is one of that point alone.
        language: The client's language, where that is the barrier and it is known.
        closed_by: The id of the record that shows that it is overcome; None while it is open.
        closed_at: The moment of which that record speaks.

    Raises:
        CommunicationError: Nothing shows it, it ends before it began, or only half of its closing is there.
    """

    kind: BarrierKind
    evidence: tuple[str, ...] = attrs.field(converter=_to_evidence)
    began_at: pendulum.DateTime = attrs.field(converter=_to_began_at)
    latest_at: pendulum.DateTime = attrs.field(converter=_to_latest_at)
    channel: Channel | None = None
    point_id: str | None = None
    language: str | None = None
    closed_by: str | None = None
    closed_at: pendulum.DateTime | None = attrs.field(default=None, converter=_to_closed_at)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.kind, BarrierKind, "kind")
        check_optional(self.channel, Channel, "channel")
        check_optional_text(self.point_id, "point_id")
        check_optional_text(self.closed_by, "closed_by")
        if self.language is not None:
            object.__setattr__(self, "language", check_language(self.language, "language"))
        if not self.evidence:
            message = "expected the id of at least one record that shows it"
            raise CommunicationError("barrier.evidence", "evidence", message)
        check_order(self.began_at, self.latest_at, "began_at", "latest_at")
        check_order(self.latest_at, self.closed_at, "latest_at", "closed_at")
        if (self.closed_by is None) != (self.closed_at is None):
            message = "expected a record that closes it and its moment, or neither"
            raise CommunicationError("barrier.closed", "closed_at", message)

    def __repr__(self) -> str:
        """Give the count of records and the days: what stands in the way of somebody is personal."""
        state = "open" if self.closed_at is None else f"closed on {self.closed_at.date()}"
        return f"<Barrier of {self.began_at.date()}, {state}, evidence: {len(self.evidence)}>"

    @property
    def is_open(self) -> bool:
        """Whether nothing in the record shows that it is overcome."""
        return self.closed_by is None
