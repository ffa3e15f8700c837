"""How many segments an SMS takes: 3GPP TS 23.038 (GSM 03.38), 7-bit characters or UCS-2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance
from repayplan.errors import CommunicationError
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SMS_CHARACTERS_MAX", "SMS_SEGMENTS_MAX", "SmsEncoding", "SmsSize", "sms_size", "utf16_units"]

SMS_SEGMENTS_MAX: Final = 4
"""The most segments of the short form of any message, in any language, with the longest facts (house)."""
SMS_CHARACTERS_MAX: Final = 10_000
"""The longest text whose segments are counted."""

_BASIC: Final = frozenset(
    "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6\u0393\u039b\u03a9"
    "\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./0123456789:;<=>?\u00a1"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bfabcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1"
    "\u00fc\u00e0"
)
_PLANE_MAX: Final = 0xFFFF  # beyond it, UTF-16 needs two units
_EXTENDED: Final = frozenset("\f^{}\\[~]|\u20ac")  # each after an escape, and so two units


class SmsEncoding(Enumeration):
    """How the characters of an SMS are coded; one character outside GSM's table turns all to UCS-2.

    The value is the units that fit into an SMS of one segment, and into each segment of a longer one.
    """

    GSM_7 = (160, 153)
    UCS_2 = (70, 67)


@attrs.frozen
class SmsSize(Value):
    """The size of an SMS.

    Attributes:
        encoding: How its characters are coded.
        units: Septets of GSM 7-bit, or UTF-16 code units.
        segments: How many it takes; a pair of units that is one character is never parted.
    """

    encoding: SmsEncoding
    units: int
    segments: int


def sms_size(text: str) -> SmsSize:
    """Count the segments of a text.

    Raises:
        CommunicationError: The text has more than 10,000 characters.
    """
    check_instance(text, str, "text")
    if len(text) > SMS_CHARACTERS_MAX:
        message = f"expected at most {SMS_CHARACTERS_MAX} characters, got {len(text)}"
        raise CommunicationError("text.length", "text", message, {"maximum": SMS_CHARACTERS_MAX})
    if _BASIC.union(_EXTENDED).issuperset(text):
        return _size(SmsEncoding.GSM_7, [2 if character in _EXTENDED else 1 for character in text])
    return _size(SmsEncoding.UCS_2, [2 if ord(character) > _PLANE_MAX else 1 for character in text])


def utf16_units(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    return sum(2 if ord(character) > _PLANE_MAX else 1 for character in text)


def _size(encoding: SmsEncoding, widths: list[int]) -> SmsSize:
    single, each = encoding.value
    units = sum(widths)
    return SmsSize(encoding, units, 1 if units <= single else _segments(widths, each))


def _segments(widths: Iterable[int], each: int) -> int:
    segments, used = 1, 0
    for width in widths:
        if used + width > each:
            segments, used = segments + 1, 0
        used += width
    return segments
