"""What version 1 of the form wrote first is read for ever, and what is written now is pinned."""

from __future__ import annotations

import enum
import itertools
import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.serialization.choosing import codec_of_document
from tests.serialization import golden_files
from tests.serialization.golden_files import (
    DEFAULTS,
    GOLDEN,
    KINDS,
    MEMBERS,
    PUBLIC,
    documents,
    first_documents,
    is_kept,
    text_of,
    text_written_now,
    values,
)

if TYPE_CHECKING:
    from pathlib import Path

DEFAULTS_BY_CLASS: dict[str, dict[str, Any]] = json.loads(DEFAULTS.read_text(encoding="utf-8"))

WITHOUT_A_FORM = {
    "Calendar",  # what a calendar can do, not one: ExplicitCalendar and WeekendCalendar are stored
    "Frequency",  # these have a form as a field, or with their name, by to_dict(value, rp.Frequency)
    "HouseholdTable",
    "IncomeRule",
}


def test_every_public_class_with_values_has_a_file() -> None:
    files = {path.stem for path in GOLDEN.iterdir()}
    assert files == KINDS.keys()
    others = {
        name
        for name, kind in PUBLIC.items()
        if isinstance(kind, type) and not issubclass(kind, (enum.Enum, Exception)) and name not in KINDS
    }
    assert others == WITHOUT_A_FORM


@pytest.mark.parametrize("name", KINDS)
def test_what_version_1_wrote_first_is_read_and_kept(name: str) -> None:
    documents_ = first_documents(name)
    assert documents_
    for document in documents_:
        value = rp.from_dict(KINDS[name], document)
        assert type(value) is KINDS[name]
        assert is_kept(document, rp.to_dict(value))


@pytest.mark.parametrize("name", KINDS)
def test_what_is_written_now_is_pinned_byte_for_byte(name: str) -> None:
    assert text_of(name) == text_written_now(name)


PROMISE = {
    "schema_version": 1,
    "id": "p",
    "amount": {"amount": "1.00", "currency": "EUR"},
    "by": "2026-12-02",
    "made_on": "2026-12-01",
}
"""As a release wrote it that did not know ``recorded_on``."""
NEWER = {**PROMISE, "recorded_on": None}


def test_a_field_with_a_default_may_come_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("GOLDEN", "WRITTEN"):
        monkeypatch.setattr(golden_files, folder, tmp_path / folder)
    golden_files.GOLDEN.mkdir()
    golden, newer = golden_files.GOLDEN / "Promise.json", golden_files.WRITTEN / "Promise.json"
    golden.write_text(json.dumps([PROMISE]), encoding="utf-8")
    test_what_version_1_wrote_first_is_read_and_kept("Promise")
    with pytest.raises(AssertionError):
        test_what_is_written_now_is_pinned_byte_for_byte("Promise")

    golden_files.renew("Promise")
    assert json.loads(newer.read_text(encoding="utf-8")) == [NEWER]
    golden_files._documents.cache_clear()  # noqa: SLF001  # files that change are no concern of other tests
    test_what_is_written_now_is_pinned_byte_for_byte("Promise")
    assert documents("Promise") == [NEWER]

    recorded = {**NEWER, "id": "q", "recorded_on": "2026-12-01"}
    newer.write_text(json.dumps([NEWER, recorded]), encoding="utf-8")
    golden_files._documents.cache_clear()  # noqa: SLF001  # as above
    golden_files.renew("Promise")
    test_what_is_written_now_is_pinned_byte_for_byte("Promise")
    assert [value.recorded_on for value in values("Promise")] == [None, pendulum.date(2026, 12, 1)]
    assert json.loads(golden.read_text(encoding="utf-8")) == [PROMISE]


