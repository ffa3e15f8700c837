"""Signs that the client is reached but not understood: language, hearing, sight, trust, the wrong channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.attempts import asks_for_reply, waits_for_reply
from repayplan.communication.channels import Direction, Outcome
from repayplan.communication.circumstances import Vulnerability
from repayplan.communication.difficulties import Difficulty
from repayplan.communication.signs import Closing, Sign, closed_by, place_of, shown_by
from repayplan.communication.tongues import same_spoken, same_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_points import ContactPreference
    from repayplan.communication.reasons import SupportNeed
    from repayplan.communication.signs import About
    from repayplan.communication.trails import Trail

__all__ = ["care_need", "distrust", "other_language", "unsuitable_channel"]

_WORDS_SPOKEN: Final = {Outcome.CONVERSATION, Outcome.DROPPED, Outcome.REFUSED}


# --- language


def other_language(trail: Trail) -> Iterator[Sign | Closing]:
    """Read talks and messages not in the client's language; being heard in it, or interpreted, closes."""
    noted: str | None = None
    failed: list[str] = []
    for contact in trail.contacts:
        notes = trail.notes(contact, Difficulty.LANGUAGE_NOT_SHARED)
        if notes:
            noted = next((note.language for note in reversed(notes) if note.language is not None), noted)
        wish = trail.wishes[contact.id]
        spoken = noted or wish.spoken_language
        if notes or _in_other_language(contact, wish):
            failed.extend(tag for tag in (contact.spoken_language,) if tag is not None)
            language = spoken if contact.channel.is_live else noted or wish.written_language
            yield shown_by(contact, notes, language=language)
        elif trail.heard(contact) and _is_understood(contact, trail, spoken, wish, failed):
            yield closed_by(contact)


def _in_other_language(contact: Contact, wish: ContactPreference) -> bool:
    if contact.channel.is_live:
        used, wished, same = contact.spoken_language, wish.spoken_language, same_spoken
        counts = contact.outcome in _WORDS_SPOKEN and contact.interpreter is None
    else:
        used, wished, same = contact.written_language, wish.written_language, same_written
        counts = contact.direction is Direction.OUTBOUND
    return counts and used is not None and wished is not None and not same(used, wished)


def _is_understood(
    contact: Contact,
    trail: Trail,
    spoken: str | None,
    wish: ContactPreference,
    failed: list[str],
) -> bool:
    if contact.channel.is_live:
        return contact.is_conversation and _is_talk_understood(contact, spoken, failed)
    answered = None if contact.answers is None else trail.by_id.get(contact.answers)
    written = wish.written_language or spoken
    tags = (one.written_language for one in (contact, answered) if one is not None)
    return written is not None and any(tag is not None and same_written(tag, written) for tag in tags)


def _is_talk_understood(contact: Contact, spoken: str | None, failed: list[str]) -> bool:
    """Where the client's language is not known, any that is recorded and did not fail will do."""
    used = contact.spoken_language
    if contact.interpreter is not None or used is None:
        return contact.interpreter is not None
    return (
        same_spoken(used, spoken) if spoken is not None else not any(same_spoken(used, tag) for tag in failed)
    )


# --- hearing, sight, trust


def care_need(trail: Trail, need: SupportNeed, difficulty: Difficulty) -> Iterator[Sign | Closing]:
    """Read a need for care that bears on communication; words of the client without that difficulty close.

    The need itself does not end with that: remedies and channels go on respecting it.
    """
    for contact in trail.contacts if trail.may_show(difficulty) or _is_recorded(need, trail) else ():
        notes = trail.notes(contact, difficulty)
        if notes:
            yield shown_by(contact, notes)
        elif trail.spoke(contact):
            yield closed_by(contact)
    for record in trail.records(Vulnerability):
        if need in record.needs:
            yield Sign((record.id,), record.recorded_at)


def _is_recorded(need: SupportNeed, trail: Trail) -> bool:
    return any(need in record.needs for record in trail.records(Vulnerability))


def distrust(trail: Trail) -> Iterator[Sign | Closing]:
    """Read that the client feared fraud; a confirmed talk, or the client's own call or message, closes."""
    for contact in trail.contacts if trail.may_show(Difficulty.FEARED_FRAUD) else ():
        notes = trail.notes(contact, Difficulty.FEARED_FRAUD)
        if notes:
            yield shown_by(contact, notes)
        elif trail.heard(contact) and (contact.direction is Direction.INBOUND or trail.made_sure(contact)):
            yield closed_by(contact)


# --- the way of talking


def unsuitable_channel(trail: Trail) -> Iterator[Sign | Closing]:
    """Read attempts in a way that the client does not wish; being heard in one that is wished for closes.

    What is unsuitable is the channel, or the contact point where only its place is excluded. Where the client
    named no channel, being heard on any other closes.
    """
    tried: dict[About, None] = {}
    for contact in trail.contacts:
        notes = trail.notes(contact, Difficulty.CHANNEL_UNSUITABLE)
        wish = trail.wishes[contact.id]
        unwished = contact.channel if notes else _unwished(contact, wish)
        if notes or (unwished is not None and _got_nothing(contact, trail)):
            tried[unwished] = None
            yield shown_by(contact, notes, about=unwished, decisive=bool(notes))
        elif trail.spoke(contact):
            yield from _responses(contact, trail, wish, tried)


def _responses(
    contact: Contact, trail: Trail, wish: ContactPreference, tried: dict[About, None]
) -> Iterator[Closing]:
    """Give what a response closes: its own way counts, and that of the message that it answers."""
    answered = None if contact.answers is None else trail.by_id.get(contact.answers)
    ways = [one for one in (contact, answered) if one is not None and _unwished(one, wish) is None]
    if ways and wish.channels:
        yield closed_by(contact)
    elif ways:
        used = {place for one in ways for place in (one.channel, place_of(one))}
        for about in tried:
            if about not in used:
                yield closed_by(contact, about)


def _got_nothing(contact: Contact, trail: Trail) -> bool:
    refused = contact.outcome is Outcome.REFUSED and asks_for_reply(contact)
    return (refused or waits_for_reply(contact)) and contact.id not in trail.answered


def _unwished(contact: Contact, wish: ContactPreference) -> About:
    """Give what the client does not wish of a contact: its channel, or else its point; None for neither."""
    if wish.channels and contact.channel not in wish.channels:
        return contact.channel
    excluded = contact.point is not None and contact.point.place in wish.not_at
    return place_of(contact) if excluded else None
