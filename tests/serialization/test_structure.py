from __future__ import annotations

import datetime
import enum
import sys
from typing import TYPE_CHECKING, Any, Optional

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.serialization.choosing import codec_of
from repayplan.serialization.codecs import SAME_HASH_MAX
from repayplan.serialization.plain import expect_object
from repayplan.serialization.structure import SCHEMA_VERSION
from repayplan.values import Value
from tests.communication.examples import MOBILE, NINE, call, letter

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = {
    "schema_version": 1,
    "id": "mobile",
    "kind": "MOBILE",
    "value": "+86 138 0000 0000",
    "owner": "client",
    "place": "ANYWHERE",
    "shared": None,
    "valid_from": None,
    "valid_until": None,
    "verified_on": None,
    "zone": None,
}


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@attrs.frozen
class Part(Value):
    count: int
    is_new: bool = False


@attrs.frozen
class Whole(Value):
    day: datetime.date
    at: pendulum.DateTime
    part: Part
    parts: tuple[Part, ...] = ()
    colours: frozenset[Colour] = frozenset()
    numbers: frozenset[int] = frozenset()
    maybe: Optional[Part] = None  # noqa: UP045  # the older spelling is read too
    made: int = attrs.field(init=False, default=0)


WHOLE = Whole(
    day=pendulum.date(2026, 2, 28),
    at=NINE,
    part=Part(-1),
    parts=(Part(2, is_new=True), Part(2**70)),
    colours=frozenset(Colour),
    numbers=frozenset({10, 9}),
)
WHOLE_PLAIN: dict[str, Any] = {
    "schema_version": 1,
    "day": "2026-02-28",
    "at": "2026-12-01T09:00:00+08:00",
    "part": {"count": -1, "is_new": False},
    "parts": [{"count": 2, "is_new": True}, {"count": str(2**70), "is_new": False}],
    "colours": ["BLUE", "RED"],
    "numbers": [9, 10],
    "maybe": None,
}


def refused(
    call_: Callable[[], object], code: str, field: str, error: type[rp.RepayPlanError] = rp.SerializationError
) -> None:
    with pytest.raises(error) as caught:
        call_()
    assert (caught.value.code, caught.value.field) == (code, field)
    assert type(caught.value) is error
    assert len(str(caught.value)) < 400


def test_values_are_written_under_the_names_of_their_fields() -> None:
    assert SCHEMA_VERSION == 1
    assert rp.to_dict(MOBILE) == PLAIN
    assert rp.from_dict(rp.ContactPoint, PLAIN) == MOBILE
    assert rp.to_dict(WHOLE) == WHOLE_PLAIN
    assert list(rp.to_dict(WHOLE)) == list(WHOLE_PLAIN)
    found = rp.from_dict(Whole, WHOLE_PLAIN)
    assert found == WHOLE
    assert type(found.day) is pendulum.Date
    assert type(found.at) is pendulum.DateTime


def test_what_is_given_is_not_changed_and_what_is_written_is_new() -> None:
    given = {**WHOLE_PLAIN, "part": dict(WHOLE_PLAIN["part"])}
    rp.from_dict(Whole, given)
    assert given == WHOLE_PLAIN
    first, second = rp.to_dict(WHOLE), rp.to_dict(WHOLE)
    first["part"]["count"] = 5
    first["parts"].clear()
    assert second == WHOLE_PLAIN == rp.to_dict(WHOLE)


def test_a_field_that_is_absent_takes_its_default() -> None:
    short = {name: WHOLE_PLAIN[name] for name in ("schema_version", "day", "at", "part")}
    assert rp.from_dict(Whole, short) == Whole(day=WHOLE.day, at=NINE, part=Part(-1))


