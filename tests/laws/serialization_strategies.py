"""Strategies for plain data: of any shape, and near to what some class writes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from tests.laws import strategies
from tests.serialization.golden_files import KINDS, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

Plain = Any
Step = str | int

TAGS: Final = (
    "tuple",
    "frozenset",
    "Money",
    "Date",
    "int",
    "LevelPayment",
    "EveryMonths",
    "Offer",
    "Anything",
)
WORDS: Final = (
    "schema_version",
    "type",
    "value",
    "amount",
    "currency",
    "EUR",
    "1/3",
    "2026-02-29",
    "\ud800",
    "",
)


def texts() -> st.SearchStrategy[str]:
    """Words of the form, names of classes, and any text."""
    anything = st.text(st.characters(codec=None), max_size=20)
    return st.one_of(st.sampled_from(WORDS), st.sampled_from(sorted(KINDS)), st.sampled_from(TAGS), anything)


def leaves() -> st.SearchStrategy[Plain]:
    """What JSON has at its ends, and what it has not."""
    numbers = st.one_of(st.integers(-3, 40), st.integers(), st.sampled_from([10**30, -(2**53), 2**53]))
    foreign = st.sampled_from([b"x", (), 1.5, float("nan"), float("inf"), frozenset(), object])
    return st.one_of(st.none(), st.booleans(), numbers, st.floats(), texts(), foreign)


def shapes() -> st.SearchStrategy[Plain]:
    """Data of any shape."""

    def containers(inner: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
        return st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(texts(), inner, max_size=4),
            st.builds(
                lambda tag, rest: {**rest, "type": tag}, texts(), st.dictionaries(texts(), inner, max_size=3)
            ),
            st.dictionaries(st.integers(), inner, max_size=1),
        )

    return st.recursive(leaves(), containers, max_leaves=12)


def places(data: Plain, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The path of every item, that of the whole first."""
    yield path
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, item in items:
        yield from places(item, (*path, step))


def at(data: Plain, path: tuple[Step, ...]) -> Plain:
    """The item at a path."""
    for step in path:
        data = data[step]
    return data


def alike(item: Plain) -> st.SearchStrategy[Plain]:
    """Something that may stand where an item does."""
    if isinstance(item, bool):
        return st.booleans()
    if isinstance(item, int):
        return st.one_of(st.integers(max(item - 2, 0), item + 2), st.integers(0, 400))
    if isinstance(item, str):
        return _text_alike(item)
    if isinstance(item, list) and item:
        orders = st.lists(st.sampled_from(range(len(item))), max_size=len(item) + 1)
        return orders.map(lambda order: [copy.deepcopy(item[place]) for place in order])
    return st.just(None)


def _text_alike(text: str) -> st.SearchStrategy[str]:
    if len(text) == len("2026-12-31") and text[4:5] == "-":
        return strategies.dates().map(str)
    if text.lstrip("-").replace(".", "").isdigit():
        whole, dot, part = text.partition(".")
        size = 10 ** min(len(whole), 12)
        return st.integers(-1, size).map(lambda number: f"{number}{dot}{part}")
    if "/" in text:
        return st.fractions(0, 1, max_denominator=10_000).map(str)
    return st.one_of(st.just(text.upper()), st.just(text + "x"), st.sampled_from(["EUR", "JPY", "UTC", "en"]))


@st.composite
def near(draw: st.DrawFn, name: str, most: int = 3) -> Plain:
    """A document of a class, with a few items that are alike, absent or from elsewhere in it."""
    document = draw(st.sampled_from(documents(name)))
    for _ in range(draw(st.integers(0, most))):
        path = draw(st.sampled_from(list(places(document))[1:] or [()]))
        if not path:
            return document
        _change(draw, document, path)
    return document


def _change(draw: st.DrawFn, document: Plain, path: tuple[Step, ...]) -> None:
    parent = at(document, path[:-1])
    match draw(st.sampled_from(["alike", "alike", "alike", "absent", "none", "elsewhere"])):
        case "alike":
            parent[path[-1]] = draw(alike(parent[path[-1]]))
        case "absent":
            del parent[path[-1]]
        case "none":
            parent[path[-1]] = None
        case _:
            other = draw(st.sampled_from(list(places(document))))
            parent[path[-1]] = copy.deepcopy(at(document, other))


@st.composite
def broken(draw: st.DrawFn, name: str) -> Plain:
    """A document with data of any shape in some place, or a key that is nobody's."""
    document = draw(near(name, most=1))
    path = draw(st.sampled_from(list(places(document))))
    shape = draw(shapes())
    if not path:
        return shape
    parent = at(document, path[:-1])
    if isinstance(parent, dict) and draw(st.booleans()):
        parent[draw(texts())] = shape
    else:
        parent[path[-1]] = shape
    return document
