"""Law 14 for the tree under the log: proofs hold for every size, and for nothing else.

The oracle is RFC 9162, section 2.1, read as it stands: MTH, PATH and PROOF by recursion over lists of leaves.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
import tamperlog  # type: ignore[import-untyped]  # it has no py.typed
from hypothesis import given
from hypothesis import strategies as st

from repayplan.communication.digests import leaf_hash, node_hash
from repayplan.communication.merkle import MerkleTree
from repayplan.communication.merkle_proofs import verify_consistency, verify_inclusion

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 70
SHAPES_LIMIT = 20
ENTRIES = [str(number).encode() for number in range(LIMIT)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
SIZES = st.integers(1, LIMIT)


def tree_over(leaves: list[bytes]) -> MerkleTree:
    tree = MerkleTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


TREE = tree_over(LEAVES)


# ------------------------------------------------------------------------------------------ the oracle


def split_of(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def naive_root(entries: list[bytes]) -> bytes:
    """MTH (2.1.1)."""
    if not entries:
        return hashlib.sha256().digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = split_of(len(entries))
    return hashlib.sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def naive_path(number: int, entries: list[bytes]) -> list[bytes]:
    """PATH (2.1.3.1)."""
    if len(entries) == 1:
        return []
    k = split_of(len(entries))
    if number < k:
        return [*naive_path(number, entries[:k]), naive_root(entries[k:])]
    return [*naive_path(number - k, entries[k:]), naive_root(entries[:k])]


def naive_proof(old_size: int, entries: list[bytes], *, whole: bool = True) -> list[bytes]:
    """PROOF, which is SUBPROOF of the whole old tree (2.1.4.1)."""
    if old_size == len(entries):
        return [] if whole else [naive_root(entries)]
    k = split_of(len(entries))
    if old_size <= k:
        return [*naive_proof(old_size, entries[:k], whole=whole), naive_root(entries[k:])]
    return [*naive_proof(old_size - k, entries[k:], whole=False), naive_root(entries[:k])]


def sides(number: int, size: int) -> str:
    """On which side a leaf's siblings are, from the leaf up: all that its path depends on."""
    if size == 1:
        return ""
    k = split_of(size)
    return sides(number, k) + "R" if number < k else sides(number - k, size - k) + "L"


def old_sides(old_size: int, size: int) -> str:
    """The same for where a consistency proof starts; without an ``L`` that is the whole old tree."""
    if old_size == size:
        return ""
    k = split_of(size)
    return old_sides(old_size, k) + "R" if old_size <= k else old_sides(old_size - k, size - k) + "L"


