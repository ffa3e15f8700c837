"""Heads: what a log was at a size, to be signed, timestamped or kept elsewhere."""

from __future__ import annotations

import base64
import binascii
from typing import Final

import attrs

from repayplan.checks import check_count, check_instance, check_text
from repayplan.communication.digests import DIGEST_BYTES
from repayplan.communication.merkle_proofs import verify_consistency
from repayplan.errors import CommunicationError, InputTypeError, shown
from repayplan.serialization.canonical import INTEGER_MAX
from repayplan.values import Enumeration, Value

__all__ = ["SIZE_MAX", "Head", "HeadComparison", "HeadRelation", "check_origin", "compare_heads"]

SIZE_MAX: Final = INTEGER_MAX
"""The most entries of a log: the greatest integer that canonical JSON keeps exactly."""

_LINES: Final = 3


def check_origin(value: object) -> str:
    """Return the name of a log: one line of text."""
    return check_text(value, "origin", error=CommunicationError)


@attrs.frozen
class Head(Value):
    """A log at a size, in the form of a checkpoint (C2SP tlog-checkpoint, without its signatures).

    Attributes:
        origin: The name of the log, unique for the bank.
        size: How many entries it has.
        root: The root of the Merkle tree over them (RFC 9162, section 2.1.1), 32 bytes.

    Raises:
        CommunicationError: The size is negative, or the root is not 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_origin(self.origin)
        check_count(self.size, "size", minimum=0, maximum=SIZE_MAX, error=CommunicationError)
        check_instance(self.root, bytes, "root")
        if len(self.root) != DIGEST_BYTES:
            message = f"expected {DIGEST_BYTES} bytes, got {len(self.root)}"
            raise CommunicationError("head.root", "root", message)

    def to_text(self) -> str:
        """Write the three lines: origin, size and root in base64."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"

    @classmethod
    def from_text(cls, text: str) -> Head:
        """Read what :meth:`to_text` wrote, and nothing else, since base64 has spare bits.

        Raises:
            CommunicationError: It is not written so.
        """
        if type(text) is not str:
            raise InputTypeError("text.type", "head", f"expected text, got {shown(text)}")
        lines = text.split("\n")
        found = cls._from_lines(lines) if len(lines) == _LINES + 1 else None
        if found is None or found.to_text() != text:
            message = "expected three lines: the origin, the size and the root in base64"
            raise CommunicationError("head.text", "head", message)
        return found

    @classmethod
    def _from_lines(cls, lines: list[str]) -> Head | None:
        origin, size, root, _ = lines
        if not (size.isascii() and size.isdigit() and len(size) <= len(str(SIZE_MAX))):
            return None
        try:
            return cls(origin, int(size), base64.b64decode(root, validate=True))
        except (binascii.Error, ValueError):  # not base64, or text that no head would have
            return None


class HeadRelation(Enumeration):
    """How two heads stand to each other."""

    SAME = "same"
    EXTENDS = "extends"
    """The newer log begins with the older one: nothing was changed, entries were added."""
    FORK = "fork"
    """One size and two roots: somebody was shown another log. Keep both heads."""
    SHRUNK = "shrunk"
    """The newer log is shorter: entries were removed."""
    UNPROVEN = "unproven"
    """The newer log is longer, and the proof does not show that it begins with the older one.

    Always so where the older one is empty: what begins with nothing proves nothing.
    """
    OTHER_LOG = "other log"
    """The origins differ."""


@attrs.frozen
class HeadComparison(Value):
    """Two heads side by side; made by :func:`repayplan.compare_heads`.

    Attributes:
        relation: How they stand to each other.
        old: The older head.
        new: The newer head.
    """

    relation: HeadRelation
    old: Head
    new: Head

    @property
    def is_consistent(self) -> bool:
        """Whether nothing of the older log was changed or removed."""
        return self.relation in {HeadRelation.SAME, HeadRelation.EXTENDS}


def compare_heads(old: Head, new: Head, proof: tuple[bytes, ...] = ()) -> HeadComparison:
    """Say whether a newer head follows from an older one.

    Args:
        old: The head that was kept.
        new: The head that is shown now.
        proof: What :meth:`repayplan.CommunicationLog.consistency_proof` gives for the older size.
    """
    check_instance(old, Head, "old")
    check_instance(new, Head, "new")
    return HeadComparison(_relation(old, new, proof), old, new)


def _relation(old: Head, new: Head, proof: tuple[bytes, ...]) -> HeadRelation:
    if old.origin != new.origin:
        return HeadRelation.OTHER_LOG
    if old.size == new.size:
        return HeadRelation.SAME if old.root == new.root else HeadRelation.FORK
    if old.size > new.size:
        return HeadRelation.SHRUNK
    extends = verify_consistency(old.size, new.size, proof, old.root, new.root)
    return HeadRelation.EXTENDS if extends else HeadRelation.UNPROVEN
