"""Signs for and against a barrier, and the barriers that a row of signs makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.communication.barriers import Barrier, BarrierKind
from repayplan.communication.channels import Channel
from repayplan.communication.fields import ITEMS_MAX
from repayplan.moments import instant
from repayplan.rules import Limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from repayplan.communication.contact import Contact
    from repayplan.communication.records import Record

__all__ = ["About", "Closing", "Sign", "Threshold", "barriers_from", "closed_by", "place_of", "shown_by"]

About = str | Channel | None
"""What a barrier is one of: a contact point, by its id; a channel; or the communication as a whole."""

_MICROSECONDS_OF_A_DAY: Final = 86_400_000_000


@attrs.frozen
class Sign:
    """Something in the record that shows a barrier.

    Attributes:
        record_ids: The records.
        at: The moment of which they speak.
        about: What the barrier is one of.
        channel: The channel.
        language: The client's language.
        decisive: Whether it is enough by itself.
    """

    record_ids: tuple[str, ...]
    at: pendulum.DateTime
    about: About = None
    channel: Channel | None = None
    language: str | None = None
    decisive: bool = True


@attrs.frozen
class Closing:
    """Something in the record that shows that a barrier is overcome.

    Attributes:
        record_id: The record.
        at: The moment of which it speaks.
        about: What the barrier is one of that it overcomes; None overcomes all of the kind.
        checked_on: The day on which data were checked: it overcomes nothing that failed later.
    """

    record_id: str
    at: pendulum.DateTime
    about: About = None
    checked_on: pendulum.Date | None = None


@attrs.frozen
class Threshold:
    """When signs are enough.

    Attributes:
        count: How many in a row; None is one.
        days: How many days lie from the first of them to the closing, or to the day of the question.
    """

    count: Limit[int] | None = None
    days: Limit[int] | None = None

    def is_met(self, signs: Sequence[Sign], until: pendulum.DateTime) -> bool:
        """Tell whether signs are enough at a moment."""
        days = (instant(until) - instant(signs[0].at)) // _MICROSECONDS_OF_A_DAY
        lasted = self.days is None or self.days.comparison.holds(days, self.days.value)
        counted = self.count is None or self.count.comparison.holds(len(signs), self.count.value)
        return lasted and (counted or any(sign.decisive for sign in signs))


def place_of(contact: Contact) -> About:
    """Give what a failure is one of: the contact point, or the channel where none is recorded."""
    return contact.channel if contact.point is None else contact.point.id


def shown_by(
    contact: Contact,
    notes: Sequence[Record] = (),
    *,
    about: About = None,
    language: str | None = None,
    decisive: bool = True,
) -> Sign:
    """Give the sign that a contact is, with the notes on it."""
    ids = (contact.id, *(note.id for note in notes))
    return Sign(ids, contact.started_at, about, contact.channel, language, decisive)


def closed_by(contact: Contact, about: About = None) -> Closing:
    """Give the closing that a contact is."""
    return Closing(contact.id, contact.started_at, about)


def barriers_from(
    kind: BarrierKind,
    found: Iterable[Sign | Closing],
    until: pendulum.DateTime,
    threshold: Threshold,
) -> Iterator[Barrier]:
    """Read signs and closings in the order of their moments, and give the barriers that they make.

    A row of signs ends with the first closing after it. Where it was long enough by then it was a barrier,
    and is closed; otherwise it never was one, and a new row begins.

    Args:
        kind: The kind of barrier.
        found: The signs and the closings; of one moment, in the order in which they are given.
        until: The moment of the question.
        threshold: When signs are enough.
    """
    rows: dict[About, list[Sign]] = {}
    items = list(found)
    if not any(isinstance(item, Sign) for item in items):
        return  # as is nearly always so, and closings alone need no order
    for item in sorted(items, key=lambda item: instant(item.at)):
        if isinstance(item, Sign):
            rows.setdefault(item.about, []).append(item)
            continue
        for about in [about for about, row in rows.items() if _closes(item, about, row)]:
            row = rows.pop(about)
            if threshold.is_met(row, item.at):
                yield _barrier(kind, row, item)
    for row in rows.values():
        if threshold.is_met(row, until):
            yield _barrier(kind, row, None)


def _closes(closing: Closing, about: About, row: Sequence[Sign]) -> bool:
    in_time = closing.checked_on is None or closing.checked_on >= row[-1].at.date()
    return in_time and (closing.about is None or closing.about == about)


def _barrier(kind: BarrierKind, row: Sequence[Sign], closing: Closing | None) -> Barrier:
    ids = dict.fromkeys(record_id for sign in row for record_id in sign.record_ids)
    last = row[-1]
    return Barrier(
        kind=kind,
        evidence=tuple(ids)[-ITEMS_MAX:],
        began_at=row[0].at,
        latest_at=last.at,
        channel=last.channel,
        point_id=last.about if isinstance(last.about, str) else None,
        language=last.language,
        closed_by=None if closing is None else closing.record_id,
        closed_at=None if closing is None else closing.at,
    )
