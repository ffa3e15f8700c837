"""How somebody is reached: channels, directions, contact points and what came of it."""

from __future__ import annotations

from repayplan.values import Enumeration

__all__ = ["AccessibleFormat", "Channel", "Direction", "Outcome", "Place", "PointKind", "possible_outcomes"]


class Channel(Enumeration):
    """A way of reaching the client; the client picks."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in person"
    VIDEO = "video"
    APP_MESSAGE = "app message"
    MESSAGING_SERVICE = "messaging service"
    FAX = "fax"

    @property
    def is_live(self) -> bool:
        """Whether two people talk at once; everything else is sent, and may be answered later."""
        return self in _LIVE

    @property
    def is_electronic_message(self) -> bool:
        """Whether it is text that is sent electronically."""
        return self in {Channel.SMS, Channel.EMAIL, Channel.APP_MESSAGE, Channel.MESSAGING_SERVICE}


_LIVE = (Channel.PHONE, Channel.IN_PERSON, Channel.VIDEO)


class Direction(Enumeration):
    """Who began."""

    OUTBOUND = "outbound"
    """The bank, or somebody for it."""
    INBOUND = "inbound"
    """The client, or somebody for the client."""


class Outcome(Enumeration):
    """What came of a contact; attempts count too."""

    CONVERSATION = "conversation"
    NO_ANSWER = "no answer"
    BUSY = "busy"
    OUT_OF_SERVICE = "out of service"
    DROPPED = "dropped"
    """A live contact broke off before it was over."""
    VOICEMAIL_LEFT = "voicemail left"
    VOICEMAIL_NOT_LEFT = "voicemail not left"
    """The machine answered, and nothing was said."""
    SENT = "sent"
    """Sent; what became of it is not known."""
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    """It came back, or was reported as undeliverable."""
    RECEIVED = "received"
    """A message from the client arrived."""
    REFUSED = "refused"
    """The person reached did not wish to talk, or the letter was not accepted."""
    WRONG_PERSON = "wrong person"

    @property
    def connected(self) -> bool:
        """Whether a call reached the number, answered or not: busy and dead lines do not connect.

        12 CFR 1006.14(b)(3)(ii) leaves out calls that do not connect to the number dialled.
        """
        return self not in {Outcome.BUSY, Outcome.OUT_OF_SERVICE}

    @property
    def made_contact(self) -> bool:
        """Whether somebody, or a machine that keeps messages, took it; what is sent counts until it bounces.

        A call that broke off was answered, so it counts although it failed.
        """
        return self is Outcome.DROPPED or not self.is_failure

    @property
    def is_failure(self) -> bool:
        """Whether the client was not reached."""
        return self in _FAILURES


_FAILURES = frozenset(
    {
        Outcome.NO_ANSWER,
        Outcome.BUSY,
        Outcome.OUT_OF_SERVICE,
        Outcome.DROPPED,
        Outcome.VOICEMAIL_NOT_LEFT,
        Outcome.BOUNCED,
        Outcome.WRONG_PERSON,
    }
)


class PointKind(Enumeration):
    """What kind of address somebody is reached at."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    POSTAL = "postal address"
    PREMISES = "premises"
    """A place where people meet, such as a branch or the client's home."""
    APP_ACCOUNT = "app account"
    MESSAGING_ACCOUNT = "messaging account"
    VIDEO_ACCOUNT = "video account"
    FAX = "fax"

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels that reach it."""
        return _CHANNELS_OF[self]


_CHANNELS_OF = {
    PointKind.MOBILE: frozenset({Channel.PHONE, Channel.SMS}),
    PointKind.LANDLINE: frozenset({Channel.PHONE}),
    PointKind.EMAIL: frozenset({Channel.EMAIL}),
    PointKind.POSTAL: frozenset({Channel.LETTER}),
    PointKind.PREMISES: frozenset({Channel.IN_PERSON}),
    PointKind.APP_ACCOUNT: frozenset({Channel.APP_MESSAGE}),
    PointKind.MESSAGING_ACCOUNT: frozenset({Channel.MESSAGING_SERVICE}),
    PointKind.VIDEO_ACCOUNT: frozenset({Channel.VIDEO}),
    PointKind.FAX: frozenset({Channel.FAX}),
}


class Place(Enumeration):
    """Where a contact point finds somebody."""

    HOME = "home"
    WORK = "work"
    ANYWHERE = "anywhere"
    """It goes with the person, as a mobile phone does."""
    OTHER = "other"


class AccessibleFormat(Enumeration):
    """A form of communication that somebody needs."""

    LARGE_PRINT = "large print"
    BRAILLE = "braille"
    AUDIO = "audio"
    EASY_READ = "easy read"
    SIGN_LANGUAGE = "sign language"
    TEXT_RELAY = "text relay"
    SCREEN_READER = "screen reader"


_OF_TALKS = frozenset(Outcome) - {Outcome.SENT, Outcome.DELIVERED, Outcome.BOUNCED, Outcome.RECEIVED}
_OF_MESSAGES = frozenset(
    {
        Outcome.SENT,
        Outcome.DELIVERED,
        Outcome.BOUNCED,
        Outcome.RECEIVED,
        Outcome.REFUSED,
        Outcome.WRONG_PERSON,
    }
)
_OUTBOUND = frozenset(Outcome) - {Outcome.RECEIVED}
_INBOUND = frozenset(
    {
        Outcome.CONVERSATION,
        Outcome.NO_ANSWER,
        Outcome.BUSY,
        Outcome.DROPPED,
        Outcome.VOICEMAIL_LEFT,
        Outcome.VOICEMAIL_NOT_LEFT,
        Outcome.RECEIVED,
    }
)


def possible_outcomes(channel: Channel, direction: Direction) -> frozenset[Outcome]:
    """Give the outcomes that a contact on a channel can have, by who began it."""
    by_channel = _OF_TALKS if channel.is_live else _OF_MESSAGES
    return by_channel & (_INBOUND if direction is Direction.INBOUND else _OUTBOUND)
