"""Small charts as images: SVG in a data address, which notebooks keep where they strip inline SVG.

All drawing is in whole numbers, tenths of a pixel, so that the same input gives the same bytes.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.display.marks import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Bars, Line, Scale
from repayplan.display.text import VERBATIM, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["COLOURS", "INK", "Chart", "figure"]

INK: Final = "#787878"
"""Words and axes: at least 3.7 to 1 on white and on the dark pages of notebooks."""
COLOURS: Final = ("#3a7ebf", "#c8691c", "#8c8c8c")
"""Blue, orange, grey: at least 3 to 1, and none of them needs red to be told from green."""

_TEXT: Final = f'fill="{INK}" font-family="sans-serif" font-size="130"'
_PART: Final = "overflow-x: auto"  # a table or a chart that is wider than the page scrolls by itself
_IMAGE: Final = (
    "width: 640px; max-width: 100%; min-width: 600px"  # words of 12 pixels at least, of 13 at best
)


@attrs.frozen
class Chart:
    """Marks over time, on one scale that begins at zero.

    Attributes:
        says: What it shows, in words, for those who do not see it.
        marks: What is drawn, the later over the earlier; three layers at most.
        top: How the highest value is written at the top of the scale.
        start: The words at the left end of the time axis.
        end: The words at its right end.
    """

    says: str
    marks: tuple[Bars | Line, ...]
    top: str
    start: str
    end: str

    def to_html(self) -> str:
        """Write it as an image."""
        data = base64.b64encode(self.to_svg().encode()).decode()
        source = f"data:image/svg+xml;base64,{data}"
        return f'<img alt="{escaped(self.says)}" src="{source}" style="{_IMAGE}">'

    def to_svg(self) -> str:
        """Draw it."""
        days = [day for mark in self.marks for day in mark.days]
        scale = Scale(min(days), max(days), max(mark.highest for mark in self.marks))
        colours, parts = list(COLOURS), list[str]()
        for mark in self.marks:
            own, colours = colours[: len(mark.labels)], colours[len(mark.labels) :]
            parts += mark.drawn(scale, own)
        size = f'width="{WIDTH // 10}" height="{HEIGHT // 10}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        drawn = "".join([*parts, *self._axes(), *_legend(self.marks)])
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>'

    def _axes(self) -> Iterator[str]:
        yield f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none" stroke="{INK}" stroke-width="10"/>'
        yield _words(LEFT - 60, TOP + 100, self.top, "end")
        yield _words(LEFT - 60, BOTTOM, "0", "end")
        yield _words(LEFT, BOTTOM + 180, self.start, "start")
        yield _words(RIGHT, BOTTOM + 180, self.end, "end")


def figure(*parts: str) -> str:
    """Put tables and charts below each other, as one piece of HTML; empty ones are left out."""
    scrolled = (f'<div style="{_PART}">{part}</div>' for part in parts if part)
    return f"<div {VERBATIM}>{''.join(scrolled)}</div>"


def _legend(marks: Iterable[Bars | Line]) -> Iterator[str]:
    labels = [label for mark in marks for label in mark.labels]
    for place, (label, colour) in enumerate(zip(labels, COLOURS, strict=False)):
        left = LEFT + place * 1_700
        yield f'<rect x="{left}" y="40" width="120" height="120" fill="{colour}"/>'
        yield _words(left + 180, 150, label, "start")


def _words(x: int, y: int, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" {_TEXT} text-anchor="{anchor}">{escaped(words)}</text>'
