"""Canonical bytes: what is written, what is refused, and what stored bytes must look like to be read."""

from __future__ import annotations

import collections
import enum
import json
import pickle
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from repayplan.errors import InputTypeError, RepayPlanError, SerializationError
from repayplan.serialization.canonical import (
    BYTES_MAX,
    CANONICAL_DEPTH_MAX,
    INTEGER_MAX,
    canonical_bytes,
    parse_canonical,
)
from tests.reference import FOLDER, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

BAD_INPUTS = ("01", "02", "04", "05", "07", "08", "13", "14", "19")


class Colour(enum.StrEnum):
    RED = "red"


Pair = collections.namedtuple("Pair", "left right")  # noqa: PYI024  # a tuple that is not only a tuple


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth - 1):
        value = [value]
    return value


def refused(
    call: Callable[[], object], code: str, field: str, error: type[RepayPlanError] = SerializationError
) -> RepayPlanError:
    """The call is refused at once, by a short error that names the item, travels, and carries no document."""
    started = time.thread_time()
    with pytest.raises(RepayPlanError) as caught:
        call()
    assert time.thread_time() - started < 5  # the slowest take 0.2 s, and 1.2 s while coverage traces them
    found = caught.value
    assert (type(found), found.code, found.field) == (error, code, field)
    assert len(found.message) < 200
    assert str(found).isprintable()
    assert found.__context__ is None
    assert str(pickle.loads(pickle.dumps(found))) == str(found)  # noqa: S301  # our own bytes
    return found


def unwritable(
    value: Wrong, code: str, field: str = "record", error: Wrong = SerializationError
) -> RepayPlanError:
    return refused(lambda: canonical_bytes(value, "record"), code, field, error)


def unreadable(
    data: Wrong, code: str, field: str = "entry", error: Wrong = SerializationError
) -> RepayPlanError:
    return refused(lambda: parse_canonical(data, "entry"), code, field, error)


# ------------------------------------------------------------------------------------------ writing


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (INTEGER_MAX, "9007199254740991"),
        (-INTEGER_MAX, "-9007199254740991"),
        ("", '""'),
        ([], "[]"),
        ({}, "{}"),
        ((1, "a", [None]), '[1,"a",[null]]'),
        ({"b": 1, "a": {"d": [], "c": ()}}, '{"a":{"c":[],"d":[]},"b":1}'),
        ({"B": 1, "a": 2, "_": 3, "10": 4, "1": 5, "": 6}, '{"":6,"1":5,"10":4,"B":1,"_":3,"a":2}'),
        ('\b\t\n\f\r"\\/', r'"\b\t\n\f\r\"\\/"'),
        ("\x00\x0b\x1f", r'"\u0000\u000b\u001f"'),
        ("\x7f\u2028\u20ac\U0001f600", '"\x7f\u2028\u20ac\U0001f600"'),
        ("a\u030a", '"a\u030a"'),  # not normalized
    ],
)
def test_a_value_has_one_spelling_and_is_read_from_it(value: object, written: str) -> None:
    assert canonical_bytes(value) == written.encode()
    assert parse_canonical(written, "entry") == parse_canonical(written.encode(), "entry")
    assert parse_canonical(written, "entry") == json.loads(written)


