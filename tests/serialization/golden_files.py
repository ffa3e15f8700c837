"""The golden files: each public class as version 1 of the form writes it, one file a class.

A file is a list of documents, so that fields that exclude each other are set in one or another of them. The
files are never written anew: what changes them is another version of the form.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import repayplan as rp
from repayplan.serialization.choosing import is_stored
from repayplan.serialization.names import is_abstract

GOLDEN: Final = Path(__file__).parent / "golden"
MEMBERS: Final = Path(__file__).parent / "members.json"
"""The names of the members of every enumeration that a document may hold."""
DEFAULTS: Final = Path(__file__).parent / "defaults.json"
"""What every field that may be left out is then, as plain data."""

PUBLIC: Final[dict[str, Any]] = {name: getattr(rp, name) for name in rp.__all__}
KINDS: Final[dict[str, Any]] = {
    name: kind for name, kind in PUBLIC.items() if is_stored(kind) and not is_abstract(kind)
}
"""Every public class that has values with a form as plain data."""


def text_of(name: str) -> str:
    """Read the file of a class."""
    return (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


@cache
def _documents(name: str) -> tuple[str, ...]:
    return tuple(map(json.dumps, json.loads(text_of(name))))


def documents(name: str) -> list[dict[str, Any]]:
    """Give the documents of a class, made anew for whoever changes them."""
    return list(map(json.loads, _documents(name)))


def values(name: str) -> list[Any]:
    """Give the values that the documents are."""
    return [rp.from_dict(KINDS[name], document) for document in documents(name)]
