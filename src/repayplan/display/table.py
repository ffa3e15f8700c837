"""Tables as HTML: semantic, styled inline, and capped with a count of what is hidden."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from repayplan.display.text import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from repayplan.display.text import Cell

__all__ = ["FIRST_ROWS", "LAST_ROWS", "Column", "Kind", "records", "table"]

T = TypeVar("T")

FIRST_ROWS: Final = 50
"""How many rows are shown of a table that is too long, from its start."""
LAST_ROWS: Final = 5
"""And from its end, where the last installment or the latest entry is."""

_TABLE: Final = "border-collapse: collapse; margin: 0.5em 0"
_CAPTION: Final = "caption-side: top; text-align: left; font-weight: bold; padding: 0.3em 0"
_CELL: Final = "padding: 0.2em 0.7em; vertical-align: top"
_RULE: Final = "1px solid #787878"  # seen on a white and on a black page


class Kind(enum.Enum):
    """What a column holds, and so how its cells are set."""

    TEXT = "text-align: left"
    FIXED = "text-align: left; white-space: nowrap"
    """Short text that is not broken, such as a date."""
    NUMBER = "text-align: right; white-space: nowrap"


@attrs.frozen
class Column:
    """One column: what stands above it, and what it holds."""

    label: str
    kind: Kind = Kind.TEXT


def table(
    caption: str,
    columns: Sequence[Column],
    items: Sequence[T],
    cells: Callable[[T], Sequence[Cell]],
    *,
    total: Sequence[Cell] = (),
) -> str:
    """Write a table.

    Args:
        caption: What it shows; a count of hidden rows is added to it.
        columns: Its columns; the cells of the first one name their rows.
        items: What its rows are made of; of more than 55, the first 50 and the last 5 are shown.
        cells: Gives the cells of a row, one for each column; called for rows that are shown, no others.
        total: The cells of a row below all others; without any, there is none.
    """
    hidden = max(0, len(items) - FIRST_ROWS - LAST_ROWS)
    first = [_row(columns, cells(item)) for item in items[: FIRST_ROWS if hidden else len(items)]]
    last = [_row(columns, cells(item)) for item in items[-LAST_ROWS:]] if hidden else []
    gap = [_row(columns, ["⋮"] * len(columns))] if hidden else []
    note = f" ({hidden} of {len(items)} rows hidden)" if hidden else ""
    foot = f"<tfoot>{_row(columns, total, border=f'border-top: {_RULE}')}</tfoot>" if total else ""
    return (
        f'<table style="{_TABLE}"><caption style="{_CAPTION}">{escaped(caption)}{note}</caption>'
        f"<thead>{_head(columns)}</thead><tbody>{''.join([*first, *gap, *last])}</tbody>{foot}</table>"
    )


def records(
    caption: str,
    columns: Mapping[str, Kind],
    items: Sequence[T],
    row: Callable[[T], Mapping[str, Cell]],
    *,
    total: Sequence[Cell] = (),
) -> str:
    """Write a table of plain rows, with a column for each of the named keys.

    Args:
        caption: What it shows.
        columns: The keys, and what their columns hold.
        items: What its rows are made of.
        row: Gives a plain row; called for rows that are shown, no others.
        total: The cells of a row below all others; without any, there is none.
    """

    def cells(item: T) -> list[Cell]:
        values = row(item)
        return [values[name] for name in columns]

    headings = [Column(name.replace("_", " "), kind) for name, kind in columns.items()]
    return table(caption, headings, items, cells, total=total)


def _head(columns: Iterable[Column]) -> str:
    style = f"{_CELL}; border-bottom: {_RULE}"
    cells = (
        f'<th scope="col" style="{column.kind.value}; {style}">{escaped(column.label)}</th>'
        for column in columns
    )
    return f"<tr>{''.join(cells)}</tr>"


def _row(columns: Sequence[Column], values: Sequence[Cell], *, border: str = "") -> str:
    style = "; ".join(filter(None, [_CELL, border]))
    cells = [
        f'<td style="{column.kind.value}; {style}">{escaped(value)}</td>'
        for column, value in zip(columns[1:], values[1:], strict=True)
    ]
    name = f'<th scope="row" style="{columns[0].kind.value}; {style}">{escaped(values[0])}</th>'
    return f"<tr>{name}{''.join(cells)}</tr>"
