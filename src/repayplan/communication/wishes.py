"""How somebody wished to be reached, as the log notes it over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.moments import instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from repayplan.communication.contact_points import ContactPreference
    from repayplan.communication.profiles import PreferenceNote

__all__ = ["in_order", "noted_wish"]


def in_order(notes: Iterable[PreferenceNote], party_id: str) -> tuple[PreferenceNote, ...]:
    """Give the notes of the wishes of one party, the earliest first."""
    own = (note for note in notes if note.party_id == party_id)
    return tuple(sorted(own, key=lambda note: instant(note.recorded_at)))


def noted_wish(latest_first: Iterable[PreferenceNote], day: pendulum.Date) -> ContactPreference | None:
    """Give the wish that was noted last among those in force on a day; an erased one says nothing."""
    for note in latest_first:
        if note.preference is not None and note.preference.is_in_force(day):
            return note.preference
    return None