@pytest.mark.parametrize(
    ("first", "now", "kept"),
    [
        (PROMISE, NEWER, True),
        (NEWER, PROMISE, False),
        (PROMISE, {**PROMISE, "id": "q"}, False),
        ({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}]}, True),
        ({"a": [{"b": 1, "c": 2}]}, {"a": [{"b": 1}]}, False),
        ([1], [1, 2], False),
        ([1, 2], [1], False),
        (1, True, False),
        ([], {}, False),
    ],
)
def test_what_is_kept_says_no_less(first: object, now: object, kept: bool) -> None:  # noqa: FBT001  # a column
    assert is_kept(first, now) is kept


@pytest.mark.parametrize("name", KINDS)
def test_no_field_with_a_default_must_be_there(name: str) -> None:
    for document in first_documents(name):
        for field in DEFAULTS_BY_CLASS.get(name, {}):
            shorter = {key: item for key, item in document.items() if key != field}
            try:
                again = rp.to_dict(rp.from_dict(KINDS[name], shorter))
            except rp.SerializationError as error:
                assert error.code != "data.missing"  # noqa: PT017  # what it says with others is theirs
            else:
                assert is_kept(shorter, again)
                assert again[field] == DEFAULTS_BY_CLASS[name][field]


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if attrs.has(kind)])
def test_every_field_is_set_to_something_else_than_its_default_in_some_document(name: str) -> None:
    found = values(name)
    for field in attrs.fields(KINDS[name]):
        if field.init:
            set_to = [getattr(value, field.name) for value in found]
            assert any(value is not None and value != field.default for value in set_to), field.name


def test_the_names_of_all_members_are_pinned() -> None:
    # no document holds each member, and one that is called otherwise could be read no more
    members = {
        name: part["enum"]
        for kind in KINDS.values()
        for name, part in rp.json_schema(kind).get("$defs", {}).items()
        if "enum" in part
    }
    assert members == json.loads(MEMBERS.read_text(encoding="utf-8"))


WRONG: list[Any] = [None, "", "x", 0, -1, 10**6, [], {}, "1900-01-01", "9999-12-31", "99/7", True]
NAMED_OTHERWISE = {
    ("Excerpt", "text", "excerpt"),  # what is wrong in its text is named from there
    ("HouseholdAmounts", "by_adults", "amounts"),  # a check of all tables, which have no list in common
    ("PersonAmounts", "by_persons", "amounts"),
    ("Plan", "agreed_on", "on"),  # as agree() calls it
    ("RateSteps", "steps", "rate"),  # as the terms call it, which take the steps as they are
}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_wrong_is_named_by_a_key_of_the_document(name: str) -> None:
    # so that a service can show the error beside the field of its form
    otherwise = set()
    for document in documents(name):
        for key, wrong in itertools.product(document.keys() - {"schema_version"}, WRONG):
            try:
                rp.from_dict(KINDS[name], {**document, key: wrong})
            except rp.SerializationError as error:
                first = re.split(r"[.\[]", error.field)[0]
                if first not in document:
                    otherwise.add((name, key, first))
    assert otherwise == {found for found in NAMED_OTHERWISE if found[0] == name}


def defaults_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401  # a class
    """Give what a field is that is left out, but for those that follow from the others."""
    codec: Any = codec_of_document(kind)
    codec = getattr(codec, "inner", codec)  # that of the class which stands in for it
    found = {}
    for field in attrs.fields(codec.kind):
        default: Any = field.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
            default = attrs.NOTHING if default.takes_self else default.factory()
        if field.init and default is not attrs.NOTHING:
            found[field.alias] = None if default is None else codec.fields[field.alias].codec.encode(default)
    return found


def test_the_defaults_of_all_fields_are_pinned() -> None:
    # every document has all of its fields, and one that leaves some out would say something else
    defaults = {
        name: defaults_of(kind) for name, kind in KINDS.items() if attrs.has(kind) and kind is not rp.Money
    }
    assert {name: found for name, found in defaults.items() if found} == DEFAULTS_BY_CLASS


