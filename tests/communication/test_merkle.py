"""The Merkle tree: published vectors, refusals, and what its verifiers do not accept."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from repayplan.communication import merkle
from repayplan.communication.digests import DIGEST_BYTES, EMPTY_ROOT, leaf_hash, node_hash
from repayplan.communication.merkle import MerkleTree
from repayplan.communication.merkle_proofs import PROOF_MAX, SIZE_MAX, verify_consistency, verify_inclusion
from repayplan.errors import CommunicationError, InputTypeError
from tests.reference import FOLDER, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

VECTORS = FOLDER / "vectors" / "merkle"
DIGEST = b"\x07" * DIGEST_BYTES

NOT_DIGESTS = "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"
"""The one published proof that holds between roots of 12 bytes ("don't care 2"); ours are digests."""


class Chameleon(bytes):
    """Bytes that are equal to anything."""

    __hash__ = bytes.__hash__

    def __eq__(self, other: object) -> bool:
        return True


def tree_of(leaves: Iterable[bytes]) -> MerkleTree:
    tree = MerkleTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


def numbered(size: int) -> MerkleTree:
    return tree_of(leaf_hash(str(number).encode()) for number in range(size))


# ------------------------------------------------------------------------------------------ the vectors


def vectors(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Each vector by its path; the file system's order is not a test's order."""
    paths = sorted((VECTORS / kind).rglob("*.json"))
    if not paths:
        pytest.skip("the published figures are not beside this checkout")
    return [(str(path.relative_to(VECTORS)), json.loads(path.read_text())) for path in paths]


