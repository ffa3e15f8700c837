"""Values as plain data and back, strictly, by the annotations of their classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from repayplan.errors import InputTypeError, SerializationError, shown
from repayplan.serialization.codecs import codec_of, expect_object

if TYPE_CHECKING:
    from repayplan.serialization.codecs import Codec
    from repayplan.values import Value

__all__ = ["SCHEMA_VERSION", "from_dict", "to_dict"]

V = TypeVar("V", bound="Value")

SCHEMA_VERSION: Final = 1
"""The version of the form that :func:`to_dict` gives; it changes with any change of that form."""

_VERSION_KEY: Final = "schema_version"


def to_dict(value: Value) -> dict[str, Any]:
    """Write a value as plain data: dicts, lists, text, whole numbers, booleans and None.

    Every field is written, under its own name, beside ``schema_version``. Dates and moments are text as in
    ISO 8601, members of enumerations their names, sets sorted lists.

    Raises:
        InputTypeError: It is not one of the values of this library.
        SerializationError: A field holds something that cannot be stored, such as a function.
    """
    kind = type(value)
    _check_kind(kind, "value", shown(value))
    return {_VERSION_KEY: SCHEMA_VERSION, **_codec(kind, "value").encode(value)}


def from_dict(kind: type[V], data: object) -> V:
    """Read what :func:`to_dict` wrote; nothing is coerced, and every check of the constructor is made.

    A field that is absent takes its default, if it has one. ``from_dict(type(x), to_dict(x)) == x``.

    Raises:
        InputTypeError: The kind is not one of the values of this library, or a value has another type.
        SerializationError: The version is unknown, a field is unknown or missing, or a text is not of its
            form; ``field`` gives the path, as in ``participants[2].party.role``.
        RepayPlanError: The constructor refuses the values; ``field`` is the path too.
    """
    _check_kind(kind, "kind", shown(kind))
    content = dict(expect_object(data, ""))
    version = content.pop(_VERSION_KEY, None)
    if type(version) is not int or version != SCHEMA_VERSION:
        message = f"expected {SCHEMA_VERSION}, got {shown(version)}; it was written by another release"
        raise SerializationError("data.version", _VERSION_KEY, message, {"expected": SCHEMA_VERSION})
    found: V = _codec(kind, "kind").decode(content, "")
    return found


def _codec(kind: Any, field: str) -> Codec:  # noqa: ANN401  # the cache takes anything
    return codec_of(kind, field)


def _check_kind(kind: object, field: str, got: str) -> None:
    if not isinstance(kind, type) or not attrs.has(kind):
        message = f"expected a value of this library, got {got}"
        raise InputTypeError("type.wrong", field, message, {"expected": "Value"})