@pytest.mark.parametrize(
    ("value", "field", "said"),
    [
        (1.0, "record", "got a float; write amounts and rates as text"),
        ({"rate": float("nan")}, "record.rate", "got a float"),
        ({"parties": [{}, {}, {"name": b"x"}]}, "record.parties[2].name", "got a value of type bytes"),
        ({"at": [Decimal("1.10")]}, "record.at[0]", "expected text, an int, a bool, None, a list or a dict"),
        ([{1}], "record[0]", "got a value of type set"),
        ({"colour": Colour.RED}, "record.colour", "got a value of type Colour"),
        ((Pair(1, 2),), "record[0]", "got a value of type Pair"),
        (collections.OrderedDict(), "record", "got a value of type OrderedDict"),
        ({"a b": {"\n": object()}}, "record['a b']['\\n']", "got a value of type object"),
        ({"k" * 33: 1.5}, "record['" + "k" * 31 + "...]", "got a float"),
        ({"k" * 32: 1.5}, "record." + "k" * 32, "got a float"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_path(value: object, field: str, said: str) -> None:
    assert said in unwritable(value, "canonical.type", field, InputTypeError).message


def test_the_value_is_called_value_unless_it_has_a_name() -> None:
    refused(lambda: canonical_bytes([1.5]), "canonical.type", "value[0]", InputTypeError)


def test_keys_are_ascii_text_and_no_other_key_is_repeated_in_the_error() -> None:
    found = unwritable({"parties": [{"a": 1, "Li\u00e9": 2}]}, "canonical.key", "record.parties[0]")
    assert found.data == {"place": 1}
    assert "Li" not in str(found)
    found = unwritable({"a": {7: 1}}, "canonical.key", "record.a", InputTypeError)
    assert found.message == "expected text as keys, got 7"


def test_integers_end_below_two_to_the_53() -> None:
    for value in (INTEGER_MAX + 1, -INTEGER_MAX - 1, 2**63, 10**4000):
        found = unwritable({"number": [value]}, "canonical.integer", "record.number[0]")
        assert found.data == {"maximum": 2**53 - 1}


@pytest.mark.parametrize(("text", "position"), [("\ud800", 0), ("\u20ac\udfff", 1), ("ab\udc00\ud800", 2)])
def test_half_a_surrogate_pair_is_refused_with_its_position(text: str, position: int) -> None:
    found = unwritable({"name": text}, "canonical.text", "record.name")
    assert found.data == {"position": position}
    unwritable({text: 1}, "canonical.key")


def test_depth_has_a_bound_which_can_be_written_and_read() -> None:
    for deepest in (nested(CANONICAL_DEPTH_MAX), [{"a": nested(CANONICAL_DEPTH_MAX - 2)}]):
        assert parse_canonical(canonical_bytes(deepest), "entry") == deepest
    unwritable(nested(CANONICAL_DEPTH_MAX + 1), "canonical.depth", "record" + "[0]" * CANONICAL_DEPTH_MAX)
    unwritable(
        [{"a": nested(CANONICAL_DEPTH_MAX - 1)}],
        "canonical.depth",
        "record[0].a" + "[0]" * (CANONICAL_DEPTH_MAX - 2),
    )
    circle: list[Any] = []
    circle.append(circle)
    unwritable(circle, "canonical.depth", "record" + "[0]" * CANONICAL_DEPTH_MAX)


def test_size_has_a_bound_which_can_be_written_and_read() -> None:
    text = "x" * (BYTES_MAX - 4) + "\n"
    items = ["", *([0] * ((BYTES_MAX - 4) // 2))]
    for longest in (text, items, "x" * (BYTES_MAX - 2)):
        written = canonical_bytes(longest)
        assert len(written) == BYTES_MAX
        assert parse_canonical(written, "entry") == longest
    for longer in ("x" + text, ["x", *items[1:]], "x" * (BYTES_MAX - 1)):
        unwritable(longer, "canonical.size")
    unwritable({"content": "\u20ac" * (BYTES_MAX // 3)}, "canonical.size")  # known once it is written
    unwritable({"content": ["x" * 10_000_000]}, "canonical.size")
    unwritable([0] * BYTES_MAX, "canonical.size")
    unwritable({str(place).zfill(9): None for place in range(BYTES_MAX // 15)}, "canonical.size")


def test_data_that_is_small_in_memory_and_endless_when_written_is_refused() -> None:
    laughs: Wrong = "ha"
    for _ in range(CANONICAL_DEPTH_MAX):
        laughs = [laughs] * 10
    unwritable(laughs, "canonical.size")
    empty: Wrong = ()
    for _ in range(CANONICAL_DEPTH_MAX - 1):
        empty = (empty,) * 10
    unwritable(empty, "canonical.size")


def test_what_is_written_is_left_as_it_was() -> None:
    value = {"b": [1, {"z": None, "a": True}], "a": ("x",)}
    canonical_bytes(value)
    assert str(value) == "{'b': [1, {'z': None, 'a': True}], 'a': ('x',)}"


# ------------------------------------------------------------------------------------------ reading


@pytest.mark.parametrize("data", [None, 7, bytearray(b"{}"), memoryview(b"{}"), ["{}"], Colour.RED])
def test_only_bytes_and_text_are_read(data: object) -> None:
    unreadable(data, "canonical.data", error=InputTypeError)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"\xef\xbb\xbf{}", 0),
        ("\ufeff{}", 0),
        ("{}".encode("utf-16"), 0),
        (b"\xff", 0),
        (b'"\xed\xa0\x80"', 1),  # a surrogate
        (b'"\xc3\xa9\xc0\xaf"', 3),  # overlong
        (b'"\xf4\x90\x80\x80"', 1),  # beyond Unicode
        (b'"abc\xe2\x82', 4),  # cut
        ('"\u20ac\ud800"', 4),
    ],
)
def test_bytes_that_are_not_utf_8_without_a_mark_are_refused_with_the_offset(
    data: Wrong, offset: int
) -> None:
    assert unreadable(data, "canonical.utf8").data == {"offset": offset}


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"", 0),
        (b" ", 1),
        (b"{", 1),
        (b"[1,]", 3),
        (b"[1, ]", 4),
        (b'{"a":1,}', 7),
        (b"[,]", 1),
        (b"{}{}", 2),
        (b"{'a':1}", 1),
        (b"01", 1),
        (b"+1", 0),
        (b"nul", 0),
        (b'{"a"', 4),
        ('["\u20ac",x]', 7),
        (b'"\x01"', 1),
        (b'"a', 0),
        (b'"\\', 0),
        (b'"\\x"', 1),
        (b"{}\x00", 2),
        ("{}".encode("utf-16-le"), 1),
        (b"\xc2\xa0{}", 0),  # a space, but not one of JSON
        (b"]" * 100, 0),
    ],
)
def test_text_that_is_not_json_is_refused_with_the_offset(data: Wrong, offset: int) -> None:
    assert unreadable(data, "canonical.json").data == {"offset": offset}


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b" {}", 0),
        (b"{}\n", 2),
        (b'{"a": 1}', 5),
        (b'{"b":1,"a":2}', 2),
        (b"-0", 0),
        (rb'"\/"', 1),
        (rb'"\u0041"', 1),
        (rb'"\u000A"', 2),
        (rb'"\u001F"', 6),
        (rb'"\u20ac"', 1),
        (rb'"\ud83d\ude00"', 1),
        ('["\u20ac" ]', 6),
    ],
)
def test_another_spelling_is_reported_with_the_offset_of_the_first_difference(
    data: Wrong, offset: int
) -> None:
    found = unreadable(data, "canonical.form")
    assert found.data == {"offset": offset}
    assert found.message.endswith(f"at byte {offset}")


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        (b'{"amount":1.10}', "canonical.type", "entry.amount"),
        (b'{"amount":1e400}', "canonical.type", "entry.amount"),
        (b"[1,-1E2]", "canonical.type", "entry[1]"),
        (b"[NaN]", "canonical.type", "entry[0]"),
        (b"Infinity", "canonical.type", "entry"),
        (b"-Infinity", "canonical.type", "entry"),
        (b"[9007199254740992]", "canonical.integer", "entry[0]"),
        (b"-9007199254740992", "canonical.integer", "entry"),
        (b'{"seq":9223372036854775808}', "canonical.integer", "entry.seq"),
        (b"1" * 100_000, "canonical.integer", "entry"),
        (b"-" + b"1" * 100_000, "canonical.integer", "entry"),
        (rb'{"name":"\ud800"}', "canonical.text", "entry.name"),
        (rb'{"name":"\ude00\ud83d"}', "canonical.text", "entry.name"),
        ('{"n\u00e4me":1}', "canonical.key", "entry"),
        (b'{"seq":1,"seq":2}', "canonical.repeat", "entry"),
        (rb'[{"a":{"seq":1,"s\u0065q":1}}]', "canonical.repeat", "entry"),
    ],
)
def test_values_that_are_never_written_are_not_read(data: Wrong, code: str, field: str) -> None:
    unreadable(data, code, field)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"":' * 100_000,
        b"[" * BYTES_MAX,
        b"[" * (CANONICAL_DEPTH_MAX + 1) + b"]" * (CANONICAL_DEPTH_MAX + 1),
        b'["\\"",' + b"[" * CANONICAL_DEPTH_MAX,
    ],
)
def test_deep_data_is_refused_before_it_is_parsed(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "loads", None)
    unreadable(data, "canonical.depth")


