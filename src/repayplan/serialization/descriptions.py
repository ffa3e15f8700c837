"""What the docstrings of the classes say, for the descriptions of a schema."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["field_descriptions", "summary"]

_ROLE: Final = re.compile(r":\w+:`(?:~?[\w.]*\.)?(\w+)`")
_ATTRIBUTES: Final = re.compile(r"^Attributes:\n((?:    .*\n?|\n)+)", re.MULTILINE)
_ATTRIBUTE: Final = re.compile(r"^    (\w+): ((?:.*\n?)(?:        .*\n?)*)", re.MULTILINE)


def summary(kind: type) -> str:
    """Give the first paragraph of a class, in plain words; empty where docstrings are left out."""
    return _plain(_doc(kind).partition("\n\n")[0])


def field_descriptions(kind: type) -> Mapping[str, str]:
    """Give what a class says of its attributes, by name, those that it inherits too."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        for section in _ATTRIBUTES.findall(_doc(base)):
            found |= {name: _plain(text) for name, text in _ATTRIBUTE.findall(section)}
    return found


def _doc(kind: type) -> str:
    return inspect.cleandoc(vars(kind).get("__doc__") or "")


def _plain(text: str) -> str:
    return _ROLE.sub(r"\1", " ".join(text.replace("``", "").split()))
