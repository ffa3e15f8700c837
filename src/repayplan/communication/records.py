"""The kinds of communication record."""

from __future__ import annotations

import enum

__all__ = ["Channel"]


class Channel(enum.Enum):
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
