"""Each public class as plain data: as version 1 first wrote it, and as it is written now.

A file is a list of documents, so that fields that exclude each other are set in one or another of them.

- ``golden/`` has what was written first. These files are read for ever and never changed: within a version a
  class gets a new field only with a default, which is what a document means that lacks it.
- ``written/`` has what is written now, for the classes alone that write more than their golden file says:
  its documents written again, and then others, in which the newer fields are set. A class that gets a field
  gets such a file by ``python -m tests.serialization.golden_files``, to which documents are then added by
  hand; the change of these files shows in review what a release writes otherwise.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import repayplan as rp
from repayplan.serialization.annotations import is_stored
from repayplan.serialization.names import is_abstract

GOLDEN: Final = Path(__file__).parent / "golden"
WRITTEN: Final = Path(__file__).parent / "written"
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
    """Read the file of what a class writes now."""
    return _file_of(name).read_text(encoding="utf-8")


def _file_of(name: str) -> Path:
    newer = WRITTEN / f"{name}.json"
    return newer if newer.exists() else GOLDEN / f"{name}.json"


@cache
def _documents(path: Path) -> tuple[str, ...]:
    return tuple(map(json.dumps, json.loads(path.read_text(encoding="utf-8"))))


def first_documents(name: str) -> list[dict[str, Any]]:
    """Give the documents of a class as version 1 first wrote them."""
    return list(map(json.loads, _documents(GOLDEN / f"{name}.json")))


def documents(name: str) -> list[dict[str, Any]]:
    """Give the documents of a class as they are written now, made anew for whoever changes them."""
    return list(map(json.loads, _documents(_file_of(name))))


def values(name: str) -> list[Any]:
    """Give the values that the documents are."""
    return [rp.from_dict(KINDS[name], document) for document in documents(name)]


def text_written_now(name: str) -> str:
    """Write the documents of a class again: first those of version 1, then those that set newer fields."""
    first, newer = first_documents(name), documents(name)
    found = [rp.from_dict(KINDS[name], document) for document in [*first, *newer[len(first) :]]]
    return json.dumps([rp.to_dict(value) for value in found], ensure_ascii=False, indent=1) + "\n"


def is_kept(first: Any, now: Any) -> bool:  # noqa: ANN401  # plain data
    """Tell whether data say all that others said first; objects may say more."""
    if isinstance(first, dict) and isinstance(now, dict):
        return first.keys() <= now.keys() and all(is_kept(item, now[key]) for key, item in first.items())
    if isinstance(first, list) and isinstance(now, list):
        return len(first) == len(now) and all(map(is_kept, first, now))
    return type(first) is type(now) and bool(first == now)


def renew(name: str) -> None:
    """Write the file of a class where it writes other than its golden file says."""
    text = text_written_now(name)
    if text != text_of(name):
        WRITTEN.mkdir(exist_ok=True)
        (WRITTEN / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for each in KINDS:
        renew(each)
