"""How whole numbers and fractions are written as plain data and read back, within bounds of digits."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from repayplan.errors import SerializationError, shown
from repayplan.serialization.canonical import INTEGER_MAX
from repayplan.serialization.codec import Codec, Schema
from repayplan.serialization.plain import expect, own

if TYPE_CHECKING:
    from repayplan.serialization.codec import Definitions

__all__ = ["LARGE", "FractionCodec", "WholeCodec"]

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

LARGE: Final[tuple[Schema, Schema]] = (
    {"type": "integer", "minimum": -INTEGER_MAX, "maximum": INTEGER_MAX},
    {"type": "string", "pattern": "^-?(9[0-9]{15}|[1-9][0-9]{16,399})$"},
)
"""The schemas of a whole number that every reader of JSON keeps, and of a larger one, which is text.

The pattern begins at 9 * 10**15 and not at 2**53, which would take a line for each digit.
"""


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
