"""The Merkle tree of RFC 9162, section 2.1: roots and proofs.

One root commits to a list of entries in their order. An inclusion proof shows that one entry is in the list,
a consistency proof that a longer list begins with a shorter one; both grow with the logarithm of the size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from repayplan.checks import check_count
from repayplan.communication.digests import EMPTY_ROOT, check_digest, joined
from repayplan.errors import CommunicationError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MerkleTree", "root_of"]


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
        complete = check_digest(leaf, "leaf")
        for level in self._levels:
            level.append(complete)
            if len(level) % 2:
                return
            complete = joined(level[-2], level[-1])
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
            whole = joined(part, whole)
        return whole

    @staticmethod
    def _check_size(value: int, field: str, *, minimum: int, maximum: int) -> None:
        check_count(value, field, minimum=minimum, maximum=maximum, error=CommunicationError)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaves, given their hashes."""
    tree = MerkleTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root(len(tree))


def _left_part(size: int) -> int:
    """Return the largest power of two below ``size``, which is above 1: the leaves left of the root."""
    return 1 << (size - 1).bit_length() - 1
