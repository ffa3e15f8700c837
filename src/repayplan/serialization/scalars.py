"""How single values are written as plain data and read back: text, numbers, dates, members, amounts."""

from __future__ import annotations

import datetime
import enum
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs
import pendulum

from repayplan.errors import RepayPlanError, SerializationError, shown
from repayplan.moments import check_moment, moment_text, parse_moment
from repayplan.serialization.canonical import INTEGER_MAX
from repayplan.serialization.codec import Codec, Schema
from repayplan.serialization.plain import expect, own, refusal

if TYPE_CHECKING:
    from repayplan.serialization.codec import Definitions

__all__ = [
    "LARGE",
    "BytesCodec",
    "DateCodec",
    "FractionCodec",
    "ListedTextCodec",
    "MemberCodec",
    "MomentCodec",
    "TextCodec",
    "TruthCodec",
    "WholeCodec",
]

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_INTEGER: Final = re.compile(r"-?[1-9][0-9]{0,399}")
_FRACTION: Final = re.compile(r"(0|-?[1-9][0-9]{0,599})(?:/([2-9]|[1-9][0-9]{1,599}))?")
_FRACTION_DIGITS_MAX: Final = 600
_INTEGER_END: Final = 10**400
_FRACTION_END: Final = 10**_FRACTION_DIGITS_MAX
"""From where on a number has more digits than are read.

Fewer than 640, so that it is read and written in every process: Python may be told to convert no more
(``PYTHONINTMAXSTRDIGITS``), and no less than that. What the library takes has 78 digits, and a product of
several such numbers has room.
"""
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*")
_MOMENT_PATTERN: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}$"
)

LARGE: Final[tuple[Schema, Schema]] = (
    {"type": "integer", "minimum": -INTEGER_MAX, "maximum": INTEGER_MAX},
    {"type": "string", "pattern": "^-?[1-9][0-9]{15,399}$"},
)
"""The schemas of a whole number that every reader of JSON keeps, and of a larger one, which is text."""


class TextCodec(Codec):
    """Text, which can be written as UTF-8."""

    def encode(self, value: str) -> str:
        return self.decode(value)

    def decode(self, data: Any) -> str:  # noqa: ANN401
        text: str = expect(data, str)
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError as error:
                position = error.start
            else:
                return text
            message = f"expected Unicode text, got half of a surrogate pair at position {position}"
            raise SerializationError("data.text", "", message, {"position": position})
        return text

    def schema(self, _: Definitions, /) -> Schema:
        return {"type": "string"}


@attrs.frozen
class ListedTextCodec(Codec):
    """One of the texts that an annotation lists."""

    listed: tuple[str, ...]

    def encode(self, value: str) -> str:
        return self.decode(value)

    def decode(self, data: Any) -> str:  # noqa: ANN401
        text: str = expect(data, str)
        if text not in self.listed:
            message = f"expected one of {', '.join(self.listed)}, got another text"
            raise SerializationError("data.member", "", message, {"expected": [*self.listed]})
        return text

    def schema(self, _: Definitions, /) -> Schema:
        return {"type": "string", "enum": [*self.listed]}


class TruthCodec(Codec):
    """True or false."""

    def encode(self, value: bool) -> bool:  # noqa: FBT001  # the value itself
        own(value, bool)
        return value

    def decode(self, data: Any) -> bool:  # noqa: ANN401
        found: bool = expect(data, bool)
        return found

    def schema(self, _: Definitions, /) -> Schema:
        return {"type": "boolean"}


class WholeCodec(Codec):
    """A whole number; as text where readers of JSON would disagree about it (RFC 7493, 2.2)."""

    def encode(self, value: int) -> int | str:
        own(value, int)
        _check_digits(value, _INTEGER_END)
        return int(value) if _is_exact(value) else str(value)

    def decode(self, data: Any) -> int:  # noqa: ANN401
        if type(data) is str and _INTEGER.fullmatch(data) and not _is_exact(int(data)):
            return int(data)
        found: int = expect(data, int)
        if not _is_exact(found):
            message = f"expected a number of at most {INTEGER_MAX} either way; write a larger one as text"
            raise SerializationError("data.integer", "", message, {"maximum": INTEGER_MAX})
        return found

    def schema(self, _: Definitions, /) -> Schema:
        return {"anyOf": [*LARGE]}


