"""The kinds of communication record."""

from __future__ import annotations

import enum

__all__ = ["Channel", "HardshipReason"]


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


class HardshipReason(enum.Enum):
    """Why a client cannot pay as agreed."""

    INCOME_LOSS = "income loss"
    REDUCED_HOURS = "reduced hours"
    ILLNESS = "illness"
    BEREAVEMENT = "bereavement"
    DIVORCE = "divorce"
    DISASTER = "disaster"
    BUSINESS_FAILURE = "business failure"
    OVER_INDEBTEDNESS = "over-indebtedness"
    ADMINISTRATIVE_MISTAKE = "administrative mistake"
    DISPUTE = "dispute"
    OTHER = "other"
