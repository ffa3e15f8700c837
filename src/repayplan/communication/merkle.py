"""The Merkle tree of RFC 9162, section 2.1, with SHA-256: roots, proofs, and their verification.

One root commits to a list of entries in their order. An inclusion proof shows that one entry is in the list,
a consistency proof that a longer list begins with a shorter one; both grow with the logarithm of the size.
The verifiers need digests alone: no tree, and no other entry.

A root does not tell the size of its tree. Take size and root together, from one checkpoint.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from repayplan.checks import check_count
from repayplan.errors import CommunicationError, InputTypeError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "DIGEST_BYTES",
    "EMPTY_ROOT",
    "PROOF_MAX",
    "SIZE_MAX",
    "MerkleTree",
    "leaf_hash",
    "node_hash",
    "verify_consistency",
    "verify_inclusion",
]

DIGEST_BYTES: Final = 32
"""The length of every digest."""
SIZE_MAX: Final = 2**64 - 1
"""The most leaves of a tree that a proof is accepted for."""
PROOF_MAX: Final = 65
"""The most digests of a proof: one for each level of such a tree, and where a consistency proof starts."""
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
    return hashlib.sha256(_LEAF_PREFIX + _checked_bytes(data, "data")).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node over two subtrees, given their hashes.

    Raises:
        InputTypeError: A hash is not bytes.
        CommunicationError: A hash is not of ``DIGEST_BYTES`` bytes.
    """
    return _node(_checked_digest(left, "left"), _checked_digest(right, "right"))