def test_brackets_in_text_are_not_depth() -> None:
    for text in ("[" * 1000, '"' + "{" * 1000, "\\" + "[" * 1000, '\\"' * 50 + "[" * 50):
        assert parse_canonical(canonical_bytes([text, text]), "entry") == [text, text]
    for data in (b'"' + b"[" * 1000, b'"\\\n' + b"[" * 1000, b'"\\'):
        unreadable(data, "canonical.json")


def test_text_that_never_ends_is_scanned_once() -> None:
    for data in (rb'"' + rb"\"" * (BYTES_MAX // 2 - 1), b'"' * BYTES_MAX, b'"' + b"\\" * (BYTES_MAX - 1)):
        unreadable(data, "canonical.json")


def test_size_is_checked_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "loads", None)
    for data in (b"\xff" * (BYTES_MAX + 1), "\ud800" * (BYTES_MAX + 1), b'"' + b"x" * 10_000_000 + b'"'):
        assert unreadable(data, "canonical.size").data == {"maximum": BYTES_MAX}
    unreadable("\u20ac" * (BYTES_MAX // 3 + 1), "canonical.size")  # few characters, many bytes


# ------------------------------------------------------------------------------------------ the catalogue

CATALOGUE: dict[str, list[tuple[Wrong, str]]] = {
    "01": [(b'{"amount":1.10}', "canonical.type")],
    "02": [(b'{"amount":1e400}', "canonical.type")],
    "04": [(b'{"seq":1,"seq":2}', "canonical.repeat")],
    "05": [(b"[" * 100_000, "canonical.depth"), ("[" * 100_000, "canonical.depth")],
    "07": [
        (b"\xef\xbb\xbf{}", "canonical.utf8"),
        ("{}".encode("utf-16"), "canonical.utf8"),
        ("{}".encode("utf-16-be"), "canonical.json"),
    ],
    "08": [(b"\xff", "canonical.utf8"), (b"\xed\xa0\x80", "canonical.utf8"), (b"\xc0\xaf", "canonical.utf8")],
    "13": [(b'{"b":1,"a":2}', "canonical.form"), (b'{ "a":1}', "canonical.form")],
    "14": [(str(2**63).encode(), "canonical.integer"), (b'{"id":9223372036854775808}', "canonical.integer")],
    "19": [(b'"' + b"x" * 10_000_000 + b'"', "canonical.size")],
}


@pytest.mark.parametrize("number", BAD_INPUTS)
def test_the_catalogued_bytes_are_refused(number: str) -> None:
    rows = {row["id"]: row for row in load("bad_inputs.json")["inputs"]}
    row = rows[f"serialised-{number}"]
    assert (row["area"], row["expect"]) == ("serialised", "reject")
    for data, code in CATALOGUE[number]:
        with pytest.raises(SerializationError) as caught:
            parse_canonical(data, "entry")
        assert caught.value.code == code


# ------------------------------------------------------------------------------------------ the vectors


def vector(kind: str, name: str) -> bytes:
    folder: Path = FOLDER / "vectors" / "rfc8785"
    if not folder.exists():
        pytest.skip("the published figures are not beside this checkout")
    return (folder / kind / name).read_bytes()


@pytest.mark.parametrize("name", ["arrays", "structures", "unicode"])
def test_the_published_vectors_are_written_and_read(name: str) -> None:
    expected = vector("output", f"{name}.json").rstrip(b"\n")
    value = json.loads(vector("input", f"{name}.json"), parse_float=_whole)
    assert bytes.fromhex(vector("outhex", f"{name}.txt").decode()) == expected
    assert canonical_bytes(value) == expected
    assert parse_canonical(expected, "entry") == value


def _whole(digits: str) -> int:
    """``structures`` writes 56 as 56.0, which RFC 8785 spells 56; to us 56.0 is a float, as shown below."""
    assert digits == "56.0"
    return 56


@pytest.mark.parametrize(
    ("name", "field"), [("structures", "entry.1['\\n']"), ("values", "entry.numbers[0]")]
)
def test_the_published_vectors_with_floats_are_refused(name: str, field: str) -> None:
    source = vector("input", f"{name}.json")
    shown_field = field.replace("entry.1", "entry['1']")
    refused(
        lambda: canonical_bytes(json.loads(source), "entry"), "canonical.type", shown_field, InputTypeError
    )
    unreadable(source, "canonical.type", shown_field)


def test_the_published_output_with_floats_is_refused_and_its_text_and_literals_are_read() -> None:
    written = bytes.fromhex(vector("outhex", "values.txt").decode())
    assert written == vector("output", "values.json").rstrip(b"\n")
    unreadable(written, "canonical.type", "entry.numbers[0]")
    value = {key: item for key, item in json.loads(written).items() if key != "numbers"}
    start, end = written.index(b'"numbers"'), written.index(b'"string"')
    assert canonical_bytes(value) == written[:start] + written[end:]
