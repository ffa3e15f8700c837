"""How values that hold others are written as plain data and read back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, Final

import attrs

from repayplan.errors import RepayPlanError, SerializationError
from repayplan.serialization.codec import Codec, Definitions, ObjectCodec, Schema
from repayplan.serialization.plain import (
    exactly,
    expect,
    expect_object,
    object_of,
    own,
    refusal,
    unknown,
    within,
)

__all__ = [
    "SAME_HASH_MAX",
    "Field",
    "FieldsCodec",
    "OptionalCodec",
    "PairCodec",
    "SetCodec",
    "StandInCodec",
    "TupleCodec",
]

SAME_HASH_MAX: Final = 100
"""The most items of a set that have one hash: Python's hashes of numbers are no secret, and each such item
is compared with all the others, so that a megabyte of them would take hours."""


@attrs.frozen
class OptionalCodec(Codec):
    """Something that may be absent."""

    inner: Codec

    def encode(self, value: Any) -> Any:  # noqa: ANN401
        return None if value is None else self.inner.encode(value)

    def decode(self, data: Any) -> Any:  # noqa: ANN401
        return None if data is None else self.inner.decode(data)

    def schema(self, definitions: Definitions, /) -> Schema:
        return {"anyOf": [self.inner.schema(definitions), {"type": "null"}]}


def _each(convert: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """Convert every item, and name the place of one that cannot be converted."""
    found: list[Any] = []
    for place, item in enumerate(items):
        try:
            found.append(convert(item))
        except SerializationError as error:
            raise within(place, error) from error.__cause__
    return found


@attrs.frozen
class TupleCodec(Codec):
    """Any number of items of one kind."""

    inner: Codec

    def encode(self, value: tuple[Any, ...]) -> list[Any]:
        own(value, tuple)
        return _each(self.inner.encode, value)

    def decode(self, data: Any) -> tuple[Any, ...]:  # noqa: ANN401
        return tuple(_each(self.inner.decode, expect(data, list)))

    def schema(self, definitions: Definitions, /) -> Schema:
        return {"type": "array", "items": self.inner.schema(definitions)}


@attrs.frozen
class PairCodec(Codec):
    """A fixed number of items, each of its own kind."""

    inner: tuple[Codec, ...]

    def encode(self, value: tuple[Any, ...]) -> list[Any]:
        own(value, tuple)
        return _each(lambda pair: pair[0].encode(pair[1]), zip(self.inner, value, strict=True))

    def decode(self, data: Any) -> tuple[Any, ...]:  # noqa: ANN401
        items = expect(data, list)
        if len(items) != len(self.inner):
            message = f"expected {len(self.inner)} items, got {len(items)}"
            raise SerializationError("data.length", "", message, {"expected": len(self.inner)})
        return tuple(_each(lambda pair: pair[0].decode(pair[1]), zip(self.inner, items, strict=True)))

    def schema(self, definitions: Definitions, /) -> Schema:
        return {
            "type": "array",
            "prefixItems": [codec.schema(definitions) for codec in self.inner],
            "items": False,
            "minItems": len(self.inner),
            "maxItems": len(self.inner),
        }


@attrs.frozen
class SetCodec(Codec):
    """A set, in an order that depends on its items alone."""

    inner: Codec

    def encode(self, value: frozenset[Any]) -> list[Any]:
        own(value, frozenset)
        _check_hashes(value)
        return sorted(map(self._encoded, value), key=_order)

    def _encoded(self, item: Any) -> Any:  # noqa: ANN401
        try:
            return self.inner.encode(item)
        except SerializationError as error:  # an item has no place of its own before they are sorted
            raise within("[]", error) from error.__cause__

    def decode(self, data: Any) -> frozenset[Any]:  # noqa: ANN401
        items = _each(self.inner.decode, expect(data, list))
        _check_hashes(items)
        found = frozenset(items)
        if len(found) != len(items):
            raise SerializationError("data.twice", "", "expected each item of a set once")
        return found

    def schema(self, definitions: Definitions, /) -> Schema:
        return {"type": "array", "items": self.inner.schema(definitions), "uniqueItems": True}


def _check_hashes(items: Collection[Any]) -> None:
    if len(items) > SAME_HASH_MAX and max(Counter(map(hash, items)).values()) > SAME_HASH_MAX:
        message = f"expected a set of at most {SAME_HASH_MAX} items of one hash, got more"
        raise SerializationError("data.hash", "", message, {"maximum": SAME_HASH_MAX})


def _order(encoded: Any) -> tuple[int, int, str]:  # noqa: ANN401  # any plain data
    """Sort numbers by size, then text by its characters, then all else by its JSON."""
    if type(encoded) is int:
        return 0, encoded, ""
    return (1, 0, encoded) if type(encoded) is str else (2, 0, json.dumps(encoded, sort_keys=True))


@attrs.frozen
class Field:
    """One field of a class.

    Attributes:
        name: What plain data and the constructor call it.
        attribute: What the value calls it.
        is_required: Whether it has no default.
        may_be_none: Whether it may be absent as a value.
        codec: How it is written where it is there.
        description: What it means; empty where nothing says so.
    """

    name: str
    attribute: str
    is_required: bool
    may_be_none: bool
    codec: Codec
    description: str

    def schema(self, definitions: Definitions) -> Schema:
        """Describe it."""
        codec = OptionalCodec(self.codec) if self.may_be_none else self.codec
        found = codec.schema(definitions)
        return {**found, "description": self.description} if self.description else found


@attrs.frozen
class FieldsCodec(ObjectCodec):
    """A class, field by field.

    Attributes:
        kind: The class.
        origin: Its full name, and that of its arguments.
        description: What it is.
        fields_of: Gives its fields; asked on first use, since a class may hold values of its own kind.
    """

    kind: type
    origin: str
    description: str
    fields_of: Callable[[], tuple[Field, ...]]

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields by name, in their order."""
        return {field.name: field for field in self.fields_of()}

    def encode(self, value: Any) -> dict[str, Any]:  # noqa: ANN401
        exactly(value, self.kind)
        encoded: dict[str, Any] = {}
        for name, field in self.fields.items():
            item = getattr(value, field.attribute)
            if item is None and field.may_be_none:
                encoded[name] = None
                continue
            try:
                encoded[name] = field.codec.encode(item)
            except SerializationError as error:
                raise within(name, error) from error.__cause__
        return encoded

    def decode(self, data: Any) -> Any:  # noqa: ANN401
        content = expect_object(data)
        self._check_names(content)
        values: dict[str, Any] = {}
        for name, item in content.items():
            field = self.fields[name]
            if item is None and field.may_be_none:
                values[name] = None
                continue
            try:
                values[name] = field.codec.decode(item)
            except SerializationError as error:
                raise within(name, error) from error.__cause__
        try:
            return self.kind(**values)
        except RepayPlanError as error:
            raise refusal(error, error.field) from error

    def _check_names(self, content: Mapping[str, Any]) -> None:
        for name in content:
            if name not in self.fields:
                raise unknown(name, f"a field of {self.kind.__name__}")
        for name, field in self.fields.items():
            if field.is_required and name not in content:
                message = f"expected it, since a {self.kind.__name__} has no default for it; it is missing"
                raise SerializationError("data.missing", name, message)

    def schema(self, definitions: Definitions, /) -> Schema:
        return definitions.refer(self.origin, lambda: self.object_schema(definitions, {}))

    def object_schema(self, definitions: Definitions, more: Schema, /) -> Schema:
        properties = {name: field.schema(definitions) for name, field in self.fields.items()}
        found = object_of({**more, **properties})
        found["required"] = [*more, *(name for name, field in self.fields.items() if field.is_required)]
        return {"description": self.description, **found} if self.description else found


@attrs.frozen
class StandInCodec(ObjectCodec):
    """A class that is not made of fields, by another that is.

    Attributes:
        kind: The class.
        origin: Its full name.
        stand_in: The other, of which ``of`` makes one from a value and ``restored`` gives the value back.
        inner: How that is written.
    """

    kind: type
    origin: str
    stand_in: Any
    inner: FieldsCodec

    def encode(self, value: Any) -> Any:  # noqa: ANN401
        own(value, self.kind)
        return self.inner.encode(self.stand_in.of(value))

    def decode(self, data: Any) -> Any:  # noqa: ANN401
        found = self.inner.decode(data)
        try:
            return found.restored()
        except RepayPlanError as error:
            raise refusal(error, error.field) from error

    def schema(self, definitions: Definitions, /) -> Schema:
        return definitions.refer(self.origin, lambda: self.object_schema(definitions, {}))

    def object_schema(self, definitions: Definitions, more: Schema, /) -> Schema:
        return self.inner.object_schema(definitions, more)
