"""The hashes of RFC 9162, section 2.1.1, with SHA-256: of leaves, and of nodes over two digests."""

from __future__ import annotations

import hashlib
from typing import Final

from repayplan.errors import CommunicationError, InputTypeError, shown

__all__ = ["DIGEST_BYTES", "EMPTY_ROOT", "check_bytes", "check_digest", "joined", "leaf_hash", "node_hash"]

DIGEST_BYTES: Final = 32
"""The length of every digest."""
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""The root of a tree without leaves (RFC 9162, 2.1.1)."""

# leaves and nodes are hashed apart, so that neither can pass for the other (RFC 9162, 2.1.1)
_LEAF_PREFIX = b"\x00"
_NODE_PREFIX = b"\x01"


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one entry.

    Whoever verifies an entry hashes its bytes with this: a digest that came with the proof may be a node's.

    Raises:
        InputTypeError: ``data`` is not bytes.
    """
    return hashlib.sha256(_LEAF_PREFIX + check_bytes(data, "data")).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node over two subtrees, given their hashes.

    Raises:
        InputTypeError: A hash is not bytes.
        CommunicationError: A hash is not of ``DIGEST_BYTES`` bytes.
    """
    return joined(check_digest(left, "left"), check_digest(right, "right"))


def joined(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node over two digests that are known to be such."""
    return hashlib.sha256(_NODE_PREFIX + left + right).digest()


def check_bytes(value: bytes, field: str) -> bytes:
    """Return bytes.

    Raises:
        InputTypeError: It is something else.
    """
    if type(value) is not bytes:  # a subclass could compare equal to everything
        raise InputTypeError(
            "bytes.type", field, f"expected bytes, got {shown(value)}", {"expected": "bytes"}
        )
    return value


def check_digest(value: bytes, field: str) -> bytes:
    """Return a digest.

    Raises:
        InputTypeError: It is not bytes.
        CommunicationError: It is not of ``DIGEST_BYTES`` bytes.
    """
    if len(check_bytes(value, field)) != DIGEST_BYTES:
        message = f"expected a SHA-256 digest of {DIGEST_BYTES} bytes, got {len(value)}"
        raise CommunicationError("digest.length", field, message, {"expected": DIGEST_BYTES})
    return value
