"""Values of any class of the library: by a strategy made for it, or by the annotations of its fields.

A class whose fields depend on each other has a strategy of its own, entered with :func:`strategy_for`. Any
other is put together field by field, and what its constructor refuses is drawn again. All amounts within one
value are in one currency, which is drawn first and handed down: otherwise nearly every pair of amounts would
be refused.
"""

from __future__ import annotations

import datetime
import enum
import functools
import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, Final, TypeAlias, TypeVar, cast

import attrs
import pendulum
from hypothesis import strategies as st

from repayplan.calendars import Calendar
from repayplan.checks import check_instance
from repayplan.currency import Currency
from repayplan.errors import InputTypeError, RepayPlanError, UnknownKeyError, shown
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.rates import Rate
from repayplan.rules import Citation, Force
from repayplan.testing import ground

Strategy: TypeAlias = st.SearchStrategy[Any]
Maker: TypeAlias = Callable[[Currency], Strategy]

Relation: TypeAlias = Callable[[st.DrawFn, Mapping[str, Any]], Mapping[str, Any]]

T = TypeVar("T")
R = TypeVar("R", bound=Relation)
M = TypeVar("M", bound=Maker)

__all__ = [
    "Relation",
    "Strategy",
    "attempt",
    "defaults_of",
    "of",
    "relation_of",
    "strategy_for",
    "values",
    "was_made",
]


_ITEMS_MAX: Final = 3
_COUNT_MAX: Final = 60

_MAKERS: Final[dict[Any, Maker]] = {
    bool: lambda _: st.booleans(),
    bytes: lambda _: st.binary(min_size=32, max_size=32),
    int: lambda _: st.integers(1, _COUNT_MAX),
    str: lambda _: ground.names(),
    object: lambda currency: st.integers(1, _COUNT_MAX) | ground.money(currency),
    type(None): lambda _: st.none(),
    Calendar: lambda _: ground.calendars(),
    Callable: lambda _: st.nothing(),  # a calendar that is a function can be neither stored nor compared
    Currency: st.just,
    Fraction: lambda _: st.fractions(0, 1, max_denominator=100),
    Frequency: lambda _: ground.frequencies(),
    Money: lambda currency: ground.money(currency, least=1),
    Rate: lambda _: ground.rates(),
    datetime.date: lambda _: ground.dates(),
    pendulum.Date: lambda _: ground.dates(),
    pendulum.DateTime: lambda _: ground.moments(),
}
"""Strategies by type, for amounts in a currency; the modules of this package enter theirs when loaded.

Amounts and counts begin at one, which is what most fields must have; what may be zero has its own strategy.
"""

_SIMPLEST: Final[Mapping[Any, object]] = {Citation: Citation(title="house", force=Force.HOUSE)}
"""What stands often in larger values, so that they stay short and shrink to what is read at once."""

_RELATIONS: Final[dict[type, Relation]] = {}
"""What decides the fields that depend on others, by class."""

_FORMS: Final[dict[str, Callable[[], Strategy]]] = {
    "language": ground.languages,
    "zone": ground.zones,
    "digest": ground.digests,
}
"""Strategies of texts that are of a form, by the end of the name of their field."""

_Factory: Final[Any] = type(attrs.Factory(object))


def strategy_for(*kinds: Any) -> Callable[[M], M]:  # noqa: ANN401  # classes, abstract ones and aliases too
    """Enter a function of a currency as the strategy for some classes."""

    def enter(maker: M) -> M:
        _MAKERS.update(dict.fromkeys(kinds, maker))
        return maker

    return enter


def relation_of(*kinds: type) -> Callable[[R], R]:
    """Enter a function of what was drawn for the fields, which gives those that others decide.

    It takes Hypothesis' ``draw`` and the fields by name, and returns the fields that it sets.
    """

    def enter(relation: R) -> R:
        _RELATIONS.update(dict.fromkeys(kinds, relation))
        return relation

    return enter


