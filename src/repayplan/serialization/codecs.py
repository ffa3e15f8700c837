"""How each kind of field is written as plain data and read back, chosen by its annotation."""

from __future__ import annotations

import datetime
import enum
import re
import types
import typing
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs
import pendulum

from repayplan.errors import InputTypeError, RepayPlanError, SerializationError, shown, type_shown
from repayplan.moments import moment_text, parse_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Codec", "codec_of", "expect_object"]

_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_NONE: Final = type(None)


class Codec(Protocol):
    """Writes and reads the values of one annotation."""

    def encode(self, value: Any) -> Any:  # noqa: ANN401  # any value of the annotation, any plain data
        """Write a value as plain data."""
        ...

    def decode(self, data: Any, path: str) -> Any:  # noqa: ANN401  # as above
        """Read a value from plain data that lie at a path."""
        ...


@attrs.frozen
class _Plain:
    """Text, whole numbers and booleans, which are plain data already."""

    kind: type

    def encode(self, value: Any) -> Any:  # noqa: ANN401
        return value

    def decode(self, data: Any, path: str) -> Any:  # noqa: ANN401
        return _expect(data, self.kind, path)


class _Date:
    def encode(self, value: pendulum.Date) -> str:
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"

    def decode(self, data: Any, path: str) -> pendulum.Date:  # noqa: ANN401
        found = _DATE.fullmatch(_expect(data, str, path))
        if found is not None:
            try:
                return pendulum.Date(*map(int, found.groups()))
            except ValueError:  # no such day: refused below
                pass
        message = "expected a date such as '2026-12-31', got another text"
        raise SerializationError("data.date", path, message)


class _Moment:
    def encode(self, value: pendulum.DateTime) -> str:
        return moment_text(value)

    def decode(self, data: Any, path: str) -> pendulum.DateTime:  # noqa: ANN401
        return parse_moment(_expect(data, str, path), path)


@attrs.frozen
class _Member:
    kind: type[enum.Enum]

    def encode(self, value: enum.Enum) -> str:
        return value.name

    def decode(self, data: Any, path: str) -> enum.Enum:  # noqa: ANN401
        member = self.kind.__members__.get(_expect(data, str, path))
        if member is None:
            message = f"expected the name of a {self.kind.__name__}, got another text"
            raise SerializationError("data.member", path, message, {"expected": [*self.kind.__members__]})
        return member


@attrs.frozen
class _Optional:
    inner: Codec

    def encode(self, value: Any) -> Any:  # noqa: ANN401
        return None if value is None else self.inner.encode(value)

    def decode(self, data: Any, path: str) -> Any:  # noqa: ANN401
        return None if data is None else self.inner.decode(data, path)


@attrs.frozen
class _Tuple:
    inner: Codec

    def encode(self, value: tuple[Any, ...]) -> list[Any]:
        return [self.inner.encode(item) for item in value]

    def decode(self, data: Any, path: str) -> tuple[Any, ...]:  # noqa: ANN401
        items = _expect(data, list, path)
        return tuple(self.inner.decode(item, f"{path}[{place}]") for place, item in enumerate(items))


@attrs.frozen
class _Set:
    inner: Codec

    def encode(self, value: frozenset[Any]) -> list[Any]:
        return sorted(map(self.inner.encode, value))

    def decode(self, data: Any, path: str) -> frozenset[Any]:  # noqa: ANN401
        items = _expect(data, list, path)
        found = [self.inner.decode(item, f"{path}[{place}]") for place, item in enumerate(items)]
        if len(set(found)) != len(found):
            raise SerializationError("data.twice", path, "expected each item of a set once")
        return frozenset(found)


@attrs.frozen
class _Fields:
    """A class of this library, field by field."""

    kind: type
    fields: tuple[tuple[str, bool, Codec], ...]
    """The name of each field, whether it must be there, and how it is written."""

    def encode(self, value: Any) -> dict[str, Any]:  # noqa: ANN401
        return {name: codec.encode(getattr(value, name)) for name, _, codec in self.fields}

    def decode(self, data: Any, path: str) -> Any:  # noqa: ANN401
        content = expect_object(data, path)
        self._check_names(content, path)
        values = {
            name: codec.decode(content[name], _join(path, name))
            for name, _, codec in self.fields
            if name in content
        }
        try:
            return self.kind(**values)
        except RepayPlanError as error:
            place = _join(path, error.field)
            raise type(error)(error.code, place, error.message, error.data) from None

    def _check_names(self, content: Mapping[str, Any], path: str) -> None:
        known = {name for name, _, _ in self.fields}
        for name in content:
            if name not in known:
                message = f"expected a field of {self.kind.__name__}, got {shown(name)}"
                raise SerializationError("data.unknown", _join(path, shown(name)), message)
        for name, required, _ in self.fields:
            if required and name not in content:
                message = f"expected it, since a {self.kind.__name__} has no default for it; it is missing"
                raise SerializationError("data.missing", _join(path, name), message)


_SCALARS: Final[Mapping[Any, Codec]] = {
    str: _Plain(str),
    int: _Plain(int),
    bool: _Plain(bool),
    datetime.date: _Date(),
    pendulum.Date: _Date(),
    pendulum.DateTime: _Moment(),
}


@lru_cache(maxsize=1_024)  # the annotations of this library, and of classes that others base on it
def codec_of(hint: Any, path: str) -> Codec:  # noqa: ANN401  # any annotation
    """Choose how the values of an annotation are written.

    Args:
        hint: The annotation.
        path: Where it stands, for the error.

    Raises:
        SerializationError: Such values cannot be stored.
    """
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and arguments[1:] == (...,):
        return _Tuple(codec_of(arguments[0], path))
    if origin is frozenset:
        return _Set(codec_of(arguments[0], path))
    if origin in {types.UnionType, typing.Union} and len(arguments) == 2 and _NONE in arguments:  # noqa: PLR2004  # X | None
        return _Optional(codec_of(next(item for item in arguments if item is not _NONE), path))
    return _codec_of_class(hint, path)


def _codec_of_class(hint: Any, path: str) -> Codec:  # noqa: ANN401  # any annotation
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _Member(hint)
    if isinstance(hint, type) and attrs.has(hint):
        fields = [field for field in attrs.fields(attrs.resolve_types(hint)) if field.init]
        return _Fields(
            hint,
            tuple(
                (field.name, field.default is attrs.NOTHING, codec_of(field.type, _join(path, field.name)))
                for field in fields
            ),
        )
    message = f"expected a kind of value that can be stored, got {shown(str(hint))}"
    raise SerializationError("data.kind", path, message)


def expect_object(data: object, path: str) -> Mapping[str, Any]:
    """Return ``data`` if it is a dict with text for keys.

    Raises:
        InputTypeError: It is anything else.
    """
    content: Mapping[Any, Any] = _expect(data, dict, path)
    for name in content:
        _expect(name, str, path)
    return content


def _expect(data: Any, kind: type, path: str) -> Any:  # noqa: ANN401  # any plain data
    if type(data) is not kind:
        message = f"expected {_NAMES[kind]}, got {type_shown(data)}"
        raise InputTypeError("data.type", path or "data", message, {"expected": kind.__name__})
    return data


_NAMES: Final = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
