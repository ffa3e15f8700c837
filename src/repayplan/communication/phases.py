"""What is barred, as time passes: phases of whole minutes, within which the answer stays the same."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from repayplan.communication.local_clock import MINUTES_OF_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from repayplan.communication.local_clock import LocalClock

__all__ = [
    "FOREVER",
    "WHOLE_DAY",
    "Phase",
    "Phases",
    "Span",
    "any_bars",
    "by_the_clock",
    "first_open",
    "in_spans",
    "in_turn",
    "lifted",
    "merged",
    "open_spans",
    "where_at_least",
    "without",
]

FOREVER: Final = 2**62
"""A minute after all others."""

Span: TypeAlias = tuple[int, int]
"""The first minute, and the first one after it."""

WHOLE_DAY: Final[tuple[Span, ...]] = ((0, MINUTES_OF_A_DAY),)


class Phase(NamedTuple):
    """The answer at a minute.

    Attributes:
        barred: Whether contact is barred.
        until: A later minute, before which the answer stays the same.
    """

    barred: bool
    until: int


Phases: TypeAlias = Callable[[int], Phase]
"""Gives the phase of a minute."""


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give spans as few, in their order; those that overlap or touch become one, and empty ones vanish."""
    return where_at_least(1, spans)


def where_at_least(count: int, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give the spans in which at least so many of the given ones run at once."""
    steps: Counter[int] = Counter()
    for start, end in spans:
        if start < end:
            steps[start] += 1
            steps[end] -= 1
    found: list[Span] = []
    running, since = 0, None
    for minute in sorted(steps):
        running += steps[minute]
        if since is None and running >= count:
            since = minute
        elif since is not None and running < count:
            found.append((since, minute))
            since = None
    return tuple(found)


def without(spans: Sequence[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """Give minutes of a day without some of them."""
    edges = [0, *(edge for span in merged(holes) for edge in span), MINUTES_OF_A_DAY]
    between = zip(edges[::2], edges[1::2], strict=True)
    return where_at_least(2, (*spans, *between))


def in_spans(spans: Iterable[Span]) -> Phases:
    """Bar what lies in any of the spans."""
    ordered = merged(spans)
    edges = [edge for span in ordered for edge in span]

    def phase(minute: int) -> Phase:
        place = bisect_right(edges, minute)
        return Phase(place % 2 == 1, edges[place] if place < len(edges) else FOREVER)

    return phase


def by_the_clock(clock: LocalClock, open_on: Callable[[int], Sequence[Span]]) -> Phases:
    """Bar what lies outside the open minutes of each day.

    Args:
        clock: The clock that is read.
        open_on: Gives the minutes of a day, by its ordinal, that are open: in their order, none touching. It
            is asked about the days that matter alone.
    """

    def phase(minute: int) -> Phase:
        day, reading = clock.reading(minute)
        edges = [edge for span in open_on(day) for edge in span]
        place = bisect_right(edges, reading)
        edge = edges[place] if place < len(edges) else MINUTES_OF_A_DAY
        return Phase(place % 2 == 0, clock.steady_until(minute, minute + edge - reading))

    return phase


def lifted(barring: Phases, lifts: Iterable[Span]) -> Phases:
    """Bar nothing in some spans."""
    lifting = in_spans(lifts)

    def phase(minute: int) -> Phase:
        barred, lift = barring(minute), lifting(minute)
        return Phase(barred.barred and not lift.barred, min(barred.until, lift.until))

    return phase


def in_turn(changes: Sequence[int], phases_after: Callable[[int], Phases]) -> Phases:
    """Bar by one after another.

    Args:
        changes: The minutes from which the next one counts, in their order.
        phases_after: Gives the one that counts after so many changes, from none on.
    """
    known = cache(phases_after)

    def phase(minute: int) -> Phase:
        place = bisect_right(changes, minute)
        barred, until = known(place)(minute)
        return Phase(barred, min((until, *changes[place : place + 1])))

    return phase


def any_bars(several: Sequence[Phases]) -> Phases:
    """Bar what any of several bars."""

    def phase(minute: int) -> Phase:
        phases = [one(minute) for one in several]
        barring = [one.until for one in phases if one.barred]
        if barring:
            return Phase(barred=True, until=max(barring))
        return Phase(barred=False, until=min((one.until for one in phases), default=FOREVER))

    return phase


def first_open(barring: Phases, start: int, end: int) -> int | None:
    """Give the first minute from one to another at which nothing is barred; later ones are not looked at."""
    minute = start
    while minute < end:
        barred, until = barring(minute)
        if not barred:
            return minute
        minute = until
    return None


def open_spans(barring: Phases, start: int, end: int) -> Iterator[Span]:
    """Give the spans from one minute to another in which nothing is barred, in their order."""
    since, minute = None, start
    while minute < end:
        barred, until = barring(minute)
        if barred and since is not None:
            yield since, minute
            since = None
        elif not barred and since is None:
            since = minute
        minute = until
    if since is not None:
        yield since, end
