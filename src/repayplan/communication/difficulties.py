"""What stood in the way in one contact, as whoever took part noticed it: a record of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_body
from repayplan.communication.fields import PERSONAL, check_id, check_members
from repayplan.communication.records import Record
from repayplan.errors import CommunicationError
from repayplan.languages import check_language
from repayplan.values import Enumeration

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Difficulty", "DifficultyNote"]


class Difficulty(Enumeration):
    """What stood in the way of a contact and does not follow from its outcome."""

    LANGUAGE_NOT_SHARED = "language not shared"
    BAD_LINE = "bad line"
    """The connection was too poor to understand each other."""
    NOT_HEARD = "not heard"
    """The party could not hear, or not well enough."""
    NOT_READ = "not read"
    """The party could not see or read what was sent."""
    DATA_WRONG = "data wrong"
    """The number, the address or the account was said to be wrong or old."""
    CHANNEL_UNSUITABLE = "channel unsuitable"
    """The party cannot or does not wish to talk in this way."""
    FEARED_FRAUD = "feared fraud"
    """The party did not believe that it was the bank, or did not trust it."""


def _to_difficulties(value: Collection[Difficulty]) -> frozenset[Difficulty]:
    return check_members(value, Difficulty, "difficulties")


@attrs.frozen(kw_only=True, repr=False)
class DifficultyNote(Record):
    """What stood in the way in one contact.

    A record of its own, so that a contact can be entered at once and what was hard about it when it is
    understood. Note what was said or noticed; a diagnosis of a person's health is nobody's to make.

    Attributes:
        contact_id: The id of the contact; a note on one that is not in the log shows nothing.
        party_id: Whose difficulty it was.
        difficulties: What stood in the way; empty after its erasure.
        language: The party's language or dialect, where it was the language and was recognised.
        words: The party's own words, or what was noticed.

    Raises:
        CommunicationError: A text is not fit to be stored, a language is unknown, or the note is on itself.
    """

    contact_id: str
    party_id: str
    difficulties: frozenset[Difficulty] = attrs.field(
        factory=frozenset[Difficulty], converter=_to_difficulties, metadata=PERSONAL
    )
    language: str | None = attrs.field(default=None, metadata=PERSONAL)
    words: str | None = attrs.field(default=None, metadata=PERSONAL)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        Record.__attrs_post_init__(self)
        check_id(self.contact_id, "contact_id")
        check_id(self.party_id, "party_id")
        if self.contact_id == self.id:
            message = "expected the id of a contact, got its own"
            raise CommunicationError("difficulty.itself", "contact_id", message)
        if self.language is not None:
            object.__setattr__(self, "language", check_language(self.language, "language"))
        if self.words is not None:
            check_body(self.words, "words", error=CommunicationError)
