"""Erasing personal fields of entries: what is left of them, and the notes that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_count
from repayplan.communication.amendments import Redaction
from repayplan.communication.entries import LogEntry
from repayplan.communication.fields import check_ids
from repayplan.errors import CommunicationError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pendulum

__all__ = ["Erasure", "erasure_of"]


@attrs.frozen(repr=False)
class Erasure:
    """Personal fields of one entry that go.

    Attributes:
        number: The number of the entry.
        names: The fields.
        entry: The entry as it was.
    """

    number: int
    names: tuple[str, ...]
    entry: LogEntry

    @property
    def left(self) -> LogEntry:
        """What is left: the entry keeps its digests, so that the chain and all proofs still hold."""
        kept = {name: item for name, item in self.entry.disclosed.items() if name not in self.names}
        return LogEntry(self.entry.data, kept)

    def note(self, record_id: str, reason: str, at: pendulum.DateTime, by: str | None) -> Redaction:
        """Give the note of it."""
        return Redaction(
            id=record_id,
            case_id=self.entry.record.case_id,
            recorded_at=at,
            entry=self.number,
            fields=self.names,
            reason=reason,
            by=by,
        )


def erasure_of(entries: Sequence[LogEntry], number: int, fields: Sequence[str]) -> Erasure:
    """Give the erasure of fields that an entry holds.

    Raises:
        CommunicationError: There is no such entry, or a field is not personal, or is erased already.
    """
    if not len(entries):
        raise CommunicationError("redaction.empty", "number", "expected a log with entries, got an empty one")
    check_count(number, "number", minimum=0, maximum=len(entries) - 1, error=CommunicationError)
    entry, names = entries[number], check_ids(fields, "fields")
    for name in names:
        if name not in entry.disclosed:
            held = ", ".join(sorted(entry.disclosed)) or "none"
            message = f"expected personal fields that entry {number} holds ({held}), got {shown(name)}"
            raise CommunicationError("redaction.fields", "fields", message, {"entry": number})
    return Erasure(number, names, entry)