class MerkleTree:
    """A tree that only grows, and that still answers for every size it had.

    It keeps the hashes of all complete subtrees, level by level: at level k the hash with index i is over the
    leaves from i * 2**k to (i + 1) * 2**k - 1. Such a hash never changes, so holders of different sizes may
    share one tree. Sizes that it has not reached yet are refused.
    """

    __slots__ = ("_levels",)

    def __init__(self) -> None:
        self._levels: list[list[bytes]] = [[]]

    def __len__(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    def __repr__(self) -> str:
        """Tell the size alone."""
        return f"<MerkleTree of size {len(self)}>"

    def append(self, leaf: bytes) -> None:
        """Add a leaf, given its :func:`leaf_hash`; over many, less than one node is hashed for each.

        Raises:
            InputTypeError: ``leaf`` is not bytes.
            CommunicationError: ``leaf`` is not of ``DIGEST_BYTES`` bytes.
        """
        complete = _checked_digest(leaf, "leaf")
        for level in self._levels:
            level.append(complete)
            if len(level) % 2:
                return
            complete = _node(level[-2], level[-1])
        self._levels.append([complete])

    def root(self, size: int) -> bytes:
        """Return the root over the first ``size`` leaves; without leaves, ``EMPTY_ROOT``.

        Raises:
            InputTypeError: ``size`` is not an int.
            CommunicationError: The tree has fewer leaves.
        """
        self._check_size(size, "size", minimum=0, maximum=len(self))
        return self._hash_of(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, number: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that the leaf ``number``, counted from 0, is among the first ``size``.

        This is PATH of RFC 9162, 2.1.3.1, from the leaf upwards.

        Raises:
            InputTypeError: A count is not an int.
            CommunicationError: The tree has fewer leaves, or ``number`` is not among the first ``size``.
        """
        self._check_size(size, "size", minimum=1, maximum=len(self))
        self._check_size(number, "number", minimum=0, maximum=size - 1)
        first, end, proof = 0, size, list[bytes]()
        while end - first > 1:
            middle = first + _left_part(end - first)
            if number < middle:
                proof.append(self._hash_of(middle, end))
                end = middle
            else:
                proof.append(self._hash_of(first, middle))
                first = middle
        return tuple(reversed(proof))

    def consistency_proof(self, old_size: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that the first ``size`` leaves begin with the first ``old_size``.

        This is PROOF of RFC 9162, 2.1.4.1. Between equal sizes it is empty. There is none from size 0, since
        every tree begins with nothing.

        Raises:
            InputTypeError: A size is not an int.
            CommunicationError: The tree has fewer leaves, or ``old_size`` is 0 or above ``size``.
        """
        self._check_size(size, "size", minimum=1, maximum=len(self))
        self._check_size(old_size, "old_size", minimum=1, maximum=size)
        first, end, proof = 0, size, list[bytes]()
        while end != old_size:
            middle = first + _left_part(end - first)
            if old_size <= middle:
                proof.append(self._hash_of(middle, end))
                end = middle
            else:
                proof.append(self._hash_of(first, middle))
                first = middle
        if first:  # otherwise the subtree is the whole old tree, whose root the verifier has
            proof.append(self._hash_of(first, end))
        return tuple(reversed(proof))

    def _hash_of(self, first: int, end: int) -> bytes:
        """Hash the leaves from ``first`` to before ``end``, a subtree of some tree, from its complete parts.

        A subtree begins at a multiple of a power of two not below its size. So its parts are, from the right,
        one for each bit that is set in the size.
        """
        size = end - first
        parts = (self._levels[bit][(end >> bit) - 1] for bit in range(size.bit_length()) if size >> bit & 1)
        whole = next(parts)
        for part in parts:
            whole = _node(part, whole)
        return whole

    @staticmethod
    def _check_size(value: int, field: str, *, minimum: int, maximum: int) -> None:
        check_count(value, field, minimum=minimum, maximum=maximum, error=CommunicationError)


def verify_inclusion(leaf: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the leaf with this hash is number ``number``, from 0, of the tree of this size and root.

    The steps are those of RFC 9162, 2.1.3.2. False is also the answer for a digest that is not of
    ``DIGEST_BYTES`` bytes, a number out of range, a size above ``SIZE_MAX``, and more than
    ``PROOF_MAX`` digests.

    Args:
        leaf: The entry's :func:`leaf_hash`.
        number: Its number, from 0.
        size: The size of the tree.
        proof: What ``MerkleTree.inclusion_proof`` gave, a tuple or list.
        root: The root of the tree.

    Raises:
        InputTypeError: A count is not an int, a digest is not bytes, or the proof is not a tuple or list.
    """
    _check_counts(number=number, size=size)
    if not _are_digests(proof, leaf=leaf, root=root) or not 0 <= number < size <= SIZE_MAX:
        return False
    place, last, found = number, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = _node(sibling, found)
            place, last = _up_to_right_child(place, last)
        else:
            found = _node(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Tell whether the tree of ``size`` and ``root`` begins with the tree of ``old_size`` and ``old_root``.

    The steps are those of RFC 9162, 2.1.4.2; trees of equal size are consistent if their roots are equal and
    the proof is empty. False is also the answer from size 0, which would prove nothing, for a digest that is
    not of ``DIGEST_BYTES`` bytes, a size above ``SIZE_MAX``, and more than ``PROOF_MAX`` digests.

    Args:
        old_size: The size of the earlier tree.
        size: The size of the later tree.
        proof: What ``MerkleTree.consistency_proof`` gave, a tuple or list.
        old_root: The root of the earlier tree.
        root: The root of the later tree.

    Raises:
        InputTypeError: A size is not an int, a digest is not bytes, or the proof is not a tuple or list.
    """
    _check_counts(old_size=old_size, size=size)
    if not _are_digests(proof, old_root=old_root, root=root) or not 0 < old_size <= size <= SIZE_MAX:
        return False
    if old_size == size:
        return not proof and old_root == root
    if not proof:
        return False
    if old_size & (old_size - 1) == 0:  # a power of two: the old tree is one complete subtree of the new
        return _are_consistent(old_size, size, (old_root, *proof), old_root, root)
    return _are_consistent(old_size, size, proof, old_root, root)


def _are_consistent(old_size: int, size: int, path: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_found = found = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_found, found = _node(sibling, old_found), _node(sibling, found)
            place, last = _up_to_right_child(place, last)
        else:
            found = _node(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old_found == old_root and found == root


def _up_to_right_child(place: int, last: int) -> tuple[int, int]:
    """Climb to where the node is a right child, or to the root: before, at the edge, it has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _left_part(size: int) -> int:
    """Return the largest power of two below ``size``, which is above 1: the leaves left of the root."""
    return 1 << (size - 1).bit_length() - 1


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE_PREFIX + left + right).digest()


def _checked_bytes(value: bytes, field: str) -> bytes:
    if type(value) is not bytes:  # a subclass could compare equal to everything
        raise InputTypeError(
            "bytes.type", field, f"expected bytes, got {shown(value)}", {"expected": "bytes"}
        )
    return value


def _checked_digest(value: bytes, field: str) -> bytes:
    if len(_checked_bytes(value, field)) != DIGEST_BYTES:
        message = f"expected a SHA-256 digest of {DIGEST_BYTES} bytes, got {len(value)}"
        raise CommunicationError("digest.length", field, message, {"expected": DIGEST_BYTES})
    return value


def _check_counts(**counts: int) -> None:
    for field, value in counts.items():
        if type(value) is not int:
            message = f"expected a whole number of type int, got {shown(value)}"
            raise InputTypeError("count.type", field, message, {"expected": "int"})


def _are_digests(proof: Sequence[bytes], **ends: bytes) -> bool:
    """Tell whether the proof is short enough and all are as long as a digest; other types raise."""
    if not isinstance(proof, (tuple, list)):
        message = f"expected a tuple of bytes, got {shown(proof)}"
        raise InputTypeError("tuple.type", "proof", message, {"expected": "bytes"})
    lengths = [len(_checked_bytes(value, field)) for field, value in ends.items()]
    if len(proof) > PROOF_MAX:
        return False
    lengths += [len(_checked_bytes(value, f"proof[{index}]")) for index, value in enumerate(proof)]
    return set(lengths) == {DIGEST_BYTES}
