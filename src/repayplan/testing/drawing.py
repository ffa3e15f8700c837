"""The one way to draw a value of any public class, with fields fixed where a test needs them so."""

from __future__ import annotations

import enum
import functools
import types
import typing
from typing import Any, TypeVar, cast

import attrs
from hypothesis import strategies as st

from repayplan.checks import check_instance
from repayplan.currency import Currency
from repayplan.errors import InputTypeError, UnknownKeyError, shown
from repayplan.testing import ground
from repayplan.testing.derived import by_fields, of
from repayplan.testing.registry import MAKERS, Strategy, attempt, was_made

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["values"]

T = TypeVar("T")


def values(kind: type[T], /, **fields: object) -> st.SearchStrategy[T]:
    """Draw values of a public class or enumeration of the library.

    Amounts are at most 10,000,000, days lie in 2000 to 2060 or follow from such, tuples are short, a schedule
    has at most 60 installments. Examples shrink towards few parts, defaults and small figures.

    Args:
        kind: The class; a generic one may state its type, as in ``Limit[int]``. Several joined by ``|`` are
            drawn alike.
        fields: Fields that are fixed, or strategies from which they are drawn. The others are drawn to suit
            them as far as the class is put together field by field; what the constructor still refuses is
            drawn again.

    Raises:
        InputTypeError: No values of that kind can be drawn.
        UnknownKeyError: It has no such field.
    """
    _check_fields(kind, fields)
    drawn = st.fixed_dictionaries({name: _strategy(field) for name, field in fields.items()})
    return drawn.flatmap(functools.partial(_with_fields, kind)) if fields else _with_fields(kind, {})


def _strategy(field: object) -> Strategy:
    known: Any = field
    return known if isinstance(field, st.SearchStrategy) else st.just(field)


def _check_fields(kind: Any, fields: Mapping[str, object]) -> None:  # noqa: ANN401  # any class
    origin = typing.get_origin(kind) or kind
    check_instance(origin, type, "kind")
    if not (kind in MAKERS or origin in MAKERS or _has_parts(origin)):
        message = f"expected a value class or an enumeration of repayplan, got {shown(origin.__name__)}"
        raise InputTypeError("testing.kind", "kind", message)
    known: set[str] = set()
    if attrs.has(origin):
        known |= {field.name for field in attrs.fields(origin) if field.init}
    for name in sorted(set(fields) - known):
        message = f"{origin.__name__} has no field {shown(name)}; it has {', '.join(sorted(known)) or 'none'}"
        raise UnknownKeyError("testing.field", name, message)


def _has_parts(origin: type) -> bool:
    """Tell whether a class has fields or members, or is a union of classes."""
    return attrs.has(origin) or issubclass(origin, (enum.Enum, types.UnionType))


def _with_fields(kind: Any, given: dict[str, Any]) -> Strategy:  # noqa: ANN401  # any class
    stated = [currency for field in given.values() for currency in _currencies_in(field)]
    currencies = st.just(stated[0]) if stated else ground.currencies()
    if not given:
        return currencies.flatmap(functools.partial(of, kind))
    if kind in MAKERS or typing.get_origin(kind) in MAKERS:
        whole = currencies.flatmap(functools.partial(of, kind))
        return whole.map(lambda value: attempt(attrs.evolve, value, **given)).filter(was_made)
    return currencies.flatmap(lambda currency: by_fields(kind, currency, given))


def _currencies_in(value: Any) -> list[Currency]:  # noqa: ANN401  # a field of any class
    """Give the currencies of a value and of its fields, so that what is drawn beside it is in the same."""
    if isinstance(value, Currency):
        return [value]
    kind: Any = value.__class__
    parts: list[Any] = []
    if isinstance(value, (tuple, list)):
        parts = list(cast("Iterable[Any]", value))
    elif attrs.has(kind):
        parts = [getattr(value, field.name) for field in attrs.fields(kind)]
    return [currency for part in parts for currency in _currencies_in(part)]