def _check_digits(number: int, end: int) -> None:
    if not -end < number < end:
        message = f"expected fewer digits, got {shown(number)}, which cannot be stored"
        raise SerializationError("data.digits", "", message)


def _is_exact(number: int) -> bool:
    return -INTEGER_MAX <= number <= INTEGER_MAX


class DateCodec(Codec):
    """A date, as ``2026-12-31``."""

    def encode(self, value: pendulum.Date) -> str:
        own(value, datetime.date)
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"

    def decode(self, data: Any) -> pendulum.Date:  # noqa: ANN401
        found = _DATE.fullmatch(expect(data, str))
        if found is not None:
            try:
                return pendulum.Date(*map(int, found.groups()))
            except ValueError:  # no such day: refused below
                pass
        raise SerializationError("data.date", "", "expected a date such as '2026-12-31', got another text")

    def schema(self, _: Definitions, /) -> Schema:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


class MomentCodec(Codec):
    """A moment, as ``2026-12-31T09:30:00+08:00``."""

    def encode(self, value: pendulum.DateTime) -> str:
        own(value, datetime.datetime)
        try:
            return moment_text(check_moment(value, ""))
        except RepayPlanError as error:
            raise refusal(error, "") from error

    def decode(self, data: Any) -> pendulum.DateTime:  # noqa: ANN401
        text: str = expect(data, str)
        try:
            return parse_moment(text, "")
        except RepayPlanError as error:
            raise refusal(error, "") from error

    def schema(self, _: Definitions, /) -> Schema:
        return {"type": "string", "format": "date-time", "pattern": _MOMENT_PATTERN}


class FractionCodec(Codec):
    """An exact fraction in lowest terms, as ``3/26`` or ``2``, of at most 600 digits above and below."""

    def encode(self, value: Fraction | int) -> str:  # a share may be given as 0 or 1
        if type(value) is not int:
            own(value, Fraction)
        _check_digits(value.numerator, _FRACTION_END)
        _check_digits(value.denominator, _FRACTION_END)
        return str(value)

    def decode(self, data: Any) -> Fraction:  # noqa: ANN401
        found = _FRACTION.fullmatch(expect(data, str))
        value = None if found is None else Fraction(int(found[1]), int(found[2] or 1))
        if value is None or str(value) != data:
            message = (
                "expected a fraction in lowest terms such as '3/26', of at most "
                f"{_FRACTION_DIGITS_MAX} digits above and below, got {shown(data)}"
            )
            raise SerializationError("data.fraction", "", message)
        return value

    def schema(self, _: Definitions, /) -> Schema:
        return {"type": "string", "pattern": f"^({_FRACTION.pattern.replace('?:', '')})$"}


class BytesCodec(Codec):
    """Bytes, in lower-case hexadecimal digits."""

    def encode(self, value: bytes) -> str:
        own(value, bytes)
        return value.hex()

    def decode(self, data: Any) -> bytes:  # noqa: ANN401
        if not _HEX.fullmatch(expect(data, str)):
            message = "expected bytes in lower-case hexadecimal digits, got another text"
            raise SerializationError("data.bytes", "", message)
        return bytes.fromhex(data)

    def schema(self, _: Definitions, /) -> Schema:
        return {"type": "string", "pattern": "^([0-9a-f]{2})*$"}


@attrs.frozen
class MemberCodec(Codec):
    """A member of an enumeration, by its name."""

    kind: type[enum.Enum]
    origin: str

    def encode(self, value: enum.Enum) -> str:
        own(value, self.kind)
        return value.name

    def decode(self, data: Any) -> enum.Enum:  # noqa: ANN401
        member = self.kind.__members__.get(expect(data, str))
        if member is None:
            message = f"expected the name of a {self.kind.__name__}, got another text"
            raise SerializationError("data.member", "", message, {"expected": [*self.kind.__members__]})
        return member

    def schema(self, definitions: Definitions, /) -> Schema:
        members: Schema = {"type": "string", "enum": [*self.kind.__members__]}
        return definitions.refer(self.origin, lambda: members)
