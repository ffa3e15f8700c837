"""Law 16 for canonical bytes: one spelling, read back unchanged, and RFC 8785 by an independent encoder."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from repayplan.errors import RepayPlanError, SerializationError
from repayplan.serialization.canonical import INTEGER_MAX, canonical_bytes, parse_canonical

ASCII_KEYS = st.text(st.characters(max_codepoint=0x7F), max_size=8)
UNICODE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-INTEGER_MAX, INTEGER_MAX), UNICODE)
DATA = st.recursive(
    SCALARS,
    lambda items: st.one_of(st.lists(items, max_size=5), st.dictionaries(ASCII_KEYS, items, max_size=5)),
    max_leaves=25,
)
ANYTHING = st.recursive(
    st.one_of(SCALARS, st.floats(), st.integers(), st.text(st.characters(), max_size=5)),
    lambda items: st.one_of(
        st.lists(items, max_size=3), st.dictionaries(st.text(st.characters(), max_size=3), items, max_size=3)
    ),
    max_leaves=8,
)


def same(one: Any, other: Any) -> bool:  # noqa: ANN401  # any JSON
    """Whether two values are equal, 1 and True being different."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


@given(DATA)
def test_the_bytes_are_those_of_an_independent_encoder(value: Any) -> None:  # noqa: ANN401  # any JSON
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(DATA)
def test_what_was_written_is_read_back(value: Any) -> None:  # noqa: ANN401  # any JSON
    written = canonical_bytes(value)
    assert same(parse_canonical(written, "entry"), value)
    assert same(parse_canonical(written.decode(), "entry"), value)


@given(st.dictionaries(ASCII_KEYS, SCALARS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_keys_came_does_not_matter(value: dict[str, Any], chance: Any) -> None:  # noqa: ANN401  # random.Random
    items = list(value.items())
    chance.shuffle(items)
    assert canonical_bytes(dict(items)) == canonical_bytes(value)


@given(ANYTHING)
def test_data_is_written_as_the_independent_encoder_does_or_refused(value: Any) -> None:  # noqa: ANN401  # any JSON
    try:
        written = canonical_bytes(value)
    except RepayPlanError:
        return
    assert written == rfc8785.dumps(value)
    assert same(parse_canonical(written, "entry"), value)


def _is_read(data: bytes) -> bool:
    """Read, or refuse by the one error; what is read has these very bytes, for the other encoder too."""
    try:
        value = parse_canonical(data, "entry")
    except SerializationError:
        return False
    assert canonical_bytes(value) == rfc8785.dumps(value) == data
    return True


@given(DATA, st.data())
def test_any_change_of_one_byte_is_refused_or_is_another_value(value: Any, data: st.DataObject) -> None:  # noqa: ANN401  # any JSON
    written = canonical_bytes(value)
    place = data.draw(st.integers(0, len(written) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != written[place]))
    for changed in (
        written[:place] + bytes([byte]) + written[place + 1 :],
        written[:place] + bytes([byte]) + written[place:],
        written[:place] + written[place + 1 :],
    ):
        if changed != written and _is_read(changed):
            assert not same(parse_canonical(changed, "entry"), value)


def test_every_change_of_one_byte_of_a_small_record_is_refused_or_is_another_value() -> None:
    record = {"at": 1, "ok": [True, None, -20], "text": 'a"\n\u20ac'}
    written = canonical_bytes(record)
    read = 0
    for place in range(len(written)):
        for byte in set(range(256)) - {written[place]}:
            changed = written[:place] + bytes([byte]) + written[place + 1 :]
            if _is_read(changed):
                read += 1
                assert not same(parse_canonical(changed, "entry"), record)
    assert read > 0


@given(st.one_of(st.binary(max_size=40), st.text(st.characters(), max_size=20)))
@example("[-0]")
@example('"\\u00e9"')
@example("1e2")
def test_any_data_is_read_or_refused_by_one_error(data: bytes | str) -> None:
    try:
        value = parse_canonical(data, "entry")
    except SerializationError:
        return
    assert canonical_bytes(value) == (data if isinstance(data, bytes) else data.encode())


@given(DATA, st.sampled_from([{"indent": 1}, {"separators": (", ", ":")}, {"ensure_ascii": True}]))
def test_other_spellings_are_never_read(value: Any, how: dict[str, Any]) -> None:  # noqa: ANN401  # any JSON
    options: dict[str, Any] = {"separators": (",", ":"), "ensure_ascii": False, "sort_keys": True, **how}
    spelling = json.dumps(value, **options)
    if spelling.encode() == canonical_bytes(value):
        assert same(parse_canonical(spelling, "entry"), value)
        return
    with pytest.raises(SerializationError) as caught:
        parse_canonical(spelling, "entry")
    assert caught.value.code == "canonical.form"
