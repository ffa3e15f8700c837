"""What charts draw: bars and lines over days, in whole tenths of a pixel."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BARS_MAX", "BOTTOM", "HEIGHT", "LEFT", "RIGHT", "TOP", "WIDTH", "Bars", "Line", "Scale"]

WIDTH: Final = 6_400
HEIGHT: Final = 2_000
LEFT: Final = 1_200
"""Where the axis of amounts stands: an amount of fifteen characters has room to its left."""
RIGHT: Final = 6_300
TOP: Final = 240
BOTTOM: Final = 1_760

BARS_MAX: Final = 1_000
"""The most bars of a mark: there are no more pixels. Of neighbours beyond them, the highest is drawn."""

_BAR_MAX: Final = 240
_STROKE: Final = 22
_PIXEL: Final = 10


@attrs.frozen
class Scale:
    """From days and values to places in the image.

    Attributes:
        first: The first day.
        last: The last day.
        highest: The highest value.
    """

    first: int
    last: int
    highest: int

    def x(self, day: int) -> int:
        """Give the place of a day from the left; half a bar of room is left at both ends."""
        room = RIGHT - LEFT - _BAR_MAX
        return LEFT + _BAR_MAX // 2 + room * (day - self.first) // max(1, self.last - self.first)

    def y(self, value: int) -> int:
        """Give the place of a value from the top; what is below zero lies on the axis."""
        return BOTTOM - (BOTTOM - TOP) * max(0, value) // max(1, self.highest)


@attrs.frozen
class Bars:
    """Bars, each of one or more layers on top of each other.

    Attributes:
        labels: What each layer shows, the lowest first.
        points: The day of each bar, rising, and the value of each layer.
    """

    labels: tuple[str, ...]
    points: Sequence[tuple[int, tuple[int, ...]]]

    @property
    def days(self) -> Sequence[int]:
        """The days of the bars."""
        return [day for day, _ in self.points]

    @property
    def highest(self) -> int:
        """The height of the highest bar."""
        return max(sum(values) for _, values in self.points)

    def drawn(self, scale: Scale, colours: Sequence[str]) -> Iterator[str]:
        """Give a path for each layer."""
        groups = _groups(len(self.points))
        bars = [
            max((self.points[place] for place in group), key=lambda point: sum(point[1])) for group in groups
        ]
        width = max(10, min(_BAR_MAX, (RIGHT - LEFT) * 7 // (10 * len(bars))))
        for layer, colour in enumerate(colours):
            path = "".join(
                _box(scale.x(day) - width // 2, width, scale.y(below), scale.y(below + values[layer]))
                for day, values in bars
                for below in [sum(values[:layer])]
            )
            yield f'<path d="{path}" fill="{colour}"/>'


@attrs.frozen
class Line:
    """A line from point to point, or in steps that hold each value until the next.

    Of the points in one column of pixels, those are drawn that can be seen: the first, a lowest, a highest
    and the last. The line then comes and goes, and reaches up and down, where it does with all of them.

    Attributes:
        label: What it shows.
        points: Days, never falling, and their values.
        steps: Whether it goes in steps.
        dashed: Whether it is dashed, so that it is told from another without colours.
    """

    label: str
    points: Sequence[tuple[int, int]]
    steps: bool = False
    dashed: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """What it shows."""
        return (self.label,)

    @property
    def days(self) -> Sequence[int]:
        """The days of its points."""
        return [day for day, _ in self.points]

    @property
    def highest(self) -> int:
        """Its highest value."""
        return max(value for _, value in self.points)

    def drawn(self, scale: Scale, colours: Sequence[str]) -> Iterator[str]:
        """Give one path."""
        columns = groupby(self.points, lambda point: scale.x(point[0]) // _PIXEL)
        (day, value), *later = chain.from_iterable(_seen(list(column)) for _, column in columns)
        path = f"M{scale.x(day)} {scale.y(value)}" + "".join(self._to(scale, *point) for point in later)
        dash = ' stroke-dasharray="80 40"' if self.dashed else ""
        stroke = f'stroke="{colours[0]}" stroke-width="{_STROKE}"{dash}'
        yield f'<path d="{path}" fill="none" {stroke}/>'

    def _to(self, scale: Scale, day: int, value: int) -> str:
        x, y = scale.x(day), scale.y(value)
        return f"H{x}V{y}" if self.steps else f"L{x} {y}"


def _seen(column: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the first, a lowest, a highest and the last of some points, each once and in their order."""
    values = [value for _, value in column]
    places = {0, values.index(min(values)), values.index(max(values)), len(values) - 1}
    return [column[place] for place in sorted(places)]


def _groups(count: int) -> Iterator[range]:
    """Part so many places into at most as many runs of neighbours as there are pixels."""
    size = -(-count // BARS_MAX)
    return (range(start, min(start + size, count)) for start in range(0, count, size))


def _box(left: int, width: int, bottom: int, top: int) -> str:
    return f"M{left} {bottom}V{top}h{width}V{bottom}z"
