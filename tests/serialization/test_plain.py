from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from repayplan.serialization import plain
from repayplan.serialization.choosing import codec_of
from repayplan.serialization.codec import Definitions
from repayplan.serialization.plain import PLAIN_DEPTH_MAX, check_size, within
from repayplan.values import Value
from tests import clock
from tests.serialization.golden_files import values
from tests.serialization.refusing import refused


def nested(depth: int) -> Any:  # noqa: ANN401  # plain data
    data: Any = []
    for _ in range(depth - 1):
        data = [data]
    return data


def test_data_may_nest_so_deep_and_no_deeper() -> None:
    check_size(nested(PLAIN_DEPTH_MAX))
    refused(lambda: check_size(nested(PLAIN_DEPTH_MAX + 1)), "data.depth", "")
    refused(lambda: check_size({"a": nested(PLAIN_DEPTH_MAX)}), "data.depth", "")
    refused(lambda: rp.from_dict(rp.Rate, nested(1_000_000)), "data.depth", "data")


def test_data_may_have_so_many_items_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "ITEMS_MAX", 10)
    check_size([0] * 10)
    check_size({"a": [0] * 9})
    refused(lambda: check_size([0] * 11), "data.size", "")
    refused(lambda: check_size({"a": [0] * 10}), "data.size", "")


def test_data_may_have_so_much_text_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "CHARACTERS_MAX", 10)
    check_size("é" * 10)
    check_size(["12345", {"a": "1234"}, 5, None])
    for data in ("é" * 11, ["12345", {"ab": "1234"}], [{"12345": {"123456": 1}}], [["12345"], [["123456"]]]):
        error = refused(lambda: check_size(data), "data.size", "")  # noqa: B023  # at once
        assert error.data == {"maximum": 10}
        assert "10 characters of text" in error.message


@pytest.mark.parametrize("count", [1_000, 1_000_000])
def test_a_text_that_is_named_many_times_over_ends_it(count: int) -> None:
    text: Any = ["é" * 1_000_000] * count
    for value in ({"type": "tuple", "value": text}, [{"x" * 1_000_000: 0}] * count):
        with clock.within(3):
            document = {"schema_version": 1, "rule": "kept", "passed": True, "observed": value}
            refused(lambda: rp.from_dict(rp.Finding, document), "data.size", "data")  # noqa: B023  # at once
    finding = rp.Finding("kept", passed=True, observed=tuple(text[:1_000]))
    refused(lambda: rp.to_dict(finding), "data.size", "value")


def test_an_object_of_many_keys_that_is_named_many_times_over_ends_it() -> None:
    many: Any = [dict.fromkeys(map(str, range(10_000)))] * 1_000_000
    with clock.within(3):
        refused(lambda: check_size(many), "data.size", "")


def test_a_list_that_is_named_many_times_over_ends_it() -> None:
    bomb: list[Any] = [0]
    for _ in range(40):
        bomb = [bomb, bomb]
    refused(lambda: rp.from_dict(rp.Rate, {"schema_version": 1, "value": bomb}), "data.size", "data")


def test_a_list_within_itself_ends_it() -> None:
    loop: list[Any] = []
    loop.append(loop)
    refused(lambda: rp.from_dict(rp.Rate, loop), "data.depth", "data")


@attrs.frozen
class Link(Value):
    """A chain of values, as the versions of a plan are."""

    before: Link | None = None


def test_what_is_written_is_never_deeper_than_what_is_read() -> None:
    chain: Link | None = None
    for _ in range(PLAIN_DEPTH_MAX):
        chain = Link(chain)
    assert rp.from_dict(Link, rp.to_dict(chain)) == chain
    refused(lambda: rp.to_dict(Link(chain)), "data.depth", "value")


def test_a_plan_is_stored_with_as_many_versions_as_it_may_have() -> None:
    last = next(plan for plan in values("Plan") if plan.revision is not None)
    superseded = attrs.evolve(last.revision.previous.acts[-1], on=last.agreed_on, recorded_on=None)
    plan = last.revision.previous
    for count in range(2, 201):
        revision = attrs.evolve(last.revision, previous=plan, recorded_on=last.agreed_on)
        plan = attrs.evolve(last, acts=() if count == 200 else (superseded,), revision=revision)
    assert len(plan.versions) == 200
    again = rp.from_dict(rp.Plan, rp.to_dict(plan))
    assert again == plan
    assert len(again.versions) == 200


def test_steps_are_written_as_a_path() -> None:
    error = rp.SerializationError("data.type", "", "message", {"a": 1})
    cause = rp.MoneyError("money.text", "amount", "message")
    error.__cause__ = cause
    for step, path in (
        ("per", "per"),
        ("rate", "rate.per"),
        (2, "[2].rate.per"),
        ("debts", "debts[2].rate.per"),
    ):
        error = within(step, error)
        assert (error.code, error.field, error.message, error.data) == (
            "data.type",
            path,
            "message",
            {"a": 1},
        )
        assert error.__cause__ is cause


@pytest.mark.parametrize("data", [[], [1], [1, 2, 3], {"0": 1}, "ab"])
def test_a_pair_has_two_items(data: object) -> None:
    codec = codec_of(tuple[int, str])
    code = "data.length" if isinstance(data, list) else "data.type"
    refused(lambda: codec.decode(data), code, "")


def test_a_pair_names_the_item_that_is_wrong() -> None:
    codec = codec_of(tuple[tuple[int, str], ...])
    assert codec.decode([[1, "a"], [2, "b"]]) == ((1, "a"), (2, "b"))
    refused(lambda: codec.decode([[1, "a"], [2, 2]]), "data.type", "[1][1]")
    refused(lambda: codec.encode(((1, 2),)), "data.type", "[0][1]")
    refused(lambda: codec.encode([(1, "a")]), "data.kind", "")


def test_the_schema_of_a_pair_takes_no_more_and_no_less() -> None:
    schema = codec_of(tuple[int, str]).schema(Definitions())
    assert (schema["minItems"], schema["maxItems"]) == (2, 2)


def test_an_item_of_a_set_that_is_wrong_is_told_from_the_set() -> None:
    codec = codec_of(frozenset[tuple[int, str]])
    refused(lambda: codec.encode(frozenset({(1, 2)})), "data.type", "[][1]")
    finding = rp.Finding("kept", passed=True, observed=frozenset({(1, 1.5)}))
    refused(lambda: rp.to_dict(finding), "data.kind", "observed[][1]")


def test_an_item_of_a_list_may_be_absent_where_its_annotation_says_so() -> None:
    codec = codec_of(tuple[int | None, ...])
    assert codec.encode((1, None)) == [1, None]
    assert codec.decode([1, None]) == (1, None)