DAY = pendulum.date(2026, 12, 1)
EUR = rp.Currency.of("EUR")
KNOWN: list[tuple[Any, dict[str, Any]]] = [
    (rp.Money("-12.50", EUR), {"amount": "-12.50", "currency": "EUR"}),
    (rp.Money("5", "JPY"), {"amount": "5", "currency": "JPY"}),
    (
        rp.Money("0.000000001", rp.Currency("USD", 9)),
        {"amount": "0.000000001", "currency": {"code": "USD", "digits": 9}},
    ),
    (EUR, {"code": "EUR", "digits": 2}),
    (rp.Rate.daily("0.0005"), {"value": "1/2000", "unit": "DAY"}),
    (rp.StepPayments(((3, rp.Money("1", EUR)),)), {"steps": [[3, {"amount": "1.00", "currency": "EUR"}]]}),
    (rp.WeekendCalendar({5, 6}), {"weekend": [5, 6]}),
    (
        rp.Promise("p", rp.Money("1", EUR), by=DAY.add(days=1), made_on=DAY),
        {
            "id": "p",
            "amount": {"amount": "1.00", "currency": "EUR"},
            "by": "2026-12-02",
            "made_on": "2026-12-01",
            "recorded_on": None,
        },
    ),
    (
        rp.BlockedSpan(start=pendulum.datetime(2026, 12, 1, 9, tz="Asia/Shanghai"), reason="asked"),
        {
            "start": "2026-12-01T09:00:00+08:00",
            "end": None,
            "reason": "asked",
            "purposes": ["DEMAND", "MISSED_PAYMENT"],
            "debtor": None,
            "debts": None,
            "citation": None,
        },
    ),
    (
        rp.Finding("kept", passed=True, observed=pendulum.datetime(2026, 12, 1, 9, 0, 0, 70, tz=-3.5)),
        {
            "rule": "kept",
            "passed": True,
            "observed": {"type": "DateTime", "value": "2026-12-01T09:00:00.000070-03:30"},
            "limit": None,
            "citation": None,
            "comparison": None,
            "ask": "",
        },
    ),
    (
        rp.Finding("kept", passed=True, observed=frozenset({rp.Channel.SMS}), limit=(Fraction(1, 3), 2**60)),
        {
            "rule": "kept",
            "passed": True,
            "observed": {"type": "frozenset", "value": [{"type": "Channel", "value": "SMS"}]},
            "limit": {
                "type": "tuple",
                "value": [{"type": "Fraction", "value": "1/3"}, {"type": "int", "value": str(2**60)}],
            },
            "citation": None,
            "comparison": None,
            "ask": "",
        },
    ),
    (rp.Reason(rp.ChangeKind.PAYMENT, "p1"), {"kind": "PAYMENT", "what": "p1"}),
    (rp.Reason(rp.ChangeKind.DUE, 3), {"kind": "DUE", "what": 3}),
    (rp.Reason(rp.ChangeKind.STATE), {"kind": "STATE", "what": None}),
    (rp.Label(rp.Channel.SMS, "SMS"), {"of": {"type": "Channel", "value": "SMS"}, "text": "SMS"}),
    (rp.MeanOfMonths(6), {"count": 6}),
]


@pytest.mark.parametrize(("value", "plain"), KNOWN, ids=lambda item: type(item).__name__)
def test_a_value_is_written_as_the_page_says(value: Any, plain: dict[str, Any]) -> None:  # noqa: ANN401  # any value
    document = {"schema_version": 1, **plain}
    assert rp.to_dict(value) == document
    assert rp.from_dict(type(value), document) == value


def test_a_plan_is_read_with_all_that_it_decides() -> None:
    plan = values("Plan")[0]
    document = documents("Plan")[0]
    assert plan.schedule.total == plan.offer.schedule.total
    assert plan.agreed_on == pendulum.Date.fromisoformat(document["agreed_on"])
    assert plan.offer.debt == rp.from_dict(rp.Debt, {"schema_version": 1, **document["offer"]["debt"]})
