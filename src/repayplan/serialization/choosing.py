"""Which codec writes a field, by its annotation.

The annotation decides the form: a field for one class holds its fields, and one for several, or for an
abstract class, holds the name of the class beside them.
"""

from __future__ import annotations

import datetime
import types
import typing
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import attrs
import pendulum

from repayplan.calendars import Calendar, ExplicitCalendar, WeekendCalendar
from repayplan.currency import Currency
from repayplan.errors import SerializationError, shown
from repayplan.money import Money
from repayplan.serialization.amounts import CurrencyCodec, MoneyCodec
from repayplan.serialization.annotations import (
    annotated_fields,
    annotation_name,
    class_name,
    is_enum,
    is_stored,
)
from repayplan.serialization.codec import ObjectCodec, origin_of
from repayplan.serialization.codecs import (
    Field,
    FieldsCodec,
    OptionalCodec,
    PairCodec,
    SetCodec,
    StandInCodec,
    TupleCodec,
)
from repayplan.serialization.descriptions import field_descriptions, summary
from repayplan.serialization.names import class_below, is_abstract, names_below, public_class
from repayplan.serialization.numerals import FractionCodec, WholeCodec
from repayplan.serialization.plain import within
from repayplan.serialization.scalars import (
    BytesCodec,
    DateCodec,
    ListedTextCodec,
    MemberCodec,
    MomentCodec,
    TextCodec,
    TruthCodec,
)
from repayplan.serialization.tagged import AnyCodec, BelowCodec, TaggedCodec, definition_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from repayplan.serialization.codec import Codec

__all__ = ["codec_of", "codec_of_document"]

_NONE: Final = type(None)

_SCALARS: Final[Mapping[Any, Codec]] = {
    str: TextCodec(),
    int: WholeCodec(),
    bool: TruthCodec(),
    bytes: BytesCodec(),
    datetime.date: DateCodec(),
    pendulum.Date: DateCodec(),
    pendulum.DateTime: MomentCodec(),
    Fraction: FractionCodec(),
    Currency: CurrencyCodec(),
    Money: MoneyCodec(),
}
_PLAIN: Final[frozenset[type]] = frozenset({str, int, bool, _NONE})
_NAMED: Final[Mapping[str, Any]] = {
    "Currency": Currency,
    "Date": pendulum.Date,
    "DateTime": pendulum.DateTime,
    "Fraction": Fraction,
    "Money": Money,
    "frozenset": frozenset[object],
    "tuple": tuple[object, ...],
}
"""What may stand where anything may, besides plain data and public classes."""


@lru_cache(maxsize=2_048)  # the annotations of this library, and of classes that others base on it
def codec_of(hint: Any) -> Codec:  # noqa: ANN401  # any annotation
    """Choose how the values of an annotation are written.

    Raises:
        SerializationError: Such values cannot be stored.
    """
    if hint in _SCALARS:
        return _SCALARS[hint]
    if hint is object or isinstance(hint, TypeVar):
        return AnyCodec(f"{__name__}.Anything", _find_any, tuple, class_name, _PLAIN)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    made = _FORMS.get(origin)
    return _codec_of_class(hint, origin or hint) if made is None else made(arguments)


@lru_cache(maxsize=2_048)  # as above
def codec_of_document(kind: Any) -> ObjectCodec:  # noqa: ANN401  # a class, or one with arguments
    """Choose how a value is written that stands alone, as an object even where its fields would not be.

    Raises:
        SerializationError: Such values cannot be stored.
    """
    codec = codec_of(kind)
    return codec if isinstance(codec, ObjectCodec) else _codec_of_fields(kind, kind)


def _codec_of_tuple(arguments: tuple[Any, ...]) -> Codec:
    if arguments[1:] == (...,):
        return TupleCodec(codec_of(arguments[0]))
    return PairCodec(tuple(map(codec_of, arguments)))


