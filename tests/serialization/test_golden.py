"""What version 1 of the form wrote is read for ever, and is written again byte for byte."""

from __future__ import annotations

import enum
import itertools
import json
import re
from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.serialization.choosing import codec_of_document
from tests.serialization.golden_files import (
    DEFAULTS,
    GOLDEN,
    KINDS,
    MEMBERS,
    PUBLIC,
    documents,
    text_of,
    values,
)

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
def test_a_file_is_read_and_written_again_byte_for_byte(name: str) -> None:
    found = values(name)
    assert found
    assert {type(value) for value in found} == {KINDS[name]}
    again = json.dumps([rp.to_dict(value) for value in found], ensure_ascii=False, indent=1) + "\n"
    assert again == text_of(name)


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
    assert {name: found for name, found in defaults.items() if found} == json.loads(
        DEFAULTS.read_text(encoding="utf-8")
    )


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
