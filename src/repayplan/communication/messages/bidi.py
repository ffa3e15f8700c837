"""Directions of writing: a value in a sentence must not turn the words around it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from repayplan.formatting import Direction

__all__ = ["isolated", "needs_isolation"]

_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_DIRECTIONAL_ISOLATE: Final = "\u2069"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


def needs_isolation(value: str, direction: Direction) -> bool:
    """Tell whether a value could turn the words around it: any in Arabic text, an Arabic one elsewhere."""
    return direction == "rtl" or any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in value
    )


def isolated(value: str, direction: Direction) -> str:
    """Put a value between isolates (UAX #9: FSI and PDI) where it needs them.

    Values have no controls of their own but for the marks and isolates that the library puts there, so none
    can end the isolation early.
    """
    if not needs_isolation(value, direction):
        return value
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP_DIRECTIONAL_ISOLATE}"
