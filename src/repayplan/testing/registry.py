"""What each class is drawn by: a strategy of its own, or a relation between its fields."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, TypeAlias, TypeVar

import pendulum
from hypothesis import strategies as st

from repayplan.calendars import Calendar
from repayplan.currency import Currency
from repayplan.errors import InputTypeError, RepayPlanError
from repayplan.frequencies import Frequency
from repayplan.money import Money
from repayplan.rates import Rate
from repayplan.rules import Citation, Force
from repayplan.testing import ground

__all__ = [
    "FORMS",
    "MAKERS",
    "RELATIONS",
    "SIMPLEST",
    "Maker",
    "Relation",
    "Strategy",
    "attempt",
    "relation_of",
    "strategy_for",
    "was_made",
]

Strategy: TypeAlias = st.SearchStrategy[Any]
Maker: TypeAlias = Callable[[Currency], Strategy]
Relation: TypeAlias = Callable[[st.DrawFn, Mapping[str, Any]], Mapping[str, Any]]

T = TypeVar("T")
M = TypeVar("M", bound=Maker)
R = TypeVar("R", bound=Relation)

_COUNT_MAX: Final = 60

MAKERS: Final[dict[Any, Maker]] = {
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
"""Strategies by type, for amounts in a currency; the modules of this package enter theirs as they load.

Amounts and counts begin at one, which is what most fields must have; what may be zero has its own strategy.
"""

SIMPLEST: Final[Mapping[Any, object]] = {Citation: Citation(title="house", force=Force.HOUSE)}
"""What stands often in larger values, so that they stay short and shrink to what is read at once."""

RELATIONS: Final[dict[type, Relation]] = {}
"""What decides the fields that depend on others, by class."""

FORMS: Final[dict[str, Callable[[], Strategy]]] = {
    "language": ground.languages,
    "zone": ground.zones,
    "digest": ground.digests,
}
"""Strategies of texts that are of a form, by the end of the name of their field."""


def strategy_for(*kinds: Any) -> Callable[[M], M]:  # noqa: ANN401  # classes, abstract ones and aliases too
    """Enter a function of a currency as the strategy for some classes."""

    def enter(maker: M) -> M:
        MAKERS.update(dict.fromkeys(kinds, maker))
        return maker

    return enter


def relation_of(*kinds: type) -> Callable[[R], R]:
    """Enter a function of what was drawn for the fields, which gives those that others decide.

    It takes Hypothesis' ``draw`` and the fields by name, and returns the fields that it sets.
    """

    def enter(relation: R) -> R:
        RELATIONS.update(dict.fromkeys(kinds, relation))
        return relation

    return enter


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
