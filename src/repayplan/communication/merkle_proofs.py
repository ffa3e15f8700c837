"""The verification of Merkle proofs: digests alone, no tree, and no other entry (RFC 9162, section 2.1).

A root does not tell the size of its tree. Take size and root together, from one checkpoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.digests import DIGEST_BYTES, check_bytes, joined
from repayplan.errors import InputTypeError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PROOF_MAX", "SIZE_MAX", "verify_consistency", "verify_inclusion"]

SIZE_MAX: Final = 2**64 - 1
"""The most leaves of a tree that a proof is accepted for."""
PROOF_MAX: Final = 65
"""The most digests of a proof: one for each level of such a tree, and where a consistency proof starts."""


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
            found = joined(sibling, found)
            place, last = _up_to_right_child(place, last)
        else:
            found = joined(found, sibling)
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
            old_found, found = joined(sibling, old_found), joined(sibling, found)
            place, last = _up_to_right_child(place, last)
        else:
            found = joined(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old_found == old_root and found == root


def _up_to_right_child(place: int, last: int) -> tuple[int, int]:
    """Climb to where the node is a right child, or to the root: before, at the edge, it has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


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
    lengths = [len(check_bytes(value, field)) for field, value in ends.items()]
    if len(proof) > PROOF_MAX:
        return False
    lengths += [len(check_bytes(value, f"proof[{index}]")) for index, value in enumerate(proof)]
    return set(lengths) == {DIGEST_BYTES}