def _codec_of_union(arguments: tuple[Any, ...]) -> Codec:
    kinds = [item for item in arguments if item is not _NONE]
    if Calendar in kinds:  # another's own calendar, or a function that stands for one, cannot be stored
        kinds = [ExplicitCalendar, WeekendCalendar]
    inner = codec_of(kinds[0]) if len(kinds) == 1 else _codec_of_choice(kinds)
    return OptionalCodec(inner) if _NONE in arguments else inner


def _codec_of_choice(kinds: list[Any]) -> Codec:
    plain = frozenset(kind for kind in _PLAIN if kind in kinds)
    # one tuple alone may stand in a choice, and its items say what they are
    named = {"tuple" if typing.get_origin(kind) is tuple else annotation_name(kind): kind for kind in kinds}

    def find(name: str) -> tuple[type, Codec] | None:
        kind = named.get(name)
        return None if kind is None or kind in plain else (typing.get_origin(kind) or kind, codec_of(kind))

    def name_of(value: object) -> str:
        name = type(value).__name__
        content = getattr(value, "value", None)
        return name if name in named else f"{name}[{type(content).__name__}]"

    return TaggedCodec("", find, lambda: named, name_of, plain)


_FORMS: Final[Mapping[Any, Callable[[tuple[Any, ...]], Codec]]] = {
    tuple: _codec_of_tuple,
    frozenset: lambda arguments: SetCodec(codec_of(arguments[0])),
    types.UnionType: _codec_of_union,
    typing.Union: _codec_of_union,
    Literal: ListedTextCodec,
}
"""How annotations with arguments are written."""


def _codec_of_class(hint: Any, kind: Any) -> Codec:  # noqa: ANN401  # any annotation
    if is_enum(kind):
        return MemberCodec(kind, origin_of(kind))
    if hasattr(kind, "__stored_as__"):
        stand_in: type = kind.__stored_as__()
        return StandInCodec(kind, origin_of(kind), stand_in, _codec_of_fields(stand_in, stand_in))
    if isinstance(kind, type) and attrs.has(kind):
        return _codec_below(kind) if is_abstract(kind) else _codec_of_fields(hint, kind)
    message = f"expected a kind of value that can be stored, got {shown(str(hint))}"
    raise SerializationError("data.kind", "", message)


def _codec_below(base: type) -> Codec:
    def find(name: str) -> tuple[type, Codec] | None:
        kind = class_below(base, name)
        return None if kind is None else (kind, codec_of(kind))

    return BelowCodec(origin_of(base), find, lambda: names_below(base), class_name, frozenset[type]())


def _codec_of_fields(hint: Any, kind: Any) -> FieldsCodec:  # noqa: ANN401  # any annotation
    origin = origin_of(kind, definition_name(annotation_name(hint)))
    return FieldsCodec(kind, origin, summary(kind), lambda: _fields(kind, typing.get_args(hint)))


def _fields(kind: Any, arguments: tuple[Any, ...]) -> tuple[Field, ...]:  # noqa: ANN401  # an attrs class
    described = field_descriptions(kind)
    return tuple(_field(field, hint, described) for field, hint in annotated_fields(kind, arguments))


def _field(field: Any, hint: Any, described: Mapping[str, str]) -> Field:  # noqa: ANN401  # as attrs gives it
    try:
        codec = codec_of(hint)
    except SerializationError as error:
        raise within(field.alias, error) from None
    may_be_none = isinstance(codec, OptionalCodec)
    return Field(
        name=field.alias,
        attribute=field.name,
        is_required=field.default is attrs.NOTHING,
        may_be_none=may_be_none,
        codec=codec.inner if isinstance(codec, OptionalCodec) else codec,
        description=described.get(field.alias, ""),
    )


def _find_any(name: str) -> tuple[type, Codec] | None:
    kind = _NAMED.get(name) or public_class(name)
    if kind is None or not (name in _NAMED or is_stored(kind) or is_enum(kind)):
        return None
    return typing.get_origin(kind) or kind, codec_of(kind)