def pairs(limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """All (old size, size) with 0 < old size <= size."""
    return ((old_size, size) for size in range(1, limit + 1) for old_size in range(1, size + 1))


# ------------------------------------------------------------------------------------------ every size


def test_roots_and_proofs_of_every_size_are_those_of_the_definition_and_hold() -> None:
    assert [TREE.root(size) for size in range(LIMIT + 1)] == [
        naive_root(ENTRIES[:size]) for size in range(LIMIT + 1)
    ]
    for old_size, size in pairs():
        number, root = old_size - 1, TREE.root(size)
        path = TREE.inclusion_proof(number, size)
        assert list(path) == naive_path(number, ENTRIES[:size])
        assert verify_inclusion(LEAVES[number], number, size, path, root)
        proof = TREE.consistency_proof(old_size, size)
        assert list(proof) == naive_proof(old_size, ENTRIES[:size])
        assert verify_consistency(old_size, size, proof, TREE.root(old_size), root)


def test_a_tree_that_grew_answers_as_one_that_stopped() -> None:
    for size in range(1, LIMIT + 1):
        stopped = tree_over(LEAVES[:size])
        assert stopped.root(size) == TREE.root(size)
        for number in range(size):
            assert stopped.inclusion_proof(number, size) == TREE.inclusion_proof(number, size)
            assert stopped.consistency_proof(number + 1, size) == TREE.consistency_proof(number + 1, size)


def test_an_inclusion_proof_holds_for_another_number_or_size_only_where_the_path_has_the_same_sides() -> None:
    """A root does not commit to its size: at equal sides the very same hashes are computed."""
    places = [(old_size - 1, size) for old_size, size in pairs(SHAPES_LIMIT)]
    for number, size in places:
        proof, root, expected = TREE.inclusion_proof(number, size), TREE.root(size), sides(number, size)
        for other in places:
            assert verify_inclusion(LEAVES[number], *other, proof, root) is (sides(*other) == expected)


def test_in_the_size_of_the_root_an_inclusion_proof_holds_for_one_number_alone() -> None:
    for old_size, size in pairs():
        number = old_size - 1
        proof, root = TREE.inclusion_proof(number, size), TREE.root(size)
        found = [place for place in range(size) if verify_inclusion(LEAVES[number], place, size, proof, root)]
        assert found == [number]


def test_a_consistency_proof_holds_for_other_sizes_only_where_it_has_the_same_sides() -> None:
    places = [(old_size, size) for old_size, size in pairs(SHAPES_LIMIT) if old_size < size]
    for old_size, size in places:
        proof, old_root, root = TREE.consistency_proof(old_size, size), TREE.root(old_size), TREE.root(size)
        expected = old_sides(old_size, size)
        for other in places:
            assert verify_consistency(*other, proof, old_root, root) is (old_sides(*other) == expected)


def test_in_the_size_of_the_root_a_consistency_proof_holds_for_one_old_size_alone() -> None:
    for old_size, size in pairs():
        proof, old_root, root = TREE.consistency_proof(old_size, size), TREE.root(old_size), TREE.root(size)
        found = [
            place for place in range(-1, size + 2) if verify_consistency(place, size, proof, old_root, root)
        ]
        assert found == [old_size]


def test_no_root_stands_for_another() -> None:
    for old_size, size in pairs():
        path, proof = TREE.inclusion_proof(old_size - 1, size), TREE.consistency_proof(old_size, size)
        old_root, root = TREE.root(old_size), TREE.root(size)
        for other in (TREE.root(number) for number in range(LIMIT + 1)):
            assert verify_inclusion(LEAVES[old_size - 1], old_size - 1, size, path, other) is (other == root)
            assert verify_consistency(old_size, size, proof, old_root, other) is (other == root)
            assert verify_consistency(old_size, size, proof, other, root) is (other == old_root)


def inner_nodes(first: int, end: int) -> Iterator[tuple[bytes, str]]:
    """Every node above the leaves from ``first`` to ``end``, with its path of siblings from it up."""
    if end - first > 1:
        yield naive_root(ENTRIES[first:end]), ""
        middle = first + split_of(end - first)
        for start, stop, side in ((first, middle, "R"), (middle, end, "L")):
            for node, above in inner_nodes(start, stop):
                yield node, above + side


def test_a_node_never_passes_for_a_leaf_of_its_tree() -> None:
    """Its own proof is too short: in a tree of this size no leaf stands where a node does."""
    for size in range(2, SHAPES_LIMIT + 1):
        root = TREE.root(size)
        shapes = {sides(number, size) for number in range(size)}
        proofs = [TREE.inclusion_proof(number, size) for number in range(size)]
        for node, above in inner_nodes(0, size):
            assert above not in shapes
            for number in range(size):
                for proof in proofs:
                    for start in range(len(proof) + 1):
                        assert not verify_inclusion(node, number, size, proof[start:], root)


def test_a_leaf_never_passes_for_a_node_of_a_proof() -> None:
    for old_size, size in pairs(SHAPES_LIMIT):
        number, root = old_size - 1, TREE.root(size)
        path = TREE.inclusion_proof(number, size)
        for place, sibling in enumerate(path):
            for leaf in (LEAVES[(number ^ 1) % size], LEAVES[number], leaf_hash(sibling)):
                if leaf != sibling:
                    forged = (*path[:place], leaf, *path[place + 1 :])
                    assert not verify_inclusion(LEAVES[number], number, size, forged, root)


def test_the_bytes_of_a_node_are_no_entry() -> None:
    """Entry and node are hashed apart, so a node's parts, entered as data, give another hash."""
    for size in range(2, SHAPES_LIMIT + 1):
        middle = split_of(size)
        left, right = naive_root(ENTRIES[:middle]), naive_root(ENTRIES[middle:size])
        assert node_hash(left, right) == TREE.root(size)
        for data in (left + right, b"\x01" + left + right):
            assert not verify_inclusion(leaf_hash(data), 0, 1, (), TREE.root(size))


# ------------------------------------------------------------------------------------------ any change


def changes(proof: tuple[bytes, ...], extra: list[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Every proof that drops, repeats, adds, replaces or swaps one item."""
    for place in range(len(proof)):
        yield proof[:place] + proof[place + 1 :]
        yield (*proof[:place], proof[place], *proof[place:])
        for other in extra:
            yield (*proof[:place], other, *proof[place + 1 :])
        for later in range(place + 1, len(proof)):
            swapped = list(proof)
            swapped[place], swapped[later] = swapped[later], swapped[place]
            yield tuple(swapped)
    for place in range(len(proof) + 1):
        for other in extra:
            yield (*proof[:place], other, *proof[place:])
    yield proof[::-1]


def flipped(digest: bytes, bit: int) -> bytes:
    changed = bytearray(digest)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_no_changed_proof_holds() -> None:
    for old_size, size in pairs(SHAPES_LIMIT):
        number, root, old_root = old_size - 1, TREE.root(size), TREE.root(old_size)
        extra = [root, old_root, LEAVES[number], bytes(32)]
        path = TREE.inclusion_proof(number, size)
        for changed in changes(path, extra):
            if changed != path:
                assert not verify_inclusion(LEAVES[number], number, size, changed, root)
        proof = TREE.consistency_proof(old_size, size)
        for changed in changes(proof, extra):
            if changed != proof:
                assert not verify_consistency(old_size, size, changed, old_root, root)


@pytest.mark.parametrize(
    ("old_size", "size"), [(1, 1), (1, 2), (3, 4), (4, 7), (6, 7), (7, 7), (8, 13), (5, 70)]
)
def test_no_bit_can_be_flipped(old_size: int, size: int) -> None:
    number, root, old_root = old_size - 1, TREE.root(size), TREE.root(old_size)
    path, proof = TREE.inclusion_proof(number, size), TREE.consistency_proof(old_size, size)
    for bit in range(256):
        assert not verify_inclusion(flipped(LEAVES[number], bit), number, size, path, root)
        assert not verify_inclusion(LEAVES[number], number, size, path, flipped(root, bit))
        assert not verify_consistency(old_size, size, proof, flipped(old_root, bit), root)
        assert not verify_consistency(old_size, size, proof, old_root, flipped(root, bit))
        for place, item in enumerate(path):
            forged = (*path[:place], flipped(item, bit), *path[place + 1 :])
            assert not verify_inclusion(LEAVES[number], number, size, forged, root)
        for place, item in enumerate(proof):
            forged = (*proof[:place], flipped(item, bit), *proof[place + 1 :])
            assert not verify_consistency(old_size, size, forged, old_root, root)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=150), st.data())
def test_proofs_over_any_entries_hold_even_over_equal_ones(entries: list[bytes], data: st.DataObject) -> None:
    tree = tree_over([leaf_hash(entry) for entry in entries])
    size = data.draw(st.integers(1, len(entries)))
    old_size = data.draw(st.integers(1, size))
    root = tree.root(size)
    assert root == naive_root(entries[:size])
    path = tree.inclusion_proof(old_size - 1, size)
    assert list(path) == naive_path(old_size - 1, entries[:size])
    assert verify_inclusion(leaf_hash(entries[old_size - 1]), old_size - 1, size, path, root)
    proof = tree.consistency_proof(old_size, size)
    assert list(proof) == naive_proof(old_size, entries[:size])
    assert verify_consistency(old_size, size, proof, tree.root(old_size), root)
    assert max(len(path), len(proof) - 1) <= (size - 1).bit_length()


@given(SIZES, st.data())
def test_one_changed_entry_changes_every_root_from_it_on_and_breaks_its_proofs(
    size: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, size - 1))
    forged = list(LEAVES)
    forged[number] = leaf_hash(b"forged")
    other = tree_over(forged)
    for held in range(1, LIMIT + 1):
        assert (other.root(held) == TREE.root(held)) is (held <= number)
    assert not verify_inclusion(
        forged[number], number, size, other.inclusion_proof(number, size), TREE.root(size)
    )
    proof = other.consistency_proof(size, LIMIT)
    assert not verify_consistency(size, LIMIT, proof, TREE.root(size), other.root(LIMIT))


@given(st.data())
def test_whatever_is_given_is_answered_and_forged_digests_never_hold(data: st.DataObject) -> None:
    numbers = st.one_of(st.integers(-2, LIMIT + 2), st.integers())
    digests = st.binary(min_size=32, max_size=32)
    proof = data.draw(
        st.lists(st.one_of(digests, st.sampled_from(LEAVES), st.binary(max_size=40)), max_size=70)
    )
    first, second = data.draw(numbers), data.draw(numbers)
    root = TREE.root(data.draw(SIZES))
    forged = data.draw(digests)
    assert verify_inclusion(forged, first, second, proof, root) is False
    assert verify_consistency(first, second, proof, forged, root) is False


# ------------------------------------------------------------------------------------------ the peer


def peer_holds(verify: Any, *given_: object) -> bool:  # noqa: ANN401  # its functions
    """Its verifiers raise where ours tell."""
    try:
        verify(*given_)
    except tamperlog.ProofError:
        return False
    return True


def test_roots_and_proofs_of_every_size_are_those_of_an_independent_implementation() -> None:
    assert [tamperlog.hash_leaf(entry) for entry in ENTRIES] == LEAVES
    for old_size, size in pairs():
        leaves = LEAVES[:size]
        assert TREE.root(size) == tamperlog.merkle_root(leaves)
        assert list(TREE.inclusion_proof(old_size - 1, size)) == tamperlog.inclusion_proof(
            old_size - 1, leaves
        )
        assert list(TREE.consistency_proof(old_size, size)) == tamperlog.consistency_proof(old_size, leaves)


@given(st.data())
def test_the_verifiers_judge_as_those_of_an_independent_implementation(data: st.DataObject) -> None:
    """From size 1 and with digests of 32 bytes; what else the peer accepts is catalogued (log-06, log-07)."""
    near = st.integers(1, LIMIT)
    size = data.draw(near)
    old_size = data.draw(st.integers(1, size))
    root, old_root = TREE.root(size), TREE.root(old_size)
    path, proof = TREE.inclusion_proof(old_size - 1, size), TREE.consistency_proof(old_size, size)
    some = [root, old_root, LEAVES[0]]
    path = data.draw(st.sampled_from([path, path, *changes(path, some)]))
    proof = data.draw(st.sampled_from([proof, proof, *changes(proof, some)]))
    as_old, as_size = data.draw(st.one_of(st.just((old_size, size)), st.tuples(near, near)))
    leaf, number = LEAVES[old_size - 1], as_old - 1
    assert verify_inclusion(leaf, number, as_size, path, root) is peer_holds(
        tamperlog.verify_inclusion, number, as_size, leaf, list(path), root
    )
    assert verify_consistency(as_old, as_size, proof, old_root, root) is peer_holds(
        tamperlog.verify_consistency, as_old, old_root, as_size, root, list(proof)
    )
