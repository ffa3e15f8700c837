"""Which of two entries that do not fit was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.communication.merkle import root_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from repayplan.communication.entries import LogEntry
    from repayplan.communication.heads import Head

__all__ = ["changed_one"]


def changed_one(
    entries: Sequence[LogEntry], place: int, named_later: AbstractSet[str], head: Head | None
) -> int:
    """Give the place of the entry that was changed, by what later ones and the head vouch for.

    Args:
        entries: The entries.
        place: The place of the first that names another hash than that of the entry before it.
        named_later: The hashes that later entries name.
        head: The head that was kept.
    """
    if place == 0:
        return 0
    if entries[place - 1].hash.hex() in named_later:
        return place
    if head is None or len(entries) < head.size:
        return place - 1  # nothing tells them apart: it is the first that may be bad
    return _by_root(entries, place, head)


def _by_root(entries: Sequence[LogEntry], place: int, head: Head) -> int:
    """See with which of the two as it is said to have been the log is that of the head."""
    kept = [entry.hash for entry in entries[:place]]
    said = [bytes.fromhex(entry.previous) for entry in entries[place:]]  # of the one before on, but the last
    if root_of([*kept[:-1], *said, entries[-1].hash][: head.size]) == head.root:
        return place - 1
    # nothing follows the last: was its link alone changed?
    last = entries[-1].hash if place + 1 < len(entries) else entries[-1].linked_to(kept[-1])
    if root_of([*kept, *said[1:], last][: head.size]) == head.root:
        return place
    # more was changed than the root can tell; what hangs together to its end may be of another log
    hangs_together = place + 1 < len(entries) and said[1:] == [entry.hash for entry in entries[place:-1]]
    return place if hangs_together else place - 1