def digest(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def proof_of(row: dict[str, Any]) -> list[bytes]:
    return [digest(item) for item in row["proof"] or ()]


def test_the_published_inclusion_proofs_are_judged_as_published() -> None:
    rows = vectors("inclusion")
    for name, row in rows:
        leaf, root = digest(row["leafHash"]), digest(row["root"])
        found = verify_inclusion(leaf, row["leafIdx"], row["treeSize"], proof_of(row), root)
        assert found is not row["wantErr"], name
    verdicts = [row["wantErr"] for _, row in rows]
    assert (verdicts.count(False), verdicts.count(True)) == (5, 75)


def test_the_published_consistency_proofs_are_judged_as_published() -> None:
    rows = vectors("consistency")
    for name, row in rows:
        old_root, root = digest(row["root1"]), digest(row["root2"])
        if name == NOT_DIGESTS:
            assert verify_consistency(row["size1"], row["size2"], proof_of(row), old_root, root) is False
            old_root, root = hashlib.sha256(old_root).digest(), hashlib.sha256(root).digest()
        found = verify_consistency(row["size1"], row["size2"], proof_of(row), old_root, root)
        assert found is not row["wantErr"], name
    verdicts = [row["wantErr"] for _, row in rows]
    assert (verdicts.count(False), verdicts.count(True)) == (5, 72)


def test_the_published_tree_is_built_hash_by_hash() -> None:
    published = load("vectors/merkle/tree8.json")
    leaves = [leaf_hash(bytes.fromhex(text)) for text in published["leaf_inputs_hex"]]
    levels = [[bytes.fromhex(text) for text in level] for level in published["node_hashes_hex"]]
    assert leaves == levels[0]
    for lower, upper in itertools.pairwise(levels):
        assert [node_hash(*lower[at : at + 2]) for at in range(0, len(lower), 2)] == upper
    tree = tree_of(leaves)
    assert [tree.root(size).hex() for size in range(9)] == published["root_hashes_hex"]
    hasher = published["hasher"]
    assert EMPTY_ROOT.hex() == hasher["empty_root"]
    assert leaf_hash(b"").hex() == hasher["leaf_empty"]
    assert leaf_hash(b"L123456").hex() == hasher["leaf_L123456"]


def test_the_published_node_of_short_parts_is_hashed_as_nodes_are() -> None:
    expected = load("vectors/merkle/tree8.json")["hasher"]["node_N123_N456"]
    assert hashlib.sha256(b"\x01" + b"N123" + b"N456").hexdigest() == expected
    with pytest.raises(CommunicationError):  # ours takes digests alone
        node_hash(b"N123", b"N456")


@pytest.mark.parametrize("name", ["inclusion", "consistency"])
def test_the_published_proofs_that_hold_are_the_ones_that_are_made(name: str) -> None:
    published = load("vectors/merkle/tree8.json")
    tree = tree_of(leaf_hash(bytes.fromhex(text)) for text in published["leaf_inputs_hex"])
    for place, row in vectors(name):
        if row["wantErr"] or "single-entry" in place or "additional" in place:
            continue  # not of this tree
        if name == "inclusion":
            made = tree.inclusion_proof(row["leafIdx"], row["treeSize"])
        else:
            made = tree.consistency_proof(row["size1"], row["size2"])
        assert made == tuple(proof_of(row)), place


# ------------------------------------------------------------------------------------------ the tree


def test_a_tree_answers_for_every_size_that_it_had() -> None:
    tree, roots = MerkleTree(), [EMPTY_ROOT]
    for number in range(33):
        tree.append(leaf_hash(bytes([number])))
        roots.append(tree.root(len(tree)))
    assert len(tree) == 33
    assert [tree.root(size) for size in range(34)] == roots
    assert len(set(roots)) == 34
    assert repr(tree) == "<MerkleTree of size 33>"


def test_proofs_of_the_smallest_trees_are_empty() -> None:
    tree = numbered(3)
    assert tree.inclusion_proof(0, 1) == ()
    assert tree.consistency_proof(1, 1) == tree.consistency_proof(3, 3) == ()
    assert tree.root(1) == leaf_hash(b"0")


def test_only_digests_are_appended_and_a_refusal_leaves_the_tree_as_it_was() -> None:
    tree = numbered(5)
    root = tree.root(5)
    for wrong in (b"", DIGEST[:-1], DIGEST + b"\x00", b"\x00" * 64):
        with pytest.raises(CommunicationError) as caught:
            tree.append(wrong)
        assert (caught.value.code, caught.value.field) == ("digest.length", "leaf")
    for odd in (None, "07" * 16, bytearray(DIGEST), Chameleon(DIGEST)):
        with pytest.raises(InputTypeError) as mistaken:
            tree.append(odd)  # type: ignore[arg-type]  # on purpose
        assert (mistaken.value.code, mistaken.value.field) == ("bytes.type", "leaf")
    assert (len(tree), tree.root(5)) == (5, root)


ASKED: dict[str, Callable[..., object]] = {
    "root": MerkleTree.root,
    "inclusion": MerkleTree.inclusion_proof,
    "consistency": MerkleTree.consistency_proof,
}


@pytest.mark.parametrize(
    ("asked", "arguments", "field"),
    [
        ("root", (-1,), "size"),
        ("root", (6,), "size"),
        ("inclusion", (0, 0), "size"),
        ("inclusion", (0, 6), "size"),
        ("inclusion", (5, 5), "number"),
        ("inclusion", (-1, 5), "number"),
        ("consistency", (0, 5), "old_size"),
        ("consistency", (0, 0), "size"),
        ("consistency", (5, 4), "old_size"),
        ("consistency", (-1, 5), "old_size"),
        ("consistency", (1, 6), "size"),
        ("consistency", (1, 10**5000), "size"),
    ],
)
def test_what_the_tree_does_not_have_is_refused(asked: str, arguments: tuple[int, ...], field: str) -> None:
    with pytest.raises(CommunicationError) as caught:
        ASKED[asked](numbered(5), *arguments)
    assert (caught.value.code, caught.value.field) == ("count.range", field)


@pytest.mark.parametrize(
    ("asked", "arguments", "field"),
    [
        ("root", (True,), "size"),
        ("root", (1.0,), "size"),
        ("inclusion", (False, 5), "number"),
        ("inclusion", (0, "5"), "size"),
        ("consistency", (True, 5), "old_size"),
        ("consistency", (1, None), "size"),
    ],
)
def test_sizes_and_numbers_are_ints(asked: str, arguments: tuple[Wrong, ...], field: str) -> None:
    with pytest.raises(InputTypeError) as caught:
        ASKED[asked](numbered(5), *arguments)
    assert (caught.value.code, caught.value.field) == ("count.type", field)


def test_the_work_of_an_append_is_constant_and_of_an_answer_logarithmic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hashed: list[bytes] = []

    def counted(left: bytes, right: bytes) -> bytes:
        hashed.append(hashlib.sha256(b"\x01" + left + right).digest())
        return hashed[-1]

    monkeypatch.setattr(merkle, "joined", counted)
    tree = numbered(1000)
    assert len(hashed) == 1000 - 6  # six bits are set in 1000: each stands for a complete subtree
    for size in range(1, 1001):
        answers: list[tuple[Callable[..., object], tuple[int, ...]]] = [
            (tree.root, (size,)),
            (tree.inclusion_proof, (size // 3, size)),
            (tree.consistency_proof, (size // 3 + 1, size)),
        ]
        for answer, arguments in answers:
            hashed.clear()
            answer(*arguments)
            assert len(hashed) < size.bit_length()


def test_a_leaf_and_a_node_over_the_same_bytes_have_different_hashes() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
    assert node_hash(left, right) != node_hash(right, left)
    assert leaf_hash(b"\x01" + left + right) != node_hash(left, right)


@pytest.mark.parametrize("wrong", [None, "a", bytearray(b"a"), memoryview(b"a"), 7, Chameleon(DIGEST)])
def test_only_bytes_are_hashed(wrong: Wrong) -> None:
    calls: dict[str, Callable[[], bytes]] = {
        "data": lambda: leaf_hash(wrong),
        "left": lambda: node_hash(wrong, DIGEST),
        "right": lambda: node_hash(DIGEST, wrong),
    }
    for field, call in calls.items():
        with pytest.raises(InputTypeError) as caught:
            call()
        assert (caught.value.code, caught.value.field) == ("bytes.type", field)


# ------------------------------------------------------------------------------------------ the verifiers


def inclusion(**changed: Wrong) -> bool:
    """Verify leaf 2 of 5, or what it is changed to."""
    tree = numbered(5)
    given: Wrong = {
        "leaf": leaf_hash(b"2"),
        "number": 2,
        "size": 5,
        "proof": tree.inclusion_proof(2, 5),
        "root": tree.root(5),
    }
    return verify_inclusion(**{**given, **changed})


def consistency(**changed: Wrong) -> bool:
    """Verify that 5 leaves begin with 3, or what it is changed to."""
    tree = numbered(5)
    given: Wrong = {
        "old_size": 3,
        "size": 5,
        "proof": tree.consistency_proof(3, 5),
        "old_root": tree.root(3),
        "root": tree.root(5),
    }
    return verify_consistency(**{**given, **changed})


def test_a_proof_may_be_a_list() -> None:
    assert inclusion()
    assert inclusion(proof=list(numbered(5).inclusion_proof(2, 5)))
    assert consistency()
    assert consistency(proof=list(numbered(5).consistency_proof(3, 5)))


@pytest.mark.parametrize(
    ("verify", "field", "wrong", "code", "named"),
    [
        (verify, field, wrong, code, named)
        for verify, numbers, digests in (
            (inclusion, ("number", "size"), ("leaf", "root")),
            (consistency, ("old_size", "size"), ("old_root", "root")),
        )
        for fields, wrongs, code in (
            (numbers, (None, True, 2.0, "2", b"2"), "count.type"),
            (
                digests,
                (None, "x" * 32, bytearray(DIGEST), memoryview(DIGEST), Chameleon(DIGEST)),
                "bytes.type",
            ),
            (("proof",), (None, DIGEST, "x" * 32, {DIGEST}, {DIGEST: 1}, iter(())), "tuple.type"),
        )
        for field in fields
        for wrong in wrongs
        for named in (field,)
    ]
    + [
        (verify, "proof", [DIGEST, wrong], "bytes.type", "proof[1]")
        for verify in (inclusion, consistency)
        for wrong in (None, "x" * 32, bytearray(DIGEST), Chameleon(DIGEST), [DIGEST])
    ],
)
def test_arguments_of_another_type_raise(
    verify: Callable[..., bool], field: str, wrong: Wrong, code: str, named: str
) -> None:
    with pytest.raises(InputTypeError) as caught:
        verify(**{field: wrong})
    assert (caught.value.code, caught.value.field) == (code, named)


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64])
def test_digests_of_another_length_are_not_verified(length: int) -> None:
    wrong = b"\x00" * length
    for field in ("leaf", "root"):
        assert inclusion(**{field: wrong}) is False
        # as catalogued (log-07): equal ends of a tree of one
        assert verify_inclusion(wrong, 0, 1, (), wrong) is False
    for field in ("old_root", "root"):
        assert consistency(**{field: wrong}) is False
        assert verify_consistency(1, 1, (), wrong, wrong) is False
    for verify in (inclusion, consistency):
        assert verify(proof=[wrong]) is False
    proof = numbered(5).inclusion_proof(2, 5)
    assert inclusion(proof=(*proof[:2], proof[2] + wrong)) is (length == 0)


def test_digests_that_only_join_to_the_same_bytes_are_not_verified() -> None:
    """A node of two parts cut at another place has the same hash; only their lengths tell."""
    one, other = leaf_hash(b"0"), leaf_hash(b"1")
    root = node_hash(one, other)
    assert verify_inclusion(one, 0, 2, (other,), root)
    joined = one + other
    for cut in (0, 1, 31, 33, 63, 64):
        assert verify_inclusion(joined[:cut], 0, 2, (joined[cut:],), root) is False


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_parts_of_another_length_are_not_verified_against_a_root_of_the_right_one(length: int) -> None:
    """The hashes would agree: only the lengths speak against it."""
    part = b"\x05" * length
    root = hashlib.sha256(b"\x01" + part + part).digest()
    assert verify_inclusion(part, 0, 2, (part,), root) is False
    assert verify_consistency(1, 2, (part,), part, root) is False


def test_numbers_and_sizes_out_of_range_are_not_verified() -> None:
    for number in (-1, -(10**5000), 5, 6, 10**5000):
        assert inclusion(number=number) is False
    for size in (0, -5, 2, -1):
        assert inclusion(size=size) is False
    assert verify_inclusion(DIGEST, 0, 0, (), EMPTY_ROOT) is False
    for old_size in (0, -3, 6, 10**5000, -(10**5000)):
        assert consistency(old_size=old_size) is False
    for size in (0, 2, -5):
        assert consistency(size=size) is False


def test_nothing_is_verified_from_size_zero() -> None:
    """As catalogued (log-06): it would prove nothing."""
    tree = numbered(5)
    for proof in ((), (tree.root(5),), tree.inclusion_proof(0, 5)):
        assert verify_consistency(0, 5, proof, EMPTY_ROOT, tree.root(5)) is False
    assert verify_consistency(0, 0, (), EMPTY_ROOT, EMPTY_ROOT) is False


def test_equal_sizes_are_consistent_if_the_roots_are_equal_and_the_proof_is_empty() -> None:
    assert verify_consistency(3, 3, (), DIGEST, DIGEST) is True
    assert verify_consistency(3, 3, (DIGEST,), DIGEST, DIGEST) is False
    assert verify_consistency(3, 3, (), DIGEST, EMPTY_ROOT) is False
    assert verify_consistency(3, 5, (), DIGEST, DIGEST) is False
    assert verify_consistency(4, 5, (), DIGEST, DIGEST) is False


def test_proofs_reach_to_the_largest_size_and_no_further() -> None:
    """The first leaf of the largest tree, every other part of which has one and the same hash."""
    proof = (DIGEST,) * 64
    root = DIGEST
    for sibling in proof:
        root = node_hash(root, sibling)
    assert verify_inclusion(DIGEST, 0, SIZE_MAX, proof, root) is True
    assert verify_inclusion(DIGEST, 0, SIZE_MAX + 1, proof, root) is False
    assert verify_consistency(1, SIZE_MAX, proof, DIGEST, root) is True
    assert verify_consistency(1, SIZE_MAX + 1, proof, DIGEST, root) is False
    assert PROOF_MAX == 65
    for count in (PROOF_MAX, PROOF_MAX + 1, 10**6):
        assert verify_inclusion(DIGEST, 0, SIZE_MAX, (DIGEST,) * count, root) is False
        assert verify_consistency(1, SIZE_MAX, (DIGEST,) * count, DIGEST, root) is False


def test_the_longest_consistency_proof_has_one_digest_more_than_levels() -> None:
    """From an odd size in the left half of the largest tree: where it starts, and one for each level."""
    old_size = 2**63 - 1
    proof = (DIGEST,) * PROOF_MAX
    old_root = root = DIGEST
    root = node_hash(root, DIGEST)  # the leaf right of the old tree
    for _ in range(62):  # the old tree's other parts, all to the left
        old_root, root = node_hash(DIGEST, old_root), node_hash(DIGEST, root)
    root = node_hash(root, DIGEST)  # the right half
    assert verify_consistency(old_size, SIZE_MAX, proof, old_root, root) is True
    assert verify_consistency(old_size, SIZE_MAX, proof[1:], old_root, root) is False


def test_a_proof_beyond_the_bound_is_refused_before_its_items_are_looked_at() -> None:
    assert inclusion(proof=[None] * (PROOF_MAX + 1)) is False
    assert consistency(proof=[None] * (PROOF_MAX + 1)) is False