@pytest.mark.parametrize(
    ("change", "code", "field", "error"),
    [
        ({"made": 1}, "data.unknown", "made", rp.SerializationError),
        ({"part": {"count": 1, "x y": 1}}, "data.unknown", "part.'x y'", rp.SerializationError),
        (
            {"parts": [{"count": 1}, {"count": 1, "z": 1}]},
            "data.unknown",
            "parts[1].z",
            rp.SerializationError,
        ),
        ({"part": {}}, "data.missing", "part.count", rp.SerializationError),
        ({"part": {1: 1}}, "data.type", "part", rp.SerializationError),
        ({"part": None}, "data.type", "part", rp.SerializationError),
        ({"part": []}, "data.type", "part", rp.SerializationError),
        ({"part": {"count": True}}, "data.type", "part.count", rp.SerializationError),
        ({"part": {"count": "1"}}, "data.type", "part.count", rp.SerializationError),
        ({"part": {"count": 1.0}}, "data.type", "part.count", rp.SerializationError),
        ({"part": {"count": 1, "is_new": 1}}, "data.type", "part.is_new", rp.SerializationError),
        ({"part": {"count": 1, "is_new": None}}, "data.type", "part.is_new", rp.SerializationError),
        ({"parts": ()}, "data.type", "parts", rp.SerializationError),
        ({"parts": {}}, "data.type", "parts", rp.SerializationError),
        ({"parts": None}, "data.type", "parts", rp.SerializationError),
        ({"parts": "x"}, "data.type", "parts", rp.SerializationError),
        ({"colours": {"RED"}}, "data.type", "colours", rp.SerializationError),
        ({"colours": ["RED", "RED"]}, "data.twice", "colours", rp.SerializationError),
        ({"colours": ["GREEN"]}, "data.member", "colours[0]", rp.SerializationError),
        ({"colours": ["RED", 1]}, "data.type", "colours[1]", rp.SerializationError),
        ({"colours": ["red"]}, "data.member", "colours[0]", rp.SerializationError),
        ({"maybe": []}, "data.type", "maybe", rp.SerializationError),
        ({"day": 20260228}, "data.type", "day", rp.SerializationError),
        ({"day": "2026-02-29"}, "data.date", "day", rp.SerializationError),
        ({"day": "2026-2-28"}, "data.date", "day", rp.SerializationError),
        ({"day": "20260228"}, "data.date", "day", rp.SerializationError),
        ({"day": "2026-W09-6"}, "data.date", "day", rp.SerializationError),
        ({"day": "0000-01-01"}, "data.date", "day", rp.SerializationError),
        ({"day": "２０２６-02-28"}, "data.date", "day", rp.SerializationError),  # noqa: RUF001  # on purpose
        ({"day": "2026-02-28\n"}, "data.date", "day", rp.SerializationError),
        ({"day": "2026-02-28T00:00:00+00:00"}, "data.date", "day", rp.SerializationError),
        ({"at": "2026-12-01T09:00:00"}, "moment.text", "at", rp.SerializationError),
        ({"at": "2026-12-01T09:00:00Z"}, "moment.text", "at", rp.SerializationError),
        ({"at": "2026-12-01T09:00:00.0+08:00"}, "moment.text", "at", rp.SerializationError),
        ({"at": "2026-12-01T09:00:00-00:00"}, "moment.text", "at", rp.SerializationError),
        ({"at": 5}, "data.type", "at", rp.SerializationError),
        ({"at": None}, "data.type", "at", rp.SerializationError),
    ],
)
def test_what_is_not_of_the_form_is_refused_with_its_path(
    change: dict[str, Any], code: str, field: str, error: type[rp.RepayPlanError]
) -> None:
    refused(lambda: rp.from_dict(Whole, {**WHOLE_PLAIN, **change}), code, field, error)


@pytest.mark.parametrize("name", ["day", "at", "part"])
def test_a_field_without_a_default_must_be_there(name: str) -> None:
    content = {key: value for key, value in WHOLE_PLAIN.items() if key != name}
    refused(lambda: rp.from_dict(Whole, content), "data.missing", name)


@pytest.mark.parametrize("version", [2, 99, 0, -1, "1", 1.0, True, None, [], {}])
def test_another_version_is_refused(version: object) -> None:
    content = {**PLAIN, "schema_version": version}
    refused(lambda: rp.from_dict(rp.ContactPoint, content), "data.version", "schema_version")


def test_a_version_that_is_absent_is_refused() -> None:
    content = {key: value for key, value in PLAIN.items() if key != "schema_version"}
    refused(lambda: rp.from_dict(rp.ContactPoint, content), "data.version", "schema_version")


@pytest.mark.parametrize("wrong", [None, 5, "x", b"{}", [], (), [("id", "x")], MOBILE])
def test_what_is_no_object_is_refused(wrong: object) -> None:
    refused(lambda: rp.from_dict(rp.ContactPoint, wrong), "data.type", "data", rp.SerializationError)


def test_keys_are_text() -> None:
    refused(lambda: rp.from_dict(rp.ContactPoint, {"schema_version": 1, 5: 5}), "data.type", "data")
    assert expect_object({"a": 1}) == {"a": 1}


@pytest.mark.parametrize(
    "wrong",
    [None, 5, "ContactPoint", int, dict, MOBILE, enum.Enum, Colour, rp.to_dict, rp.Calendar, list[int]],
)
def test_a_kind_that_is_no_value_is_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    refused(lambda: rp.from_dict(wrong, PLAIN), "type.wrong", "kind", rp.InputTypeError)
    refused(lambda: rp.json_schema(wrong), "type.wrong", "kind", rp.InputTypeError)
    if wrong is not None:
        refused(lambda: rp.to_dict(MOBILE, wrong), "type.wrong", "kind", rp.InputTypeError)


@pytest.mark.parametrize("wrong", [None, 5, "x", {}, [MOBILE], rp.ContactPoint, Colour.RED, lambda day: day])
def test_a_value_that_is_none_of_ours_is_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    refused(lambda: rp.to_dict(wrong), "type.wrong", "value", rp.InputTypeError)


