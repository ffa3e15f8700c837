"""Plain values as text that is safe to put into HTML: short, visible, and without markup."""

from __future__ import annotations

import datetime
import html
import unicodedata
from decimal import Decimal
from typing import Final, TypeAlias

__all__ = ["CHARACTERS_MAX", "VERBATIM", "Cell", "escaped", "plain_text", "span", "visible"]

Cell: TypeAlias = object
"""What a table shows: text, a number, a date or a moment; None is shown as a dash."""

CHARACTERS_MAX: Final = 200
"""The most characters of a text that are shown."""

VERBATIM: Final = 'class="tex2jax_ignore mathjax_ignore"'
"""Keeps MathJax 2 and 3, which JupyterLab runs over HTML too, from setting text between dollar signs.

As a formula, "$5 a day, $20 a week" could not be read, and a name with ``\\href`` would become a link.
"""

_HIDDEN: Final = {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}  # controls, formats, unassigned, surrogates, breaks
_JOINERS: Final = "\u200c\u200d"
"""Invisible, but part of how words are written, as in Persian."""


def escaped(value: Cell) -> str:
    """Write a value for HTML, in an element or between quotes."""
    return html.escape(visible(plain_text(value)), quote=True)


def span(value: Cell) -> str:
    """Write a value by itself, on one line."""
    return f'<span {VERBATIM} style="white-space: nowrap">{escaped(value)}</span>'


def plain_text(value: Cell) -> str:
    """Write a value as a person reads it, the same in every locale and decimal context."""
    if value is None:
        return "–"  # noqa: RUF001  # an en dash, the sign for nothing in a table
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")  # never 0E-10
    if isinstance(value, datetime.datetime):
        return datetime.datetime.isoformat(value, sep=" ", timespec="seconds")
    return str(value)


def visible(text: str) -> str:
    """Give text cut to the most that is shown, with what cannot be seen named by its code point.

    Controls, line breaks, lone surrogates and invisible format characters could hide text or turn round what
    is read; only the joiners that words need stay.
    """
    rest = len(text) - CHARACTERS_MAX
    seen = "".join(map(_seen, text[:CHARACTERS_MAX]))
    return seen if rest <= 0 else f"{seen}… ({rest} more characters)"


def _seen(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _HIDDEN:
        return character
    return f"[U+{ord(character):04X}]"
