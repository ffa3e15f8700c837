"""Canonical bytes: one value, one spelling, so that a digest of the bytes is a digest of the value.

The form is RFC 8785 (JSON Canonicalization Scheme) for the data that our own schema uses: keys in ASCII, no
floats, integers below 2**53. Within these limits Python's encoder gives that form byte for byte: sorting by
code points is sorting by UTF-16 units where keys are ASCII, and no number needs the spelling of ECMAScript.
What lies outside the limits is refused, never adapted.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, TypeAlias

from repayplan.errors import InputTypeError, RepayPlanError, SerializationError, shown

__all__ = [
    "BYTES_MAX",
    "CANONICAL_DEPTH_MAX",
    "INTEGER_MAX",
    "bytes_of_parsed",
    "canonical_bytes",
    "parse_canonical",
    "parse_own",
]

BYTES_MAX: Final = 2**20
"""The most bytes of one document, written or read: 1 MiB."""
CANONICAL_DEPTH_MAX: Final = 32
"""How deep lists and objects may nest: ``[]`` is 1 deep, ``[[]]`` is 2."""
INTEGER_MAX: Final = 2**53 - 1
"""The largest integer, and without its sign the smallest; beyond it JSON readers disagree (RFC 7493, 2.2)."""

_Path: TypeAlias = "str | tuple[_Path, str | int]"
"""Where an item stands: the name of the document, or the path of its parent and its key or index."""

_KEY_SHOWN_MAX = 32
_DIGITS_ENOUGH = 20  # an integer of so many digits is beyond INTEGER_MAX, whatever follows
_BYTE_ORDER_MARK = "\ufeff"
# possessive, and without need of the closing quote, so that no text is read twice
_STRINGS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_ENCODE: Final = json.JSONEncoder(
    sort_keys=True,
    separators=(",", ":"),
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,  # the walk before bounds the depth
).encode


def canonical_bytes(value: object, field: str = "value") -> bytes:
    """Return the RFC 8785 bytes of plain JSON data, as UTF-8.

    Args:
        value: A dict with ASCII text as keys, a list or tuple (written alike), text, an int of at most
            ``INTEGER_MAX`` either way, a bool or None, and these in one another, at most
            ``CANONICAL_DEPTH_MAX`` deep. Types count exactly: an enum that is also text is refused.
        field: What errors call the value; items are named from it, as in ``"record.parties[2].name"``.

    Raises:
        InputTypeError: An item is of another type, such as a float, or a key is not text.
        SerializationError: A key is not ASCII, an integer is too large, text holds a lone surrogate, or the
            whole is too deep or longer than ``BYTES_MAX``.
    """
    return _encoded(value, field, InputTypeError)


def parse_canonical(data: bytes | str, field: str) -> Any:  # noqa: ANN401  # whatever the text says
    """Return what canonical bytes say: dicts, lists, text, ints, bools and None.

    Only the bytes that :func:`canonical_bytes` gives are read. Another spelling of the same value (spaces,
    keys in another order, an escape too many) is reported, since its digest is another one.

    Args:
        data: The bytes as they were stored, or their text.
        field: What errors call the document; items are named from it.

    Raises:
        InputTypeError: ``data`` is neither bytes nor str.
        SerializationError: The data is longer than ``BYTES_MAX`` (checked first), is not UTF-8 without a
            byte order mark, nests too deep, is not JSON, names a key twice, holds what ``canonical_bytes``
            refuses, or is not canonical. Where the place is known, ``data["offset"]`` of the error counts the
            bytes before it.
    """
    text = _decoded(data, field)
    _check_depth_of(text, field)
    value = _parsed(text, field)
    found = text.encode()
    expected = _encoded(value, field, SerializationError)
    if found != expected:
        message = "expected canonical JSON (RFC 8785), got another spelling of the same value"
        raise _refusal("canonical.form", field, message, _first_difference(found, expected))
    return value


def bytes_of_parsed(value: object) -> bytes:
    """Return the canonical bytes of what :func:`parse_canonical` gave, or of a part of it, unchanged.

    Nothing is left to check: what the whole keeps to, a part does.
    """
    return _ENCODE(value).encode()


def parse_own(data: bytes) -> Any:  # noqa: ANN401  # whatever the bytes say
    """Return what bytes say that this module gave: nothing is left to check."""
    return json.loads(data)


# ------------------------------------------------------------------------------------------ writing


def _encoded(value: object, field: str, wrong_type: type[RepayPlanError]) -> bytes:
    _Walk(field, wrong_type).check(value, field, CANONICAL_DEPTH_MAX)
    encoded = _ENCODE(value).encode()
    if len(encoded) > BYTES_MAX:
        raise _too_long(field)
    return encoded


class _Walk:
    """One look at every item, which ends at the first that has no canonical form.

    It counts the bytes that the items need at least, so that data which names one list many times over, small
    in memory and endless when written, ends it too.
    """

    __slots__ = ("_bytes_left", "_field", "_wrong_type")

    def __init__(self, field: str, wrong_type: type[RepayPlanError]) -> None:
        self._field = field
        self._wrong_type = wrong_type
        self._bytes_left = BYTES_MAX

    def check(self, value: object, path: _Path, depth_left: int) -> None:
        kind = type(value)
        if kind is str:
            self._check_text(value, path)  # type: ignore[arg-type]  # narrowed by its exact type above
        elif kind is int:
            self._check_integer(value, path)  # type: ignore[arg-type]  # as above
        elif kind is dict:
            self._check_object(value, path, depth_left)  # type: ignore[arg-type]  # as above
        elif kind is list or kind is tuple:
            self._check_list(value, path, depth_left)  # type: ignore[arg-type]  # as above
        elif kind is bool or value is None:
            self._spend(len("true"))
        else:
            found = "a float; write amounts and rates as text" if kind is float else shown(value)
            message = f"expected text, an int, a bool, None, a list or a dict, got {found}"
            raise self._wrong_type("canonical.type", _written(path), message, {})

    def _check_text(self, value: str, path: _Path) -> None:
        self._spend(len(value) + len('""'))
        if not value.isascii():
            position = _lone_surrogate(value)
            if position is not None:
                message = f"expected Unicode text, got half of a surrogate pair at position {position}"
                raise SerializationError("canonical.text", _written(path), message, {"position": position})

    def _check_integer(self, value: int, path: _Path) -> None:
        self._spend(1)
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            message = (
                f"expected a whole number of at most {INTEGER_MAX} either way; write a larger one as text"
            )
            raise SerializationError("canonical.integer", _written(path), message, {"maximum": INTEGER_MAX})

    def _check_object(self, value: dict[object, object], path: _Path, depth_left: int) -> None:
        self._enter(path, depth_left, len(value))
        for place, (key, item) in enumerate(value.items()):
            if type(key) is not str:
                message = f"expected text as keys, got {shown(key)}"
                raise self._wrong_type("canonical.key", _written(path), message, {"place": place})
            if not key.isascii():  # not repeated: what is no key of our schema may be somebody's name
                message = f"expected keys in ASCII, got another in place {place}"
                raise SerializationError("canonical.key", _written(path), message, {"place": place})
            self._spend(len(key) + len('"":'))
            self.check(item, (path, key), depth_left - 1)

    def _check_list(self, value: list[object], path: _Path, depth_left: int) -> None:
        self._enter(path, depth_left, len(value))
        for index, item in enumerate(value):
            self.check(item, (path, index), depth_left - 1)

    def _enter(self, path: _Path, depth_left: int, count: int) -> None:
        self._spend(len("[]") + max(count - 1, 0))  # the commas too, so that a long list ends it at once
        if depth_left == 0:
            raise _too_deep(_written(path))

    def _spend(self, count: int) -> None:
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise _too_long(self._field)


def _lone_surrogate(text: str) -> int | None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None


def _written(path: _Path) -> str:
    if isinstance(path, str):
        return path
    parent, step = path
    if isinstance(step, str):
        plain = len(step) <= _KEY_SHOWN_MAX and step.isidentifier()
        return f"{_written(parent)}.{step}" if plain else f"{_written(parent)}[{shown(step)}]"
    return f"{_written(parent)}[{step}]"


# ------------------------------------------------------------------------------------------ reading


def _decoded(data: bytes | str, field: str) -> str:
    kind = type(data)
    if kind is not bytes and kind is not str:
        message = f"expected bytes or text, got {shown(data)}"
        raise InputTypeError("canonical.data", field, message, {"expected": "bytes"})
    if len(data) > BYTES_MAX:
        raise _too_long(field)
    text = _from_utf8(data, field) if isinstance(data, bytes) else _checked_text(data, field)
    if text.startswith(_BYTE_ORDER_MARK):
        message = "expected UTF-8 without a byte order mark, got one"
        raise _refusal("canonical.utf8", field, message, 0)
    return text


def _from_utf8(data: bytes, field: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        offset = error.start
    # outside of the handler, so that the error does not carry the whole document as its context
    raise _refusal("canonical.utf8", field, "expected UTF-8, got another byte", offset)


def _checked_text(data: str, field: str) -> str:
    position = _lone_surrogate(data)
    if position is not None:
        offset = len(data[:position].encode())
        raise _refusal("canonical.utf8", field, "expected Unicode text, got half of a surrogate pair", offset)
    if len(data.encode()) > BYTES_MAX:
        raise _too_long(field)
    return data


def _check_depth_of(text: str, field: str) -> None:
    """Refuse deep nesting before the parser, which recurses, meets it."""
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > CANONICAL_DEPTH_MAX:
            raise _too_deep(field)


_SPACES: Final = " \t\n\r"


def _parsed(text: str, field: str) -> object:
    def without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) < len(pairs):
            message = (
                "expected each key once in an object, got one twice: two readers would see two documents"
            )
            raise SerializationError("canonical.repeat", field, message, {})
        return members

    try:
        # floats, NaN among them, are read here and refused by the walk, which knows their path
        return json.loads(text, object_pairs_hook=without_repeats, parse_int=_read_integer)
    except json.JSONDecodeError as error:
        offset = len(text[: _place_of(error)].encode())
    raise _refusal("canonical.json", field, "expected one JSON value and no more, got something else", offset)


def _place_of(error: json.JSONDecodeError) -> int:
    """Give the place of what cannot stand there: from Python 3.13 on, a comma too many is named before it."""
    is_comma = error.msg.startswith("Illegal trailing comma")
    following = error.doc[error.pos + 1 :].lstrip(_SPACES)
    return len(error.doc) - len(following) if is_comma else error.pos


def _read_integer(digits: str) -> int:
    return int(digits[:_DIGITS_ENOUGH])


def _first_difference(found: bytes, expected: bytes) -> int:
    pairs = enumerate(zip(found, expected, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(found), len(expected)))


# ------------------------------------------------------------------------------------------ refusals


def _refusal(code: str, field: str, message: str, offset: int) -> SerializationError:
    return SerializationError(code, field, f"{message} at byte {offset}", {"offset": offset})


def _too_long(field: str) -> SerializationError:
    message = f"expected at most {BYTES_MAX} bytes of JSON; keep large content elsewhere, and its digest here"
    return SerializationError("canonical.size", field, message, {"maximum": BYTES_MAX})


def _too_deep(field: str) -> SerializationError:
    message = f"expected lists and objects at most {CANONICAL_DEPTH_MAX} deep"
    return SerializationError("canonical.depth", field, message, {"maximum": CANONICAL_DEPTH_MAX})
