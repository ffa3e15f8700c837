"""Where the limits and the sources of a rule book stand: a path to each, such as ``plan.max_months``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from repayplan.rules import Citation, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LimitPath", "citations_of", "limits_of", "path_text", "with_limit"]

LimitPath: TypeAlias = tuple[str | int, ...]
"""Names of fields and places in tuples, from the outside in."""


def limits_of(rules: object) -> Iterator[tuple[LimitPath, Limit[Any]]]:
    """Give every limit of a rule book or of one of its parts, wherever it stands, with its path."""
    return ((path, found) for path, found in _leaves(rules, ()) if isinstance(found, Limit))


def citations_of(rules: object) -> Iterator[tuple[LimitPath, Citation]]:
    """Give every source with its path: that of a limit stands at the limit."""
    for path, found in _leaves(rules, ()):
        yield path, found.citation if isinstance(found, Limit) else found


def path_text(path: LimitPath) -> str:
    """Write a path as it is typed: ``contact.limits[0].most``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def with_limit(rules: object, path: LimitPath, limit: Limit[Any]) -> Any:  # noqa: ANN401  # as rules are
    """Give rules with one limit replaced; every class on the way checks its fields again."""
    if not path:
        return limit
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = cast("tuple[object, ...]", rules)
        return (*items[:step], with_limit(items[step], rest, limit), *items[step + 1 :])
    kind: Any = type(rules)
    name = next(field.name for field in attrs.fields(kind) if field.alias == step)
    return attrs.evolve(cast("Any", rules), **{step: with_limit(getattr(rules, name), rest, limit)})


def _leaves(value: object, path: LimitPath) -> Iterator[tuple[LimitPath, Limit[Any] | Citation]]:
    if isinstance(value, (Limit, Citation)):
        yield path, value
        return
    if isinstance(value, tuple):
        for place, item in enumerate(cast("tuple[object, ...]", value)):
            yield from _leaves(item, (*path, place))
        return
    kind: Any = type(value)
    if attrs.has(kind):
        for field in attrs.fields(kind):
            yield from _leaves(getattr(value, field.name), (*path, field.alias or field.name))
