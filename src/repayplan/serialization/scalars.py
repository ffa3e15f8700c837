"""How single values are written as plain data and read back: text, dates, moments, bytes, members."""

from __future__ import annotations

import datetime
import enum
import re
from typing import TYPE_CHECKING, Any, Final

import attrs
import pendulum

from repayplan.errors import RepayPlanError, SerializationError
from repayplan.moments import check_moment, moment_text, parse_moment
from repayplan.serialization.codec import Codec, Schema
from repayplan.serialization.plain import expect, own, refusal

if TYPE_CHECKING:
    from repayplan.serialization.codec import Definitions

__all__ = [
    "BytesCodec",
    "DateCodec",
    "ListedTextCodec",
    "MemberCodec",
    "MomentCodec",
    "TextCodec",
    "TruthCodec",
]

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*")
_MOMENT_PATTERN: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}$"
)


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


class DateCodec(Codec):
    """A date, as ``2026-12-31``."""

    def encode(self, value: datetime.date) -> str:
        own(value, datetime.date)
        if isinstance(value, datetime.datetime):
            message = "expected a date, got a moment, whose time cannot be stored here"
            raise SerializationError("data.kind", "", message)
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
