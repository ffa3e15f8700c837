"""A verifier of its own for an exported log, by the format alone; it shares no code with the library.

``python independent_verifier.py LINES HEAD`` reads the exported lines and the text of a head that was kept
elsewhere. It looks at bytes and digests, and knows nothing of records.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Verdict(NamedTuple):
    """What was found: the troubles, and by entry the names of the fields that are not disclosed."""

    troubles: tuple[str, ...]
    missing: dict[int, tuple[str, ...]]


def canonical(value: object) -> bytes:
    """The bytes of RFC 8785, for ASCII keys and no floats."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf(data: bytes) -> bytes:
    """RFC 9162, section 2.1.1: the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162, section 2.1.1: the hash of a tree, as it is defined there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    return hashlib.sha256(b"\x01" + root(leaves[:left]) + root(leaves[left:])).digest()


def head_parts(text: str) -> tuple[str, int, bytes]:
    """The origin, the size and the root of a head's three lines."""
    origin, size, encoded, end = text.split("\n")
    digest = base64.b64decode(encoded, validate=True)
    if f"{origin}\n{int(size)}\n{base64.b64encode(digest).decode()}\n" != text or end:
        message = "the head is written otherwise"
        raise ValueError(message)
    return origin, int(size), digest


def verify(lines: Iterable[bytes], head: str) -> Verdict:
    """Verify exported lines against the text of a head."""
    troubles: list[str] = []
    missing: dict[int, tuple[str, ...]] = {}
    leaves: list[bytes] = []
    try:
        origin, size, digest = head_parts(head)
        previous = bytes(32).hex()
        for number, line in enumerate(lines):
            entry, disclosed = _parts(line)
            stated = (entry["log"], entry["number"], entry["previous"])
            if stated != (origin, number, previous) or type(entry["number"]) is not int:
                troubles.append(f"entry {number} is not the next of this log")
            absent = _missing(entry["sealed"], disclosed)
            if absent:
                missing[number] = absent
            leaves.append(leaf(canonical(entry)))
            previous = leaves[-1].hex()
        if (len(leaves), root(leaves)) != (size, digest):
            troubles.append("the entries are not those of the head")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        troubles.append(f"entry {len(leaves)} or the head cannot be read: {type(error).__name__}")
    return Verdict(tuple(troubles), missing)


def _parts(line: bytes) -> tuple[dict[str, Any], list[Any]]:
    content = json.loads(line.decode())
    if canonical(content) + b"\n" != line or content.keys() != {"disclosed", "entry"}:
        message = "the line is written otherwise"
        raise ValueError(message)
    return content["entry"], content["disclosed"]


def _missing(sealed: dict[str, str], disclosed: list[Any]) -> tuple[str, ...]:
    names = [name for _, name, _ in disclosed]
    if names != sorted(set(names)):
        message = "a field is disclosed twice, or out of order"
        raise ValueError(message)
    for item in disclosed:
        if sealed[item[1]] != hashlib.sha256(canonical(item)).hexdigest():
            message = "a disclosure is not the one that the entry commits to"
            raise ValueError(message)
    return tuple(sorted(sealed.keys() - set(names)))


def main(lines: str, head: str) -> int:
    """Verify two files; 0 where all is as it was."""
    with Path(lines).open("rb") as file:
        verdict = verify(file, Path(head).read_text(encoding="utf-8"))
    for trouble in verdict.troubles:
        print(trouble)  # noqa: T201  # a program's answer
    for number, names in verdict.missing.items():
        print(f"entry {number} no more shows {', '.join(names)}")  # noqa: T201  # as above
    return 1 if verdict.troubles else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
