"""Values as plain data and back, strictly, by the annotations of their classes."""

from __future__ import annotations

import typing
from typing import Any, Final, TypeVar

from repayplan.errors import InputTypeError, SerializationError, shown
from repayplan.serialization.annotations import is_stored
from repayplan.serialization.choosing import codec_of_document
from repayplan.serialization.codec import Definitions
from repayplan.serialization.plain import beyond_the_stack, check_size, expect_object, within

__all__ = ["SCHEMA_VERSION", "check_kind", "from_dict", "json_schema", "to_dict"]

T = TypeVar("T")

SCHEMA_VERSION: Final = 1
"""The version of the form that :func:`to_dict` gives.

Within a version a class may get a new field with a default, and nothing else changes; all else is a new
version.
"""

_VERSION_KEY: Final = "schema_version"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def to_dict(value: object, kind: type | None = None) -> dict[str, Any]:
    """Write a value as plain data: dicts, lists, text, whole numbers, booleans and None.

    Every field is written, under its own name, beside ``schema_version``. Dates and moments are text as in
    ISO 8601, money an amount as text and a currency, fractions text such as ``"3/26"``, members of
    enumerations their names, sets sorted lists, and whole numbers beyond 2**53 - 1 text. Where a field may
    hold several classes, ``type`` names the one that it holds.

    Args:
        value: The value.
        kind: As what it is written; None is its own class. An abstract class such as ``Frequency`` has the
            name of the value's class written too, so that :func:`from_dict` reads it as that.

    Raises:
        InputTypeError: It is not one of the values of this library.
        SerializationError: A field holds something that cannot be stored, such as a function for a calendar
            (``field`` gives its path), or the whole is deeper or larger than :func:`from_dict` reads.
    """
    check_kind(type(value), "value", shown(value))
    written_as = type(value) if kind is None else kind
    check_kind(written_as, "kind", shown(written_as))
    try:
        content = {_VERSION_KEY: SCHEMA_VERSION, **codec_of_document(written_as).encode(value)}
        check_size(content)
    except SerializationError as error:
        raise _at_least_named(error, "value") from error.__cause__
    except RecursionError:
        raise within("value", beyond_the_stack()) from None
    return content


def from_dict(kind: type[T], data: object) -> T:
    """Read what :func:`to_dict` wrote; nothing is coerced, and every check of the constructor is made.

    A field that is absent takes its default, if it has one. ``from_dict(type(x), to_dict(x)) == x``.
    Data may nest 450 deep, and have five million items and 2**28 characters of text in all, where what stands
    in several places counts in each.

    Raises:
        InputTypeError: The kind is not one of the values of this library.
        SerializationError: The version is unknown, a field is unknown or missing, a value is of another type
            or form, or the constructor refuses it, whose error is then the ``__cause__``; ``field`` gives the
            path, as in ``debts[2].rate.unit``. Nothing else is raised, whatever the data are.
    """
    check_kind(kind, "kind", shown(kind))
    try:
        check_size(data)
        content = dict(expect_object(data))
        _check_version(content.pop(_VERSION_KEY, None))
        read_as: Any = kind  # the cache of codecs takes anything
        found: T = codec_of_document(read_as).decode(content)
    except SerializationError as error:
        raise _at_least_named(error, "data") from error.__cause__
    except RecursionError:
        raise within("data", beyond_the_stack()) from None
    return found


def json_schema(kind: type) -> dict[str, Any]:
    """Describe what :func:`to_dict` gives for a class, as JSON Schema 2020-12.

    The schema is made by the codecs that write and read the data. It has no reference to anything outside
    of itself. It says what is plain to say: what the constructors check of values together is not in it, so
    that data which it accepts may still be refused by :func:`from_dict`.

    Raises:
        InputTypeError: The kind is not one of the values of this library.
        SerializationError: Such values cannot be stored.
    """
    check_kind(kind, "kind", shown(kind))
    definitions = Definitions()
    try:
        codec = codec_of_document(kind)
        version = {_VERSION_KEY: {"const": SCHEMA_VERSION}}
        content = codec.object_schema(definitions, version)
    except SerializationError as error:
        raise _at_least_named(error, "kind") from error.__cause__
    parts = dict(sorted(definitions.schemas.items()))
    return {"$schema": _DIALECT, "title": kind.__name__, **content, **({"$defs": parts} if parts else {})}


def _check_version(version: object) -> None:
    if type(version) is not int or version != SCHEMA_VERSION:
        message = f"expected {SCHEMA_VERSION}, got {shown(version)}; it was written by another release"
        raise SerializationError("data.version", _VERSION_KEY, message, {"expected": SCHEMA_VERSION})


def _at_least_named(error: SerializationError, name: str) -> SerializationError:
    return error if error.field else within(name, error)


def check_kind(kind: object, field: str, got: str) -> None:
    """Refuse what is no class with a form as plain data.

    Raises:
        InputTypeError: It is none.
    """
    if not is_stored(typing.get_origin(kind) or kind):
        message = f"expected a value of this library, got {got}"
        raise InputTypeError("type.wrong", field, message, {"expected": "Value"})