@pytest.mark.parametrize("hint", [float, list[int], dict[str, int], Any, enum.Enum, complex, int | float])
def test_an_annotation_that_cannot_be_stored_is_refused(hint: Any) -> None:  # noqa: ANN401  # any annotation
    with pytest.raises(rp.SerializationError) as caught:
        codec_of(hint).encode(1.5)
    assert caught.value.code == "data.kind"


def test_a_class_with_such_a_field_is_refused_with_its_path() -> None:
    @attrs.frozen
    class Inner(Value):
        rate: float = 1.5

    @attrs.frozen
    class Outer(Value):
        inner: tuple[Inner, ...] = ()

    Outer.__annotations__ = {"inner": tuple[Inner, ...]}
    attrs.resolve_types(Inner, {}, {})
    attrs.resolve_types(Outer, {}, {"Inner": Inner})
    refused(lambda: rp.to_dict(Outer((Inner(),))), "data.kind", "inner[0].rate")
    refused(lambda: rp.from_dict(Outer, {"schema_version": 1, "inner": [{}]}), "data.kind", "inner[0].rate")
    refused(lambda: rp.json_schema(Outer), "data.kind", "rate")


def test_every_check_of_the_constructor_is_made_and_names_the_path() -> None:
    plain = rp.to_dict(call())
    for path, change, code, cause in (
        ("participants[0].party.name", "", "text.empty", rp.CommunicationError),
        ("participants[0].party.id", "a\nb", "text.control", rp.CommunicationError),
        ("point.zone", "Mars/Base", "zone.unknown", rp.DateError),
        ("point.value", "\ud800", "data.text", None),
    ):
        wrong = rp.to_dict(call())
        place: Any = wrong
        *steps, last = path.replace("[0]", ".0").split(".")
        for step in steps:
            place = place[int(step) if step.isdigit() else step]
        place[last] = change
        with pytest.raises(rp.SerializationError) as caught:
            rp.from_dict(rp.Contact, wrong)
        assert (caught.value.code, caught.value.field) == (code, path)
        assert type(caught.value.__cause__) is (type(None) if cause is None else cause)
    refused(
        lambda: rp.from_dict(rp.Contact, {**plain, "ended_at": "2026-12-01T08:00:00+08:00"}),
        "record.order",
        "ended_at",
    )


@pytest.mark.parametrize("record", [call(), letter()])
def test_the_letters_and_calls_of_the_examples_survive(record: rp.Contact) -> None:
    assert rp.from_dict(rp.Contact, rp.to_dict(record)) == record


def finding_within_findings(count: int) -> Any:  # noqa: ANN401  # plain data
    inner: Any = None
    for _ in range(count):
        inner = {"type": "Finding", "rule": "kept", "passed": True, "observed": inner}
    return {"schema_version": 1, "rule": "kept", "passed": True, "observed": inner}


def with_stack_used(calls: int, ask: Callable[[], object]) -> object:
    return ask() if calls == 0 else with_stack_used(calls - 1, ask)


def test_what_is_too_deep_for_the_stack_that_is_left_is_refused_as_any_other() -> None:
    document = finding_within_findings(440)
    used = sys.getrecursionlimit() // 2
    refused(lambda: with_stack_used(used, lambda: rp.from_dict(rp.Finding, document)), "data.depth", "data")
    value: Any = rp.Finding("kept", passed=True, observed=None)
    for _ in range(440):
        value = rp.Finding("kept", passed=True, observed=value)
    refused(lambda: with_stack_used(used, lambda: rp.to_dict(value)), "data.depth", "value")


@pytest.mark.parametrize("make", [str, "{}/2".format], ids=["whole numbers", "fractions"])
def test_a_set_of_items_of_one_hash_takes_no_time_that_grows_with_its_square(
    make: Callable[[int], str],
) -> None:
    kind, modulus = ("int" if make is str else "Fraction"), sys.hash_info.modulus

    def items(count: int) -> dict[str, Any]:
        odd = range(1, 2 * count, 2)
        found = [{"type": kind, "value": make(modulus * number)} for number in odd]
        return {
            "schema_version": 1,
            "rule": "kept",
            "passed": True,
            "observed": {"type": "frozenset", "value": found},
        }

    found = rp.from_dict(rp.Finding, items(SAME_HASH_MAX))
    assert rp.from_dict(rp.Finding, rp.to_dict(found)) == found
    for count in (SAME_HASH_MAX + 1, 20_000):
        document = items(count)
        refused(lambda: rp.from_dict(rp.Finding, document), "data.hash", "observed.value")  # noqa: B023  # at once
    many: Any = frozenset(number * modulus for number in range(SAME_HASH_MAX + 1))
    refused(lambda: rp.to_dict(rp.Finding("kept", passed=True, observed=many)), "data.hash", "observed")