def values(kind: type[T], **fields: object) -> st.SearchStrategy[T]:
    """Draw values of a public class or enumeration of the library.

    Amounts are at most 10,000,000, days lie in 2000 to 2060 or follow from such, tuples are short, a schedule
    has at most 60 installments. Examples shrink towards few parts, defaults and small figures.

    Args:
        kind: The class; a generic one may state its type, as in ``Limit[int]``.
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
    return field if isinstance(field, st.SearchStrategy) else st.just(field)


def _check_fields(kind: Any, fields: Mapping[str, object]) -> None:  # noqa: ANN401  # any class
    origin = typing.get_origin(kind) or kind
    check_instance(origin, type, "kind")
    if not (kind in _MAKERS or origin in _MAKERS or attrs.has(origin) or issubclass(origin, enum.Enum)):
        message = f"expected a value class or an enumeration of repayplan, got {shown(origin.__name__)}"
        raise InputTypeError("testing.kind", "kind", message)
    known: set[str] = set()
    if attrs.has(origin):
        known |= {field.name for field in attrs.fields(origin) if field.init}
    for name in sorted(set(fields) - known):
        message = f"{origin.__name__} has no field {shown(name)}; it has {', '.join(sorted(known)) or 'none'}"
        raise UnknownKeyError("testing.field", name, message)


def _with_fields(kind: Any, given: dict[str, Any]) -> Strategy:  # noqa: ANN401  # any class
    stated = [currency for field in given.values() for currency in _currencies_in(field)]
    currencies = st.just(stated[0]) if stated else ground.currencies()
    if not given:
        return currencies.flatmap(functools.partial(of, kind))
    if kind in _MAKERS or typing.get_origin(kind) in _MAKERS:
        whole = currencies.flatmap(functools.partial(of, kind))
        return whole.map(lambda value: attempt(attrs.evolve, value, **given)).filter(was_made)
    return currencies.flatmap(lambda currency: _by_fields(kind, currency, given))


def _currencies_in(value: Any) -> list[Currency]:  # noqa: ANN401  # a field of any class
    """Give the currencies of a value and of its fields, so that what is drawn beside it is in the same."""
    if isinstance(value, Currency):
        return [value]
    parts: list[Any] = []
    if isinstance(value, (tuple, list)):
        parts = list(cast("Iterable[Any]", value))
    elif attrs.has(cast("type", type(value))):
        parts = [getattr(value, field.name) for field in attrs.fields(cast("Any", type(value)))]
    return [currency for part in parts for currency in _currencies_in(part)]


@functools.cache
def of(kind: Any, currency: Currency) -> Strategy:  # noqa: ANN401  # any annotation
    """Give the strategy for a class or an annotation, whose amounts are in a currency."""
    if isinstance(kind, TypeVar):  # of a generic class whose type was not stated
        return of(object, currency)
    maker = _MAKERS.get(kind) or _MAKERS.get(typing.get_origin(kind))
    if maker is not None:
        return maker(currency)
    if isinstance(kind, enum.EnumType):
        members: Iterable[Any] = kind
        return st.sampled_from(list(members))
    if inspect.isabstract(kind):
        parts: list[type] = kind.__subclasses__()
        return st.deferred(lambda: st.one_of([of(part, currency) for part in parts]))
    origin = typing.get_origin(kind)
    if origin is None or attrs.has(origin):
        derived = st.deferred(lambda: _by_fields(kind, currency))
        return st.just(_SIMPLEST[kind]) | derived if kind in _SIMPLEST else derived
    return _by_form(origin, typing.get_args(kind), currency)


def _by_form(origin: Any, arguments: tuple[Any, ...], currency: Currency, least: int = 0) -> Strategy:  # noqa: ANN401  # what is generic
    """Give the strategy for a union, a tuple, a set or literals, of ``least`` items if there may be any."""
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([of(part, currency) for part in sorted(arguments, key=_none_first)])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is frozenset:
        return st.frozensets(of(arguments[0], currency), min_size=least, max_size=_ITEMS_MAX)
    if arguments[-1] is Ellipsis:
        if arguments[0] is str:  # ids, each of which comes once
            return st.lists(ground.names(), min_size=least, max_size=_ITEMS_MAX, unique=True).map(tuple)
        return st.lists(of(arguments[0], currency), min_size=least, max_size=_ITEMS_MAX).map(tuple)
    return st.tuples(*(of(argument, currency) for argument in arguments))


def _none_first(part: object) -> bool:
    return part is not type(None)


def _by_fields(kind: Any, currency: Currency, given: Mapping[str, object] | None = None) -> Strategy:  # noqa: ANN401  # a class, or a generic one with types
    """Give the strategy of a class by its fields, some of which may be given, and by its relation."""
    stated = given or {}
    fields = {name: field for name, field in _fields_of(kind, currency).items() if name not in stated}
    return _related(typing.get_origin(kind) or kind, fields, stated).filter(was_made)


@functools.cache
def _fields_of(kind: Any, currency: Currency) -> Mapping[str, Strategy]:  # noqa: ANN401  # as above
    origin = typing.get_origin(kind) or kind
    types_of = dict(zip(getattr(origin, "__parameters__", ()), typing.get_args(kind), strict=False))
    hints = _hints(origin)
    return {
        field.name: _field(field, types_of.get(hints[field.name], hints[field.name]), currency)
        for field in attrs.fields(origin)
        if field.init
    }


@st.composite
def _related(
    draw: st.DrawFn, kind: type, fields: Mapping[str, Strategy], given: Mapping[str, object]
) -> object:
    drawn = {name: draw(strategy) for name, strategy in fields.items()} | dict(given)
    relation = _RELATIONS.get(kind)
    related: Mapping[str, Any] = {} if relation is None else relation(draw, drawn)
    return attempt(kind, **{**drawn, **related, **given})


def _hints(kind: type) -> dict[str, Any]:
    """Resolve the annotations of the fields alone: those of cached properties may name what is not loaded."""
    hints: dict[str, Any] = {}
    names = {field.name for field in attrs.fields(kind)}
    for base in reversed(kind.__mro__):
        own = {name: hint for name, hint in vars(base).get("__annotations__", {}).items() if name in names}
        holder = types.SimpleNamespace(__annotations__=own)
        hints |= typing.get_type_hints(holder, globalns=vars(sys.modules[base.__module__]))
    return hints


def _field(field: attrs.Attribute[Any], hint: Any, currency: Currency) -> Strategy:  # noqa: ANN401  # any annotation
    """Give the strategy for a field: its default first; one that must be stated is not empty."""
    if field.default is attrs.NOTHING:
        origin = typing.get_origin(hint)
        if origin in {tuple, frozenset}:
            return _by_form(origin, typing.get_args(hint), currency, least=1)
        return _named(field.name, hint, currency)
    drawn = _named(field.name, hint, currency)
    return drawn if isinstance(field.default, _Factory) else st.just(field.default) | drawn


def _named(name: str, hint: Any, currency: Currency) -> Strategy:  # noqa: ANN401  # any annotation
    """Give the strategy for a hint, or that of the texts which are of a form that the field's name tells."""
    form = next((strategy for end, strategy in _FORMS.items() if name.endswith(end)), None)
    is_text = hint is str or str in typing.get_args(hint)
    return of(hint, currency) if form is None or not is_text else form()


def defaults_of(kind: type) -> dict[str, Any]:
    """Give the fields of a class that have a default, and the default."""
    stated = {field.name: field.default for field in attrs.fields(kind) if field.default is not attrs.NOTHING}
    return {
        name: default.factory() if isinstance(default, _Factory) else default
        for name, default in stated.items()
    }


def attempt(make: Callable[..., T], *arguments: Any, **fields: Any) -> Any:  # noqa: ANN401  # a value or an error
    """Make a value, or give the error: fields that are drawn one by one need not suit each other.

    A field of the wrong type suits nothing, so that this error is raised: drawing again would never end.
    """
    try:
        return make(*arguments, **fields)
    except InputTypeError:
        raise
    except RepayPlanError as refusal:
        return refusal


def was_made(found: object) -> bool:
    """Tell whether :func:`attempt` made a value."""
    return not isinstance(found, RepayPlanError)
