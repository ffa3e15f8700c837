from __future__ import annotations

import pickle
from typing import Any

import pytest

import repayplan as rp
from repayplan.communication.heads import SIZE_MAX
from tests.laws.communication_strategies import short_log

ROOT = bytes(range(32))
HEAD = rp.Head("bank/log é", 7, ROOT)
TEXT = "bank/log é\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
EMPTY_ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_a_head_is_three_lines() -> None:
    assert HEAD.to_text() == TEXT
    assert rp.Head.from_text(TEXT) == HEAD
    assert pickle.loads(pickle.dumps(HEAD)) == HEAD  # noqa: S301  # our own bytes
    assert rp.CommunicationLog("x").head().to_text() == f"x\n0\n{EMPTY_ROOT}\n"
    for size in (0, SIZE_MAX):
        head = rp.Head("x", size, ROOT)
        assert rp.Head.from_text(head.to_text()) == head


@pytest.mark.parametrize(
    ("fields", "code", "field", "error"),
    [
        (("", 1, ROOT), "text.empty", "origin", rp.CommunicationError),
        (("a\nb", 1, ROOT), "text.control", "origin", rp.CommunicationError),
        (("\ud800", 1, ROOT), "text.control", "origin", rp.CommunicationError),
        (("x" * 201, 1, ROOT), "text.length", "origin", rp.CommunicationError),
        ((None, 1, ROOT), "text.type", "origin", rp.InputTypeError),
        (("x", -1, ROOT), "count.range", "size", rp.CommunicationError),
        (("x", 2**53, ROOT), "count.range", "size", rp.CommunicationError),
        (("x", True, ROOT), "count.type", "size", rp.InputTypeError),
        (("x", 1.0, ROOT), "count.type", "size", rp.InputTypeError),
        (("x", 1, ROOT[1:]), "head.root", "root", rp.CommunicationError),
        (("x", 1, b""), "head.root", "root", rp.CommunicationError),
        (("x", 1, ROOT + b"x"), "head.root", "root", rp.CommunicationError),
        (("x", 1, ROOT.hex()), "type.wrong", "root", rp.InputTypeError),
        (("x", 1, bytearray(ROOT)), "type.wrong", "root", rp.InputTypeError),
    ],
)
def test_a_bad_head_is_refused(fields: Any, code: str, field: str, error: type[rp.RepayPlanError]) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(error) as caught:
        rp.Head(*fields)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT[:-1],
        TEXT + "\n",
        TEXT + "signature\n",
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n7", "\n07"),
        TEXT.replace("\n7", "\n+7"),
        TEXT.replace("\n7", "\n7 "),
        TEXT.replace("\n7", "\n-7"),
        TEXT.replace("\n7", "\n٧"),  # noqa: RUF001  # a digit, and not in ASCII
        TEXT.replace("\n7", "\n²"),
        TEXT.replace("\n7", "\n"),
        TEXT.replace("\n7", "\n" + "9" * 16),
        TEXT.replace("\n7", "\n" + "9" * 100_000),
        TEXT.replace("h8=", "h9="),  # spare bits of base64
        TEXT.replace("h8=", "h8"),
        TEXT.replace("h8=", "h8=="),
        TEXT.replace("h8=", "h8= "),
        TEXT.replace("h8=", "h-="),
        TEXT.replace("h8=", "hé="),
        TEXT.replace("AAEC", ""),
        "\u200b" + TEXT[8:],
        "\n7\n" + TEXT[11:],
        "\ufeff" + TEXT,
        "\ud800" + TEXT,
        "x" * 10_000_000,
    ],
)
def test_text_that_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.Head.from_text(text)
    assert (caught.value.code, caught.value.field) == ("head.text", "head")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("wrong", [None, 7, TEXT.encode(), [TEXT]])
def test_what_is_no_text_is_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Head.from_text(wrong)
    assert (caught.value.code, caught.value.field) == ("text.type", "head")


def test_heads_are_set_side_by_side() -> None:
    log = short_log(5)
    old, new = log.first(3).head(), log.head()
    proof = log.consistency_proof(3)
    assert rp.compare_heads(old, new, proof) == rp.HeadComparison(rp.HeadRelation.EXTENDS, old, new)
    assert rp.compare_heads(old, old, proof).relation is rp.HeadRelation.SAME
    assert rp.compare_heads(new, old, proof).relation is rp.HeadRelation.SHRUNK
    assert rp.compare_heads(old, new).relation is rp.HeadRelation.UNPROVEN
    assert rp.compare_heads(old, new, (*proof, ROOT)).relation is rp.HeadRelation.UNPROVEN
    assert rp.compare_heads(old, new, tuple(reversed(proof))).relation is rp.HeadRelation.UNPROVEN
    fork = rp.compare_heads(old, short_log(3, seed=5).head())
    assert fork == rp.HeadComparison(rp.HeadRelation.FORK, old, short_log(3, seed=5).head())
    other = short_log(5, origin="other").head()
    assert rp.compare_heads(old, other, proof).relation is rp.HeadRelation.OTHER_LOG
    consistent = {
        relation for relation in rp.HeadRelation if rp.HeadComparison(relation, old, new).is_consistent
    }
    assert consistent == {rp.HeadRelation.SAME, rp.HeadRelation.EXTENDS}


def test_nothing_is_proven_from_an_empty_log() -> None:
    log = short_log(3)
    empty = log.first(0).head()
    assert rp.compare_heads(empty, log.head()).relation is rp.HeadRelation.UNPROVEN
    assert rp.compare_heads(empty, empty).relation is rp.HeadRelation.SAME
    for size in (0, -1, 4):
        with pytest.raises(rp.CommunicationError) as caught:
            log.consistency_proof(size)
        assert caught.value.field == "old_size"
    for number in (3, -1):
        with pytest.raises(rp.CommunicationError) as caught:
            log.inclusion_proof(number)
        assert caught.value.field == "number"


def test_wrong_types_are_refused_by_name() -> None:
    new: Any
    for old, new, proof, field in (
        (None, HEAD, (), "old"),
        (HEAD, TEXT, (), "new"),
        (HEAD, rp.Head(HEAD.origin, 9, ROOT), ("x",), "proof[0]"),
        (HEAD, rp.Head(HEAD.origin, 9, ROOT), None, "proof"),
    ):
        wrong: Any = (old, new, proof)
        with pytest.raises(rp.InputTypeError) as caught:
            rp.compare_heads(*wrong)
        assert caught.value.field == field
