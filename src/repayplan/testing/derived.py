"""Strategies of any class and annotation: the one made for it, or one by the annotations of its fields.

What a constructor refuses is drawn again. All amounts within one value are in one currency, which is drawn
first and handed down: otherwise nearly every pair of amounts would be refused.
"""

from __future__ import annotations

import enum
import functools
import inspect
import sys
import types
import typing
from typing import Any, Final, TypeVar

import attrs
from hypothesis import strategies as st

from repayplan.testing import ground
from repayplan.testing.registry import FORMS, MAKERS, RELATIONS, SIMPLEST, Strategy, attempt, was_made

if typing.TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from repayplan.currency import Currency

__all__ = ["by_fields", "defaults_of", "of"]

_ITEMS_MAX: Final = 3
_Factory: Final[Any] = type(attrs.Factory(object))


@functools.cache
def of(kind: Any, currency: Currency) -> Strategy:  # noqa: ANN401  # any annotation
    """Give the strategy for a class or an annotation, whose amounts are in a currency."""
    if isinstance(kind, TypeVar):  # of a generic class whose type was not stated
        return of(object, currency)
    maker = MAKERS.get(kind) or MAKERS.get(typing.get_origin(kind))
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
        derived = st.deferred(lambda: by_fields(kind, currency))
        return st.just(SIMPLEST[kind]) | derived if kind in SIMPLEST else derived
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


def by_fields(kind: Any, currency: Currency, given: Mapping[str, object] | None = None) -> Strategy:  # noqa: ANN401  # a class, or a generic one with types
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
    relation = RELATIONS.get(kind)
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
    form = next((strategy for end, strategy in FORMS.items() if name.endswith(end)), None)
    is_text = hint is str or str in typing.get_args(hint)
    return of(hint, currency) if form is None or not is_text else form()


def defaults_of(kind: type) -> dict[str, Any]:
    """Give the fields of a class that have a default, and the default."""
    stated = {field.name: field.default for field in attrs.fields(kind) if field.default is not attrs.NOTHING}
    return {
        name: default.factory() if isinstance(default, _Factory) else default
        for name, default in stated.items()
    }
