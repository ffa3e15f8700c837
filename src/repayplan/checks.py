"""Checks of input that hold whatever attrs is told to skip, each ending in an error that names the field."""

from __future__ import annotations

import datetime
import unicodedata
from typing import TYPE_CHECKING, TypeVar

import pendulum

from repayplan.errors import InputTypeError, RepayPlanError, shown, type_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BODY_MAX",
    "TEXT_MAX",
    "check_body",
    "check_count",
    "check_date",
    "check_instance",
    "check_text",
    "check_tuple",
]

T = TypeVar("T")

TEXT_MAX = 200
"""Characters that a one-line text may have."""

BODY_MAX = 20_000
"""Characters that the text of a message may have: some ten pages. What is longer is kept by its digest."""

_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_JOINERS = frozenset("\u200c\u200d")  # format characters that Persian, Indic scripts and emoji need
_INVISIBLE_CATEGORIES = frozenset({"Cf", "Me", "Mn", "Zs"})  # marks and variation selectors need a letter
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by category, blank on the screen


def check_instance(value: T, kind: type, field: str) -> T:
    """Return ``value`` if it is a ``kind``, otherwise raise :class:`InputTypeError`."""
    if not isinstance(value, kind):
        message = f"expected {kind.__name__}, got {type_shown(value)}"
        raise InputTypeError("type.wrong", field, message, {"expected": kind.__name__})
    return value


def check_count(value: object, field: str, *, minimum: int, maximum: int, error: type[RepayPlanError]) -> int:
    """Return ``value`` if it is an ``int`` (never a bool) from ``minimum`` to ``maximum``."""
    if type(value) is not int:
        message = f"expected a whole number of type int, got {shown(value)}"
        raise InputTypeError("count.type", field, message, {"expected": "int"})
    if not minimum <= value <= maximum:
        message = f"expected a whole number from {minimum} to {maximum}, got {shown(value)}"
        raise error("count.range", field, message, {"minimum": minimum, "maximum": maximum})
    return value


def check_date(value: object, field: str) -> pendulum.Date:
    """Return ``value``, any calendar date that is not a datetime, as a :class:`pendulum.Date`."""
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        hint = (
            "take its .date()" if isinstance(value, datetime.datetime) else "use pendulum.date(2026, 12, 31)"
        )
        message = f"expected a calendar date, got {shown(value)}; {hint}"
        raise InputTypeError("date.type", field, message, {"expected": "date"})
    if type(value) is pendulum.Date:
        return value
    return pendulum.Date.fromordinal(datetime.date.toordinal(value))


def check_body(value: object, field: str, *, error: type[RepayPlanError], maximum: int = BODY_MAX) -> str:
    """Return ``value`` if it is text of any number of lines, each ended by a line feed alone, safe to store.

    Of control characters only the line feed is allowed. Invisible format characters are kept, since a message
    that was received is evidence as it came and right-to-left text needs marks and isolates; embeddings and
    overrides of direction, which make text read as something else, are refused.
    """
    text = _check_length(value, field, error, maximum)
    for position, character in enumerate(text):
        refused = unicodedata.category(character) in _BREAKS and character != "\n"
        if refused or character in _BIDI_OVERRIDES:
            raise _forbidden(character, position, field, error, "text with line feeds alone")
    return text


def check_text(value: object, field: str, *, error: type[RepayPlanError], maximum: int = TEXT_MAX) -> str:
    """Return ``value`` if it is one line of visible text, safe to show and to store.

    Control characters, line breaks, lone surrogates and invisible format characters (bidirectional controls
    among them) are refused: they can forge a log line, hide text or reverse what a client reads. The message
    never repeats the text, which may be personal.
    """
    text = _check_length(value, field, error, maximum)
    for position, character in enumerate(text):
        if unicodedata.category(character) in _FORBIDDEN_CATEGORIES and character not in _JOINERS:
            raise _forbidden(character, position, field, error, "one line of plain text")
    return text


def _check_length(value: object, field: str, error: type[RepayPlanError], maximum: int) -> str:
    if type(value) is not str:
        raise InputTypeError(
            "text.type", field, f"expected text, got {type_shown(value)}", {"expected": "str"}
        )
    if len(value) > maximum:
        message = f"expected at most {maximum} characters, got {len(value)}; shorten it"
        raise error("text.length", field, message, {"maximum": maximum, "length": len(value)})
    if all(map(_is_blank, value)):
        raise error("text.empty", field, "expected text with a visible character, got none", {})
    return value


def _forbidden(
    character: str, position: int, field: str, error: type[RepayPlanError], expected: str
) -> RepayPlanError:
    found = f"U+{ord(character):04X} at position {position}"
    data = {"position": position, "codepoint": ord(character)}
    return error("text.control", field, f"expected {expected}, got {found}; remove it", data)


def _is_blank(character: str) -> bool:
    return (
        character == "\n" or character in _FILLERS or unicodedata.category(character) in _INVISIBLE_CATEGORIES
    )


def check_tuple(
    value: Sequence[T], kind: type[T], field: str, *, maximum: int, error: type[RepayPlanError]
) -> tuple[T, ...]:
    """Return ``value``, a list or tuple of at most ``maximum`` items of type ``kind``, as a tuple."""
    if not isinstance(value, (list, tuple)):
        message = f"expected a tuple of {kind.__name__}, got {type_shown(value)}"
        raise InputTypeError("tuple.type", field, message, {"expected": kind.__name__})
    if len(value) > maximum:
        message = f"expected at most {maximum} items, got {len(value)}"
        raise error("tuple.length", field, message, {"maximum": maximum, "length": len(value)})
    for index, item in enumerate(value):
        if not isinstance(item, kind):  # before the name of its place is written, which takes longer
            check_instance(item, kind, f"{field}[{index}]")
    return tuple(value)
