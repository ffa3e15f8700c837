from __future__ import annotations

from typing import Any, Union

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.calendars import CalendarLike
from repayplan.communication.messages.texts import Paragraph
from repayplan.serialization.choosing import codec_of
from repayplan.values import Value
from tests.serialization.refusing import refused

ANY = codec_of(object)
LARGE = 2**60
DAY = pendulum.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (5, 5),
        ("five", "five"),
        (LARGE, {"type": "int", "value": str(LARGE)}),
        (str(LARGE), str(LARGE)),
        (DAY, {"type": "Date", "value": "2026-12-01"}),
        (rp.Money(5, "EUR"), {"type": "Money", "amount": "5.00", "currency": "EUR"}),
        (rp.Currency.of("EUR"), {"type": "Currency", "value": "EUR"}),
        ((), {"type": "tuple", "value": []}),
        ((1, (None,)), {"type": "tuple", "value": [1, {"type": "tuple", "value": [None]}]}),
        (
            frozenset({3, "a", LARGE, 2, DAY}),
            {
                "type": "frozenset",
                "value": [
                    2,
                    3,
                    "a",
                    {"type": "Date", "value": "2026-12-01"},
                    {"type": "int", "value": str(LARGE)},
                ],
            },
        ),
        (rp.Channel.SMS, {"type": "Channel", "value": "SMS"}),
        (
            rp.LevelPayment(3),
            {"type": "LevelPayment", **codec_of(rp.LevelPayment).encode(rp.LevelPayment(3))},
        ),
        (rp.Template("{a}"), {"type": "Template", "text": "{a}"}),
    ],
    ids=lambda value: type(value).__name__,  # a set has no order, and so no repr to name a test
)
def test_anything_is_written_with_what_it_is(value: Any, plain: Any) -> None:  # noqa: ANN401  # anything
    assert ANY.encode(value) == plain
    assert ANY.decode(plain) == value
    assert type(ANY.decode(plain)) is type(value)


@attrs.frozen
class Template(Value):
    """A class of another, with the name of one of ours."""

    text: str = ""


@pytest.mark.parametrize("value", [1.5, b"", [], {}, object(), lambda: 1, int, Template(), rp.MoneyError])
def test_what_has_no_form_is_not_written(value: object) -> None:
    refused(lambda: ANY.encode(value), "data.kind", "")


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        (1.5, "data.type", ""),
        ([], "data.type", ""),
        ({}, "data.missing", "type"),
        ({"type": None}, "data.type", "type"),
        ({"type": "dict"}, "data.tag", "type"),
        ({"type": "to_dict"}, "data.tag", "type"),
        ({"type": "MoneyError"}, "data.tag", "type"),
        ({"type": "Calendar"}, "data.tag", "type"),
        ({"type": "Offer", "nothing": 1}, "data.unknown", "nothing"),
        ({"type": "EveryMonths", "months": 1}, "data.tag", "type"),
        ({"type": "__builtins__"}, "data.tag", "type"),
        ({"type": "Date"}, "data.unknown", ""),
        ({"type": "Date", "value": "2026-12-01", "more": 1}, "data.unknown", ""),
        ({"type": "Date", "value": "today"}, "data.date", "value"),
        (
            {"type": "tuple", "value": [1, {"type": "tuple", "value": [1.5]}]},
            "data.type",
            "value[1].value[0]",
        ),
        ({"type": "int", "value": 5}, "data.type", "value"),
        ({"type": "int", "value": "5"}, "data.type", "value"),
        ({"type": "frozenset", "value": [1, 1]}, "data.twice", "value"),
        ({"type": "str", "value": "a"}, "data.tag", "type"),
        (LARGE, "data.integer", ""),
    ],
)
def test_what_says_not_what_it_is_is_refused(data: object, code: str, field: str) -> None:
    refused(lambda: ANY.decode(data), code, field)


def test_a_choice_has_its_own_classes_alone() -> None:
    codec = codec_of(Paragraph)
    sentences = (rp.Template("one"), rp.Template("two"))
    plain = {
        "type": "tuple",
        "value": [{"type": "Template", "text": "one"}, {"type": "Template", "text": "two"}],
    }
    assert codec.encode(sentences) == plain
    assert codec.decode(plain) == sentences
    refused(lambda: codec.encode("one"), "data.kind", "")
    refused(lambda: codec.encode(DAY), "data.kind", "")
    refused(lambda: codec.decode(None), "data.type", "")
    refused(lambda: codec.decode({"type": "Money"}), "data.tag", "type")


def test_plain_data_in_a_choice_need_no_name() -> None:
    codec = codec_of(Union[int, str, rp.Channel])  # noqa: UP007  # the older spelling is read too
    for value in (5, "five", LARGE, rp.Channel.SMS):
        assert codec.decode(codec.encode(value)) == value
    refused(lambda: codec.decode(data=True), "data.type", "")
    refused(lambda: codec.decode({"type": "int", "value": 5}), "data.type", "value")
    refused(lambda: codec.decode({"type": "str", "value": "5"}), "data.tag", "type")


def test_a_calendar_is_one_of_ours() -> None:
    codec = codec_of(CalendarLike | None)
    for calendar in (rp.WeekendCalendar(), rp.ExplicitCalendar(DAY, DAY), None):
        assert codec.decode(codec.encode(calendar)) == calendar
    refused(lambda: codec.encode(lambda _day: True), "data.kind", "")


def test_a_class_below_another_is_public_or_stands_beside_it() -> None:
    codec = codec_of(rp.Frequency)
    for frequency in (rp.Frequency.WEEKLY, rp.Frequency.SEMI_MONTHLY, rp.Frequency.on_dates([DAY])):
        assert codec.decode(codec.encode(frequency)) == frequency
    refused(lambda: codec.encode(rp.LevelPayment(3)), "data.kind", "")
    refused(lambda: codec.decode({"type": "Frequency"}), "data.tag", "type")
    refused(lambda: codec.decode({"type": "Rate"}), "data.tag", "type")
    refused(lambda: codec.decode({"type": "EveryMonths"}), "data.missing", "months")


def test_no_class_has_a_field_where_the_name_of_a_class_stands() -> None:
    for name in rp.__all__:
        kind = getattr(rp, name)
        if isinstance(kind, type) and attrs.has(kind):
            assert {"type", "schema_version"}.isdisjoint(field.alias for field in attrs.fields(kind))


@attrs.frozen
class Longer(rp.Template):
    """A class of another that is derived from one of ours, and says more."""

    more: str = ""


def test_a_value_of_a_derived_class_is_not_written_as_less_than_it_is() -> None:
    refused(lambda: rp.to_dict(rp.Plural("n", (("other", Longer("{n}", "x")),))), "data.kind", "forms[0][1]")
    assert rp.from_dict(Longer, rp.to_dict(Longer("a", "b"))) == Longer("a", "b")
    refused(
        lambda: rp.to_dict(rp.DeferringPayments(((1, rp.Money(1, "EUR")),)), rp.StepPayments),
        "data.kind",
        "value",
    )
